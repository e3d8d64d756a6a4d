//! What startups use: who uses what this year, and what it does for them. Services, grants and general
//! instruments go one way.

#![expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]

pub mod by_row;
pub mod everyone;
mod offer;
mod targets;

use crate::model::admission;
use crate::model::context::YearContext;
use crate::model::district::District;
use crate::model::district::Use;
use crate::model::district::World;
use crate::model::district::note::FirmNote;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::Population;
use crate::model::returns::diminishing;
use crate::model::support::by_row::ByRow;
use crate::model::support::offer::Offer;
use crate::model::support::offer::offers;
use crate::model::support::targets::is_for;
use crate::model::whole::whole;
use crate::policy::effect::Effect;
use crate::policy::effect::On;
use crate::policy::take_up::For;
use crate::policy::take_up::Gives;
use crate::policy::take_up::Selection;
use crate::policy::take_up::TakeUp;
use crate::policy::take_up::Targets;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::slice;

/// What supports add to each startup this year.
#[derive(Clone, Debug, Default)]
pub struct Support {
    /// Growth by what it uses or has used `[1/year]`.
    pub growth: ByRow,
    /// Rise of the chance of a round `[logit]`.
    pub round: ByRow,
    /// Fall of the rate at which specialists quit `[ln]`.
    pub quits: ByRow,
    /// Rise of the share of vacancies that are filled `[ln]`.
    pub hiring: ByRow,
    /// The services of the facility whose tenant it is.
    pub services: ByRow,
    memory: SupportMemory,
}

/// Working memory.
#[derive(Clone, Debug, Default)]
struct SupportMemory {
    keys: Vec<Key>,
    draws: Vec<f64>,
    rows: Vec<u32>,
}

impl Support {
    fn on(&mut self, on: On) -> Option<&mut ByRow> {
        match on {
            On::Growth => Some(&mut self.growth),
            On::Round => Some(&mut self.round),
            On::Quits => Some(&mut self.quits),
            On::Hiring => Some(&mut self.hiring),
            On::Exit | On::Founding | On::MovingIn => None,
        }
    }
}

/// Gives out this year's grants, services and instruments, and gathers what they do.
#[inline(never)]
pub fn run(world: &mut World, context: &YearContext<'_>, support: &mut Support) {
    let startups = world.district().startups();
    let Support { growth, round, quits, hiring, services, memory } = &mut *support;
    for effect in [growth, round, quits, hiring, &mut *services] {
        effect.reset(startups.len());
    }
    if !context.case.plan.facilities.is_empty() {
        let of_facility = admission::services(context);
        let (tags, rows) = (startups.tags(), &mut memory.rows);
        slice::choose(tags.len(), rows, |row| tags[row].is_tenant());
        for &row in &*rows {
            let facility = tags[row as usize].facility();
            services.add(row, of_facility[usize::from(facility)]);
        }
    }
    for_everyone(world.district(), context, support);
    let offers = offers(context);
    if offers.is_empty() {
        return;
    }
    let kept = |used: &Use| {
        let known = offers.iter().find(|offer| offer.common.slot == used.lever);
        known.is_some_and(|offer| context.year <= used.year + offer.remembered())
    };
    world.keep_uses(kept);
    // Grants first: the order of the log.
    let is_grant = |offer: &&Offer<'_>| offer.event.0 == EventKind::GrantGiven;
    for offer in offers.iter().filter(is_grant) {
        take_up(world, context, offer, &mut support.memory);
    }
    for offer in offers.iter().filter(|offer| !is_grant(offer)) {
        take_up(world, context, offer, &mut support.memory);
    }
    let district = world.district();
    for offer in &offers {
        for used in district.uses().iter().filter(|used| used.lever == offer.common.slot) {
            let Some(row) = row_of(context, district, used) else { continue };
            let headcount = district.startups().headcount(row);
            for (effect, size) in &offer.effects {
                let adds = offer.adds(context, used, headcount, effect, *size);
                if let (Some(adds), Some(on)) = (adds, support.on(effect.on)) {
                    on.add(row as u32, adds);
                }
            }
        }
    }
}

/// Gathers what instruments for whole areas do for the startups there.
fn for_everyone(district: &District, context: &YearContext<'_>, support: &mut Support) {
    let startups = district.startups();
    for on in [On::Growth, On::Round, On::Quits, On::Hiring] {
        for (lever, effect) in everyone::of_area(context, on) {
            for row in 0..startups.len() {
                if is_for(&lever.targets, context, startups, row)
                    && let Some(by_row) = support.on(on)
                {
                    by_row.add(row as u32, effect);
                }
            }
        }
    }
}

