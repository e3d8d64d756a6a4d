//! `pairs.csv`: the difference of every policy to every other in the last year.

use crate::analysis::pairs::PairRow;
use crate::experiment::whole_file::CompleteFile;
use crate::report::dialect::Target;
use crate::report::table::Cell;
use crate::report::table::TableError;
use crate::report::table::TableSpec;
use crate::report::table::TableWriter;
use crate::report::table::count;
use crate::report::table::estimate_cells;

/// The table.
pub const TABLE: TableSpec = TableSpec {
    file: "pairs.csv",
    columns: &[
        "policy",
        "other",
        "place",
        "metric",
        "unit",
        "year",
        "replications",
        "difference",
        "sd",
        "se",
        "ci_low",
        "ci_high",
        "probability_higher",
    ],
};

/// Writes the table.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(to: Target<'_>, rows: &[PairRow<'_>]) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(to, TABLE)?;
    for row in rows {
        let estimate = row.difference.estimate.as_ref();
        let [mean, sd, se, ci_low, ci_high] = estimate_cells(estimate);
        table.row(&[
            Cell::Text(row.policy),
            Cell::Text(row.other),
            Cell::Text(&row.series.place),
            Cell::Text(row.series.name),
            Cell::Text(row.series.unit),
            Cell::Whole(row.year.into()),
            estimate.map_or(Cell::Unknown, |estimate| count(estimate.replications)),
            mean,
            sd,
            se,
            ci_low,
            ci_high,
            row.difference.probability_higher.into(),
        ])?;
    }
    table.complete()
}
