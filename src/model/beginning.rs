//! The first day: firms that are there already, the Hub's first tenants, pool and markets.

use rand::RngExt;
use rand_distr::Distribution;
use rand_distr::Poisson;
use rand_distr::StandardNormal;

use crate::model::admission;
use crate::model::context::YearContext;
use crate::model::district::Market;
use crate::model::district::World;
use crate::model::district::extra::Extra;
use crate::model::district::firms::Firm;
use crate::model::district::note::Tenancy;
use crate::model::founders::Traits;
use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::model::phases::calendar;
use crate::model::phases::intake;
use crate::model::posts;
use crate::model::space;
use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::policy::levers::facility::Facility;
use crate::policy::sector::Sector;
use crate::random::KeyedRng;
use crate::random::Purpose;
use crate::scenario::district::InitialStartups;
use crate::scenario::district::Laboratory;
use crate::time::DAYS;

/// Rounds that a firm at the start has closed for each year of its age: one in eight years, about
/// what the model itself makes of young firms. A judgement; it matters for the first years only.
const ROUNDS_A_YEAR: f64 = 0.12;

/// Sets the world up as it is on 1 January of the first year, before any event of that year.
pub(super) fn set_up(world: &mut World, context: &YearContext<'_>) {
    let start = &context.setup.district;
    add_startups(world, context);
    let mut number = 0;
    add_institutes(world, context, &mut number);
    add_laboratories(world, context, &mut number);
    world.close_intake([0, 0]);
    let markets = start.areas.map(|area| Market {
        floor_space: start.areas.of(area).floor_space.map(i64::from),
        ..Market::default()
    });
    world.begin(i64::from(start.pool), markets);
    calendar::begin(world, context);
    for lever in &context.case.plan.facilities {
        first_tenants(world, context, lever);
    }
}

/// What names of firms at the start have in the place of a parent: none is of two populations or areas.
fn parent(population: Population, area: Area) -> u32 {
    2 * u32::from(area.number()) + population as u32
}

/// Groups in the order of the numbers of their areas: their order in the file changes nothing but which
/// of one area comes first.
fn by_area<T>(groups: &[T], area: impl Fn(&T) -> Area) -> Vec<&T> {
    let mut groups: Vec<&T> = groups.iter().collect();
    groups.sort_by_key(|group| area(group).number());
    groups
}

/// Counts firms by area.
#[derive(Debug, Default)]
struct Counter(ByArea<u32>);

impl Counter {
    /// The next index in an area, from 0.
    fn next(&mut self, area: Area) -> u32 {
        let next = &mut self.0[area.index()];
        *next += 1;
        *next - 1
    }
}

fn add_startups(world: &mut World, context: &YearContext<'_>) {
    let mut counter = Counter::default();
    let groups = by_area(&context.setup.district.startups, |group| group.area);
    for group in groups {
        for _ in 0..group.count {
            let index = counter.next(group.area);
            world.found(Population::Startups, &startup(context, group, index), 1);
        }
    }
}

/// A startup of the first day. No policy is compared in what it is like, so it is drawn as a
/// sequence.
fn startup(context: &YearContext<'_>, group: &InitialStartups, index: u32) -> Firm {
    let key = context.chance.initial_startup(group.area, index);
    let mut rng = KeyedRng::new(key, 0, Purpose::InitialState);
    let age = rng.random_range(group.age_minimum..=group.age_maximum);
    let year = context.year.saturating_sub(u16::try_from(age).unwrap_or(0) + 1);
    let id = FirmId::new(year, Origin::Initial, parent(Population::Startups, group.area), index);
    let traits = Traits::draw(key, year, context.theta, context.setup.district.sectors.all());
    let born = (i32::from(year) * i32::from(DAYS)) + i32::from(traits.day) - 1;
    let headcount = intake::headcount(
        StandardNormal.sample(&mut rng),
        group.headcount_mean,
        group.headcount_spread,
    );
    let share = posts::specialist_share(context.theta, traits.sector);
    let specialists = posts::specialists(headcount, share, key);
    // No distribution of a mean of 0: who is new has closed none.
    let rounds = Poisson::new(ROUNDS_A_YEAR * f64::from(age));
    let rounds: f64 = rounds.map_or(0.0, |rounds| rounds.sample(&mut rng));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 4")]
    let stage = rounds.min(4.0) as u8;
    Firm {
        quality: traits.quality,
        output: traits.output,
        stage,
        ..intake::blank(id, key, (group.area, born), traits.sector, specialists, headcount)
    }
}

fn add_institutes(world: &mut World, context: &YearContext<'_>, number: &mut u32) {
    let year = context.year - 1;
    let mut counter = Counter::default();
    for group in by_area(&context.setup.district.institutes, |group| group.area) {
        let area = group.area;
        for _ in 0..group.count {
            let index = counter.next(area);
            let key = context.chance.initial_institute(area, index);
            let parent = parent(Population::Institutes, area);
            let id = FirmId::new(year, Origin::Initial, parent, index);
            let mut rng = KeyedRng::new(key, 0, Purpose::InitialState);
            let headcount = intake::headcount(
                StandardNormal.sample(&mut rng),
                group.headcount_mean,
                group.headcount_spread,
            );
            let share = context.theta.specialist_share_institute;
            let specialists = posts::specialists(headcount, share, key);
            let born = i32::from(year) * i32::from(DAYS);
            let firm = Firm {
                extra: Extra { number: *number, ..Extra::NOTHING },
                ..intake::blank(id, key, (area, born), Sector::INSTITUTE, specialists, headcount)
            };
            world.found(Population::Institutes, &firm, 1);
            *number += 1;
        }
    }
}

/// Laboratories go by their names; no group of firms at the start has their place of a parent.
fn add_laboratories(world: &mut World, context: &YearContext<'_>, number: &mut u32) {
    let year = context.year - 1;
    let mut laboratories: Vec<&Laboratory> = context.setup.district.laboratories.iter().collect();
    laboratories.sort_by(|one, other| one.name.cmp(&other.name));
    for (index, laboratory) in (0u32..).zip(laboratories) {
        let key = context.chance.laboratory(&laboratory.name);
        let id = FirmId::new(year, Origin::Initial, 0, index);
        let headcount = i32::try_from(laboratory.headcount).unwrap_or(i32::MAX).max(1);
        let share = context.theta.specialist_share_institute;
        let specialists = posts::specialists(headcount, share, key);
        let cap = f64::from(headcount) * context.theta.laboratory_site_cap;
        #[expect(clippy::cast_possible_truncation, reason = "cut to the range")]
        let site_cap = cap.clamp(1.0, 1e9) as i32;
        let born = i32::from(year) * i32::from(DAYS);
        let firm = Firm {
            extra: Extra { number: *number, site_cap, ..Extra::NOTHING },
            ..intake::blank(
                id,
                key,
                (laboratory.area, born),
                Sector::LABORATORY,
                specialists,
                headcount,
            )
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
        let need = space::space(context.theta, sector, startups.headcount(row));
        if places == 0 || need > free {
            continue;
        }
        places -= 1;
        free -= need;
        let key = startups.key()[row];
        let opened = i32::try_from(lever.building.opening.ordinal()).unwrap_or(context.start);
        let drawn = admission::tenancy_end(context, lever, key, opened);
        let tenancy = Tenancy {
            facility: context.setup.facility_number(lever.common.slot),
            lever: lever.common.slot,
            area: lever.area,
            end: drawn.max(context.start),
            newborn: false,
        };
        world.admit(row, &tenancy, 1, "first tenant");
    }
}
