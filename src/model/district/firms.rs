//! Firms in arrays by field: one row a firm, kept in the order of their names.

use std::ops::Range;

use crate::model::id::FirmId;
use crate::model::district::packed::Dates;
use crate::model::district::packed::Sector;
use crate::model::district::packed::Status;
use crate::model::district::packed::Tags;
use crate::policy::plan::Area;
use crate::policy::plan::LeverSlot;
use crate::random::Key;
use crate::time::DAYS;

macro_rules! columns {
    (
        columns { $($(#[$doc:meta])* $name:ident: $type:ty;)* }
        packed {$(
            $(#[$word_doc:meta])*
            $word:ident: $Word:ident { $($(#[$part_doc:meta])* $part:ident: $part_type:ty;)* }
        )*}
        groups {$(
            $(#[$group_doc:meta])*
            $group:ident: $Group:ident { $($(#[$field_doc:meta])* $field:ident: $field_type:ty;)* }
        )*}
    ) => {
        /// One firm, to be added.
        #[derive(Clone, Copy, Debug)]
        pub struct Firm {
            $($(#[$doc])* pub $name: $type,)*
            $($($(#[$part_doc])* pub $part: $part_type,)*)*
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
            $(pub(super) $word: Vec<$Word>,)*
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
                $(self.$word.clone_from(&source.$word);)*
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

            $($(#[$word_doc])*
            #[must_use]
            #[inline]
            pub fn $word(&self) -> &[$Word] {
                &self.$word
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
                $(self.$word.push($Word::pack($(firm.$part),*));)*
                $(self.$group.push($Group { $($field: firm.$field,)* });)*
            }

            /// Takes all firms out, keeping the memory.
            pub(super) fn clear(&mut self) {
                $(self.$name.clear();)*
                $(self.$word.clear();)*
                $(self.$group.clear();)*
                self.growth.clear();
            }

            /// Takes rows out, in rising order, keeping the order of the others. `stays` is working
            /// memory.
            pub(super) fn remove(&mut self, rows: &[u32], stays: &mut Vec<u32>) {
                let Some(&first) = rows.first() else { return };
                rows_that_stay(rows, self.len(), stays);
                let first = first as usize;
                $(close_up(&mut self.$name, first, stays);)*
                $(close_up(&mut self.$word, first, stays);)*
                $(close_up(&mut self.$group, first, stays);)*
            }

            /// Puts the rows from `first` on into another order: row by row, what comes there.
            fn reorder(&mut self, first: usize, order: &[usize]) {
                $(reorder(&mut self.$name, first, order);)*
                $(reorder(&mut self.$word, first, order);)*
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
    packed {
        /// What a firm is and where: small numbers in one word.
        tags: Tags {
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
        /// When things happened to it, in one word.
        dates: Dates {
            /// Its founding day on the scale of `Date::ordinal`.
            born: i32;
            /// The year of its last round, or 0.
            last_round: u16;
            /// The year of its last round with public money, or 0.
            co_invested: u16;
        }
    }
    groups {
        /// Its people.
        staff: Staff {
            /// Specialists [persons].
            specialists: i32;
            /// Other people [persons].
            others: i32;
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

impl Staff {
    /// The headcount [persons].
    #[must_use]
    #[inline]
    pub const fn headcount(self) -> i32 {
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
        self.staff[row].headcount()
    }

    /// The rows of each year of birth, and that year, the oldest first.
    pub fn cohorts(&self) -> impl Iterator<Item = (Range<usize>, i32)> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let days = i32::from(DAYS);
            let year = self.dates.get(from)?.born().div_euclid(days);
            let later = (year + 1) * days;
            let until = from + self.dates[from..].partition_point(|dates| dates.born() < later);
            let rows = from..until;
            from = until;
            Some((rows, year))
        })
    }

    /// Fills an array with a number for each of the first rows that depends on a firm's age alone:
    /// completed calendar years at the end of `year`.
    pub fn by_age(&self, rows: usize, year: u16, out: &mut Vec<f64>, value: impl Fn(i32) -> f64) {
        out.clear();
        for (cohort, born) in self.cohorts() {
            out.resize(cohort.end.min(rows), value(i32::from(year) - born));
            if out.len() == rows {
                break;
            }
        }
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

/// The rows after the first of those that go, without these.
fn rows_that_stay(gone: &[u32], length: usize, stays: &mut Vec<u32>) {
    stays.clear();
    for (index, &row) in gone.iter().enumerate() {
        #[expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]
        let until = gone.get(index + 1).map_or(length as u32, |&next| next);
        stays.extend(row + 1..until);
    }
}

/// Closes a list up: what stays, by place, comes to `first` and the places after it.
fn close_up<T: Copy>(list: &mut Vec<T>, first: usize, stays: &[u32]) {
    for (to, &from) in (first..).zip(stays) {
        list[to] = list[from as usize];
    }
    list.truncate(first + stays.len());
}

/// Puts the places from `first` on into another order: place by place, what comes there.
fn reorder<T: Copy>(list: &mut [T], first: usize, order: &[usize]) {
    let moved: Vec<T> = order.iter().map(|&row| list[row]).collect();
    list[first..].copy_from_slice(&moved);
}
