//! Approximate Bayesian computation by sequential Monte Carlo.
//!
//! Particles are parameter values with the random stream under which they were simulated. From generation
//! to generation the tolerance falls as fast as the effective sample size allows; particles whose
//! synthetic records are too far from the observed one die out, the others move.
//!
//! # Source
//!
//! Del Moral, Doucet and Jasra (2012), "An adaptive sequential Monte Carlo method for approximate
//! Bayesian computation", Statistics and Computing 22, 1009–1020. Two things are ours: parameters
//! live on the scale of normal scores, so that every prior is standard normal; and a particle's
//! stream is part of its state, so that a Metropolis step moves either the parameters under the same
//! stream (common random numbers) or the random stream under the same parameters, both of which leave
//! the joint distribution as it is.

mod adjust;
mod moves;
pub mod state;
#[cfg(test)]
mod tests;

use crate::evidence::linear;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Progress;
use crate::experiment::batch::Workers;
use crate::random::Key;
use crate::random::LatinHypercubes;
use crate::random::Purpose;
use crate::random::distribution;

/// The first random stream of calibration; runs count theirs from 0, so the two share none before two
/// thousand million replications.
const FIRST_STREAM: u32 = 1 << 31;
/// The world of the sampler's own draws, which no replication has.
const SAMPLER_WORLD: u64 = u64::MAX - 1;
/// A resampling falls due when the effective sample size is below this share of the particles.
const RESAMPLE_BELOW: f64 = 0.5;
/// How often a particle's two moves are tried in a generation.
const MOVES: u64 = 2;

/// What is calibrated: a prior on normal scores, and synthetic records.
pub trait Model: Sync {
    /// Memory that one thread uses again.
    type Workspace;
    /// Why a record cannot be simulated.
    type Error: Send;

    /// How many parameters there are.
    fn dimensions(&self) -> usize;

    /// A workspace for one thread.
    fn workspace(&self) -> Self::Workspace;

    /// The synthetic record, with error of observation, at normal scores of the parameters and
    /// under a random stream: the same numbers for the same arguments.
    ///
    /// # Errors
    ///
    /// Fails where the model has a mistake.
    fn synthetic(
        &self,
        scores: &[f64],
        stream: u32,
        workspace: &mut Self::Workspace,
    ) -> Result<Vec<f64>, Self::Error>;
}

/// How to sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SamplerSettings {
    /// Particles.
    pub particles: usize,
    /// Synthetic records of a particle.
    pub records: usize,
    /// The share of the effective sample size that a generation keeps, in (0, 1).
    pub keep: f64,
    /// The tolerance at which sampling ends.
    pub tolerance: f64,
    /// The most generations after the first.
    pub most_generations: usize,
    /// Sampling ends when a smaller share of moves is taken.
    pub least_acceptance: f64,
    /// The seed of all chance.
    pub seed: u64,
}

/// Parameter values with their random stream.
#[derive(Clone, Debug, PartialEq)]
pub struct Particle {
    /// Normal scores of the parameters.
    pub scores: Vec<f64>,
    /// Its weight; all add up to 1.
    pub weight: f64,
    /// The random stream of each of its synthetic records.
    pub streams: Vec<u32>,
    /// How far each of them is from the observed record.
    pub distances: Vec<f64>,
    /// The records themselves.
    pub records: Vec<Vec<f64>>,
}

impl Particle {
    /// How many of its records are within a tolerance.
    fn within(&self, tolerance: f64) -> f64 {
        self.distances.iter().filter(|&&distance| distance <= tolerance).count() as f64
    }
}

/// What a generation was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Generation {
    /// The tolerance; infinite in the first.
    pub tolerance: f64,
    /// The effective sample size before resampling.
    pub effective: f64,
    /// Whether particles were resampled.
    pub resampled: bool,
    /// The share of moves of parameters that were taken.
    pub parameters_moved: f64,
    /// The share of moves of random streams that were taken.
    pub streams_moved: f64,
    /// Synthetic records made.
    pub records: u64,
}

