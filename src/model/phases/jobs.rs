//! Job creation: firms fail or survive, plan headcount, open vacancies; specialists are matched
//! (model, 6.4).

#![expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]

use crate::model::chance::REFERENCE_YEAR;
use crate::model::district::Staffing;
use crate::model::district::World;
use crate::model::district::YEAR_END;
use crate::model::district::firms::Account;
use crate::model::district::firms::Core;
use crate::model::district::firms::Firms;
use crate::model::district::firms::Sector;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::model::phases::YearContext;
use crate::model::phases::admission;
use crate::model::phases::calendar::bit;
use crate::model::phases::choice;
use crate::model::phases::intake;
use crate::model::phases::money;
use crate::model::phases::support::Support;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::math;
use crate::random::slice;
use crate::time::DAYS;

/// What each firm means to do, by row: the memory is kept from year to year.
#[derive(Clone, Debug, Default)]
pub struct Plans {
    rows: [Vec<Plan>; 2],
    order: Vec<(u16, u64, u8, u32)>,
    /// The wage subsidy promised to each startup, or `NONE`; empty while all that may draw on one
    /// count on it.
    promised: Vec<u8>,
    draws: Draws,
}

/// Numbers of firms by row, for loops over one purpose at a time.
#[derive(Clone, Debug, Default)]
struct Draws {
    exit: Vec<f64>,
    hazard: Vec<f64>,
    failing: Vec<(u32, u16)>,
    growth: Vec<f64>,
    wanted: Vec<f64>,
    rounding: Vec<f64>,
    posts: Vec<f64>,
    quits: Vec<f64>,
}

/// What one firm means to do.
#[derive(Clone, Copy, Debug, Default)]
struct Plan {
    quits: i32,
    cut: i32,
    others: i32,
    vacancies: i32,
    hired: i32,
    /// The headcount before the year's hiring.
    before: i32,
    /// The wage subsidy that pays for its hires, or `NONE`.
    subsidy: u8,
}

impl Plan {
    /// What becomes of the firm's staff.
    fn staffing(&self) -> Staffing {
        Staffing {
            quits: self.quits,
            cut: self.cut,
            hired: self.hired,
            unfilled: self.vacancies - self.hired,
            others: self.others,
        }
    }
}

/// Exits of startups and closures of institutes.
pub fn exits(world: &mut World, context: &YearContext<'_>, plans: &mut Plans) {
    let draws = &mut plans.draws;
    let startups = world.district().startups();
    slice::uniforms(startups.key(), context.year, Purpose::Exit, &mut draws.exit);
    exit_hazards(context, startups, &mut draws.hazard);
    find_failing(context, startups, draws);
    for &(row, day) in &draws.failing {
        world.fail(Population::Startups, row as usize, day, "exit hazard");
    }
    let institutes = world.district().institutes();
    slice::uniforms(institutes.key(), context.year, Purpose::Exit, &mut draws.exit);
    draws.hazard.clear();
    // A corporate laboratory is a going concern of its group. An institute that a lever has brought
    // stays where it is like a laboratory, but closes like the institute that it is.
    let closure = |(firm, account): (&Core, &Account)| match (firm.sector, account.served) {
        (Sector::Laboratory, 0) => 0.0,
        _ => context.theta.institute_closure,
    };
    draws.hazard.extend(institutes.core().iter().zip(institutes.account()).map(closure));
    find_failing(context, institutes, draws);
    for &(row, day) in &draws.failing {
        world.fail(Population::Institutes, row as usize, day, "closure hazard");
    }
    world.remove_failed();
}

