//! What is shown before the page has computed anything: statistics of the first histories of every policy.

use std::iter;

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::analysis::layout::Layout;
use crate::analysis::layout::Table;
use crate::analysis::pairs::SHOWN;
use crate::analysis::results::Results;
use crate::analysis::statistics::Spread;
use crate::analysis::statistics::moments;
use crate::analysis::study::KeptBaselines;
use crate::analysis::study::Study;
use crate::analysis::study::Workspace;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Progress;
use crate::experiment::batch::Workers;
use crate::explore::data::error::DataError;
use crate::explore::session::Choice;
use crate::explore::session::HistoryError;
use crate::explore::session::Live;
use crate::explore::session::Reading;
use crate::explore::session::Setup;
use crate::scenario::Policy;
use crate::scenario::Scenario;

/// How many histories of each policy.
pub(super) const REPLICATIONS: u32 = 32;

/// Metrics beside those of the headline, at the places that some policy has them.
const MORE: [(&str, &str); 8] = [
    ("startups", "district"),
    ("startups", "city"),
    ("founders", "district"),
    ("founders", "city"),
    ("specialists", "district"),
    ("specialists", "city"),
    ("rent", "district"),
    ("tenants", "district"),
];

/// The first histories of every policy.
#[derive(Debug)]
pub(super) struct First {
    setup: Setup,
    /// Each as [`Live::history`] gives it.
    histories: Vec<Vec<f64>>,
}

impl First {
    /// Simulates them.
    pub(super) fn simulated(
        scenario: &Scenario,
        workers: &Workers<'_>,
        progress: &dyn Progress,
    ) -> Result<Self, DataError> {
        let choice = choice(scenario, &Study::of(scenario).layouts());
        let live = Live::new(scenario.clone(), &choice, None);
        let live = live.map_err(DataError::Refused)?;
        let task = |workspace: &mut Workspace, number: usize| {
            let replication = u32::try_from(number).unwrap_or(u32::MAX);
            let values = live.history(replication, &mut KeptBaselines::default(), workspace);
            progress.replication_done();
            values.map_err(Halted::Failed)
        };
        let histories = workers.map_in_order(REPLICATIONS as usize, Workspace::default, task);
        let histories = histories.map_err(|halted| match halted {
            Halted::Failed(HistoryError::Study(error)) => Halted::Failed(error).into(),
            Halted::Failed(HistoryError::Refused(refused)) => DataError::Refused(refused),
            Halted::Stopped => Halted::Stopped.into(),
            Halted::Panicked { task, message } => Halted::Panicked { task, message }.into(),
        })?;
        Ok(Self { setup: live.setup(), histories })
    }

    /// Those of a run, which has the policies of the scenario and may have more.
    pub(super) fn of_run(scenario: &Scenario, results: &Results<'_>) -> Result<Self, DataError> {
        let baseline = &scenario.policies[scenario.baseline];
        let others = scenario.policies.iter().filter(|policy| policy.name != baseline.name);
        let policies: Vec<Policy> = iter::once(baseline).chain(others).cloned().collect();
        let place =
            |policy: &Policy| results.policies.iter().position(|other| other.name == policy.name);
        let places: Vec<usize> = policies.iter().filter_map(place).collect();
        let layouts: Vec<Layout> =
            places.iter().map(|&place| results.layouts[place].clone()).collect();
        let Choice { series, .. } = choice(scenario, &layouts);
        let reading = Reading::new(scenario, policies, layouts, &series);
        let reading = reading.map_err(DataError::Refused)?;
        let most = REPLICATIONS as usize;
        let mut histories = Vec::new();
        for block in 0..results.archive.blocks() {
            let held = results.archive.length(block).min(most - histories.len());
            let mut values = vec![Vec::new(); held];
            for &place in &places {
                let series: Vec<usize> = (0..results.layouts[place].series.len()).collect();
                let read = results.archive.read_block(block, place, &series)?;
                let years = results.archive.years();
                for (replication, values) in values.iter_mut().enumerate() {
                    let of = |series: &Vec<f64>| series[replication * years..][..years].to_vec();
                    values.push(read.iter().flat_map(of).collect());
                }
            }
            for values in values {
                histories.push(reading.history(values)?);
            }
            if histories.len() == most {
                break;
            }
        }
        Ok(Self { setup: reading.setup(), histories })
    }
}

