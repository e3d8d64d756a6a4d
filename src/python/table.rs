//! A table as Python has it: columns that leave as an Arrow stream, as lists, or as bytes that numpy takes.

use std::path::Path;
use std::sync::Arc;

use arrow_array::Array as _;
use arrow_array::ArrayRef;
use arrow_array::BooleanArray;
use arrow_array::Float64Array;
use arrow_array::Int64Array;
use arrow_array::RecordBatch;
use arrow_array::RecordBatchIterator;
use arrow_array::StringArray;
use arrow_array::builder::BooleanBuilder;
use arrow_array::builder::Float64Builder;
use arrow_array::builder::Int64Builder;
use arrow_array::builder::StringBuilder;
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_schema::ArrowError;
use arrow_schema::DataType;
use arrow_schema::Field;
use arrow_schema::Schema;
use pyo3::exceptions::PyKeyError;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use pyo3::types::PyCapsule;
use pyo3::types::PyList;

use crate::commands::error::Error;
use crate::pipeline::finish::FinishError;
use crate::python::failure::Failure;
use crate::python::failure::failed;
use crate::report::tables::column::Column;
use crate::report::tables::column::Holds;
use crate::report::tables::column::TableSpec;
use crate::report::tables::read::Tables;
use crate::report::tables::read::UnreadableTable;
use crate::report::tables::row::Cell;
use crate::report::tables::row::number;
use crate::report::views::findings::error::FindingsError;
use crate::report::views::view_files::ViewError;
use crate::scenario::money::Money;
use crate::scenario::money::said;

/// Rows in a part of a stream: the texts of a column in it stay far below the 2 GiB that its offsets reach.
const ROWS_OF_A_PART: usize = 1 << 18;

/// What is said of a column.
#[derive(Clone, Debug)]
pub(super) struct About {
    name: String,
    unit: String,
    meaning: String,
    holds: Holds,
    optional: bool,
}

impl About {
    /// A column of a register, its unit in the money of a scenario.
    pub(super) fn of(column: &Column, money: Option<&Money>) -> Self {
        Self {
            name: column.name.to_owned(),
            unit: said(column.unit, money).into_owned(),
            meaning: said(column.meaning_en, money).into_owned(),
            holds: column.holds,
            optional: column.optional,
        }
    }

    /// A column that only Python has; what it holds may be unknown.
    pub(super) fn new(name: &str, unit: &str, holds: Holds, meaning: &str) -> Self {
        let [name, unit, meaning] = [name, unit, meaning].map(str::to_owned);
        Self { name, unit, meaning, holds, optional: true }
    }

    fn kind(&self) -> &'static str {
        match self.holds {
            Holds::Text => "text",
            Holds::Number => "number",
            Holds::Whole => "whole",
            Holds::YesNo => "yesno",
        }
    }

    fn field(&self) -> Field {
        let kind = match self.holds {
            Holds::Text => DataType::Utf8,
            Holds::Number => DataType::Float64,
            Holds::Whole => DataType::Int64,
            Holds::YesNo => DataType::Boolean,
        };
        let field = Field::new(&self.name, kind, self.optional);
        field.with_metadata([("unit", self.unit.as_str()), ("meaning", self.meaning.as_str())])
    }
}

/// The values of a column in the part that is being filled.
#[derive(Debug)]
enum Values {
    Text(StringBuilder),
    Number(Float64Builder),
    Whole(Int64Builder),
    YesNo(BooleanBuilder),
}

impl Values {
    fn new(holds: Holds) -> Self {
        match holds {
            Holds::Text => Self::Text(StringBuilder::new()),
            Holds::Number => Self::Number(Float64Builder::new()),
            Holds::Whole => Self::Whole(Int64Builder::new()),
            Holds::YesNo => Self::YesNo(BooleanBuilder::new()),
        }
    }

    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Self::Text(all), Cell::Text(text)) => all.append_value(text),
            (Self::Number(all), Cell::Number(value)) => all.append_value(value),
            (Self::Whole(all), Cell::Whole(value)) => all.append_option(i64::try_from(value).ok()),
            (Self::YesNo(all), Cell::YesNo(value)) => all.append_value(value),
            (Self::Text(all), _) => all.append_null(),
            (Self::Number(all), _) => all.append_null(),
            (Self::Whole(all), _) => all.append_null(),
            (Self::YesNo(all), _) => all.append_null(),
        }
    }

    /// As an array, after which it is empty.
    fn take(&mut self) -> ArrayRef {
        match self {
            Self::Text(all) => Arc::new(all.finish()),
            Self::Number(all) => Arc::new(all.finish()),
            Self::Whole(all) => Arc::new(all.finish()),
            Self::YesNo(all) => Arc::new(all.finish()),
        }
    }
}

