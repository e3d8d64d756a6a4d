//! The money of levers: costs on the day they fall, receipts, and the totals whose difference to
//! the baseline is the return (model, 6.7).

use std::ops::Range;

use crate::model::context::YearContext;
use crate::model::district::World;
use crate::model::district::YEAR_END;
use crate::model::ledger::cash::CashItem;
use crate::model::ledger::cash::Counts;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::model::phases::calendar;
use crate::model::phases::investment;
use crate::model::space;
use crate::model::space::SpaceUsed;
use crate::model::support;
use crate::model::whole::whole;
use crate::policy::area::Area;
use crate::policy::building::Building;
use crate::policy::lever::Common;
use crate::policy::payer::Tax;
use crate::time::DAYS;
use crate::time::Date;

/// Books the year's costs, receipts and totals.
pub fn run(world: &mut World, context: &YearContext<'_>, used: &SpaceUsed) {
    buildings(world, context);
    tenants(world, context, used);
    running(world, context);
    teaching(world, context);
    vouchers(world, context);
    stakes(world, context);
    returns(world, context);
    excess_burden(world, context);
}

fn book(world: &mut World, common: &Common, day: u16, item: CashItem, amount: f64) {
    world.ledger_mut().book_cash(day, common.slot, item, common.payer, whole(amount));
}

/// Every public building of the plan.
fn all_buildings<'a>(
    context: &YearContext<'a>,
) -> impl Iterator<Item = (&'a Common, &'a Building)> {
    context.case.plan.levers().filter_map(|lever| Some((lever.common(), lever.building()?)))
}

/// Construction from the lever's first day to its opening, land on the first day, operation from
/// the opening; what is left of the value at the horizon.
fn buildings(world: &mut World, context: &YearContext<'_>) {
    let year = context.year;
    for (common, building) in all_buildings(context) {
        let days = Date::new_year(year).ordinal()..Date::new_year(year + 1).ordinal();
        let paid = construction(context, common, building, days);
        book(world, common, YEAR_END, CashItem::Construction, paid);
        if common.from.year == year {
            book(world, common, common.from.day, CashItem::Land, building.land);
        }
        let open = common.share_of_year(building.opening, year);
        book(world, common, YEAR_END, CashItem::Operation, building.operation * open);
        let bought = common.from.year >= context.setup.first_year;
        if year == context.setup.last_year && common.from.year <= year && bought {
            residual(world, context, common, building);
        }
    }
}

/// What is paid for construction on some days `[KRW m]`: evenly from the lever's first day to its
/// opening. What was paid up to the vantage date is known; what is paid later overruns alike in all
/// buildings, since they share prices, clients and estimators.
fn construction(
    context: &YearContext<'_>,
    common: &Common,
    building: &Building,
    days: Range<i64>,
) -> f64 {
    let begins = common.from.ordinal();
    let ends = building.opening.ordinal().max(begins + 1);
    let built = days.start.max(begins)..days.end.min(ends);
    let known = context.setup.vantage.ordinal() + 1;
    let before = (built.end.min(known) - built.start).max(0) as f64;
    let after = (built.end - built.start.max(known)).max(0) as f64;
    let share = (before + context.theta.construction_overrun * after) / (ends - begins) as f64;
    building.construction * share
}

/// What a building and its land are worth at the horizon: a receipt.
fn residual(world: &mut World, context: &YearContext<'_>, common: &Common, building: &Building) {
    let horizon = Date { year: context.year, day: DAYS }.ordinal();
    let since = (horizon - building.opening.ordinal()) as f64 / f64::from(DAYS);
    let left = (1.0 - context.theta.building_residual * since.max(0.0)).max(0.0);
    let paid = construction(context, common, building, common.from.ordinal()..horizon + 1);
    let value = paid * left + building.land;
    book(world, common, YEAR_END, CashItem::ResidualValue, -value);
}

