//! `run --future`: the same run in futures of the scenario, each in a folder of its own within that of the run.

use std::path::Path;
use std::path::PathBuf;

use crate::commands::changes::Changed;
use crate::commands::error::Error;
use crate::commands::load;
use crate::commands::report::error::ReportError;
use crate::commands::run::arguments::Arguments;
use crate::commands::run::error::RunError;
use crate::report::folder::output_folder;
use crate::report::text::console;
use crate::report::text::language::Language;
use crate::report::text::progress;
use crate::report::views::findings::error::FindingsError;
use crate::report::views::futures;
use crate::report::views::futures::World;
use crate::scenario::Scenario;
use crate::scenario::future::ALL;
use crate::scenario::future::FOLDER;

/// A scenario of the command line: as it is, and in each future that is asked for.
#[derive(Debug)]
pub struct Worlds {
    /// As it is.
    pub present: Scenario,
    /// The policies that were asked for and those that were made; empty for all.
    pub policies: Vec<String>,
    /// In futures, in the order of the command line; `all` in that of their names.
    pub futures: Vec<Scenario>,
}

impl Worlds {
    /// Reads a scenario and its futures.
    ///
    /// # Errors
    ///
    /// Fails with every problem of the scenario or of a future, and where a future is named twice or there is none.
    pub fn load(folder: &Path, arguments: &Arguments) -> Result<Self, Error> {
        let within = |future: Option<&str>| {
            let quiet = arguments.quiet || future.is_some();
            let chosen = (arguments.policies.as_slice(), quiet);
            load::changed(folder, &arguments.replaced, chosen, future)
        };
        let Changed { scenario: present, policies, .. } = within(None)?;
        let names = future_names(folder, &present.name, &arguments.futures)?;
        let in_future = |name: &String| {
            let changed = within(Some(name))?;
            if !arguments.quiet && !changed.overridden.is_empty() {
                progress::message(&changed.overridden.join("; "));
            }
            Ok(changed.scenario)
        };
        let futures = names.iter().map(in_future).collect::<Result<_, Error>>()?;
        Ok(Self { present, policies, futures })
    }

    /// All of them, the present first.
    pub(super) fn all(&self) -> impl Iterator<Item = &Scenario> {
        std::iter::once(&self.present).chain(&self.futures)
    }
}

/// The futures that are asked for, each once.
///
/// # Errors
///
/// Fails where one is named twice, or all of none.
pub fn future_names(
    folder: &Path,
    scenario: &str,
    asked: &[String],
) -> Result<Vec<String>, RunError> {
    for (place, name) in asked.iter().enumerate() {
        if asked[..place].contains(name) {
            return Err(RunError::FutureTwice(name.clone()));
        }
    }
    let mut names: Vec<String> = asked.iter().filter(|name| *name != ALL).cloned().collect();
    if names.len() < asked.len() {
        let all = Scenario::futures(folder);
        if all.is_empty() {
            return Err(RunError::NoFutures { scenario: scenario.to_owned(), folder: FOLDER });
        }
        names.extend(all.into_iter().filter(|name| !asked.contains(name)));
    }
    Ok(names)
}

/// Prints what policies add in each future, from the tables of the runs.
///
/// # Errors
///
/// Fails if a table cannot be read, or nothing be printed.
pub(super) fn show(worlds: &Worlds, path: &Path, arguments: &Arguments) -> Result<(), Error> {
    let read = |scenario: &Scenario, folder: PathBuf| {
        let world = World::read(scenario, &folder);
        world.map_err(|error| Error::from(ReportError::from(FindingsError::from(error))))
    };
    let mut all = vec![read(&worlds.present, path.to_owned())?];
    for future in &worlds.futures {
        let name = future.future.as_ref().map_or("", |future| &future.name);
        all.push(read(future, output_folder::of_future(path, name))?);
    }
    let language = Language::or_english(&arguments.language, &worlds.present);
    Ok(console::print(&futures::summary(&worlds.present, &all, language))?)
}
