//! Policies ranked by one outcome: how good each is, how often it is best, and what choosing it
//! costs.

use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::quantiles;

use crate::analysis::decision::sample::Sample;
use crate::analysis::statistics::resample::FEWEST_RESAMPLED;
use crate::analysis::statistics::resample::RESAMPLES;
use crate::analysis::statistics::resample::Resamples;
use crate::analysis::statistics::resample::drawn_sum;
use crate::analysis::statistics::resample::tail;

/// A choice among policies by one outcome.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    /// The outcome u(p, r) of policy p in replication r, more being better.
    pub outcome: Sample<'a>,
    /// The mean m(p, θ) of the outcome given the parameter draws of a replication: the outcome
    /// without chance. Without chance in the model, the outcome itself.
    pub smoothed: Sample<'a>,
    /// The place of the policy against which a loss counts.
    pub baseline: usize,
    /// How the replications hang together.
    pub design: Design,
    /// The seed of resamples.
    pub seed: u64,
}

/// What the replications say of one policy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// The mean outcome.
    pub mean: f64,
    /// Its standard error; unknown for one replication.
    pub mean_se: Option<f64>,
    /// The mean of the outcome less the baseline's in the same replication.
    pub lead: f64,
    /// Its standard error; unknown for one replication.
    pub lead_se: Option<f64>,
    /// The 5 % quantile of the outcome over replications.
    pub p05: f64,
    /// The median.
    pub p50: f64,
    /// The 95 % quantile.
    pub p95: f64,
    /// The share of replications in which its outcome is the highest, ties in equal parts. Chance
    /// is in it: a policy may be best by it alone.
    pub probability_best: f64,
    /// The standard error of that share; unknown for one replication.
    pub probability_best_se: Option<f64>,
    /// The share of parameter draws for which its mean outcome is the highest, ties in equal parts.
    pub probability_best_on_average: f64,
    /// The share of replications in which its outcome is below the baseline's.
    pub probability_loss: f64,
    /// The standard error of that share; unknown for one replication.
    pub probability_loss_se: Option<f64>,
    /// The expected opportunity loss, in the unit of the outcome: the mean over parameter draws of
    /// the highest mean outcome less its own. That of the best policy is the value of perfect
    /// information.
    pub expected_loss: f64,
    /// The standard error of the expected loss over parameter draws; what the smoothing is off by
    /// is not in it. Unknown for one replication.
    pub expected_loss_se: Option<f64>,
    /// Its rank by mean outcome: one more than the number of policies with a higher mean.
    pub rank: usize,
    /// The 90 % interval of its rank by the bootstrap of replications, to the whole number below and
    /// above; unknown below [`FEWEST_RESAMPLED`] replications.
    pub rank_interval: Option<(usize, usize)>,
}

impl Decision<'_> {
    /// What the replications say of each policy, in the order of policies.
    ///
    /// `None` where the smoothed outcome is of another shape, the baseline is no policy, or a mean
    /// is not finite.
    ///
    /// # Source
    ///
    /// Expected loss: Raiffa and Schlaifer (1961), Applied Statistical Decision Theory; how it is
    /// told from a sample: Alarid-Escudero and others (2019), Value in Health 22, 611–618.
    #[must_use]
    pub fn rank(&self) -> Option<Vec<Ranked>> {
        let baseline = self.outcome.of_policies().get(self.baseline)?;
        if !self.outcome.is_like(self.smoothed) {
            return None;
        }
        let means = self.outcome.means()?;
        let ranks = ranks(&means);
        let intervals = self.rank_intervals();
        let best = self.outcome.parts_best();
        let best_on_average = self.smoothed.probability_best();
        let losses = self.smoothed.losses();
        let one = |(policy, values): (usize, &Vec<f64>)| {
            let [p05, p50, p95] = quantiles(values, [0.05, 0.5, 0.95])?;
            let loss = Estimate::of(&losses[policy], self.design)?;
            let below = |(value, other): (&f64, &f64)| f64::from(u8::from(value < other));
            let below: Vec<f64> = values.iter().zip(baseline).map(below).collect();
            let below = Estimate::of(&below, self.design)?;
            let best = Estimate::of(&best[policy], self.design)?;
            let lead: Vec<f64> = values.iter().zip(baseline).map(|(one, two)| one - two).collect();
            let lead = Estimate::of(&lead, self.design)?;
            Some(Ranked {
                mean: means[policy],
                mean_se: Estimate::of(values, self.design)?.se,
                lead: lead.mean,
                lead_se: lead.se,
                p05,
                p50,
                p95,
                probability_best: best.mean,
                probability_best_se: best.se,
                probability_best_on_average: best_on_average[policy],
                probability_loss: below.mean,
                probability_loss_se: below.se,
                expected_loss: loss.mean,
                expected_loss_se: loss.se,
                rank: ranks[policy],
                rank_interval: (values.len() >= FEWEST_RESAMPLED).then_some(intervals[policy]),
            })
        };
        self.outcome.of_policies().iter().enumerate().map(one).collect()
    }

    /// The 90 % interval of each policy's rank.
    fn rank_intervals(&self) -> Vec<(usize, usize)> {
        let resamples = Resamples::new(self.seed, self.outcome.replications(), self.design);
        let sums: Vec<Vec<f64>> =
            self.outcome.of_policies().iter().map(|values| resamples.sums(values)).collect();
        let mut drawn = vec![Vec::with_capacity(RESAMPLES); sums.len()];
        for number in 0..RESAMPLES {
            let times = resamples.times(number);
            // All policies have the same replications in it, so sums rank as means do.
            let of_policies: Vec<f64> = sums.iter().map(|sums| drawn_sum(&times, sums)).collect();
            for (drawn, rank) in drawn.iter_mut().zip(ranks(&of_policies)) {
                drawn.push(rank);
            }
        }
        let tail = tail(0.9, resamples.units()).unwrap_or_default();
        drawn.into_iter().map(|ranks| interval(ranks, tail)).collect()
    }
}

