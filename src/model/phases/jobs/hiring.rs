//! Plans become staff; who quit returns, who found no post gives up, homes are let (model, 6.4).

use crate::model::context::YearContext;
use crate::model::district::World;
use crate::model::district::YEAR_END;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::Population;
use crate::model::phases::jobs::plans::Plans;
use crate::model::phases::jobs::subsidy::Promises;
use crate::random::Purpose;
use crate::random::distribution;

/// Carries out what firms plan.
#[inline(never)]
pub(super) fn run(
    world: &mut World,
    context: &YearContext<'_>,
    plans: &Plans,
    promises: &Promises,
) {
    let (mut quitters, mut newcomers) = (0_i64, 0_i64);
    world.begin_staffing();
    for population in [Population::Startups, Population::Institutes] {
        let columns = plans.of(population);
        quitters += columns.quits.iter().map(|&quits| i64::from(quits)).sum::<i64>();
        let firms = world.district().firms(population).tags().iter();
        newcomers += firms
            .zip(&columns.hired)
            .map(|(tags, &hired)| i64::from(hired) * i64::from(tags.in_district()))
            .sum::<i64>();
        if world.ledger().keeps_log() {
            // A log tells of each firm in turn.
            for row in 0..columns.len() {
                world.staff(population, row, YEAR_END, columns.changes().of(row));
                if population == Population::Startups {
                    promises.pay_one(world, context, row, columns.hired[row]);
                }
            }
        } else {
            world.staff_all(
                population,
                YEAR_END,
                &columns.changes(),
                &context.setup.district.areas,
            );
            if population == Population::Startups {
                promises.pay(world, context, &columns.hired);
            }
        }
    }
    pool_and_homes(world, context, quitters, newcomers);
}

/// What the year's hiring leaves to the pool of specialists and to homes.
fn pool_and_homes(world: &mut World, context: &YearContext<'_>, quitters: i64, newcomers: i64) {
    let (year, theta) = (context.year, context.theta);
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
