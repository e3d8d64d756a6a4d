//! The ratio of two means, with an interval that allows for the uncertainty of both.

use crate::analysis::statistics::design::Design;
use crate::analysis::statistics::estimate::tell;
use crate::analysis::statistics::moments::Moments;
use crate::analysis::statistics::student::half_width_95;

/// A ratio of two means over the same replications, and how well it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatioEstimate {
    /// How many replications there are, at least 1.
    pub replications: usize,
    /// Mean of the numerator by mean of the denominator.
    pub ratio: f64,
    /// The 95 % interval of the ratio.
    pub interval: RatioInterval,
}

/// The 95 % interval of a ratio of means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RatioInterval {
    /// From one ratio to another.
    Bounded {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// The denominator's mean does not differ from 0 by more than its error, so there is no bound on the ratio.
    Unbounded,
    /// There are too few replications to tell, of the numerator or the denominator.
    TooFew,
}

impl RatioEstimate {
    /// The lower end of the interval, where it has one.
    #[must_use]
    pub const fn ci_low(&self) -> Option<f64> {
        match self.interval {
            RatioInterval::Bounded { low, .. } => Some(low),
            RatioInterval::Unbounded | RatioInterval::TooFew => None,
        }
    }

    /// The upper end of the interval, where it has one.
    #[must_use]
    pub const fn ci_high(&self) -> Option<f64> {
        match self.interval {
            RatioInterval::Bounded { high, .. } => Some(high),
            RatioInterval::Unbounded | RatioInterval::TooFew => None,
        }
    }
}

