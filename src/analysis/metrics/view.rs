//! How metrics read a year: its ledger's sums and its closing stocks, at one place.

use crate::model::district::District;
use crate::model::identities::Stocks;
use crate::model::ledger::Book;
use crate::model::ledger::cash::CashAccount;
use crate::model::ledger::cash::CashItem;
use crate::model::ledger::event::CITY;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::Population;
use crate::policy::area::Area;
use crate::policy::slot::LeverSlot;
use crate::random::math;
use crate::scenario::district::Areas;
use crate::scenario::payers::Payers;

/// A place at which a metric is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The areas of the district together.
    District,
    /// The whole city, with what belongs to no area.
    City,
    /// One area.
    Area(Area),
    /// A facility by number.
    Facility(u8),
    /// A programme by its lever's slot.
    Programme(LeverSlot),
}

impl Spot {
    /// Whether an area is a part of the place; none is of facilities and programmes.
    #[must_use]
    pub fn has(self, area: Area) -> bool {
        match self {
            Self::District => area.in_district(),
            Self::City => true,
            Self::Area(own) => own == area,
            Self::Facility(_) | Self::Programme(_) => false,
        }
    }
}

/// One year at one place.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The year's sums.
    pub book: &'a Book,
    /// The stocks at its end.
    pub stocks: &'a Stocks,
    /// The state at its end.
    pub district: &'a District,
    /// Who pays and receives.
    pub payers: &'a Payers,
    /// The areas of the city, with rents of the first year.
    pub areas: &'a Areas,
    /// The place.
    pub spot: Spot,
}

const POPULATIONS: [Population; 2] = [Population::Startups, Population::Institutes];

impl View<'_> {
    /// The areas that the place consists of.
    fn own_areas(&self) -> impl Iterator<Item = Area> + '_ {
        self.areas.all().iter().copied().filter(|&area| self.spot.has(area))
    }

    fn sum(&self, read: impl Fn(Area) -> i64) -> f64 {
        self.own_areas().map(read).sum::<i64>() as f64
    }

    /// A stock of startups and institutes together.
    #[must_use]
    pub fn stock(&self, read: fn(&Stocks, Population, usize) -> i64) -> f64 {
        POPULATIONS.iter().map(|&of| self.sum(|area| read(self.stocks, of, area.index()))).sum()
    }

    /// A stock of startups.
    #[must_use]
    pub fn startups(&self, read: fn(&Stocks, Population, usize) -> i64) -> f64 {
        self.sum(|area| read(self.stocks, Population::Startups, area.index()))
    }

    /// A stock of institutes and laboratories.
    #[must_use]
    pub fn institutes(&self, read: fn(&Stocks, Population, usize) -> i64) -> f64 {
        self.sum(|area| read(self.stocks, Population::Institutes, area.index()))
    }

    fn tally(
        &self,
        population: Population,
        kind: EventKind,
        read: fn(crate::model::ledger::Tally) -> i64,
    ) -> f64 {
        match self.spot {
            Spot::Facility(number) => read(self.book.in_facility(kind, usize::from(number))) as f64,
            Spot::Programme(_) => 0.0,
            Spot::City => {
                let whole = read(self.book.at(population, kind, CITY)) as f64;
                whole + self.sum(|area| read(self.book.at(population, kind, area.place())))
            }
            Spot::District | Spot::Area(_) => {
                self.sum(|area| read(self.book.at(population, kind, area.place())))
            }
        }
    }

    /// How many events of a kind.
    #[must_use]
    pub fn count(&self, population: Population, kind: EventKind) -> f64 {
        self.tally(population, kind, |tally| tally.count)
    }

    /// The sum of the amounts of a kind of event.
    #[must_use]
    pub fn amount(&self, population: Population, kind: EventKind) -> f64 {
        self.tally(population, kind, |tally| tally.amount)
    }

    /// The sum of amounts over startups and institutes.
    #[must_use]
    pub fn both(&self, kind: EventKind) -> f64 {
        POPULATIONS.iter().map(|&of| self.amount(of, kind)).sum()
    }

    /// Headcount: of all firms of an area, of a facility's tenants.
    #[must_use]
    pub fn jobs(&self) -> f64 {
        if let Spot::Facility(number) = self.spot {
            return self.stocks.tenant_heads(usize::from(number)) as f64;
        }
        self.stock(crate::model::identities::Stocks::heads)
    }

    /// Headcount of firms whose last tenancy was in the facility.
    #[must_use]
    pub fn alumni_jobs(&self) -> f64 {
        let Spot::Facility(number) = self.spot else { return 0.0 };
        self.stocks.alumni_heads(usize::from(number)) as f64
    }

    /// Tenants of a facility, or of all facilities.
    #[must_use]
    pub fn tenants(&self) -> f64 {
        match self.spot {
            Spot::Facility(number) => self.stocks.tenants(usize::from(number)) as f64,
            _ => self.district.tenants().iter().map(|&tenants| f64::from(tenants)).sum(),
        }
    }

    /// Persons who completed a programme, or any.
    #[must_use]
    pub fn graduates(&self) -> f64 {
        match self.spot {
            Spot::Programme(slot) => self.book.graduated(slot) as f64,
            _ => self.amount(Population::Startups, EventKind::Graduated),
        }
    }

    /// Floor space of limited markets and of public buildings `[m2]`.
    #[must_use]
    pub fn floor_space(&self) -> f64 {
        self.sum(|area| {
            let market = self.district.market(area);
            market.floor_space.unwrap_or(0) + market.public_space
        })
    }

    /// Floor space of the private market that the sector uses `[m2]`.
    #[must_use]
    pub fn sector_space(&self) -> f64 {
        self.sum(|area| self.district.market(area).sector_use)
    }

    /// A mean over the place's areas, weighted by the private market's floor space; a plain one
    /// where none of them has a limit.
    fn by_space(&self, read: impl Fn(Area) -> f64) -> f64 {
        let (mut sum, mut weights) = (0.0, 0.0);
        for area in self.own_areas() {
            let weight = self.district.market(area).floor_space.unwrap_or(0) as f64;
            sum += weight * read(area);
            weights += weight;
        }
        if weights > 0.0 {
            return sum / weights;
        }
        let plain: f64 = self.own_areas().map(read).sum();
        plain / self.own_areas().count().max(1) as f64
    }

    /// Occupancy of the private market `[1]`.
    #[must_use]
    pub fn occupancy(&self) -> f64 {
        self.by_space(|area| self.district.market(area).occupancy)
    }

    /// Market rent `[KRW m/(m2 year)]`.
    #[must_use]
    pub fn rent(&self) -> f64 {
        self.by_space(|area| {
            self.areas.of(area).rent * math::exp(self.district.market(area).log_rent)
        })
    }

    fn public_cash(&self, wanted: fn(CashAccount) -> bool) -> f64 {
        let items = CashItem::ALL.iter().filter(|item| wanted(item.account()));
        let paid =
            |&item: &CashItem| self.payers.public().map(move |payer| self.book.cash(item, payer));
        items.flat_map(paid).sum::<i64>() as f64
    }

    /// Costs of levers to public payers `[KRW m]`.
    #[must_use]
    pub fn public_cost(&self) -> f64 {
        self.public_cash(CashAccount::is_cost)
    }

    /// Receipts of public payers `[KRW m]`.
    #[must_use]
    pub fn public_receipts(&self) -> f64 {
        // Receipts are booked negative; 0 minus them keeps a plain zero.
        0.0 - self.public_cash(CashAccount::is_receipt)
    }
}
