//! Every policy against every other, in metrics of the last year and in present values, and whether the model ranks the two. Of many
//! policies each against the baseline, unless all pairs are asked for.

use crate::analysis::appraisal;
use crate::analysis::appraisal::Discounting;
use crate::analysis::comparison::Difference;
use crate::analysis::layout::Table;
use crate::analysis::results::ReadError;
use crate::analysis::results::Results;
use crate::experiment::batch::Halted;
use crate::experiment::block::BlockError;

/// What pairs of policies are compared in: metric or total of the appraisal, and place. Totals of the
/// appraisal are present values, of no place but of all who pay.
pub const COMPARED: [(&str, &str); 10] = [
    ("jobs", "district"),
    ("jobs", "city"),
    ("firms", "district"),
    ("firms", "city"),
    ("investment", "district"),
    ("investment", "city"),
    ("fiscal_cost", ALL_PAYERS),
    ("fiscal_net_present_value", ALL_PAYERS),
    ("economic_net_present_value", ALL_PAYERS),
    (JOB_YEARS, ALL_PAYERS),
];

/// The total of the appraisal that is no money.
const JOB_YEARS: &str = "discounted_net_job_years";

/// The headline metrics: the first of [`COMPARED`], metric and place.
pub const SHOWN: [(&str, &str); 6] = *COMPARED.first_chunk().expect("six metrics come first");

/// The place of totals of the appraisal.
pub const ALL_PAYERS: &str = "all";

/// Of more policies than this, the baseline among them, pairs beside those with the baseline are
/// compared only where asked, and views show the leading ones: 500 policies have 124,750 pairs, which
/// nobody reads.
pub const MANY: usize = 50;

/// The error that the Monte Carlo error is allowed over all pairs of one metric and place.
const FAMILY_ERROR: f64 = 0.05;

/// Whether the model ranks two policies in a metric.
///
/// Two questions are kept apart. The first is how much assumptions and chance leave open: the
/// middle 90 % of the paired differences either leaves out 0 or does not. More replications tell that
/// better and do not narrow it. The second is whether the number of replications tells the mean difference from 0:
/// a two-sided test of the mean, with Holm's allowance for every pair of the same metric and place that
/// is compared.
///
/// # Source
///
/// Holm (1979), Scandinavian Journal of Statistics 6, 65–70.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ranking {
    /// The first is higher: mean differs from 0, 5th percentile of the differences above 0.
    Higher,
    /// The first is lower: mean differs from 0, 95th percentile of the differences below 0.
    Lower,
    /// The mean differs from 0 by more than its error, and the middle 90 % of the differences holds 0: which of the two is
    /// higher depends on assumptions and chance.
    NotRanked,
    /// The Monte Carlo error of the mean holds 0: more replications are needed to tell the means
    /// apart.
    MoreReplications,
    /// The difference is exactly 0 in every replication of the run.
    Same,
}

impl Ranking {
    /// Every ranking.
    pub const ALL: [Self; 5] =
        [Self::Higher, Self::Lower, Self::NotRanked, Self::MoreReplications, Self::Same];

    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::NotRanked => "not ranked",
            Self::MoreReplications => "more replications",
            Self::Same => "same",
        }
    }

    /// Of the same pair, the other policy first.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Higher => Self::Lower,
            Self::Lower => Self::Higher,
            other => other,
        }
    }
}

/// The rankings of differences that are judged together, in their order; nothing for a single
/// replication.
#[must_use]
pub fn rank(differences: &[&Difference]) -> Vec<Option<Ranking>> {
    let p_value = |of: &&Difference| of.estimate.and_then(|it| it.p_value()).unwrap_or(1.0);
    let told = holm(&differences.iter().map(p_value).collect::<Vec<_>>(), FAMILY_ERROR);
    let one = |(of, told): (&&Difference, bool)| {
        let (estimate, spread) = (of.estimate?, of.spread?);
        if estimate.replications < 2 {
            return None;
        }
        Some(match told {
            _ if estimate.mean == 0.0 && estimate.sd == Some(0.0) => Ranking::Same,
            false => Ranking::MoreReplications,
            true if spread.p05 > 0.0 => Ranking::Higher,
            true if spread.p95 < 0.0 => Ranking::Lower,
            true => Ranking::NotRanked,
        })
    };
    differences.iter().zip(told).map(one).collect()
}

