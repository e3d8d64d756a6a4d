//! The first day: firms that are there already, the Hub's first tenants, pool and markets.

use crate::model::district::Market;
use crate::model::district::Tenancy;
use crate::model::district::World;
use crate::model::district::extra::Extra;
use crate::model::district::firms::Firm;
use crate::model::district::packed::Sector;
use crate::model::founders::Candidate;
use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::model::phases::YearContext;
use crate::model::phases::accounts;
use crate::model::phases::admission;
use crate::model::phases::calendar;
use crate::model::phases::intake;
use crate::model::posts;
use crate::policy::plan::Area;
use crate::policy::plan::Facility;
use crate::random::Purpose;
use crate::random::distribution;
use crate::scenario::district::InitialInstitutes;
use crate::scenario::district::InitialStartups;
use crate::time::DAYS;

/// Rounds that a firm at the start has closed for each year of its age: one in eight years, about
/// what the model itself makes of young firms. A judgement; it matters for the first years only.
const ROUNDS_A_YEAR: f64 = 0.12;

/// Sets the world up as it is on 1 January of the first year, before any event of that year.
pub(super) fn set_up(world: &mut World, context: &YearContext<'_>) {
    let start = &context.setup.district;
    for (group, startups) in (0u32..).zip(&start.startups) {
        add_startups(world, context, group, startups);
    }
    let mut number = 0;
    // Names of institutes follow those of startups: no two firms at the start share one.
    let startups = u32::try_from(start.startups.len()).unwrap_or(0);
    for (group, institutes) in (0u32..).zip(&start.institutes) {
        add_institutes(world, context, [group, startups + group], institutes, &mut number);
    }
    add_laboratories(world, context, &mut number);
    world.close_intake([0, 0]);
    let markets = Area::ALL.map(|area| Market {
        floor_space: start.areas[area.index()].floor_space.map(i64::from),
        ..Market::default()
    });
    world.begin(i64::from(start.pool), markets);
    calendar::begin(world, context);
    for lever in &context.case.plan.facilities {
        first_tenants(world, context, lever);
    }
}

fn add_startups(
    world: &mut World,
    context: &YearContext<'_>,
    group: u32,
    startups: &InitialStartups,
) {
    let ages = f64::from(startups.age_maximum - startups.age_minimum + 1);
    for index in 0..startups.count {
        let key = context.chance.initial_startup(u64::from(group), index);
        let age =
            f64::from(startups.age_minimum) + (key.uniform(0, Purpose::InitialAge) * ages).floor();
        #[expect(clippy::cast_possible_truncation, reason = "ages are at most 60 years")]
        let age = age as i32;
        let year = i32::from(context.year) - 1 - age;
        let year = u16::try_from(year).unwrap_or(context.year);
        let id = FirmId::new(year, Origin::Initial, group, index);
        let candidate = Candidate::draw(id, key, year, context.theta).founder;
        let born = (i32::from(year) * i32::from(DAYS)) + i32::from(candidate.day) - 1;
        let headcount = intake::headcount(
            key.uniform(0, Purpose::InitialHeadcount),
            startups.headcount_mean,
            startups.headcount_spread,
        );
        let share = posts::specialist_share(context.theta, candidate.sector);
        let specialists = posts::specialists(headcount, share, key);
        let rounds = distribution::poisson(
            key.uniform(0, Purpose::InitialStage),
            ROUNDS_A_YEAR * f64::from(age),
        );
        let firm = Firm {
            quality: candidate.quality,
            area: startups.area,
            output: candidate.output,
            stage: u8::try_from(rounds.min(4)).unwrap_or(4),
            ..intake::blank(id, key, born, candidate.sector, specialists, headcount)
        };
        world.found(Population::Startups, &firm, 1);
    }
}

