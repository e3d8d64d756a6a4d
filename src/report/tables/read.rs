//! Tables are read as they were written: typed rows, or text as it stands.

use std::fs::File;
use std::io;
use std::io::Read;
use std::marker::PhantomData;
use std::path::Path;
use std::path::PathBuf;

use crate::experiment::whole_file;
use crate::report::tables::column::Column;
use crate::report::tables::column::TableSpec;
use crate::report::tables::register::OF_RUN;
use crate::report::tables::row::Cells;
use crate::report::tables::row::Field;
use crate::report::tables::row::Row;
use crate::report::text::dialect::CsvDialect;
use crate::scenario::letters;

/// Why a table cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum UnreadableTable {
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
    /// A file cannot be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file is no CSV.
    #[error("`{}` is no table: {source}; {}", path.display(), anew(&path.to_string_lossy()))]
    NoTable {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: csv::Error,
    },
    /// A column is missing.
    #[error(
        "{file} has no column `{column}`; {}{}", anew(file),
        if is_of_run(file) { ", or, where another version wrote it, with `--force`" } else { "" }
    )]
    NoColumn {
        /// The file.
        file: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A cell does not hold what the column has.
    #[error(
        "{file}, line {line}: `{column}` is `{text}`, which is no number or larger than any run gives; \
         {}",
        anew(file)
    )]
    Cell {
        /// The file.
        file: &'static str,
        /// The line, from 1.
        line: u64,
        /// The column.
        column: &'static str,
        /// The cell.
        text: String,
    },
    /// A cell holds a letter that no text may.
    #[error("{file}, line {line}: {fault}; {}", anew(file))]
    Letter {
        /// The file.
        file: &'static str,
        /// The line, from 1.
        line: u64,
        /// Which letter, and what it is.
        fault: String,
    },
}

/// Whether a run writes the table at this path.
fn is_of_run(file: &str) -> bool {
    OF_RUN.iter().any(|table| file.ends_with(table.file))
}

/// What makes a table anew.
fn anew(file: &str) -> &'static str {
    if is_of_run(file) {
        "the same `yangjae run` with `--resume` makes it anew"
    } else {
        "the command that wrote it makes it anew, or remove it"
    }
}

/// No row of a table takes more `[bytes]`.
const LONGEST_ROW: u64 = 1 << 20;
/// No table that is held in memory as a whole takes more `[bytes]`.
const LARGEST_STORED: u64 = 32 << 20;

/// The tables in a folder.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'a>(pub &'a Path);

impl Tables<'_> {
    /// Where a table's content is; nothing where there is no such table.
    #[must_use]
    pub fn path(&self, file: &str) -> Option<PathBuf> {
        Some(self.0.join(file)).filter(|path| path.exists())
    }

    /// Reads a table row by row.
    ///
    /// # Errors
    ///
    /// Fails if the table is not there, is damaged, lacks a column, or as `each` fails.
    pub fn each<R: Row, E: From<UnreadableTable>>(
        &self,
        mut each: impl for<'r> FnMut(R::Of<'r>) -> Result<(), E>,
    ) -> Result<(), E> {
        let file = R::TABLE.file;
        let path = self.path(file).ok_or_else(|| self.missing(file))?;
        let mut reader = Reader::open(path, file)?;
        let places = places(&R::TABLE, &reader.header()?)?;
        let mut record = csv::StringRecord::new();
        while reader.next(&mut record)? {
            each(R::read(&Record { table: &R::TABLE, places: &places, cells: &record })?)?;
        }
        Ok(())
    }

    /// A whole table, each row of which is one; nothing where there is no such table.
    ///
    /// # Errors
    ///
    /// Fails if it cannot be read, is damaged, or lacks a column.
    pub fn stored<R: Row>(&self) -> Result<Option<Stored<R>>, UnreadableTable> {
        let file = R::TABLE.file;
        let Some(path) = self.path(file) else { return Ok(None) };
        let mut reader = Reader::open(path, file)?;
        if reader.csv.get_ref().file.metadata().is_ok_and(|file| file.len() > LARGEST_STORED) {
            let source = io::ErrorKind::FileTooLarge.into();
            return Err(UnreadableTable::Read { path: reader.path, source });
        }
        let header = reader.header()?;
        let places = places(&R::TABLE, &header)?;
        let mut stored = Stored { header, places, records: Vec::new(), row: PhantomData };
        let mut record = csv::StringRecord::new();
        while reader.next(&mut record)? {
            R::read(&Record { table: &R::TABLE, places: &stored.places, cells: &record })?;
            stored.records.push(record.clone());
        }
        Ok(Some(stored))
    }

    /// Every row of a table as text; none where there is no such table. `each` has the header, too.
    ///
    /// # Errors
    ///
    /// Fails if it cannot be read or is damaged, or as `each` fails.
    pub fn rows<E: From<UnreadableTable>>(
        &self,
        file: &'static str,
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

    /// The names of a table's columns; nothing where there is no such table.
    ///
    /// # Errors
    ///
    /// Fails if it cannot be read or is damaged.
    pub fn header(&self, file: &'static str) -> Result<Option<csv::StringRecord>, UnreadableTable> {
        let Some(path) = self.path(file) else { return Ok(None) };
        Reader::open(path, file)?.header().map(Some)
    }

    fn missing(&self, file: &str) -> UnreadableTable {
        UnreadableTable::Missing { folder: self.0.to_owned(), file: file.to_owned() }
    }
}