/// The row of the firm of a use, while it is alive.
fn row_of(context: &YearContext<'_>, district: &District, used: &Use) -> Option<usize> {
    // In the year of the use rows stay.
    if used.year == context.year {
        return Some(used.row as usize);
    }
    district.startups().id().binary_search(&used.firm).ok()
}

/// What uses of earlier years take off the exit hazard of each startup that is there on 1 January `[ln]`.
pub fn on_exit(context: &YearContext<'_>, district: &District, by_row: &mut ByRow) {
    by_row.reset(district.startups().len());
    if district.uses().is_empty() {
        return;
    }
    for offer in &offers(context) {
        let Some((effect, size)) = offer.effects.iter().find(|(effect, _)| effect.on == On::Exit)
        else {
            continue;
        };
        for used in district.uses().iter().filter(|used| used.lever == offer.common.slot) {
            let row = district.startups().id().binary_search(&used.firm).ok();
            let Some(row) = row else { continue };
            let headcount = district.startups().headcount(row);
            if let Some(adds) = offer.adds(context, used, headcount, effect, *size) {
                by_row.add(row as u32, adds);
            }
        }
    }
}

impl Offer<'_> {
    /// The years after a use for which it has to be known.
    fn remembered(&self) -> u16 {
        let ends = self.effects.iter().map(|(effect, _)| effect.ends()).max().unwrap_or(0);
        ends.max(self.pause.0)
    }

    /// What a use adds this year to what an effect is on; `None` before and after its time.
    fn adds(
        &self,
        context: &YearContext<'_>,
        used: &Use,
        headcount: i32,
        effect: &Effect,
        size: f64,
    ) -> Option<f64> {
        let strength = effect.strength(context.year.checked_sub(used.year)?);
        if strength <= 0.0 {
            return None;
        }
        let dose = match (effect.per, self.gives) {
            (None, _) | (Some(_), Gives::Nothing) => 1.0,
            (Some(per), Gives::Each(_)) => {
                let reference = per * f64::from(headcount);
                diminishing(used.amount as f64, reference, effect.saturation)
            }
            (
                Some(per),
                Gives::WageShare(share) | Gives::RentShare(share) | Gives::RoundShare(share),
            ) => diminishing(share, per, effect.saturation),
        };
        Some(context.case.effect(self.common.slot) * dose * strength * size)
    }
}

/// The firms that use an offer this year.
fn take_up(
    world: &mut World,
    context: &YearContext<'_>,
    offer: &Offer<'_>,
    memory: &mut SupportMemory,
) {
    let open = offer.common.share_of_year(offer.opens, context.year);
    if open <= 0.0 {
        return;
    }
    let SupportMemory { keys, draws, rows } = memory;
    let startups = world.district().startups();
    let Targets { areas, tenants, .. } = &offer.targets;
    let tags = startups.tags();
    match *tenants {
        None => slice::choose(tags.len(), rows, |row| areas[tags[row].area().index()]),
        Some(facility) => {
            let facility = context.setup.facility_number(facility);
            slice::choose(tags.len(), rows, |row| tags[row].facility() == facility);
        }
    }
    rows.retain(|&row| is_for(&offer.targets, context, startups, row as usize));
    pause(world.district(), context, offer, rows);
    let slot = offer.common.slot;
    let name_number = context.setup.lever_numbers[usize::from(slot)];
    let startups = world.district().startups();
    keys.clear();
    keys.extend(rows.iter().map(|&row| startups.key()[row as usize].entity(name_number)));
    let (purpose, is_own) = offer.day;
    let day = |row: u32, key: &Key| {
        let key = if is_own { *key } else { startups.key()[row as usize] };
        distribution::days(key.uniform(context.year, purpose))
    };
    let mut users: Vec<(u32, u16)> = Vec::new();
    if let (TakeUp::Reach(reach), Selection::Lot) = (offer.take_up, offer.selection) {
        let reach = reach * open;
        slice::uniforms(keys, context.year, Purpose::ServiceUse, draws);
        let chosen = rows.iter().zip(&*keys).zip(&*draws).filter(|&(_, &draw)| draw < reach);
        users.extend(chosen.map(|((&row, key), _)| (row, day(row, key))));
        users.retain(|&(row, day)| context.has_begun(startups, row as usize, day));
    } else {
        // Who comes first, then by name.
        let mut turn: Vec<(f64, u64, u32, u16)> = rows
            .iter()
            .zip(&*keys)
            .map(|(&row, key)| (row, key, day(row, key)))
            .filter(|&(row, _, day)| context.has_begun(startups, row as usize, day))
            .map(|(row, key, day)| {
                let score = match offer.selection {
                    Selection::Merit => {
                        let noise = distribution::normal(key.uniform(context.year, Purpose::Score));
                        let weight = context.theta.selection_weight;
                        admission::rank(weight, startups.quality()[row as usize], noise)
                    }
                    Selection::Lot => key.uniform(context.year, Purpose::Lottery),
                    Selection::Order => -f64::from(day),
                };
                (score, startups.id()[row as usize].number(), row, day)
            })
            .collect();
        let number = match (offer.take_up, offer.gives) {
            (TakeUp::Reach(reach), _) => whole(reach * open * turn.len() as f64),
            (TakeUp::Number(number), _) => whole(f64::from(number) * open),
            (TakeUp::Budget(budget), Gives::Each(each)) if each > 0.0 => {
                (budget * open / each).min(u32::MAX.into()) as i64
            }
            _ => 0,
        };
        turn.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        turn.truncate(usize::try_from(number).unwrap_or(0));
        users.extend(turn.into_iter().map(|(_, _, row, day)| (row, day)));
    }
    for (row, day) in users {
        give(world, context, offer, row, day);
    }
}

