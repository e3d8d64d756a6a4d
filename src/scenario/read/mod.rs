//! From the bytes of a scenario's files to a checked scenario, or to everything that is wrong.

mod areas;
mod changed;
mod district;
mod effects;
mod figures;
mod future;
mod inherit;
mod instrument;
mod language;
pub(super) mod letters;
mod lever;
mod members;
mod observed;
mod parameters;
mod payers;
mod policies;
mod policy;
mod posterior;
mod regimes;
mod sectors;
mod setting;
mod settings;
pub(super) mod source;
mod survey;
mod synergies;
mod syntax;
mod together;
mod top;
mod value;
mod walk;
mod whole;
pub(super) mod written;

use std::fmt::Display;
use std::path::Path;

use crate::scenario::InputFile;
use crate::scenario::Observation;
use crate::scenario::Scenario;
use crate::scenario::file;
use crate::scenario::file::Files;
use crate::scenario::future as futures;
use crate::scenario::future::name_of;
use crate::scenario::place::MetricPlaces;
use crate::scenario::place::PlaceNames;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::ScenarioError;
use crate::scenario::read::figures::Against;
use crate::scenario::read::figures::Happened;
use crate::scenario::read::source::SourceFile;
use crate::scenario::read::syntax::Document;
pub(super) use crate::scenario::read::value::decimal_comma;
use crate::scenario::read::whole::Chosen;
use crate::scenario::unread;

/// Reads and checks a scenario: `Scenario::loader(folder).set("wage", 60).until(2030).load()`.
#[derive(Clone, Debug)]
pub struct Loader<'a> {
    folder: &'a Path,
    texts: Option<&'a [(&'a str, &'a str)]>,
    policies: Vec<InputFile>,
    set: Vec<(String, String)>,
    until: Option<u16>,
    with_posterior: bool,
    metrics: Option<&'a [MetricPlaces]>,
    future: Option<&'a str>,
}

impl<'a> Loader<'a> {
    fn of(folder: &'a Path, texts: Option<&'a [(&'a str, &'a str)]>) -> Self {
        let with_posterior = texts.is_none();
        Self {
            folder,
            texts,
            policies: Vec::new(),
            set: Vec::new(),
            until: None,
            with_posterior,
            metrics: None,
            future: None,
        }
    }

    /// Adds a policy, or replaces the one of this name: `text` is what would stand in
    /// `policies/NAME.toml`, and problems are told as of that file. One that `scenario.toml` does not
    /// list comes after those that it does.
    #[must_use]
    pub fn policy(mut self, name: &str, text: impl Into<String>) -> Self {
        let path = format!("policies/{name}.toml");
        self.policies.retain(|known| known.path != path);
        self.policies.push(InputFile { path, bytes: text.into().into_bytes() });
        self
    }

    /// Gives a parameter another value, which then does not vary.
    #[must_use]
    pub fn set(mut self, parameter: &str, value: impl Display) -> Self {
        self.set.push((parameter.to_owned(), value.to_string()));
        self
    }

    /// Gives parameters other values, as text.
    #[must_use]
    pub fn set_all(mut self, values: &[(String, String)]) -> Self {
        self.set.extend_from_slice(values);
        self
    }

    /// Cuts the years short, where a last year is given.
    #[must_use]
    pub fn until(self, year: impl Into<Option<u16>>) -> Self {
        Self { until: year.into(), ..self }
    }

    /// Leaves the posterior out: parameters vary by the distributions that are stated.
    #[must_use]
    pub fn without_posterior(self) -> Self {
        Self { with_posterior: false, ..self }
    }

    /// Takes the posterior that the scenario names, also among texts that are carried within the program.
    #[must_use]
    pub fn with_posterior(self) -> Self {
        Self { with_posterior: true, ..self }
    }

    /// Puts the scenario in one of its futures, by the name of its file; other futures are not read.
    #[must_use]
    pub fn future(self, name: impl Into<Option<&'a str>>) -> Self {
        Self { future: name.into(), ..self }
    }

