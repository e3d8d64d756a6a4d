//! The firms of one world, as they lie or as they lay in an earlier year.

use crate::model::district::District;
use crate::model::district::Gone;
use crate::model::district::firms::Account;
use crate::model::district::firms::Firms;
use crate::model::district::firms::Staff;
use crate::model::district::packed::Dates;
use crate::model::district::packed::Tags;
use crate::model::id::FirmId;
use crate::model::ledger::event::NONE;
use crate::policy::slot::LeverSlot;

/// One firm in one year of one world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FirmRow {
    /// Its name.
    pub(super) id: FirmId,
    /// Money raised since the start `[KRW m]`.
    pub(super) raised: i64,
    /// The levers that have served it, a bit each by slot.
    pub(super) served: u64,
    /// Headcount; 0 where the firm is no more `[persons]`.
    pub(super) jobs: i32,
    /// Whether it is in the district, or was last.
    pub(super) in_district: bool,
    /// Whether it closed a round this year.
    pub(super) round: bool,
    /// The fund that joined it, by slot, or `NONE`.
    pub(super) co_invested: LeverSlot,
}

/// Startups or institutes of one world, in the order of their names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Living<'a> {
    id: &'a [FirmId],
    staff: &'a [Staff],
    tags: &'a [Tags],
    dates: &'a [Dates],
    account: &'a [Account],
    year: u16,
}

/// The firms of one world at the end of one year, where they lie: startups, institutes and those gone
/// this year, each in the order of their names.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    pub(super) living: [Living<'a>; 2],
    pub(super) gone: &'a [Gone],
}

impl<'a> Side<'a> {
    /// The firms of a world as it is.
    #[must_use]
    pub fn of(district: &'a District, year: u16) -> Self {
        let living = |firms: &'a Firms| Living {
            id: firms.id(),
            staff: firms.staff(),
            tags: firms.tags(),
            dates: firms.dates(),
            account: firms.account(),
            year,
        };
        let living = [living(district.startups()), living(district.institutes())];
        Self { living, gone: district.gone_this_year() }
    }
}

/// A copy of what [`Side`] shows, kept while the world goes on.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    living: [Columns; 2],
    gone: Vec<Gone>,
    year: u16,
}

#[derive(Clone, Debug, Default)]
struct Columns {
    id: Vec<FirmId>,
    staff: Vec<Staff>,
    tags: Vec<Tags>,
    dates: Vec<Dates>,
    account: Vec<Account>,
}

impl Columns {
    fn of(&self, year: u16) -> Living<'_> {
        Living {
            id: &self.id,
            staff: &self.staff,
            tags: &self.tags,
            dates: &self.dates,
            account: &self.account,
            year,
        }
    }
}

impl Snapshot {
    /// Takes the firms of a world, living and gone this year, keeping the memory of an earlier year.
    pub fn take(&mut self, side: &Side<'_>) {
        for (columns, living) in self.living.iter_mut().zip(&side.living) {
            copy(&mut columns.id, living.id);
            copy(&mut columns.staff, living.staff);
            copy(&mut columns.tags, living.tags);
            copy(&mut columns.dates, living.dates);
            copy(&mut columns.account, living.account);
            self.year = living.year;
        }
        copy(&mut self.gone, side.gone);
    }

    /// The firms as they were.
    #[must_use]
    pub fn side(&self) -> Side<'_> {
        Side {
            living: self.living.each_ref().map(|columns| columns.of(self.year)),
            gone: &self.gone,
        }
    }
}

fn copy<T: Copy>(to: &mut Vec<T>, from: &[T]) {
    to.clear();
    to.extend_from_slice(from);
}

/// What the accounts need of a firm that nobody serves, and to see that nobody does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plain {
    pub(super) served: u64,
    pub(super) raised: i64,
    pub(super) jobs: i32,
    pub(super) in_district: bool,
    /// Whether a fund joined it this year.
    pub(super) co_invested: bool,
}

impl Living<'_> {
    #[inline]
    pub(super) fn plain(&self, row: usize) -> Plain {
        let account = &self.account[row];
        Plain {
            served: account.served,
            raised: account.raised,
            jobs: self.staff[row].headcount(),
            in_district: self.tags[row].in_district(),
            co_invested: self.dates[row].co_invested() == self.year,
        }
    }

    #[inline]
    pub(super) fn length(&self) -> usize {
        self.id.len()
    }

    #[inline]
    pub(super) fn id(&self, row: usize) -> FirmId {
        self.id[row]
    }

    #[inline]
    pub(super) fn row(&self, row: usize) -> FirmRow {
        let (tags, dates, account) = (self.tags[row], self.dates[row], &self.account[row]);
        FirmRow {
            id: self.id[row],
            raised: account.raised,
            served: account.served,
            jobs: self.staff[row].headcount(),
            in_district: tags.in_district(),
            round: dates.last_round() == self.year,
            co_invested: if dates.co_invested() == self.year { tags.fund() } else { NONE },
        }
    }
}

impl FirmRow {
    /// A firm that is no more.
    pub(super) fn of_gone(gone: &Gone) -> Self {
        Self {
            id: gone.id,
            raised: gone.raised,
            served: gone.served,
            jobs: 0,
            in_district: gone.in_district,
            round: false,
            co_invested: NONE,
        }
    }
}
