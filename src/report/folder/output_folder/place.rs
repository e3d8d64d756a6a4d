//! Where what lies: the folders within that of a run, and folders beside those of scenarios.

use std::fs;
use std::io;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

use crate::experiment::whole_file::WriteError;
use crate::report::folder::manifest;
use crate::report::folder::output_folder::error::FolderError;
use crate::scenario::InputFile;
use crate::scenario::future;

const BLOCKS: &str = "blocks";
const INPUTS: &str = "inputs";

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
pub(super) fn is_within(path: &str) -> bool {
    let mut parts = Path::new(path).components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
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