/// Services to tenants, and rent: below the market in leased facilities, received in own ones.
fn tenants(world: &mut World, context: &YearContext<'_>, used: &SpaceUsed) {
    for lever in &context.case.plan.facilities {
        let number = context.setup.facility_number(lever.common.slot);
        let share = lever.common.share_of_year(lever.building.opening, context.year);
        if share <= 0.0 {
            continue;
        }
        let district = world.district();
        let space = used.facilities[usize::from(number)];
        let tenants = f64::from(district.tenants()[usize::from(number)]);
        let rent = market_rent(world, context, lever.area) * space as f64 * share;
        book(
            world,
            &lever.common,
            YEAR_END,
            CashItem::Services,
            lever.service_cost * tenants * share,
        );
        if lever.is_leased() {
            let gap = (1.0 - lever.rent_ratio) * rent;
            book(world, &lever.common, YEAR_END, CashItem::RentSubsidy, gap);
        } else {
            book(world, &lever.common, YEAR_END, CashItem::Rents, -lever.rent_ratio * rent);
        }
    }
}

/// The market rent in an area this year `[KRW m/(m2 year)]`.
fn market_rent(world: &World, context: &YearContext<'_>, area: Area) -> f64 {
    let start = context.setup.district.areas.of(area);
    start.rent * crate::random::math::exp(world.district().market(area).log_rent)
}

/// Running costs of designations, funds and homes, the use of services, grants.
fn running(world: &mut World, context: &YearContext<'_>) {
    let plan = &context.case.plan;
    let year = context.year;
    for lever in plan.levers() {
        if let Some(amount) = lever.administration() {
            let share = lever.common().share_of_year(lever.common().from, year);
            book(world, lever.common(), YEAR_END, CashItem::Administration, amount * share);
        }
    }
    for lever in &plan.designations {
        if context.in_force[lever.area.index()].levers & calendar::bit(lever.common.slot) != 0 {
            // The setting is what all loans cost in a year; `loans` is how many projects get one.
            let cost = if lever.loans > 0.0 { lever.loan_cost } else { 0.0 };
            book(world, &lever.common, YEAR_END, CashItem::LoanInterest, cost);
        }
    }
    let mut homes_let = world.district().homes_let();
    for lever in &plan.homes {
        let share = lever.common.share_of_year(lever.building.opening, year);
        // Homes of several levers fill in the order of the levers; each home pays one rent.
        let homes = if share > 0.0 { homes_let.min(i64::from(lever.units)) } else { 0 };
        homes_let -= homes;
        let rents = lever.rent * homes as f64 * share;
        book(world, &lever.common, YEAR_END, CashItem::Rents, -rents);
    }
    for lever in &plan.services {
        let uses = world.ledger().book().given(lever.common.slot).count as f64;
        book(world, &lever.common, YEAR_END, CashItem::Support, lever.cost_per_firm * uses);
    }
    for lever in &plan.instruments {
        let paid = support::paid(context, world.district(), lever);
        let handed = lever.transfer_share * paid;
        book(world, &lever.common, YEAR_END, CashItem::Support, paid - handed);
        book(world, &lever.common, YEAR_END, CashItem::SupportTransfers, handed);
    }
    for lever in &plan.grants {
        let given = world.ledger().book().given(lever.common.slot).amount;
        let adds = whole(context.theta.grant_additional_share * given as f64);
        for (item, amount) in [(CashItem::Grants, adds), (CashItem::GrantsWindfall, given - adds)] {
            let payer = lever.common.payer;
            world.ledger_mut().book_cash(YEAR_END, lever.common.slot, item, payer, amount);
        }
    }
}

