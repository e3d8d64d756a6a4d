//! The areas of a city: a scenario says which there are.

/// The most areas of a city; their numbers are 1 to this.
pub const MOST_AREAS: usize = MOST as usize;
const MOST: u8 = 12;
// Loops over firms choose among so many.
const _: () = assert!(MOST_AREAS == crate::random::slice::MANY);

/// Something of each area, by [`Area::index`]; the places of numbers that no area has are not read.
pub type ByArea<T> = [T; MOST_AREAS];

/// An area of the city: its fixed number, and whether it belongs to the district.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Area(u8);

impl Area {
    /// What is set of those that belong to the district.
    pub(crate) const MEMBER: u8 = 1 << 7;

    /// The area of a number, 1 to [`MOST_AREAS`]; a number beyond is cut to these.
    #[must_use]
    pub const fn new(number: u8, in_district: bool) -> Self {
        let index = if number == 0 { 0 } else { number - 1 };
        let index = if index < MOST { index } else { MOST - 1 };
        Self(if in_district { index | Self::MEMBER } else { index })
    }

    /// Whether the area belongs to the district.
    #[must_use]
    #[inline]
    pub const fn in_district(self) -> bool {
        self.0 & Self::MEMBER != 0
    }

    /// The place in the ledger that no area has: that of the city as a whole.
    pub const NONE_OF_THEM: u8 = MOST;

    /// Its place in arrays by area, and in the ledger.
    #[must_use]
    #[inline]
    pub const fn index(self) -> usize {
        self.place() as usize
    }

    /// The same as the ledger has it.
    #[must_use]
    #[inline]
    pub const fn place(self) -> u8 {
        self.0 & !Self::MEMBER
    }

    /// The fixed number, from 1, by which its draws go, wherever else it stands in an order.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.place() + 1
    }

    /// Number and membership in one byte: see [`Area::of_byte`].
    #[must_use]
    #[inline]
    pub(crate) const fn byte(self) -> u8 {
        self.0
    }

    /// The area of a byte.
    #[must_use]
    #[inline]
    pub(crate) const fn of_byte(byte: u8) -> Self {
        Self(byte)
    }
}
