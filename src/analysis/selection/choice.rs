//! Chooses the best of several policies: until it is known with a probability, or as well as a budget allows.
//!
//! Without a budget it is [`kn`](crate::analysis::selection::kn), with one
//! [`ocba`](crate::analysis::selection::ocba). One observation is the mean of a batch of replications, at least
//! [`BATCH`] and whole blocks of the design, so that observations have nothing to do with each other and are nearly
//! normal. Policies share their replications, so differences are taken in pairs.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use crate::analysis::decision::criterion::Criterion;
use crate::analysis::decision::criterion::CriterionError;
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
/// Where nobody says which difference does not matter, it is this share of the distance between the best and the worst
/// mean of the first stage.
pub const INDIFFERENT_SHARE: f64 = 0.05;

/// By which criterion the best is to be known, and with which probability.
#[derive(Clone, Debug, PartialEq)]
pub struct BestBy {
    /// The criterion.
    pub criterion: Criterion,
    /// The probability, above 0.5 and below 1.
    pub probability: f64,
}

/// Why a text asks for no best policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BestByError {
    /// It has not the form.
    #[error(
        "`{0}`: expected CRITERION=PROBABILITY, as in `economic_npv=0.95` or `min:public_cost_pv=0.9`"
    )]
    Form(String),
    /// The probability is none that can be asked for.
    #[error("`{0}`: expected a probability above 0.5 and below 1")]
    Range(String),
    /// The criterion is none.
    #[error(transparent)]
    Criterion(#[from] CriterionError),
}

impl FromStr for BestBy {
    type Err = BestByError;

    fn from_str(text: &str) -> Result<Self, BestByError> {
        let form = || BestByError::Form(text.to_owned());
        let (criterion, probability) = text.rsplit_once('=').ok_or_else(form)?;
        let probability = probability.trim().parse::<f64>().map_err(|_| form())?;
        if !(probability > 0.5 && probability < 1.0) {
            return Err(BestByError::Range(text.to_owned()));
        }
        Ok(Self { criterion: criterion.parse()?, probability })
    }
}

impl fmt::Display for BestBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.criterion, self.probability)
    }
}

