//! Addresses of chance: a number for each (seed, replication, entity, year, purpose, area).

use std::convert::Infallible;

use rand::TryRng;
use rand::rand_core::utils;

use crate::random::purpose::Address;

#[cfg(test)]
mod screen;
#[cfg(test)]
mod tests;

/// The step of SplitMix64's counter: 2^64 divided by the golden ratio, made odd.
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// Bits of a draw's number below those of the year: those of the purpose.
const PURPOSE_BITS: u32 = 8;

/// Keeps what is mixed in at one step of a key apart from what is mixed in at another.
#[derive(Clone, Copy)]
#[repr(u64)]
enum Step {
    Seed = 0xd1b5_4a32_d192_ed03,
    Replication = 0xaef1_7502_108e_f2d9,
    Entity = 0xf135_7aea_2e62_a9c5,
    Sequence = 0xdb4f_0b91_75ae_2165,
}

/// The address of an entity in one replication.
///
/// An entity mixes its key once and keeps it; a draw then costs one more mix. The draw for a year,
/// a purpose and an area is output number 2^24 × area + 256 × year + purpose of SplitMix64 started at
/// the key, reached directly, so no draw depends on another one having been made. A draw that is of
/// no area has area 0.
///
/// # Source
///
/// Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u64);

impl Key {
    /// The key of a world: what all entities of one replication share.
    #[must_use]
    pub const fn world(seed: u64, replication: u64) -> Self {
        Self(0).mixed_with(seed, Step::Seed).mixed_with(replication, Step::Replication)
    }

    /// The key of an entity within what this key stands for; chained for entities of an entity.
    ///
    /// Different ids give different keys. The order of a chain matters.
    #[must_use]
    #[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
    #[inline(always)]
    pub const fn entity(self, id: u64) -> Self {
        self.mixed_with(id, Step::Entity)
    }

    /// The 64 random bits of a year and a purpose, or of one of its draws by area.
    #[must_use]
    #[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
    #[inline(always)]
    pub fn word(self, year: u16, address: impl Into<Address>) -> u64 {
        let index = address.into().number() | u64::from(year) << PURPOSE_BITS;
        mix(self.0.wrapping_add((index + 1).wrapping_mul(GAMMA)))
    }

    /// The uniform number of a year and a purpose, in the open interval (0, 1); see [`open_unit`].
    #[must_use]
    #[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
    #[inline(always)]
    pub fn uniform(self, year: u16, address: impl Into<Address>) -> f64 {
        open_unit(self.word(year, address))
    }

    /// The key itself, as random bits of an address that needs neither year nor purpose.
    #[must_use]
    pub(super) const fn bits(self) -> u64 {
        self.0
    }

    /// Mixes a word in: a bijection of the word for a given key, and of the key for a given word.
    ///
    /// The word is scrambled before it meets the key and the two again after, so neither sums nor
    /// the order of the steps cancel out.
    #[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
    #[inline(always)]
    const fn mixed_with(self, word: u64, step: Step) -> Self {
        let constant = step as u64;
        Self(mix(self.0.wrapping_add(constant) ^ scramble(word.wrapping_add(constant))))
    }
}

/// Turns the upper 52 bits of a word into a number of the open interval (0, 1).
///
/// # Formula
///
/// ```text
/// u = (n + 1/2) 2^-52,  n = word >> 12
/// ```
///
/// so that u lies between 2^-53 and 1 - 2^-53 and both u and 1 - u are exact. (With 53 bits,
/// adding the half would round, and now and then give 1.)
#[must_use]
#[inline]
pub const fn open_unit(word: u64) -> f64 {
    // As the bits of a number this reads 1 + n 2^-52; the subtraction is exact.
    const ONE: u64 = 0x3ff0_0000_0000_0000;
    f64::from_bits(ONE | (word >> 12)) - (1.0 - f64::EPSILON / 2.0)
}

/// The finaliser of SplitMix64 (Stafford's variant 13).
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
const fn mix(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// The finaliser of `MurmurHash3` (Appleby).
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
const fn scramble(mut word: u64) -> u64 {
    word = (word ^ (word >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    word = (word ^ (word >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    word ^ (word >> 33)
}

/// A sequence of random numbers that starts at one address, for `rand` and `rand_distr`.
///
/// For the outer layer, where one decision takes a varying number of words and nothing is compared
/// between policies. It is SplitMix64, started at a mix of the address.
#[derive(Clone, Debug)]
pub struct KeyedRng {
    state: u64,
}

impl KeyedRng {
    /// The sequence of an entity for a year and a purpose.
    #[must_use]
    pub fn new(key: Key, year: u16, address: impl Into<Address>) -> Self {
        Self { state: key.mixed_with(key.word(year, address), Step::Sequence).0 }
    }

    /// The next 64 bits.
    const fn step(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GAMMA);
        mix(self.state)
    }
}

impl TryRng for KeyedRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.step() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.step())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        utils::fill_bytes_via_next_word(bytes, || self.try_next_u64())
    }
}
