//! Morris's elementary effects: a screening of many parameters by few runs.
//!
//! A trajectory starts at a random point of a grid and moves one group of parameters after the
//! other, so that k groups take k + 1 runs. The mean size of the moves of the output ranks the
//! groups.

use crate::analysis::statistics::Design;
use crate::analysis::statistics::Moments;
use crate::random::Key;
use crate::random::Purpose;

use crate::analysis::designed::Bootstrapped;
use crate::analysis::designed::Groups;
use crate::analysis::designed::Row;
use crate::analysis::statistics::resample::RESAMPLES;
use crate::analysis::statistics::resample::Resamples;
use crate::analysis::statistics::resample::drawn_sum;
use crate::analysis::statistics::resample::interval;

/// The levels on which a parameter can lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    levels: u32,
    low: f64,
    high: f64,
}

impl Grid {
    /// Four levels from 0 to 1, the usual grid. A distribution without bounds has no value at
    /// probability 0 or 1: see [`Self::INNER`].
    pub const WHOLE: Self = Self { levels: 4, low: 0.0, high: 1.0 };

    /// Four levels between the 5 % and the 95 % quantile.
    pub const INNER: Self = Self { levels: 4, low: 0.05, high: 0.95 };

    /// So many levels at equal distances from the probability `low` to `high`.
    ///
    /// `None` unless the number is even and positive and 0 ≤ low < high ≤ 1.
    #[must_use]
    pub fn new(levels: u32, low: f64, high: f64) -> Option<Self> {
        let is_grid =
            levels >= 2 && levels.is_multiple_of(2) && 0.0 <= low && low < high && high <= 1.0;
        is_grid.then_some(Self { levels, low, high })
    }

    /// The coordinate of a level.
    fn coordinate(self, level: u32) -> f64 {
        let share = f64::from(level) / f64::from(self.levels - 1);
        // So both ends are exact.
        self.low * (1.0 - share) + self.high * share
    }

    /// The level to which a parameter moves: half the levels up or, where there are not so many,
    /// down. Every move is reached from either side, so all levels are met equally often.
    const fn partner(self, level: u32) -> u32 {
        let half = self.levels / 2;
        if level < half { level + half } else { level - half }
    }

    /// The length of a move as a share of the way from low to high: of four levels 2/3.
    fn step(self) -> f64 {
        f64::from(self.levels / 2) / f64::from(self.levels - 1)
    }
}

/// The id of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// The trajectory, from 0.
    pub trajectory: usize,
    /// How many groups have moved.
    pub step: usize,
}

/// What elementary effects say of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screened {
    /// The mean size of its effect: by how much the output changes if the group moves all the way
    /// from the lowest to the highest level. In the unit of the output.
    pub mu_star: Bootstrapped,
    /// The standard deviation of its effect over trajectories (divisor r − 1): large where the
    /// effect is not linear or depends on other parameters. Unknown for one trajectory, and for a
    /// group of several parameters, whose moves have no common sign.
    pub sigma: Option<Bootstrapped>,
}

/// A trajectory: where it starts, and which group moves when.
#[derive(Clone, Debug, PartialEq)]
struct Trajectory {
    /// The level of each parameter.
    start: Vec<u32>,
    /// The position of each group in the order of moves.
    position: Vec<usize>,
}

