//! Small numbers of a firm packed into one word each.
//!
//! Loops over firms ask for one or two of them at a time. In words of 64 bits, as wide as the
//! numbers that they are combined with, compilers turn such loops into vector code, and few arrays
//! have to be closed up when firms go.

use crate::model::classes::Start;
use crate::model::ledger::event::NONE;
use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::policy::sector::BySector;
use crate::policy::sector::Sector;
use crate::policy::slot::LeverSlot;
use crate::random::slice::MANY;

/// What became of a firm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// At work, on its own.
    Independent,
    /// At work, listed.
    Listed,
    /// At work as a part of its buyer.
    Acquired,
    /// Failed in the present phase; the row goes when the phase closes.
    Failed,
}

/// What a firm is and where, a byte each; see `Firms::tags`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tags(u64);

/// The place of each byte of [`Tags`] `[bits]`.
mod at {
    pub(super) const SECTOR: u32 = 0;
    pub(super) const AREA: u32 = 8;
    pub(super) const FACILITY: u32 = 16;
    pub(super) const ALUMNUS_OF: u32 = 24;
    pub(super) const STAGE: u32 = 32;
    pub(super) const STATUS: u32 = 40;
    pub(super) const FUND: u32 = 48;
    pub(super) const START: u32 = 56;
}

macro_rules! bytes {
    ($($(#[$doc:meta])* $place:ident: $get:ident, $set:ident, $type:ty, $read:expr, $write:expr;)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            #[inline(always)]
            pub const fn $get(self) -> $type {
                $read(self.byte(at::$place))
            }

            #[inline]
            pub(super) const fn $set(&mut self, value: $type) {
                self.0 = self.0 & !(0xff << at::$place) | ($write(value) as u64) << at::$place;
            }
        )*
    };
}

impl Tags {
    #[inline]
    pub(super) const fn pack(
        sector: Sector,
        area: Area,
        facility: u8,
        alumnus_of: u8,
        stage: u8,
        status: Status,
        fund: LeverSlot,
    ) -> Self {
        Self(
            (sector.byte() as u64) << at::SECTOR
                | (area.byte() as u64) << at::AREA
                | (facility as u64) << at::FACILITY
                | (alumnus_of as u64) << at::ALUMNUS_OF
                | (stage as u64) << at::STAGE
                | (status as u64) << at::STATUS
                | (fund as u64) << at::FUND,
        )
    }

    #[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
    #[inline(always)]
    const fn byte(self, place: u32) -> u64 {
        self.0 >> place & 0xff
    }

    bytes! {
        /// Its line of business.
        SECTOR: sector, set_sector, Sector, sector_of, Sector::byte;
        /// Where it is.
        AREA: area, set_area, Area, area_of, Area::byte;
        /// The facility whose tenant it is, by number, or `NONE`.
        FACILITY: facility, set_facility, u8, byte_of, same;
        /// The facility that it left last, by number, or `NONE`.
        ALUMNUS_OF: alumnus_of, set_alumnus_of, u8, byte_of, same;
        /// Rounds closed.
        STAGE: stage, set_stage, u8, byte_of, same;
        /// What became of it.
        STATUS: status, set_status, Status, status_of, same;
        /// The fund that holds it, or `NONE`.
        FUND: fund, set_fund, LeverSlot, byte_of, same;
        /// What it was when it came; set when it is founded.
        START: start, set_start, Start, start_of, Start::byte;
    }

    /// The number of its sector, where sectors have numbers up to `N`; that of the last for any other.
    #[must_use]
    #[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
    #[inline(always)]
    pub fn sector_choice<const N: usize>(self, of: &BySector<f64>) -> f64 {
        choice_of::<N>(self.byte(at::SECTOR), of)
    }

    /// The number of its area, where areas have numbers up to `N`.
    #[must_use]
    #[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
    #[inline(always)]
    pub fn area_choice<const N: usize>(self, of: &ByArea<f64>) -> f64 {
        choice_of::<N>(self.place(), of)
    }

    /// The index of its area, as wide as the word.
    #[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
    #[inline(always)]
    const fn place(self) -> u64 {
        self.byte(at::AREA) & !Area::MEMBER as u64
    }

    /// The number of its stage, the last for all later ones.
    #[must_use]
    #[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
    #[inline(always)]
    pub fn stage_choice(self, of: &[f64; 5]) -> f64 {
        let stage = self.byte(at::STAGE);
        let late = if stage == 3 { of[3] } else { of[4] };
        let early = choice(stage, &[of[0], of[1], of[2]]);
        if stage < 3 { early } else { late }
    }

    /// Whether it is in the district.
    #[must_use]
    #[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
    #[inline(always)]
    pub const fn in_district(self) -> bool {
        self.byte(at::AREA) & Area::MEMBER as u64 != 0
    }

    /// Whether it is in another area than this.
    #[must_use]
    #[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
    #[inline(always)]
    pub const fn is_outside(self, area: Area) -> bool {
        self.byte(at::AREA) != area.byte() as u64
    }

    /// Whether it sits on the private market: in no facility.
    #[must_use]
    #[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
    #[inline(always)]
    pub const fn sits(self, seat: Seat) -> bool {
        self.0 & seat.asked == seat.answer
    }

    /// Whether it is the tenant of a facility.
    #[must_use]
    #[inline]
    pub const fn is_tenant(self) -> bool {
        self.byte(at::FACILITY) != NONE as u64
    }

    /// Whether it was the tenant of a facility and is of none now.
    #[must_use]
    #[inline]
    pub const fn is_alumnus(self) -> bool {
        self.byte(at::FACILITY) == NONE as u64 && self.byte(at::ALUMNUS_OF) != NONE as u64
    }

    /// Whether it is or was the tenant of a facility.
    #[must_use]
    #[inline(always)]
    pub const fn has_facility(self) -> bool {
        const BOTH: u64 = (NONE as u64) << at::FACILITY | (NONE as u64) << at::ALUMNUS_OF;
        self.0 & BOTH != BOTH
    }
}

/// Where a firm of the private market sits, as a question to [`Tags::sits`].
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    asked: u64,
    answer: u64,
}

