//! Why a run was not finished, and with which exit status.

use crate::commands::output::OutputError;
use crate::commands::whole::WholeError;
use crate::pipeline::asked_for::AskedForError;
use crate::pipeline::promise::PromiseError;
use crate::pipeline::recipe::RecipeError;
use crate::pipeline::variants::ScalingError;

/// Why a run was not finished.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The command line does not fit the scenario.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// What is asked for is nowhere in the results.
    #[error(transparent)]
    AskedFor(#[from] AskedForError),
    /// Policies cannot be scaled to equal cost.
    #[error(transparent)]
    Scaling(#[from] ScalingError),
    /// The number of replications was not found.
    #[error(transparent)]
    Promise(#[from] PromiseError),
    /// Results cannot be written there.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// A future is named twice on the command line.
    #[error("`--future {0}` stands twice; leave one of the two out")]
    FutureTwice(String),
    /// There is no future.
    #[error("`--future all`: the scenario `{scenario}` has no file {folder}/NAME.toml")]
    NoFutures {
        /// The scenario.
        scenario: String,
        /// The folder of futures.
        folder: &'static str,
    },
    /// The run is not whole.
    #[error(transparent)]
    Whole(#[from] WholeError),
}

impl RunError {
    /// The program's exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Recipe(error) => error.status(),
            Self::Scaling(error) => error.status(),
            Self::Promise(error) => error.status(),
            Self::AskedFor(_) | Self::Output(_) | Self::FutureTwice(_) | Self::NoFutures { .. } => {
                2
            }
            Self::Whole(error) => error.status(),
        }
    }
}
