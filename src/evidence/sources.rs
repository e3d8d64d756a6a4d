//! The causal sweep: how far headline results move when one parameter is moved from the 5th to the
//! 95th percentile of its distribution and nothing else is, replication by replication.
//!
//! `check --sources` sweeps the parameters that rest on memory or judgement; a run sweeps those on
//! which its leading policies seem to hang most.

use crate::analysis::layout::Table;
use crate::analysis::pairs::SHOWN;
use crate::analysis::statistics::Estimate;
use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::analysis::study::policy::StudyPolicy;
use crate::evidence::learning::DistributionShape;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Progress;
use crate::experiment::batch::Workers;
use crate::experiment::uncertainty;
use crate::policy::levers::LeverKind;
use crate::scenario::Evidence;
use crate::scenario::ParameterValue;
use crate::scenario::Scenario;
use crate::scenario::parameter_spec::Acts;

/// The shares of a distribution at which its ends are taken.
const ENDS: [f64; 2] = [0.05, 0.95];

/// How far one parameter moves the differences of policies.
#[derive(Clone, Debug, PartialEq)]
pub struct Swing {
    /// The parameter's position in the register.
    pub parameter: usize,
    /// The two values taken.
    pub ends: [f64; 2],
    /// For each policy of the study but the baseline, and each of [`SHOWN`]: what it comes to;
    /// `None` where there is none.
    pub results: Vec<[Option<Move>; SHOWN.len()]>,
}

/// A difference to the baseline at the two ends of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move {
    /// The mean difference at the lower and at the upper end.
    pub at: [f64; 2],
    /// The difference at the upper end less that at the lower one, over the same replications.
    pub moves: Estimate,
}

impl Move {
    /// Whether the difference is the same at both ends in every replication, to the last digit.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.moves.mean == 0.0 && self.moves.se.unwrap_or_default() == 0.0
    }
}

/// The parameters that rest on memory or judgement, as positions in the register.
#[must_use]
pub fn weak(scenario: &Scenario) -> Vec<usize> {
    let is_weak = |parameter: &ParameterValue| parameter.evidence >= Evidence::Recalled;
    let parameters = scenario.parameters.iter().enumerate();
    parameters.filter(|(_, one)| is_weak(one)).map(|(position, _)| position).collect()
}

/// The ends of a parameter's distribution: of its draws in the posterior where the scenario has one
/// of it, else of what is stated; `None` where it is fixed.
#[must_use]
pub fn ends(scenario: &Scenario, position: usize) -> Option<[f64; 2]> {
    let (spec, stated) = (&scenario.register[position], &scenario.parameters[position]);
    if !stated.varies() {
        return None;
    }
    let learned = scenario.posterior.as_ref().and_then(|posterior| {
        let place = posterior.parameters().iter().position(|&other| other == position)?;
        let draws = posterior.weighted().into_iter();
        let shape = DistributionShape::of(
            &draws.map(|(weight, row)| (weight, row[place])).collect::<Vec<_>>(),
        );
        Some([shape.p05, shape.p95])
    });
    learned.or_else(|| Some(ENDS.map(|share| uncertainty::quantile(spec, stated, share))))
}

/// Whether a parameter can move jobs, firms or investment of a policy against the baseline, by what
/// the registers declare of it ([`Acts`]); `policy` is a place in the scenario.
#[must_use]
pub fn can_act(scenario: &Scenario, policy: usize, parameter: usize) -> bool {
    scenario.register[parameter].acts != Acts::InAccounts && is_used(scenario, policy, parameter)
}

/// Whether a policy or the baseline has a lever that the parameter acts through, or whether it acts
/// without one.
#[must_use]
pub fn is_used(scenario: &Scenario, policy: usize, parameter: usize) -> bool {
    let spec = &scenario.register[parameter];
    let acts_through = |kind: &str| {
        LeverKind::named(kind).is_some_and(|kind| kind.spec().acts_through(&spec.name, spec.family))
    };
    let policies = [scenario.baseline, policy];
    let mut written = policies.iter().flat_map(|&policy| &scenario.policies[policy].written);
    spec.acts != Acts::WithLevers || written.any(|lever| acts_through(lever.kind))
}

