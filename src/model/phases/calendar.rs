//! Policy: what falls due on the calendar this year takes effect on its day.

use crate::model::chance::Chance;
use crate::model::context::YearContext;
use crate::model::district::World;
use crate::model::in_force::InForce;
use crate::model::setup::Case;
use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::policy::area::MOST_AREAS;
use crate::policy::building::Building;
use crate::policy::lever::Common;
use crate::policy::levers::designation::Designation;
use crate::policy::levers::facility::Facility;
use crate::policy::regime::Regime;
use crate::policy::slot::LeverSlot;
use crate::random::Purpose;
use crate::random::distribution;
use crate::time::Date;
use crate::time::MID_YEAR;

/// The day on which a designation is decided, or `None` where it is refused.
///
/// The delay is exponential and the same for one regime and area under every policy.
#[must_use]
pub fn decided(designation: &Designation, chance: &Chance) -> Option<Date> {
    let key = chance.designation(u64::from(designation.regime.index()), designation.area);
    // Not of a year: a designation is drawn once.
    let refused = key.uniform(0, Purpose::DesignationRefusal) < designation.refusal;
    let delay = distribution::exponential(key.uniform(0, Purpose::DesignationDelay));
    (!refused).then(|| designation.decision.plus_years(delay * designation.delay_mean))
}

/// What is in force in each area in a year.
#[must_use]
pub fn in_force(case: &Case, chance: &Chance, year: u16) -> ByArea<InForce> {
    let mut areas = [InForce::default(); MOST_AREAS];
    let by = Date { year, day: MID_YEAR };
    for lever in &case.plan.designations {
        if !decided(lever, chance).is_some_and(|date| lever.is_in_force(date, by)) {
            continue;
        }
        let area = &mut areas[lever.area.index()];
        let effect = case.effect(lever.common.slot) * lever.share;
        // Of no part of the area: nobody is served by it.
        if lever.share > 0.0 {
            area.levers |= 1 << lever.common.slot;
        }
        if effect > 0.0 {
            area.regimes |= 1 << lever.regime.index();
        }
        area.plot_bonus += effect * (lever.plot_ratio - 1.0);
        area.acquisition_relief += effect * lever.acquisition_relief;
        area.property_relief += effect * lever.property_relief;
        area.loans += effect * lever.loans;
        area.review_exempt += effect * f64::from(u8::from(lever.review_exempt));
        area.priority_examination += effect * f64::from(u8::from(lever.priority_examination));
    }
    areas
}

/// Whether each of some regimes is in force somewhere.
#[must_use]
pub fn all_in_force(areas: &ByArea<InForce>, regimes: &[Regime]) -> bool {
    let in_force = areas.iter().fold(0, |all, area| all | area.regimes);
    regimes.iter().all(|&regime| in_force >> regime.index() & 1 == 1)
}

/// Every building of a plan: its lever, area, and the floor space in m2 that it adds at its opening:
/// that of a facility in a building of its own.
fn buildings<'c>(
    context: &YearContext<'c>,
) -> impl Iterator<Item = (&'c Common, &'c Building, Area, i64)> {
    let areas = &context.setup.district.areas;
    // Where a policy does not say, the first area of the district.
    let first = areas.of_district().next().unwrap_or(areas.reference());
    context.case.plan.levers().filter_map(move |lever| {
        let (area, space) = lever.site().unwrap_or((first, 0));
        Some((lever.common(), lever.building()?, area, space))
    })
}

/// The days after its opening on which a facility in a building of its own changes its floor space,
/// and by how much `[m2]`.
fn changes_of_space(lever: &Facility) -> impl Iterator<Item = (Date, i64)> {
    let steps = lever.floor_space.0.iter().zip(lever.floor_space.0.iter().skip(1));
    let own = !lever.is_leased();
    let first = lever.floor_space.0.first().map(|&(date, space)| (date, i64::from(space)));
    let later =
        steps.map(|(&(_, before), &(date, now))| (date, i64::from(now) - i64::from(before)));
    let opening = lever.building.opening;
    first.into_iter().chain(later).filter(move |&(date, _)| own && date > opening)
}

/// Applies what falls due this year.
#[inline(never)]
pub fn run(world: &mut World, context: &YearContext<'_>) {
    world.complete_buildings(context.start);
    for lever in &context.case.plan.designations {
        if let Some(date) = decided(lever, context.chance).filter(|date| date.year == context.year)
        {
            #[expect(clippy::cast_possible_truncation, reason = "a share in per cent")]
            let share = (lever.share * 100.0).round() as i64;
            world.designate(date.day, lever.common.slot, lever.area, share);
        }
    }
    for (common, building, area, space) in buildings(context) {
        if building.opening.year == context.year {
            world.open_building(building.opening.day, common.slot, area, space);
        }
    }
    for lever in &context.case.plan.facilities {
        let changes = changes_of_space(lever).filter(|(date, _)| date.year == context.year);
        for (date, change) in changes {
            world.open_building(date.day, lever.common.slot, lever.area, change);
        }
    }
    for lever in &context.case.plan.homes {
        // In a placebo the building stands empty.
        let effective = context.case.effect(lever.common.slot) > 0.0;
        if lever.building.opening.year == context.year && effective {
            world.open_homes(lever.building.opening.day, lever.common.slot, i64::from(lever.units));
        }
    }
}

/// What was open before the first year: floor space of facilities, and homes.
pub fn begin(world: &mut World, context: &YearContext<'_>) {
    for (common, building, area, space) in buildings(context) {
        if building.opening.year < context.year {
            world.open_building(1, common.slot, area, space);
        }
    }
    for lever in &context.case.plan.facilities {
        let changes = changes_of_space(lever).filter(|(date, _)| date.year < context.year);
        for (_, change) in changes {
            world.open_building(1, lever.common.slot, lever.area, change);
        }
    }
    for lever in &context.case.plan.homes {
        if lever.building.opening.year < context.year {
            world.open_homes(1, lever.common.slot, i64::from(lever.units));
        }
    }
}

/// A bit for one lever.
#[must_use]
pub const fn bit(slot: LeverSlot) -> u64 {
    1 << slot
}
