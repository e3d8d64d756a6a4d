//! `equal_budget.csv`, and on the terminal: how much larger or smaller each policy was made so that
//! all cost the same.

use crate::analysis::equal_budget::EqualBudget;
use crate::analysis::equal_budget::PILOT;
use crate::experiment::whole_file::CompleteFile;
use crate::report::console;
use crate::report::console::paragraph;
use crate::report::dialect::Target;
use crate::report::table::Cell;
use crate::report::table::TableError;
use crate::report::table::TableSpec;
use crate::report::table::TableWriter;

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

/// The table for people.
#[must_use]
pub fn summary(budget: &EqualBudget) -> String {
    let billions = |cost: f64| format!("{:.1}", cost / 1_000.0);
    let rows: Vec<[String; 5]> = budget
        .policies
        .iter()
        .map(|policy| {
            let sizeless = match policy.without_size.as_slice() {
                [] => String::new(),
                names => format!("without a size: {}", names.join(", ")),
            };
            let note = [policy.note.as_str(), &sizeless];
            let note: Vec<&str> = note.into_iter().filter(|text| !text.is_empty()).collect();
            [
                policy.policy.clone(),
                format!("{:.3}", policy.factor),
                billions(policy.before.mean),
                billions(policy.after.mean),
                note.join("; "),
            ]
        })
        .collect();
    let heading = format!(
        "Sizes are scaled so that each policy costs what {} costs: KRW {} bn over the baseline, \
         present value of public cost, mean of a pilot of {} replications of its own.",
        budget.reference,
        billions(budget.budget),
        PILOT.len()
    );
    let header = ["policy", "size", "cost before", "cost after", ""];
    format!("{}{}", paragraph(&heading, 0), console::table(header, &rows))
}
