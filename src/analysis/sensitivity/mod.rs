//! What differences between policies depend on: which parameters move them, and how much of their
//! variance each explains.
//!
//! Replication r has parameter values of its own, the same under every policy, so the replications of an ordinary
//! run already are a design over the parameters: the mean difference over the fifth of
//! replications in which a parameter is lowest, and over that in which it is highest, says what the
//! conclusion would be at either end of its distribution, at no further cost.
//!
//! Thousands of pairs of a difference and a parameter are looked through, so `joint` judges them
//! together, and intervals are simultaneous: they hold for all pairs at once.

mod joint;
mod ranks;
mod share;

use crate::analysis::layout::Series;
use crate::analysis::layout::Table;
use crate::analysis::pairs::SHOWN;
use crate::analysis::results::ReadError;
use crate::analysis::results::Results;
use crate::analysis::sensitivity::ranks::order;
use crate::analysis::sensitivity::ranks::ranks;
use crate::analysis::sensitivity::ranks::varies;
use crate::analysis::statistics::moments;
use crate::experiment::batch::Halted;
use crate::experiment::block::BlockError;
use crate::random::distribution;

/// The groups into which replications are cut by a parameter's value.
const GROUPS: usize = 5;
/// The fewest replications that say anything: four a group.
pub const FEWEST: usize = 4 * GROUPS;
/// Rows kept for each difference beside those that are always kept.
const STRONGEST: usize = 15;
/// The probability that anything at all is named, or lies beyond its interval, by chance.
const RISK: f64 = 0.05;

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
    /// Whether the joint test names it as a cause, with an allowance for all that is looked
    /// through.
    pub named: bool,
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
    /// The simultaneous 95 % confidence interval of the correlation.
    pub rank_correlation_interval: (f64, f64),
    /// The share of the difference's variance that the parameter explains by itself: its
    /// first-order sensitivity index.
    pub variance_share: f64,
    /// The standard error of the share.
    pub variance_share_se: f64,
    /// The simultaneous 95 % confidence interval of the share.
    pub variance_share_interval: (f64, f64),
}

/// One headline difference of the last year, replication by replication.
struct Differing<'a> {
    /// The policy's place.
    place: usize,
    policy: &'a str,
    baseline: &'a str,
    series: &'a Series,
    differences: Vec<f64>,
    ranks: Vec<f64>,
}

