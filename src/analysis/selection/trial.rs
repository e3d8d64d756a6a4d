//! Puts the choice of the best to the test on made-up problems whose best system is known, with
//! common random numbers and without.

use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution::normal;

use crate::analysis::selection::kn::Screening;
use crate::analysis::selection::kn::ScreeningError;
use crate::analysis::selection::kn::Wanted;

/// What is asked of each choice: a difference of about a quarter of a standard deviation. With one
/// of a half, most of what common random numbers need is the first stage, and they take 34 % of the
/// runs of independent draws, not 24 %.
const WANTED: Wanted = Wanted { difference: 0.25, alpha: 0.05, first: 10, best: 1 };

/// What part of a system's variance it shares with all others under common random numbers.
const SHARED: f64 = 0.8;

/// Where the numbers of systems begin; 0 is what they share.
const SYSTEMS: u64 = 1;

/// How choices came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many problems there were.
    pub problems: u64,
    /// In how many the best was chosen.
    pub correct: u64,
    /// Runs of a system, summed over systems and problems.
    pub runs: u64,
}

impl Outcome {
    /// The share of problems in which the best was chosen; 0 without problems.
    #[must_use]
    pub fn share_correct(&self) -> f64 {
        self.correct as f64 / self.problems.max(1) as f64
    }
}

/// The same problems twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trial {
    /// With common random numbers: systems share 80 % of their variance.
    pub common: Outcome,
    /// With draws of their own for each system.
    pub independent: Outcome,
}

/// Chooses the best of 3 to 10 systems in so many problems: in every other one the best is ahead of
/// all others by just the difference that matters, the hardest case; else by that or up to four
/// times as much. Values are normal, with standard deviations from 0.7 to 1.3.
///
/// Each problem depends on the seed and its number alone.
///
/// # Errors
///
/// Never in fact; the errors of [`Screening`] are passed on.
pub fn trial(problems: u64, seed: u64) -> Result<Trial, ScreeningError> {
    let mut trial = Trial::default();
    for problem in 0..problems {
        let problem = Problem::of(seed, problem);
        problem.choose(SHARED, &mut trial.common)?;
        problem.choose(0.0, &mut trial.independent)?;
    }
    Ok(trial)
}

/// A made-up problem.
struct Problem {
    key: Key,
    means: Vec<f64>,
    deviations: Vec<f64>,
    best: usize,
}

impl Problem {
    fn of(seed: u64, number: u64) -> Self {
        let key = Key::world(seed, number);
        let draw = |year: u16| key.uniform(year, Purpose::Analysis);
        let below = |u: f64, count: usize| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
            let place = (u * count as f64) as usize;
            place.min(count - 1)
        };
        let systems = 3 + below(draw(0), 8);
        let best = below(draw(1), systems);
        let of = |system: usize, year: u16| {
            key.entity(SYSTEMS + system as u64).uniform(year, Purpose::Analysis)
        };
        let behind = |system: usize| {
            if system == best {
                0.0
            } else if number.is_multiple_of(2) {
                WANTED.difference
            } else {
                WANTED.difference * (1.0 + 3.0 * of(system, 0))
            }
        };
        Self {
            key,
            means: (0..systems).map(|system| -behind(system)).collect(),
            deviations: (0..systems).map(|system| 0.7 + 0.6 * of(system, 1)).collect(),
            best,
        }
    }

    /// The value of a system in a replication.
    fn value(&self, system: usize, replication: u64, shared: f64) -> f64 {
        let draw =
            |of: u64| normal(self.key.entity(of).entity(replication).uniform(0, Purpose::Analysis));
        let common = if shared > 0.0 { shared.sqrt() * draw(0) } else { 0.0 };
        let own = (1.0 - shared).sqrt() * draw(SYSTEMS + system as u64);
        self.means[system] + self.deviations[system] * (common + own)
    }

    fn choose(&self, shared: f64, outcome: &mut Outcome) -> Result<(), ScreeningError> {
        let mut screening = Screening::new(self.means.len(), WANTED)?;
        let mut replication = 0;
        while !screening.is_decided() {
            let value = |&system: &usize| self.value(system, replication, shared);
            let row: Vec<f64> = screening.left().iter().map(value).collect();
            outcome.runs += row.len() as u64;
            screening.feed(&row)?;
            replication += 1;
        }
        outcome.problems += 1;
        outcome.correct += u64::from(screening.left() == [self.best]);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tries so many problems, and asserts what is promised of them.
    fn tried(problems: u64, seed: u64) -> Trial {
        let found = trial(problems, seed).unwrap();
        let Trial { common, independent } = found;
        assert_eq!((common.problems, independent.problems), (problems, problems));
        assert!(common.share_correct() >= 0.95, "{found:?}");
        assert!(independent.share_correct() >= 0.95, "{found:?}");
        assert!(3 * common.runs <= independent.runs, "{found:?}");
        found
    }

    #[test]
    fn common_draws_find_the_best_with_a_third_of_the_runs() {
        tried(100, 1);
        assert_eq!(trial(20, 1).unwrap(), trial(20, 1).unwrap());
    }

    /// `.ci/long selection` prints its figures.
    #[test]
    #[ignore = "takes longer than a test should"]
    fn a_thousand_problems() {
        let Trial { common, independent } = tried(1_000, 2);
        for (draws, outcome) in [("common", common), ("independent", independent)] {
            let (share, runs) = (100.0 * outcome.share_correct(), outcome.runs);
            println!("{draws} random numbers: {share:.1} % correct, {runs} simulations");
        }
        let share = 100.0 * common.runs as f64 / independent.runs as f64;
        println!("common random numbers take {share:.1} % of the simulations of independent draws");
    }

    #[test]
    fn without_problems_nothing_is_right() {
        assert_eq!(trial(0, 1).unwrap(), Trial::default());
        assert!(Outcome::default().share_correct().abs() < 1e-15);
    }
}
