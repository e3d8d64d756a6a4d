//! A table: a CSV file that appears whole or not at all, and on request the same as Parquet beside it.
//!
//! UTF-8 without a byte order mark, comma, header, quotes as RFC 4180 has them. Lines end with LF,
//! not CRLF: every program that reads CSV takes it, and line tools and version control show no
//! stray characters. Another [`CsvDialect`] suits a spreadsheet. Numbers are the shortest text that reads back to the same value; unknown is
//! an empty cell. Text that a spreadsheet would run as a formula is preceded by an apostrophe.

use std::convert::Infallible;
use std::fmt::Write as _;
use std::io::Write as _;
use std::marker::PhantomData;

use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::Spread;
use crate::experiment::whole_file::CompleteFile;
use crate::experiment::whole_file::WholeFile;
use crate::experiment::whole_file::WriteError;
use crate::report::tables::column::TableSpec;
use crate::report::tables::parquet::ParquetFile;
use crate::report::tables::row::Cell;
use crate::report::tables::row::Row;
use crate::report::text::dialect::CsvDialect;
use crate::report::text::dialect::Target;
use crate::report::text::dialect::add_number;
use crate::report::text::dialect::harmless;
use crate::scenario::money::Money;
use crate::scenario::money::said;

/// Adds what stands in a cell, as the standard dialect writes it, with the money in registers' texts.
fn add(cell: Cell<'_>, money: Option<&Money>, text: &mut String) {
    match cell {
        Cell::Text(words) => text.push_str(&harmless(&said(words, money))),
        Cell::Number(value) => add_number(value, text),
        Cell::Whole(value) => {
            let _ = write!(text, "{value}");
        }
        Cell::YesNo(value) => text.push_str(if value { "yes" } else { "no" }),
        Cell::Unknown => {}
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

/// A table that is complete on the disk, but not yet under its name; dropped, it leaves nothing.
#[derive(Debug)]
pub struct CompleteTable {
    csv: CompleteFile,
    parquet: Option<CompleteFile>,
}

impl CompleteTable {
    /// Its files, the CSV first.
    pub fn files(self) -> impl Iterator<Item = CompleteFile> {
        std::iter::once(self.csv).chain(self.parquet)
    }

    /// Gives its files their names.
    ///
    /// # Errors
    ///
    /// Fails if one cannot be renamed.
    pub fn publish(self) -> Result<(), WriteError> {
        self.files().try_for_each(CompleteFile::publish)
    }
}

/// The files of tables, in the order of the tables.
#[must_use]
pub fn files(tables: impl IntoIterator<Item = CompleteTable>) -> Vec<CompleteFile> {
    tables.into_iter().flat_map(CompleteTable::files).collect()
}

/// A table being written, row by row.
pub struct TableWriter<R> {
    dialect: CsvDialect,
    money: Money,
    csv: csv::Writer<WholeFile>,
    parquet: Option<ParquetFile>,
    rows: u64,
    text: String,
    row: PhantomData<R>,
}

/// Writes a whole table.
///
/// # Errors
///
/// Fails if the disk does not take it, or a number is not finite.
pub fn write<'a, R: Row>(
    to: Target<'a>,
    rows: impl IntoIterator<Item = impl Into<R::Of<'a>>>,
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<R>::create(to)?;
    for row in rows {
        table.row(&row.into())?;
    }
    table.complete()
}

impl<R: Row> TableWriter<R> {
    /// Starts a table in a folder.
    ///
    /// # Errors
    ///
    /// Fails if the folder takes no file.
    pub fn create(to: Target<'_>) -> Result<Self, TableError> {
        let Target { folder, dialect, parquet, money } = to;
        let path = folder.join(R::TABLE.file);
        let mut file = WholeFile::create(&path)?;
        file.write_all(dialect.mark()).map_err(|source| WriteError { path, source })?;
        let csv = csv::WriterBuilder::new()
            .flexible(true)
            .delimiter(dialect.separator())
            .terminator(dialect.line_end())
            .from_writer(file);
        let parquet = parquet.then(|| {
            let path = folder.join(R::TABLE.parquet());
            ParquetFile::create(path, &R::TABLE, &money)
        });
        let parquet = parquet.transpose()?;
        let mut table =
            Self { dialect, money, csv, parquet, rows: 0, text: String::new(), row: PhantomData };
        let header = R::TABLE.columns.iter().map(|column| column.name);
        let written = table.csv.write_record(header);
        table.csv_result(written)?;
        Ok(table)
    }

    /// Writes a row.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take it, or a number is not finite.
    pub fn row(&mut self, row: &R::Of<'_>) -> Result<(), TableError> {
        self.rows += 1;
        let mut column = 0;
        R::write(row, |cell| {
            column += 1;
            self.text.clear();
            if let Cell::Number(value) = cell
                && !value.is_finite()
            {
                let TableSpec { file: table, columns, .. } = R::TABLE;
                let column = columns[column - 1].name;
                return Err(TableError::NotANumber { table, column, row: self.rows, value });
            }
            add(cell, Some(&self.money), &mut self.text);
            if let Some(parquet) = &mut self.parquet {
                parquet.cell(cell, &self.text)?;
            }
            self.dialect.write_decimal(&mut self.text);
            let written = self.csv.write_field(&self.text);
            self.csv_result(written)
        })?;
        let written = self.csv.write_record(None::<&[u8]>);
        self.csv_result(written)?;
        Ok(self.parquet.as_mut().map_or(Ok(()), ParquetFile::end_row)?)
    }

    /// Brings the table to the disk.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take it.
    pub fn complete(self) -> Result<CompleteTable, TableError> {
        let path = self.csv.get_ref().target().to_owned();
        let file = self
            .csv
            .into_inner()
            .map_err(|error| WriteError { path, source: csv::IntoInnerError::into_error(error) })?;
        let csv = file.complete()?;
        let parquet = self.parquet.map(ParquetFile::complete).transpose()?;
        Ok(CompleteTable { csv, parquet })
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

/// The columns of an estimate after the number of replications: mean, sd, se, ends of the interval.
#[must_use]
pub fn estimate_columns(estimate: Option<&Estimate>) -> [Option<f64>; 5] {
    let of = |value: fn(&Estimate) -> Option<f64>| estimate.and_then(value);
    [
        of(|estimate| Some(estimate.mean)),
        of(|estimate| estimate.sd),
        of(|estimate| estimate.se),
        of(|estimate| estimate.ci_low),
        of(|estimate| estimate.ci_high),
    ]
}

/// The columns of a spread: 5th percentile, median, 95th percentile.
#[must_use]
pub fn spread_columns(spread: Option<Spread>) -> [Option<f64>; 3] {
    spread.map_or([None; 3], |spread| [spread.p05, spread.p50, spread.p95].map(Some))
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

/// The header of a table, as a line of CSV.
#[must_use]
pub fn header_line<R: Row>() -> String {
    csv_line(&R::TABLE.columns.iter().map(|column| column.name).collect::<Vec<_>>())
}

/// A row of a table, as a line of CSV.
#[must_use]
pub fn row_line<R: Row>(row: &R::Of<'_>) -> String {
    let mut cells: Vec<String> = Vec::new();
    let Ok(()) = R::write(row, |cell| {
        let mut text = String::new();
        add(cell, None, &mut text);
        cells.push(text);
        Ok::<(), Infallible>(())
    });
    csv_line(&cells.iter().map(String::as_str).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::tables::row::table;
    use crate::report::text::dialect::number;

    fn won() -> Money {
        Money::of_currency("KRW").unwrap()
    }

    table! {
        /// A row of two cells.
        Two in "table.csv", None => {
            name: &'a str = column("", "", "Name", "이름");
            value: Option<f64> = column("1", "", "Value", "값");
        }
    }

    fn written<const N: usize>(rows: [(&str, Option<f64>); N]) -> Result<String, TableError> {
        let folder = tempfile::tempdir().unwrap();
        let rows = rows.map(|(name, value)| Two { name, value });
        write::<Two<'_>>(Target::standard(folder.path(), won()), rows)?.publish()?;
        Ok(std::fs::read_to_string(folder.path().join(Two::TABLE.file)).unwrap())
    }

    #[test]
    fn unknown_is_an_empty_cell_and_quotes_are_those_of_rfc_4180() {
        let text = written([("plain", None), ("a, \"b\"\nc", Some(-0.0)), ("", Some(7.0))]);
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
        let error = written([("x", Some(f64::NAN))]).unwrap_err();
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
