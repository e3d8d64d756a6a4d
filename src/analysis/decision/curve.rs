//! A smooth curve of an outcome, or of a difference, over one parameter.

use std::sync::Arc;

use crate::analysis::decision::basis::Basis;
use crate::analysis::decision::basis::Shrinkage;
use crate::analysis::decision::linear::add;
use crate::analysis::decision::linear::dot;

/// Knots of a curve: as many functions as the default of R's `mgcv`.
pub const KNOTS: usize = 10;

/// The mean of an outcome as a smooth function of one parameter: a penalised cubic regression
/// spline, its smoothness chosen by restricted likelihood. See [`Basis`] and [`Shrinkage`].
#[derive(Clone, Debug)]
pub struct Curve {
    basis: Arc<Basis>,
    count: f64,
    mean: f64,
    coefficients: Vec<f64>,
    kept: Vec<f64>,
    variance: f64,
    explained: f64,
}

impl Curve {
    /// The curve through draws of a parameter and the outcomes of the same replications.
    ///
    /// The line is not shrunk, so that what is straight is told without bias. `None` where the
    /// parameter does not vary, there are fewer than five draws, the lengths differ, or a number is
    /// not finite.
    #[must_use]
    pub fn fit(parameter: &[f64], outcome: &[f64]) -> Option<Self> {
        Self::on(&Arc::new(Basis::of(parameter, KNOTS)?), outcome)
    }

    /// The same from functions of the parameter that are there already, for several outcomes.
    #[must_use]
    pub fn on(basis: &Arc<Basis>, outcome: &[f64]) -> Option<Self> {
        let draws = basis.columns().first()?.len();
        if draws != outcome.len() || !outcome.iter().all(|value| value.is_finite()) {
            return None;
        }
        let count = outcome.len() as f64;
        let mean = outcome.iter().sum::<f64>() / count;
        let centred: Vec<f64> = outcome.iter().map(|value| value - mean).collect();
        let squares = dot(&centred, &centred);
        let products: Vec<f64> =
            basis.columns().iter().map(|column| dot(column, &centred)).collect();
        let found = Shrinkage::of(&products, basis.roughness(), squares, count - 2.0);
        let mut kept = vec![1.0];
        kept.extend(&found.bends);
        let coefficients: Vec<f64> = products.iter().zip(&kept).map(|(z, kept)| z * kept).collect();
        let mut left = centred;
        for (coefficient, column) in coefficients.iter().zip(basis.columns()) {
            add(&mut left, -coefficient, column);
        }
        let explained = if squares > 0.0 { 1.0 - dot(&left, &left) / squares } else { 0.0 };
        let finite = mean.is_finite() && found.variance.is_finite() && explained.is_finite();
        finite.then_some(Self {
            basis: Arc::clone(basis),
            count,
            mean,
            coefficients,
            kept,
            variance: found.variance,
            explained: explained.clamp(0.0, 1.0),
        })
    }

    /// The curve at a value of the parameter, in the outcome's unit; straight beyond the draws.
    #[must_use]
    pub fn value(&self, parameter: f64) -> f64 {
        let functions = self.basis.at(parameter);
        let parts = functions.iter().zip(&self.coefficients).map(|([value, _], c)| value * c);
        self.mean + parts.sum::<f64>()
    }

    /// Its slope there, in the outcome's unit per unit of the parameter.
    #[must_use]
    pub fn slope(&self, parameter: f64) -> f64 {
        let functions = self.basis.at(parameter);
        functions.iter().zip(&self.coefficients).map(|([_, rise], c)| rise * c).sum()
    }

    /// The standard error of the curve there.
    ///
    /// # Formula
    ///
    /// ```text
    /// variance of the residual × (1/n + Σ_k kept_k q_k(x)²)
    /// ```
    ///
    /// # Source
    ///
    /// The covariance that holds bias and variance: Nychka (1988), Journal of the American
    /// Statistical Association 83, 1134–1143.
    #[must_use]
    pub fn se(&self, parameter: f64) -> f64 {
        (self.variance * (1.0 / self.count + self.spread(parameter, 0))).sqrt()
    }

    /// The standard error of the slope there.
    #[must_use]
    pub fn slope_se(&self, parameter: f64) -> f64 {
        (self.variance * self.spread(parameter, 1)).sqrt()
    }

    fn spread(&self, parameter: f64, which: usize) -> f64 {
        let functions = self.basis.at(parameter);
        functions.iter().zip(&self.kept).map(|(f, kept)| kept * f[which] * f[which]).sum()
    }