/// Teaching: everybody enrolled costs tuition for the length of the course, whether or not they drop
/// out, but at a place that existed elsewhere before it was paid for there. What was given to cohorts
/// that have not finished at the horizon is carried at its cost, as a building under way is.
fn teaching(world: &mut World, context: &YearContext<'_>) {
    let year = context.year;
    for lever in &context.case.plan.programmes {
        #[expect(clippy::cast_possible_truncation, reason = "ten years at most")]
        let length = (lever.length * f64::from(DAYS)).round() as i64;
        let (mut given, mut unfinished) = (0.0, 0.0);
        // A cohort that enrols late in a year may be taught into one year more.
        let earliest = year.saturating_sub(lever.finishes().0 + 1);
        for enrolment in earliest..=year {
            let begins = lever.enrols_on(enrolment).ordinal();
            let taught = |days: Range<i64>| {
                let days = (begins + length).min(days.end) - begins.max(days.start);
                lever.cost_of_teaching(enrolment) * days.max(0) as f64 / f64::from(DAYS)
            };
            given += taught(Date::new_year(year).ordinal()..Date::new_year(year + 1).ordinal());
            if year == context.setup.last_year && enrolment + lever.finishes().0 > year {
                let first = Date::new_year(context.setup.first_year).ordinal();
                unfinished += taught(first..Date::new_year(year + 1).ordinal());
            }
        }
        book(world, &lever.common, YEAR_END, CashItem::Tuition, given);
        book(world, &lever.common, YEAR_END, CashItem::UnfinishedTeaching, -unfinished);
    }
}

/// Rent vouchers pay their share of the rent of firms that hold one and are in the area, for the
/// days of the year on which it runs.
fn vouchers(world: &mut World, context: &YearContext<'_>) {
    let year = context.start..context.start + i32::from(DAYS);
    for lever in &context.case.plan.vouchers {
        let startups = world.district().startups();
        #[expect(clippy::cast_possible_truncation, reason = "at most a century")]
        let duration = (lever.duration * f64::from(DAYS)).round() as i32;
        let mut space_days = 0;
        for row in 0..startups.len() {
            let end = startups.extra(row).voucher_end;
            let holds = startups.extra(row).voucher == lever.common.slot
                && startups.tags()[row].area() == lever.area
                && startups.tags()[row].facility() == NONE;
            let days = end.min(year.end) - (end - duration).max(year.start);
            if holds && days > 0 {
                let headcount = startups.headcount(row);
                let space = space::space(context.theta, startups.tags()[row].sector(), headcount);
                space_days += space * i64::from(days);
            }
        }
        let rent = market_rent(world, context, lever.area);
        let cost = lever.share * rent * space_days as f64 / f64::from(DAYS);
        book(world, &lever.common, YEAR_END, CashItem::RentVouchers, cost);
    }
}

/// What the stakes of funds are worth at the horizon.
fn stakes(world: &mut World, context: &YearContext<'_>) {
    if context.year != context.setup.last_year {
        return;
    }
    for lever in &context.case.plan.funds {
        let startups = world.district().startups();
        let held = (0..startups.len())
            .filter(|&row| startups.tags()[row].fund() == lever.common.slot)
            .map(|row| investment::stake_value(context, startups, row));
        let value = held.fold(0.0, |sum, value| sum + value);
        book(world, &lever.common, YEAR_END, CashItem::FundStake, -value);
    }
}

