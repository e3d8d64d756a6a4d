//! The same table as Parquet, beside the CSV: typed columns, with units and meanings in the file.
//!
//! Names of columns, texts and numbers are those of the CSV, zero without a sign as there. Text is UTF-8, a number a double, a
//! whole number a signed integer of 64 bits, yes and no a boolean; what may be unknown is optional, and unknown is
//! null. The file's key-value metadata has `unit:COLUMN`, `meaning:COLUMN` and `meaning_ko:COLUMN` of every column,
//! and `table`, `program` and `version`. Nothing in it depends on time, machine or threads.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::basic::LogicalType;
use parquet::basic::Repetition;
use parquet::basic::Type as Physical;
use parquet::data_type::BoolType;
use parquet::data_type::ByteArray;
use parquet::data_type::ByteArrayType;
use parquet::data_type::DoubleType;
use parquet::data_type::Int64Type;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedColumnWriter;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use crate::experiment::whole_file::CompleteFile;
use crate::experiment::whole_file::WholeFile;
use crate::experiment::whole_file::WriteError;
use crate::report::tables::column::Column;
use crate::report::tables::column::Holds;
use crate::report::tables::column::TableSpec;
use crate::report::tables::row::Cell;
use crate::scenario::money::Money;
use crate::scenario::money::said;

/// Rows in each part of a file, which is in memory until it is written.
const ROWS_OF_A_GROUP: usize = 1 << 16;
/// Bytes of text in one column after which a part is written before it has all its rows.
const TEXT_OF_A_GROUP: usize = 16 << 20;

/// The values of a column that are not written yet.
#[derive(Debug)]
enum Values {
    /// All texts one after another, and where each ends.
    Text {
        bytes: Vec<u8>,
        ends: Vec<usize>,
    },
    Number(Vec<f64>),
    Whole(Vec<i64>),
    YesNo(Vec<bool>),
}

impl Values {
    fn new(holds: Holds) -> Self {
        match holds {
            Holds::Text => Self::Text { bytes: Vec::new(), ends: Vec::new() },
            Holds::Number => Self::Number(Vec::new()),
            Holds::Whole => Self::Whole(Vec::new()),
            Holds::YesNo => Self::YesNo(Vec::new()),
        }
    }
}

/// A column of the rows that are not written yet.
#[derive(Debug)]
struct Filled {
    values: Values,
    /// Of an optional column, for each row 1 where it has a value and 0 where that is unknown.
    known: Option<Vec<i16>>,
}

impl Filled {
    fn new(column: &Column) -> Self {
        let known = column.optional.then(Vec::new);
        Self { values: Values::new(column.holds), known }
    }

    /// Takes a cell, whose text is that of the CSV.
    fn push(&mut self, cell: Cell<'_>, text: &str) -> io::Result<()> {
        let other = || io::Error::other("a cell is not of its column's type");
        if let Some(known) = &mut self.known {
            known.push(i16::from(cell != Cell::Unknown));
        }
        match (&mut self.values, cell) {
            (_, Cell::Unknown) if self.known.is_some() => {}
            (Values::Text { bytes, ends }, Cell::Text(_)) => {
                bytes.extend_from_slice(text.as_bytes());
                ends.push(bytes.len());
            }
            // Never a negative zero, which the CSV has not either.
            (Values::Number(values), Cell::Number(value)) => values.push(value + 0.0),
            (Values::Whole(values), Cell::Whole(value)) => {
                values.push(i64::try_from(value).map_err(|_| other())?);
            }
            (Values::YesNo(values), Cell::YesNo(value)) => values.push(value),
            _ => return Err(other()),
        }
        Ok(())
    }

    fn is_large(&self) -> bool {
        matches!(&self.values, Values::Text { bytes, .. } if bytes.len() >= TEXT_OF_A_GROUP)
    }

    /// Writes what was taken, and forgets it.
    fn write(&mut self, to: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let known = self.known.as_deref();
        match &mut self.values {
            Values::Text { bytes, ends } => {
                let all = ByteArray::from(std::mem::take(bytes));
                let mut start = 0;
                let texts = std::mem::take(ends).into_iter().map(|end| {
                    let begun = std::mem::replace(&mut start, end);
                    all.slice(begun, end - begun)
                });
                let texts: Vec<ByteArray> = texts.collect();
                to.typed::<ByteArrayType>().write_batch(&texts, known, None)?;
            }
            Values::Number(values) => {
                to.typed::<DoubleType>().write_batch(values, known, None)?;
                values.clear();
            }
            Values::Whole(values) => {
                to.typed::<Int64Type>().write_batch(values, known, None)?;
                values.clear();
            }
            Values::YesNo(values) => {
                to.typed::<BoolType>().write_batch(values, known, None)?;
                values.clear();
            }
        }
        if let Some(known) = &mut self.known {
            known.clear();
        }
        Ok(())
    }
}

