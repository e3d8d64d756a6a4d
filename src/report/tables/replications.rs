//! `replications.csv`: every value of every replication, on request.

use crate::analysis::layout::Table;
use crate::analysis::results::Results;
use crate::experiment::block::BlockError;
use crate::experiment::whole_file::CompleteFile;
use crate::report::tables::table::Cell;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableSpec;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;

/// The table.
pub const TABLE: TableSpec = TableSpec {
    file: "replications.csv",
    columns: &["policy", "replication", "place", "metric", "year", "value"],
};

/// Why the table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReplicationsError {
    /// The table cannot be written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The values cannot be read.
    #[error(transparent)]
    Block(#[from] BlockError),
    /// Somebody has asked to stop.
    #[error("stopped before the end")]
    Stopped,
}

/// Writes the table, one block of replications in memory at a time.
///
/// # Errors
///
/// Fails if values cannot be read, or the disk does not take the table.
pub fn write(to: Target<'_>, results: &Results<'_>) -> Result<CompleteFile, ReplicationsError> {
    let mut table = TableWriter::create(to, TABLE)?;
    for (policy, layout) in results.layouts.iter().enumerate() {
        let metrics = layout.of_table(Table::Metric);
        results.archive.each_replication(policy, &metrics, |replication, values| {
            if results.workers.stopped() {
                return Err(ReplicationsError::Stopped);
            }
            for (&metric, values) in metrics.iter().zip(values) {
                let series = &layout.series[metric];
                for (&year, &value) in layout.years.iter().zip(*values) {
                    table.row(&[
                        Cell::Text(&layout.policy),
                        Cell::Whole(replication.into()),
                        Cell::Text(&series.place),
                        Cell::Text(series.name),
                        Cell::Whole(year.into()),
                        Cell::Number(value),
                    ])?;
                }
            }
            Ok::<(), ReplicationsError>(())
        })?;
    }
    Ok(table.complete()?)
}
