//! What each policy leads to in each group, and the difference to the baseline.

use crate::analysis::comparison::Difference;
use crate::analysis::groups;
use crate::analysis::groups::GroupCell;
use crate::analysis::layout::Series;
use crate::analysis::layout::Table;
use crate::analysis::results::ReadError;
use crate::analysis::results::Results;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::Spread;
use crate::scenario::district::Sectors;

/// Years beside the last that `groups.csv` has are multiples of this.
const EVERY: u16 = 5;

/// A metric of one group under one policy in one year.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupRow<'a> {
    /// The policy.
    pub policy: &'a str,
    /// The policy that it is compared with.
    pub baseline: &'a str,
    /// Place, group and metric.
    pub cell: GroupCell,
    /// The series of it.
    pub series: &'a Series,
    /// The year.
    pub year: u16,
    /// The mean and how well it is known.
    pub estimate: Option<Estimate>,
    /// The spread of replications.
    pub spread: Option<Spread>,
    /// Policy minus baseline, replication by replication; nothing for the baseline itself.
    pub difference: Option<Difference>,
}

/// Summarises every group in every fifth year and the last, in the order of policies, cells and
/// years.
///
/// # Errors
///
/// Fails if the values cannot be read, and when the work is stopped.
pub fn rows<'a>(results: &Results<'a>, sectors: &Sectors) -> Result<Vec<GroupRow<'a>>, ReadError> {
    let cells = groups::cells(sectors);
    let places: Vec<Vec<usize>> =
        results.layouts.iter().map(|layout| layout.of_table(Table::Group)).collect();
    let lists: Vec<_> = places.iter().map(Vec::len).enumerate().collect();
    let last = results.years().last().copied();
    results.map_windows(&lists, 2, |window| {
        let (policy, baseline) = (window.policy, results.baseline);
        let layout = &results.layouts[policy];
        let read = |of: usize| {
            let series = &places[of][window.series.clone()];
            results.archive.read(of, series, window.years.clone())
        };
        let (own, reference) = (read(policy)?, read(baseline)?);
        let first = results.first_difference(policy, baseline);
        let mut rows = Vec::new();
        for ((cell, own), reference) in window.series.clone().zip(&own).zip(&reference) {
            let years = layout.years[window.years.clone()].iter();
            for ((&year, own), reference) in years.zip(own).zip(reference) {
                if !year.is_multiple_of(EVERY) && Some(year) != last {
                    continue;
                }
                let may_differ = first.is_some_and(|first| first <= year);
                rows.push(GroupRow {
                    policy: &layout.policy,
                    baseline: &results.baseline_layout().policy,
                    cell: cells[cell].clone(),
                    series: &layout.series[places[policy][cell]],
                    year,
                    estimate: Estimate::of(own, results.design),
                    spread: Spread::from_values(own),
                    difference: (policy != baseline)
                        .then(|| Difference::between(own, reference, results.design, may_differ)),
                });
            }
        }
        Ok(rows)
    })
}
