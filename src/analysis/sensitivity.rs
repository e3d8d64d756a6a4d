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
    /// The standard error of that mean.
    pub lowest_fifth_se: f64,
    /// The mean over the fifth in which it is highest.
    pub highest_fifth: f64,
    /// The standard error of that mean.
    pub highest_fifth_se: f64,
    /// Spearman's rank correlation of difference and parameter.
    pub rank_correlation: f64,
    /// The 95 % confidence interval of the correlation.
    pub rank_correlation_interval: (f64, f64),
    /// The share of the difference's variance that the means of the five fifths explain, less
    /// what chance alone would.
    pub variance_share: f64,
    /// The standard error of the share.
    pub variance_share_se: f64,
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
        let (lowest, highest) = (&groups[0], &groups[GROUPS - 1]);
        let rank_correlation = correlation(&ranks, &one.ranks);
        SensitivityRow {
            policy: one.policy,
            baseline: one.baseline,
            series: one.series,
            year,
            parameter,
            replications: one.differences.len(),
            difference: mean(&one.differences),
            lowest_fifth: lowest.mean,
            lowest_fifth_se: lowest.se,
            highest_fifth: highest.mean,
            highest_fifth_se: highest.se,
            rank_correlation,
            rank_correlation_interval: interval(rank_correlation, one.differences.len()),
            variance_share: share(&groups, &one.differences).max(0.0),
            variance_share_se: share_se(&groups, &one.differences),
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

/// The 95 % confidence interval of a rank correlation.
///
/// # Formula
///
/// tanh(artanh r ± 1.96 √((1 + r²/2) / (n − 3)))
///
/// # Source
///
/// Bonett and Wright (2000), Psychometrika 65, 23-28.
fn interval(correlation: f64, count: usize) -> (f64, f64) {
    // An order that agrees wholly may come out a rounding above 1.
    let correlation = correlation.clamp(-1.0, 1.0);
    let centre = libm::atanh(correlation);
    let square = correlation * correlation;
    let half = 1.959_963_984_540_054 * ((1.0 + square / 2.0) / (count as f64 - 3.0)).sqrt();
    (libm::tanh(centre - half), libm::tanh(centre + half))
}

/// Differences of the replications in which a parameter lies in one fifth.
struct Group<'a> {
    /// Their places among the replications.
    places: &'a [u32],
    mean: f64,
    se: f64,
}

/// The groups of an order, from the lowest to the highest fifth.
fn groups<'a>(order: &'a [u32], differences: &[f64]) -> Vec<Group<'a>> {
    (0..GROUPS)
        .map(|group| {
            let (from, to) = (order.len() * group / GROUPS, order.len() * (group + 1) / GROUPS);
            let places = &order[from..to];
            let values: Vec<f64> =
                places.iter().map(|&place| differences[place as usize]).collect();
            let mean = mean(&values);
            let squares: f64 = values.iter().map(|one| (one - mean) * (one - mean)).sum();
            let count = values.len() as f64;
            Group { places, mean, se: (squares / (count - 1.0) / count).sqrt() }
        })
        .collect()
}

/// The share of variance between groups, corrected for chance (ε² of Kelley 1935): below 0 where
/// the groups differ by less than chance.
fn share(groups: &[Group<'_>], differences: &[f64]) -> f64 {
    let centre = mean(differences);
    let squares: f64 = differences.iter().map(|one| (one - centre) * (one - centre)).sum();
    let between = |group: &Group<'_>| {
        group.places.len() as f64 * (group.mean - centre) * (group.mean - centre)
    };
    let between: f64 = groups.iter().map(between).sum();
    corrected(between, squares, groups.len(), differences.len() as f64)
}

/// ε² of sums of squares between groups and in all.
fn corrected(between: f64, squares: f64, groups: usize, count: f64) -> f64 {
    if squares <= 0.0 {
        return 0.0;
    }
    let within = (squares - between) / (count - groups as f64);
    (between - (groups as f64 - 1.0) * within) / squares
}

