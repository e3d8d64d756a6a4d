//! How numbers and cells are written in CSV files, so that a spreadsheet of one locale opens them by
//! a double click. Values are the same in every dialect, and every dialect is read back.

use crate::scenario::money::Money;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs::File;
use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Seek;
use std::path::Path;

use serde::Deserialize;
use serde::Serialize;

/// Numbers from here on are written with an exponent: digits would be zeros only.
pub const EXPONENT_FROM: f64 = 1e16;
/// Numbers below this are written with an exponent.
const EXPONENT_BELOW: f64 = 1e-5;
/// Whole numbers below this have the digits of an integer, which are found faster.
const MOST_WHOLE: f64 = 9e15;

/// What makes a spreadsheet take a cell for a formula.
pub const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The byte order mark of UTF-8, without which Excel takes Korean for another encoding.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// No header is longer `[bytes]`.
const LONGEST_HEADER: u64 = 1 << 20;

/// How the cells of a CSV file are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "terminal", derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
pub enum CsvDialect {
    /// Comma, decimal point, lines end with LF, no byte order mark: what programs expect
    #[default]
    Standard,
    /// For Excel in Korean (or English): comma, decimal point, CRLF, byte order mark
    ExcelKo,
    /// For Excel where the decimal mark is a comma: semicolon, decimal comma, CRLF, byte order mark
    ExcelEu,
}

impl CsvDialect {
    /// What stands between cells.
    #[must_use]
    pub const fn separator(self) -> u8 {
        match self {
            Self::Standard | Self::ExcelKo => b',',
            Self::ExcelEu => b';',
        }
    }

    /// What a file begins with.
    #[must_use]
    pub const fn mark(self) -> &'static [u8] {
        match self {
            Self::Standard => b"",
            Self::ExcelKo | Self::ExcelEu => MARK,
        }
    }

    /// What lines end with.
    #[must_use]
    pub const fn line_end(self) -> csv::Terminator {
        match self {
            Self::Standard => csv::Terminator::Any(b'\n'),
            Self::ExcelKo | Self::ExcelEu => csv::Terminator::CRLF,
        }
    }

    /// Writes numbers with this dialect's decimal mark; text that is no number stays as it is.
    pub fn write_decimal(self, cell: &mut String) {
        if self == Self::ExcelEu && cell.contains('.') && is_number(cell) {
            *cell = cell.replace('.', ",");
        }
    }

    /// A cell of this dialect as the standard dialect has it.
    #[must_use]
    pub fn read_decimal(self, cell: &str) -> String {
        if self == Self::ExcelEu && cell.contains(',') && !cell.contains('.') {
            let point = cell.replacen(',', ".", 1);
            if is_number(&point) {
                return point;
            }
        }
        cell.to_owned()
    }

    /// The dialect of a table, from its header: no name of a column holds a separator. The file is
    /// at its beginning again afterwards.
    ///
    /// It is asked of each file and not of the manifest, because tables of other commands, such as
    /// `validation.csv`, may lie beside those of a run.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read.
    pub fn of_file(file: &mut File) -> io::Result<Self> {
        let mut header = Vec::new();
        BufReader::new(&mut *file).take(LONGEST_HEADER).read_until(b'\n', &mut header)?;
        file.rewind()?;
        Ok(match (header.contains(&b';'), header.starts_with(MARK)) {
            (true, _) => Self::ExcelEu,
            (false, true) => Self::ExcelKo,
            (false, false) => Self::Standard,
        })
    }
}

/// Whether text is a finite number as this program writes numbers.
fn is_number(text: &str) -> bool {
    let plain = |letter: u8| letter.is_ascii_digit() || b"+-.eE".contains(&letter);
    text.bytes().all(plain) && text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// A folder, and how tables are written into it.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The folder.
    pub folder: &'a Path,
    /// The dialect.
    pub dialect: CsvDialect,
    /// Whether each table is written as Parquet, too.
    pub parquet: bool,
    /// The money that registers' texts speak of.
    pub money: Money,
}

impl<'a> Target<'a> {
    /// A folder for tables of a scenario in the standard dialect.
    #[must_use]
    pub const fn standard(folder: &'a Path, money: Money) -> Self {
        Self { folder, dialect: CsvDialect::Standard, parquet: false, money }
    }
}

/// The shortest text that reads back to the same number; zero has no sign.
#[must_use]
pub fn number(value: f64) -> String {
    let mut text = String::new();
    add_number(value, &mut text);
    text
}

/// Adds that text to another.
pub fn add_number(value: f64, text: &mut String) {
    let size = value.abs();
    // Writing to a text cannot fail.
    let _ = if size < MOST_WHOLE && value.fract() == 0.0 {
        #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
        let whole = value as i64;
        write!(text, "{whole}")
    } else if (EXPONENT_BELOW..EXPONENT_FROM).contains(&size) {
        write!(text, "{value}")
    } else {
        write!(text, "{value:e}")
    };
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

/// What [`harmless`] was made from.
#[must_use]
pub fn bare(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA_STARTS)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_numbers_change_their_decimal_mark() {
        let written = |text: &str| {
            let mut cell = text.to_owned();
            CsvDialect::ExcelEu.write_decimal(&mut cell);
            cell
        };
        let shown = ["0.5", "-1.5e-7", "12", "2024-05-29", "MODEL.md, 7.1", "v1.2.3", "inf"];
        let expected = ["0,5", "-1,5e-7", "12", "2024-05-29", "MODEL.md, 7.1", "v1.2.3", "inf"];
        assert_eq!(shown.map(written), expected.map(str::to_owned));
    }

    proptest! {
        #[test]
        fn numbers_come_back_the_same(value in prop::num::f64::NORMAL) {
            let mut cell = number(value);
            CsvDialect::ExcelEu.write_decimal(&mut cell);
            prop_assert!(!cell.contains('.'));
            let back: f64 = CsvDialect::ExcelEu.read_decimal(&cell).parse().unwrap();
            prop_assert_eq!(back.to_bits(), value.to_bits());
        }
    }
}