/// The exit hazards of startups, by row [1/year].
///
/// # Formula
///
/// ```text
/// h_0(age) h_sector exp(−b_z z − b_in·tenant − b_al·alumnus·2^(−years/half-life)
///                       − b_fund·funded within 2 years − b_cl ln m_t)
/// ```
fn exit_hazards(context: &YearContext<'_>, startups: &Firms, hazards: &mut Vec<f64>) {
    let theta = context.theta;
    let services = admission::services(context);
    let climate = theta.exit_climate * context.chance.log_climate(context.year);
    hazards.clear();
    let rows = startups.core().iter().zip(startups.quality()).enumerate();
    hazards.extend(rows.map(|(row, (firm, quality))| {
        let mut log = theta.exit_quality * quality + climate;
        if firm.facility != NONE {
            log += theta.exit_tenant * services[usize::from(firm.facility)];
        } else if firm.alumnus_of != NONE {
            log += theta.exit_alumnus * alumni_services(context, startups, row, &services);
        }
        let funded = firm.last_round;
        if funded != 0 && context.year - funded <= 2 {
            log += theta.exit_funded;
        }
        -log
    }));
    slice::exp(hazards);
    let terms = context.chance.terms();
    for (hazard, firm) in hazards.iter_mut().zip(startups.core()) {
        *hazard *= terms.exit(context.age_of(firm.born), firm.sector);
    }
}

/// Services of the facility that a startup has left, faded since.
#[cold]
fn alumni_services(
    context: &YearContext<'_>,
    startups: &Firms,
    row: usize,
    services: &[f64; 256],
) -> f64 {
    let since = f64::from(context.start - startups.rest()[row].alumnus_since) / f64::from(DAYS);
    let half_life = context.theta.alumnus_half_life;
    let fade = math::exp(-std::f64::consts::LN_2 * since.max(0.0) / half_life);
    services[usize::from(startups.core()[row].alumnus_of)] * fade
}

/// The rows and days of those who fail, by the draws and hazards of each row.
fn find_failing(context: &YearContext<'_>, firms: &Firms, draws: &mut Draws) {
    draws.failing.clear();
    let rows = draws.exit.iter().zip(&draws.hazard).zip(firms.core());
    for (row, ((&uniform, &hazard), firm)) in (0u32..).zip(rows) {
        // As −ln(1 − u) ≥ u, most are seen to survive without a logarithm.
        if uniform * SAFELY_BELOW_ONE >= hazard {
            continue;
        }
        if let Some(day) = fails_on(context, firm.born, uniform, hazard) {
            draws.failing.push((row, day));
        }
    }
}

/// Below 1 by more than any rounding.
pub(super) const SAFELY_BELOW_ONE: f64 = 1.0 - 1e-12;

/// The day of the year on which a firm fails, if it does.
///
/// Its unit exponential of the year runs down at the hazard rate from 1 January, or from its
/// founding day in its first year; so a constant hazard gives exactly exponential lives.
fn fails_on(context: &YearContext<'_>, born: i32, uniform: f64, hazard: f64) -> Option<u16> {
    if hazard <= 0.0 {
        return None;
    }
    let begins = (born - context.start).max(0);
    let exposed = f64::from(i32::from(DAYS) - begins) / f64::from(DAYS);
    let luck = distribution::exponential(uniform);
    if luck >= hazard * exposed {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "within the year")]
    let days = (luck / hazard * f64::from(DAYS)) as i32;
    Some(u16::try_from(begins + days + 1).unwrap_or(YEAR_END).min(YEAR_END))
}

/// Plans, matching, hiring and homes. `linked` graduates are placed before the open market.
pub fn staff(
    world: &mut World,
    context: &YearContext<'_>,
    support: &Support,
    plans: &mut Plans,
    linked: i64,
) {
    let change = hinterland_change(world, context);
    inflow(world, context);
    let quit_rates = quit_rates(world, context);
    plans.promised.clear();
    plan_startups(world, context, support, plans, &change, quit_rates);
    plan_institutes(world, context, plans, &change, quit_rates);
    if !context.case.plan.wage_subsidies.is_empty() {
        subsidise(world, context, plans);
        // Where the money did not reach, a firm plans as if there were no subsidy: the growth that
        // it adds follows the budget.
        let Plans { rows, promised, .. } = plans;
        promised.extend(rows[Population::Startups as usize].iter().map(|plan| plan.subsidy));
        plan_startups(world, context, support, plans, &change, quit_rates);
        let Plans { rows, promised, .. } = plans;
        for (plan, &slot) in rows[Population::Startups as usize].iter_mut().zip(&*promised) {
            plan.subsidy = slot;
        }
    }
    match_specialists(world, context, plans, linked);
    apply(world, context, plans);
}

