//! Finds the best of several systems with a guarantee, dropping the others as soon as the
//! replications tell: the sequential procedure KN.
//!
//! # Guarantee
//!
//! If the best is better than all others by at least the indifference zone, it is chosen with
//! probability 1 − alpha or more. Where others lie within that zone of it, one of them may be
//! chosen instead. The guarantee holds for normal values whose replications have nothing to do
//! with each other, however systems are correlated within a replication, so common random numbers
//! are made use of.
//!
//! Replications of one block of a Latin hypercube do hang together. Their mean over a block is then
//! one observation.
//!
//! # Source
//!
//! Kim and Nelson (2001), ACM Transactions on Modeling and Computer Simulation 11, 251–273, with
//! their c = 1.

use crate::analysis::statistics::Moments;
use crate::random::math;

/// What is asked of a choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// The indifference zone: the smallest difference that matters, in the unit of the values,
    /// above 0.
    pub difference: f64,
    /// The probability that a wrong choice may have, above 0 and below 1/2.
    pub alpha: f64,
    /// The observations of the first stage, at least 2; 10 to 20 are usual. No system is dropped
    /// before.
    pub first: usize,
    /// How many of the best are wanted, at least 1.
    pub best: usize,
}

/// The constants of the procedure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Constants {
    /// η, without a unit.
    pub eta: f64,
    /// h², without a unit.
    pub h_squared: f64,
}

impl Constants {
    /// The constants for a choice among so many systems; `None` where [`Wanted`] is out of its
    /// range or no more systems are there than wanted.
    ///
    /// # Formula
    ///
    /// ```text
    /// η = ((2 alpha / pairs)^(−2 / (first − 1)) − 1) / 2,   h² = 2 η (first − 1)
    /// ```
    ///
    /// A pair is one of the m best with one of the k − m others, so there are m (k − m) of them; of
    /// a single best, k − 1 as in the source.
    #[must_use]
    pub fn of(systems: usize, wanted: Wanted) -> Option<Self> {
        let others = systems.checked_sub(wanted.best).filter(|&others| others > 0)?;
        let is_usable = wanted.best > 0
            && wanted.first > 1
            && wanted.alpha > 0.0
            && wanted.alpha < 0.5
            && wanted.difference > 0.0
            && wanted.difference.is_finite();
        if !is_usable {
            return None;
        }
        let pairs = (wanted.best * others) as f64;
        let freedom = (wanted.first - 1) as f64;
        let eta = 0.5 * (math::pow(2.0 * wanted.alpha / pairs, -2.0 / freedom) - 1.0);
        Some(Self { eta, h_squared: 2.0 * eta * freedom })
    }
}

/// Why a screening cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScreeningError {
    /// What is asked is out of its range: see [`Wanted`].
    #[error("difference, alpha, first stage or number of best ones is out of its range")]
    Wanted,
    /// There are not as many values as systems are left.
    #[error("{found} values for {expected} systems")]
    Count {
        /// How many systems are left.
        expected: usize,
        /// How many values there are.
        found: usize,
    },
    /// A value is not finite.
    #[error("the value of system {system} is not a finite number")]
    NotFinite {
        /// The place of the system among all.
        system: usize,
    },
}

/// A choice that is being made: systems, the observations so far, and which have been dropped.
///
/// # Several best
///
/// With m wanted, a system is dropped when m others have each been found better in pairs. Alpha is
/// shared evenly among the pairs of a system that is truly one of the m best and one that is
/// not. As long as all these pairs come out right, each of the best can lose only to the m − 1
/// others, so none is dropped, and each of the rest loses to all m in the end. (Bonferroni's
/// inequality; of one best it is the procedure of the source.)
#[derive(Clone, Debug)]
pub struct Screening {
    wanted: Wanted,
    h_squared: f64,
    /// The systems that are left, in rising order.
    left: Vec<usize>,
    observations: usize,
    /// The values of the first stage, by system.
    first: Vec<Vec<f64>>,
    /// The variances of differences in the first stage, by the places of two systems.
    variances: Vec<Vec<f64>>,
    /// The sums of all values so far, less their first value, by system.
    sums: Vec<f64>,
    /// The first value of each system, taken off so that sums lose no digits.
    origins: Vec<f64>,
    /// How many others have been found better than each.
    losses: Vec<usize>,
    /// Whether two systems have been told apart, by their places.
    told: Vec<Vec<bool>>,
    /// After how many observations each system was dropped.
    dropped: Vec<Option<usize>>,
}

