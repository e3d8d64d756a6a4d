//! Why shards do not come together.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use crate::experiment::block::BlockError;
use crate::experiment::shard::Shard;
use crate::experiment::shard::ShardError;
use crate::pipeline::recipe::RecipeError;
use crate::report::folder::kept;
use crate::report::folder::kept::DamagedCopy;
use crate::report::folder::manifest::PlanError;
use crate::report::text::message::with_causes;

/// One thing that is wrong.
#[derive(Debug, thiserror::Error)]
pub enum ShardProblem {
    /// A path leads to no shard.
    #[error("`{}` is no folder of a shard and holds none", .0.display())]
    NoShard(PathBuf),
    /// A run is writing there.
    #[error("`{}` is in use by a run; wait for it", .0.display())]
    InUse(PathBuf),
    /// The shard was not finished.
    #[error(
        "`{}` has {blocks} finished blocks but no manifest: {what} is not finished; run it again \
         with `--resume`", folder.display()
    )]
    Unfinished {
        /// The folder.
        folder: PathBuf,
        /// Which shard it is, where it says so.
        what: String,
        /// How many blocks are there.
        blocks: usize,
    },
    /// The manifest cannot be read.
    #[error("{}; run that shard again with `--resume`", with_causes(.0))]
    Unreadable(PlanError),
    /// It is a whole run.
    #[error("`{}` is a whole run, not a shard", .0.display())]
    Whole(PathBuf),
    /// It does not say which shard it is.
    #[error("the manifest of `{}` does not say which shard it is: {source}", folder.display())]
    Number {
        /// The folder.
        folder: PathBuf,
        /// What is wrong.
        source: ShardError,
    },
    /// It was made by another version of the program.
    #[error(
        "`{}` was made by version {version} of {program}, and this is version {}",
        folder.display(), env!("CARGO_PKG_VERSION")
    )]
    Version {
        /// The folder.
        folder: PathBuf,
        /// The program.
        program: String,
        /// Its version.
        version: String,
    },
    /// It is from another run than most.
    #[error(
        "`{}` is from another run than `{}`: {differences}", folder.display(), most.display()
    )]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// One of the folders that most are like.
        most: PathBuf,
        /// In what they differ.
        differences: String,
    },
    /// A shard is there twice.
    #[error("shard {shard} is there twice: in `{}` and in `{}`", one.display(), other.display())]
    Doubled {
        /// The shard.
        shard: Shard,
        /// A folder with it.
        one: PathBuf,
        /// Another.
        other: PathBuf,
    },
    /// A shard is not there.
    #[error(
        "shard {shard} is missing: replications {} to {}", replications.start, replications.end - 1
    )]
    Missing {
        /// The shard.
        shard: Shard,
        /// The replications that it has; never empty.
        replications: Range<u32>,
    },
    /// A block is not what it should be.
    #[error("shard {shard}: {}; run that shard again with `--resume`", with_causes(.source))]
    Block {
        /// The shard.
        shard: Shard,
        /// What is wrong with the block.
        source: BlockError,
    },
    /// The blocks of a shard are not those that its manifest lists.
    #[error(
        "shard {shard}: the blocks in `{}` are not those that its manifest lists; run that shard \
         again with `--resume`", folder.display()
    )]
    Seal {
        /// The shard.
        shard: Shard,
        /// Its folder.
        folder: PathBuf,
    },
    /// The copy of the inputs is not what it was.
    #[error(
        "shard {shard}: the copy of its inputs is damaged: {}; run that shard again with \
         `--resume`",
        kept::listed(damaged)
    )]
    Inputs {
        /// The shard.
        shard: Shard,
        /// What is wrong with its files.
        damaged: Vec<DamagedCopy>,
    },
    /// The manifest does not fit the inputs that it lists.
    #[error("shard {shard}: {source}; run that shard again with `--force`")]
    Recipe {
        /// The shard.
        shard: Shard,
        /// What is wrong.
        source: RecipeError,
    },
}

/// Everything that is wrong.
#[derive(Debug)]
pub struct ShardProblems(pub Vec<ShardProblem>);

impl std::error::Error for ShardProblems {}

impl fmt::Display for ShardProblems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        let noun = if count == 1 { "problem" } else { "problems" };
        write!(formatter, "the shards cannot be merged; {count} {noun}:")?;
        self.0.iter().try_for_each(|problem| write!(formatter, "\n  {problem}"))
    }
}
