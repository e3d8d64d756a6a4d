//! Every policy against every other in the last year: which two cannot be told apart.

use crate::analysis::comparison::Difference;
use crate::analysis::layout::Series;
use crate::analysis::layout::Table;
use crate::analysis::results::ReadError;
use crate::analysis::results::Results;
use crate::experiment::batch::Halted;
use crate::experiment::block::BlockError;

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
    let rows = results.workers.map_in_order(
        SHOWN.len(),
        || (),
        |(), number| of_metric(results, SHOWN[number], last).map_err(Halted::Failed),
    )?;
    Ok(rows.into_iter().flatten().collect())
}

/// All pairs in one metric and year. Only as many policies are in memory as the working set has
/// room for; the others pass them by, one at a time.
fn of_metric<'a>(
    results: &Results<'a>,
    (metric, place): (&str, &str),
    year: usize,
) -> Result<Vec<PairRow<'a>>, BlockError> {
    let of_policy = |policy: usize| {
        Some((policy, results.layouts[policy].position(Table::Metric, metric, place)?))
    };
    let columns: Vec<(usize, usize)> = (0..results.layouts.len()).filter_map(of_policy).collect();
    let read = |&(policy, series): &(usize, usize)| results.column(policy, series, year);
    let room = results.room();
    let last = results.years()[year];
    let mut rows = Vec::new();
    for first in (0..columns.len()).step_by(room) {
        let held = &columns[first..columns.len().min(first + room)];
        let values = held.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        for (before, other) in columns[..first + held.len()].iter().enumerate() {
            let passing = if before < first { Some(read(other)?) } else { None };
            let of_other = passing.as_ref().unwrap_or_else(|| &values[before - first]);
            for (number, (&(policy, series), values)) in held.iter().zip(&values).enumerate() {
                if before < first + number {
                    let row = PairRow {
                        policy: &results.layouts[policy].policy,
                        other: &results.layouts[other.0].policy,
                        series: &results.layouts[policy].series[series],
                        year: last,
                        difference: Difference::between(
                            values,
                            of_other,
                            results.design,
                            results.first_difference(policy, other.0).is_some_and(|it| it <= last),
                        ),
                    };
                    rows.push(((first + number, before), row));
                }
            }
        }
    }
    rows.sort_by_key(|&(places, _)| places);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}
