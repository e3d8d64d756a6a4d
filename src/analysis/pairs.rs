//! Every policy against every other in the last year: which two cannot be told apart.

use crate::analysis::comparison::Difference;
use crate::analysis::layout::Series;
use crate::analysis::layout::Table;
use crate::analysis::results::ReadError;
use crate::analysis::results::Results;
use crate::experiment::batch::Halted;

/// The headline metrics: metric and place.
pub const SHOWN: [(&str, &str); 6] = [
    ("jobs", "district"),
    ("jobs", "city"),
    ("firms", "district"),
    ("firms", "city"),
    ("investment", "district"),
    ("investment", "city"),
];

/// One pair of policies in one headline metric, in the last year.
#[derive(Clone, Debug, PartialEq)]
pub struct PairRow<'a> {
    /// The policy.
    pub policy: &'a str,
    /// The policy that it is compared with: one that comes before it in the order of policies.
    pub other: &'a str,
    /// The metric and its place.
    pub series: &'a Series,
    /// The year.
    pub year: u16,
    /// Policy minus other, history by history.
    pub difference: Difference,
}

/// Compares every policy with each one before it, in the metrics of [`SHOWN`].
///
/// # Errors
///
/// Fails if the values cannot be read, and when the work is stopped.
pub fn pairs<'a>(results: &Results<'a>) -> Result<Vec<PairRow<'a>>, ReadError> {
    let Some(last) = results.years().len().checked_sub(1) else { return Ok(Vec::new()) };
    let year = results.years()[last];
    let rows = results.workers.map_in_order(
        SHOWN.len(),
        || (),
        |(), number| {
            let (metric, place) = SHOWN[number];
            let mut columns = Vec::new();
            for (policy, layout) in results.layouts.iter().enumerate() {
                let Some(series) = layout.position(Table::Metric, metric, place) else { continue };
                let values = results.column(policy, series, last).map_err(Halted::Failed)?;
                columns.push((layout, &layout.series[series], values));
            }
            let mut rows = Vec::new();
            for (place, (layout, series, values)) in columns.iter().enumerate() {
                rows.extend(columns[..place].iter().map(|(other, _, of_other)| PairRow {
                    policy: &layout.policy,
                    other: &other.policy,
                    series,
                    year,
                    difference: Difference::between(values, of_other),
                }));
            }
            Ok(rows)
        },
    )?;
    Ok(rows.into_iter().flatten().collect())
}
