//! Candidates found a firm in an area or a facility, or stay out.

#![expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]

use crate::model::chance::Candidate;
use crate::model::chance::Chance;
use crate::model::district::World;
use crate::model::district::firms::Firm;
use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::model::phases::YearContext;
use crate::model::phases::admission;
use crate::model::phases::admission::Applicant;
use crate::model::phases::choice;
use crate::model::phases::intake::Intake;
use crate::model::phases::intake::NOWHERE;
use crate::model::phases::intake::newborn::blank;
use crate::model::phases::intake::newborn::specialist_share;
use crate::model::phases::intake::newborn::specialists;
use crate::model::phases::intake::offices::Outcome;
use crate::model::phases::intake::offices::Waiting;
use crate::policy::plan::Area;
use crate::random::Purpose;
use crate::random::distribution;

/// Who else would found this year, beside independents: graduates of last year, spin-offs.
pub(super) fn own_candidates(
    world: &World,
    context: &YearContext<'_>,
    candidates: &mut Vec<Candidate>,
) {
    let (year, theta) = (context.year, context.theta);
    candidates.clear();
    candidates.extend(world.district().graduate_founders().iter().map(|founder| Candidate {
        lever: founder.lever,
        ..Candidate::draw(founder.id, founder.key, year, theta)
    }));
    let institutes = world.district().institutes();
    for row in 0..institutes.len() {
        let key = institutes.key()[row];
        let mean = theta.spin_off_rate * f64::from(institutes.headcount(row));
        let draw = key.uniform(year, Purpose::SpinOffCount);
        // Most have none: P(none) = e^(−mean) ≥ 1 − mean, with room for rounding.
        if draw < 1.0 - mean * 1.001 - 1e-9 {
            continue;
        }
        let count = distribution::poisson(draw, mean);
        for index in 0..u32::try_from(count).unwrap_or(0) {
            let id = FirmId::new(year, Origin::SpinOff, institutes.extra(row).number, index);
            let spin_off = Chance::spin_off(key, year, index);
            candidates.push(Candidate::draw(id, spin_off, year, theta));
        }
    }
}

impl Intake<'_, '_> {
    /// A candidate by its place: independents first.
    pub(super) fn candidate_at(&self, place: u32) -> &Candidate {
        let place = place as usize;
        match place.checked_sub(self.founders.len()) {
            None => &self.founders[place],
            Some(own) => &self.memory.own[own],
        }
    }

    /// The gain of value by a voucher that is still to be had in each area.
    pub(super) fn voucher_gain(&self, age: f64, day: u16) -> [f64; 3] {
        let mut gain = [0.0; 3];
        for (lever, &left) in self.context.case.plan.vouchers.iter().zip(&self.vouchers_left) {
            let open = left > 0
                && age <= lever.longest_age
                && lever.common.runs_on(self.context.date(day));
            if open {
                let paid =
                    (1.0 - lever.share * self.context.case.effect(lever.common.slot)).max(1e-3);
                gain[lever.area.index()] -=
                    self.context.theta.rent_sensitivity * crate::random::math::ln(paid);
            }
        }
        gain
    }

    pub(super) fn candidate(&mut self, index: u32, day: u16) {
        let candidate = *self.candidate_at(index);
        let need = self.need(candidate.sector, candidate.team);
        let gain = self.voucher_gain(0.0, day);
        let values = std::array::from_fn(|k| self.values.area[k] + gain[k]);
        let [zone, promotion, elsewhere, out] = candidate.tastes;
        let best = choice::best_area(&values, &[zone, promotion, elsewhere], &self.free, need);
        // Only independents weigh not founding; the others' rates are rates of founding.
        let outside = if candidate.id.origin() == Origin::Independent {
            self.context.theta.taste_not_founding + out
        } else {
            f64::NEG_INFINITY
        };
        let area = best.filter(|&(_, value)| value > outside);
        let applicant = Applicant {
            key: candidate.key,
            looks: candidate.looks,
            place: self.memory.aware.get(index as usize).copied().filter(|&place| place != NOWHERE),
            age: 0.0,
            headcount: candidate.team,
            sector: candidate.sector.index(),
            visited: 0,
            graduate: candidate.id.origin() == Origin::Graduate,
            alternative: area.map_or(outside, |(_, value)| value),
        };
        let choices =
            admission::choices(self.context, &self.offices, &applicant, &self.memory.tastes, day);
        match self.apply(Waiting::Candidate(index), choices, 0, day) {
            Outcome::Admitted => {}
            Outcome::Waits => {
                // Who would found anyway does so and waits as a firm.
                if let Some((area, _)) = area {
                    let row = self.found(&candidate, area, day);
                    if let Some(last) = self.memory.waiting.last_mut() {
                        last.applicant = Waiting::Startup(row as u32);
                    }
                }
            }
            Outcome::Refused => match area {
                Some((area, _)) => {
                    self.found(&candidate, area, day);
                }
                None => self.world.stay_out(candidate.id, day, candidate.team),
            },
        }
    }

    /// A candidate founds in an area; returns the row.
    pub(super) fn found(&mut self, candidate: &Candidate, area: Area, day: u16) -> usize {
        let row = self.found_at(candidate, area, day);
        self.free.take(area, self.need(candidate.sector, candidate.team));
        self.entered(row, area, day);
        row
    }

    pub(super) fn found_at(&mut self, candidate: &Candidate, area: Area, day: u16) -> usize {
        let context = self.context;
        let share = specialist_share(context, candidate.sector);
        let specialists = specialists(candidate.team, share, candidate.key);
        let born = context.ordinal(day);
        let firm = Firm {
            quality: candidate.quality,
            area,
            output: candidate.output,
            ..blank(
                candidate.id,
                candidate.key,
                born,
                candidate.sector,
                specialists,
                candidate.team,
            )
        };
        self.world.found(Population::Startups, &firm, day)
    }

    /// A startup has come to an area on the private market: designations and vouchers serve it.
    pub(super) fn entered(&mut self, row: usize, area: Area, day: u16) {
        let mask = self.context.in_force[area.index()].levers;
        self.world.serve_all(Population::Startups, row, mask);
        let firms = self.world.district().startups();
        let age = f64::from(self.context.age(firms, row));
        let plan = &self.context.case.plan;
        for (lever, left) in plan.vouchers.iter().zip(&mut self.vouchers_left) {
            let eligible = *left > 0
                && lever.share > 0.0
                && lever.area == area
                && age <= lever.longest_age
                && lever.common.runs_on(self.context.date(day))
                && self.world.district().startups().extra(row).voucher == NONE;
            if eligible {
                *left -= 1;
                let end = self.context.date(day).plus_years(lever.duration).ordinal();
                let end = i32::try_from(end).unwrap_or(i32::MAX);
                self.world.give_voucher(row, lever.common.slot, day, end);
            }
        }
    }
}