/// What a policy has beyond the baseline, for each of [`SHOWN`]; `None` where there is none.
type Gains = [Option<f64>; SHOWN.len()];

/// A study of some of the policies, by their places among all, the baseline first.
struct Part {
    policies: Vec<usize>,
    study: Study,
    /// For each policy the place of each result in its own values and in the baseline's.
    places: Vec<[Option<[usize; 2]>; SHOWN.len()]>,
}

impl Part {
    fn of(study: &Study, policies: Vec<usize>) -> Self {
        let study = study.only(&policies).with_metrics(&SHOWN);
        let layouts = study.layouts();
        let years = layouts[0].years.len();
        let place = |policy: usize, (metric, place): (&str, &str)| {
            let series = layouts[policy].position(Table::Metric, metric, place)?;
            Some(series * years + years - 1)
        };
        let places = (1..layouts.len())
            .map(|policy| SHOWN.map(|shown| Some([place(0, shown)?, place(policy, shown)?])));
        let places = places.collect();
        Self { policies, study, places }
    }

    /// Simulates a replication; with a parameter, by its position in the register, moved to a value.
    fn gains(
        &self,
        replication: u32,
        moved: Option<(usize, f64)>,
        workspace: &mut Workspace,
    ) -> Result<Vec<Gains>, StudyError> {
        let mut values = self.study.values(replication);
        if let Some((position, value)) = moved {
            values[position] = value;
        }
        let values = self.study.replicate_with(&values, replication, workspace)?;
        let of_policy = |(policy, places): (usize, &[Option<[usize; 2]>; SHOWN.len()])| {
            places.map(|at| at.map(|[there, here]| values[policy + 1][here] - values[0][there]))
        };
        Ok(self.places.iter().enumerate().map(of_policy).collect())
    }
}

/// The policies of a study, by their places in it, that a parameter can move against the baseline.
fn moved_by(scenario: &Scenario, study: &Study, parameter: usize) -> Vec<usize> {
    let in_scenario = |name: &str| scenario.policies.iter().position(|it| it.name == name);
    let is_moved = |policy: &StudyPolicy| {
        in_scenario(&policy.name).is_none_or(|policy| is_used(scenario, policy, parameter))
    };
    let policies = study.policies().enumerate().skip(1);
    policies.filter(|(_, policy)| is_moved(policy)).map(|(place, _)| place).collect()
}

