//! Why a workbook could not be made.

use std::io;

use rust_xlsxwriter::XlsxError;

use crate::report::tables::read::UnreadableTable;

/// Why a workbook could not be made.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// The tables cannot be read.
    #[error(transparent)]
    Read(#[from] UnreadableTable),
    /// The library writes each sheet on a thread of its own, and panics where it gets none.
    #[error(
        "it takes {sheets} threads for a moment, one a sheet, and the system gives no more: {source}; \
         raise the limit (`ulimit -u`)"
    )]
    Threads {
        /// The sheets.
        sheets: usize,
        /// What the system says.
        source: io::Error,
    },
    /// Excel would not take it: a mistake in the program.
    #[error("workbook.xlsx cannot be made; this is a mistake in the program")]
    Excel(#[from] XlsxError),
}
