//! The folder of an attribution: both tables and what was run, all or none.

use serde::Serialize;

use crate::experiment::whole_file::WriteError;
use crate::report::folder::manifest;
use crate::report::folder::manifest::ListedFile;
use crate::report::folder::output_folder::FolderError;
use crate::report::tables::attribution;
use crate::report::tables::attribution::Attribution;
use crate::report::tables::table;
use crate::report::tables::table::TableError;
use crate::report::text::dialect::Target;

/// What was run, beside the tables.
pub const MANIFEST: &str = "attribution.json";

/// What bears on an attribution, and the files that it has written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AttributionManifest {
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
    /// The number of replications.
    pub replications: u32,
    /// The policy that is split.
    pub policy: String,
    /// The policy that it is compared with.
    pub baseline: String,
    /// Parameters given on the command line, in order.
    pub set: Vec<String>,
    /// The year given on the command line.
    pub until: Option<u16>,
    /// Orders sampled in each replication; `None` where every set of packages is simulated.
    pub samples: Option<u32>,
    /// The tables.
    pub files: Vec<ListedFile>,
}

/// Why an attribution is not written.
#[derive(Debug, thiserror::Error)]
pub enum AttributionError {
    /// One is there already, or the folder cannot be used otherwise.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The disk does not take it.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The disk does not take it.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Writes both tables and the manifest, all or none.
///
/// # Errors
///
/// Fails if the disk does not take them.
pub fn write(
    to: Target<'_>,
    shown: &Attribution<'_>,
    run: AttributionManifest,
) -> Result<(), AttributionError> {
    let folder = to.folder;
    let tables = table::files(attribution::write(to, shown)?);
    let files = manifest::tables(folder, &tables);
    let run = AttributionManifest { files, ..run };
    Ok(manifest::publish(&folder.join(MANIFEST), tables, &run)?)
}