/// Where sampling stands.
#[derive(Clone, Debug, PartialEq)]
pub struct SamplerState {
    /// Every generation so far.
    pub generations: Vec<Generation>,
    /// The scale of each figure in the distance.
    pub scale: Vec<f64>,
    /// The length of steps against the spread of the particles.
    pub step: f64,
    /// The particles.
    pub particles: Vec<Particle>,
}

/// Why sampling has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The tolerance that was asked for is reached.
    Tolerance,
    /// The number of generations is used up.
    Generations,
    /// Hardly any move is taken any more.
    Acceptance,
}

impl SamplerState {
    /// The present tolerance.
    #[must_use]
    pub fn tolerance(&self) -> f64 {
        self.generations.last().map_or(f64::INFINITY, |generation| generation.tolerance)
    }

    /// The effective sample size of the weights: 1 / Σ w².
    #[must_use]
    pub fn effective(&self) -> f64 {
        effective(self.particles.iter().map(|particle| particle.weight))
    }

    /// How many different parameter values have a weight: after resampling some stand several
    /// times until they move.
    #[must_use]
    pub fn different(&self) -> usize {
        let alive = self.particles.iter().filter(|particle| particle.weight > 0.0);
        let bits = |particle: &Particle| -> Vec<u64> {
            particle.scores.iter().map(|score| score.to_bits()).collect()
        };
        let mut points: Vec<Vec<u64>> = alive.map(bits).collect();
        points.sort_unstable();
        points.dedup();
        points.len()
    }

    /// Why sampling has ended, if it has.
    #[must_use]
    pub fn end(&self, settings: &SamplerSettings) -> Option<End> {
        let last = self.generations.last()?;
        if last.tolerance <= settings.tolerance {
            return Some(End::Tolerance);
        }
        if self.generations.len() > settings.most_generations {
            return Some(End::Generations);
        }
        let moved = self.generations.len() > 1
            && last.parameters_moved.max(last.streams_moved) < settings.least_acceptance;
        moved.then_some(End::Acceptance)
    }
}

/// Weights and how many particles they are worth.
fn effective(weights: impl Iterator<Item = f64>) -> f64 {
    let squares: f64 = weights.map(|weight| weight * weight).sum();
    if squares > 0.0 { 1.0 / squares } else { 0.0 }
}

/// Samples the parameters given a record.
#[derive(Debug)]
pub struct Sampler<'a, M> {
    /// What is calibrated.
    pub model: &'a M,
    /// The observed record.
    pub observed: &'a [f64],
    /// How to sample.
    pub settings: SamplerSettings,
    /// Who computes.
    pub workers: &'a Workers<'a>,
}

