//! `pairs.csv`: the difference of every policy to every other in the last year, and whether the
//! model ranks the two.

use crate::analysis::pairs::PairRow;
use crate::analysis::statistics::Spread;
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
        "p05",
        "p50",
        "p95",
        "probability_higher",
        "ranking",
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
        let spread =
            |value: fn(Spread) -> f64| -> Cell<'_> { row.difference.spread.map(value).into() };
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
            spread(|spread| spread.p05),
            spread(|spread| spread.p50),
            spread(|spread| spread.p95),
            row.difference.probability_higher.into(),
            row.ranking.map_or(Cell::Unknown, |ranking| Cell::Text(ranking.name())),
        ])?;
    }
    table.complete()
}
