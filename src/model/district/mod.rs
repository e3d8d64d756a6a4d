//! The state of the district and the city, and the one place that changes it.
//!
//! Every method that changes the state records what happened in the ledger in the same breath, so
//! the two cannot disagree; `model/identities.rs` checks it every year.

pub mod changes;
mod city;
pub mod extra;
pub mod firms;
pub mod packed;
mod sales;
pub mod staffing;

use crate::model::district::changes::Apart;
use crate::model::district::firms::Firm;
use crate::model::district::firms::Firms;
use crate::model::district::firms::Order;
use crate::model::district::packed::Sector;
use crate::model::district::packed::Status;
use crate::model::id::FirmId;
use crate::model::ledger::Ledger;
use crate::model::ledger::MOST_FACILITIES;
use crate::model::ledger::Record;
use crate::model::ledger::event::Entity;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::policy::area::Area;
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
    /// The programme's lever.
    pub lever: LeverSlot,
}

/// People at firms by population and area: kept up with every change, and checked every year
/// against a count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// All of them `[persons]`.
    pub heads: [[i64; 3]; 2],
    /// Specialists `[persons]`.
    pub specialists: [[i64; 3]; 2],
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
    markets: [Market; 3],
    /// ln J* of startups' hinterland by area on 1 January of last year.
    last_hinterland: [f64; 3],
    /// People at firms, as every change has left them.
    people: People,
    /// Jobs by area on the first day `[persons]`.
    first_jobs: [i64; 3],
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
        let Self { startups, institutes, gone, sites, graduate_founders, .. } = source;
        self.startups.clone_from(startups);
        self.institutes.clone_from(institutes);
        self.gone.clone_from(gone);
        self.gone_before = source.gone_before;
        self.sites.clone_from(sites);
        self.graduate_founders.clone_from(graduate_founders);
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
    /// Empties the city, keeping its memory; with `log`, the ledger keeps every event.
    pub fn restart(&mut self, log: bool) {
        self.district.clear();
        self.ledger.restart(log);
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
        self.ledger.record(Record {
            kind: note.kind,
            population,
            day: note.day,
            entity: Entity::Firm(firms.id()[row]),
            place: firms.tags()[row].area() as u8,
            facility: firms.tags()[row].facility(),
            amount: note.amount,
            specialists: note.specialists,
            lever: note.lever,
            cause: note.cause,
        });
    }

    /// Notes something about a firm that changes no stock.
    pub fn note(&mut self, population: Population, row: usize, note: &FirmNote) {
        self.record_firm(population, row, note);
    }

    /// A firm is founded or opens; returns its row, which holds until the intake is closed.
    pub fn found(&mut self, population: Population, firm: &Firm, day: u16) -> usize {
        let firms = self.firms_mut(population);
        firms.push(firm);
        let row = firms.len() - 1;
        let headcount = i64::from(firm.specialists + firm.others);
        self.district.city.people.add(population, firm.area, headcount, firm.specialists.into());
        let cause = firm.id.origin().name();
        self.record_firm(
            population,
            row,
            &FirmNote {
                amount: headcount,
                specialists: i64::from(firm.specialists),
                ..FirmNote::new(EventKind::Founded, day, cause)
            },
        );
        row
    }

    /// Closes the intake: firms founded since `first` rows are put into the order of their names.
    pub fn close_intake(&mut self, first: [usize; 2]) {
        self.district.startups.sort_from(first[0], &mut self.order);
        self.district.institutes.sort_from(first[1], &mut self.order);
    }

    /// A firm moves to another area.
    pub fn relocate(
        &mut self,
        population: Population,
        row: usize,
        to: Area,
        day: u16,
        lever: LeverSlot,
        cause: &'static str,
    ) {
        let firms = self.district.firms(population);
        let amount = i64::from(firms.headcount(row));
        let specialists = i64::from(firms.staff()[row].specialists);
        let from = firms.tags()[row].area();
        self.district.city.people.add(population, from, -amount, -specialists);
        self.district.city.people.add(population, to, amount, specialists);
        let out = FirmNote {
            kind: EventKind::MovedOut,
            day,
            amount,
            specialists: -specialists,
            lever,
            cause,
        };
        self.record_firm(population, row, &out);
        self.firms_mut(population).tags[row].set_area(to);
        let into = FirmNote { kind: EventKind::MovedIn, specialists, ..out };
        self.record_firm(population, row, &into);
    }

    /// A facility admits a startup, which moves there if it is elsewhere.
    pub fn admit(&mut self, row: usize, place: &Tenancy, day: u16, cause: &'static str) {
        if self.district.startups.tags[row].area() != place.area {
            self.relocate(Population::Startups, row, place.area, day, place.lever, "admitted");
        }
        let firms = &mut self.district.startups;
        firms.tags[row].set_facility(place.facility);
        firms.extra_mut(row).tenancy_end = place.end;
        firms.extra_mut(row).visited |= 1 << place.facility;
        firms.account[row].served |= 1 << place.lever;
        self.district.city.tenants[usize::from(place.facility)] += 1;
        let amount = i64::from(self.district.startups.headcount(row));
        let note = FirmNote {
            amount,
            lever: place.lever,
            ..FirmNote::new(EventKind::Admitted, day, cause)
        };
        self.record_firm(Population::Startups, row, &note);
        if place.newborn {
            let note = FirmNote { kind: EventKind::FoundersJoined, ..note };
            self.record_firm(Population::Startups, row, &note);
        }
    }

    /// A tenancy ends; the startup stays in the area for now.
    pub fn end_tenancy(&mut self, row: usize, day: u16, today: i32, cause: &'static str) {
        let amount = i64::from(self.district.startups.headcount(row));
        let note = FirmNote { amount, ..FirmNote::new(EventKind::TenancyEnded, day, cause) };
        self.record_firm(Population::Startups, row, &note);
        let firms = &mut self.district.startups;
        let facility = firms.tags[row].facility();
        firms.tags[row].set_facility(NONE);
        firms.extra_mut(row).alumnus_since = today;
        firms.tags[row].set_alumnus_of(facility);
        self.district.city.tenants[usize::from(facility)] -= 1;
    }

    /// A firm fails or closes; its specialists look for work. Its row goes when the phase closes.
    pub fn fail(&mut self, population: Population, row: usize, day: u16, cause: &'static str) {
        let firms = self.district.firms(population);
        let amount = i64::from(firms.headcount(row));
        let specialists = i64::from(firms.staff()[row].specialists);
        let facility = firms.tags()[row].facility();
        let area = firms.tags()[row].area();
        self.district.city.people.add(population, area, -amount, -specialists);
        let note = FirmNote {
            amount,
            specialists: -specialists,
            ..FirmNote::new(EventKind::Failed, day, cause)
        };
        self.record_firm(population, row, &note);
        if facility != NONE {
            let note = FirmNote { kind: EventKind::TenantFailed, specialists: 0, ..note };
            self.record_firm(population, row, &note);
            self.district.city.tenants[usize::from(facility)] -= 1;
        }
        self.firms_mut(population).tags[row].set_status(Status::Failed);
        #[expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]
        self.failed[population as usize].push(row as u32);
        self.pool(EventKind::Released, day, specialists, cause);
    }

    /// Takes the failed firms of the year out, keeping what later accounts need of them.
    pub fn remove_failed(&mut self) {
        self.district.gone_before = self.district.gone.len();
        for population in [Population::Startups, Population::Institutes] {
            let failed = &mut self.failed[population as usize];
            failed.sort_unstable();
            let firms = match population {
                Population::Startups => &mut self.district.startups,
                Population::Institutes => &mut self.district.institutes,
            };
            self.district.gone.extend(failed.iter().map(|&row| row as usize).filter_map(|row| {
                let account = firms.account()[row];
                (account.raised != 0 || account.served != 0).then(|| Gone {
                    id: firms.id()[row],
                    in_district: firms.tags()[row].in_district(),
                    raised: account.raised,
                    served: account.served,
                })
            }));
            firms.remove(failed, &mut self.rows);
            failed.clear();
        }
        let District { gone, gone_before, city, .. } = &mut self.district;
        let gone_now = &mut gone[*gone_before..];
        gone_now.sort_unstable_by_key(|gone| gone.id);
        city.gone_raised += gone_now.iter().map(|gone| gone.raised).sum::<i64>();
        debug_assert_eq!(city.gone_raised, gone.iter().map(|gone| gone.raised).sum::<i64>());
    }

    /// A lever serves a startup.
    pub fn serve(&mut self, row: usize, lever: LeverSlot) {
        self.district.startups.account[row].served |= 1 << lever;
    }

    /// Levers serve a firm, a bit each by slot.
    pub fn serve_all(&mut self, population: Population, row: usize, levers: u64) {
        self.firms_mut(population).account[row].served |= levers;
    }

    /// A lever brings an institute from elsewhere in the city into a building of its own.
    pub fn bring(&mut self, row: usize, to: Area, day: u16, lever: LeverSlot) {
        self.relocate(Population::Institutes, row, to, day, lever, "brought");
        self.district.institutes.tags[row].set_sector(Sector::Laboratory);
        self.district.institutes.account[row].served |= 1 << lever;
    }

    /// A startup gets a rent voucher until a day.
    pub fn give_voucher(&mut self, row: usize, lever: LeverSlot, day: u16, end: i32) {
        self.district.startups.extra_mut(row).voucher_end = end;
        self.district.startups.extra_mut(row).voucher = lever;
        self.serve(row, lever);
        let amount = i64::from(self.district.startups.headcount(row));
        let note =
            FirmNote { amount, lever, ..FirmNote::new(EventKind::VoucherGiven, day, "voucher") };
        self.record_firm(Population::Startups, row, &note);
    }

    /// A startup gets a research grant `[KRW m]`.
    pub fn give_grant(&mut self, row: usize, lever: LeverSlot, day: u16, year: u16, amount: i64) {
        let extra = self.district.startups.extra_mut(row);
        (extra.grant_year, extra.grant, extra.granted) = (year, lever, amount);
        self.serve(row, lever);
        let note = FirmNote { amount, lever, ..FirmNote::new(EventKind::GrantGiven, day, "grant") };
        self.record_firm(Population::Startups, row, &note);
    }

    /// A round closes with private and public money `[KRW m]`.
    pub fn close_round(&mut self, row: usize, day: u16, year: u16, round: &Round) {
        let firms = &mut self.district.startups;
        let stage = (firms.tags[row].stage() + 1).min(STAGE_LATER);
        firms.tags[row].set_stage(stage);
        firms.dates[row].set_last_round(year);
        firms.account[row].raised += round.private + round.public;
        firms.last_raised[row] = (round.private + round.public) as f64;
        let alumnus = firms.tags[row].facility() == NONE && firms.tags[row].alumnus_of() != NONE;
        let amount = round.private + round.public;
        let note = FirmNote { amount, ..FirmNote::new(EventKind::RoundClosed, day, "round") };
        self.record_firm(Population::Startups, row, &note);
        let wanted = FirmNote { kind: EventKind::CapitalDemanded, amount: round.wanted, ..note };
        self.record_firm(Population::Startups, row, &wanted);
        if alumnus {
            self.record_alumnus(row, EventKind::AlumniRaised, day, amount);
        }
        if round.public > 0 {
            let firms = &mut self.district.startups;
            firms.extra_mut(row).fund_stake += round.public;
            firms.tags[row].set_fund(round.fund);
            firms.dates[row].set_co_invested(year);
            self.serve(row, round.fund);
            let note = FirmNote {
                kind: EventKind::PublicInvested,
                amount: round.public,
                lever: round.fund,
                ..note
            };
            self.record_firm(Population::Startups, row, &note);
        }
    }

    /// A startup lists, or is acquired and loses jobs `[persons]`; the fund's stake is paid out.
    pub fn exit(&mut self, row: usize, day: u16, acquired: Option<Loss>) {
        let firms = &mut self.district.startups;
        if firms.extra(row).fund_stake != 0 {
            firms.extra_mut(row).fund_stake = 0;
        }
        match acquired {
            None => {
                firms.tags[row].set_status(Status::Listed);
                let amount = i64::from(firms.headcount(row));
                let note = FirmNote { amount, ..FirmNote::new(EventKind::Listed, day, "listing") };
                self.record_firm(Population::Startups, row, &note);
            }
            Some(loss) => {
                firms.tags[row].set_status(Status::Acquired);
                firms.staff[row].specialists -= loss.specialists;
                firms.staff[row].others -= loss.others;
                let area = firms.tags[row].area();
                let heads = i64::from(loss.specialists + loss.others);
                let specialists = i64::from(loss.specialists);
                self.district.city.people.add(Population::Startups, area, -heads, -specialists);
                let note = FirmNote {
                    amount: i64::from(loss.specialists + loss.others),
                    specialists: -i64::from(loss.specialists),
                    ..FirmNote::new(EventKind::Acquired, day, "acquisition")
                };
                self.record_firm(Population::Startups, row, &note);
                let released = i64::from(loss.specialists);
                self.pool(EventKind::Released, day, released, "acquisition");
            }
        }
    }

    fn record_alumnus(&mut self, row: usize, kind: EventKind, day: u16, amount: i64) {
        let firms = &self.district.startups;
        self.ledger.record(Record {
            kind,
            population: Population::Startups,
            day,
            entity: Entity::Firm(firms.id[row]),
            place: firms.tags[row].area() as u8,
            facility: firms.tags[row].alumnus_of(),
            amount,
            specialists: 0,
            lever: NONE,
            cause: "alumnus",
        });
    }
}

