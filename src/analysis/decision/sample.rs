//! One outcome of every policy in the same replications.

use crate::analysis::statistics::Moments;
use crate::analysis::statistics::moments::sum;

/// The values of an outcome: a list a policy, with one value a replication, in the order of
/// replications.
///
/// All are finite, there is at least one policy and one replication, and every policy has as many
/// replications as the others. More is better; of an outcome of which less is better the caller
/// turns the sign.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    values: &'a [Vec<f64>],
    replications: usize,
}

impl<'a> Sample<'a> {
    /// The sample of some values, by policy and replication; `None` where they are no sample.
    #[must_use]
    pub fn new(values: &'a [Vec<f64>]) -> Option<Self> {
        let replications = values.first()?.len();
        let is_whole = |of_policy: &Vec<f64>| {
            of_policy.len() == replications && of_policy.iter().all(|value| value.is_finite())
        };
        let is_sample = replications > 0 && values.iter().all(is_whole);
        is_sample.then_some(Self { values, replications })
    }

    /// How many policies there are, at least 1.
    #[must_use]
    pub const fn policies(self) -> usize {
        self.values.len()
    }

    /// How many replications there are, at least 1.
    #[must_use]
    pub const fn replications(self) -> usize {
        self.replications
    }

    /// The values of each policy.
    #[must_use]
    pub const fn of_policies(self) -> &'a [Vec<f64>] {
        self.values
    }

    /// Whether another sample is of as many policies and replications.
    #[must_use]
    pub const fn is_like(self, other: Sample<'_>) -> bool {
        self.policies() == other.policies() && self.replications == other.replications
    }

    /// The mean of each policy; `None` where one is not finite, as of values near the largest
    /// number.
    #[must_use]
    pub fn means(self) -> Option<Vec<f64>> {
        self.values.iter().map(|values| Moments::of(values).mean()).collect()
    }

    /// The highest value of any policy in each replication.
    #[must_use]
    pub fn best(self) -> Vec<f64> {
        let mut best = vec![f64::NEG_INFINITY; self.replications];
        for values in self.values {
            for (best, value) in best.iter_mut().zip(values) {
                *best = best.max(*value);
            }
        }
        best
    }

    /// By how much each policy falls short of the best one, replication by replication: at least 0.
    #[must_use]
    pub fn losses(self) -> Vec<Vec<f64>> {
        let best = self.best();
        let of_policy =
            |values: &Vec<f64>| best.iter().zip(values).map(|(best, value)| best - value).collect();
        self.values.iter().map(of_policy).collect()
    }

    /// The share of replications in which each policy is best; where several are, each has an equal
    /// part. The shares add up to 1.
    #[must_use]
    pub fn probability_best(self) -> Vec<f64> {
        let share = |parts: Vec<f64>| sum(parts) / self.replications as f64;
        self.parts_best().into_iter().map(share).collect()
    }

    /// For each policy by replication: 0, or where it is best 1, shared with those that are so too.
    #[must_use]
    pub fn parts_best(self) -> Vec<Vec<f64>> {
        let best = self.best();
        let is_best = |best: f64, value: f64| value >= best;
        let parts: Vec<f64> = (0..self.replications)
            .map(|replication| {
                let of_policy =
                    |values: &&Vec<f64>| is_best(best[replication], values[replication]);
                1.0 / self.values.iter().filter(of_policy).count() as f64
            })
            .collect();
        let of_policy = |values: &Vec<f64>| {
            let replications = values.iter().zip(&best).zip(&parts);
            let part = |((value, best), part): ((&f64, &f64), &f64)| {
                if is_best(*best, *value) { *part } else { 0.0 }
            };
            replications.map(part).collect()
        };
        self.values.iter().map(of_policy).collect()
    }

    /// The expected value of perfect information, in the unit of the outcome: by how much the mean
    /// of the best choice in each replication exceeds the mean of the best single choice. At least
    /// 0 but for rounding; `None` where a mean is not finite.
    ///
    /// The values are to be means given the parameter draws, as chance cannot be learnt before
    /// deciding.
    ///
    /// # Formula
    ///
    /// ```text
    /// EVPI = E max_q m(q, θ) − max_q E m(q, θ) = min_p E (max_q m(q, θ) − m(p, θ))
    /// ```
    ///
    /// # Source
    ///
    /// Raiffa and Schlaifer (1961), Applied Statistical Decision Theory.
    #[must_use]
    pub fn value_of_perfect_information(self) -> Option<f64> {
        let losses = self.losses();
        let means: Option<Vec<f64>> =
            losses.iter().map(|losses| Moments::of(losses).mean()).collect();
        means?.into_iter().reduce(f64::min)
    }
}

/// The places of the highest of some values; several where they are equal.
#[must_use]
pub fn highest(values: &[f64]) -> Vec<usize> {
    let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (0..values.len()).filter(|&place| values[place] >= best).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_sample_is_refused() {
        let (empty, none): (&[Vec<f64>], _) = (&[], [Vec::new()]);
        assert!(Sample::new(empty).is_none());
        assert!(Sample::new(&none).is_none());
        assert!(Sample::new(&[vec![1.0], vec![1.0, 2.0]]).is_none());
        assert!(Sample::new(&[vec![1.0, f64::NAN]]).is_none());
        assert!(Sample::new(&[vec![1.0, f64::INFINITY]]).is_none());
        let values = [vec![f64::MAX, f64::MAX]];
        assert_eq!(Sample::new(&values).unwrap().means(), None);
    }

    #[test]
    fn ties_are_shared_and_the_shares_add_up() {
        let values = [vec![1.0, 2.0, 3.0, 0.0], vec![1.0, 1.0, 3.0, 0.0], vec![1.0, 0.0, 0.0, 9.0]];
        let shares = Sample::new(&values).unwrap().probability_best();
        for (share, parts) in shares.iter().zip([1.0 / 3.0 + 1.5, 1.0 / 3.0 + 0.5, 4.0 / 3.0]) {
            assert!((share - parts / 4.0).abs() < 1e-15);
        }
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn one_policy_loses_nothing() {
        let values = [vec![3.0, -1.0]];
        let sample = Sample::new(&values).unwrap();
        assert_eq!(sample.losses(), [[0.0, 0.0]]);
        assert_eq!(sample.value_of_perfect_information(), Some(0.0));
        assert_eq!(highest(&[2.0, 3.0, 3.0]), [1, 2]);
        assert_eq!(highest(&[]), Vec::<usize>::new());
    }
}