/// How the headline differences of the last year move with each parameter that varies: for each
/// difference the strongest parameters, those that are named, and all of `always`.
///
/// There are so many `parameters`; `column` gives the values of one by replication; empty where it does
/// not vary. `acts` says of a policy and a parameter, by their places, whether the parameter can
/// move jobs, firms or investment there at all; where it cannot there is no row. Without enough
/// replications there is no row either.
///
/// Differences and parameters are taken a few at a time, so that memory grows with the
/// replications alone and not with their product with policies or parameters.
///
/// # Errors
///
/// Fails if the values cannot be read, and when the work is stopped.
pub fn sensitivity<'a>(
    results: &Results<'a>,
    parameters: usize,
    column: impl Fn(usize) -> Vec<f64> + Sync,
    acts: impl Fn(usize, usize) -> bool + Sync,
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
    let looked_through = |&(policy, _): &(usize, (&str, &str))| {
        (0..parameters).filter(|&parameter| acts(policy, parameter)).count()
    };
    let looks: usize = asked.iter().map(looked_through).sum();
    let risk = RISK / looks.max(1) as f64;
    // Half of the room for parameters, half for differences and their ranks.
    let at_once = (results.room() * results.workers.threads() / 4).max(1);
    let design = joint::JointTest::of(results.workers, parameters, at_once, &column)?;
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
        let scores: Vec<Vec<f64>> = differing.iter().map(|one| joint::scores(&one.ranks)).collect();
        // What each parameter has in common with each difference.
        let common = results.workers.map_in_order(
            parameters,
            || (),
            |(), parameter| {
                let of_parameter = joint::scores_of(&column(parameter));
                Ok(scores.iter().map(|scores| joint::product(&of_parameter, scores)).collect())
            },
        )?;
        let common: Vec<Vec<f64>> = common;
        let kept = results.workers.map_in_order(
            differing.len(),
            || (),
            |(), number| {
                let one = &differing[number];
                let common: Vec<f64> = common.iter().map(|common| common[number]).collect();
                let candidates: Vec<usize> = (0..parameters)
                    .filter(|&parameter| design.varies(parameter) && acts(one.place, parameter))
                    .collect();
                let named = design.named(&common, &candidates, risk);
                Ok(kept(&common, candidates, &named, always))
            },
        )?;
        let half_width = distribution::normal(1.0 - risk / 2.0);
        let of_parameters = results.workers.map_in_order(
            parameters,
            || (),
            |(), parameter| {
                let wanted = kept.iter().enumerate().filter_map(|(number, kept)| {
                    let place = kept.iter().position(|&(other, _)| other == parameter)?;
                    Some((number, place, kept[place].1))
                });
                let wanted: Vec<(usize, usize, bool)> = wanted.collect();
                if wanted.is_empty() {
                    return Ok(Vec::new());
                }
                let moved_by = Moved::by(parameter, &column(parameter));
                let row = |&(number, place, named): &(usize, usize, bool)| {
                    ((number, place), moved_by.row(&differing[number], year, named, half_width))
                };
                Ok(wanted.iter().map(row).collect())
            },
        )?;
        let mut of_chunk: Vec<_> = of_parameters.into_iter().flatten().collect();
        of_chunk.sort_by_key(|&(place, _)| place);
        rows.extend(of_chunk.into_iter().map(|(_, row)| row));
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
        place: policy,
        policy: &layout.policy,
        baseline: &baseline.policy,
        series: &layout.series[here],
        ranks: ranks(&differences, &order(&differences)),
        differences,
    }))
}

/// The candidates that get a row, the strongest first, each with whether it is named.
fn kept(
    common: &[f64],
    mut candidates: Vec<usize>,
    named: &[usize],
    always: &[usize],
) -> Vec<(usize, bool)> {
    candidates.sort_by(|&one, &other| common[other].abs().total_cmp(&common[one].abs()));
    let kept = candidates.into_iter().enumerate();
    kept.map(|(place, parameter)| (place, parameter, named.contains(&parameter)))
        .filter(|(place, parameter, named)| {
            *place < STRONGEST || *named || always.contains(parameter)
        })
        .map(|(_, parameter, named)| (parameter, named))
        .collect()
}

/// The replications in the order of one parameter.
struct Moved {
    parameter: usize,
    order: Vec<u32>,
    ranks: Vec<f64>,
    waves: share::Waves,
}

impl Moved {
    fn by(parameter: usize, values: &[f64]) -> Self {
        let order = order(values);
        let ranks = ranks(values, &order);
        Self { parameter, order, waves: share::Waves::of(&ranks), ranks }
    }

    fn row<'a>(
        &self,
        one: &Differing<'a>,
        year: u16,
        named: bool,
        half_width: f64,
    ) -> SensitivityRow<'a> {
        let (lowest, highest) = fifths(&self.order, &one.differences);
        let rank_correlation = correlation(&self.ranks, &one.ranks);
        let (share, share_se) = self.waves.share(&one.differences);
        let end = |sign: f64| (share + sign * half_width * share_se).clamp(0.0, 1.0);
        SensitivityRow {
            policy: one.policy,
            baseline: one.baseline,
            series: one.series,
            year,
            parameter: self.parameter,
            named,
            replications: one.differences.len(),
            difference: mean(&one.differences),
            lowest_fifth: lowest.mean,
            lowest_fifth_se: lowest.se,
            highest_fifth: highest.mean,
            highest_fifth_se: highest.se,
            rank_correlation,
            rank_correlation_interval: interval(
                rank_correlation,
                one.differences.len(),
                half_width,
            ),
            variance_share: share.max(0.0),
            variance_share_se: share_se,
            variance_share_interval: (end(-1.0), end(1.0)),
        }
    }
}

