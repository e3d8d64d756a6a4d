//! The state of the district and the city, and the one place that changes it.
//!
//! Every method that changes the state records what happened in the ledger in the same breath, so
//! the two cannot disagree; `model/identities.rs` checks it every year.

pub mod changes;
mod city;
pub mod extra;
pub mod firms;
mod life;
pub mod note;
pub mod packed;
mod sales;
pub mod staffing;

use crate::model::district::changes::Apart;
use crate::model::district::firms::Firms;
use crate::model::district::firms::Order;
use crate::model::district::note::FirmNote;
use crate::model::id::FirmId;
use crate::model::ledger::Kept;
use crate::model::ledger::Ledger;
use crate::model::ledger::MOST_FACILITIES;
use crate::model::ledger::Record;
use crate::model::ledger::event::Entity;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::policy::levers::matching_fund::MOST_FUNDS;
use crate::policy::slot::LeverSlot;
use crate::random::Key;

/// A firm that is no more, as far as later accounts need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone {
    /// Its name.
    pub id: FirmId,
    /// Whether its last place was in the district.
    pub in_district: bool,
    /// Money raised since the start `[KRW m]`.
    pub raised: i64,
    /// The levers that had served it, a bit each by slot.
    pub served: u64,
}

/// A startup has used a grant, a service or an instrument, which has not ceased to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// Its name.
    pub firm: FirmId,
    /// Its row, from the use to the end of that year.
    pub row: u32,
    /// The lever.
    pub lever: LeverSlot,
    /// The year.
    pub year: u16,
    /// What it was given `[account units]`.
    pub amount: i64,
}

/// The market for space in one area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Market {
    /// Floor space of the private market `[m2]`; `None` has no limit.
    pub floor_space: Option<i64>,
    /// Floor space of public buildings `[m2]`.
    pub public_space: i64,
    /// Buildings under way `[m2]`.
    pub under_way: i64,
    /// Market rent over that of the first year, as a logarithm, on 1 January.
    pub log_rent: f64,
    /// Occupancy at the end of last year `[1]`.
    pub occupancy: f64,
    /// Floor space that the sector's firms use at the end of last year `[m2]`.
    pub sector_use: i64,
}

/// A building of developers under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// The day of completion on the scale of `Date::ordinal`.
    pub completion: i32,
    /// Where.
    pub area: Area,
    /// Floor space `[m2]`.
    pub space: i64,
}

/// A graduate who will found a firm in next year's intake.
#[derive(Clone, Copy, Debug)]
pub struct GraduateFounder {
    /// The name of the firm.
    pub id: FirmId,
    /// The key of its draws.
    pub key: Key,
}

/// People at firms by population and area: kept up with every change, and checked every year
/// against a count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// All of them `[persons]`.
    pub heads: [ByArea<i64>; 2],
    /// Specialists `[persons]`.
    pub specialists: [ByArea<i64>; 2],
}

impl People {
    #[inline]
    fn add(&mut self, population: Population, area: Area, heads: i64, specialists: i64) {
        self.heads[population as usize][area.index()] += heads;
        self.specialists[population as usize][area.index()] += specialists;
    }
}

/// The state on one day.
#[derive(Debug, Default)]
pub struct District {
    /// Startups, in the order of their names.
    startups: Firms,
    /// Institutes and laboratories, in the order of their names.
    institutes: Firms,
    /// Firms that are no more and raised money or were served: those of a year after those of
    /// earlier ones, and in the order of their names.
    gone: Vec<Gone>,
    /// How many of these went before this year.
    gone_before: usize,
    /// Buildings under way.
    sites: Vec<Site>,
    /// Graduates who found next year.
    graduate_founders: Vec<GraduateFounder>,
    /// What startups have used and still acts.
    uses: Vec<Use>,
    /// What belongs to no firm.
    city: City,
}

/// The part of the state that is not a list.
#[derive(Clone, Copy, Debug, Default)]
struct City {
    /// The pool of specialists `[persons]`.
    pool: i64,
    /// Vacancies per seeker of last year `[1]`.
    tightness: f64,
    /// Homes `[homes]`.
    homes: i64,
    /// Homes let `[homes]`.
    homes_let: i64,
    /// Money that firms that are no more had raised, as every exit has left it `[KRW m]`.
    gone_raised: i64,
    /// Tenants by facility.
    tenants: [u32; MOST_FACILITIES],
    /// The markets for space by area.
    markets: ByArea<Market>,
    /// ln J* of startups' hinterland by area on 1 January of last year.
    last_hinterland: ByArea<f64>,
    /// People at firms, as every change has left them.
    people: People,
    /// Jobs by area on the first day `[persons]`.
    first_jobs: ByArea<i64>,
    /// Money that goes back into funds' budgets next year, by slot's order in the plan `[KRW m]`.
    recycled: [i64; MOST_FUNDS],
}

