//! What each policy costs a year and a job, so that a slip of a thousand or a million shows: from the
//! first replications of the run, which say orders of magnitude and no more.

use crate::analysis::layout::Layout;
use crate::analysis::layout::Table;
use crate::analysis::study::StudyError;
use crate::pipeline::engine::Engine as _;
use crate::pipeline::need;
use crate::pipeline::study::StudyEngine;
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
}

impl Costs {
    /// Simulates the first replications of all policies.
    ///
    /// # Errors
    ///
    /// Fails as the model does.
    pub(super) fn of(scenario: &Scenario) -> Result<Self, StudyError> {
        let engine = StudyEngine::new(scenario);
        let layouts = engine.layouts();
        let mut workspace = engine.workspace();
        let count = layouts.len();
        let (mut spent, mut jobs, mut simulated) = (vec![0.0; count], vec![0.0; count], 0.0);
        let mut replications = 0;
        while replications < MOST.min(scenario.replications) && simulated < ENOUGH {
            let values = engine.simulate(replications, &mut workspace)?;
            simulated += need::firm_years(&layouts, &values);
            for (policy, (layout, values)) in layouts.iter().zip(&values).enumerate() {
                spent[policy] += years_of(layout, values, "public_cost").iter().sum::<f64>();
                jobs[policy] += years_of(layout, values, "jobs").last().copied().unwrap_or(0.0);
            }
            replications += 1;
        }
        let of_each = |sum: &mut f64| *sum /= f64::from(replications.max(1));
        spent.iter_mut().chain(&mut jobs).for_each(of_each);
        let years = scenario.years().count() as f64;
        Ok(Self { replications, spent, jobs, years, baseline: scenario.baseline })
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

    /// Whether a policy costs more than the baseline.
    pub(super) fn is_dearer(&self, policy: usize) -> bool {
        self.spent[policy] > self.spent[self.baseline]
    }
}

/// The values of a metric in the city, year by year.
fn years_of<'v>(layout: &Layout, values: &'v [f64], metric: &str) -> &'v [f64] {
    let years = layout.years.len();
    let place = layout.position(Table::Metric, metric, "city");
    place.map_or(&[], |place| &values[place * years..(place + 1) * years])
}
