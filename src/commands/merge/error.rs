//! Why shards were not merged, and with which exit status.

use crate::commands::merge::problem::ShardProblems;
use crate::commands::output::OutputError;
use crate::commands::whole::WholeError;

/// Why shards were not merged.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// They do not come together.
    #[error(transparent)]
    Problems(#[from] ShardProblems),
    /// Results cannot be written there.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The run is not whole.
    #[error(transparent)]
    Whole(#[from] WholeError),
}

impl MergeError {
    /// The program's exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Problems(_) | Self::Output(_) => 2,
            Self::Whole(error) => error.status(),
        }
    }
}
