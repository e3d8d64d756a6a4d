//! What each policy leads to: an estimate for every place, metric and year, and for every cash flow.

use crate::analysis::layout::Series;
use crate::analysis::layout::Table;
use crate::analysis::results::ReadError;
use crate::analysis::results::Results;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::Spread;

/// One metric of one policy, place and year; or one item of cash of one payer, as its place.
#[derive(Clone, Debug, PartialEq)]
pub struct YearlyRow<'a> {
    /// The policy.
    pub policy: &'a str,
    /// The metric and its place.
    pub series: &'a Series,
    /// The year.
    pub year: u16,
    /// The mean and how well it is known; `None` where the mean is not finite.
    pub estimate: Option<Estimate>,
    /// The spread of replications.
    pub spread: Option<Spread>,
}

/// Summarises every metric, in the order of policies, series and years.
///
/// # Errors
///
/// Fails if the values cannot be read, and when the work is stopped.
pub fn summarise<'a>(results: &Results<'a>) -> Result<Vec<YearlyRow<'a>>, ReadError> {
    of_table(results, Table::Metric)
}

/// Summarises what each payer pays and gets, item by item, not discounted.
///
/// # Errors
///
/// Fails if the values cannot be read, and when the work is stopped.
pub fn cash<'a>(results: &Results<'a>) -> Result<Vec<YearlyRow<'a>>, ReadError> {
    of_table(results, Table::Cash)
}

fn of_table<'a>(results: &Results<'a>, table: Table) -> Result<Vec<YearlyRow<'a>>, ReadError> {
    let metrics: Vec<Vec<usize>> =
        results.layouts.iter().map(|layout| layout.of_table(table)).collect();
    let lists: Vec<_> = metrics.iter().map(Vec::len).enumerate().collect();
    results.map_windows(&lists, 1, |window| {
        let layout = &results.layouts[window.policy];
        let places = &metrics[window.policy][window.series.clone()];
        let values = results.archive.read(window.policy, places, window.years.clone())?;
        let mut rows = Vec::with_capacity(places.len() * window.years.len());
        for (&place, by_year) in places.iter().zip(&values) {
            for (&year, values) in layout.years[window.years.clone()].iter().zip(by_year) {
                rows.push(YearlyRow {
                    policy: &layout.policy,
                    series: &layout.series[place],
                    year,
                    estimate: Estimate::of(values, results.design),
                    spread: Spread::from_values(values),
                });
            }
        }
        Ok(rows)
    })
}
