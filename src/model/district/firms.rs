//! Firms in arrays by field: one row a firm, kept in the order of their names.

use crate::model::id::FirmId;
use crate::policy::plan::Area;
use crate::policy::plan::LeverSlot;
use crate::random::Key;

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident: $type:ty;)*) => {
        /// One firm, to be added.
        #[derive(Clone, Copy, Debug)]
        pub struct Firm {
            $($(#[$doc])* pub $name: $type,)*
        }

        /// Many firms, an array a field; row `i` of every array is one firm.
        #[derive(Debug, Default)]
        pub struct Firms {
            $(pub(super) $name: Vec<$type>,)*
        }

        impl Clone for Firms {
            fn clone(&self) -> Self {
                Self { $($name: self.$name.clone(),)* }
            }

            // Replications copy states into kept memory.
            fn clone_from(&mut self, source: &Self) {
                $(self.$name.clone_from(&source.$name);)*
            }
        }

        impl Firms {
            $($(#[$doc])*
            #[must_use]
            #[inline]
            pub fn $name(&self) -> &[$type] {
                &self.$name
            })*

            /// Adds a firm after all others.
            pub(super) fn push(&mut self, firm: &Firm) {
                $(self.$name.push(firm.$name);)*
            }

            fn move_row(&mut self, from: usize, to: usize) {
                $(self.$name[to] = self.$name[from];)*
            }

            fn truncate(&mut self, length: usize) {
                $(self.$name.truncate(length);)*
            }

            /// The row as one value.
            #[must_use]
            pub fn row(&self, row: usize) -> Firm {
                Firm { $($name: self.$name[row],)* }
            }
        }
    };
}

columns! {
    /// The firm's name.
    id: FirmId;
    /// The key of its draws.
    key: Key;
    /// Its founding day on the scale of `Date::ordinal`.
    born: i32;
    /// Its quality z, standard normal.
    quality: f64;
    /// Its line of business.
    sector: Sector;
    /// Where it is.
    area: Area;
    /// The facility whose tenant it is, by number, or `NONE`.
    facility: u8;
    /// The day on which its tenancy ends.
    tenancy_end: i32;
    /// The day on which its last tenancy ended, or 0.
    alumnus_since: i32;
    /// The facility that it left last, by number, or `NONE`.
    alumnus_of: u8;
    /// The facilities that it has been to, a bit each.
    visited: u16;
    /// Specialists [persons].
    specialists: i32;
    /// Other people [persons].
    others: i32;
    /// Rounds closed, 0 to 5: the stage of the next is its place in `policy::lever::STAGES`.
    stage: u8;
    /// The year of its last round, or 0.
    last_round: u16;
    /// Money raised since the start [KRW m].
    raised: i64;
    /// What became of it.
    status: Status;
    /// What a fund holds of it [KRW m].
    fund_stake: i64;
    /// The fund that holds it, or `NONE`.
    fund: LeverSlot;
    /// The year of its last round with public money, or 0.
    co_invested: u16;
    /// Output a head after the ramp [KRW m/year].
    output: f64;
    /// This year's log growth of headcount.
    growth: f64;
    /// The levers that have served it, a bit each by slot.
    served: u64;
    /// The year of its last research grant, or 0.
    grant_year: u16;
    /// The day on which its rent voucher ends, or 0.
    voucher_end: i32;
    /// The lever that pays its rent voucher, or `NONE`.
    voucher: LeverSlot;
    /// The most people that its site holds at the normal plot ratio, or 0 for no limit.
    site_cap: i32;
    /// An institute's number, the parent's number of its spin-offs.
    number: u32;
}

/// A line of business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Sector {
    /// AI software.
    Software = 0,
    /// AI hardware and robotics.
    Hardware = 1,
    /// Other ICT.
    Ict = 2,
    /// A research institute.
    Institute = 3,
    /// A corporate laboratory on a site of its own.
    Laboratory = 4,
}

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

impl Firms {
    /// How many firms there are.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }

    /// A firm's headcount [persons].
    #[must_use]
    #[inline]
    pub fn headcount(&self, row: usize) -> i32 {
        self.specialists[row] + self.others[row]
    }

    /// Takes failed firms out, keeping the order of the others.
    pub(super) fn remove_failed(&mut self) {
        let mut kept = 0;
        for row in 0..self.len() {
            if self.status[row] != Status::Failed {
                if kept != row {
                    self.move_row(row, kept);
                }
                kept += 1;
            }
        }
        self.truncate(kept);
    }

    /// Puts the firms from `first` on into the order of their names. Firms before `first` are in
    /// order already and older than all later ones.
    pub(super) fn sort_from(&mut self, first: usize) {
        let mut rows: Vec<Firm> = (first..self.len()).map(|row| self.row(row)).collect();
        if rows.is_sorted_by_key(|firm| firm.id) {
            return;
        }
        rows.sort_unstable_by_key(|firm| firm.id);
        self.truncate(first);
        for firm in &rows {
            self.push(firm);
        }
    }
}
