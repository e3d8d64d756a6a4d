//! Published points, stratification before and after scrambling, and accuracy.

use super::*;
use crate::random::Purpose;

/// The first eight points in the first six dimensions, in the order of `SciPy` (`qmc.Sobol`), as
/// the `sobol` crate 1.0.2 prints them.
#[test]
fn unscrambled_points_are_the_published_ones() {
    let eighths = [
        [0, 4, 6, 2, 3, 7, 5, 1],
        [0, 4, 2, 6, 3, 7, 1, 5],
        [0, 4, 2, 6, 5, 1, 7, 3],
        [0, 4, 2, 6, 7, 3, 5, 1],
        [0, 4, 6, 2, 3, 7, 5, 1],
        [0, 4, 6, 2, 1, 5, 7, 3],
    ];
    for (vectors, expected) in VECTORS.iter().zip(eighths) {
        for (index, expected) in (0..).zip(expected) {
            assert_eq!(unscrambled(vectors, index), expected << 29, "point {index}");
        }
    }
}

/// Hashes of the first 4,000 points, computed with the `sobol` crate 1.0.2, which was found to agree
/// with `SciPy` to the last bit.
#[test]
fn further_dimensions_agree_with_another_program() {
    for (dimension, expected) in [
        (1, 6_385_071_109_208_801_280),
        (2, 11_549_427_274_067_476_480),
        (5, 8_873_584_730_100_989_952),
        (10, 8_626_125_513_397_633_024),
        (31, 15_513_580_730_872_496_128),
        (63, 4_271_414_606_049_574_912),
        (100, 6_729_345_715_077_644_288),
        (127, 5_433_984_938_699_390_976),
        (199, 14_676_622_741_977_694_208),
        (254, 15_769_605_414_208_929_792),
        (255, 3_379_883_271_734_165_504),
    ] {
        let digits = (0..4_000).map(|index| unscrambled(&VECTORS[dimension], index));
        let hash = digits.fold(0u64, |hash, digits| {
            hash.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(u64::from(digits))
        });
        assert_eq!(hash, expected, "dimension {dimension}");
    }
}

#[test]
fn aligned_blocks_fall_one_to_a_bin() {
    let sobol = Sobol::new(12);
    for (dimension, vectors) in VECTORS.iter().enumerate() {
        for (block, start) in [(2, 6), (64, 128), (1024, 3072), (1024, 1 << 30)] {
            let bins = f64::from(block);
            let mut plain = vec![false; block as usize];
            let mut scrambled = plain.clone();
            for index in start..start + block {
                let digits = unscrambled(vectors, index);
                plain[((u64::from(digits) * u64::from(block)) >> BITS) as usize] = true;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let bin = (sobol.point(dimension, u64::from(index)) * bins) as usize;
                scrambled[bin] = true;
            }
            assert!(plain.iter().all(|&hit| hit), "dimension {dimension}, block of {block}");
            assert!(scrambled.iter().all(|&hit| hit), "dimension {dimension}, block of {block}");
        }
    }
}

#[test]
fn coordinates_lie_between_0_and_1_even_beyond_the_sequence() {
    let sobol = Sobol::new(0);
    for (dimension, index) in
        [(0, 0), (255, u64::from(u32::MAX)), (256, 0), (usize::MAX, u64::MAX), (3, 1 << 32)]
    {
        let coordinate = sobol.point(dimension, index);
        assert!(coordinate > 0.0 && coordinate < 1.0);
    }
}

/// Over seeds a point is uniform: mean 1/2, variance 1/12, and no correlation between dimensions.
#[test]
fn scrambling_makes_each_point_uniform() {
    let seeds = 40_000u32;
    for (first, second, index) in [(0, 1, 0), (3, 200, 5), (17, 18, 1000)] {
        let (mut mean, mut square, mut product) = (0.0, 0.0, 0.0);
        for seed in 0..seeds {
            let sobol = Sobol::new(u64::from(seed));
            let (x, y) = (sobol.point(first, index) - 0.5, sobol.point(second, index) - 0.5);
            mean += x;
            square += x * x;
            product += x * y;
        }
        let root = f64::from(seeds).sqrt();
        // Variances of x, x² and xy for uniform numbers: 1/12, 1/180 and 1/144.
        assert!((mean / root * 12f64.sqrt()).abs() < 5.0);
        assert!(((square / f64::from(seeds) - 1.0 / 12.0) * root * 180f64.sqrt()).abs() < 5.0);
        assert!((product / root * 12.0).abs() < 5.0);
    }
}

/// The integral of a product over eight dimensions, whose true value is 1.
#[test]
fn errors_are_smaller_than_those_of_plain_monte_carlo() {
    let points = 1_024u64;
    let root_mean_square = |coordinate: &dyn Fn(u64, usize, u64) -> f64| {
        let squares = (0..50).map(|seed| {
            let value =
                |index| (0..8).map(|dim| 0.5 + coordinate(seed, dim, index)).product::<f64>();
            ((0..points).map(value).sum::<f64>() / points as f64 - 1.0).powi(2)
        });
        (squares.sum::<f64>() / 50.0).sqrt()
    };
    let sobol = root_mean_square(&|seed, dim, index| Sobol::new(seed).point(dim * 30, index));
    let plain = root_mean_square(&|seed, dim, index| {
        Key::world(seed, 0).entity(index).entity(dim as u64).uniform(0, Purpose::Climate)
    });
    // The second is known: ((13/12)^8 - 1)^(1/2) / 32, give or take a tenth (50 seeds).
    let expected = ((13.0f64 / 12.0).powi(8) - 1.0).sqrt() / 32.0;
    assert!((plain / expected - 1.0).abs() < 0.5, "{plain} instead of {expected}");
    assert!(sobol < plain / 5.0, "{sobol} against {plain}");
}
