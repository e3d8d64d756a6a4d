//! Services and grants to startups: who uses what this year, and what it does for them.

#![expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]

use std::ops::Range;

use crate::model::admission;
use crate::model::context::YearContext;
use crate::model::district::World;
use crate::model::district::firms::ZEROS;
use crate::model::district::note::FirmNote;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::model::returns::diminishing;
use crate::model::whole::whole;
use crate::policy::levers::research_grant::ResearchGrant;
use crate::policy::levers::research_grant::Selection;
use crate::policy::levers::service::Scope;
use crate::policy::levers::service::Service;
use crate::policy::levers::service::ServiceKind;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::slice;

/// What supports add to each startup this year.
#[derive(Clone, Debug, Default)]
pub struct Support {
    /// Growth by testbeds, data, joint projects and last year's grants `[1/year]`.
    pub growth: Effect,
    /// Rise of the chance of a round by prototypes and grants `[logit]`.
    pub round: Effect,
    /// The services of the facility whose tenant it is.
    pub services: Effect,
    memory: SupportMemory,
}

/// A number for each startup by row, zero for most.
#[derive(Clone, Debug, Default)]
pub struct Effect {
    startups: usize,
    /// Zero but for those touched, and as long as it had to be.
    by_row: Vec<f64>,
    /// Rows that may hold more than zero: they alone are cleared for the next year.
    touched: Vec<u32>,
}

impl Effect {
    /// The numbers of the rows of a block.
    #[must_use]
    pub fn of(&self, rows: Range<usize>) -> &[f64] {
        if self.touched.is_empty() { &ZEROS[..rows.len()] } else { &self.by_row[rows] }
    }

    fn add(&mut self, row: u32, amount: f64) {
        if self.by_row.len() < self.startups {
            self.by_row.resize(self.startups, 0.0);
        }
        self.by_row[row as usize] += amount;
        self.touched.push(row);
    }

    fn reset(&mut self, startups: usize) {
        for row in self.touched.drain(..) {
            self.by_row[row as usize] = 0.0;
        }
        self.startups = startups;
    }
}

/// Working memory of services.
#[derive(Clone, Debug, Default)]
struct SupportMemory {
    keys: Vec<Key>,
    draws: Vec<f64>,
    rows: Vec<u32>,
}

/// Gives out this year's grants and services, and gathers what they do.
pub fn run(world: &mut World, context: &YearContext<'_>, support: &mut Support) {
    let startups = world.district().startups();
    for effect in [&mut support.growth, &mut support.round, &mut support.services] {
        effect.reset(startups.len());
    }
    if !context.case.plan.facilities.is_empty() {
        let services = admission::services(context);
        let (tags, rows) = (startups.tags(), &mut support.memory.rows);
        slice::choose(tags.len(), rows, |row| tags[row].is_tenant());
        for &row in &*rows {
            let facility = tags[row as usize].facility();
            support.services.add(row, services[usize::from(facility)]);
        }
    }
    for lever in &context.case.plan.grants {
        give_grants(world, context, lever);
    }
    for lever in &context.case.plan.services {
        give_service(world, context, lever, support);
    }
    if context.case.plan.grants.is_empty() {
        return;
    }
    let theta = context.theta;
    let startups = world.district().startups();
    for row in 0..startups.len() {
        let extra = startups.extra(row);
        // For two years: that of the grant and the next.
        if extra.grant_year == 0 || extra.grant_year + 1 < context.year {
            continue;
        }
        let reference = theta.grant_reference * f64::from(startups.headcount(row));
        let size = diminishing(extra.granted as f64, reference, theta.grant_saturation);
        let effect = context.case.effect(extra.grant) * size;
        if extra.grant_year + 1 == context.year {
            support.growth.add(row as u32, effect * theta.growth_grant);
        }
        support.round.add(row as u32, effect * theta.round_grant);
    }
}

