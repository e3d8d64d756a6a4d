//! The parameters that move results most: each alone from its 5th to its 95th percentile, all else as it is drawn.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::analysis::pairs::SHOWN;
use crate::analysis::study::Study;
use crate::analysis::study::policy::StudyPolicy;
use crate::evidence::sources;
use crate::evidence::sources::Swing;
use crate::experiment::batch::Progress;
use crate::experiment::batch::Workers;
use crate::explore::data::error::DataError;
use crate::explore::data::names::Speakers;
use crate::scenario::Scenario;

/// How many are offered.
const MOST: usize = 24;
/// Histories at either end of each.
const REPLICATIONS: u32 = 4;

/// The parameters, those that move most first.
pub(super) fn parameters(
    scenario: &Scenario,
    speakers: &Speakers,
    workers: &Workers<'_>,
    progress: &dyn Progress,
) -> Result<Vec<Value>, DataError> {
    let Some(policy) = largest(scenario) else { return Ok(Vec::new()) };
    let acting = acting(scenario, policy);
    let [baseline, policy] =
        [scenario.baseline, policy].map(|place| StudyPolicy::of(&scenario.policies[place]));
    let study = Study::new(scenario, vec![policy], baseline);
    let swings = sources::swings(scenario, &study, &acting, REPLICATIONS, workers, progress)?;
    let mut ranked: Vec<(f64, &Swing)> = scores(&swings).into_iter().zip(&swings).collect();
    ranked.sort_by(|(one, a), (other, b)| other.total_cmp(one).then(a.parameter.cmp(&b.parameter)));
    let moving = ranked.into_iter().filter(|(score, _)| *score > 0.0).take(MOST);
    let most = most(&swings);
    let told = |(_, swing): (f64, &Swing)| {
        let (spec, stated) =
            (&scenario.register[swing.parameter], &scenario.parameters[swing.parameter]);
        let bound = |bound: f64| bound.is_finite().then_some(bound);
        json!({
            "name": spec.name,
            "title": speakers.wording(&spec.meaning_en, &spec.meaning_ko),
            "unit": spec.unit,
            "value": stated.value,
            "p05": swing.ends[0],
            "p95": swing.ends[1],
            "low": bound(spec.min),
            "high": bound(spec.max),
            "known_by": stated.evidence.name(),
            "source": stated.source,
            "moves": shares(swing, &most),
        })
    };
    Ok(moving.map(told).collect())
}

/// How many histories that takes.
pub(super) fn histories(scenario: &Scenario) -> u32 {
    let acting = largest(scenario).map_or(0, |policy| acting(scenario, policy).len());
    u32::try_from(acting).unwrap_or(u32::MAX).saturating_mul(2 * REPLICATIONS)
}

/// The parameters that can move what a policy adds.
fn acting(scenario: &Scenario, policy: usize) -> Vec<usize> {
    let all = (0..scenario.register.len()).filter(|&it| scenario.parameters[it].varies());
    all.filter(|&parameter| sources::can_act(scenario, policy, parameter)).collect()
}

/// The place of the policy with most levers beside the baseline; of several the first.
pub(super) fn largest(scenario: &Scenario) -> Option<usize> {
    let others = (0..scenario.policies.len()).filter(|&place| place != scenario.baseline);
    others.rev().max_by_key(|&place| scenario.policies[place].written.len())
}

/// How far each moves the headline results, each result in parts of the most that any moves it, added up.
fn scores(swings: &[Swing]) -> Vec<f64> {
    let most = most(swings);
    let score = |swing: &Swing| (0..SHOWN.len()).map(|result| share(swing, result, &most)).sum();
    swings.iter().map(score).collect()
}

/// How far one moves each headline result, in parts of the most that any moves it.
fn shares(swing: &Swing, most: &[f64]) -> Map<String, Value> {
    let one = |(result, (metric, place)): (usize, &(&str, &str))| {
        let share = (share(swing, result, most) * 1000.0).round() / 1000.0;
        (format!("{metric}@{place}"), share.into())
    };
    SHOWN.iter().enumerate().map(one).collect()
}

fn share(swing: &Swing, result: usize, most: &[f64]) -> f64 {
    if most[result] > 0.0 { moves(swing, result) / most[result] } else { 0.0 }
}

/// The furthest that any moves each headline result.
fn most(swings: &[Swing]) -> Vec<f64> {
    let furthest = |result: usize| swings.iter().map(|it| moves(it, result)).fold(0.0, f64::max);
    (0..SHOWN.len()).map(furthest).collect()
}

fn moves(swing: &Swing, result: usize) -> f64 {
    let moved = swing.results.first().and_then(|results| results[result]);
    moved.map_or(0.0, |moved| moved.moves.mean.abs())
}
