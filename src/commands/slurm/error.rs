//! Why a batch was not written or submitted.

use std::io;
use std::path::PathBuf;

use crate::commands::run::RunError;
use crate::experiment::batch::ThreadError;
use crate::report::folder::output_folder::FolderError;

/// Why a batch was not written or submitted.
#[derive(Debug, thiserror::Error)]
pub enum SlurmError {
    /// Some shards would have nothing to do.
    #[error(
        "{replications} replications are kept in {blocks} blocks, so that {shards} shards would \
         leave some without work; take at most {blocks}"
    )]
    TooMany {
        /// The shards asked for.
        shards: u32,
        /// Replications of the run.
        replications: u32,
        /// Blocks, of which a shard has at least one.
        blocks: usize,
    },
    /// Slurm takes no array of that size.
    #[error(
        "Slurm here takes array indices below {most} (`MaxArraySize`), which is too few for \
         {shards} shards; take at most {} and give each more threads with `--cpus-per-task`",
        most - 1
    )]
    ArraySize {
        /// The shards asked for.
        shards: u32,
        /// Slurm's own limit.
        most: u32,
    },
    /// A batch is there already.
    #[error(
        "`{}` holds a batch already; add `--missing` instead of `--shards` to go on with it, name \
         another folder with `--output`, or remove `{}`", .0.display(), .0.join("slurm").display()
    )]
    Batch(PathBuf),
    /// A run is there already.
    #[error(
        "`{}` holds a run already; name another folder with `--output`, or remove it",
        .0.display()
    )]
    Run(PathBuf),
    /// There is no batch to go on with.
    #[error(
        "`{}` holds no batch to go on with; write one with `--shards N`", .0.display()
    )]
    NoBatch(PathBuf),
    /// The description of the batch is damaged.
    #[error(
        "`{}` does not describe a batch: {message}; remove this file, and write it anew with `yangjae \
         slurm SCENARIO --shards N --output DIR`: shards that are whole stay", path.display()
    )]
    Kept {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// A batch keeps the flags of `run` that it was begun with.
    #[error("a batch keeps its flags: `{0}` cannot be given with `--missing`")]
    FlagsOfBatch(String),
    /// What would be submitted was not shown.
    #[error(
        "nothing is submitted yet: `{}` keeps {words} from an earlier time; where these words are what \
         you want, submit with `yangjae slurm --missing --output {output} --submit={seen}`",
        path.display()
    )]
    NotShown {
        /// The description of the batch.
        path: PathBuf,
        /// What it keeps.
        words: String,
        /// The output folder, as a word.
        output: String,
        /// What stands for the words.
        seen: String,
    },
    /// A new batch keeps no words from an earlier time.
    #[error("`--submit={0}` goes with `--missing`; a new batch is submitted with `--submit`")]
    NothingSeen(String),
    /// A path cannot stand in a script.
    #[error("the path `{}` cannot stand in a script of a job", .0.display())]
    Path(PathBuf),
    /// An argument cannot stand in a script.
    #[error("the argument `{}` cannot stand in a script of a job", .0.escape_debug())]
    Argument(String),
    /// Slurm is not there.
    #[error(
        "`sbatch` cannot be started; submit from a machine with Slurm's programs, or run the \
         shards otherwise (src/commands/slurm/README.md)"
    )]
    NoSbatch(#[source] io::Error),
    /// Slurm refuses.
    #[error("`sbatch {script}` failed: {message}{after}", script = script.display())]
    Sbatch {
        /// What was submitted.
        script: PathBuf,
        /// What it says.
        message: String,
        /// What has been submitted before, and what to do.
        after: String,
    },
    /// The folder cannot be looked at.
    #[error("`{}` cannot be found", path.display())]
    Place {
        /// The path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file cannot be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The recipe does not fit the scenario, or shards cannot be read.
    #[error(transparent)]
    Recipe(#[from] RunError),
    /// Threads cannot be started.
    #[error(transparent)]
    Threads(#[from] ThreadError),
}

impl SlurmError {
    /// The program's exit status: 2 where the command line or an input is wrong.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::NoSbatch(_) | Self::Sbatch { .. } | Self::Place { .. } | Self::Threads(_) => 1,
            Self::Folder(error) if !error.is_of_command_line() => 1,
            Self::Recipe(error) => error.status(),
            _ => 2,
        }
    }
}
