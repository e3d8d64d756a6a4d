//! From a scenario to a folder of results: what `run`, `merge`, `verify` and `report` do alike.
//!
//! The order is that of `commands/run/mod.rs`: a recipe of everything that bears on results (`recipe.rs`), its
//! policies scaled where that is asked for (`variants.rs`), its
//! replications by a promise of precision (`promise.rs`), a job with model and threads (`job.rs`), the folder
//! (`begin.rs`), the blocks (`experiment/batch.rs`), tables and views (`finish.rs`).
//!
//! | to change | look at |
//! |---|---|
//! | what bears on results, and enters manifest and fingerprint | `recipe.rs`, `report/folder/manifest.rs` |
//! | what becomes of an earlier run in the folder; `--resume` | `begin.rs` |
//! | which files are written | `finish.rs` |

pub mod asked_for;
pub mod assumptions;
pub mod begin;
pub mod decision;
pub mod dependence;
pub mod engine;
pub mod error;
pub mod finish;
pub mod interrupt;
pub mod job;
mod live_page;
pub mod need;
pub mod promise;
pub mod recipe;
pub mod selection;
pub mod study;
pub mod variants;