/// Background inflow of specialists: it rises with last year's vacancies per seeker.
fn inflow(world: &mut World, context: &YearContext<'_>) {
    let theta = context.theta;
    let elapsed = f64::from(context.year) - f64::from(REFERENCE_YEAR);
    let growth = math::exp(elapsed * math::ln(1.0 + theta.pool_inflow_growth));
    let tightness = world.district().tightness().clamp(0.25, 4.0);
    let pull = math::exp(theta.pool_inflow_elasticity * math::ln(tightness));
    let draw = context.chance.city().uniform(context.year, Purpose::PoolInflow);
    let people = i64::from(distribution::whole(theta.pool_inflow * growth * pull, draw));
    world.pool(EventKind::PoolInflow, 1, people, "background");
}

/// The rates at which specialists quit in each area: lower in the district where homes are let.
fn quit_rates(world: &World, context: &YearContext<'_>) -> [f64; 3] {
    let theta = context.theta;
    let district = world.district();
    let specialists: i64 =
        district.people().specialists.iter().map(|areas| areas[0] + areas[1]).sum();
    let housed = if specialists > 0 {
        (district.homes_let() as f64 / specialists as f64).min(1.0)
    } else {
        0.0
    };
    let district = theta.quit_rate - (theta.quit_rate - theta.quit_rate_home).max(0.0) * housed;
    [district, district, theta.quit_rate]
}

/// The change of ln J* by area since 1 January of last year; 0 in the first year.
fn hinterland_change(world: &mut World, context: &YearContext<'_>) -> [f64; 3] {
    let jobs = world.district().jobs_by_area();
    let now = choice::hinterland(context, &jobs)
        .map(|jobs| if jobs > 0.0 { math::ln(jobs) } else { 0.0 });
    let last = *world.district().last_hinterland();
    let first = context.year == context.setup.first_year;
    let change = std::array::from_fn(|area| {
        let unknown = first || last[area] == 0.0 || now[area] == 0.0;
        if unknown { 0.0 } else { now[area] - last[area] }
    });
    world.set_hinterland(now);
    change
}

/// The largest headcount of one firm: a guard against nonsense, far above any real one.
const MOST_PEOPLE: i32 = 10_000_000;

/// In the founding year a firm keeps its people: nobody is hired, cut or quits.
fn unchanged(firms: &Firms, row: usize) -> Plan {
    Plan { before: firms.headcount(row), subsidy: NONE, ..Plan::default() }
}

impl Draws {
    /// Draws the luck of those who grow this year: the first `grown` rows.
    fn draw(&mut self, context: &YearContext<'_>, firms: &Firms, grown: usize) {
        let keys = &firms.key()[..grown];
        slice::uniforms(keys, context.year, Purpose::Growth, &mut self.growth);
        slice::laplace(&mut self.growth);
        slice::uniforms(keys, context.year, Purpose::HeadcountRounding, &mut self.rounding);
        // The same draw in every year of the firm's life: see `intake::specialists`.
        slice::uniforms(keys, 0, Purpose::SpecialistRounding, &mut self.posts);
        slice::uniforms(keys, context.year, Purpose::Quits, &mut self.quits);
    }

    /// The wanted headcount of a row, before its site or anything else limits it.
    ///
    /// # Formula
    ///
    /// ```text
    /// e* = max(1, e exp(g)),  g = mean + l + ln(1 − s²),  l Laplace with scale s = b e^(−β)
    /// ```
    ///
    /// The last term centres the luck so that E e^(l + ln(1 − s²)) = 1. Here `wanted` holds e^g.
    #[inline]
    fn wanted(&self, row: usize, headcount: i32) -> f64 {
        (f64::from(headcount.max(1)) * self.wanted[row]).max(1.0)
    }

