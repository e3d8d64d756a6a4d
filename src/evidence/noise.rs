//! Accounts of noise: how much of a result's variation is parameters, chance, or both together.
//!
//! Every one of some parameter draws is simulated with every one of some random streams, under all
//! policies. A two-way analysis of variance without replication then splits the variance of each
//! result: the simulation has no noise of its own beyond its stream, so the residual is the interaction.

use crate::analysis::layout::Table;
use crate::analysis::pairs::SHOWN;
use crate::analysis::statistics::Moments;
use crate::analysis::statistics::student::half_width_95;
use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Progress;
use crate::experiment::batch::Workers;

/// The most groups into which parameter draws, and streams, are cut for errors.
const MOST_GROUPS: usize = 20;

/// The variance of one result, split.
///
/// # Formula
///
/// ```text
/// y_ij = mean + a_i + b_j + c_ij
/// parameters  = (MS_a - MS_c) / streams,  chance = (MS_b - MS_c) / parameter_draws,  interaction = MS_c
/// ```
///
/// with mean squares over their degrees of freedom: unbiased, so that a part that is nothing comes
/// out below 0 half of the time.
///
/// # Source
///
/// Searle, Casella and others (1992), Variance Components, chapter 4.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Components {
    /// The mean.
    pub mean: f64,
    /// Variance by parameters.
    pub parameters: f64,
    /// Variance by chance.
    pub chance: f64,
    /// Variance by both together: chance matters more under some parameters than under others.
    pub interaction: f64,
}

impl Components {
    /// Splits values by parameter draw and random stream; `None` below two of either.
    #[must_use]
    pub fn of(values: &[Vec<f64>]) -> Option<Self> {
        let (parameter_draws, streams) = (values.len(), values.first()?.len());
        if parameter_draws < 2 || streams < 2 || values.iter().any(|row| row.len() != streams) {
            return None;
        }
        let mean = |values: &[f64]| Moments::of(values).mean().unwrap_or_default();
        let rows: Vec<f64> = values.iter().map(|row| mean(row)).collect();
        let column =
            |stream: usize| mean(&values.iter().map(|row| row[stream]).collect::<Vec<f64>>());
        let columns: Vec<f64> = (0..streams).map(column).collect();
        let whole = mean(&rows);
        let (n, m) = (parameter_draws as f64, streams as f64);
        let squares =
            |means: &[f64]| -> f64 { means.iter().map(|one| (one - whole) * (one - whole)).sum() };
        let rest: f64 = values
            .iter()
            .zip(&rows)
            .flat_map(|(row, of_row)| row.iter().zip(&columns).map(move |(y, b)| y - of_row - b))
            .map(|left| (left + whole) * (left + whole))
            .sum();
        let interaction = rest / ((n - 1.0) * (m - 1.0));
        Some(Self {
            mean: whole,
            parameters: squares(&rows) / (n - 1.0) - interaction / m,
            chance: squares(&columns) / (m - 1.0) - interaction / n,
            interaction,
        })
    }

    /// The shares of parameters, chance and interaction, parts below 0 counted as nothing; `None`
    /// where nothing varies.
    #[must_use]
    pub fn shares(&self) -> Option<[f64; 3]> {
        self.estimates().map(|shares| shares.map(|share| share.max(0.0)))
    }

    /// The same shares of what is above 0, with parts below 0 as they are estimated.
    fn estimates(&self) -> Option<[f64; 3]> {
        let parts = [self.parameters, self.chance, self.interaction];
        let whole: f64 = parts.iter().map(|part| part.max(0.0)).sum();
        (whole > 0.0).then(|| parts.map(|part| part / whole))
    }
}

/// A share of the variance, and how well it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The share, at least 0.
    pub share: f64,
    /// Whether the estimate is below 0, and 0 stands for it.
    pub below_zero: bool,
    /// The standard error of the estimate itself.
    pub se: f64,
    /// The 95 % interval about the estimate itself, within 0 and 1.
    pub interval: (f64, f64),
}

