//! `sensitivity.csv`: what the headline differences depend on.

use crate::analysis::sensitivity::SensitivityRow;
use crate::experiment::whole_file::CompleteFile;
use crate::report::tables::table::Cell;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableSpec;
use crate::report::tables::table::TableWriter;
use crate::report::tables::table::count;
use crate::report::text::dialect::Target;
use crate::scenario::parameter::PARAMETERS;

/// The table.
pub const TABLE: TableSpec = TableSpec {
    file: "sensitivity.csv",
    columns: &[
        "policy",
        "baseline",
        "place",
        "metric",
        "unit",
        "year",
        "parameter",
        "identification",
        "significant",
        "replications",
        "difference",
        "lowest_fifth",
        "lowest_fifth_se",
        "highest_fifth",
        "highest_fifth_se",
        "rank_correlation",
        "rank_correlation_ci_low",
        "rank_correlation_ci_high",
        "variance_share",
        "variance_share_se",
        "variance_share_ci_low",
        "variance_share_ci_high",
    ],
};

/// Writes the table; `identified` says whether the record identifies a parameter, nothing of one that
/// is not fitted.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write<'t>(
    to: Target<'_>,
    rows: &[SensitivityRow<'_>],
    identified: impl Fn(usize) -> Option<&'t str>,
) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(to, TABLE)?;
    for row in rows {
        table.row(&[
            Cell::Text(row.policy),
            Cell::Text(row.baseline),
            Cell::Text(&row.series.place),
            Cell::Text(row.series.name),
            Cell::Text(row.series.unit),
            Cell::Whole(row.year.into()),
            Cell::Text(PARAMETERS[row.parameter].name),
            identified(row.parameter).map_or(Cell::Unknown, Cell::Text),
            Cell::Text(if row.named { "yes" } else { "no" }),
            count(row.replications),
            Cell::Number(row.difference),
            Cell::Number(row.lowest_fifth),
            Cell::Number(row.lowest_fifth_se),
            Cell::Number(row.highest_fifth),
            Cell::Number(row.highest_fifth_se),
            Cell::Number(row.rank_correlation),
            Cell::Number(row.rank_correlation_interval.0),
            Cell::Number(row.rank_correlation_interval.1),
            Cell::Number(row.variance_share),
            Cell::Number(row.variance_share_se),
            Cell::Number(row.variance_share_interval.0),
            Cell::Number(row.variance_share_interval.1),
        ])?;
    }
    table.complete()
}
