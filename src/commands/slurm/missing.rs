//! Which shards are not there whole, from the files themselves: neither Slurm's states nor its
//! accounting say for certain that a shard was written.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use crate::commands::merge;
use crate::commands::slurm::batch::Batch;
use crate::commands::slurm::error::SlurmError;
use crate::experiment::batch::Workers;
use crate::experiment::block::file;
use crate::experiment::shard::Shard;
use crate::pipeline::engine::Engine;
use crate::pipeline::job::Job;
use crate::pipeline::recipe::Recipe;
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
    let never = AtomicBool::new(false);
    let workers = Workers::start(NonZeroUsize::new(1), &never)?;
    let mut missing = BTreeMap::new();
    let mut running = BTreeSet::new();
    for recipe in std::iter::once(&batch.recipe).chain(&batch.futures) {
        let engine = StudyEngine::new(&recipe.scenario);
        let job = Job::new(recipe, &engine, &workers);
        for number in 1..=batch.kept.shards {
            if shard_folder::is_in_use(&folder(batch, recipe, number)).unwrap_or(false) {
                running.insert(number);
            } else if let Some(reason) = reason(batch, &job, number)? {
                let future = recipe.choices.future.as_ref();
                let of = future.map_or_else(String::new, |name| format!("future `{name}`: "));
                missing.entry(number).or_insert_with(|| of + &reason);
            }
        }
    }
    // A task that is writing now makes what is missing of its shard.
    missing.retain(|number, _| !running.contains(number));
    Ok(Left { missing: missing.into_iter().collect(), running: running.into_iter().collect() })
}

/// The folder of a shard as it is, or in a future.
fn folder(batch: &Batch, recipe: &Recipe, number: u32) -> PathBuf {
    let shard = batch.shard(number);
    let future = recipe.choices.future.as_ref();
    future.map_or_else(|| shard.clone(), |future| output_folder::of_future(&shard, future))
}

/// Why a shard is not there whole; none where it is.
fn reason<E: Engine>(
    batch: &Batch,
    job: &Job<'_, E>,
    number: u32,
) -> Result<Option<String>, SlurmError> {
    let folder = folder(batch, job.recipe, number);
    let blocks = output_folder::blocks_of(&folder);
    let Some(shard) = Shard::new(number, batch.kept.shards) else {
        return Ok(None);
    };
    let manifest = match manifest::read(&folder) {
        Ok(Some(manifest)) => manifest,
        Ok(None) => {
            let finished = file::list(&blocks).map_or(0, |blocks| blocks.len());
            let of = shard.blocks(job.recipe.scenario.replications).len();
            return Ok(Some(format!("{finished} of {of} blocks are finished")));
        }
        Err(error) => return Ok(Some(error.to_string())),
    };
    let mut plan = job.recipe.plan();
    plan.shard = Some(shard.to_string());
    let differences = manifest.plan.differences(&plan, "there", "in the batch");
    if !differences.is_empty() {
        return Ok(Some(differences.join("; ")));
    }
    let problems = merge::problems_of(job, folder, shard, manifest)?;
    Ok(problems.first().map(ToString::to_string))
}
