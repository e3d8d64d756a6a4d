//! The tables of a run as text: in its folder, or complete and not yet under their names.

use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use crate::experiment::whole_file;
use crate::report::text::dialect::CsvDialect;
use crate::scenario::letters;

/// Why what a run left cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FindingsError {
    /// A file that every run leaves is not there.
    #[error(
        "`{}` has no {file}, so it is not the folder of a finished run; name the folder that `yangjae run` wrote",
        folder.display()
    )]
    Missing {
        /// The folder.
        folder: PathBuf,
        /// The file.
        file: String,
    },
    /// A run has been begun there and not finished.
    #[error(
        "the run in `{}` is not finished: it has {blocks} blocks and no manifest.json yet; wait for it, \
         or go on with it by `yangjae run --resume`", folder.display()
    )]
    Unfinished {
        /// The folder.
        folder: PathBuf,
        /// The blocks that are finished.
        blocks: usize,
    },
    /// It is a part of a run.
    #[error(
        "`{}` is shard {shard} of a run and has no tables; `yangjae merge` puts shards together",
        folder.display()
    )]
    Shard {
        /// The folder.
        folder: PathBuf,
        /// Which shard.
        shard: String,
    },
    /// A file cannot be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file is no CSV.
    #[error("`{}` is no table: {source}; the same `yangjae run` with `--resume` makes it anew", path.display())]
    NoTable {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: csv::Error,
    },
    /// A column is missing.
    #[error(
        "{file} has no column `{column}`; the same `yangjae run` with `--resume` makes it anew, or, where another \
         version wrote it, with `--force`"
    )]
    NoColumn {
        /// The file.
        file: String,
        /// The column.
        column: String,
    },
    /// A cell is no number.
    #[error(
        "{file}, line {line}: `{column}` is `{text}`, which is no number or larger than any run gives; \
         the same `yangjae run` with `--resume` makes the file anew"
    )]
    NoNumber {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// The column.
        column: String,
        /// The cell.
        text: String,
    },
    /// A cell holds a letter that no text may.
    #[error(
        "{file}, line {line}: {fault}; the same `yangjae run` with `--resume` makes the file anew"
    )]
    Letter {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// Which letter, and what it is.
        fault: String,
    },
    /// The manifest cannot be understood.
    #[error(
        "`{}` is no manifest: {fault}; the same `yangjae run` with `--resume` makes it anew",
        path.display()
    )]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// The manifest and the tables do not fit.
    #[error(
        "{file} has no row of the policy `{policy}`, which manifest.json lists; the same `yangjae run` with \
         `--resume` makes it anew"
    )]
    NoRows {
        /// The file.
        file: String,
        /// The policy.
        policy: String,
    },
}

/// No figure of a run is larger, and so no difference or sum of a few overflows. A spreadsheet takes
/// numbers up to 1e308.
const LARGEST: f64 = 1e300;
/// No row of a table takes more `[bytes]`.
const LONGEST_ROW: u64 = 1 << 20;
/// No table that is held in memory as a whole takes more `[bytes]`.
const LARGEST_WHOLE: u64 = 32 << 20;

/// The number in a cell; nothing where there is none, or one that no run gives.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.abs() <= LARGEST)
}

/// The tables in the folder of a finished run.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'a>(pub &'a Path);

