//! `cost_benefit.csv`: what every policy costs and returns, discounted.

use crate::analysis::appraisal::AppraisalRow;
use crate::analysis::appraisal::Figure;
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
    file: "cost_benefit.csv",
    columns: &[
        "policy", "baseline", "item", "payer", "unit", "mean", "se", "ci_low", "ci_high", "p05",
        "p50", "p95", "note",
    ],
};

/// Writes the table.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(to: Target<'_>, rows: &[AppraisalRow<'_>]) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(to, TABLE)?;
    for row in rows {
        let (mean, se, ci_low, ci_high, spread) = cells(&row.figure);
        let spread = |value: fn(Spread) -> f64| -> Cell<'_> { spread.map(value).into() };
        table.row(&[
            Cell::Text(row.policy),
            Cell::Text(row.baseline),
            Cell::Text(row.item),
            Cell::Text(row.payer),
            Cell::Text(row.unit),
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

type Cells = (Cell<'static>, Cell<'static>, Cell<'static>, Cell<'static>, Option<Spread>);

/// A ratio of means has an interval but no standard error and no spread of single replications.
fn cells(figure: &Figure) -> Cells {
    match figure {
        Figure::Mean(estimate, spread) => {
            let [mean, _, se, ci_low, ci_high] = estimate_cells(estimate.as_ref());
            (mean, se, ci_low, ci_high, *spread)
        }
        Figure::Ratio(ratio) => (
            ratio.map(|ratio| ratio.ratio).into(),
            None.into(),
            ratio.and_then(|ratio| ratio.ci_low()).into(),
            ratio.and_then(|ratio| ratio.ci_high()).into(),
            None,
        ),
    }
}
