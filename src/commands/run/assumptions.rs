//! Which assumptions move the leading policies most: the causal sweep of a run.

use crate::analysis::appraisal;
use crate::analysis::appraisal::AppraisalRow;
use crate::analysis::pairs::PairRow;
use crate::analysis::results::Results;
use crate::analysis::sensitivity::SensitivityRow;
use crate::commands::run::Engine;
use crate::commands::run::Job;
use crate::commands::run::RunError;
use crate::evidence::sources;
use crate::evidence::sources::Swing;
use crate::experiment::batch::Silent;
use crate::scenario::Scenario;

/// Replications at either end of a parameter, the same for all: two blocks of the design.
const REPLICATIONS: u32 = 10;
/// What the sweep may add to the simulating of a run.
const SHARE: f64 = 0.15;
/// The fewest and the most parameters that are moved.
const FEWEST: usize = 6;
const MOST: usize = 24;

/// The sweep of the leading policies.
#[derive(Debug, Default)]
pub(super) struct Assumptions {
    /// The policies, by their places in the scenario.
    pub policies: Vec<usize>,
    /// How far each parameter moves them.
    pub swings: Vec<Swing>,
}

/// Moves the parameters on which the leading policies seem to hang most; nothing where no policy
/// leads or the run has too few replications to tell what differences hang on.
pub(super) fn assumptions<E: Engine>(
    job: &Job<'_, E>,
    results: &Results<'_>,
    sensitivity: &[SensitivityRow<'_>],
    policies: Vec<usize>,
) -> Result<Assumptions, RunError> {
    let scenario = &job.recipe.scenario;
    let Some(study) = job.engine.study(&policies).filter(|_| !policies.is_empty()) else {
        return Ok(Assumptions::default());
    };
    let replications = results.archive.replications().len();
    let simulated = (replications * scenario.policies.len()) as f64;
    let of_one = f64::from(2 * REPLICATIONS) * (policies.len() + 1) as f64;
    let most = (FEWEST..MOST).find(|&most| of_one * (most + 1) as f64 > SHARE * simulated);
    let most = most.unwrap_or(MOST);
    let candidates = candidates(scenario, sensitivity, &policies, most);
    let each = REPLICATIONS.min(u32::try_from(replications).unwrap_or(REPLICATIONS));
    let swings = sources::swings(scenario, &study, &candidates, each, job.workers, &Silent)?;
    Ok(Assumptions { policies, swings })
}

/// The parameters on which jobs of these policies seem to hang most, the strongest of each in turn;
/// those that the joint test names go first.
fn candidates(
    scenario: &Scenario,
    sensitivity: &[SensitivityRow<'_>],
    policies: &[usize],
    most: usize,
) -> Vec<usize> {
    let of_policy = |&policy: &usize| {
        let name = &scenario.policies[policy].name;
        let mut rows: Vec<&SensitivityRow<'_>> = sensitivity
            .iter()
            .filter(|row| row.policy == name && row.series.name == "jobs")
            .collect();
        rows.sort_by(|one, other| {
            let strength = |row: &SensitivityRow<'_>| row.rank_correlation.abs();
            other.named.cmp(&one.named).then(strength(other).total_cmp(&strength(one)))
        });
        rows.into_iter().map(|row| row.parameter).collect::<Vec<usize>>()
    };
    let lists: Vec<Vec<usize>> = policies.iter().map(of_policy).collect();
    let longest = lists.iter().map(Vec::len).max().unwrap_or_default();
    let mut candidates = Vec::new();
    for place in 0..longest {
        for parameter in lists.iter().filter_map(|list| list.get(place)) {
            if candidates.len() < most && !candidates.contains(parameter) {
                candidates.push(*parameter);
            }
        }
    }
    candidates
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
    let others = (0..scenario.policies.len()).filter(|&policy| policy != scenario.baseline);
    let others: Vec<usize> =
        others.filter(|&policy| !scenario.policies[policy].is_placebo()).collect();
    let jobs = |policy: usize, place: &str| {
        let name = &scenario.policies[policy].name;
        let of_two = |row: &&PairRow<'_>| {
            let forwards = row.policy == name && row.other == baseline;
            let backwards = row.policy == baseline && row.other == name;
            (forwards || backwards) && row.series.name == "jobs" && row.series.place == place
        };
        let row = pairs.iter().find(of_two)?;
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
            appraisal::Figure::Mean(estimate, _) => {
                estimate.filter(|it| it.ci_low.is_some_and(|low| low > 0.0)).map(|it| it.mean)
            }
            appraisal::Figure::Ratio(ratio) => ratio.filter(|it| it.ratio > 0.0).map(|it| it.ratio),
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
