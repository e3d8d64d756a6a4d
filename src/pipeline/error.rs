//! Why the work of a run, a merge or a proof broke off, and with which exit status.

use std::error::Error;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::analysis::evaluation::EvaluationError;
use crate::analysis::results::ReadError;
use crate::analysis::study::StudyError;
use crate::experiment::batch::BatchError;
use crate::experiment::batch::Halted;
use crate::experiment::batch::ThreadError;
use crate::experiment::block::BlockError;
use crate::experiment::block::Damage;
use crate::experiment::whole_file::WriteError;
use crate::explore::assemble::AssemblyError;
use crate::explore::data::DataError;
use crate::model::StepError;
use crate::pipeline::asked_for::AskedForError;
use crate::pipeline::interrupt;
use crate::report::folder::output_folder::FolderError;
use crate::report::tables::outcomes::OutcomesError;
use crate::report::tables::replications::ReplicationsError;
use crate::report::tables::table::TableError;

/// Why it broke off: simulating, summarising or writing, whoever asked for it.
#[derive(Debug, thiserror::Error)]
pub enum WorkError {
    /// The output folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The threads cannot be started.
    #[error(transparent)]
    Threads(#[from] ThreadError),
    /// The simulation failed.
    #[error("the simulation failed")]
    Simulation(#[source] Box<dyn Error + Send + Sync>),
    /// Values cannot be read or written.
    #[error("{error}{}", made_anew(.0), error = .0)]
    Block(#[from] BlockError),
    /// A computation broke off.
    #[error("the statistics failed: {message}; this is a mistake in the program")]
    Statistics {
        /// What it said.
        message: String,
    },
    /// What is asked for is nowhere in the results.
    #[error(transparent)]
    AskedFor(#[from] AskedForError),
    /// A table cannot be written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The live page has no data.
    #[error(transparent)]
    LiveData(#[from] DataError),
    /// The live page cannot be put together.
    #[error(transparent)]
    LivePage(#[from] AssemblyError),
    /// The manifest cannot be written.
    #[error(transparent)]
    Manifest(#[from] WriteError),
    /// There is no temporary folder for files that are made to be compared.
    #[error("no temporary folder can be made")]
    Scratch(#[source] io::Error),
    /// Somebody has stopped it.
    #[error("interrupted; nothing was written")]
    Interrupted,
}

impl WorkError {
    /// The program's exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Folder(error) if error.is_of_command_line() => 2,
            Self::Simulation(error) if is_of_scenario(error.as_ref()) => 2,
            Self::AskedFor(_) => 2,
            Self::Interrupted => interrupt::status(),
            _ => 1,
        }
    }
}

/// The disk is full.
#[derive(Debug, thiserror::Error)]
#[error(
    "the disk is full; free some room, and the same command{again} goes on from the finished \
     blocks in `{}`", folder.display()
)]
pub struct DiskFull {
    again: &'static str,
    folder: PathBuf,
    source: Box<dyn Error + Send + Sync>,
}

impl DiskFull {
    /// The error that a full disk is the cause of. `again` is what is added to the command that goes on
    /// with the blocks in `folder`.
    ///
    /// # Errors
    ///
    /// Gives an error of another cause back.
    pub fn of<E: Error + Send + Sync + 'static>(
        error: E,
        again: &'static str,
        folder: &Path,
    ) -> Result<Self, E> {
        if !is_full(&error) {
            return Err(error);
        }
        Ok(Self { again, folder: folder.to_owned(), source: Box::new(error) })
    }
}

/// How a block that is of no use is made again.
fn made_anew(error: &BlockError) -> &'static str {
    match error {
        // What is no block at all may be somebody's file, which `--resume` leaves alone.
        BlockError::Damaged { damage: Damage::Magic, .. } => "",
        BlockError::Damaged { .. } | BlockError::Missing { .. } => {
            "; the same `yangjae run` with `--resume` makes it again"
        }
        _ => "",
    }
}

/// Whether the scenario is what a simulation broke off at, not the program: its firms multiply
/// beyond the limit.
#[must_use]
pub fn is_of_scenario(error: &(dyn Error + 'static)) -> bool {
    let here = error.downcast_ref::<StepError>();
    here.is_some_and(|error| matches!(error, StepError::TooManyFirms { .. }))
        || error.source().is_some_and(is_of_scenario)
}

/// Whether a disk without room is the cause.
pub fn is_full(error: &(dyn Error + 'static)) -> bool {
    let full = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded];
    let here = error.downcast_ref::<io::Error>().is_some_and(|error| full.contains(&error.kind()));
    here || error.source().is_some_and(is_full)
}

impl From<ReadError> for WorkError {
    fn from(error: ReadError) -> Self {
        match error {
            Halted::Stopped => Self::Interrupted,
            Halted::Failed(error) => Self::Block(error),
            Halted::Panicked { message, .. } => Self::Statistics { message },
        }
    }
}

impl From<Halted<EvaluationError>> for WorkError {
    fn from(error: Halted<EvaluationError>) -> Self {
        match error {
            Halted::Stopped => Self::Interrupted,
            Halted::Failed(EvaluationError::Study(error)) => Self::Simulation(Box::new(error)),
            Halted::Failed(EvaluationError::Block(error)) => Self::Block(error),
            Halted::Panicked { message, .. } => Self::Statistics { message },
        }
    }
}

impl From<Halted<StudyError>> for WorkError {
    fn from(error: Halted<StudyError>) -> Self {
        match error {
            Halted::Stopped => Self::Interrupted,
            Halted::Failed(error) => Self::Simulation(Box::new(error)),
            Halted::Panicked { message, .. } => Self::Statistics { message },
        }
    }
}

impl<E: Error + Send + Sync + 'static> From<Halted<BatchError<E>>> for WorkError {
    fn from(error: Halted<BatchError<E>>) -> Self {
        match error {
            Halted::Stopped => Self::Interrupted,
            Halted::Failed(BatchError::Block(error)) => Self::Block(error),
            Halted::Failed(BatchError::Simulation(error)) => Self::Simulation(Box::new(error)),
            Halted::Failed(error) => Self::Simulation(Box::new(error)),
            Halted::Panicked { message, .. } => Self::Statistics { message },
        }
    }
}

impl From<OutcomesError> for WorkError {
    fn from(error: OutcomesError) -> Self {
        match error {
            OutcomesError::Table(error) => Self::Table(error),
            OutcomesError::Block(error) => Self::Block(error),
        }
    }
}

impl From<ReplicationsError> for WorkError {
    fn from(error: ReplicationsError) -> Self {
        match error {
            ReplicationsError::Table(error) => Self::Table(error),
            ReplicationsError::Block(error) => Self::Block(error),
            ReplicationsError::Stopped => Self::Interrupted,
        }
    }
}
