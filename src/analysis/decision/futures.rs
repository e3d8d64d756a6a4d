//! Policies in several worlds: the present one and futures, with the same draws of parameters and chance in each.

use crate::analysis::decision::judged::DEVIATIONS;
use crate::analysis::decision::judged::JudgeError;
use crate::analysis::decision::judged::Judged;
use crate::analysis::decision::judged::OPTIMISM;
use crate::analysis::decision::judged::Replications;
use crate::analysis::decision::ranking::ranks;
use crate::analysis::decision::regret::Attitude;
use crate::analysis::decision::regret::robustness;
use crate::analysis::decision::sample::Sample;
use crate::analysis::decision::sample::highest;
use crate::analysis::decision::smooth::Smoother;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::quantiles;

/// How a policy does in one world, in the unit of the outcome, more being better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// The mean outcome.
    pub mean: f64,
    /// Its standard error; unknown for one replication.
    pub mean_se: Option<f64>,
    /// The mean of the outcome less the baseline's in the same replication and world, and its standard error.
    pub lead: (f64, Option<f64>),
    /// The mean of that difference less the same in the present world, replication by replication, and its standard
    /// error: what the world makes of the policy's effect. 0 in the present.
    pub lead_change: (f64, Option<f64>),
    /// The 5 % quantile of the outcome over replications.
    pub p05: f64,
    /// The 95 % quantile.
    pub p95: f64,
    /// The share of replications in which its outcome is below the baseline's in the same world.
    pub probability_loss: f64,
    /// Its rank by mean among the policies in this world: one more than the number of those with a higher mean.
    pub rank: usize,
    /// The highest mean of a policy in this world less its own: at least 0.
    pub regret: f64,
}

/// How each policy does in one world beside the present one, in the order of policies. `None` where the baseline is no
/// policy, the worlds are not alike, or a mean is not finite.
#[must_use]
pub fn standings(
    outcome: Sample<'_>,
    present: Sample<'_>,
    (baseline, design): (usize, Design),
) -> Option<Vec<Standing>> {
    if !outcome.is_like(present) {
        return None;
    }
    let of_baseline = outcome.of_policies().get(baseline)?;
    let baseline_now = present.of_policies().get(baseline)?;
    let means = outcome.means()?;
    let best = means.iter().copied().reduce(f64::max)?;
    let ranks = ranks(&means);
    let mean_of = |values: &[f64]| Estimate::of(values, design).map(|it| (it.mean, it.se));
    let one = |policy: usize| {
        let (values, now) = (&outcome.of_policies()[policy], &present.of_policies()[policy]);
        let (mean, rank) = (means[policy], ranks[policy]);
        let lead = less(values, of_baseline);
        let lead_change = less(&lead, &less(now, baseline_now));
        let [p05, p95] = quantiles(values, [0.05, 0.95])?;
        let below = values.iter().zip(of_baseline).filter(|(value, other)| value < other).count();
        let probability_loss = below as f64 / values.len() as f64;
        let mean_se = mean_of(values)?.1;
        let (lead, lead_change) = (mean_of(&lead)?, mean_of(&lead_change)?);
        let regret = best - mean;
        Some(Standing {
            mean,
            mean_se,
            lead,
            lead_change,
            p05,
            p95,
            probability_loss,
            rank,
            regret,
        })
    };
    (0..outcome.policies()).map(one).collect()
}

/// The one values less the others, replication by replication.
fn less(values: &[f64], others: &[f64]) -> Vec<f64> {
    values.iter().zip(others).map(|(value, other)| value - other).collect()
}

