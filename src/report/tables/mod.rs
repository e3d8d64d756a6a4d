//! The tables of a run, and of calibration, validation, noise and attribution: a file each.
//!
//! To add a column: a field with its meaning in the row's type, and its value where the row is made.
//! To add a table: a file here with its `table!`, its row type in the lists of `register.rs`, what it holds in
//! `report/folder/files.rs`, and the statement that writes it, for a run in `pipeline/finish.rs`.

pub mod additionality;
pub mod appraisal;
pub mod assumptions;
pub mod attribution;
pub mod calibration;
pub mod cash;
pub mod column;
pub mod compare;
pub mod comparison;
pub mod cost_benefit;
pub mod decision;
pub mod designed;
pub mod dictionary;
pub mod draws;
pub mod entries;
pub mod equal_budget;
pub mod events;
pub mod groups;
pub mod levers;
pub mod noise;
pub mod outcomes;
pub mod pairs;
mod parquet;
pub mod read;
pub mod register;
pub mod replications;
pub mod row;
pub mod search;
pub mod selection;
pub mod sensitivity;
pub mod table;
pub mod validation;
pub mod yearly;
