//! The outer layer of chance: which parameter values a replication uses.
//!
//! Replication r uses point r of replicated Latin hypercubes over the declared distributions, the
//! same under every policy and whatever the number of replications (model, section 4). Each
//! parameter is drawn by its name, so a new one moves no other. Where the scenario has a posterior,
//! one more dimension chooses one of its draws for the free parameters.

use std::ops::Range;

use crate::random::LatinHypercubes;
use crate::random::distribution;
use crate::random::name_number;
use crate::scenario::Distribution;
use crate::scenario::ParameterValue;
use crate::scenario::Scenario;
use crate::scenario::parameter::Parameters;
use crate::scenario::parameter::Register;
use crate::scenario::parameter_spec::ParameterSpec;
use crate::scenario::posterior::Posterior;

/// The 95 % point of the standard normal distribution: ranges hold the central 90 %.
const Z_95: f64 = 1.644_853_626_951_472_2;

/// What the dimension that chooses the draw of the posterior is called; no parameter has a space in
/// its name.
const OF_POSTERIOR: &str = "draw of the posterior";

/// Draws parameter vectors.
#[derive(Clone, Debug)]
pub struct Uncertainty {
    points: LatinHypercubes,
    vary: bool,
    register: Register,
    values: Vec<ParameterValue>,
    posterior: Option<Posterior>,
}

impl Uncertainty {
    /// The uncertainty that a scenario states.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            points: LatinHypercubes::new(scenario.seed),
            vary: scenario.parameters_vary,
            register: scenario.register.clone(),
            values: scenario.parameters.clone(),
            posterior: scenario.posterior.clone(),
        }
    }

    /// The values of one replication in the order of the register: of each parameter that varies
    /// the quantile of its distribution at the replication's point, then the draw of the posterior
    /// at that point for all its parameters together.
    #[must_use]
    pub fn values(&self, replication: u32) -> Vec<f64> {
        let mut values: Vec<f64> =
            (0..self.values.len()).map(|dimension| self.stated(dimension, replication)).collect();
        for (dimension, value) in self.learned(replication) {
            if self.varies(dimension) {
                values[dimension] = value;
            }
        }
        values
    }

    /// The values of one parameter, a replication each, as [`Self::values`] has them; empty where
    /// it does not vary. The others are not drawn, so memory does not grow with their number.
    #[must_use]
    pub fn column(&self, dimension: usize, replications: Range<u32>) -> Vec<f64> {
        if !self.varies(dimension) {
            return Vec::new();
        }
        let is_learned = self
            .posterior
            .as_ref()
            .is_some_and(|posterior| posterior.parameters().contains(&dimension));
        let learned = |replication| {
            self.learned(replication).find(|&(other, _)| other == dimension).map(|(_, value)| value)
        };
        let value = |replication| {
            let learned = if is_learned { learned(replication) } else { None };
            learned.unwrap_or_else(|| self.stated(dimension, replication))
        };
        replications.map(value).collect()
    }

    /// A parameter at a replication's point of its stated distribution.
    fn stated(&self, dimension: usize, replication: u32) -> f64 {
        let parameter = &self.values[dimension];
        if self.varies(dimension) {
            let spec = &self.register[dimension];
            quantile(spec, parameter, parameter_point(self.points, spec, replication))
        } else {
            parameter.value
        }
    }

    /// What the record has taught of a replication's parameters.
    fn learned(&self, replication: u32) -> impl Iterator<Item = (usize, f64)> {
        let posterior = self.posterior.as_ref();
        let draw = posterior.map(|posterior| posterior_draw(self.points, posterior, replication));
        draw.into_iter().flatten()
    }

    /// The place of the posterior's draw that a replication uses; nothing where there is no posterior.
    #[must_use]
    pub fn row(&self, replication: u32) -> Option<usize> {
        let posterior = self.posterior.as_ref()?;
        Some(posterior.row(posterior_point(self.points, posterior, replication)))
    }

    /// Whether a parameter varies over replications; one that `--set` has given a value does not.
    #[must_use]
    pub fn varies(&self, dimension: usize) -> bool {
        let fixed = |parameter: &ParameterValue| parameter.distribution == Distribution::Fixed;
        self.vary && self.values.get(dimension).is_some_and(|parameter| !fixed(parameter))
    }

    /// How many replications at a time parameters are spread evenly over; 1 where none varies.
    #[must_use]
    pub fn block(&self) -> usize {
        let varies = (0..self.values.len()).any(|dimension| self.varies(dimension));
        if varies { LatinHypercubes::BLOCK } else { 1 }
    }

    /// The parameters of one replication, before any policy's adjustments; `None` where their number
    /// is not that of the register.
    #[must_use]
    pub fn parameters(&self, replication: u32) -> Option<Parameters> {
        Parameters::from_values(&self.register, &self.values(replication))
    }
}