/// Which hypotheses Holm's step-down procedure rejects so that the chance of a wrong rejection
/// among all of them is at most `error`.
fn holm(p_values: &[f64], error: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&one, &other| p_values[one].total_cmp(&p_values[other]));
    let mut rejected = vec![false; p_values.len()];
    for (step, place) in order.into_iter().enumerate() {
        if p_values[place] > error / (p_values.len() - step) as f64 {
            break;
        }
        rejected[place] = true;
    }
    rejected
}

/// One pair of policies in one of [`COMPARED`]: a metric in the last year, or a present value.
#[derive(Clone, Debug, PartialEq)]
pub struct PairRow<'a> {
    /// The policy.
    pub policy: &'a str,
    /// The policy that it is compared with: one that comes before it in the order of policies.
    pub other: &'a str,
    /// The metric or total.
    pub metric: &'static str,
    /// Its place.
    pub place: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// The last year, which is that of a metric and the last that a present value counts.
    pub year: u16,
    /// Policy minus other, replication by replication.
    pub difference: Difference,
    /// Whether the model ranks the two; `None` for a single replication.
    pub ranking: Option<Ranking>,
}

/// How many rows [`pairs`] gives of so many policies at most.
#[must_use]
pub fn count(policies: usize, all: bool) -> u64 {
    let others = (policies as u64).saturating_sub(1);
    let each = if all || policies <= MANY { others * policies as u64 / 2 } else { others };
    COMPARED.len() as u64 * each
}

/// Compares every policy with each one before it, in each of [`COMPARED`]; of more than [`MANY`]
/// policies each with the baseline only, unless `all` pairs are asked for.
///
/// # Errors
///
/// Fails if the values cannot be read, and when the work is stopped.
pub fn pairs<'a>(
    results: &Results<'a>,
    discounting: Discounting,
    all: bool,
) -> Result<Vec<PairRow<'a>>, ReadError> {
    let Some(last) = results.years().len().checked_sub(1) else { return Ok(Vec::new()) };
    let all = all || results.layouts.len() <= MANY;
    let rows = results.workers.map_in_order(
        COMPARED.len(),
        || (),
        |(), number| {
            let measure = Measure::of(results, COMPARED[number], last, discounting);
            of_measure(results, &measure, all).map_err(Halted::Failed)
        },
    )?;
    Ok(rows.into_iter().flatten().collect())
}

/// What policies are compared in, and where its values are.
struct Measure<'m, 'a> {
    results: &'m Results<'a>,
    metric: &'static str,
    place: &'static str,
    unit: &'static str,
    /// The place of the year of a metric.
    year: usize,
    discounting: Discounting,
    /// The policies that have it, and of a metric the series.
    policies: Vec<(usize, usize)>,
}

impl<'m, 'a> Measure<'m, 'a> {
    fn of(
        results: &'m Results<'a>,
        (metric, place): (&'static str, &'static str),
        year: usize,
        discounting: Discounting,
    ) -> Self {
        let of_policy = |policy: usize| {
            let layout = &results.layouts[policy];
            let series = if place == ALL_PAYERS {
                layout.of_table(Table::Cash).first().copied()
            } else {
                layout.position(Table::Metric, metric, place)
            };
            Some((policy, series?))
        };
        let policies: Vec<(usize, usize)> =
            (0..results.layouts.len()).filter_map(of_policy).collect();
        let unit_of = |&(policy, series): &(usize, usize)| {
            if place != ALL_PAYERS {
                return results.layouts[policy].series[series].unit;
            }
            let mut totals = appraisal::TOTALS.iter();
            totals.find(|(name, ..)| *name == metric).map_or("", |(_, unit, ..)| unit)
        };
        let unit = policies.first().map_or("", unit_of);
        Self { results, metric, place, unit, year, discounting, policies }
    }

    /// Its values under a policy, one a replication.
    fn read(&self, &(policy, series): &(usize, usize)) -> Result<Vec<f64>, BlockError> {
        match (self.place, self.metric) {
            (ALL_PAYERS, JOB_YEARS) => {
                appraisal::discounted_job_years(self.results, policy, self.discounting)
            }
            (ALL_PAYERS, total) => {
                appraisal::present_values(self.results, policy, total, self.discounting)
            }
            _ => self.results.column(policy, series, self.year),
        }
    }
}

