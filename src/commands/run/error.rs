//! Why a run was not finished, and with which exit status.

use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::commands::output::OutputError;
use crate::pipeline::begin::BeginError;
use crate::pipeline::error::DiskFull;
use crate::pipeline::error::WorkError;
use crate::pipeline::finish::FinishError;
use crate::pipeline::interrupt;
use crate::pipeline::recipe::RecipeError;
use crate::pipeline::variants::ScalingError;

/// Why a run was not finished.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The command line does not fit the scenario.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// Policies cannot be scaled to equal cost.
    #[error(transparent)]
    Scaling(#[from] ScalingError),
    /// Results cannot be written there.
    #[error(transparent)]
    Output(#[from] OutputError),
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
    #[error(
        "interrupted; `{}` has no table yet, and the same command with `--resume` goes on from \
         its finished blocks", .0.display()
    )]
    Stopped(PathBuf),
}

impl RunError {
    /// The program's exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Recipe(error) => error.status(),
            Self::Scaling(error) => error.status(),
            Self::Output(_) => 2,
            Self::Begin(error) => error.status(),
            Self::Work(error) => error.status(),
            Self::Finish(error) => error.status(),
            Self::DiskFull(_) | Self::Print(_) => 1,
            Self::Stopped(_) => interrupt::status(),
        }
    }

    /// The same error with what can be done after it, where it broke off a run in `folder`.
    pub(super) fn resumable(self, folder: &Path) -> Self {
        match self {
            Self::Work(WorkError::Interrupted) => Self::Stopped(folder.to_owned()),
            error => match DiskFull::of(error, " with `--resume`", folder) {
                Ok(full) => full.into(),
                Err(error) => error,
            },
        }
    }
}

impl From<FinishError> for RunError {
    fn from(error: FinishError) -> Self {
        match error {
            FinishError::Work(error) => Self::Work(error),
            error => Self::Finish(error),
        }
    }
}
