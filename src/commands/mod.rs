//! What the program does, a command a file.

pub mod attribute;
pub mod calibrate;
pub mod check;
pub mod describe;
pub mod diff;
pub mod evidence_error;
pub mod explain;
pub mod interrupt;
pub mod merge;
pub mod new;
pub mod noise;
pub mod replay;
pub mod report;
pub mod run;
pub mod selftest;
pub mod slurm;
mod sources;
pub mod validate;
pub mod verify;

use std::fmt::Write as _;
use std::io;
use std::num::NonZeroUsize;
use std::path::Path;
use std::path::PathBuf;

use clap::builder::PathBufValueParser;
use clap::builder::TypedValueParser;

use crate::analysis::equal_budget::BudgetError;
use crate::analysis::metrics;
use crate::analysis::study::StudyError;
use crate::commands::attribute::AttributeError;
use crate::commands::evidence_error::EvidenceError;
use crate::commands::merge::Problems;
use crate::commands::report::ReportError;
use crate::commands::run::RunError;
use crate::commands::slurm::SlurmError;
use crate::commands::verify::Faults;
use crate::commands::verify::Unproved;
use crate::model::StepError;
use crate::report::folder::whole_folder::FolderError;
use crate::report::tables::table::TableError;
use crate::scenario::Scenario;
use crate::scenario::letters;
use crate::scenario::problem::Problem;
use crate::scenario::problem::ScenarioError;
use crate::scenario::variant;

/// The scenario that a command takes when none is named.
pub const DEFAULT_SCENARIO: &str = "scenarios/yangjae";

/// Why a command did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The scenario has problems.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
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
    /// A folder could not be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A run was not finished.
    #[error(transparent)]
    Run(#[from] RunError),
    /// There is no attribution.
    #[error(transparent)]
    Attribute(#[from] AttributeError),
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
    /// Shards do not come together.
    #[error(transparent)]
    Merge(#[from] Problems),
    /// A run is not whole, unchanged or reproducible.
    #[error(transparent)]
    Verify(#[from] Faults),
    /// A proof was not finished, for a reason beyond the folder.
    #[error(transparent)]
    Unproved(#[from] Unproved),
    /// A batch was not written or submitted.
    #[error(transparent)]
    Slurm(#[from] SlurmError),
    /// A history could not be simulated.
    #[error(transparent)]
    Study(#[from] StudyError),
    /// A calibration, or an account of what results hang on, was not finished.
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
    /// Standard output could not be written to.
    #[error("standard output cannot be written")]
    Output(#[from] io::Error),
}

impl Error {
    /// The program's exit status: 1 where it failed or its answer is no, 2 where the command line or an
    /// input is wrong, 3 where a proof was not finished, and that of a signal.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Run(error) => error.status(),
            Self::Slurm(error) => error.status(),
            Self::Attribute(error) => error.status(),
            Self::Verify(faults) => faults.status(),
            Self::Unproved(error) => error.status(),
            Self::Evidence(error) => error.status(),
            Self::Report(error) => error.status(),
            Self::Scenario(_)
            | Self::UnknownName { .. }
            | Self::Merge(_)
            | Self::Folder(FolderError::Exists(_)) => 2,
            Self::Study(error) if is_of_scenario(error) => 2,
            // Whatever is not the user's to mend.
            _ => 1,
        }
    }

    /// A name that stands for nothing, with those that may be meant.
    fn unknown<'n>(
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
}

/// A text as one word of a shell, in quotes where it needs them.
#[must_use]
pub fn shell_word(text: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "_-.,:+=@/%".contains(letter);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// An error with its causes, each told once: some name their cause in their own text already.
#[must_use]
pub fn with_causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let said = error.to_string();
        if !text.contains(&said) {
            let _ = write!(text, ": {said}");
        }
        cause = error.source();
    }
    text
}

/// Whether the scenario is what a simulation broke off at, not the program: its firms multiply
/// beyond the limit.
fn is_of_scenario(error: &(dyn std::error::Error + 'static)) -> bool {
    let here = error.downcast_ref::<StepError>();
    here.is_some_and(|error| matches!(error, StepError::TooManyFirms { .. }))
        || error.source().is_some_and(is_of_scenario)
}

/// The same error, told at its place in the scenario's files where what a simulation broke off at, or what
/// the command line asked for, hangs on them.
fn placed(error: Error, scenario: &Scenario, folder: &Path) -> Error {
    let (file, key, text) = match &error {
        Error::Run(RunError::Budget(BudgetError::NoPolicy | BudgetError::NoBudget { .. })) => {
            ("scenario.toml".to_owned(), "policies", with_causes(&error))
        }
        Error::Run(RunError::Placebo(exists)) => (
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

/// Values of parameters that replace those of the scenario.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct SetArguments {
    /// Give a parameter another value, which then does not vary (repeatable)
    #[arg(long = "set", value_name = "PARAMETER=VALUE", value_parser = parameter_and_value)]
    pub set: Vec<(String, String)>,
    /// Cut the years short
    #[arg(long, value_name = "YEAR")]
    pub until: Option<u16>,
}

/// Reads and checks a scenario, its observed figures against the register of metrics.
///
/// # Errors
///
/// Fails with every problem of the scenario.
fn load(
    folder: &Path,
    set: &[(String, String)],
    until: Option<u16>,
) -> Result<Scenario, ScenarioError> {
    Scenario::load_against(folder, set, until, true, &metrics::places())
}

/// Reads and checks a scenario but for its posterior, as [`load`] does.
///
/// # Errors
///
/// Fails with every problem of the scenario.
fn load_prior(
    folder: &Path,
    set: &[(String, String)],
    until: Option<u16>,
) -> Result<Scenario, ScenarioError> {
    Scenario::load_against(folder, set, until, false, &metrics::places())
}

/// Reads and checks a scenario that the option `--scenario` names.
///
/// # Errors
///
/// Fails with every problem of the scenario.
fn load_by_option(
    folder: &Path,
    set: &[(String, String)],
    until: Option<u16>,
) -> Result<Scenario, ScenarioError> {
    Scenario::load(folder, set, until).map_err(|mut error| {
        if !folder.exists() {
            let named = |problem: Problem| problem.help("name its folder: `--scenario DIR`");
            error.problems = error.problems.into_iter().map(named).collect();
        }
        error
    })
}

/// A seed.
fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("expected a whole number from 0 to {}", u64::MAX))
}

/// The most threads: more than any machine has use for, and as many as start in no time.
const MOST_THREADS: usize = 1_024;

/// A number of threads.
fn threads(text: &str) -> Result<NonZeroUsize, String> {
    let number = text.parse::<NonZeroUsize>().ok().filter(|number| number.get() <= MOST_THREADS);
    number.ok_or_else(|| format!("expected a whole number from 1 to {MOST_THREADS}"))
}

/// A folder to write to, by a name that can be shown.
fn output() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| {
        let name = path.to_string_lossy();
        let line = || name.contains(['\n', '\t']).then(|| "it holds a line end or tab".to_owned());
        match letters::fault(&name).or_else(line) {
            Some(fault) => Err(fault),
            None => Ok(path),
        }
    })
}

/// Splits `PARAMETER=VALUE`.
fn parameter_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` lacks a value; write PARAMETER=VALUE"))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}
