//! From the bytes of a scenario's files to a checked scenario, or to everything that is wrong.

mod district;
mod lever;
mod observed;
mod parameters;
mod policies;
mod policy;
mod posterior;
mod setting;
mod settings;
pub(super) mod source;
mod syntax;
mod together;
mod top;
mod value;
mod walk;

use std::collections::BTreeMap;
use std::path::Path;

use crate::scenario::Distribution;
use crate::scenario::InputFile;
use crate::scenario::Observation;
use crate::scenario::ParameterValue;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::file;
use crate::scenario::parameter::position;
use crate::scenario::posterior::Posterior;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::ScenarioError;
use crate::scenario::problem::shortened;
use crate::scenario::read::source::Source;
use crate::scenario::read::syntax::Document;

/// The file of observed figures.
const OBSERVED: &str = "observed.csv";

impl Scenario {
    /// Reads and checks a scenario.
    ///
    /// `set` gives parameters other values, which then do not vary; `until` cuts the years short.
    ///
    /// # Errors
    ///
    /// Fails with every problem of every file if any file, value of `set`, or `until` has one.
    pub fn load(
        folder: &Path,
        set: &[(String, String)],
        until: Option<u16>,
    ) -> Result<Self, ScenarioError> {
        Self::load_with(folder, set, until, true)
    }

    /// Reads and checks a scenario but for its posterior: with the distributions that are stated.
    ///
    /// # Errors
    ///
    /// Fails as [`Self::load`] does.
    pub fn load_prior(
        folder: &Path,
        set: &[(String, String)],
        until: Option<u16>,
    ) -> Result<Self, ScenarioError> {
        Self::load_with(folder, set, until, false)
    }

    fn load_with(
        folder: &Path,
        set: &[(String, String)],
        until: Option<u16>,
        with_posterior: bool,
    ) -> Result<Self, ScenarioError> {
        let (mut inputs, mut problems) = file::read_folder(folder);
        if with_posterior && let Some(path) = posterior_file(folder, &inputs) {
            let file = file::read_more(folder, &path).map_err(|problem| Problems::from(*problem));
            inputs.extend(problems.keep(file).flatten());
        }
        checked(folder, inputs, problems, (set, until), with_posterior)
    }

