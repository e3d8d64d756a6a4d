//! A row of a table as a type. One `table!` gives the type and all that is known of the table: the
//! header, the entries of the dictionary, what is written and read, and the workbook's sheet.

use crate::analysis::layout::LARGEST_FIGURE;
use crate::report::tables::column::Holds;
use crate::report::tables::column::TableSpec;
use crate::report::text::dialect::bare;

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Text.
    Text(&'a str),
    /// A number; not finite is a mistake of the program and refused.
    Number(f64),
    /// A whole number.
    Whole(u64),
    /// Yes or no.
    YesNo(bool),
    /// Nothing, because it is not known or has no meaning.
    Unknown,
}

/// A row of a table.
pub trait Row {
    /// The table.
    const TABLE: TableSpec;
    /// The row with texts that are borrowed.
    type Of<'a>;

    /// Gives every cell of a row, in the order of the columns.
    ///
    /// # Errors
    ///
    /// Fails as `cell` fails.
    fn write<E>(row: &Self::Of<'_>, cell: impl FnMut(Cell<'_>) -> Result<(), E>) -> Result<(), E>;

    /// Takes every column, in order, from what gives the text of one by its place.
    ///
    /// # Errors
    ///
    /// Fails where a cell does not hold what the column has.
    fn read<'a, C: Cells<'a>>(cells: &C) -> Result<Self::Of<'a>, C::Error>;
}

/// The cells of a record, in the order of a row's columns.
pub trait Cells<'a> {
    /// Why a cell cannot be taken.
    type Error;

    /// What stands in a column.
    ///
    /// # Errors
    ///
    /// Fails where the text is not of the type.
    fn get<T: Field<'a>>(&self, column: usize) -> Result<T, Self::Error>;
}

/// What a column may hold.
pub trait Field<'a>: Sized {
    /// What a cell of it holds.
    const HOLDS: Holds;
    /// Whether a cell of it may be unknown.
    const OPTIONAL: bool = false;
    /// As a cell.
    fn cell(&self) -> Cell<'a>;
    /// From the text of a cell; nothing where it is something else.
    fn read(text: &'a str) -> Option<Self>;
}

impl<'a> Field<'a> for &'a str {
    const HOLDS: Holds = Holds::Text;

    fn cell(&self) -> Cell<'a> {
        Cell::Text(self)
    }

    fn read(text: &'a str) -> Option<Self> {
        Some(bare(text))
    }
}

impl<'a> Field<'a> for f64 {
    const HOLDS: Holds = Holds::Number;

    fn cell(&self) -> Cell<'a> {
        Cell::Number(*self)
    }

    fn read(text: &'a str) -> Option<Self> {
        number(text)
    }
}

/// Yes or no.
impl<'a> Field<'a> for bool {
    const HOLDS: Holds = Holds::YesNo;

    fn cell(&self) -> Cell<'a> {
        Cell::YesNo(*self)
    }

    fn read(text: &'a str) -> Option<Self> {
        match text {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }
}

/// Empty where it is not known or has no meaning.
impl<'a, T: Field<'a>> Field<'a> for Option<T> {
    const HOLDS: Holds = T::HOLDS;
    const OPTIONAL: bool = true;

    fn cell(&self) -> Cell<'a> {
        self.as_ref().map_or(Cell::Unknown, T::cell)
    }

    fn read(text: &'a str) -> Option<Self> {
        if text.is_empty() { Some(None) } else { T::read(text).map(Some) }
    }
}

macro_rules! whole {
    ($($type:ty: $whole:expr,)*) => {$(
        impl<'a> Field<'a> for $type {
            const HOLDS: Holds = Holds::Whole;

            fn cell(&self) -> Cell<'a> {
                Cell::Whole($whole(*self))
            }

            fn read(text: &'a str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )*};
}
whole! {
    u8: u64::from,
    u16: u64::from,
    u32: u64::from,
    u64: u64::from,
    usize: |whole| whole as u64,
}

/// The number in a cell; nothing where there is none, or one that no run gives.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|number| number.abs() <= LARGEST_FIGURE)
}

/// The type of a row: `pub Name in "file.csv", sheet => { column: type = what it is; }`.
macro_rules! table {
    (
        $(#[$doc:meta])*
        $vis:vis $name:ident in $file:literal, $sheet:expr => {
            $($field:ident: $type:ty = $column:expr;)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        $vis struct $name<'a> {
            $(
                #[doc = concat!("The column `", stringify!($field), "`.")]
                pub $field: $type,
            )*
        }

        impl<'a> $name<'a> {
            const COLUMNS: &'static [$crate::report::tables::column::Column] = {
                // What a column may be described with.
                #[allow(clippy::wildcard_imports, reason = "the columns of many tables")]
                use $crate::report::tables::column::*;
                use $crate::report::tables::row::Field;
                &[$(Column {
                    name: stringify!($field),
                    holds: <$type as Field<'a>>::HOLDS,
                    optional: <$type as Field<'a>>::OPTIONAL,
                    ..$column
                },)*]
            };
        }

        impl $crate::report::tables::row::Row for $name<'_> {
            const TABLE: $crate::report::tables::column::TableSpec = {
                // What a sheet may be described with.
                #[allow(clippy::wildcard_imports, unused_imports, reason = "a table may have no sheet")]
                use $crate::report::tables::column::*;
                TableSpec { file: $file, columns: $name::COLUMNS, sheet: $sheet }
            };
            type Of<'a> = $name<'a>;

            fn write<E>(
                row: &$name<'_>,
                mut cell: impl FnMut($crate::report::tables::row::Cell<'_>) -> Result<(), E>,
            ) -> Result<(), E> {
                use $crate::report::tables::row::Field as _;
                $(cell(row.$field.cell())?;)*
                Ok(())
            }

            fn read<'a, C: $crate::report::tables::row::Cells<'a>>(
                cells: &C,
            ) -> Result<$name<'a>, C::Error> {
                let mut column = 0..;
                let mut next = || column.next().unwrap_or_default();
                Ok($name { $($field: cells.get(next())?,)* })
            }
        }
    };
}
pub(super) use table;
