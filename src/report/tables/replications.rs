//! `replications.csv`: every value of every replication, on request.

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::layout::Table;
use crate::analysis::results::Results;
use crate::experiment::block::BlockError;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;

table! {
    /// A value of a replication.
    pub ReplicationValue in "replications.csv", None => {
        policy: &'a str = POLICY;
        replication: u32 = column("", "", "Number of the replication, from 0; the same number shares all draws between policies", "반복 번호(0부터, 정책 간 동일 난수)");
        place: &'a str = PLACE;
        metric: &'a str = METRIC;
        year: u16 = YEAR;
        value: f64 = column("metric", "", "Value of the metric in this replication", "해당 반복의 지표 값");
    }
}

/// What of each replication `replications.csv` holds; an empty list stands for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReplicationFilter {
    /// These metrics.
    pub metrics: Vec<String>,
    /// At these places.
    pub places: Vec<String>,
    /// In these years.
    pub years: Vec<u16>,
}

impl ReplicationFilter {
    /// Whether it cuts nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.metrics.is_empty() && self.places.is_empty() && self.years.is_empty()
    }

    /// Whether a metric at a place is wanted.
    #[must_use]
    pub fn wants(&self, metric: &str, place: &str) -> bool {
        let wants =
            |list: &[String], name: &str| list.is_empty() || list.iter().any(|it| it == name);
        wants(&self.metrics, metric) && wants(&self.places, place)
    }

    /// Whether a year is wanted.
    #[must_use]
    pub fn wants_year(&self, year: u16) -> bool {
        self.years.is_empty() || self.years.contains(&year)
    }
}

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
pub fn write(
    to: Target<'_>,
    results: &Results<'_>,
    filter: &ReplicationFilter,
) -> Result<CompleteTable, ReplicationsError> {
    let mut table = TableWriter::<ReplicationValue<'_>>::create(to)?;
    for (policy, layout) in results.layouts.iter().enumerate() {
        let mut metrics = layout.of_table(Table::Metric);
        metrics.retain(|&metric| {
            let series = &layout.series[metric];
            filter.wants(series.name, &series.place)
        });
        results.archive.each_replication(policy, &metrics, |replication, values| {
            if results.workers.stopped() {
                return Err(ReplicationsError::Stopped);
            }
            for (&metric, values) in metrics.iter().zip(values) {
                let series = &layout.series[metric];
                let of_years = layout.years.iter().zip(*values);
                for (&year, &value) in of_years.filter(|(year, _)| filter.wants_year(**year)) {
                    table.row(&ReplicationValue {
                        policy: &layout.policy,
                        replication,
                        place: &series.place,
                        metric: series.name,
                        year,
                        value,
                    })?;
                }
            }
            Ok::<(), ReplicationsError>(())
        })?;
    }
    Ok(table.complete()?)
}