/// The standard error of [`share`], by leaving out one replication after the other (jackknife);
/// the groups of the others stay as they are.
fn share_se(groups: &[Group<'_>], differences: &[f64]) -> f64 {
    let (centre, count) = (mean(differences), differences.len() as f64);
    let value = |place: &u32| differences[*place as usize] - centre;
    let sums: Vec<f64> = groups.iter().map(|it| it.places.iter().map(value).sum()).collect();
    let (total, squares): (f64, f64) = differences
        .iter()
        .map(|one| one - centre)
        .fold((0.0, 0.0), |(total, squares), one| (total + one, squares + one * one));
    let size = |group: &Group<'_>| group.places.len() as f64;
    let parts = groups.iter().zip(&sums).map(|(group, sum)| sum * sum / size(group));
    let all: f64 = parts.sum();
    let mut without = Vec::with_capacity(differences.len());
    for (group, sum) in groups.iter().zip(&sums) {
        for one in group.places.iter().map(value) {
            let (left, rest) = (sum - one, total - one);
            let parts = all - sum * sum / size(group) + left * left / (size(group) - 1.0);
            let correction = rest * rest / (count - 1.0);
            let squares = squares - one * one - correction;
            without.push(corrected(parts - correction, squares, groups.len(), count - 1.0));
        }
    }
    let centre = mean(&without);
    let spread: f64 = without.iter().map(|one| (one - centre) * (one - centre)).sum();
    (spread * (count - 1.0) / count).sqrt()
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
        let order = order(&values);
        let groups = groups(&order, &values);
        assert_eq!((groups[0].mean, groups[0].places.len()), (9.5, 20));
        assert_eq!((groups[4].mean, groups[4].places.len()), (89.5, 20));
        // The numbers 0 to 19 have variance 35.
        assert!((groups[0].se - (35.0_f64 / 20.0).sqrt()).abs() < 1e-12);
        assert!((correlation(&ranks(&values, &order), &values) - 1.0).abs() < 1e-12);
        // Five steps explain 24/25 of a uniform distribution's variance.
        assert!((share(&groups, &values) - 0.96).abs() < 0.01);
    }

    #[test]
    fn what_has_nothing_to_do_with_it_explains_nothing() {
        let parameter: Vec<f64> = (0..100).map(f64::from).collect();
        let difference: Vec<f64> = (0..100).map(|n| f64::from(n % 2)).collect();
        let order_of = order(&parameter);
        assert!(share(&groups(&order_of, &difference), &difference) < 1e-12);
        let ranked = |values: &[f64]| ranks(values, &order(values));
        assert!(correlation(&ranked(&parameter), &ranked(&difference)).abs() < 0.02);
    }

    /// A sum of uniform numbers, near a normal variate, and the next state.
    fn variate(state: &mut u64) -> f64 {
        let mut sum = -6.0;
        for _ in 0..12 {
            *state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            sum += (*state >> 11) as f64 / (1_u64 << 53) as f64;
        }
        sum
    }

    #[test]
    fn errors_are_as_large_as_estimates_scatter() {
        let mut state = 7;
        let (mut shares, mut errors, mut lowest, mut lowest_errors) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut held = 0;
        // Spearman's correlation of two normal variates with correlation 0.6.
        let truth = 6.0 / std::f64::consts::PI * libm::asin(0.3);
        for _ in 0..600 {
            let pairs: Vec<(f64, f64)> = (0..100)
                .map(|_| {
                    let parameter = variate(&mut state);
                    (parameter, 0.6 * parameter + 0.8 * variate(&mut state))
                })
                .collect();
            let (parameter, difference): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            let order_of = order(&parameter);
            let groups = groups(&order_of, &difference);
            shares.push(share(&groups, &difference));
            errors.push(share_se(&groups, &difference));
            lowest.push(groups[0].mean);
            lowest_errors.push(groups[0].se);
            let ranked = |values: &[f64]| ranks(values, &order(values));
            let found = correlation(&ranked(&parameter), &ranked(&difference));
            let (low, high) = interval(found, 100);
            assert!(low < found && found < high);
            held += i32::from(low <= truth && truth <= high);
        }
        let scatter = |values: &[f64]| {
            let centre = mean(values);
            let squares: f64 = values.iter().map(|one| (one - centre) * (one - centre)).sum();
            (squares / (values.len() as f64 - 1.0)).sqrt()
        };
        // A standard deviation of 600 estimates is known to 3 %; four of that.
        assert!((mean(&errors) / scatter(&shares) - 1.0).abs() < 0.12);
        // Those of the parameter within its fifth make the scatter of the mean a little larger.
        assert!((mean(&lowest_errors) / scatter(&lowest) - 1.0).abs() < 0.12);
        // 0.95 of 600, four standard errors of 5.3 either way.
        assert!((549..=591).contains(&held), "{held}");
    }

    #[test]
    fn an_interval_ends_at_one() {
        assert_eq!(interval(1.0, 30), (1.0, 1.0));
        let (low, high) = interval(-0.999, 30);
        assert!(low >= -1.0 && high > -0.999);
    }
}
