//! How particles move: Metropolis steps that leave the distribution at a tolerance as it is.

use crate::evidence::sampler::MOVES;
use crate::evidence::sampler::Model;
use crate::evidence::sampler::Particle;
use crate::evidence::sampler::Sampler;
use crate::evidence::sampler::distance;
use crate::evidence::sampler::stream;
use crate::evidence::sampler::uniform;
use crate::random::Key;
use crate::random::distribution;
use crate::random::math;

/// The share of moves of parameters that steps are fitted to.
const WANTED: f64 = 0.25;
/// Numbers of a key that decide on acceptance; those of proposals count from 0.
const DECIDES_ON_PARAMETERS: u64 = 1 << 32;
const DECIDES_ON_LUCK: u64 = DECIDES_ON_PARAMETERS + 1;

/// How far moves may go in a generation.
#[derive(Clone, Copy, Debug)]
pub(super) struct MoveReach<'a> {
    /// The tolerance.
    pub(super) tolerance: f64,
    /// The length of steps against the spread of the particles.
    pub(super) step: f64,
    /// The triangular root of the particles' covariance.
    pub(super) root: &'a [Vec<f64>],
    /// The scale of each figure.
    pub(super) scale: &'a [f64],
}

/// A particle after its moves.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    pub(super) particle: Particle,
    /// Moves of parameters that were taken.
    pub(super) parameters: u64,
    /// Moves of random streams that were taken.
    pub(super) streams: u64,
    /// Synthetic records made.
    pub(super) records: u64,
}

impl<M: Model> Sampler<'_, M> {
    /// Tries a particle's moves of one generation: its parameters under its random stream, then another
    /// stream for its parameters, each [`MOVES`] times.
    pub(super) fn moved(
        &self,
        particle: &Particle,
        key: Key,
        reach: &MoveReach<'_>,
        workspace: &mut M::Workspace,
    ) -> Result<Moved, M::Error> {
        let mut moved = Moved { particle: particle.clone(), parameters: 0, streams: 0, records: 0 };
        if particle.weight <= 0.0 {
            return Ok(moved);
        }
        for number in 0..MOVES {
            let key = key.entity(number);
            let now = &moved.particle;
            let scores = proposed(&now.scores, key, reach);
            let ratio = math::exp((square(&now.scores) - square(&scores)) / 2.0);
            let level = uniform(key, DECIDES_ON_PARAMETERS) * now.within(reach.tolerance) / ratio;
            let next = Particle { scores, ..now.clone() };
            moved.parameters += u64::from(self.step_to(next, level, reach, &mut moved, workspace)?);

            let now = &moved.particle;
            let level = uniform(key, DECIDES_ON_LUCK) * now.within(reach.tolerance);
            let streams = (0..now.streams.len()).map(|record| stream(key, record)).collect();
            let next = Particle { streams, ..now.clone() };
            moved.streams += u64::from(self.step_to(next, level, reach, &mut moved, workspace)?);
        }
        Ok(moved)
    }

    /// Goes to a particle if more of its records than `level` are within the tolerance.
    fn step_to(
        &self,
        mut next: Particle,
        level: f64,
        reach: &MoveReach<'_>,
        moved: &mut Moved,
        workspace: &mut M::Workspace,
    ) -> Result<bool, M::Error> {
        // Where not even all records within the tolerance would do, none is simulated.
        if level >= next.streams.len() as f64 {
            return Ok(false);
        }
        for (place, stream) in next.streams.iter().enumerate() {
            let record = self.model.synthetic(&next.scores, *stream, workspace)?;
            next.distances[place] = distance(&record, self.observed, reach.scale);
            next.records[place] = record;
            moved.records += 1;
        }
        let taken = next.within(reach.tolerance) > level;
        if taken {
            moved.particle = next;
        }
        Ok(taken)
    }
}

/// A step from a point, as long and as slanted as the particles are spread.
fn proposed(from: &[f64], key: Key, reach: &MoveReach<'_>) -> Vec<f64> {
    let normals: Vec<f64> =
        (0..from.len()).map(|axis| distribution::normal(uniform(key, axis as u64))).collect();
    let along = |row: &Vec<f64>| -> f64 { row.iter().zip(&normals).map(|(l, n)| l * n).sum() };
    from.iter().zip(reach.root).map(|(at, row)| at + reach.step * along(row)).collect()
}

fn square(point: &[f64]) -> f64 {
    point.iter().map(|at| at * at).sum()
}

/// Shorter steps where few are taken, longer ones where many are.
pub(super) fn next_step(step: f64, taken: f64) -> f64 {
    step * math::exp(2.0 * (taken - WANTED)).clamp(0.6, 1.6)
}
