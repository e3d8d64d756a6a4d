//! R, the relations: how the district responds to a policy, year by year.
//!
//! One replication of one policy is a pure function of the scenario, the policy, the parameters
//! and the draws: no input, no output, no clock, no thread.

pub mod admission;
mod beginning;
pub mod chance;
pub mod choice;
pub mod classes;
pub mod context;
pub mod district;
pub mod effect;
pub mod founders;
pub mod id;
pub mod identities;
pub mod in_force;
pub mod ledger;
mod memory;
pub mod money;
pub mod passes;
pub mod phases;
pub mod posts;
pub mod returns;
pub mod setup;
mod simulation;
pub mod space;
pub mod support;
pub mod terms;
pub mod whole;
mod year;

pub use simulation::Inputs;
pub use simulation::MOST_FIRMS;
pub use simulation::Simulation;
pub use simulation::StepError;
