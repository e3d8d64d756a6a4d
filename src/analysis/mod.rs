//! M, the measures: what is measured, and how sure we are.

pub mod additionality;
pub mod appraisal;
pub mod attribution;
pub mod between;
pub mod comparison;
pub mod decision;
pub mod designed;
pub mod equal_budget;
pub mod evaluation;
pub mod groups;
pub mod layout;
pub mod metrics;
pub mod noise;
pub mod observed;
pub mod pairs;
pub mod results;
pub mod search;
pub mod selection;
pub mod sensitivity;
pub mod served;
pub mod statistics;
pub mod story;
pub mod study;
pub mod summary;
pub mod twin;
