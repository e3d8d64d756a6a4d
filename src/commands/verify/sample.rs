//! Some replications, simulated again.

use crate::commands::run::Engine;
use crate::commands::run::Job;
use crate::commands::run::RunError;
use crate::commands::verify::Fault;
use crate::experiment::batch::Halted;
use crate::experiment::block::BlockError;
use crate::experiment::block::archive::Archive;

/// Why a sample could not be compared.
#[derive(Debug, thiserror::Error)]
enum SampleError<E> {
    #[error(transparent)]
    Model(E),
    #[error(transparent)]
    Block(#[from] BlockError),
}

/// Simulates `count` replications again, spread evenly, and notes the first value of each that
/// differs. Returns the replications.
pub(super) fn compare<E: Engine>(
    job: &Job<'_, E>,
    archive: &Archive,
    count: u32,
    faults: &mut Vec<Fault>,
) -> Result<Vec<u32>, RunError> {
    let held = archive.replications();
    let chosen: Vec<u32> =
        spread(held.end - held.start, count).into_iter().map(|place| held.start + place).collect();
    let one = |workspace: &mut E::Workspace, number: usize| {
        let replication = chosen[number];
        let values = job.engine.simulate(replication, workspace).map_err(SampleError::Model)?;
        Ok(difference(job, archive, replication, &values).map_err(SampleError::Block)?)
    };
    let found = job.workers.map_in_order(chosen.len(), || job.engine.workspace(), one);
    let found = found.map_err(|error| match error {
        Halted::Stopped => RunError::Interrupted,
        Halted::Failed(SampleError::Model(error)) => RunError::Simulation(Box::new(error)),
        Halted::Failed(SampleError::Block(error)) => RunError::Block(error),
        Halted::Panicked { message, .. } => RunError::Statistics { message },
    })?;
    faults.extend(found.into_iter().flatten());
    Ok(chosen)
}

/// The first value of a replication that is not the stored one.
fn difference<E: Engine>(
    job: &Job<'_, E>,
    archive: &Archive,
    replication: u32,
    values: &[Vec<f64>],
) -> Result<Option<Fault>, BlockError> {
    for (policy, (layout, values)) in job.layouts.iter().zip(values).enumerate() {
        let all: Vec<usize> = (0..layout.series.len()).collect();
        let stored = archive.replication(policy, &all, replication)?;
        let years = layout.years.len().max(1);
        for (place, (&simulated, &stored)) in values.iter().zip(&stored).enumerate() {
            // Whole numbers are stored without the sign of zero; nothing else is lost.
            if simulated.to_bits() != stored.to_bits() && !(simulated == 0.0 && stored == 0.0) {
                let series = &layout.series[place / years];
                return Ok(Some(Fault::Value {
                    replication,
                    policy: layout.policy.clone(),
                    series: format!("{} of {}", series.name, series.place),
                    year: layout.years[place % years],
                    stored,
                    simulated,
                }));
            }
        }
    }
    Ok(None)
}

/// At most `count` numbers below `length`, spread evenly, with the first and the last.
fn spread(length: u32, count: u32) -> Vec<u32> {
    let count = count.min(length);
    let last = u64::from(length.saturating_sub(1));
    let steps = u64::from(count.saturating_sub(1)).max(1);
    let place = |number: u32| u32::try_from(u64::from(number) * last / steps).unwrap_or(0);
    (0..count).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_spread_with_both_ends_and_nothing_twice() {
        assert_eq!(spread(200, 5), [0, 49, 99, 149, 199]);
        assert_eq!(spread(3, 5), [0, 1, 2]);
        assert_eq!(spread(10, 1), [0]);
        assert_eq!(spread(0, 5), [0; 0]);
        assert_eq!(spread(10, 0), [0; 0]);
        for (length, count) in [(7, 6), (100, 99), (1_000_000, 37)] {
            let chosen = spread(length, count);
            assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]), "{length} {count}");
            assert_eq!(chosen.last(), Some(&(length - 1)));
        }
    }
}
