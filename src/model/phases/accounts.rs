//! Accounts: space and rent clear for next year, developers begin buildings, firms' sales are
//! booked (model, 6.6); the money of levers stands in `money.rs`.

use crate::model::admission;
use crate::model::choice::FreeSpace;
use crate::model::context::YearContext;
use crate::model::district::District;
use crate::model::district::Site;
use crate::model::district::World;
use crate::model::district::YEAR_END;
use crate::model::district::firms::Staff;
use crate::model::district::firms::blocks;
use crate::model::district::packed::Seat;
use crate::model::district::packed::Tags;
use crate::model::money;
use crate::model::space;
use crate::model::space::SpaceUsed;
use crate::model::whole::whole;
use crate::model::whole::whole_of;
use crate::policy::area::Area;
use crate::policy::sector::BySector;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::math;
use crate::random::slice;
use crate::random::slice::Loop;
use crate::random::slice::LoopBy;

/// Working memory of the phase, kept from year to year: numbers by row.
#[derive(Clone, Debug, Default)]
pub struct AccountsMemory {
    /// The share of full output that a firm of its age has.
    ramp: Vec<f64>,
    /// Sales of the year `[KRW m]`.
    sales: Vec<i64>,
}

/// Handles the accounts of the year.
#[inline(never)]
pub fn run(world: &mut World, context: &YearContext<'_>, memory: &mut AccountsMemory) {
    sales(world, context, memory);
    admission::make_room(world, context);
    let used = space_used(context, world.district());
    clear_markets(world, context, &used);
    begin_buildings(world, context);
    money::run(world, context, &used);
}

/// Counts the floor space that firms use.
#[must_use]
pub fn space_used(context: &YearContext<'_>, district: &District) -> SpaceUsed {
    let theta = context.theta;
    let mut used = SpaceUsed::default();
    let startups = district.startups();
    let (tags, staff) = (startups.tags(), startups.staff());
    let everywhere = slice::run_by(context.width(), SpaceUp { tags, staff, each: theta.space });
    // Those in facilities or outside the reference area, where most are, one by one.
    let reference = context.setup.district.areas.reference();
    let apart = |row: usize| tags[row].is_outside(reference) | tags[row].is_tenant();
    slice::each_chosen(tags.len(), apart, |row| {
        let need = space::space(theta, tags[row].sector(), staff[row].headcount());
        if tags[row].is_tenant() {
            used.facilities[usize::from(tags[row].facility())] += need;
        } else {
            used.areas[tags[row].area().index()] += need;
        }
    });
    // Whoever is in the reference area without a facility is in the sum only.
    let apart: i64 = used.areas.iter().sum();
    used.areas[reference.index()] += everywhere - apart;
    for lever in context.case.plan.facilities.iter().filter(|lever| lever.is_leased()) {
        let number = context.setup.facility_number(lever.common.slot);
        used.areas[lever.area.index()] += used.facilities[usize::from(number)];
    }
    // Institutes are tenants of no facility.
    let institutes = district.institutes();
    for (tags, staff) in institutes.tags().iter().zip(institutes.staff()) {
        used.areas[tags.area().index()] += space::space(theta, tags.sector(), staff.headcount());
    }
    used
}

/// Adds up the floor space that startups use on the private market `[m2]`.
struct SpaceUp<'a> {
    tags: &'a [Tags],
    staff: &'a [Staff],
    /// Of each of a sector's people `[m2]`.
    each: BySector<f64>,
}

impl LoopBy for SpaceUp<'_> {
    type Output = i64;

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run<const N: usize>(self) -> i64 {
        let staff = &self.staff[..self.tags.len()];
        let mut sum = 0;
        for (tags, staff) in self.tags.iter().zip(staff) {
            let each = tags.sector_choice::<N>(&self.each);
            let need = whole_of(each * f64::from(staff.headcount()));
            sum += need & -i64::from(tags.sits(Seat::ANYWHERE));
        }
        sum
    }
}

/// Floor space that other users hold in an area `[m2]`: their demand falls with the rent.
fn other_use(context: &YearContext<'_>, area: Area, log_rent: f64) -> f64 {
    let start = context.setup.district.areas.of(area);
    let theta = context.theta;
    start.floor_space.map_or(0.0, |space| {
        let first = (1.0 - start.sector_share) * theta.natural_occupancy * f64::from(space);
        first * math::exp(-theta.other_users_elasticity * log_rent)
    })
}

/// Floor space that is free in each area on 1 January.
#[must_use]
pub fn free_space(context: &YearContext<'_>, district: &District) -> FreeSpace {
    let areas = &context.setup.district.areas;
    // The markets have cleared with this use at the end of last year, and no firm has moved since.
    let first = context.year == context.setup.first_year;
    let used = if first {
        space_used(context, district).areas
    } else {
        areas.map(|area| district.market(area).sector_use)
    };
    FreeSpace(areas.map(|area| {
        let market = district.market(area);
        market.floor_space.map(|space| {
            let others = whole(other_use(context, area, market.log_rent));
            space - others - used[area.index()]
        })
    }))
}