/// Grants go to district startups young enough that had none in the last three years, and that have
/// been founded by the day of the grant.
fn give_grants(world: &mut World, context: &YearContext<'_>, lever: &ResearchGrant) {
    let share = lever.common.share_of_year(lever.common.from, context.year);
    let number = whole(f64::from(lever.grants) * share);
    let amount = whole(lever.amount);
    if number == 0 || amount == 0 {
        return;
    }
    let slot = lever.common.slot;
    let name_number = context.setup.lever_numbers[usize::from(slot)];
    let startups = world.district().startups();
    let mut turn: Vec<(f64, u64, usize)> = (0..startups.len())
        .filter(|&row| {
            let last = startups.extra(row).grant_year;
            startups.tags()[row].in_district()
                && f64::from(context.age(startups, row)) <= lever.longest_age
                && (last == 0 || last + 3 < context.year)
                && context.has_begun(startups, row, grant_day(context, startups.key()[row]))
        })
        .map(|row| {
            let key = startups.key()[row].entity(name_number);
            let score = match lever.selection {
                Selection::Ranked => {
                    let noise = distribution::normal(key.uniform(context.year, Purpose::Score));
                    let weight = context.theta.selection_weight;
                    admission::rank(weight, startups.quality()[row], noise)
                }
                Selection::Lottery => key.uniform(context.year, Purpose::Lottery),
            };
            (score, startups.id()[row].number(), row)
        })
        .collect();
    turn.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    turn.truncate(usize::try_from(number).unwrap_or(0));
    for (_, _, row) in turn {
        let day = grant_day(context, world.district().startups().key()[row]);
        world.give_grant(row, slot, day, context.year, amount);
    }
}

/// The day of the year on which a firm gets a grant.
fn grant_day(context: &YearContext<'_>, firm: Key) -> u16 {
    distribution::days(firm.uniform(context.year, Purpose::GrantDay))
}

fn give_service(
    world: &mut World,
    context: &YearContext<'_>,
    lever: &Service,
    support: &mut Support,
) {
    let open = lever.common.share_of_year(lever.building.opening, context.year);
    let reach = lever.reach * open;
    if reach <= 0.0 {
        return;
    }
    let slot = lever.common.slot;
    let effect = context.case.effect(slot);
    let name_number = context.setup.lever_numbers[usize::from(slot)];
    let facility = match lever.scope {
        Scope::District => NONE,
        Scope::Tenants(facility) => context.setup.facility_number(facility),
    };
    let theta = context.theta;
    let startups = world.district().startups();
    let SupportMemory { keys, draws, rows } = &mut support.memory;
    let tags = startups.tags();
    match lever.scope {
        Scope::District => slice::choose(tags.len(), rows, |row| tags[row].in_district()),
        Scope::Tenants(_) => {
            slice::choose(tags.len(), rows, |row| tags[row].facility() == facility);
        }
    }
    keys.clear();
    keys.extend(rows.iter().map(|&row| startups.key()[row as usize].entity(name_number)));
    slice::uniforms(keys, context.year, Purpose::ServiceUse, draws);
    let (effects, amount) = match lever.kind {
        ServiceKind::JointProjects => (&mut support.growth, theta.growth_joint),
        ServiceKind::Testbed => (&mut support.growth, theta.growth_testbed),
        ServiceKind::DataCentre => (&mut support.growth, theta.growth_data),
        ServiceKind::PrototypeSupport => (&mut support.round, theta.round_prototype),
    };
    for ((&row, key), _) in rows.iter().zip(&*keys).zip(&*draws).filter(|&(_, &draw)| draw < reach)
    {
        let startups = world.district().startups();
        let day = distribution::days(key.uniform(context.year, Purpose::ServiceDay));
        if !context.has_begun(startups, row as usize, day) {
            continue;
        }
        effects.add(row, effect * amount);
        let row = row as usize;
        let amount = i64::from(startups.headcount(row));
        let note =
            FirmNote { amount, lever: slot, ..FirmNote::new(EventKind::ServiceUsed, day, "use") };
        world.note(Population::Startups, row, &note);
        world.serve(row, slot);
    }
}
