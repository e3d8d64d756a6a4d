//! What people look at, made from a run's tables: `report.html`, `workbook.xlsx`, the pictures.

use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;

use crate::experiment::batch::join;
use crate::experiment::whole_file::CompleteFile;
use crate::experiment::whole_file::WholeFile;
use crate::experiment::whole_file::WriteError;
use crate::report::figures;
use crate::report::figures::Picture;
use crate::report::figures::png::Painter;
use crate::report::figures::png::PictureError;
use crate::report::findings::Findings;
use crate::report::findings::about::About;
use crate::report::findings::source::FindingsError;
use crate::report::findings::source::Tables;
use crate::report::html;
use crate::report::html::PageError;
use crate::report::language::Language;
use crate::report::workbook;
use crate::report::workbook::WorkbookError;

/// Why the views could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// The tables cannot be read.
    #[error(transparent)]
    Findings(#[from] FindingsError),
    /// The page cannot be made.
    #[error(transparent)]
    Page(#[from] PageError),
    /// A picture cannot be drawn.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The workbook cannot be made.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// The disk does not take a file.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// What was found, and the files that show it.
#[derive(Debug)]
pub struct Views {
    /// What was found.
    pub findings: Findings,
    /// The files, complete and not yet under their names.
    pub files: Vec<CompleteFile>,
}

/// Writes page, workbook and pictures into a run's folder; they have no name yet.
///
/// # Errors
///
/// Fails if a table is missing or damaged, or the disk does not take a file.
pub fn write(
    folder: &Path,
    about: About,
    tables: &Tables<'_>,
    language: Language,
) -> Result<Views, ViewError> {
    let findings = Findings::read(about, tables)?;
    let pictures = figures::draw(&findings, language);
    let at = folder.join(figures::FOLDER);
    fs::create_dir_all(&at).map_err(|source| WriteError { path: at.clone(), source })?;
    // The workbook takes as long as all the rest.
    let (book, rest) = join(
        || -> Result<CompleteFile, ViewError> {
            let book = workbook::workbook(&findings, tables, language)?;
            Ok(complete(&folder.join(workbook::FILE), &book)?)
        },
        || -> Result<(CompleteFile, Vec<CompleteFile>), ViewError> {
            let page = html::page(&findings, &pictures, language)?;
            let page = complete(&folder.join(html::FILE), page.as_bytes())?;
            Ok((page, write_pictures(&at, &pictures)?))
        },
    );
    let (page, pictures) = rest?;
    let mut files = vec![page, book?];
    files.extend(pictures);
    Ok(Views { findings, files })
}

fn write_pictures(folder: &Path, pictures: &[Picture]) -> Result<Vec<CompleteFile>, ViewError> {
    let painter = Painter::new();
    let mut files = Vec::new();
    for picture in pictures {
        let path = folder.join(picture.name);
        files.push(complete(&path.with_extension("svg"), picture.svg.as_bytes())?);
        let png = painter.png(picture.name, &picture.svg)?;
        files.push(complete(&path.with_extension("png"), &png)?);
    }
    Ok(files)
}

/// Removes the views of an earlier run.
///
/// # Errors
///
/// Fails if the disk does not let go of one.
pub fn remove(folder: &Path) -> Result<(), WriteError> {
    let figures = folder.join(figures::FOLDER);
    let pictures = figures::NAMES
        .iter()
        .flat_map(|name| ["svg", "png"].map(|ending| figures.join(name).with_extension(ending)));
    for path in pictures.chain([html::FILE, workbook::FILE].map(|file| folder.join(file))) {
        match fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                return Err(WriteError { path, source });
            }
            _ => {}
        }
    }
    // Only where nothing of the user's is in it.
    let _ = fs::remove_dir(&figures);
    Ok(())
}

fn complete(path: &Path, bytes: &[u8]) -> Result<CompleteFile, WriteError> {
    let mut file = WholeFile::create(path)?;
    file.write_all(bytes).map_err(|source| WriteError { path: path.to_owned(), source })?;
    file.complete()
}
