//! Distributions against those of `statrs` and `rand_distr`, against theory, and their order.

use proptest::prelude::*;
use rand_distr::Distribution;
use statrs::distribution as oracle;
use statrs::distribution::ContinuousCDF;

use super::*;
use crate::random::key::{Key, KeyedRng, open_unit};
use crate::random::purpose::Purpose;

/// Uniform numbers at the middles of equal parts of (0, 1), and the most extreme two.
fn grid() -> impl Iterator<Item = f64> {
    let middles = (0..20_000).map(|part| (f64::from(part) + 0.5) / 20_000.0);
    middles.chain([f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0])
}

fn check_round_trip(name: &str, oracle: impl Fn(f64) -> f64, quantile: impl Fn(f64) -> f64) {
    for u in grid() {
        let back = oracle(quantile(u));
        assert!((back - u).abs() < 1e-13, "{name}: {u:e} came back as {back:e}");
    }
}

#[test]
fn quantiles_come_back_through_their_distribution_functions() {
    let exp = oracle::Exp::new(1.0).unwrap();
    check_round_trip("exponential", |x| exp.cdf(x), exponential);
    let symmetric = oracle::Laplace::new(0.0, 1.0).unwrap();
    check_round_trip("laplace", |x| symmetric.cdf(x), laplace);
    let extreme = oracle::Gumbel::new(0.0, 1.0).unwrap();
    check_round_trip("gumbel", |x| extreme.cdf(x), gumbel);
    // The normal distribution function of `statrs` is exact to 10^-12 only.
    let standard = |x: f64| 0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2);
    check_round_trip("normal", standard, normal);
    check_round_trip(
        "lognormal",
        |x| standard(libm::log(x / 3.0) / 0.7),
        |u| lognormal(u, 3.0, 0.7),
    );
    for (low, mode, high) in [(1.0, 2.0, 5.0), (0.0, 0.0, 1.0), (-1.0, 1.0, 1.0)] {
        let peaked = oracle::Triangular::new(low, high, mode).unwrap();
        check_round_trip("triangular", |x| peaked.cdf(x), |u| triangular(u, low, mode, high));
    }
}

/// The largest distance between two samples' distribution functions stays below the bound that
/// Kolmogorov's asymptotic distribution puts on it with probability 1 − 10^-6.
fn check_same_distribution<D: Distribution<f64>>(
    name: &str,
    theirs: &D,
    ours: impl Fn(f64) -> f64,
) {
    let count = 100_000u64;
    let key = Key::world(5, 0);
    let mut rng = KeyedRng::new(key, 0, Purpose::Quality);
    let mut left: Vec<f64> = (0..count).map(|_| theirs.sample(&mut rng)).collect();
    let uniforms = (0..count).map(|id| key.entity(id).uniform(0, Purpose::Quality));
    let mut right: Vec<f64> = uniforms.map(ours).collect();
    left.sort_by(f64::total_cmp);
    right.sort_by(f64::total_cmp);

    let (mut below, mut distance) = (0, 0usize);
    for (rank, value) in left.iter().enumerate() {
        while below < right.len() && right[below] <= *value {
            below += 1;
        }
        distance = distance.max(below.abs_diff(rank + 1));
    }
    let bound = (-libm::log(1e-6 / 2.0) / count as f64).sqrt();
    assert!(distance as f64 / (count as f64) < bound, "{name}: {distance} of {count}");
}

#[test]
fn samples_agree_with_those_of_rand_distr() {
    check_same_distribution("exponential", &rand_distr::Exp1, exponential);
    check_same_distribution("gumbel", &rand_distr::Gumbel::new(0.0, 1.0).unwrap(), gumbel);
    check_same_distribution("normal", &rand_distr::StandardNormal, normal);
    let skewed = rand_distr::LogNormal::new(libm::log(3.0), 0.7).unwrap();
    check_same_distribution("lognormal", &skewed, |u| lognormal(u, 3.0, 0.7));
    let peaked = rand_distr::Triangular::new(1.0, 5.0, 2.0).unwrap();
    check_same_distribution("triangular", &peaked, |u| triangular(u, 1.0, 2.0, 5.0));
}

