//! Which assumptions move the leading policies most: the causal sweep of a run.

use crate::analysis::appraisal;
use crate::analysis::appraisal::AppraisalRow;
use crate::analysis::pairs::PairRow;
use crate::analysis::pairs::SHOWN;
use crate::analysis::results::Results;
use crate::analysis::sensitivity;
use crate::evidence::sources;
use crate::evidence::sources::Sweep;
use crate::evidence::sources::Swing;
use crate::experiment::batch::Silent;
use crate::pipeline::engine::Engine;
use crate::pipeline::error::WorkError;
use crate::pipeline::job::Job;
use crate::scenario::Scenario;

/// Replications at either end of each parameter that can act, by which those to be swept are chosen.
const LOOKED_AT: u32 = 2;
/// Replications at either end of a parameter that is swept, the same for all: two blocks of the design.
const REPLICATIONS: u32 = 10;
/// The parameters that are swept.
const MOST: usize = 12;

/// The sweep of the leading policies.
#[derive(Debug, Default)]
pub(super) struct Assumptions {
    /// The policies, by their places in the scenario.
    pub policies: Vec<usize>,
    /// How far every parameter that can act moves them, in a few replications.
    pub looked_at: Vec<Swing>,
    /// How far each of those that move jobs most does, in more.
    pub swings: Vec<Swing>,
}

/// Moves every parameter that can act on a leading policy to both ends of its distribution in a few
/// replications, and those that move jobs most in more; nothing where no policy leads or the run has too
/// few replications to tell what differences depend on.
pub(super) fn assumptions<E: Engine>(
    job: &Job<'_, E>,
    results: &Results<'_>,
    policies: Vec<usize>,
) -> Result<Assumptions, WorkError> {
    let scenario = &job.recipe.scenario;
    let replications = u32::try_from(results.archive.replications().len()).unwrap_or(u32::MAX);
    let enough = replications as usize >= sensitivity::FEWEST && !policies.is_empty();
    let Some(study) = job.engine.study(&policies).filter(|_| enough) else {
        return Ok(Assumptions::default());
    };
    let all = acting(scenario, &policies);
    let mut sweep = Sweep::of(scenario, &study);
    let looked_at = sweep.swings(&all, LOOKED_AT, job.workers, &Silent)?;
    let strongest = strongest(&looked_at, policies.len());
    let swings = sweep.swings(&strongest, REPLICATIONS, job.workers, &Silent)?;
    Ok(Assumptions { policies, looked_at, swings })
}

/// What a sweep takes, before it is known which policies lead.
pub(super) struct Expected {
    /// Policies like those that lead as a rule, by their places in the scenario: the one with most
    /// levers, which has most jobs, and two with few, which cost least a job or have the highest value.
    pub policies: Vec<usize>,
    /// How many replications of these and the baseline are simulated.
    pub simulations: u32,
}

/// What the sweep of a run will take; nothing where the run will have none.
pub(super) fn expected(scenario: &Scenario, replications: usize) -> Option<Expected> {
    let mut policies = scenario.options();
    policies.retain(|&policy| policy != scenario.baseline);
    policies.sort_by_key(|&policy| scenario.policies[policy].written.len());
    if let Some(last) = policies.pop() {
        policies.truncate(2);
        policies.push(last);
    }
    if replications < sensitivity::FEWEST || policies.is_empty() {
        return None;
    }
    let varied = acting(scenario, &policies).into_iter();
    let varied = varied.filter(|&parameter| sources::ends(scenario, parameter).is_some()).count();
    let varied = u32::try_from(varied).unwrap_or(u32::MAX);
    let most = u32::try_from(MOST).unwrap_or(u32::MAX);
    // What was looked at is not simulated again.
    let simulations = 2 * (varied * LOOKED_AT + varied.min(most) * (REPLICATIONS - LOOKED_AT));
    Some(Expected { policies, simulations })
}

/// The parameters that can act on one of some policies.
fn acting(scenario: &Scenario, policies: &[usize]) -> Vec<usize> {
    let acts = |parameter: &usize| {
        policies.iter().any(|&policy| sources::can_act(scenario, policy, *parameter))
    };
    (0..scenario.register.len()).filter(acts).collect()
}