/// The shares of parameters, chance and interaction in the variance of values by parameter draw and
/// random stream; `None` where nothing varies or there are fewer than three of either.
///
/// # Formula
///
/// The jackknife over groups of parameter draws and the one over groups of streams, 20 of each at
/// most, add up to the variance of a share, in which estimates below 0 are left as they are: counted as
/// nothing, a part would seem to be known exactly. The interval is Student's t for one less than the
/// fewer groups.
///
/// # Source
///
/// Owen (2007), "The pigeonhole bootstrap", Annals of Applied Statistics 1, 386-411, on adding up
/// the two sides of a crossed table; jackknife: Efron and Stein (1981), Annals of Statistics 9.
#[must_use]
pub fn shares(values: &[Vec<f64>]) -> Option<[Share; 3]> {
    let (draws, streams) = (values.len(), values.first()?.len());
    if draws.min(streams) < 3 {
        return None;
    }
    let all = Components::of(values)?.estimates()?;
    let groups = |count: usize| count.min(MOST_GROUPS);
    let without = |of: usize, group: usize, place: usize| place * groups(of) / of != group;
    let by_draws = (0..groups(draws)).map(|group| {
        let rows = values.iter().enumerate().filter(|&(place, _)| without(draws, group, place));
        rows.map(|(_, row)| row.clone()).collect::<Vec<_>>()
    });
    let by_streams = (0..groups(streams)).map(|group| {
        let of_row = |row: &Vec<f64>| {
            let cells = row.iter().enumerate();
            cells.filter(|&(place, _)| without(streams, group, place)).map(|(_, &y)| y).collect()
        };
        values.iter().map(of_row).collect::<Vec<Vec<f64>>>()
    });
    let shares_of = |table: Vec<Vec<f64>>| Components::of(&table).and_then(|it| it.estimates());
    let by_draws: Vec<[f64; 3]> = by_draws.filter_map(shares_of).collect();
    let by_streams: Vec<[f64; 3]> = by_streams.filter_map(shares_of).collect();
    let freedom = groups(draws).min(groups(streams)) as u64 - 1;
    let half_width = half_width_95(freedom)?;
    Some(std::array::from_fn(|part| {
        let variance = |without: &[[f64; 3]]| {
            let count = without.len() as f64;
            let mean = without.iter().map(|shares| shares[part]).sum::<f64>() / count;
            let squares: f64 = without.iter().map(|shares| (shares[part] - mean).powi(2)).sum();
            squares * (count - 1.0) / count
        };
        let estimate = all[part];
        let se = (variance(&by_draws) + variance(&by_streams)).sqrt();
        let end = |sign: f64| (estimate + sign * half_width * se).clamp(0.0, 1.0);
        let (share, below_zero) = (estimate.max(0.0), estimate < 0.0);
        Share { share, below_zero, se, interval: (end(-1.0), end(1.0)) }
    }))
}

/// What more computing can shrink: chance and interaction, which averages over more replications
/// take away; not the parameters, of which only more evidence does. Said only where the interval of
/// the parameters' share lies on one side of a half.
#[must_use]
pub fn more_helpful(components: &Components, shares: Option<[Share; 3]>) -> &'static str {
    let varies = components.shares().is_some();
    match shares.map(|[parameters, ..]| parameters.interval) {
        Some((low, _)) if low > 0.5 => "evidence on parameters",
        Some((_, high)) if high < 0.5 => "more replications",
        _ if varies => "too few draws to tell",
        _ => "nothing varies",
    }
}

/// The account of one result.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// The policy.
    pub policy: String,
    /// Whether it is the policy's difference from the baseline, rather than its own value.
    pub difference: bool,
    /// The metric.
    pub metric: &'static str,
    /// The place.
    pub place: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// The year: the last.
    pub year: u16,
    /// The variance, split.
    pub components: Components,
    /// The shares of parameters, chance and interaction, with how well they are known.
    pub shares: Option<[Share; 3]>,
}