/// A table that is being filled, row by row.
#[derive(Debug)]
pub(super) struct Filling {
    about: Vec<About>,
    schema: Arc<Schema>,
    values: Vec<Values>,
    rows: usize,
    parts: Vec<RecordBatch>,
}

impl Filling {
    /// A table with these columns.
    pub(super) fn new(about: Vec<About>) -> Self {
        let fields: Vec<Field> = about.iter().map(About::field).collect();
        let schema = Arc::new(Schema::new(fields));
        let values = about.iter().map(|about| Values::new(about.holds)).collect();
        Self { about, schema, values, rows: 0, parts: Vec::new() }
    }

    /// Takes a row: a cell for each column.
    pub(super) fn row<'a>(
        &mut self,
        cells: impl IntoIterator<Item = Cell<'a>>,
    ) -> Result<(), Failure> {
        for (values, cell) in self.values.iter_mut().zip(cells) {
            values.push(cell);
        }
        self.rows += 1;
        if self.rows == ROWS_OF_A_PART { self.part() } else { Ok(()) }
    }

    fn part(&mut self) -> Result<(), Failure> {
        let arrays = self.values.iter_mut().map(Values::take).collect();
        let part = RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(broken)?;
        self.rows = 0;
        self.parts.push(part);
        Ok(())
    }

    /// The table.
    pub(super) fn done(mut self) -> Result<Table, Failure> {
        if self.rows > 0 || self.parts.is_empty() {
            self.part()?;
        }
        let Self { about, schema, parts, .. } = self;
        Ok(Table { about, schema, parts })
    }
}

/// What only a mistake of the program can lead to.
#[expect(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
fn broken(error: ArrowError) -> Failure {
    Failure::Failed(format!("a table could not be put together: {error}"))
}

/// A table: columns of equal length, each with a unit and a meaning.
#[pyclass(frozen, module = "yangjae._native")]
#[derive(Debug)]
pub(super) struct Table {
    about: Vec<About>,
    schema: Arc<Schema>,
    parts: Vec<RecordBatch>,
}

/// Why a file could not be read as a table.
fn unreadable(error: UnreadableTable) -> Failure {
    failed(Error::Finish(FinishError::View(ViewError::from(FindingsError::from(error)))))
}

impl Table {
    /// Reads a table of results from the file in which it was written, in whichever dialect.
    pub(super) fn read(folder: &Path, spec: TableSpec) -> Result<Self, Failure> {
        Self::read_in(folder, spec, None)
    }

    /// The same with units in the money of a scenario.
    pub(super) fn read_in(
        folder: &Path,
        spec: TableSpec,
        money: Option<&Money>,
    ) -> Result<Self, Failure> {
        let tables = Tables(folder);
        let header = tables.header(spec.file).map_err(unreadable)?;
        let header: Vec<String> =
            header.iter().flat_map(|header| header.iter().map(str::to_owned)).collect();
        let known = |name: &String| spec.columns.iter().find(|column| column.name == name);
        let about = |name: &String| match known(name) {
            Some(column) => About::of(column, money),
            None => About::new(name, "", Holds::Text, ""),
        };
        let mut filling = Filling::new(header.iter().map(about).collect());
        let about = filling.about.clone();
        tables
            .rows::<ReadFailure>(spec.file, |record| {
                let cells = record.iter().zip(&about).map(|(text, about)| cell(text, about));
                Ok(filling.row(cells)?)
            })
            .map_err(|ReadFailure(failure)| failure)?;
        filling.done()
    }

    fn place(&self, name: &str) -> PyResult<usize> {
        let place = self.about.iter().position(|about| about.name == name);
        place.ok_or_else(|| {
            let known: Vec<&str> = self.about.iter().map(|about| about.name.as_str()).collect();
            PyKeyError::new_err(format!("no column `{name}`; there are {}", known.join(", ")))
        })
    }

    /// The parts of a column as arrays of one type.
    fn arrays<A: 'static>(&self, place: usize) -> impl Iterator<Item = &A> {
        self.parts.iter().filter_map(move |part| part.column(place).as_any().downcast_ref::<A>())
    }
}

