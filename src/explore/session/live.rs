//! What is chosen, ready to give histories.

use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde_json::Map;
use serde_json::Value;

use crate::analysis::additionality::TERMS;
use crate::analysis::additionality::summands;
use crate::analysis::appraisal::Discounting;
use crate::analysis::decision::outcome::Added;
use crate::analysis::decision::outcome::Outcome;
use crate::analysis::layout::Layout;
use crate::analysis::layout::Table;
use crate::analysis::metrics::METRICS;
use crate::analysis::results;
use crate::analysis::results::Results;
use crate::analysis::statistics::Design;
use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::analysis::study::policy::StudyPolicy;
use crate::experiment::batch::Workers;
use crate::experiment::block::BlockError;
use crate::experiment::block::archive::Archive;
use crate::experiment::block::memory::InMemory;
use crate::experiment::uncertainty::Uncertainty;
use crate::explore::session::refused::Refused;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::nearest::nearest;

/// The work of a page is stopped by ending its worker.
static NEVER: AtomicBool = AtomicBool::new(false);

/// The measure of the terms of additionality that are told.
const MEASURE: &str = "jobs";

/// Why there is no history.
#[derive(Debug)]
pub enum HistoryError {
    /// The simulation failed.
    Study(StudyError),
    /// There is no such history.
    Refused(Refused),
}

impl From<StudyError> for HistoryError {
    fn from(error: StudyError) -> Self {
        Self::Study(error)
    }
}

impl From<Refused> for HistoryError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<BlockError> for HistoryError {
    fn from(error: BlockError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<HistoryError> for Refused {
    fn from(error: HistoryError) -> Self {
        match error {
            HistoryError::Study(error) => error.into(),
            HistoryError::Refused(refused) => refused,
        }
    }
}

/// A policy as the text of a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Its name: that of the file without its ending.
    pub name: String,
    /// The text.
    pub text: String,
}

/// What is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choice {
    /// Policies of the scenario by their names; the baseline is there whether it is named or not.
    pub policies: Vec<String>,
    /// Policies beside those of the scenario.
    pub variants: Vec<Variant>,
    /// Values of parameters as text, as `--set` takes them.
    #[serde(deserialize_with = "values")]
    pub set: Vec<(String, String)>,
    /// The future by its name; nothing for that of the page.
    pub future: Option<String>,
    /// Series to tell, `METRIC@PLACE` each.
    pub series: Vec<String>,
}

/// Values by name, numbers or texts.
fn values<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(String, String)>, D::Error> {
    let text = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    let values = Map::<String, Value>::deserialize(from)?;
    Ok(values.into_iter().map(|(name, value)| (name, text(value))).collect())
}

/// A number that histories hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Its name.
    pub id: String,
    /// Its unit; `{money}` stands for the unit of the scenario's accounts.
    pub unit: String,
}

/// In which order histories hold their numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Setup {
    /// The policies, the baseline first.
    pub policies: Vec<String>,
    /// The years.
    pub years: Vec<u16>,
    /// The series.
    pub series: Vec<Told>,
    /// What each policy adds to the baseline.
    pub outcomes: Vec<Told>,
    /// Terms of the additionality of jobs in the last year.
    pub terms: Vec<Told>,
    /// How many replications at a time parameters are spread evenly over, on which the error of a mean depends.
    pub block: usize,
}

/// A series, and where it is in the layout of each policy that has it.
#[derive(Debug)]
struct Series {
    told: Told,
    places: Vec<Option<usize>>,
}

/// A scenario with what is chosen in it.
#[derive(Debug)]
pub struct Live {
    pub(super) scenario: Scenario,
    pub(super) study: Study,
    workers: Workers<'static>,
    policies: Vec<Policy>,
    layouts: Vec<Layout>,
    discounting: Discounting,
    series: Vec<Series>,
    /// For each term and policy the series whose sum it is.
    terms: Vec<Vec<Option<Vec<usize>>>>,
    /// How many histories there are, where not any number.
    replications: Option<u32>,
}

