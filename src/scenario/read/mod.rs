//! From the bytes of a scenario's files to a checked scenario, or to everything that is wrong.

mod district;
mod lever;
mod observed;
mod parameters;
mod policy;
mod setting;
pub(super) mod source;
mod syntax;
mod top;
mod value;
mod walk;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;

use crate::policy::plan::MOST_LEVERS;
use crate::scenario::Distribution;
use crate::scenario::InputFile;
use crate::scenario::ParameterValue;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::file;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::ScenarioError;
use crate::scenario::problem::shortened;
use crate::scenario::read::policy::Merged;
use crate::scenario::read::policy::RawPolicy;
use crate::scenario::read::source::Source;
use crate::scenario::read::syntax::Document;
use crate::scenario::read::top::Top;

/// The largest number of facilities in one scenario.
const MOST_FACILITIES: usize = 16;
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
        let (inputs, mut problems) = file::read_folder(folder);
        let read = from_files(folder, inputs, set, until, &mut problems);
        match read {
            Some(scenario) if problems.0.is_empty() => Ok(scenario),
            _ => {
                Err(ScenarioError { folder: file::shown(folder, ""), problems: problems.sorted() })
            }
        }
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

/// Reads everything that was found; notes every problem.
fn from_files(
    folder: &Path,
    mut inputs: Vec<InputFile>,
    set: &[(String, String)],
    until: Option<u16>,
    problems: &mut Problems,
) -> Option<Scenario> {
    let sources = sources(folder, &inputs, problems);
    let mut documents: BTreeMap<&str, Document<'_>> = BTreeMap::new();
    for (&path, source) in sources.iter().filter(|&(&path, _)| path != OBSERVED) {
        let (document, faults) = Document::parse(source);
        problems.add(faults);
        documents.insert(path, document);
    }

    let mut noted = |document: &Document<'_>, found: Problems| {
        // In a file that could not be parsed, what seems wrong may only follow from that.
        if !document.broken {
            problems.add(found);
        }
    };
    let top = documents
        .get("scenario.toml")
        .and_then(|document| top::read(document).map_err(|found| noted(document, found)).ok());
    let district = documents
        .get("district.toml")
        .and_then(|document| district::read(document).map_err(|found| noted(document, found)).ok());
    let parameters = documents.get("parameters.toml").and_then(|document| {
        parameters::read(document).map_err(|found| noted(document, found)).ok()
    });
    let set = problems.keep(parameters::read_set(set));
    let parameters = parameters.zip(set.as_ref()).map(|(values, set)| replaced(values, set));
    if let (Some(values), Some(document)) = (&parameters, documents.get("parameters.toml")) {
        problems.add(contradictions(values, document, set.as_deref().unwrap_or(&[])));
    }

    let mut files: Vec<RawPolicy<'_>> = Vec::new();
    for (path, document) in &documents {
        let name = path.strip_prefix("policies/").and_then(|name| name.strip_suffix(".toml"));
        if let Some(name) = name {
            let mut found = Problems::default();
            files.push(policy::read(name, document, &mut found));
            if !document.broken {
                problems.add(found);
            }
        }
    }
    let has_policy_files = inputs.iter().any(|file| file.path.starts_with("policies/"));
    if !has_policy_files && !inputs.is_empty() && folder.join("policies").is_dir() {
        let problem = Problem::of_file(file::shown(folder, "policies"), "there is no policy");
        problems.add(problem.expected("expected at least one file NAME.toml"));
    }
    let slots = lever_names(&files, problems);
    let policies = policies(&files, &slots, parameters.as_deref(), problems);
    let facilities = facilities(&files);
    problems.add(too_many_facilities(&files, &facilities));
    let order = top.as_ref().map(|top| ordered(top, &files, problems));
    let observed = sources.get(OBSERVED).map_or(Some(Vec::new()), |source| {
        let rows = problems.keep(observed::read(source))?;
        for row in &rows {
            if let Some(problem) = observed::unknown_place(source, row, &facilities) {
                problems.add(problem);
            }
        }
        Some(rows.into_iter().map(|row| row.observation).collect())
    });

    let top = top?;
    let last_year = problems.keep(top::cut(&top, until));
    let mut policies: BTreeMap<usize, Policy> = policies
        .into_iter()
        .enumerate()
        .filter_map(|(index, policy)| Some((index, policy?)))
        .collect();
    let (order, baseline) = order??;
    let policies: Option<Vec<Policy>> =
        order.into_iter().map(|index| policies.remove(&index)).collect();
    let scenario = Scenario {
        name: file::scenario_name(folder),
        title_en: top.title_en,
        title_ko: top.title_ko,
        question: top.question,
        first_year: top.first_year,
        last_year: last_year?,
        vantage: top.vantage,
        base_year: top.base_year,
        seed: top.seed,
        replications: top.replications,
        parameters_vary: top.parameters_vary,
        baseline,
        policies: policies?,
        parameters: parameters?,
        district: district?,
        observed: observed?,
        inputs: Vec::new(),
        lever_names: slots,
    };
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    Some(Scenario { inputs, ..scenario })
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
        let source = problems.keep(source.map_err(Problems::from));
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
        let is_set =
            set.iter().any(|&(index, _)| crate::scenario::parameter::position(name) == Some(index));
        match document.root.get(name) {
            Some(value) if !is_set => document.source.problem(value.span(), ""),
            _ => Problem::of_file("--set", ""),
        }
    })
}

