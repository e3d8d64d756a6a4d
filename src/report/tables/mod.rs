//! The tables of a run, and of calibration, validation, noise and attribution: a file each.
//!
//! To add a table: a file here with its columns and a function that writes it, its rows in `columns.rs`,
//! its name in `output_folder::TABLES`, and a statement in `commands/run/finish.rs`.

pub mod additionality;
pub mod assumptions;
pub mod attribution;
pub mod calibration;
pub mod cash;
pub mod columns;
pub mod comparison;
pub mod cost_benefit;
pub mod dictionary;
pub mod equal_budget;
pub mod events;
pub mod levers;
pub mod noise;
pub mod pairs;
pub mod replications;
pub mod sensitivity;
pub mod table;
pub mod validation;
pub mod yearly;
