//! Why a run was not finished, and with which exit status.

use std::error::Error;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::analysis::equal_budget::BudgetError;
use crate::analysis::results::ReadError;
use crate::analysis::study::StudyError;
use crate::commands;
use crate::commands::interrupt;
use crate::experiment::batch::BatchError;
use crate::experiment::batch::Halted;
use crate::experiment::batch::ThreadError;
use crate::experiment::block::BlockError;
use crate::experiment::shard::ShardError;
use crate::experiment::whole_file::WriteError;
use crate::report::folder::kept;
use crate::report::folder::kept::Damaged;
use crate::report::folder::manifest::PlanError;
use crate::report::folder::output_folder::FolderError;
use crate::report::tables::replications::ReplicationsError;
use crate::report::tables::table::TableError;
use crate::report::views::view_files::Failed;
use crate::report::views::view_files::ViewError;
use crate::scenario::problem::ScenarioError;
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
    /// Two scenarios would be written to one folder.
    #[error(
        "`{}` and `{}` would both be written to `{}`; run them one by one, each with an \
         `--output` of its own", one.display(), other.display(), output.display()
    )]
    SameOutput {
        /// The one scenario.
        one: PathBuf,
        /// The other.
        other: PathBuf,
        /// Where both would be written.
        output: PathBuf,
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
    /// What an earlier run was to make cannot be read.
    #[error(
        "{}; it says what run the blocks beside it are of: add `--force` to begin anew, or name \
         another folder with `--output`", commands::with_causes(.0)
    )]
    Plan(PlanError),
    /// There are blocks, but not what they are of.
    #[error(
        "`{}` holds blocks without blocks/plan.json, which says what run they are of; add \
         `--force` to begin anew", .0.display()
    )]
    NoPlan(PathBuf),
    /// The folder is that of another run.
    #[error(
        "`{}` holds another run, which this one cannot go on with: {differences}; add `--force` \
         to begin anew, or name another folder with `--output`", folder.display()
    )]
    OtherRun {
        /// The folder.
        folder: PathBuf,
        /// In what it differs.
        differences: String,
    },
    /// The scenario lies where `--force` clears.
    #[error(
        "the scenario `{}` lies among the blocks of the output folder, which `--force` clears; \
         copy it elsewhere, or name another folder with `--output`", .0.display()
    )]
    ScenarioInOutput(PathBuf),
    /// Results would lie among the inputs of a scenario.
    #[error(
        "`{}` holds inputs of the scenario `{name}`, among which results would lie; name another \
         folder with `--output`, such as `output/{name}`", output.display()
    )]
    OutputAmongInputs {
        /// The output folder.
        output: PathBuf,
        /// The scenario.
        name: String,
    },
    /// What a run has kept does not say which shard it is.
    #[error("`{}` does not say which shard it is", folder.display())]
    PlanShard {
        /// The folder.
        folder: PathBuf,
        /// What is wrong.
        source: ShardError,
    },
    /// Files of the copy of the inputs are no longer what they were.
    #[error(
        "the copy of the inputs is damaged: {}; the same `yangjae run` with `--resume`, or the \
         same `yangjae merge`, writes it again", kept::listed(.0)
    )]
    DamagedInputs(Vec<Damaged>),
    /// The manifest says something else than follows from the copy of the inputs.
    #[error(
        "the manifest is not that of the inputs in `{}`: {differences}; undo the change, or the same \
         `yangjae run` with `--resume`, or the same `yangjae merge`, writes it again", folder.display()
    )]
    KeptInputs {
        /// The folder of the copy.
        folder: PathBuf,
        /// In what they differ.
        differences: String,
    },
    /// The copy of the inputs does not read as a scenario.
    #[error("the copy of the inputs does not read as a scenario: {}", without_label(.0))]
    Scenario(#[from] ScenarioError),
    /// Shards are to be merged into one of them.
    #[error(
        "the output folder is one of the shards: `{}`; name another with `--output`", .0.display()
    )]
    OutputIsInput(PathBuf),
    /// The disk is too small.
    #[error(
        "the disk of `{}` has {free} free and this run needs about {needed}; free some, name a \
         folder on another disk with `--output`, or take fewer replications, policies or tables",
        folder.display()
    )]
    NoRoom {
        /// The folder.
        folder: PathBuf,
        /// What the run needs.
        needed: String,
        /// What is free.
        free: String,
    },
    /// The disk is full.
    #[error(
        "the disk is full; free some room, and the same command{again} goes on from the finished \
         blocks in `{}`", folder.display()
    )]
    DiskFull {
        /// What is added to the command then.
        again: &'static str,
        /// The folder.
        folder: PathBuf,
        /// What could not be written.
        source: Box<RunError>,
    },
    /// There is no temporary folder for files that are made to be compared.
    #[error("no temporary folder can be made")]
    Scratch(#[source] io::Error),
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
    /// The tables cannot be shown.
    #[error(transparent)]
    View(#[from] ViewError),
    /// Some views could not be made.
    #[error(
        "the tables in `{}` are whole, and so is all but {}; `yangjae report {}` makes that again",
        folder.display(), unmade(failed), word(folder)
    )]
    Views {
        /// The folder.
        folder: PathBuf,
        /// What could not be made.
        failed: Vec<Failed>,
    },
    /// Somebody has stopped it when the tables were there.
    #[error(
        "interrupted; the tables in `{}` are whole, and `yangjae report {}` makes report, workbook \
         and pictures", .0.display(), word(.0)
    )]
    StoppedViews(PathBuf),
    /// The manifest cannot be written.
    #[error(transparent)]
    Manifest(#[from] WriteError),
    /// The summary cannot be printed.
    #[error("the summary cannot be printed; the tables are written")]
    Print(#[source] io::Error),
    /// Somebody has stopped it.
    #[error("interrupted; nothing was written")]
    Interrupted,
    /// Somebody has stopped it before its first block.
    #[error(
        "interrupted while policies were scaled to equal cost; nothing was written, and the same \
         command begins again"
    )]
    StoppedScaling,
    /// Somebody has stopped a merge.
    #[error("interrupted; no table was written, and the same command goes on")]
    StoppedMerge,
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
            Self::UnknownPolicy { .. }
            | Self::SameOutput { .. }
            | Self::Placebo(_)
            | Self::Budget(BudgetError::NoPolicy | BudgetError::NoBudget { .. })
            | Self::NoPlan(_)
            | Self::OtherRun { .. }
            | Self::OutputIsInput(_)
            | Self::ScenarioInOutput(_)
            | Self::OutputAmongInputs { .. }
            | Self::DamagedInputs(_)
            | Self::KeptInputs { .. }
            | Self::Plan(_) => 2,
            Self::Folder(error) if error.is_of_command_line() => 2,
            Self::Simulation(error) if commands::is_of_scenario(error.as_ref()) => 2,
            Self::Interrupted
            | Self::StoppedScaling
            | Self::StoppedMerge
            | Self::StoppedViews(_)
            | Self::Stopped(_) => interrupt::status(),
            _ => 1,
        }
    }

    /// The same error with what can be done after it, where it broke off a run in `folder`.
    pub(super) fn resumable(self, folder: &Path) -> Self {
        match self {
            Self::Interrupted => Self::Stopped(folder.to_owned()),
            error => error.with_room(folder, " with `--resume`"),
        }
    }

    /// The same error where the tables of `folder` are there already.
    pub(super) fn after_tables(self, folder: &Path) -> Self {
        match self {
            Self::Interrupted => Self::StoppedViews(folder.to_owned()),
            error => error,
        }
    }

    /// The same error with what can be done after it, where it broke off a merge into `folder`.
    pub(in crate::commands) fn of_merge(self, folder: &Path) -> Self {
        match self {
            Self::Interrupted => Self::StoppedMerge,
            error => error.with_room(folder, ""),
        }
    }

    fn with_room(self, folder: &Path, again: &'static str) -> Self {
        if is_full(&self) {
            return Self::DiskFull { again, folder: folder.to_owned(), source: Box::new(self) };
        }
        self
    }
}