impl Tables<'_> {
    /// Where a table's content is; nothing where there is no such table.
    #[must_use]
    pub fn path(&self, file: &str) -> Option<PathBuf> {
        Some(self.0.join(file)).filter(|path| path.exists())
    }

    /// Reads the given columns of a table, row by row.
    ///
    /// # Errors
    ///
    /// Fails if the table is not there, is damaged, lacks a column, or as `each` fails.
    pub fn read<const N: usize>(
        &self,
        file: &str,
        columns: [&'static str; N],
        mut each: impl FnMut(&Row<'_, N>) -> Result<(), FindingsError>,
    ) -> Result<(), FindingsError> {
        let Some(path) = self.path(file) else {
            return Err(FindingsError::Missing {
                folder: self.0.to_owned(),
                file: file.to_owned(),
            });
        };
        let mut reader = Reader::open(path, file)?;
        let header = reader.header()?;
        let mut places = [0; N];
        for (place, &column) in places.iter_mut().zip(&columns) {
            *place = header.iter().position(|name| name == column).ok_or_else(|| {
                FindingsError::NoColumn { file: file.to_owned(), column: column.to_owned() }
            })?;
        }
        let mut record = csv::StringRecord::new();
        while reader.next(&mut record)? {
            each(&Row { file, columns: &columns, places: &places, record: &record })?;
        }
        Ok(())
    }

    /// The names of a table's columns; nothing where there is no such table.
    ///
    /// # Errors
    ///
    /// Fails if it cannot be read or is damaged.
    pub fn header(&self, file: &str) -> Result<Option<Vec<String>>, FindingsError> {
        let Some(path) = self.path(file) else { return Ok(None) };
        let header = Reader::open(path, file)?.header()?;
        Ok(Some(header.iter().map(str::to_owned).collect()))
    }

    /// Every row of a table, whatever its columns; none where there is no such table.
    ///
    /// # Errors
    ///
    /// Fails if it cannot be read or is damaged, or as `each` fails.
    pub fn rows<E: From<FindingsError>>(
        &self,
        file: &str,
        mut each: impl FnMut(&csv::StringRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some(path) = self.path(file) else { return Ok(()) };
        let mut reader = Reader::open(path, file)?;
        let mut record = csv::StringRecord::new();
        while reader.next(&mut record)? {
            each(&record)?;
        }
        Ok(())
    }

    /// A whole table as text, whatever its columns; nothing where there is no such table.
    ///
    /// # Errors
    ///
    /// Fails if it cannot be read or is damaged.
    pub fn whole(&self, file: &str) -> Result<Option<TextTable>, FindingsError> {
        let Some(path) = self.path(file) else { return Ok(None) };
        let mut reader = Reader::open(path, file)?;
        if reader.csv.get_ref().file.metadata().is_ok_and(|file| file.len() > LARGEST_WHOLE) {
            let source = io::ErrorKind::FileTooLarge.into();
            return Err(FindingsError::Read { path: reader.path, source });
        }
        let list = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        let mut table = TextTable { header: list(&reader.header()?), rows: Vec::new() };
        let mut record = csv::StringRecord::new();
        while reader.next(&mut record)? {
            table.rows.push(list(&record));
        }
        Ok(Some(table))
    }
}

/// A file of which one row may take so many more bytes: the reader holds a row in memory until it
/// ends, and in a damaged file it may never end.
struct Bounded {
    file: File,
    left: u64,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            let message = format!("a row takes more than {} MiB", LONGEST_ROW >> 20);
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let read = self.file.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}

/// A table in whichever dialect it was written, with its letters checked: what it says gets into the
/// page and the workbook. A byte order mark is skipped.
struct Reader<'a> {
    path: PathBuf,
    file: &'a str,
    csv: csv::Reader<Bounded>,
    dialect: CsvDialect,
}

impl<'a> Reader<'a> {
    fn open(path: PathBuf, file: &'a str) -> Result<Self, FindingsError> {
        let failed = |source| FindingsError::Read { path: path.clone(), source };
        let mut opened = whole_file::open(&path).map_err(failed)?;
        let dialect = CsvDialect::of_file(&mut opened).map_err(failed)?;
        let mut csv = csv::ReaderBuilder::new();
        csv.buffer_capacity(1 << 16).delimiter(dialect.separator());
        Ok(Self {
            path,
            file,
            csv: csv.from_reader(Bounded { file: opened, left: LONGEST_ROW }),
            dialect,
        })
    }

    /// The names of the columns.
    fn header(&mut self) -> Result<csv::StringRecord, FindingsError> {
        let header = self.csv.headers().cloned().map_err(|source| self.damaged(source))?;
        self.check(&header)?;
        Ok(header)
    }

    /// Reads the next row, numbers as the standard dialect writes them; false where there is none.
    fn next(&mut self, record: &mut csv::StringRecord) -> Result<bool, FindingsError> {
        self.csv.get_mut().left = LONGEST_ROW;
        if !self.csv.read_record(record).map_err(|source| self.damaged(source))? {
            return Ok(false);
        }
        self.check(record)?;
        if self.dialect == CsvDialect::ExcelEu {
            let position = record.position().cloned();
            *record = record.iter().map(|cell| self.dialect.read_decimal(cell)).collect();
            record.set_position(position);
        }
        Ok(true)
    }

    fn check(&self, record: &csv::StringRecord) -> Result<(), FindingsError> {
        match record.iter().find_map(letters::fault) {
            None => Ok(()),
            Some(fault) => Err(FindingsError::Letter {
                file: self.file.to_owned(),
                line: record.position().map_or(1, csv::Position::line),
                fault,
            }),
        }
    }

    fn damaged(&self, source: csv::Error) -> FindingsError {
        FindingsError::NoTable { path: self.path.clone(), source }
    }
}

/// A table of which nothing is known beforehand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextTable {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl TextTable {
    /// The place of the first of these columns that the table has.
    #[must_use]
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|wanted| self.header.iter().position(|name| name == wanted))
    }
}

/// The wanted cells of a row.
#[derive(Debug)]
pub struct Row<'a, const N: usize> {
    file: &'a str,
    columns: &'a [&'static str; N],
    places: &'a [usize; N],
    record: &'a csv::StringRecord,
}

impl<const N: usize> Row<'_, N> {
    /// The text of a wanted column.
    #[must_use]
    pub fn text(&self, column: usize) -> &str {
        self.record.get(self.places[column]).unwrap_or_default()
    }

    /// The number of a wanted column; nothing where the cell is empty.
    ///
    /// # Errors
    ///
    /// Fails if the cell holds something else.
    pub fn number(&self, column: usize) -> Result<Option<f64>, FindingsError> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        number(text).map(Some).ok_or_else(|| FindingsError::NoNumber {
            file: self.file.to_owned(),
            line: self.record.position().map_or(0, csv::Position::line),
            column: self.columns[column].to_owned(),
            text: text.to_owned(),
        })
    }
}