impl Live {
    /// What is chosen of a scenario, of which there are so many histories where a number is given.
    ///
    /// # Errors
    ///
    /// Fails where a policy or a series is not there.
    pub fn new(
        scenario: Scenario,
        choice: &Choice,
        replications: Option<u32>,
    ) -> Result<Self, Refused> {
        let policies = chosen(&scenario, choice)?;
        let mut members = policies.iter().map(StudyPolicy::of);
        let baseline = members.next().ok_or_else(|| Refused::because("", "there is no policy"))?;
        let study = Study::new(&scenario, members.collect(), baseline);
        let layouts = study.layouts();
        let read = |id: &String| series(id, &scenario, &layouts);
        let series = choice.series.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let of_term = |term: &'static str| {
            let of_policy = |layout: &Layout| {
                let places = summands(&term).iter();
                places.map(|part| layout.position(Table::Additionality, part, MEASURE)).collect()
            };
            layouts.iter().map(of_policy).collect()
        };
        let workers = Workers::start(NonZeroUsize::new(1), &NEVER)
            .map_err(|error| Refused::because("", &error.to_string()))?;
        Ok(Self {
            discounting: Discounting::of(&scenario),
            terms: terms().map(of_term).collect(),
            scenario,
            study,
            workers,
            policies,
            layouts,
            series,
            replications,
        })
    }

    /// In which order histories hold their numbers.
    #[must_use]
    pub fn setup(&self) -> Setup {
        let outcome = |outcome: Added| Told {
            id: outcome.name().to_owned(),
            unit: outcome.unit().to_owned(),
        };
        let term = |name: &str| Told { id: name.to_owned(), unit: "persons".to_owned() };
        Setup {
            policies: self.policies.iter().map(|policy| policy.name.clone()).collect(),
            years: self.scenario.years().collect(),
            series: self.series.iter().map(|series| series.told.clone()).collect(),
            outcomes: Added::ALL.into_iter().map(outcome).collect(),
            terms: terms().map(term).collect(),
            block: Uncertainty::of(&self.scenario).block(),
        }
    }

    /// One history, as [`Session::history`](super::Session::history) gives it.
    ///
    /// # Errors
    ///
    /// Fails where there is no such history, and when an account does not close.
    pub fn history(
        &self,
        number: u32,
        workspace: &mut Workspace,
    ) -> Result<Vec<f64>, HistoryError> {
        self.check(number)?;
        let values = self.study.replicate(number, workspace)?;
        let years = self.layouts.first().map_or(0, |layout| layout.years.len());
        let mut told: Vec<Vec<f64>> = (0..self.policies.len())
            .map(|policy| self.told(policy, &values[policy], years))
            .collect();
        let archive = Archive::in_memory(InMemory::new(0, years, vec![values]));
        let results = Results {
            layouts: &self.layouts,
            policies: &self.policies,
            payers: &self.scenario.payers,
            design: Design::blocks_of(1),
            baseline: 0,
            archive: &archive,
            workers: &self.workers,
            working_set: results::WORKING_SET,
        };
        let (series, outcomes) = (self.series.len() * years, Outcome::added());
        for (policy, told) in told.iter_mut().enumerate() {
            let mut values = Vec::with_capacity(outcomes.len());
            for outcome in &outcomes {
                let read = outcome.read(&results, policy, self.discounting)?;
                values.push(read.and_then(|read| read.first().copied()).unwrap_or_default());
            }
            told.splice(series..series, values);
        }
        Ok(told.concat())
    }

    /// Fails where there is no such history.
    pub(super) fn check(&self, number: u32) -> Result<(), Refused> {
        match self.replications {
            Some(most) if number >= most => {
                Err(Refused::because("", &format!("there are {most} histories, from 0")))
            }
            _ => Ok(()),
        }
    }

    /// Series and terms of one policy.
    fn told(&self, policy: usize, values: &[f64], years: usize) -> Vec<f64> {
        let of = |place: usize| &values[place * years..(place + 1) * years];
        let mut told = Vec::with_capacity(self.series.len() * years + self.terms.len());
        for series in &self.series {
            match series.places[policy] {
                Some(place) => told.extend_from_slice(of(place)),
                // As everywhere, what a policy does not have is nothing.
                None => told.extend(std::iter::repeat_n(0.0, years)),
            }
        }
        told.extend(self.terms.iter().map(|term| {
            let last = |place: &usize| of(*place).last().copied().unwrap_or_default();
            term[policy].as_ref().map_or(f64::NAN, |places| {
                places.iter().map(last).reduce(|sum, value| sum + value).unwrap_or_default()
            })
        }));
        told
    }
}

/// The terms of jobs that every policy is asked for, in the order of the register.
fn terms() -> impl Iterator<Item = &'static str> {
    TERMS.iter().filter(|term| term.always).map(|term| term.name)
}

/// The policies, the baseline first.
fn chosen(scenario: &Scenario, choice: &Choice) -> Result<Vec<Policy>, Refused> {
    let baseline = &scenario.policies[scenario.baseline];
    let mut found = vec![baseline.clone()];
    let variants = choice.variants.iter().map(|variant| &variant.name);
    for name in choice.policies.iter().chain(variants) {
        let policy = scenario.policies.iter().find(|policy| policy.name == *name);
        let policy = policy.ok_or_else(|| unknown(name, scenario))?;
        if found.iter().all(|known| known.name != *name) {
            found.push(policy.clone());
        }
    }
    Ok(found)
}

/// There is no such policy.
pub(super) fn unknown(name: &str, scenario: &Scenario) -> Refused {
    let near = nearest(name, scenario.policies.iter().map(|policy| policy.name.as_str()));
    let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Refused::because("", &format!("there is no policy `{name}`{hint}"))
}

/// A series of which at least the scenario has the metric and the place.
fn series(id: &str, scenario: &Scenario, layouts: &[Layout]) -> Result<Series, Refused> {
    let wrong = |error: &dyn std::error::Error| Refused::because("", &error.to_string());
    let outcome: Outcome = id.parse().map_err(|error| wrong(&error))?;
    let Outcome::Metric { metric, place, year: None } = &outcome else {
        return Err(Refused::because("", &format!("`{id}` is no series: expected METRIC@PLACE")));
    };
    let known = METRICS.iter().find(|known| known.name == *metric);
    let is_lever = scenario.lever_names.iter().any(|name| name == place);
    let position = |layout: &Layout| layout.position(Table::Metric, metric, place);
    let places: Vec<Option<usize>> = layouts.iter().map(position).collect();
    match known {
        // Policies that are not chosen may have the place.
        Some(known) if is_lever || places.iter().any(Option::is_some) => {
            let told = Told { id: id.to_owned(), unit: known.unit.to_owned() };
            Ok(Series { told, places })
        }
        _ => Err(outcome.known(layouts).err().map_or_else(
            || Refused::because("", &format!("`{id}` is no series")),
            |error| wrong(&error),
        )),
    }
}
