//! Why a page has no data.

use crate::analysis::study::StudyError;
use crate::experiment::batch::Halted;
use crate::experiment::block::BlockError;
use crate::explore::session::Refused;

/// Why a page has no data.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// The engine refuses what it was given.
    #[error("the page's own scenario is refused: {}; this is a mistake in the program", .0.text)]
    Refused(Refused),
    /// The simulation failed or was stopped.
    #[error(transparent)]
    Study(#[from] Halted<StudyError>),
    /// Values of a run cannot be read.
    #[error(transparent)]
    Block(#[from] BlockError),
    /// What the page starts from cannot be written.
    #[error("the page cannot be made; this is a mistake in the program")]
    Json(#[from] serde_json::Error),
}