/// All pairs in one measure, or those with the baseline. Only as many policies are in memory as
/// the working set has room for; the others pass them by, one at a time.
fn of_measure<'a>(
    results: &Results<'a>,
    measure: &Measure<'_, '_>,
    all: bool,
) -> Result<Vec<PairRow<'a>>, BlockError> {
    let wanted = |one: usize, other: usize| all || [one, other].contains(&results.baseline);
    let columns = &measure.policies;
    let room = results.room();
    let last = results.years()[measure.year];
    let mut rows = Vec::new();
    for first in (0..columns.len()).step_by(room) {
        let held = &columns[first..columns.len().min(first + room)];
        let values = held.iter().map(|it| measure.read(it)).collect::<Result<Vec<_>, _>>()?;
        for (before, other) in columns[..first + held.len()].iter().enumerate() {
            if !held.iter().any(|&(policy, _)| wanted(policy, other.0)) {
                continue;
            }
            let passing = if before < first { Some(measure.read(other)?) } else { None };
            let of_other = passing.as_ref().unwrap_or_else(|| &values[before - first]);
            for (number, (&(policy, _), values)) in held.iter().zip(&values).enumerate() {
                if before < first + number && wanted(policy, other.0) {
                    let row = PairRow {
                        policy: &results.layouts[policy].policy,
                        other: &results.layouts[other.0].policy,
                        metric: measure.metric,
                        place: measure.place,
                        unit: measure.unit,
                        year: last,
                        difference: Difference::between(
                            values,
                            of_other,
                            results.design,
                            results.first_difference(policy, other.0).is_some_and(|it| it <= last),
                        ),
                        ranking: None,
                    };
                    rows.push(((first + number, before), row));
                }
            }
        }
    }
    rows.sort_by_key(|&(places, _)| places);
    let mut rows: Vec<PairRow<'_>> = rows.into_iter().map(|(_, row)| row).collect();
    let rankings = rank(&rows.iter().map(|row| &row.difference).collect::<Vec<_>>());
    for (row, ranking) in rows.iter_mut().zip(rankings) {
        row.ranking = ranking;
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::statistics::Design;

    fn ranked(differences: &[Vec<f64>]) -> Vec<Option<Ranking>> {
        let of = |values: &Vec<f64>| {
            let differs = values.iter().any(|value| *value != 0.0);
            Difference::between(values, &vec![0.0; values.len()], Design::INDEPENDENT, differs)
        };
        let differences: Vec<Difference> = differences.iter().map(of).collect();
        rank(&differences.iter().collect::<Vec<_>>())
    }

    /// The example of Holm's procedure with 4 p-values at 5 %: limits .0125, .0167, .025, .05.
    #[test]
    fn holm_stops_at_the_first_that_is_too_large() {
        assert_eq!(holm(&[0.03, 0.005, 0.04, 0.01], 0.05), [false, true, false, true]);
        assert_eq!(holm(&[0.01, 0.02, 0.03, 0.04], 0.05), [true, false, false, false]);
        assert!(holm(&[], 0.05).is_empty());
    }

    #[test]
    fn more_replications_tell_means_apart_and_never_rank() {
        // Two thirds of replications above 0, one third below, whatever their number.
        let two_thirds = |count: u32| -> Vec<f64> {
            (0..count)
                .map(|at| if at % 3 == 0 { -1.0 } else { 1.0 } + f64::from(at % 7) / 50.0)
                .collect()
        };
        assert_eq!(ranked(&[two_thirds(9)]), [Some(Ranking::MoreReplications)]);
        assert_eq!(ranked(&[two_thirds(900)]), [Some(Ranking::NotRanked)]);
        let clear: Vec<f64> = (0..30).map(|at| 5.0 + f64::from(at % 4)).collect();
        let lower = clear.iter().map(|value| -value).collect();
        assert_eq!(ranked(&[clear, lower]), [Some(Ranking::Higher), Some(Ranking::Lower)]);
        assert_eq!(ranked(&[vec![0.0; 5], vec![1.0]]), [Some(Ranking::Same), None]);
        // Also where the two could differ and have not.
        let zeros = [0.0; 5];
        let might = Difference::between(&zeros, &zeros, Design::INDEPENDENT, true);
        assert_eq!(rank(&[&might]), [Some(Ranking::Same)]);
    }

    /// What one pair alone would be told by, 231 pairs together are not.
    #[test]
    fn the_number_of_pairs_is_allowed_for() {
        // 2.9 standard errors from 0: p = .007.
        let values: Vec<f64> = (0..30).map(|at| if at % 2 == 0 { 1.53 } else { -0.53 }).collect();
        let alone = ranked(std::slice::from_ref(&values));
        assert_eq!(alone, [Some(Ranking::NotRanked)]);
        assert_eq!(ranked(&vec![values; 231]), [Some(Ranking::MoreReplications); 231]);
    }

    #[test]
    fn turned_twice_is_as_before() {
        for ranking in Ranking::ALL {
            assert_eq!(ranking.turned().turned(), ranking);
        }
    }
}
