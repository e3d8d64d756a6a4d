//! The folders that runs, shards and batches leave: who may write to them, what they list, and what they keep.

pub mod attribution_folder;
pub mod batch_folder;
pub mod calibration_folder;
pub mod compare;
pub mod files;
pub mod kept;
pub mod manifest;
pub mod output_folder;
pub mod own_page;
pub mod posterior_origin;
pub mod search_folder;
pub mod sensitivity_folder;
pub mod shard_folder;
pub mod unlisted;
pub mod viewed;
pub mod whole_folder;
