//! What people look at, made from a run's tables: `report.html`, `workbook.xlsx`, the pictures.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use crate::experiment::batch;
use crate::experiment::pool::join;
use crate::experiment::whole_file;
use crate::experiment::whole_file::CompleteFile;
use crate::experiment::whole_file::WriteError;
use crate::report::folder::viewed;
use crate::report::tables::read::Tables;
use crate::report::text::console;
use crate::report::text::language::Language;
use crate::report::text::language::text;
use crate::report::views::figures;
use crate::report::views::figures::Picture;
#[cfg(feature = "pictures")]
use crate::report::views::figures::png::Painter;
#[cfg(feature = "pictures")]
use crate::report::views::figures::png::PictureError;
use crate::report::views::findings::Findings;
use crate::report::views::findings::about::About;
use crate::report::views::findings::error::FindingsError;
use crate::report::views::html;
use crate::report::views::html::PageError;
#[cfg(feature = "workbook")]
use crate::report::views::workbook;
#[cfg(feature = "workbook")]
use crate::report::views::workbook::error::WorkbookError;

/// So many letters that a picture lacks are named.
const MOST_NAMED: usize = 20;

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
    #[cfg(feature = "pictures")]
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The workbook cannot be made.
    #[cfg(feature = "workbook")]
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// The disk does not take a file.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The making of it broke off.
    #[error("the views broke off: {message}; this is a mistake in the program")]
    BrokeOff {
        /// What it said.
        message: String,
    },
}

/// What was found, and the files that show it.
#[derive(Debug)]
pub struct Views {
    /// What was found.
    pub findings: Findings,
    /// The files, complete and not yet under their names.
    pub files: Vec<CompleteFile>,
    /// The files that could not be made.
    pub failed: Vec<Failed>,
    /// The letters for which the PNG pictures show a box, as their font lacks them.
    pub lacking: BTreeSet<char>,
}

/// A view that could not be made.
#[derive(Debug)]
pub struct Failed {
    /// Its name within the run's folder.
    pub file: String,
    /// Why.
    pub why: ViewError,
}

impl Views {
    /// Says which letters the PNG pictures lack; empty where they have all.
    #[must_use]
    pub fn lacks(&self, language: Language) -> String {
        if self.lacking.is_empty() {
            return String::new();
        }
        let mut letters: Vec<String> = self
            .lacking
            .iter()
            .take(MOST_NAMED)
            .map(|letter| format!("{letter} (U+{:04X})", u32::from(*letter)))
            .collect();
        if self.lacking.len() > MOST_NAMED {
            letters.push("…".to_owned());
        }
        let text = text::fill(&text::png_lacks, language, &[("letters", &letters.join(", "))]);
        format!("\n{}", console::paragraph(&text, 0))
    }

    /// The same, if no view has failed.
    ///
    /// # Errors
    ///
    /// The first that has.
    pub fn whole(mut self) -> Result<Self, ViewError> {
        if self.failed.is_empty() { Ok(self) } else { Err(self.failed.swap_remove(0).why) }
    }

    /// Gives the files their names, over those of an earlier report, of which nothing else stays then.
    /// Returns what was found, and the views that are not there.
    #[must_use]
    pub fn publish(self, folder: &Path) -> (Findings, Vec<Failed>) {
        let Self { findings, files, mut failed, .. } = self;
        let made: Vec<PathBuf> = files.iter().map(|file| file.target().to_owned()).collect();
        for file in files {
            let target = file.target().to_owned();
            if let Err(error) = file.publish() {
                let name = target.strip_prefix(folder).unwrap_or(&target).display().to_string();
                failed.push(Failed { file: name, why: error.into() });
            }
        }
        if failed.is_empty()
            && let Err(error) = viewed::remove_but(folder, &made)
        {
            failed.push(Failed { file: "an older view".to_owned(), why: error.into() });
        }
        (findings, failed)
    }
}

