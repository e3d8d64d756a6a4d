//! What is written: tables, the manifest, and the few lines that a person reads.
//!
//! To add a table: a file here with its columns and a function that writes it, and a statement in
//! `commands/run.rs`.

pub mod additionality;
pub mod comparison;
pub mod console;
pub mod dictionary;
pub mod events;
pub mod folder;
pub mod levers;
pub mod manifest;
pub mod progress;
pub mod replications;
pub mod table;
pub mod yearly;
