//! Which shards are not there whole, from the files themselves: neither Slurm's states nor its
//! accounting say for certain that a shard was written.

use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

use crate::commands::merge;
use crate::commands::slurm::batch::Batch;
use crate::commands::slurm::error::SlurmError;
use crate::experiment::batch::Workers;
use crate::experiment::block::file;
use crate::experiment::shard::Shard;
use crate::pipeline::engine::Engine;
use crate::pipeline::job::Job;
use crate::pipeline::study::StudyEngine;
use crate::report::folder::manifest;
use crate::report::folder::output_folder;
use crate::report::folder::shard_folder;

/// What is left to do.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Shards that are not there whole, with the reason.
    pub(super) missing: Vec<(u32, String)>,
    /// Shards that a task is writing now.
    pub(super) running: Vec<u32>,
}

/// Looks at every shard, and reads every block of those that say they are finished.
pub(super) fn find(batch: &Batch) -> Result<Left, SlurmError> {
    let engine = StudyEngine::new(&batch.recipe.scenario);
    let never = AtomicBool::new(false);
    let workers = Workers::start(NonZeroUsize::new(1), &never)?;
    let job = Job::new(&batch.recipe, &engine, &workers);
    let mut left = Left::default();
    for number in 1..=batch.kept.shards {
        let folder = batch.shard(number);
        if shard_folder::is_in_use(&folder).unwrap_or(false) {
            left.running.push(number);
        } else if let Some(reason) = reason(batch, &job, number)? {
            left.missing.push((number, reason));
        }
    }
    Ok(left)
}

/// Why a shard is not there whole; none where it is.
fn reason<E: Engine>(
    batch: &Batch,
    job: &Job<'_, E>,
    number: u32,
) -> Result<Option<String>, SlurmError> {
    let folder = batch.shard(number);
    let blocks = output_folder::blocks_of(&folder);
    let Some(shard) = Shard::new(number, batch.kept.shards) else {
        return Ok(None);
    };
    let manifest = match manifest::read(&folder) {
        Ok(Some(manifest)) => manifest,
        Ok(None) => {
            let finished = file::list(&blocks).map_or(0, |blocks| blocks.len());
            let of = shard.blocks(batch.recipe.scenario.replications).len();
            return Ok(Some(format!("{finished} of {of} blocks are finished")));
        }
        Err(error) => return Ok(Some(error.to_string())),
    };
    let mut plan = batch.recipe.plan();
    plan.shard = Some(shard.to_string());
    let differences = manifest.plan.differences(&plan, "there", "in the batch");
    if !differences.is_empty() {
        return Ok(Some(differences.join("; ")));
    }
    let problems = merge::problems_of(job, folder, shard, manifest)?;
    Ok(problems.first().map(ToString::to_string))
}
