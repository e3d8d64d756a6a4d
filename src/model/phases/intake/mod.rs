//! Intake: founders appear, choose a place, apply; tenancies end; firms reconsider where they are.
//!
//! Everything is dated and handled in the order of dates; ties go by the firm's name. A place or
//! floor space that falls free on a day is there for those who come later.

mod agenda;
mod candidates;
mod item;
mod newborn;
mod offices;
mod openings;
mod state;
mod visits;
mod vouchers;

use std::cmp::Reverse;

use crate::model::admission;
use crate::model::choice;
use crate::model::context::YearContext;
use crate::model::district::World;
use crate::model::phases::accounts;
use crate::model::phases::intake::candidates::own_candidates;
use crate::model::phases::intake::item::Item;
use crate::model::phases::intake::openings::openings;
use crate::model::phases::intake::state::Intake;
use crate::model::phases::jobs::ExitDays;

pub use newborn::blank;
pub use newborn::headcount;
pub use state::IntakeMemory;

/// Handles the intake of the year.
#[inline(never)]
pub fn run(
    world: &mut World,
    context: &YearContext<'_>,
    memory: &mut IntakeMemory,
    exits: &mut ExitDays,
) {
    let first = [world.district().startups().len(), world.district().institutes().len()];
    let jobs = world.district().jobs_by_area();
    let values = choice::values(context, world.district(), &jobs);
    own_candidates(world, context, exits, &mut memory.own);
    memory.openings = openings(world, context, exits);
    memory.waiting.clear();
    memory.late.clear();
    let mut intake = Intake {
        values,
        free: accounts::free_space(context, world.district()),
        taken: admission::space_taken(context, world.district()),
        offices: admission::offices(context, &values),
        founders: context.chance.founders(context.year),
        vouchers_left: context.case.plan.vouchers.iter().map(|lever| lever.vouchers).collect(),
        world,
        context,
        memory,
        exits,
    };
    intake.settle_founders();
    intake.part_founders();
    intake.write_agenda();
    let agenda = std::mem::take(&mut intake.memory.agenda);
    // Independent founders are in order already: whoever is next of both lists is next.
    let mut next = 0;
    for &item in &agenda {
        intake.founders_before(&mut next, item);
        intake.late_before(item);
        intake.handle(item);
    }
    intake.founders_before(&mut next, Item::NEVER);
    intake.late_before(Item::NEVER);
    intake.found_together();
    memory.agenda = agenda;
    world.clear_founders();
    world.close_intake(first);
}

impl Intake<'_, '_> {
    /// Independent founders who are handled in their turn and come before an item, from the `next` one on.
    fn founders_before(&mut self, next: &mut usize, item: Item) {
        let founders = self.founders.list();
        while let Some(&place) = self.memory.in_turn.get(*next) {
            let Some(founder) = founders.get(place as usize) else { break };
            // Days come first in the order of items.
            let comes = founder.day < item.day()
                || founder.day == item.day() && Item::founder(founder, place) < item;
            if !comes {
                break;
            }
            if !self.memory.late.is_empty() {
                self.late_before(Item::founder(founder, place));
            }
            self.founder(place, founder.day);
            *next += 1;
        }
    }

    /// Tenancies that begin and end within the year and end before an item.
    fn late_before(&mut self, item: Item) {
        while self.memory.late.peek().is_some_and(|late| late.0 < item) {
            if let Some(Reverse(late)) = self.memory.late.pop() {
                self.handle(late);
            }
        }
    }
}
