//! What is written: to the terminal and to files.
//!
//! To add a table: a file here with its columns and a function that writes it, its rows in
//! `columns.rs`, its name in `output_folder::TABLES`, and a statement in `commands/run/finish.rs`.

pub mod additionality;
pub mod assumptions;
pub mod attribution;
pub mod batch_folder;
pub mod calibration;
pub mod cash;
pub mod columns;
pub mod compare;
pub mod comparison;
pub mod console;
pub mod cost_benefit;
pub mod decision;
pub mod description;
pub mod dialect;
pub mod dictionary;
pub mod equal_budget;
pub mod events;
pub mod figures;
pub mod findings;
pub mod folder;
pub mod html;
pub mod kept;
pub mod language;
pub mod levers;
pub mod manifest;
pub mod noise;
pub mod output_folder;
pub mod pairs;
pub mod placebo;
pub mod progress;
pub mod replications;
pub mod rounding;
pub mod sensitivity;
pub mod shard_folder;
pub mod shorten;
pub mod summary;
pub mod table;
pub mod unlisted;
pub mod validation;
pub mod verdict;
pub mod views;
pub mod workbook;
pub mod yearly;
