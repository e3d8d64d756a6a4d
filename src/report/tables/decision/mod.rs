//! `decision/`: what `yangjae decide` says of a decision among the policies of a run.

pub mod acceptability;
pub mod boxes;
pub mod budgets;
pub mod dominance;
pub mod frontier;
pub mod futures;
pub mod given_parameters;
pub mod information;
pub mod ranking;
pub mod regret;
pub mod switching;

/// The folder of these tables in that of a run.
pub const FOLDER: &str = "decision";
