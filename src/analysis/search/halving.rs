//! Spends replications on the candidates that may still be the best: successive halving.
//!
//! All candidates are simulated on the same replications and judged by their paired differences to
//! the baseline. After each round the worse half is dropped and the replications of those that are
//! left are doubled. A candidate of the worse half stays as long as the replications do not tell it
//! from the last one of the better half, so that a good one is rarely lost to chance in an early
//! round.
//!
//! # Source
//!
//! Karnin, Koren and Somekh (2013), "Almost optimal exploration in multi-armed bandits", ICML, PMLR
//! 28, 1238–1246, who drop half without a look at the error and use each round's replications
//! alone. Here those of earlier rounds count too. The guard is a 95 % interval for each
//! comparison and round, which is no guarantee for all of them together:
//! [`crate::analysis::selection::kn`] gives one.

use std::ops::Range;

use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::Moments;

/// How candidates are halved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halving {
    /// Replications of the first round, rounded up to whole blocks, at least one block.
    pub first: usize,
    /// The most replications of any candidate, rounded up to whole blocks.
    pub ceiling: usize,
    /// How many candidates are wanted, at least 1.
    pub keep: usize,
    /// How the replications hang together.
    pub design: Design,
}

/// How a candidate did.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Its place among the candidates.
    pub candidate: usize,
    /// How many replications it was simulated in.
    pub replications: usize,
    /// The mean of its paired differences to the baseline over these.
    pub mean: f64,
    /// The round, from 1, after which it was dropped; `None` for one that is left.
    pub dropped_after: Option<usize>,
}

/// What halving led to.
#[derive(Clone, Debug, PartialEq)]
pub struct Halved {
    /// All candidates: those that are left first, the best mean first; then those that were
    /// dropped, the last dropped first.
    pub standings: Vec<Standing>,
    /// How many rounds there were.
    pub rounds: usize,
    /// Whether no more are left than were wanted; else the ceiling came first.
    pub is_decided: bool,
}

impl Halved {
    /// The candidates that are left, the best first.
    pub fn left(&self) -> impl Iterator<Item = usize> {
        self.standings.iter().filter(|it| it.dropped_after.is_none()).map(|it| it.candidate)
    }

    /// Replications that were simulated, summed over candidates.
    #[must_use]
    pub fn cost(&self) -> usize {
        self.standings.iter().map(|it| it.replications).sum()
    }
}

/// Why halving failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HalvingError<E> {
    /// The candidates could not be simulated.
    #[error(transparent)]
    Failed(E),
    /// What came back does not have one finite difference for each candidate and replication.
    #[error("a candidate lacks a finite difference in one of its replications")]
    Shape,
}

/// Halves candidates, numbered from 0 and as many as said, until no more than wanted are left or
/// the ceiling is reached.
///
/// `differences` simulates some candidates on some replications and gives for each, in their
/// order, its paired differences to the baseline, the larger the better. A range starts where the
/// candidate's last one ended, and both of its ends are whole blocks.
///
/// # Errors
///
/// Fails if `differences` does, or gives what does not fit.
pub fn halve<E>(
    candidates: usize,
    halving: Halving,
    mut differences: impl FnMut(&[usize], Range<usize>) -> Result<Vec<Vec<f64>>, E>,
) -> Result<Halved, HalvingError<E>> {
    let ceiling = halving.design.whole_blocks(halving.ceiling);
    let keep = halving.keep.max(1);
    let mut left: Vec<usize> = (0..candidates).collect();
    let mut values: Vec<Vec<f64>> = vec![Vec::new(); candidates];
    let mut dropped: Vec<Standing> = Vec::new();
    let (mut rounds, mut done) = (0, 0);
    // Also a single candidate is simulated once.
    while !left.is_empty() && (rounds == 0 || left.len() > keep && done < ceiling) {
        let next = if rounds == 0 { halving.first } else { 2 * done };
        let range = done..halving.design.whole_blocks(next).min(ceiling);
        (rounds, done) = (rounds + 1, range.end);
        let new = differences(&left, range.clone()).map_err(HalvingError::Failed)?;
        take_in(&mut values, &left, new, range.len()).ok_or(HalvingError::Shape)?;
        rank(&mut left, &values);
        let better = left.len().div_ceil(2).max(keep).min(left.len());
        let worse = left.split_off(better);
        let cut = &values[left[better - 1]];
        let (go, stay): (Vec<usize>, Vec<usize>) = worse
            .into_iter()
            .partition(|&candidate| is_told(cut, &values[candidate], halving.design));
        left.extend(stay);
        let out = go.into_iter().map(|candidate| standing(candidate, &values, Some(rounds)));
        dropped.splice(0..0, out);
    }
    let is_decided = left.len() <= keep;
    let mut standings: Vec<Standing> =
        left.into_iter().map(|candidate| standing(candidate, &values, None)).collect();
    standings.extend(dropped);
    Ok(Halved { standings, rounds, is_decided })
}

/// Appends what some candidates reached in a round of so many replications; `None` where it does
/// not fit.
fn take_in(
    values: &mut [Vec<f64>],
    candidates: &[usize],
    new: Vec<Vec<f64>>,
    replications: usize,
) -> Option<()> {
    let fits = |values: &Vec<f64>| {
        values.len() == replications && values.iter().all(|value| value.is_finite())
    };
    if new.len() != candidates.len() || !new.iter().all(fits) {
        return None;
    }
    for (&candidate, new) in candidates.iter().zip(new) {
        values[candidate].extend(new);
    }
    Some(())
}

