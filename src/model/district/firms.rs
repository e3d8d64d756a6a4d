//! Firms in arrays by field: one row a firm, kept in the order of their names.

use crate::model::id::FirmId;
use crate::policy::plan::Area;
use crate::policy::plan::LeverSlot;
use crate::random::Key;

macro_rules! columns {
    (
        columns { $($(#[$doc:meta])* $name:ident: $type:ty;)* }
        groups {$(
            $(#[$group_doc:meta])*
            $group:ident: $Group:ident { $($(#[$field_doc:meta])* $field:ident: $field_type:ty;)* }
        )*}
    ) => {
        /// One firm, to be added.
        #[derive(Clone, Copy, Debug)]
        pub struct Firm {
            $($(#[$doc])* pub $name: $type,)*
            $($($(#[$field_doc])* pub $field: $field_type,)*)*
        }

        $(
            $(#[$group_doc])*
            #[derive(Clone, Copy, Debug)]
            pub struct $Group {
                $($(#[$field_doc])* pub $field: $field_type,)*
            }
        )*

        /// Many firms, an array a field or a group of fields; row `i` of every array is one firm.
        #[derive(Debug, Default)]
        pub struct Firms {
            $(pub(super) $name: Vec<$type>,)*
            $(pub(super) $group: Vec<$Group>,)*
            /// Set anew every year for all firms, so it neither moves nor grows with them.
            pub(super) growth: Vec<f64>,
        }

        impl Clone for Firms {
            fn clone(&self) -> Self {
                let mut copy = Self::default();
                copy.clone_from(self);
                copy
            }

            // Replications copy states into kept memory.
            fn clone_from(&mut self, source: &Self) {
                $(self.$name.clone_from(&source.$name);)*
                $(self.$group.clone_from(&source.$group);)*
                self.growth.clone_from(&source.growth);
            }
        }

        impl Firms {
            $($(#[$doc])*
            #[must_use]
            #[inline]
            pub fn $name(&self) -> &[$type] {
                &self.$name
            })*

            $($(#[$group_doc])*
            #[must_use]
            #[inline]
            pub fn $group(&self) -> &[$Group] {
                &self.$group
            })*

            /// Adds a firm after all others.
            pub(super) fn push(&mut self, firm: &Firm) {
                $(self.$name.push(firm.$name);)*
                $(self.$group.push($Group { $($field: firm.$field,)* });)*
            }

            /// Takes all firms out, keeping the memory.
            pub(super) fn clear(&mut self) {
                $(self.$name.clear();)*
                $(self.$group.clear();)*
                self.growth.clear();
            }

            /// Takes rows out, in rising order, keeping the order of the others.
            pub(super) fn remove(&mut self, rows: &[u32]) {
                $(remove(&mut self.$name, rows);)*
                $(remove(&mut self.$group, rows);)*
            }

            /// Puts the rows from `first` on into another order: row by row, what comes there.
            fn reorder(&mut self, first: usize, order: &[usize]) {
                $(reorder(&mut self.$name, first, order);)*
                $(reorder(&mut self.$group, first, order);)*
            }
        }
    };
}

columns! {
    columns {
        /// The firm's name.
        id: FirmId;
        /// The key of its draws.
        key: Key;
        /// Its quality z, standard normal.
        quality: f64;
        /// Output a head after the ramp [KRW m/year].
        output: f64;
    }
    groups {
        /// What most phases ask of a firm: kept together, for fewer arrays to close up when firms
        /// go.
        core: Core {
            /// Its founding day on the scale of `Date::ordinal`.
            born: i32;
            /// Specialists [persons].
            specialists: i32;
            /// Other people [persons].
            others: i32;
            /// The year of its last round, or 0.
            last_round: u16;
            /// The year of its last round with public money, or 0.
            co_invested: u16;
            /// Its line of business.
            sector: Sector;
            /// Where it is.
            area: Area;
            /// The facility whose tenant it is, by number, or `NONE`.
            facility: u8;
            /// The facility that it left last, by number, or `NONE`.
            alumnus_of: u8;
            /// Rounds closed, 0 to 5: the stage of the next is its place in `policy::lever::STAGES`.
            stage: u8;
            /// What became of it.
            status: Status;
            /// The fund that holds it, or `NONE`.
            fund: LeverSlot;
        }
        /// What a firm has had so far.
        account: Account {
            /// Money raised since the start [KRW m].
            raised: i64;
            /// The levers that have served it, a bit each by slot.
            served: u64;
        }
        /// What is seldom asked.
        rest: Rest {
            /// The day on which its tenancy ends.
            tenancy_end: i32;
            /// The day on which its last tenancy ended, or 0.
            alumnus_since: i32;
            /// The facilities that it has been to, a bit each.
            visited: u16;
            /// What a fund holds of it [KRW m].
            fund_stake: i64;
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
    }
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

impl Core {
    /// The headcount [persons].
    #[must_use]
    #[inline]
    pub const fn headcount(&self) -> i32 {
        self.specialists + self.others
    }
}

impl Firms {
    /// This year's log growth of headcount, by row, once the jobs phase has set it.
    #[must_use]
    #[inline]
    pub fn growth(&self) -> &[f64] {
        &self.growth
    }

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
        self.core[row].headcount()
    }

    /// Puts the firms from `first` on into the order of their names. Firms before `first` are in
    /// order already and older than all later ones.
    pub(super) fn sort_from(&mut self, first: usize) {
        if self.id[first..].is_sorted() {
            return;
        }
        let mut order: Vec<usize> = (first..self.len()).collect();
        order.sort_unstable_by_key(|&row| self.id[row]);
        self.reorder(first, &order);
    }
}

/// Takes places out of a list, in rising order: what stands between two of them moves in one piece.
fn remove<T: Copy>(list: &mut Vec<T>, places: &[u32]) {
    let Some(&first) = places.first() else { return };
    let mut to = first as usize;
    for (index, &place) in places.iter().enumerate() {
        let from = place as usize + 1;
        let until = places.get(index + 1).map_or(list.len(), |&next| next as usize);
        list.copy_within(from..until, to);
        to += until - from;
    }
    list.truncate(to);
}

/// Puts the places from `first` on into another order: place by place, what comes there.
fn reorder<T: Copy>(list: &mut [T], first: usize, order: &[usize]) {
    let moved: Vec<T> = order.iter().map(|&row| list[row]).collect();
    list[first..].copy_from_slice(&moved);
}
