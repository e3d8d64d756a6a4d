//! A table: a CSV file that appears whole or not at all.
//!
//! UTF-8 without a byte order mark, comma, header, quotes as RFC 4180 has them. Lines end with LF,
//! not CRLF: every program that reads CSV takes it, and line tools and version control show no
//! stray characters. Another [`CsvDialect`] suits a spreadsheet. Numbers are the shortest text that reads back to the same value; unknown is
//! an empty cell. Text that a spreadsheet would run as a formula is preceded by an apostrophe.

use std::borrow::Cow;
use std::io::Write as _;

use crate::analysis::statistics::Estimate;
use crate::experiment::whole_file::CompleteFile;
use crate::experiment::whole_file::WholeFile;
use crate::experiment::whole_file::WriteError;
use crate::report::text::dialect::CsvDialect;
use crate::report::text::dialect::Target;
use crate::report::text::dialect::number;

/// What makes a spreadsheet take a cell for a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Text.
    Text(&'a str),
    /// A number; not finite is a mistake of the program and refused.
    Number(f64),
    /// A whole number.
    Whole(u64),
    /// Nothing, because it is not known or has no meaning.
    Unknown,
}

impl From<Option<f64>> for Cell<'_> {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::Unknown, Self::Number)
    }
}

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The disk does not take it.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A value that is no number.
    #[error("{table}: `{column}` is {value} in row {row}; this is a mistake in the program")]
    NotANumber {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row, from 1, without the header.
        row: u64,
        /// The value.
        value: f64,
    },
}

/// The file and the columns of a table.
#[derive(Clone, Copy, Debug)]
pub struct TableSpec {
    /// The file's name.
    pub file: &'static str,
    /// The columns, in order.
    pub columns: &'static [&'static str],
}

/// A table being written.
pub struct TableWriter {
    spec: TableSpec,
    dialect: CsvDialect,
    csv: csv::Writer<WholeFile>,
    rows: u64,
    text: String,
}

impl TableWriter {
    /// Starts a table in a folder, in the standard dialect where only the folder is named.
    ///
    /// # Errors
    ///
    /// Fails if the folder takes no file.
    pub fn create<'a>(to: impl Into<Target<'a>>, spec: TableSpec) -> Result<Self, TableError> {
        let Target { folder, dialect } = to.into();
        let path = folder.join(spec.file);
        let mut file = WholeFile::create(&path)?;
        file.write_all(dialect.mark()).map_err(|source| WriteError { path, source })?;
        let csv = csv::WriterBuilder::new()
            .flexible(true)
            .delimiter(dialect.separator())
            .terminator(dialect.line_end())
            .from_writer(file);
        let mut table = Self { spec, dialect, csv, rows: 0, text: String::new() };
        table.record(spec.columns)?;
        Ok(table)
    }

    /// Writes a row: one cell for each column.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take it, or a number is not finite.
    ///
    /// # Panics
    ///
    /// Panics if there are not as many cells as columns.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), TableError> {
        assert_eq!(cells.len(), self.spec.columns.len(), "a cell for each column");
        self.rows += 1;
        for (cell, &column) in cells.iter().zip(self.spec.columns) {
            self.text.clear();
            match *cell {
                Cell::Text(text) => self.text.push_str(&harmless(text)),
                Cell::Number(value) if value.is_finite() => self.text.push_str(&number(value)),
                Cell::Number(value) => {
                    let (table, row) = (self.spec.file, self.rows);
                    return Err(TableError::NotANumber { table, column, row, value });
                }
                Cell::Whole(value) => self.text.push_str(&value.to_string()),
                Cell::Unknown => {}
            }
            self.dialect.write_decimal(&mut self.text);
            let written = self.csv.write_field(&self.text);
            self.csv_result(written)?;
        }
        let written = self.csv.write_record(None::<&[u8]>);
        self.csv_result(written)
    }

    /// Brings the table to the disk.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take it.
    pub fn complete(self) -> Result<CompleteFile, TableError> {
        let path = self.csv.get_ref().target().to_owned();
        let file = self
            .csv
            .into_inner()
            .map_err(|error| WriteError { path, source: csv::IntoInnerError::into_error(error) })?;
        Ok(file.complete()?)
    }

    fn record(&mut self, cells: &[&str]) -> Result<(), TableError> {
        let written = self.csv.write_record(cells);
        self.csv_result(written)
    }

    fn csv_result(&self, written: csv::Result<()>) -> Result<(), TableError> {
        written.map_err(|error| {
            let path = self.csv.get_ref().target().to_owned();
            // What the system says, such as that the disk is full, not wrapped once more.
            let source = match error.into_kind() {
                csv::ErrorKind::Io(source) => source,
                _ => std::io::Error::other("the row cannot be written as CSV"),
            };
            WriteError { path, source }.into()
        })
    }
}

