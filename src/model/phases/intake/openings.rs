//! Institutes open of themselves, are brought by levers, and move.

use crate::model::choice;
use crate::model::context::YearContext;
use crate::model::district::World;
use crate::model::district::extra::Extra;
use crate::model::district::firms::Firm;
use crate::model::district::firms::Firms;
use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::model::phases::intake::newborn::blank;
use crate::model::phases::intake::newborn::headcount;
use crate::model::phases::intake::state::InstituteVisit;
use crate::model::phases::intake::state::Intake;
use crate::model::phases::intake::state::IntakeMemory;
use crate::model::phases::intake::state::Opening;
use crate::model::phases::intake::visits::move_taste;
use crate::model::phases::jobs::ExitDays;
use crate::model::posts::specialists;
use crate::policy::area::Area;
use crate::policy::area::MOST_AREAS;
use crate::policy::sector::Sector;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::slice;

/// Institutes that open this year: of themselves, and those that a lever brings.
#[inline(never)]
pub(super) fn openings(world: &World, context: &YearContext<'_>, exits: &ExitDays) -> Vec<Opening> {
    let (year, theta) = (context.year, context.theta);
    let start = &context.setup.district;
    let (mean, spread) = start
        .institutes
        .first()
        .map_or((20.0, 0.8), |group| (group.headcount_mean, group.headcount_spread));
    let count = context.chance.city().uniform(year, Purpose::InstituteCount);
    let count = distribution::poisson(count, theta.institute_rate);
    let mut openings: Vec<Opening> = (0..u32::try_from(count).unwrap_or(0).min(INSTITUTES_A_YEAR))
        .map(|index| {
            let id = FirmId::new(year, Origin::Institute, 0, index);
            let key = context.chance.new_institute(year, index);
            let since = u32::from(year - context.setup.first_year);
            let number = FIRST_NEW + since * INSTITUTES_A_YEAR + index;
            let firm = institute(context, id, key, number, mean, spread);
            Opening { firm, area: None, from: None }
        })
        .collect();
    // No institute moves twice, whichever lever asks for it.
    let mut taken: Vec<u32> = Vec::new();
    for lever in &context.case.plan.institutes {
        let effective = context.case.effect(lever.common.slot) > 0.0;
        if lever.building.opening.year != year || !effective {
            continue;
        }
        let is_gone = |row| exits.institute_is_gone(row, lever.building.opening.day);
        let slot = lever.common.slot;
        let lever_key = context.chance.lever(context.setup.lever_numbers[usize::from(slot)]);
        for index in 0..lever.institutes {
            let id = FirmId::new(year, Origin::Brought, u32::from(slot), index);
            let key = lever_key.entity(u64::from(index));
            let from = (key.uniform(0, Purpose::FromCity) < lever.from_city)
                .then(|| mover(world.district().institutes(), &taken, is_gone))
                .flatten();
            taken.extend(from);
            let number = FIRST_BROUGHT + u32::from(slot) * BROUGHT_BY_LEVER + index;
            let mut firm = institute(context, id, key, number, lever.headcount, spread);
            firm.born = context.ordinal(lever.building.opening.day);
            firm.extra.form = lever.form;
            openings.push(Opening { firm, area: Some((lever.area, slot)), from });
        }
    }
    openings
}

/// Numbers of institutes: those at the start from 0, then those that open, then those brought.
pub(super) const FIRST_NEW: u32 = 1_000_000;

pub(super) const INSTITUTES_A_YEAR: u32 = 50_000;

pub(super) const FIRST_BROUGHT: u32 = 20_000_000;

pub(super) const BROUGHT_BY_LEVER: u32 = 10_000;

/// The institute elsewhere in the city that is the first to move, by a draw of its own.
pub(super) fn mover(
    institutes: &Firms,
    taken: &[u32],
    is_gone: impl Fn(usize) -> bool,
) -> Option<u32> {
    let free = |row: &usize| {
        !institutes.tags()[*row].in_district()
            && institutes.tags()[*row].sector() == Sector::INSTITUTE
            && institutes.account()[*row].served == 0
            && !taken.iter().any(|&other| other as usize == *row)
            && !is_gone(*row)
    };
    (0..institutes.len())
        .filter(free)
        .min_by(|&a, &b| {
            let draw = |row: usize| institutes.key()[row].uniform(0, Purpose::Lottery);
            draw(a).total_cmp(&draw(b)).then(a.cmp(&b))
        })
        .and_then(|row| u32::try_from(row).ok())
}

