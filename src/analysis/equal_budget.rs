//! Policies of equal cost: how much larger or smaller each must be to cost what one of them costs.
//!
//! The cost of a size is the mean over a fixed pilot of replications, which no run simulates: the
//! factors depend on the scenario, its parameters and its seed, not on the number of replications,
//! the shard, or which other policies run.

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::appraisal;
use crate::analysis::appraisal::Discounting;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::study::PILOT;
use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::analysis::study::policy::StudyPolicy;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Progress;
use crate::experiment::batch::Workers;
use crate::policy::scale;
use crate::policy::scale::MOST_FACTOR;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::money::MoneyUnit;
use crate::scenario::variant;

/// A policy costs what it should when it is off by no more than this share.
const TOLERANCE: f64 = 0.002;
/// A policy whose steps are so coarse that none comes within this share is left as it is.
const ACCEPTED: f64 = 0.05;
/// Off by more than this share is said so.
const COARSE: f64 = 0.01;
/// How often the pilot is run at most.
pub const MOST_ROUNDS: usize = 14;

/// Why budgets could not be made equal.
#[derive(Debug, thiserror::Error)]
pub enum BudgetError {
    /// There is only the baseline.
    #[error("`--equal-budget` needs a policy beside the baseline")]
    NoPolicy,
    /// The policy that sets the budget costs nothing.
    #[error(
        "`--equal-budget` takes its budget from `{policy}`, the first policy after the baseline in \
         scenario.toml, which costs {}; list one there that costs more than the baseline",
        over_baseline(*cost, *unit)
    )]
    NoBudget {
        /// The policy.
        policy: String,
        /// Its cost over the baseline's, in the unit of accounts.
        cost: f64,
        /// The unit of accounts.
        unit: MoneyUnit,
    },
    /// The simulation failed.
    #[error(transparent)]
    Study(#[from] StudyError),
}

/// A cost over the baseline's, or under it, in words.
fn over_baseline(cost: f64, unit: MoneyUnit) -> String {
    if cost < 0.0 {
        format!("{:.0} {unit} less than the baseline", -cost)
    } else {
        "no more than the baseline".to_owned()
    }
}

/// What a policy costs in the pilot: present value of public cost over the baseline's `[KRW m]`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PilotCost {
    /// The mean.
    pub mean: f64,
    /// Its standard error.
    pub se: f64,
}

impl PilotCost {
    fn rounded(self) -> Self {
        Self { mean: rounded(self.mean, COST_PARTS), se: rounded(self.se, COST_PARTS) }
    }
}

/// Factors have so many parts of 1: few digits, so that a manifest keeps them to the last bit.
const FACTOR_PARTS: f64 = 1e6;
/// Costs have so many parts of a million won.
const COST_PARTS: f64 = 1e3;

fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}

/// One policy and how it was scaled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScaledPolicy {
    /// Its name.
    pub policy: String,
    /// The factor on the difference of its sizes to the baseline's; 1 where it is as written.
    pub factor: f64,
    /// Its cost as written.
    pub before: PilotCost,
    /// Its cost as scaled.
    pub after: PilotCost,
    /// Its levers that have no size to scale.
    pub without_size: Vec<String>,
    /// Why it was not scaled, or what to know; empty where there is nothing to say.
    pub note: String,
}

/// A budget, and how every policy came to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EqualBudget {
    /// The first replication of the pilot.
    pub pilot_first: u32,
    /// How many replications the pilot has.
    pub pilot_replications: u32,
    /// The policy whose cost is the budget.
    pub reference: String,
    /// The budget: present value of public cost over the baseline's `[KRW m]`.
    pub budget: f64,
    /// The policies but the baseline, in their order.
    pub policies: Vec<ScaledPolicy>,
}

