//! How the replications of a run hang together, and what that means for the error of a mean.

use crate::analysis::statistics::moments::mean;
use crate::analysis::statistics::moments::sum;
use crate::analysis::statistics::student::half_width_95;
use crate::experiment::uncertainty::Uncertainty;
use crate::scenario::Scenario;

/// The fewest whole blocks that tell the error of a mean by themselves.
const FEWEST_BLOCKS: usize = 4;

/// How the replications of a run hang together: known before any is simulated, so that how an
/// interval is computed depends on their number alone and never on their values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Design {
    /// Replications of a block, at least 1.
    block: usize,
}

impl Design {
    /// Replications that have nothing to do with each other.
    pub const INDEPENDENT: Self = Self { block: 1 };

    /// The design of the runs of a scenario.
    #[must_use]
    pub fn of_run(scenario: &Scenario) -> Self {
        Self::blocks_of(Uncertainty::of(scenario).block())
    }

    /// Blocks of so many replications, counted from the first: parameters are spread evenly within
    /// each, and blocks have nothing to do with each other.
    #[must_use]
    pub const fn blocks_of(replications: usize) -> Self {
        Self { block: if replications == 0 { 1 } else { replications } }
    }

    /// The design of values of which each replication has so many, side by side, one a world.
    #[must_use]
    pub const fn of_worlds(self, worlds: usize) -> Self {
        Self::blocks_of(self.block * worlds)
    }

    /// By how many replications at a time the error of a mean over `count` of them is told.
    ///
    /// By blocks from four whole ones on. Below that, each replication by itself: the t of so few
    /// blocks would be wider than what evenness gains, and an interval that takes replications for
    /// independent is only wider than it need be.
    #[must_use]
    pub const fn unit(self, count: usize) -> usize {
        if count >= FEWEST_BLOCKS * self.block { self.block } else { 1 }
    }

    /// So many replications and those that are left of their last block.
    #[must_use]
    pub const fn whole_blocks(self, count: usize) -> usize {
        let blocks = count.div_ceil(self.block);
        if blocks == 0 { self.block } else { blocks * self.block }
    }

    /// The degrees of freedom of the error of a mean over `count` replications: one less than the
    /// units, a last one that is not whole included.
    #[must_use]
    pub const fn degrees_of_freedom(self, count: usize) -> u64 {
        (count.div_ceil(self.unit(count)) as u64).saturating_sub(1)
    }

    /// The covariance of the means of two quantities over the same replications, in their order; of
    /// one with itself, the square of its standard error. `None` below two units, for slices of
    /// different lengths, or where it is not finite.
    ///
    /// # Formula
    ///
    /// With sums over each unit g of the G of the run, of which the last may have fewer than the
    /// others of the n replications,
    ///
    /// ```text
    /// G / (G - 1) · sum over g of (sum_g (x - X)) (sum_g (y - Y)) / n^2
    /// ```
    ///
    /// # Source
    ///
    /// The variance of a mean over clusters: Cochran (1977), Sampling Techniques, third edition,
    /// section 9A.1; for Latin hypercubes Owen (1992), Journal of the Royal Statistical Society B 54,
    /// 541–551.
    #[must_use]
    pub fn covariance_of_means(self, left: &[f64], right: &[f64]) -> Option<f64> {
        if left.len() != right.len() {
            return None;
        }
        let unit = self.unit(left.len());
        let rights = deviations(right, mean(right)?, unit);
        let products = deviations(left, mean(left)?, unit).zip(rights).map(|(x, y)| x * y);
        self.of_products(products, left.len())
    }

    /// The square of the standard error of the `mean` of a quantity over replications, in their order: its
    /// [covariance](Self::covariance_of_means) with itself.
    #[must_use]
    pub fn squared_error_of_mean(self, values: &[f64], mean: f64) -> Option<f64> {
        let products = deviations(values, mean, self.unit(values.len())).map(|x| x * x);
        self.of_products(products, values.len())
    }

    /// From the product of each unit's sums of deviations.
    fn of_products(self, products: impl Iterator<Item = f64>, count: usize) -> Option<f64> {
        let (n, units) = (count as f64, count.div_ceil(self.unit(count)) as f64);
        let found = (units >= 2.0).then(|| units / (units - 1.0) * sum(products) / (n * n))?;
        Some(found).filter(|found| found.is_finite())
    }

