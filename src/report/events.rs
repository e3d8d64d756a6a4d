//! `events.csv`: what happened, dated, in the first replications, on request.

use std::path::Path;

use crate::experiment::whole_file::CompleteFile;
use crate::report::table::Cell;
use crate::report::table::TableError;
use crate::report::table::TableSpec;
use crate::report::table::TableWriter;
use crate::time::Phase;

/// The table.
pub const TABLE: TableSpec = TableSpec {
    file: "events.csv",
    columns: &[
        "policy",
        "replication",
        "year",
        "day",
        "phase",
        "event",
        "entity",
        "place",
        "amount",
        "cause",
    ],
};

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// The policy.
    pub policy: String,
    /// The replication.
    pub replication: u32,
    /// The year.
    pub year: u16,
    /// The day of the year.
    pub day: u16,
    /// The phase.
    pub phase: Phase,
    /// What happened.
    pub event: &'static str,
    /// To whom.
    pub entity: String,
    /// Where.
    pub place: String,
    /// How much; `None` where the event has no amount.
    pub amount: Option<f64>,
    /// Why.
    pub cause: String,
}

/// Writes the table; rows come in the order of policies, replications and events.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(
    folder: &Path,
    rows: impl IntoIterator<Item = EventRow>,
) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(folder, TABLE)?;
    for row in rows {
        table.row(&[
            Cell::Text(&row.policy),
            Cell::Whole(row.replication.into()),
            Cell::Whole(row.year.into()),
            Cell::Whole(row.day.into()),
            Cell::Text(row.phase.name()),
            Cell::Text(row.event),
            Cell::Text(&row.entity),
            Cell::Text(&row.place),
            row.amount.into(),
            Cell::Text(&row.cause),
        ])?;
    }
    table.complete()
}