fn mean(values: &[f64]) -> f64 {
    moments::mean(values).unwrap_or_default()
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

/// The confidence interval of a rank correlation; `half_width` is the standard normal quantile of
/// its level.
///
/// # Formula
///
/// tanh(artanh r ± z √((1 + r²/2) / (n − 3)))
///
/// # Source
///
/// Bonett and Wright (2000), Psychometrika 65, 23-28.
fn interval(correlation: f64, count: usize, half_width: f64) -> (f64, f64) {
    // An order that agrees wholly may come out a rounding above 1.
    let correlation = correlation.clamp(-1.0, 1.0);
    let centre = libm::atanh(correlation);
    let square = correlation * correlation;
    let half = half_width * ((1.0 + square / 2.0) / (count as f64 - 3.0)).sqrt();
    (libm::tanh(centre - half), libm::tanh(centre + half))
}

/// Differences of the replications in which a parameter lies in one fifth.
struct Fifth {
    mean: f64,
    se: f64,
}

/// The lowest and the highest fifth of an order.
fn fifths(order: &[u32], differences: &[f64]) -> (Fifth, Fifth) {
    let fifth = |group: usize| {
        let (from, to) = (order.len() * group / GROUPS, order.len() * (group + 1) / GROUPS);
        let values: Vec<f64> =
            order[from..to].iter().map(|&place| differences[place as usize]).collect();
        let mean = mean(&values);
        let squares: f64 = values.iter().map(|one| (one - mean) * (one - mean)).sum();
        let count = values.len() as f64;
        Fifth { mean, se: (squares / (count - 1.0) / count).sqrt() }
    };
    (fifth(0), fifth(GROUPS - 1))
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::experiment::batch::Workers;
    use crate::random::Key;
    use crate::random::Purpose;

    /// Of a 95 % interval.
    const NORMAL: f64 = 1.959_963_984_540_054;

    #[test]
    fn ranks_average_ties() {
        let values = [3.0, 1.0, 3.0, 2.0];
        assert_eq!(ranks(&values, &order(&values)), [2.5, 0.0, 2.5, 1.0]);
    }

    /// A keyed uniform number.
    fn uniform(run: u64, row: usize, column: usize) -> f64 {
        Key::world(run, row as u64).entity(column as u64).uniform(0, Purpose::Analysis)
    }

    /// Parameters by column: Latin hypercubes of `block` replications each, independent where 1.
    fn design(run: u64, count: usize, columns: usize, block: usize) -> Vec<Vec<f64>> {
        let column = |column: usize| {
            let mut values = Vec::with_capacity(count);
            for first in (0..count).step_by(block) {
                let mut strata: Vec<(f64, usize)> = (0..block)
                    .map(|stratum| (uniform(run, first + stratum, 1_000 + column), stratum))
                    .collect();
                strata.sort_by(|one, other| one.0.total_cmp(&other.0));
                values.extend(strata.iter().enumerate().map(|(row, &(_, stratum))| {
                    (stratum as f64 + uniform(run, first + row, column)) / block as f64
                }));
            }
            values.truncate(count);
            values
        };
        (0..columns).map(column).collect()
    }

    /// The parameters that a difference is found to depend on, all looked through.
    fn named(parameters: &[Vec<f64>], difference: &[f64]) -> Vec<usize> {
        let stop = AtomicBool::new(false);
        let workers = Workers::start(NonZeroUsize::new(1), &stop).unwrap();
        let column = |parameter: usize| parameters[parameter].clone();
        let design = joint::JointTest::of(&workers, parameters.len(), 16, &column).unwrap();
        let scores = joint::scores_of(difference);
        let common: Vec<f64> = parameters
            .iter()
            .map(|values| joint::product(&joint::scores_of(values), &scores))
            .collect();
        let candidates: Vec<usize> = (0..parameters.len()).collect();
        design.named(&common, &candidates, RISK / parameters.len() as f64)
    }

    /// What a difference is made of in the tests below, from the first twelve parameters.
    #[derive(Clone, Copy, Debug)]
    enum Outcome {
        /// Twelve causes of falling weight, a twentieth of the variance chance.
        Sum,
        /// The same with chance that has no variance (Cauchy).
        HeavyTails,
        /// The same, but 0 in nine of ten replications.
        Rare,
        /// Nothing but chance.
        Chance,
    }

    fn outcome(of: Outcome, run: u64, parameters: &[Vec<f64>], row: usize) -> f64 {
        let sum: f64 = (0..12)
            .map(|cause| (parameters[cause][row] - 0.5) * libm::pow(0.75, cause as f64))
            .sum();
        let chance = distribution::normal(uniform(run, row, 5_000));
        let one = uniform(run, row, 5_001);
        match of {
            Outcome::Sum => sum + 0.1 * chance,
            Outcome::HeavyTails => sum + 0.05 * libm::tan(std::f64::consts::PI * (one - 0.5)),
            Outcome::Rare => {
                if one < 0.1 {
                    1.0 + sum
                } else {
                    0.0
                }
            }
            Outcome::Chance => chance,
        }
    }

    /// 20 parameters that touch nothing stand among 32 and are judged like the rest: they are
    /// named in 5 % of runs at most.
    #[test]
    fn no_innocent_is_named_more_often_than_the_risk_allows() {
        // 5 % of 200, and three standard errors of a count of 10.
        let most = 10 + 9;
        for (count, runs) in [(40, 200), (200, 200), (1_000, 200)] {
            for block in [1, 5] {
                for of in [Outcome::Sum, Outcome::HeavyTails, Outcome::Rare, Outcome::Chance] {
                    let (mut innocent, mut causes) = (0, 0);
                    for run in 0..runs {
                        let parameters = design(run, count, 32, block);
                        let difference: Vec<f64> =
                            (0..count).map(|row| outcome(of, run, &parameters, row)).collect();
                        let named = named(&parameters, &difference);
                        innocent += u32::from(named.iter().any(|&one| one >= 12));
                        causes += named.iter().filter(|&&one| one < 12).count();
                    }
                    println!("{count} {block} {of:?}: {innocent} of {runs}, {causes} causes");
                    assert!(innocent <= most, "{count} {block} {of:?}: {innocent} of {runs}");
                    // It is no test that never names anybody.
                    let least = match (of, count) {
                        (Outcome::Sum, 200..) => 4 * runs,
                        (Outcome::HeavyTails, 200..) => 2 * runs,
                        _ => 0,
                    };
                    assert!(causes as u64 >= least, "{count} {block} {of:?}: {causes} causes");
                }
            }
        }
    }

    /// A parameter that only stands together with a cause is not named in its place.
    #[test]
    fn a_companion_of_a_cause_is_not_named() {
        let mut companion = 0;
        for run in 0..200 {
            let mut parameters = design(run, 200, 3, 5);
            // Correlated by about 0.7 with the first.
            let cause = parameters[0].clone();
            for (companion, cause) in parameters[2].iter_mut().zip(cause) {
                *companion += cause;
            }
            let difference: Vec<f64> =
                (0..200).map(|row| parameters[0][row] + uniform(run, row, 5_000)).collect();
            let named = named(&parameters, &difference);
            assert!(named.contains(&0), "run {run}: {named:?}");
            companion += u32::from(named.len() > 1);
        }
        assert!(companion <= 19, "{companion} of 200");
    }

    /// The function of Ishigami and Homma (a = 7, b = 0.1): its first-order indices are known, and
    /// the simultaneous intervals of all three hold them in 95 % of runs.
    #[test]
    fn the_shares_of_ishigamis_function_lie_inside_their_intervals() {
        let exact = [0.313_905_191, 0.442_411_145, 0.0];
        let half_width = distribution::normal(1.0 - RISK / 3.0 / 2.0);
        for (count, runs) in [(200, 200), (1_000, 60)] {
            let mut held = 0;
            for run in 0..runs {
                let parameters = design(run, count, 3, 5);
                let angle = |column: usize, row: usize| {
                    std::f64::consts::PI * (2.0 * parameters[column][row] - 1.0)
                };
                let values: Vec<f64> = (0..count)
                    .map(|row| {
                        let [x, y, z] = [0, 1, 2].map(|column| angle(column, row));
                        let sin = libm::sin(y);
                        libm::sin(x) * (1.0 + 0.1 * libm::pow(z, 4.0)) + 7.0 * sin * sin
                    })
                    .collect();
                let inside = |column: usize| {
                    let values_of = &parameters[column];
                    let waves = share::Waves::of(&ranks(values_of, &order(values_of)));
                    let (share, se) = waves.share(&values);
                    (share - exact[column]).abs() <= half_width * se
                };
                held += u32::from((0..3).all(inside));
            }
            println!("{count}: {held} of {runs}");
            let wanted = 0.95 * runs as f64;
            assert!(f64::from(held) >= wanted - 3.0 * (wanted * 0.05).sqrt(), "{count}: {held}");
        }
    }

    #[test]
    fn a_difference_that_is_its_parameter_hangs_on_it_wholly() {
        let values: Vec<f64> = (0..100).map(|n| f64::from((n * 37) % 100)).collect();
        let order = order(&values);
        let (lowest, highest) = fifths(&order, &values);
        assert_eq!((lowest.mean, highest.mean), (9.5, 89.5));
        // The numbers 0 to 19 have variance 35.
        assert!((lowest.se - (35.0_f64 / 20.0).sqrt()).abs() < 1e-12);
        let ranks = ranks(&values, &order);
        assert!((correlation(&ranks, &values) - 1.0).abs() < 1e-12);
        assert!(share::Waves::of(&ranks).share(&values).0 > 0.999);
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
            let ranked = |values: &[f64]| ranks(values, &order(values));
            let (share, error) = share::Waves::of(&ranked(&parameter)).share(&difference);
            shares.push(share);
            errors.push(error);
            let (fifth, _) = fifths(&order_of, &difference);
            lowest.push(fifth.mean);
            lowest_errors.push(fifth.se);
            let found = correlation(&ranked(&parameter), &ranked(&difference));
            let (low, high) = interval(found, 100, NORMAL);
            assert!(low < found && found < high);
            held += i32::from(low <= truth && truth <= high);
        }
        let scatter = |values: &[f64]| {
            let centre = mean(values);
            let squares: f64 = values.iter().map(|one| (one - centre) * (one - centre)).sum();
            (squares / (values.len() as f64 - 1.0)).sqrt()
        };
        // A standard deviation of 600 estimates is known to 3 %; four of that. The jackknife is too
        // wide for a sum of six squares, and never too narrow (Efron and Stein 1981).
        let ratio = mean(&errors) / scatter(&shares);
        assert!((0.88..1.4).contains(&ratio), "{ratio}");
        // Those of the parameter within its fifth make the scatter of the mean a little larger.
        assert!((mean(&lowest_errors) / scatter(&lowest) - 1.0).abs() < 0.12);
        // 0.95 of 600, four standard errors of 5.3 either way.
        assert!((549..=591).contains(&held), "{held}");
    }

    #[test]
    fn an_interval_ends_at_one() {
        assert_eq!(interval(1.0, 30, NORMAL), (1.0, 1.0));
        let (low, high) = interval(-0.999, 30, NORMAL);
        assert!(low >= -1.0 && high > -0.999);
    }
}
