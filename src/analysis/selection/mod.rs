//! Which of several policies is the best, with how many replications, and how sure one can be.
//!
//! [`kn`] drops policies as replications come in and guarantees the choice; [`ocba`] spreads a
//! fixed budget over policies that are simulated apart; [`probability`] says how probable it is
//! that the choice is right; [`choice`] makes one by either; [`precision`] says when means are known well
//! enough, and [`promise`] how many replications of a run that takes.
//!
//! Values are maximised everywhere.

pub mod best_by;
pub mod choice;
#[cfg(test)]
mod highest;
pub mod kn;
pub mod ocba;
pub mod precision;
pub mod probability;
pub mod promise;
#[cfg(test)]
pub mod trial;
