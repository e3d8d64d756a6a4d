//! Why the folder of a run cannot be used.

use std::path::PathBuf;

use crate::experiment::block::BlockError;
use crate::experiment::whole_file::WriteError;

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A run has been finished there.
    #[error(
        "`{}` holds a finished run; add `--force` to replace it, or name another folder with \
         `--output`", .0.display()
    )]
    Finished(PathBuf),
    /// A run has been begun there.
    #[error(
        "`{}` holds an unfinished run with {blocks} finished blocks; add `--resume` to go on with \
         it, `--force` to begin anew, or name another folder with `--output`", path.display()
    )]
    Unfinished {
        /// The folder.
        path: PathBuf,
        /// How many blocks are finished.
        blocks: usize,
    },
    /// A file is there that a run would replace, and no run has written it.
    #[error(
        "`{}` is there and not from a run in this folder, so it is not replaced; move it, or name \
         another folder with `--output`", .0.display()
    )]
    Occupied(PathBuf),
    /// Another run is writing there.
    #[error("`{}` is in use by another run; wait for it, or name another folder with `--output`", .0.display())]
    InUse(PathBuf),
    /// A table is there from an earlier time.
    #[error(
        "`{}` is there already; add `--force` to replace it, or name another folder with \
         `--output`", .0.display()
    )]
    Earlier(PathBuf),
    /// A file is where the folder should be, or where one above it should be.
    #[error(
        "`{}` is no folder, and a run writes a folder of files; name another with `--output`, or \
         remove what is there", .0.display()
    )]
    NoFolder(PathBuf),
    /// A link stands where a run writes and removes files of its own.
    #[error(
        "`{}` is a link, and a run follows none within its folder; remove it, or name another folder \
         with `--output`", .0.display()
    )]
    Link(PathBuf),
    /// A file has the name of a block and is none, so no run has written it.
    #[error(
        "`{}` has the name of a block and is none, so it is not removed; move it, or name another \
         folder with `--output`", .0.display()
    )]
    Stranger(PathBuf),
    /// The path of an input leads out of the scenario's folder.
    #[error("the input `{0}` has no place within the scenario's folder")]
    InputPath(String),
    /// The disk does not take it.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Blocks cannot be removed.
    #[error(transparent)]
    Block(#[from] BlockError),
}

impl FolderError {
    /// Whether another command line helps, rather than another disk.
    #[must_use]
    pub const fn is_of_command_line(&self) -> bool {
        matches!(
            self,
            Self::Finished(_)
                | Self::Unfinished { .. }
                | Self::Occupied(_)
                | Self::Earlier(_)
                | Self::NoFolder(_)
                | Self::Link(_)
                | Self::Stranger(_)
                | Self::InputPath(_)
        )
    }
}
