//! A folder that appears whole under its name or not at all.

use std::fs;
use std::io;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;

use crate::experiment::whole_file;

/// A folder that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WholeFolderError {
    /// Something is there already.
    #[error("`{0}` exists already and is not an empty folder; give another name")]
    Exists(String),
    /// The file is there already.
    #[error("`{0}` exists already; it is left as it is")]
    FileExists(String),
    /// The disk refused.
    #[error("`{path}` cannot be written")]
    Write {
        /// The folder that was to be written.
        path: String,
        /// Why.
        source: io::Error,
    },
}

/// Writes files, by path within the folder, beside it first and then under its name.
///
/// # Errors
///
/// Fails if something other than an empty folder has that name, or if the disk refuses.
pub fn write(folder: &Path, files: &[(&str, &str)]) -> Result<(), WholeFolderError> {
    if !is_free(folder) {
        return Err(WholeFolderError::Exists(folder.display().to_string()));
    }
    write_beside(folder, files)
        .map_err(|source| WholeFolderError::Write { path: folder.display().to_string(), source })
}

/// Writes a file that is not there yet, and the folder that it stands in.
///
/// # Errors
///
/// Fails if the file exists, or if the disk refuses.
pub fn add(file: &Path, text: &str) -> Result<(), WholeFolderError> {
    let path = || file.display().to_string();
    let make = || {
        file.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::File::create_new(file)?.write_all(text.as_bytes())
    };
    make().map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => WholeFolderError::FileExists(path()),
        _ => WholeFolderError::Write { path: path(), source },
    })
}

/// Writes files and the folders that they stand in; one that is there with the same text is left.
///
/// # Errors
///
/// Fails if something else is there, such as a file with another text, before anything is written, or if the disk refuses.
pub fn keep(files: &[(PathBuf, &str)]) -> Result<(), WholeFolderError> {
    let mut new = Vec::new();
    for (file, text) in files {
        match whole_file::read(file, text.len() as u64) {
            Ok(there) if there == text.as_bytes() => {}
            // Nothing is there, nor a link that leads nowhere.
            Err(_) if fs::symlink_metadata(file).is_err() => new.push((file, text)),
            _ => return Err(WholeFolderError::FileExists(file.display().to_string())),
        }
    }
    for (file, text) in new {
        let failed = |source| WholeFolderError::Write { path: file.display().to_string(), source };
        file.parent().map_or(Ok(()), fs::create_dir_all).map_err(failed)?;
        whole_file::write(file, text.as_bytes()).map_err(|error| failed(error.source))?;
    }
    Ok(())
}

/// Whether nothing is lost by writing there.
fn is_free(folder: &Path) -> bool {
    match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        // A file, or a link that leads nowhere, is not free; nothing at all is.
        Err(_) => fs::symlink_metadata(folder).is_err(),
    }
}

fn write_beside(folder: &Path, files: &[(&str, &str)]) -> io::Result<()> {
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent)?;
    let beside = tempfile::Builder::new().prefix(".yangjae-new-").tempdir_in(parent)?;
    // A temporary folder is private; what is written here is an ordinary folder of the user's.
    let whole = beside.path().join("whole");
    fs::create_dir(&whole)?;
    for (path, text) in files {
        let file = whole.join(path);
        if let Some(above) = file.parent() {
            fs::create_dir_all(above)?;
        }
        fs::write(file, text)?;
    }
    // Not every platform puts a folder in the place of an empty one.
    let _ = fs::remove_dir(folder);
    fs::rename(&whole, folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_kept_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        keep(&[(at("a/new.toml"), "text")]).unwrap();
        keep(&[(at("a/new.toml"), "text")]).unwrap();
        assert_eq!(fs::read_to_string(at("a/new.toml")).unwrap(), "text");
        fs::create_dir(at("folder")).unwrap();
        fs::write(at("long"), "text and more").unwrap();
        for name in ["folder", "long"] {
            let error = keep(&[(at(name), "text"), (at("other"), "")]).unwrap_err().to_string();
            assert!(error.ends_with("exists already; it is left as it is"), "{error}");
            assert!(!at("other").exists());
        }
        assert_eq!(fs::read_to_string(at("long")).unwrap(), "text and more");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_read() {
        assert!(keep(&[("/dev/full".into(), "text")]).is_err());
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(folder.path().join("nothing"), &link).unwrap();
        assert!(keep(&[(link, "text")]).is_err());
    }
}
