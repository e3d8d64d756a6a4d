//! `compare/`: what `yangjae compare` says of two runs.

pub mod inputs;
pub mod ranks;
pub mod results;

/// The folder of these tables in the output folder.
pub const FOLDER: &str = "compare";
