//! Why a search was not finished, and with which exit status.

use crate::analysis::decision::criterion::CriterionError;
use crate::analysis::decision::outcome::OutcomeError;
use crate::analysis::search::budget::LimitError;
use crate::analysis::search::course::CourseError;
use crate::experiment::batch::Halted;
use crate::experiment::batch::ThreadError;
use crate::pipeline::error;
use crate::pipeline::interrupt;
use crate::report::folder::search_folder::SearchFolderError;
use crate::report::tables::table::TableError;
use crate::time::Date;

/// Why a search was not finished.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// An aim is none.
    #[error("`--aim`: {0}")]
    Criterion(#[from] CriterionError),
    /// An outcome is nowhere in the scenario.
    #[error("`--aim`: {0}")]
    Outcome(#[from] OutcomeError),
    /// A limit is none.
    #[error("`{option}`: {error}")]
    Limit {
        /// The option.
        option: &'static str,
        /// What is wrong.
        error: LimitError,
    },
    /// There is no budget.
    #[error(
        "a search needs a budget: `--budget 20bn/year`, or `--budget-total 600bn` for all years together"
    )]
    NoBudget,
    /// There is no year over which outlays could be spread.
    #[error(
        "`--budget`: outlays are spread over the years after the vantage date, {vantage}, and the last year is {last}; \
         use `--budget-total`, or a later `--until`"
    )]
    NoYears {
        /// The last year.
        last: u16,
        /// The vantage date.
        vantage: Date,
    },
    /// A policy that sets a limit costs nothing.
    #[error("`--budget`: the policy `{0}` costs no more than the baseline, so it sets no budget")]
    CostsNothing(String),
    /// There is nothing to search.
    #[error(
        "no policy of the scenario has a lever that its baseline lacks, so there is nothing to search"
    )]
    NoLever,
    /// Nothing within the budget was found.
    #[error(
        "no package within the budget was found: of those that were tried the nearest comes to {0} times the budget, so raise it"
    )]
    NothingWithin(String),
    /// Nothing could be simulated.
    #[error("no package could be tried: the scenario refuses each of them as a policy")]
    AllRefused,
    /// Packages within the budget were found, and the baseline is better than each.
    #[error(
        "no package within the budget is better than the baseline by any aim; name other aims, or read that as the answer"
    )]
    NothingBetter,
    /// The threads cannot be started.
    #[error(transparent)]
    Threads(#[from] ThreadError),
    /// The simulation failed.
    #[error("the simulation failed")]
    Simulation(#[source] CourseError),
    /// The simulation broke off.
    #[error("the simulation broke off: {0}; this is a mistake in the program")]
    BrokeOff(String),
    /// The folder cannot be used or written.
    #[error(transparent)]
    Folder(#[from] SearchFolderError),
    /// A table cannot be written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Somebody has stopped it.
    #[error("interrupted; `--resume` goes on after the last finished generation")]
    Interrupted,
}

impl SearchError {
    /// The program's exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Criterion(_)
            | Self::Outcome(_)
            | Self::Limit { .. }
            | Self::NoBudget
            | Self::CostsNothing(_)
            | Self::NoYears { .. }
            | Self::NothingWithin(_)
            | Self::AllRefused
            | Self::NothingBetter
            | Self::NoLever => 2,
            Self::Folder(error) if error.is_of_command_line() => 2,
            Self::Simulation(error) if error::is_of_scenario(error) => 2,
            Self::Interrupted => interrupt::status(),
            _ => 1,
        }
    }
}

impl<E: Into<CourseError>> From<Halted<E>> for SearchError {
    fn from(error: Halted<E>) -> Self {
        match error {
            Halted::Stopped => Self::Interrupted,
            Halted::Failed(error) => Self::Simulation(error.into()),
            Halted::Panicked { message, .. } => Self::BrokeOff(message),
        }
    }
}