/// The ranks of some values, the highest first: equal values have the same rank.
#[must_use]
pub fn ranks(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&one, &other| values[other].total_cmp(&values[one]));
    let mut ranks = vec![1; values.len()];
    for (place, pair) in order.windows(2).enumerate() {
        let is_lower = values[pair[1]] < values[pair[0]];
        ranks[pair[1]] = if is_lower { place + 2 } else { ranks[pair[0]] };
    }
    ranks
}

/// The ranks, at least one, that leave so large a share beyond either end, outward to the next that occurs.
fn interval(mut ranks: Vec<usize>, tail: f64) -> (usize, usize) {
    ranks.sort_unstable();
    let last = ranks.len() - 1;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most `last`")]
    let beyond = (last as f64 * tail) as usize;
    (ranks[beyond], ranks[last - beyond])
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::random::Key;
    use crate::random::Purpose;
    use crate::random::distribution;

    /// Draws from a normal distribution, by number.
    fn draw(entity: u64, number: usize) -> f64 {
        let key = Key::world(5, number as u64).entity(entity);
        distribution::normal(key.uniform(0, Purpose::Analysis))
    }

    fn normals(means: &[f64], count: usize) -> Vec<Vec<f64>> {
        let of_policy = |(policy, mean): (u64, &f64)| {
            (0..count).map(|number| mean + draw(policy, number)).collect()
        };
        (0..).zip(means).map(of_policy).collect()
    }

    fn ranked(outcome: &[Vec<f64>], smoothed: &[Vec<f64>], baseline: usize) -> Vec<Ranked> {
        let (outcome, smoothed) = (Sample::new(outcome).unwrap(), Sample::new(smoothed).unwrap());
        let design = Design::blocks_of(5);
        Decision { outcome, smoothed, baseline, design, seed: 1 }.rank().unwrap()
    }

    /// Rows by hand: the textbook matrix of regret 10 4 1; 7 7 3; 5 5 5.
    #[test]
    fn a_small_matrix_is_ranked_by_hand() {
        let values = [vec![10.0, 4.0, 1.0], vec![7.0, 7.0, 3.0], vec![5.0, 5.0, 5.0]];
        let found = ranked(&values, &values, 2);
        let third = 1.0 / 3.0;
        for (one, (mean, loss, expected_loss)) in found.iter().zip([
            (5.0, 2.0 * third, 7.0 * third),
            (17.0 * third, third, 5.0 * third),
            (5.0, 0.0, 7.0 * third),
        ]) {
            assert!((one.mean - mean).abs() < 1e-12);
            assert!((one.probability_best - third).abs() < 1e-12);
            assert!((one.probability_best_on_average - third).abs() < 1e-12);
            assert!((one.probability_loss - loss).abs() < 1e-12);
            assert!((one.expected_loss - expected_loss).abs() < 1e-12);
        }
        assert_eq!(found.iter().map(|one| one.rank).collect::<Vec<_>>(), [2, 1, 2]);
        assert!((found[0].p05 - 1.3).abs() < 1e-12 && (found[0].p95 - 9.4).abs() < 1e-12);
        // Losses 0, 3, 4: their standard deviation is √(13/3), over √3.
        assert!((found[0].expected_loss_se.unwrap() - 13.0_f64.sqrt() / 3.0).abs() < 1e-12);
    }

    /// The value of perfect information of N(1000, 3000²) against 0 is 762.708342897.
    #[test]
    fn the_best_policy_loses_the_value_of_perfect_information() {
        let count = 20_000;
        let share = |place: usize| (place as f64 + 0.5) / count as f64;
        let uncertain =
            (0..count).map(|place| 1_000.0 + 3_000.0 * distribution::normal(share(place)));
        let values = [vec![0.0; count], uncertain.collect()];
        let found = ranked(&values, &values, 0);
        assert!((found[1].expected_loss - 762.708_342_897).abs() < 0.1);
        let known = Sample::new(&values).unwrap().value_of_perfect_information().unwrap();
        assert!((known - found[1].expected_loss).abs() < 1e-12);
        assert!((found[0].expected_loss - found[1].expected_loss - 1_000.0).abs() < 1e-6);
        // P(N(1000, 3000²) < 0) = Φ(−1/3).
        assert!((found[1].probability_loss - 0.369_441).abs() < 1e-4);
        assert!(found[0].probability_loss.abs() < 1e-12);
    }

    /// Chance makes a policy best in some replications; on average over chance the better one always is.
    #[test]
    fn chance_is_not_counted_as_loss() {
        let outcome = normals(&[0.5, 0.0], 200);
        let found = ranked(&outcome, &[vec![0.5; 200], vec![0.0; 200]], 1);
        assert!(found[0].probability_best > 0.5 && found[0].probability_best < 0.8);
        assert!((found[0].probability_best_on_average - 1.0).abs() < 1e-12);
        assert!(found[0].expected_loss.abs() < 1e-12);
        assert!((found[1].expected_loss - 0.5).abs() < 1e-12);
        assert_eq!(found[1].expected_loss_se, Some(0.0));
    }

    /// The second and third have the same values, in other replications.
    #[test]
    fn ranks_are_as_sure_as_means_are_apart() {
        let mut outcome = normals(&[0.0, 5.0, 5.0, 9.0], 100);
        outcome[2] = outcome[1].iter().rev().copied().collect();
        let found = ranked(&outcome, &outcome, 0);
        assert_eq!(found[0].rank_interval, Some((4, 4)));
        assert_eq!(found[3].rank_interval, Some((1, 1)));
        for one in &found[1..3] {
            assert_eq!(one.rank_interval, Some((2, 3)));
        }
    }

    #[test]
    fn another_order_of_policies_gives_the_same_figures() {
        let outcome = normals(&[0.0, 0.1, 0.1, -0.3], 40);
        let smoothed = normals(&[0.0, 0.1, 0.2, -0.3], 40);
        let found = ranked(&outcome, &smoothed, 0);
        let turned = |values: &[Vec<f64>]| values.iter().rev().cloned().collect::<Vec<_>>();
        let mut again = ranked(&turned(&outcome), &turned(&smoothed), 3);
        again.reverse();
        assert_eq!(found, again);
        for shares in [
            found.iter().map(|one| one.probability_best).sum::<f64>(),
            found.iter().map(|one| one.probability_best_on_average).sum::<f64>(),
        ] {
            assert!((shares - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn policies_that_do_the_same_share_everything() {
        let values = vec![vec![2.0; 20]; 3];
        for one in ranked(&values, &values, 0) {
            assert_eq!((one.rank, one.rank_interval), (1, Some((1, 1))));
            assert!((one.probability_best - 1.0 / 3.0).abs() < 1e-12);
            assert!(one.probability_loss.abs() < 1e-12 && one.expected_loss.abs() < 1e-12);
        }
        // Of fewer replications no resample tells how sure a rank is.
        let few = vec![vec![2.0; FEWEST_RESAMPLED - 1]; 3];
        assert!(ranked(&few, &few, 0).iter().all(|one| one.rank_interval.is_none()));
    }

    #[test]
    fn what_cannot_be_known_is_none() {
        let values = [vec![1.0], vec![2.0]];
        let found = ranked(&values, &values, 0);
        assert_eq!(found[1].expected_loss_se, None);
        assert_eq!((found[1].rank, found[0].rank), (1, 2));
        let (outcome, longer) = (Sample::new(&values).unwrap(), [vec![1.0, 2.0], vec![2.0, 3.0]]);
        let design = Design::INDEPENDENT;
        let decision = Decision { outcome, smoothed: outcome, baseline: 2, design, seed: 1 };
        assert_eq!(decision.rank(), None);
        let smoothed = Sample::new(&longer).unwrap();
        assert_eq!(Decision { smoothed, baseline: 0, ..decision }.rank(), None);
    }
}