    /// Reads and checks a scenario that the program carries within it: texts by path within the
    /// folder, which has this name and need not exist.
    ///
    /// # Errors
    ///
    /// Fails as [`Scenario::load`] does.
    pub fn from_texts(
        name: &str,
        files: &[(&str, &str)],
        set: &[(String, String)],
        until: Option<u16>,
    ) -> Result<Self, ScenarioError> {
        let input = |&(path, text): &(&str, &str)| InputFile {
            path: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        let inputs = files.iter().map(input).collect();
        checked(Path::new(name), inputs, Problems::default(), (set, until), false)
    }

    /// Reads a file of further observed figures; their tolerance and source may be left out.
    ///
    /// `readable` lists every metric with a place at which it can be compared.
    ///
    /// # Errors
    ///
    /// Fails with every problem of the file: cells that are not understood, metrics and places that
    /// are not among `readable`, years outside the scenario's.
    pub fn further_observed(
        &self,
        path: &Path,
        readable: &[(&str, &str)],
    ) -> Result<Vec<Observation>, ScenarioError> {
        let mut problems = Problems::default();
        let read = file::read_one(path)
            .map_err(|problem| Problems::from(*problem))
            .and_then(|bytes| Source::new(file::shown(path, ""), 0, &bytes))
            .and_then(|source| Ok((observed::read_further(&source)?, source)));
        let (rows, source) =
            problems.keep(read).map_or((Vec::new(), None), |(rows, source)| (rows, Some(source)));
        for row in &rows {
            if let Some(source) = source.as_ref().filter(|_| !problems.are_many()) {
                let years = self.first_year..=self.last_year;
                problems.add(observed::unfit(source, row, readable, years));
            }
        }
        if problems.0.is_empty() {
            return Ok(rows.into_iter().map(|row| row.observation).collect());
        }
        Err(ScenarioError { folder: file::shown(path, ""), problems: problems.sorted() })
    }

    /// Checks that every observed figure is of a known metric.
    ///
    /// `folder` is the path that the scenario was loaded from, for messages.
    ///
    /// # Errors
    ///
    /// Fails with all figures whose metric is not among `known`.
    pub fn check_metrics(&self, folder: &Path, known: &[&str]) -> Result<(), ScenarioError> {
        let mut problems = Problems::default();
        let file = self.inputs.iter().find(|file| file.path == OBSERVED);
        let source =
            file.and_then(|file| Source::new(file::shown(folder, OBSERVED), 0, &file.bytes).ok());
        if let Some(source) = source {
            // The file was read without a problem when the scenario was loaded.
            for row in observed::read(&source).unwrap_or_default() {
                let metric = row.observation.metric;
                if !known.contains(&metric.as_str()) {
                    let message = format!("there is no metric `{}`", shortened(&metric));
                    let problem = source.problem(row.metric.span, message);
                    let problem = problem.expected("unknown metric");
                    problems.add(problem.known(&metric, known.iter().copied()));
                }
            }
        }
        if problems.0.is_empty() {
            return Ok(());
        }
        Err(ScenarioError { folder: file::shown(folder, ""), problems: problems.sorted() })
    }
}

/// The scenario of these files, or all of its problems.
fn checked(
    folder: &Path,
    inputs: Vec<InputFile>,
    mut problems: Problems,
    replaced: (&[(String, String)], Option<u16>),
    with_posterior: bool,
) -> Result<Scenario, ScenarioError> {
    match from_files(folder, inputs, with_posterior, replaced, &mut problems) {
        Some(scenario) if problems.0.is_empty() => Ok(scenario),
        _ => Err(ScenarioError { folder: file::shown(folder, ""), problems: problems.sorted() }),
    }
}

/// Reads everything that was found; notes every problem.
fn from_files(
    folder: &Path,
    mut inputs: Vec<InputFile>,
    with_posterior: bool,
    (set, until): (&[(String, String)], Option<u16>),
    problems: &mut Problems,
) -> Option<Scenario> {
    let sources = sources(folder, &inputs, problems);
    let documents = documents(&sources, problems);
    let top = read_whole(documents.get("scenario.toml"), top::read, problems);
    let district = read_whole(documents.get("district.toml"), district::read, problems);
    let stated = read_whole(documents.get("parameters.toml"), parameters::read, problems);
    let parameters = read_set(stated.as_deref(), documents.get("parameters.toml"), set, problems);

    let files = policies::files(&documents, problems);
    let slots = policies::lever_names(&files, problems);
    let facilities = policies::facilities(&files);
    problems.add(policies::too_many_facilities(&files, &facilities));
    let mut policies = policies::make(&files, &slots, parameters.as_deref(), problems);
    let observed = read_observed(sources.get(OBSERVED), &facilities, problems);

    let top = top?;
    let named = top.posterior.as_ref().filter(|_| with_posterior);
    let posterior = read_posterior(named, &sources, stated.as_deref(), problems);
    let order = policies::ordered(&top, &files, problems);
    let last_year = problems.keep(top::cut(&top, until));
    let (order, baseline) = order?;
    let policies: Option<Vec<Policy>> =
        order.into_iter().map(|index| policies.get_mut(index)?.take()).collect();
    let scenario = Scenario {
        name: file::scenario_name(folder),
        title_en: top.title_en,
        title_ko: top.title_ko,
        question: top.question,
        question_ko: top.question_ko,
        first_year: top.first_year,
        last_year: last_year?,
        vantage: top.vantage,
        base_year: top.base_year,
        seed: top.seed,
        replications: top.replications,
        parameters_vary: top.parameters_vary,
        history: top.history.as_ref().unwrap_or(&top.baseline).name.clone(),
        baseline,
        policies: policies?,
        parameters: parameters?,
        posterior,
        district: district?,
        observed: observed?,
        inputs: Vec::new(),
        lever_names: slots,
    };
    // Everything above is read out of the inputs; only now may they move.
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    Some(Scenario { inputs, ..scenario })
}

/// Every TOML file parsed, by its path.
fn documents<'a>(
    sources: &'a BTreeMap<&'a str, Source>,
    problems: &mut Problems,
) -> BTreeMap<&'a str, Document<'a>> {
    let mut documents = BTreeMap::new();
    for (&path, source) in sources.iter().filter(|(path, _)| is_toml(path)) {
        let (document, faults) = Document::parse(source);
        problems.add(faults);
        documents.insert(path, document);
    }
    documents
}

