//! What the program does, a command a file.

pub mod attribute;
pub mod calibrate;
pub mod check;
pub mod decide;
pub mod describe;
pub mod diff;
pub mod error;
pub mod evidence_error;
pub mod explain;
pub mod interrupt;
mod load;
pub mod merge;
pub mod new;
pub mod noise;
pub mod options;
pub mod output;
pub mod replay;
pub mod report;
pub mod run;
pub mod search;
pub mod selftest;
mod show;
pub mod slurm;
mod sources;
pub mod validate;
pub mod verify;
pub mod whole;
