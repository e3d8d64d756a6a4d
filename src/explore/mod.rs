//! The live page: one file in which a reader moves levers and sees what they add, without a network.
//!
//! `session` answers what the page asks; `exports` is how JavaScript asks it. Both are compiled for browsers, with
//! the feature `explore` alone; `build` makes that module, `engine.wasm.gz`, anew. `data` gathers what the page is
//! told, and `assemble` makes one file of it with the module and the scripts of `page`.

#[cfg(feature = "report")]
pub mod assemble;
#[cfg(feature = "report")]
pub mod data;
#[cfg(target_family = "wasm")]
mod exports;
pub mod session;
