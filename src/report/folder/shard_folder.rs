//! Folders that shards have left: found, and looked at without changing anything.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::experiment::block::BlockError;
use crate::experiment::block::file;
use crate::experiment::whole_file;
use crate::experiment::whole_file::WholeFile;
use crate::experiment::whole_file::WriteError;
use crate::report::folder::manifest;
use crate::report::folder::output_folder;
use crate::system;

/// Which folders are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// Each once.
    pub found: Vec<PathBuf>,
    /// Paths that are no folder of a shard and hold none.
    pub without: Vec<PathBuf>,
    /// Folders that are named more than once, and taken once.
    pub twice: Vec<PathBuf>,
    /// The folder that is to be written, where it is named or lies below a path that is.
    pub output: Option<PathBuf>,
    /// Whether it is named itself.
    pub output_is_named: bool,
}

/// The folders of shards among some paths, and one level below those that are none themselves.
///
/// `output` is left out where it lies below such a path.
#[must_use]
pub fn find(paths: &[PathBuf], output: Option<&Path>) -> Folders {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let output = output.and_then(real);
    let mut folders = Folders::default();
    let mut seen = Vec::new();
    for path in paths {
        let below = if is_of_run(path) { vec![path.clone()] } else { below(path) };
        if below.is_empty() {
            folders.without.push(path.clone());
        }
        for folder in below {
            let place = real(&folder);
            if place.is_some() && place == output {
                folders.output_is_named |= folder == *path;
                folders.output = Some(folder);
            } else if seen.contains(&place) {
                folders.twice.push(folder);
            } else {
                seen.push(place);
                folders.found.push(folder);
            }
        }
    }
    folders
}

/// Whether a shard, finished or not, lies in a folder.
#[must_use]
pub fn is_of_shard(folder: &Path) -> bool {
    let finished = manifest::read(folder).ok().flatten().map(|manifest| manifest.plan);
    let begun = || manifest::read_plan(&output_folder::blocks_of(folder)).ok().flatten();
    finished.or_else(begun).is_some_and(|plan| plan.shard.is_some())
}

/// Whether two paths lead to the same thing.
#[must_use]
pub fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    real(one).is_some() && real(one) == real(other)
}

/// Whether a run has written there.
fn is_of_run(folder: &Path) -> bool {
    folder.join(manifest::FILE).exists() || output_folder::blocks_of(folder).is_dir()
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| is_of_run(path)).collect();
    folders.sort();
    folders
}

/// Whether a run is writing there now.
///
/// # Errors
///
/// Fails if the lock cannot be looked at.
pub fn is_in_use(folder: &Path) -> io::Result<bool> {
    let lock = match whole_file::open(&folder.join(output_folder::LOCK)) {
        Ok(lock) => lock,
        // A folder that was copied without its hidden files has none.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    match lock.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(fs::TryLockError::WouldBlock) => Ok(true),
        // A run there goes on without, and has said so.
        Err(fs::TryLockError::Error(error)) if system::knows_no_locks(&error) => Ok(false),
        Err(fs::TryLockError::Error(error)) => Err(error),
    }
}

/// Copies a block into another folder of blocks, whole or not at all.
///
/// # Errors
///
/// Fails if it cannot be read or written.
pub fn copy_block(block: &Path, first: u32, folder: &Path) -> Result<(), BlockError> {
    let read = |source| BlockError::Read { path: block.to_owned(), source };
    let mut from = whole_file::open(block).map_err(read)?;
    let mut to = WholeFile::create(&folder.join(file::name(first)))?;
    // A piece at a time: a block from somebody else may have any size.
    let target = to.target().to_owned();
    io::copy(&mut from, &mut to).map_err(|source| WriteError { path: target, source })?;
    Ok(to.complete()?.publish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_found_by_name_and_below_a_folder_each_once() {
        let temporary = tempfile::tempdir().unwrap();
        let at = |name: &str| temporary.path().join(name);
        for name in ["a/blocks", "b/blocks", "merged/blocks", "notes"] {
            fs::create_dir_all(at(name)).unwrap();
        }
        let all = temporary.path().to_owned();
        let folders = find(&[all.clone(), at("b"), at("notes"), at("gone")], Some(&at("merged")));
        assert_eq!(folders.found, [at("a"), at("b")]);
        assert_eq!(folders.without, [at("notes"), at("gone")]);
        assert_eq!(folders.twice, [at("b")]);
        assert!(!folders.output_is_named);
        assert_eq!(folders.output, Some(at("merged")));
        assert!(find(&[at("a"), at("merged")], Some(&at("merged"))).output_is_named);
        assert_eq!(find(&[all], None).found.len(), 3);
    }
}
