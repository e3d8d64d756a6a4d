//! The part of the state that belongs to the city: pool, homes, markets for space, what is to come.

use crate::model::district::District;
use crate::model::district::Gone;
use crate::model::district::GraduateFounder;
use crate::model::district::Market;
use crate::model::district::People;
use crate::model::district::Site;
use crate::model::district::Use;
use crate::model::district::World;
use crate::model::district::YEAR_END;
use crate::model::district::firms::Firms;
use crate::model::ledger::MOST_FACILITIES;
use crate::model::ledger::Record;
use crate::model::ledger::Tally;
use crate::model::ledger::event::CITY;
use crate::model::ledger::event::Entity;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::policy::levers::matching_fund::MOST_FUNDS;
use crate::policy::slot::LeverSlot;

impl District {
    /// Startups, in the order of their names.
    #[must_use]
    #[inline]
    pub fn startups(&self) -> &Firms {
        &self.startups
    }

    /// Institutes and laboratories, in the order of their names.
    #[must_use]
    #[inline]
    pub fn institutes(&self) -> &Firms {
        &self.institutes
    }

    /// The firms of a population.
    #[must_use]
    #[inline]
    pub fn firms(&self, population: Population) -> &Firms {
        match population {
            Population::Startups => &self.startups,
            Population::Institutes => &self.institutes,
        }
    }

    /// Firms that are no more and raised money or were served, year after year.
    #[must_use]
    pub fn gone(&self) -> &[Gone] {
        &self.gone
    }

    /// Those of them that went in the last year in which firms failed, in the order of their names.
    #[must_use]
    pub fn gone_this_year(&self) -> &[Gone] {
        &self.gone[self.gone_before..]
    }

    /// Money that all firms that are no more had raised `[KRW m]`.
    #[must_use]
    pub fn raised_by_gone(&self) -> i64 {
        self.city.gone_raised
    }

    /// The pool of specialists `[persons]`.
    #[must_use]
    pub fn pool(&self) -> i64 {
        self.city.pool
    }

    /// Vacancies per seeker of last year `[1]`.
    #[must_use]
    pub fn tightness(&self) -> f64 {
        self.city.tightness
    }

    /// Homes `[homes]`.
    #[must_use]
    pub fn homes(&self) -> i64 {
        self.city.homes
    }

    /// Homes let `[homes]`.
    #[must_use]
    pub fn homes_let(&self) -> i64 {
        self.city.homes_let
    }

    /// Tenants by facility number.
    #[must_use]
    pub fn tenants(&self) -> &[u32; MOST_FACILITIES] {
        &self.city.tenants
    }

    /// The market for space in an area.
    #[must_use]
    pub fn market(&self, area: Area) -> &Market {
        &self.city.markets[area.index()]
    }

    /// Buildings under way.
    #[must_use]
    pub fn sites(&self) -> &[Site] {
        &self.sites
    }

    /// Graduates who found this year.
    #[must_use]
    pub fn graduate_founders(&self) -> &[GraduateFounder] {
        &self.graduate_founders
    }

    /// What startups have used and still acts, in the order of use.
    #[must_use]
    pub fn uses(&self) -> &[Use] {
        &self.uses
    }

    /// ln J* by area on 1 January of last year.
    #[must_use]
    pub fn last_hinterland(&self) -> &ByArea<f64> {
        &self.city.last_hinterland
    }

    /// Jobs by area on the first day `[persons]`.
    #[must_use]
    pub fn first_jobs(&self) -> &ByArea<i64> {
        &self.city.first_jobs
    }

    /// Money recycled into each fund's budget of this year, in the order of the plan `[KRW m]`.
    #[must_use]
    pub fn recycled(&self) -> &[i64; MOST_FUNDS] {
        &self.city.recycled
    }

    /// People at firms by population and area.
    #[must_use]
    pub fn people(&self) -> &People {
        &self.city.people
    }

    /// Headcount by area of startups and institutes together `[persons]`.
    #[must_use]
    pub fn jobs_by_area(&self) -> ByArea<i64> {
        let [startups, institutes] = &self.city.people.heads;
        std::array::from_fn(|area| startups[area] + institutes[area])
    }
}

impl World {
    fn record_city(&mut self, kind: EventKind, day: u16, entity: Entity, amount: i64) {
        self.record_place(kind, day, entity, CITY, amount, "");
    }

    fn record_place(
        &mut self,
        kind: EventKind,
        day: u16,
        entity: Entity,
        place: u8,
        amount: i64,
        cause: &'static str,
    ) {
        let lever = if let Entity::Lever(slot) = entity { slot } else { NONE };
        self.ledger.record(Record {
            kind,
            population: Population::Startups,
            day,
            entity,
            place,
            facility: NONE,
            amount,
            specialists: 0,
            lever,
            cause,
        });
    }

    /// Sets up what is there on the first day, before any event.
    pub fn begin(&mut self, pool: i64, markets: ByArea<Market>) {
        self.district.city.pool = pool;
        self.district.city.markets = markets;
        self.district.city.tightness = 1.0;
        self.district.city.first_jobs = self.district.jobs_by_area();
    }

    /// A candidate chose not to found in the city.
    pub fn stay_out(&mut self, id: crate::model::id::FirmId, day: u16, team: i32) {
        self.record_place(
            EventKind::NotFounded,
            day,
            Entity::Firm(id),
            CITY,
            i64::from(team),
            "outside option",
        );
    }

