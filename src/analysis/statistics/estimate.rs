//! What replications say of a quantity: its mean with an interval, its spread, and comparisons.

use std::cmp::Ordering;

use crate::analysis::statistics::design::Design;
use crate::analysis::statistics::moments::Moments;
use crate::analysis::statistics::quantile::quantiles;
use crate::analysis::statistics::student::degrees_of_freedom;
use crate::analysis::statistics::student::half_width_95;
use crate::analysis::statistics::student::two_sided;

/// The fewest replications whose value is not the commonest one that an interval over `count`
/// replications can rest on: a tenth of them, at least 7 and at most 20.
///
/// Of an effect that shows in fewer, the size is known from too few cases for Student's t, and the
/// interval would leave out the mean far more often than in one run of twenty. With 20 cases that is
/// no longer so. Few replications have to do with 7: with ten more than a tenth of the headline
/// differences of the shipped scenario have no interval at 20 replications.
#[must_use]
pub fn fewest_different(count: usize) -> usize {
    (count / 10).clamp(7, 20)
}

/// What is said where there is no interval for want of replications.
pub const TOO_FEW: &str = "too few replications to tell";

/// A mean over replications, and how well it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// How many replications there are, at least 1.
    pub replications: usize,
    /// The mean, in the unit of the values.
    pub mean: f64,
    /// The standard deviation of the replications (divisor n − 1); unknown for one replication.
    pub sd: Option<f64>,
    /// The standard error of the mean, by the design of the run: see [`Design`].
    pub se: Option<f64>,
    /// The lower end of the 95 % interval of the mean, mean − t · se with Student's t. Unknown for
    /// one replication; of more, where there are too few to tell: see [`Estimate::is_too_few`].
    pub ci_low: Option<f64>,
    /// The upper end of the 95 % interval of the mean.
    pub ci_high: Option<f64>,
}

impl Estimate {
    /// The estimate from one value per independent replication; `None` without values, or where the
    /// mean is not finite.
    #[must_use]
    pub fn from_values(values: &[f64]) -> Option<Self> {
        Self::of(values, Design::INDEPENDENT)
    }

    /// The estimate from one value per replication, in their order from the first on; `None`
    /// without values, or where the mean is not finite.
    #[must_use]
    pub fn of(values: &[f64], design: Design) -> Option<Self> {
        let moments = Moments::of(values);
        let mean = moments.mean()?;
        let se = design.squared_error_of_mean(values, mean).map(f64::sqrt);
        let t = half_width_95(design.degrees_of_freedom(values.len()));
        let half_width = se.zip(t).map(|(se, t)| t * se).filter(|_| tell(values));
        Some(Self {
            replications: values.len(),
            mean,
            sd: moments.standard_deviation(),
            se,
            ci_low: half_width.map(|half_width| mean - half_width),
            ci_high: half_width.map(|half_width| mean + half_width),
        })
    }

    /// The estimate of what is known to be nothing, as the difference of a policy from one that
    /// does the same.
    #[must_use]
    pub fn nothing(replications: usize) -> Self {
        let zero = Some(0.0);
        Self { replications, mean: 0.0, sd: zero, se: zero, ci_low: zero, ci_high: zero }
    }

    /// Whether there are too few replications to tell: several, but no interval. Then the mean says
    /// little of what more replications would give.
    #[must_use]
    pub fn is_too_few(&self) -> bool {
        self.replications > 1 && self.ci_low.is_none()
    }
}

/// Whether values tell how well their mean is known.
///
/// They do where at least [`fewest_different`] differ from the commonest value or, of fewer values,
/// where no two are the same. Values that are all 0 do not: what has not happened yet may be rare.
/// Others that are all the same do where there are more of them than that, as what is the same whatever
/// the parameters is set by the plan.
#[must_use]
pub fn tell(values: &[f64]) -> bool {
    let (count, fewest) = (values.len(), fewest_different(values.len()));
    let different = count - commonest(values);
    let is_set = different == 0 && count > fewest && values.first().is_some_and(|it| *it != 0.0);
    is_set || different + 1 >= count || different >= fewest
}