impl Trajectory {
    fn new(groups: &Groups, grid: Grid, key: Key) -> Self {
        let of = |kind: u64, number: usize| {
            key.entity(kind).entity(number as u64).uniform(0, Purpose::Analysis)
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below levels")]
        let level = |parameter| (of(0, parameter) * f64::from(grid.levels)) as u32;
        let start = (0..groups.parameters()).map(|it| level(it).min(grid.levels - 1)).collect();
        let mut order: Vec<(f64, usize)> =
            (0..groups.count()).map(|group| (of(1, group), group)).collect();
        order.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut position = vec![0; order.len()];
        for (place, (_, group)) in order.into_iter().enumerate() {
            position[group] = place;
        }
        Self { start, position }
    }

    /// The levels after so many moves.
    fn levels(&self, groups: &Groups, grid: Grid, step: usize) -> Vec<u32> {
        let level = |(&level, &group): (&u32, &usize)| {
            if self.position[group] < step { grid.partner(level) } else { level }
        };
        self.start.iter().zip(groups.of_parameters()).map(level).collect()
    }
}

/// A Morris experiment: trajectories through the grid.
///
/// # Formula
///
/// With Δ the length of a move, e the effect of one of them and r trajectories,
///
/// ```text
/// e = ± (y after − y before) / Δ;  μ* = Σ |e| / r;  σ² = Σ (e − Σ e / r)² / (r − 1)
/// ```
///
/// where the sign is that of the move.
///
/// # Source
///
/// Morris (1991), Technometrics 33, 161–174; μ* and groups: Campolongo, Cariboni and Saltelli
/// (2007), Environmental Modelling & Software 22, 1509–1518.
#[derive(Clone, Debug, PartialEq)]
pub struct Morris {
    groups: Groups,
    grid: Grid,
    trajectories: Vec<Trajectory>,
    seed: u64,
}

impl Morris {
    /// So many random trajectories. More of them change none that is there.
    #[must_use]
    pub fn new(groups: Groups, grid: Grid, trajectories: usize, seed: u64) -> Self {
        // A replication that no run has keeps these words apart from those of the draws.
        let world = Key::world(seed, u64::MAX - 2);
        let trajectory =
            |number: usize| Trajectory::new(&groups, grid, world.entity(number as u64));
        let trajectories = (0..trajectories).map(trajectory).collect();
        Self { groups, grid, trajectories, seed }
    }

    /// How many trajectories it has.
    #[must_use]
    pub const fn trajectories(&self) -> usize {
        self.trajectories.len()
    }

    /// So many trajectories that lie far apart, chosen from `candidates` random ones.
    ///
    /// First come the two that are farthest from each other, then one by one that with the largest
    /// sum of squared distances to those chosen. The distance of two trajectories is the sum over
    /// all pairs of their points. The work grows as (candidates · groups)² · parameters.
    ///
    /// # Source
    ///
    /// The distance: Campolongo and others (2007). The choice one by one: Ruano and others (2012),
    /// Environmental Modelling & Software 37, 103–109.
    #[must_use]
    pub fn spread(
        groups: Groups,
        grid: Grid,
        trajectories: usize,
        candidates: usize,
        seed: u64,
    ) -> Self {
        let all = Self::new(groups, grid, candidates.max(trajectories), seed);
        if trajectories < 2 || trajectories >= all.trajectories.len() {
            return Self::new(all.groups, grid, trajectories, seed);
        }
        let squares = all.squared_distances();
        let chosen = farthest(&squares, trajectories);
        let trajectories =
            chosen.into_iter().map(|number| all.trajectories[number].clone()).collect();
        Self { trajectories, ..all }
    }

    /// How many rows there are: trajectories times one more than groups.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.trajectories.len() * (self.groups.count() + 1)
    }

    /// The rows: trajectory by trajectory, each from its start to its end.
    pub fn rows(&self) -> impl Iterator<Item = Row<Step>> {
        let steps = 0..self.trajectories.len();
        steps.flat_map(move |trajectory| {
            (0..=self.groups.count()).map(move |step| {
                let levels = self.trajectories[trajectory].levels(&self.groups, self.grid, step);
                let point = levels.into_iter().map(|it| self.grid.coordinate(it)).collect();
                Row { id: Step { trajectory, step }, point }
            })
        })
    }