/// What reading a table may fail with.
struct ReadFailure(Failure);

impl From<UnreadableTable> for ReadFailure {
    fn from(error: UnreadableTable) -> Self {
        Self(unreadable(error))
    }
}

impl From<Failure> for ReadFailure {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}

/// What stands in a cell of a file.
fn cell<'t>(text: &'t str, about: &About) -> Cell<'t> {
    match about.holds {
        _ if text.is_empty() && about.optional => Cell::Unknown,
        Holds::Text => Cell::Text(text),
        Holds::Number => number(text).map_or(Cell::Unknown, Cell::Number),
        Holds::Whole => text.parse().map_or(Cell::Unknown, Cell::Whole),
        Holds::YesNo => Cell::YesNo(text == "yes"),
    }
}

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.parts.iter().map(RecordBatch::num_rows).sum()
    }

    /// Name, kind, unit and meaning of each column, in order.
    fn about(&self) -> Vec<(String, &'static str, String, String)> {
        let about = |about: &About| {
            (about.name.clone(), about.kind(), about.unit.clone(), about.meaning.clone())
        };
        self.about.iter().map(about).collect()
    }

    /// The same as a table with a row a column.
    fn about_columns(&self) -> PyResult<Self> {
        let mut filling = Filling::new(vec![
            About::new("column", "", Holds::Text, "Name of the column"),
            About::new("kind", "", Holds::Text, "text, number, whole (a whole number) or yesno"),
            About::new("unit", "", Holds::Text, "Unit; `metric` or `setting`: the row says it"),
            About::new("meaning", "", Holds::Text, "What it means"),
        ]);
        for about in &self.about {
            let cells = [&about.name, about.kind(), &about.unit, &about.meaning];
            filling.row(cells.map(Cell::Text))?;
        }
        Ok(filling.done()?)
    }

    /// The values of a column, `None` where one is unknown.
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let place = self.place(name)?;
        match self.about[place].holds {
            Holds::Text => {
                let all = self.arrays::<StringArray>(place).flat_map(StringArray::iter);
                PyList::new(py, all.collect::<Vec<_>>())
            }
            Holds::Number => {
                let all = self.arrays::<Float64Array>(place).flat_map(Float64Array::iter);
                PyList::new(py, all.collect::<Vec<_>>())
            }
            Holds::Whole => {
                let all = self.arrays::<Int64Array>(place).flat_map(Int64Array::iter);
                PyList::new(py, all.collect::<Vec<_>>())
            }
            Holds::YesNo => {
                let all = self.arrays::<BooleanArray>(place).flat_map(BooleanArray::iter);
                PyList::new(py, all.collect::<Vec<_>>())
            }
        }
    }

    /// The values of a column of numbers as doubles, or of one of whole numbers as 64-bit integers, in the machine's byte
    /// order: an unknown number is NaN. Nothing for other columns, and where a whole number is unknown.
    fn buffer<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let place = self.place(name)?;
        let mut bytes = Vec::with_capacity(size_of::<f64>() * self.__len__());
        match self.about[place].holds {
            Holds::Number => {
                for value in self.arrays::<Float64Array>(place).flat_map(Float64Array::iter) {
                    bytes.extend_from_slice(&value.unwrap_or(f64::NAN).to_ne_bytes());
                }
            }
            Holds::Whole => {
                for value in self.arrays::<Int64Array>(place).flat_map(Int64Array::iter) {
                    let Some(value) = value else { return Ok(None) };
                    bytes.extend_from_slice(&value.to_ne_bytes());
                }
            }
            Holds::Text | Holds::YesNo => return Ok(None),
        }
        Ok(Some(PyBytes::new(py, &bytes)))
    }

    /// The schema, by Arrow's C interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(broken)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// The rows, by Arrow's C interface for streams. Types are as they are: another schema is not made of them.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer leave the wish aside.
        let _ = requested_schema;
        let parts: Vec<Result<RecordBatch, ArrowError>> =
            self.parts.iter().cloned().map(Ok).collect();
        let reader = RecordBatchIterator::new(parts, Arc::clone(&self.schema));
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}

/// A number of Python that is to be finite.
pub(super) fn finite(name: &str, value: f64) -> PyResult<f64> {
    if value.is_finite() {
        return Ok(value);
    }
    Err(PyValueError::new_err(format!("`{name}` is {value}, which is no finite number")))
}
