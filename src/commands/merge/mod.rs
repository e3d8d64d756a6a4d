//! `yangjae merge`: shards become the run that they are parts of, byte for byte.

pub mod error;
pub mod problem;
mod shards;

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use crate::commands::error::Error;
use crate::commands::interrupt;
use crate::commands::merge::error::MergeError;
use crate::commands::merge::problem::ShardProblem;
use crate::commands::merge::problem::ShardProblems;
use crate::commands::merge::shards::FoundShard;
use crate::commands::options;
use crate::commands::output::OutputError;
use crate::commands::whole;
use crate::commands::whole::Again;
use crate::commands::whole::WholeError;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::experiment::block::BlockError;
use crate::experiment::block::archive::Archive;
use crate::experiment::block::file;
use crate::experiment::block::file::Block;
use crate::experiment::shard::Shard;
use crate::pipeline::begin::Begun;
use crate::pipeline::begin::Manner;
use crate::pipeline::engine::Engine;
use crate::pipeline::error::WorkError;
use crate::pipeline::job::Job;
use crate::pipeline::recipe::Recipe;
use crate::pipeline::study::StudyEngine;
use crate::report::folder::kept;
use crate::report::folder::manifest::Manifest;
use crate::report::folder::output_folder;
use crate::report::folder::shard_folder;
use crate::report::text::progress;

/// Arguments of `merge`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Folders of shards, in any order, or a folder that holds them
    #[arg(value_name = "DIR", required = true)]
    pub shards: Vec<PathBuf>,
    /// Write here instead of output/NAME-OF-SCENARIO
    #[arg(long, value_name = "DIR", value_parser = options::output())]
    pub output: Option<PathBuf>,
    /// Use this many threads; results are the same on any number
    #[arg(long, value_name = "T", value_parser = options::threads)]
    pub threads: Option<NonZeroUsize>,
    /// Print no summary
    #[arg(long)]
    pub quiet: bool,
    /// Replace another run in the output folder
    #[arg(long)]
    pub force: bool,
}

/// Merges shards.
///
/// # Errors
///
/// Fails with everything that is wrong with the shards, if the output folder cannot be used, or as
/// a run fails.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let mut problems = Vec::new();
    let folders = shard_folder::find(&arguments.shards, arguments.output.as_deref());
    if let Some(output) = folders.output
        && (folders.output_is_named || shard_folder::is_of_shard(&output))
    {
        return Err(MergeError::from(OutputError::IsShard(output)).into());
    }
    for folder in &folders.twice {
        let folder = folder.display();
        progress::message(&format!("`{folder}` is named more than once; it is taken once"));
    }
    problems.extend(folders.without.into_iter().map(ShardProblem::NoShard));
    let stop = interrupt::watch();
    let shards = folders.found;
    let output = merged((shards.clone(), problems), arguments.output.clone(), arguments, &stop)?;
    let within = |shard: &PathBuf| output_folder::futures(shard).into_iter().map(|(name, _)| name);
    let futures: BTreeSet<String> = shards.iter().flat_map(within).collect();
    for future in futures {
        let shards = shards.iter().map(|shard| output_folder::of_future(shard, &future));
        let shards = shards.filter(|shard| shard.exists()).collect();
        let output = output_folder::of_future(&output, &future);
        merged((shards, Vec::new()), Some(output), arguments, &stop)?;
    }
    Ok(())
}

/// Merges the shards of one run, as it is or in a future, and gives the folder.
fn merged(
    (folders, mut problems): (Vec<PathBuf>, Vec<ShardProblem>),
    output: Option<PathBuf>,
    arguments: &Arguments,
    stop: &AtomicBool,
) -> Result<PathBuf, Error> {
    let found = shards::read(folders, &mut problems);
    let found = shards::of_one_run(found, &mut problems);
    let Some(recipe) = recipe(&found, &mut problems) else {
        return Err(MergeError::from(ShardProblems(problems)).into());
    };
    let engine = StudyEngine::new(&recipe.scenario);
    let workers = Workers::start(arguments.threads, stop).map_err(WorkError::from)?;
    let job = Job::new(&recipe, &engine, &workers);
    let blocks = blocks(&job, &found, &mut problems)?;
    if !problems.is_empty() {
        return Err(MergeError::from(ShardProblems(problems)).into());
    }
    let path = output.unwrap_or_else(|| {
        let path = Path::new("output").join(&job.recipe.scenario.name);
        let future = job.recipe.choices.future.as_ref();
        future.map_or_else(|| path.clone(), |future| output_folder::of_future(&path, future))
    });
    if found.iter().any(|shard| shard_folder::is_same(&shard.folder, &path)) {
        return Err(MergeError::from(OutputError::IsShard(path)).into());
    }
    write(&job, &blocks, &path, arguments).map_err(MergeError::from)?;
    Ok(path)
}

