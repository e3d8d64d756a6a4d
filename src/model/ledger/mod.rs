//! What happened, counted: the ledger of one simulation, from whose sums every metric is read.

pub mod cash;
pub mod event;

use crate::model::ledger::cash::CashItem;
use crate::model::ledger::event::CITY;
use crate::model::ledger::event::Entity;
use crate::model::ledger::event::Entry;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::FirmThen;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::PlaceIndex;
use crate::model::ledger::event::Population;
use crate::policy::payer::MOST_PAYERS;
use crate::policy::payer::Payer;
use crate::policy::slot::LeverSlot;
use crate::policy::slot::MOST_LEVERS;
use crate::time::Phase;

/// The most facilities in one scenario.
pub const MOST_FACILITIES: usize = 16;

const KINDS: usize = EventKind::ALL.len();
const ITEMS: usize = CashItem::ALL.len();
const PLACES: usize = CITY as usize + 1;

/// Sums over the events of one kind at one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many events.
    pub count: i64,
    /// The sum of their amounts.
    pub amount: i64,
    /// The sum of the specialists in them.
    pub specialists: i64,
}

impl Tally {
    #[inline]
    fn add(&mut self, amount: i64, specialists: i64) {
        self.count += 1;
        self.amount += amount;
        self.specialists += specialists;
    }

    /// Adds some events at once.
    #[inline]
    pub(super) fn add_some(&mut self, count: i64, amount: i32, specialists: i32) {
        self.count += count;
        self.amount += i64::from(amount);
        self.specialists += i64::from(specialists);
    }

    /// Without some of them.
    #[must_use]
    pub(super) const fn less(self, some: Self) -> Self {
        Self {
            count: self.count - some.count,
            amount: self.amount - some.amount,
            specialists: self.specialists - some.specialists,
        }
    }
}

/// The sums of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    by_place: [[[Tally; KINDS]; 2]; PLACES],
    by_facility: [[Tally; MOST_FACILITIES]; KINDS],
    /// The places of which a sum may not be zero, a bit each: so that clearing the others costs nothing.
    places: u16,
    /// The same of facilities.
    any_facility: bool,
    cash: [[i64; MOST_PAYERS]; ITEMS],
    by_lever: [Tally; MOST_LEVERS],
    graduated: [i64; MOST_LEVERS],
}

impl Default for Book {
    fn default() -> Self {
        Self {
            by_place: [[[Tally::default(); KINDS]; 2]; PLACES],
            by_facility: [[Tally::default(); MOST_FACILITIES]; KINDS],
            places: 0,
            any_facility: false,
            cash: [[0; MOST_PAYERS]; ITEMS],
            by_lever: [Tally::default(); MOST_LEVERS],
            graduated: [0; MOST_LEVERS],
        }
    }
}

impl Book {
    /// The sums over one kind of event at one place.
    #[must_use]
    #[inline]
    pub fn at(&self, population: Population, kind: EventKind, place: PlaceIndex) -> Tally {
        self.by_place[usize::from(place)][population as usize][kind as usize]
    }

    /// The same, to be changed.
    #[expect(clippy::inline_always, reason = "a few million calls for each replication")]
    #[inline(always)]
    fn at_mut(&mut self, population: Population, kind: EventKind, place: PlaceIndex) -> &mut Tally {
        self.places |= 1 << place;
        &mut self.by_place[usize::from(place)][population as usize][kind as usize]
    }

    /// The sums over one kind of event in one facility, startups only.
    #[must_use]
    #[inline]
    pub fn in_facility(&self, kind: EventKind, facility: usize) -> Tally {
        self.by_facility[kind as usize][facility]
    }

    /// Cash booked under an item by a payer `[KRW m]`: costs positive, returns negative.
    #[must_use]
    #[inline]
    pub fn cash(&self, item: CashItem, payer: Payer) -> i64 {
        self.cash[item as usize][payer.index()]
    }