/// Quantiles computed with 40 digits (mpmath); NIST and other tables agree where they reach.
#[test]
fn normal_quantiles_are_exact_to_some_ulp() {
    for (u, expected) in [
        (0.25, -0.674_489_750_196_081_7),
        (0.075, -1.439_531_470_938_456),
        (0.074, -1.446_632_067_158_978_5),
        (0.05, -1.644_853_626_951_472_7),
        (0.025, -1.959_963_984_540_054_2),
        (0.01, -2.326_347_874_040_841),
        (0.001, -3.090_232_306_167_813_5),
        (1e-6, -4.753_424_308_822_899),
        (1.4e-11, -6.656_723_091_518_184),
        (1.3e-11, -6.667_611_456_510_741),
        (1e-13, -7.348_796_102_800_677),
        (1.110_223_024_625_156_5e-16, -8.209_536_151_601_387),
        (0.9, 1.281_551_565_544_600_6),
        (0.925, 1.439_531_470_938_456_2),
        (0.975, 1.959_963_984_540_053_9),
        (0.4, -0.253_347_103_135_799_7),
        (1e-300, -37.047_096_299_361_2),
    ] {
        let relative: f64 = normal(u) / expected - 1.0;
        assert!(relative.abs() < 2e-15, "normal({u:e}) is off by {relative:e}");
    }
    assert_eq!(normal(0.5).to_bits(), 0f64.to_bits());
    for id in 0..10_000 {
        let u = Key::world(6, 0).entity(id).uniform(0, Purpose::Quality);
        assert_eq!(normal(1.0 - u).to_bits(), (-normal(u)).to_bits());
    }
}

#[test]
fn small_uniforms_give_precise_waiting_times() {
    for exponent in [53, 40, 20] {
        let u = libm::scalbn(1.0, -exponent);
        let expected = -libm::log1p(-u);
        assert!((exponential(u) / expected - 1.0).abs() < 3.0 * f64::EPSILON);
    }
}

#[test]
fn rounding_keeps_whole_numbers_and_the_mean() {
    for u in grid() {
        assert_eq!(whole(3.0, u), 3);
        assert_eq!(whole(0.0, u), 0);
        assert_eq!(whole(-0.5, u), 0);
    }
    let total: u32 = (0..20_000).map(|part| whole(2.3, (f64::from(part) + 0.5) / 2e4)).sum();
    assert_eq!(total, 46_000);
    assert_eq!(whole(1e300, 0.5), u32::MAX);
    assert_eq!(whole(f64::NAN, 0.5), 0);
}

#[test]
fn each_day_is_as_likely_as_another() {
    let mut counts = [0u32; 367];
    for part in 0..36_500 {
        counts[usize::from(days((f64::from(part) + 0.5) / 36_500.0))] += 1;
    }
    assert!(counts[1..=365].iter().all(|&count| count == 100));
    assert_eq!(days(f64::EPSILON / 2.0), 1);
    assert_eq!(days(1.0 - f64::EPSILON / 2.0), 365);
}

#[test]
fn a_triangle_without_width_is_its_point() {
    for u in grid() {
        assert_eq!(triangular(u, 2.5, 2.5, 2.5).to_bits(), 2.5f64.to_bits());
    }
}

/// Any uniform number that a draw can be.
fn unit() -> impl Strategy<Value = f64> {
    any::<u64>().prop_map(open_unit)
}

proptest! {
    #[test]
    fn variates_rise_with_their_uniform(u in unit(), other in unit()) {
        let (low, high) = (u.min(other), u.max(other));
        for quantile in [exponential, laplace, gumbel, normal] {
            prop_assert!(quantile(low) <= quantile(high));
        }
        prop_assert!(triangular(low, 1.0, 2.0, 4.0) <= triangular(high, 1.0, 2.0, 4.0));
        prop_assert!(days(low) <= days(high));
    }

    #[test]
    fn rounding_keeps_order(u in unit(), other in unit(), x in 0.0..3_000.0, more in 0.0..10.0) {
        prop_assert!(whole(x, u.min(other)) <= whole(x, u.max(other)));
        prop_assert!(whole(x, u) <= whole(x + more, u));
    }
}
