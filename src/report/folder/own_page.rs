//! Pages that `--output FILE` of a command writes: over one of its own, and over nothing else.

use std::fs;
use std::io;
use std::io::Read as _;
use std::path::Path;

use crate::experiment::whole_file;
use crate::report::folder::whole_folder::WholeFolderError;

/// How far from its start a page says what it is `[bytes]`.
const START: u64 = 4096;

/// Refuses a place where something else than a page that the command wrote before would be lost: a file without `mark`
/// near its start, or what is no file, such as a link or a device.
///
/// # Errors
///
/// Fails if such a thing is there, or it cannot be read.
pub fn may_write(path: &Path, mark: &str) -> Result<(), WholeFolderError> {
    let is_own = || -> io::Result<bool> {
        // Of a link, itself: not what it leads to.
        if !fs::symlink_metadata(path)?.is_file() {
            return Ok(false);
        }
        let mut start = Vec::new();
        whole_file::open(path)?.take(START).read_to_end(&mut start)?;
        Ok(String::from_utf8_lossy(&start).contains(mark))
    };
    let shown = path.display().to_string();
    match is_own() {
        Ok(true) => Ok(()),
        Ok(false) => Err(WholeFolderError::FileExists(shown)),
        // That a folder is missing is told when the page is written.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(WholeFolderError::Write { path: shown, source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_nothing_and_an_own_page_may_be_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("own.html"), "<!DOCTYPE html>\nof ours").unwrap();
        fs::write(at("notes.txt"), "my notes").unwrap();
        fs::write(at("empty"), "").unwrap();
        fs::write(at("late.html"), "x".repeat(5000) + "of ours").unwrap();
        fs::create_dir(at("folder")).unwrap();
        for name in ["own.html", "new.html", "none/new.html"] {
            may_write(&at(name), "of ours").unwrap();
        }
        for name in ["notes.txt", "empty", "late.html", "folder"] {
            let error = may_write(&at(name), "of ours").unwrap_err().to_string();
            assert!(error.ends_with("exists already; it is left as it is"), "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("own.html"), "of ours").unwrap();
        std::os::unix::fs::symlink(at("own.html"), at("link")).unwrap();
        std::os::unix::fs::symlink(at("nothing"), at("lost")).unwrap();
        for path in [at("link"), at("lost"), "/dev/full".into()] {
            let error = may_write(&path, "of ours").unwrap_err().to_string();
            assert!(error.ends_with("exists already; it is left as it is"), "{error}");
        }
    }
}