/// Accounts of the headline results in the last year, of every policy's own values and of its
/// differences from the baseline.
///
/// # Errors
///
/// Fails as the simulation does, or when the work is stopped.
pub fn accounts(
    study: &Study,
    parameter_draws: u32,
    streams: u32,
    workers: &Workers<'_>,
    progress: &dyn Progress,
) -> Result<Vec<Account>, Halted<StudyError>> {
    let layouts = study.layouts();
    let years = layouts[0].years.len();
    // For each policy the places of the headline results in its values.
    let places: Vec<Vec<Option<usize>>> = layouts
        .iter()
        .map(|layout| {
            let place = |&(metric, place): &(&str, &str)| {
                let series = layout.position(Table::Metric, metric, place)?;
                Some(series * years + years - 1)
            };
            SHOWN.iter().map(place).collect()
        })
        .collect();
    let pairs = parameter_draws as usize * streams as usize;
    let made = workers.map_in_order(pairs, Workspace::default, |workspace, number| {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let (theta, stream) = (number / streams, number % streams);
        let values = study.values(theta);
        let values = study.replicate_with(&values, stream, workspace).map_err(Halted::Failed)?;
        progress.replication_done();
        let shown = values.iter().zip(&places).map(|(values, places)| {
            places.iter().map(|place| place.map(|place| values[place])).collect()
        });
        Ok(shown.collect::<Vec<Vec<Option<f64>>>>())
    })?;
    let mut accounts = Vec::new();
    for (policy, layout) in layouts.iter().enumerate() {
        for difference in [false, true] {
            if difference && policy == 0 {
                continue;
            }
            for (result, (metric, place)) in SHOWN.into_iter().enumerate() {
                let value = |made: &Vec<Vec<Option<f64>>>| {
                    let other = if difference { made[0][result]? } else { 0.0 };
                    Some(made[policy][result]? - other)
                };
                let values: Option<Vec<f64>> = made.iter().map(value).collect();
                let table: Option<Vec<Vec<f64>>> =
                    values.map(|all| all.chunks(streams as usize).map(<[f64]>::to_vec).collect());
                let shares = table.as_deref().and_then(shares);
                let components = table.and_then(|table| Components::of(&table));
                let series = layout.position(Table::Metric, metric, place);
                let (Some(components), Some(series)) = (components, series) else { continue };
                accounts.push(Account {
                    policy: layout.policy.clone(),
                    difference,
                    metric,
                    place,
                    unit: layout.series[series].unit,
                    year: layout.years[years - 1],
                    components,
                    shares,
                });
            }
        }
    }
    Ok(accounts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Key;
    use crate::random::Purpose;
    use crate::random::distribution;

    #[test]
    fn a_table_whose_components_are_known() {
        // Rows differ by 2, columns by 4, and nothing else: no interaction.
        let plain = Components::of(&[vec![0.0, 4.0], vec![2.0, 6.0]]).unwrap();
        let expected = Components { mean: 3.0, parameters: 2.0, chance: 8.0, interaction: 0.0 };
        assert_eq!(plain, expected);
        assert_eq!(plain.shares(), Some([0.2, 0.8, 0.0]));
        // Nothing but interaction: both main effects come out unbiased, below 0.
        let crossed = Components::of(&[vec![1.0, -1.0], vec![-1.0, 1.0]]).unwrap();
        let expected = Components { mean: 0.0, parameters: -2.0, chance: -2.0, interaction: 4.0 };
        assert_eq!(crossed, expected);
        assert_eq!(crossed.shares(), Some([0.0, 0.0, 1.0]));
        assert_eq!(Components::of(&[vec![1.0, 2.0]]), None);
    }

    /// A table of which the shares are known: parameters, chance and interaction 4 : 1 : 0.25.
    fn table(draws: u64, streams: u64, run: u64) -> Vec<Vec<f64>> {
        let normal = |kind: u64, one: u64, other: u64| {
            let key = Key::world(9, run).entity(kind).entity(one).entity(other);
            distribution::normal(key.uniform(0, Purpose::Analysis))
        };
        let value =
            |i: u64, j: u64| 2.0 * normal(1, i, 0) + normal(2, j, 0) + 0.5 * normal(3, i, j);
        (0..draws).map(|i| (0..streams).map(|j| value(i, j)).collect()).collect()
    }

    #[test]
    fn intervals_of_shares_hold_the_shares() {
        let exact = [4.0, 1.0, 0.25].map(|part| part / 5.25);
        for (draws, streams) in [(12, 12), (40, 12), (40, 40)] {
            let (runs, mut held) = (200, [0; 3]);
            for run in 0..runs {
                let shares = shares(&table(draws, streams, run)).unwrap();
                for ((held, share), exact) in held.iter_mut().zip(shares).zip(exact) {
                    *held += u32::from((share.interval.0..=share.interval.1).contains(&exact));
                }
            }
            println!("{draws} {streams}: {held:?} of {runs}");
            for held in held {
                assert!(held >= 176, "{draws} {streams}: {held} of {runs}");
            }
        }
    }

    /// A part whose estimate is below 0 is shown as nothing, and is not known to be nothing.
    #[test]
    fn a_share_below_zero_has_the_error_of_its_estimate() {
        let mut below = 0;
        for world in 0..20 {
            let noise = |i: u64, j: u64| {
                let key = Key::world(world, i).entity(j);
                distribution::normal(key.uniform(0, Purpose::Analysis))
            };
            let table: Vec<Vec<f64>> =
                (0..12).map(|i| (0..12).map(|j| noise(i, j)).collect()).collect();
            let found = shares(&table).unwrap();
            for share in found.iter().filter(|share| share.below_zero) {
                assert!(share.share <= 0.0 && share.se > 0.005, "{found:?}");
                assert!(share.interval.0 <= 0.0 && share.interval.1 > 0.0, "{found:?}");
                below += 1;
            }
        }
        // Of nothing but noise each of two parts is below 0 in about half of all tables.
        assert!(below >= 10, "{below}");
    }

    /// Twelve draws of a share of a half say nothing; a share that is clear gives the advice.
    #[test]
    fn advice_is_given_only_where_the_share_allows_it() {
        let advice =
            |table: &[Vec<f64>]| more_helpful(&Components::of(table).unwrap(), shares(table));
        assert_eq!(advice(&table(40, 40, 1)), "evidence on parameters");
        let turned: Vec<Vec<f64>> = (0..40)
            .map(|stream| table(40, 40, 1).iter().map(|row| row[stream]).collect())
            .collect();
        assert_eq!(advice(&turned), "more replications");
        let (one, other) = (table(12, 12, 2), table(12, 12, 3));
        let halves: Vec<Vec<f64>> = (0..12)
            .map(|draw| (0..12).map(|stream| one[draw][stream] + other[stream][draw]).collect())
            .collect();
        assert_eq!(advice(&halves), "too few draws to tell");
        assert_eq!(advice(&[vec![1.0, 1.0], vec![1.0, 1.0]]), "nothing varies");
    }

    #[test]
    fn components_are_unbiased() {
        let normal = |kind: u64, one: u64, other: u64, table: u64| {
            let key = Key::world(9, table).entity(kind).entity(one).entity(other);
            distribution::normal(key.uniform(0, Purpose::Analysis))
        };
        let (tables, mut sums) = (400, [0.0; 3]);
        for table in 0..tables {
            let value = |i: u64, j: u64| {
                2.0 * normal(1, i, 0, table) + normal(2, j, 0, table) + 0.5 * normal(3, i, j, table)
            };
            let values: Vec<Vec<f64>> =
                (0..6).map(|i| (0..5).map(|j| value(i, j)).collect()).collect();
            let parts = Components::of(&values).unwrap();
            for (sum, part) in
                sums.iter_mut().zip([parts.parameters, parts.chance, parts.interaction])
            {
                *sum += part / tables as f64;
            }
        }
        // Four standard errors: a variance estimated with k degrees of freedom has a relative
        // error of sqrt(2 / k); the interaction adds little to the first two.
        for (found, (expected, freedom)) in
            sums.into_iter().zip([(4.0, 5.0), (1.0, 4.0), (0.25, 20.0)])
        {
            let error = 1.2 * expected * (2.0_f64 / freedom / tables as f64).sqrt();
            assert!((found - expected).abs() < 4.0 * error, "{found} for {expected}");
        }
    }
}
