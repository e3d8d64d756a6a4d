//! Replications drawn anew with replacement: the bootstrap.

use crate::analysis::statistics::Design;
use crate::analysis::statistics::quantiles;
use crate::analysis::statistics::student::half_width;
use crate::random::Key;
use crate::random::Purpose;

/// How many resamples an interval or a probability is told from. The standard error of a
/// probability of one half is then 0.016.
pub const RESAMPLES: usize = 1_000;

/// From fewer replications no interval is told by resamples: of two or three they repeat what those have in common.
pub const FEWEST_RESAMPLED: usize = 20;

/// Resamples of replications by keyed draws.
///
/// Whole units of the design are drawn, so that replications of a Latin hypercube stay together. A
/// resample is one of replications, not of values: what is paired by replication stays paired.
///
/// # Source
///
/// Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 6 and 13; whole units as
/// those of a cluster sample: Davison and Hinkley (1997), Bootstrap Methods and their Application,
/// section 3.8.
#[derive(Clone, Copy, Debug)]
pub struct Resamples {
    key: Key,
    count: usize,
    unit: usize,
}

impl Resamples {
    /// Resamples of so many replications, drawn by the units that [`Design::unit`] gives them.
    #[must_use]
    pub const fn new(seed: u64, count: usize, design: Design) -> Self {
        // A replication that no run has keeps these words apart from those of the draws.
        Self { key: Key::world(seed, u64::MAX - 1), count, unit: design.unit(count) }
    }

    /// How many units there are; the last may have fewer replications than the others.
    #[must_use]
    pub const fn units(&self) -> usize {
        self.count.div_ceil(self.unit)
    }

    /// The unit of a replication.
    #[must_use]
    pub const fn unit_of(&self, replication: usize) -> usize {
        replication / self.unit
    }

    /// How often each unit is drawn in the resample of this number: they add up to the number of
    /// units.
    #[must_use]
    pub fn times(&self, number: usize) -> Vec<u32> {
        let (units, key) = (self.units(), self.key.entity(number as u64));
        let mut times = vec![0; units];
        for place in 0..units {
            let share = key.entity(place as u64).uniform(0, Purpose::Analysis);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below n")]
            let drawn = (share * units as f64) as usize;
            // The product of a share just below 1 may round up.
            times[drawn.min(units - 1)] += 1;
        }
        times
    }

    /// The sums of some values over each unit, in the order of units.
    #[must_use]
    pub fn sums(&self, values: &[f64]) -> Vec<f64> {
        values.chunks(self.unit).map(|of_unit| of_unit.iter().sum()).collect()
    }
}

/// The sum of what units are worth, each as often as it is drawn.
#[must_use]
pub fn drawn_sum(times: &[u32], of_units: &[f64]) -> f64 {
    times.iter().zip(of_units).map(|(&times, of_unit)| f64::from(times) * of_unit).sum()
}

/// The share of resamples beyond either end of an interval of this probability, by so many units.
///
/// With few units the plain percentile interval is too narrow, as resamples spread by the divisor n and the normal quantile
/// where a mean has n − 1 and Student's t: of four units by two fifths. The ends are moved outward by as much. `None`
/// below two units.
///
/// # Formula
///
/// ```text
/// Φ(−√(n / (n − 1)) t), t the half width of the interval at n − 1 degrees of freedom
/// ```
///
/// # Source
///
/// Hesterberg (2015), The American Statistician 69, 371–386, section 5.3: the expanded percentile interval.
#[must_use]
pub fn tail(inside: f64, units: usize) -> Option<f64> {
    let freedom = units.checked_sub(1)?;
    let t = half_width(inside, freedom as u64)? * (units as f64 / freedom as f64).sqrt();
    Some(libm::erfc(t * std::f64::consts::FRAC_1_SQRT_2) / 2.0)
}