/// Leaves out those who have used an offer, or one that excludes it, too short a time ago.
fn pause(district: &District, context: &YearContext<'_>, offer: &Offer<'_>, rows: &mut Vec<u32>) {
    let (years, levers) = offer.pause;
    if years == 0 || district.uses().is_empty() {
        return;
    }
    let blocks = |used: &&Use| levers >> used.lever & 1 == 1 && used.year + years >= context.year;
    let mut blocked: Vec<_> = district.uses().iter().filter(blocks).map(|used| used.firm).collect();
    blocked.sort_unstable();
    let id = district.startups().id();
    rows.retain(|&row| blocked.binary_search(&id[row as usize]).is_err());
}

/// A startup uses an offer on a day.
fn give(world: &mut World, context: &YearContext<'_>, offer: &Offer<'_>, row: u32, day: u16) {
    let slot = offer.common.slot;
    let (kind, cause) = offer.event;
    let startups = world.district().startups();
    let headcount = i64::from(startups.headcount(row as usize));
    let amount = match offer.gives {
        Gives::Each(each) => whole(each),
        Gives::RentShare(share) => {
            whole(share * everyone::rent(context, world.district(), row as usize))
        }
        Gives::Nothing | Gives::WageShare(_) | Gives::RoundShare(_) => 0,
    };
    let firm = startups.id()[row as usize];
    let noted = if kind == EventKind::GrantGiven { amount } else { headcount };
    let note = FirmNote { amount: noted, lever: slot, ..FirmNote::new(kind, day, cause) };
    world.note(Population::Startups, row as usize, &note);
    world.serve(row as usize, slot);
    world.remember(Use { firm, row, lever: slot, year: context.year, amount });
}

/// What the users of an instrument were given this year `[account units]`.
#[must_use]
pub fn paid(
    context: &YearContext<'_>,
    district: &District,
    lever: &crate::policy::levers::instrument::Instrument,
) -> f64 {
    if lever.population != For::Startups {
        return 0.0;
    }
    let startups = district.startups();
    let is_one = |used: &&Use| used.lever == lever.common.slot && used.year == context.year;
    let uses = district.uses().iter().filter(is_one);
    let each = |used: &Use| {
        let row = used.row as usize;
        match lever.gives {
            Gives::Nothing => 0.0,
            Gives::Each(_) | Gives::RentShare(_) => used.amount as f64,
            Gives::WageShare(share) => {
                share * context.theta.wage * f64::from(startups.headcount(row))
            }
            Gives::RoundShare(share) => {
                let closed = startups.dates()[row].last_round() == context.year;
                if closed { share * startups.last_raised()[row] } else { 0.0 }
            }
        }
    };
    uses.fold(0.0, |sum, used| sum + each(used))
}
