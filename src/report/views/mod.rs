//! What people look at, made from the tables of a run: the terminal, the page, the workbook, the pictures,
//! the description of the model.

pub mod assumptions;
pub mod attribution;
pub mod citation;
pub mod deciding;
pub mod decision;
pub mod description;
pub mod equal_budget;
pub mod figures;
pub mod findings;
pub mod futures;
pub mod html;
pub mod placebo;
pub mod promise;
pub mod selection;
pub mod summary;
pub mod translation;
pub mod verdict;
pub mod view_files;
#[cfg(feature = "workbook")]
pub mod workbook;
