//! What differences between policies hang on: each parameter's share in how much they vary.
//!
//! Replication r has parameter values of its own, the same under every policy, so the replications of an ordinary
//! run already are a design over the parameters: the mean difference over the fifth of
//! replications in which a parameter is lowest, and over that in which it is highest, says what the
//! conclusion would be at either end of its distribution, at no further cost.

use crate::analysis::layout::Series;
use crate::analysis::layout::Table;
use crate::analysis::pairs::SHOWN;
use crate::analysis::results::ReadError;
use crate::analysis::results::Results;
use crate::analysis::statistics::Moments;
use crate::experiment::batch::Halted;
use crate::experiment::block::BlockError;
use crate::scenario::parameter::PARAMETERS;

/// The groups into which replications are cut by a parameter's value.
const GROUPS: usize = 5;
/// The fewest replications that say anything: four a group.
pub const FEWEST: usize = 4 * GROUPS;
/// Rows kept for each difference beside those that are always kept.
const STRONGEST: usize = 15;

/// How one difference moves with one parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct SensitivityRow<'a> {
    /// The policy.
    pub policy: &'a str,
    /// The baseline.
    pub baseline: &'a str,
    /// The metric and place.
    pub series: &'a Series,
    /// The year: the last.
    pub year: u16,
    /// The parameter's position in the register.
    pub parameter: usize,
    /// Replications.
    pub replications: usize,
    /// The mean difference over all of them.
    pub difference: f64,
    /// The mean difference over the fifth in which the parameter is lowest.
    pub lowest_fifth: f64,
    /// The same over the fifth in which it is highest.
    pub highest_fifth: f64,
    /// Spearman's rank correlation of difference and parameter.
    pub rank_correlation: f64,
    /// The share of the difference's variance that the means of the five fifths explain, less
    /// what chance alone would.
    pub variance_share: f64,
}

impl SensitivityRow<'_> {
    /// The correlation in standard errors of a correlation of nothing: beyond 4 it is no chance,
    /// though hundreds of rows are looked through.
    #[must_use]
    pub fn strength(&self) -> f64 {
        self.rank_correlation.abs() * (self.replications.saturating_sub(1) as f64).sqrt()
    }
}

/// One headline difference of the last year, replication by replication.
struct Differing<'a> {
    policy: &'a str,
    baseline: &'a str,
    series: &'a Series,
    differences: Vec<f64>,
    ranks: Vec<f64>,
}

/// How the headline differences of the last year move with each parameter that varies: for each
/// difference the strongest parameters, and all of `always`.
///
/// `column` gives the values of a parameter of the register by replication; empty where it does
/// not vary. Without enough replications there is no row.
///
/// Differences are taken a few at a time and parameters one by one, so that memory grows with the
/// replications alone and not with their product with policies or parameters.
///
/// # Errors
///
/// Fails if the values cannot be read, and when the work is stopped.
pub fn sensitivity<'a>(
    results: &Results<'a>,
    column: impl Fn(usize) -> Vec<f64> + Sync,
    always: &[usize],
) -> Result<Vec<SensitivityRow<'a>>, ReadError> {
    let replications = results.archive.replications().len();
    let Some(last) = results.years().len().checked_sub(1).filter(|_| replications >= FEWEST) else {
        return Ok(Vec::new());
    };
    let year = results.years()[last];
    let asked: Vec<(usize, (&str, &str))> = results
        .compared()
        .into_iter()
        .flat_map(|policy| SHOWN.into_iter().map(move |shown| (policy, shown)))
        .collect();
    // Each has its differences and their ranks; threads hold as much again for a parameter.
    let at_once = (results.room() * results.workers.threads() / 4).max(1);
    let mut rows = Vec::new();
    for asked in asked.chunks(at_once) {
        let differing = results.workers.map_in_order(
            asked.len(),
            || (),
            |(), number| {
                let (policy, shown) = asked[number];
                differing(results, policy, shown, last).map_err(Halted::Failed)
            },
        )?;
        let differing: Vec<Differing<'a>> = differing.into_iter().flatten().collect();
        let of_parameters = results.workers.map_in_order(
            PARAMETERS.len(),
            || (),
            |(), parameter| Ok(of_parameter(&differing, parameter, &column(parameter), year)),
        )?;
        for place in 0..differing.len() {
            let of_one = of_parameters.iter().filter_map(|rows| rows.get(place)).cloned();
            rows.extend(strongest(of_one.collect(), always));
        }
    }
    Ok(rows)
}

/// One difference; nothing where one of the two lacks the metric, or there is no difference.
fn differing<'a>(
    results: &Results<'a>,
    policy: usize,
    (metric, place): (&str, &str),
    year: usize,
) -> Result<Option<Differing<'a>>, BlockError> {
    let (layout, baseline) = (&results.layouts[policy], results.baseline_layout());
    let here = layout.position(Table::Metric, metric, place);
    let there = baseline.position(Table::Metric, metric, place);
    let (Some(here), Some(there)) = (here, there) else { return Ok(None) };
    let mut differences = results.column(policy, here, year)?;
    let others = results.column(results.baseline, there, year)?;
    for (value, other) in differences.iter_mut().zip(&others) {
        *value -= other;
    }
    if !varies(&differences) {
        return Ok(None);
    }
    Ok(Some(Differing {
        policy: &layout.policy,
        baseline: &baseline.policy,
        series: &layout.series[here],
        ranks: ranks(&differences, &order(&differences)),
        differences,
    }))
}

