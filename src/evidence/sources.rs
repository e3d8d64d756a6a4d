//! The causal sweep: how far headline results move when one parameter is moved from the 5th to the
//! 95th percentile of its distribution and nothing else is, replication by replication.
//!
//! `check --sources` sweeps the parameters that rest on memory or judgement; a run sweeps those on
//! which its leading policies seem to hang most.

use std::collections::BTreeMap;

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

/// The two ends of a parameter's distribution.
type Ends = [f64; 2];

/// A parameter, one of its ends (0 for the lower), and a replication.
type Point = (usize, usize, usize);

/// The parameters of a study moved to the ends of their distributions, one at a time; what has been simulated is kept.
pub struct Sweep<'a> {
    scenario: &'a Scenario,
    /// The baseline and the policies, with the results alone.
    study: Study,
    /// For each policy but the baseline the place of each result in its own values and in the baseline's.
    places: Vec<[Option<[usize; 2]>; SHOWN.len()]>,
    /// By replication: what policies have where no parameter is moved.
    as_drawn: Vec<Vec<Gains>>,
    made: BTreeMap<Point, Vec<Gains>>,
}

/// What is simulated together: a replication at some ends of parameters.
struct Task {
    replication: usize,
    moved: Vec<Moved>,
    /// Whether none of them acts on the baseline, which is simulated once then.
    beside_baseline: bool,
}

/// A parameter at one of its ends.
#[derive(Clone, Copy)]
struct Moved {
    parameter: usize,
    /// 0 for the lower, 1 for the upper.
    end: usize,
    value: f64,
}

/// How many ends of parameters share a baseline at most.
const BESIDE: usize = 12;

impl<'a> Sweep<'a> {
    /// A sweep of the policies of a study, which has the baseline first.
    #[must_use]
    pub fn of(scenario: &'a Scenario, study: &Study) -> Self {
        let policies: Vec<usize> = (1..study.policies().count()).collect();
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
        Self { scenario, study, places, as_drawn: Vec::new(), made: BTreeMap::new() }
    }

    /// Moves each of `parameters` to its two ends in the first replications, each with its own draws of
    /// all other parameters and its own chance. A parameter that is fixed has no row. What a parameter cannot move is
    /// simulated once, with it as drawn, and nothing that an earlier call has simulated is simulated again.
    ///
    /// # Errors
    ///
    /// Fails as the simulation does, or when the work is stopped.
    pub fn swings(
        &mut self,
        parameters: &[usize],
        replications: u32,
        workers: &Workers<'_>,
        progress: &dyn Progress,
    ) -> Result<Vec<Swing>, Halted<StudyError>> {
        let ends_of = |&position: &usize| Some((position, ends(self.scenario, position)?));
        let varied: Vec<(usize, Ends)> = parameters.iter().filter_map(ends_of).collect();
        let each = replications as usize;
        let tasks = self.tasks(&varied, each, workers.threads());
        if tasks.iter().any(|task| task.beside_baseline) {
            let known = self.as_drawn.len();
            let open = each.saturating_sub(known);
            let as_drawn = workers.map_in_order(open, Workspace::default, |workspace, place| {
                self.gains(None, known + place, workspace).map_err(Halted::Failed)
            })?;
            self.as_drawn.extend(as_drawn);
        }
        let made = workers.map_in_order(tasks.len(), Workspace::default, |workspace, task| {
            self.simulate(&tasks[task], workspace, (workers, progress))
        })?;
        self.made.extend(made.into_iter().flatten());
        Ok(varied.iter().map(|&(parameter, ends)| self.swing(parameter, ends, each)).collect())
    }

    /// What is not simulated yet of parameters at both ends: enough tasks for so many threads, the long ones first.
    fn tasks(&self, varied: &[(usize, Ends)], replications: usize, threads: usize) -> Vec<Task> {
        let (mut tasks, mut short) = (Vec::new(), Vec::new());
        for replication in 0..replications {
            let all = varied.iter().flat_map(|&(parameter, ends)| {
                [0, 1].map(|end| Moved { parameter, end, value: ends[end] })
            });
            let open =
                all.filter(|it| !self.made.contains_key(&(it.parameter, it.end, replication)));
            let acts_on_baseline =
                |moved: &Moved| self.is_used(self.scenario.baseline, moved.parameter);
            let (alone, beside): (Vec<_>, Vec<_>) = open.partition(acts_on_baseline);
            let most = (beside.len() * replications / (2 * threads)).clamp(1, BESIDE);
            tasks.extend(beside.chunks(most).map(|moved| Task {
                replication,
                moved: moved.to_vec(),
                beside_baseline: true,
            }));
            short.extend(alone.into_iter().map(|moved| Task {
                replication,
                moved: vec![moved],
                beside_baseline: false,
            }));
        }
        tasks.extend(short);
        tasks
    }

