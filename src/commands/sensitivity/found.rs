//! What a design says of the outcomes at its points.

use crate::analysis::designed::experiment::Outputs;
use crate::analysis::designed::morris::Grid;
use crate::analysis::designed::morris::Morris;
use crate::analysis::designed::morris::Screened;
use crate::analysis::designed::onebyone;
use crate::analysis::designed::onebyone::Moved as At;
use crate::analysis::designed::onebyone::Swing;
use crate::analysis::designed::sobol::Matrix;
use crate::analysis::designed::sobol::Shares;
use crate::analysis::designed::sobol::Sobol;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::commands::sensitivity::error::SensitivityError;
use crate::commands::sensitivity::groups::Moved;

/// A design of one of the methods.
pub(super) enum Plan {
    /// Elementary effects.
    Morris(Morris),
    /// Shares of variance, and by how many base rows.
    Sobol(Sobol, usize),
    /// Each parameter by itself.
    OneByOne(usize),
}

/// What one outcome does, by group in their order.
pub(super) enum Effects {
    /// Elementary effects, and from how many trajectories.
    Morris(Vec<Screened>, usize),
    /// Shares of variance, and from how many base rows.
    Sobol(Vec<Shares>, usize),
    /// Swings, and the estimate of each over replications.
    OneByOne(Vec<(Swing, Option<Estimate>)>),
}

impl Plan {
    /// A screening by so many trajectories.
    pub(super) fn morris(moved: &Moved, trajectories: usize, seed: u64) -> Self {
        Self::Morris(Morris::new(moved.groups.clone(), Grid::INNER, trajectories, seed))
    }

    /// Indices from so many base rows.
    ///
    /// # Errors
    ///
    /// Fails where there are none, or too many.
    pub(super) fn sobol(moved: &Moved, rows: usize, seed: u64) -> Result<Self, SensitivityError> {
        let sobol = Sobol::new(moved.groups.clone(), rows, seed);
        sobol
            .map(|sobol| Self::Sobol(sobol, rows))
            .ok_or(SensitivityError::BaseRows(Sobol::MOST_BASE_ROWS))
    }

    /// The points, each with what it is called.
    pub(super) fn rows(&self, moved: &Moved) -> Vec<(String, Vec<f64>)> {
        match self {
            Self::Morris(morris) => morris
                .rows()
                .map(|row| {
                    let id = row.id;
                    (format!("trajectory {}, step {}", id.trajectory + 1, id.step), row.point)
                })
                .collect(),
            Self::Sobol(sobol, _) => sobol
                .rows()
                .map(|row| {
                    let matrix = match row.id.matrix {
                        Matrix::A => "A".to_owned(),
                        Matrix::B => "B".to_owned(),
                        Matrix::Mixed(group) => format!("A with {} of B", moved.names[group]),
                    };
                    (format!("base row {}, {matrix}", row.id.base + 1), row.point)
                })
                .collect(),
            Self::OneByOne(parameters) => onebyone::rows(*parameters)
                .map(|row| {
                    let id = match row.id {
                        At::Nothing => "centre".to_owned(),
                        At::Low(of) => format!("{} low", moved.names[of]),
                        At::High(of) => format!("{} high", moved.names[of]),
                    };
                    (id, row.point)
                })
                .collect(),
        }
    }

    /// What the outputs say of an outcome; nothing where its variance is 0.
    pub(super) fn effects(&self, outputs: &Outputs, outcome: usize) -> Option<Effects> {
        let means: Vec<f64> = outputs.iter().map(|row| mean(&row[outcome])).collect();
        match self {
            Self::Morris(morris) => {
                let screened = morris.screen(&means)?;
                Some(Effects::Morris(screened, morris.trajectories()))
            }
            Self::Sobol(sobol, rows) => {
                let mut shares = sobol.indices(&means)?;
                if *rows < FEWEST_BASE_ROWS {
                    shares.iter_mut().for_each(without_intervals);
                }
                Some(Effects::Sobol(shares, *rows))
            }
            Self::OneByOne(_) => {
                let swings = onebyone::swings(&means)?;
                // After the centre the low and the high row of each.
                let estimate = |place: usize| {
                    let [low, high] = [1, 2].map(|end| &outputs[2 * place + end][outcome]);
                    let paired: Vec<f64> = high.iter().zip(low).map(|(a, b)| a - b).collect();
                    Estimate::of(&paired, Design::INDEPENDENT)
                };
                let with = |(place, swing)| (swing, estimate(place));
                Some(Effects::OneByOne(swings.into_iter().enumerate().map(with).collect()))
            }
        }
    }
}

/// The share of the largest effect up to which half the width of an interval counts as converged.
const CONVERGED: f64 = 0.05;

/// Resamples of fewer trajectories tell too little of how an effect varies to say that it has converged. Campolongo,
/// Cariboni and Saltelli (2007), Environmental Modelling & Software 22, 1509–1518, take 10 and more.
pub(super) const FEWEST_TRAJECTORIES: usize = 10;

/// Resamples of fewer base rows tell too little of how an index varies: their intervals leave out the index itself.
pub(super) const FEWEST_BASE_ROWS: usize = 32;

/// Takes away intervals that tell nothing.
fn without_intervals(shares: &mut Shares) {
    shares.first.interval = None;
    shares.total.interval = None;
    shares.converged = false;
}

impl Effects {
    /// How much each group does, by which they are ranked.
    pub(super) fn sizes(&self) -> Vec<f64> {
        match self {
            Self::Morris(all, _) => all.iter().map(|it| it.mu_star.value).collect(),
            Self::Sobol(all, _) => all.iter().map(|it| it.total.value).collect(),
            Self::OneByOne(all) => all.iter().map(|(swing, _)| swing.swing.abs()).collect(),
        }
    }

    /// The rank of each group, from 1.
    pub(super) fn ranks(&self) -> Vec<usize> {
        let sizes = self.sizes();
        let before = |place: usize| {
            let larger = |other: &usize| {
                let order = sizes[*other].total_cmp(&sizes[place]);
                order.is_gt() || (order.is_eq() && *other < place)
            };
            (0..sizes.len()).filter(larger).count()
        };
        (0..sizes.len()).map(|place| before(place) + 1).collect()
    }

    /// Whether each group has converged.
    pub(super) fn converged(&self) -> Vec<bool> {
        let largest = self.sizes().into_iter().fold(0.0, f64::max);
        let narrow = |half: Option<f64>| half.is_some_and(|half| half <= CONVERGED * largest);
        match self {
            Self::Morris(all, trajectories) => {
                let is_enough = *trajectories >= FEWEST_TRAJECTORIES;
                all.iter().map(|it| is_enough && narrow(it.mu_star.half_width())).collect()
            }
            Self::Sobol(all, _) => all.iter().map(|it| it.converged).collect(),
            Self::OneByOne(all) => {
                let half = |it: &Option<Estimate>| {
                    it.as_ref().and_then(|it| Some((it.ci_high? - it.ci_low?) / 2.0))
                };
                all.iter().map(|(_, estimate)| narrow(half(estimate))).collect()
            }
        }
    }
}

/// The mean over replications.
pub(super) fn mean(values: &[f64]) -> f64 {
    Estimate::of(values, Design::INDEPENDENT).map_or(0.0, |estimate| estimate.mean)
}
