//! The folder of a run: who may write to it, and how its tables appear together.
//!
//! A folder is that of a finished run when it has a manifest: the manifest is the last file to
//! appear and the first to go. Nothing is ever removed but what a run of this program has written.

mod error;
mod place;

pub use error::FolderError;
pub use place::blocks_of;
pub use place::clears;
pub use place::futures;
pub use place::inputs_of;
pub use place::is_among_inputs;
pub use place::is_in;
pub use place::make;
pub use place::of_future;
pub use place::remove;

use std::fs;
use std::fs::File;
use std::fs::TryLockError;
use std::path::Path;
use std::path::PathBuf;

use crate::experiment::block::file;
use crate::experiment::whole_file;
use crate::experiment::whole_file::CompleteFile;
use crate::experiment::whole_file::WriteError;
use crate::report::folder::manifest;
use crate::report::folder::manifest::RunPlan;
use crate::report::folder::output_folder::place::is_within;
use crate::report::folder::viewed;
use crate::report::tables::appraisal;
use crate::report::tables::column::TableSpec;
use crate::report::tables::decision;
use crate::report::tables::register::OF_DECISION;
use crate::report::tables::register::OF_RUN;
use crate::report::text::progress;
use crate::scenario::InputFile;
use crate::scenario::future;
use crate::system;

/// The file that a run holds locked.
pub const LOCK: &str = ".yangjae-lock";

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

    /// Lets go of the folder, which goes where nothing else is in it.
    pub fn give_up(self) {
        let path = self.path.clone();
        drop(self);
        if fs::read_dir(&path).is_ok_and(|all| all.flatten().all(|it| it.file_name() == LOCK)) {
            // Should somebody write there by now, what he wrote stays, and the folder with it.
            let _ = fs::remove_file(path.join(LOCK));
            let _ = fs::remove_dir(&path);
        }
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
            None => self.blocks().join(manifest::PLAN).exists().then(|| listed_ones().collect()),
        }
    }

    /// Refuses where a file that a run would replace is none of a run in this folder.
    fn without_strangers(&self) -> Result<(), FolderError> {
        let own = self.own_tables();
        let is_own = |file: &String| match &own {
            Some(own) => !is_ours(file) || own.contains(file),
            None => false,
        };
        let others = [manifest::FILE, viewed::PAGE, viewed::WORKBOOK].map(str::to_owned);
        let strangers = listed_ones().chain(others).filter(|file| !is_own(file));
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
        let decision = OF_DECISION.iter().flat_map(TableSpec::files);
        let decision = decision.map(|file| self.path.join(file));
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

/// Refuses a folder in which a link stands where a run writes or removes files: it would lead to
/// files of somebody else.
fn without_links(folder: &Path) -> Result<(), FolderError> {
    let blocks = blocks_of(folder);
    let inputs = inputs_of(folder);
    let ours = [
        folder.join(LOCK),
        folder.join(viewed::PICTURES),
        folder.join(appraisal::FOLDER),
        folder.join(decision::FOLDER),
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
    listed_ones().any(|own| own == file)
}

/// What the manifest of some run lists.
fn listed_ones() -> impl Iterator<Item = String> {
    OF_RUN.iter().flat_map(TableSpec::files).chain([viewed::LIVE.to_owned()])
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

#[cfg(test)]
mod tests;
