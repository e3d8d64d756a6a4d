//! Where two files begin to differ.

use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::path::Path;

use crate::experiment::whole_file;

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

/// The first line in which two files differ; none where they are the same.
///
/// # Errors
///
/// Fails if one cannot be read.
pub fn first_difference(one: &Path, other: &Path) -> io::Result<Option<Unlike>> {
    let (mut one, mut other) =
        (BufReader::new(whole_file::open(one)?), BufReader::new(whole_file::open(other)?));
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in 1.. {
        left.clear();
        right.clear();
        one.read_until(b'\n', &mut left)?;
        other.read_until(b'\n', &mut right)?;
        if left != right {
            return Ok(Some(Unlike { line, one: shown(&left), other: shown(&right) }));
        }
        if left.is_empty() {
            break;
        }
    }
    Ok(None)
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
        let found = difference("a\n", "a").unwrap();
        assert_eq!(found.other.as_deref(), Some("a (without end of line)"));
    }
}
