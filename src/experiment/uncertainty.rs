//! The outer layer of chance: which parameter values a replication uses.
//!
//! Replication r uses point r of a scrambled Sobol' sequence over the declared distributions, the
//! same under every policy and whatever the number of replications (model, section 4).

use crate::random::Sobol;
use crate::random::distribution;
use crate::scenario::Distribution;
use crate::scenario::ParameterValue;
use crate::scenario::Scenario;
use crate::scenario::parameter::PARAMETERS;
use crate::scenario::parameter::Parameters;

/// The 95 % point of the standard normal distribution: ranges hold the central 90 %.
const Z_95: f64 = 1.644_853_626_951_472_2;

/// Draws parameter vectors.
#[derive(Clone, Debug)]
pub struct Uncertainty {
    sobol: Sobol,
    varies: bool,
    values: Vec<ParameterValue>,
}

impl Uncertainty {
    /// The uncertainty that a scenario states.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            sobol: Sobol::new(scenario.seed),
            varies: scenario.parameters_vary,
            values: scenario.parameters.clone(),
        }
    }

    /// The values of one replication in the order of the register.
    #[must_use]
    pub fn values(&self, replication: u32) -> Vec<f64> {
        self.values
            .iter()
            .enumerate()
            .map(|(dimension, parameter)| {
                if self.varies && parameter.distribution != Distribution::Fixed {
                    let uniform = self.sobol.point(dimension, u64::from(replication));
                    quantile(dimension, parameter, uniform)
                } else {
                    parameter.value
                }
            })
            .collect()
    }

    /// The parameters of one replication, with a policy's own values in place of the scenario's.
    #[must_use]
    pub fn parameters(&self, replication: u32, overrides: &[(usize, f64)]) -> Option<Parameters> {
        overridden(&self.values(replication), overrides)
    }
}

/// Parameters with a policy's own values in place of the scenario's; `None` where their number is
/// not that of the register.
#[must_use]
pub fn overridden(values: &[f64], overrides: &[(usize, f64)]) -> Option<Parameters> {
    let mut values = values.to_vec();
    for &(position, value) in overrides {
        if let Some(place) = values.get_mut(position) {
            *place = value;
        }
    }
    Parameters::from_values(&values)
}

/// The value of a parameter at a uniform draw: the inverse of its distribution function, cut to
/// the register's bounds.
#[must_use]
pub fn quantile(dimension: usize, parameter: &ParameterValue, uniform: f64) -> f64 {
    let (low, value, high) = (parameter.low, parameter.value, parameter.high);
    let drawn = match parameter.distribution {
        Distribution::Uniform => distribution::uniform(uniform, low, high),
        Distribution::Triangular => distribution::triangular(uniform, low, value, high),
        Distribution::Normal => value + distribution::normal(uniform) * (high - low) / (2.0 * Z_95),
        Distribution::LogNormal if low > 0.0 => {
            let spread = libm::log(high / low) / (2.0 * Z_95);
            distribution::lognormal(uniform, value, spread)
        }
        // A log-normal whose range touches 0 has no spread; the reader refuses it.
        Distribution::Fixed | Distribution::LogNormal => value,
    };
    PARAMETERS.get(dimension).map_or(drawn, |spec| drawn.clamp(spec.min, spec.max))
}
