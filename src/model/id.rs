//! Names of firms: the same firm has the same name under every policy.

use std::fmt;

/// How a firm came to be. The order is that of handling on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Origin {
    /// It existed when the simulation began.
    Initial = 0,
    /// Founded by independent founders.
    Independent = 1,
    /// Spun off from an institute.
    SpinOff = 2,
    /// Founded by a graduate of a programme.
    Graduate = 3,
    /// A research institute that opened by itself.
    Institute = 4,
    /// An institute that a lever brought.
    Brought = 5,
}

impl Origin {
    /// Every origin, in order.
    pub const ALL: [Self; 6] = [
        Self::Initial,
        Self::Independent,
        Self::SpinOff,
        Self::Graduate,
        Self::Institute,
        Self::Brought,
    ];

    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Initial => "initial",
            Self::Independent => "independent",
            Self::SpinOff => "spin-off",
            Self::Graduate => "graduate",
            Self::Institute => "institute",
            Self::Brought => "brought",
        }
    }
}

const INDEX_BITS: u32 = 24;
const PARENT_BITS: u32 = 25;
const ORIGIN_BITS: u32 = 4;
/// Years are kept as years since this one, so that eleven bits hold them.
const FIRST_YEAR: u16 = 1000;

/// A firm's name: year of birth, origin, parent, index within these; never a running number.
///
/// Names order by year of birth first, so lists to which every year appends its newborns in order
/// stay sorted, and two policies' lists can be walked side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FirmId(u64);

impl FirmId {
    /// A firm of a year, origin, parent (an institute's number, a lever's slot, or 0) and index.
    #[must_use]
    pub fn new(year: u16, origin: Origin, parent: u32, index: u32) -> Self {
        let year = u64::from(year.saturating_sub(FIRST_YEAR));
        debug_assert!(parent >> PARENT_BITS == 0 && index >> INDEX_BITS == 0);
        let packed = (((year << ORIGIN_BITS) | origin as u64) << PARENT_BITS) | u64::from(parent);
        Self((packed << INDEX_BITS) | u64::from(index))
    }

    /// The name as one number, for ordering.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The year of birth.
    #[must_use]
    pub fn year(self) -> u16 {
        u16::try_from(self.0 >> (INDEX_BITS + PARENT_BITS + ORIGIN_BITS)).unwrap_or(0) + FIRST_YEAR
    }

    /// How the firm came to be.
    #[must_use]
    pub fn origin(self) -> Origin {
        let code = (self.0 >> (INDEX_BITS + PARENT_BITS)) & ((1 << ORIGIN_BITS) - 1);
        Origin::ALL[usize::try_from(code).unwrap_or(0).min(Origin::ALL.len() - 1)]
    }

    /// The parent's number.
    #[must_use]
    pub fn parent(self) -> u32 {
        u32::try_from((self.0 >> INDEX_BITS) & ((1 << PARENT_BITS) - 1)).unwrap_or(0)
    }

    /// The index among those of one year, origin and parent.
    #[must_use]
    pub fn index(self) -> u32 {
        u32::try_from(self.0 & ((1 << INDEX_BITS) - 1)).unwrap_or(0)
    }

    /// Reads a name as [`fmt::Display`] writes it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.rsplitn(4, '-');
        let index: u32 = parts.next()?.parse().ok()?;
        let parent: u32 = parts.next()?.parse().ok()?;
        let year: u16 = parts.next()?.parse().ok()?;
        let name = parts.next()?;
        let origin = Origin::ALL.into_iter().find(|origin| origin.name() == name)?;
        let fits = parent >> PARENT_BITS == 0 && index >> INDEX_BITS == 0;
        (fits && (FIRST_YEAR..FIRST_YEAR + 2047).contains(&year))
            .then(|| Self::new(year, origin, parent, index))
    }
}

impl fmt::Display for FirmId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origin = self.origin().name();
        write!(formatter, "{origin}-{}-{}-{}", self.year(), self.parent(), self.index())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_parts_and_reads_back() {
        let id = FirmId::new(2031, Origin::SpinOff, 33_000_000, 16_777_215);
        assert_eq!((id.year(), id.origin()), (2031, Origin::SpinOff));
        assert_eq!((id.parent(), id.index()), (33_000_000, 16_777_215));
        assert_eq!(FirmId::parse(&id.to_string()), Some(id));
        assert_eq!(FirmId::parse("spin-off-2031-x-1"), None);
    }

    #[test]
    fn names_order_by_year_of_birth_first() {
        let older = FirmId::new(2019, Origin::Brought, 9, 9);
        assert!(older < FirmId::new(2020, Origin::Initial, 0, 0));
    }
}
