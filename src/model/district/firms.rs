//! Firms in arrays by field: one row a firm, kept in the order of their names.

use crate::model::id::FirmId;
use crate::policy::plan::Area;
use crate::policy::plan::LeverSlot;
use crate::random::Key;

macro_rules! columns {
    (
        columns { $($(#[$doc:meta])* $name:ident: $type:ty;)* }
        rest { $($(#[$rest_doc:meta])* $rest:ident: $rest_type:ty;)* }
    ) => {
        /// One firm, to be added.
        #[derive(Clone, Copy, Debug)]
        pub struct Firm {
            $($(#[$doc])* pub $name: $type,)*
            $($(#[$rest_doc])* pub $rest: $rest_type,)*
        }

        /// What is seldom asked of a firm, kept together: fewer arrays to close up when firms go.
        #[derive(Clone, Copy, Debug)]
        pub struct Rest {
            $($(#[$rest_doc])* pub $rest: $rest_type,)*
        }

        /// Many firms, an array a field; row `i` of every array is one firm.
        #[derive(Debug, Default)]
        pub struct Firms {
            $(pub(super) $name: Vec<$type>,)*
            pub(super) rest: Vec<Rest>,
        }

        impl Clone for Firms {
            fn clone(&self) -> Self {
                Self { $($name: self.$name.clone(),)* rest: self.rest.clone() }
            }

            // Replications copy states into kept memory.
            fn clone_from(&mut self, source: &Self) {
                $(self.$name.clone_from(&source.$name);)*
                self.rest.clone_from(&source.rest);
            }
        }

        impl Firms {
            $($(#[$doc])*
            #[must_use]
            #[inline]
            pub fn $name(&self) -> &[$type] {
                &self.$name
            })*

            /// What is seldom asked.
            #[must_use]
            #[inline]
            pub fn rest(&self) -> &[Rest] {
                &self.rest
            }

            /// Adds a firm after all others.
            pub(super) fn push(&mut self, firm: &Firm) {
                $(self.$name.push(firm.$name);)*
                self.rest.push(Rest { $($rest: firm.$rest,)* });
            }

            /// Takes all firms out, keeping the memory.
            pub(super) fn clear(&mut self) {
                $(self.$name.clear();)*
                self.rest.clear();
            }

            /// Closes every array up: the rows `kept` come to stand from `first` on.
            fn close_up(&mut self, first: usize, kept: &[u32]) {
                $(close_up(&mut self.$name, first, kept);)*
                close_up(&mut self.rest, first, kept);
            }

            /// Puts the rows from `first` on into another order: row by row, what comes there.
            fn reorder(&mut self, first: usize, order: &[usize]) {
                $(
                    let moved: Vec<$type> = order.iter().map(|&row| self.$name[row]).collect();
                    self.$name[first..].copy_from_slice(&moved);
                )*
                let moved: Vec<Rest> = order.iter().map(|&row| self.rest[row]).collect();
                self.rest[first..].copy_from_slice(&moved);
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
        /// The facility that it left last, by number, or `NONE`.
        alumnus_of: u8;
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
        /// The year of its last round with public money, or 0.
        co_invested: u16;
        /// Output a head after the ramp [KRW m/year].
        output: f64;
        /// This year's log growth of headcount.
        growth: f64;
        /// The levers that have served it, a bit each by slot.
        served: u64;
    }
    rest {
        /// The day on which its tenancy ends.
        tenancy_end: i32;
        /// The day on which its last tenancy ended, or 0.
        alumnus_since: i32;
        /// The facilities that it has been to, a bit each.
        visited: u16;
        /// What a fund holds of it [KRW m].
        fund_stake: i64;
        /// The fund that holds it, or `NONE`.
        fund: LeverSlot;
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

    /// Rows of firms that have failed in the present phase, rising.
    pub(super) fn failed(&self) -> impl Iterator<Item = usize> {
        let failed = |&(_, &status): &(usize, &Status)| status == Status::Failed;
        self.status.iter().enumerate().filter(failed).map(|(row, _)| row)
    }

    /// Takes failed firms out, keeping the order of the others; `kept` is working memory.
    pub(super) fn remove_failed(&mut self, kept: &mut Vec<u32>) {
        let Some(first) = self.failed().next() else { return };
        kept.clear();
        let rows = (0u32..).zip(&self.status).skip(first);
        kept.extend(rows.filter(|&(_, &status)| status != Status::Failed).map(|(row, _)| row));
        self.close_up(first, kept);
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

/// Closes a list up: what stood at the places `kept` comes to stand from `first` on.
fn close_up<T: Copy>(list: &mut Vec<T>, first: usize, kept: &[u32]) {
    let length = first + kept.len();
    for (to, &from) in (first..length).zip(kept) {
        list[to] = list[from as usize];
    }
    list.truncate(length);
}
