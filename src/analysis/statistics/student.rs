//! The quantiles of Student's t that intervals need.

use crate::random::distribution::normal;

/// The 97.5 % quantile of the standard normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;

/// From here on the expansion is exact to the last bits.
const MANY: u64 = 1_000;

/// The half width of a two-sided 95 % interval in standard errors: the 97.5 % quantile of Student's
/// t. `None` for 0 degrees of freedom, where there is none.
///
/// Relative error below 2 × 10^-14. Costs some microseconds below 1,000 degrees of freedom,
/// nothing above.
///
/// # Formula
///
/// Below 1,000 degrees of freedom n the root of A(t | n) = 0.95 by Newton's method, where with
/// θ = arctan(t / √n)
///
/// ```text
/// A = 2/pi (θ + sin θ (cos θ + 2/3 cos^3 θ + ... to cos^(n-2) θ))   n odd
/// A = sin θ (1 + 1/2 cos^2 θ + 1·3/(2·4) cos^4 θ + ... to cos^(n-2) θ)   n even
/// ```
///
/// and the expansion of Cornish and Fisher on the normal quantile above.
///
/// # Source
///
/// Abramowitz and Stegun (1964), 26.7.3, 26.7.4 and 26.7.5.
#[must_use]
pub fn half_width_95(degrees_of_freedom: u64) -> Option<f64> {
    (degrees_of_freedom > 0).then(|| quantile((0.95, NORMAL), degrees_of_freedom))
}

/// The probability that Student's t lies beyond `t` on either side: the p-value of a mean that lies
/// `t` standard errors from 0. `None` for 0 degrees of freedom or where `t` is no number.
///
/// # Formula
///
/// 1 − A(t | n) as in [`half_width_95`] for fewer than 1,000 degrees of freedom n, else the normal
/// probability beyond t (1 − 1/4n) / √(1 + t²/2n).
///
/// # Source
///
/// Abramowitz and Stegun (1964), 26.7.3, 26.7.4 and 26.7.8.
#[must_use]
pub fn two_sided(t: f64, degrees_of_freedom: u64) -> Option<f64> {
    let t = t.abs();
    if degrees_of_freedom == 0 || t.is_nan() {
        return None;
    }
    if t.is_infinite() {
        return Some(0.0);
    }
    if degrees_of_freedom >= MANY {
        let n = degrees_of_freedom as f64;
        let z = t * (1.0 - 1.0 / (4.0 * n)) / (1.0 + t * t / (2.0 * n)).sqrt();
        return Some(libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2));
    }
    Some((1.0 - central_probability(t, degrees_of_freedom).0).clamp(0.0, 1.0))
}

/// The half width of a two-sided interval of another probability, from 0.5 to 0.95: [`half_width_95`] for its quantiles.
/// `None` for 0 degrees of freedom and other probabilities.
#[must_use]
pub fn half_width(inside: f64, degrees_of_freedom: u64) -> Option<f64> {
    let normal = normal(f64::midpoint(1.0, inside));
    let is_known = degrees_of_freedom > 0 && (0.5..=0.95).contains(&inside);
    is_known.then(|| quantile((inside, normal), degrees_of_freedom))
}

