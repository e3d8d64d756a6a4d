//! Stock-flow identities: stock at the end = stock at the start + inflows − outflows, exactly, for
//! firms, jobs, specialists, pool, homes, tenants, floor space and money, in every year.

use crate::model::admission;
use crate::model::context::YearContext;
use crate::model::district::District;
use crate::model::district::People;
use crate::model::district::YEAR_END;
use crate::model::district::firms::Firms;
use crate::model::district::firms::Staff;
use crate::model::ledger::Book;
use crate::model::ledger::MOST_FACILITIES;
use crate::model::ledger::event::CITY;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::Population;
use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::random::slice;
use crate::random::slice::Loop;
use crate::scenario::district::Areas;

/// An identity that does not hold: a mistake in the program, never of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the accounts of {year} do not close: {stock} at place {place} should be {expected}, is {found}"
)]
pub struct BrokenIdentity {
    /// The year.
    pub year: u16,
    /// Which stock.
    pub stock: &'static str,
    /// Where: an area or facility by number.
    pub place: usize,
    /// Stock at the start + inflows − outflows.
    pub expected: i64,
    /// Stock at the end.
    pub found: i64,
}

/// The stocks on one day, counted from the state itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stocks {
    firms: [ByArea<i64>; 2],
    heads: [ByArea<i64>; 2],
    specialists: [ByArea<i64>; 2],
    tenants: [i64; MOST_FACILITIES],
    tenant_heads: [i64; MOST_FACILITIES],
    alumni_heads: [i64; MOST_FACILITIES],
    people: People,
    pool: i64,
    homes: i64,
    homes_let: i64,
    floor_space: ByArea<i64>,
    raised: i64,
}

impl Stocks {
    /// Counts the stocks.
    #[must_use]
    pub fn count(district: &District, areas: &Areas) -> Self {
        let mut stocks = Self {
            pool: district.pool(),
            homes: district.homes(),
            homes_let: district.homes_let(),
            people: *district.people(),
            // Kept up, for there are more of them every year.
            raised: district.raised_by_gone(),
            ..Self::default()
        };
        for population in [Population::Startups, Population::Institutes] {
            stocks.count_firms(population, district.firms(population), areas.reference());
        }
        for &area in areas.all() {
            let market = district.market(area);
            stocks.floor_space[area.index()] =
                market.floor_space.unwrap_or(0) + market.public_space;
        }
        stocks
    }

    /// Counts firms and all that is theirs.
    fn count_firms(&mut self, population: Population, firms: &Firms, reference: Area) {
        let group = population as usize;
        let (tags, staff) = (firms.tags(), firms.staff());
        let [heads, specialists] = slice::run(CountUp { staff });
        let everywhere = [tags.len() as i64, heads, specialists];
        let most = reference.index();
        let stocks = [&mut self.firms, &mut self.heads, &mut self.specialists];
        for (stock, all) in stocks.into_iter().zip(everywhere) {
            stock[group][most] = all;
        }
        // Those outside the reference area, where most are, one by one, and their facilities.
        let apart = |row: usize| tags[row].is_outside(reference) | tags[row].has_facility();
        slice::each_chosen(tags.len(), apart, |row| {
            let (tags, staff) = (tags[row], staff[row]);
            let people = i64::from(staff.headcount());
            let area = tags.area().index();
            let counts = [1, people, i64::from(staff.specialists)];
            let stocks = [&mut self.firms, &mut self.heads, &mut self.specialists];
            for (stock, count) in stocks.into_iter().zip(counts) {
                stock[group][most] -= count;
                stock[group][area] += count;
            }
            if tags.is_tenant() {
                self.tenants[usize::from(tags.facility())] += 1;
                self.tenant_heads[usize::from(tags.facility())] += people;
            } else if tags.is_alumnus() {
                self.alumni_heads[usize::from(tags.alumnus_of())] += people;
            }
        });
        self.raised += firms.account().iter().map(|account| account.raised).sum::<i64>();
    }

    /// Startups and institutes everywhere.
    #[must_use]
    pub fn all_firms(&self) -> i64 {
        self.firms.iter().flatten().sum()
    }

    /// Startups, or institutes, in an area.
    #[must_use]
    pub fn firms(&self, population: Population, area: usize) -> i64 {
        self.firms[population as usize][area]
    }

    /// Headcount of startups, or institutes, in an area.
    #[must_use]
    pub fn heads(&self, population: Population, area: usize) -> i64 {
        self.heads[population as usize][area]
    }

    /// Specialists at startups, or institutes, in an area.
    #[must_use]
    pub fn specialists(&self, population: Population, area: usize) -> i64 {
        self.specialists[population as usize][area]
    }

    /// Money raised since the start, of firms living and gone `[KRW m]`.
    #[must_use]
    pub const fn raised(&self) -> i64 {
        self.raised
    }

    /// Headcount of all firms of the city, and of those in the district `[persons]`.
    #[must_use]
    pub fn jobs(&self, areas: &Areas) -> [i64; 2] {
        let of = |area: Area| self.heads.iter().map(|heads| heads[area.index()]).sum::<i64>();
        let city = areas.all().iter().copied().map(of).sum();
        let district = areas.of_district().map(of).sum();
        [city, district]
    }

    /// Tenants of a facility.
    #[must_use]
    pub fn tenants(&self, facility: usize) -> i64 {
        self.tenants[facility]
    }

    /// Headcount of a facility's tenants.
    #[must_use]
    pub fn tenant_heads(&self, facility: usize) -> i64 {
        self.tenant_heads[facility]
    }

