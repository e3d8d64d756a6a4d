//! How sure the frontier of cost and effect is: that of means, in resamples of the replications.

use crate::analysis::decision::frontier::CostEffect;
use crate::analysis::decision::frontier::Status;
use crate::analysis::decision::frontier::frontier;
use crate::analysis::decision::sample::Sample;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::resample::FEWEST_RESAMPLED;
use crate::analysis::statistics::resample::RESAMPLES;
use crate::analysis::statistics::resample::Resamples;
use crate::analysis::statistics::resample::drawn_sum;
use crate::analysis::statistics::resample::interval;

/// The error of a policy's place beside the frontier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceError {
    /// The standard error of its mean cost; unknown for one replication.
    pub cost_se: Option<f64>,
    /// The standard error of its mean effect; unknown for one replication.
    pub effect_se: Option<f64>,
    /// The share of resamples in which it is on the frontier.
    pub probability_on_frontier: f64,
    /// The 90 % interval of its incremental ratio by the resamples in which it has one. Against which policy it is may
    /// differ between them. `None` where it has one in fewer than half of them.
    pub icer: Option<(f64, f64)>,
}

/// The error of each policy's place, in the order of policies; `None` where a figure is not finite.
///
/// # Source
///
/// Briggs, Wonderling and Mooney (1997), Health Economics 6, 327–340, for the bootstrap of ratios.
#[must_use]
pub fn place_errors(
    cost: Sample<'_>,
    effect: Sample<'_>,
    design: Design,
    seed: u64,
) -> Option<Vec<PlaceError>> {
    let resamples = Resamples::new(seed, cost.replications(), design);
    let sums = |of: Sample<'_>| -> Vec<Vec<f64>> {
        of.of_policies().iter().map(|values| resamples.sums(values)).collect()
    };
    let ones = resamples.sums(&vec![1.0; cost.replications()]);
    let (costs, effects) = (sums(cost), sums(effect));
    let mut on = vec![0_usize; costs.len()];
    let mut ratios: Vec<Vec<f64>> = vec![Vec::new(); costs.len()];
    for number in 0..RESAMPLES {
        let times = resamples.times(number);
        let drawn = drawn_sum(&times, &ones);
        let mean = |sums: &Vec<f64>| drawn_sum(&times, sums) / drawn;
        let at = costs.iter().zip(&effects);
        let at: Vec<CostEffect> = at
            .map(|(cost, effect)| CostEffect { cost: mean(cost), effect: mean(effect) })
            .collect();
        for (policy, placed) in frontier(&at)?.into_iter().enumerate() {
            on[policy] += usize::from(placed.status == Status::OnFrontier);
            ratios[policy].extend(placed.icer);
        }
    }
    let of_policy = |policy: usize| {
        let ratios = &ratios[policy];
        let often = 2 * ratios.len() >= RESAMPLES && cost.replications() >= FEWEST_RESAMPLED;
        let icer = if often { interval(ratios, 0.9, resamples.units()) } else { None };
        Some(PlaceError {
            cost_se: Estimate::of(&cost.of_policies()[policy], design)?.se,
            effect_se: Estimate::of(&effect.of_policies()[policy], design)?.se,
            probability_on_frontier: on[policy] as f64 / RESAMPLES as f64,
            icer,
        })
    };
    (0..costs.len()).map(of_policy).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_vary_has_no_error_and_what_is_near_is_unsure() {
        // Costs 0, 10, 20; effects 0, 1 and 3 with or without 4: the second is dominated by a mix in most resamples.
        let count = 40;
        let cost = [0.0, 10.0, 20.0].map(|cost| vec![cost; count]);
        let swings = (0..count).map(|place| if place % 2 == 0 { 1.2 } else { 2.9 }).collect();
        let effect = [vec![0.0; count], vec![1.0; count], swings];
        let (cost, effect) = (Sample::new(&cost).unwrap(), Sample::new(&effect).unwrap());
        let found = place_errors(cost, effect, Design::blocks_of(1), 3).unwrap();
        assert_eq!(found[0].cost_se, Some(0.0));
        assert!((found[0].probability_on_frontier - 1.0).abs() < 1e-12 && found[0].icer.is_none());
        assert!((found[2].probability_on_frontier - 1.0).abs() < 1e-12);
        // The mean effect of the third is 2.05 with a standard error of 0.136, so a mix beats the second in about
        // 64 % of resamples.
        let se = found[2].effect_se.unwrap();
        assert!((se - 0.136).abs() < 0.002, "{se}");
        let second = found[1].probability_on_frontier;
        assert!((0.2..0.5).contains(&second), "{second}");
        let (low, high) = found[2].icer.unwrap();
        assert!(low < 20.0 / 2.05 && 20.0 / 2.05 < high, "{low} to {high}");
    }
}