    /// Half the 95 % interval of a mean over `count` replications, from the sums of the deviations from it over
    /// each unit of the run: as in [`Self::covariance_of_means`]. `None` below two units.
    #[must_use]
    pub fn half_width_95(self, deviations: &[f64], count: usize) -> Option<f64> {
        let units = deviations.len() as f64;
        let squares = sum(deviations.iter().map(|of| of * of)) / (count as f64 * count as f64);
        let se = (units > 1.0).then(|| (units / (units - 1.0) * squares).sqrt());
        let t = half_width_95(self.degrees_of_freedom(count));
        se.zip(t).map(|(se, t)| t * se).filter(|half| half.is_finite())
    }
}

/// The sums of the deviations from the mean over each unit.
fn deviations(values: &[f64], mean: f64, unit: usize) -> impl Iterator<Item = f64> {
    values.chunks(unit).map(move |values| sum(values.iter().map(|value| value - mean)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::statistics::Moments;

    const VALUES: [f64; 10] = [3.0, 1.0, 4.0, 1.5, 9.0, 2.5, 6.0, 5.0, 3.5, 5.5];

    #[test]
    fn of_independent_replications_it_is_the_variance_over_their_number() {
        let found = Design::INDEPENDENT.covariance_of_means(&VALUES, &VALUES).unwrap();
        let expected = Moments::of(&VALUES).variance().unwrap() / 10.0;
        assert!((found / expected - 1.0).abs() < 1e-14);
        assert_eq!(Design::INDEPENDENT.degrees_of_freedom(10), 9);
    }

    /// Five blocks of two: the variance of their means over five.
    #[test]
    fn of_whole_blocks_it_is_the_variance_of_their_means_over_their_number() {
        let design = Design::blocks_of(2);
        let means: Vec<f64> =
            VALUES.chunks(2).map(|pair| f64::midpoint(pair[0], pair[1])).collect();
        let expected = Moments::of(&means).variance().unwrap() / 5.0;
        let found = design.covariance_of_means(&VALUES, &VALUES).unwrap();
        assert!((found / expected - 1.0).abs() < 1e-14);
        assert_eq!(design.degrees_of_freedom(10), 4);
    }

    /// By hand: values 0 to 10 in blocks of 2, the last block with one; the mean is 5, sums of
    /// deviations −9, −5, −1, 3, 7, 5, squares 190, times 6/5, over 121.
    #[test]
    fn a_last_block_enters_with_its_size() {
        let values: Vec<f64> = (0..11).map(f64::from).collect();
        let design = Design::blocks_of(2);
        let found = design.covariance_of_means(&values, &values).unwrap();
        assert!((found - 1.2 * 190.0 / 121.0).abs() < 1e-14);
        assert_eq!(design.degrees_of_freedom(11), 5);
    }

    #[test]
    fn which_rule_holds_depends_on_the_number_of_replications_alone() {
        let design = Design::blocks_of(5);
        for (count, unit, degrees) in
            [(0, 1, 0), (1, 1, 0), (3, 1, 2), (19, 1, 18), (20, 5, 3), (21, 5, 4), (200, 5, 39)]
        {
            assert_eq!((design.unit(count), design.degrees_of_freedom(count)), (unit, degrees));
        }
        // Below four whole blocks, replications count as independent.
        let few = &VALUES[..7];
        let classical = Design::INDEPENDENT.covariance_of_means(few, few);
        assert_eq!(Design::blocks_of(2).covariance_of_means(few, few), classical);
    }

    #[test]
    fn values_that_are_the_same_have_no_error_and_what_is_unknown_is_none() {
        for design in [Design::INDEPENDENT, Design::blocks_of(4)] {
            let found = design.covariance_of_means(&[0.1; 30], &[0.1; 30]);
            assert_eq!(found.map(f64::to_bits), Some(0));
            assert_eq!(design.covariance_of_means(&[1.0], &[1.0]), None);
            assert_eq!(design.covariance_of_means(&[], &[]), None);
            assert_eq!(design.covariance_of_means(&VALUES, &VALUES[1..]), None);
            assert_eq!(design.covariance_of_means(&[f64::NAN, 1.0], &[1.0, 2.0]), None);
        }
    }
}