impl Seat {
    const NO_FACILITY: u64 = (NONE as u64) << at::FACILITY;

    /// In any area.
    pub const ANYWHERE: Self = Self { asked: 0xff << at::FACILITY, answer: Self::NO_FACILITY };

    /// In one area.
    #[must_use]
    pub const fn within(area: Area) -> Self {
        Self {
            asked: Self::ANYWHERE.asked | 0xff << at::AREA,
            answer: Self::NO_FACILITY | (area.byte() as u64) << at::AREA,
        }
    }
}

// Choices instead of a place in an array, which vector code would have to gather.
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
fn choice(place: u64, of: &[f64; 3]) -> f64 {
    let others = if place == 1 { of[1] } else { of[2] };
    if place == 0 { of[0] } else { others }
}

// The same among the first `N` of many; the last for any other.
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
fn choice_of<const N: usize>(place: u64, of: &[f64; MANY]) -> f64 {
    let mut chosen = of[N - 1];
    for other in (0..N - 1).rev() {
        chosen = if place == other as u64 { of[other] } else { chosen };
    }
    chosen
}

#[expect(clippy::cast_possible_truncation, reason = "a byte")]
#[inline]
const fn byte_of(byte: u64) -> u8 {
    byte as u8
}

#[inline]
const fn same<T: Copy>(value: T) -> T {
    value
}

#[inline]
const fn sector_of(byte: u64) -> Sector {
    Sector::of_byte(byte_of(byte))
}

#[inline]
const fn area_of(byte: u64) -> Area {
    Area::of_byte(byte_of(byte))
}

#[inline]
const fn start_of(byte: u64) -> Start {
    Start::of_byte(byte_of(byte))
}

#[inline]
const fn status_of(byte: u64) -> Status {
    match byte {
        0 => Status::Independent,
        1 => Status::Listed,
        2 => Status::Acquired,
        _ => Status::Failed,
    }
}

/// When things happened to a firm; see `Firms::dates`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates(u64);

impl Dates {
    const LAST_ROUND: u32 = 32;
    const CO_INVESTED: u32 = 48;

    #[inline]
    pub(super) const fn pack(born: i32, last_round: u16, co_invested: u16) -> Self {
        Self(
            born.cast_unsigned() as u64
                | (last_round as u64) << Self::LAST_ROUND
                | (co_invested as u64) << Self::CO_INVESTED,
        )
    }

