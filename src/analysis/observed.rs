//! The record: what the simulation says for each observed figure.
//!
//! A row of `observed.csv` names a metric, a place and a period. Its simulated counterpart is the
//! metric's value at that place at the end of the period's last year; of a yearly flow, the sum over
//! the period. Where the period ends with a month, a stock or a sum since the start lies that many
//! twelfths of the way from the end of the year before to the end of the last year, and that share
//! of the last year's flow counts: the simulation has its stocks at ends of years, and its
//! flows are taken as even over a year. It is simulated under the policy that really happened (`actual_policy` in scenario.toml; the baseline where it is not named). Calibration and
//! validation both read it here.

use crate::analysis::layout::Table;
use crate::analysis::metrics;
use crate::analysis::metrics::spec::MetricKind;
use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::analysis::study::policy::StudyPolicy;
use crate::scenario::Observation;
use crate::scenario::Scenario;

/// Why an observed figure has no simulated counterpart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Its year is before the first simulated year.
    TooEarly,
    /// Its year is after the last simulated year.
    TooLate,
    /// It ends with a month of the first simulated year, at whose beginning there is no figure.
    NoBeginning,
    /// The policy that happened has no such metric at such a place.
    NoSeries,
}

impl Missing {
    /// The end of the sentence "left out, because …".
    #[must_use]
    pub fn reason(self, scenario: &Scenario) -> String {
        match self {
            Self::TooEarly => "its year is before the first simulated year".to_owned(),
            Self::TooLate => "its year is after the last simulated year".to_owned(),
            Self::NoBeginning => {
                "it ends within the first simulated year, at whose beginning there is no figure"
                    .to_owned()
            }
            Self::NoSeries => {
                let whose = if scenario.actual_policy_stated {
                    ""
                } else {
                    " (the baseline, as scenario.toml has no `actual_policy`)"
                };
                let policy = &scenario.actual_policy;
                format!("the actual policy `{policy}`{whose} has no such place")
            }
        }
    }
}

/// The observed figures that can be simulated, and the simulation that makes them.
#[derive(Clone, Debug)]
pub struct ObservedRecord {
    study: Study,
    rows: Vec<Observation>,
    /// For each row the values of the policy that add up to it, each with its weight.
    places: Vec<Vec<(usize, f64)>>,
    left_out: Vec<(Observation, Missing)>,
}

impl ObservedRecord {
    /// The record of some figures; years after the last of them are not simulated.
    ///
    /// A shorter horizon changes no number (model, section 4).
    #[must_use]
    pub fn new(scenario: &Scenario, figures: &[Observation]) -> Self {
        let possible = scenario.years();
        let last = figures.iter().map(|row| row.year).filter(|year| possible.contains(year)).max();
        let mut scenario = scenario.clone();
        scenario.last_year = last.unwrap_or(scenario.first_year);
        let study = Study::new(&scenario, Vec::new(), happened(&scenario));
        let layouts = study.layouts();
        let layout = &layouts[0];
        let (mut rows, mut places, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
        for row in figures {
            let series = layout.position(Table::Metric, &row.metric, &row.place);
            let since = since(row);
            let place = |year| layout.years.iter().position(|&other| other == year);
            match (series, place(since).zip(place(row.year))) {
                (Some(_), Some((0, 0))) if row.month.is_some() && !is_flow(row) => {
                    left_out.push((row.clone(), Missing::NoBeginning));
                }
                (Some(series), Some((first, last))) => {
                    let start = series * layout.years.len();
                    rows.push(row.clone());
                    let share = row.share_of_year();
                    let weighted = if is_flow(row) {
                        let weight = |year| if year == last { share } else { 1.0 };
                        (first..=last).map(|year| (start + year, weight(year))).collect()
                    } else if row.month.is_some() {
                        vec![(start + last - 1, 1.0 - share), (start + last, share)]
                    } else {
                        vec![(start + last, 1.0)]
                    };
                    places.push(weighted);
                }
                (_, None) if since < scenario.first_year || row.year < scenario.first_year => {
                    left_out.push((row.clone(), Missing::TooEarly));
                }
                (_, None) => left_out.push((row.clone(), Missing::TooLate)),
                (None, _) => left_out.push((row.clone(), Missing::NoSeries)),
            }
        }
        Self { study, rows, places, left_out }
    }

    /// The figures that are simulated, in the order of the file.
    #[must_use]
    pub fn rows(&self) -> &[Observation] {
        &self.rows
    }

    /// The figures that are not, and why.
    #[must_use]
    pub fn left_out(&self) -> &[(Observation, Missing)] {
        &self.left_out
    }

    /// The parameter values that a run's replication has, in the order of the register.
    #[must_use]
    pub fn parameters(&self, replication: u32) -> Vec<f64> {
        self.study.values(replication)
    }

    /// The simulated value of each row, with given parameter values and the random stream of a replication,
    /// without any error of observation.
    ///
    /// # Errors
    ///
    /// Fails when an account does not close, which is a mistake in the program.
    pub fn simulate(
        &self,
        parameters: &[f64],
        replication: u32,
        workspace: &mut Workspace,
    ) -> Result<Vec<f64>, StudyError> {
        let values = self.study.replicate_with(parameters, replication, workspace)?;
        let sum = |places: &Vec<(usize, f64)>| {
            places.iter().map(|&(place, weight)| weight * values[0][place]).sum()
        };
        Ok(self.places.iter().map(sum).collect())
    }
}

/// The policy that really happened, as a study takes it.
fn happened(scenario: &Scenario) -> StudyPolicy {
    let named = scenario.policies.iter().find(|policy| policy.name == scenario.actual_policy);
    StudyPolicy::of(named.unwrap_or(&scenario.policies[scenario.baseline]))
}

/// The first year that enters a figure: that of its period for a yearly flow, else its last.
fn since(row: &Observation) -> u16 {
    if is_flow(row) { row.since } else { row.year }
}

/// Whether the figure is a yearly flow.
#[must_use]
pub fn is_flow(row: &Observation) -> bool {
    metrics::named(&row.metric).is_some_and(|metric| metric.kind == MetricKind::Flow)
}

/// A study of the policy that really happened, alone.
#[must_use]
pub fn study(scenario: &Scenario) -> Study {
    Study::new(scenario, Vec::new(), happened(scenario))
}
