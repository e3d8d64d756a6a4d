//! Replicated Latin hypercubes: uniform numbers that are spread evenly in each dimension.

use crate::random::key::Key;
use crate::random::key::open_unit;
use crate::random::slice;
use crate::random::slice::Loop;

/// Blocks of points, each block a Latin hypercube of its own.
///
/// In every dimension the points of a block fall one to a stratum of equal width, in an order that
/// is drawn anew for each block and dimension, and lie anywhere within it. So a point is uniform,
/// blocks are independent of each other, and two dimensions are as unrelated as independent draws
/// are. A point depends on seed, dimension and index alone: more points and more dimensions change
/// none that is there.
///
/// # Formula
///
/// Point r of dimension d, in blocks of B points:
///
/// ```text
/// x = (permutation of (d, r div B) at r mod B + uniform of (d, r)) / B
/// ```
///
/// # Source
///
/// `McKay`, Beckman and Conover (1979), Technometrics 21, 239–245; means of independent hypercubes
/// for the error: Owen (1992), Journal of the Royal Statistical Society B 54, 541–551.
#[derive(Clone, Copy, Debug)]
pub struct LatinHypercubes {
    key: Key,
}

impl LatinHypercubes {
    /// Points of a block.
    ///
    /// Large enough that evenness takes away nearly all that single parameters add to the variance of
    /// a mean (all but 1/B², 4 %), small enough that 20 replications are four blocks to tell the
    /// error by. The price is that what two parameters do only together varies B / (B − 1) times as
    /// much as in independent draws, as does the correlation of two dimensions.
    pub const BLOCK: usize = 5;

    /// The points of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        // A replication that no run has keeps these words apart from those of the draws.
        Self { key: Key::world(seed, u64::MAX) }
    }

    /// The coordinate of point number `index` in a dimension, in the open interval (0, 1).
    ///
    /// A dimension is any number that stands for what is drawn, such as that of a name.
    #[must_use]
    pub fn point(&self, dimension: u64, index: u64) -> f64 {
        self.point_of_blocks(Self::BLOCK, dimension, index)
    }

    /// The same in blocks of so many points, at least 1.
    ///
    /// For choosing among so many rows of a table: a whole block meets each row once, and any
    /// number of points within a block no row twice.
    #[must_use]
    pub fn point_of_blocks(&self, block: usize, dimension: u64, index: u64) -> f64 {
        let strata = block.max(1) as u64;
        let of_block = self.key.entity(dimension).entity(index / strata);
        let place = index % strata;
        let stratum = u128::from(rank(of_block, place, strata)) << u64::BITS;
        let within = u128::from(of_block.entity(strata + place).bits());
        // Below 2^64, as the stratum is below the number of strata.
        #[expect(clippy::cast_possible_truncation, reason = "below 2^64")]
        let word = ((stratum | within) / u128::from(strata)) as u64;
        open_unit(word)
    }
}

/// A random permutation of the numbers below `count`, at one of them: how many of their words are
/// smaller than its own.
fn rank(key: Key, place: u64, count: u64) -> u64 {
    slice::run(Rank { key, place, count })
}

struct Rank {
    key: Key,
    place: u64,
    count: u64,
}

