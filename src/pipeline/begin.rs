//! The output folder at the beginning of a run: new, replaced, or gone on with.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;

use crate::experiment::batch::Halted;
use crate::experiment::block::BlockError;
use crate::experiment::block::Mismatch;
use crate::experiment::block::archive::Archive;
use crate::experiment::block::file;
use crate::experiment::block::file::Block;
use crate::pipeline::engine::Engine;
use crate::pipeline::error::WorkError;
use crate::pipeline::finish;
use crate::pipeline::job::Job;
use crate::pipeline::need;
use crate::pipeline::need::NoRoom;
use crate::report::folder::kept;
use crate::report::folder::manifest;
use crate::report::folder::manifest::PlanError;
use crate::report::folder::manifest::RunPlan;
use crate::report::folder::output_folder;
use crate::report::folder::output_folder::FolderError;
use crate::report::folder::output_folder::FolderState;
use crate::report::folder::output_folder::OutputFolder;
use crate::report::folder::unlisted;
use crate::report::text::message;
use crate::report::text::progress;

/// What to do with an earlier run in the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Leave it alone, and refuse.
    Keep,
    /// Replace it.
    Replace,
    /// Go on with it.
    Resume,
}

/// A folder in which a run can go on.
#[derive(Debug)]
pub struct Begun {
    /// The folder, which is this run's alone.
    pub folder: OutputFolder,
    /// The blocks that are still to be made.
    pub left: Vec<Range<u32>>,
}

/// Why a run does not begin.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// What an earlier run was to make cannot be read.
    #[error(
        "{}; it says what run the blocks beside it are of: add `--force` to begin anew, or name \
         another folder with `--output`", message::with_causes(.0)
    )]
    Plan(PlanError),
    /// There are blocks, but not what they are of.
    #[error(
        "`{}` holds blocks without blocks/plan.json, which says what run they are of; add \
         `--force` to begin anew", .0.display()
    )]
    NoPlan(PathBuf),
    /// The folder is that of another run.
    #[error(
        "`{}` holds another run, which this one cannot go on with: {differences}; add `--force` \
         to begin anew, or name another folder with `--output`", folder.display()
    )]
    OtherRun {
        /// The folder.
        folder: PathBuf,
        /// In what it differs.
        differences: String,
    },
    /// The disk is too small.
    #[error(transparent)]
    NoRoom(#[from] NoRoom),
    /// The folder or its blocks cannot be used.
    #[error(transparent)]
    Work(#[from] WorkError),
}

impl BeginError {
    /// The program's exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Plan(_) | Self::NoPlan(_) | Self::OtherRun { .. } => 2,
            Self::NoRoom(_) => 1,
            Self::Work(error) => error.status(),
        }
    }
}

impl From<FolderError> for BeginError {
    fn from(error: FolderError) -> Self {
        Self::Work(error.into())
    }
}

impl From<BlockError> for BeginError {
    fn from(error: BlockError) -> Self {
        Self::Work(error.into())
    }
}

/// Refuses a folder that holds what is to be kept, before anything is computed for it.
///
/// # Errors
///
/// Fails as [`begin`] will.
pub fn may_begin(path: &Path, manner: Manner) -> Result<(), BeginError> {
    if manner != Manner::Keep || !path.exists() {
        return Ok(());
    }
    match OutputFolder::lock(path)?.state()? {
        FolderState::Free => Ok(()),
        state => Err(kept_there(path, state).into()),
    }
}

/// Why a folder in this state is left alone.
fn kept_there(path: &Path, state: FolderState) -> FolderError {
    let path = path.to_owned();
    match state {
        FolderState::Unfinished { blocks } => FolderError::Unfinished { path, blocks },
        FolderState::Finished | FolderState::Free => FolderError::Finished(path),
    }
}

/// The plan of the run that a folder holds, finished or not; nothing where it cannot be read.
#[must_use]
pub fn plan_in(path: &Path) -> Option<RunPlan> {
    let finished = manifest::read(path).ok().flatten().map(|manifest| manifest.plan);
    finished.or_else(|| manifest::read_plan(&output_folder::blocks_of(path)).ok().flatten())
}

/// Makes or takes over the output folder; none where this very run is finished in it already.
///
/// # Errors
///
/// Fails if the folder is in use, cannot be written, or holds what is to be kept.
pub fn begin<E: Engine>(
    job: &Job<'_, E>,
    path: &Path,
    manner: Manner,
) -> Result<Option<Begun>, BeginError> {
    let folder = OutputFolder::lock(path)?;
    let state = folder.state()?;
    match (manner, state) {
        (Manner::Keep, FolderState::Finished | FolderState::Unfinished { .. }) => {
            Err(kept_there(path, state).into())
        }
        (Manner::Resume, FolderState::Finished | FolderState::Unfinished { .. }) => {
            resume(job, folder)
        }
        (Manner::Replace, _) | (_, FolderState::Free) => {
            let held = job.recipe.replications();
            // Before anything is cleared: a run that cannot be made does not cost the one before.
            check_room(job, path, held.end - held.start)?;
            if manner == Manner::Replace {
                folder.clear_with_futures()?;
            } else {
                folder.clear()?;
            }
            folder.keep(&job.recipe.scenario.inputs, &job.recipe.plan())?;
            Ok(Some(Begun { folder, left: job.recipe.blocks() }))
        }
    }
}

