//! The folder of a run: who may write to it, and how its tables appear together.
//!
//! A folder is that of a finished run when it has a manifest: the manifest is the last file to
//! appear and the first to go. Nothing is ever removed but what a run of this program has written.

use std::fs;
use std::fs::File;
use std::fs::TryLockError;
use std::io;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

use crate::experiment::block::BlockError;
use crate::experiment::block::file;
use crate::experiment::whole_file;
use crate::experiment::whole_file::CompleteFile;
use crate::experiment::whole_file::WriteError;
use crate::report::manifest;
use crate::scenario::InputFile;

/// Every table that a run may write.
pub const TABLES: [&str; 9] = [
    "yearly.csv",
    "comparison.csv",
    "additionality.csv",
    "cost_benefit.csv",
    "equal_budget.csv",
    "replications.csv",
    "events.csv",
    "dictionary.csv",
    "levers.csv",
];

const LOCK: &str = ".yangjae-lock";
const BLOCKS: &str = "blocks";
const INPUTS: &str = "inputs";

/// What to do with a finished run in the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finished {
    /// Refuse.
    Keep,
    /// Replace it.
    Replace,
}

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A run has been finished there.
    #[error(
        "`{}` holds a finished run; add `--force` to replace it, or name another folder with \
         `--output`", .0.display()
    )]
    Finished(PathBuf),
    /// A file is there that a run would replace, and no run has written it.
    #[error(
        "`{}` is there and not from a run in this folder; add `--force` to replace it, or name \
         another folder with `--output`", .0.display()
    )]
    Occupied(PathBuf),
    /// Another run is writing there.
    #[error("`{}` is in use by another run; wait for it, or name another folder with `--output`", .0.display())]
    InUse(PathBuf),
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

/// A folder that this run alone may write to, until it is dropped.
#[derive(Debug)]
pub struct OutputFolder {
    path: PathBuf,
    // The lock lasts as long as the file is open.
    _lock: File,
}

