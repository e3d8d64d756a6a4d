//! Search for good packages of levers in several criteria at once.
//!
//! A package is a genome: a fixed number of genes between 0 and 1, each of a [`Kind`], so that a
//! lever's presence, size and date can be coded. [`nsga`] breeds genomes, [`front`] ranks them,
//! [`archive`] keeps the best of all generations, [`hypervolume`] says how good a set of them is,
//! and [`halving`] spends replications on candidates that may still be good. [`space`] says which
//! packages of levers a scenario has, [`judge`] simulates them, [`course`] is the search from the
//! first generation on, and [`found`] what came of it, told from replications that it never saw.
//!
//! Criteria are maximised everywhere. Chance is by keyed draws of seed, generation, child and gene,
//! so a result depends neither on threads nor on whether a search was interrupted.

pub mod archive;
pub mod budget;
mod chance;
pub mod course;
pub mod found;
pub mod front;
pub mod genome;
pub mod halving;
pub mod hypervolume;
pub mod judge;
pub mod measured;
pub mod nsga;
#[cfg(test)]
mod problems;
pub mod space;
mod variation;

pub use archive::Archive;
pub use archive::Member;
pub use front::Evaluation;
pub use genome::Kind;
pub use nsga::Evaluator;
pub use nsga::Settings;
pub use nsga::State;
