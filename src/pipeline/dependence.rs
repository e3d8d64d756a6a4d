//! What a run's conclusions depend on, and what the record says of it.

use crate::analysis::results::Results;
use crate::analysis::sensitivity;
use crate::analysis::sensitivity::SensitivityRow;
use crate::evidence::calibration;
use crate::evidence::learning;
use crate::evidence::learning::Learned;
use crate::evidence::sources;
use crate::experiment::uncertainty::Uncertainty;
use crate::pipeline::error::WorkError;
use crate::scenario::Distribution;
use crate::scenario::Scenario;

/// The rows of `sensitivity.csv`, and what the record says of free parameters.
#[derive(Debug)]
pub struct Dependence<'a> {
    /// How differences move with parameters.
    pub rows: Vec<SensitivityRow<'a>>,
    learned: Vec<Learned>,
}

impl<'a> Dependence<'a> {
    /// Finds what the differences depend on.
    ///
    /// # Errors
    ///
    /// Fails if the values cannot be read.
    pub fn of(scenario: &Scenario, results: &Results<'a>) -> Result<Self, WorkError> {
        let uncertainty = Uncertainty::of(scenario);
        let free = calibration::free_parameters(scenario);
        let always: Vec<usize> = free.iter().map(|free| free.position).collect();
        let replications = results.archive.replications();
        let column = |parameter| uncertainty.column(parameter, replications.clone());
        let acts = |policy, parameter| sources::can_act(scenario, policy, parameter);
        let rows =
            sensitivity::sensitivity(results, scenario.register.len(), column, acts, &always)?;
        let learned = scenario.posterior.as_ref().map_or_else(Vec::new, |posterior| {
            let free: Vec<calibration::Free> = posterior
                .parameters()
                .iter()
                .filter_map(|&position| {
                    let stated = scenario.parameters.get(position)?.clone();
                    // A value of `--set` is not what the draws were fitted with.
                    (stated.distribution != Distribution::Fixed).then_some(())?;
                    let spec = scenario.register.get(position)?.clone();
                    Some(calibration::Free { position, spec, stated })
                })
                .collect();
            learning::learned(&free, &posterior.weighted(), posterior.effective())
        });
        Ok(Self { rows, learned })
    }

    /// Whether the record identifies a parameter; nothing where it was not fitted.
    #[must_use]
    pub fn identified(&self, parameter: usize) -> Option<&'static str> {
        let learned = self.learned.iter().find(|row| row.position == parameter);
        learned.map(|row| row.verdict.name())
    }
}