    /// Splits a wanted headcount into posts, and says what has to change. Whole people by the
    /// firm's own draw, so that the mean is kept.
    #[inline]
    fn plan(&self, row: usize, people: [i32; 2], wanted: f64, share: f64, quit_rate: f64) -> Plan {
        let [in_place, others] = people;
        let total = distribution::whole(wanted, self.rounding[row]);
        let total = i32::try_from(total).unwrap_or(i32::MAX).clamp(1, MOST_PEOPLE);
        let posts = intake::posts(total, share, self.posts[row]);
        let quits = distribution::whole(quit_rate * f64::from(in_place), self.quits[row]);
        let quits = i32::try_from(quits).unwrap_or(in_place).min(in_place);
        let stay = in_place - quits;
        Plan {
            quits,
            cut: (stay - posts).max(0),
            others: total - posts - others,
            vacancies: (posts - stay).max(0),
            hired: 0,
            before: in_place + others,
            subsidy: NONE,
        }
    }
}

fn plan_startups(
    world: &World,
    context: &YearContext<'_>,
    support: &Support,
    plans: &mut Plans,
    change: &[f64; 3],
    quit_rates: [f64; 3],
) {
    let startups = world.district().startups();
    let Plans { rows, draws, promised, .. } = plans;
    let rows = &mut rows[Population::Startups as usize];
    // Firms lie in the order of their years of birth: those founded this year come last.
    let grown = startups.core().partition_point(|firm| firm.born < context.start);
    draws.draw(context, startups, grown);
    startup_growth(context, startups, support, draws, promised, change);
    let shares = Sector::ALL.map(|sector| intake::specialist_share(context, sector));
    rows.clear();
    rows.extend(startups.core()[..grown].iter().enumerate().map(|(row, firm)| {
        let wanted = draws.wanted(row, firm.headcount());
        let share = shares[firm.sector.index()];
        let people = [firm.specialists, firm.others];
        draws.plan(row, people, wanted, share, quit_rates[firm.area.index()])
    }));
    rows.extend((grown..startups.len()).map(|row| unchanged(startups, row)));
}

/// Leaves e^g in `wanted`, by row; see [`Draws::wanted`].
fn startup_growth(
    context: &YearContext<'_>,
    startups: &Firms,
    support: &Support,
    draws: &mut Draws,
    promised: &[u8],
    change: &[f64; 3],
) {
    let (theta, terms) = (context.theta, context.chance.terms());
    let services = admission::services(context);
    let subsidised = !context.case.plan.wage_subsidies.is_empty();
    let Draws { growth, wanted, .. } = draws;
    let firms = startups.core().iter().zip(startups.quality());
    let rows = growth.iter().zip(firms).zip(&support.growth).enumerate();
    wanted.clear();
    wanted.extend(rows.map(|(row, ((&luck, (firm, quality)), support))| {
        let size = terms.startup(theta, firm.headcount().max(1));
        let age = terms.age(theta, context.age_of(firm.born));
        let funded = firm.last_round + 1 == context.year;
        let mut mean = theta.growth_base
            + age.young
            + theta.growth_quality * quality * age.fade
            + if funded { theta.growth_funded } else { 0.0 }
            + theta.growth_tenant * services[usize::from(firm.facility)]
            + support
            - size.slower
            + theta.growth_agglomeration * change[firm.area.index()];
        if subsidised {
            mean += subsidy_growth(context, startups, row, promised);
        }
        mean + size.scale * luck + size.centre
    }));
    slice::exp(wanted);
}

/// The growth that a wage subsidy adds: nothing where the firm may not draw on it, or was not
/// promised it once promises are made.
fn subsidy_growth(context: &YearContext<'_>, startups: &Firms, row: usize, promised: &[u8]) -> f64 {
    let mut growth = 0.0;
    for lever in &context.case.plan.wage_subsidies {
        let share = lever.common.share_of_year(lever.common.from, context.year);
        let eligible = lever.budget > 0.0
            && promised.get(row).is_none_or(|&slot| slot == lever.common.slot)
            && startups.core()[row].area.in_district()
            && f64::from(context.age(startups, row)) <= lever.longest_age;
        if eligible {
            let effect = context.case.effect(lever.common.slot);
            growth += effect * context.theta.growth_subsidy * lever.share * share;
        }
    }
    growth
}