/// A table being written as Parquet.
pub(super) struct ParquetFile {
    path: PathBuf,
    writer: SerializedFileWriter<WholeFile>,
    columns: Vec<Filled>,
    /// The cells that the row under way has.
    cells: usize,
    rows: usize,
}

impl ParquetFile {
    /// Starts the file.
    ///
    /// # Errors
    ///
    /// Fails if its folder takes no file.
    pub(super) fn create(
        path: PathBuf,
        table: &TableSpec,
        money: &Money,
    ) -> Result<Self, WriteError> {
        let file = WholeFile::create(&path)?;
        let started = schema(table).and_then(|schema| {
            let properties = WriterProperties::builder()
                .set_compression(Compression::SNAPPY)
                .set_key_value_metadata(Some(metadata(table, money)))
                .build();
            SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))
        });
        let writer = match started {
            Ok(writer) => writer,
            Err(error) => return Err(WriteError { path, source: io_error(error) }),
        };
        let columns = table.columns.iter().map(Filled::new).collect();
        Ok(Self { path, writer, columns, cells: 0, rows: 0 })
    }

    /// Takes the next cell of the row, whose text is that of the CSV.
    ///
    /// # Errors
    ///
    /// Fails where the cell is none of its column.
    pub(super) fn cell(&mut self, cell: Cell<'_>, text: &str) -> Result<(), WriteError> {
        let pushed = self.columns[self.cells].push(cell, text);
        self.cells += 1;
        pushed.map_err(|source| WriteError { path: self.path.clone(), source })
    }

    /// Ends the row.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take the rows so far.
    pub(super) fn end_row(&mut self) -> Result<(), WriteError> {
        self.cells = 0;
        self.rows += 1;
        if self.rows == ROWS_OF_A_GROUP || self.columns.iter().any(Filled::is_large) {
            self.flush()?;
        }
        Ok(())
    }

    /// Brings the file to the disk.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take it.
    pub(super) fn complete(mut self) -> Result<CompleteFile, WriteError> {
        if self.rows > 0 {
            self.flush()?;
        }
        let Self { path, writer, .. } = self;
        match writer.into_inner() {
            Ok(file) => file.complete(),
            Err(error) => Err(WriteError { path, source: io_error(error) }),
        }
    }

    fn flush(&mut self) -> Result<(), WriteError> {
        self.rows = 0;
        let Self { writer, columns, .. } = self;
        let write = || {
            let mut group = writer.next_row_group()?;
            for column in columns {
                if let Some(mut to) = group.next_column()? {
                    column.write(&mut to)?;
                    to.close()?;
                }
            }
            group.close().map(|_| ())
        };
        let written: Result<(), ParquetError> = write();
        written.map_err(|error| WriteError { path: self.path.clone(), source: io_error(error) })
    }
}

/// What the system says, such as that the disk is full, not wrapped once more.
fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(source) => *source,
            Err(source) => io::Error::other(source),
        },
        error => io::Error::other(error),
    }
}

fn schema(table: &TableSpec) -> Result<Type, ParquetError> {
    let field = |column: &Column| {
        let (physical, logical) = match column.holds {
            Holds::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Holds::Number => (Physical::DOUBLE, None),
            Holds::Whole => (Physical::INT64, None),
            Holds::YesNo => (Physical::BOOLEAN, None),
        };
        let repetition = if column.optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
        let field = Type::primitive_type_builder(column.name, physical)
            .with_logical_type(logical)
            .with_repetition(repetition);
        field.build().map(Arc::new)
    };
    let fields = table.columns.iter().map(field).collect::<Result<_, _>>()?;
    Type::group_type_builder("schema").with_fields(fields).build()
}

fn metadata(table: &TableSpec, money: &Money) -> Vec<KeyValue> {
    let pair = |key: String, value: &str| KeyValue {
        key,
        value: Some(said(value, Some(money)).into_owned()),
    };
    let mut pairs = vec![
        pair("table".to_owned(), table.file),
        pair("program".to_owned(), env!("CARGO_PKG_NAME")),
        pair("version".to_owned(), env!("CARGO_PKG_VERSION")),
    ];
    for column in table.columns {
        let Column { name, unit, meaning_en, meaning_ko, .. } = column;
        for (what, text) in [("unit", unit), ("meaning", meaning_en), ("meaning_ko", meaning_ko)] {
            pairs.push(pair(format!("{what}:{name}"), text));
        }
    }
    pairs
}