impl<M: Model> Sampler<'_, M> {
    /// The first generation: the prior, evenly filled, and the scale of each figure.
    ///
    /// A figure's scale is how much two synthetic records of the same parameters differ in it:
    /// the robust spread of chance and of error of observation together, so that a figure counts
    /// by how exactly it could be met at best.
    ///
    /// # Errors
    ///
    /// Fails as the model does, or when the work is stopped.
    pub fn first(&self, progress: &dyn Progress) -> Result<SamplerState, Halted<M::Error>> {
        let settings = &self.settings;
        let points = LatinHypercubes::new(settings.seed);
        // Two records are the least that show a spread.
        let records = settings.records.max(2);
        let made = self.workers.map_in_order(
            settings.particles,
            || self.model.workspace(),
            |workspace, number| {
                let scores: Vec<f64> = (0..self.model.dimensions() as u64)
                    .map(|dimension| distribution::normal(points.point(dimension, number as u64)))
                    .collect();
                let streams: Vec<u32> =
                    (0..records).map(|record| stream(self.key(0, number), record)).collect();
                let made: Result<Vec<_>, _> = streams
                    .iter()
                    .map(|&stream| self.model.synthetic(&scores, stream, workspace))
                    .collect();
                progress.replication_done();
                Ok((scores, streams, made.map_err(Halted::Failed)?))
            },
        )?;
        let pairs: Vec<[&[f64]; 2]> =
            made.iter().map(|(_, _, records)| [records[0].as_slice(), &records[1]]).collect();
        let scale = spreads(&pairs, self.observed.len());
        let weight = 1.0 / made.len() as f64;
        let kept = settings.records;
        let particles = made.into_iter().map(|(scores, streams, records)| Particle {
            scores,
            weight,
            streams: streams[..kept].to_vec(),
            distances: records[..kept]
                .iter()
                .map(|record| distance(record, self.observed, &scale))
                .collect(),
            records: records.into_iter().take(kept).collect(),
        });
        let particles: Vec<Particle> = particles.collect();
        let first = Generation {
            tolerance: f64::INFINITY,
            effective: effective(particles.iter().map(|particle| particle.weight)),
            resampled: false,
            parameters_moved: 1.0,
            streams_moved: 1.0,
            records: (settings.particles * records) as u64,
        };
        let step = 2.38 / (self.model.dimensions() as f64).sqrt();
        Ok(SamplerState { generations: vec![first], scale, step, particles })
    }

    /// The next generation: a lower tolerance, new weights, and moves.
    ///
    /// # Errors
    ///
    /// Fails as the model does, or when the work is stopped.
    pub fn next(
        &self,
        state: &SamplerState,
        progress: &dyn Progress,
    ) -> Result<SamplerState, Halted<M::Error>> {
        let settings = &self.settings;
        let number = state.generations.len();
        let tolerance = next_tolerance(state, settings.keep).max(settings.tolerance);
        let mut particles = reweighted(&state.particles, state.tolerance(), tolerance);
        let effective = effective(particles.iter().map(|particle| particle.weight));
        let resampled = effective < RESAMPLE_BELOW * particles.len() as f64;
        if resampled {
            let uniform = uniform(self.key(number, usize::MAX), 0);
            particles = resample(&particles, uniform);
        }
        let points = particles.iter().map(|one| (one.weight, one.scores.as_slice()));
        let (_, covariance) = linear::moments(points, self.model.dimensions());
        let root = linear::cholesky(&covariance);
        let reach =
            moves::MoveReach { tolerance, step: state.step, root: &root, scale: &state.scale };
        let moved = self.workers.map_in_order(
            particles.len(),
            || self.model.workspace(),
            |workspace, place| {
                let key = self.key(number, place);
                let moved = self.moved(&particles[place], key, &reach, workspace);
                progress.replication_done();
                moved.map_err(Halted::Failed)
            },
        )?;
        let alive = particles.iter().filter(|particle| particle.weight > 0.0).count();
        let tried = (alive as u64 * MOVES) as f64;
        let share = |taken: fn(&moves::Moved) -> u64| {
            moved.iter().map(taken).sum::<u64>() as f64 / tried.max(1.0)
        };
        let parameters_moved = share(|moved| moved.parameters);
        let generation = Generation {
            tolerance,
            effective,
            resampled,
            parameters_moved,
            streams_moved: share(|moved| moved.streams),
            records: moved.iter().map(|moved| moved.records).sum(),
        };
        let mut generations = state.generations.clone();
        generations.push(generation);
        Ok(SamplerState {
            generations,
            scale: state.scale.clone(),
            step: moves::next_step(state.step, parameters_moved),
            particles: moved.into_iter().map(|moved| moved.particle).collect(),
        })
    }

    /// The key of a particle's draws in a generation.
    fn key(&self, generation: usize, particle: usize) -> Key {
        Key::world(self.settings.seed, SAMPLER_WORLD)
            .entity(generation as u64)
            .entity(particle as u64)
    }
}

/// A uniform number of a key.
fn uniform(key: Key, number: u64) -> f64 {
    key.entity(number).uniform(0, Purpose::Analysis)
}

