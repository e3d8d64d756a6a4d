//! Startups that look round for a facility, or reconsider where they are.

#![expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]

use crate::model::admission;
use crate::model::admission::Applicant;
use crate::model::choice;
use crate::model::district::firms::blocks;
use crate::model::id::Origin;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::model::phases::intake::state::Intake;
use crate::model::phases::intake::state::IntakeMemory;
use crate::model::phases::intake::state::NOWHERE;
use crate::model::phases::intake::state::Visit;
use crate::model::phases::intake::state::Waiting;
use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::policy::area::MOST_AREAS;
use crate::random::Address;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::slice;

/// The draw of a fresh taste for an area.
pub(super) fn move_taste(area: Area) -> Address {
    Purpose::MoveTaste.for_area(area.number())
}

impl Intake<'_, '_> {
    /// Finds the startups that look round for a facility or reconsider where they are.
    pub(super) fn find_visits(&mut self) {
        let context = self.context;
        let (year, theta) = (context.year, context.theta);
        let startups = self.world.district().startups();
        let looks_below = self.offices.iter().map(|office| office.looks_below).fold(0.0, f64::max);
        let oldest = self.offices.iter().map(|office| office.lever.longest_age).fold(0.0, f64::max);
        // Firms lie in the order of their years of birth: the young come last.
        let is_old = |born| f64::from(context.age_of(born)) > oldest;
        let young = startups.dates().partition_point(|dates| is_old(dates.born()));
        let IntakeMemory { visits, draws: [looks, reconsiders], rows, .. } = &mut *self.memory;
        visits.clear();
        for block in blocks(startups.len()) {
            let keys = &startups.key()[block.clone()];
            slice::uniforms(keys, year, Purpose::LooksRound, looks);
            slice::uniforms(keys, year, Purpose::Reconsiders, reconsiders);
            let (first, tags) = (block.start, &startups.tags()[block]);
            let (looks, reconsiders) = (&looks[..tags.len()], &reconsiders[..tags.len()]);
            let applies = |row: usize| (looks[row] < looks_below) & (first + row >= young);
            let moves = |row: usize| reconsiders[row] < theta.relocation_rate;
            slice::choose(tags.len(), rows, |row| {
                !tags[row].is_tenant() & (applies(row) | moves(row))
            });
            visits.extend(rows.iter().map(|&row| {
                let (applies, moves) = (applies(row as usize), moves(row as usize));
                let looks = looks[row as usize];
                let row = first as u32 + row;
                Visit { row, looks, place: NOWHERE, applies, moves }
            }));
        }
    }

    /// Draws the days and the fresh tastes of visits, and leaves those out that no area draws away.
    pub(super) fn draw_visits(&mut self) {
        let (year, theta) = (self.context.year, self.context.theta);
        let startups = self.world.district().startups();
        let areas = self.context.areas();
        let IntakeMemory { visits, move_tastes: tastes, keys, days, .. } = &mut *self.memory;
        keys.clear();
        keys.extend(visits.iter().map(|visit| startups.key()[visit.row as usize]));
        tastes.resize_with(areas.len(), Vec::new);
        for (tastes, &area) in tastes.iter_mut().zip(areas) {
            slice::uniforms(keys, year, move_taste(area), tastes);
            slice::gumbel(tastes);
        }
        let [applies_on, moves_on] = days;
        slice::uniforms(keys, year, Purpose::ApplicationDay, applies_on);
        slice::uniforms(keys, year, Purpose::MoveDay, moves_on);
        // A voucher may draw a firm away later in the year; an applicant may sit elsewhere by then.
        if !self.context.case.plan.vouchers.is_empty() {
            return;
        }
        for (place, visit) in visits.iter_mut().enumerate().filter(|(_, visit)| !visit.applies) {
            let area = startups.tags()[visit.row as usize].area();
            let values = self.values.of_moving(theta, area);
            let totals = areas.iter().zip(&*tastes);
            let mut totals = totals.map(|(&k, tastes)| (k, values[k.index()] + tastes[place]));
            let stays = totals.clone().find(|&(k, _)| k == area).map_or(f64::INFINITY, |it| it.1);
            visit.moves = totals.any(|(k, total)| k != area && total > stays);
        }
    }

