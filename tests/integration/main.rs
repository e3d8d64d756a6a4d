//! The laws of the program, tested from outside.

mod broken_scenarios;
mod command_line;
mod fixture;
mod inheritance;
mod mutations;
