//! Which policy is best at which value of its effect: acceptability curves and their frontier.

use crate::analysis::decision::sample::Sample;
use crate::analysis::decision::sample::highest;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;

/// What the replications say of the policies at one value of the effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Acceptability {
    /// What a unit of effect is worth, in the unit of cost per unit of effect.
    pub threshold: f64,
    /// The mean net benefit of each policy, in the unit of cost.
    pub net_benefit: Vec<f64>,
    /// The standard error of each mean; unknown for one replication.
    pub net_benefit_se: Vec<Option<f64>>,
    /// The share of replications in which each policy has the highest net benefit, ties in equal
    /// parts.
    pub probability_best: Vec<f64>,
    /// The standard error of each share; unknown for one replication.
    pub probability_best_se: Vec<Option<f64>>,
    /// Whether each policy has the highest mean net benefit; several have where it is equal. The
    /// one that is most often best need not be among them.
    pub is_optimal: Vec<bool>,
    /// The expected value of perfect information, in the unit of cost. It means that only of costs
    /// and effects without chance: see [`Sample::value_of_perfect_information`].
    pub value_of_perfect_information: f64,
}

/// Acceptability at each value of a unit of effect.
///
/// `None` where costs and effects are not of as many policies and replications, or a net benefit is
/// not finite.
///
/// # Formula
///
/// With λ the value, E the effect and C the cost, the net benefit is λ E − C.
///
/// # Source
///
/// Curves: van Hout and others (1994), Health Economics 3, 309–319; that the optimal policy is the
/// one with the highest mean: Fenwick, Claxton and Sculpher (2001), Health Economics 10, 779–787.
#[must_use]
pub fn acceptability(
    cost: Sample<'_>,
    effect: Sample<'_>,
    thresholds: &[f64],
    design: Design,
) -> Option<Vec<Acceptability>> {
    if !cost.is_like(effect) {
        return None;
    }
    thresholds.iter().map(|&threshold| at((cost, effect), threshold, design)).collect()
}

fn at(
    (cost, effect): (Sample<'_>, Sample<'_>),
    threshold: f64,
    design: Design,
) -> Option<Acceptability> {
    let of_policy = |(costs, effects): (&Vec<f64>, &Vec<f64>)| -> Vec<f64> {
        costs.iter().zip(effects).map(|(cost, effect)| threshold * effect - cost).collect()
    };
    let benefits: Vec<Vec<f64>> =
        cost.of_policies().iter().zip(effect.of_policies()).map(of_policy).collect();
    let sample = Sample::new(&benefits)?;
    let net_benefit = sample.means()?;
    let mut is_optimal = vec![false; net_benefit.len()];
    for policy in highest(&net_benefit) {
        is_optimal[policy] = true;
    }
    let errors = |values: &[Vec<f64>]| -> Option<Vec<Option<f64>>> {
        values.iter().map(|values| Some(Estimate::of(values, design)?.se)).collect()
    };
    Some(Acceptability {
        threshold,
        net_benefit_se: errors(&benefits)?,
        probability_best: sample.probability_best(),
        probability_best_se: errors(&sample.parts_best())?,
        is_optimal,
        value_of_perfect_information: sample.value_of_perfect_information()?,
        net_benefit,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::random::distribution;

    fn found(cost: &[Vec<f64>], effect: &[Vec<f64>], thresholds: &[f64]) -> Vec<Acceptability> {
        let (cost, effect) = (Sample::new(cost).unwrap(), Sample::new(effect).unwrap());
        acceptability(cost, effect, thresholds, Design::blocks_of(1)).unwrap()
    }

    /// Means of the six strategies of dampack's unit test: UC, A, B, C, D, E. The optimal one
    /// changes at the ICERs of the frontier, 5,000, 12,500 and 20,000.
    #[test]
    fn the_optimal_strategy_changes_at_the_icers() {
        let column = |values: [f64; 6]| values.map(|value| vec![value]).to_vec();
        let cost = column([5e3, 12e3, 10e3, 25e3, 35e3, 55e3]);
        let effect = column([1.0, 1.5, 2.0, 3.0, 4.0, 5.0]);
        let thresholds = [0.0, 4_999.0, 5_000.0, 5_001.0, 12_499.0, 12_501.0, 19_999.0, 20_001.0];
        let expected: [&[usize]; 8] = [&[0], &[0], &[0, 2], &[2], &[2], &[4], &[4], &[5]];
        for (at, expected) in found(&cost, &effect, &thresholds).iter().zip(expected) {
            let optimal: Vec<usize> = (0..6).filter(|&it| at.is_optimal[it]).collect();
            assert_eq!(optimal, expected, "{}", at.threshold);
            for policy in 0..6 {
                let part = 1.0 / expected.len() as f64;
                let share = if expected.contains(&policy) { part } else { 0.0 };
                assert!((at.probability_best[policy] - share).abs() < 1e-12);
            }
            assert!(at.value_of_perfect_information.abs() < 1e-9);
        }
    }

    /// A policy that rarely gains much is optimal by mean, though another is best more often.
    #[test]
    fn the_optimal_policy_need_not_be_the_most_probable() {
        let effect = [vec![1.0, 1.0, 1.0, 1.0], vec![0.0, 0.0, 0.0, 9.0]];
        let at = &found(&[vec![0.0; 4], vec![0.0; 4]], &effect, &[2.0])[0];
        assert_eq!(at.is_optimal, [false, true]);
        assert!((at.probability_best[0] - 0.75).abs() < 1e-12);
        // Best in each replication 2, 2, 2, 18: mean 6, against 4.5.
        assert!((at.value_of_perfect_information - 1.5).abs() < 1e-12);
    }

    /// Net benefit N(1000, 3000²) against 0: 762.708342897.
    #[test]
    fn perfect_information_has_the_value_that_theory_gives() {
        let count = 20_000;
        let share = |place: usize| (place as f64 + 0.5) / count as f64;
        let effect = (0..count).map(|it| 1.0 + 3.0 * distribution::normal(share(it))).collect();
        let costs = [vec![0.0; count], vec![0.0; count]];
        let at = &found(&costs, &[vec![0.0; count], effect], &[1_000.0])[0];
        assert!((at.value_of_perfect_information - 762.708_342_897).abs() < 0.1);
        assert!((at.probability_best.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_not_alike_or_not_finite_is_refused() {
        let (short, long) = ([vec![1.0]], [vec![1.0, 2.0]]);
        let (short, long) = (Sample::new(&short).unwrap(), Sample::new(&long).unwrap());
        assert_eq!(acceptability(short, long, &[1.0], Design::blocks_of(1)), None);
        assert_eq!(acceptability(short, short, &[f64::NAN], Design::blocks_of(1)), None);
        assert_eq!(acceptability(short, short, &[], Design::blocks_of(1)), Some(Vec::new()));
    }
}
