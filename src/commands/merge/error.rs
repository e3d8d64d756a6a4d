//! Why shards were not merged, and with which exit status.

use std::io;
use std::path::Path;

use crate::commands::merge::problem::ShardProblems;
use crate::commands::output::OutputError;
use crate::pipeline::begin::BeginError;
use crate::pipeline::error::DiskFull;
use crate::pipeline::error::WorkError;
use crate::pipeline::finish::FinishError;
use crate::pipeline::interrupt;

/// Why shards were not merged.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// They do not come together.
    #[error(transparent)]
    Problems(#[from] ShardProblems),
    /// Results cannot be written there.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// What is in the output folder is in the way.
    #[error(transparent)]
    Begin(#[from] BeginError),
    /// The blocks are not brought together.
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
    /// Somebody has stopped a merge.
    #[error("interrupted; no table was written, and the same command goes on")]
    Stopped,
}

impl MergeError {
    /// The program's exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Problems(_) | Self::Output(_) => 2,
            Self::Begin(error) => error.status(),
            Self::Work(error) => error.status(),
            Self::Finish(error) => error.status(),
            Self::DiskFull(_) | Self::Print(_) => 1,
            Self::Stopped => interrupt::status(),
        }
    }

    /// The same error with what can be done after it, where it broke off a merge into `folder`.
    pub(super) fn resumable(self, folder: &Path) -> Self {
        match self {
            Self::Work(WorkError::Interrupted) => Self::Stopped,
            error => match DiskFull::of(error, "", folder) {
                Ok(full) => full.into(),
                Err(error) => error,
            },
        }
    }
}

impl From<FinishError> for MergeError {
    fn from(error: FinishError) -> Self {
        match error {
            FinishError::Work(error) => Self::Work(error),
            error => Self::Finish(error),
        }
    }
}
