//! `additionality.csv`: what of every policy's effect is additional.

use crate::analysis::additionality::AdditionalityRow;
use crate::analysis::statistics::Spread;
use crate::experiment::whole_file::CompleteFile;
use crate::report::tables::table::Cell;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableSpec;
use crate::report::tables::table::TableWriter;
use crate::report::tables::table::estimate_cells;
use crate::report::text::dialect::Target;

/// The table.
pub const TABLE: TableSpec = TableSpec {
    file: "additionality.csv",
    columns: &[
        "policy", "baseline", "measure", "term", "year", "mean", "se", "ci_low", "ci_high", "p05",
        "p50", "p95", "note",
    ],
};

/// Writes the table.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(to: Target<'_>, rows: &[AdditionalityRow<'_>]) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(to, TABLE)?;
    for row in rows {
        let spread = |value: fn(Spread) -> f64| -> Cell<'_> { row.spread.map(value).into() };
        let [mean, _, se, ci_low, ci_high] = estimate_cells(row.estimate.as_ref());
        table.row(&[
            Cell::Text(row.policy),
            Cell::Text(row.baseline),
            Cell::Text(row.measure),
            Cell::Text(row.term),
            Cell::Whole(row.year.into()),
            mean,
            se,
            ci_low,
            ci_high,
            spread(|spread| spread.p05),
            spread(|spread| spread.p50),
            spread(|spread| spread.p95),
            Cell::Text(&row.note),
        ])?;
    }
    table.complete()
}
