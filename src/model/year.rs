//! One year: the phases in order, on one screen.

use crate::model::context::YearContext;
use crate::model::district::World;
use crate::model::memory::Memory;
use crate::model::phases::accounts;
use crate::model::phases::calendar;
use crate::model::phases::graduation;
use crate::model::phases::intake;
use crate::model::phases::investment;
use crate::model::phases::jobs;
use crate::model::support;
use crate::time::Phase;

/// Runs the phases of one year. Each sees the year as the phases before it left it; `done` is told
/// of each.
///
/// Phases and their larger steps are `inline(never)`, as is what reads a file: a browser makes fast code of one function at
/// a time, and of the whole year in one, as compilers would have it, only after a second.
pub(super) fn run(
    world: &mut World,
    memory: &mut Memory,
    context: &YearContext<'_>,
    mut done: impl FnMut(Phase),
) {
    let Memory { intake: agenda, support: supported, jobs, exits, deals, accounts, students } =
        memory;
    let mut linked = 0;
    world.ledger_mut().open_year(context.year);
    for phase in Phase::ALL {
        world.ledger_mut().open_phase(phase);
        match phase {
            Phase::Policy => calendar::run(world, context),
            Phase::Intake => {
                exits.find(context, world.district());
                intake::run(world, context, agenda, exits);
            }
            Phase::Graduation => linked = graduation::run(world, context, students),
            Phase::Jobs => {
                jobs::exits(world, context, exits);
                support::run(world, context, supported);
                jobs::staff(world, context, supported, jobs, linked);
            }
            Phase::Investment => investment::run(world, context, supported, deals),
            Phase::Accounts => accounts::run(world, context, accounts),
        }
        done(phase);
    }
}
