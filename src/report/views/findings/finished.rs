//! The manifest of a finished run, or why there is none.

use std::io;
use std::path::Path;

use crate::experiment::block::file;
use crate::report::folder::manifest;
use crate::report::folder::manifest::Manifest;
use crate::report::folder::manifest::PlanError;
use crate::report::folder::output_folder;
use crate::report::tables::read::UnreadableTable;
use crate::report::views::findings::error::FindingsError;

/// The manifest of a finished run.
///
/// # Errors
///
/// Fails if there is none, or it cannot be read or understood.
pub fn read_manifest(folder: &Path) -> Result<Manifest, FindingsError> {
    let path = folder.join(manifest::FILE);
    let read = manifest::read(folder).map_err(|error| match (error.fault(), error) {
        (_, PlanError::Read { source, .. }) if source.kind() == io::ErrorKind::NotADirectory => {
            no_manifest(folder)
        }
        (_, PlanError::Read { path, source }) => UnreadableTable::Read { path, source }.into(),
        (fault, _) => FindingsError::Manifest { path, fault: fault.unwrap_or_default() },
    })?;
    let manifest = read.ok_or_else(|| no_manifest(folder))?;
    match manifest.plan.shard {
        Some(shard) => Err(FindingsError::Shard { folder: folder.to_owned(), shard }),
        None => Ok(manifest),
    }
}

/// The manifest of a finished run with all its tables, which people can be shown.
///
/// # Errors
///
/// Fails if there is none, it cannot be read or understood, or the run is one of some tables alone.
pub fn read_shown(folder: &Path) -> Result<Manifest, FindingsError> {
    let manifest = read_manifest(folder)?;
    let only = &manifest.plan.options.only;
    if only.is_empty() {
        return Ok(manifest);
    }
    Err(FindingsError::TablesAlone { folder: folder.to_owned(), only: only.join(",") })
}

/// Why a folder has no manifest: its run is not finished, or there is none.
fn no_manifest(folder: &Path) -> FindingsError {
    let folder = folder.to_owned();
    let blocks = output_folder::blocks_of(&folder);
    if blocks.join(manifest::PLAN).exists() {
        let blocks = file::list(&blocks).map_or(0, |blocks| blocks.len());
        return FindingsError::Unfinished { folder, blocks };
    }
    UnreadableTable::Missing { folder, file: manifest::FILE.to_owned() }.into()
}