    /// What a lever gave out this year: persons enrolled, services used or grants given.
    #[must_use]
    pub fn given(&self, lever: LeverSlot) -> Tally {
        self.by_lever[usize::from(lever)]
    }

    /// Persons who completed a programme this year.
    #[must_use]
    pub fn graduated(&self, lever: LeverSlot) -> i64 {
        self.graduated[usize::from(lever)]
    }

    // Inlined, so that the kind is known where it is called and its questions answered there.
    #[expect(clippy::inline_always, reason = "a few million calls for each replication")]
    #[inline(always)]
    fn add(&mut self, record: &Record) {
        let kind = record.kind as usize;
        self.at_mut(record.population, record.kind, record.place)
            .add(record.amount, record.specialists);
        if record.facility != NONE {
            self.any_facility = true;
            self.by_facility[kind][usize::from(record.facility)]
                .add(record.amount, record.specialists);
        }
        if record.kind == EventKind::Graduated {
            self.graduated[usize::from(record.lever)] += record.amount;
        }
        let gives = matches!(
            record.kind,
            EventKind::Enrolled | EventKind::ServiceUsed | EventKind::GrantGiven
        );
        if gives && usize::from(record.lever) < MOST_LEVERS {
            self.by_lever[usize::from(record.lever)].add(record.amount, 0);
        }
    }

    /// Clears the sums for a new year, keeping the memory.
    fn clear(&mut self) {
        // Field by field, so that nothing is built elsewhere first and copied.
        for (place, sums) in self.by_place.iter_mut().enumerate() {
            if self.places >> place & 1 == 1 {
                sums.as_flattened_mut().fill(Tally::default());
            }
        }
        self.places = 0;
        if self.any_facility {
            self.by_facility.as_flattened_mut().fill(Tally::default());
            self.any_facility = false;
        }
        self.cash.as_flattened_mut().fill(0);
        self.by_lever.fill(Tally::default());
        self.graduated.fill(0);
    }
}

/// Which events a ledger keeps beside its sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kept {
    /// None.
    #[default]
    Sums,
    /// Those of the present year in which startups come, go, move or raise money, as groups of firms
    /// are counted by.
    Lives,
    /// Every one, of all years.
    Events,
}

impl Kept {
    fn keeps(self, population: Population, kind: EventKind) -> bool {
        match self {
            Self::Sums => false,
            Self::Events => true,
            Self::Lives => {
                population == Population::Startups
                    && matches!(
                        kind,
                        EventKind::Founded
                            | EventKind::Failed
                            | EventKind::MovedIn
                            | EventKind::MovedOut
                            | EventKind::RoundClosed
                    )
            }
        }
    }
}

/// The ledger of one simulation: the sums of the present year and, on request, events.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    year: u16,
    phase: Option<Phase>,
    book: Book,
    kept: Kept,
    log: Vec<Entry>,
}

/// What is to be recorded of an event; the ledger adds year and phase.
#[derive(Clone, Copy, Debug)]
pub struct Record {
    /// What happened.
    pub kind: EventKind,
    /// Startups or institutes.
    pub population: Population,
    /// The day, 1 to 365.
    pub day: u16,
    /// Who or what.
    pub entity: Entity,
    /// Where.
    pub place: PlaceIndex,
    /// In which facility, or [`NONE`].
    pub facility: u8,
    /// How much.
    pub amount: i64,
    /// How many specialists, signed.
    pub specialists: i64,
    /// By which lever, or [`NONE`].
    pub lever: LeverSlot,
    /// Why.
    pub cause: &'static str,
}

impl Ledger {
    /// Empties the ledger; from now on it keeps these events beside the sums.
    pub fn restart(&mut self, kept: Kept) {
        self.book.clear();
        self.phase = None;
        self.kept = kept;
        self.log.clear();
    }

    /// Opens a new year.
    pub fn open_year(&mut self, year: u16) {
        self.year = year;
        self.book.clear();
        if self.kept == Kept::Lives {
            self.log.clear();
        }
    }

