//! A designed experiment on a scenario: the difference of a policy from the baseline at the points of a design.

use std::collections::BTreeMap;

use crate::analysis::decision::outcome::Outcome;
use crate::analysis::evaluation::Evaluation;
use crate::analysis::evaluation::EvaluationError;
use crate::analysis::evaluation::History;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::experiment::uncertainty::quantile;
use crate::scenario::Policy;
use crate::scenario::Scenario;

/// Rows that are simulated at a time: their parameter values are in memory together.
const ROWS: usize = 64;

/// What each row led to: by row, outcome and replication.
pub type Outputs = Vec<Vec<Vec<f64>>>;

/// A designed experiment on a scenario.
///
/// Each row has the chance of the same replications, so what differs between rows is the parameters alone.
/// A parameter that the design does not move has its value.
#[derive(Clone, Debug)]
pub struct Experiment<'a> {
    scenario: &'a Scenario,
    policy: &'a Policy,
    /// The parameters that the design moves, by their places in the register.
    parameters: &'a [usize],
    /// Of those that the scenario's posterior has, its draws: value and cumulated weight, rising.
    learned: BTreeMap<usize, Vec<(f64, f64)>>,
}

impl<'a> Experiment<'a> {
    /// An experiment with a policy, that moves some parameters.
    #[must_use]
    pub fn new(scenario: &'a Scenario, policy: &'a Policy, parameters: &'a [usize]) -> Self {
        let mut learned = BTreeMap::new();
        if let Some(posterior) = &scenario.posterior {
            let draws = posterior.weighted();
            for (column, &parameter) in posterior.parameters().iter().enumerate() {
                let mut of_one: Vec<(f64, f64)> =
                    draws.iter().map(|(weight, values)| (values[column], *weight)).collect();
                of_one.sort_by(|one, other| one.0.total_cmp(&other.0));
                let mut sum = 0.0;
                for draw in &mut of_one {
                    sum += draw.1;
                    draw.1 = sum;
                }
                learned.insert(parameter, of_one);
            }
        }
        Self { scenario, policy, parameters, learned }
    }

    /// The value of a parameter at a probability: the quantile of its stated distribution or, where the scenario has a
    /// posterior of it, of that posterior by itself, without what it says of other parameters.
    #[must_use]
    pub fn value(&self, parameter: usize, probability: f64) -> f64 {
        if let Some(draws) = self.learned.get(&parameter) {
            let place = draws.partition_point(|&(_, sum)| sum < probability);
            return draws[place.min(draws.len() - 1)].0;
        }
        let spec = &self.scenario.register[parameter];
        quantile(spec, &self.scenario.parameters[parameter], probability)
    }

    /// The values of all parameters at a point of the design.
    fn values(&self, point: &[f64]) -> Vec<f64> {
        let mut values: Vec<f64> = self.scenario.parameters.iter().map(|it| it.value).collect();
        for (&parameter, &probability) in self.parameters.iter().zip(point) {
            values[parameter] = self.value(parameter, probability);
        }
        values
    }

    /// Simulates every point in so many replications, and gives by how much the policy differs from the baseline.
    /// `done` is called after each history.
    ///
    /// # Errors
    ///
    /// Fails if the simulation does, and when the work is stopped.
    pub fn run(
        &self,
        points: &[Vec<f64>],
        outcomes: &[Outcome],
        replications: u32,
        workers: &Workers<'_>,
        done: &(dyn Fn() + Sync),
    ) -> Result<Outputs, Halted<EvaluationError>> {
        let evaluation = Evaluation::new(self.scenario, std::slice::from_ref(self.policy), workers);
        let mut outputs = Vec::with_capacity(points.len());
        for points in points.chunks(ROWS) {
            let histories: Vec<History> = points
                .iter()
                .flat_map(|point| {
                    let values = self.values(point);
                    let of =
                        move |replication| History { replication, values: Some(values.clone()) };
                    (0..replications).map(of)
                })
                .collect();
            let found = evaluation.outcomes(outcomes, &histories, done)?;
            let count = replications as usize;
            for row in 0..points.len() {
                let range = row * count..(row + 1) * count;
                let of = |by_policy: &Vec<Vec<f64>>| {
                    let pairs =
                        by_policy[1][range.clone()].iter().zip(&by_policy[0][range.clone()]);
                    pairs.map(|(own, baseline)| own - baseline).collect()
                };
                outputs.push(found.iter().map(of).collect());
            }
        }
        Ok(outputs)
    }
}
