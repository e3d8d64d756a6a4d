//! What is written: to the terminal and to files.
//!
//! Parts in order, each using those before it: `text` (languages, numbers, dialects of CSV, writing to the
//! terminal), `folder` (folders of runs, shards and batches), `tables` (a file each), `views` (what
//! people look at).

pub mod folder;
pub mod tables;
pub mod text;
pub mod views;
