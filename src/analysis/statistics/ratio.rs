//! The ratio of two means, with an interval that allows for the uncertainty of both.

use crate::analysis::statistics::moments::{Moments, covariance};
use crate::analysis::statistics::student::half_width_95;

/// A ratio of two means over the same replications, and how well it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatioEstimate {
    /// How many replications there are, at least 2.
    pub replications: usize,
    /// Mean of the numerator by mean of the denominator.
    pub ratio: f64,
    /// The lower end of the 95 % interval of the ratio.
    pub ci_low: f64,
    /// The upper end of the 95 % interval of the ratio.
    pub ci_high: f64,
}

/// The mean of `numerator` by the mean of `denominator`, with Fieller's 95 % interval.
///
/// Both slices hold the same replications in the same order. `None` where the 95 % interval of the
/// denominator's mean contains 0, since every ratio is then possible; also below two replications,
/// for slices of different lengths, and where a value is not finite.
///
/// # Formula
///
/// The interval holds each ratio r for which the mean of a − r b does not differ from 0 at 5 %, that
/// is (A − r B)² ≤ t² (Vaa − 2 r Vab + r² Vbb), with means A and B, variances V of the means, and
/// Student's t for n − 1 degrees of freedom:
///
/// ```text
/// (A B - t^2 Vab ± sqrt((A B - t^2 Vab)^2 - (A^2 - t^2 Vaa)(B^2 - t^2 Vbb))) / (B^2 - t^2 Vbb)
/// ```
///
/// # Source
///
/// Fieller (1954), Journal of the Royal Statistical Society B 16, 175–185.
#[must_use]
pub fn ratio_of_means(numerator: &[f64], denominator: &[f64]) -> Option<RatioEstimate> {
    let n = numerator.len();
    if n < 2 || n != denominator.len() {
        return None;
    }
    let (above, below) = (Moments::of(numerator), Moments::of(denominator));
    let (a, b) = (above.mean()?, below.mean()?);
    let t = half_width_95(n as u64 - 1)?;

    if b == 0.0 {
        return None;
    }

    // The formula divided by B²: r, and t² V / B².
    let ratio = a / b;
    let scale = t * t / (b * b * n as f64);
    let own = scale * above.variance()?;
    let unit = scale * below.variance()?;
    let shared = scale * covariance(numerator, denominator)?;
    if unit >= 1.0 {
        return None;
    }

    // (r − Vab)² − (r² − Vaa)(1 − Vbb) multiplied out, so that r², which may dwarf the rest,
    // cancels before it is rounded.
    let square = own - 2.0 * ratio * shared + ratio * ratio * unit - (own * unit - shared * shared);
    let half_width = square.max(0.0).sqrt() / (1.0 - unit);
    // The middle as the ratio and what it is shifted by: no shift without uncertainty.
    let middle = ratio + (ratio * unit - shared) / (1.0 - unit);
    let (ci_low, ci_high) = (middle - half_width, middle + half_width);
    let finite = ci_low.is_finite() && ci_high.is_finite();
    finite.then_some(RatioEstimate { replications: n, ratio, ci_low, ci_high })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::statistics::estimate::Estimate;

    const JOBS: [f64; 8] = [12.0, 15.5, 9.0, 14.0, 11.0, 16.0, 13.5, 10.0];
    const COST: [f64; 8] = [4.0, 5.0, 3.5, 4.2, 4.4, 5.5, 4.1, 3.9];

    /// By the definition: at an end of the interval, the 95 % interval of a − r b ends at 0.
    #[test]
    fn ends_are_where_the_difference_stops_being_plausible() {
        for sign in [1.0, -1.0] {
            let cost = COST.map(|cost| sign * cost);
            let found = ratio_of_means(&JOBS, &cost).unwrap();
            assert!(found.ci_low < found.ratio && found.ratio < found.ci_high);
            for end in [found.ci_low, found.ci_high] {
                let rest: Vec<f64> = JOBS.iter().zip(cost).map(|(a, b)| a - end * b).collect();
                let rest = Estimate::from_values(&rest).unwrap();
                let nearest = rest.ci_low.unwrap().abs().min(rest.ci_high.unwrap().abs());
                assert!(nearest < 1e-12, "at {end} the difference is {rest:?}");
            }
        }
    }

    #[test]
    fn a_denominator_that_may_be_0_gives_no_ratio() {
        let uncertain = [1.0, -1.0, 2.0, -1.5, 0.5, 1.0, -0.5, 0.2];
        let interval = Estimate::from_values(&uncertain).unwrap();
        assert!(interval.ci_low.unwrap() < 0.0 && interval.ci_high.unwrap() > 0.0);
        assert_eq!(ratio_of_means(&JOBS, &uncertain), None);
        assert_eq!(ratio_of_means(&JOBS, &[0.0; 8]), None);
    }

    /// A denominator without uncertainty only changes the unit.
    #[test]
    fn a_known_denominator_gives_the_interval_of_the_mean() {
        let found = ratio_of_means(&JOBS, &[2.0; 8]).unwrap();
        let estimate = Estimate::from_values(&JOBS).unwrap();
        assert!((found.ci_low - estimate.ci_low.unwrap() / 2.0).abs() < 1e-13);
        assert!((found.ci_high - estimate.ci_high.unwrap() / 2.0).abs() < 1e-13);
    }

    #[test]
    fn a_multiple_has_an_interval_of_no_width() {
        let triple = COST.map(|cost| 3.0 * cost);
        let found = ratio_of_means(&triple, &COST).unwrap();
        // The root turns a rounding error of 10^-16 into one of 10^-8.
        assert!((found.ci_low - 3.0).abs() < 1e-7 && (found.ci_high - 3.0).abs() < 1e-7);
        let same = ratio_of_means(&[5.0; 4], &[2.0; 4]).unwrap();
        assert!((same.ci_low - 2.5).abs() < 1e-15 && (same.ci_high - 2.5).abs() < 1e-15);
    }

    #[test]
    fn unknown_is_none() {
        assert_eq!(ratio_of_means(&[1.0], &[1.0]), None);
        assert_eq!(ratio_of_means(&[], &[]), None);
        assert_eq!(ratio_of_means(&JOBS, &COST[1..]), None);
        assert_eq!(ratio_of_means(&JOBS[..2], &[f64::NAN, 1.0]), None);
    }
}