/// The cells of an estimate after the number of replications: mean, sd, se, ends of the interval.
#[must_use]
pub fn estimate_cells<'a>(estimate: Option<&Estimate>) -> [Cell<'a>; 5] {
    let cell = |value: fn(&Estimate) -> Option<f64>| Cell::from(estimate.and_then(value));
    [
        cell(|estimate| Some(estimate.mean)),
        cell(|estimate| estimate.sd),
        cell(|estimate| estimate.se),
        cell(|estimate| estimate.ci_low),
        cell(|estimate| estimate.ci_high),
    ]
}

/// A count as a cell.
#[must_use]
pub fn count<'a>(count: usize) -> Cell<'a> {
    Cell::Whole(count as u64)
}

/// One line of CSV that is not of a file of its own: its cells as those of a table.
#[must_use]
pub fn csv_line(cells: &[&str]) -> String {
    let mut csv =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    // Writing into memory cannot fail, and what went in as text comes out as text.
    let _ = csv.write_record(cells.iter().map(|cell| harmless(cell).into_owned()));
    String::from_utf8(csv.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Text that no spreadsheet runs as a formula; numbers stay as they are.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    let is_number = || text.parse::<f64>().is_ok_and(f64::is_finite);
    if text.starts_with(FORMULA_STARTS) && !is_number() {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SPEC: TableSpec = TableSpec { file: "table.csv", columns: &["name", "value"] };

    fn written(rows: &[[Cell<'_>; 2]]) -> Result<String, TableError> {
        let folder = tempfile::tempdir().unwrap();
        let mut table = TableWriter::create(folder.path(), SPEC)?;
        for row in rows {
            table.row(row)?;
        }
        table.complete()?.publish()?;
        Ok(std::fs::read_to_string(folder.path().join(SPEC.file)).unwrap())
    }

    #[test]
    fn unknown_is_an_empty_cell_and_quotes_are_those_of_rfc_4180() {
        let text = written(&[
            [Cell::Text("plain"), Cell::Unknown],
            [Cell::Text("a, \"b\"\nc"), Cell::Number(-0.0)],
            [Cell::Text(""), Cell::Whole(7)],
        ]);
        let expected = "name,value\nplain,\n\"a, \"\"b\"\"\nc\",0\n,7\n";
        assert_eq!(text.unwrap(), expected);
    }

    #[test]
    fn formulas_in_text_are_neutralised_and_numbers_are_not() {
        for text in ["=1+1", "+82 2 1234", "-x", "@SUM(A1)", "\t=1", "-1+cmd|' /C calc'!A0"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["-0.5", "+3", "2024-05-29", "campus", "", "a=b"] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn a_line_has_the_cells_of_a_table() {
        assert_eq!(csv_line(&["a, b", "say \"c\"", ""]), "\"a, b\",\"say \"\"c\"\"\",\n");
        assert_eq!(csv_line(&["=1+1", "-0.5", "a=b"]), "'=1+1,-0.5,a=b\n");
    }

    #[test]
    fn a_value_that_is_no_number_is_refused_with_its_place() {
        let error = written(&[[Cell::Text("x"), Cell::Number(f64::NAN)]]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "table.csv: `value` is NaN in row 1; this is a mistake in the program"
        );
    }

    #[test]
    fn numbers_are_short() {
        let shown = [0.1, 1e-7, 1e21, -2.5, 1e15, 123_456_789.0, 5e-324, 1e-5].map(number);
        assert_eq!(
            shown,
            ["0.1", "1e-7", "1e21", "-2.5", "1000000000000000", "123456789", "5e-324", "0.00001"]
        );
    }

    proptest! {
        #[test]
        fn numbers_read_back_to_the_same_value(value in prop::num::f64::NORMAL) {
            prop_assert_eq!(number(value).parse::<f64>().unwrap().to_bits(), value.to_bits());
        }
    }
}