/// The mean of `numerator` by the mean of `denominator`, with Fieller's 95 % interval.
///
/// Both slices hold the same replications in their order from the first on. The ratio is there
/// whatever its interval: to show it only where the denominator is sure would show those that
/// happened to come out large. `None` without replications, for slices of different lengths, where a
/// value is not finite, and where the denominator's mean is exactly 0.
///
/// # Formula
///
/// The interval holds each ratio r for which the mean of a − r b does not differ from 0 at 5 %, that
/// is (A − r B)² ≤ t² (Vaa − 2 r Vab + r² Vbb), with means A and B, variances V of the means by the
/// design of the run, and Student's t with its degrees of freedom:
///
/// ```text
/// (A B - t^2 Vab ± sqrt((A B - t^2 Vab)^2 - (A^2 - t^2 Vaa)(B^2 - t^2 Vbb))) / (B^2 - t^2 Vbb)
/// ```
///
/// Where B² ≤ t² Vbb the ratios that hold have no bound.
///
/// # Source
///
/// Fieller (1954), Journal of the Royal Statistical Society B 16, 175–185.
#[must_use]
pub fn ratio_of_means(
    numerator: &[f64],
    denominator: &[f64],
    design: Design,
) -> Option<RatioEstimate> {
    let n = numerator.len();
    if n != denominator.len() {
        return None;
    }
    let (a, b) = (Moments::of(numerator).mean()?, Moments::of(denominator).mean()?);
    if b == 0.0 {
        return None;
    }
    let ratio = Some(a / b).filter(|ratio| ratio.is_finite())?;
    let of = |interval| RatioEstimate { replications: n, ratio, interval };
    // All 0 in the numerator is a ratio of 0 that may be rare too.
    if !(tell(numerator) && tell(denominator)) {
        return Some(of(RatioInterval::TooFew));
    }
    let Some(t) = half_width_95(design.degrees_of_freedom(n)) else {
        return Some(of(RatioInterval::TooFew));
    };

    // The formula divided by B²: r, and t² V / B².
    let scale = t * t / (b * b);
    let own = scale * design.covariance_of_means(numerator, numerator)?;
    let unit = scale * design.covariance_of_means(denominator, denominator)?;
    let shared = scale * design.covariance_of_means(numerator, denominator)?;
    if unit >= 1.0 {
        return Some(of(RatioInterval::Unbounded));
    }

    // (r − Vab)² − (r² − Vaa)(1 − Vbb) multiplied out, so that r², which may dwarf the rest,
    // cancels before it is rounded.
    let square = own - 2.0 * ratio * shared + ratio * ratio * unit - (own * unit - shared * shared);
    let half_width = square.max(0.0).sqrt() / (1.0 - unit);
    // The middle as the ratio and what it is shifted by: no shift without uncertainty.
    let middle = ratio + (ratio * unit - shared) / (1.0 - unit);
    let (low, high) = (middle - half_width, middle + half_width);
    let finite = low.is_finite() && high.is_finite();
    Some(of(if finite { RatioInterval::Bounded { low, high } } else { RatioInterval::Unbounded }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::statistics::estimate::Estimate;

    const JOBS: [f64; 12] = [12.0, 15.5, 9.0, 14.0, 11.0, 16.0, 13.5, 10.0, 12.5, 14.5, 9.5, 13.0];
    const COST: [f64; 12] = [4.0, 5.0, 3.5, 4.2, 4.4, 5.5, 4.1, 3.9, 4.3, 4.9, 3.3, 4.6];
    const DESIGNS: [Design; 2] = [Design::INDEPENDENT, Design::blocks_of(2)];

    fn ends(estimate: RatioEstimate) -> [f64; 2] {
        [estimate.ci_low().unwrap(), estimate.ci_high().unwrap()]
    }

    /// By the definition: at an end of the interval, the 95 % interval of a − r b ends at 0.
    #[test]
    fn ends_are_where_the_difference_stops_being_plausible() {
        for (sign, design) in [(1.0, DESIGNS[0]), (-1.0, DESIGNS[0]), (1.0, DESIGNS[1])] {
            let cost = COST.map(|cost| sign * cost);
            let found = ratio_of_means(&JOBS, &cost, design).unwrap();
            let [low, high] = ends(found);
            assert!(low < found.ratio && found.ratio < high);
            for end in [low, high] {
                let rest: Vec<f64> = JOBS.iter().zip(cost).map(|(a, b)| a - end * b).collect();
                let rest = Estimate::of(&rest, design).unwrap();
                let nearest = rest.ci_low.unwrap().abs().min(rest.ci_high.unwrap().abs());
                assert!(nearest < 1e-12, "at {end} the difference is {rest:?}");
            }
        }
    }

    /// It is there all the same: what is shown must not depend on how it came out.
    #[test]
    fn a_denominator_that_may_be_0_gives_a_ratio_without_bounds() {
        let uncertain = [1.0, -1.0, 2.0, -1.5, 0.5, 1.1, -0.5, 0.2, -0.1, 0.3, 0.4, -0.2];
        let interval = Estimate::from_values(&uncertain).unwrap();
        assert!(interval.ci_low.unwrap() < 0.0 && interval.ci_high.unwrap() > 0.0);
        let found = ratio_of_means(&JOBS, &uncertain, Design::INDEPENDENT).unwrap();
        assert_eq!(found.interval, RatioInterval::Unbounded);
        assert_eq!((found.ci_low(), found.ci_high()), (None, None));
        assert!((found.ratio - 150.5 / 2.2).abs() < 1e-9, "{}", found.ratio);
        assert_eq!(ratio_of_means(&JOBS, &[0.0; 12], Design::INDEPENDENT), None);
    }

    #[test]
    fn a_rare_numerator_or_denominator_is_too_few_to_tell() {
        let mut rare = [0.0; 12];
        rare[3] = 5.0;
        for (above, below) in [(&rare, &COST), (&JOBS, &rare), (&[0.0; 12], &COST)] {
            let found = ratio_of_means(above, below, Design::INDEPENDENT).unwrap();
            assert_eq!(found.interval, RatioInterval::TooFew);
        }
        let one = ratio_of_means(&[1.0], &[2.0], Design::INDEPENDENT).unwrap();
        assert_eq!((one.ratio.to_bits(), one.interval), (0.5_f64.to_bits(), RatioInterval::TooFew));
    }

    /// A denominator without uncertainty only changes the unit.
    #[test]
    fn a_known_denominator_gives_the_interval_of_the_mean() {
        for design in DESIGNS {
            let [low, high] = ends(ratio_of_means(&JOBS, &[2.0; 12], design).unwrap());
            let estimate = Estimate::of(&JOBS, design).unwrap();
            assert!((low - estimate.ci_low.unwrap() / 2.0).abs() < 1e-13);
            assert!((high - estimate.ci_high.unwrap() / 2.0).abs() < 1e-13);
        }
    }

    #[test]
    fn a_multiple_has_an_interval_of_no_width() {
        let triple = COST.map(|cost| 3.0 * cost);
        let [low, high] = ends(ratio_of_means(&triple, &COST, Design::INDEPENDENT).unwrap());
        // The root turns a rounding error of 10^-16 into one of 10^-8.
        assert!((low - 3.0).abs() < 1e-7 && (high - 3.0).abs() < 1e-7);
        let same = ratio_of_means(&[5.0; 9], &[2.0; 9], Design::INDEPENDENT).unwrap();
        assert!(ends(same).iter().all(|end| (end - 2.5).abs() < 1e-15));
    }

    #[test]
    fn unknown_is_none() {
        let ratio = |above: &[f64], below: &[f64]| ratio_of_means(above, below, DESIGNS[0]);
        assert_eq!(ratio(&[], &[]), None);
        assert_eq!(ratio(&JOBS, &COST[1..]), None);
        assert_eq!(ratio(&JOBS[..2], &[f64::NAN, 1.0]), None);
    }
}
