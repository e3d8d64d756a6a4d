//! A scenario's free parameters and its record, as the sampler takes them.

use crate::analysis::observed::ObservedRecord;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::evidence::sampler::Model;
use crate::evidence::sampler::SamplerState;
use crate::experiment::uncertainty;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::distribution::normal_share;
use crate::random::name_number;
use crate::scenario::Distribution;
use crate::scenario::Observation;
use crate::scenario::ParameterValue;
use crate::scenario::Scenario;
use crate::scenario::parameter_spec::ParameterSpec;

/// A parameter that is fitted.
#[derive(Clone, Debug)]
pub struct Free {
    /// Its position in the register.
    pub position: usize,
    /// What is known of it before.
    pub spec: ParameterSpec,
    /// What the scenario states of it: its prior.
    pub stated: ParameterValue,
}

impl Free {
    /// Its value at a normal score.
    #[must_use]
    pub fn value(&self, score: f64) -> f64 {
        // The share can reach 0 and 1 in the far tails, where distributions have no quantile.
        let share = normal_share(score).clamp(f64::EPSILON, 1.0 - f64::EPSILON);
        uncertainty::quantile(&self.spec, &self.stated, share)
    }
}

/// The parameters that a scenario marks as free and lets vary.
#[must_use]
pub fn free_parameters(scenario: &Scenario) -> Vec<Free> {
    let free = |(position, stated): (usize, &ParameterValue)| {
        let varies = stated.free && stated.distribution != Distribution::Fixed;
        let spec = &scenario.register[position];
        varies.then(|| Free { position, spec: spec.clone(), stated: stated.clone() })
    };
    scenario.parameters.iter().enumerate().filter_map(free).collect()
}

/// The model of a scenario's record: free parameters are given, all others and the error of
/// observation are part of the random stream.
#[derive(Debug)]
pub struct RecordModel<'a> {
    record: &'a ObservedRecord,
    free: &'a [Free],
    seed: u64,
}

impl<'a> RecordModel<'a> {
    /// The model of a record.
    #[must_use]
    pub fn new(record: &'a ObservedRecord, free: &'a [Free], seed: u64) -> Self {
        Self { record, free, seed }
    }

    /// The observed values.
    #[must_use]
    pub fn observed(&self) -> Vec<f64> {
        self.record.rows().iter().map(|row| row.value).collect()
    }
}

impl Model for RecordModel<'_> {
    type Workspace = Workspace;
    type Error = StudyError;

    fn dimensions(&self) -> usize {
        self.free.len()
    }

    fn workspace(&self) -> Workspace {
        Workspace::default()
    }

    fn synthetic(
        &self,
        scores: &[f64],
        stream: u32,
        workspace: &mut Workspace,
    ) -> Result<Vec<f64>, StudyError> {
        let mut values = self.record.parameters(stream);
        for (free, &score) in self.free.iter().zip(scores) {
            values[free.position] = free.value(score);
        }
        let made = self.record.simulate(&values, stream, workspace)?;
        let rows = self.record.rows().iter().zip(made);
        Ok(rows.map(|(row, value)| value + error_of_observation(self.seed, stream, row)).collect())
    }
}

/// What a reported figure is off by in one replication: normal with the row's tolerance, and the same
/// whichever other rows there are.
#[must_use]
pub fn error_of_observation(seed: u64, stream: u32, row: &Observation) -> f64 {
    let key = Key::world(seed, stream.into())
        .entity(name_number(&row.metric))
        .entity(name_number(&row.place));
    let key = row.month.map_or(key, |month| key.entity(month.into()));
    row.tolerance * distribution::normal(key.uniform(row.year, Purpose::Analysis))
}

/// Weighted draws of the free parameters on their own scale: for each particle with a weight, the
/// weight and the values, adjusted to the observed record.
#[must_use]
pub fn draws(state: &SamplerState, observed: &[f64], free: &[Free]) -> Vec<(f64, Vec<f64>)> {
    let values = |scores: &[f64]| {
        free.iter().zip(scores).map(|(free, &score)| rounded(free.value(score))).collect()
    };
    let adjusted = state.adjusted(observed).into_iter();
    adjusted.map(|(weight, scores)| (rounded(weight), values(&scores))).collect()
}

/// A number with six significant digits: more would claim what no sampling knows, and make the
/// file longer.
fn rounded(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}
