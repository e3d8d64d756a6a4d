//! Some replications, chosen at random at the time of the proof, simulated again: which ones cannot be
//! known when a folder is made.

use std::hash::BuildHasher;
use std::hash::RandomState;
use std::ops::Range;
use std::str::FromStr;

use rand::seq::index;

use crate::commands::verify::error::Fault;
use crate::experiment::batch::Halted;
use crate::experiment::block::BlockError;
use crate::experiment::block::archive::Archive;
use crate::pipeline::engine::Engine;
use crate::pipeline::error::WorkError;
use crate::pipeline::job::Job;
use crate::random::Key;
use crate::random::KeyedRng;
use crate::random::Purpose;

/// Why a sample could not be compared.
#[derive(Debug, thiserror::Error)]
enum SampleError<E> {
    #[error(transparent)]
    Model(E),
    #[error(transparent)]
    Block(#[from] BlockError),
}

/// How many replications are simulated again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleSize {
    /// Every one.
    All,
    /// So many, or every one where there are fewer.
    Some(u32),
}

impl FromStr for SampleSize {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(Self::All),
            number => number
                .parse()
                .map(Self::Some)
                .map_err(|_| "expected a whole number, or `all`".to_owned()),
        }
    }
}

impl SampleSize {
    /// Chooses among replications without replacement, each set as likely as another; rising.
    pub(super) fn choose(self, held: Range<u32>, seed: u64) -> Vec<u32> {
        let count = match self {
            Self::Some(count) if (count as usize) < held.len() => count as usize,
            _ => return held.collect(),
        };
        let mut rng = KeyedRng::new(Key::world(seed, 0), 0, Purpose::Lottery);
        let mut places = index::sample(&mut rng, held.len(), count).into_vec();
        places.sort_unstable();
        places.into_iter().filter_map(|place| held.clone().nth(place)).collect()
    }
}

/// A seed that nobody knows beforehand.
pub(super) fn new_seed() -> u64 {
    RandomState::new().hash_one(0_u8)
}

/// The line for replications that gave the same values.
pub(super) fn told(chosen: &[u32], of: usize, seed: u64) -> String {
    if chosen.is_empty() {
        return format!("replications  none of {of} simulated again");
    }
    if chosen.len() == of {
        return format!("replications  all {of} simulated again: the same values");
    }
    format!(
        "replications  {} of {of} simulated again, chosen at random (--seed {seed}): the same values",
        chosen.len()
    )
}

/// What a sample cannot show, as the end of a sentence.
///
/// # Formula
///
/// A change of f of n replications is missed by k that are chosen without replacement with probability
/// C(n − f, k) / C(n, k).
pub(super) fn on_trust(chosen: &[u32], of: usize) -> String {
    let rest = of - chosen.len();
    if rest == 0 {
        return "nothing in it is on trust but this program".to_owned();
    }
    if chosen.is_empty() {
        return format!(
            "the values of all {rest} replications are on trust, as none was simulated again; \
             `--sample all` simulates every one"
        );
    }
    let missed = |forged: usize| -> f64 {
        let place = |seen: usize| (of - forged).saturating_sub(seen) as f64 / (of - seen) as f64;
        (0..chosen.len()).map(place).product()
    };
    let tenth = of.div_ceil(10);
    let more = match tenth {
        1 => String::new(),
        _ => format!(", of {tenth} with {:.3}", missed(tenth)),
    };
    format!(
        "the values of {rest} replications are on trust: a change of one would be missed with \
         probability {:.3}{more}; `--sample all` simulates every one",
        missed(1)
    )
}

/// Simulates replications again, and notes the first value of each that differs.
pub(super) fn compare<E: Engine>(
    job: &Job<'_, E>,
    archive: &Archive,
    chosen: &[u32],
    faults: &mut Vec<Fault>,
) -> Result<(), WorkError> {
    let one = |workspace: &mut E::Workspace, number: usize| {
        let replication = chosen[number];
        let values = job.engine.simulate(replication, workspace).map_err(SampleError::Model)?;
        Ok(difference(job, archive, replication, &values).map_err(SampleError::Block)?)
    };
    let found = job.workers.map_in_order(chosen.len(), || job.engine.workspace(), one);
    let found = found.map_err(|error| match error {
        Halted::Stopped => WorkError::Interrupted,
        Halted::Failed(SampleError::Model(error)) => WorkError::Simulation(Box::new(error)),
        Halted::Failed(SampleError::Block(error)) => WorkError::Block(error),
        Halted::Panicked { message, .. } => WorkError::Statistics { message },
    })?;
    faults.extend(found.into_iter().flatten());
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_chosen_by_its_seed_without_repetition_and_evenly() {
        assert_eq!(SampleSize::All.choose(3..6, 1), [3, 4, 5]);
        assert_eq!(SampleSize::Some(9).choose(3..6, 1), [3, 4, 5]);
        assert_eq!(SampleSize::Some(0).choose(3..6, 1), [0; 0]);
        assert_eq!(SampleSize::Some(5).choose(0..200, 7), SampleSize::Some(5).choose(0..200, 7));
        let mut seen = [0_u32; 10];
        for seed in 0..2_000 {
            let chosen = SampleSize::Some(3).choose(10..20, seed);
            assert!(chosen.len() == 3 && chosen.windows(2).all(|pair| pair[0] < pair[1]));
            for one in chosen {
                seen[one as usize - 10] += 1;
            }
        }
        // 600 each, with a standard deviation of 20.
        assert!(seen.iter().all(|&times| (500..700).contains(&times)), "{seen:?}");
    }

    #[test]
    fn what_a_sample_can_miss_is_told() {
        assert!(on_trust(&[], 6).starts_with("the values of all 6 replications are on trust, as"));
        assert_eq!(told(&[], 6, 1), "replications  none of 6 simulated again");
        assert!(on_trust(&[1, 2], 2).contains("nothing in it is on trust"));
        // C(9, 5) / C(10, 5) = 1/2.
        assert!(on_trust(&[0; 5], 10).contains("with probability 0.500; `--sample all`"));
        // C(180, 5) / C(200, 5).
        assert!(on_trust(&[0; 5], 200).contains("0.975, of 20 with 0.587"));
    }
}
