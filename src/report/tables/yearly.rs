//! `yearly.csv`: an estimate for every policy, place, metric and year.

use crate::analysis::statistics::Spread;
use crate::analysis::summary::YearlyRow;
use crate::experiment::whole_file::CompleteFile;
use crate::report::tables::table::Cell;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableSpec;
use crate::report::tables::table::TableWriter;
use crate::report::tables::table::count;
use crate::report::tables::table::estimate_cells;
use crate::report::text::dialect::Target;

/// The table.
pub const TABLE: TableSpec = TableSpec {
    file: "yearly.csv",
    columns: &[
        "policy",
        "place",
        "metric",
        "unit",
        "year",
        "replications",
        "mean",
        "sd",
        "se",
        "ci_low",
        "ci_high",
        "p05",
        "p25",
        "p50",
        "p75",
        "p95",
    ],
};

/// Writes the table.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(to: Target<'_>, rows: &[YearlyRow<'_>]) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(to, TABLE)?;
    for row in rows {
        let spread = |value: fn(Spread) -> f64| -> Cell<'_> { row.spread.map(value).into() };
        let [mean, sd, se, ci_low, ci_high] = estimate_cells(row.estimate.as_ref());
        table.row(&[
            Cell::Text(row.policy),
            Cell::Text(&row.series.place),
            Cell::Text(row.series.name),
            Cell::Text(row.series.unit),
            Cell::Whole(row.year.into()),
            row.estimate.map_or(Cell::Unknown, |estimate| count(estimate.replications)),
            mean,
            sd,
            se,
            ci_low,
            ci_high,
            spread(|spread| spread.p05),
            spread(|spread| spread.p25),
            spread(|spread| spread.p50),
            spread(|spread| spread.p75),
            spread(|spread| spread.p95),
        ])?;
    }
    table.complete()
}