    /// The curve at the draws, in their order.
    #[must_use]
    pub fn fitted(&self) -> Vec<f64> {
        let mut fitted = vec![self.mean; self.basis.columns()[0].len()];
        for (coefficient, column) in self.coefficients.iter().zip(self.basis.columns()) {
            add(&mut fitted, *coefficient, column);
        }
        fitted
    }

    /// The share of the outcome's variance that the curve explains at the draws, 0 to 1.
    #[must_use]
    pub fn explained(&self) -> f64 {
        self.explained
    }

    /// The lowest and the highest draw.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        self.basis.range()
    }
}

#[cfg(test)]
mod tests {
    use crate::random::Key;
    use crate::random::Purpose;
    use crate::random::distribution::normal;

    use super::*;

    fn uniform(run: u64, row: u64) -> f64 {
        Key::world(run, row).entity(0).uniform(0, Purpose::Analysis)
    }

    fn noisy(run: u64, count: u64, of: impl Fn(f64) -> f64) -> (Vec<f64>, Vec<f64>) {
        let draws: Vec<f64> = (0..count).map(|row| uniform(run, row)).collect();
        let noise = |row: usize| normal(uniform(run + 1, row as u64));
        let outcome = draws.iter().enumerate().map(|(row, &x)| of(x) + noise(row)).collect();
        (draws, outcome)
    }

    #[test]
    fn a_straight_line_is_told_exactly() {
        let draws: Vec<f64> = (0..50).map(|x| f64::from(x * 7 % 50)).collect();
        let outcome: Vec<f64> = draws.iter().map(|x| 3.0 - 2.0 * x).collect();
        let curve = Curve::fit(&draws, &outcome).unwrap();
        for x in [-10.0, 0.0, 12.3, 60.0] {
            assert!((curve.value(x) - (3.0 - 2.0 * x)).abs() < 1e-9);
            assert!((curve.slope(x) + 2.0).abs() < 1e-9);
            assert!(curve.se(x) < 1e-6);
        }
        assert!((curve.explained() - 1.0).abs() < 1e-12);
    }

    /// A sine with noise: the curve is within four standard errors, which are near what the noise
    /// and some eight functions make of it.
    #[test]
    fn a_bent_curve_is_found_under_noise() {
        let sine = |x: f64| 3.0 * sine_of_turns(x);
        let (draws, outcome) = noisy(1, 400, sine);
        let curve = Curve::fit(&draws, &outcome).unwrap();
        for place in 1..20 {
            let x = f64::from(place) / 20.0;
            assert!((curve.value(x) - sine(x)).abs() < 4.0 * curve.se(x));
            assert!(curve.se(x) < 0.2 && curve.se(x) > 0.05);
        }
    }

    /// sin 2πx by its series.
    fn sine_of_turns(x: f64) -> f64 {
        let angle = std::f64::consts::TAU * (x - 0.5);
        let (mut term, mut sum) = (angle, 0.0);
        for power in (1..30).step_by(2) {
            sum += term;
            term *= -angle * angle / f64::from((power + 1) * (power + 2));
        }
        -sum
    }

    /// Without an effect the slope lies within two standard errors of 0 in 95 of 100 runs; 85 to
    /// 100 allows for chance.
    #[test]
    fn the_error_of_the_slope_is_right() {
        let within = (0..100).filter(|run| {
            let (draws, outcome) = noisy(100 + 2 * run, 200, |_| 5.0);
            let curve = Curve::fit(&draws, &outcome).unwrap();
            curve.slope(0.5).abs() < 2.0 * curve.slope_se(0.5)
        });
        let within = within.count();
        assert!((85..=100).contains(&within), "{within}");
    }

    #[test]
    fn a_constant_outcome_has_a_flat_curve() {
        let draws: Vec<f64> = (0..30).map(f64::from).collect();
        let curve = Curve::fit(&draws, &[4.0; 30]).unwrap();
        assert!((curve.value(100.0) - 4.0).abs() < 1e-12);
        assert!(curve.se(3.0) < 1e-9 && curve.explained() < 1e-9);
        assert!(Curve::fit(&draws, &[f64::NAN; 30]).is_none());
        assert!(Curve::fit(&draws, &[1.0; 29]).is_none());
        assert!(Curve::fit(&[1.0; 30], &draws).is_none());
    }
}
