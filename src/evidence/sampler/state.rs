//! The state of sampling as bytes, to go on from after an interruption.
//!
//! A fingerprint of all that bears on the result, then numbers in little-endian order, then the
//! digest of everything before it: a file that was cut, changed or made by something else is told.

use crate::evidence::sampler::Generation;
use crate::evidence::sampler::Particle;
use crate::evidence::sampler::SamplerState;
use crate::experiment::fingerprint::Fingerprint;

const MAGIC: [u8; 8] = *b"YJCALIB2";
const DIGEST: usize = 32;

/// Bytes that are no state of this sampling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DamagedState {
    /// They were changed or cut.
    #[error("the file is damaged")]
    Changed,
    /// They belong to something else.
    #[error("the file belongs to other inputs or options")]
    Other,
}

impl SamplerState {
    /// The state as bytes that only the same `inputs` read back.
    #[must_use]
    pub fn to_bytes(&self, inputs: &Fingerprint) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(inputs.0);
        let mut put = |value: f64| bytes.extend(value.to_le_bytes());
        let records = self.particles.first().map_or(0, |particle| particle.streams.len());
        let dimensions = self.particles.first().map_or(0, |particle| particle.scores.len());
        let counts =
            [self.generations.len(), self.scale.len(), self.particles.len(), dimensions, records];
        for count in counts {
            put(count as f64);
        }
        put(self.step);
        self.scale.iter().for_each(|&scale| put(scale));
        for one in &self.generations {
            let flags = f64::from(u8::from(one.resampled));
            [one.tolerance, one.effective, flags, one.parameters_moved, one.streams_moved]
                .into_iter()
                .for_each(&mut put);
            put(one.records as f64);
        }
        for particle in &self.particles {
            put(particle.weight);
            particle.scores.iter().for_each(|&score| put(score));
            particle.streams.iter().for_each(|&stream| put(f64::from(stream)));
            particle.distances.iter().for_each(|&distance| put(distance));
            particle.records.iter().flatten().for_each(|&figure| put(figure));
        }
        let digest = Fingerprint::of(&bytes);
        bytes.extend(digest.0);
        bytes
    }

    /// Reads a state back.
    ///
    /// # Errors
    ///
    /// Fails if the bytes are damaged or belong to other inputs.
    pub fn from_bytes(bytes: &[u8], inputs: &Fingerprint) -> Result<Self, DamagedState> {
        let cut = bytes.len().checked_sub(DIGEST).ok_or(DamagedState::Changed)?;
        let (content, digest) = bytes.split_at(cut);
        if digest != Fingerprint::of(content).0 {
            return Err(DamagedState::Changed);
        }
        let content = content.strip_prefix(&MAGIC).ok_or(DamagedState::Other)?;
        let content = content.strip_prefix(&inputs.0).ok_or(DamagedState::Other)?;
        let (words, rest) = content.as_chunks::<8>();
        let mut numbers = words.iter().map(|word| f64::from_le_bytes(*word));
        let state = read(&mut numbers).ok_or(DamagedState::Changed)?;
        let whole = rest.is_empty() && numbers.next().is_none();
        if whole { Ok(state) } else { Err(DamagedState::Changed) }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole numbers that were written from such integers"
)]
fn read(numbers: &mut impl Iterator<Item = f64>) -> Option<SamplerState> {
    let mut count = || numbers.next().map(|number| number as usize);
    let (generations, figures, particles) = (count()?, count()?, count()?);
    let (dimensions, records) = (count()?, count()?);
    let step = numbers.next()?;
    let scale = (0..figures).map(|_| numbers.next()).collect::<Option<Vec<f64>>>()?;
    let generations = (0..generations)
        .map(|_| {
            Some(Generation {
                tolerance: numbers.next()?,
                effective: numbers.next()?,
                resampled: numbers.next()? > 0.0,
                parameters_moved: numbers.next()?,
                streams_moved: numbers.next()?,
                records: numbers.next()? as u64,
            })
        })
        .collect::<Option<Vec<Generation>>>()?;
    let particles = (0..particles)
        .map(|_| {
            let weight = numbers.next()?;
            let mut some = |many: usize| (0..many).map(|_| numbers.next()).collect();
            let scores: Option<Vec<f64>> = some(dimensions);
            let streams: Option<Vec<f64>> = some(records);
            let distances: Option<Vec<f64>> = some(records);
            let made: Option<Vec<Vec<f64>>> = (0..records).map(|_| some(figures)).collect();
            let streams = streams?.into_iter().map(|stream| stream as u32).collect();
            Some(Particle {
                scores: scores?,
                weight,
                streams,
                distances: distances?,
                records: made?,
            })
        })
        .collect::<Option<Vec<Particle>>>()?;
    Some(SamplerState { generations, scale, step, particles })
}