    /// What the outputs of [`Self::rows`], in their order, say of each group.
    ///
    /// Intervals are by the bootstrap over trajectories. Of trajectories chosen to lie apart they
    /// hold only roughly, as these are no independent draws. `None` without trajectories, for
    /// another number of outputs, or where one is not finite.
    #[must_use]
    pub fn screen(&self, outputs: &[f64]) -> Option<Vec<Screened>> {
        let (trajectories, runs) = (self.trajectories.len(), self.groups.count() + 1);
        let is_whole = trajectories > 0 && outputs.len() == self.count();
        if !is_whole || outputs.iter().any(|output| !output.is_finite()) {
            return None;
        }
        let effects = |group| -> Vec<f64> {
            let of_runs = self.trajectories.iter().zip(outputs.chunks(runs));
            of_runs.map(|(trajectory, outputs)| self.effect(group, trajectory, outputs)).collect()
        };
        let resamples = Resamples::new(self.seed, trajectories, Design::INDEPENDENT);
        let drawn: Vec<Vec<u32>> = if trajectories > 1 {
            (0..RESAMPLES).map(|number| resamples.times(number)).collect()
        } else {
            Vec::new()
        };
        (0..self.groups.count())
            .map(|group| {
                let effects = effects(group);
                let is_single = self.groups.only_parameter(group).is_some();
                let sigma = if is_single { deviation(&effects, &drawn) } else { None };
                Some(Screened { mu_star: mean_size(&effects, &drawn)?, sigma })
            })
            .collect()
    }

    /// The effect of a group in one trajectory; of a group of several parameters its sign says
    /// nothing.
    fn effect(&self, group: usize, trajectory: &Trajectory, outputs: &[f64]) -> f64 {
        let before = trajectory.position[group];
        let change = (outputs[before + 1] - outputs[before]) / self.grid.step();
        let falls = self.groups.only_parameter(group).is_some_and(|parameter| {
            let level = trajectory.start[parameter];
            self.grid.partner(level) < level
        });
        if falls { -change } else { change }
    }

    /// The squared distances of trajectories from each other, by number of either.
    fn squared_distances(&self) -> Vec<Vec<f64>> {
        let points: Vec<Vec<Vec<u32>>> = self
            .trajectories
            .iter()
            .map(|it| {
                let steps = 0..=self.groups.count();
                steps.map(|step| it.levels(&self.groups, self.grid, step)).collect()
            })
            .collect();
        let mut squares = vec![vec![0.0; points.len()]; points.len()];
        for (one, here) in points.iter().enumerate() {
            for (other, there) in points[..one].iter().enumerate() {
                let of_pair =
                    |from: &Vec<u32>| there.iter().map(|to| distance(from, to)).sum::<f64>();
                let distance: f64 = here.iter().map(of_pair).sum();
                squares[one][other] = distance * distance;
                squares[other][one] = distance * distance;
            }
        }
        squares
    }
}

/// The distance of two points, in levels.
fn distance(from: &[u32], to: &[u32]) -> f64 {
    let square = |(&one, &other): (&u32, &u32)| {
        let apart = f64::from(one.abs_diff(other));
        apart * apart
    };
    from.iter().zip(to).map(square).sum::<f64>().sqrt()
}

/// So many that lie far apart, at least two of at least three, by number; of equals the first.
fn farthest(squares: &[Vec<f64>], count: usize) -> Vec<usize> {
    let mut pair = (1, 0);
    for one in 1..squares.len() {
        for other in 0..one {
            if squares[one][other] > squares[pair.0][pair.1] {
                pair = (one, other);
            }
        }
    }
    let mut chosen = vec![pair.0, pair.1];
    let mut sums: Vec<f64> =
        (0..squares.len()).map(|it| squares[pair.0][it] + squares[pair.1][it]).collect();
    while chosen.len() < count {
        let left = (0..squares.len()).filter(|it| !chosen.contains(it));
        let Some(next) = left.reduce(|best, it| if sums[it] > sums[best] { it } else { best })
        else {
            break;
        };
        chosen.push(next);
        for (sum, square) in sums.iter_mut().zip(&squares[next]) {
            *sum += square;
        }
    }
    chosen.sort_unstable();
    chosen
}

/// The mean size of effects.
fn mean_size(effects: &[f64], drawn: &[Vec<u32>]) -> Option<Bootstrapped> {
    let sizes: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
    let count = sizes.len() as f64;
    let of_resamples: Vec<f64> =
        drawn.iter().map(|times| drawn_sum(times, &sizes) / count).collect();
    let value = Moments::of(&sizes).mean()?;
    Some(Bootstrapped { value, interval: interval(&of_resamples, 0.95, effects.len()) })
}

