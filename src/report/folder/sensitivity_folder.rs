//! The folder of a designed experiment: its tables and what was run, all or none.

use serde::Serialize;

use crate::experiment::whole_file::CompleteFile;
use crate::experiment::whole_file::WriteError;
use crate::report::folder::manifest;
use crate::report::folder::manifest::ListedFile;
use crate::report::text::dialect::Target;

/// What was run, beside the tables.
pub const MANIFEST: &str = "sensitivity.json";

/// What bears on a designed experiment, and the files that it has written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SensitivityManifest {
    /// The program.
    pub program: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The scenario.
    pub scenario: String,
    /// The scenario's files.
    pub inputs: Vec<ListedFile>,
    /// The seed.
    pub seed: u64,
    /// The method.
    pub method: &'static str,
    /// Trajectories of Morris, base rows of Sobol'.
    pub points: Option<usize>,
    /// Rows of the design.
    pub rows: usize,
    /// Replications of each row.
    pub replications: u32,
    /// The policy.
    pub policy: String,
    /// The policy that it is compared with.
    pub baseline: String,
    /// Groups given on the command line.
    pub groups: Option<String>,
    /// Parameters given on the command line, in order.
    pub set: Vec<String>,
    /// The year given on the command line.
    pub until: Option<u16>,
    /// The tables.
    pub files: Vec<ListedFile>,
}

/// Gives all tables their names, and writes the manifest last.
///
/// # Errors
///
/// Fails if the disk does not take them.
pub fn publish(
    to: Target<'_>,
    tables: Vec<CompleteFile>,
    run: SensitivityManifest,
) -> Result<(), WriteError> {
    let files = manifest::tables(to.folder, &tables);
    let run = SensitivityManifest { files, ..run };
    manifest::publish(&to.folder.join(MANIFEST), tables, &run)
}