/// Looks through what is there, and only then removes what cannot be used.
fn resume<E: Engine>(job: &Job<'_, E>, folder: OutputFolder) -> Result<Option<Begun>, BeginError> {
    let path = || folder.path().to_owned();
    folder.without_strange_blocks()?;
    let plan = job.recipe.plan();
    // The plan beside the blocks may be damaged where the manifest still tells whose they are.
    let manifest = manifest::read(folder.path()).ok().flatten();
    if manifest.is_none_or(|manifest| manifest.plan != plan) {
        let there = manifest::read_plan(&folder.blocks()).map_err(BeginError::Plan)?;
        let there = there.ok_or_else(|| BeginError::NoPlan(path()))?;
        let differences = there.differences(&plan, "there", "here");
        if !differences.is_empty() {
            let differences = differences.join("; ");
            return Err(BeginError::OtherRun { folder: path(), differences });
        }
    }
    let found = inspect(job, &folder.blocks())?;
    let kept = kept::damaged(folder.path(), &plan);
    for file in &kept {
        progress::message(&format!("{file}: it is written again"));
    }
    // Whoever stopped it while views were made wants them now.
    let views = !job.recipe.has_views() || folder.has_views();
    if views && found.left.is_empty() && found.damaged.is_empty() && is_finished(job, &folder) {
        if !kept.is_empty() {
            folder.keep(&job.recipe.scenario.inputs, &plan)?;
        }
        let path = folder.path().display();
        progress::message(&format!(
            "`{path}` holds this run already: blocks, tables and copies are as manifest.json lists them; \
             `yangjae verify {}` tells whether report and values are what this program makes",
            message::shell_word(&path.to_string())
        ));
        return Ok(None);
    }
    let left = found.left.iter().map(|block| block.end - block.start).sum();
    check_room(job, folder.path(), left)?;
    let mut text = String::new();
    if let Some(how) = altered(job, &folder) {
        let _ = writeln!(text, "{how}: tables and manifest are written again");
    }
    for (block, error) in &found.damaged {
        let _ = writeln!(text, "{error}: it is made again");
        file::remove(block)?;
    }
    let (all, left) = (job.recipe.blocks().len(), found.left.len());
    let _ = write!(text, "resuming: {} of {all} blocks are finished", all - left);
    progress::message(&text);
    folder.clear_results()?;
    folder.keep(&job.recipe.scenario.inputs, &plan)?;
    Ok(Some(Begun { folder, left: found.left }))
}

/// Refuses where the disk is too small.
fn check_room<E: Engine>(job: &Job<'_, E>, folder: &Path, left: u32) -> Result<(), BeginError> {
    need::lack_of_room(job, folder, left)?.map_or(Ok(()), |lack| Err(lack.into()))
}

/// Blocks of an earlier run.
struct FoundBlocks {
    damaged: Vec<(PathBuf, BlockError)>,
    left: Vec<Range<u32>>,
}

/// Reads every block once.
fn inspect<E: Engine>(job: &Job<'_, E>, blocks: &Path) -> Result<FoundBlocks, BeginError> {
    let paths = file::list(blocks)?;
    let wanted = job.recipe.blocks();
    let checked = job.workers.map_in_order(
        paths.len(),
        || (),
        |(), number| {
            let block = file::check(&paths[number], &job.shape);
            match block {
                Ok(block) => Ok(Ok(block)),
                Err(damaged @ BlockError::Damaged { .. }) => Ok(Err(damaged)),
                Err(error) => Err(Halted::Failed(error)),
            }
        },
    );
    let checked = checked.map_err(WorkError::from)?;
    let mut left = wanted.clone();
    let mut damaged = Vec::new();
    for (path, block) in paths.into_iter().zip(checked) {
        match block {
            Ok(block) if wanted.contains(&block.replications()) => {
                left.retain(|range| *range != block.replications());
            }
            Ok(block) => return Err(foreign(&block).into()),
            Err(error) => damaged.push((path, error)),
        }
    }
    Ok(FoundBlocks { damaged, left })
}

fn foreign(block: &Block) -> BlockError {
    let held = block.replications();
    let difference = Mismatch::Replications { first: held.start, last: held.end - 1 };
    BlockError::Foreign { path: block.path().to_owned(), difference }
}

/// Whether the folder holds this run whole: its manifest, and every file as it lists them.
fn is_finished<E: Engine>(job: &Job<'_, E>, folder: &OutputFolder) -> bool {
    let Ok(Some(manifest)) = manifest::read(folder.path()) else {
        return false;
    };
    let links = unlisted::links(folder.path(), &manifest);
    links.is_ok_and(|links| links.is_empty())
        && Archive::open(&folder.blocks(), &job.shape, job.recipe.replications()).is_ok()
        && altered(job, folder).is_none()
}

/// What in the folder is not as a finished run of this recipe leaves it: its manifest, or a file that the
/// manifest lists. `None` also where there is no manifest, or blocks are still to be made.
fn altered<E: Engine>(job: &Job<'_, E>, folder: &OutputFolder) -> Option<String> {
    let manifest = match manifest::read(folder.path()) {
        Ok(manifest) => manifest?,
        Err(_) => return Some("manifest.json cannot be read".to_owned()),
    };
    let archive = Archive::open(&folder.blocks(), &job.shape, job.recipe.replications()).ok()?;
    let mut said = finish::describe(job, &archive, manifest.files.clone());
    // Other files may lie beside the inputs by now.
    said.not_read.clone_from(&manifest.not_read);
    let listed: Vec<&str> = manifest.files.iter().map(|listed| listed.file.as_str()).collect();
    if !manifest::is_written(folder.path(), &said) || listed != finish::tables(job.recipe) {
        return Some("manifest.json does not say what the inputs of this run give".to_owned());
    }
    let is_changed = |file: &&manifest::ListedFile| {
        manifest::digest(&folder.path().join(&file.file))
            .map_or(true, |digest| digest.to_string() != file.sha256)
    };
    let changed = manifest.files.iter().find(is_changed)?;
    Some(format!("{} is not as manifest.json lists it", changed.file))
}