    /// Checks observed figures against these metrics as well.
    #[must_use]
    pub fn against(self, metrics: &'a [MetricPlaces]) -> Self {
        Self { metrics: Some(metrics), ..self }
    }

    /// Reads and checks the scenario.
    ///
    /// # Errors
    ///
    /// Fails with every problem of every file if any file or option has one, such as an observed figure of a
    /// metric that is unknown or never read at its place.
    pub fn load(self) -> Result<Scenario, ScenarioError> {
        let choices = Chosen { set: &self.set, until: self.until, future: self.future };
        let with = (self.with_posterior, self.metrics);
        if let Some(texts) = self.texts {
            let input = |&(path, text): &(&str, &str)| InputFile {
                path: path.to_owned(),
                bytes: text.as_bytes().to_vec(),
            };
            let read: Vec<InputFile> = texts.iter().map(input).collect();
            let problems = file::lacking(self.folder, &read);
            let mut files = Files { read, unread: Vec::new(), problems };
            if let Some(name) = self.future {
                problems_of_future(name, &mut files);
            }
            let chosen = self.future.map(futures::path);
            let is_read = |path: &str| chosen.as_deref() == Some(path) || name_of(path).is_none();
            files.read.retain(|file| is_read(&file.path));
            replace(&mut files.read, self.policies);
            return whole::checked(self.folder, files, choices, with);
        }
        let mut files = file::read_folder(self.folder);
        replace(&mut files.read, self.policies);
        files.problems.0.extend(file::unfit_name(self.folder));
        if self.with_posterior
            && let Some(path) = posterior_file(self.folder, &files.read)
        {
            files.add(&path, file::read_more(self.folder, &path));
        }
        if let Some(name) = self.future {
            add_future(self.folder, name, &mut files);
        }
        let mut scenario = whole::checked(self.folder, files, choices, with)?;
        scenario.not_read = unread::unread(self.folder, &scenario.inputs);
        scenario.not_read.extend(columns_not_read(self.folder, &scenario.inputs));
        Ok(scenario)
    }
}

impl Scenario {
    /// What reads and checks the scenario of a folder, with options.
    #[must_use]
    pub fn loader(folder: &Path) -> Loader<'_> {
        Loader::of(folder, None)
    }

    /// What reads and checks a scenario that the program carries within it: texts by path within the
    /// folder, which has this name and need not exist. It has no posterior.
    #[must_use]
    pub fn of_texts<'a>(name: &'a str, files: &'a [(&'a str, &'a str)]) -> Loader<'a> {
        Loader::of(Path::new(name), Some(files))
    }

    /// Checks whether a folder may be that of a scenario by its name.
    ///
    /// # Errors
    ///
    /// Fails with what is wrong with the name.
    pub fn check_name(folder: &Path) -> Result<(), ScenarioError> {
        let unfit = file::unfit_name(folder);
        let error =
            |problem| ScenarioError { folder: file::shown(folder, ""), problems: vec![problem] };
        unfit.map_or(Ok(()), |problem| Err(error(problem)))
    }

    /// The name of the scenario in a folder: the folder's.
    #[must_use]
    pub fn name_of(folder: &Path) -> String {
        file::scenario_name(folder)
    }

    /// Checks a scenario whose files have been read: those in this folder that a run has listed,
    /// whatever else lies there; the file of the future is among them.
    ///
    /// # Errors
    ///
    /// Fails as [`Loader::load`] does.
    pub fn from_inputs(
        folder: &Path,
        inputs: Vec<InputFile>,
        set: &[(String, String)],
        until: Option<u16>,
        future: Option<&str>,
    ) -> Result<Self, ScenarioError> {
        let problems = file::lacking(folder, &inputs);
        let mut files = Files { read: inputs, unread: Vec::new(), problems };
        file::drop_too_large(folder, &mut files);
        whole::checked(folder, files, Chosen { set, until, future }, (true, None))
    }

    /// Reads a file of further observed figures, which are compared with the policy that really
    /// happened; their tolerance and source may be left out.
    ///
    /// # Errors
    ///
    /// Fails with every problem of the file: cells that are not understood, metrics that are not
    /// among these, places at which one is not read under the policy that happened, years outside
    /// the scenario's, figures that are given twice.
    pub fn further_observed(
        &self,
        path: &Path,
        metrics: &[MetricPlaces],
    ) -> Result<Vec<Observation>, ScenarioError> {
        let mut problems = Problems::default();
        let read = file::read_one(path)
            .map_err(|problem| Problems::from(*problem))
            .and_then(|bytes| SourceFile::new(file::shown(path, ""), 0, &bytes))
            .map(|source| source.in_money(Some(self.money)));
        let mut rows = Vec::new();
        if let Some(source) = problems.keep(read) {
            rows = observed::read_further(&source, &mut problems);
            let areas = self.district.areas.names();
            let policy = self.policies.iter().find(|policy| policy.name == self.actual_policy);
            let happened = policy.map(|policy| {
                let stated = self.actual_policy_stated;
                Happened::of(policy, stated, &areas, &self.lever_names)
            });
            let against = Against {
                places: &PlaceNames::of(&areas, &self.policies, &self.lever_names),
                metrics: Some(metrics),
                years: Some(self.years()),
                happened,
            };
            figures::check(&source, &rows, &against, &mut problems);
        }
        if problems.0.is_empty() {
            return Ok(rows.into_iter().filter_map(|row| row.observation).collect());
        }
        let problems = problems.in_money(Some(&self.money)).sorted();
        Err(ScenarioError { folder: file::shown(path, ""), problems })
    }
}