/// Where the columns of a table stand in a header.
fn places(table: &TableSpec, header: &csv::StringRecord) -> Result<Vec<usize>, UnreadableTable> {
    let place = |column: &Column| {
        let found = header.iter().position(|name| name == column.name);
        found.ok_or(UnreadableTable::NoColumn { file: table.file, column: column.name })
    };
    table.columns.iter().map(place).collect()
}

/// A table that is held in memory.
#[derive(Debug)]
pub struct Stored<R> {
    header: csv::StringRecord,
    places: Vec<usize>,
    records: Vec<csv::StringRecord>,
    row: PhantomData<R>,
}

impl<R: Row> Stored<R> {
    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = R::Of<'_>> {
        let row = |cells| R::read(&Record { table: &R::TABLE, places: &self.places, cells });
        // Each was read before, so that none is left out.
        self.records.iter().filter_map(move |record| row(record).ok())
    }

    /// The names of the columns, as the file has them.
    #[must_use]
    pub fn header(&self) -> Vec<&str> {
        self.header.iter().collect()
    }

    /// The cells of the first rows, as the file has them.
    #[must_use]
    pub fn cells(&self, most: usize) -> Vec<Vec<&str>> {
        self.records.iter().take(most).map(|record| record.iter().collect()).collect()
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

/// A record whose cells are taken by the columns of a table.
struct Record<'a, 's> {
    table: &'static TableSpec,
    places: &'s [usize],
    cells: &'a csv::StringRecord,
}

impl<'a> Cells<'a> for Record<'a, '_> {
    type Error = UnreadableTable;

    fn get<T: Field<'a>>(&self, column: usize) -> Result<T, UnreadableTable> {
        let text = self.places.get(column).and_then(|&place| self.cells.get(place));
        let text = text.unwrap_or_default();
        T::read(text).ok_or_else(|| UnreadableTable::Cell {
            file: self.table.file,
            line: self.cells.position().map_or(0, csv::Position::line),
            column: self.table.columns.get(column).map_or("", |column| column.name),
            text: text.to_owned(),
        })
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
struct Reader {
    path: PathBuf,
    file: &'static str,
    csv: csv::Reader<Bounded>,
    dialect: CsvDialect,
}

impl Reader {
    fn open(path: PathBuf, file: &'static str) -> Result<Self, UnreadableTable> {
        let failed = |source| UnreadableTable::Read { path: path.clone(), source };
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
    fn header(&mut self) -> Result<csv::StringRecord, UnreadableTable> {
        let header = self.csv.headers().cloned().map_err(|source| self.damaged(source))?;
        self.check(&header)?;
        Ok(header)
    }

    /// Reads the next row, numbers as the standard dialect writes them; false where there is none.
    fn next(&mut self, record: &mut csv::StringRecord) -> Result<bool, UnreadableTable> {
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

    fn check(&self, record: &csv::StringRecord) -> Result<(), UnreadableTable> {
        // All cells at once, then cell by cell.
        if letters::is_plain(record.as_byte_record().as_slice()) {
            return Ok(());
        }
        match record.iter().find_map(letters::fault) {
            None => Ok(()),
            Some(fault) => Err(UnreadableTable::Letter {
                file: self.file,
                line: record.position().map_or(1, csv::Position::line),
                fault,
            }),
        }
    }

    fn damaged(&self, source: csv::Error) -> UnreadableTable {
        UnreadableTable::NoTable { path: self.path.clone(), source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::row::table;
    use crate::report::tables::table;
    use crate::report::text::dialect::Target;
    use crate::scenario::money::Money;

    table! {
        /// A row with a column of every type.
        Every in "every.csv", None => {
            text: &'a str = column("", "", "Text", "글");
            number: f64 = column("1", "", "Number", "수");
            maybe: Option<f64> = column("1", "", "Number or nothing", "수 또는 빈칸");
            whole: u64 = column("1", "", "Whole number", "정수");
            yes: bool = column("", "", "Yes or no", "예 또는 아니요");
        }
    }

    const ROWS: [Every<'static>; 3] = [
        Every { text: "a, \"b\"", number: 0.1, maybe: None, whole: 7, yes: true },
        Every { text: "", number: -1e-7, maybe: Some(1e21), whole: u64::MAX, yes: false },
        Every { text: "1,5; 2", number: 1e15, maybe: Some(-2.5), whole: 0, yes: true },
    ];

    #[test]
    fn a_table_of_any_dialect_is_read_as_it_was_written() {
        for dialect in [CsvDialect::Standard, CsvDialect::ExcelKo, CsvDialect::ExcelEu] {
            let folder = tempfile::tempdir().unwrap();
            let money = Money::of_currency("KRW").unwrap();
            let to = Target { folder: folder.path(), dialect, parquet: false, money };
            table::write::<Every<'_>>(to, ROWS).unwrap().publish().unwrap();
            let tables = Tables(folder.path());
            let mut places = 0..;
            tables
                .each::<Every<'_>, UnreadableTable>(|row| {
                    assert_eq!(row, ROWS[places.next().unwrap()]);
                    Ok(())
                })
                .unwrap();
            assert_eq!(places.next(), Some(ROWS.len()));
            let stored: Stored<Every<'_>> = tables.stored().unwrap().unwrap();
            assert_eq!(stored.rows().collect::<Vec<_>>(), ROWS);
        }
    }

    #[test]
    fn a_cell_of_another_type_is_named_with_its_line_and_column() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(Every::TABLE.file);
        let text = "text,number,maybe,whole,yes\na,1,,2,no\na,1,,2,perhaps\n";
        std::fs::write(path, text).unwrap();
        let error = Tables(folder.path()).stored::<Every<'_>>().unwrap_err();
        assert!(error.to_string().starts_with("every.csv, line 3: `yes` is `perhaps`"), "{error}");
    }
}