/// The parameters that move jobs most, of each policy in turn, in the city and in the district.
fn strongest(looked: &[Swing], policies: usize) -> Vec<usize> {
    let jobs = |result: &usize| SHOWN[*result].0 == "jobs";
    let lists = (0..policies).flat_map(|policy| {
        (0..SHOWN.len()).filter(jobs).map(move |result| {
            let size = |swing: &Swing| swing.results[policy][result].map(|it| it.moves.mean.abs());
            let sizes = looked.iter().filter_map(|swing| Some((size(swing)?, swing.parameter)));
            let mut moving: Vec<(f64, usize)> = sizes.filter(|&(size, _)| size > 0.0).collect();
            moving.sort_by(|one, other| other.0.total_cmp(&one.0));
            moving
        })
    });
    let lists: Vec<Vec<(f64, usize)>> = lists.collect();
    let longest = lists.iter().map(Vec::len).max().unwrap_or_default();
    let mut strongest = Vec::new();
    for place in 0..longest {
        for &(_, parameter) in lists.iter().filter_map(|list| list.get(place)) {
            if strongest.len() < MOST && !strongest.contains(&parameter) {
                strongest.push(parameter);
            }
        }
    }
    strongest
}

/// The policies that lead by jobs in the city and in the district, by economic net present value and
/// by public cost per net job-year, each once and in this order: by their means, among policies
/// whose interval lies on the better side of the baseline.
pub(super) fn leading(
    scenario: &Scenario,
    pairs: &[PairRow<'_>],
    appraisal: &[AppraisalRow<'_>],
) -> Vec<usize> {
    let baseline = &scenario.policies[scenario.baseline].name;
    let mut others = scenario.options();
    others.retain(|&policy| policy != scenario.baseline);
    let with_baseline: Vec<&PairRow<'_>> =
        pairs.iter().filter(|row| row.policy == baseline || row.other == baseline).collect();
    let jobs = |policy: usize, place: &str| {
        let name = &scenario.policies[policy].name;
        let of_two = |row: &&&PairRow<'_>| {
            let of_policy = row.policy == name || row.other == name;
            of_policy && row.metric == "jobs" && row.place == place
        };
        let row = with_baseline.iter().find(of_two)?;
        let estimate = row.difference.estimate?;
        let (low, high) = estimate.ci_low.zip(estimate.ci_high)?;
        if row.policy == name {
            (low > 0.0).then_some(estimate.mean)
        } else {
            (high < 0.0).then_some(-estimate.mean)
        }
    };
    let total = |policy: usize, item: &str| {
        let name = &scenario.policies[policy].name;
        let row = appraisal
            .iter()
            .find(|row| row.policy == name && row.item == item && row.payer == "all")?;
        match row.figure {
            appraisal::AppraisalFigure::Mean { estimate, .. } => {
                estimate.filter(|it| it.ci_low.is_some_and(|low| low > 0.0)).map(|it| it.mean)
            }
            appraisal::AppraisalFigure::Ratio { ratio, .. } => {
                ratio.filter(|it| it.ratio > 0.0).map(|it| it.ratio)
            }
        }
    };
    let cost = |policy: usize| {
        total(policy, "fiscal_cost")?;
        jobs(policy, "city")?;
        total(policy, "cost_per_net_job_year").map(|cost| -cost)
    };
    let best = |figure: &dyn Fn(usize) -> Option<f64>| {
        let figures = others.iter().filter_map(|&policy| Some((figure(policy)?, policy)));
        let better =
            |one: (f64, usize), other: (f64, usize)| if other.0 > one.0 { other } else { one };
        figures.reduce(better).map(|(_, policy)| policy)
    };
    let leaders = [
        best(&|policy| jobs(policy, "city")),
        best(&|policy| jobs(policy, "district")),
        best(&|policy| total(policy, "economic_net_present_value")),
        best(&cost),
    ];
    let mut leading = Vec::new();
    for policy in leaders.into_iter().flatten() {
        if !leading.contains(&policy) {
            leading.push(policy);
        }
    }
    leading
}
