//! Job creation: firms fail or survive, plan headcount, open vacancies; specialists are matched
//! (model, 6.4).

mod exits;
mod growth;
mod hiring;
mod market;
mod plans;
mod subsidy;

pub use exits::ExitDays;
pub use exits::run as exits;
pub use market::matches;

use crate::model::choice;
use crate::model::context::YearContext;
use crate::model::district::World;
use crate::model::district::firms::Firms;
use crate::model::district::firms::blocks;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::Population;
use crate::model::support::Support;
use crate::policy::area::ByArea;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::math;

/// Working memory of the phase, kept from year to year.
#[derive(Clone, Debug, Default)]
pub struct Jobs {
    /// By population.
    growth: [growth::GrowthMemory; 2],
    plans: plans::Plans,
    market: market::MarketMemory,
    subsidy: subsidy::Promises,
}

/// Plans, matching, hiring and homes. `linked` graduates are placed before the open market.
#[inline(never)]
pub fn staff(
    world: &mut World,
    context: &YearContext<'_>,
    support: &Support,
    jobs: &mut Jobs,
    linked: i64,
) {
    let Jobs { growth: [growth, of_institutes], plans, market, subsidy, .. } = jobs;
    let change = hinterland_change(world, context);
    inflow(world, context);
    let quit_rates = quit_rates(world, context);
    subsidy.forget();
    let startups = world.district().startups();
    let mut plan = |plans: &mut plans::Plans, subsidy: &subsidy::Promises| {
        let grown = grown(context, startups);
        plans.reset(Population::Startups, startups, grown);
        for rows in blocks(grown) {
            growth.draw(context, startups, rows.clone());
            growth.of_startups(context, startups, rows.clone(), support, &change, subsidy);
            plans.startups(context, startups, rows, growth, (quit_rates, &support.quits));
        }
    };
    plan(plans, subsidy);
    if !context.case.plan.wage_subsidies.is_empty() {
        subsidy.promise(context, startups, &plans.of(Population::Startups).vacancies);
        // Where the money did not reach, a firm plans as if there were no subsidy: the growth that
        // it adds follows the budget.
        plan(plans, subsidy);
    }
    let institutes = world.district().institutes();
    let (grown, growth) = (grown(context, institutes), of_institutes);
    plans.reset(Population::Institutes, institutes, grown);
    for rows in blocks(grown) {
        growth.draw(context, institutes, rows.clone());
        growth.of_institutes(context, institutes, rows.clone(), &change);
        plans.institutes(context, institutes, rows, growth, quit_rates);
    }
    market::run(world, context, (plans, &support.hiring), market, linked);
    hiring::run(world, context, plans, subsidy);
}

/// How many firms grow this year: those founded in earlier years, who come first, as firms lie in
/// the order of their years of birth.
fn grown(context: &YearContext<'_>, firms: &Firms) -> usize {
    firms.dates().partition_point(|dates| dates.born() < context.start)
}

/// Background inflow of specialists: it rises with last year's vacancies per seeker.
fn inflow(world: &mut World, context: &YearContext<'_>) {
    let theta = context.theta;
    let elapsed = f64::from(context.year) - f64::from(context.setup.reference_year);
    let growth = math::exp(elapsed * math::ln(1.0 + theta.pool_inflow_growth));
    let tightness = world.district().tightness().clamp(0.25, 4.0);
    let pull = math::exp(theta.pool_inflow_elasticity * math::ln(tightness));
    let draw = context.chance.city().uniform(context.year, Purpose::PoolInflow);
    let people = i64::from(distribution::whole(theta.pool_inflow * growth * pull, draw));
    world.pool(EventKind::PoolInflow, 1, people, "background");
}

/// The rates at which specialists quit in each area: lower in the district where homes are let.
fn quit_rates(world: &World, context: &YearContext<'_>) -> ByArea<f64> {
    let theta = context.theta;
    let district = world.district();
    let specialists: i64 = district
        .people()
        .specialists
        .iter()
        .map(|areas| {
            context.setup.district.areas.of_district().map(|area| areas[area.index()]).sum::<i64>()
        })
        .sum();
    let housed = if specialists > 0 {
        (district.homes_let() as f64 / specialists as f64).min(1.0)
    } else {
        0.0
    };
    let district = theta.quit_rate - (theta.quit_rate - theta.quit_rate_home).max(0.0) * housed;
    context
        .setup
        .district
        .areas
        .map(|area| if area.in_district() { district } else { theta.quit_rate })
}

/// The change of ln J* by area since 1 January of last year; 0 in the first year.
fn hinterland_change(world: &mut World, context: &YearContext<'_>) -> ByArea<f64> {
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