/// Finds for each policy of these names the size at which it costs what the first policy of the
/// scenario costs. `variant::scaled` makes the policy of a factor.
///
/// # Errors
///
/// Fails if there is no such budget, the simulation fails, or the work is stopped.
pub fn equal_budget(
    scenario: &Scenario,
    names: &[&str],
    workers: &Workers<'_>,
    progress: &dyn Progress,
) -> Result<EqualBudget, Halted<BudgetError>> {
    let pilot = Pilot { scenario, workers, progress };
    let baseline = &scenario.policies[scenario.baseline];
    let others = || scenario.policies.iter().filter(|policy| policy.name != baseline.name);
    let reference = others().next().ok_or(Halted::Failed(BudgetError::NoPolicy))?;
    let mut policies: Vec<&Policy> =
        others().filter(|policy| names.contains(&policy.name.as_str())).collect();
    if !policies.iter().any(|policy| policy.name == reference.name) {
        policies.insert(0, reference);
    }

    let written: Vec<Policy> = policies.iter().copied().cloned().collect();
    let costs = pilot.costs(&written)?;
    let (budget, unit) = (costs[0].mean, scenario.money.account);
    if budget <= 0.0 {
        let policy = reference.name.clone();
        return Err(Halted::Failed(BudgetError::NoBudget { policy, cost: budget, unit }));
    }
    let mut searches: Vec<Search> =
        costs.iter().map(|&cost| Search::new(budget, cost, unit)).collect();
    for (search, policy) in searches.iter_mut().zip(&policies) {
        search.scalable = scale::is_scalable(&policy.plan, &baseline.plan);
    }
    for _ in 1..MOST_ROUNDS {
        let next = |(place, search): (usize, &Search)| {
            Some((place, rounded(search.next()?, FACTOR_PARTS)))
        };
        let wanted: Vec<(usize, f64)> = searches.iter().enumerate().filter_map(next).collect();
        if wanted.is_empty() {
            break;
        }
        let tried: Vec<Policy> = wanted
            .iter()
            .map(|&(place, factor)| variant::scaled(policies[place], baseline, factor))
            .collect();
        for (&(place, factor), cost) in wanted.iter().zip(pilot.costs(&tried)?) {
            searches[place].tried.push((factor, cost));
        }
    }
    Ok(assemble(scenario, &policies, &searches, budget))
}

fn assemble(
    scenario: &Scenario,
    policies: &[&Policy],
    searches: &[Search],
    budget: f64,
) -> EqualBudget {
    let baseline = &scenario.policies[scenario.baseline];
    let scaled = |(policy, search): (&&Policy, &Search)| {
        let (factor, after, note) = search.result();
        ScaledPolicy {
            policy: policy.name.clone(),
            factor,
            before: search.tried[0].1.rounded(),
            after: after.rounded(),
            without_size: scale::without_size(&policy.plan, &baseline.plan),
            note,
        }
    };
    EqualBudget {
        pilot_first: PILOT.start,
        pilot_replications: PILOT.end - PILOT.start,
        reference: policies[0].name.clone(),
        budget: rounded(budget, COST_PARTS),
        policies: policies.iter().zip(searches).map(scaled).collect(),
    }
}

/// What the pilot needs.
struct Pilot<'a> {
    scenario: &'a Scenario,
    workers: &'a Workers<'a>,
    progress: &'a dyn Progress,
}

impl Pilot<'_> {
    /// The cost of each policy over the baseline's, in the pilot.
    fn costs(&self, policies: &[Policy]) -> Result<Vec<PilotCost>, Halted<BudgetError>> {
        let scenario = self.scenario;
        let baseline = StudyPolicy::of(&scenario.policies[scenario.baseline]);
        let members = policies.iter().map(StudyPolicy::of).collect();
        let study = Study::new(scenario, members, baseline);
        let layouts = study.layouts();
        let discounting = Discounting::of(scenario);
        let one = |workspace: &mut Workspace, number: usize| {
            let replication = PILOT.start + u32::try_from(number).unwrap_or(0);
            let values = study
                .replicate(replication, workspace)
                .map_err(|error| Halted::Failed(BudgetError::from(error)))?;
            self.progress.replication_done();
            let cost = |(layout, values): (_, &Vec<f64>)| {
                appraisal::public_cost((layout, &scenario.payers), values, discounting)
            };
            let costs: Vec<f64> = layouts.iter().zip(&values).map(cost).collect();
            Ok(costs[1..].iter().map(|cost| cost - costs[0]).collect::<Vec<f64>>())
        };
        // The pilot starts with a whole block.
        let design = Design::of_run(scenario);
        let rows = self.workers.map_in_order(PILOT.len(), Workspace::default, one)?;
        let of_policy = |policy: usize| {
            let values: Vec<f64> = rows.iter().map(|row| row[policy]).collect();
            let estimate = Estimate::of(&values, design);
            PilotCost {
                mean: estimate.map_or(0.0, |estimate| estimate.mean),
                se: estimate.and_then(|estimate| estimate.se).unwrap_or(0.0),
            }
        };
        Ok((0..policies.len()).map(of_policy).collect())
    }
}