    /// Simulates what a task asks for.
    fn simulate(
        &self,
        task: &Task,
        workspace: &mut Workspace,
        (workers, progress): (&Workers<'_>, &dyn Progress),
    ) -> Result<Vec<(Point, Vec<Gains>)>, Halted<StudyError>> {
        let Task { replication, ref moved, beside_baseline } = *task;
        if beside_baseline {
            let kept = self.study.keep_baseline(number(replication), workspace);
            kept.map_err(Halted::Failed)?;
        }
        let mut made = Vec::with_capacity(moved.len());
        for moved in moved {
            if workers.stopped() {
                return Err(Halted::Stopped);
            }
            let gains = if beside_baseline {
                self.gains_beside(moved, replication, workspace)
            } else {
                self.gains(Some(moved), replication, workspace)
            };
            let gains = gains.map_err(Halted::Failed)?;
            made.push(((moved.parameter, moved.end, replication), gains));
            progress.replication_done();
        }
        Ok(made)
    }

    /// What all policies have in a replication, with a parameter moved to one of its ends or none.
    fn gains(
        &self,
        moved: Option<&Moved>,
        replication: usize,
        workspace: &mut Workspace,
    ) -> Result<Vec<Gains>, StudyError> {
        let values = self.values(moved, replication);
        let values = self.study.replicate_with(&values, number(replication), workspace)?;
        Ok((1..values.len()).map(|policy| self.gains_of(policy, &values)).collect())
    }

    /// The same of a parameter that acts on levers that the baseline does not have: beside the baseline that the
    /// workspace holds, and for policies that it cannot move as drawn.
    fn gains_beside(
        &self,
        moved: &Moved,
        replication: usize,
        workspace: &mut Workspace,
    ) -> Result<Vec<Gains>, StudyError> {
        let mut gains = self.as_drawn[replication].clone();
        let policies = self.moved_by(moved.parameter);
        let values = self.values(Some(moved), replication);
        let number = number(replication);
        let values = self.study.replicate_beside(&values, number, &policies, workspace)?;
        for policy in policies {
            gains[policy - 1] = self.gains_of(policy, &values);
        }
        Ok(gains)
    }

    /// The parameter values of a replication, with one moved to one of its ends.
    fn values(&self, moved: Option<&Moved>, replication: usize) -> Vec<f64> {
        let mut values = self.study.values(number(replication));
        if let Some(moved) = moved {
            values[moved.parameter] = moved.value;
        }
        values
    }

    fn gains_of(&self, policy: usize, values: &[Vec<f64>]) -> Gains {
        self.places[policy - 1]
            .map(|at| at.map(|[there, here]| values[policy][here] - values[0][there]))
    }

    /// How far a parameter moves the results of the first replications, all of which are simulated.
    fn swing(&self, parameter: usize, ends: Ends, replications: usize) -> Swing {
        let result = |policy: usize, result: usize| {
            let of_end = |end: usize| -> Option<Vec<f64>> {
                let of_one = |one| self.made.get(&(parameter, end, one))?.get(policy)?[result];
                (0..replications).map(of_one).collect()
            };
            let (low, high) = (of_end(0)?, of_end(1)?);
            let moved: Vec<f64> = low.iter().zip(&high).map(|(low, high)| high - low).collect();
            let mean = |values: &[f64]| Estimate::from_values(values).map(|one| one.mean);
            let at = [mean(&low)?, mean(&high)?];
            Some(Move { at, moves: Estimate::from_values(&moved)? })
        };
        let of_policy = |policy| std::array::from_fn(|number| result(policy, number));
        Swing { parameter, ends, results: (0..self.places.len()).map(of_policy).collect() }
    }

    fn is_used(&self, policy: usize, parameter: usize) -> bool {
        is_used(self.scenario, policy, parameter)
    }

    /// The policies of the study, by their places in it, that a parameter can move against the baseline.
    fn moved_by(&self, parameter: usize) -> Vec<usize> {
        let policies = &self.scenario.policies;
        let in_scenario = |name: &str| policies.iter().position(|it| it.name == name);
        let is_moved = |policy: &StudyPolicy| {
            in_scenario(&policy.name).is_none_or(|policy| self.is_used(policy, parameter))
        };
        let policies = self.study.policies().enumerate().skip(1);
        policies.filter(|(_, policy)| is_moved(policy)).map(|(place, _)| place).collect()
    }
}
fn number(replication: usize) -> u32 {
    u32::try_from(replication).unwrap_or(u32::MAX)
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
