//! Why a calibration, or an account of what results depend on, was not finished, and with which
//! exit status.

use std::path::PathBuf;

use crate::analysis::study::StudyError;
use crate::evidence::sampler::state::DamagedState;
use crate::experiment::batch::Halted;
use crate::experiment::batch::ThreadError;
use crate::experiment::whole_file::WriteError;
use crate::pipeline::error;
use crate::pipeline::interrupt;
use crate::report::folder::output_folder::FolderError;
use crate::report::tables::table::TableError;
use crate::scenario::Scenario;

/// Why it was not finished.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// Nothing is free.
    #[error("no parameter of the scenario is free and varies; {0}")]
    NothingFree(String),
    /// Nothing is observed.
    #[error("{0}")]
    NothingObserved(String),
    /// A finished calibration is there.
    #[error("`{0}` holds a finished calibration; replace it with `--force` or give `--output`")]
    Finished(PathBuf),
    /// An interrupted calibration is there.
    #[error(
        "`{0}` holds an interrupted calibration; go on with `--resume` or start anew with `--force`"
    )]
    Interrupted(PathBuf),
    /// The state to go on from does not fit.
    #[error("cannot go on from `{path}`: {source}; start anew with `--force`")]
    State {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: DamagedState,
    },
    /// The threads cannot be started.
    #[error(transparent)]
    Threads(#[from] ThreadError),
    /// The simulation failed.
    #[error("the simulation failed")]
    Simulation(#[from] StudyError),
    /// A part of the work panicked.
    #[error("part {task} of the work broke off: {message}; this is a mistake in the program")]
    Panicked {
        /// The number of the part.
        task: usize,
        /// What it said.
        message: String,
    },
    /// The folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A file cannot be written or read.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A table cannot be written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A policy of the command line is not in the scenario, or is the baseline.
    #[error("the scenario has no policy `{name}` to compare with the baseline; it has {known}")]
    UnknownPolicy {
        /// The name.
        name: String,
        /// The policies that it has.
        known: String,
    },
    /// Somebody has stopped it.
    #[error("interrupted; no table was written")]
    Stopped,
    /// Somebody has stopped a calibration.
    #[error("interrupted; `--resume` goes on from the last whole generation")]
    Paused,
}

impl EvidenceError {
    /// That nothing of a scenario is free and varies, with what is to be done.
    pub(super) fn nothing_free(scenario: &Scenario) -> Self {
        let fixed: Vec<String> =
            scenario.free_and_fixed().map(|name| format!("`{name}`")).collect();
        Self::NothingFree(if fixed.is_empty() {
            "mark some `free = true` in parameters.toml".to_owned()
        } else {
            format!(
                "what is marked `free = true` in parameters.toml is fixed: {}; give it a range and a distribution \
                 that varies, such as \"uniform\"",
                fixed.join(", ")
            )
        })
    }

    /// The program's exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::NothingFree(_)
            | Self::NothingObserved(_)
            | Self::Finished(_)
            | Self::Interrupted(_)
            | Self::UnknownPolicy { .. }
            | Self::State { .. } => 2,
            Self::Folder(error) if error.is_of_command_line() => 2,
            Self::Simulation(error) if error::is_of_scenario(error) => 2,
            Self::Stopped | Self::Paused => interrupt::status(),
            _ => 1,
        }
    }
}

impl From<Halted<StudyError>> for EvidenceError {
    fn from(error: Halted<StudyError>) -> Self {
        match error {
            Halted::Stopped => Self::Stopped,
            Halted::Failed(error) => Self::Simulation(error),
            Halted::Panicked { task, message } => Self::Panicked { task, message },
        }
    }
}
