//! The parameters that move results most: each alone from its 5th to its 95th percentile, all else as it is drawn.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::analysis::pairs::SHOWN;
use crate::analysis::study::Study;
use crate::analysis::study::policy::StudyPolicy;
use crate::evidence::sources;
use crate::evidence::sources::Sweep;
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
    Ok(Sweep::of(scenario, &study).swings(&acting, REPLICATIONS, workers, progress)?)
}

/// The parameters, those that move most first; where nothing tells how far they move anything, those that can, in the
/// order of the register.
pub(super) fn parameters(scenario: &Scenario, speakers: &Speakers, swings: &[Swing]) -> Vec<Value> {
    let told = |(parameter, [low, high], shares): Offered| {
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
            "moves": by_result(shares),
        })
    };
    let offered = if swings.is_empty() { able(scenario) } else { ranked(swings) };
    offered.into_iter().take(MOST).map(told).collect()
}

/// A parameter with its ends, and how far it moves each headline result in parts of the most that any moves it.
type Offered = (usize, [f64; 2], [f64; SHOWN.len()]);

/// Parameters that move something, those that move most first.
fn ranked(swings: &[Swing]) -> Vec<Offered> {
    let with_ends = |(swing, shares): (&Swing, _)| (swing.parameter, swing.ends, shares);
    let mut ranked: Vec<Offered> = swings.iter().zip(shares(swings)).map(with_ends).collect();
    let score = |shares: &[f64]| shares.iter().sum::<f64>();
    ranked.retain(|(_, _, shares)| score(shares) > 0.0);
    ranked
        .sort_by(|one, other| score(&other.2).total_cmp(&score(&one.2)).then(one.0.cmp(&other.0)));
    ranked
}

/// Those that can move what the policy with most levers adds.
fn able(scenario: &Scenario) -> Vec<Offered> {
    let acting = largest(scenario).map_or_else(Vec::new, |policy| acting(scenario, policy));
    let with_ends = |it: usize| Some((it, sources::ends(scenario, it)?, [0.0; SHOWN.len()]));
    acting.into_iter().filter_map(with_ends).collect()
}

/// How many histories that takes.
pub(super) fn histories(scenario: &Scenario) -> u32 {
    let acting = largest(scenario).map_or(0, |policy| acting(scenario, policy).len());
    u32::try_from(acting).unwrap_or(u32::MAX).saturating_mul(2 * REPLICATIONS)
}

/// The parameters that can move what a policy adds.
fn acting(scenario: &Scenario, policy: usize) -> Vec<usize> {
    let all = scenario.parameters.iter().enumerate().filter(|(_, stated)| stated.varies());
    let able = |&parameter: &usize| sources::can_act(scenario, policy, parameter);
    all.map(|(parameter, _)| parameter).filter(able).collect()
}

/// The place of the policy with most levers beside the baseline; of several the first.
pub(super) fn largest(scenario: &Scenario) -> Option<usize> {
    let others = (0..scenario.policies.len()).filter(|&place| place != scenario.baseline);
    others.rev().max_by_key(|&place| scenario.policies[place].written.len())
}

/// How far each moves the headline results, in parts of the most that any moves them: the mean over the policies that
/// were looked at.
fn shares(swings: &[Swing]) -> Vec<[f64; SHOWN.len()]> {
    let policies = swings.first().map_or(0, |swing| swing.results.len());
    let moves = |swing: &Swing, policy: usize, result: usize| {
        swing.results[policy][result].map_or(0.0, |moved| moved.moves.mean.abs())
    };
    let most = |policy, result| {
        swings.iter().map(|swing| moves(swing, policy, result)).fold(0.0, f64::max)
    };
    let share = |swing: &Swing, policy, result| {
        let most = most(policy, result);
        if most > 0.0 { moves(swing, policy, result) / most } else { 0.0 }
    };
    let of_result = |swing: &Swing, result: usize| {
        (0..policies).map(|policy| share(swing, policy, result)).sum::<f64>() / policies as f64
    };
    swings.iter().map(|swing| std::array::from_fn(|result| of_result(swing, result))).collect()
}

/// By the name of the result, to three digits.
fn by_result(shares: [f64; SHOWN.len()]) -> Map<String, Value> {
    let one = |(share, (metric, place)): (f64, &(&str, &str))| {
        (format!("{metric}@{place}"), ((share * 1000.0).round() / 1000.0).into())
    };
    shares.into_iter().zip(&SHOWN).map(one).collect()
}