impl Loop for Rank {
    type Output = u64;

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run(self) -> u64 {
        let word = |place: u64| self.key.entity(place).bits();
        let own = word(self.place);
        let mut smaller = 0;
        for other in 0..self.count {
            let word = word(other);
            smaller += u64::from((word < own) | (word == own) & (other < self.place));
        }
        smaller
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCK: u64 = LatinHypercubes::BLOCK as u64;

    /// Pearson's correlation.
    fn correlation(left: &[f64], right: &[f64]) -> f64 {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let (left_mean, right_mean) = (mean(left), mean(right));
        let (mut both, mut lefts, mut rights) = (0.0, 0.0, 0.0);
        for (one, other) in left.iter().zip(right) {
            let (one, other) = (one - left_mean, other - right_mean);
            both += one * other;
            lefts += one * one;
            rights += other * other;
        }
        both / (lefts * rights).sqrt()
    }

    /// The largest correlation, sign apart, between any two of 150 dimensions, and the share of
    /// pairs beyond so many standard errors.
    fn extremes(points: u64, beyond: f64, draw: impl Fn(u64, u64) -> f64) -> (f64, f64) {
        let columns: Vec<Vec<f64>> = (0..150)
            .map(|dimension| (0..points).map(|index| draw(dimension, index)).collect())
            .collect();
        let (mut largest, mut far, mut pairs) = (0.0_f64, 0.0, 0.0);
        for (place, one) in columns.iter().enumerate() {
            for other in &columns[..place] {
                let size = correlation(one, other).abs();
                largest = largest.max(size);
                far += f64::from(u8::from(size * (points as f64 - 1.0).sqrt() > beyond));
                pairs += 1.0;
            }
        }
        (largest, far / pairs)
    }

    #[test]
    fn points_of_a_block_fall_one_to_a_stratum() {
        let points = LatinHypercubes::new(12);
        for dimension in (0..150).chain([u64::MAX]) {
            for block in [0, 1, 25, 1 << 40] {
                let mut hit = [false; LatinHypercubes::BLOCK];
                for index in block * BLOCK..(block + 1) * BLOCK {
                    let point = points.point(dimension, index);
                    assert!(point > 0.0 && point < 1.0);
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                    let stratum = (point * LatinHypercubes::BLOCK as f64) as usize;
                    hit[stratum] = true;
                }
                assert!(hit.iter().all(|&hit| hit), "dimension {dimension}, block {block}");
            }
        }
    }

    #[test]
    fn a_larger_block_meets_every_row_once() {
        let points = LatinHypercubes::new(3);
        for rows in [1, 7, 304, 2_001] {
            for cycle in [0, 5] {
                let mut met = vec![false; rows];
                for index in cycle * rows as u64..(cycle + 1) * rows as u64 {
                    let point = points.point_of_blocks(rows, 17, index);
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                    let row = (point * rows as f64) as usize;
                    met[row] = true;
                }
                assert!(met.iter().all(|&met| met), "{rows} rows, cycle {cycle}");
            }
        }
    }

    /// Parameters that have nothing to do with each other must not seem to: over all pairs of 150
    /// dimensions correlations are those of independent draws, at any number of points, but for
    /// the factor sqrt(B / (B - 1)), 1.12. (Of a scrambled Sobol' sequence 28 pairs correlate by
    /// more than 0.7 at 200 points, and 281 at 60.)
    #[test]
    fn dimensions_are_as_unrelated_as_independent_draws() {
        for seed in [1, 20_211_221] {
            let hypercubes = LatinHypercubes::new(seed);
            for points in [20, 40, 60, 200, 1_000] {
                let draw = |dimension, index| hypercubes.point(dimension, index);
                let key = Key::world(seed, 1);
                let plain =
                    |dimension, index| open_unit(key.entity(dimension).entity(index).bits());
                let inflated = 1.96 * (BLOCK as f64 / (BLOCK as f64 - 1.0)).sqrt();
                let (largest, far) = extremes(points, inflated, draw);
                let (expected, of_plain) = extremes(points, 1.96, plain);
                assert!(largest < 1.4 * expected, "{points}: {largest}, plain {expected}");
                // Of 11,175 pairs one in twenty: 559, give or take 23; the pairs share columns.
                assert!((far - of_plain).abs() < 0.015, "{points}: {far}, plain {of_plain}");
            }
        }
    }

    /// Over seeds a point is uniform: mean 1/2, variance 1/12, and no correlation between
    /// dimensions; within a block two points of a dimension keep apart as sampling without
    /// replacement does: their covariance is -(1 - 1/B²) / (12 (B - 1)).
    #[test]
    fn points_are_uniform_and_those_of_a_block_keep_apart() {
        let seeds = 40_000u32;
        let root = f64::from(seeds).sqrt();
        let moments = |first: (u64, u64), second: (u64, u64)| {
            let (mut mean, mut square, mut product) = (0.0, 0.0, 0.0);
            for seed in 0..seeds {
                let points = LatinHypercubes::new(u64::from(seed));
                let at = |(dimension, index)| points.point(dimension, index) - 0.5;
                let (x, y) = (at(first), at(second));
                mean += x;
                square += x * x;
                product += x * y;
            }
            let n = f64::from(seeds);
            // Variances of x, x² and of the product of two independent ones: 1/12, 1/180, 1/144.
            assert!((mean / root * 12f64.sqrt()).abs() < 5.0);
            assert!(((square / n - 1.0 / 12.0) * root * 180f64.sqrt()).abs() < 5.0);
            product / n
        };
        for (first, second) in [((0, 0), (1, 0)), ((3, 5), (200, 5)), ((17, 0), (17, BLOCK))] {
            assert!((moments(first, second) * root * 12.0).abs() < 5.0);
        }
        let b = BLOCK as f64;
        let apart = -(1.0 - 1.0 / (b * b)) / (12.0 * (b - 1.0));
        assert!(((moments((9, 4 * BLOCK), (9, 4 * BLOCK + 1)) - apart) * root * 12.0).abs() < 5.0);
    }

    /// A value at a point, of which it may ask each coordinate.
    type Value<'v> = &'v dyn Fn(&dyn Fn(u64) -> f64) -> f64;

    /// Single parameters add next to nothing to the error of a block's mean; what two do only
    /// together adds a little more than in independent draws.
    #[test]
    fn what_single_dimensions_add_averages_out() {
        let variance = |value: Value<'_>, even: bool| {
            let blocks = 20_000u64;
            let squares = (0..blocks).map(|block| {
                let hypercubes = LatinHypercubes::new(8);
                let of_index = |index: u64| {
                    let point = |dimension: u64| {
                        if even {
                            hypercubes.point(dimension, index)
                        } else {
                            open_unit(Key::world(8, index).entity(dimension).bits())
                        }
                    };
                    value(&point)
                };
                let indices = block * BLOCK..(block + 1) * BLOCK;
                (indices.map(of_index).sum::<f64>() / BLOCK as f64).powi(2)
            });
            squares.sum::<f64>() / blocks as f64
        };
        let sum = |point: &dyn Fn(u64) -> f64| point(1) + 2.0 * point(2) + point(3) - 2.0;
        let product = |point: &dyn Fn(u64) -> f64| (point(1) - 0.5) * (point(2) - 0.5);
        // Of a linear function all but 1/B² goes; a variance of 20,000 blocks is known to 1 %.
        let left = variance(&sum, true) / variance(&sum, false) * (BLOCK * BLOCK) as f64;
        assert!((left - 1.0).abs() < 0.08, "{left}");
        let of_both = variance(&product, true) / variance(&product, false);
        let b = BLOCK as f64;
        assert!((0.95..1.05 * b / (b - 1.0)).contains(&of_both), "{of_both}");
    }

    /// The number of the name `wage`: FNV-1a.
    const WAGE: u64 = 0x5e5f_b9f6_2c0b_27e9;

    /// Computed from the definition by a separate program in Python.
    #[test]
    fn a_point_depends_on_seed_dimension_and_index_alone() {
        for (seed, dimension, index, expected) in [
            (1, WAGE, 0, 0.382_272_508_006_011_54),
            (20_211_221, WAGE, 0, 0.503_395_698_593_879_8),
            (20_211_221, WAGE, 1, 0.199_871_719_788_898_95),
            (20_211_221, 4, 199, 0.308_335_271_505_417_2),
            (20_211_221, 4, (1 << 32) + 5, 0.130_583_540_502_164_36),
        ] {
            let found = LatinHypercubes::new(seed).point(dimension, index);
            assert_eq!(found.to_bits(), f64::to_bits(expected), "{dimension} {index}: {found}");
        }
        let row = LatinHypercubes::new(7).point_of_blocks(304, WAGE, 303);
        assert_eq!(row.to_bits(), f64::to_bits(0.712_559_591_236_883_1), "{row}");
    }
}