/// The problems of a scenario in a sentence that goes on: without the label of an error.
fn without_label(error: &ScenarioError) -> String {
    let text = error.to_string();
    text.strip_prefix("error: ").map_or_else(|| text.clone(), str::to_owned)
}

/// A path as it can be typed after a command.
fn word(path: &Path) -> String {
    commands::shell_word(&path.display().to_string())
}

/// The views that could not be made, each with its reason.
fn unmade(failed: &[Failed]) -> String {
    let each = |failed: &Failed| format!("{}, {}", failed.file, commands::with_causes(&failed.why));
    failed.iter().map(each).collect::<Vec<_>>().join("; ")
}

/// Whether a disk without room is the cause.
pub fn is_full(error: &(dyn Error + 'static)) -> bool {
    let full = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded];
    let here = error.downcast_ref::<io::Error>().is_some_and(|error| full.contains(&error.kind()));
    here || error.source().is_some_and(is_full)
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

impl From<Halted<StudyError>> for RunError {
    fn from(error: Halted<StudyError>) -> Self {
        match error {
            Halted::Stopped => Self::Interrupted,
            Halted::Failed(error) => Self::Simulation(Box::new(error)),
            Halted::Panicked { message, .. } => Self::Statistics { message },
        }
    }
}

impl From<Halted<BudgetError>> for RunError {
    fn from(error: Halted<BudgetError>) -> Self {
        match error {
            Halted::Stopped => Self::StoppedScaling,
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
