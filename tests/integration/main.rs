//! The laws of the program, tested from outside.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod broken_scenarios;
mod command_line;
mod fixture;
mod inheritance;
mod mutations;
