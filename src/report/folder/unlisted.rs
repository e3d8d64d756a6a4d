//! The files of a finished run that its manifest does not vouch for.

use std::collections::BTreeSet;
use std::fs;
use std::fs::FileType;
use std::io;
use std::path::Path;

use crate::experiment::block::file;
use crate::report::folder::manifest;
use crate::report::folder::manifest::Manifest;
use crate::report::folder::output_folder;
use crate::report::folder::viewed;

/// Files by their paths within the folder, with `/`, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unlisted {
    /// Views of the tables, which `yangjae report` makes anew.
    pub views: Vec<String>,
    /// Whatever else is there: no run has written it, or not this one.
    pub others: Vec<String>,
}

/// The links in a folder that stand where a run writes, or where a manifest lists a file; sorted. Through
/// them files of somebody else would be read.
///
/// # Errors
///
/// Fails if the folder cannot be listed.
pub fn links(folder: &Path, manifest: &Manifest) -> io::Result<Vec<String>> {
    let pictures = viewed::PICTURE_NAMES.iter().flat_map(|name| {
        ["svg", "png"].map(|ending| format!("{}/{name}.{ending}", viewed::PICTURES))
    });
    let mut known = known(folder, manifest);
    known.extend(pictures.chain([viewed::PAGE, viewed::WORKBOOK].map(str::to_owned)));
    // Where the folder of blocks is a link itself, nothing in it is listed.
    known.insert(name_of(folder, &output_folder::inputs_of(folder)));
    let mut found = Vec::new();
    each(folder, |path, kind| {
        let name = name_of(folder, path);
        let within = format!("{name}/");
        if kind.is_symlink() && known.iter().any(|it| *it == name || it.starts_with(&within)) {
            found.push(name);
        }
    })?;
    found.sort();
    Ok(found)
}

/// Looks through a folder and all below it, but through no link, and not into the runs of futures, which have
/// manifests of their own.
///
/// # Errors
///
/// Fails if it cannot be listed.
pub fn find(folder: &Path, manifest: &Manifest) -> io::Result<Unlisted> {
    let known = known(folder, manifest);
    let pictures = format!("{}/", viewed::PICTURES);
    let futures = output_folder::futures(folder);
    let futures: Vec<String> =
        futures.iter().map(|(_, path)| format!("{}/", name_of(folder, path))).collect();
    let mut found = Unlisted::default();
    each(folder, |path, kind| {
        let name = name_of(folder, path);
        let is_view = [viewed::PAGE, viewed::WORKBOOK].contains(&name.as_str())
            || name.strip_prefix(&pictures).is_some_and(is_picture);
        if is_view {
            found.views.push(name);
        } else if !known.contains(&name) && !futures.iter().any(|it| name.starts_with(it)) {
            found.others.push(if kind.is_symlink() { format!("{name} (a link)") } else { name });
        }
    })?;
    found.views.sort();
    found.others.sort();
    Ok(found)
}

/// Looks at each file and link in a folder and all below it.
fn each(folder: &Path, mut look: impl FnMut(&Path, FileType)) -> io::Result<()> {
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let entries = match fs::read_dir(&next) {
            Ok(entries) => entries,
            Err(error) if next == folder => return Err(error),
            // A folder that cannot be listed is named itself.
            Err(_) => {
                look(&next, fs::symlink_metadata(&next)?.file_type());
                continue;
            }
        };
        for entry in entries {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else {
                look(&entry.path(), kind);
            }
        }
    }
    Ok(())
}

fn name_of(folder: &Path, path: &Path) -> String {
    manifest::name_within(folder, path)
}

/// The files that a run of this manifest has written, but for its views.
fn known(folder: &Path, manifest: &Manifest) -> BTreeSet<String> {
    let blocks = output_folder::blocks_of(folder);
    let name = |path: &Path| name_of(folder, path);
    let mut known: BTreeSet<String> =
        [manifest::FILE, output_folder::LOCK].iter().map(|file| name(&folder.join(file))).collect();
    known.extend(manifest.files.iter().map(|listed| listed.file.clone()));
    known.insert(name(&blocks.join(manifest::PLAN)));
    known.extend(file::list(&blocks).unwrap_or_default().iter().map(|block| name(block)));
    let inputs = output_folder::inputs_of(folder);
    known.extend(manifest.plan.inputs.iter().map(|input| name(&inputs.join(&input.file))));

    known
}

fn is_picture(name: &str) -> bool {
    let stem = name.strip_suffix(".svg").or_else(|| name.strip_suffix(".png"));
    stem.is_some_and(|stem| viewed::PICTURE_NAMES.contains(&stem))
}
