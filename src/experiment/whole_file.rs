//! A file that appears whole under its name or not at all.
//!
//! It is written beside its target under a name that starts with [`PREFIX`], brought to the disk,
//! and renamed. A run that fails removes it; one that is killed leaves it, and the next run in the
//! same folder, which knows the name, removes it then.

use std::fs;
use std::io;
use std::io::BufWriter;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use sha2::Digest;
use sha2::Sha256;
use tempfile::TempPath;

use crate::experiment::fingerprint::Fingerprint;
use crate::system;

/// How the names of unfinished files start.
pub const PREFIX: &str = ".yangjae-";
/// How the names of unfinished files end.
pub const SUFFIX: &str = ".unfinished";

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write `{}`{}", path.display(), in_the_way(source))]
pub struct WriteError {
    /// The file's final name.
    pub path: PathBuf,
    /// What the system says.
    pub source: io::Error,
}

/// What stands where a file or folder is to be, and what to do about it.
fn in_the_way(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::IsADirectory => ": a folder stands in its place; remove or rename it",
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            ": a file stands in the place of a folder; remove or rename it"
        }
        io::ErrorKind::FileTooLarge => {
            ": it would be larger than the system lets a file of this process be (`ulimit -f` tells \
             the limit); raise it with `ulimit -f unlimited`, and run again"
        }
        _ => "",
    }
}

/// A file being written; dropped, it leaves nothing.
#[derive(Debug)]
pub struct WholeFile {
    target: PathBuf,
    // Not the two as one: its errors would name the unfinished file, which nobody knows.
    writer: BufWriter<fs::File>,
    content: TempPath,
    digest: Sha256,
}

/// A file that is complete on the disk, but not yet under its name; dropped, it leaves nothing.
#[derive(Debug)]
pub struct CompleteFile {
    target: PathBuf,
    content: TempPath,
    digest: Fingerprint,
}

impl WholeFile {
    /// Starts a file that shall become `target`. Its folder must exist.
    ///
    /// # Errors
    ///
    /// Fails if no file can be made in that folder.
    pub fn create(target: &Path) -> Result<Self, WriteError> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX).suffix(SUFFIX);
        if let Some(permissions) = system::of_a_result() {
            builder.permissions(permissions);
        }
        let folder = folder_of(target);
        let (file, content) = builder
            .tempfile_in(folder)
            .map_err(|source| WriteError { path: target.to_owned(), source })?
            .into_parts();
        Ok(Self {
            target: target.to_owned(),
            writer: BufWriter::with_capacity(1 << 16, file),
            content,
            digest: Sha256::new(),
        })
    }

    /// The name that the file will have.
    #[must_use]
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Brings everything to the disk.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take it.
    pub fn complete(self) -> Result<CompleteFile, WriteError> {
        self.completed(fs::File::sync_all)
    }

    /// Hands everything to the system, which brings it to the disk in its own time.
    fn complete_soon(self) -> Result<CompleteFile, WriteError> {
        self.completed(|_| Ok(()))
    }

    fn completed(
        self,
        sync: impl FnOnce(&fs::File) -> io::Result<()>,
    ) -> Result<CompleteFile, WriteError> {
        let target = self.target;
        let synced = self.writer.into_inner().map_err(io::IntoInnerError::into_error);
        let synced = synced.and_then(|file| sync(&file));
        match synced {
            Ok(()) => Ok(CompleteFile {
                target,
                content: self.content,
                digest: Fingerprint(self.digest.finalize().into()),
            }),
            Err(source) => Err(WriteError { path: target, source }),
        }
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.writer.write(bytes)?;
        self.digest.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl CompleteFile {
    /// The digest of the content.
    #[must_use]
    pub fn digest(&self) -> Fingerprint {
        self.digest
    }

    /// The name that the file will have.
    #[must_use]
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Where its content lies until it has its name.
    #[must_use]
    pub fn content(&self) -> &Path {
        &self.content
    }

    /// Gives the file its name, over a file that may have it.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be renamed; then nothing has changed.
    pub fn publish(self) -> Result<(), WriteError> {
        let target = self.publish_soon()?;
        sync_folder(folder_of(&target));
        Ok(())
    }

    fn publish_soon(self) -> Result<PathBuf, WriteError> {
        let Self { target, content, .. } = self;
        match content.persist(&target) {
            Ok(()) => Ok(target),
            Err(error) => Err(WriteError { path: target, source: error.error }),
        }
    }
}

/// Writes a file, without giving it its name yet.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn complete(target: &Path, bytes: &[u8]) -> Result<CompleteFile, WriteError> {
    let mut file = WholeFile::create(target)?;
    file.write_all(bytes).map_err(|source| WriteError { path: target.to_owned(), source })?;
    file.complete()
}

