//! The hold-out: the scenario fitted to the figures up to a year, as `calibrate` does it.

use crate::analysis::observed::ObservedRecord;
use crate::commands::evidence_error::EvidenceError;
use crate::commands::validate::arguments::Arguments;
use crate::evidence::calibration;
use crate::evidence::calibration::RecordModel;
use crate::evidence::sampler::Sampler;
use crate::evidence::sampler::SamplerSettings;
use crate::experiment::batch::Workers;
use crate::scenario::Observation;
use crate::scenario::Scenario;
use crate::scenario::posterior::Posterior;

/// The scenario with a posterior that knows nothing of later years.
///
/// # Errors
///
/// Fails if nothing is free or observed up to then, the simulation fails, or somebody stops it.
pub(super) fn fitted(
    scenario: &Scenario,
    until: u16,
    arguments: &Arguments,
    workers: &Workers<'_>,
) -> Result<Scenario, EvidenceError> {
    let free = calibration::free_parameters(scenario);
    if free.is_empty() {
        return Err(EvidenceError::nothing_free(scenario));
    }
    let early: Vec<Observation> =
        scenario.observed.iter().filter(|row| row.year <= until).cloned().collect();
    let record = ObservedRecord::new(scenario, &early);
    if record.rows().is_empty() {
        return Err(EvidenceError::NothingObserved(format!(
            "the scenario has no observed figure up to {until} that can be simulated; \
             `--fit-until` needs some to fit to"
        )));
    }
    let settings = SamplerSettings {
        particles: arguments.particles as usize,
        records: 1,
        keep: 0.7,
        tolerance: 1.0,
        most_generations: 40,
        least_acceptance: 0.01,
        seed: scenario.seed,
    };
    let model = RecordModel::new(&record, &free, scenario.seed);
    let observed = model.observed();
    let sampler = Sampler { model: &model, observed: &observed, settings, workers };
    let mut state = sampler.first(&arguments.bar("fit: prior", arguments.particles))?;
    while state.end(&settings).is_none() {
        let name = format!("fit: generation {}", state.generations.len());
        state = sampler.next(&state, &arguments.bar(&name, arguments.particles))?;
    }
    let draws = calibration::draws(&state, &observed, &free);
    let positions = free.iter().map(|free| free.position).collect();
    let posterior = Posterior::new(positions, draws);
    Ok(Scenario { posterior, ..scenario.clone() })
}
