//! Chooses the best of several policies: until it is known with a probability, or as well as a budget allows.
//!
//! Without a budget it is [`kn`](crate::analysis::selection::kn), with one
//! `ocba`. One observation is the mean of a batch of replications, at least
//! `BATCH` and whole blocks of the design, so that observations have nothing to do with each other and are nearly
//! normal. Policies share their replications, so differences are taken in pairs.

use std::ops::Range;

use crate::analysis::selection::best_by::BestBy;
use crate::analysis::selection::kn::Constants;
use crate::analysis::selection::kn::Screening;
use crate::analysis::selection::kn::ScreeningError;
use crate::analysis::selection::kn::Wanted;
use crate::analysis::selection::ocba;
use crate::analysis::selection::probability::least_probability;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::Moments;

/// The fewest replications of an observation.
const BATCH: usize = 5;
/// The observations of the first stage.
const FIRST: usize = 10;
/// Observations that are simulated at a time once the first stage is over: a policy that is dropped by the first of them
/// has the others in vain, and threads have something to share.
const AHEAD: usize = 2;
/// The most replications of a policy.
pub const MOST: u32 = 10_000;
/// The observations that each policy has at least where a budget is spread.
const FLOOR: usize = 4;
/// The fewest replications a policy of a budget.
pub const LEAST_BUDGET: u32 = 20;
/// In so many turns a budget is spread.
const TURNS: usize = 10;
/// Where nobody says which difference does not matter, it is such that the choice is expected to end within so many
/// replications.
const WITHIN: usize = 1_000;

/// What is asked of a choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// How many policies there are.
    pub systems: usize,
    /// How many of the best are wanted, at least 1 and fewer than there are.
    pub best: usize,
    /// The probability, above 0.5 and below 1.
    pub probability: f64,
    /// The difference that does not matter, above 0, in the unit of the values; none for one that follows from what is
    /// seen.
    pub indifference: Option<f64>,
    /// Replications a policy that may be spent on average, at least [`LEAST_BUDGET`]; none to go on until the best is
    /// known.
    pub budget: Option<u32>,
    /// How the replications hang together.
    pub design: Design,
}

/// What is found of one policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Whether it is one of the best.
    pub chosen: bool,
    /// The stage in which it had its last replications, from 1.
    pub stage: usize,
    /// How many it had.
    pub replications: usize,
    /// Their mean.
    pub mean: f64,
    /// How far it is behind the chosen one with the lowest mean, over the replications that both have; none of a chosen
    /// one.
    pub behind: Option<Estimate>,
    /// After how many replications it was dropped.
    pub dropped_at: Option<usize>,
    /// A lower bound of the probability that it is judged rightly: of one that was not chosen, that it is not better than
    /// the chosen one by more than the indifference zone; of a chosen one, that no other is.
    pub probability_correct: f64,
    /// How many replications of it the same procedure would need with draws of its own for each policy; none where a
    /// budget is spread.
    pub independent: Option<usize>,
}

/// A choice that was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The difference that does not matter.
    pub indifference: f64,
    /// Whether the procedure came to its end: else the most replications came first.
    pub decided: bool,
    /// The policies, in their order.
    pub policies: Vec<Judged>,
}

/// A choice among policies of a scenario, with what it was made by.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// The criterion and the probability.
    pub by: BestBy,
    /// The unit of the criterion.
    pub unit: &'static str,
    /// Whether a budget was spread.
    pub has_budget: bool,
    /// The policies, by their places in the scenario.
    pub policies: Vec<usize>,
    /// What was found, in their order; means as they are written, not turned where less is better.
    pub choice: Choice,
}

/// Why no choice was made.
#[derive(Debug, thiserror::Error)]
pub enum ChoiceError<E> {
    /// The values cannot be had.
    #[error(transparent)]
    Sample(E),
    /// They cannot be compared.
    #[error(transparent)]
    Screening(#[from] ScreeningError),
}

/// Values of some policies over some replications, by policy; the larger the better.
type Sample<'s, E> = &'s mut dyn FnMut(&[usize], Range<usize>) -> Result<Vec<Vec<f64>>, E>;

/// Chooses the best. `sample` gives values of some policies, by their places, over some replications.
///
/// # Errors
///
/// Fails as `sample` does, and where values are not finite or what is asked is out of its range.
pub fn choose<E>(asked: Asked, sample: Sample<'_, E>) -> Result<Choice, ChoiceError<E>> {
    let state = State::begin(asked, sample)?;
    match asked.budget {
        None => screen(state, sample),
        Some(budget) => spread(state, budget as usize, sample),
    }
}

/// What is known so far.
struct State {
    asked: Asked,
    /// Replications of an observation.
    batch: usize,
    indifference: f64,
    /// The values of each policy, from the first replication on.
    values: Vec<Vec<f64>>,
    /// The stage in which each had its last replications.
    stages: Vec<usize>,
}

impl State {
    /// The first stage, in which all have the same number.
    fn begin<E>(asked: Asked, sample: Sample<'_, E>) -> Result<Self, ChoiceError<E>> {
        let batch = asked.design.whole_blocks(BATCH);
        let first = if asked.budget.is_some() { FLOOR } else { FIRST };
        let all: Vec<usize> = (0..asked.systems).collect();
        let values = sample(&all, 0..first * batch).map_err(ChoiceError::Sample)?;
        let mut state =
            Self { asked, batch, indifference: 0.0, stages: vec![1; values.len()], values };
        state.indifference = asked.indifference.unwrap_or_else(|| state.usual_indifference());
        Ok(state)
    }

