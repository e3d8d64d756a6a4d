//! One year: the phases in order, on one screen.

use crate::model::Memory;
use crate::model::Simulation;
use crate::model::phases::YearContext;
use crate::model::phases::accounts;
use crate::model::phases::calendar;
use crate::model::phases::graduation;
use crate::model::phases::intake;
use crate::model::phases::investment;
use crate::model::phases::jobs;
use crate::model::phases::support;
use crate::time::Phase;

/// Runs the phases of one year. Each sees the year as the phases before it left it.
pub(super) fn run(simulation: &mut Simulation, context: &YearContext<'_>) {
    let Simulation { world, memory, .. } = simulation;
    let Memory { intake: agenda, support: supported, jobs, deals, accounts, students } = memory;
    let mut linked = 0;
    world.ledger_mut().open_year(context.year);
    for phase in Phase::ALL {
        world.ledger_mut().open_phase(phase);
        match phase {
            Phase::Policy => calendar::run(world, context),
            Phase::Intake => intake::run(world, context, agenda),
            Phase::Graduation => linked = graduation::run(world, context, students),
            Phase::Jobs => {
                jobs::exits(world, context, jobs);
                support::run(world, context, supported);
                jobs::staff(world, context, supported, jobs, linked);
            }
            Phase::Investment => investment::run(world, context, supported, deals),
            Phase::Accounts => accounts::run(world, context, accounts),
        }
    }
}
