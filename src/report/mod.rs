//! What is written: to the terminal and to files.

pub mod columns;
pub mod console;
pub mod folder;