/// How often the commonest value stands there; of many values, of which none makes up half, so many
/// or fewer. 0 and −0 are the same value.
fn commonest(values: &[f64]) -> usize {
    let same = |one: f64, other: f64| (one + 0.0).to_bits() == (other + 0.0).to_bits();
    let times = |wanted: f64| values.iter().filter(|&&value| same(value, wanted)).count();
    if values.len() < 2 * fewest_different(values.len()) {
        return values.iter().map(|&value| times(value)).max().unwrap_or(0);
    }
    // A value that makes up more than half is left over when unlike ones are struck out in pairs
    // (Boyer and Moore 1981).
    let (mut left, mut more) = (f64::NAN, 0_usize);
    for &value in values {
        if more == 0 {
            left = value;
        }
        if same(value, left) {
            more += 1;
        } else {
            more -= 1;
        }
    }
    times(left)
}

impl Estimate {
    /// The probability of a mean at least this far from 0 if it were 0 but for the Monte Carlo
    /// error: Student's t with the standard error and degrees of freedom of the interval. `None`
    /// where there is no interval.
    #[must_use]
    pub fn p_value(&self) -> Option<f64> {
        let (se, half_width) = (self.se?, (self.ci_high? - self.ci_low?) / 2.0);
        if se == 0.0 {
            return Some(if self.mean == 0.0 { 1.0 } else { 0.0 });
        }
        two_sided(self.mean / se, degrees_of_freedom(half_width / se))
    }
}

/// The spread of single replications: quantiles of type 7.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The 5 % quantile.
    pub p05: f64,
    /// The lower quartile.
    pub p25: f64,
    /// The median.
    pub p50: f64,
    /// The upper quartile.
    pub p75: f64,
    /// The 95 % quantile.
    pub p95: f64,
}

impl Spread {
    /// The spread of one value per replication; `None` without values, or where one is not finite.
    #[must_use]
    pub fn from_values(values: &[f64]) -> Option<Self> {
        let [p05, p25, p50, p75, p95] = quantiles(values, [0.05, 0.25, 0.5, 0.75, 0.95])?;
        Some(Self { p05, p25, p50, p75, p95 })
    }
}

