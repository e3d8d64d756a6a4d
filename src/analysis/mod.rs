//! M, the measures: what is measured, and how sure we are.

pub mod layout;
pub mod metrics;
pub mod served;
pub mod statistics;
pub mod study;
pub mod twin;
