//! What differences between policies hang on: each parameter's share in how much they vary.
//!
//! Replication r has parameter values of its own, the same under every policy, so the replications of an ordinary
//! run already are a design over the parameters: the mean difference over the fifth of
//! replications in which a parameter is lowest, and over that in which it is highest, says what the
//! conclusion would be at either end of its distribution, at no further cost.

use crate::analysis::layout::Series;
use crate::analysis::layout::Table;
use crate::analysis::pairs::SHOWN;
use crate::analysis::results::Results;
use crate::analysis::statistics::Moments;
use crate::experiment::block::BlockError;

/// The groups into which replications are cut by a parameter's value.
const GROUPS: usize = 5;
/// The fewest replications that say anything: four a group.
const FEWEST: usize = 4 * GROUPS;
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

/// How the headline differences of the last year move with each parameter that varies: for each
/// difference the strongest parameters, and all of `always`.
///
/// `parameters` has for each position in the register the values by replication; empty where it
/// does not vary. Without enough replications there is no row.
///
/// # Errors
///
/// Fails if the values cannot be read.
pub fn sensitivity<'a>(
    results: &Results<'a>,
    parameters: &[Vec<f64>],
    always: &[usize],
) -> Result<Vec<SensitivityRow<'a>>, BlockError> {
    let replications = results.archive.replications().len();
    if replications < FEWEST {
        return Ok(Vec::new());
    }
    let last = results.years().len().saturating_sub(1);
    let year = results.years().get(last).copied().unwrap_or_default();
    let ordered: Vec<(usize, Vec<usize>, Vec<f64>)> = parameters
        .iter()
        .enumerate()
        .filter(|(_, values)| values.len() == replications && varies(values))
        .map(|(parameter, values)| (parameter, order(values), ranks(values)))
        .collect();
    let baseline = results.baseline_layout();
    let mut rows = Vec::new();
    for policy in results.compared() {
        let layout = &results.layouts[policy];
        for (metric, place) in SHOWN {
            let here = layout.position(Table::Metric, metric, place);
            let there = baseline.position(Table::Metric, metric, place);
            let (Some(here), Some(there)) = (here, there) else { continue };
            let values = results.column(policy, here, last)?;
            let others = results.column(results.baseline, there, last)?;
            let differences: Vec<f64> =
                values.iter().zip(&others).map(|(value, other)| value - other).collect();
            if !varies(&differences) {
                continue;
            }
            let mean = mean(&differences);
            let their_ranks = ranks(&differences);
            let mut of_one: Vec<SensitivityRow<'a>> = ordered
                .iter()
                .map(|(parameter, order, ranks)| {
                    let groups = groups(order, &differences);
                    SensitivityRow {
                        policy: &layout.policy,
                        baseline: &baseline.policy,
                        series: &layout.series[here],
                        year,
                        parameter: *parameter,
                        replications,
                        difference: mean,
                        lowest_fifth: groups[0].0,
                        highest_fifth: groups[GROUPS - 1].0,
                        rank_correlation: correlation(ranks, &their_ranks),
                        variance_share: share(&groups, &differences),
                    }
                })
                .collect();
            of_one.sort_by(|one, other| other.strength().total_cmp(&one.strength()));
            let kept = of_one.into_iter().enumerate();
            let kept = kept
                .filter(|(place, row)| *place < STRONGEST || always.contains(&row.parameter))
                .map(|(_, row)| row);
            rows.extend(kept);
        }
    }
    Ok(rows)
}

fn varies(values: &[f64]) -> bool {
    values.windows(2).any(|pair| pair[0].total_cmp(&pair[1]).is_ne())
}

fn mean(values: &[f64]) -> f64 {
    Moments::of(values).mean().unwrap_or_default()
}

/// The places of values in rising order; equal ones in the order of replications.
fn order(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&one, &other| values[one].total_cmp(&values[other]));
    order
}

/// Ranks, those of equal values averaged.
fn ranks(values: &[f64]) -> Vec<f64> {
    let order = order(values);
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    while first < order.len() {
        let value = values[order[first]];
        let equal = order[first..].iter().take_while(|&&at| values[at].total_cmp(&value).is_eq());
        let end = first + equal.count();
        for &place in &order[first..end] {
            ranks[place] = (first + end - 1) as f64 / 2.0;
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
fn groups(order: &[usize], differences: &[f64]) -> Vec<(f64, f64)> {
    (0..GROUPS)
        .map(|group| {
            let (from, to) = (order.len() * group / GROUPS, order.len() * (group + 1) / GROUPS);
            let values: Vec<f64> =
                order[from..to].iter().map(|&place| differences[place]).collect();
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
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0]), [2.5, 0.0, 2.5, 1.0]);
    }

    #[test]
    fn a_difference_that_is_its_parameter_hangs_on_it_wholly() {
        let values: Vec<f64> = (0..100).map(|n| f64::from((n * 37) % 100)).collect();
        let groups = groups(&order(&values), &values);
        assert_eq!(groups[0], (9.5, 20.0));
        assert_eq!(groups[4], (89.5, 20.0));
        assert!((correlation(&ranks(&values), &values) - 1.0).abs() < 1e-12);
        // Five steps explain 24/25 of a uniform distribution's variance.
        assert!((share(&groups, &values) - 0.96).abs() < 0.01);
    }

    #[test]
    fn what_has_nothing_to_do_with_it_explains_nothing() {
        let parameter: Vec<f64> = (0..100).map(f64::from).collect();
        let difference: Vec<f64> = (0..100).map(|n| f64::from(n % 2)).collect();
        assert!(share(&groups(&order(&parameter), &difference), &difference) < 1e-12);
        assert!(correlation(&ranks(&parameter), &ranks(&difference)).abs() < 0.02);
    }
}
