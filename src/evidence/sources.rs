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

/// Moves each of `parameters` to its two ends in the first replications, each with its own draws of
/// all other parameters and its own chance; `study` has the baseline and the policies. A parameter
/// that is fixed has no row.
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
    let layouts = study.layouts();
    let years = layouts[0].years.len();
    let place = |policy: usize, (metric, place): (&str, &str)| {
        let series = layouts[policy].position(Table::Metric, metric, place)?;
        Some(series * years + years - 1)
    };
    // For each policy the place of each result in its own values and in the baseline's.
    let places: Vec<[Option<[usize; 2]>; SHOWN.len()]> = (1..layouts.len())
        .map(|policy| SHOWN.map(|shown| Some([place(0, shown)?, place(policy, shown)?])))
        .collect();
    let varied: Vec<(usize, [f64; 2])> = parameters
        .iter()
        .filter_map(|&position| Some((position, ends(scenario, position)?)))
        .collect();
    let each = replications as usize;
    let made = workers.map_in_order(
        varied.len() * 2 * each,
        Workspace::default,
        |workspace, number| {
            let (row, replication) = (number / each, number % each);
            let (position, ends) = varied[row / 2];
            let replication = u32::try_from(replication).unwrap_or(u32::MAX);
            let mut values = study.values(replication);
            values[position] = ends[row % 2];
            let values =
                study.replicate_with(&values, replication, workspace).map_err(Halted::Failed)?;
            progress.replication_done();
            let gains = |(policy, places): (usize, &[Option<[usize; 2]>; SHOWN.len()])| {
                places.map(|place| {
                    place.map(|[there, here]| values[policy + 1][here] - values[0][there])
                })
            };
            Ok(places.iter().enumerate().map(gains).collect::<Vec<_>>())
        },
    )?;
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
        Swing { parameter, ends, results: (0..places.len()).map(of_policy).collect() }
    };
    Ok(varied.iter().enumerate().map(of_one).collect())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::analysis::study::policy::StudyPolicy;

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