    /// Opens a phase of the year.
    pub fn open_phase(&mut self, phase: Phase) {
        self.phase = Some(phase);
    }

    /// The sums of the present year.
    #[must_use]
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The events that are kept, in the order in which they happened.
    #[must_use]
    pub fn log(&self) -> &[Entry] {
        &self.log
    }

    /// Records an event: in the sums always, as an entry where it is kept.
    #[expect(clippy::inline_always, reason = "a few million calls for each replication")]
    #[inline(always)]
    pub fn record(&mut self, record: Record) {
        self.book.add(&record);
        if self.kept != Kept::Sums {
            self.keep(record, None);
        }
    }

    /// The same of a firm, with what it is now.
    #[expect(clippy::inline_always, reason = "a few million calls for each replication")]
    #[inline(always)]
    pub fn record_of_firm(&mut self, record: Record, now: impl FnOnce() -> FirmThen) {
        self.book.add(&record);
        if self.kept != Kept::Sums {
            self.keep(record, Some(now()));
        }
    }

    /// Whether no event is kept beside the sums.
    #[must_use]
    pub fn keeps_sums_only(&self) -> bool {
        self.kept == Kept::Sums
    }

    /// Whether every event is kept beside the sums.
    #[must_use]
    pub fn keeps_log(&self) -> bool {
        self.kept == Kept::Events
    }

    /// Records the sums of many events of firms that are no tenants, where no log is kept.
    pub fn record_sums(
        &mut self,
        population: Population,
        kind: EventKind,
        place: PlaceIndex,
        sums: Tally,
    ) {
        let tally = self.book.at_mut(population, kind, place);
        tally.count += sums.count;
        tally.amount += sums.amount;
        tally.specialists += sums.specialists;
    }

    #[cold]
    #[inline(never)]
    fn keep(&mut self, record: Record, firm: Option<FirmThen>) {
        if !self.kept.keeps(record.population, record.kind) {
            return;
        }
        self.log.push(Entry {
            year: self.year,
            day: record.day,
            phase: self.phase.unwrap_or(Phase::Policy),
            kind: record.kind,
            population: record.population,
            entity: record.entity,
            firm,
            place: record.place,
            facility: record.facility,
            amount: record.amount,
            specialists: record.specialists,
            lever: record.lever,
            cause: record.cause,
        });
    }

    /// Books cash: costs positive, returns negative, in whole million won.
    pub fn book_cash(
        &mut self,
        day: u16,
        lever: LeverSlot,
        item: CashItem,
        payer: Payer,
        amount: i64,
    ) {
        if amount == 0 {
            return;
        }
        self.book.cash[item as usize][payer.index()] += amount;
        self.record(Record {
            kind: EventKind::Cash,
            population: Population::Startups,
            day,
            entity: if lever == NONE { Entity::City } else { Entity::Lever(lever) },
            place: CITY,
            facility: NONE,
            amount,
            specialists: 0,
            lever,
            cause: item.name(),
        });
    }
}

/// The sums that the log of one year adds up to: what the ledger's own sums are checked against.
///
/// Cash keeps its payer in the sums by item only, which a log does not hold.
#[must_use]
pub fn sums_of(log: &[Entry], year: u16) -> Book {
    let mut book = Book::default();
    for entry in log.iter().filter(|entry| entry.year == year) {
        book.add(&Record {
            kind: entry.kind,
            population: entry.population,
            day: entry.day,
            entity: entry.entity,
            place: entry.place,
            facility: entry.facility,
            amount: entry.amount,
            specialists: entry.specialists,
            lever: entry.lever,
            cause: entry.cause,
        });
    }
    book
}

impl Book {
    /// Whether all sums but those of cash by payer are the same.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        self.by_place == other.by_place
            && self.by_facility == other.by_facility
            && self.by_lever == other.by_lever
            && self.graduated == other.graduated
    }
}
