//! The predictive distribution of a reported figure: simulated values blurred by what reports are
//! off.

use std::f64::consts::FRAC_1_SQRT_2;

use crate::random::math;

/// A mixture of normal distributions: one around each simulated value, with the tolerance of the
/// report as standard deviation.
///
/// # Formula
///
/// ```text
/// F(y) = 1/n Σ Φ((y − x_i) / τ)
/// ```
///
/// With a tolerance of 0 it is the empirical distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Predictive {
    /// In ascending order.
    centres: Vec<f64>,
    spread: f64,
}

impl Predictive {
    /// The distribution around simulated values; `None` without any, where one is not finite, or
    /// for a tolerance below 0.
    #[must_use]
    pub fn new(simulated: &[f64], tolerance: f64) -> Option<Self> {
        let finite = simulated.iter().all(|value| value.is_finite());
        if simulated.is_empty() || !finite || !(tolerance >= 0.0 && tolerance.is_finite()) {
            return None;
        }
        let mut centres = simulated.to_vec();
        centres.sort_by(f64::total_cmp);
        Some(Self { centres, spread: tolerance })
    }

    /// The probability of less than a value, ties counted half.
    #[must_use]
    pub fn below(&self, value: f64) -> f64 {
        let n = self.centres.len() as f64;
        if self.spread > 0.0 {
            let parts =
                self.centres.iter().map(|centre| normal_below((value - centre) / self.spread));
            return parts.sum::<f64>() / n;
        }
        let less = self.centres.partition_point(|&centre| centre < value);
        let up_to = self.centres.partition_point(|&centre| centre <= value);
        (less + up_to) as f64 / (2.0 * n)
    }

    /// The quantile of a probability between 0 and 1: of type 7 where the tolerance is 0, else the
    /// root of F to within 10^-9 of the distribution's width.
    #[must_use]
    pub fn quantile(&self, probability: f64) -> f64 {
        let (first, last) = (self.centres[0], self.centres[self.centres.len() - 1]);
        if self.spread <= 0.0 {
            let found = crate::analysis::statistics::quantile(&self.centres, probability);
            return found.unwrap_or(first);
        }
        // Beyond nine standard deviations there is less than 10^-18.
        let (mut low, mut high) = (first - 9.0 * self.spread, last + 9.0 * self.spread);
        let enough = 1e-9 * (high - low);
        while high - low > enough {
            let middle = f64::midpoint(low, high);
            if self.below(middle) < probability { low = middle } else { high = middle }
        }
        f64::midpoint(low, high)
    }

    /// The continuous ranked probability score at a value, in its unit: the integral of the squared
    /// distance between the distribution function and a step at the value; |x − value| for one
    /// simulated value without tolerance. Less is better.
    ///
    /// # Formula
    ///
    /// ```text
    /// E|X − y| − E|X − X'| / 2,  for normals E|N(μ, σ²)| = 2σ φ(μ/σ) + μ (2Φ(μ/σ) − 1)
    /// ```
    ///
    /// # Source
    ///
    /// Gneiting and Raftery (2007), Journal of the American Statistical Association 102, 359–378;
    /// mixtures of normals: Grimit et al. (2006), Quarterly Journal of the RMS 132, 2925–2942.
    #[must_use]
    pub fn crps(&self, value: f64) -> f64 {
        let n = self.centres.len() as f64;
        let off = self.centres.iter().map(|centre| mean_distance(centre - value, self.spread));
        let off = off.sum::<f64>() / n;
        let both = self.spread / FRAC_1_SQRT_2;
        let among = if both > 0.0 {
            let mut pairs = 0.0;
            for (index, one) in self.centres.iter().enumerate() {
                let others = self.centres[..index].iter();
                pairs += others.map(|other| mean_distance(one - other, both)).sum::<f64>();
            }
            (2.0 * pairs + n * mean_distance(0.0, both)) / (n * n)
        } else {
            // Of sorted values Σ |x_i − x_j| needs no pairs.
            let weighted = self.centres.iter().enumerate();
            let sum: f64 = weighted.map(|(index, x)| (2.0 * index as f64 + 1.0 - n) * x).sum();
            2.0 * sum / (n * n)
        };
        (off - among / 2.0).max(0.0)
    }
}

/// E|N(μ, σ²)|.
fn mean_distance(mean: f64, spread: f64) -> f64 {
    if spread <= 0.0 {
        return mean.abs();
    }
    let z = mean / spread;
    let density = math::exp(-z * z / 2.0) / std::f64::consts::TAU.sqrt();
    2.0 * spread * density + mean * (2.0 * normal_below(z) - 1.0)
}

/// Φ, the distribution function of the standard normal distribution.
fn normal_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, within: f64) {
        assert!((found - expected).abs() < within, "{found} instead of {expected}");
    }

    /// Of a standard normal forecast: CRPS(0) = (√2 − 1)/√π, and at 2 as published formulas give.
    #[test]
    fn a_normal_forecast_has_the_score_of_the_closed_form() {
        let normal = Predictive::new(&[0.0], 1.0).unwrap();
        near(normal.crps(0.0), (2_f64.sqrt() - 1.0) / std::f64::consts::PI.sqrt(), 1e-12);
        // σ [ z (2Φ(z) − 1) + 2φ(z) − 1/√π ] with Φ(2) = 0.977 249 868, φ(2) = 0.053 990 967.
        near(normal.crps(2.0), 2.0 * 0.954_499_736 + 0.107_981_933 - 0.564_189_584, 1e-8);
        near(normal.quantile(0.95), 1.644_853_627, 1e-7);
        near(normal.below(1.0), 0.841_344_746, 1e-9);
    }

    /// The score is the integral it is defined as: by the trapezium rule over a fine grid.
    #[test]
    fn the_score_is_the_integral_of_the_squared_distance_to_a_step() {
        let values = [3.0, 5.0, 5.5, 9.0, 14.0];
        for (tolerance, within) in [(0.0, 2e-3), (1.3, 1e-5)] {
            let forecast = Predictive::new(&values, tolerance).unwrap();
            for value in [2.0, 5.2, 20.0] {
                let step = 1e-3;
                let integral: f64 = (-20_000..40_000)
                    .map(|index| {
                        let y = (f64::from(index) + 0.5) * step;
                        let above = f64::from(u8::from(y >= value));
                        (forecast.below(y) - above).powi(2) * step
                    })
                    .sum();
                near(forecast.crps(value), integral, within);
            }
        }
    }

    #[test]
    fn one_value_without_tolerance_scores_its_distance() {
        let point = Predictive::new(&[4.0, 4.0, 4.0], 0.0).unwrap();
        near(point.crps(7.0), 3.0, 1e-12);
        near(point.below(4.0), 0.5, 1e-12);
        near(point.quantile(0.95), 4.0, 1e-12);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        assert_eq!(Predictive::new(&[], 1.0), None);
        assert_eq!(Predictive::new(&[f64::NAN], 1.0), None);
        assert_eq!(Predictive::new(&[1.0], -1.0), None);
    }
}
