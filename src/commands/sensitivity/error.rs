//! Why a designed experiment was not finished, and with which exit status.

use crate::analysis::decision::outcome::OutcomeError;
use crate::analysis::evaluation::EvaluationError;
use crate::experiment::batch::Halted;
use crate::experiment::batch::ThreadError;
use crate::experiment::whole_file::WriteError;
use crate::pipeline::error;
use crate::pipeline::interrupt;
use crate::report::folder::output_folder::FolderError;
use crate::report::tables::table::TableError;

/// Why a designed experiment was not finished.
#[derive(Debug, thiserror::Error)]
pub enum SensitivityError {
    /// An outcome is nowhere in the scenario.
    #[error("`--outcome`: {0}")]
    Outcome(#[from] OutcomeError),
    /// Groups that are none.
    #[error("`--groups`: {0}")]
    Groups(String),
    /// One parameter at a time has no groups.
    #[error("`--groups`: the method onebyone moves each parameter by itself; take morris or sobol")]
    OneByOne,
    /// An option of another method.
    #[error("`{option}` is of the method {of}, and the method is {method}; leave it out")]
    OtherMethod {
        /// The option.
        option: &'static str,
        /// Whose it is.
        of: &'static str,
        /// The method that was asked for.
        method: &'static str,
    },
    /// A scenario without uncertainty, or with none that acts.
    #[error(
        "no parameter of the scenario varies and acts under `{0}` or its baseline, so there is nothing to move"
    )]
    NothingVaries(String),
    /// A policy that is the baseline.
    #[error("`{0}` is the baseline, from which it does not differ; name another with `--policy`")]
    Baseline(String),
    /// A design of too many or too few points.
    #[error("a Sobol' design has 1 to {0} base rows")]
    BaseRows(usize),
    /// The outcome does not vary.
    #[error(
        "`{0}` does not vary over the rows of the design, so there are no shares of its variance"
    )]
    NoVariance(String),
    /// The threads cannot be started.
    #[error(transparent)]
    Threads(#[from] ThreadError),
    /// The simulation failed.
    #[error("the simulation failed")]
    Simulation(#[source] EvaluationError),
    /// The simulation broke off.
    #[error("the simulation broke off: {0}; this is a mistake in the program")]
    BrokeOff(String),
    /// The folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The disk does not take it.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The disk does not take it.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Somebody has stopped it.
    #[error("interrupted; no table was written")]
    Interrupted,
}

impl SensitivityError {
    /// The program's exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Outcome(_)
            | Self::Groups(_)
            | Self::OneByOne
            | Self::OtherMethod { .. }
            | Self::NothingVaries(_)
            | Self::Baseline(_)
            | Self::BaseRows(_) => 2,
            Self::Folder(error) if error.is_of_command_line() => 2,
            Self::Simulation(error) if error::is_of_scenario(error) => 2,
            Self::Interrupted => interrupt::status(),
            _ => 1,
        }
    }
}

impl From<Halted<EvaluationError>> for SensitivityError {
    fn from(error: Halted<EvaluationError>) -> Self {
        match error {
            Halted::Stopped => Self::Interrupted,
            Halted::Failed(error) => Self::Simulation(error),
            Halted::Panicked { message, .. } => Self::BrokeOff(message),
        }
    }
}
