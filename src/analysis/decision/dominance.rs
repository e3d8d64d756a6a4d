//! Stochastic dominance: whether one policy is better than another for everyone who likes more
//! better.

use std::cmp::Ordering;

use crate::analysis::statistics::Design;

use crate::analysis::decision::sample::Sample;
use crate::analysis::statistics::resample::RESAMPLES;
use crate::analysis::statistics::resample::Resamples;

/// For whom one policy is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// For all who like more better: at every value, it is no more probable that the outcome is
    /// below.
    First,
    /// For all of those who dislike risk.
    Second,
}

/// Whether one policy dominates another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dominance {
    /// The place of the policy.
    pub policy: usize,
    /// The place of the other.
    pub other: usize,
    /// In which order.
    pub order: Order,
    /// Whether it does in the sample.
    pub holds: bool,
    /// The share of bootstrap resamples in which it does.
    pub probability: f64,
}

/// Whether each policy dominates each other, in first and second order.
///
/// Rows go by policy, by other policy and by order. Replications are resampled for both policies
/// together. First order implies second; a policy never dominates one with the same distribution.
/// The work grows with the pairs of policies times the replications times [`RESAMPLES`], so this is
/// for the leading policies.
///
/// # Formula
///
/// With F and G the distribution functions of policy and other,
///
/// ```text
/// first: F(x) ≤ G(x) for all x;  second: ∫ up to x of F ≤ ∫ up to x of G for all x
/// ```
///
/// and less at some x.
///
/// # Source
///
/// Hadar and Russell (1969), American Economic Review 59, 25–34; Levy (2016), Stochastic Dominance,
/// third edition.
#[must_use]
pub fn dominance(sample: Sample<'_>, design: Design, seed: u64) -> Vec<Dominance> {
    let resamples = Resamples::new(seed, sample.replications(), design);
    let ordered: Vec<Ordered> =
        sample.of_policies().iter().map(|values| Ordered::of(values, &resamples)).collect();
    let drawn: Vec<Vec<u32>> = (0..RESAMPLES).map(|number| resamples.times(number)).collect();
    let all = vec![1; resamples.units()];
    let mut rows = Vec::new();
    for other in 0..ordered.len() {
        for policy in 0..other {
            let (here, there) = (&ordered[policy], &ordered[other]);
            let holds = compare(here, there, &all);
            let mut counts = [[0_u32; 2]; 2];
            for times in &drawn {
                let found = compare(here, there, times);
                for (counts, found) in counts.iter_mut().zip(found) {
                    for (count, found) in counts.iter_mut().zip(found) {
                        *count += u32::from(found);
                    }
                }
            }
            for (side, (policy, other)) in
                [(policy, other), (other, policy)].into_iter().enumerate()
            {
                for (place, order) in [Order::First, Order::Second].into_iter().enumerate() {
                    let probability = f64::from(counts[side][place]) / RESAMPLES as f64;
                    let holds = holds[side][place];
                    rows.push(Dominance { policy, other, order, holds, probability });
                }
            }
        }
    }
    rows.sort_by_key(|row| (row.policy, row.other, row.order));
    rows
}

/// The values of a policy in rising order, each with its unit.
struct Ordered {
    values: Vec<(f64, usize)>,
}

impl Ordered {
    fn of(values: &[f64], resamples: &Resamples) -> Self {
        // 0 and −0 are the same value.
        let with_unit =
            |(replication, value): (usize, &f64)| (value + 0.0, resamples.unit_of(replication));
        let mut values: Vec<(f64, usize)> = values.iter().enumerate().map(with_unit).collect();
        values.sort_by(|one, other| one.0.total_cmp(&other.0));
        Self { values }
    }

    fn ends(&self) -> (f64, f64) {
        let value = |at: Option<&(f64, usize)>| at.map_or(0.0, |&(value, _)| value);
        (value(self.values.first()), value(self.values.last()))
    }
}