/// The search for the factor of one policy. Cost rises with size but in steps, so the bracket is
/// what counts; interpolation only makes it shrink faster.
#[derive(Clone, Debug)]
struct Search {
    budget: f64,
    /// The unit of accounts.
    unit: MoneyUnit,
    scalable: bool,
    /// Factors tried and what they cost, in the order in which they were tried; the first is 1.
    tried: Vec<(f64, PilotCost)>,
}

impl Search {
    fn new(budget: f64, written: PilotCost, unit: MoneyUnit) -> Self {
        Self { budget, unit, scalable: true, tried: vec![(1.0, written)] }
    }

    fn is_near(&self, cost: f64, share: f64) -> bool {
        (cost - self.budget).abs() <= share * self.budget
    }

    /// The largest size that is too cheap.
    fn low(&self) -> Option<(f64, f64)> {
        let cheap = self.tried.iter().filter(|(_, cost)| cost.mean < self.budget);
        cheap.map(|&(factor, cost)| (factor, cost.mean)).max_by(|a, b| a.0.total_cmp(&b.0))
    }

    /// The smallest size that is too dear, above the largest that is too cheap.
    fn high(&self) -> Option<(f64, f64)> {
        let least = self.low().map_or(f64::NEG_INFINITY, |(factor, _)| factor);
        let dear =
            self.tried.iter().filter(|(factor, cost)| cost.mean >= self.budget && *factor > least);
        dear.map(|&(factor, cost)| (factor, cost.mean)).min_by(|a, b| a.0.total_cmp(&b.0))
    }

    /// The next factor to try; `None` where the search is over.
    fn next(&self) -> Option<f64> {
        let (_, last) = self.tried.last()?;
        if !self.scalable || self.is_near(last.mean, TOLERANCE) {
            return None;
        }
        match (self.low(), self.high()) {
            (Some(low), Some(high)) => self.between(low, high),
            (Some((factor, _)), None) if factor >= MOST_FACTOR => None,
            (Some((factor, cost)), None) => {
                Some((factor * self.step(factor, cost).clamp(1.05, 8.0)).min(MOST_FACTOR))
            }
            (None, Some((factor, _))) if factor <= 0.0 => None,
            // Too dear at a small size: what has no size may cost more than the budget.
            (None, Some((factor, _))) if factor < 0.02 => Some(0.0),
            (None, Some((factor, cost))) => {
                Some(factor * self.step(factor, cost).clamp(0.125, 0.95))
            }
            (None, None) => None,
        }
    }

    /// By which factor the size must change if cost is linear in it: through the last two sizes
    /// tried, or in proportion where there is one.
    fn step(&self, factor: f64, cost: f64) -> f64 {
        let before = self.tried.iter().rev().find(|(other, _)| (other - factor).abs() > 0.0);
        let slope = before.map(|(other, before)| (cost - before.mean) / (factor - other));
        let wanted = match slope {
            // A little beyond the aim, so that the next size is on its other side.
            Some(slope) if slope > 0.0 => factor + 1.02 * (self.budget - cost) / slope,
            _ if cost > 0.0 => factor * self.budget / cost,
            _ => factor * 8.0,
        };
        wanted / factor
    }

    fn between(&self, low: (f64, f64), high: (f64, f64)) -> Option<f64> {
        let width = high.0 - low.0;
        if width <= 1e-6 * high.0 {
            return None;
        }
        let share = (self.budget - low.1) / (high.1 - low.1);
        // Every third try halves the bracket, whatever interpolation says.
        let share = if self.tried.len().is_multiple_of(3) { 0.5 } else { share };
        Some(low.0 + width * share.clamp(0.02, 0.98))
    }

