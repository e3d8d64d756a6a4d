//! The folder of a batch on a cluster: scripts, logs, shards, and the scenario as it was submitted.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::experiment::whole_file;
use crate::experiment::whole_file::WriteError;
use crate::report::folder::manifest;
use crate::report::folder::output_folder;
use crate::report::folder::output_folder::FolderError;
use crate::system;

/// What a batch is, for those who go on with it.
pub const BATCH: &str = "batch.json";

/// A file of the batch.
#[derive(Clone, Debug)]
pub struct BatchFile {
    /// Its path within the folder.
    pub path: PathBuf,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Whether users run it.
    pub program: bool,
}

/// Writes files and makes the folders for logs and shards.
///
/// # Errors
///
/// Fails if something else is in a folder's place, or the disk does not take them.
pub fn write(folder: &Path, files: &[BatchFile]) -> Result<(), FolderError> {
    for name in ["logs", "shards"] {
        output_folder::make(&folder.join(name))?;
    }
    // Through a link the scripts and the copy of the scenario would replace somebody else's files.
    let folders = files.iter().filter_map(|file| file.path.parent());
    for within in folders.flat_map(Path::ancestors).chain(["logs", "shards"].map(Path::new)) {
        let path = folder.join(within);
        let inside = !within.as_os_str().is_empty();
        if inside && fs::symlink_metadata(&path).is_ok_and(|found| found.file_type().is_symlink()) {
            return Err(FolderError::Link(path));
        }
    }
    for file in files {
        let path = folder.join(&file.path);
        let failed = |source| WriteError { path: path.clone(), source };
        if let Some(above) = path.parent() {
            fs::create_dir_all(above).map_err(failed)?;
        }
        whole_file::write(&path, &file.bytes)?;
        if let Some(all) = system::of_a_program().filter(|_| file.program) {
            fs::set_permissions(&path, all).map_err(failed)?;
        }
    }
    Ok(())
}

/// The description of the batch in a folder; none where there is no batch.
///
/// # Errors
///
/// Fails if there is one that cannot be read.
pub fn read(folder: &Path) -> io::Result<Option<Vec<u8>>> {
    match manifest::read_file(&folder.join(BATCH)) {
        Ok(bytes) => Ok(Some(bytes)),
        // Below a file there is nothing either; that it is one is told when it is written to.
        Err(error)
            if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind()) =>
        {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Whether a run has written there.
#[must_use]
pub fn has_run(folder: &Path) -> bool {
    folder.join(manifest::FILE).exists() || output_folder::blocks_of(folder).exists()
}