fn plan_institutes(
    world: &World,
    context: &YearContext<'_>,
    plans: &mut Plans,
    change: &[f64; 3],
    quit_rates: [f64; 3],
) {
    let (theta, terms) = (context.theta, context.chance.terms());
    let institutes = world.district().institutes();
    let Plans { rows, draws, .. } = plans;
    let rows = &mut rows[Population::Institutes as usize];
    let grown = institutes.core().partition_point(|firm| firm.born < context.start);
    draws.draw(context, institutes, grown);
    let firms = &institutes.core()[..grown];
    draws.wanted.clear();
    draws.wanted.extend(draws.growth.iter().zip(firms).map(|(&luck, firm)| {
        let size = terms.institute(theta, firm.headcount().max(1));
        let mean = theta.institute_growth + theta.growth_agglomeration * change[firm.area.index()];
        mean + size.scale * luck + size.centre
    }));
    slice::exp(&mut draws.wanted);
    let share = intake::specialist_share(context, Sector::Institute);
    rows.clear();
    rows.extend(firms.iter().enumerate().map(|(row, firm)| {
        let mut wanted = draws.wanted(row, firm.headcount());
        let cap = institutes.rest()[row].site_cap;
        if cap > 0 {
            wanted = wanted.min(f64::from(cap) * site_bonus(context, firm.area.index()));
        }
        let people = [firm.specialists, firm.others];
        draws.plan(row, people, wanted, share, quit_rates[firm.area.index()])
    }));
    rows.extend((grown..institutes.len()).map(|row| unchanged(institutes, row)));
}

/// What the plot ratio adds to a laboratory's site once it is built: after the longest lag.
fn site_bonus(context: &YearContext<'_>, area: usize) -> f64 {
    let lag = context.theta.building_lag_maximum;
    let mut bonus = 0.0;
    for lever in &context.case.plan.designations {
        if lever.area.index() != area {
            continue;
        }
        let decided = crate::model::phases::calendar::decided(lever, context.chance);
        let built = decided.map(|date| date.plus_years(lag));
        if built.is_some_and(|date| date < context.date(1)) {
            let effect = context.case.effect(lever.common.slot);
            bonus += effect * lever.share * (lever.plot_ratio - 1.0);
        }
    }
    1.0 + context.theta.plot_takeup * bonus
}

/// Wage subsidies are promised in date order while the year's money lasts.
fn subsidise(world: &mut World, context: &YearContext<'_>, plans: &mut Plans) {
    let startups = world.district().startups();
    for lever in &context.case.plan.wage_subsidies {
        let share = lever.common.share_of_year(lever.common.from, context.year);
        let mut left = lever.budget * share;
        let each = lever.share * context.theta.wage_specialist;
        if left <= 0.0 || each <= 0.0 {
            continue;
        }
        plans.order.clear();
        for row in 0..startups.len() {
            let eligible = plans.rows[0][row].vacancies > 0
                && startups.core()[row].area.in_district()
                && f64::from(context.age(startups, row)) <= lever.longest_age;
            if eligible {
                let draw = startups.key()[row].uniform(context.year, Purpose::GrantDay);
                let (day, id) = (distribution::days(draw), startups.id()[row].number());
                plans.order.push((day, id, 0, row as u32));
            }
        }
        plans.order.sort_unstable();
        for &(_, _, _, row) in &plans.order {
            let plan = &mut plans.rows[0][row as usize];
            let cost = each * f64::from(plan.vacancies);
            if plan.subsidy == NONE && cost <= left {
                plan.subsidy = lever.common.slot;
                left -= cost;
            }
        }
    }
}

