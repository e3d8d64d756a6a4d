//! How probable it is that the mean of one of several systems that are simulated apart comes out highest, for tests of
//! how runs are spread.

use std::f64::consts::PI;

use crate::analysis::selection::probability::is_above;
use crate::random::math;

/// Beyond so many standard deviations a normal density adds nothing that shows.
const REACH: f64 = 9.0;

/// The widest step of the integral, in standard deviations.
const WIDEST_STEP: f64 = 0.05;

/// The narrowest.
const NARROWEST_STEP: f64 = 0.001;

/// The probability that the mean of one system comes out above those of all others, where the means
/// are estimated apart: of each its expected value and its standard error, in one unit. 1 for a
/// single system. `None` where there is no such system, a number is not finite, or an error is
/// negative.
///
/// # Formula
///
/// ```text
/// ∫ φ(z) ∏ over others Φ((m_best + s_best z − m_other) / s_other) dz
/// ```
///
/// by the trapezoidal rule over 9 standard deviations either side, with steps of a twentieth or,
/// where another's error is smaller than that of the best, as many times finer, down to a
/// thousandth.
pub(super) fn probability_highest(means: &[f64], errors: &[f64], best: usize) -> Option<f64> {
    let pairs = means.iter().zip(errors);
    let known =
        |(mean, error): (&f64, &f64)| mean.is_finite() && error.is_finite() && *error >= 0.0;
    if means.len() != errors.len() || best >= means.len() || !pairs.clone().all(known) {
        return None;
    }
    let own = errors[best];
    let others: Vec<(f64, f64)> = pairs
        .enumerate()
        .filter_map(|(place, (mean, error))| (place != best).then_some((*mean, *error)))
        .collect();
    let above = |value: f64| -> f64 {
        others.iter().map(|&(mean, error)| is_above(value - mean, error)).product()
    };
    if own <= 0.0 {
        return Some(above(means[best]));
    }
    let finest = others.iter().map(|other| other.1 / own).fold(1.0, f64::min);
    let step = (WIDEST_STEP * finest).max(NARROWEST_STEP);
    #[expect(clippy::cast_possible_truncation, reason = "at most 9,000")]
    let steps = (REACH / step) as i32;
    let term = |at: i32| {
        let z = f64::from(at) * step;
        math::exp(-0.5 * z * z) * above(means[best] + own * z)
    };
    let sum: f64 = (-steps..=steps).map(term).sum();
    Some((sum * step / (2.0 * PI).sqrt()).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::selection::probability::least_probability;
    use crate::random::distribution::normal_share;

    /// Ten designs with means 1 to 10, the smallest the best, and standard deviation 6; the exact
    /// values by numerical integration with `SciPy`.
    #[test]
    fn equal_runs_find_the_best_as_often_as_computed_elsewhere() {
        let means: Vec<f64> = (1..=10).map(|mean| -f64::from(mean)).collect();
        for (runs, expected) in [(25.0, 0.666_343), (50.0, 0.776_893), (100.0, 0.876_755)] {
            let errors = vec![6.0 / f64::sqrt(runs); 10];
            let found = probability_highest(&means, &errors, 0).unwrap();
            assert!((found - expected).abs() < 5e-7, "{runs}: {found}");
        }
    }

    /// Bechhofer (1954): with the best h standard errors ahead of the others, it comes out best
    /// with probability 0.95. His printed table has 2.3262, 2.7101, 2.9162, 3.0552, 3.4182.
    #[test]
    fn bechhofers_constants_give_their_probability() {
        let table = [(2, 2.3262), (3, 2.7101), (4, 2.9162), (5, 3.0552), (10, 3.4182)];
        for (systems, ahead) in table {
            let mut means = vec![0.0; systems];
            means[1] = ahead;
            let found = probability_highest(&means, &vec![1.0; systems], 1).unwrap();
            assert!((found - 0.95).abs() < 2e-5, "{systems}: {found}");
        }
    }

    /// Of two, the probability is Φ(difference / √(s1² + s2²)), however unlike the errors.
    #[test]
    fn of_two_it_is_known_exactly() {
        for (one, other) in [(1.0, 1.0), (1.0, 0.03), (0.03, 1.0), (0.0, 2.0), (1.0, 0.0)] {
            let found = probability_highest(&[1.0, 0.5], &[one, other], 0).unwrap();
            let expected = normal_share(0.5 / f64::sqrt(one * one + other * other));
            let allowed = if other > 0.0 { 1e-10 } else { 1e-3 };
            assert!((found - expected).abs() < allowed, "{one} {other}: {found} {expected}");
            let least = least_probability(&[0.5], &[f64::sqrt(one * one + other * other)]).unwrap();
            assert!((least - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn ties_and_what_is_unknown() {
        let third = probability_highest(&[2.0; 3], &[1.0; 3], 2).unwrap();
        assert!((third - 1.0 / 3.0).abs() < 1e-12);
        assert!((probability_highest(&[1.0, 1.0], &[0.0, 0.0], 0).unwrap() - 0.5).abs() < 1e-15);
        assert!((probability_highest(&[1.0], &[3.0], 0).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(probability_highest(&[2.0, 1.0], &[0.0, 0.0], 1), Some(0.0));
        assert_eq!(probability_highest(&[], &[], 0), None);
        assert_eq!(probability_highest(&[1.0, f64::NAN], &[1.0, 1.0], 0), None);
        assert_eq!(probability_highest(&[1.0, 1.0], &[1.0, -1.0], 0), None);
        assert_eq!(probability_highest(&[1.0, 1.0], &[1.0], 0), None);
    }
}
