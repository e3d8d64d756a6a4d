//! Which runs are made: parameter vectors, replications, batches.

pub mod uncertainty;