/// Puts candidates into the order of their means, the best first; equals by their places.
fn rank(candidates: &mut [usize], values: &[Vec<f64>]) {
    let means: Vec<f64> = values.iter().map(|of| mean(of)).collect();
    candidates.sort_by(|&one, &other| means[other].total_cmp(&means[one]).then(one.cmp(&other)));
}

/// The mean; 0 without values.
fn mean(values: &[f64]) -> f64 {
    Moments::of(values).mean().unwrap_or_default()
}

fn standing(candidate: usize, values: &[Vec<f64>], dropped_after: Option<usize>) -> Standing {
    let of = &values[candidate];
    Standing { candidate, replications: of.len(), mean: mean(of), dropped_after }
}

/// Whether the paired 95 % interval says that one candidate is better than another.
fn is_told(better: &[f64], worse: &[f64], design: Design) -> bool {
    let paired: Vec<f64> = better.iter().zip(worse).map(|(one, other)| one - other).collect();
    Estimate::of(&paired, design).and_then(|of| of.ci_low).is_some_and(|low| low > 0.0)
}

#[cfg(test)]
mod tests {
    use crate::random::Key;
    use crate::random::Purpose;
    use crate::random::distribution::normal;

    use super::*;

    const HALVING: Halving =
        Halving { first: 20, ceiling: 1_000, keep: 1, design: Design::INDEPENDENT };

    /// Candidate c has mean −c/4, with chance that candidates share and chance of their own.
    fn value(run: u64, candidate: usize, replication: usize) -> f64 {
        let draw = |of: u64| {
            normal(Key::world(run, replication as u64).entity(of).uniform(0, Purpose::Calibration))
        };
        draw(1_000) + 0.5 * draw(candidate as u64) - candidate as f64 / 4.0
    }

    fn simulate(
        run: u64,
    ) -> impl FnMut(&[usize], Range<usize>) -> Result<Vec<Vec<f64>>, &'static str> {
        move |candidates, range| {
            let of = |&candidate: &usize| {
                range.clone().map(|replication| value(run, candidate, replication)).collect()
            };
            Ok(candidates.iter().map(of).collect())
        }
    }

    #[test]
    fn the_best_is_found_at_a_fraction_of_the_cost() {
        let (mut right, mut cost) = (0, 0);
        for run in 0..40 {
            let halved = halve(16, HALVING, simulate(run)).unwrap();
            right += usize::from(halved.left().next() == Some(0));
            cost += halved.cost();
            assert!(halved.is_decided);
            assert_eq!(halved.standings.len(), 16);
            let rounds = halved.standings.iter().map(|it| it.dropped_after.unwrap_or(9_999));
            assert!(rounds.is_sorted_by(|one, other| one >= other));
        }
        assert!(right >= 38, "{right}");
        // Of 16 candidates with 1,000 replications each; most fall in the first two rounds.
        assert!(cost < 40 * 16 * 1_000 / 10, "{cost}");
    }

    #[test]
    fn who_is_not_told_from_the_cut_stays() {
        // All the same but for chance: few are dropped, and the ceiling ends it.
        let even = |candidates: &[usize], range: Range<usize>| {
            let of = |&candidate: &usize| {
                let value = |at| value(3, candidate, at) + candidate as f64 / 4.0;
                range.clone().map(value).collect()
            };
            Ok::<_, ()>(candidates.iter().map(of).collect())
        };
        let few = Halving { ceiling: 40, ..HALVING };
        let halved = halve(8, few, even).unwrap();
        assert!(!halved.is_decided && halved.left().count() >= 5, "{halved:?}");
        assert_eq!((halved.rounds, halved.standings[0].replications), (2, 40));
        // Exactly the same: none is dropped.
        let same = |candidates: &[usize], range: Range<usize>| {
            Ok::<_, ()>(vec![vec![1.5; range.len()]; candidates.len()])
        };
        let halved = halve(5, few, same).unwrap();
        assert_eq!(halved.left().collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        assert!((halved.standings[0].mean - 1.5).abs() < 1e-15);
    }

    #[test]
    fn rounds_are_whole_blocks_and_never_simulated_twice() {
        let mut ranges = Vec::new();
        let design = Design::blocks_of(5);
        let halving = Halving { first: 3, ceiling: 33, keep: 2, design };
        let mut simulate = simulate(1);
        let halved = halve(6, halving, |candidates: &[usize], range| {
            ranges.push(range.clone());
            simulate(candidates, range)
        })
        .unwrap();
        assert_eq!(ranges[0], 0..5);
        assert!(ranges.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert!(ranges.iter().all(|range| range.end % 5 == 0 && range.end <= 35));
        assert_eq!(halved.rounds, ranges.len());
    }

    #[test]
    fn few_candidates_and_what_does_not_fit() {
        let halved = halve(1, HALVING, simulate(1)).unwrap();
        assert_eq!((halved.cost(), halved.rounds, halved.is_decided), (20, 1, true));
        assert!(halve(0, HALVING, simulate(1)).unwrap().standings.is_empty());
        let failing = |_: &[usize], _: Range<usize>| Err("stopped");
        assert_eq!(halve(3, HALVING, failing), Err(HalvingError::Failed("stopped")));
        for strange in
            [vec![], vec![vec![1.0; 20]; 2], vec![vec![1.0; 19]; 3], vec![vec![f64::NAN; 20]; 3]]
        {
            let found = halve(3, HALVING, |_, _| Ok::<_, &str>(strange.clone()));
            assert_eq!(found, Err(HalvingError::Shape));
        }
        let none = Halving { first: 0, ceiling: 0, keep: 0, design: Design::INDEPENDENT };
        assert_eq!(halve(2, none, simulate(1)).unwrap().cost(), 2);
    }
}
