//! Scrambled Sobol' points: uniform numbers that fill a space more evenly than chance does.

use crate::random::key::{Key, open_unit};

mod directions;
#[cfg(test)]
mod tests;

/// Bits of a coordinate that come from the sequence.
const BITS: usize = 32;

/// The direction vectors of each dimension.
static VECTORS: [[u32; BITS]; Sobol::DIMENSIONS] = direction_vectors();

/// A scrambled Sobol' sequence.
///
/// Any 2^k consecutive points that start at a multiple of 2^k fall one to a bin of width 2^-k in
/// every dimension, and the points of one seed, taken over seeds, are uniform and independent of
/// those of another. A point depends on seed, dimension and index alone: more points and more
/// dimensions change none that is there.
///
/// # Source
///
/// Direction numbers: Joe and Kuo (2008), in the order of Antonov and Saleev (1979), also that of
/// `scipy.stats.qmc.Sobol`. Scrambling: Owen's, by hashing, after Laine and Karras (2011) and Burley (2020),
/// Journal of Computer Graphics Techniques 9(4), with the constants of Vegdahl (2021).
#[derive(Clone, Copy, Debug)]
pub struct Sobol {
    key: Key,
}

impl Sobol {
    /// Dimensions that are evenly filled.
    pub const DIMENSIONS: usize = 256;

    /// The sequence of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        // A replication that no run has keeps these words apart from those of the draws.
        Self { key: Key::world(seed, u64::MAX) }
    }

    /// The coordinate of point number `index` in a dimension, in the open interval (0, 1).
    ///
    /// Dimensions count from 0. From [`Self::DIMENSIONS`] on, and from point 2^32 on, coordinates
    /// are plain pseudorandom numbers: uniform still, but not evenly spread.
    #[must_use]
    pub fn point(&self, dimension: usize, index: u64) -> f64 {
        let axis = self.key.entity(dimension as u64);
        // Bits beyond those of the sequence are scrambled to independent ones.
        let chance = axis.entity(index).bits();
        match (VECTORS.get(dimension), u32::try_from(index)) {
            (Some(vectors), Ok(index)) => {
                let digits = scramble(unscrambled(vectors, index), axis.bits());
                open_unit(u64::from(digits) << BITS | chance >> BITS)
            }
            _ => open_unit(chance),
        }
    }
}

/// The digits of a coordinate before scrambling.
fn unscrambled(vectors: &[u32; BITS], index: u32) -> u32 {
    let gray = index ^ (index >> 1);
    let chosen = vectors.iter().enumerate().filter(|(bit, _)| gray >> bit & 1 == 1);
    chosen.fold(0, |digits, (_, vector)| digits ^ vector)
}

/// Scrambles the digits so that each depends on those above it only, as Owen's scrambling does.
fn scramble(digits: u32, seed: u64) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "the two halves of a seed")]
    let (shift, factor) = (seed as u32, (seed >> 32) as u32 | 1);
    // Reversed, "above" becomes "below", and there sums and products carry the right way.
    let mut word = digits.reverse_bits();
    word ^= word.wrapping_mul(0x3d20_adea);
    word = word.wrapping_add(shift);
    word = word.wrapping_mul(factor);
    word ^= word.wrapping_mul(0x0552_6c56);
    word ^= word.wrapping_mul(0x53a2_2864);
    word.reverse_bits()
}

/// Expands the direction numbers by the recurrence of their polynomials.
const fn direction_vectors() -> [[u32; BITS]; Sobol::DIMENSIONS] {
    #[expect(clippy::large_stack_arrays, reason = "runs in the compiler only")]
    let mut vectors = [[0; BITS]; Sobol::DIMENSIONS];
    let mut bit = 0;
    // The first dimension is van der Corput's.
    while bit < BITS {
        vectors[0][bit] = 1 << (BITS - 1 - bit);
        bit += 1;
    }

    let mut dimension = 1;
    while dimension < Sobol::DIMENSIONS {
        let (coefficients, initial) = directions::JOE_KUO[dimension - 1];
        let degree = initial.len();
        let mut bit = 0;
        while bit < BITS {
            vectors[dimension][bit] = if bit < degree {
                initial[bit] << (BITS - 1 - bit)
            } else {
                let mut vector = vectors[dimension][bit - degree];
                vector ^= vector >> degree;
                let mut term = 1;
                while term < degree {
                    if coefficients >> (degree - 1 - term) & 1 == 1 {
                        vector ^= vectors[dimension][bit - term];
                    }
                    term += 1;
                }
                vector
            };
            bit += 1;
        }
        dimension += 1;
    }
    vectors
}