    /// So many chose so, with teams of so many in all `[persons]`, where no event is kept: [`Self::stay_out`] of each.
    pub fn stay_out_all(&mut self, (candidates, people): (i64, i32)) {
        debug_assert!(self.ledger.keeps_sums_only());
        let mut sums = Tally::default();
        sums.add_some(candidates, people, 0);
        self.ledger.record_sums(Population::Startups, EventKind::NotFounded, CITY, sums);
    }

    /// A candidate that is not a firm yet applied to a facility or was refused by it.
    pub fn note_candidate(
        &mut self,
        kind: EventKind,
        id: crate::model::id::FirmId,
        day: u16,
        team: i32,
        place: (Area, u8, LeverSlot),
    ) {
        let (area, facility, lever) = place;
        self.ledger.record(Record {
            kind,
            population: Population::Startups,
            day,
            entity: Entity::Firm(id),
            place: area.place(),
            facility,
            amount: i64::from(team),
            specialists: 0,
            lever,
            cause: "candidate",
        });
    }

    /// The pool of specialists changes: inflow, releases and returns add, giving up and
    /// replacement take away.
    pub fn pool(&mut self, kind: EventKind, day: u16, amount: i64, cause: &'static str) {
        if amount == 0 {
            return;
        }
        let sign = match kind {
            EventKind::PoolInflow | EventKind::Released | EventKind::QuitReturned => 1,
            EventKind::GaveUp | EventKind::InflowReplaced => -1,
            _ => 0,
        };
        self.district.city.pool += sign * amount;
        self.record_place(kind, day, Entity::Pool, CITY, amount, cause);
    }

    /// Something about a programme's cohort; retained and city-bound graduates join the pool.
    pub fn cohort(&mut self, kind: EventKind, day: u16, lever: LeverSlot, amount: i64) {
        if matches!(kind, EventKind::Retained | EventKind::LeftForCity) {
            self.district.city.pool += amount;
        }
        self.record_city(kind, day, Entity::Lever(lever), amount);
    }

    /// Graduates of this year who will found next year.
    pub fn expect_founders(&mut self, founders: &[GraduateFounder]) {
        self.district.graduate_founders.extend_from_slice(founders);
    }

    /// This year's graduate founders have been taken into the intake.
    pub fn clear_founders(&mut self) {
        self.district.graduate_founders.clear();
    }

    /// Sets vacancies per seeker of the year `[1]`.
    pub fn set_tightness(&mut self, tightness: f64) {
        self.district.city.tightness = tightness;
    }

    /// Sets ln J* by area of 1 January.
    pub fn set_hinterland(&mut self, hinterland: ByArea<f64>) {
        self.district.city.last_hinterland = hinterland;
    }

    /// Money that goes back into a fund's budget next year `[KRW m]`.
    pub fn recycle(&mut self, recycled: [i64; MOST_FUNDS]) {
        self.district.city.recycled = recycled;
    }

    /// Homes open.
    pub fn open_homes(&mut self, day: u16, lever: LeverSlot, units: i64) {
        self.district.city.homes += units;
        self.record_city(EventKind::HomesOpened, day, Entity::Lever(lever), units);
    }

    /// Homes are taken and left over the year.
    pub fn let_homes(&mut self, taken: i64, left: i64) {
        self.district.city.homes_let += taken - left;
        for (kind, amount) in [(EventKind::HomeLeft, left), (EventKind::HomeTaken, taken)] {
            if amount != 0 {
                self.record_city(kind, YEAR_END, Entity::City, amount);
            }
        }
    }

    /// A public building opens with its floor space `[m2]`.
    pub fn open_building(&mut self, day: u16, lever: LeverSlot, area: Area, space: i64) {
        self.district.city.markets[area.index()].public_space += space;
        let entity = Entity::Lever(lever);
        self.record_place(EventKind::Opened, day, entity, area.place(), space, "opening");
    }

    /// An area is designated; `share` in per cent of the area.
    pub fn designate(&mut self, day: u16, lever: LeverSlot, area: Area, share: i64) {
        let entity = Entity::Lever(lever);
        self.record_place(EventKind::Designated, day, entity, area.place(), share, "designation");
    }

    /// Developers begin buildings.
    pub fn begin_building(&mut self, day: u16, site: Site) {
        self.district.city.markets[site.area.index()].under_way += site.space;
        self.district.sites.push(site);
        let place = site.area.place();
        let entity = Entity::Market;
        self.record_place(EventKind::BuildingStarted, day, entity, place, site.space, "developers");
    }

    /// Completes the buildings that are due by the end of a year; the days are those on which each
    /// was due.
    pub fn complete_buildings(&mut self, year_start: i32) {
        let year_end = year_start + i32::from(YEAR_END);
        let due: Vec<Site> =
            self.district.sites.iter().copied().filter(|site| site.completion < year_end).collect();
        self.district.sites.retain(|site| site.completion >= year_end);
        for site in due {
            let market = &mut self.district.city.markets[site.area.index()];
            market.under_way -= site.space;
            market.floor_space = market.floor_space.map(|space| space + site.space);
            let day = u16::try_from(site.completion - year_start).unwrap_or(0) + 1;
            let (kind, place) = (EventKind::BuildingCompleted, site.area.place());
            self.record_place(kind, day, Entity::Market, place, site.space, "developers");
        }
    }

    /// The market for space clears for next year.
    pub fn clear_market(&mut self, area: Area, log_rent: f64, occupancy: f64, sector_use: i64) {
        let market = &mut self.district.city.markets[area.index()];
        market.log_rent = log_rent;
        market.occupancy = occupancy;
        market.sector_use = sector_use;
    }
}