impl Scenario {
    /// What only a simulation of it shows, told at a key of one of its files in this folder.
    #[must_use]
    pub fn problem_at(&self, folder: &Path, file: &str, key: &str, message: &str) -> ScenarioError {
        let shown = file::shown(folder, file);
        let bytes = self.inputs.iter().find(|input| input.path == file).map(|input| &input.bytes);
        let source = bytes.and_then(|bytes| SourceFile::new(shown.clone(), 0, bytes).ok());
        let at = source.as_ref().and_then(|source| {
            let (document, _) = Document::parse(source);
            let span = document.root.get_key_value(key)?.0.span();
            Some(source.problem(span, message))
        });
        let problem = at.unwrap_or_else(|| Problem::of_file(shown, message));
        ScenarioError { folder: file::shown(folder, ""), problems: vec![problem] }
    }
}

/// Reads the file of a future, or notes that there is none.
fn add_future(folder: &Path, name: &str, files: &mut Files) {
    let known = Scenario::futures(folder);
    if known.iter().any(|known| known == name) {
        let path = futures::path(name);
        files.add(&path, file::read_more(folder, &path));
    } else {
        files.problems.add(future::unknown(name, &known));
    }
}

/// Notes that the future is not among the files, where it is not.
fn problems_of_future(name: &str, files: &mut Files) {
    let known: Vec<&str> = files.read.iter().filter_map(|file| name_of(&file.path)).collect();
    if !known.contains(&name) {
        let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
        files.problems.add(future::unknown(name, &known));
    }
}

/// Puts files in the place of those with their paths, or beside the others.
fn replace(files: &mut Vec<InputFile>, by: Vec<InputFile>) {
    files.retain(|file| by.iter().all(|other| other.path != file.path));
    files.extend(by);
}

/// A sentence for each column of the observed figures that nothing reads.
fn columns_not_read(folder: &Path, inputs: &[InputFile]) -> Vec<String> {
    let file = inputs.iter().find(|file| file.path == observed::OBSERVED);
    let source = file.and_then(|file| {
        SourceFile::new(file::shown(folder, observed::OBSERVED), 0, &file.bytes).ok()
    });
    source.map(|source| observed::columns_not_read(&source)).unwrap_or_default()
}

/// The file of the posterior that scenario.toml names, if it can be read so far.
fn posterior_file(folder: &Path, inputs: &[InputFile]) -> Option<String> {
    whole::outlined(folder, inputs, |outline| outline.posterior.map(|named| named.name))
}