/// Writes page, workbook and pictures into a run's folder; they have no name yet. One that cannot be
/// made takes no other with it.
///
/// # Errors
///
/// Fails if a table is missing or damaged.
pub fn write(
    folder: &Path,
    about: About,
    tables: &Tables<'_>,
    language: Language,
) -> Result<Views, ViewError> {
    let findings = Findings::read(about, tables)?;
    let pictures = figures::draw(&findings, language);
    let at = folder.join(viewed::PICTURES);
    let page = || -> Result<CompleteFile, ViewError> {
        let page = html::page(&findings, language)?;
        Ok(whole_file::complete(&folder.join(viewed::PAGE), page.as_bytes())?)
    };
    // The workbook takes as long as all the rest.
    let (book, (page, (pictures, lacking))) = join(
        || write_workbook(folder, &findings, tables, language),
        || (whole(page), write_pictures(&at, &pictures)),
    );
    let (mut files, mut failed) = (Vec::new(), Vec::new());
    let page = (viewed::PAGE.to_owned(), page);
    let named = [page].into_iter().chain(book);
    // Page and workbook get their names last: where both are there, all is.
    for (file, made) in pictures.into_iter().chain(named) {
        match made {
            Ok(made) => files.push(made),
            Err(why) => failed.push(Failed { file, why }),
        }
    }
    Ok(Views { findings, files, failed, lacking })
}

/// A picture's file by name, or why there is none.
type Made = (String, Result<CompleteFile, ViewError>);

/// The workbook, where the program has been built with it.
#[cfg_attr(
    feature = "workbook",
    expect(clippy::unnecessary_wraps, reason = "there is none without the feature")
)]
fn write_workbook(
    folder: &Path,
    findings: &Findings,
    tables: &Tables<'_>,
    language: Language,
) -> Option<Made> {
    #[cfg(feature = "workbook")]
    {
        let book = || -> Result<CompleteFile, ViewError> {
            let book = workbook::workbook(findings, tables, language)?;
            Ok(whole_file::complete(&folder.join(viewed::WORKBOOK), &book)?)
        };
        Some((viewed::WORKBOOK.to_owned(), whole(book)))
    }
    #[cfg(not(feature = "workbook"))]
    {
        let _ = (folder, findings, tables, language);
        None
    }
}

/// The pictures, and the letters that their font lacks.
fn write_pictures(folder: &Path, pictures: &[Picture]) -> (Vec<Made>, BTreeSet<char>) {
    if let Err(source) = fs::create_dir_all(folder) {
        let why = WriteError { path: folder.to_owned(), source };
        return (vec![(viewed::PICTURES.to_owned(), Err(why.into()))], BTreeSet::new());
    }
    #[cfg(feature = "pictures")]
    let painter = Painter::new();
    let mut made = Vec::new();
    #[cfg_attr(not(feature = "pictures"), expect(unused_mut, reason = "only PNG lacks letters"))]
    let mut lacking = BTreeSet::new();
    for picture in pictures {
        let path = folder.join(picture.name);
        let name = |ending: &str| format!("{}/{}.{ending}", viewed::PICTURES, picture.name);
        let svg = whole_file::complete(&path.with_extension("svg"), picture.svg.as_bytes());
        made.push((name("svg"), svg.map_err(ViewError::from)));
        #[cfg(feature = "pictures")]
        {
            let png = || -> Result<CompleteFile, ViewError> {
                let drawn = painter.png(picture.name, &picture.svg)?;
                lacking.extend(drawn.lacking);
                Ok(whole_file::complete(&path.with_extension("png"), &drawn.png)?)
            };
            made.push((name("png"), whole(png)));
        }
    }
    (made, lacking)
}

/// Makes a view; one that breaks off fails like any other.
fn whole(
    make: impl FnOnce() -> Result<CompleteFile, ViewError>,
) -> Result<CompleteFile, ViewError> {
    batch::caught(make).unwrap_or_else(|message| Err(ViewError::BrokeOff { message }))
}
