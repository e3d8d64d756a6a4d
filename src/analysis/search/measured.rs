//! What a package reached, replication by replication, and when another one is better beyond chance.

use std::ops::Range;

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::search::front::Evaluation;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::quantiles;
use crate::analysis::statistics::resample::Resamples;
use crate::analysis::statistics::resample::interval;

/// Resamples by which a quantile's interval is told: each end lies between the fifth values from outside.
const RESAMPLES: usize = 200;

/// What a package adds to the baseline, one value a replication. All packages of a search are measured in the same
/// replications, in the same order, so that what two of them reached is paired.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Of each aim, policy less baseline, with the sign turned where less is better.
    pub aims: Vec<Vec<f64>>,
    /// Of each limit of the budget, by how much it is exceeded, as a share of it; negative below it.
    pub excess: Vec<Vec<f64>>,
    /// Present value of public cost `[{money}]`.
    pub cost: Vec<f64>,
    /// Public outlay of all years over the number of those after the vantage date, not discounted `[{money}/year]`.
    pub yearly: Vec<f64>,
}

impl Measured {
    /// How many replications it was measured in.
    #[must_use]
    pub const fn replications(&self) -> usize {
        self.cost.len()
    }

    /// Appends what was measured in further replications.
    pub fn extend(&mut self, more: Self) {
        let join = |all: &mut Vec<Vec<f64>>, more: Vec<Vec<f64>>| {
            all.resize(more.len().max(all.len()), Vec::new());
            for (all, more) in all.iter_mut().zip(more) {
                all.extend(more);
            }
        };
        join(&mut self.aims, more.aims);
        join(&mut self.excess, more.excess);
        self.cost.extend(more.cost);
        self.yearly.extend(more.yearly);
    }

    /// What packages reached in several worlds, `by_world[world][package]`, replication by replication, in each that of
    /// all worlds: they share its draws, so they stay together where errors are told by blocks of replications.
    #[must_use]
    pub fn interleaved(mut by_world: Vec<Vec<Self>>) -> Vec<Self> {
        if by_world.len() == 1 {
            return by_world.pop().unwrap_or_default();
        }
        let packages = by_world.first().map_or(0, Vec::len);
        let of_package = |package: usize| {
            let worlds: Vec<&Self> = by_world.iter().map(|all| &all[package]).collect();
            let mut found = Self::default();
            for place in 0..worlds.first().map_or(0, |world| world.replications()) {
                for world in &worlds {
                    found.extend(world.part(place..place + 1));
                }
            }
            found
        };
        (0..packages).map(of_package).collect()
    }

    /// What was measured in some of the replications.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Self {
        let of = |values: &Vec<f64>| values[range.clone()].to_vec();
        Self {
            aims: self.aims.iter().map(of).collect(),
            excess: self.excess.iter().map(of).collect(),
            cost: of(&self.cost),
            yearly: of(&self.yearly),
        }
    }

    /// Whether all values are finite.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        let money = self.cost.iter().chain(&self.yearly);
        self.aims.iter().chain(&self.excess).flatten().chain(money).all(|it| it.is_finite())
    }
}

/// By which figure of its replications an aim is judged.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Statistic {
    /// The mean.
    Mean,
    /// The quantile of this probability, of type 7.
    Quantile(f64),
}

/// A figure and its 95 % interval; none where too few replications tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The figure.
    pub value: f64,
    /// The interval.
    pub interval: Option<(f64, f64)>,
}

impl Figure {
    /// Whether its interval lies above 0.
    #[must_use]
    pub fn is_above_0(&self) -> bool {
        self.interval.is_some_and(|(low, _)| low > 0.0)
    }

    /// Whether its interval lies below 0.
    #[must_use]
    pub fn is_below_0(&self) -> bool {
        self.interval.is_some_and(|(_, high)| high < 0.0)
    }
}

/// How packages are judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// Of each aim, by which figure.
    pub statistics: Vec<Statistic>,
    /// Whether to cost less is a criterion too.
    pub cost_counts: bool,
    /// How the replications hang together.
    pub design: Design,
    /// The seed of resamples.
    pub seed: u64,
}