/// How each policy does in each of some worlds, `worlds[world][policy][replication]`, the present first, which is the one
/// that is judged. What it says of rules for when probabilities are not trusted is then said of all worlds: of each world
/// with each draw of the parameters, all counting the same.
///
/// In each world the mean given the parameters is smoothed by itself, from the same draws.
///
/// # Errors
///
/// Fails where a value is not finite, or a world has other policies or replications.
pub fn over_worlds(
    of: &Replications<'_>,
    judged: &mut Judged,
    worlds: &[&[Vec<f64>]],
    target: Option<f64>,
) -> Result<Vec<Vec<Standing>>, JudgeError> {
    let smoother = Smoother::of(of.draws, of.design);
    let mut states = judged.smooth.clone();
    let mut all = Vec::new();
    let sample = |values| Sample::new(values).filter(|it| it.policies() == states.len());
    let present = worlds.first().and_then(|&values| sample(values)).ok_or(JudgeError::NotFinite)?;
    for (world, &values) in worlds.iter().enumerate() {
        let outcome = Sample::new(values).ok_or(JudgeError::NotFinite)?;
        let found = standings(outcome, present, (of.baseline, of.design));
        let found = found.ok_or(JudgeError::NotFinite)?;
        if world > 0 {
            let means: Vec<f64> = found.iter().map(|standing| standing.mean).collect();
            let best = highest(&means).first().copied().unwrap_or_default();
            let smooth = smoother.smooth_policies(values, best).ok_or(JudgeError::NotFinite)?;
            for (states, smooth) in states.iter_mut().zip(smooth) {
                states.extend(smooth.fitted);
            }
        }
        all.push(found);
    }
    let attitude = Attitude { optimism: OPTIMISM, target, deviations: DEVIATIONS };
    let sample = Sample::new(&states).ok_or(JudgeError::NotFinite)?;
    judged.robust =
        robustness(sample, attitude, (of.design, worlds.len())).ok_or(JudgeError::NotFinite)?;
    judged.smooth = states;
    Ok(all)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;

    static GOING: AtomicBool = AtomicBool::new(false);

    fn replications() -> Replications<'static> {
        let design = Design::blocks_of(1);
        let stop = &GOING;
        Replications { draws: &[], surveys: &[], groups: &[], design, baseline: 0, seed: 1, stop }
    }

    #[track_caller]
    fn near(found: impl Iterator<Item = f64>, expected: [f64; 3]) {
        for (found, expected) in found.zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found}, expected {expected}");
        }
    }

    #[test]
    fn standings_are_reckoned_within_a_world() {
        let values = [vec![0.0, 0.0], vec![3.0, 5.0], vec![-1.0, -3.0]];
        let (sample, design) = (Sample::new(&values).unwrap(), Design::INDEPENDENT);
        let before = [vec![1.0, 1.0], vec![2.0, 3.0], vec![1.0, 1.0]];
        let present = Sample::new(&before).unwrap();
        let found = standings(sample, present, (0, design)).unwrap();
        near(found.iter().map(|it| it.mean), [0.0, 4.0, -2.0]);
        near(found.iter().map(|it| it.mean_se.unwrap()), [0.0, 1.0, 1.0]);
        near(found.iter().map(|it| it.lead.0), [0.0, 4.0, -2.0]);
        // 3 - 1 and 5 - 2; -1 and -3, as both did as the baseline in the present.
        near(found.iter().map(|it| it.lead_change.0), [0.0, 2.5, -2.0]);
        near(found.iter().map(|it| it.lead_change.1.unwrap()), [0.0, 0.5, 1.0]);
        near(found.iter().map(|it| it.regret), [4.0, 0.0, 6.0]);
        near(found.iter().map(|it| it.probability_loss), [0.0, 0.0, 1.0]);
        near(found.iter().map(|it| it.p05), [0.0, 3.1, -2.9]);
        near(found.iter().map(|it| it.p95), [0.0, 4.9, -1.1]);
        assert_eq!(found.iter().map(|it| it.rank).collect::<Vec<_>>(), [2, 1, 3]);
        assert_eq!(standings(sample, present, (3, design)), None);
        let shorter = [vec![1.0], vec![2.0], vec![1.0]];
        assert_eq!(standings(sample, Sample::new(&shorter).unwrap(), (0, design)), None);
    }

    /// Without draws the mean stands everywhere, so states are worlds: 0, 2, 3 and 0, 4, −2 by hand.
    #[test]
    fn rules_go_over_worlds() {
        let present = vec![vec![0.0; 4], vec![2.0; 4], vec![3.0; 4]];
        let future = vec![vec![0.0; 4], vec![4.0; 4], vec![-2.0; 4]];
        let mut judged = Judged {
            ranked: Vec::new(),
            explained: Vec::new(),
            smooth: present.clone(),
            dominance: Vec::new(),
            robust: Vec::new(),
            learnt: Vec::new(),
            leading: Vec::new(),
            switches: Vec::new(),
            fails: Vec::new(),
        };
        let worlds: [&[Vec<f64>]; 2] = [&present, &future];
        let all = over_worlds(&replications(), &mut judged, &worlds, Some(1.0)).unwrap();
        assert_eq!(all.len(), 2);
        near(judged.robust.iter().map(|it| it.largest_regret), [4.0, 1.0, 6.0]);
        near(judged.robust.iter().map(|it| it.mean_regret), [3.5, 0.5, 3.0]);
        near(judged.robust.iter().map(|it| it.worst), [0.0, 2.0, -2.0]);
        near(judged.robust.iter().map(|it| it.satisficing_share.unwrap()), [0.0, 1.0, 0.5]);
        // A world of fewer policies is none.
        let worlds: [&[Vec<f64>]; 2] = [&present, &future[..2]];
        assert!(over_worlds(&replications(), &mut judged, &worlds, None).is_err());
    }
}