    /// Headcount of startups that were tenants of a facility last, and of none now.
    #[must_use]
    pub fn alumni_heads(&self, facility: usize) -> i64 {
        self.alumni_heads[facility]
    }
}

/// Counts people and specialists.
struct CountUp<'a> {
    staff: &'a [Staff],
}

impl Loop for CountUp<'_> {
    type Output = [i64; 2];

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run(self) -> [i64; 2] {
        let (mut heads, mut specialists) = (0, 0);
        for staff in self.staff {
            heads += i64::from(staff.headcount());
            specialists += i64::from(staff.specialists);
        }
        [heads, specialists]
    }
}

/// The sum of an amount over all places and both populations.
fn everywhere(book: &Book, kind: EventKind) -> i64 {
    let places = 0..=CITY;
    let of = |population| {
        places.clone().map(|place| book.at(population, kind, place).amount).sum::<i64>()
    };
    of(Population::Startups) + of(Population::Institutes)
}

/// Checks that the year's flows turn the opening stocks into the closing stocks.
///
/// # Errors
///
/// The first identity that does not hold.
pub fn check(
    year: u16,
    areas: &[Area],
    opening: &Stocks,
    book: &Book,
    closing: &Stocks,
) -> Result<(), BrokenIdentity> {
    let holds = |stock, place, expected: i64, found: i64| {
        if expected == found {
            Ok(())
        } else {
            Err(BrokenIdentity { year, stock, place, expected, found })
        }
    };
    for population in [Population::Startups, Population::Institutes] {
        let group = population as usize;
        for place in areas {
            let area = place.index();
            let at = |kind| book.at(population, kind, place.place());
            let flows = firm_flows(&at);
            let [firms, heads, specialists] = flows;
            let opening_firms = opening.firms[group][area];
            holds("firms", area, opening_firms + firms, closing.firms[group][area])?;
            let opening_heads = opening.heads[group][area];
            holds("jobs", area, opening_heads + heads, closing.heads[group][area])?;
            let expected = opening.specialists[group][area] + specialists;
            holds("specialists", area, expected, closing.specialists[group][area])?;
            let kept = closing.people.heads[group][area];
            holds("jobs as kept up", area, kept, closing.heads[group][area])?;
            let kept = closing.people.specialists[group][area];
            holds("specialists as kept up", area, kept, closing.specialists[group][area])?;
        }
    }
    for facility in 0..MOST_FACILITIES {
        let at = |kind| book.in_facility(kind, facility).count;
        let change =
            at(EventKind::Admitted) - at(EventKind::TenancyEnded) - at(EventKind::TenantFailed);
        let expected = opening.tenants[facility] + change;
        holds("tenants", facility, expected, closing.tenants[facility])?;
    }
    let sum = |kind| everywhere(book, kind);
    let pool = opening.pool
        + sum(EventKind::PoolInflow)
        + sum(EventKind::Released)
        + sum(EventKind::QuitReturned)
        + sum(EventKind::Retained)
        + sum(EventKind::LeftForCity)
        + sum(EventKind::CutSpecialists)
        - sum(EventKind::Hired)
        - sum(EventKind::GaveUp)
        - sum(EventKind::InflowReplaced);
    holds("pool", usize::from(CITY), pool, closing.pool)?;
    let homes = opening.homes + sum(EventKind::HomesOpened);
    holds("homes", usize::from(CITY), homes, closing.homes)?;
    let homes_let = opening.homes_let + sum(EventKind::HomeTaken) - sum(EventKind::HomeLeft);
    holds("homes let", usize::from(CITY), homes_let, closing.homes_let)?;
    for area in areas {
        let at = |kind| book.at(Population::Startups, kind, area.place()).amount;
        let built = at(EventKind::BuildingCompleted) + at(EventKind::Opened);
        let expected = opening.floor_space[area.index()] + built;
        holds("floor space", area.index(), expected, closing.floor_space[area.index()])?;
    }
    let raised = opening.raised + sum(EventKind::RoundClosed);
    holds("money raised", usize::from(CITY), raised, closing.raised)
}

/// Checks that at the end of the year no facility's tenants use more floor space than it has.
///
/// # Errors
///
/// The first facility whose tenants do; the space in excess should be 0.
pub fn check_rooms(context: &YearContext<'_>, district: &District) -> Result<(), BrokenIdentity> {
    if context.case.plan.facilities.is_empty() {
        return Ok(());
    }
    let taken = admission::space_taken(context, district);
    for lever in &context.case.plan.facilities {
        let number = usize::from(context.setup.facility_number(lever.common.slot));
        let used = taken[number];
        let space = i64::from(lever.floor_space.on(context.date(YEAR_END)));
        if used > space {
            let stock = "tenants' floor space in excess of the facility's";
            let (year, found) = (context.year, used - space);
            return Err(BrokenIdentity { year, stock, place: number, expected: 0, found });
        }
    }
    Ok(())
}

/// Net flows of firms, jobs and specialists at one place.
fn firm_flows(at: &impl Fn(EventKind) -> crate::model::ledger::Tally) -> [i64; 3] {
    let signs = [
        (EventKind::Founded, 1, 1),
        (EventKind::MovedIn, 1, 1),
        (EventKind::MovedOut, -1, -1),
        (EventKind::Failed, -1, -1),
        (EventKind::Grew, 0, 1),
        (EventKind::Shrank, 0, -1),
        (EventKind::Acquired, 0, -1),
    ];
    let mut flows = [0; 3];
    for (kind, firms, heads) in signs {
        let tally = at(kind);
        flows[0] += firms * tally.count;
        flows[1] += heads * tally.amount;
        // Specialists are signed where they are recorded.
        flows[2] += tally.specialists;
    }
    flows
}