/// The statistics.
pub(super) fn precomputed(First { setup, histories }: &First) -> Value {
    let width = histories.first().map_or(0, |values| values.len() / setup.policies.len());
    let years = setup.years.len();
    let mut policies = Map::new();
    for (policy, name) in setup.policies.iter().enumerate() {
        let column = |at: usize| -> Vec<f64> {
            histories.iter().map(|values| values[policy * width + at]).collect()
        };
        let difference = |at: usize| -> Vec<f64> {
            histories.iter().map(|values| values[policy * width + at] - values[at]).collect()
        };
        let series = setup.series.iter().enumerate().map(|(place, series)| {
            let by_year = (place * years..(place + 1) * years).map(|at| three(&difference(at)));
            (series.id.clone(), by_year.collect::<Vec<_>>().into())
        });
        let series: Map<String, Value> = series.collect();
        let first = setup.series.len() * years;
        let outcomes = setup.outcomes.iter().enumerate().map(|(place, outcome)| {
            let values = column(first + place);
            let below = values.iter().filter(|value| **value < 0.0).count();
            let mut told = three(&values);
            if let Value::Array(told) = &mut told {
                told.push(rounded(below as f64 / values.len() as f64));
            }
            (outcome.id.clone(), told)
        });
        let outcomes: Map<String, Value> = outcomes.collect();
        let first = first + setup.outcomes.len();
        let terms = setup
            .terms
            .iter()
            .enumerate()
            .map(|(place, term)| (term.id.clone(), rounded(mean(&column(first + place)))));
        let terms: Map<String, Value> = terms.collect();
        let told = json!({ "series": series, "outcomes": outcomes, "terms": terms });
        policies.insert(name.clone(), told);
    }
    json!({ "replications": histories.len(), "policies": policies })
}

/// All policies of the scenario, and of the series that the page shows those that some policy has.
fn choice(scenario: &Scenario, layouts: &[Layout]) -> Choice {
    let areas = scenario.district.areas.names().into_iter();
    let areas = areas.map(|(name, _)| ("jobs".to_owned(), name));
    let fixed = SHOWN.iter().chain(&MORE);
    let fixed = fixed.map(|&(metric, place)| (metric.to_owned(), place.to_owned()));
    let is_there = |(metric, place): &(String, String)| {
        layouts.iter().any(|layout| layout.position(Table::Metric, metric, place).is_some())
    };
    let series = fixed.chain(areas).filter(is_there);
    Choice {
        policies: scenario.policies.iter().map(|policy| policy.name.clone()).collect(),
        series: series.map(|(metric, place)| format!("{metric}@{place}")).collect(),
        ..Choice::default()
    }
}

fn mean(values: &[f64]) -> f64 {
    moments::mean(values).unwrap_or(f64::NAN)
}

/// Mean, 5th and 95th percentile.
fn three(values: &[f64]) -> Value {
    let spread = Spread::from_values(values);
    let [low, high] = spread.map_or([f64::NAN; 2], |spread| [spread.p05, spread.p95]);
    [mean(values), low, high].into_iter().map(rounded).collect::<Vec<_>>().into()
}

/// To five digits: no more can be seen. Nothing for what is no number.
fn rounded(value: f64) -> Value {
    let text = format!("{value:.4e}");
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
    number.map_or(Value::Null, |number| {
        if number.fract() == 0.0 && number.abs() < 1e15 {
            #[expect(clippy::cast_possible_truncation, reason = "it is whole and below 10^15")]
            return (number as i64).into();
        }
        number.into()
    })
}