/// The standard deviation of effects.
fn deviation(effects: &[f64], drawn: &[Vec<u32>]) -> Option<Bootstrapped> {
    let moments = Moments::of(effects);
    let (mean, value) = (moments.mean()?, moments.standard_deviation()?);
    let deviations: Vec<f64> = effects.iter().map(|effect| effect - mean).collect();
    let squares: Vec<f64> = deviations.iter().map(|it| it * it).collect();
    let count = effects.len() as f64;
    let of_resample = |times: &Vec<u32>| {
        let shift = drawn_sum(times, &deviations);
        let square = drawn_sum(times, &squares) - shift * shift / count;
        (square.max(0.0) / (count - 1.0)).sqrt()
    };
    let of_resamples: Vec<f64> = drawn.iter().map(of_resample).collect();
    Some(Bootstrapped { value, interval: interval(&of_resamples, 0.95, effects.len()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::analysis::designed::known::ishigami;

    fn screened(morris: &Morris, model: impl Fn(&[f64]) -> f64) -> Vec<Screened> {
        let outputs: Vec<f64> = morris.rows().map(|row| model(&row.point)).collect();
        morris.screen(&outputs).unwrap()
    }

    /// By hand: on four levels between −π and π the sine is 0 or ±√3/2, and every move of the first
    /// changes it by √3/2, of the second its square by 3/4, of the third x⁴ by 80/81 π⁴. At 10,000
    /// trajectories `SALib` 1.6 gives μ* 7.682808, 7.875 and 6.256295.
    #[test]
    fn effects_of_ishigami_are_those_by_hand() {
        let pi4 = 97.409_091_034;
        let (sine, of_step) = (0.75_f64.sqrt(), 1.5);
        let slopes = [1.0 + 0.1 * pi4, 1.0 + 0.1 * pi4 / 81.0].map(|it| it * sine * of_step);
        let first = f64::midpoint(slopes[0], slopes[1]);
        let third = 0.1 * pi4 * 80.0 / 81.0 * sine * of_step;
        let mu_star = [first, 7.875, third / 2.0];
        let sigma = [(slopes[0] - slopes[1]) / 2.0, 7.875, third / 2.0_f64.sqrt()];
        assert!((mu_star[0] - 7.704).abs() < 1e-3 && (mu_star[2] - 6.249).abs() < 1e-3);
        // The standard deviations of sizes: 6.249, 0 and 6.249.
        let within = [6.249, 0.0, 6.249].map(|sd| 4.0 * sd / 2_000_f64.sqrt() + 1e-9);
        for seed in [1, 7] {
            let morris = Morris::new(Groups::single(3), Grid::WHOLE, 2_000, seed);
            for (place, found) in screened(&morris, ishigami).into_iter().enumerate() {
                let it = found.mu_star;
                assert!((it.value - mu_star[place]).abs() < within[place], "{place}: {it:?}");
                let (low, high) = it.interval.unwrap();
                assert!(low <= it.value + 1e-9 && it.value <= high + 1e-9);
                let sigma = found.sigma.unwrap().value / sigma[place];
                assert!((sigma - 1.0).abs() < 0.05, "{place}: {sigma}");
            }
        }
    }

    /// Of a sum every effect is the weight, and nothing is uncertain.
    #[test]
    fn effects_of_a_sum_are_its_weights() {
        for grid in [Grid::WHOLE, Grid::INNER, Grid::new(6, 0.1, 0.7).unwrap()] {
            let morris = Morris::new(Groups::single(3), grid, 10, 4);
            let found = screened(&morris, |point| 2.0 * point[0] - 5.0 * point[1]);
            let range = grid.high - grid.low;
            for (one, weight) in found.iter().zip([2.0, 5.0, 0.0]) {
                let (low, high) = one.mu_star.interval.unwrap();
                for mu_star in [one.mu_star.value, low, high] {
                    assert!((mu_star - weight * range).abs() < 1e-12);
                }
                let sigma = one.sigma.unwrap();
                assert!(sigma.value < 1e-12 && sigma.interval.unwrap().1 < 1e-12);
            }
        }
    }

    /// A group moves as one: only rows of its step differ in its parameters, and all of them do.
    #[test]
    fn a_group_moves_as_one() {
        let groups = Groups::new(vec![0, 1, 0, 2]).unwrap();
        let morris = Morris::new(groups.clone(), Grid::WHOLE, 20, 9);
        let rows: Vec<_> = morris.rows().collect();
        assert_eq!(rows.len(), 20 * 4);
        for trajectory in rows.chunks(4) {
            let mut met = Vec::new();
            for pair in trajectory.windows(2) {
                let moved: Vec<usize> = (0..4)
                    .filter(|&it| (pair[0].point[it] - pair[1].point[it]).abs() > 0.5)
                    .collect();
                let group = groups.of_parameters()[moved[0]];
                let members: Vec<usize> =
                    (0..4).filter(|&it| groups.of_parameters()[it] == group).collect();
                assert_eq!(moved, members);
                met.push(group);
            }
            met.sort_unstable();
            assert_eq!(met, [0, 1, 2]);
        }
        let found = screened(&morris, |point| point[0] + point[1] + point[2]);
        assert_eq!(found[0].sigma, None);
        assert!((found[1].mu_star.value - 1.0).abs() < 1e-12);
        assert!(found[2].mu_star.value.abs() < 1e-12);
    }

    #[test]
    fn more_trajectories_leave_the_first_unchanged() {
        let rows = |count| Morris::new(Groups::single(5), Grid::WHOLE, count, 3);
        let (few, many) = (rows(4), rows(9));
        assert!(few.rows().zip(many.rows()).all(|(one, other)| one == other));
        assert_ne!(few, Morris::new(Groups::single(5), Grid::WHOLE, 4, 4));
    }

    /// Chosen trajectories lie farther apart than the first as many.
    #[test]
    fn spread_trajectories_lie_apart() {
        let mean_square = |morris: &Morris| {
            let squares = morris.squared_distances();
            squares.iter().flatten().sum::<f64>()
        };
        for seed in 0..5 {
            let spread = Morris::spread(Groups::single(4), Grid::WHOLE, 6, 40, seed);
            assert_eq!(spread.trajectories.len(), 6);
            let plain = Morris::new(Groups::single(4), Grid::WHOLE, 6, seed);
            assert!(mean_square(&spread) > 1.1 * mean_square(&plain));
            let found = screened(&spread, |point| point[1] - point[3]);
            assert!((found[3].mu_star.value - 1.0).abs() < 1e-12);
        }
        let all = Morris::spread(Groups::single(4), Grid::WHOLE, 6, 0, 1);
        assert_eq!(all, Morris::new(Groups::single(4), Grid::WHOLE, 6, 1));
    }

    #[test]
    fn what_cannot_be_known_is_none() {
        let one = Morris::new(Groups::single(2), Grid::WHOLE, 1, 1);
        let found = one.screen(&[1.0, 2.0, 4.0]).unwrap();
        assert!(found.iter().all(|it| it.mu_star.interval.is_none() && it.sigma.is_none()));
        assert_eq!(one.screen(&[1.0, 2.0]), None);
        assert_eq!(one.screen(&[1.0, f64::NAN, 2.0]), None);
        assert_eq!(Morris::new(Groups::single(2), Grid::WHOLE, 0, 1).screen(&[]), None);
        let nothing = Morris::new(Groups::single(0), Grid::WHOLE, 2, 1);
        assert_eq!(nothing.screen(&[1.0, 1.0]), Some(Vec::new()));
        assert_eq!(Grid::new(3, 0.0, 1.0), None);
        assert_eq!(Grid::new(4, 0.5, 0.5), None);
        assert_eq!(Grid::new(4, f64::NAN, 1.0), None);
    }
}
