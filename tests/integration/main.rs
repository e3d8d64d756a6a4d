//! The laws of the program, tested from outside: one binary, a file a law.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod batch;
mod blocks;
mod broken_scenarios;
mod calibration;
mod command_line;
mod fake;
mod fixture;
mod inheritance;
mod known_answers;
mod laws;
mod layering;
mod mutations;
mod record;
mod scale;
mod tables;
