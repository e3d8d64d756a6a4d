//! The files of a run's views: their names, and how they go.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::experiment::whole_file::WriteError;

/// The page.
pub const PAGE: &str = "report.html";

/// The live page. It is made of values, not of tables, so the manifest lists it.
pub const LIVE: &str = "explore.html";

/// The workbook.
pub const WORKBOOK: &str = "workbook.xlsx";

/// The folder of pictures in that of a run.
pub const PICTURES: &str = "figures";

/// The names of all pictures that a run may have, without their endings.
pub const PICTURE_NAMES: [&str; 7] = [
    "jobs-against-baseline",
    "years-jobs-city",
    "years-jobs-district",
    "difference-jobs-city",
    "difference-jobs-district",
    "additionality-jobs",
    "cost-and-jobs",
];

/// Removes the views of an earlier run.
///
/// # Errors
///
/// Fails if the disk does not let go of one.
pub fn remove(folder: &Path) -> Result<(), WriteError> {
    remove_but(folder, &[])
}

/// The same, but for these files.
///
/// # Errors
///
/// Fails if the disk does not let go of one.
pub fn remove_but(folder: &Path, kept: &[PathBuf]) -> Result<(), WriteError> {
    let figures = folder.join(PICTURES);
    let pictures = PICTURE_NAMES
        .iter()
        .flat_map(|name| ["svg", "png"].map(|ending| figures.join(name).with_extension(ending)));
    let views = pictures.chain([PAGE, WORKBOOK].map(|file| folder.join(file)));
    for path in views.filter(|path| !kept.contains(path)) {
        match fs::remove_file(&path) {
            // Where a file stands in the place of the folder of pictures, there is none.
            Ok(()) => {}
            Err(error) if is_absent(&error) => {}
            // A folder in its place is no view: who writes the view says so, once the tables are whole.
            Err(_) if path.is_dir() => {}
            Err(source) => return Err(WriteError { path, source }),
        }
    }
    // Only where nothing of the user's is in it.
    let _ = fs::remove_dir(&figures);
    Ok(())
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