/// The last day of the year.
pub const YEAR_END: u16 = crate::time::DAYS;

/// The stage after series C: the last.
pub const STAGE_LATER: u8 = 5;

/// What is noted of a firm.
#[derive(Clone, Copy, Debug)]
pub struct FirmNote {
    /// What happened.
    pub kind: EventKind,
    /// The day.
    pub day: u16,
    /// How much.
    pub amount: i64,
    /// Specialists in it, signed.
    pub specialists: i64,
    /// By which lever, or `NONE`.
    pub lever: LeverSlot,
    /// Why.
    pub cause: &'static str,
}

impl FirmNote {
    /// A note without amounts or lever.
    #[must_use]
    pub const fn new(kind: EventKind, day: u16, cause: &'static str) -> Self {
        Self { kind, day, amount: 0, specialists: 0, lever: NONE, cause }
    }
}

/// A place in a facility, given to a firm.
#[derive(Clone, Copy, Debug)]
pub struct Tenancy {
    /// The facility's number.
    pub facility: u8,
    /// The facility's lever.
    pub lever: LeverSlot,
    /// The facility's area.
    pub area: Area,
    /// The day on which the tenancy ends.
    pub end: i32,
    /// Whether the firm was founded this year.
    pub newborn: bool,
}

/// A round that closes.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    /// Private money, after rationing `[KRW m]`.
    pub private: i64,
    /// Public money `[KRW m]`.
    pub public: i64,
    /// Private money wanted, before rationing `[KRW m]`.
    pub wanted: i64,
    /// The fund that co-invests, or `NONE`.
    pub fund: LeverSlot,
}

/// Jobs lost at an acquisition.
#[derive(Clone, Copy, Debug)]
pub struct Loss {
    /// Specialists.
    pub specialists: i32,
    /// Others.
    pub others: i32,
}

impl Sector {
    /// Every sector, by number.
    pub const ALL: [Self; 5] =
        [Self::Software, Self::Hardware, Self::Ict, Self::Institute, Self::Laboratory];

    /// The sector's place in `policy::levers::facility::SECTORS`; 3 for institutes and laboratories.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}
