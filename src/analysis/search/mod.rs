//! Search for good packages of levers in several criteria at once.
//!
//! A package is a genome: a fixed number of genes between 0 and 1, each of a [`Kind`], so that a
//! lever's presence, size and date can be coded. [`nsga`] breeds genomes, [`front`] ranks them,
//! [`archive`] keeps the best of all generations, [`hypervolume`] says how good a set of them is,
//! and [`halving`] spends replications on candidates that may still be the best.
//!
//! Criteria are maximised everywhere. Chance is by keyed draws of seed, generation, child and gene,
//! so a result depends neither on threads nor on whether a search was interrupted.

pub mod archive;
mod chance;
pub mod front;
pub mod genome;
pub mod halving;
pub mod hypervolume;
pub mod nsga;
#[cfg(test)]
mod problems;
mod variation;

pub use archive::Archive;
pub use archive::Member;
pub use front::Evaluation;
pub use genome::Kind;
pub use nsga::Evaluator;
pub use nsga::Settings;
pub use nsga::State;
