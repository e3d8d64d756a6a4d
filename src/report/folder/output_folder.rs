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
use crate::report::folder::manifest;
use crate::report::folder::manifest::RunPlan;
use crate::report::folder::viewed;
use crate::report::tables::appraisal;
use crate::report::tables::decision;
use crate::report::tables::register::OF_DECISION;
use crate::report::tables::register::OF_RUN;
use crate::report::text::progress;
use crate::scenario::InputFile;
use crate::scenario::future;
use crate::system;

/// The file that a run holds locked.
pub const LOCK: &str = ".yangjae-lock";
const BLOCKS: &str = "blocks";
const INPUTS: &str = "inputs";

/// What a folder holds of an earlier run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolderState {
    /// Nothing that would be lost.
    Free,
    /// Blocks of a run that was not finished.
    Unfinished {
        /// How many.
        blocks: usize,
    },
    /// A finished run.
    Finished,
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

/// A folder that this run alone may write to, until it is dropped.
#[derive(Debug)]
pub struct OutputFolder {
    path: PathBuf,
    // The lock lasts as long as the file is open.
    _lock: File,
}

impl OutputFolder {
    /// Makes a folder, or takes hold of one, for as long as the value lives. Nothing in it changes.
    ///
    /// # Errors
    ///
    /// Fails if it is in use, holds a link where a run writes, or cannot be written.
    pub fn lock(path: &Path) -> Result<Self, FolderError> {
        make(path)?;
        without_links(path)?;
        let lock = lock(path)?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    /// What is there of an earlier run.
    ///
    /// # Errors
    ///
    /// Fails if the folder cannot be read, or holds a file with the name of a table that no run
    /// has written.
    pub fn state(&self) -> Result<FolderState, FolderError> {
        if self.listed().is_some() {
            return Ok(FolderState::Finished);
        }
        let blocks = file::list(&self.blocks())?.len();
        if blocks > 0 {
            return Ok(FolderState::Unfinished { blocks });
        }
        self.without_strangers()?;
        Ok(FolderState::Free)
    }

    /// The tables that the manifest of a finished run lists; `None` where there is no such manifest.
    fn listed(&self) -> Option<Vec<String>> {
        let text = manifest::read_file(&self.path.join(manifest::FILE)).ok()?;
        let files = manifest::listed_files(&text);
        // That of a shard lists none; one of another version, or an altered one, is a run's where it lists some.
        (!files.is_empty() || manifest::read(&self.path).is_ok()).then_some(files)
    }

    /// The tables that a run in this folder has written, whether they are there or not; `None` where
    /// nothing tells of a run.
    fn own_tables(&self) -> Option<Vec<String>> {
        match self.listed() {
            Some(listed) => Some(listed.into_iter().filter(|file| is_ours(file)).collect()),
            // A run that was killed while its tables got their names has left some.
            None => self
                .blocks()
                .join(manifest::PLAN)
                .exists()
                .then(|| OF_RUN.iter().map(|table| table.file.to_owned()).collect()),
        }
    }

    /// Refuses where a file that a run would replace is none of a run in this folder.
    fn without_strangers(&self) -> Result<(), FolderError> {
        let own = self.own_tables();
        let is_own = |file: &&str| match &own {
            Some(own) => !is_ours(file) || own.iter().any(|own| own == file),
            None => false,
        };
        let tables = OF_RUN.iter().map(|table| table.file);
        let others = [manifest::FILE, viewed::PAGE, viewed::WORKBOOK];
        let strangers = tables.chain(others).filter(|file| !is_own(file));
        let mut there = strangers.map(|file| self.path.join(file)).filter(|path| path.exists());
        there.next().map_or(Ok(()), |path| Err(FolderError::Occupied(path)))
    }

    /// Refuses where a file has the name of a block and is none.
    ///
    /// # Errors
    ///
    /// Fails if there is one, or the folder of blocks cannot be read.
    pub fn without_strange_blocks(&self) -> Result<(), FolderError> {
        file::stranger(&self.blocks())?.map_or(Ok(()), |path| Err(FolderError::Stranger(path)))
    }

    /// Clears it of all that an earlier run has left there.
    ///
    /// # Errors
    ///
    /// Fails if something cannot be removed, or a file that no run has written has the name of a block or
    /// table; then nothing is removed.
    pub fn clear(&self) -> Result<(), FolderError> {
        self.without_strange_blocks()?;
        self.without_strangers()?;
        self.clear_results()?;
        self.remove_blocks()
    }

    /// Clears it, and the runs of futures within it, which belong to the run that is replaced.
    ///
    /// # Errors
    ///
    /// Fails as [`Self::clear`] does, and if one of them is in use; then nothing is removed.
    pub fn clear_with_futures(&self) -> Result<(), FolderError> {
        let futures = futures(&self.path).into_iter().map(|(_, path)| Self::lock(&path));
        let futures = futures.collect::<Result<Vec<Self>, _>>()?;
        for run in futures.iter().chain([self]) {
            run.without_strange_blocks()?;
            run.without_strangers()?;
        }
        for run in futures {
            run.clear()?;
            remove(&run.path.join(LOCK))?;
            // Only folders in which nothing is left.
            let inputs = run.inputs();
            let copies =
                [inputs.join("policies"), inputs.join(future::FOLDER), inputs, run.blocks()];
            for folder in copies.iter().chain([&run.path.join(viewed::PICTURES), &run.path]) {
                let _ = fs::remove_dir(folder);
            }
        }
        let _ = fs::remove_dir(self.path.join(future::FOLDER));
        self.clear()
    }

    /// Clears it of tables and unfinished files, so that a run can go on from its blocks.
    ///
    /// # Errors
    ///
    /// Fails if something cannot be removed.
    pub fn clear_results(&self) -> Result<(), FolderError> {
        let inputs = self.inputs();
        // Every folder in which a run writes, but that of blocks, which clears itself.
        let figures = self.path.join(viewed::PICTURES);
        let appraisal = self.path.join(appraisal::FOLDER);
        let decision = self.path.join(decision::FOLDER);
        let copies = [inputs.join("policies"), inputs.join(future::FOLDER), inputs];
        for folder in [self.path.clone(), figures, appraisal, decision].into_iter().chain(copies) {
            if folder.is_dir() {
                whole_file::remove_unfinished(&folder)
                    .map_err(|source| WriteError { path: folder, source })?;
            }
        }
        Ok(self.remove_tables()?)
    }

    /// Takes the folder of a finished run, and changes nothing in it.
    ///
    /// # Errors
    ///
    /// Fails if another run is writing there, it holds a link where a run writes, or it takes no file.
    pub fn take(path: &Path) -> Result<Self, FolderError> {
        without_links(path)?;
        Ok(Self { path: path.to_owned(), _lock: lock(path)? })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder of blocks within it.
    #[must_use]
    pub fn blocks(&self) -> PathBuf {
        blocks_of(&self.path)
    }

    /// Keeps a copy of the inputs, and what the run is to make, beside the blocks to come.
    ///
    /// The plan comes last: where there is one, the inputs are complete.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take them.
    pub fn keep(&self, inputs: &[InputFile], plan: &RunPlan) -> Result<(), FolderError> {
        file::prepare(&self.blocks())?;
        for input in inputs {
            if !is_within(&input.path) {
                return Err(FolderError::InputPath(input.path.clone()));
            }
            let target = self.inputs().join(&input.path);
            if let Some(folder) = target.parent() {
                let failed = |source| WriteError { path: target.clone(), source };
                fs::create_dir_all(folder).map_err(failed)?;
            }
            whole_file::write(&target, &input.bytes)?;
        }
        let target = self.blocks().join(manifest::PLAN);
        let text = plan.to_json();
        let text = text.map_err(|source| WriteError { path: target.clone(), source })?;
        Ok(whole_file::write(&target, &text)?)
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

    /// Removes what views that were left behind have begun; nothing is lost where that fails.
    pub fn remove_unfinished(&self) {
        for folder in [self.path.clone(), self.path.join(viewed::PICTURES)] {
            let _ = whole_file::remove_unfinished(&folder);
        }
    }

    /// Where copies of the inputs are.
    #[must_use]
    pub fn inputs(&self) -> PathBuf {
        inputs_of(&self.path)
    }

    /// Whether report and workbook are there, which the manifest does not list.
    #[must_use]
    pub fn has_views(&self) -> bool {
        [viewed::PAGE, viewed::WORKBOOK].iter().all(|file| self.path.join(file).is_file())
    }

    /// Removes the tables of an earlier run: the manifest first, so that what is left of them is
    /// never taken for a finished run.
    fn remove_tables(&self) -> Result<(), WriteError> {
        let Some(own) = self.own_tables() else { return Ok(()) };
        remove(&self.path.join(manifest::FILE))?;
        viewed::remove(&self.path)?;
        own.iter().map(|file| self.path.join(file)).try_for_each(|path| remove(&path))?;
        let decision = OF_DECISION.iter().map(|table| self.path.join(table.file));
        decision.into_iter().try_for_each(|path| remove(&path))?;
        // Only where nothing of the user's is in them.
        for folder in [appraisal::FOLDER, decision::FOLDER] {
            let _ = fs::remove_dir(self.path.join(folder));
        }
        Ok(())
    }

    fn remove_blocks(&self) -> Result<(), FolderError> {
        file::remove_all(&self.blocks())?;
        // Only what the plan lists: whatever else lies there is not ours.
        let plan = manifest::read_plan(&self.blocks()).ok().flatten();
        for input in plan.iter().flat_map(|plan| &plan.inputs) {
            if is_within(&input.file) {
                remove(&self.inputs().join(&input.file))?;
            }
        }
        Ok(remove(&self.blocks().join(manifest::PLAN))?)
    }
}

/// Makes a folder for tables, or clears one of what killed commands left unfinished; unless
/// `replace`, none of the tables may be there.
///
/// # Errors
///
/// Fails if one is there, something else is in the folder's place, or the disk does not take it.
pub fn prepare(path: &Path, tables: &[&str], replace: bool) -> Result<(), FolderError> {
    let mut there = tables.iter().map(|table| path.join(table)).filter(|table| table.exists());
    if let Some(table) = there.next().filter(|_| !replace) {
        return Err(FolderError::Earlier(table));
    }
    make(path)?;
    whole_file::remove_unfinished(path)
        .map_err(|source| WriteError { path: path.to_owned(), source }.into())
}

/// Whether a scenario lies where a run that replaces another in `output` removes files.
#[must_use]
pub fn clears(output: &Path, scenario: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let (Some(blocks), Some(scenario)) = (real(&blocks_of(output)), real(scenario)) else {
        return false;
    };
    scenario.starts_with(blocks)
}

/// Whether a folder is that of a scenario, or lies in one within it that holds inputs.
#[must_use]
pub fn is_among_inputs(output: &Path, scenario: &Path, inputs: &[InputFile]) -> bool {
    let (Some(output), Ok(scenario)) = (real_path(output), fs::canonicalize(scenario)) else {
        return false;
    };
    let folders =
        inputs.iter().filter_map(|input| scenario.join(&input.path).parent().map(PathBuf::from));
    let mut below = folders.filter(|folder| *folder != scenario);
    output == scenario || below.any(|folder| output.starts_with(folder))
}

/// Whether a folder is another or lies within it.
#[must_use]
pub fn is_in(output: &Path, folder: &Path) -> bool {
    let both = real_path(output).zip(real_path(folder));
    both.is_some_and(|(output, folder)| output.starts_with(folder))
}

/// Where a folder lies that need not be there yet: what is there of its path tells.
fn real_path(output: &Path) -> Option<PathBuf> {
    output.ancestors().find_map(|above| {
        let there = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        let mut real = fs::canonicalize(there).ok()?;
        for part in output.strip_prefix(above).ok()?.components() {
            match part {
                Component::ParentDir => {
                    real.pop();
                }
                part => real.push(part),
            }
        }
        Some(real)
    })
}

/// Makes a folder for results, where it is not there.
///
/// # Errors
///
/// Fails if something else is in its place, or the disk does not take it.
pub fn make(path: &Path) -> Result<(), FolderError> {
    // A link that leads nowhere is something too.
    let is_other = |path: &&Path| fs::symlink_metadata(path).is_ok() && !path.is_dir();
    if let Some(other) = path.ancestors().find(is_other) {
        return Err(FolderError::NoFolder(other.to_owned()));
    }
    let failed = |source| WriteError { path: path.to_owned(), source };
    Ok(fs::create_dir_all(path).map_err(failed)?)
}

/// The folder of blocks of a run's folder.
#[must_use]
pub fn blocks_of(folder: &Path) -> PathBuf {
    folder.join(BLOCKS)
}

/// The folder with copies of the inputs of a run's folder.
#[must_use]
pub fn inputs_of(folder: &Path) -> PathBuf {
    folder.join(BLOCKS).join(INPUTS)
}

/// The folder of a run in a future within that of the run.
#[must_use]
pub fn of_future(folder: &Path, future: &str) -> PathBuf {
    folder.join(future::FOLDER).join(future)
}

/// The futures in which runs have written within a folder, by name, each with its folder.
#[must_use]
pub fn futures(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(folder.join(future::FOLDER)).into_iter().flatten().flatten();
    let of_run = |entry: fs::DirEntry| {
        let (path, name) = (entry.path(), entry.file_name().into_string().ok()?);
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let written =
            || path.join(manifest::FILE).exists() || blocks_of(&path).join(manifest::PLAN).exists();
        (is_folder && written()).then_some((name, path))
    };
    let mut found: Vec<(String, PathBuf)> = entries.filter_map(of_run).collect();
    found.sort();
    found
}

/// Whether the path of an input stays within the folder that it is copied to.
fn is_within(path: &str) -> bool {
    let mut parts = Path::new(path).components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Refuses a folder in which a link stands where a run writes or removes files: it would lead to
/// files of somebody else.
fn without_links(folder: &Path) -> Result<(), FolderError> {
    let blocks = blocks_of(folder);
    let inputs = inputs_of(folder);
    let ours = [
        folder.join(LOCK),
        folder.join(viewed::PICTURES),
        folder.join(appraisal::FOLDER),
        folder.join(future::FOLDER),
        inputs.join("policies"),
        inputs.join(future::FOLDER),
        inputs,
        blocks,
    ];
    let is_link = |path: &PathBuf| {
        fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_symlink())
    };
    ours.into_iter().find(is_link).map_or(Ok(()), |link| Err(FolderError::Link(link)))
}

/// Whether a run may have written a file of this name, which a manifest lists.
fn is_ours(file: &str) -> bool {
    OF_RUN.iter().any(|table| table.file == file)
}

fn lock(folder: &Path) -> Result<File, FolderError> {
    let path = folder.join(LOCK);
    let failed = |source| FolderError::Write(WriteError { path: path.clone(), source });
    if path.exists() {
        whole_file::must_be_file(&path).map_err(failed)?;
    }
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(FolderError::InUse(folder.to_owned())),
        Err(TryLockError::Error(error)) if system::knows_no_locks(&error) => {
            progress::message(&format!(
                "the file system of `{}` knows no locks: see to it that no other run writes there",
                folder.display()
            ));
            Ok(file)
        }
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// Removes a file, where there is one.
///
/// # Errors
///
/// Fails if the disk does not let go of it.
pub fn remove(path: &Path) -> Result<(), WriteError> {
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

    fn lock(path: &Path) -> Result<OutputFolder, String> {
        OutputFolder::lock(path).map_err(|error| error.to_string())
    }

    fn input(path: &str) -> InputFile {
        InputFile { path: path.to_owned(), bytes: b"x".to_vec() }
    }

    fn plan() -> RunPlan {
        let text = r#"{"program": "p", "version": "1", "scenario": "s", "seed": 1,
            "inputs": [{"file": "policies/a.toml", "sha256": ""}],
            "replications": 2, "shard": null, "baseline": "b", "policies": ["b"],
            "first_year": 2020, "last_year": 2021, "set": [], "until": null,
            "placebo": false, "equal_budget": false,
            "options": {"events": 0, "replication_csv": false}}"#;
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn two_runs_do_not_share_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let first = lock(folder.path()).unwrap();
        let error = lock(folder.path()).unwrap_err();
        assert!(error.contains("is in use by another run"), "{error}");
        drop(first);
        lock(folder.path()).unwrap();
    }

    #[test]
    fn a_folder_is_free_begun_or_finished_and_is_cleared_of_our_files_only() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let locked = lock(folder.path()).unwrap();
        assert_eq!(locked.state().unwrap(), FolderState::Free);
        locked.keep(&[input("policies/a.toml")], &plan()).unwrap();
        assert_eq!(manifest::read_plan(&locked.blocks()).unwrap(), Some(plan()));
        assert_eq!(locked.state().unwrap(), FolderState::Free);
        write("blocks/block-0000000.yjb", "");
        assert_eq!(locked.state().unwrap(), FolderState::Unfinished { blocks: 1 });

        write("manifest.json", r#"{"files": [{"file": "events.csv"}, {"file": "mine.csv"}]}"#);
        for name in ["events.csv", "mine.csv", "yearly.csv", "blocks/notes.txt"] {
            write(name, "");
        }
        assert_eq!(locked.state().unwrap(), FolderState::Finished);
        let left = |name: &str| folder.path().join(name).exists();
        // Not listed, so none of the run's.
        let error = locked.clear().unwrap_err().to_string();
        assert!(error.contains("yearly.csv` is there and not from a run"), "{error}");
        assert!(left("events.csv") && left("manifest.json"));
        fs::remove_file(folder.path().join("yearly.csv")).unwrap();
        locked.clear().unwrap();
        assert!(left("mine.csv") && left("blocks/notes.txt"));
        assert!(!left("events.csv") && !left("manifest.json"));
        assert!(!left("blocks/inputs/policies/a.toml") && !left("blocks/plan.json"));
        assert_eq!(locked.state().unwrap(), FolderState::Free);
    }

    #[test]
    fn a_table_of_somebody_else_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("yearly.csv"), "").unwrap();
        let error = lock(folder.path()).unwrap().state().unwrap_err().to_string();
        assert!(error.contains("yearly.csv` is there and not from a run"), "{error}");
    }

    #[test]
    fn a_manifest_of_something_else_is_no_finished_run() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("manifest.json"), "{}").unwrap();
        let locked = lock(folder.path()).unwrap();
        for error in [locked.state().map(|_| ()), locked.clear()] {
            let error = error.unwrap_err().to_string();
            assert!(error.contains("manifest.json` is there and not from a run"), "{error}");
        }
        assert!(folder.path().join("manifest.json").exists());
        // Beside blocks and their plan it is what was left of a run's own.
        locked.keep(&[], &plan()).unwrap();
        fs::write(folder.path().join("blocks/block-0000000.yjb"), "").unwrap();
        assert_eq!(locked.state().unwrap(), FolderState::Unfinished { blocks: 1 });
        locked.clear().unwrap();
        assert!(!folder.path().join("manifest.json").exists());
    }

    #[test]
    fn inputs_stay_within_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let opened = lock(folder.path()).unwrap();
        for path in ["../x", "/x", "policies/../../x"] {
            assert!(opened.keep(&[input(path)], &plan()).is_err(), "{path}");
        }
    }

    #[test]
    fn a_file_in_place_of_the_folder_is_named() {
        let file = tempfile::NamedTempFile::new().unwrap();
        for path in [file.path().to_owned(), file.path().join("x/y")] {
            let error = lock(&path).unwrap_err();
            let expected = format!("`{}` is no folder", file.path().display());
            assert!(error.starts_with(&expected), "{error}");
        }
    }
}
