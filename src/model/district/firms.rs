//! Firms in arrays by field: one row a firm, kept in the order of their names.

use std::ops::Range;

use crate::model::district::extra::Extra;
use crate::model::district::extra::Extras;
use crate::model::district::packed::Dates;
use crate::model::district::packed::Status;
use crate::model::district::packed::Tags;
use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::ledger::event::FirmThen;
use crate::policy::area::Area;
use crate::policy::sector::Sector;
use crate::policy::slot::LeverSlot;
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
            /// What only few firms have.
            pub extra: Extra,
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
            extras: Extras,
            /// Set anew every year for all firms, so it neither moves nor grows with them.
            pub(super) growth: Vec<f64>,
            cohorts: Vec<Cohort>,
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
                self.extras.clone_from(&source.extras);
                self.growth.clone_from(&source.growth);
                self.cohorts.clone_from(&source.cohorts);
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
                self.extras.push(&firm.extra);
                count_in(&mut self.cohorts, firm.born);
            }

            /// Adds firms after all others, in their order, a field at a time.
            pub(super) fn extend(&mut self, firms: impl Iterator<Item = Firm> + Clone) {
                $(self.$name.extend(firms.clone().map(|firm| firm.$name));)*
                $(self.$word.extend(firms.clone().map(|firm| $Word::pack($(firm.$part),*)));)*
                $(self.$group.extend(firms.clone().map(|firm| $Group { $($field: firm.$field,)* }));)*
                for firm in firms {
                    self.extras.push(&firm.extra);
                    count_in(&mut self.cohorts, firm.born);
                }
            }

            /// Takes all firms out, keeping the memory.
            pub(super) fn clear(&mut self) {
                $(self.$name.clear();)*
                $(self.$word.clear();)*
                $(self.$group.clear();)*
                self.extras.clear();
                self.growth.clear();
                self.cohorts.clear();
            }

            /// Takes rows out, in rising order, keeping the order of the others. `stays` is working
            /// memory.
            pub(super) fn remove(&mut self, rows: &[u32], stays: &mut Vec<u32>) {
                let Some(&first) = rows.first() else { return };
                let length = self.len();
                rows_that_stay(rows, length, stays);
                count_out(&mut self.cohorts, rows);
                self.extras.give_up(rows);
                let mut to = first as usize;
                {
                    // Cut to one length, for which two checks a row do.
                    $(let $name = &mut self.$name[..length];)*
                    $(let $word = &mut self.$word[..length];)*
                    $(let $group = &mut self.$group[..length];)*
                    let places = &mut self.extras.places[..length];
                    for from in stays.iter().map(|&row| row as usize) {
                        if to >= length || from >= length {
                            break;
                        }
                        $($name[to] = $name[from];)*
                        $($word[to] = $word[from];)*
                        $($group[to] = $group[from];)*
                        places[to] = places[from];
                        to += 1;
                    }
                }
                $(self.$name.truncate(to);)*
                $(self.$word.truncate(to);)*
                $(self.$group.truncate(to);)*
                self.extras.places.truncate(to);
            }

            /// Puts the rows from `first` on into another order: row by row, what comes there.
            fn reorder(&mut self, first: usize, order: &[u32]) {
                $(reorder(&mut self.$name, first, order);)*
                $(reorder(&mut self.$word, first, order);)*
                $(reorder(&mut self.$group, first, order);)*
                reorder(&mut self.extras.places, first, order);
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
        /// Output a head after the ramp `[KRW m/year]`.
        output: f64;
        /// Money raised in its last round `[KRW m]`.
        last_raised: f64;
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
            /// Rounds closed, 0 to 5: the stage of the next is its place in `policy::levers::matching_fund::STAGES`.
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
            /// Specialists `[persons]`.
            specialists: i32;
            /// Other people `[persons]`.
            others: i32;
        }
        /// What a firm has had so far.
        account: Account {
            /// Money raised since the start `[KRW m]`.
            raised: i64;
            /// The levers that have served it, a bit each by slot.
            served: u64;
        }
    }
}

impl Staff {
    /// The headcount `[persons]`.
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

    /// What only few firms have, of one firm.
    #[must_use]
    #[inline]
    pub fn extra(&self, row: usize) -> &Extra {
        self.extras.of(row)
    }

