//! Why a replication stops: accounts that do not close.

use std::ops::Range;

use crate::analysis::twin::Unbalanced;
use crate::model::StepError;

/// The replications of the pilot: above all that a run may have, and whole blocks of Latin
/// hypercubes, over which parameters are spread evenly.
pub const PILOT: Range<u32> = 20_000_000..20_000_030;

/// Why a replication stopped: a mistake in the program, never of a scenario.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// A stock-flow identity does not hold, or firms multiply without bound.
    #[error("policy `{policy}`, {}: {source}", shown(*replication))]
    Identity {
        /// The policy.
        policy: String,
        /// The replication.
        replication: u32,
        /// Which identity, or how many firms.
        source: StepError,
    },
    /// An additionality account does not balance.
    #[error("policy `{policy}`, {}: {source}", shown(*replication))]
    Additionality {
        /// The policy.
        policy: String,
        /// The replication.
        replication: u32,
        /// Where.
        source: Unbalanced,
    },
    /// A net of the additionality accounts is not the difference of the ledgers.
    #[error("policy `{policy}`, {}: {source}", shown(*replication))]
    Net {
        /// The policy.
        policy: String,
        /// The replication.
        replication: u32,
        /// Where.
        source: WrongNet,
    },
}

/// A replication in a message; those of the pilot have no number that anybody knows.
fn shown(replication: u32) -> String {
    if PILOT.contains(&replication) {
        "in the pilot of `--equal-budget`".to_owned()
    } else {
        format!("replication {replication}")
    }
}

/// The nets of the additionality accounts, and what the ledgers of both worlds say they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the additionality accounts of {year} have a net of {net} {measure}, but the ledgers of both \
     worlds differ by {ledgers}"
)]
pub struct WrongNet {
    /// The year.
    pub year: u16,
    /// What is accounted for, and where.
    pub measure: &'static str,
    /// The net of the accounts.
    pub net: i64,
    /// The difference of the ledgers.
    pub ledgers: i64,
}