/// All names of levers, in order; their places are the slots.
fn lever_names(files: &[RawPolicy<'_>], problems: &mut Problems) -> Vec<String> {
    let mut names = BTreeSet::new();
    for (key, _) in files.iter().flat_map(|file| &file.levers) {
        if names.insert(key.text.to_owned()) && names.len() == MOST_LEVERS + 1 {
            let message = format!("the scenario has more than {MOST_LEVERS} names of levers");
            let problem = key.problem(message).expected("one too many");
            problems.add(
                problem.help("levers that stand for the same in several policies may share a name"),
            );
        }
    }
    names.into_iter().collect()
}

/// All names of facilities, in order.
fn facilities(files: &[RawPolicy<'_>]) -> Vec<String> {
    let names: BTreeSet<String> = files
        .iter()
        .flat_map(|file| &file.levers)
        .filter(|(_, lever)| {
            let kind = lever.settings.get("kind").and_then(|&(_, value)| value::text(value).ok());
            kind.as_deref() == Some("facility")
        })
        .map(|(key, _)| key.text.to_owned())
        .collect();
    names.into_iter().collect()
}

fn too_many_facilities(files: &[RawPolicy<'_>], facilities: &[String]) -> Problems {
    let last = facilities.get(MOST_FACILITIES);
    let key = last.and_then(|last| {
        files.iter().flat_map(|file| &file.levers).map(|(key, _)| key).find(|key| key.text == last)
    });
    let message = format!("the scenario has more than {MOST_FACILITIES} facilities");
    key.map_or_else(Problems::default, |key| key.problem(message).expected("one too many").into())
}

/// Makes each policy of the files that it is made of; `None` where that cannot be done.
fn policies(
    files: &[RawPolicy<'_>],
    slots: &[String],
    parameters: Option<&[ParameterValue]>,
    problems: &mut Problems,
) -> Vec<Option<Policy>> {
    let chains = policy::chains(files, problems);
    let make = |(file, chain): (&RawPolicy<'_>, Option<Vec<usize>>)| {
        let merged = policy::merge(files, &chain?, problems);
        if let Some(parameters) = parameters {
            problems.add(contradictory_overrides(&merged, parameters));
        }
        let (plan, written) = problems.keep(lever::read(&merged, slots))?;
        let title_en = file.title_en.clone().unwrap_or_else(|| file.name.clone());
        Some(Policy {
            name: file.name.clone(),
            title_ko: file.title_ko.clone().unwrap_or_else(|| title_en.clone()),
            title_en,
            description: file.description.clone(),
            extends: file.extends.as_ref().map(|base| base.name.clone()),
            plan,
            written,
            overrides: merged.overrides.into_iter().collect(),
        })
    };
    files.iter().zip(chains).map(make).collect()
}

fn contradictory_overrides(merged: &Merged<'_>, parameters: &[ParameterValue]) -> Problems {
    let Some(table) = merged.parameters else { return Problems::default() };
    let mut numbers: Vec<f64> = parameters.iter().map(|parameter| parameter.value).collect();
    for (&index, &value) in &merged.overrides {
        numbers[index] = value;
    }
    parameters::contradictions(&numbers, |_| table.problem(""))
}

/// The places of the policies in the scenario's order, and the place of the baseline among them.
fn ordered(
    top: &Top<'_>,
    files: &[RawPolicy<'_>],
    problems: &mut Problems,
) -> Option<(Vec<usize>, usize)> {
    let place = |name: &str| files.iter().position(|file| file.name == name);
    let mut order = Vec::new();
    for listed in &top.policies {
        match place(&listed.name) {
            Some(index) => order.push(index),
            None => {
                let known = files.iter().map(|file| file.name.as_str());
                problems.add(policy::unknown_policy(listed, known));
            }
        }
    }
    for index in 0..files.len() {
        if !order.contains(&index) {
            order.push(index);
        }
    }
    let baseline = place(&top.baseline.name);
    if baseline.is_none() && !files.is_empty() {
        let known = files.iter().map(|file| file.name.as_str());
        problems.add(policy::unknown_policy(&top.baseline, known));
    }
    let baseline = baseline?;
    let baseline = order.iter().position(|&index| index == baseline)?;
    Some((order, baseline))
}