/// Whether `here` dominates `there` in first and in second order, and the reverse, with each unit
/// as often as drawn.
fn compare(here: &Ordered, there: &Ordered, times: &[u32]) -> [[bool; 2]; 2] {
    let ((low, high), (other_low, other_high)) = (here.ends(), there.ends());
    let total: u32 = times.iter().sum();
    let range = high.max(other_high) - low.min(other_low);
    // Sums of so many products round by less; what is equal must not pass for less.
    let slack = 1e-12 * range * f64::from(total) * here.values.len() as f64 / times.len() as f64;
    let (mut left, mut right) = (here.values.iter().peekable(), there.values.iter().peekable());
    // How many more replications of the other than of this one lie at or below a value, and the sum
    // of that over the values up to it.
    let (mut ahead, mut area, mut before) = (0_i64, 0.0_f64, low.min(other_low));
    let (mut least, mut most, mut smallest, mut largest) = (0_i64, 0_i64, 0.0_f64, 0.0_f64);
    loop {
        let next = match (left.peek(), right.peek()) {
            (Some((one, _)), Some((other, _))) => one.min(*other),
            (Some((one, _)), None) | (None, Some((one, _))) => *one,
            (None, None) => break,
        };
        area += ahead as f64 * (next - before);
        before = next;
        (smallest, largest) = (smallest.min(area), largest.max(area));
        let is_here = |at: &&(f64, usize)| at.0.total_cmp(&next) == Ordering::Equal;
        while let Some(&(_, unit)) = left.next_if(is_here) {
            ahead -= i64::from(times[unit]);
        }
        while let Some(&(_, unit)) = right.next_if(is_here) {
            ahead += i64::from(times[unit]);
        }
        (least, most) = (least.min(ahead), most.max(ahead));
    }
    let first = [least == 0 && most > 0, most == 0 && least < 0];
    let second = [smallest >= -slack && largest > slack, largest <= slack && smallest < -slack];
    [[first[0], first[0] || second[0]], [first[1], first[1] || second[1]]]
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::random::distribution;

    fn rows(values: &[Vec<f64>]) -> Vec<Dominance> {
        dominance(Sample::new(values).unwrap(), Design::blocks_of(5), 1)
    }

    fn held(values: &[Vec<f64>]) -> Vec<(usize, usize, Order)> {
        let held = rows(values).into_iter().filter(|row| row.holds);
        held.map(|row| (row.policy, row.other, row.order)).collect()
    }

    /// Quantiles of N(mean, sd²) at 41 even shares.
    fn normal(mean: f64, sd: f64) -> Vec<f64> {
        (0..41).map(|it| mean + sd * distribution::normal((f64::from(it) + 0.5) / 41.0)).collect()
    }

    /// Of normal distributions, first order holds for a higher mean at the same spread; second
    /// order also for a smaller spread at no lower mean: Levy (2016).
    #[test]
    fn normal_distributions_are_ordered_as_theory_says() {
        use Order::First;
        use Order::Second;
        assert_eq!(held(&[normal(1.0, 1.0), normal(0.0, 1.0)]), [(0, 1, First), (0, 1, Second)]);
        assert_eq!(held(&[normal(0.0, 1.0), normal(0.0, 2.0)]), [(0, 1, Second)]);
        assert_eq!(held(&[normal(0.0, 1.0), normal(0.5, 2.0)]), []);
        assert_eq!(held(&[normal(0.0, 2.0), normal(0.5, 1.0)]), [(1, 0, Second)]);
    }

    /// By hand, of bets on a die: 1 1 2 2 2 2; 1 1 1 2 2 2; 3 3 3 1 1 1. The first and the third
    /// have more than 1 at least as often as the second; of those two, the first has it more often
    /// and the third has the higher mean, so neither dominates.
    #[test]
    fn bets_on_a_die_are_ordered_by_their_distributions() {
        let bets = [[1, 1, 2, 2, 2, 2], [1, 1, 1, 2, 2, 2], [3, 3, 3, 1, 1, 1]];
        let found = held(&bets.map(|bet| bet.map(f64::from).to_vec()));
        let (first, second) = (Order::First, Order::Second);
        assert_eq!(found, [(0, 1, first), (0, 1, second), (2, 1, first), (2, 1, second)]);
    }

    #[test]
    fn the_same_distribution_dominates_nothing() {
        assert_eq!(held(&[vec![1.0, 2.0, 3.0], vec![3.0, 1.0, 2.0]]), []);
        assert_eq!(held(&[vec![0.0; 3], vec![-0.0; 3]]), []);
        let found = rows(&[vec![0.1; 30], vec![0.1; 30]]);
        assert!(found.iter().all(|row| !row.holds && row.probability.abs() < 1e-12));
    }

    #[test]
    fn what_is_better_in_every_replication_dominates_for_sure() {
        let base = normal(3.0, 2.0);
        let better: Vec<f64> = base.iter().map(|value| value + 0.001).collect();
        for row in rows(&[base, better]) {
            let expected = f64::from(u8::from(row.policy == 1));
            assert!((row.probability - expected).abs() < 1e-12 && row.holds == (expected > 0.5));
        }
    }

    /// First order holds less often than second, and at most one of two policies dominates.
    #[test]
    fn orders_and_directions_agree_with_each_other() {
        let values = [normal(0.0, 1.0), normal(0.05, 1.0), normal(0.1, 1.4), vec![0.0; 41]];
        let found = rows(&values);
        assert_eq!(found.len(), 4 * 3 * 2);
        for pair in found.chunks(2) {
            assert!(pair[0].order == Order::First && pair[1].order == Order::Second);
            assert!(pair[0].probability <= pair[1].probability);
            assert!(pair[1].holds || !pair[0].holds);
            let turned = found.iter().find(|row| {
                (row.policy, row.other, row.order) == (pair[0].other, pair[0].policy, Order::Second)
            });
            assert!(turned.unwrap().probability + pair[1].probability <= 1.0);
        }
        let turned: Vec<Vec<f64>> = values.iter().rev().cloned().collect();
        for row in rows(&turned) {
            let (policy, other) = (3 - row.policy, 3 - row.other);
            assert!(found.contains(&Dominance { policy, other, ..row }));
        }
    }

    #[test]
    fn few_replications_are_compared_too() {
        assert_eq!(rows(&[vec![1.0]]), []);
        let found = held(&[vec![1.0], vec![2.0]]);
        assert_eq!(found, [(1, 0, Order::First), (1, 0, Order::Second)]);
    }
}
