//! Where a file differs from the one made again.

use std::path::Path;

use crate::commands::verify::error::Fault;
use crate::experiment::whole_file::CompleteFile;
use crate::report::folder::compare;

/// Where a file in the folder differs from the one made again.
pub(super) fn unlike(folder: &Path, name: &str, file: &CompleteFile) -> Option<Fault> {
    let path = folder.join(name);
    if compare::is_same(&path, file) {
        return None;
    }
    match compare::first_difference(&path, file.content()) {
        Ok(None) => None,
        Ok(Some(unlike)) => Some(Fault::Differs { file: name.to_owned(), unlike }),
        Err(error) => Some(Fault::Unreadable(name.to_owned(), error)),
    }
}
