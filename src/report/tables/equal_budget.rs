//! `equal_budget.csv`: how much larger or smaller each policy was made so that all cost the same.

use crate::analysis::equal_budget::EqualBudget;
use crate::analysis::study::PILOT;
use crate::experiment::whole_file::CompleteFile;
use crate::report::tables::table::Cell;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableSpec;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;

/// The table.
pub const TABLE: TableSpec = TableSpec {
    file: "equal_budget.csv",
    columns: &[
        "policy",
        "reference",
        "unit",
        "budget",
        "factor",
        "cost_before",
        "cost_before_se",
        "cost_after",
        "cost_after_se",
        "pilot_first",
        "pilot_replications",
        "without_size",
        "note",
    ],
};

/// Writes the table.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(to: Target<'_>, budget: &EqualBudget) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(to, TABLE)?;
    for policy in &budget.policies {
        table.row(&[
            Cell::Text(&policy.policy),
            Cell::Text(&budget.reference),
            Cell::Text("KRW m"),
            Cell::Number(budget.budget),
            Cell::Number(policy.factor),
            Cell::Number(policy.before.mean),
            Cell::Number(policy.before.se),
            Cell::Number(policy.after.mean),
            Cell::Number(policy.after.se),
            Cell::Whole(PILOT.start.into()),
            Cell::Whole(PILOT.len() as u64),
            Cell::Text(&policy.without_size.join("; ")),
            Cell::Text(&policy.note),
        ])?;
    }
    table.complete()
}