/// The interval of this probability from the values of a figure in resamples of so many units, by
/// [`tail`]; `None` without values, where one is not finite, and below two units.
#[must_use]
pub fn interval(values: &[f64], inside: f64, units: usize) -> Option<(f64, f64)> {
    let tail = tail(inside, units)?;
    quantiles(values, [tail, 1.0 - tail]).map(|[low, high]| (low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resample_draws_as_many_units_as_there_are() {
        for (count, design, units) in [
            (0, Design::INDEPENDENT, 0),
            (1, Design::INDEPENDENT, 1),
            (19, Design::blocks_of(5), 19),
            (20, Design::blocks_of(5), 4),
            (23, Design::blocks_of(5), 5),
        ] {
            let resamples = Resamples::new(7, count, design);
            assert_eq!(resamples.units(), units);
            for number in 0..50 {
                let times = resamples.times(number);
                assert_eq!(times.len(), units);
                assert_eq!(times.iter().sum::<u32>() as usize, units);
            }
        }
    }

    /// The bootstrap's standard error of a mean is the standard deviation (divisor n) over √n: of 1
    /// to 30, √((30² − 1) / 12 / 30).
    #[test]
    fn the_spread_of_resampled_means_is_the_error_of_the_mean() {
        let values: Vec<f64> = (1..=30).map(f64::from).collect();
        let resamples = Resamples::new(3, 30, Design::INDEPENDENT);
        let sums = resamples.sums(&values);
        let means: Vec<f64> =
            (0..20_000).map(|number| drawn_sum(&resamples.times(number), &sums) / 30.0).collect();
        let mean = means.iter().sum::<f64>() / 20_000.0;
        let variance = means.iter().map(|it| (it - mean) * (it - mean)).sum::<f64>() / 20_000.0;
        let expected = (899.0_f64 / 12.0 / 30.0).sqrt();
        assert!((mean - 15.5).abs() < 4.0 * expected / 20_000_f64.sqrt());
        // The standard error of a standard deviation from n values is it over √(2 n).
        assert!((variance.sqrt() / expected - 1.0).abs() < 4.0 / 40_000_f64.sqrt());
    }

    /// Means of few normal values: the interval holds the true mean as often as it says, where plain percentiles of
    /// four units hold it in some 73 % of samples.
    #[test]
    fn an_interval_of_few_units_holds_what_it_says() {
        const SAMPLES: u64 = 1_500;
        for (units, most) in [(4_usize, 0.05), (8, 0.03)] {
            let holds = |sample: &u64| {
                let key = Key::world(11, *sample);
                let values: Vec<f64> = (0..units)
                    .map(|place| key.entity(place as u64).uniform(0, Purpose::Analysis))
                    .map(crate::random::distribution::normal)
                    .collect();
                let resamples = Resamples::new(*sample, units, Design::INDEPENDENT);
                let means: Vec<f64> =
                    (0..400).map(|it| drawn_sum(&resamples.times(it), &values)).collect();
                interval(&means, 0.9, units).is_some_and(|(low, high)| low <= 0.0 && 0.0 <= high)
            };
            let share = (0..SAMPLES).filter(holds).count() as f64 / SAMPLES as f64;
            assert!((share - 0.9).abs() < most, "{units} units: {share}");
        }
        // With many units it is the plain one.
        assert!((tail(0.9, 100_000).unwrap() - 0.05).abs() < 1e-4);
        assert!((tail(0.95, 100_000).unwrap() - 0.025).abs() < 1e-4);
        assert_eq!((tail(0.9, 1), tail(0.9, 0)), (None, None));
    }

    #[test]
    fn units_keep_their_replications() {
        let values: Vec<f64> = (0..22).map(f64::from).collect();
        let resamples = Resamples::new(3, 22, Design::blocks_of(5));
        let sums = resamples.sums(&values);
        let expected = [10.0, 35.0, 60.0, 85.0, 41.0];
        assert!(sums.iter().zip(expected).all(|(sum, expected)| (sum - expected).abs() < 1e-12));
        assert_eq!((resamples.unit_of(4), resamples.unit_of(5), resamples.unit_of(21)), (0, 1, 4));
    }
}