fn add_institutes(
    world: &mut World,
    context: &YearContext<'_>,
    [group, parent]: [u32; 2],
    institutes: &InitialInstitutes,
    number: &mut u32,
) {
    let year = context.year - 1;
    for index in 0..institutes.count {
        let key = context.chance.initial_institute(u64::from(group), index);
        let id = FirmId::new(year, Origin::Initial, parent, index);
        let headcount = intake::headcount(
            key.uniform(0, Purpose::InitialHeadcount),
            institutes.headcount_mean,
            institutes.headcount_spread,
        );
        let share = context.theta.specialist_share_institute;
        let specialists = posts::specialists(headcount, share, key);
        let born = i32::from(year) * i32::from(DAYS);
        let firm = Firm {
            area: institutes.area,
            extra: Extra { number: *number, ..Extra::NOTHING },
            ..intake::blank(id, key, born, Sector::Institute, specialists, headcount)
        };
        world.found(Population::Institutes, &firm, 1);
        *number += 1;
    }
}

/// Laboratories come after all groups of startups and institutes; their names follow those.
fn add_laboratories(world: &mut World, context: &YearContext<'_>, number: &mut u32) {
    let year = context.year - 1;
    let district = &context.setup.district;
    let groups = district.startups.len() + district.institutes.len();
    let groups = u32::try_from(groups).unwrap_or(0);
    for (index, laboratory) in (0u32..).zip(&context.setup.district.laboratories) {
        let key = context.chance.laboratory(&laboratory.name);
        let id = FirmId::new(year, Origin::Initial, groups, index);
        let headcount = i32::try_from(laboratory.headcount).unwrap_or(i32::MAX).max(1);
        let share = context.theta.specialist_share_institute;
        let specialists = posts::specialists(headcount, share, key);
        let cap = f64::from(headcount) * context.theta.laboratory_site_cap;
        #[expect(clippy::cast_possible_truncation, reason = "cut to the range")]
        let site_cap = cap.clamp(1.0, 1e9) as i32;
        let born = i32::from(year) * i32::from(DAYS);
        let firm = Firm {
            area: laboratory.area,
            extra: Extra { number: *number, site_cap, ..Extra::NOTHING },
            ..intake::blank(id, key, born, Sector::Laboratory, specialists, headcount)
        };
        world.found(Population::Institutes, &firm, 1);
        *number += 1;
    }
}

/// Tenants of a facility that opened before the first year: young firms of its area, by lot.
fn first_tenants(world: &mut World, context: &YearContext<'_>, lever: &Facility) {
    if lever.building.opening.year >= context.year {
        return;
    }
    let startups = world.district().startups();
    let mut turn: Vec<(f64, usize)> = (0..startups.len())
        .filter(|&row| {
            startups.tags()[row].area() == lever.area
                && startups.tags()[row].facility() == NONE
                && f64::from(context.age(startups, row)) <= lever.longest_age
                && i64::from(startups.headcount(row)) <= i64::from(lever.room)
                && lever.sectors[startups.tags()[row].sector().index()]
        })
        .map(|row| (startups.key()[row].uniform(0, Purpose::InitialTenancy), row))
        .collect();
    turn.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut free = i64::from(lever.floor_space.on(context.date(1)));
    let mut places = lever.initial_tenants;
    for (_, row) in turn {
        let startups = world.district().startups();
        let sector = startups.tags()[row].sector();
        let need = accounts::space(context.theta, sector, startups.headcount(row));
        if places == 0 || need > free {
            continue;
        }
        places -= 1;
        free -= need;
        let key = startups.key()[row];
        let opened = i32::try_from(lever.building.opening.ordinal()).unwrap_or(context.start);
        let luck = admission::tenancy_end(context, lever, key, opened);
        let tenancy = Tenancy {
            facility: context.setup.facility_number(lever.common.slot),
            lever: lever.common.slot,
            area: lever.area,
            end: luck.max(context.start),
            newborn: false,
        };
        world.admit(row, &tenancy, 1, "first tenant");
    }
}
