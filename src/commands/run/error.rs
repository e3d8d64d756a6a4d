//! Why a run was not finished, and with which exit status.

use std::error::Error;
use std::io;

use crate::analysis::equal_budget::BudgetError;
use crate::analysis::results::ReadError;
use crate::commands::interrupt;
use crate::experiment::batch::BatchError;
use crate::experiment::batch::Halted;
use crate::experiment::batch::ThreadError;
use crate::experiment::block::BlockError;
use crate::experiment::whole_file::WriteError;
use crate::report::output_folder::FolderError;
use crate::report::replications::ReplicationsError;
use crate::report::table::TableError;
use crate::scenario::variant::PlaceboExists;

/// Why a run was not finished.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A policy on the command line is not in the scenario.
    #[error("the scenario `{scenario}` has no policy `{name}`; it has {known}")]
    UnknownPolicy {
        /// The scenario.
        scenario: String,
        /// The name.
        name: String,
        /// The policies that it has.
        known: String,
    },
    /// A policy has the name of a placebo.
    #[error(transparent)]
    Placebo(#[from] PlaceboExists),
    /// Policies cannot be scaled to equal cost.
    #[error(transparent)]
    Budget(BudgetError),
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
    #[error(transparent)]
    Block(#[from] BlockError),
    /// A computation broke off.
    #[error("the statistics failed: {message}; this is a mistake in the program")]
    Statistics {
        /// What it said.
        message: String,
    },
    /// A table cannot be written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The manifest cannot be written.
    #[error(transparent)]
    Manifest(#[from] WriteError),
    /// The summary cannot be printed.
    #[error("the summary cannot be printed; the tables are written")]
    Print(#[source] io::Error),
    /// Somebody has stopped it.
    #[error("interrupted; no table was written")]
    Interrupted,
}

impl RunError {
    /// The program's exit status.
    #[must_use]
    pub const fn status(&self) -> u8 {
        match self {
            Self::UnknownPolicy { .. }
            | Self::Placebo(_)
            | Self::Budget(BudgetError::NoPolicy | BudgetError::NoBudget { .. })
            | Self::Folder(
                FolderError::Finished(_) | FolderError::Occupied(_) | FolderError::InputPath(_),
            ) => 2,
            Self::Interrupted => interrupt::STATUS,
            _ => 1,
        }
    }
}

impl From<ReadError> for RunError {
    fn from(error: ReadError) -> Self {
        match error {
            Halted::Stopped => Self::Interrupted,
            Halted::Failed(error) => Self::Block(error),
            Halted::Panicked { message, .. } => Self::Statistics { message },
        }
    }
}

impl From<Halted<BudgetError>> for RunError {
    fn from(error: Halted<BudgetError>) -> Self {
        match error {
            Halted::Stopped => Self::Interrupted,
            Halted::Failed(BudgetError::Study(error)) => Self::Simulation(Box::new(error)),
            Halted::Failed(error) => Self::Budget(error),
            Halted::Panicked { message, .. } => Self::Statistics { message },
        }
    }
}

impl<E: Error + Send + Sync + 'static> From<Halted<BatchError<E>>> for RunError {
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

impl From<ReplicationsError> for RunError {
    fn from(error: ReplicationsError) -> Self {
        match error {
            ReplicationsError::Table(error) => Self::Table(error),
            ReplicationsError::Block(error) => Self::Block(error),
            ReplicationsError::Stopped => Self::Interrupted,
        }
    }
}