/// The coordinate of a parameter in a replication: that of its name.
#[must_use]
pub fn parameter_point(points: LatinHypercubes, spec: &ParameterSpec, replication: u32) -> f64 {
    points.point(name_number(&spec.name), replication.into())
}

/// The draw of a posterior that a replication uses: position in the register and value of each
/// parameter.
///
/// As many replications as there are draws of equal weight use each once, in an order of chance;
/// then they go round again in another. So fewer replications than draws are as independent of each
/// other as the draws are, and the error of their mean contains that of having finitely many draws.
/// Of unequal weight each is used as often as its weight says, to within one.
pub fn posterior_draw(
    points: LatinHypercubes,
    posterior: &Posterior,
    replication: u32,
) -> impl Iterator<Item = (usize, f64)> {
    posterior.at(posterior_point(points, posterior, replication))
}

/// The point of the cumulated weights of a posterior at which a replication's draw is.
fn posterior_point(points: LatinHypercubes, posterior: &Posterior, replication: u32) -> f64 {
    let dimension = name_number(OF_POSTERIOR);
    points.point_of_blocks(posterior.len(), dimension, replication.into())
}

/// The value of a parameter at a uniform draw: the inverse of its distribution function, cut to
/// the register's bounds.
#[must_use]
pub fn quantile(spec: &ParameterSpec, parameter: &ParameterValue, uniform: f64) -> f64 {
    let (low, value, high) = (parameter.low, parameter.value, parameter.high);
    let drawn = match parameter.distribution {
        Distribution::Uniform => distribution::uniform(uniform, low, high),
        Distribution::Triangular => distribution::triangular(uniform, low, value, high),
        Distribution::Normal => value + distribution::normal(uniform) * (high - low) / (2.0 * Z_95),
        // A range that touches 0 is refused where it is read, but of a value that is never.
        Distribution::LogNormal if low > 0.0 => {
            let spread = libm::log(high / low) / (2.0 * Z_95);
            distribution::lognormal(uniform, value, spread)
        }
        Distribution::Fixed | Distribution::LogNormal => value,
    };
    drawn.clamp(spec.min, spec.max)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The draws of a posterior of one parameter that replications use, in their order.
    fn used(weights: &[f64], replications: Range<u32>) -> Vec<usize> {
        let draws = (0..weights.len()).map(|row| (weights[row], vec![row as f64]));
        let posterior = Posterior::new(vec![7], draws.collect()).unwrap();
        let points = LatinHypercubes::new(5);
        let one = |replication| {
            let (position, row) = posterior_draw(points, &posterior, replication).next().unwrap();
            assert_eq!(position, 7);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let row = row as usize;
            row
        };
        replications.map(one).collect()
    }

    #[test]
    fn no_draw_of_a_posterior_comes_again_before_all_have_come() {
        let first = used(&[1.0; 50], 0..50);
        let second = used(&[1.0; 50], 50..100);
        assert_ne!(first, second);
        for mut round in [first, second] {
            round.sort_unstable();
            assert_eq!(round, (0..50).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_draw_is_used_as_often_as_its_weight_says() {
        // In rounds of four the last is used 1.6 times on average: once or twice.
        let rows = used(&[1.0, 2.0, 3.0, 4.0], 0..4_000);
        for (row, share) in [0.1, 0.2, 0.3, 0.4].into_iter().enumerate() {
            let found = rows.iter().filter(|&&used| used == row).count() as f64 / 4_000.0;
            assert!((found - share).abs() < 0.02, "{row}: {found}");
        }
        for round in rows.chunks(4) {
            let last = round.iter().filter(|&&row| row == 3).count();
            assert!((1..=2).contains(&last), "{round:?}");
        }
    }

    /// Whatever other parameters there are: the number is that of the name.
    #[test]
    fn a_parameter_is_drawn_by_its_name() {
        let points = LatinHypercubes::new(20_211_221);
        let register = Register::of_any();
        let wage = &register[register.position("wage").unwrap()];
        let found = parameter_point(points, wage, 1);
        assert_eq!(found.to_bits(), points.point(name_number("wage"), 1).to_bits());
        assert!((found - 0.199_871_719_788_898_95).abs() < 1e-15, "{found}");
    }

    /// A name's number must be its own.
    #[test]
    fn no_two_parameters_share_a_dimension() {
        let register = Register::of_any();
        let names = register.names().chain([OF_POSTERIOR]);
        let mut numbers: Vec<u64> = names.map(name_number).collect();
        numbers.sort_unstable();
        assert!(numbers.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
