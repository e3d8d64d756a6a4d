//! Why a decision was not judged.

use crate::analysis::decision::criterion::CriterionError;
use crate::analysis::decision::judged::JudgeError;
use crate::analysis::decision::outcome::OutcomeError;
use crate::pipeline::error::WorkError;

/// Why a decision was not judged.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// A criterion is none.
    #[error("`--criterion`: {0}")]
    Criterion(#[from] CriterionError),
    /// An outcome is nowhere in the run.
    #[error("`--criterion`: {0}")]
    Outcome(#[from] OutcomeError),
    /// A target is of no criterion.
    #[error(
        "`--target {target}`: {name} is no criterion of this decision; they are {known}; add `--criterion`"
    )]
    Target {
        /// The target.
        target: String,
        /// What it is of.
        name: String,
        /// The criteria.
        known: String,
    },
    /// A criterion has two targets.
    #[error("`--target`: `{0}` has two targets; leave one out")]
    TargetTwice(String),
    /// There are too few replications to judge by.
    #[error("the run has one replication, by which nothing is told; run it with more, such as 200")]
    OneReplication,
    /// What lies in the folder of a future is of another run.
    #[error(
        "the future `{name}` is not of this run: {differences}; run both again with `yangjae run --future {name} --force`, \
         or move its folder away"
    )]
    OtherRun {
        /// The future.
        name: String,
        /// In what it differs.
        differences: String,
    },
    /// There is nothing to choose.
    #[error("the run has one policy that can be chosen: there is nothing to choose")]
    OnePolicy,
    /// A criterion cannot be judged.
    #[error("the criterion `{criterion}`")]
    Judge {
        /// The criterion.
        criterion: String,
        /// Why.
        source: JudgeError,
    },
    /// Values cannot be read, or somebody has stopped it.
    #[error(transparent)]
    Work(#[from] WorkError),
}

impl DecideError {
    /// The program's exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Judge { .. } => 1,
            Self::Work(error) => error.status(),
            _ => 2,
        }
    }
}
