//! Which policy to choose: what the replications of a run say of a decision among its policies.
//!
//! u(p, r) is an outcome of policy p in replication r, and m(p, θ) its mean given the parameter draws ([`smooth`]): what
//! could be learnt before deciding is θ and never chance, so expected loss and the value of information go by m.

pub mod acceptability;
pub mod additive;
pub mod basis;
pub mod boxes;
pub mod budget;
pub mod criterion;
pub mod curve;
pub mod dominance;
pub mod frontier;
pub mod frontier_error;
pub mod futures;
pub mod information;
pub mod judged;
mod linear;
pub mod outcome;
pub mod ranking;
pub mod regret;
pub mod sample;
pub mod smooth;
pub mod survey;
pub mod switching;
pub mod switching_pairs;

/// The most replications that `outcomes.csv` and `draws.csv` list, the first of a run: the files would else grow without
/// bound, and a decision is told by far fewer.
pub const MOST_LISTED: u32 = 10_000;
