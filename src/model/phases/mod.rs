//! The six phases of the year, a file or folder each: `calendar` (what the policy begins and ends), `intake`, `graduation`, `jobs`,
//! `investment`, `accounts`. What they share stands beside this folder.

pub mod accounts;
pub mod calendar;
pub mod graduation;
pub mod intake;
pub mod investment;
pub mod jobs;
