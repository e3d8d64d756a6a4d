//! Which policy has the most effect within a budget: budget lines.

use crate::analysis::decision::sample::Sample;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;

/// What the replications say of the policies within one budget.
#[derive(Clone, Debug, PartialEq)]
pub struct WithinBudget {
    /// What may be spent, in the unit of cost.
    pub budget: f64,
    /// The share of replications in which each policy costs no more.
    pub probability_within: Vec<f64>,
    /// The standard error of each share; unknown for one replication.
    pub probability_within_se: Vec<Option<f64>>,
    /// The share of replications in which each policy has the most effect of those that cost no more in that
    /// replication, ties in equal parts.
    pub probability_best: Vec<f64>,
    /// The standard error of each share; unknown for one replication.
    pub probability_best_se: Vec<Option<f64>>,
    /// Whether each policy has the highest mean effect of those whose mean cost is within the budget.
    pub is_best: Vec<bool>,
}

/// The policies within each budget.
///
/// `None` where costs and effects are not of as many policies and replications, or a mean is not finite.
///
/// # Source
///
/// A budget instead of a value of the effect: Drummond and others (2015), Methods for the Economic Evaluation of
/// Health Care Programmes, fourth edition, chapter 4.
#[must_use]
pub fn within_budgets(
    cost: Sample<'_>,
    effect: Sample<'_>,
    budgets: &[f64],
    design: Design,
) -> Option<Vec<WithinBudget>> {
    if !cost.is_like(effect) {
        return None;
    }
    let means: Vec<(f64, f64)> = cost.means()?.into_iter().zip(effect.means()?).collect();
    budgets.iter().map(|&budget| at((cost, effect), &means, budget, design)).collect()
}

fn at(
    (cost, effect): (Sample<'_>, Sample<'_>),
    means: &[(f64, f64)],
    budget: f64,
    design: Design,
) -> Option<WithinBudget> {
    let (costs, effects) = (cost.of_policies(), effect.of_policies());
    let within = |values: &Vec<f64>| -> Vec<f64> {
        values.iter().map(|cost| f64::from(u8::from(*cost <= budget))).collect()
    };
    let within: Vec<Vec<f64>> = costs.iter().map(within).collect();
    let mut best = vec![vec![0.0; cost.replications()]; costs.len()];
    for replication in 0..cost.replications() {
        let affordable = |&policy: &usize| within[policy][replication] > 0.0;
        let value = |policy: usize| effects[policy][replication];
        let all: Vec<usize> = (0..costs.len()).filter(affordable).collect();
        let most = all.iter().map(|&policy| value(policy)).fold(f64::NEG_INFINITY, f64::max);
        let first: Vec<usize> = all.into_iter().filter(|&policy| value(policy) >= most).collect();
        for &policy in &first {
            best[policy][replication] = 1.0 / first.len() as f64;
        }
    }
    let affordable = || means.iter().filter(|(cost, _)| *cost <= budget);
    let most = affordable().map(|(_, effect)| *effect).fold(f64::NEG_INFINITY, f64::max);
    let is_best = |&(cost, effect): &(f64, f64)| cost <= budget && effect >= most;
    let estimates = |values: &[Vec<f64>]| -> Option<(Vec<f64>, Vec<Option<f64>>)> {
        let found: Option<Vec<Estimate>> =
            values.iter().map(|values| Estimate::of(values, design)).collect();
        Some(found?.iter().map(|it| (it.mean, it.se)).unzip())
    };
    let (probability_within, probability_within_se) = estimates(&within)?;
    let (probability_best, probability_best_se) = estimates(&best)?;
    Some(WithinBudget {
        budget,
        probability_within,
        probability_within_se,
        probability_best,
        probability_best_se,
        is_best: means.iter().map(is_best).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(cost: &[Vec<f64>], effect: &[Vec<f64>], budget: f64) -> WithinBudget {
        let (cost, effect) = (Sample::new(cost).unwrap(), Sample::new(effect).unwrap());
        let mut found = within_budgets(cost, effect, &[budget], Design::INDEPENDENT).unwrap();
        found.pop().unwrap()
    }

    /// The six strategies of dampack's unit test: within 30,000 D costs too much, and C has the most effect.
    #[test]
    fn the_most_effect_that_can_be_paid_for_is_best() {
        let column = |values: [f64; 6]| values.map(|value| vec![value]).to_vec();
        let cost = column([5e3, 12e3, 10e3, 25e3, 35e3, 55e3]);
        let effect = column([1.0, 1.5, 2.0, 3.0, 4.0, 5.0]);
        for (budget, expected) in
            [(5e3, Some(0)), (24e3, Some(2)), (30e3, Some(3)), (1e6, Some(5)), (1.0, None)]
        {
            let found = found(&cost, &effect, budget);
            assert_eq!(found.is_best.iter().position(|&best| best), expected, "{budget}");
            let best = found.probability_best.iter().position(|&share| share > 0.0);
            assert_eq!(best, expected, "{budget}");
        }
    }

    /// The second policy costs 1 or 3: within 2 it can be paid for in half of the replications.
    #[test]
    fn what_costs_too_much_in_a_replication_is_not_best_there() {
        let cost = [vec![0.0; 4], vec![1.0, 3.0, 1.0, 3.0]];
        let effect = [vec![0.0; 4], vec![5.0, 9.0, -1.0, 9.0]];
        let found = found(&cost, &effect, 2.0);
        assert_eq!(found.probability_within, [1.0, 0.5]);
        assert_eq!(found.probability_best, [0.75, 0.25]);
        assert_eq!(found.is_best, [false, true]);
    }

    #[test]
    fn policies_that_are_alike_share() {
        let found = found(&[vec![1.0; 3], vec![1.0; 3]], &[vec![2.0; 3], vec![2.0; 3]], 1.0);
        assert_eq!(found.probability_best, [0.5, 0.5]);
        assert_eq!(found.is_best, [true, true]);
    }
}
