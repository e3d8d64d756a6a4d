//! Why two runs were not compared.

use std::path::PathBuf;

use crate::analysis::decision::criterion::CriterionError;
use crate::analysis::decision::outcome::OutcomeError;

/// Why two runs were not compared.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// No policy is in both.
    #[error("the runs have no policy in common: `{}` has {}, `{}` has {}", one.display(), of_one, other.display(), of_other)]
    NoPolicy {
        /// The one run.
        one: PathBuf,
        /// Its policies.
        of_one: String,
        /// The other.
        other: PathBuf,
        /// Its policies.
        of_other: String,
    },
    /// They have other money.
    #[error("`{}` is in {of_one} and `{}` in {of_other}: amounts cannot be compared", one.display(), other.display())]
    Money {
        /// The one run.
        one: PathBuf,
        /// Its unit of accounts.
        of_one: String,
        /// The other.
        other: PathBuf,
        /// Its unit of accounts.
        of_other: String,
    },
    /// They have no year in common.
    #[error("the runs have no year in common: {0} and {1}")]
    NoYear(String, String),
    /// An outcome is none.
    #[error("`--outcome`: {0}")]
    Outcome(OutcomeError),
    /// A criterion is none.
    #[error("`--criterion`: {0}")]
    Criterion(CriterionError),
    /// A run of another version has no such values.
    #[error(
        "`{}` was made by another version of the program, of which only the tables can be read, and no table has \
         `{what}` in each replication for every policy; the same run by this version has it",
        folder.display()
    )]
    NotListed {
        /// The run.
        folder: PathBuf,
        /// What was asked for.
        what: String,
    },
    /// No policy has it in both runs.
    #[error("no policy has `{0}` in both runs")]
    Nowhere(String),
    /// Tables would be written into one of the runs.
    #[error(
        "`{}` lies in the run `{}`, which is left as it is; name another folder with `--output`",
        output.display(), run.display()
    )]
    InRun {
        /// The output folder.
        output: PathBuf,
        /// The run.
        run: PathBuf,
    },
}