/// The share of replications in which `left` is higher than `right`, ties counted half.
///
/// Value by value: both slices hold the same replications in the same order. `None` without
/// values, for slices of different lengths, or where a value is NaN.
#[must_use]
pub fn probability_higher(left: &[f64], right: &[f64]) -> Option<f64> {
    if left.is_empty() || left.len() != right.len() {
        return None;
    }
    let mut half_points = 0u64;
    for (left, right) in left.iter().zip(right) {
        half_points += match left.partial_cmp(right)? {
            Ordering::Less => 0,
            Ordering::Equal => 1,
            Ordering::Greater => 2,
        };
    }
    Some(half_points as f64 / (2 * left.len()) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Option<f64>, expected: f64) -> bool {
        found.is_some_and(|found| (found - expected).abs() < 1e-9)
    }

    /// NIST/SEMATECH e-Handbook, 1.3.5.2, data ZARR13.DAT: 195 values with mean 9.261460 and
    /// standard deviation 0.022789 have the interval 9.258242 to 9.264679. Here 97 pairs of
    /// values around the mean, and the mean itself, have the same moments.
    #[test]
    fn the_interval_of_a_published_example_is_reproduced() {
        // Each off by d: sd² = 194 d² / 194.
        let mut values = vec![9.261_460];
        for _ in 0..97 {
            values.extend([9.261_460 - 0.022_789, 9.261_460 + 0.022_789]);
        }
        let estimate = Estimate::from_values(&values).unwrap();
        assert_eq!(estimate.replications, 195);
        assert!(near(estimate.sd, 0.022_789));
        assert!((estimate.ci_low.unwrap() - 9.258_242).abs() < 1e-6);
        assert!((estimate.ci_high.unwrap() - 9.264_679).abs() < 1e-6);
    }

    #[test]
    fn two_replications_are_enough_for_an_interval_and_one_is_not() {
        let two = Estimate::from_values(&[1.0, 3.0]).unwrap();
        assert!(near(two.se, 1.0) && near(two.ci_high, 2.0 + 12.706_204_736_174_705));
        let one = Estimate::from_values(&[4.0]).unwrap();
        let unknown = (one.sd, one.se, one.ci_low, one.ci_high);
        assert_eq!((one.replications, unknown), (1, (None, None, None, None)));
        assert_eq!(Estimate::from_values(&[]), None);
        assert_eq!(Estimate::from_values(&[f64::NAN]), None);
    }

    /// A mean whose 95 % interval ends at 0 has a p-value of 5 %.
    #[test]
    fn the_p_value_belongs_to_the_interval() {
        let edge = 12.706_204_736_174_705;
        let at_the_end = Estimate::from_values(&[edge - 1.0, edge + 1.0]).unwrap();
        assert!(near(at_the_end.p_value(), 0.05));
        assert_eq!(Estimate::nothing(9).p_value(), Some(1.0));
        assert_eq!(Estimate::from_values(&[2.0; 9]).unwrap().p_value(), Some(0.0));
        assert_eq!(Estimate::from_values(&[2.0]).unwrap().p_value(), None);
    }

    /// A block of parameters that are spread evenly has a mean that is known better than its
    /// replications say: here each block of four has the mean of all but for a hundredth.
    #[test]
    fn what_is_spread_evenly_has_the_error_of_its_blocks() {
        let values: Vec<f64> = (0..40)
            .map(|place| f64::from(place % 4) + if place < 20 { 0.01 } else { -0.01 })
            .collect();
        let even = Estimate::of(&values, Design::blocks_of(4)).unwrap();
        let plain = Estimate::from_values(&values).unwrap();
        assert_eq!((even.mean, even.sd), (plain.mean, plain.sd));
        // Ten means of 1.5 give or take a hundredth: variance 10/9 of 10^-4, over ten.
        assert!(near(even.se, (1e-4_f64 / 9.0).sqrt()));
        assert!(near(even.ci_high, 1.5 + 2.262_157_162_740_992 * (1e-4_f64 / 9.0).sqrt()));
        assert!(plain.se.unwrap() > 0.17);
    }

    #[test]
    fn a_rare_effect_has_no_interval() {
        let effect = |times: usize, of: usize| -> Vec<f64> {
            (0..of).map(|place| if place < times { 100.0 + place as f64 } else { 0.0 }).collect()
        };
        for (times, of, tells) in [
            (0, 20, false),
            (1, 20, false),
            (6, 20, false),
            (7, 20, true),
            (19, 200, false),
            (20, 200, true),
            (19, 9_000, false),
            (20, 9_000, true),
            (2, 3, true),
            (1, 3, false),
        ] {
            let found = Estimate::of(&effect(times, of), Design::blocks_of(4)).unwrap();
            assert_eq!(found.is_too_few(), !tells, "{times} of {of}");
            assert_eq!(found.ci_low.is_some(), found.ci_high.is_some());
            assert!(found.se.is_some());
        }
        // What is usual need not be 0.
        let cost: Vec<f64> = effect(6, 200).iter().map(|value| value + 7.0).collect();
        assert!(Estimate::from_values(&cost).unwrap().is_too_few());
        assert!(Estimate::from_values(&[0.0, -0.0, 0.0]).unwrap().is_too_few());
        // Of few replications that are the same nobody knows whether others would be.
        for (count, tells) in [(2, false), (7, false), (8, true)] {
            assert_eq!(Estimate::from_values(&vec![3.0; count]).unwrap().is_too_few(), !tells);
        }
        let nothing = Estimate::nothing(3);
        assert!(!nothing.is_too_few() && nothing.ci_high == Some(0.0));
    }

    #[test]
    fn values_that_are_the_same_have_an_interval_of_no_width() {
        let estimate = Estimate::from_values(&[0.1; 30]).unwrap();
        let ends = (estimate.ci_low, estimate.ci_high);
        assert_eq!(ends, (Some(estimate.mean), Some(estimate.mean)));
    }

    /// Of 0 to 100 each quantile is its own percentage.
    #[test]
    fn a_spread_holds_the_quantiles_it_names() {
        let values: Vec<f64> = (0..=100).rev().map(f64::from).collect();
        let spread = Spread::from_values(&values).unwrap();
        let Spread { p05, p25, p50, p75, p95 } = spread;
        for (found, expected) in [(p05, 5.0), (p25, 25.0), (p50, 50.0), (p75, 75.0), (p95, 95.0)] {
            assert!(near(Some(found), expected));
        }
        assert_eq!(Spread::from_values(&[]), None);
    }

    #[test]
    fn ties_count_half() {
        assert!(near(probability_higher(&[1.0, 2.0, 3.0, 4.0], &[1.0, 1.0, 4.0, 4.0]), 0.5));
        assert!(near(probability_higher(&[1.0, 2.0], &[0.0, 2.0]), 0.75));
        assert!(near(probability_higher(&[1.0], &[2.0]), 0.0));
        assert_eq!(probability_higher(&[], &[]), None);
        assert_eq!(probability_higher(&[1.0], &[]), None);
        assert_eq!(probability_higher(&[1.0], &[f64::NAN]), None);
    }
}