/// The recipe of the whole run, from the first shard whose copy of the inputs is sound.
///
/// All shards list the same inputs, so one copy is enough; what is wrong with the others, which
/// `verify` would not let pass, is said.
fn recipe(found: &[FoundShard], problems: &mut Vec<ShardProblem>) -> Option<Recipe> {
    let mut sound = None;
    let mut damaged = Vec::new();
    for FoundShard { folder, shard, manifest } in found {
        match kept::inputs(folder, &manifest.plan.inputs) {
            Ok(_) => sound = sound.or(Some((folder, *shard, &manifest.plan))),
            Err(files) => damaged.push(ShardProblem::Inputs { shard: *shard, damaged: files }),
        }
    }
    let Some((folder, shard, plan)) = sound else {
        problems.extend(damaged);
        return None;
    };
    for problem in damaged {
        progress::message(&format!("{problem}; it is merged with the copy of shard {shard}"));
    }
    for FoundShard { folder, shard, manifest } in found {
        if let Some(damaged) = kept::plan(folder, &manifest.plan) {
            progress::message(&format!(
                "shard {shard}: {damaged}; it is merged by its manifest, and `--resume` writes \
                 the plan again"
            ));
        }
    }
    match Recipe::from_folder(folder, plan) {
        Ok(mut recipe) => {
            // No copy of the inputs tells what lay beside them.
            recipe.scenario.not_read.clone_from(&found[0].manifest.not_read);
            Some(recipe.whole())
        }
        Err(source) => {
            problems.push(ShardProblem::Recipe { shard, source });
            None
        }
    }
}

/// The blocks of all shards, each read through once.
fn blocks<E: Engine>(
    job: &Job<'_, E>,
    found: &[FoundShard],
    problems: &mut Vec<ShardProblem>,
) -> Result<Vec<Block>, WorkError> {
    let mut all = Vec::new();
    for FoundShard { folder, shard, manifest } in found {
        let blocks = output_folder::blocks_of(folder);
        let replications = shard.replications(job.recipe.scenario.replications);
        let paths = file::list(&blocks)?;
        // What is wrong with a block is told of every block, so none stops the others.
        let checked = job.workers.map_in_order(
            paths.len(),
            || (),
            |(), number| Ok::<_, Halted<BlockError>>(file::check(&paths[number], &job.shape)),
        )?;
        let before = problems.len();
        for block in checked {
            match block {
                Ok(block) => all.push(block),
                Err(source) => problems.push(ShardProblem::Block { shard: *shard, source }),
            }
        }
        if problems.len() > before {
            continue;
        }
        match Archive::open(&blocks, &job.shape, replications) {
            Err(source) => problems.push(ShardProblem::Block { shard: *shard, source }),
            Ok(archive) => {
                let sealed = archive.seal().to_string() == manifest.blocks.seal;
                if !sealed || archive.blocks() != paths.len() {
                    problems.push(ShardProblem::Seal { shard: *shard, folder: folder.clone() });
                }
            }
        }
    }
    Ok(all)
}

/// What is wrong with the blocks of one finished shard.
pub(in crate::commands) fn problems_of<E: Engine>(
    job: &Job<'_, E>,
    folder: PathBuf,
    shard: Shard,
    manifest: Manifest,
) -> Result<Vec<ShardProblem>, WorkError> {
    let mut problems = Vec::new();
    blocks(job, &[FoundShard { folder, shard, manifest }], &mut problems)?;
    Ok(problems)
}

/// Writes the whole run.
fn write<E: Engine>(
    job: &Job<'_, E>,
    blocks: &[Block],
    path: &Path,
    arguments: &Arguments,
) -> Result<(), WholeError> {
    // Blocks of the same run that are there already are as good as copies.
    let manner = if arguments.force { Manner::Replace } else { Manner::Resume };
    let again = Again {
        with: "",
        stopped: "no table was written, and the same command goes on".to_owned(),
    };
    let copied = |begun: &Begun| copy(job, blocks, begun);
    let future = job.recipe.choices.future.as_ref();
    whole::write(job, (path, manner), again, arguments.quiet || future.is_some(), copied)?;
    if let Some(future) = future.filter(|_| !arguments.quiet) {
        progress::message(&format!("future `{future}`: in {}", path.display()));
    }
    Ok(())
}

fn copy<E: Engine>(job: &Job<'_, E>, blocks: &[Block], begun: &Begun) -> Result<(), WorkError> {
    for block in blocks {
        if job.workers.stopped() {
            return Err(WorkError::Interrupted);
        }
        let held = block.replications();
        if begun.left.contains(&held) {
            shard_folder::copy_block(block.path(), held.start, &begun.folder.blocks())?;
        }
    }
    Ok(())
}