    fn means(&self) -> Vec<f64> {
        self.values.iter().map(|values| Moments::of(values).mean().unwrap_or(0.0)).collect()
    }

    /// The indifference zone where none is stated: half the distance between the last of the best and the first of the
    /// others, by the means of the first stage, as a smaller one takes many replications for what is seen already; and no
    /// less than what ends within [`WITHIN`] replications. Policies whose distance does not vary are told apart at once.
    ///
    /// # Formula
    ///
    /// A policy that is d behind is dropped on average at n = h² S² / (δ (2 d + δ)) observations, so that
    /// δ = √(d² + h² S² / n) − d.
    fn usual_indifference(&self) -> f64 {
        let means = self.means();
        let order = self.order();
        let (best, others) = order.split_at(self.asked.best.min(order.len()));
        let Some(&last) = best.last() else { return 1.0 };
        let of_last = self.observations(last);
        let distance = |&other: &usize| {
            let pairs = of_last.iter().zip(self.observations(other));
            let differences: Vec<f64> = pairs.map(|(one, other)| one - other).collect();
            let variance = Moments::of(&differences).variance().unwrap_or(0.0);
            (variance > 0.0).then(|| (means[last] - means[other], variance))
        };
        let distances: Vec<(f64, f64)> = others.iter().filter_map(distance).collect();
        let per_variance = self.h_squared() / (WITHIN / self.batch).max(1) as f64;
        let ends = |&(behind, variance): &(f64, f64)| {
            (behind * behind + per_variance * variance).sqrt() - behind
        };
        let ends = distances.iter().map(ends).fold(0.0, f64::max);
        let nearest = distances.iter().map(|it| it.0).reduce(f64::min).unwrap_or(0.0);
        // Also where all are the same it is above 0.
        let above_zero = 1e-9 * means[last].abs().max(1.0);
        ends.max(0.5 * nearest).max(above_zero)
    }

    /// The policies from the best mean to the worst, the first of equals before the other.
    fn order(&self) -> Vec<usize> {
        let means = self.means();
        let mut order: Vec<usize> = (0..means.len()).collect();
        order.sort_by(|&one, &other| means[other].total_cmp(&means[one]).then(one.cmp(&other)));
        order
    }

    fn h_squared(&self) -> f64 {
        // It does not depend on the zone.
        let wanted = Wanted { difference: 1.0, ..self.wanted() };
        Constants::of(self.asked.systems, wanted).map_or(0.0, |it| it.h_squared)
    }

    /// One observation of each of some policies.
    fn observation(&self, policies: &[usize], number: usize) -> Vec<f64> {
        let range = number * self.batch..(number + 1) * self.batch;
        let mean = |&policy: &usize| {
            Moments::of(&self.values[policy][range.clone()]).mean().unwrap_or(f64::NAN)
        };
        policies.iter().map(mean).collect()
    }

    /// Takes in values of some policies.
    fn extend(&mut self, policies: &[usize], stage: usize, found: Vec<Vec<f64>>) {
        for (&policy, found) in policies.iter().zip(found) {
            self.values[policy].extend(found);
            self.stages[policy] = stage;
        }
    }

    /// The values of each policy by observation.
    fn observations(&self, policy: usize) -> Vec<f64> {
        let mean = |values: &[f64]| Moments::of(values).mean().unwrap_or(0.0);
        self.values[policy].chunks(self.batch).map(mean).collect()
    }

    /// The choice, where these are the best and the others were dropped after so many replications.
    fn choice(&self, chosen: &[usize], dropped: &[Option<usize>], decided: bool) -> Choice {
        let means = self.means();
        let last = chosen.iter().copied().min_by(|&a, &b| means[a].total_cmp(&means[b]));
        let last = last.unwrap_or(0);
        let others = || (0..means.len()).filter(|policy| !chosen.contains(policy));
        let independent = self.asked.budget.is_none().then(|| self.independent(last, chosen));
        let judged = |policy: usize| {
            let is_chosen = chosen.contains(&policy);
            let probability = if is_chosen {
                self.probability(policy, &others().collect::<Vec<_>>())
            } else {
                self.probability(last, &[policy])
            };
            Judged {
                chosen: is_chosen,
                stage: self.stages[policy],
                replications: self.values[policy].len(),
                mean: means[policy],
                behind: if is_chosen { None } else { self.ahead(last, policy) },
                dropped_at: dropped[policy],
                probability_correct: probability,
                independent: independent.as_ref().map(|all| all[policy]),
            }
        };
        let policies = (0..means.len()).map(judged).collect();
        Choice { indifference: self.indifference, decided, policies }
    }