/// How each difference moves with one parameter; nothing where it does not vary.
fn of_parameter<'a>(
    differing: &[Differing<'a>],
    parameter: usize,
    values: &[f64],
    year: u16,
) -> Vec<SensitivityRow<'a>> {
    if differing.is_empty() || !varies(values) {
        return Vec::new();
    }
    let order = order(values);
    let ranks = ranks(values, &order);
    let row = |one: &Differing<'a>| {
        let groups = groups(&order, &one.differences);
        SensitivityRow {
            policy: one.policy,
            baseline: one.baseline,
            series: one.series,
            year,
            parameter,
            replications: one.differences.len(),
            difference: mean(&one.differences),
            lowest_fifth: groups[0].0,
            highest_fifth: groups[GROUPS - 1].0,
            rank_correlation: correlation(&ranks, &one.ranks),
            variance_share: share(&groups, &one.differences),
        }
    };
    differing.iter().map(row).collect()
}

/// The rows of one difference that are kept, the strongest first.
fn strongest<'a>(mut rows: Vec<SensitivityRow<'a>>, always: &[usize]) -> Vec<SensitivityRow<'a>> {
    rows.sort_by(|one, other| other.strength().total_cmp(&one.strength()));
    let kept = rows.into_iter().enumerate();
    kept.filter(|(place, row)| *place < STRONGEST || always.contains(&row.parameter))
        .map(|(_, row)| row)
        .collect()
}

fn varies(values: &[f64]) -> bool {
    values.windows(2).any(|pair| pair[0].total_cmp(&pair[1]).is_ne())
}

fn mean(values: &[f64]) -> f64 {
    Moments::of(values).mean().unwrap_or_default()
}

/// The places of values in rising order; equal ones in the order of replications.
fn order(values: &[f64]) -> Vec<u32> {
    let mut order: Vec<(f64, u32)> = values.iter().copied().zip(0..).collect();
    order.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    order.into_iter().map(|(_, place)| place).collect()
}

/// Ranks, those of equal values averaged; `order` is that of the values.
fn ranks(values: &[f64], order: &[u32]) -> Vec<f64> {
    let mut ranks = vec![0.0; values.len()];
    let value = |place: u32| values[place as usize];
    let mut first = 0;
    for equal in order.chunk_by(|&one, &other| value(one).total_cmp(&value(other)).is_eq()) {
        let end = first + equal.len();
        for &place in equal {
            ranks[place as usize] = (first + end - 1) as f64 / 2.0;
        }
        first = end;
    }
    ranks
}

/// Pearson's correlation; 0 where one does not vary.
fn correlation(left: &[f64], right: &[f64]) -> f64 {
    let (left_mean, right_mean) = (mean(left), mean(right));
    let (mut both, mut lefts, mut rights) = (0.0, 0.0, 0.0);
    for (one, other) in left.iter().zip(right) {
        let (one, other) = (one - left_mean, other - right_mean);
        both += one * other;
        lefts += one * one;
        rights += other * other;
    }
    let scale = (lefts * rights).sqrt();
    if scale > 0.0 { both / scale } else { 0.0 }
}

/// The mean of the differences and their number in each group of an order.
fn groups(order: &[u32], differences: &[f64]) -> Vec<(f64, f64)> {
    (0..GROUPS)
        .map(|group| {
            let (from, to) = (order.len() * group / GROUPS, order.len() * (group + 1) / GROUPS);
            let values: Vec<f64> =
                order[from..to].iter().map(|&place| differences[place as usize]).collect();
            (mean(&values), values.len() as f64)
        })
        .collect()
}

/// The share of variance between groups, corrected for chance (ε² of Kelley 1935), at least 0.
fn share(groups: &[(f64, f64)], differences: &[f64]) -> f64 {
    let centre = mean(differences);
    let squares: f64 = differences.iter().map(|one| (one - centre) * (one - centre)).sum();
    let between: f64 =
        groups.iter().map(|(mean, count)| count * (mean - centre) * (mean - centre)).sum();
    let freedom = (groups.len() - 1) as f64;
    let within = (squares - between) / (differences.len() as f64 - groups.len() as f64);
    ((between - freedom * within) / squares).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_average_ties() {
        let values = [3.0, 1.0, 3.0, 2.0];
        assert_eq!(ranks(&values, &order(&values)), [2.5, 0.0, 2.5, 1.0]);
    }

    #[test]
    fn a_difference_that_is_its_parameter_hangs_on_it_wholly() {
        let values: Vec<f64> = (0..100).map(|n| f64::from((n * 37) % 100)).collect();
        let groups = groups(&order(&values), &values);
        assert_eq!(groups[0], (9.5, 20.0));
        assert_eq!(groups[4], (89.5, 20.0));
        assert!((correlation(&ranks(&values, &order(&values)), &values) - 1.0).abs() < 1e-12);
        // Five steps explain 24/25 of a uniform distribution's variance.
        assert!((share(&groups, &values) - 0.96).abs() < 0.01);
    }

    #[test]
    fn what_has_nothing_to_do_with_it_explains_nothing() {
        let parameter: Vec<f64> = (0..100).map(f64::from).collect();
        let difference: Vec<f64> = (0..100).map(|n| f64::from(n % 2)).collect();
        assert!(share(&groups(&order(&parameter), &difference), &difference) < 1e-12);
        let ranked = |values: &[f64]| ranks(values, &order(values));
        assert!(correlation(&ranked(&parameter), &ranked(&difference)).abs() < 0.02);
    }
}
