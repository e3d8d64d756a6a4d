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
mod visits;
mod vouchers;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::model::district::World;
use crate::model::district::packed::Sector;
use crate::model::founders::Candidate;
use crate::model::founders::Founders;
use crate::model::ledger::MOST_FACILITIES;
use crate::model::phases::YearContext;
use crate::model::phases::accounts;
use crate::model::phases::admission;
use crate::model::phases::admission::Office;
use crate::model::phases::admission::Tastes;
use crate::model::phases::choice;
use crate::model::phases::choice::FreeSpace;
use crate::model::phases::choice::Values;
use crate::model::phases::intake::candidates::own_candidates;
use crate::model::phases::intake::item::Item;
use crate::model::phases::intake::offices::Application;
use crate::model::phases::intake::openings::InstituteVisit;
use crate::model::phases::intake::openings::Opening;
use crate::model::phases::intake::openings::openings;
use crate::model::phases::intake::visits::Visit;
use crate::model::phases::jobs::ExitDays;
use crate::model::phases::space;
use crate::random::Key;

pub use newborn::blank;
pub use newborn::headcount;

/// Memory that is kept from year to year.
#[derive(Clone, Debug, Default)]
pub struct IntakeMemory {
    agenda: Vec<Item>,
    /// Where the agenda is put in order.
    by_day: Vec<Item>,
    /// Tenancies that begin and end within the year.
    late: BinaryHeap<Reverse<Item>>,
    /// Graduates and spin-offs; independent candidates belong to the replication.
    own: Vec<Candidate>,
    openings: Vec<Opening>,
    waiting: Vec<Application>,
    visits: Vec<Visit>,
    institute_visits: Vec<InstituteVisit>,
    keys: Vec<Key>,
    draws: [Vec<f64>; 2],
    /// Draws of days on which visits apply, and on which they reconsider.
    days: [Vec<f64>; 2],
    rows: Vec<u32>,
    /// Tastes for facilities of startups who look round, and after them of such founders.
    tastes: Tastes,
    /// The places of founders in `tastes`, or `NOWHERE`.
    aware: Vec<u32>,
    /// What is settled on 1 January of each founder.
    settled: Vec<u64>,
}

/// The place of a founder who does not look round for a facility.
const NOWHERE: u32 = u32::MAX;

struct Intake<'a, 'w> {
    world: &'w mut World,
    context: &'w YearContext<'a>,
    values: Values,
    free: FreeSpace,
    /// Floor space that tenants take in each facility, by number `[m2]`.
    taken: [i64; MOST_FACILITIES],
    offices: Vec<Office<'a>>,
    founders: &'a Founders,
    memory: &'w mut IntakeMemory,
    exits: &'w mut ExitDays,
    vouchers_left: Vec<u32>,
}

/// Handles the intake of the year.
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
    intake.write_agenda();
    intake.settle_founders();
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
    memory.agenda = agenda;
    world.clear_founders();
    world.close_intake(first);
}

impl Intake<'_, '_> {
    /// Independent founders who come before an item, from the `next` one on.
    fn founders_before(&mut self, next: &mut u32, item: Item) {
        let founders = self.founders.list();
        while let Some(founder) = founders.get(*next as usize) {
            // Days come first in the order of items.
            let comes = founder.day < item.day()
                || founder.day == item.day() && Item::founder(founder, *next) < item;
            if !comes {
                break;
            }
            if !self.memory.late.is_empty() {
                self.late_before(Item::founder(founder, *next));
            }
            self.founder(*next, founder.day);
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

    /// Whether a startup has failed before a day, so that nothing more happens to it.
    fn is_gone(&mut self, row: usize, day: u16) -> bool {
        self.exits.startup_is_gone(self.context, self.world.district().startups(), row, day)
    }

    /// The floor space that a firm of the private market needs `[m2]`.
    fn need(&self, sector: Sector, headcount: i32) -> i64 {
        space::space(self.context.theta, sector, headcount)
    }
}
