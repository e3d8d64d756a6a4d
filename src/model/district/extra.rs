//! What only few firms have: a tenancy, a voucher, a fund's money, a site, a number.
//!
//! Most firms have nothing of it, so it lies apart, and a firm's row holds only its place: a year's
//! exits and births then move four bytes of it a firm.

use crate::model::ledger::event::NONE;
use crate::policy::levers::institutes::Form;
use crate::policy::slot::LeverSlot;

/// What only few firms have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extra {
    /// The day on which its tenancy ends.
    pub tenancy_end: i32,
    /// The day on which its last tenancy ended, or 0.
    pub alumnus_since: i32,
    /// The facilities that it has been to, a bit each.
    pub visited: u16,
    /// What a fund holds of it `[KRW m]`.
    pub fund_stake: i64,
    /// The day on which its rent voucher ends, or 0.
    pub voucher_end: i32,
    /// The lever that pays its rent voucher, or `NONE`.
    pub voucher: LeverSlot,
    /// The most people that its site holds at the normal plot ratio, or 0 for no limit.
    pub site_cap: i32,
    /// An institute's number, which its spin-offs carry in their names; 0 for startups.
    pub number: u32,
    /// What an institute is that a lever has opened; `Private` for any other.
    pub form: Form,
}

impl Extra {
    /// Nothing of it.
    pub const NOTHING: Self = Self {
        tenancy_end: 0,
        alumnus_since: 0,
        visited: 0,
        fund_stake: 0,
        voucher_end: 0,
        voucher: NONE,
        site_cap: 0,
        number: 0,
        form: Form::Private,
    };
}

/// The place of firms that have nothing of it.
const NOWHERE: u32 = 0;

/// The extras of many firms, by row.
#[derive(Debug)]
pub(super) struct Extras {
    /// The place of each firm's in `kept`.
    pub(super) places: Vec<u32>,
    /// Those of firms that have some; the first belongs to no firm and stays `NOTHING`.
    kept: Vec<Extra>,
    /// Places that firms have left.
    free: Vec<u32>,
}

impl Default for Extras {
    fn default() -> Self {
        Self { places: Vec::new(), kept: vec![Extra::NOTHING], free: Vec::new() }
    }
}

impl Clone for Extras {
    fn clone(&self) -> Self {
        let mut copy = Self::default();
        copy.clone_from(self);
        copy
    }

    // Simulations copy states into kept memory.
    fn clone_from(&mut self, source: &Self) {
        self.places.clone_from(&source.places);
        self.kept.clone_from(&source.kept);
        self.free.clone_from(&source.free);
    }
}

impl Extras {
    #[inline]
    pub(super) fn of(&self, row: usize) -> &Extra {
        &self.kept[self.places[row] as usize]
    }

    /// The same, to be changed: a firm that had nothing gets a place.
    pub(super) fn of_mut(&mut self, row: usize) -> &mut Extra {
        if self.places[row] == NOWHERE {
            self.places[row] = self.keep(Extra::NOTHING);
        }
        &mut self.kept[self.places[row] as usize]
    }

    #[inline]
    pub(super) fn push(&mut self, extra: &Extra) {
        let place = if *extra == Extra::NOTHING { NOWHERE } else { self.keep(*extra) };
        self.places.push(place);
    }

    pub(super) fn clear(&mut self) {
        self.places.clear();
        self.kept.truncate(1);
        self.free.clear();
    }

    /// Gives the places of rows that go up; their rows are still there.
    pub(super) fn give_up(&mut self, rows: &[u32]) {
        let places = rows.iter().map(|&row| self.places[row as usize]);
        self.free.extend(places.filter(|&place| place != NOWHERE));
    }

    fn keep(&mut self, extra: Extra) -> u32 {
        if let Some(place) = self.free.pop() {
            self.kept[place as usize] = extra;
            return place;
        }
        self.kept.push(extra);
        #[expect(clippy::cast_possible_truncation, reason = "far fewer than 2^32 firms")]
        let place = (self.kept.len() - 1) as u32;
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(number: u32) -> Extra {
        Extra { number, ..Extra::NOTHING }
    }

    #[test]
    fn who_has_nothing_shares_one_place_until_it_gets_something() {
        let mut extras = Extras::default();
        extras.push(&Extra::NOTHING);
        extras.push(&Extra::NOTHING);
        extras.push(&numbered(7));
        assert_eq!(extras.kept.len(), 2);
        extras.of_mut(0).visited = 3;
        assert_eq!(extras.of(0).visited, 3);
        assert_eq!(extras.of(1), &Extra::NOTHING);
        assert_eq!(extras.of(2), &numbered(7));
    }

    #[test]
    fn a_place_that_was_given_up_serves_the_next_firm_from_nothing() {
        let mut extras = Extras::default();
        extras.push(&numbered(1));
        extras.push(&numbered(2));
        extras.push(&Extra::NOTHING);
        extras.give_up(&[0, 2]);
        extras.places.remove(2);
        extras.places.remove(0);
        extras.push(&Extra::NOTHING);
        extras.of_mut(1).visited = 4;
        assert_eq!(extras.of(0), &numbered(2));
        assert_eq!(extras.of(1), &Extra { visited: 4, ..Extra::NOTHING });
        assert_eq!(extras.kept.len(), 3);
    }
}