/// Totals of taxes and value added in the city, and what of them the country would have elsewhere;
/// relief that designations give.
fn returns(world: &mut World, context: &YearContext<'_>) {
    let theta = context.theta;
    let jobs: i64 = world.district().jobs_by_area().iter().sum();
    let jobs = jobs as f64;
    let wages = jobs * theta.wage;
    let sales: i64 = context
        .areas()
        .iter()
        .map(|area| {
            world.ledger().book().at(Population::Startups, EventKind::Sold, area.place()).amount
        })
        .sum();
    let profit = (sales as f64 * theta.profit_margin).max(0.0);
    let (mut acquisition, mut property) = (0.0, 0.0);
    for &area in context.areas() {
        let start = context.setup.district.areas.of(area).floor_space.map_or(0, i64::from);
        let market = *world.district().market(area);
        let new = (market.floor_space.unwrap_or(start) - start).max(0) as f64;
        let place = area.place();
        let book = world.ledger().book();
        let built = book.at(Population::Startups, EventKind::BuildingCompleted, place).amount;
        let taxed = built as f64 * theta.building_value * theta.acquisition_tax_rate;
        let yearly = new * theta.building_value * theta.property_tax_rate;
        acquisition += taxed;
        property += yearly;
        relieve(world, context, area, taxed, theta.building_value * theta.property_tax_rate);
    }
    let payers = &context.setup.payers;
    let ledger = world.ledger_mut();
    let mut total = |item, payer, amount: f64| {
        let amount = whole(amount);
        ledger.book_cash(YEAR_END, NONE, item, payer, -amount);
        amount
    };
    let mut tax = |tax, amount: f64| total(item_of(tax), payers.receiver(tax), amount);
    let taxes = tax(Tax::Income, wages * theta.income_tax_rate)
        + tax(Tax::LocalIncome, wages * theta.local_income_tax_rate)
        + tax(Tax::Corporate, profit * theta.corporate_tax_rate)
        + tax(Tax::Acquisition, acquisition)
        + tax(Tax::Property, property);
    let added = total(CashItem::ValueAdded, payers.private(), jobs * theta.value_added_per_job);
    let elsewhere = |amount: i64| -theta.opportunity_share * amount as f64;
    // Other cities and the state share what is paid elsewhere; it is booked to who receives income tax.
    total(CashItem::TaxesElsewhere, payers.receiver(Tax::Income), elsewhere(taxes));
    total(CashItem::ValueAddedElsewhere, payers.private(), elsewhere(added));
}

/// The item of cash that a tax is.
const fn item_of(tax: Tax) -> CashItem {
    match tax {
        Tax::Income => CashItem::IncomeTax,
        Tax::LocalIncome => CashItem::LocalIncomeTax,
        Tax::Corporate => CashItem::CorporateTax,
        Tax::Acquisition => CashItem::AcquisitionTax,
        Tax::Property => CashItem::PropertyTax,
    }
}

/// What the taxes that pay the year's net public cost cost society beyond it. It comes last: it is of
/// all that the year has booked.
///
/// # Formula
///
/// ```text
/// (marginal cost of public funds − 1) × (costs − receipts − what is left at the horizon)
/// ```
fn excess_burden(world: &mut World, context: &YearContext<'_>) {
    let payers = &context.setup.payers;
    let book = world.ledger().book();
    let net: i64 = CashItem::ALL
        .iter()
        .filter(|item| item.account().fiscal() != Counts::NOTHING)
        .flat_map(|&item| payers.public().map(move |payer| book.cash(item, payer)))
        .sum();
    let burden = whole((context.theta.marginal_cost_of_public_funds - 1.0) * net as f64);
    let ledger = world.ledger_mut();
    ledger.book_cash(YEAR_END, NONE, CashItem::ExcessBurden, payers.private(), burden);
}

/// Relief of acquisition tax on buildings completed and of property tax on all space that the
/// sector uses, also that of firms that were there anyway: relief cannot tell them apart.
fn relieve(
    world: &mut World,
    context: &YearContext<'_>,
    area: Area,
    acquisition: f64,
    property_per_m2: f64,
) {
    for lever in &context.case.plan.designations {
        let in_force = context.in_force[area.index()].levers;
        if lever.area != area || in_force & calendar::bit(lever.common.slot) == 0 {
            continue;
        }
        let used = world.district().market(area).sector_use as f64;
        let of_acquisition = lever.acquisition_relief * acquisition;
        let of_property = lever.property_relief * property_per_m2 * used;
        let payers = &context.setup.payers;
        let receivers = [Tax::Acquisition, Tax::Property].map(|tax| payers.receiver(tax));
        let given = if receivers[0] == receivers[1] {
            [of_acquisition + of_property, 0.0]
        } else {
            [of_acquisition, of_property]
        };
        for (payer, given) in receivers.into_iter().zip(given) {
            let (slot, given) = (lever.common.slot, whole(lever.share * given));
            let ledger = world.ledger_mut();
            ledger.book_cash(YEAR_END, slot, CashItem::TaxGivenUp, payer, given);
        }
    }
}