    pub(super) fn extra_mut(&mut self, row: usize) -> &mut Extra {
        self.extras.of_mut(row)
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

    /// A firm's headcount `[persons]`.
    #[must_use]
    #[inline]
    pub fn headcount(&self, row: usize) -> i32 {
        self.staff[row].headcount()
    }

    /// What a firm is now.
    #[must_use]
    pub fn then(&self, row: usize) -> FirmThen {
        let tags = self.tags[row];
        FirmThen { sector: tags.sector(), headcount: self.headcount(row), start: tags.start() }
    }

    /// Fills an array with a number for each of some rows that depends on a firm's age alone:
    /// completed calendar years at the end of `year`.
    pub fn by_age(
        &self,
        rows: Range<usize>,
        year: u16,
        out: &mut Vec<f64>,
        value: impl Fn(i32) -> f64,
    ) {
        out.resize(rows.len(), 0.0);
        let mut from = rows.start;
        let first = self.cohorts.partition_point(|cohort| cohort.until <= from);
        for cohort in &self.cohorts[first..] {
            let until = cohort.until.min(rows.end);
            out[from - rows.start..until - rows.start].fill(value(i32::from(year) - cohort.born));
            from = until;
            if from == rows.end {
                break;
            }
        }
    }

    /// Puts the firms from `first` on into the order of their names. Firms before `first` are in
    /// order already and older than all later ones.
    pub(super) fn sort_from(&mut self, first: usize, order: &mut Order) {
        if !self.id[first..].is_sorted() {
            order.of(&self.id[first..]);
            self.reorder(first, &order.places);
            if first == 0 {
                self.cohorts.clear();
                for dates in &self.dates {
                    count_in(&mut self.cohorts, dates.born());
                }
            }
        }
    }
}

/// How many firms go through a phase's loops together: what these keep of them then stays in the
/// processor's nearest memory, however many firms there are.
const BLOCK: usize = 2048;

/// A zero for each firm of a block, where no lever gives any of them more.
pub static ZEROS: [f64; BLOCK] = [0.0; BLOCK];

/// Rows `0..rows` in pieces for loops, about as long as each other: memory that has held one then
/// holds the next as it is.
pub fn blocks(rows: usize) -> impl Iterator<Item = Range<usize>> {
    let length = rows.div_ceil(rows.div_ceil(BLOCK).max(1)).max(1);
    (0..rows).step_by(length).map(move |from| from..rows.min(from + length))
}

/// Firms born in one year: they lie side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cohort {
    /// The row after its last one.
    until: usize,
    /// The year.
    born: i32,
}

/// Counts a firm, which comes after all others, in.
fn count_in(cohorts: &mut Vec<Cohort>, born: i32) {
    let born = born.div_euclid(i32::from(DAYS));
    let rows = cohorts.last().map_or(0, |cohort| cohort.until);
    match cohorts.last_mut() {
        Some(cohort) if cohort.born == born => cohort.until += 1,
        _ => cohorts.push(Cohort { until: rows + 1, born }),
    }
}

/// Counts rows out, which are in rising order.
fn count_out(cohorts: &mut Vec<Cohort>, rows: &[u32]) {
    let (mut gone, mut from) = (0, 0);
    cohorts.retain_mut(|cohort| {
        while rows.get(gone).is_some_and(|&row| (row as usize) < cohort.until) {
            gone += 1;
        }
        cohort.until -= gone;
        let stays = cohort.until > from;
        from = cohort.until;
        stays
    });
}

/// The order of a year's newborn by name; working memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    /// Where each independent founder's firm is, by index, or `NOWHERE`.
    independents: Vec<u32>,
    others: Vec<u32>,
    places: Vec<u32>,
}

/// The place of a founder who did not found.
const NOWHERE: u32 = u32::MAX;

impl Order {
    /// The places of names of one year, in the order of names, into `places`.
    ///
    /// Most are independents, who need no comparison: their index is their order, and they come
    /// before spin-offs and graduates.
    fn of(&mut self, names: &[FirmId]) {
        let Self { independents, others, places } = self;
        independents.clear();
        others.clear();
        for (place, name) in (0_u32..).zip(names) {
            if name.origin() == Origin::Independent {
                let index = name.index() as usize;
                if independents.len() <= index {
                    independents.resize(index + 1, NOWHERE);
                }
                independents[index] = place;
            } else {
                others.push(place);
            }
        }
        others.sort_unstable_by_key(|&place| names[place as usize]);
        let before = |&&place: &&u32| names[place as usize].origin() < Origin::Independent;
        places.clear();
        places.extend(others.iter().take_while(before));
        let from = places.len();
        places.extend(independents.iter().filter(|&&place| place != NOWHERE));
        places.extend(&others[from..]);
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

/// Puts the places from `first` on into another order: place by place, what comes there, counted
/// from `first`.
fn reorder<T: Copy>(list: &mut [T], first: usize, order: &[u32]) {
    let later = &mut list[first..];
    let moved: Vec<T> = order.iter().map(|&place| later[place as usize]).collect();
    later.copy_from_slice(&moved);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_every_row_once_and_in_order() {
        for rows in [0, 1, 7, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK - 5, 10 * BLOCK + 1] {
            let all: Vec<Range<usize>> = blocks(rows).collect();
            assert!(all.iter().cloned().flatten().eq(0..rows), "{rows}");
            assert!(all.iter().all(|block| !block.is_empty() && block.len() <= BLOCK), "{rows}");
        }
    }
}
