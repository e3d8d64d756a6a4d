//! `manifest.json`: everything that bears on results, and what was written.
//!
//! No time, no machine, no number of threads: the same inputs give the same manifest.

use std::io::Write;
use std::path::Path;

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::equal_budget::EqualBudget;
use crate::experiment::fingerprint::Fingerprint;
use crate::experiment::whole_file::CompleteFile;
use crate::experiment::whole_file::WholeFile;
use crate::experiment::whole_file::WriteError;
use crate::scenario::InputFile;

/// The file.
pub const FILE: &str = "manifest.json";

/// A file and its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedFile {
    /// Its name: of inputs the path within the scenario's folder.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// The blocks of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedBlocks {
    /// How many there are.
    pub blocks: usize,
    /// Replications in each but the last.
    pub replications_each: u32,
    /// What a block must carry to belong to this run.
    pub fingerprint: String,
    /// A digest that stands for all their bytes.
    pub seal: String,
}

/// The content of the manifest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The scenario.
    pub scenario: String,
    /// The scenario's files.
    pub inputs: Vec<ListedFile>,
    /// The seed.
    pub seed: u64,
    /// The number of replications.
    pub replications: u32,
    /// Which part of them, where the run is a shard: `2/8`.
    pub shard: Option<String>,
    /// The policy that others are compared with.
    pub baseline: String,
    /// The policies of the run, in order.
    pub policies: Vec<String>,
    /// The first year simulated.
    pub first_year: u16,
    /// The last year simulated.
    pub last_year: u16,
    /// Parameters given on the command line, in order.
    pub set: Vec<String>,
    /// The year given on the command line.
    pub until: Option<u16>,
    /// Options that decide which tables there are.
    pub options: Options,
    /// How policies were scaled to equal cost, if they were.
    pub equal_budget: Option<EqualBudget>,
    /// The blocks.
    pub blocks: ListedBlocks,
    /// The tables.
    pub files: Vec<ListedFile>,
}

/// Options that decide which tables there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Replications whose events are listed.
    pub events: u32,
    /// Whether every value is listed.
    pub replication_csv: bool,
    /// Whether each policy has its placebo beside it.
    pub placebo: bool,
    /// Whether policies are scaled to equal cost.
    pub equal_budget: bool,
}

/// The list of a scenario's files.
#[must_use]
pub fn inputs(files: &[InputFile]) -> Vec<ListedFile> {
    let listed = |input: &InputFile| ListedFile {
        file: input.path.clone(),
        sha256: Fingerprint::of(&input.bytes).to_string(),
    };
    files.iter().map(listed).collect()
}

/// The list of tables.
#[must_use]
pub fn tables(files: &[CompleteFile]) -> Vec<ListedFile> {
    let name = |file: &CompleteFile| {
        file.target().file_name().map(|name| name.to_string_lossy().into_owned())
    };
    let listed = |file: &CompleteFile| ListedFile {
        file: name(file).unwrap_or_default(),
        sha256: file.digest().to_string(),
    };
    files.iter().map(listed).collect()
}

/// Writes the manifest.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(folder: &Path, manifest: &Manifest) -> Result<CompleteFile, WriteError> {
    let path = folder.join(FILE);
    let mut file = WholeFile::create(&path)?;
    serde_json::to_writer_pretty(&mut file, manifest)
        .map_err(std::io::Error::from)
        .and_then(|()| file.write_all(b"\n"))
        .map_err(|source| WriteError { path, source })?;
    file.complete()
}

/// The tables that the text of a manifest lists; none where it is no manifest.
#[must_use]
pub fn listed_files(text: &[u8]) -> Vec<String> {
    let Ok(manifest) = serde_json::from_slice::<serde_json::Value>(text) else {
        return Vec::new();
    };
    let files = manifest["files"].as_array().into_iter().flatten();
    files.filter_map(|file| Some(file["file"].as_str()?.to_owned())).collect()
}