pub(super) fn institute(
    context: &YearContext<'_>,
    id: FirmId,
    key: Key,
    number: u32,
    mean: f64,
    spread: f64,
) -> Firm {
    let day = distribution::days(key.uniform(context.year, Purpose::ArrivalDay));
    let size = distribution::normal(key.uniform(context.year, Purpose::InstituteHeadcount));
    let headcount = headcount(size, mean, spread);
    let share = context.theta.specialist_share_institute;
    let specialists = specialists(headcount, share, key);
    let place = (context.setup.district.areas.reference(), context.ordinal(day));
    Firm {
        extra: Extra { number, ..Extra::NOTHING },
        ..blank(id, key, place, Sector::INSTITUTE, specialists, headcount)
    }
}

impl Intake<'_, '_> {
    pub(super) fn opens(&mut self, index: usize, day: u16) {
        let Opening { mut firm, area, from } = self.memory.openings[index];
        if let (Some(row), Some((to, lever))) = (from, area) {
            let row = row as usize;
            self.world.bring(row, to, day, lever);
            return;
        }
        let headcount = firm.specialists + firm.others;
        let need = self.need(firm.sector, headcount);
        firm.area = if let Some((area, lever)) = area {
            // It has a building of its own, off the private market.
            firm.sector = Sector::LABORATORY;
            firm.served |= 1 << lever;
            area
        } else {
            let tastes = self.fresh_tastes(firm.key);
            let best = choice::best_area(
                self.context.areas(),
                &self.values.institute,
                &tastes,
                &self.free,
                need,
            );
            let Some((area, _)) = best else { return };
            self.free.take(area, need);
            area
        };
        let row = self.world.found(Population::Institutes, &firm, day);
        if area.is_none() {
            let mask = self.context.in_force[firm.area.index()].levers;
            self.world.serve_all(Population::Institutes, row, mask);
        }
    }

    /// Finds the institutes that reconsider where they are, and leaves those out that no area draws
    /// away.
    pub(super) fn find_institute_visits(&mut self) {
        let (year, theta) = (self.context.year, self.context.theta);
        let institutes = self.world.district().institutes();
        let tags = institutes.tags();
        let IntakeMemory { institute_visits, keys, draws: [draws, taste], rows, openings, .. } =
            &mut *self.memory;
        slice::uniforms(institutes.key(), year, Purpose::Reconsiders, draws);
        let draws = &draws[..tags.len()];
        slice::choose(tags.len(), rows, |row| draws[row] < theta.institute_relocation_rate);
        rows.retain(|&row| tags[row as usize].sector() == Sector::INSTITUTE);
        keys.clear();
        keys.extend(rows.iter().map(|&row| institutes.key()[row as usize]));
        institute_visits.clear();
        institute_visits
            .extend(rows.iter().map(|&row| InstituteVisit { row, tastes: [0.0; MOST_AREAS] }));
        for &area in self.context.areas() {
            slice::uniforms(keys, year, move_taste(area), taste);
            slice::gumbel(taste);
            for (visit, &taste) in institute_visits.iter_mut().zip(&*taste) {
                visit.tastes[area.index()] = taste;
            }
        }
        // Whom a lever brings this year sits elsewhere by then.
        if openings.iter().any(|opening| opening.from.is_some()) {
            return;
        }
        let (values, areas) = (&self.values, self.context.areas());
        institute_visits.retain(|visit| {
            let area = tags[visit.row as usize].area();
            let values = values.of_moving_institute(theta, area);
            let total = |k: Area| values[k.index()] + visit.tastes[k.index()];
            areas.iter().any(|&k| k != area && total(k) > total(area))
        });
    }

    pub(super) fn institute_moves(&mut self, visit: usize, day: u16) {
        let InstituteVisit { row, tastes } = self.memory.institute_visits[visit];
        let row = row as usize;
        let firms = self.world.district().institutes();
        let area = firms.tags()[row].area();
        let need = self.need(Sector::INSTITUTE, firms.headcount(row));
        let values = self.values.of_moving_institute(self.context.theta, area);
        let stays = values[area.index()] + tastes[area.index()];
        if let Some((to, value)) =
            choice::best_area(self.context.areas(), &values, &tastes, &self.free, need)
            && to != area
            && value > stays
        {
            self.world.relocate(Population::Institutes, row, to, day, NONE, "reconsidered");
            self.free.give(area, need);
            self.free.take(to, need);
            let mask = self.context.in_force[to.index()].levers;
            self.world.serve_all(Population::Institutes, row, mask);
        }
    }
}