/// The degrees of freedom, at least 1, whose 95 % interval has this half width in standard errors:
/// the inverse of [`half_width_95`], to the nearest whole number from above.
#[must_use]
pub fn degrees_of_freedom(half_width: f64) -> u64 {
    let (mut low, mut high) = (1, 1 << 40);
    // Rounding of the ends must not add a degree.
    let reached = |n: u64| half_width_95(n).is_none_or(|t| t <= half_width * (1.0 + 1e-9));
    while low < high {
        let middle = low + (high - low) / 2;
        if reached(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The quantile beyond which on either side nothing of a probability inside lies, from the normal one of the same.
fn quantile((inside, normal): (f64, f64), n: u64) -> f64 {
    if n < MANY { root((inside, normal), n) } else { expansion(normal, n as f64) }
}

/// Cornish and Fisher's expansion of the quantile in powers of 1/n, evaluated at the normal one, z.
fn expansion(z: f64, n: f64) -> f64 {
    let square = z * z;
    let first = z * (square + 1.0) / 4.0;
    let second = z * ((5.0 * square + 16.0) * square + 3.0) / 96.0;
    let third = z * (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0;
    let fourth = z
        * ((((79.0 * square + 776.0) * square + 1_482.0) * square - 1_920.0) * square - 945.0)
        / 92_160.0;
    z + (first + (second + (third + fourth / n) / n) / n) / n
}

/// The root of A(t | n) = `inside`.
fn root((inside, normal): (f64, f64), n: u64) -> f64 {
    let mut t = expansion(normal, n as f64);
    // The expansion is off by a ninth at most (n = 1) and each step doubles the digits. As A is
    // concave and the start lies below the root, no step leads astray.
    for _ in 0..5 {
        let (found, slope) = central_probability(t, n);
        t -= (found - inside) / slope;
    }
    t
}

/// A(t | n), the probability between −t and t, and how fast it rises with t.
fn central_probability(t: f64, n: u64) -> (f64, f64) {
    let degrees = n as f64;
    let odd = n % 2 == 1;
    let cos_square = degrees / (degrees + t * t);
    let (cos, sin) = (cos_square.sqrt(), t / (degrees + t * t).sqrt());

    // Terms of cos θ to a power: 1, 3, … for odd n and 0, 2, … for even n, up to n − 2.
    let (mut power, mut term) = if odd { (1.0, cos) } else { (0.0, 1.0) };
    let mut series = 0.0;
    while power < degrees - 1.0 {
        series += term;
        term *= cos_square * (power + 1.0) / (power + 2.0);
        power += 2.0;
    }
    let scale = if odd { std::f64::consts::FRAC_2_PI } else { 1.0 };
    let angle = if odd { libm::atan2(sin, cos) } else { 0.0 };
    let inside = scale * (angle + sin * series);

    // The derivative telescopes to the term that would come next.
    let slope = scale * term * cos * degrees.sqrt();
    (inside, slope)
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF, StudentsT};

    use super::*;

    /// Computed with 40 digits from the incomplete beta function (mpmath). Published tables, as
    /// NIST's handbook, agree to their three digits.
    #[test]
    fn quantiles_agree_with_those_of_another_program() {
        for (degrees, expected) in [
            (1, 12.706_204_736_174_705),
            (2, 4.302_652_729_749_464),
            (3, 3.182_446_305_283_709_6),
            (5, 2.570_581_835_636_315_5),
            (10, 2.228_138_851_986_275),
            (30, 2.042_272_456_301_238),
            (61, 1.999_623_584_994_939_7),
            (200, 1.971_896_223_633_909_4),
            (999, 1.962_341_461_133_45),
            (1_000, 1.962_339_080_826_408_5),
            (1_001, 1.962_336_705_280_88),
            (10_000, 1.960_201_239_890_626),
        ] {
            let relative: f64 = half_width_95(degrees).unwrap() / expected - 1.0;
            assert!(relative.abs() < 2e-14, "{degrees}: off by {relative:e}");
        }
    }

    /// As far as `statrs` is exact.
    #[test]
    fn quantiles_agree_with_statrs() {
        for degrees in (3..2_000u32).step_by(37) {
            let oracle = StudentsT::new(0.0, 1.0, f64::from(degrees)).unwrap();
            let found = half_width_95(u64::from(degrees)).unwrap();
            assert!((oracle.cdf(found) - 0.975).abs() < 1e-12, "{degrees}: {found}");
        }
    }

    #[test]
    fn probabilities_agree_with_the_quantiles_and_with_statrs() {
        for degrees in [1, 2, 3, 24, 199, 999, 1_000, 9_999] {
            let edge = half_width_95(degrees).unwrap();
            assert!((two_sided(-edge, degrees).unwrap() - 0.05).abs() < 3e-4, "{degrees}");
            let oracle = StudentsT::new(0.0, 1.0, degrees as f64).unwrap();
            for t in [0.0, 0.5, 1.0, 2.5, 4.0] {
                let (found, expected) = (two_sided(t, degrees).unwrap(), 2.0 * oracle.sf(t));
                let allowed = if degrees < 1_000 { 1e-11 } else { 0.01 * expected + 3e-4 };
                assert!((found - expected).abs() < allowed, "{degrees}, {t}: {found} {expected}");
            }
        }
        assert_eq!(two_sided(f64::INFINITY, 5), Some(0.0));
        assert_eq!((two_sided(1.0, 0), two_sided(f64::NAN, 5)), (None, None));
    }

    /// Published to three digits: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
    #[test]
    fn half_widths_of_any_probability_are_those_of_tables() {
        for (inside, degrees, expected) in [
            (0.9, 1, 6.314),
            (0.9, 3, 2.353),
            (0.9, 7, 1.895),
            (0.9, 100, 1.660),
            (0.8, 5, 1.476),
            (0.9, 100_000, 1.645),
        ] {
            let found = half_width(inside, degrees).unwrap();
            assert!((found - expected).abs() < 5.1e-4, "{inside} {degrees}: {found}");
        }
        for degrees in (1..2_000).step_by(7) {
            let oracle = StudentsT::new(0.0, 1.0, degrees as f64).unwrap();
            for inside in [0.5, 0.8, 0.9, 0.95] {
                let found = half_width(inside, degrees).unwrap();
                let expected = f64::midpoint(1.0, inside);
                assert!((oracle.cdf(found) - expected).abs() < 1e-11, "{inside} {degrees}");
            }
        }
        for (inside, degrees) in [(0.9, 0), (0.4, 5), (0.99, 5), (f64::NAN, 5)] {
            assert_eq!(half_width(inside, degrees), None);
        }
    }

    #[test]
    fn degrees_of_freedom_are_read_back_from_the_half_width() {
        for degrees in [1, 2, 7, 24, 199, 999, 1_000, 5_000] {
            assert_eq!(degrees_of_freedom(half_width_95(degrees).unwrap()), degrees);
        }
    }

    #[test]
    fn quantiles_fall_to_the_normal_one() {
        let all: Vec<f64> = (1..3_000).filter_map(half_width_95).collect();
        assert!(all.windows(2).all(|pair| pair[0] > pair[1]));
        assert!((half_width_95(1_000_000).unwrap() - 1.959_966_356_814_9).abs() < 1e-12);
        assert_eq!(half_width_95(u64::MAX).map(f64::to_bits), Some(NORMAL.to_bits()));
        assert_eq!(half_width_95(0), None);
    }
}