    /// Its founding day on the scale of `Date::ordinal`.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the low half")]
    #[inline]
    pub const fn born(self) -> i32 {
        (self.0 as u32).cast_signed()
    }

    /// The year of its last round, or 0.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a part of the word")]
    #[inline]
    pub const fn last_round(self) -> u16 {
        (self.0 >> Self::LAST_ROUND) as u16
    }

    /// The same as wide as the word, for vector code.
    #[must_use]
    #[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
    #[inline(always)]
    pub const fn last_round_wide(self) -> u64 {
        self.0 >> Self::LAST_ROUND & 0xffff
    }

    /// The year of its last round with public money, or 0.
    #[must_use]
    #[inline]
    pub const fn co_invested(self) -> u16 {
        (self.0 >> Self::CO_INVESTED) as u16
    }

    #[inline]
    pub(super) const fn set_last_round(&mut self, year: u16) {
        *self = Self::pack(self.born(), year, self.co_invested());
    }

    #[inline]
    pub(super) const fn set_co_invested(&mut self, year: u16) {
        *self = Self::pack(self.born(), self.last_round(), year);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::policy::area::MOST_AREAS;

    proptest! {
        #[test]
        fn parts_are_kept_apart(
            bytes in prop::array::uniform4(any::<u8>()),
            kinds in (0_u8..14, 0_u8..12, 0_u64..4),
            in_district: bool,
            days in (any::<i32>(), any::<u16>(), any::<u16>()),
            other: u8,
        ) {
            let sector = sector_of(kinds.0.into());
            let (area, status) = (Area::new(kinds.1 + 1, in_district), status_of(kinds.2));
            let [facility, alumnus_of, stage, fund] = bytes;
            let mut tags = Tags::pack(sector, area, facility, alumnus_of, stage, status, fund);
            tags.set_facility(other);
            tags.set_stage(stage.wrapping_add(1));
            tags.set_start(Start::of_byte(bytes[0]));
            prop_assert_eq!(tags.start(), Start::of_byte(bytes[0]));
            prop_assert_eq!((tags.sector(), tags.area(), tags.status()), (sector, area, status));
            prop_assert_eq!((tags.facility(), tags.alumnus_of(), tags.fund()), (other, alumnus_of, fund));
            prop_assert_eq!(tags.stage(), stage.wrapping_add(1));
            prop_assert_eq!(tags.in_district(), area.in_district());
            let by_area: ByArea<f64> = std::array::from_fn(|place| place as f64);
            let chosen = tags.area_choice::<MOST_AREAS>(&by_area);
            prop_assert_eq!(chosen.to_bits(), (area.index() as f64).to_bits());
            let chosen = tags.area_choice::<3>(&by_area);
            prop_assert_eq!(chosen.to_bits(), (area.index().min(2) as f64).to_bits());
            let by_sector: BySector<f64> = by_area;
            let chosen = tags.sector_choice::<MANY>(&by_sector);
            prop_assert_eq!(chosen.to_bits(), (sector.index().min(11) as f64).to_bits());
            let chosen = tags.sector_choice::<3>(&by_sector);
            prop_assert_eq!(chosen.to_bits(), (sector.index().min(2) as f64).to_bits());
            let stages = [1.0_f64, 2.0, 3.0, 4.0, 5.0];
            let late = usize::from(tags.stage()).min(4);
            prop_assert_eq!(tags.stage_choice(&stages).to_bits(), stages[late].to_bits());
            prop_assert_eq!(tags.is_tenant(), other != NONE);
            prop_assert_eq!(tags.has_facility(), other != NONE || alumnus_of != NONE);
            for number in 1..=12 {
                let place = Area::new(number, in_district);
                prop_assert_eq!(tags.is_outside(place), place != area);
                prop_assert_eq!(tags.sits(Seat::within(place)), place == area && other == NONE);
            }
            prop_assert_eq!(tags.sits(Seat::ANYWHERE), other == NONE);
            let (born, last_round, co_invested) = days;
            let mut dates = Dates::pack(born, 7, co_invested);
            dates.set_last_round(last_round);
            prop_assert_eq!((dates.born(), dates.co_invested()), (born, co_invested));
            prop_assert_eq!(u64::from(dates.last_round()), dates.last_round_wide());
            prop_assert_eq!(dates.last_round(), last_round);
        }
    }
}
