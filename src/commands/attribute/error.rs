//! Why there is no attribution, and with which exit status.

use crate::analysis::study::StudyError;
use crate::experiment::batch::Halted;
use crate::experiment::batch::ThreadError;
use crate::pipeline::error;
use crate::pipeline::interrupt;
use crate::report::folder::attribution_folder::AttributionError;

/// Why there is no attribution.
#[derive(Debug, thiserror::Error)]
pub enum AttributeError {
    /// The policy does what the baseline does.
    #[error("`{0}` changes nothing against the baseline, so there is nothing to split")]
    NoPackage(String),
    /// A metric is not read in a place.
    #[error("`{metric}` is not read in `{place}`; it is read in {known}")]
    NotThere {
        /// The metric.
        metric: String,
        /// The place.
        place: String,
        /// The places where it is.
        known: String,
    },
    /// A year is not simulated.
    #[error("the year {year} is not simulated; the scenario has {first} to {last}")]
    Year {
        /// The year.
        year: u16,
        /// The first that is.
        first: u16,
        /// The last that is.
        last: u16,
    },
    /// The threads cannot be started.
    #[error(transparent)]
    Threads(#[from] ThreadError),
    /// The simulation failed.
    #[error("the simulation failed")]
    Simulation(#[source] StudyError),
    /// The simulation broke off.
    #[error("the simulation broke off: {0}; this is a mistake in the program")]
    BrokeOff(String),
    /// The tables cannot be written.
    #[error(transparent)]
    Report(#[from] AttributionError),
    /// Somebody has stopped it.
    #[error("interrupted; no table was written")]
    Interrupted,
}

impl AttributeError {
    /// The program's exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::NoPackage(_) | Self::NotThere { .. } | Self::Year { .. } => 2,
            Self::Report(AttributionError::Folder(error)) if error.is_of_command_line() => 2,
            Self::Simulation(error) if error::is_of_scenario(error) => 2,
            Self::Interrupted => interrupt::status(),
            _ => 1,
        }
    }
}

impl From<Halted<StudyError>> for AttributeError {
    fn from(error: Halted<StudyError>) -> Self {
        match error {
            Halted::Stopped => Self::Interrupted,
            Halted::Failed(error) => Self::Simulation(error),
            Halted::Panicked { message, .. } => Self::BrokeOff(message),
        }
    }
}