/// Writes a whole file at once.
///
/// # Errors
///
/// Fails if the disk does not take it; then nothing has changed.
pub fn write(target: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    complete(target, bytes)?.publish()
}

/// Writes a whole file at once without waiting for the disk: a loss of power may still damage it,
/// until [`settle`] has been called. For files that carry a checksum and can be made again.
///
/// # Errors
///
/// Fails if the system does not take it; then nothing has changed.
pub fn write_soon(target: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let mut file = WholeFile::create(target)?;
    file.write_all(bytes).map_err(|source| WriteError { path: target.to_owned(), source })?;
    file.complete_soon()?.publish_soon().map(|_| ())
}

/// Brings files of one folder, and their names, to the disk.
///
/// # Errors
///
/// Fails if the disk does not take one.
pub fn settle(files: &[PathBuf]) -> Result<(), WriteError> {
    for path in files {
        fs::File::open(path)
            .and_then(|file| file.sync_all())
            .map_err(|source| WriteError { path: path.clone(), source })?;
    }
    if let Some(path) = files.first() {
        sync_folder(folder_of(path));
    }
    Ok(())
}

/// Opens a file for reading, and nothing else: opening a pipe would wait for a writer that never
/// comes.
///
/// # Errors
///
/// Fails if there is no file, or it cannot be opened.
pub fn open(path: &Path) -> io::Result<fs::File> {
    must_be_file(path)?;
    fs::File::open(path)
}

/// Reads a file whole that has at most `most` bytes: a larger one is refused before any memory is
/// taken for it, and so is one that grows meanwhile.
///
/// # Errors
///
/// Fails if there is no file, it cannot be read, or it is larger.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let too_large = || {
        let message = format!("it is larger than {} MiB, which no run writes", most >> 20);
        io::Error::new(io::ErrorKind::FileTooLarge, message)
    };
    if file.metadata()?.len() > most {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
}

/// Whether there is a file, and not something else in its place.
///
/// # Errors
///
/// Fails if there is none.
pub fn must_be_file(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.is_file() {
        return Ok(());
    }
    Err(io::Error::other("it is not a file; remove or rename it"))
}

/// Removes what killed runs left unfinished in a folder.
///
/// # Errors
///
/// Fails if the folder cannot be listed or a file not removed.
pub fn remove_unfinished(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Makes a rename last through a loss of power, where the file system can.
fn sync_folder(folder: &Path) {
    // Some file systems refuse to sync a folder, and the file is under its name already.
    if cfg!(unix)
        && let Ok(folder) = fs::File::open(folder)
    {
        let _refused = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_that_is_dropped_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = WholeFile::create(&folder.path().join("table.csv")).unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert!(names(folder.path()).is_empty());

        let file = WholeFile::create(&folder.path().join("table.csv")).unwrap();
        drop(file.complete().unwrap());
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn a_published_file_replaces_the_old_one_and_carries_its_digest() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("table.csv");
        write(&target, b"old").unwrap();
        let mut file = WholeFile::create(&target).unwrap();
        file.write_all(b"new").unwrap();
        let complete = file.complete().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"old");
        assert_eq!(complete.digest(), Fingerprint::of(b"new"));
        complete.publish().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["table.csv"]);
    }

    #[test]
    fn a_file_written_soon_is_whole_and_can_be_settled() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("block");
        write_soon(&target, b"old").unwrap();
        write_soon(&target, b"new").unwrap();
        settle(std::slice::from_ref(&target)).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["block"]);
        let missing = settle(&[folder.path().join("gone")]).unwrap_err();
        assert!(missing.to_string().contains("gone"));
    }

    #[test]
    fn only_unfinished_files_of_ours_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        for name in [".yangjae-x.unfinished", "mine.txt", ".yangjae-lock", "x.unfinished"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        remove_unfinished(folder.path()).unwrap();
        assert_eq!(names(folder.path()), [".yangjae-lock", "mine.txt", "x.unfinished"]);
    }

    #[test]
    fn a_file_that_is_too_large_is_refused_before_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, [7; 1 << 20]).unwrap();
        assert_eq!(read(&path, 1 << 20).unwrap().len(), 1 << 20);
        // A hole takes no disk, and would take 64 GiB of memory.
        fs::File::options().write(true).open(&path).unwrap().set_len(64 << 30).unwrap();
        let error = read(&path, 1 << 20).unwrap_err();
        assert_eq!(error.to_string(), "it is larger than 1 MiB, which no run writes");
    }

    #[test]
    fn a_folder_that_does_not_exist_is_named() {
        let error = write(Path::new("/nonexistent/table.csv"), b"").unwrap_err();
        assert_eq!(error.to_string(), "cannot write `/nonexistent/table.csv`");
    }
}