/// Rent moves with scarcity.
///
/// # Formula
///
/// ```text
/// ln R_(k,t+1) = ln R_kt + c (occupancy_kt − natural occupancy)
/// ```
fn clear_markets(world: &mut World, context: &YearContext<'_>, used: &SpaceUsed) {
    let theta = context.theta;
    for &area in context.areas() {
        let market = *world.district().market(area);
        let sector = used.areas[area.index()];
        let (log_rent, occupancy) = match market.floor_space {
            Some(space) if space > 0 => {
                let others = other_use(context, area, market.log_rent);
                // Firms that sit may densify, so the use of space has no more than all of it.
                let occupancy = ((others + sector as f64) / space as f64).min(1.0);
                let rise = theta.rent_speed * (occupancy - theta.natural_occupancy);
                (market.log_rent + rise, occupancy)
            }
            _ => (market.log_rent, 0.0),
        };
        world.clear_market(area, log_rent, occupancy, sector);
    }
}

/// Developers begin buildings on a share of the headroom.
///
/// # Formula
///
/// ```text
/// headroom = F(first year)/built · (1 + (plot − 1)·takeup·share of the area) − F − under way
/// starts   = d · headroom · (R/R_0)^e · (1 + x·relief of acquisition tax + y·loans), at most the
///            headroom
/// ```
fn begin_buildings(world: &mut World, context: &YearContext<'_>) {
    let theta = context.theta;
    for &area in context.areas() {
        let start = context.setup.district.areas.of(area);
        let market = *world.district().market(area);
        let (Some(first), Some(space)) = (start.floor_space, market.floor_space) else { continue };
        let in_force = &context.in_force[area.index()];
        let bonus = 1.0 + theta.plot_takeup * in_force.plot_bonus;
        let allowed = f64::from(first) / theta.built_share * bonus;
        let headroom = (allowed - (space + market.under_way) as f64).max(0.0);
        let price = math::exp(theta.building_rent_elasticity * market.log_rent);
        let support = 1.0
            + theta.building_relief * in_force.acquisition_relief
            + theta.building_loan * in_force.loans;
        // No more than the plot ratio leaves room for, however high rents are.
        let wanted = theta.building_rate * headroom * price * support;
        let starts = whole(wanted.min(headroom));
        if starts <= 0 {
            continue;
        }
        let key = context.chance.area(area);
        let (low, high) = (theta.building_lag_minimum, theta.building_lag_maximum);
        let draw = key.uniform(context.year, Purpose::BuildingLag);
        let lag = distribution::uniform(draw, low, high.max(low));
        // Exempt projects skip the review, which comes before the building.
        let saved = theta.review_time * in_force.review_exempt.min(1.0);
        // Starts are spread over the year; they count from its middle, at the earliest next year.
        let middle = context.date(MIDDLE).plus_years((lag - saved).max(0.0));
        let earliest = crate::time::Date::new_year(context.year + 1);
        let completion = middle.max(earliest).ordinal();
        let completion = i32::try_from(completion).unwrap_or(i32::MAX);
        world.begin_building(MIDDLE, Site { completion, area, space: starts });
    }
}

/// The middle of the year.
const MIDDLE: u16 = 183;

/// Sales of startups: headcount × output a head, which takes some years to come.
///
/// # Formula
///
/// ```text
/// sales = headcount · output · min(1, (age + 1/2) / ramp)
/// ```
///
/// where output a head is median · exp(quality term + the firm's own level). In the founding year
/// the part of the year counts.
fn sales(world: &mut World, context: &YearContext<'_>, memory: &mut AccountsMemory) {
    let AccountsMemory { ramp, sales } = memory;
    let years = context.theta.sales_ramp;
    // Firms lie in the order of their years of birth: this year's come last.
    let dates = world.district().startups().dates();
    let newborn = dates.partition_point(|dates| dates.born() < context.start);
    for rows in blocks(dates.len()) {
        let startups = world.district().startups();
        let of_age = |age: i32| ((f64::from(age) + 0.5) / years).min(1.0);
        startups.by_age(rows.clone(), context.year, ramp, of_age);
        sales.resize(rows.len(), 0);
        let (output, staff) = (&startups.output()[rows.clone()], &startups.staff()[rows.clone()]);
        slice::run(Sales { output, ramp, staff, amounts: &mut *sales });
        for row in newborn.max(rows.start)..rows.end {
            let begins = (startups.dates()[row].born() - context.start).clamp(0, YEAR_END.into());
            let part = 1.0 - f64::from(begins) / f64::from(YEAR_END);
            let place = row - rows.start;
            let output = output[place] * ramp[place] * part;
            sales[place] = whole(output * f64::from(staff[place].headcount()));
        }
        world.sell(rows.start, sales, context.setup.district.areas.reference());
    }
}

/// Sales of firms that were there on 1 January `[KRW m]`.
struct Sales<'a> {
    output: &'a [f64],
    ramp: &'a [f64],
    staff: &'a [Staff],
    amounts: &'a mut [i64],
}

impl Loop for Sales<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run(self) {
        let rows = self.amounts.len();
        let (output, ramp, staff) = (&self.output[..rows], &self.ramp[..rows], &self.staff[..rows]);
        for row in 0..rows {
            let headcount = f64::from(staff[row].headcount());
            self.amounts[row] = whole_of(output[row] * ramp[row] * headcount);
        }
    }
}
