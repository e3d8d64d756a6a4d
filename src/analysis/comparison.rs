//! What each policy changes: the difference to the baseline, replication by replication.
//!
//! The same replication under two policies shares all its draws, so the difference is taken
//! within each and the interval is that of the differences.

use crate::analysis::layout::Layout;
use crate::analysis::layout::Series;
use crate::analysis::layout::Table;
use crate::analysis::results::ReadError;
use crate::analysis::results::Results;
use crate::analysis::results::Window;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::Spread;
use crate::analysis::statistics::probability_higher;
use crate::experiment::block::BlockError;
use crate::experiment::block::archive::ByYear;

/// The difference of one metric between a policy and the baseline in one place and year.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparisonRow<'a> {
    /// The policy.
    pub policy: &'a str,
    /// The policy that it is compared with.
    pub baseline: &'a str,
    /// The metric and its place.
    pub series: &'a Series,
    /// The year.
    pub year: u16,
    /// Policy minus baseline.
    pub difference: Difference,
}

/// What the differences of single replications say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The mean difference and how well it is known; `None` where it is not finite.
    pub estimate: Option<Estimate>,
    /// The spread of the differences.
    pub spread: Option<Spread>,
    /// The share of replications in which the policy has the higher value, ties counted half.
    pub probability_higher: Option<f64>,
}

impl Difference {
    /// The difference `left` minus `right`, of the same replications in their order.
    ///
    /// No difference in any of them is one of exactly 0 only where the two policies may not differ;
    /// else it may be rare.
    #[must_use]
    pub fn between(left: &[f64], right: &[f64], design: Design, may_differ: bool) -> Self {
        let differences: Vec<f64> =
            left.iter().zip(right).map(|(left, right)| left - right).collect();
        let is_nothing = !may_differ && differences.iter().all(|value| *value == 0.0);
        let estimate = if is_nothing && !differences.is_empty() {
            Some(Estimate::nothing(differences.len()))
        } else {
            Estimate::of(&differences, design)
        };
        Self {
            estimate,
            spread: Spread::from_values(&differences),
            probability_higher: probability_higher(left, right),
        }
    }
}

/// A metric and place in a policy and in the baseline: its place in each layout that has it.
#[derive(Clone, Copy, Debug)]
struct Pair<'a> {
    series: &'a Series,
    policy: Option<usize>,
    baseline: Option<usize>,
}

/// Compares every metric of every policy with the baseline, in the order of policies, series and
/// years. The baseline itself is not listed.
///
/// A facility that only one of the two has counts as nothing in the other for whole-number
/// metrics: there are known to be no tenants. A ratio or price has no value where there is no
/// facility, so those rows are left out.
///
/// # Errors
///
/// Fails if the values cannot be read, and when the work is stopped.
pub fn compare<'a>(results: &Results<'a>) -> Result<Vec<ComparisonRow<'a>>, ReadError> {
    let pairs: Vec<Vec<Pair<'a>>> =
        results.layouts.iter().map(|layout| pairs(layout, results.baseline_layout())).collect();
    let lists: Vec<_> =
        results.compared().into_iter().map(|policy| (policy, pairs[policy].len())).collect();
    results.map_windows(&lists, 2, |window| {
        compare_window(results, &pairs[window.policy][window.series.clone()], window)
    })
}

fn compare_window<'a>(
    results: &Results<'a>,
    pairs: &[Pair<'a>],
    window: &Window,
) -> Result<Vec<ComparisonRow<'a>>, BlockError> {
    let read = |policy: usize, places: Vec<usize>| -> Result<Vec<ByYear>, BlockError> {
        results.archive.read(policy, &places, window.years.clone())
    };
    let of_policy = read(window.policy, pairs.iter().filter_map(|pair| pair.policy).collect())?;
    let of_baseline =
        read(results.baseline, pairs.iter().filter_map(|pair| pair.baseline).collect())?;

    let nothing = vec![vec![0.0; results.archive.replications().len()]; window.years.len()];
    let (mut of_policy, mut of_baseline) = (of_policy.iter(), of_baseline.iter());
    let layout = &results.layouts[window.policy];
    let first = results.first_difference(window.policy, results.baseline);
    let may_differ = |year: u16| first.is_some_and(|first| first <= year);
    let mut rows = Vec::with_capacity(pairs.len() * window.years.len());
    for pair in pairs {
        let left = pair.policy.and_then(|_| of_policy.next()).unwrap_or(&nothing);
        let right = pair.baseline.and_then(|_| of_baseline.next()).unwrap_or(&nothing);
        let years = layout.years[window.years.clone()].iter();
        for ((&year, left), right) in years.zip(left).zip(right) {
            rows.push(ComparisonRow {
                policy: &layout.policy,
                baseline: &results.baseline_layout().policy,
                series: pair.series,
                year,
                difference: Difference::between(left, right, results.design, may_differ(year)),
            });
        }
    }
    Ok(rows)
}

/// The metrics to compare: the policy's in its order, then those that only the baseline has.
fn pairs<'a>(policy: &'a Layout, baseline: &'a Layout) -> Vec<Pair<'a>> {
    let of_policy = policy.of_table(Table::Metric).into_iter().map(|place| {
        let series = &policy.series[place];
        Pair { series, policy: Some(place), baseline: baseline.position_near(place, series) }
    });
    let of_baseline_only = baseline.of_table(Table::Metric).into_iter().filter_map(|place| {
        let series = &baseline.series[place];
        let pair = Pair { series, policy: None, baseline: Some(place) };
        policy.position_near(place, series).is_none().then_some(pair)
    });
    let known =
        |pair: &Pair<'_>| pair.series.whole || (pair.policy.is_some() && pair.baseline.is_some());
    of_policy.chain(of_baseline_only).filter(known).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A policy whose effect is rare shows none in most short runs: that is no certain zero.
    #[test]
    fn no_difference_is_certain_only_between_policies_that_do_the_same() {
        let values = [3.0; 20];
        let between = |may_differ| {
            let found = Difference::between(&values, &values, Design::blocks_of(5), may_differ);
            found.estimate.unwrap()
        };
        let (rare, same) = (between(true), between(false));
        assert_eq!((rare.mean.to_bits(), rare.se), (0, Some(0.0)));
        assert!(rare.is_too_few() && rare.ci_high.is_none());
        assert_eq!((same.ci_low, same.ci_high), (Some(0.0), Some(0.0)));
    }
}