/// A random stream of a key.
fn stream(key: Key, record: usize) -> u32 {
    let word = key.entity(record as u64).word(1, Purpose::Analysis);
    let half = (word >> 32) as u32;
    half | FIRST_STREAM
}

/// The root of the mean square of the scaled differences; figures without any spread must agree
/// exactly.
fn distance(record: &[f64], observed: &[f64], scale: &[f64]) -> f64 {
    let squares: f64 = record
        .iter()
        .zip(observed)
        .zip(scale)
        .map(|((made, seen), scale)| {
            let scaled = (made - seen) / scale;
            // Without spread 0/0 is agreement.
            if scaled.is_nan() { 0.0 } else { scaled * scaled }
        })
        .sum();
    (squares / observed.len().max(1) as f64).sqrt()
}

/// The robust spread of each figure between records of the same parameters: 1.4826 times the
/// median absolute difference of two, over √2; the standard deviation where that is 0.
fn spreads(pairs: &[[&[f64]; 2]], figures: usize) -> Vec<f64> {
    (0..figures)
        .map(|figure| {
            let mut differences: Vec<f64> =
                pairs.iter().map(|[one, other]| (one[figure] - other[figure]).abs()).collect();
            differences.sort_unstable_by(f64::total_cmp);
            let median = differences.get(differences.len() / 2).copied().unwrap_or_default();
            if median > 0.0 {
                return 1.4826 * median / std::f64::consts::SQRT_2;
            }
            let squares: f64 = differences.iter().map(|one| one * one).sum();
            (squares / 2.0 / differences.len().max(1) as f64).sqrt()
        })
        .collect()
}

/// The smallest tolerance that keeps a share of the effective sample size.
fn next_tolerance(state: &SamplerState, keep: f64) -> f64 {
    let now = state.tolerance();
    let wanted = keep * state.effective();
    let mut candidates: Vec<f64> = state
        .particles
        .iter()
        .filter(|particle| particle.weight > 0.0)
        .flat_map(|particle| particle.distances.iter().copied())
        .filter(|&distance| distance <= now)
        .collect();
    candidates.sort_unstable_by(f64::total_cmp);
    // The lowest candidate that is large enough; the effective size rises with the tolerance but
    // for wiggles of single particles, which do not matter.
    let enough = candidates.partition_point(|&tolerance| {
        let weights = reweighted(&state.particles, now, tolerance);
        effective(weights.iter().map(|particle| particle.weight)) < wanted
    });
    let found = candidates.get(enough).copied().unwrap_or(now);
    if found < now {
        return found;
    }
    // Where records are whole numbers many distances are equal; then the next lower one is taken.
    let lower = candidates.partition_point(|&distance| distance < now);
    lower.checked_sub(1).map_or(now, |place| candidates[place])
}

/// The particles with weights for a lower tolerance: w × (records within it now / before).
fn reweighted(particles: &[Particle], before: f64, tolerance: f64) -> Vec<Particle> {
    let mut particles = particles.to_vec();
    for particle in &mut particles {
        let was = particle.within(before);
        particle.weight *= if was > 0.0 { particle.within(tolerance) / was } else { 0.0 };
    }
    let whole: f64 = particles.iter().map(|particle| particle.weight).sum();
    for particle in &mut particles {
        particle.weight /= whole;
    }
    particles
}

/// As many particles of equal weight, each as often as its weight says (systematic resampling).
fn resample(particles: &[Particle], uniform: f64) -> Vec<Particle> {
    let count = particles.len();
    let mut chosen = Vec::with_capacity(count);
    let (mut place, mut sum) = (0, particles.first().map_or(0.0, |particle| particle.weight));
    for number in 0..count {
        let point = (number as f64 + uniform) / count as f64;
        while sum < point && place + 1 < count {
            place += 1;
            sum += particles[place].weight;
        }
        chosen.push(Particle { weight: 1.0 / count as f64, ..particles[place].clone() });
    }
    chosen
}