/// What is asked of a choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// How many policies there are.
    pub systems: usize,
    /// How many of the best are wanted, at least 1 and fewer than there are.
    pub best: usize,
    /// The probability, above 0.5 and below 1.
    pub probability: f64,
    /// The difference that does not matter, above 0, in the unit of the values; none for a share of what is seen.
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
        state.indifference = asked.indifference.unwrap_or_else(|| state.distance_that_matters());
        Ok(state)
    }

    fn means(&self) -> Vec<f64> {
        self.values.iter().map(|values| Moments::of(values).mean().unwrap_or(0.0)).collect()
    }

    fn distance_that_matters(&self) -> f64 {
        let means = self.means();
        let highest = means.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let lowest = means.iter().copied().fold(f64::INFINITY, f64::min);
        let size = highest.abs().max(lowest.abs()).max(1.0);
        // Also where all are the same it is above 0.
        (INDIFFERENT_SHARE * (highest - lowest)).max(1e-9 * size)
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
        let wanted = self.wanted();
        let h_squared = Constants::of(means.len(), wanted).map_or(0.0, |it| it.h_squared);
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
    let mut best = screening.left().to_vec();
    let means = state.means();
    best.sort_by(|&one, &other| means[other].total_cmp(&means[one]).then(one.cmp(&other)));
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
    let mut stage = 1;
    while spent < all {
        stage += 1;
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
            state.extend(&[policy], stage, found.map_err(ChoiceError::Sample)?);
        }
        spent += given;
    }
    let means = state.means();
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&one, &other| means[other].total_cmp(&means[one]).then(one.cmp(&other)));
    order.truncate(state.asked.best);
    Ok(state.choice(&order, &vec![None; count], true))
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::random::Key;
    use crate::random::Purpose;
    use crate::random::distribution::normal;

    const ASKED: Asked = Asked {
        systems: 5,
        best: 1,
        probability: 0.95,
        indifference: Some(0.2),
        budget: None,
        design: Design::INDEPENDENT,
    };

    fn draw(run: u64, replication: usize, of: u64) -> f64 {
        let key = Key::world(run, replication as u64).entity(of);
        normal(key.uniform(0, Purpose::Calibration))
    }

    /// Policies with these means, a standard deviation of 1 of their own and of 3 that they share.
    fn chosen(asked: Asked, means: &[f64], run: u64) -> Choice {
        let mut sample = |policies: &[usize], range: Range<usize>| {
            let of = |&policy: &usize| {
                let value =
                    |at| means[policy] + 3.0 * draw(run, at, 99) + draw(run, at, policy as u64);
                range.clone().map(value).collect()
            };
            Ok::<_, Infallible>(policies.iter().map(of).collect())
        };
        choose(asked, &mut sample).unwrap()
    }

    fn best(choice: &Choice) -> Vec<usize> {
        let all = choice.policies.iter().enumerate();
        all.filter(|(_, it)| it.chosen).map(|(place, _)| place).collect()
    }

    #[test]
    fn what_is_asked_is_read() {
        let one: BestBy = "min:public_cost_pv=0.9".parse().unwrap();
        assert!(one.criterion.minimised && (one.probability - 0.9).abs() < 1e-15);
        for (text, says) in [
            ("economic_npv", "expected CRITERION=PROBABILITY"),
            ("economic_npv=x", "expected CRITERION=PROBABILITY"),
            ("economic_npv=0.5", "above 0.5 and below 1"),
            ("economic_npv=1", "above 0.5 and below 1"),
            ("profit=0.9", "names no outcome"),
        ] {
            let error = text.parse::<BestBy>().unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }

    /// In each of 30 choices; 95 % are promised.
    #[test]
    fn the_best_is_found_with_fewer_replications_than_independent_draws_need() {
        let means = [0.0, 0.8, 1.0, -2.0, 0.1];
        let mut right = 0;
        for run in 0..30 {
            let choice = chosen(ASKED, &means, run);
            right += u32::from(best(&choice) == [2]);
            assert!(choice.decided);
            let used: usize = choice.policies.iter().map(|it| it.replications).sum();
            let apart: usize = choice.policies.iter().filter_map(|it| it.independent).sum();
            assert!(3 * used <= apart, "{used} {apart}");
            // The worst goes when the first stage is over.
            assert_eq!(choice.policies[3].dropped_at, Some(FIRST * BATCH));
            let behind = choice.policies[3].behind.unwrap();
            assert!((behind.mean - 3.0).abs() < 1.5, "{behind:?}");
        }
        assert!(right >= 27, "{right}");
    }

    #[test]
    fn a_policy_twice_ends_and_either_is_chosen() {
        let mut sample = |policies: &[usize], range: Range<usize>| {
            let value = |policy: usize, at| draw(1, at, 1) + if policy < 2 { 5.0 } else { 0.0 };
            let of = |&policy: &usize| range.clone().map(|at| value(policy, at)).collect();
            Ok::<_, Infallible>(policies.iter().map(of).collect())
        };
        for indifference in [Some(0.5), None] {
            let asked = Asked { systems: 3, indifference, ..ASKED };
            let choice = choose(asked, &mut sample).unwrap();
            assert_eq!(best(&choice), [0]);
            assert!(choice.decided && choice.indifference > 0.0);
            let tied = choice.policies[1].behind.unwrap();
            assert!(tied.mean == 0.0 && tied.se == Some(0.0), "{tied:?}");
            assert!(choice.policies.iter().all(|it| it.probability_correct > 0.999), "{choice:?}");
        }
        // But for chance, too.
        let choice = chosen(ASKED, &[1.0, 1.0, 1.0, 0.0, 0.0], 3);
        assert!(choice.decided && best(&choice)[0] < 3);
    }

    #[test]
    fn several_best_and_a_share_of_what_is_seen() {
        let asked = Asked { best: 2, indifference: None, ..ASKED };
        let choice = chosen(asked, &[0.0, 1.0, 2.0, 2.2, -2.0], 1);
        assert_eq!(best(&choice), [2, 3]);
        // A twentieth of some 4.2.
        assert!((choice.indifference - 0.21).abs() < 0.05, "{choice:?}");
        let with_blocks = Asked { design: Design::blocks_of(5), ..asked };
        assert_eq!(best(&chosen(with_blocks, &[0.0, 1.0, 2.0, 2.2, -2.0], 1)), [2, 3]);
    }

    #[test]
    fn a_budget_is_kept_and_goes_where_it_decides() {
        let asked = Asked { budget: Some(60), ..ASKED };
        let choice = chosen(asked, &[0.0, 0.8, 1.0, -2.0, 0.1], 1);
        let runs: Vec<usize> = choice.policies.iter().map(|it| it.replications).collect();
        assert!(runs.iter().sum::<usize>() <= 300 && runs.iter().all(|&runs| runs >= 20));
        assert!(runs[1] > 2 * runs[3] && runs[2] > 2 * runs[3], "{runs:?}");
        assert!(choice.policies.iter().all(|it| it.independent.is_none()));
        assert!(choice.policies.iter().all(|it| it.dropped_at.is_none()));
        assert_eq!(best(&choice), [2]);
    }
}
