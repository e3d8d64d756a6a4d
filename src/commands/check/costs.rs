//! What each policy costs a year and a job, so that a slip of a thousand or a million shows, and which
//! change nothing: from the first replications of the run, which say orders of magnitude and no more.

use std::collections::VecDeque;

use crate::analysis::layout::Layout;
use crate::analysis::layout::Series;
use crate::analysis::layout::Table;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::pipeline::engine::Engine as _;
use crate::pipeline::need;
use crate::pipeline::study::StudyEngine;
use crate::random::math;
use crate::report::text::language::number::grouped;
use crate::scenario::Scenario;

/// The most replications: one block of the design, over which parameters are spread evenly.
const MOST: u32 = 5;
/// No further replication is begun after so many firm-years, about a second of one core.
const ENOUGH: f64 = 8e6;

/// Means over the replications.
#[derive(Debug)]
pub(super) struct Costs {
    /// How many replications.
    pub(super) replications: u32,
    /// Public cost of each policy in all years `[KRW m]`.
    spent: Vec<f64>,
    /// Jobs in the city in the last year under each policy `[jobs]`.
    jobs: Vec<f64>,
    years: f64,
    baseline: usize,
    /// For each policy the one that it extends, otherwise the baseline; of several none.
    before: Vec<usize>,
    /// Whether anything but money differed from that one in any replication.
    acts: Vec<bool>,
    /// Facilities of each policy that had a tenant in no year of any replication.
    empty: Vec<Vec<String>>,
    /// Money wanted by rounds and money that closed them, and the rent of each area of the district in
    /// the first and in the last year, of the baseline.
    capital: [f64; 2],
    rents: Vec<(String, [f64; 2])>,
}

/// Rounds want at most so many times the money that closes them.
const MOST_WANTED: f64 = 5.0;
/// In so many years a rent doubles or halves at the fastest `[years]`.
const RENT_DOUBLES_IN: f64 = 10.0;

impl Costs {
    /// Simulates the first replications of all policies.
    ///
    /// # Errors
    ///
    /// Fails as the model does.
    pub(super) fn of(
        scenario: &Scenario,
        workers: &Workers<'_>,
    ) -> Result<Self, Halted<StudyError>> {
        let engine = StudyEngine::new(scenario);
        let layouts = engine.layouts();
        let count = layouts.len();
        let (mut spent, mut jobs, mut simulated) = (vec![0.0; count], vec![0.0; count], 0.0);
        let mut replications = 0;
        let position = |name: &String| layouts.iter().position(|layout| layout.policy == *name);
        let before: Vec<usize> = scenario
            .policies
            .iter()
            .map(|policy| {
                policy
                    .extends
                    .first()
                    .filter(|_| policy.extends.len() == 1)
                    .and_then(position)
                    .unwrap_or(scenario.baseline)
            })
            .collect();
        let of_district = scenario.district.areas.list().iter();
        let of_district = of_district.filter(|area| area.area.in_district());
        let mut rents: Vec<_> = of_district.map(|area| (area.name.clone(), [0.0; 2])).collect();
        let mut capital = [0.0; 2];
        let mut acts = vec![false; count];
        let mut empty: Vec<Vec<String>> = layouts.iter().map(facilities).collect();
        let most = MOST.min(scenario.replications);
        let mut ahead = VecDeque::new();
        while replications < most && simulated < ENOUGH {
            if ahead.is_empty() {
                // The first tells whether all that are left will be wanted; then they are simulated side by side.
                let all_are_wanted = replications > 0 && simulated * f64::from(most) < ENOUGH;
                let count = if all_are_wanted { most - replications } else { 1 };
                ahead.extend(simulated_from(&engine, replications, count, workers)?);
            }
            let Some(values) = ahead.pop_front() else { break };
            simulated += need::firm_years(&layouts, &values);
            for (policy, (layout, values)) in layouts.iter().zip(&values).enumerate() {
                spent[policy] +=
                    of_series(layout, values, "public_cost", "city").iter().sum::<f64>();
                jobs[policy] +=
                    of_series(layout, values, "jobs", "city").last().copied().unwrap_or(0.0);
            }
            let of_baseline = |metric, place: &str| {
                of_series(&layouts[scenario.baseline], &values[scenario.baseline], metric, place)
            };
            for (sum, metric) in capital.iter_mut().zip(["capital_demand", "investment"]) {
                *sum += of_baseline(metric, "city").iter().sum::<f64>();
            }
            for (area, ends) in &mut rents {
                let rent = of_baseline("rent", area);
                for (sum, rent) in ends.iter_mut().zip([rent.first(), rent.last()]) {
                    *sum += rent.copied().unwrap_or(0.0);
                }
            }
            for (policy, (acts, empty)) in acts.iter_mut().zip(&mut empty).enumerate() {
                let of = |policy: usize| (&layouts[policy], &*values[policy]);
                *acts = *acts || differs(of(policy), of(before[policy]));
                let (layout, values) = of(policy);
                empty.retain(|name| are_zero(of_series(layout, values, "tenants", name)));
            }
            replications += 1;
        }
        let of_each = |sum: &mut f64| *sum /= f64::from(replications.max(1));
        spent.iter_mut().chain(&mut jobs).for_each(of_each);
        let years = scenario.years().count() as f64;
        let baseline = scenario.baseline;
        Ok(Self { replications, spent, jobs, years, baseline, before, acts, empty, capital, rents })
    }

