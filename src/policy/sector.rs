//! The sectors of startups: a scenario says which there are.

/// The most sectors of startups; their numbers are 1 to this.
pub const MOST_SECTORS: usize = MOST as usize;
const MOST: u8 = 12;
// Loops over firms choose among so many.
const _: () = assert!(MOST_SECTORS == crate::random::slice::MANY);

/// Something of each sector, by [`Sector::index`]; the places of numbers that no sector has are not
/// read.
pub type BySector<T> = [T; MOST_SECTORS];

/// A line of business: a sector of startups by its fixed number, or one of the two kinds of
/// institutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sector(u8);

impl Sector {
    /// A research institute.
    pub const INSTITUTE: Self = Self(MOST);
    /// A corporate laboratory on a site of its own.
    pub const LABORATORY: Self = Self(MOST + 1);

    /// The sector of a number, 1 to [`MOST_SECTORS`]; a number beyond is cut to these.
    #[must_use]
    pub const fn new(number: u8) -> Self {
        let index = if number == 0 { 0 } else { number - 1 };
        Self(if index < MOST { index } else { MOST - 1 })
    }

    /// Its place in arrays by sector; beyond them for the two kinds of institutes.
    #[must_use]
    #[inline]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The fixed number, from 1: sums and ranges of draws go in its order.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0 + 1
    }

    /// The same in one byte: see [`Sector::of_byte`].
    #[must_use]
    #[inline]
    pub(crate) const fn byte(self) -> u8 {
        self.0
    }

    /// The sector of a byte.
    #[must_use]
    #[inline]
    pub(crate) const fn of_byte(byte: u8) -> Self {
        Self(byte)
    }
}
