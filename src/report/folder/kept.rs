//! What a run keeps beside its blocks, held against what its manifest or plan lists: the copy of
//! the inputs, and the plan.

use std::fmt;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::experiment::fingerprint::Fingerprint;
use crate::experiment::whole_file;
use crate::report::folder::manifest;
use crate::report::folder::manifest::ListedFile;
use crate::report::folder::manifest::PlanError;
use crate::report::folder::manifest::RunPlan;
use crate::report::folder::output_folder;
use crate::scenario::InputFile;

/// No copy of a scenario, with its posterior, is larger `[bytes]`.
const MOST_BYTES: u64 = 64 << 20;
/// So many damaged files are named.
const MOST_NAMED: usize = 3;

/// A file that is not what the run has kept.
#[derive(Debug)]
pub struct DamagedCopy {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub fault: CopyFault,
}

/// What is wrong with a file.
#[derive(Debug)]
pub enum CopyFault {
    /// It is not there.
    Missing,
    /// There is nothing in it.
    Empty,
    /// It has other bytes than those that are listed.
    Changed,
    /// The system refuses to read it, or it is no file.
    Unreadable(io::Error),
    /// It is no plan.
    NoPlan,
    /// It is another plan than the manifest's, in this. Which of the two was changed cannot be known.
    OtherPlan(String),
}

impl fmt::Display for DamagedCopy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` ", self.path.display())?;
        match &self.fault {
            CopyFault::Missing => formatter.write_str("is not there"),
            CopyFault::Empty => formatter.write_str("is empty"),
            CopyFault::Changed => {
                formatter.write_str("has changed: its digest is not the listed one")
            }
            CopyFault::Unreadable(error) => write!(formatter, "cannot be read: {error}"),
            CopyFault::NoPlan => formatter.write_str("is damaged"),
            CopyFault::OtherPlan(how) => {
                write!(
                    formatter,
                    "and manifest.json hold different plans, of which one was changed: {how}"
                )
            }
        }
    }
}

/// Damaged files as a list in a sentence; many are counted.
#[must_use]
pub fn listed(damaged: &[DamagedCopy]) -> String {
    let named: Vec<String> = damaged.iter().take(MOST_NAMED).map(DamagedCopy::to_string).collect();
    let more = damaged.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    format!("{}{more}", named.join(", "))
}

/// Reads the copy of the inputs in a run's folder: exactly the files that are listed, each with
/// the bytes that are listed.
///
/// # Errors
///
/// Fails with every file of the copy that is not what is listed.
pub fn inputs(folder: &Path, listed: &[ListedFile]) -> Result<Vec<InputFile>, Vec<DamagedCopy>> {
    let within = output_folder::inputs_of(folder);
    let mut files = Vec::new();
    let mut damaged = Vec::new();
    let mut left = MOST_BYTES;
    for input in listed {
        let path = within.join(&input.file);
        match read(&path, left, &input.sha256) {
            Ok(bytes) => {
                left -= bytes.len() as u64;
                files.push(InputFile { path: input.file.clone(), bytes });
            }
            Err(fault) => damaged.push(DamagedCopy { path, fault }),
        }
    }
    if damaged.is_empty() { Ok(files) } else { Err(damaged) }
}

fn read(path: &Path, most: u64, sha256: &str) -> Result<Vec<u8>, CopyFault> {
    let bytes = whole_file::read(path, most).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => CopyFault::Missing,
        _ => CopyFault::Unreadable(error),
    })?;
    match Fingerprint::of(&bytes).to_string() == sha256 {
        true => Ok(bytes),
        false if bytes.is_empty() => Err(CopyFault::Empty),
        false => Err(CopyFault::Changed),
    }
}

/// What is wrong with the plan beside the blocks of a finished run, whose manifest holds this one.
#[must_use]
pub fn plan(folder: &Path, plan: &RunPlan) -> Option<DamagedCopy> {
    let blocks = output_folder::blocks_of(folder);
    let fault = match manifest::read_plan(&blocks) {
        Ok(Some(there)) if there == *plan => {
            // What lacks a line that says nothing reads the same, and is not what a run has written.
            let written = plan.to_json().ok()?;
            match whole_file::read(&blocks.join(manifest::PLAN), written.len() as u64 + 1) {
                Ok(bytes) if bytes == written => return None,
                _ => CopyFault::Changed,
            }
        }
        Ok(Some(there)) => {
            CopyFault::OtherPlan(plan.differences(&there, "in manifest.json", "there").join("; "))
        }
        Ok(None) => CopyFault::Missing,
        Err(PlanError::Empty(_)) => CopyFault::Empty,
        Err(PlanError::Content { .. } | PlanError::Text { .. }) => CopyFault::NoPlan,
        Err(PlanError::Read { source, .. }) => CopyFault::Unreadable(source),
    };
    Some(DamagedCopy { path: blocks.join(manifest::PLAN), fault })
}

/// Everything that is wrong with what a finished run has kept.
#[must_use]
pub fn damaged(folder: &Path, plan: &RunPlan) -> Vec<DamagedCopy> {
    let mut damaged = inputs(folder, &plan.inputs).err().unwrap_or_default();
    damaged.extend(self::plan(folder, plan));
    damaged
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn every_file_that_is_not_as_listed_is_told_and_no_other_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let within = output_folder::inputs_of(folder.path());
        fs::create_dir_all(within.join("folder.toml")).unwrap();
        for (name, text) in [("whole.toml", "x"), ("empty.toml", ""), ("other.toml", "y")] {
            fs::write(within.join(name), text).unwrap();
        }
        let list = |names: &[&str]| -> Vec<ListedFile> {
            let sha256 = Fingerprint::of(b"x").to_string();
            let file = |name: &&str| ListedFile { file: (*name).into(), sha256: sha256.clone() };
            names.iter().map(file).collect()
        };
        let files = inputs(folder.path(), &list(&["whole.toml"])).unwrap();
        assert_eq!(files, [InputFile { path: "whole.toml".to_owned(), bytes: b"x".to_vec() }]);
        let names = ["whole.toml", "gone.toml", "empty.toml", "other.toml", "folder.toml"];
        let found = inputs(folder.path(), &list(&names)).unwrap_err();
        let said: Vec<String> = found.iter().map(DamagedCopy::to_string).collect();
        for (said, words) in said.iter().zip([
            "gone.toml` is not there",
            "empty.toml` is empty",
            "other.toml` has changed",
            "folder.toml` cannot be read: it is not a file",
        ]) {
            assert!(said.contains(words), "{said}");
        }
        assert_eq!(said.len(), 4);
        assert!(listed(&found).ends_with(", and 1 more"));
    }
}
