//! The laws of the program, tested from outside: one binary, a file a law.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "what a test has seen or left out is said aloud"
)]
#![allow(clippy::float_cmp, reason = "identities hold to the last bit")]
#![allow(clippy::cast_possible_truncation, clippy::similar_names, reason = "small numbers, twins")]

mod adjustments;
mod appraisal;
mod areas;
mod batch;
mod blocks;
mod broken_scenarios;
mod calibration;
mod cash;
mod citations;
mod command_line;
mod compare;
mod currency;
mod decide;
mod describe;
mod editors;
mod edits;
mod explained;
mod explore;
mod fake;
mod faults;
mod fixture;
mod forms;
mod futures;
mod groups;
mod headline;
mod hostile;
mod inert;
mod inheritance;
mod instruments;
mod kept;
mod kills;
mod known_answers;
mod languages;
mod laws;
mod layering;
mod levers;
mod levers_page;
mod library;
mod lifespans;
mod money;

mod designed;
mod mutations;
mod named;
mod output_page;
mod pangyo;
mod parquet;
mod plausible;
mod program;
mod random;
mod recipes;
mod record;
mod reduced;
mod renamed;
mod replay;
mod report;
mod rooms;
mod sampling;
mod scale;
mod search;
mod sensitivity;
mod shards;
mod slurm;
mod supply;
mod sweep;
mod tables;
mod toy;
mod validate;
mod variants;
mod verify;
mod workbook;