    /// The factor to take, what it costs, and what to say of it.
    fn result(&self) -> (f64, PilotCost, String) {
        let off = |cost: &PilotCost| (cost.mean - self.budget).abs();
        let written = self.tried[0];
        let best = self.tried.iter().copied().min_by(|(_, a), (_, b)| off(a).total_cmp(&off(b)));
        let best = best.unwrap_or(written);
        let left = |note: String| (written.0, written.1, note);
        if self.is_near(best.1.mean, ACCEPTED) {
            let coarse = !self.is_near(best.1.mean, COARSE);
            let note = if coarse { "whole numbers come no nearer to the budget" } else { "" };
            return (best.0, best.1, note.to_owned());
        }
        if !self.scalable {
            return left(
                "not scaled: nothing in it has a size that differs from the baseline's".into(),
            );
        }
        let money = |cost: f64| format!("{cost:.0} {}", self.unit);
        match (self.low(), self.high()) {
            (Some((factor, cost)), None) => left(format!(
                "not scaled: it costs {} at {factor:.0} times its size, and no more",
                money(cost)
            )),
            (None, Some((_, cost))) => {
                left(format!("not scaled: it costs {} even without what has a size", money(cost)))
            }
            _ => left("not scaled: whole numbers come no nearer than 5 % to the budget".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::LatinHypercubes;

    fn solve(budget: f64, cost: impl Fn(f64) -> f64) -> (Search, f64) {
        let at = |factor: f64| PilotCost { mean: cost(factor), se: 0.0 };
        let mut search = Search::new(budget, at(1.0), MoneyUnit::named("KRW m").unwrap());
        for _ in 1..MOST_ROUNDS {
            let Some(factor) = search.next() else { break };
            search.tried.push((factor, at(factor)));
        }
        let factor = search.result().0;
        (search, factor)
    }

    #[test]
    fn a_cost_in_proportion_is_hit_at_once() {
        let (search, factor) = solve(300.0, |factor| 120.0 * factor);
        assert!((factor - 2.5).abs() < 2.5e-3 && search.tried.len() <= 3, "{search:?}");
    }

    #[test]
    fn curved_stepped_and_shifted_costs_are_hit() {
        let costs: [fn(f64) -> f64; 5] = [
            |factor| 200.0 + 40.0 * factor,
            |factor| 900.0 * factor * factor,
            |factor| 700.0 * factor.sqrt(),
            |factor| (40.0 * factor).round() * 3.0,
            |factor| 2_000.0 * factor - 10.0,
        ];
        for (number, cost) in costs.into_iter().enumerate() {
            let (search, factor) = solve(500.0, cost);
            let off = (cost(factor) / 500.0 - 1.0).abs();
            assert!(off < 0.005, "cost {number} is off by {off}: {search:?}");
        }
    }

    #[test]
    fn what_cannot_reach_the_budget_stays_as_it_is_and_says_why() {
        let (search, factor) = solve(500.0, |factor| 800.0 + factor);
        assert!((factor - 1.0).abs() < 1e-15);
        assert!(search.result().2.contains("800 KRW m even without"), "{}", search.result().2);
        let (search, factor) = solve(500.0, |factor| 90.0 * factor.min(2.0));
        assert!((factor - 1.0).abs() < 1e-15);
        assert!(search.result().2.contains("180 KRW m at 50 times"), "{}", search.result().2);
        let (search, factor) = solve(500.0, |factor| factor.floor() * 345.0);
        assert!((factor - 1.0).abs() < 1e-15);
        assert!(search.result().2.contains("whole numbers"), "{}", search.result().2);
    }

    #[test]
    fn the_pilot_is_whole_blocks_beyond_any_run() {
        let block = u32::try_from(LatinHypercubes::BLOCK).unwrap();
        const { assert!(PILOT.start > 10_000_000, "may be a replication of a run") };
        assert_eq!((PILOT.start % block, PILOT.end % block), (0, 0));
    }
}
