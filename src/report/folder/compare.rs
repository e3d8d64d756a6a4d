//! Where two files begin to differ.

use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::path::Path;

use crate::experiment::whole_file;
use crate::experiment::whole_file::CompleteFile;
use crate::report::folder::manifest;

/// A longer line is compared in pieces `[bytes]`.
const LONGEST: u64 = 1 << 20;
/// The most bytes of a line that are shown.
const SHOWN: usize = 160;

/// The first line in which two files differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlike {
    /// Its number, from 1.
    pub line: u64,
    /// What one file has there; none where it has ended.
    pub one: Option<String>,
    /// What the other has.
    pub other: Option<String>,
}

/// Whether a file has the content of one that was just made; a longer or shorter one is not read.
#[must_use]
pub fn is_same(path: &Path, made: &CompleteFile) -> bool {
    let length = |path: &Path| path.metadata().ok().map(|file| file.len());
    length(path) == length(made.content())
        && manifest::digest(path).is_ok_and(|digest| digest == made.digest())
}

/// The first line in which two files differ; none where they are the same.
///
/// # Errors
///
/// Fails if one cannot be read.
pub fn first_difference(one: &Path, other: &Path) -> io::Result<Option<Unlike>> {
    let (mut one, mut other) =
        (BufReader::new(whole_file::open(one)?), BufReader::new(whole_file::open(other)?));
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut line = 1;
    loop {
        left.clear();
        right.clear();
        one.by_ref().take(LONGEST).read_until(b'\n', &mut left)?;
        other.by_ref().take(LONGEST).read_until(b'\n', &mut right)?;
        if left != right {
            return Ok(Some(Unlike { line, one: shown(&left), other: shown(&right) }));
        }
        if left.is_empty() {
            return Ok(None);
        }
        line += u64::from(left.ends_with(b"\n"));
    }
}

fn shown(line: &[u8]) -> Option<String> {
    if line.is_empty() {
        return None;
    }
    let text = String::from_utf8_lossy(&line[..line.len().min(SHOWN)]);
    let text = text.trim_end_matches(['\n', '\r']);
    // What only the end of the line tells is told.
    let ended = line.ends_with(b"\n") || line.len() > SHOWN;
    Some(if ended { text.to_owned() } else { format!("{text} (without end of line)") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(one: &str, other: &str) -> Option<Unlike> {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        first_difference(&write("one", one), &write("other", other)).unwrap()
    }

    #[test]
    fn the_first_line_that_differs_is_found_with_both_texts() {
        assert_eq!(difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(difference("", ""), None);
        let found = difference("a\nb\nc\n", "a\nx\nc\n").unwrap();
        assert_eq!(
            (found.line, found.one.as_deref(), found.other.as_deref()),
            (2, Some("b"), Some("x"))
        );
        let found = difference("a\n", "a\nb\n").unwrap();
        assert_eq!((found.line, found.one, found.other.as_deref()), (2, None, Some("b")));
        let long = "x".repeat(3 << 20);
        let found = difference(&format!("a\n{long}\nb\n"), &format!("a\n{long}\nc\n")).unwrap();
        assert_eq!((found.line, found.other.as_deref()), (3, Some("c")));
        let found = difference("a\n", "a").unwrap();
        assert_eq!(found.other.as_deref(), Some("a (without end of line)"));
    }
}
