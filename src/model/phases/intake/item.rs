//! What is dated in the intake, as an item of the agenda, and the order of items.

#![expect(clippy::cast_possible_truncation, reason = "places of items are far below 2^32")]

use crate::model::district::YEAR_END;
use crate::model::founders::Founder;

/// What happens on a day of the intake. The order is that within one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Action {
    EndTenancy,
    Decide,
    Recruit,
}

/// Who decides. Tags order those of one day, action and name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Who {
    /// A candidate founds, or not: its place among the candidates.
    Candidate,
    /// A startup looks round for a facility: its place among the visits.
    Applies,
    /// A startup reconsiders its area: its place among the visits.
    Moves,
    /// An institute opens: its place in the list of openings.
    Opens,
    /// An institute reconsiders its area: its place among their visits.
    InstituteMoves,
    /// A facility gives out places: its place in the list of offices.
    Office,
    /// A startup's tenancy ends: its row.
    Tenant,
}

impl Who {
    const ALL: [Self; 7] = [
        Self::Candidate,
        Self::Applies,
        Self::Moves,
        Self::Opens,
        Self::InstituteMoves,
        Self::Office,
        Self::Tenant,
    ];
}

/// An item of the agenda in one number, whose order is that of handling: day, action, the firm's
/// name, who, and where to find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Item(u128);

impl Item {
    #[inline]
    pub(super) fn new(day: u16, action: Action, order: u64, who: Who, place: u32) -> Self {
        let first = u128::from(day) << 8 | action as u128;
        Self(((first << 64 | u128::from(order)) << 8 | who as u128) << 32 | u128::from(place))
    }

    /// After all others.
    pub(super) const NEVER: Self = Self(u128::MAX);

    /// A candidate decides.
    #[inline]
    pub(super) fn founder(founder: &Founder, place: u32) -> Self {
        Self::new(founder.day, Action::Decide, founder.id.number(), Who::Candidate, place)
    }

    pub(super) const fn day(self) -> u16 {
        (self.0 >> 112) as u16
    }

    pub(super) fn who(self) -> Who {
        Who::ALL[usize::from((self.0 >> 32) as u8) % Who::ALL.len()]
    }

    pub(super) const fn place(self) -> u32 {
        self.0 as u32
    }
}

/// Puts items in order: laid out by day first, so that only those of one day are compared.
pub(super) fn sort(items: &mut Vec<Item>, by_day: &mut Vec<Item>) {
    let day = |item: &Item| usize::from(item.day()).min(DAY_PLACES - 1);
    let mut places = [0_u32; DAY_PLACES + 1];
    for item in items.iter() {
        places[day(item) + 1] += 1;
    }
    for index in 1..places.len() {
        places[index] += places[index - 1];
    }
    by_day.clear();
    by_day.resize(items.len(), Item(0));
    for item in items.iter() {
        let place = &mut places[day(item)];
        by_day[*place as usize] = *item;
        *place += 1;
    }
    for items in by_day.chunk_by_mut(|a, b| a.day() == b.day()) {
        items.sort_unstable();
    }
    std::mem::swap(items, by_day);
}

/// Places for the days of a year, 1 to 365, and one before them.
pub(super) const DAY_PLACES: usize = YEAR_END as usize + 1;