    /// The fresh tastes of a visit.
    fn tastes_of(&self, visit: usize) -> ByArea<f64> {
        let mut tastes = [0.0; MOST_AREAS];
        for (area, of_area) in self.context.areas().iter().zip(&self.memory.move_tastes) {
            tastes[area.index()] = of_area[visit];
        }
        tastes
    }

    /// Draws the tastes for facilities of startups and founders who look round.
    pub(super) fn draw_tastes(&mut self) {
        let below = self.offices.iter().map(|office| office.looks_below).fold(0.0, f64::max);
        let startups = self.world.district().startups();
        let IntakeMemory { visits, tastes, aware, keys, rows, .. } = &mut *self.memory;
        keys.clear();
        for visit in visits.iter_mut().filter(|visit| visit.applies) {
            visit.place = keys.len() as u32;
            keys.push(startups.key()[visit.row as usize]);
        }
        let looks = self.founders.looks();
        aware.clear();
        aware.resize(looks.len(), NOWHERE);
        slice::choose(looks.len(), rows, |place| looks[place] < below);
        for &founder in &*rows {
            aware[founder as usize] = keys.len() as u32;
            keys.push(self.founders.list()[founder as usize].key);
        }
        tastes.draw(self.context, &self.offices, keys);
    }

    /// Fresh tastes of a firm for the areas this year.
    pub(super) fn fresh_tastes(&self, key: Key) -> ByArea<f64> {
        let draw = |area| key.uniform(self.context.year, move_taste(area));
        self.context.setup.district.areas.map(|area| distribution::gumbel(draw(area)))
    }

    pub(super) fn looks_round(&mut self, visit: usize, day: u16) {
        let Visit { row, looks, place, .. } = self.memory.visits[visit];
        let tastes = self.tastes_of(visit);
        let row = row as usize;
        let firms = self.world.district().startups();
        let area = firms.tags()[row].area();
        let (key, headcount) = (firms.key()[row], firms.headcount(row));
        let gain = self.gain_of_moving(row, day);
        let values = self.values.of_moving(self.context.theta, area);
        let values = std::array::from_fn(|k| values[k] + gain[k]);
        let stays = values[area.index()] + tastes[area.index()];
        let need = self.need(firms.tags()[row].sector(), headcount);
        let moves = choice::best_area(self.context.areas(), &values, &tastes, &self.free, need);
        let applicant = Applicant {
            key,
            looks,
            place: Some(place),
            age: f64::from(self.context.age(firms, row)),
            headcount,
            sector: firms.tags()[row].sector().index(),
            visited: firms.extra(row).visited,
            graduate: firms.id()[row].origin() == Origin::Graduate,
            alternative: moves.map_or(stays, |(_, value)| value.max(stays)),
        };
        let choices =
            admission::choices(self.context, &self.offices, &applicant, &self.memory.tastes, day);
        self.apply(Waiting::Startup(row as u32), choices, 0, day);
    }

    pub(super) fn reconsiders(&mut self, visit: usize, day: u16) {
        let row = self.memory.visits[visit].row as usize;
        let firms = self.world.district().startups();
        // Who has become a tenant on an earlier day stays.
        if firms.tags()[row].facility() != NONE {
            return;
        }
        let area = firms.tags()[row].area();
        let need = self.need(firms.tags()[row].sector(), firms.headcount(row));
        let tastes = self.tastes_of(visit);
        let values = self.values.of_moving(self.context.theta, area);
        let gain = self.gain_of_moving(row, day);
        let values = std::array::from_fn(|k| values[k] + gain[k]);
        let stays = values[area.index()] + tastes[area.index()];
        if let Some((to, value)) =
            choice::best_area(self.context.areas(), &values, &tastes, &self.free, need)
            && to != area
            && value > stays
        {
            self.world.relocate(Population::Startups, row, to, day, NONE, "reconsidered");
            self.free.give(area, need);
            self.free.take(to, need);
            self.entered(row, to, day);
        }
    }
}