/// Moves each of `parameters` to its two ends in the first replications, each with its own draws of
/// all other parameters and its own chance; `study` has the baseline and the policies. A parameter
/// that is fixed has no row. What a parameter cannot move is simulated once, with it as drawn.
///
/// # Errors
///
/// Fails as the simulation does, or when the work is stopped.
pub fn swings(
    scenario: &Scenario,
    study: &Study,
    parameters: &[usize],
    replications: u32,
    workers: &Workers<'_>,
    progress: &dyn Progress,
) -> Result<Vec<Swing>, Halted<StudyError>> {
    let all = Part::of(study, (1..study.policies().count()).collect());
    let varied: Vec<(usize, [f64; 2])> = parameters
        .iter()
        .filter_map(|&position| Some((position, ends(scenario, position)?)))
        .collect();
    let mut parts: Vec<Part> = Vec::new();
    let of_rows: Vec<usize> = varied
        .iter()
        .map(|&(position, _)| {
            let policies = moved_by(scenario, study, position);
            let known = parts.iter().position(|part| part.policies == policies);
            known.unwrap_or_else(|| {
                parts.push(Part::of(study, policies));
                parts.len() - 1
            })
        })
        .collect();
    let each = replications as usize;
    let number = |replication: usize| u32::try_from(replication).unwrap_or(u32::MAX);
    let as_drawn = if parts.iter().any(|part| part.policies != all.policies) { each } else { 0 };
    let as_drawn =
        workers.map_in_order(as_drawn, Workspace::default, |workspace, replication| {
            all.gains(number(replication), None, workspace).map_err(Halted::Failed)
        })?;
    let made =
        workers.map_in_order(varied.len() * 2 * each, Workspace::default, |workspace, task| {
            let (row, replication) = (task / each, task % each);
            let (position, ends) = varied[row / 2];
            let part = &parts[of_rows[row / 2]];
            let moved = Some((position, ends[row % 2]));
            let gains = if part.policies.is_empty() {
                Ok(Vec::new())
            } else {
                part.gains(number(replication), moved, workspace)
            };
            let gains = gains.map_err(Halted::Failed)?;
            progress.replication_done();
            if part.policies == all.policies {
                return Ok(gains);
            }
            let mut whole = as_drawn[replication].clone();
            for (&policy, gains) in part.policies.iter().zip(gains) {
                whole[policy - 1] = gains;
            }
            Ok(whole)
        })?;
    let of_one = |(row, &(parameter, ends)): (usize, &(usize, [f64; 2]))| {
        let runs = |end: usize| &made[(2 * row + end) * each..][..each];
        let result = |policy: usize, result: usize| {
            let of_end = |end: usize| -> Option<Vec<f64>> {
                runs(end).iter().map(|gains| gains[policy][result]).collect()
            };
            let (low, high) = (of_end(0)?, of_end(1)?);
            let moved: Vec<f64> = low.iter().zip(&high).map(|(low, high)| high - low).collect();
            let mean = |values: &[f64]| Estimate::from_values(values).map(|one| one.mean);
            let at = [mean(&low)?, mean(&high)?];
            Some(Move { at, moves: Estimate::from_values(&moved)? })
        };
        let of_policy = |policy| std::array::from_fn(|number| result(policy, number));
        Swing { parameter, ends, results: (0..all.places.len()).map(of_policy).collect() }
    };
    Ok(varied.iter().enumerate().map(of_one).collect())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// What the register declares: moved through their ranges together, the parameters that cannot
    /// act on a policy's jobs, firms and investment leave them as they are, to the last bit.
    #[test]
    fn parameters_that_are_declared_not_to_act_move_nothing() {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
        let scenario = Scenario::loader(&folder).load().unwrap();
        let baseline = StudyPolicy::of(&scenario.policies[scenario.baseline]);
        let mut workspace = Workspace::default();
        for name in ["full-plan", "homes", "retraining", "research-grant", "promotion-district"] {
            let policy = scenario.policies.iter().position(|one| one.name == name).unwrap();
            let own = StudyPolicy::of(&scenario.policies[policy]);
            let study = Study::new(&scenario, vec![own], baseline.clone());
            let still: Vec<usize> = (0..scenario.register.len())
                .filter(|&parameter| !can_act(&scenario, policy, parameter))
                .collect();
            assert!(still.len() >= 15, "{name}: {}", still.len());
            let mut gains = |ends: Option<usize>| {
                let mut values = study.values(1);
                for &parameter in &still {
                    if let Some(end) = ends {
                        let stated = &scenario.parameters[parameter];
                        values[parameter] = [stated.low, stated.high][end];
                    }
                }
                let values = study.replicate_with(&values, 1, &mut workspace).unwrap();
                let layouts = study.layouts();
                let last = layouts[0].years.len() - 1;
                let value = |side: usize, (metric, place): (&str, &str)| {
                    let series = layouts[side].position(Table::Metric, metric, place).unwrap();
                    values[side][series * layouts[side].years.len() + last].to_bits()
                };
                SHOWN.map(|shown| [0, 1].map(|side| value(side, shown)))
            };
            let drawn = gains(None);
            assert_eq!(gains(Some(0)), drawn, "{name}");
            assert_eq!(gains(Some(1)), drawn, "{name}");
        }
    }
}