impl Rules {
    /// What a package reached, for the ranking of packages: figures of the aims, and the cost with its sign
    /// turned where it counts. The violation is the sum of the shares by which limits are exceeded on average.
    #[must_use]
    pub fn evaluation(&self, measured: &Measured) -> Evaluation {
        let objectives = self.criteria(measured);
        let objectives = objectives.into_iter().map(|(of, values)| of.value(&values)).collect();
        let exceeded = |values: &Vec<f64>| Statistic::Mean.value(values).max(0.0);
        Evaluation { objectives, violation: measured.excess.iter().map(exceeded).sum() }
    }

    /// The values of every criterion, more being better, and by which figure it is judged.
    fn criteria(&self, measured: &Measured) -> Vec<(Statistic, Vec<f64>)> {
        let aims = self.statistics.iter().copied().zip(measured.aims.iter().cloned());
        let cost = measured.cost.iter().map(|cost| -cost).collect();
        aims.chain(self.cost_counts.then_some((Statistic::Mean, cost))).collect()
    }

    /// Whether one package is better than another in every criterion, beyond chance: each paired 95 % interval
    /// lies above 0. Over the replications that both were measured in.
    #[must_use]
    pub fn is_clearly_better(&self, one: &Measured, other: &Measured) -> bool {
        let count = one.replications().min(other.replications());
        let (one, other) = (one.part(0..count), other.part(0..count));
        let (one, other) = (self.criteria(&one), self.criteria(&other));
        let mut pairs = one.iter().zip(&other).map(|((of, one), (_, other))| (*of, one, other));
        // The quick checks first: what is not better at all need not be resampled.
        pairs.clone().all(|(of, one, other)| of.value(one) > of.value(other))
            && pairs.all(|(of, one, other)| self.difference(of, one, other).is_above_0())
    }

    /// Whether a package exceeds a limit beyond chance.
    #[must_use]
    pub fn is_clearly_over(&self, measured: &Measured) -> bool {
        let zeros = vec![0.0; measured.replications()];
        let over =
            |values: &Vec<f64>| self.difference(Statistic::Mean, values, &zeros).is_above_0();
        measured.excess.iter().any(over)
    }

    /// A figure of one list of values, one a replication.
    #[must_use]
    pub fn figure(&self, of: Statistic, values: &[f64]) -> Figure {
        self.difference(of, values, &vec![0.0; values.len()])
    }

    /// The figure of one list less that of another over the same replications.
    ///
    /// The interval of a mean is by Student's t of the paired differences; of a quantile it is by the
    /// bootstrap of its difference over resamples of replications.
    #[must_use]
    pub fn difference(&self, of: Statistic, one: &[f64], other: &[f64]) -> Figure {
        let value = of.value(one) - of.value(other);
        let interval = match of {
            Statistic::Mean => {
                let paired: Vec<f64> =
                    one.iter().zip(other).map(|(one, other)| one - other).collect();
                let estimate = Estimate::of(&paired, self.design);
                estimate.and_then(|estimate| estimate.ci_low.zip(estimate.ci_high))
            }
            Statistic::Quantile(_) => {
                let resamples = Resamples::new(self.seed, one.len(), self.design);
                if resamples.units() < 4 {
                    return Figure { value, interval: None };
                }
                let figures = (0..RESAMPLES).map(|number| {
                    let times = resamples.times(number);
                    let drawn = |values: &[f64]| of.value(&drawn(values, &times, &resamples));
                    drawn(one) - drawn(other)
                });
                interval(&figures.collect::<Vec<_>>(), 0.95, resamples.units())
            }
        };
        Figure { value, interval }
    }
}

impl Statistic {
    /// The figure of some values; 0 without any.
    #[must_use]
    pub fn value(self, values: &[f64]) -> f64 {
        match self {
            Self::Mean => Estimate::of(values, Design::INDEPENDENT).map_or(0.0, |it| it.mean),
            Self::Quantile(p) => quantiles(values, [p]).map_or(0.0, |[value]| value),
        }
    }
}