/// The hires that a matching market makes of seekers and vacancies.
///
/// # Formula
///
/// ```text
/// M = U V / (U^ι + V^ι)^(1/ι)
/// ```
///
/// # Source
///
/// den Haan, Ramey and Watson 2000: smooth, and never above either side.
#[must_use]
pub fn matches(seekers: f64, vacancies: f64, exponent: f64) -> f64 {
    if seekers <= 0.0 || vacancies <= 0.0 {
        return 0.0;
    }
    // Of the ratio of the smaller to the larger side, so that no power overflows.
    let (small, large) =
        if seekers < vacancies { (seekers, vacancies) } else { (vacancies, seekers) };
    let ratio = math::exp(exponent * math::ln(small / large));
    small * math::exp(-math::ln(1.0 + ratio) / exponent)
}

fn match_specialists(world: &mut World, context: &YearContext<'_>, plans: &mut Plans, linked: i64) {
    let year = context.year;
    let (mut seekers, mut vacancies) = (world.district().pool(), 0_i64);
    for plan in plans.rows.iter().flat_map(|rows| rows.iter()) {
        seekers += i64::from(plan.cut);
        vacancies += i64::from(plan.vacancies);
    }
    let tightness =
        if seekers > 0 && vacancies > 0 { vacancies as f64 / seekers as f64 } else { 1.0 };
    world.set_tightness(tightness);
    let (mut pool, mut open) = (seekers.max(0), vacancies);
    if linked > 0 {
        let placed = place_linked(world, context, plans, linked.min(pool));
        pool -= placed;
        open -= placed;
    }
    let hires = matches(pool as f64, open as f64, context.theta.matching_exponent);
    let rate = if open > 0 { hires / open as f64 } else { 0.0 };
    let mut total = 0;
    for population in [Population::Startups, Population::Institutes] {
        let firms = world.district().firms(population);
        for (row, plan) in plans.rows[population as usize].iter_mut().enumerate() {
            let left = plan.vacancies - plan.hired;
            if left == 0 {
                continue;
            }
            let draw = firms.key()[row].uniform(year, Purpose::FillRounding);
            let filled = distribution::whole(f64::from(left) * rate, draw);
            let filled = i32::try_from(filled).unwrap_or(left).min(left);
            plan.hired += filled;
            total += i64::from(filled);
        }
    }
    if total > pool {
        give_back(world, year, plans, total - pool);
    }
}

/// The order of hiring days, the earliest first.
fn order_by_hiring_day(
    world: &World,
    year: u16,
    plans: &mut Plans,
    wanted: impl Fn(&Plan, bool) -> bool,
) {
    plans.order.clear();
    for population in [Population::Startups, Population::Institutes] {
        let firms = world.district().firms(population);
        for (row, plan) in plans.rows[population as usize].iter().enumerate() {
            if wanted(plan, firms.core()[row].area.in_district()) {
                let draw = firms.key()[row].uniform(year, Purpose::HiringDay);
                let id = firms.id()[row].number();
                let entry = (distribution::days(draw), id, population as u8, row as u32);
                plans.order.push(entry);
            }
        }
    }
    plans.order.sort_unstable();
}

/// The employment linkage fills vacancies of district firms in the order of their hiring days.
fn place_linked(
    world: &mut World,
    context: &YearContext<'_>,
    plans: &mut Plans,
    linked: i64,
) -> i64 {
    order_by_hiring_day(world, context.year, plans, |plan, in_district| {
        in_district && plan.vacancies > 0
    });
    let mut left = linked;
    for &(_, _, population, row) in &plans.order {
        let plan = &mut plans.rows[usize::from(population)][row as usize];
        let filled = i64::from(plan.vacancies).min(left);
        plan.hired += i32::try_from(filled).unwrap_or(0);
        left -= filled;
        if left == 0 {
            break;
        }
    }
    let placed = linked - left;
    world.pool(EventKind::Linked, YEAR_END, placed, "employment linkage");
    placed
}

