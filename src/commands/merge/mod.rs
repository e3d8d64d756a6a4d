//! `yangjae merge`: shards become the run that they are parts of, byte for byte.

mod problem;
mod shards;

pub use problem::Problem;
pub use problem::Problems;

use std::num::NonZeroUsize;
use std::path::Path;
use std::path::PathBuf;

use crate::commands;
use crate::commands::Error;
use crate::commands::interrupt;
use crate::commands::merge::shards::Found;
use crate::commands::run;
use crate::commands::run::Engine;
use crate::commands::run::Job;
use crate::commands::run::Recipe;
use crate::commands::run::RunError;
use crate::commands::run::StudyEngine;
use crate::commands::run::begin;
use crate::commands::run::begin::Begun;
use crate::commands::run::begin::Manner;
use crate::commands::run::finish;
use crate::commands::run::finish::Told;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::experiment::block::BlockError;
use crate::experiment::block::archive::Archive;
use crate::experiment::block::file;
use crate::experiment::block::file::Block;
use crate::experiment::shard::Shard;
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
    #[arg(long, value_name = "DIR", value_parser = commands::output())]
    pub output: Option<PathBuf>,
    /// Use this many threads; results are the same on any number
    #[arg(long, value_name = "T", value_parser = commands::threads)]
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
        return Err(RunError::OutputIsInput(output).into());
    }
    for folder in &folders.twice {
        let folder = folder.display();
        progress::message(&format!("`{folder}` is named more than once; it is taken once"));
    }
    problems.extend(folders.without.into_iter().map(Problem::NoShard));
    let found = shards::read(folders.found, &mut problems);
    let found = shards::of_one_run(found, &mut problems);
    let Some(recipe) = recipe(&found, &mut problems) else {
        return Err(Problems(problems).into());
    };

    let stop = interrupt::watch();
    let engine = StudyEngine::new(&recipe.scenario);
    let workers = Workers::start(arguments.threads, &stop).map_err(RunError::from)?;
    let job = Job::new(&recipe, &engine, &workers);
    let blocks = blocks(&job, &found, &mut problems)?;
    if !problems.is_empty() {
        return Err(Problems(problems).into());
    }
    let path = arguments.output.clone();
    let path = path.unwrap_or_else(|| Path::new("output").join(&job.recipe.scenario.name));
    if found.iter().any(|shard| shard_folder::is_same(&shard.folder, &path)) {
        return Err(RunError::OutputIsInput(path).into());
    }
    Ok(write(&job, &blocks, &path, arguments)?)
}

/// The recipe of the whole run, from the first shard whose copy of the inputs is sound.
///
/// All shards list the same inputs, so one copy is enough; what is wrong with the others, which
/// `verify` would not let pass, is said.
fn recipe(found: &[Found], problems: &mut Vec<Problem>) -> Option<Recipe> {
    let mut sound = None;
    let mut damaged = Vec::new();
    for Found { folder, shard, manifest } in found {
        match kept::inputs(folder, &manifest.plan.inputs) {
            Ok(_) => sound = sound.or(Some((folder, *shard, &manifest.plan))),
            Err(files) => damaged.push(Problem::Inputs { shard: *shard, damaged: files }),
        }
    }
    let Some((folder, shard, plan)) = sound else {
        problems.extend(damaged);
        return None;
    };
    for problem in damaged {
        progress::message(&format!("{problem}; it is merged with the copy of shard {shard}"));
    }
    for Found { folder, shard, manifest } in found {
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
            problems.push(Problem::Recipe { shard, source });
            None
        }
    }
}

/// The blocks of all shards, each read through once.
fn blocks<E: Engine>(
    job: &Job<'_, E>,
    found: &[Found],
    problems: &mut Vec<Problem>,
) -> Result<Vec<Block>, RunError> {
    let mut all = Vec::new();
    for Found { folder, shard, manifest } in found {
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
                Err(source) => problems.push(Problem::Block { shard: *shard, source }),
            }
        }
        if problems.len() > before {
            continue;
        }
        match Archive::open(&blocks, &job.shape, replications) {
            Err(source) => problems.push(Problem::Block { shard: *shard, source }),
            Ok(archive) => {
                let sealed = archive.seal().to_string() == manifest.blocks.seal;
                if !sealed || archive.blocks() != paths.len() {
                    problems.push(Problem::Seal { shard: *shard, folder: folder.clone() });
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
) -> Result<Vec<Problem>, RunError> {
    let mut problems = Vec::new();
    blocks(job, &[Found { folder, shard, manifest }], &mut problems)?;
    Ok(problems)
}

/// Writes the whole run.
fn write<E: Engine>(
    job: &Job<'_, E>,
    blocks: &[Block],
    path: &Path,
    arguments: &Arguments,
) -> Result<(), RunError> {
    // Blocks of the same run that are there already are as good as copies.
    let manner = if arguments.force { Manner::Replace } else { Manner::Resume };
    let Some(begun) = begin::begin(job, path, manner)? else {
        return Ok(());
    };
    let told = results(job, blocks, &begun).map_err(|error| error.of_merge(path))?;
    run::show(job.recipe, told.as_ref(), &begun.folder, run::medium(arguments.quiet))
}

/// Brings the blocks together, and makes every file.
fn results<E: Engine>(
    job: &Job<'_, E>,
    blocks: &[Block],
    begun: &Begun,
) -> Result<Option<Told>, RunError> {
    copy(job, blocks, begun)?;
    let folder = &begun.folder;
    let archive = Archive::open(&folder.blocks(), &job.shape, job.recipe.replications())?;
    finish::finish(job, &archive, folder)
}

fn copy<E: Engine>(job: &Job<'_, E>, blocks: &[Block], begun: &Begun) -> Result<(), RunError> {
    for block in blocks {
        if job.workers.stopped() {
            return Err(RunError::Interrupted);
        }
        let held = block.replications();
        if begun.left.contains(&held) {
            shard_folder::copy_block(block.path(), held.start, &begun.folder.blocks())?;
        }
    }
    Ok(())
}
