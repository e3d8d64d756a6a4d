//! A decision among the policies of a finished run: which is judged best, how sure, and what would change
//! the choice. Nothing is simulated.

mod decided;
mod error;
pub mod futures;
mod tables;

pub use decided::ByCriterion;
pub use decided::Decided;
pub use error::DecideError;
pub use tables::write;

use crate::analysis::appraisal::Discounting;
use crate::analysis::decision::acceptability::acceptability;
use crate::analysis::decision::budget::within_budgets;
use crate::analysis::decision::criterion::Criterion;
use crate::analysis::decision::frontier::CostEffect;
use crate::analysis::decision::frontier::frontier;
use crate::analysis::decision::frontier_error::place_errors;
use crate::analysis::decision::judged::JudgeError;
use crate::analysis::decision::judged::Replications;
use crate::analysis::decision::judged::judge;
use crate::analysis::decision::outcome::Added;
use crate::analysis::decision::outcome::Outcome;
use crate::analysis::decision::sample::Sample;
use crate::analysis::layout::Layout;
use crate::analysis::results::Results;
use crate::analysis::statistics::Design;
use crate::evidence::sources;
use crate::experiment::batch::Halted;
use crate::experiment::block::BlockError;
use crate::experiment::uncertainty::Uncertainty;
use crate::pipeline::decision::futures::FutureRun;
use crate::pipeline::decision::futures::FutureValues;
use crate::pipeline::decision::futures::in_worlds;
use crate::pipeline::error::WorkError;
use crate::scenario::Scenario;
use crate::scenario::survey::SurveyPlan;
use crate::time::Phase;

/// What a job-year is worth at most: so many yearly wages.
const MOST_WAGES: f64 = 3.0;
/// Values of a job-year that are looked at, from 0.
const THRESHOLDS: u32 = 30;
/// Budgets that are looked at, from 0 to the largest mean cost of a policy.
const BUDGETS: u32 = 30;

/// What a decision is asked by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Criteria as written; none for the usual ones.
    pub criteria: Vec<String>,
    /// Criteria as written, and the value that each is to reach.
    pub targets: Vec<(String, f64)>,
}

/// Judges the policies of a run by each criterion. Nothing is simulated.
///
/// # Errors
///
/// Fails if a criterion is not of the run, or values cannot be read.
pub fn decide<'a>(
    scenario: &'a Scenario,
    results: &Results<'a>,
    in_futures: &[FutureRun],
    asked: &Asked,
) -> Result<Decided<'a>, DecideError> {
    let options = scenario.options();
    let baseline = options.iter().position(|&policy| policy == results.baseline);
    let baseline = baseline.filter(|_| options.len() > 1).ok_or(DecideError::OnePolicy)?;
    if results.archive.replications().len() < 2 {
        return Err(DecideError::OneReplication);
    }
    let criteria = criteria(asked, results.layouts)?;
    let targets = targets(asked, &criteria, results.layouts)?;
    let uncertainty = Uncertainty::of(scenario);
    let replications = results.archive.replications();
    let varies = (0..scenario.parameters.len()).filter(|&it| uncertainty.varies(it));
    let acts = |&parameter: &usize| {
        options.iter().any(|&policy| sources::is_used(scenario, policy, parameter))
    };
    let (parameters, without_effect): (Vec<usize>, Vec<usize>) = varies.partition(acts);
    let draws: Vec<Vec<f64>> =
        parameters.iter().map(|&it| uncertainty.column(it, replications.clone())).collect();
    let design = Design::of_run(scenario);
    let discounting = Discounting::of(scenario);
    let values = |future: &FutureRun| future.values(&criteria, &options, results.workers);
    let in_futures = in_futures.iter().map(values).collect::<Result<Vec<_>, DecideError>>()?;
    let judged = results
        .workers
        .map_in_order(
            criteria.len(),
            || (),
            |(), number| {
                let criterion = &criteria[number];
                let can_move =
                    |it: &(&usize, &Vec<f64>)| criterion.is_moved_by(&scenario.register[*it.0]);
                let (own, others): (Vec<_>, Vec<_>) =
                    parameters.iter().zip(&draws).partition(can_move);
                let draws: Vec<&[f64]> = own.iter().map(|(_, draws)| draws.as_slice()).collect();
                let [own, in_accounts] =
                    [own, others].map(|of| of.into_iter().map(|(&it, _)| it).collect::<Vec<_>>());
                let of = Replications {
                    draws: &draws,
                    groups: &groups(scenario, &own),
                    surveys: &surveys(scenario, &own),
                    design,
                    baseline,
                    seed: scenario.seed,
                    stop: results.workers.stop(),
                };
                let of_one = (criterion, targets[number], [own, in_accounts]);
                let read = (discounting, number, &*in_futures);
                by_criterion((results, &options), &of, of_one, read)
            },
        )
        .map_err(WorkError::from)?;
    let by_criterion = judged.into_iter().collect::<Result<Vec<_>, DecideError>>()?;
    let read = |added: Added| -> Result<Vec<Vec<f64>>, WorkError> {
        let outcome = Outcome::Added(added);
        let of = |&policy| Ok(outcome.read(results, policy, discounting)?.unwrap_or_default());
        options.iter().map(of).collect()
    };
    let (costs, effects) = (read(Added::PublicCost)?, read(Added::JobYears)?);
    let wage = scenario.parameter("wage").map_or(0.0, |wage| wage.value);
    let thresholds: Vec<f64> = (0..=THRESHOLDS)
        .map(|step| MOST_WAGES * wage * f64::from(step) / f64::from(THRESHOLDS))
        .collect();
    let not_finite = || of_criterion("job_years", JudgeError::NotFinite);
    let (cost, effect) = Sample::new(&costs).zip(Sample::new(&effects)).ok_or_else(not_finite)?;
    let acceptability = acceptability(cost, effect, &thresholds, design).ok_or_else(not_finite)?;
    let means = cost.means().zip(effect.means()).ok_or_else(not_finite)?;
    let largest = means.0.iter().copied().fold(0.0, f64::max);
    let budgets: Vec<f64> =
        (0..=BUDGETS).map(|step| largest * (f64::from(step) / f64::from(BUDGETS))).collect();
    let budgets = within_budgets(cost, effect, &budgets, design).ok_or_else(not_finite)?;
    let placed: Vec<CostEffect> =
        means.0.iter().zip(&means.1).map(|(&cost, &effect)| CostEffect { cost, effect }).collect();
    let placed = frontier(&placed).ok_or_else(not_finite)?;
    let errors = place_errors(cost, effect, design, scenario.seed).ok_or_else(not_finite)?;
    let frontier = placed.into_iter().zip(errors).collect();
    let options = options.iter().map(|&policy| &results.layouts[policy]).collect();
    let replications = replications.len();
    Ok(Decided {
        scenario,
        options,
        without_effect,
        by_criterion,
        acceptability,
        budgets,
        frontier,
        replications,
    })
}