/// The pool is empty before the last firms have hired: those with the latest days go without.
fn give_back(world: &World, year: u16, plans: &mut Plans, mut excess: i64) {
    order_by_hiring_day(world, year, plans, |plan, _| plan.hired > 0);
    for &(_, _, population, row) in plans.order.iter().rev() {
        let plan = &mut plans.rows[usize::from(population)][row as usize];
        let back = i64::from(plan.hired).min(excess);
        plan.hired -= i32::try_from(back).unwrap_or(0);
        excess -= back;
        if excess == 0 {
            break;
        }
    }
}

fn apply(world: &mut World, context: &YearContext<'_>, plans: &mut Plans) {
    let (year, theta) = (context.year, context.theta);
    let (mut quitters, mut newcomers) = (0_i64, 0_i64);
    for population in [Population::Startups, Population::Institutes] {
        let rows = &plans.rows[population as usize];
        for (plan, firm) in rows.iter().zip(world.district().firms(population).core()) {
            quitters += i64::from(plan.quits);
            newcomers += i64::from(plan.hired * i32::from(firm.area.in_district()));
        }
        let log = world.ledger().keeps_log();
        if !log {
            world.staff_all(population, YEAR_END, rows.iter().map(Plan::staffing));
        }
        let subsidies =
            population == Population::Startups && !context.case.plan.wage_subsidies.is_empty();
        if !log && !subsidies {
            continue;
        }
        for (row, plan) in rows.iter().enumerate() {
            // A log tells of each firm in turn.
            if log {
                world.staff(population, row, YEAR_END, plan.staffing());
            }
            if subsidies {
                pay_subsidy(world, context, row, plan);
            }
        }
    }
    set_growths(world, plans);
    let city = context.chance.city();
    let draw = city.uniform(year, Purpose::QuitReturn);
    let back = i64::from(distribution::whole(theta.quit_return_share * quitters as f64, draw));
    world.pool(EventKind::QuitReturned, YEAR_END, back.min(quitters), "quit");
    let left = world.district().pool().max(0);
    let draw = city.uniform(year, Purpose::GiveUp);
    let gone = i64::from(distribution::whole(theta.give_up_share * left as f64, draw)).min(left);
    world.pool(EventKind::GaveUp, YEAR_END, gone, "no post found");
    let district = world.district();
    let draw = city.uniform(year, Purpose::MoveDay);
    let let_now = district.homes_let();
    let left = distribution::whole(theta.quit_rate_home * let_now as f64, draw);
    let left = i64::from(left).min(let_now);
    let taken = (district.homes() - let_now + left).min(newcomers).max(0);
    world.let_homes(taken, left);
}

/// Sets the log growth of startups: ln(headcount after / before this year's hiring).
fn set_growths(world: &mut World, plans: &mut Plans) {
    let startups = world.district().startups();
    let rows = &plans.rows[Population::Startups as usize];
    let growths = &mut plans.draws.growth;
    growths.clear();
    growths.extend(rows.iter().enumerate().map(|(row, plan)| {
        f64::from(startups.headcount(row).max(1)) / f64::from(plan.before.max(1))
    }));
    slice::ln(growths);
    world.set_growths(growths);
}

fn pay_subsidy(world: &mut World, context: &YearContext<'_>, row: usize, plan: &Plan) {
    if plan.subsidy == NONE || plan.hired == 0 {
        return;
    }
    let slot = plan.subsidy;
    let levers = &context.case.plan.wage_subsidies;
    if let Some(lever) = levers.iter().find(|lever| lever.common.slot == slot) {
        let each = lever.share * context.theta.wage_specialist;
        let paid = money::whole(each * f64::from(plan.hired));
        let note = crate::model::district::FirmNote {
            amount: i64::from(plan.hired),
            lever: slot,
            ..crate::model::district::FirmNote::new(
                EventKind::SubsidisedHires,
                YEAR_END,
                "wage subsidy",
            )
        };
        world.note(Population::Startups, row, &note);
        world.serve_all(Population::Startups, row, bit(slot));
        let payer = lever.common.payer;
        let item = crate::model::ledger::cash::CashItem::WageSubsidy;
        world.ledger_mut().book_cash(YEAR_END, slot, item, payer, paid);
    }
}
