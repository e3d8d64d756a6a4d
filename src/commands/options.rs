//! Options that several commands take, and how their values are read.

use std::num::NonZeroUsize;
use std::path::Path;
use std::path::PathBuf;

use clap::builder::PathBufValueParser;
use clap::builder::PossibleValue;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;

use crate::commands::error::Error;
use crate::report::tables::column::TableSpec;
use crate::report::tables::register::OF_RUN;
use crate::scenario::letters;

/// The scenario that a command takes when none is named and the current folder holds none.
const DEFAULT_SCENARIO: &str = "scenarios/yangjae";

/// The file that makes a folder a scenario.
const SCENARIO_FILE: &str = "scenario.toml";

/// The scenario of a command: SCENARIO, or `--scenario SCENARIO`.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ScenarioArgument {
    /// Folder of the scenario [default: . if it holds scenario.toml, else scenarios/yangjae]
    #[arg(value_name = "SCENARIO", conflicts_with = "scenario_option")]
    scenario: Option<PathBuf>,
    /// Folder of the scenario, as SCENARIO
    #[arg(id = "scenario_option", long = "scenario", value_name = "SCENARIO")]
    option: Option<PathBuf>,
}

impl ScenarioArgument {
    /// The folder.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        let named = self.scenario.as_ref().or(self.option.as_ref());
        named.cloned().unwrap_or_else(default_scenario)
    }
}

/// The scenarios of a command that takes several: SCENARIO ..., or `--scenario SCENARIO` once or more.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ScenariosArgument {
    /// Folders of scenarios [default: . if it holds scenario.toml, else scenarios/yangjae]
    #[arg(value_name = "SCENARIO", conflicts_with = "scenario_option")]
    scenarios: Vec<PathBuf>,
    /// Folder of a scenario, as SCENARIO (repeatable)
    #[arg(id = "scenario_option", long = "scenario", value_name = "SCENARIO")]
    options: Vec<PathBuf>,
}

impl ScenariosArgument {
    /// The folders, one at least.
    #[must_use]
    pub fn folders(&self) -> Vec<PathBuf> {
        let named: Vec<PathBuf> = self.scenarios.iter().chain(&self.options).cloned().collect();
        if named.is_empty() { vec![default_scenario()] } else { named }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        (self.scenarios.len() + self.options.len()).max(1)
    }
}

/// The scenario of a command whose arguments are names: `--scenario SCENARIO`, or a folder before the names.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ScenarioBeforeNames {
    /// Folder of the scenario, which may also stand before the names [default: . if it holds scenario.toml, else
    /// scenarios/yangjae]
    #[arg(long, value_name = "SCENARIO")]
    scenario: Option<PathBuf>,
}

impl ScenarioBeforeNames {
    /// The folder, where one is named, and the names: of more words than names the first is the folder; of fewer a
    /// first one that is a folder with scenario.toml, unless the names need it.
    ///
    /// # Errors
    ///
    /// Fails with the first word where it is one too many beside `--scenario`.
    pub(super) fn split<'w>(
        &self,
        words: &'w [&'w String],
        (fewest, most): (usize, usize),
    ) -> Result<(Option<PathBuf>, &'w [&'w String]), Error> {
        let is_first = |first: &&String| {
            words.len() > most
                || self.scenario.is_none()
                    && words.len() > fewest
                    && is_scenario(Path::new(first.as_str()))
        };
        match words.split_first().filter(|(first, _)| is_first(first)) {
            Some((first, _)) if self.scenario.is_some() => {
                Err(Error::ScenarioTwice((*first).clone()))
            }
            Some((first, names)) => Ok((Some(PathBuf::from(first.as_str())), names)),
            None => Ok((self.scenario.clone(), words)),
        }
    }
}

/// Whether a folder holds a scenario.
fn is_scenario(folder: &Path) -> bool {
    folder.join(SCENARIO_FILE).is_file()
}

/// The scenario that a command takes when none is named: the current folder, if it holds one.
#[must_use]
pub fn default_scenario() -> PathBuf {
    let here = Path::new(".");
    PathBuf::from(if is_scenario(here) { "." } else { DEFAULT_SCENARIO })
}

/// Values of parameters that replace those of the scenario.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct SetArguments {
    /// Give a parameter another value, which then does not vary (repeatable)
    #[arg(long = "set", value_name = "PARAMETER=VALUE", value_parser = parameter_and_value)]
    pub set: Vec<(String, String)>,
    /// Cut the years short
    #[arg(long, value_name = "YEAR")]
    pub until: Option<u16>,
}

/// A seed.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("expected a whole number from 0 to {}", u64::MAX))
}

/// A number of replications from which intervals can be told.
pub(super) fn at_least_20(text: &str) -> Result<usize, String> {
    let number = text.parse::<usize>().ok().filter(|number| (20..=100_000).contains(number));
    number.ok_or_else(|| "expected a whole number from 20 to 100000".to_owned())
}

/// The most threads: more than any machine has use for, and as many as start in no time.
const MOST_THREADS: usize = 1_024;

/// A number of threads.
pub(super) fn threads(text: &str) -> Result<NonZeroUsize, String> {
    let number = text.parse::<NonZeroUsize>().ok().filter(|number| number.get() <= MOST_THREADS);
    number.ok_or_else(|| format!("expected a whole number from 1 to {MOST_THREADS}"))
}

/// A folder to write to, by a name that can be shown.
pub(super) fn output() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| one_line(&path.to_string_lossy()).map(|()| path))
}

/// A table of a run, by its name or that of its file.
pub(super) fn table() -> impl TypedValueParser<Value = String> {
    let name = |table: &TableSpec| PossibleValue::new(table.name()).alias(table.file);
    let name_of = |name: String| name.trim_end_matches(".csv").to_owned();
    PossibleValuesParser::new(OF_RUN.iter().map(name)).map(name_of)
}

/// Refuses a text that is no plain line: one with a line end, a tab, or a letter that no text may hold.
pub(super) fn one_line(text: &str) -> Result<(), String> {
    let line = || text.contains(['\n', '\t']).then(|| "it holds a line end or tab".to_owned());
    letters::fault(text).or_else(line).map_or(Ok(()), Err)
}

/// Splits `PARAMETER=VALUE`.
pub(super) fn parameter_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` lacks a value; write PARAMETER=VALUE"))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// A year of a list.
pub(super) fn year(text: &str) -> Result<u16, String> {
    let wrong =
        |_| format!("`{text}` is no year; expected years separated by commas, as in 2030,2040");
    text.trim().parse().map_err(wrong)
}
