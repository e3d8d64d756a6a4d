//! The laws of the program, tested from outside: one binary, a file a law.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod appraisal;
mod batch;
mod blocks;
mod broken_scenarios;
mod command_line;
mod describe;
mod fake;
mod faults;
mod fixture;
mod inheritance;
mod kills;
mod known_answers;
mod laws;
mod layering;
mod levers;
mod levers_page;
mod mutations;
mod program;
mod random;
mod record;
mod reduced;
mod replay;
mod report;
mod scale;
mod shards;
mod tables;
mod validate;
mod variants;
mod verify;
mod workbook;
