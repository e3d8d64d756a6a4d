//! Why what a run left cannot be shown.

use std::path::PathBuf;

use crate::report::tables::read::UnreadableTable;

/// Why what a run left cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FindingsError {
    /// A table, or the manifest, cannot be read.
    #[error(transparent)]
    Read(#[from] UnreadableTable),
    /// A run has been begun there and not finished.
    #[error(
        "the run in `{}` is not finished: it has {blocks} blocks and no manifest.json yet; wait for it, \
         or go on with it by `yangjae run --resume`", folder.display()
    )]
    Unfinished {
        /// The folder.
        folder: PathBuf,
        /// The blocks that are finished.
        blocks: usize,
    },
    /// It is a part of a run.
    #[error(
        "`{}` is shard {shard} of a run and has no tables; `yangjae merge` puts shards together",
        folder.display()
    )]
    Shard {
        /// The folder.
        folder: PathBuf,
        /// Which shard.
        shard: String,
    },
    /// It is a run of some tables alone.
    #[error(
        "the run in `{}` was made with `--only {only}` and has no other table, so that there is nothing to show of it; \
         the same `yangjae run` without `--only` makes all, into another folder or with `--force`", folder.display()
    )]
    TablesAlone {
        /// The folder.
        folder: PathBuf,
        /// The tables that it has.
        only: String,
    },
    /// The manifest cannot be understood.
    #[error(
        "`{}` is no manifest: {fault}; the same `yangjae run` with `--resume` makes it anew",
        path.display()
    )]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// The manifest and the tables do not fit.
    #[error(
        "{file} has no row of the policy `{policy}`, which manifest.json lists; the same `yangjae run` with \
         `--resume` makes it anew"
    )]
    NoRows {
        /// The file.
        file: String,
        /// The policy.
        policy: String,
    },
}
