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
    #[must_use]
    pub fn between(left: &[f64], right: &[f64], design: Design) -> Self {
        let differences: Vec<f64> =
            left.iter().zip(right).map(|(left, right)| left - right).collect();
        Self {
            estimate: Estimate::of(&differences, design),
            spread: Spread::from_values(&differences),
            probability_higher: probability_higher(left, right),
        }
    }
}

impl Results<'_> {
    /// The difference of two policies in a year: of each its place and its values.
    ///
    /// No difference in any of the replications is one of exactly 0 only where the two policies do
    /// the same; else it may be rare.
    #[must_use]
    pub fn difference(
        &self,
        (policy, left): (usize, &[f64]),
        (other, right): (usize, &[f64]),
        year: u16,
    ) -> Difference {
        let found = Difference::between(left, right, self.design);
        let exact = |estimate: Estimate| {
            let is_nothing = estimate.mean == 0.0 && estimate.sd.unwrap_or(0.0) == 0.0;
            if is_nothing && !self.may_differ(policy, other, year) {
                Estimate::nothing(estimate.replications)
            } else {
                estimate
            }
        };
        Difference { estimate: found.estimate.map(exact), ..found }
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
                difference: results.difference(
                    (window.policy, left),
                    (results.baseline, right),
                    year,
                ),
            });
        }
    }
    Ok(rows)
}

/// The metrics to compare: the policy's in its order, then those that only the baseline has.
fn pairs<'a>(policy: &'a Layout, baseline: &'a Layout) -> Vec<Pair<'a>> {
    let place_in = |layout: &Layout, series: &Series| {
        layout.position(Table::Metric, series.name, &series.place)
    };
    let of_policy = policy.of_table(Table::Metric).into_iter().map(|place| {
        let series = &policy.series[place];
        Pair { series, policy: Some(place), baseline: place_in(baseline, series) }
    });
    let of_baseline_only = baseline.of_table(Table::Metric).into_iter().filter_map(|place| {
        let series = &baseline.series[place];
        let pair = Pair { series, policy: None, baseline: Some(place) };
        place_in(policy, series).is_none().then_some(pair)
    });
    let known =
        |pair: &Pair<'_>| pair.series.whole || (pair.policy.is_some() && pair.baseline.is_some());
    of_policy.chain(of_baseline_only).filter(known).collect()
}
