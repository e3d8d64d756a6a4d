//! What is told of a history, read from the values of a replication.

use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

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
use crate::experiment::batch::Workers;
use crate::experiment::block::BlockError;
use crate::experiment::block::archive::Archive;
use crate::experiment::block::memory::InMemory;
use crate::experiment::uncertainty::Uncertainty;
use crate::explore::session::refused::Refused;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::payers::Payers;

/// The work of a page is stopped by ending its worker.
static NEVER: AtomicBool = AtomicBool::new(false);

/// The measure of the terms of additionality that are told.
const MEASURE: &str = "jobs";

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
    /// What of the choices has no effect, as a lever that opens after the last year, and was not so in the scenario as it
    /// was opened: a sentence each.
    pub warnings: Vec<String>,
}

/// A series, and where it is in the layout of each policy that has it.
#[derive(Debug)]
struct Series {
    told: Told,
    places: Vec<Option<usize>>,
}

/// How the values of a replication under some policies are read, the baseline first.
#[derive(Debug)]
pub struct Reading {
    policies: Vec<Policy>,
    layouts: Vec<Layout>,
    payers: Payers,
    discounting: Discounting,
    years: Vec<u16>,
    block: usize,
    series: Vec<Series>,
    /// For each term and policy the series whose sum it is.
    terms: Vec<Vec<Option<Vec<usize>>>>,
    workers: Workers<'static>,
}

impl Reading {
    /// Some series, `METRIC@PLACE` each, of policies of a scenario, each with the layout of its values.
    ///
    /// # Errors
    ///
    /// Fails where a series is not there.
    pub fn new(
        scenario: &Scenario,
        policies: Vec<Policy>,
        layouts: Vec<Layout>,
        series: &[String],
    ) -> Result<Self, Refused> {
        let read = |id: &String| self::series(id, scenario, &layouts);
        let series = series.iter().map(read).collect::<Result<Vec<_>, _>>()?;
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
            terms: terms().map(of_term).collect(),
            payers: scenario.payers.clone(),
            discounting: Discounting::of(scenario),
            years: scenario.years().collect(),
            block: Uncertainty::of(scenario).block(),
            policies,
            layouts,
            series,
            workers,
        })
    }

    /// The policies, the baseline first.
    #[must_use]
    pub fn policies(&self) -> &[Policy] {
        &self.policies
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
            years: self.years.clone(),
            series: self.series.iter().map(|series| series.told.clone()).collect(),
            outcomes: Added::ALL.into_iter().map(outcome).collect(),
            terms: terms().map(term).collect(),
            block: self.block,
            warnings: Vec::new(),
        }
    }

    /// A history from the values of its replication, a list for each policy.
    ///
    /// # Errors
    ///
    /// Never for values in memory.
    pub fn history(&self, values: Vec<Vec<f64>>) -> Result<Vec<f64>, BlockError> {
        let years = self.years.len();
        let mut told: Vec<Vec<f64>> =
            values.iter().enumerate().map(|(policy, values)| self.told(policy, values)).collect();
        let archive = Archive::in_memory(InMemory::new(0, years, vec![values]));
        let results = Results {
            layouts: &self.layouts,
            policies: &self.policies,
            payers: &self.payers,
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

    /// Series and terms of one policy.
    fn told(&self, policy: usize, values: &[f64]) -> Vec<f64> {
        let years = self.years.len();
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
