//! Accounts of noise: how much of a result's variation is parameters, chance, or both together.
//!
//! Every one of some parameter vectors θ is simulated with every one of some lucks ω, under all
//! policies. A two-way analysis of variance without replication then splits the variance of each
//! result: the simulation has no noise of its own beyond ω, so the residual is the interaction.

use crate::analysis::layout::Table;
use crate::analysis::pairs::SHOWN;
use crate::analysis::statistics::Moments;
use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Progress;
use crate::experiment::batch::Workers;

/// The variance of one result, split.
///
/// # Formula
///
/// ```text
/// y_ij = mean + a_i + b_j + c_ij
/// parameters  = (MS_a - MS_c) / lucks,  chance = (MS_b - MS_c) / thetas,  interaction = MS_c
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
    /// Variance by both together: luck matters more under some parameters than under others.
    pub interaction: f64,
}

impl Components {
    /// Splits values by parameter vector and luck; `None` below two of either.
    #[must_use]
    pub fn of(values: &[Vec<f64>]) -> Option<Self> {
        let (thetas, lucks) = (values.len(), values.first()?.len());
        if thetas < 2 || lucks < 2 || values.iter().any(|row| row.len() != lucks) {
            return None;
        }
        let mean = |values: &[f64]| Moments::of(values).mean().unwrap_or_default();
        let rows: Vec<f64> = values.iter().map(|row| mean(row)).collect();
        let column = |luck: usize| mean(&values.iter().map(|row| row[luck]).collect::<Vec<f64>>());
        let columns: Vec<f64> = (0..lucks).map(column).collect();
        let whole = mean(&rows);
        let (n, m) = (thetas as f64, lucks as f64);
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
        let parts = [self.parameters, self.chance, self.interaction].map(|part| part.max(0.0));
        let whole: f64 = parts.iter().sum();
        (whole > 0.0).then(|| parts.map(|part| part / whole))
    }

    /// What more computing can shrink: chance and interaction, which averages over more histories
    /// take away; not the parameters, of which only more evidence does.
    #[must_use]
    pub fn more_helpful(&self) -> &'static str {
        match self.shares() {
            Some([parameters, ..]) if parameters > 0.5 => "evidence on parameters",
            Some(_) => "more replications",
            None => "nothing varies",
        }
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
}

/// Accounts of the headline results in the last year, of every policy's own values and of its
/// differences from the baseline.
///
/// # Errors
///
/// Fails as the simulation does, or when the work is stopped.
pub fn accounts(
    study: &Study,
    thetas: u32,
    lucks: u32,
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
    let pairs = thetas as usize * lucks as usize;
    let made = workers.map_in_order(pairs, Workspace::default, |workspace, number| {
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let (theta, luck) = (number / lucks, number % lucks);
        let values = study.values(theta);
        let values = study.replicate_with(&values, luck, workspace).map_err(Halted::Failed)?;
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
                    values.map(|all| all.chunks(lucks as usize).map(<[f64]>::to_vec).collect());
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

    #[test]
    fn components_are_unbiased() {
        let normal = |kind: u64, one: u64, other: u64, table: u64| {
            let key = Key::world(9, table).entity(kind).entity(one).entity(other);
            distribution::normal(key.uniform(0, Purpose::Calibration))
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
