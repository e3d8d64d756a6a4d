//! How text and numbers are shown: languages, dialects of CSV, rounding, and writing to the terminal.

pub mod console;
pub mod dialect;
pub mod glossary;
pub mod language;
pub mod message;
pub mod progress;
pub mod rounding;
pub mod shorten;