    /// Cost a year, jobs and cost a job of a policy, as text: of the baseline its own, of another what it
    /// has beyond the baseline's.
    pub(super) fn cells(&self, policy: usize) -> [String; 3] {
        if policy == self.baseline {
            let own = grouped(self.spent[policy] / self.years, 0);
            return [own, grouped(self.jobs[policy], 0), String::new()];
        }
        let cost = self.spent[policy] - self.spent[self.baseline];
        let jobs = self.jobs[policy] - self.jobs[self.baseline];
        // A ratio to next to nothing says nothing.
        let of_job = (cost > 0.0 && jobs >= 1.0).then(|| grouped(cost / jobs, 1));
        [grouped(cost / self.years, 0), grouped(jobs, 0), of_job.unwrap_or_default()]
    }

    /// What never acted in the replications: a sentence each.
    pub(super) fn without_effect(&self, scenario: &Scenario) -> Vec<String> {
        let name = |policy: usize| &scenario.policies[policy].name;
        let mut found = Vec::new();
        for (policy, empty) in self.empty.iter().enumerate() {
            let of_facility =
                |facility: &String| format!("{}: {facility}: it has no tenant", name(policy));
            // A policy that has done away with a facility of the baseline has zeros in its place.
            let has = |facility: &&String| {
                scenario.policies[policy].written.iter().any(|lever| lever.name == **facility)
            };
            found.extend(empty.iter().filter(has).map(of_facility));
            let before = self.before[policy];
            let has_levers = !scenario.policies[policy].written.is_empty();
            if policy != before && !self.acts[policy] && has_levers {
                let (policy, before) = (name(policy), name(before));
                found.push(format!("{policy}: nothing but money differs from `{before}`"));
            }
        }
        found
    }

    /// What is possible and hardly meant of the baseline's course: a sentence each.
    pub(super) fn implausible(&self) -> Vec<String> {
        let mut found = Vec::new();
        let [wanted, closed] = self.capital;
        if wanted > MOST_WANTED * closed.max(1.0) {
            let times = grouped(wanted / closed.max(1.0), 1);
            found.push(format!(
                "`capital_supply`: under the baseline rounds want {times} times the money that closes them"
            ));
        }
        for (area, [first, last]) in &self.rents {
            let most = math::exp(std::f64::consts::LN_2 * (self.years / RENT_DOUBLES_IN).max(1.0));
            if *first > 0.0 && !(1.0 / most..=most).contains(&(last / first)) {
                let times = grouped(last / first, 2);
                found.push(format!(
                    "the rent of the area {area}: under the baseline it is {times} times that of the first \
                     year at the end; see `natural_occupancy`, `building_rate` and `floor_space`"
                ));
            }
        }
        found
    }

    /// Whether a policy costs more than the baseline.
    pub(super) fn exceed_baseline(&self, policy: usize) -> bool {
        self.spent[policy] > self.spent[self.baseline]
    }
}

/// The values of all policies in some replications, from the `first` one on.
fn simulated_from(
    engine: &StudyEngine,
    first: u32,
    count: u32,
    workers: &Workers<'_>,
) -> Result<Vec<Vec<Vec<f64>>>, Halted<StudyError>> {
    let one = |workspace: &mut Workspace, number: usize| {
        let replication = first + u32::try_from(number).unwrap_or_default();
        engine.simulate(replication, workspace).map_err(Halted::Failed)
    };
    workers.map_in_order(count as usize, || engine.workspace(), one)
}

/// What counts money that public payers pay and receive, and so differs though nothing else does.
const MONEY: [&str; 2] = ["public_cost", "public_receipts"];

/// The facilities of a policy.
fn facilities(layout: &Layout) -> Vec<String> {
    let of_facility = |series: &&Series| {
        series.table == Table::Metric && series.name == "alumni_jobs" && !series.place.is_empty()
    };
    layout.series.iter().filter(of_facility).map(|series| series.place.clone()).collect()
}

/// Whether anything but money differs between two policies in a replication. A series that only one of
/// them has differs where it is not 0.
fn differs(one: (&Layout, &[f64]), other: (&Layout, &[f64])) -> bool {
    let counts = |series: &Series| series.table == Table::Metric && !MONEY.contains(&series.name);
    let has_more = |one: (&Layout, &[f64]), other: (&Layout, &[f64])| {
        let years = one.0.years.len().max(1);
        let here = one.0.series.iter().zip(one.1.chunks(years)).enumerate();
        here.filter(|(_, (series, _))| counts(series)).any(|(place, (series, here))| {
            // Most series stand at the same place in both.
            let there = if other.0.series.get(place) == Some(series) {
                &other.1[place * years..(place + 1) * years]
            } else {
                of_series(other.0, other.1, series.name, &series.place)
            };
            if there.is_empty() { !are_zero(here) } else { here != there }
        })
    };
    has_more(one, other) || has_more(other, one)
}

fn are_zero(values: &[f64]) -> bool {
    values.iter().all(|value| *value == 0.0)
}

/// The values of a metric at a place, year by year; empty where the policy has none.
fn of_series<'v>(layout: &Layout, values: &'v [f64], metric: &str, place: &str) -> &'v [f64] {
    let years = layout.years.len();
    let place = layout.position(Table::Metric, metric, place);
    place.map_or(&[], |place| &values[place * years..(place + 1) * years])
}
