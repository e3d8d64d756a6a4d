//! What `run` and `merge` share: blocks become a whole run in an output folder. And why one is not
//! finished, with which exit status.

use std::io;
use std::path::Path;

use crate::commands::show;
use crate::experiment::block::archive::Archive;
use crate::pipeline::begin;
use crate::pipeline::begin::BeginError;
use crate::pipeline::begin::Begun;
use crate::pipeline::begin::Manner;
use crate::pipeline::engine::Engine;
use crate::pipeline::error::DiskFull;
use crate::pipeline::error::WorkError;
use crate::pipeline::finish;
use crate::pipeline::finish::FinishError;
use crate::pipeline::finish::Told;
use crate::pipeline::interrupt;
use crate::pipeline::job::Job;

/// Why a run is not whole.
#[derive(Debug, thiserror::Error)]
pub enum WholeError {
    /// What is in the output folder is in the way.
    #[error(transparent)]
    Begin(#[from] BeginError),
    /// The blocks are not complete.
    #[error(transparent)]
    Work(#[from] WorkError),
    /// The blocks are complete, and the rest is not.
    #[error(transparent)]
    Finish(FinishError),
    /// The disk is full.
    #[error(transparent)]
    DiskFull(#[from] DiskFull),
    /// The summary cannot be printed.
    #[error("the summary cannot be printed; the tables are written")]
    Print(#[source] io::Error),
    /// Somebody has stopped it, and it can go on.
    #[error("interrupted; {0}")]
    Stopped(String),
}

impl WholeError {
    /// The program's exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Begin(error) => error.status(),
            Self::Work(error) => error.status(),
            Self::Finish(error) => error.status(),
            Self::DiskFull(_) | Self::Print(_) => 1,
            Self::Stopped(_) => interrupt::status(),
        }
    }
}

impl From<FinishError> for WholeError {
    fn from(error: FinishError) -> Self {
        match error {
            FinishError::Work(error) => Self::Work(error),
            error => Self::Finish(error),
        }
    }
}

/// How the command goes on after it broke off.
#[derive(Clone, Debug)]
pub struct Again {
    /// What is added to it.
    pub with: &'static str,
    /// What is said where somebody has stopped it.
    pub stopped: String,
}

/// Begins in a folder, has `blocks` make those that are left, makes every file, and shows the summary.
///
/// # Errors
///
/// Fails if the folder cannot be used, a block or file cannot be made, or somebody stops it; then no
/// table has its name.
pub fn write<E: Engine>(
    job: &Job<'_, E>,
    (path, manner): (&Path, Manner),
    again: Again,
    quiet: bool,
    blocks: impl FnOnce(&Begun) -> Result<(), WorkError>,
) -> Result<(), WholeError> {
    let Some(begun) = begin::begin(job, path, manner)? else {
        return Ok(());
    };
    let told = results(job, &begun, blocks).map_err(|error| match error {
        WholeError::Work(WorkError::Interrupted) => WholeError::Stopped(again.stopped),
        error => DiskFull::of(error, again.with, path).map_or_else(|error| error, WholeError::from),
    })?;
    let medium = show::medium(quiet);
    show::show(job.recipe, told.as_ref(), &begun.folder, medium).map_err(WholeError::Print)
}

fn results<E: Engine>(
    job: &Job<'_, E>,
    begun: &Begun,
    blocks: impl FnOnce(&Begun) -> Result<(), WorkError>,
) -> Result<Option<Told>, WholeError> {
    blocks(begun)?;
    let folder = &begun.folder;
    let archive = Archive::open(&folder.blocks(), &job.shape, job.recipe.replications());
    Ok(finish::finish(job, &archive.map_err(WorkError::from)?, folder)?)
}