fn is_toml(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "toml")
}

/// Reads a file if it is there.
fn read_whole<'a, T>(
    document: Option<&'a Document<'a>>,
    read: impl FnOnce(&'a Document<'a>) -> Result<T, Problems>,
    problems: &mut Problems,
) -> Option<T> {
    problems.keep(read(document?))
}

/// The parameters, those of `--set` in the place of the scenario's own.
fn read_set<'a>(
    stated: Option<&[ParameterValue]>,
    document: Option<&'a Document<'a>>,
    set: &[(String, String)],
    problems: &mut Problems,
) -> Option<Vec<ParameterValue>> {
    let set = problems.keep(parameters::read_set(set));
    let (stated, set) = (stated?, set?);
    let values = replaced(stated.to_vec(), &set);
    problems.add(contradictions(&values, document?, &set));
    Some(values)
}

/// The file of the posterior that scenario.toml names, if it can be read so far.
fn posterior_file(folder: &Path, inputs: &[InputFile]) -> Option<String> {
    let file = inputs.iter().find(|file| file.path == "scenario.toml")?;
    let source = Source::new(file::shown(folder, &file.path), 0, &file.bytes).ok()?;
    top::posterior(&Document::parse(&source).0)
}

/// The draws of the posterior that the scenario names.
fn read_posterior(
    named: Option<&top::Named<'_>>,
    sources: &BTreeMap<&str, Source>,
    stated: Option<&[ParameterValue]>,
    problems: &mut Problems,
) -> Option<Posterior> {
    let named = named?;
    let Some(source) = sources.get(named.name.as_str()) else {
        let message = format!("the scenario lacks the file {}", shortened(&named.name));
        let problem = named.value.problem(message).expected("there is no such file");
        problems.add(problem.help(
            "`yangjae calibrate --install` makes it; without this line the distributions of \
             parameters.toml are used",
        ));
        return None;
    };
    problems.keep(posterior::read(source, stated?))
}

/// The observed figures; a scenario without them has observed nothing.
fn read_observed(
    source: Option<&Source>,
    facilities: &[String],
    problems: &mut Problems,
) -> Option<Vec<Observation>> {
    let Some(source) = source else { return Some(Vec::new()) };
    let rows = problems.keep(observed::read(source))?;
    for row in &rows {
        if problems.are_many() {
            break;
        }
        if let Some(problem) = observed::unknown_place(source, row, facilities) {
            problems.add(problem);
        }
    }
    Some(rows.into_iter().map(|row| row.observation).collect())
}

/// The text of each file, by its path.
fn sources<'f>(
    folder: &Path,
    inputs: &'f [InputFile],
    problems: &mut Problems,
) -> BTreeMap<&'f str, Source> {
    let mut sources = BTreeMap::new();
    for (order, file) in inputs.iter().enumerate() {
        let source = Source::new(file::shown(folder, &file.path), order, &file.bytes);
        let source = problems.keep(source);
        sources.extend(source.map(|source| (file.path.as_str(), source)));
    }
    sources
}

/// The parameters with the values of `--set`, which are meant as said and do not vary.
fn replaced(mut values: Vec<ParameterValue>, set: &[(usize, f64)]) -> Vec<ParameterValue> {
    for &(index, value) in set {
        if let Some(parameter) = values.get_mut(index) {
            parameter.value = value;
            parameter.low = value;
            parameter.high = value;
            parameter.distribution = Distribution::Fixed;
        }
    }
    values
}

fn contradictions(
    values: &[ParameterValue],
    document: &Document<'_>,
    set: &[(usize, f64)],
) -> Problems {
    let numbers: Vec<f64> = values.iter().map(|parameter| parameter.value).collect();
    parameters::contradictions(&numbers, |name| {
        let is_set = set.iter().any(|&(index, _)| position(name) == Some(index));
        match document.root.get(name) {
            Some(value) if !is_set => document.source.problem(value.span(), ""),
            _ => Problem::of_file("--set", ""),
        }
    })
}