impl Screening {
    /// Starts a choice among so many systems. No more than are wanted are all chosen at once.
    ///
    /// # Errors
    ///
    /// Fails if what is asked is out of its range.
    pub fn new(systems: usize, wanted: Wanted) -> Result<Self, ScreeningError> {
        // Whether the range is kept does not depend on the number of systems.
        let enough = Constants::of(systems.max(wanted.best.saturating_add(1)), wanted);
        let h_squared = enough.ok_or(ScreeningError::Wanted)?.h_squared;
        Ok(Self {
            wanted,
            h_squared,
            left: (0..systems).collect(),
            observations: 0,
            first: vec![Vec::new(); systems],
            variances: Vec::new(),
            sums: vec![0.0; systems],
            origins: vec![0.0; systems],
            losses: vec![0; systems],
            told: vec![vec![false; systems]; systems],
            dropped: vec![None; systems],
        })
    }

    /// The systems that are left, in rising order: those whose values [`Self::feed`] takes.
    #[must_use]
    pub fn left(&self) -> &[usize] {
        &self.left
    }

    /// Whether no more are left than were wanted.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        self.left.len() <= self.wanted.best
    }

    /// How many observations have been taken in.
    #[must_use]
    pub const fn observations(&self) -> usize {
        self.observations
    }

    /// After how many observations each system was dropped; `None` for one that is left.
    #[must_use]
    pub fn dropped(&self) -> &[Option<usize>] {
        &self.dropped
    }

    /// The mean of each system over its observations; `None` before the first.
    #[must_use]
    pub fn means(&self) -> Option<Vec<f64>> {
        let mean = |system: usize| {
            let count = self.dropped[system].unwrap_or(self.observations);
            self.origins[system] + self.sums[system] / count as f64
        };
        (self.observations > 0).then(|| (0..self.sums.len()).map(mean).collect())
    }

    /// Takes in one observation, a value for each system that is left, the larger the better, from
    /// the same replication, and drops what can be dropped. After the choice is made it changes
    /// nothing.
    ///
    /// # Errors
    ///
    /// Fails where the values do not fit or are not finite; nothing is taken in then.
    pub fn feed(&mut self, values: &[f64]) -> Result<(), ScreeningError> {
        let (expected, found) = (self.left.len(), values.len());
        if expected != found {
            return Err(ScreeningError::Count { expected, found });
        }
        let strange = self.left.iter().zip(values).find(|(_, value)| !value.is_finite());
        if let Some((&system, _)) = strange {
            return Err(ScreeningError::NotFinite { system });
        }
        if self.is_decided() {
            return Ok(());
        }
        for (&system, &value) in self.left.iter().zip(values) {
            if self.observations == 0 {
                self.origins[system] = value;
            }
            self.sums[system] += value - self.origins[system];
            if self.observations < self.wanted.first {
                self.first[system].push(value);
            }
        }
        self.observations += 1;
        if self.observations == self.wanted.first {
            self.end_first_stage();
        }
        if self.observations >= self.wanted.first {
            self.screen();
        }
        Ok(())
    }

    /// The variances of differences, from the first stage alone, as the guarantee has it.
    fn end_first_stage(&mut self) {
        let first = std::mem::take(&mut self.first);
        let variance = |one: &Vec<f64>, other: &Vec<f64>| {
            let differences: Vec<f64> = one.iter().zip(other).map(|(a, b)| a - b).collect();
            Moments::of(&differences).variance().unwrap_or(f64::MAX)
        };
        let row = |one| first.iter().map(|other| variance(one, other)).collect();
        self.variances = first.iter().map(row).collect();
    }

    /// By how much the sum of one system may stay behind that of another without being told
    /// apart.
    ///
    /// # Formula
    ///
    /// After r observations, max(0, h² S² / (2 difference) − r difference / 2).
    fn allowed(&self, one: usize, other: usize) -> f64 {
        let difference = self.wanted.difference;
        let spread = self.h_squared * self.variances[one][other] / difference;
        (0.5 * (spread - self.observations as f64 * difference)).max(0.0)
    }

    /// Tells systems apart and drops those that as many are better than as are wanted.
    fn screen(&mut self) {
        let total =
            |system: usize| self.origins[system] * self.observations as f64 + self.sums[system];
        let totals: Vec<f64> = (0..self.sums.len()).map(total).collect();
        let ahead_of = |one: usize, other: usize| {
            (self.origins[one] - self.origins[other]) * self.observations as f64
                + (self.sums[one] - self.sums[other])
        };
        let mut is_over = true;
        for (place, &one) in self.left.iter().enumerate() {
            for &other in &self.left[place + 1..] {
                if self.told[one][other] {
                    continue;
                }
                let (ahead, allowed) = (ahead_of(one, other), self.allowed(one, other));
                // Of two that are equal to the end, the first is as good as the other.
                let loser = if ahead > allowed || (allowed <= 0.0 && ahead >= 0.0) {
                    other
                } else if -ahead > allowed {
                    one
                } else {
                    is_over = false;
                    continue;
                };
                self.told[one][other] = true;
                self.losses[loser] += 1;
            }
        }
        // The worst go first, so that never fewer are left than wanted.
        let mut order = self.left.clone();
        order.sort_by(|&one, &other| totals[one].total_cmp(&totals[other]).then(other.cmp(&one)));
        let (beaten, others): (Vec<usize>, Vec<usize>) =
            order.into_iter().partition(|&system| self.losses[system] >= self.wanted.best);
        self.drop_some(&beaten);
        // Pairs within the indifference zone may beat each other in a circle, so that nobody
        // loses often enough; when all pairs are told apart, means decide.
        if is_over {
            self.drop_some(&others);
        }
    }

    /// Drops systems in this order until no more are left than wanted.
    fn drop_some(&mut self, systems: &[usize]) {
        for &system in systems.iter().take(self.left.len().saturating_sub(self.wanted.best)) {
            self.left.retain(|&it| it != system);
            self.dropped[system] = Some(self.observations);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::random::Key;
    use crate::random::Purpose;
    use crate::random::distribution::normal;

    use super::*;

    const WANTED: Wanted = Wanted { difference: 0.5, alpha: 0.05, first: 10, best: 1 };

    fn draw(run: u64, observation: usize, of: u64) -> f64 {
        let key = Key::world(run, observation as u64).entity(of);
        normal(key.uniform(0, Purpose::Analysis))
    }

    /// Feeds values until the choice is made; how many observations it took.
    fn decide(screening: &mut Screening, value: impl Fn(usize, usize) -> f64) -> usize {
        while !screening.is_decided() {
            let observation = screening.observations();
            let row: Vec<f64> =
                screening.left().iter().map(|&system| value(system, observation)).collect();
            screening.feed(&row).unwrap();
            assert!(observation < 100_000);
        }
        screening.observations()
    }

    /// By the formula of the source, with `SciPy`.
    #[test]
    fn constants_are_those_computed_elsewhere() {
        for (systems, first, eta, h_squared) in
            [(5, 10, 0.634_967_265, 11.429_410_773), (10, 20, 0.302_933_804, 11.511_484_539)]
        {
            let found = Constants::of(systems, Wanted { first, ..WANTED }).unwrap();
            assert!((found.eta - eta).abs() < 1e-9, "{found:?}");
            assert!((found.h_squared - h_squared).abs() < 1e-8, "{found:?}");
        }
    }

    #[test]
    fn the_best_wins_and_the_worst_go_first() {
        let mut screening = Screening::new(4, WANTED).unwrap();
        let value = |system: usize, at: usize| draw(1, at, system as u64) + system as f64;
        let count = decide(&mut screening, value);
        assert_eq!(screening.left(), [3]);
        let dropped = screening.dropped();
        assert_eq!((dropped[3], dropped[2]), (None, Some(count)));
        assert!(dropped[0] <= dropped[1] && dropped[1] <= dropped[2] && dropped[0] >= Some(10));
        let means = screening.means().unwrap();
        assert!((means[3] - 3.0).abs() < 1.0 && means.is_sorted());
    }

    /// In each of 60 choices among 8 systems, 3 of which are better by the difference that
    /// matters. Correct in 0.95 or more; 54 of 60 is two standard errors less.
    #[test]
    fn the_best_three_are_found() {
        let wanted = Wanted { best: 3, ..WANTED };
        let mut right = 0;
        for run in 0..60 {
            let mut screening = Screening::new(8, wanted).unwrap();
            let better = |system: usize| if [1, 4, 6].contains(&system) { 0.5 } else { 0.0 };
            let value = |system: usize, at: usize| draw(run, at, system as u64) + better(system);
            decide(&mut screening, value);
            assert_eq!(screening.left().len(), 3);
            right += u32::from(screening.left() == [1, 4, 6]);
        }
        assert!(right >= 54, "{right}");
    }

    /// The number of observations at which the choice is made at the latest, known after the first stage:
    /// 1 + the largest h² S² / difference² of two systems.
    fn latest(screening: &Screening) -> f64 {
        let square = screening.wanted.difference * screening.wanted.difference;
        let widest = screening.variances.iter().flatten().copied().fold(0.0, f64::max);
        1.0 + (screening.h_squared * widest / square).floor()
    }

    #[test]
    fn one_of_equals_is_chosen_and_it_ends() {
        // Exactly the same: after the first stage, the first.
        let mut screening = Screening::new(3, WANTED).unwrap();
        assert_eq!(decide(&mut screening, |_, at| draw(1, at, 0)), 10);
        assert_eq!(screening.left(), [0]);
        // A constant difference, however small, is told at once.
        let mut screening = Screening::new(2, WANTED).unwrap();
        let shifted = |system: usize, at: usize| draw(1, at, 0) + system as f64 * 1e-6;
        assert_eq!(decide(&mut screening, shifted), 10);
        assert_eq!(screening.left(), [1]);
        // The same but for chance: no later than is known after the first stage.
        for best in [1, 2, 3] {
            let mut screening = Screening::new(6, Wanted { best, ..WANTED }).unwrap();
            for at in 0..10 {
                let row: Vec<f64> = (0..6).map(|system| draw(2, at, system)).collect();
                screening.feed(&row).unwrap();
            }
            let latest = latest(&screening);
            let count = decide(&mut screening, |system, at| draw(2, at, system as u64));
            assert!(count as f64 <= latest, "{count} {latest}");
            assert_eq!(screening.left().len(), best);
        }
    }

    #[test]
    fn what_systems_share_does_not_matter() {
        let own = |system: usize, at: usize| draw(5, at, system as u64) + system as f64 * 0.4;
        let shared = |system: usize, at: usize| own(system, at) + 1e6 + 1e3 * draw(5, at, 99);
        let (mut one, mut other) =
            (Screening::new(5, WANTED).unwrap(), Screening::new(5, WANTED).unwrap());
        assert_eq!(decide(&mut one, own), decide(&mut other, shared));
        assert_eq!(one.dropped(), other.dropped());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let strange = |wanted: Wanted| Screening::new(3, wanted).unwrap_err();
        for wanted in [
            Wanted { difference: 0.0, ..WANTED },
            Wanted { difference: f64::NAN, ..WANTED },
            Wanted { alpha: 0.0, ..WANTED },
            Wanted { alpha: 0.5, ..WANTED },
            Wanted { first: 1, ..WANTED },
            Wanted { best: 0, ..WANTED },
        ] {
            assert_eq!(strange(wanted), ScreeningError::Wanted);
        }
        assert_eq!(Constants::of(1, WANTED), None);
        for systems in [0, 1] {
            let mut screening = Screening::new(systems, WANTED).unwrap();
            assert!(screening.is_decided());
            assert_eq!(screening.means(), None);
            screening.feed(&vec![1.0; systems]).unwrap();
            assert_eq!(screening.observations(), 0);
        }
        let mut screening = Screening::new(2, WANTED).unwrap();
        let found = screening.feed(&[1.0]).unwrap_err();
        assert_eq!(found, ScreeningError::Count { expected: 2, found: 1 });
        let found = screening.feed(&[1.0, f64::INFINITY]).unwrap_err();
        assert_eq!(found, ScreeningError::NotFinite { system: 1 });
        assert_eq!(screening.observations(), 0);
    }
}