/// The values, each as often as its unit is drawn.
fn drawn(values: &[f64], times: &[u32], resamples: &Resamples) -> Vec<f64> {
    let often = |(place, &value): (usize, &f64)| {
        std::iter::repeat_n(value, times[resamples.unit_of(place)] as usize)
    };
    values.iter().enumerate().flat_map(often).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worlds_stand_side_by_side_in_each_replication() {
        let of = |values: [f64; 2]| Measured {
            aims: vec![values.to_vec()],
            excess: Vec::new(),
            cost: values.to_vec(),
            yearly: values.to_vec(),
        };
        let by_world =
            vec![vec![of([1.0, 2.0]), of([5.0, 6.0])], vec![of([10.0, 20.0]), of([50.0, 60.0])]];
        let found = Measured::interleaved(by_world);
        let costs: Vec<Vec<f64>> = found.into_iter().map(|it| it.cost).collect();
        assert_eq!(costs, [[1.0, 10.0, 2.0, 20.0], [5.0, 50.0, 6.0, 60.0]]);
        assert_eq!(Measured::interleaved(vec![vec![of([1.0, 2.0])]]), [of([1.0, 2.0])]);
    }

    fn measured(aim: impl Fn(usize) -> f64, cost: f64) -> Measured {
        Measured {
            aims: vec![(0..40).map(aim).collect()],
            excess: vec![vec![cost / 10.0 - 1.0; 40]],
            cost: (0..40).map(|place| cost + f64::from(place % 3) / 10.0).collect(),
            yearly: vec![0.0; 40],
        }
    }

    fn rules(statistic: Statistic, cost_counts: bool) -> Rules {
        Rules { statistics: vec![statistic], cost_counts, design: Design::INDEPENDENT, seed: 1 }
    }

    /// What both have in common in a replication does not hide which is better; what they do not, does.
    #[test]
    fn better_is_told_by_pairs() {
        let common = |place: usize| 100.0 * ((place * 7) % 11) as f64;
        let noise = |place: usize| ((place * 5) % 13) as f64;
        let one = measured(|place| common(place) + noise(place) + 10.0, 5.0);
        let other = measured(common, 5.0);
        for statistic in [Statistic::Mean, Statistic::Quantile(0.1)] {
            let rules = rules(statistic, false);
            assert!(rules.is_clearly_better(&one, &other), "{statistic:?}");
            assert!(!rules.is_clearly_better(&other, &one));
            assert!(!rules.is_clearly_better(&one, &one));
        }
        let far = measured(|place| common((place * 3 + 1) % 40) + 10.0, 5.0);
        assert!(!rules(Statistic::Mean, false).is_clearly_better(&far, &other));
        // Where cost counts, what costs as much is not better in every criterion.
        assert!(!rules(Statistic::Mean, true).is_clearly_better(&one, &other));
    }

    /// With a quantile what is good on average and bad at worst loses to what is sure.
    #[test]
    fn a_quantile_prefers_what_is_sure() {
        let risky = measured(|place| if place % 2 == 0 { -50.0 } else { 200.0 }, 5.0);
        let sure = measured(|place| 20.0 + (place % 2) as f64, 5.0);
        assert!(rules(Statistic::Mean, false).is_clearly_better(&risky, &sure));
        assert!(rules(Statistic::Quantile(0.1), false).is_clearly_better(&sure, &risky));
    }

    #[test]
    fn what_exceeds_a_limit_is_told_and_ranks_behind() {
        let (within, over) = (measured(|_| 1.0, 9.0), measured(|_| 2.0, 12.0));
        let rules = rules(Statistic::Mean, true);
        assert!(rules.is_clearly_over(&over) && !rules.is_clearly_over(&within));
        assert!(rules.evaluation(&within).dominates(&rules.evaluation(&over)));
        assert!((rules.evaluation(&over).violation - 0.2).abs() < 1e-12);
    }

    #[test]
    fn parts_join_to_the_whole() {
        let whole = measured(|place| place as f64, 3.0);
        let mut joined = whole.part(0..15);
        joined.extend(whole.part(15..40));
        assert_eq!(joined, whole);
        let mut empty = Measured::default();
        empty.extend(whole.clone());
        assert_eq!(empty, whole);
    }
}
