//! Why a report could not be written, and with which exit status.

use crate::experiment::whole_file::WriteError;
use crate::report::folder::output_folder::FolderError;
use crate::report::text::language::UnknownLanguage;
use crate::report::views::findings::error::FindingsError;
use crate::report::views::view_files::ViewError;

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The tables cannot be read.
    #[error(transparent)]
    Findings(#[from] FindingsError),
    /// Tables are not what the run wrote.
    #[error(
        "not what the run wrote: {0}; undo the change, or the same `yangjae run` with `--resume` makes them again"
    )]
    Changed(String),
    /// The manifest is that of another run.
    #[error(
        "{0}; undo the change, or the same `yangjae run` with `--resume`, or the same `yangjae merge`, \
         writes manifest.json and blocks/plan.json again"
    )]
    OtherRun(String),
    /// The language is none of the scenario's.
    #[error(transparent)]
    Language(#[from] UnknownLanguage),
    /// The report cannot be made.
    #[error(transparent)]
    View(#[from] ViewError),
    /// The folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The disk does not take a file.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl ReportError {
    /// The program's exit status: 2 where the folder is not what it should be.
    #[must_use]
    pub const fn status(&self) -> u8 {
        match self {
            Self::Findings(_)
            | Self::View(ViewError::Findings(_))
            | Self::Changed(_)
            | Self::OtherRun(_)
            | Self::Language(_) => 2,
            Self::Folder(error) if error.is_of_command_line() => 2,
            _ => 1,
        }
    }
}
