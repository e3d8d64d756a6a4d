//! What is written: to the terminal and to files.
//!
//! Parts in order, each using those before it: `text` (languages, numbers, dialects of CSV, writing to the
//! terminal), `tables` (a file each), `folder` (folders of runs, shards and batches), `views` (what
//! people look at).

pub mod folder;
pub mod tables;
pub mod text;
pub mod views;