    /// How far one policy is ahead of another, over the replications that both have.
    fn ahead(&self, one: usize, other: usize) -> Option<Estimate> {
        let pairs = self.values[one].iter().zip(&self.values[other]);
        let differences: Vec<f64> = pairs.map(|(one, other)| one - other).collect();
        Estimate::of(&differences, self.asked.design)
    }

    /// A lower bound of the probability that no other is better by more than the indifference zone.
    fn probability(&self, one: usize, others: &[usize]) -> f64 {
        let ahead = others.iter().filter_map(|&other| self.ahead(one, other));
        let (differences, errors): (Vec<f64>, Vec<f64>) =
            ahead.map(|it| (it.mean + self.indifference, it.se.unwrap_or(0.0))).unzip();
        least_probability(&differences, &errors).unwrap_or(0.0)
    }

    /// How many replications of each policy the screening would need with draws of its own for each.
    ///
    /// # Formula
    ///
    /// A policy that stays behind the best by d a replication is dropped where the lines of the procedure are crossed on
    /// average, at h² S² / (δ (2 d + δ)) observations, with S² the sum of both variances as there is no covariance, and
    /// not before the first stage is over. The best goes on as long as the last of the others.
    fn independent(&self, best: usize, chosen: &[usize]) -> Vec<usize> {
        let variance =
            |policy: usize| Moments::of(&self.observations(policy)).variance().unwrap_or(0.0);
        let means = self.means();
        let h_squared = self.h_squared();
        let of_best = variance(best);
        let needed = |policy: usize| {
            let behind = (means[best] - means[policy]).max(0.0);
            let spread = h_squared * (of_best + variance(policy));
            let crossed = spread / (self.indifference * (2.0 * behind + self.indifference));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded")]
            let crossed = crossed.ceil().min(1e9) as usize;
            crossed.max(FIRST) * self.batch
        };
        let mut all: Vec<usize> = (0..means.len()).map(needed).collect();
        let others = (0..means.len()).filter(|policy| !chosen.contains(policy));
        let longest = others.map(|policy| all[policy]).max().unwrap_or(FIRST * self.batch);
        for &policy in chosen {
            all[policy] = longest;
        }
        all
    }

    fn wanted(&self) -> Wanted {
        Wanted {
            difference: self.indifference,
            alpha: 1.0 - self.asked.probability,
            first: FIRST,
            best: self.asked.best,
        }
    }
}

/// Drops policies as replications come in until the best are left.
fn screen<E>(mut state: State, sample: Sample<'_, E>) -> Result<Choice, ChoiceError<E>> {
    let mut screening = Screening::new(state.asked.systems, state.wanted())?;
    let mut known = FIRST;
    let most = MOST as usize / state.batch;
    loop {
        while !screening.is_decided() && screening.observations() < known {
            let row = state.observation(screening.left(), screening.observations());
            screening.feed(&row)?;
        }
        if screening.is_decided() || known >= most {
            break;
        }
        let next = (known + AHEAD).min(most);
        let left = screening.left().to_vec();
        let found = sample(&left, known * state.batch..next * state.batch);
        state.extend(&left, next - FIRST + 1, found.map_err(ChoiceError::Sample)?);
        known = next;
    }
    let mut best = state.order();
    best.retain(|policy| screening.left().contains(policy));
    best.truncate(state.asked.best);
    let dropped: Vec<Option<usize>> =
        screening.dropped().iter().map(|at| at.map(|at| at * state.batch)).collect();
    Ok(state.choice(&best, &dropped, screening.is_decided()))
}

/// Spreads a budget over the policies, turn by turn, where it helps most to find the best.
fn spread<E>(
    mut state: State,
    budget: usize,
    sample: Sample<'_, E>,
) -> Result<Choice, ChoiceError<E>> {
    let (count, batch) = (state.asked.systems, state.batch);
    // In observations.
    let all = budget * count / batch;
    let turn = (all.saturating_sub(FLOOR * count) / TURNS).max(1);
    let mut spent = FLOOR * count;
    let mut turns = 1;
    while spent < all {
        turns += 1;
        let means = state.means();
        let system = |policy: usize| ocba::System {
            mean: means[policy],
            sd: Moments::of(&state.observations(policy)).standard_deviation().unwrap_or(0.0),
            cost: 1.0,
            runs: state.values[policy].len() / batch,
        };
        let systems: Vec<ocba::System> = (0..count).map(system).collect();
        let part = turn.min(all - spent) as f64;
        let more = ocba::allocate(&systems, part, FLOOR, state.indifference);
        let more = more.ok_or(ScreeningError::Wanted)?;
        let given: usize = more.iter().sum();
        if given == 0 {
            break;
        }
        for (policy, more) in more.into_iter().enumerate().filter(|(_, more)| *more > 0) {
            let first = state.values[policy].len();
            let found = sample(&[policy], first..first + more * batch);
            state.extend(&[policy], turns, found.map_err(ChoiceError::Sample)?);
        }
        spent += given;
    }
    let mut best = state.order();
    best.truncate(state.asked.best);
    Ok(state.choice(&best, &vec![None; count], true))
}

#[cfg(test)]
#[path = "choice_tests.rs"]
mod tests;
