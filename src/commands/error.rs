//! Why a command did not do what it was asked, and with which exit status.

use std::io;
use std::path::Path;

use crate::analysis::equal_budget::BudgetError;
use crate::analysis::study::StudyError;
use crate::commands::attribute::error::AttributeError;
use crate::commands::compare::error::CompareError;
use crate::commands::evidence_error::EvidenceError;
use crate::commands::merge::error::MergeError;
use crate::commands::output::OutputError;
use crate::commands::report::error::ReportError;
use crate::commands::run::error::RunError;
use crate::commands::search::error::SearchError;
use crate::commands::sensitivity::error::SensitivityError;
use crate::commands::slurm::error::SlurmError;
use crate::commands::verify::error::Faults;
use crate::commands::verify::error::Unproved;
use crate::explore::assemble::AssemblyError;
use crate::explore::data::DataError;
use crate::pipeline::decision::DecideError;
use crate::pipeline::error::WorkError;
use crate::pipeline::error::is_of_scenario;
use crate::pipeline::finish::FinishError;
use crate::pipeline::recipe::RecipeError;
use crate::pipeline::variants::ScalingError;
use crate::report::folder::whole_folder::WholeFolderError;
use crate::report::tables::table::TableError;
use crate::report::text::language::Tag;
use crate::report::text::message::with_causes;
use crate::scenario::Scenario;
use crate::scenario::edit::EditError;
use crate::scenario::problem::ScenarioError;
use crate::scenario::variant;

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The scenario has problems.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// Policies of the command line were not made.
    #[error(transparent)]
    Edit(EditError),
    /// A name on the command line stands for nothing.
    #[error("there is no {what} `{name}`{hint}")]
    UnknownName {
        /// What was looked for.
        what: &'static str,
        /// The name.
        name: String,
        /// The names that may be meant, as the end of the sentence.
        hint: String,
    },
    /// A scenario before names, and another by the option.
    #[error(
        "`{0}` and `--scenario` both name the scenario, or it is one name too many; leave one of the two out"
    )]
    ScenarioTwice(String),
    /// A language that needs no file.
    #[error("the program has the language `{0}` itself")]
    HasLanguage(Tag),
    /// A folder could not be written.
    #[error(transparent)]
    Folder(#[from] WholeFolderError),
    /// Two runs were not compared.
    #[error(transparent)]
    Compare(#[from] CompareError),
    /// A decision was not judged.
    #[error(transparent)]
    Decide(#[from] DecideError),
    /// A run was not finished.
    #[error(transparent)]
    Run(#[from] RunError),
    /// Shards were not merged.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// What is to be simulated is not known.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// The work broke off.
    #[error(transparent)]
    Work(#[from] WorkError),
    /// The report is not whole.
    #[error(transparent)]
    Finish(#[from] FinishError),
    /// Results cannot be written there.
    #[error(transparent)]
    Folders(#[from] OutputError),
    /// There is no attribution.
    #[error(transparent)]
    Attribute(#[from] AttributeError),
    /// A designed experiment was not finished.
    #[error(transparent)]
    Sensitivity(#[from] SensitivityError),
    /// A search was not finished.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The engine does not meet answers that are known.
    #[error("{failed} of {of} comparisons with exact answers do not agree")]
    SelfTest {
        /// How many do not.
        failed: usize,
        /// How many there are.
        of: usize,
    },
    /// Intervals do not hold what they say.
    #[error("{failed} of {of} differences have intervals that hold more or less than they say")]
    Intervals {
        /// How many do.
        failed: usize,
        /// How many there are.
        of: usize,
    },
    /// Too many differences have no interval.
    #[error(
        "{:.0} % of the intervals of {replications} replications are missing for want of \
         replications, more than the {:.0} % that may be", 100.0 * share, 100.0 * most
    )]
    TooFew {
        /// The share of intervals that are missing.
        share: f64,
        /// The share that may be.
        most: f64,
        /// Replications of a run.
        replications: u32,
    },
    /// A run is not whole, unchanged or reproducible.
    #[error(transparent)]
    Verify(#[from] Faults),
    /// A proof was not finished, for a reason beyond the folder.
    #[error(transparent)]
    Unproved(#[from] Unproved),
    /// A batch was not written or submitted.
    #[error(transparent)]
    Slurm(#[from] SlurmError),
    /// A replication could not be simulated.
    #[error(transparent)]
    Study(#[from] StudyError),
    /// A calibration, or an account of what results depend on, was not finished.
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
    /// Fewer observed figures than wanted lie inside their intervals.
    #[error(
        "{found:.2} of the figures lie inside their 90 % intervals, fewer than the {wanted} wanted"
    )]
    Coverage {
        /// The share inside.
        found: f64,
        /// The least share that is enough.
        wanted: f64,
    },
    /// A table could not be written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A report could not be written.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// The live page has no data.
    #[error(transparent)]
    Explore(DataError),
    /// The live page was not put together.
    #[error(transparent)]
    Page(#[from] AssemblyError),
    /// Standard output could not be written to.
    #[error("standard output cannot be written")]
    Output(#[from] io::Error),
}

/// What stops the simulation is told as everywhere.
impl From<DataError> for Error {
    fn from(error: DataError) -> Self {
        match error {
            DataError::Study(halted) => Self::Evidence(halted.into()),
            error => Self::Explore(error),
        }
    }
}

/// Problems of a scenario are told as such.
impl From<EditError> for Error {
    fn from(error: EditError) -> Self {
        match error {
            EditError::Scenario(error) => Self::Scenario(error),
            error => Self::Edit(error),
        }
    }
}

impl Error {
    /// The program's exit status: 1 where it failed or its answer is no, 2 where the command line or an
    /// input is wrong, 3 where a proof was not finished, and that of a signal.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Run(error) => error.status(),
            Self::Merge(error) => error.status(),
            Self::Recipe(error) => error.status(),
            Self::Work(error) => error.status(),
            Self::Finish(error) => error.status(),
            Self::Slurm(error) => error.status(),
            Self::Attribute(error) => error.status(),
            Self::Search(error) => error.status(),
            Self::Sensitivity(error) => error.status(),
            Self::Verify(faults) => faults.status(),
            Self::Unproved(error) => error.status(),
            Self::Evidence(error) => error.status(),
            Self::Report(error) => error.status(),
            Self::Decide(error) => error.status(),
            Self::Compare(_)
            | Self::Scenario(_)
            | Self::Edit(_)
            | Self::UnknownName { .. }
            | Self::ScenarioTwice(_)
            | Self::Folders(_)
            | Self::HasLanguage(_)
            | Self::Folder(WholeFolderError::Exists(_) | WholeFolderError::FileExists(_)) => 2,
            Self::Study(error) if is_of_scenario(error) => 2,
            // Whatever is not the user's to mend.
            _ => 1,
        }
    }

    /// A name that stands for nothing, with those that may be meant.
    pub(super) fn unknown<'n>(
        what: &'static str,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) -> Self {
        const FEW: usize = 30;
        let known: Vec<&str> = known.into_iter().collect();
        let near = crate::scenario::nearest::nearest_few(name, known.iter().copied(), 3);
        let listed = |names: &[&str], or: &str| {
            names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(or)
        };
        let hint = if !near.is_empty() {
            format!("; did you mean {}?", listed(&near, " or "))
        } else if (1..=FEW).contains(&known.len()) {
            format!("; known are {}", listed(&known, ", "))
        } else {
            String::new()
        };
        Self::UnknownName { what, name: name.to_owned(), hint }
    }

    /// A name that is no more, with the one that it has now.
    pub(super) fn renamed(what: &'static str, name: &str, hint: &str) -> Self {
        Self::UnknownName { what, name: name.to_owned(), hint: format!("; {hint}") }
    }
}

/// The same error, told at its place in the scenario's files where what a simulation broke off at, or what
/// the command line asked for, depends on them.
pub(crate) fn placed(error: Error, scenario: &Scenario, folder: &Path) -> Error {
    let (file, key, text) = match &error {
        Error::Run(RunError::Scaling(ScalingError::Budget(
            BudgetError::NoPolicy | BudgetError::NoBudget { .. },
        ))) => ("scenario.toml".to_owned(), "policies", with_causes(&error)),
        Error::Run(
            RunError::Recipe(RecipeError::Placebo(exists))
            | RunError::Scaling(ScalingError::Recipe(RecipeError::Placebo(exists))),
        ) => (
            format!("policies/{}{}.toml", exists.policy, variant::PLACEBO),
            "title",
            with_causes(&error),
        ),
        error if is_of_scenario(error) => {
            let text = with_causes(error);
            let cause = text.strip_prefix("the simulation failed: ").map(str::to_owned);
            ("parameters.toml".to_owned(), "founder_rate", cause.unwrap_or(text))
        }
        _ => return error,
    };
    scenario.problem_at(folder, &file, key, &text).into()
}
