//! The files of a finished run that its manifest does not vouch for.

use std::fs;
use std::io;
use std::path::Path;

use crate::experiment::block::file;
use crate::report::figures;
use crate::report::html;
use crate::report::manifest;
use crate::report::manifest::Manifest;
use crate::report::output_folder;
use crate::report::workbook;

/// Files by their paths within the folder, with `/`, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unlisted {
    /// Views of the tables, which `yangjae report` makes anew.
    pub views: Vec<String>,
    /// Whatever else is there: no run has written it, or not this one.
    pub others: Vec<String>,
}

/// Looks through a folder and all below it.
///
/// # Errors
///
/// Fails if it cannot be listed.
pub fn find(folder: &Path, manifest: &Manifest) -> io::Result<Unlisted> {
    let blocks = output_folder::blocks_of(folder);
    let name = |path: &Path| manifest::name_within(folder, path);
    let mut known: Vec<String> =
        [manifest::FILE, output_folder::LOCK].iter().map(|file| name(&folder.join(file))).collect();
    known.extend(manifest.files.iter().map(|listed| listed.file.clone()));
    known.push(name(&blocks.join(manifest::PLAN)));
    known.extend(file::list(&blocks).unwrap_or_default().iter().map(|block| name(block)));
    let inputs = output_folder::inputs_of(folder);
    known.extend(manifest.plan.inputs.iter().map(|input| name(&inputs.join(&input.file))));

    let pictures = format!("{}/", figures::FOLDER);
    let mut found = Unlisted::default();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
                continue;
            }
            let name = name(&entry.path());
            let is_view = [html::FILE, workbook::FILE].contains(&name.as_str())
                || name.strip_prefix(&pictures).is_some_and(is_picture);
            if is_view {
                found.views.push(name);
            } else if !known.contains(&name) {
                found.others.push(name);
            }
        }
    }
    found.views.sort();
    found.others.sort();
    Ok(found)
}

fn is_picture(name: &str) -> bool {
    let stem = name.strip_suffix(".svg").or_else(|| name.strip_suffix(".png"));
    stem.is_some_and(|stem| figures::NAMES.contains(&stem))
}