impl OutputFolder {
    /// Makes or takes over a folder, and clears it of what an earlier run has left there.
    ///
    /// # Errors
    ///
    /// Fails if it is in use, holds a finished run that is to be kept, or cannot be written.
    pub fn open(path: &Path, finished: Finished) -> Result<Self, FolderError> {
        let failed = |source| WriteError { path: path.to_owned(), source };
        fs::create_dir_all(path).map_err(failed)?;
        let lock = lock(path)?;
        let folder = Self { path: path.to_owned(), _lock: lock };
        if finished == Finished::Keep {
            folder.check_free()?;
        }
        whole_file::remove_unfinished(path).map_err(failed)?;
        folder.remove_tables()?;
        folder.remove_blocks()?;
        Ok(folder)
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder of blocks within it.
    #[must_use]
    pub fn blocks(&self) -> PathBuf {
        self.path.join(BLOCKS)
    }

    /// Keeps a copy of the inputs beside the blocks that are made from them.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take them.
    pub fn keep_inputs(&self, inputs: &[InputFile]) -> Result<(), FolderError> {
        file::prepare(&self.blocks())?;
        for input in inputs {
            let within = Path::new(&input.path);
            if !within.components().all(|part| matches!(part, Component::Normal(_))) {
                return Err(FolderError::InputPath(input.path.clone()));
            }
            let target = self.inputs().join(within);
            if let Some(folder) = target.parent() {
                let failed = |source| WriteError { path: target.clone(), source };
                fs::create_dir_all(folder).map_err(failed)?;
            }
            whole_file::write(&target, &input.bytes)?;
        }
        Ok(())
    }

    /// Gives all tables their names, and the manifest last.
    ///
    /// # Errors
    ///
    /// Fails if a file cannot be renamed; then there is no manifest.
    pub fn publish(
        &self,
        tables: Vec<CompleteFile>,
        manifest: CompleteFile,
    ) -> Result<(), FolderError> {
        for table in tables {
            table.publish()?;
        }
        Ok(manifest.publish()?)
    }

    fn inputs(&self) -> PathBuf {
        self.path.join(BLOCKS).join(INPUTS)
    }

    fn check_free(&self) -> Result<(), FolderError> {
        if self.path.join(manifest::FILE).exists() {
            return Err(FolderError::Finished(self.path.clone()));
        }
        if self.blocks().exists() {
            return Ok(());
        }
        let mut tables = TABLES.iter().map(|table| self.path.join(table));
        tables
            .find(|table| table.exists())
            .map_or(Ok(()), |table| Err(FolderError::Occupied(table)))
    }

    /// Removes the tables of a finished run: the manifest first, so that what is left of them is
    /// never taken for a finished run.
    fn remove_tables(&self) -> Result<(), WriteError> {
        let path = self.path.join(manifest::FILE);
        let Ok(text) = fs::read(&path) else {
            return Ok(());
        };
        let listed = manifest::listed_files(&text);
        remove(&path)?;
        let ours = TABLES.iter().filter(|&&table| listed.iter().any(|file| file == table));
        ours.map(|table| self.path.join(table)).try_for_each(|path| remove(&path))
    }

    fn remove_blocks(&self) -> Result<(), FolderError> {
        file::remove_all(&self.blocks())?;
        for name in ["scenario.toml", "district.toml", "parameters.toml", "observed.csv"] {
            remove(&self.inputs().join(name))?;
        }
        let Ok(policies) = fs::read_dir(self.inputs().join("policies")) else {
            return Ok(());
        };
        for policy in policies.flatten().map(|entry| entry.path()) {
            if policy.extension().is_some_and(|ending| ending == "toml") {
                remove(&policy)?;
            }
        }
        Ok(())
    }
}

fn lock(folder: &Path) -> Result<File, FolderError> {
    let path = folder.join(LOCK);
    let failed = |source| FolderError::Write(WriteError { path: path.clone(), source });
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(FolderError::InUse(folder.to_owned())),
        // Some network file systems know no locks; a run there goes on without.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

fn remove(path: &Path) -> Result<(), WriteError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(WriteError { path: path.to_owned(), source })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(path: &Path, finished: Finished) -> Result<OutputFolder, String> {
        OutputFolder::open(path, finished).map_err(|error| error.to_string())
    }

    fn input(path: &str) -> InputFile {
        InputFile { path: path.to_owned(), bytes: b"x".to_vec() }
    }

    #[test]
    fn two_runs_do_not_share_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let first = open(folder.path(), Finished::Keep).unwrap();
        let error = open(folder.path(), Finished::Replace).unwrap_err();
        assert!(error.contains("is in use by another run"), "{error}");
        drop(first);
        open(folder.path(), Finished::Keep).unwrap();
    }

    #[test]
    fn a_finished_run_is_kept_unless_force_is_given_and_foreign_files_always() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("manifest.json", r#"{"files": [{"file": "events.csv"}, {"file": "mine.csv"}]}"#);
        for name in ["events.csv", "mine.csv", "yearly.csv"] {
            write(name, "");
        }
        let error = open(folder.path(), Finished::Keep).unwrap_err();
        assert!(error.contains("add `--force` to replace it"), "{error}");

        let opened = open(folder.path(), Finished::Replace).unwrap();
        opened.keep_inputs(&[input("policies/a.toml")]).unwrap();
        fs::write(opened.blocks().join("notes.txt"), "mine").unwrap();
        drop(opened);
        let opened = open(folder.path(), Finished::Keep).unwrap();
        let left = |name: &str| folder.path().join(name).exists();
        assert!(left("mine.csv") && left("yearly.csv") && left("blocks/notes.txt"));
        assert!(!left("events.csv") && !left("manifest.json"));
        assert!(!left("blocks/inputs/policies/a.toml"));
        drop(opened);
    }

    #[test]
    fn a_table_of_somebody_else_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("yearly.csv"), "").unwrap();
        let error = open(folder.path(), Finished::Keep).unwrap_err();
        assert!(error.contains("yearly.csv` is there and not from a run"), "{error}");
    }

    #[test]
    fn inputs_stay_within_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let opened = open(folder.path(), Finished::Keep).unwrap();
        for path in ["../x", "/x", "policies/../../x"] {
            assert!(opened.keep_inputs(&[input(path)]).is_err(), "{path}");
        }
    }

    #[test]
    fn a_file_in_place_of_the_folder_is_named() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = open(&file.path().join("x"), Finished::Keep).unwrap_err();
        assert!(error.starts_with("cannot write `"), "{error}");
    }
}