fn of_criterion(criterion: &str, source: JudgeError) -> DecideError {
    DecideError::Judge { criterion: criterion.to_owned(), source }
}

/// The criteria of the command line, or the usual ones.
fn criteria(asked: &Asked, layouts: &[Layout]) -> Result<Vec<Criterion>, DecideError> {
    if asked.criteria.is_empty() {
        return Ok(Added::JUDGED.map(|added| Criterion::of(Outcome::Added(added))).into());
    }
    let mut found: Vec<Criterion> = Vec::new();
    for text in &asked.criteria {
        let criterion = text.parse::<Criterion>()?.known(layouts)?;
        if found.iter().all(|other| other.name != criterion.name) {
            found.push(criterion);
        }
    }
    Ok(found)
}

/// The target of each criterion, in its own sign.
fn targets(
    asked: &Asked,
    criteria: &[Criterion],
    layouts: &[Layout],
) -> Result<Vec<Option<f64>>, DecideError> {
    let mut found = vec![None; criteria.len()];
    for (name, value) in &asked.targets {
        let named = name.parse::<Criterion>().ok().and_then(|it| it.known(layouts).ok());
        let named = named.map_or_else(|| name.clone(), |criterion| criterion.name);
        let Some(place) = criteria.iter().position(|criterion| criterion.name == named) else {
            let known: Vec<&str> = criteria.iter().map(|it| it.name.as_str()).collect();
            let (target, name) = (format!("{name}={value}"), format!("`{name}`"));
            return Err(DecideError::Target { target, name, known: known.join(", ") });
        };
        found[place] = Some(*value);
    }
    Ok(found)
}

/// Parameters by the phase in which they act first.
fn groups(scenario: &Scenario, parameters: &[usize]) -> Vec<(&'static str, Vec<usize>)> {
    let of_phase = |phase: Phase| {
        let acts = |place: &usize| scenario.register[parameters[*place]].acts_in == phase;
        (phase.name(), (0..parameters.len()).filter(acts).collect::<Vec<_>>())
    };
    Phase::ALL.into_iter().map(of_phase).filter(|(_, members)| members.len() > 1).collect()
}

/// The surveys that parameters state, each by its place among them.
fn surveys(scenario: &Scenario, parameters: &[usize]) -> Vec<(usize, SurveyPlan)> {
    let plan =
        |(place, &it): (usize, &usize)| Some((place, scenario.parameters[it].survey.clone()?));
    parameters.iter().enumerate().filter_map(plan).collect()
}

/// Every judgement by one criterion; of one of which less is better, of its values with the other sign.
fn by_criterion(
    (results, options): (&Results<'_>, &[usize]),
    of: &Replications<'_>,
    (criterion, target, [parameters, in_accounts]): (&Criterion, Option<f64>, [Vec<usize>; 2]),
    (discounting, number, in_futures): (Discounting, usize, &[FutureValues]),
) -> Result<Result<ByCriterion, DecideError>, Halted<BlockError>> {
    let sign = if criterion.minimised { -1.0 } else { 1.0 };
    let mut values = Vec::new();
    for &policy in options {
        let read = criterion.read(results, policy, discounting);
        let read = read.map_err(Halted::Failed)?;
        values.push(read.into_iter().map(|value| sign * value).collect::<Vec<f64>>());
    }
    let in_sign = target.map(|target| sign * target);
    let unit = criterion.unit(results.layouts);
    let judged = judge(of, &values, in_sign).and_then(|mut judged| {
        let worlds = in_worlds(of, &mut judged, (&values, number, in_futures), in_sign)?;
        let criterion = criterion.clone();
        Ok(ByCriterion { criterion, unit, parameters, in_accounts, target, judged, worlds })
    });
    match judged {
        Err(JudgeError::Stopped) => Err(Halted::Stopped),
        judged => Ok(judged.map_err(|source| of_criterion(&criterion.name, source))),
    }
}