impl Default for Market {
    fn default() -> Self {
        Self {
            floor_space: None,
            public_space: 0,
            under_way: 0,
            log_rent: 0.0,
            occupancy: 0.0,
            sector_use: 0,
        }
    }
}

impl Clone for District {
    fn clone(&self) -> Self {
        let mut copy = Self::default();
        copy.clone_from(self);
        copy
    }

    // Simulations copy states into kept memory.
    fn clone_from(&mut self, source: &Self) {
        let Self { startups, institutes, gone, sites, graduate_founders, uses, .. } = source;
        self.startups.clone_from(startups);
        self.institutes.clone_from(institutes);
        self.gone.clone_from(gone);
        self.gone_before = source.gone_before;
        self.sites.clone_from(sites);
        self.graduate_founders.clone_from(graduate_founders);
        self.uses.clone_from(uses);
        self.city = source.city;
    }
}

impl District {
    /// Empties the district, keeping its memory.
    fn clear(&mut self) {
        self.startups.clear();
        self.institutes.clear();
        self.gone.clear();
        self.gone_before = 0;
        self.sites.clear();
        self.graduate_founders.clear();
        self.uses.clear();
        self.city = City::default();
    }
}

/// The state and its ledger: everything of one simulation under one policy.
#[derive(Debug, Default)]
pub struct World {
    district: District,
    ledger: Ledger,
    /// Rows of firms that have failed in the present phase, by population.
    failed: [Vec<u32>; 2],
    /// Working memory for rows of firms.
    rows: Vec<u32>,
    order: Order,
    staffing: Apart,
}

impl Clone for World {
    fn clone(&self) -> Self {
        let (district, ledger) = (self.district.clone(), self.ledger.clone());
        Self { district, ledger, ..Self::default() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.district.clone_from(&source.district);
        self.ledger.clone_from(&source.ledger);
    }
}

impl World {
    /// Empties the city, keeping its memory; `kept` says which events the ledger keeps.
    pub fn restart(&mut self, kept: Kept) {
        self.district.clear();
        self.ledger.restart(kept);
    }

    /// The state.
    #[must_use]
    #[inline]
    pub fn district(&self) -> &District {
        &self.district
    }

    /// The ledger.
    #[must_use]
    #[inline]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The ledger, to open years and phases and to book cash.
    #[inline]
    pub fn ledger_mut(&mut self) -> &mut Ledger {
        &mut self.ledger
    }

    fn firms_mut(&mut self, population: Population) -> &mut Firms {
        match population {
            Population::Startups => &mut self.district.startups,
            Population::Institutes => &mut self.district.institutes,
        }
    }

    #[expect(clippy::inline_always, reason = "a few million calls for each replication")]
    #[inline(always)]
    fn record_firm(&mut self, population: Population, row: usize, note: &FirmNote) {
        let firms = self.district.firms(population);
        let record = Record {
            kind: note.kind,
            population,
            day: note.day,
            entity: Entity::Firm(firms.id()[row]),
            place: firms.tags()[row].area().place(),
            facility: firms.tags()[row].facility(),
            amount: note.amount,
            specialists: note.specialists,
            lever: note.lever,
            cause: note.cause,
        };
        self.ledger.record_of_firm(record, || firms.then(row));
    }

    fn record_alumnus(&mut self, row: usize, kind: EventKind, day: u16, amount: i64) {
        let firms = &self.district.startups;
        let record = Record {
            kind,
            population: Population::Startups,
            day,
            entity: Entity::Firm(firms.id[row]),
            place: firms.tags[row].area().place(),
            facility: firms.tags[row].alumnus_of(),
            amount,
            specialists: 0,
            lever: NONE,
            cause: "alumnus",
        };
        self.ledger.record_of_firm(record, || firms.then(row));
    }
}

/// The last day of the year.
pub const YEAR_END: u16 = crate::time::DAYS;

/// The stage after series C: the last.
pub const STAGE_LATER: u8 = 5;
