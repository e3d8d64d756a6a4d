//! `events.csv`: what happened, dated, in the first replications, on request.

use crate::experiment::whole_file::CompleteFile;
use crate::report::tables::table::Cell;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableSpec;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;
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
    /// The day of the year; `None` where the event has none.
    pub day: Option<u16>,
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

/// The table being written: rows come in the order of policies, replications and events.
pub struct EventTable(TableWriter);

impl EventTable {
    /// Starts the table in a folder.
    ///
    /// # Errors
    ///
    /// Fails if the folder takes no file.
    pub fn create(to: Target<'_>) -> Result<Self, TableError> {
        Ok(Self(TableWriter::create(to, TABLE)?))
    }

    /// Writes events.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take them.
    pub fn rows(&mut self, events: &[EventRow]) -> Result<(), TableError> {
        events.iter().try_for_each(|event| {
            self.0.row(&[
                Cell::Text(&event.policy),
                Cell::Whole(event.replication.into()),
                Cell::Whole(event.year.into()),
                event.day.map_or(Cell::Unknown, |day| Cell::Whole(day.into())),
                Cell::Text(event.phase.name()),
                Cell::Text(event.event),
                Cell::Text(&event.entity),
                Cell::Text(&event.place),
                event.amount.into(),
                Cell::Text(&event.cause),
            ])
        })
    }

    /// Brings the table to the disk.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take it.
    pub fn complete(self) -> Result<CompleteFile, TableError> {
        self.0.complete()
    }
}
