//! The parameters that move results most: each alone from its 5th to its 95th percentile, all else as it is drawn.

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

/// How far each moves the policy with most levers.
pub(super) fn swings(
    scenario: &Scenario,
    workers: &Workers<'_>,
    progress: &dyn Progress,
) -> Result<Vec<Swing>, DataError> {
    let Some(policy) = largest(scenario) else { return Ok(Vec::new()) };
    let acting = acting(scenario, policy);
    let [baseline, policy] =
        [scenario.baseline, policy].map(|place| StudyPolicy::of(&scenario.policies[place]));
    let study = Study::new(scenario, vec![policy], baseline);
    Ok(sources::swings(scenario, &study, &acting, REPLICATIONS, workers, progress)?)
}

/// The parameters, those that move most first; where nothing tells how far they move anything, those that can, in the
/// order of the register.
pub(super) fn parameters(scenario: &Scenario, speakers: &Speakers, swings: &[Swing]) -> Vec<Value> {
    let told = |(parameter, [low, high]): (usize, [f64; 2])| {
        let (spec, stated) = (&scenario.register[parameter], &scenario.parameters[parameter]);
        let bound = |bound: f64| bound.is_finite().then_some(bound);
        json!({
            "name": spec.name,
            "title": speakers.wording(&spec.meaning_en, &spec.meaning_ko),
            "unit": spec.unit,
            "value": stated.value,
            "p05": low,
            "p95": high,
            "low": bound(spec.min),
            "high": bound(spec.max),
            "known_by": stated.evidence.name(),
            "source": stated.source,
        })
    };
    let offered = if swings.is_empty() { able(scenario) } else { ranked(swings) };
    offered.into_iter().take(MOST).map(told).collect()
}

/// Parameters with their ends, those that move most first.
fn ranked(swings: &[Swing]) -> Vec<(usize, [f64; 2])> {
    let mut ranked: Vec<(f64, &Swing)> = scores(swings).into_iter().zip(swings).collect();
    ranked.sort_by(|(one, a), (other, b)| other.total_cmp(one).then(a.parameter.cmp(&b.parameter)));
    let moving = ranked.into_iter().filter(|(score, _)| *score > 0.0);
    moving.map(|(_, swing)| (swing.parameter, swing.ends)).collect()
}

/// Those that can move what the policy with most levers adds.
fn able(scenario: &Scenario) -> Vec<(usize, [f64; 2])> {
    let acting = largest(scenario).map_or_else(Vec::new, |policy| acting(scenario, policy));
    let with_ends = |it: usize| Some((it, sources::ends(scenario, it)?));
    acting.into_iter().filter_map(with_ends).collect()
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

/// How far each moves the headline results of the policies that were looked at, each result in parts of the most that
/// any moves it, added up.
fn scores(swings: &[Swing]) -> Vec<f64> {
    let policies = swings.first().map_or(0, |swing| swing.results.len());
    let results: Vec<(usize, usize)> = (0..policies)
        .flat_map(|policy| (0..SHOWN.len()).map(move |result| (policy, result)))
        .collect();
    let moves = |swing: &Swing, (policy, result): (usize, usize)| {
        swing.results[policy][result].map_or(0.0, |moved| moved.moves.mean.abs())
    };
    let most = |result| swings.iter().map(|swing| moves(swing, result)).fold(0.0, f64::max);
    let most: Vec<f64> = results.iter().map(|&result| most(result)).collect();
    let share = |swing: &Swing, (&result, &most): (&(usize, usize), &f64)| {
        if most > 0.0 { moves(swing, result) / most } else { 0.0 }
    };
    let score = |swing: &Swing| results.iter().zip(&most).map(|of| share(swing, of)).sum();
    swings.iter().map(score).collect()
}
