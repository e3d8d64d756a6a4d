//! Which runs are made, how they share the processors, and where their values are kept.

pub mod batch;
pub mod block;
pub mod disk;
pub mod fingerprint;
pub mod pool;
pub mod shard;
pub mod uncertainty;
pub mod whole_file;
