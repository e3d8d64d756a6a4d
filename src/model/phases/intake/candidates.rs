//! Candidates found a firm in an area or a facility, or stay out.

#![expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]

use crate::model::admission;
use crate::model::admission::Applicant;
use crate::model::chance::Chance;
use crate::model::choice;
use crate::model::context::YearContext;
use crate::model::district::World;
use crate::model::district::firms::Firm;
use crate::model::founders::Candidate;
use crate::model::founders::Founder;
use crate::model::founders::Founders;
use crate::model::founders::Newcomer;
use crate::model::founders::SectorShares;
use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::ledger::event::Population;
use crate::model::passes;
use crate::model::phases::intake::newborn::blank;
use crate::model::phases::intake::state::Intake;
use crate::model::phases::intake::state::IntakeMemory;
use crate::model::phases::intake::state::NOWHERE;
use crate::model::phases::intake::state::Outcome;
use crate::model::phases::intake::state::OwnFounders;
use crate::model::phases::intake::state::Waiting;
use crate::model::phases::jobs::ExitDays;
use crate::model::support::everyone;
use crate::policy::area::Area;
use crate::policy::levers::institutes::Form;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::slice;
use crate::random::slice::LoopBy;

/// Who else would found this year, beside independents: graduates of last year, spin-offs.
#[inline(never)]
pub(super) fn own_candidates(
    world: &World,
    context: &YearContext<'_>,
    exits: &ExitDays,
    memory: &mut OwnFounders,
) {
    let (year, theta) = (context.year, context.theta);
    let OwnFounders { founders, newcomers, draws } = memory;
    newcomers.clear();
    newcomers.extend(world.district().graduate_founders().iter().map(|graduate| Newcomer {
        id: graduate.id,
        key: graduate.key,
        day: Newcomer::day_of(graduate.key, year),
    }));
    further_founders(context, newcomers);
    let institutes = world.district().institutes();
    for row in 0..institutes.len() {
        let key = institutes.key()[row];
        let extra = institutes.extra(row);
        // What a lever moves within the city spins off as it did before.
        let factor = match extra.form {
            Form::University => theta.spin_off_university,
            Form::Government => theta.spin_off_government,
            Form::Private => 1.0,
        };
        let mean = theta.spin_off_rate * factor * f64::from(institutes.headcount(row));
        let draw = key.uniform(year, Purpose::SpinOffCount);
        // Most have none: P(none) = e^(−mean) ≥ 1 − mean, with room for rounding.
        if draw < 1.0 - mean * 1.001 - 1e-9 {
            continue;
        }
        let count = distribution::poisson(draw, mean);
        for index in 0..u32::try_from(count).unwrap_or(0) {
            let id = FirmId::new(year, Origin::SpinOff, extra.number, index);
            let spin_off = Chance::spin_off(key, year, index);
            let day = Newcomer::day_of(spin_off, year);
            // Nobody leaves an institute that has closed.
            if !exits.institute_is_gone(row, day) {
                newcomers.push(Newcomer { id, key: spin_off, day });
            }
        }
    }
    draws.draw_of(newcomers, year, theta, &context.setup.district, founders);
}

/// Those who would found beside the independents of a year, because instruments for founders are in
/// force: the numbers that follow upon theirs, so that no founder's draws change.
fn further_founders(context: &YearContext<'_>, newcomers: &mut Vec<Newcomer>) {
    let (chance, theta, year) = (context.chance, context.theta, context.year);
    let yearly = chance.founders_of(year);
    let shares = SectorShares::of(theta, context.setup.district.sectors.all());
    let mut factor = 1.0;
    let mut first = u32::try_from(chance.founders(year).list().len()).unwrap_or(u32::MAX);
    for (lever, more) in everyone::on_founding(context) {
        factor *= more;
        let end = chance.founder_count(context.setup, theta, year, factor);
        newcomers.extend((first..end).filter_map(|index| {
            let id = FirmId::new(year, Origin::Independent, 0, index);
            let key = yearly.entity(u64::from(index));
            let day = Newcomer::day_of(key, year);
            let sector = shares.sector(key.uniform(year, Purpose::Sector));
            let is_of = lever.targets.sectors[sector.index()];
            let date = context.date(day);
            let in_force = lever.opens() <= date && lever.common.runs_on(date);
            (is_of && in_force).then_some(Newcomer { id, key, day })
        }));
        first = end.max(first);
    }
}

/// The firm that a founder founds.
#[inline]
fn firm(context: &YearContext<'_>, founder: &Founder, area: Area, day: u16) -> Firm {
    let place = (area, context.ordinal(day));
    let Founder { id, key, sector, specialists, team, .. } = *founder;
    Firm {
        quality: founder.quality,
        output: founder.output,
        ..blank(id, key, place, sector, specialists, team)
    }
}

/// What is settled of a founder on 1 January, in words as wide as the numbers that settle it, so that
/// vector code can write them. Those below `STAYS_OUT` are the place among all areas of the one that it
/// likes best, and better than staying out.
mod settled {
    use crate::policy::area::Area;

    /// It stays out: no area is worth it, and it does not look round for a facility.
    pub(super) const STAYS_OUT: u64 = Area::NONE_OF_THEM as u64;
    /// Nothing: it looks round, or vouchers may draw it somewhere.
    pub(super) const NOTHING: u64 = STAYS_OUT + 1;
}

/// Settles the founders of a year by their tastes.
struct Settle<'a> {
    /// Of the first areas: as many as are looked at at once.
    values: &'a [f64],
    tastes: &'a [Vec<f64>],
    /// Of staying out.
    value_of_out: f64,
    out: &'a [f64],
    looks: &'a [f64],
    /// Who looks round draws less.
    looks_below: f64,
    settled: &'a mut [u64],
}

impl LoopBy for Settle<'_> {
    type Output = ();

    // What `choice::best_area` finds where all areas have room, in the same order.
    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run<const N: usize>(self) {
        let rows = self.settled.len();
        // Where there are fewer than `N` areas, the last stands for the others too and is no better.
        let last = self.values.len().min(self.tastes.len()) - 1;
        let values: [f64; N] = std::array::from_fn(|place| self.values[place.min(last)]);
        let tastes: [&[f64]; N] =
            std::array::from_fn(|place| &self.tastes[place.min(last)][..rows]);
        let (out, looks) = (&self.out[..rows], &self.looks[..rows]);
        for row in 0..rows {
            let (mut best, mut area) = (values[0] + tastes[0][row], 0);
            for place in 1..N {
                let value = values[place] + tastes[place][row];
                area = if value > best { place as u64 } else { area };
                best = if value > best { value } else { best };
            }
            let founds = best > self.value_of_out + out[row];
            let settled = if founds { area } else { settled::STAYS_OUT };
            let looks_round = looks[row] < self.looks_below;
            self.settled[row] = if looks_round { settled::NOTHING } else { settled };
        }
    }
}

impl Intake<'_, '_> {
    /// Settles what founders do who do not look round for a facility, where no voucher changes what areas
    /// are worth. Only the want of room can still change it.
    pub(super) fn settle_founders(&mut self) {
        let IntakeMemory { settled, own, .. } = &mut *self.memory;
        let own = &own.founders;
        settled.clear();
        settled.resize(self.founders.list().len() + own.list().len(), settled::NOTHING);
        if !self.context.case.plan.vouchers.is_empty() {
            return;
        }
        let areas = self.context.areas();
        let values: Vec<f64> = areas.iter().map(|area| self.values.area[area.index()]).collect();
        let looks_below = self.offices.iter().map(|office| office.looks_below).fold(0.0, f64::max);
        let (of_independents, of_own) = settled.split_at_mut(self.founders.list().len());
        let groups = [
            (self.founders, of_independents, self.context.theta.taste_not_founding),
            (own, of_own, f64::NEG_INFINITY),
        ];
        for (founders, settled, value_of_out) in groups {
            slice::run_by(
                areas.len(),
                Settle {
                    values: &values,
                    tastes: founders.tastes(),
                    value_of_out,
                    out: founders.out(),
                    looks: founders.looks(),
                    looks_below,
                    settled,
                },
            );
        }
        // Only independents weigh not founding; the others' rates are rates of founding.
        let (_, of_own) = settled.split_at_mut(self.founders.list().len());
        for (settled, founder) in of_own.iter_mut().zip(own.list()) {
            if founder.id.origin() == Origin::Independent {
                *settled = settled::NOTHING;
            }
        }
    }

    /// Parts founders into those who are handled in their turn and those who are handled together, where no event is
    /// kept: of whom it is settled that they stay out, or go where there is room for all and nothing serves who comes.
    pub(super) fn part_founders(&mut self) {
        let ledger = self.world.ledger();
        let mut places = 0;
        if passes::may_leave_out(|| ledger.keeps_sums_only()) {
            places |= 1 << settled::STAYS_OUT;
            for (place, area) in self.context.areas().iter().enumerate() {
                let has_room = self.free.0[area.index()].is_none();
                let serves = self.context.in_force[area.index()].levers != 0;
                places |= u64::from(has_room && !serves) << place;
            }
        }
        let IntakeMemory { settled, in_turn, together, .. } = &mut *self.memory;
        let settled = settled.as_slice();
        slice::choose(settled.len(), together, |place| places >> settled[place] & 1 == 1);
        slice::choose(settled.len(), in_turn, |place| places >> settled[place] & 1 == 0);
    }

    /// Those found, or stay out, who are handled together: after all others, as nobody has to do with them this year.
    pub(super) fn found_together(&mut self) {
        if self.memory.together.is_empty() {
            return;
        }
        let (context, areas) = (self.context, self.context.areas());
        let mut together = std::mem::take(&mut self.memory.together);
        let settled = &self.memory.settled;
        let mut teams_out = (0, 0);
        together.retain(|&place| {
            let stays_out = settled[place as usize] == settled::STAYS_OUT;
            if stays_out {
                teams_out.0 += 1;
                teams_out.1 += self.founder_at(place).team;
            }
            !stays_out
        });
        self.world.stay_out_all(teams_out);
        let independents = self.founders.list().len();
        let (of_independents, of_own) =
            together.split_at(together.partition_point(|&place| (place as usize) < independents));
        let own = &self.memory.own.founders;
        for (founders, places, first) in
            [(self.founders, of_independents, 0), (own, of_own, independents)]
        {
            let firms = places.iter().map(|&place| {
                let founder = &founders.list()[place as usize - first];
                firm(context, founder, areas[settled[place as usize] as usize], founder.day)
            });
            self.world.found_all(firms, areas);
        }
        self.memory.together = together;
    }

    /// A founder by its place: independents first.
    pub(super) fn founder_at(&self, place: u32) -> &Founder {
        let (founders, place) = self.group_of(place);
        &founders.list()[place]
    }

    fn candidate_at(&self, place: u32) -> Candidate {
        let (founders, place) = self.group_of(place);
        founders.candidate(place, self.context.areas())
    }

    /// The founders among whom a place is, and the place there.
    fn group_of(&self, place: u32) -> (&Founders, usize) {
        let place = place as usize;
        match place.checked_sub(self.founders.list().len()) {
            None => (self.founders, place),
            Some(own) => (&self.memory.own.founders, own),
        }
    }

    /// A founder decides, by its place.
    pub(super) fn founder(&mut self, place: u32, day: u16) {
        let settled = self.memory.settled.get(place as usize).copied();
        let founder = *self.founder_at(place);
        match settled.unwrap_or(settled::NOTHING) {
            settled::STAYS_OUT => self.world.stay_out(founder.id, day, founder.team),
            area if area < settled::STAYS_OUT => {
                let area = self.context.areas()[area as usize];
                if self.free.admits(area, self.need(founder.sector, founder.team)) {
                    self.found(&founder, area, day);
                } else {
                    self.candidate(place, day);
                }
            }
            _ => self.candidate(place, day),
        }
    }

    fn candidate(&mut self, index: u32, day: u16) {
        let Candidate { founder, tastes, out, looks } = self.candidate_at(index);
        let need = self.need(founder.sector, founder.team);
        let gain = self.voucher_gain(None, 0, day);
        let values = std::array::from_fn(|k| self.values.area[k] + gain[k]);
        let best = choice::best_area(self.context.areas(), &values, &tastes, &self.free, need);
        // Only independents weigh not founding; the others' rates are rates of founding.
        let outside = if founder.id.origin() == Origin::Independent {
            self.context.theta.taste_not_founding + out
        } else {
            f64::NEG_INFINITY
        };
        let area = best.filter(|&(_, value)| value > outside);
        let applicant = Applicant {
            key: founder.key,
            looks,
            place: self.memory.aware.get(index as usize).copied().filter(|&place| place != NOWHERE),
            age: 0.0,
            headcount: founder.team,
            sector: founder.sector.index(),
            visited: 0,
            graduate: founder.id.origin() == Origin::Graduate,
            alternative: area.map_or(outside, |(_, value)| value),
        };
        let choices =
            admission::choices(self.context, &self.offices, &applicant, &self.memory.tastes, day);
        match self.apply(Waiting::Candidate(index), choices, 0, day) {
            Outcome::Admitted => {}
            Outcome::Waits => {
                // Who would found anyway does so and waits as a firm.
                if let Some((area, _)) = area {
                    let row = self.found(&founder, area, day);
                    if let Some(last) = self.memory.waiting.last_mut() {
                        last.applicant = Waiting::Startup(row as u32);
                    }
                }
            }
            Outcome::Refused => match area {
                Some((area, _)) => {
                    self.found(&founder, area, day);
                }
                None => self.world.stay_out(founder.id, day, founder.team),
            },
        }
    }

    /// A candidate founds in an area; returns the row.
    pub(super) fn found(&mut self, founder: &Founder, area: Area, day: u16) -> usize {
        let row = self.found_at(founder, area, day);
        self.free.take(area, self.need(founder.sector, founder.team));
        self.entered(row, area, day);
        row
    }

    pub(super) fn found_at(&mut self, founder: &Founder, area: Area, day: u16) -> usize {
        let firm = firm(self.context, founder, area, day);
        self.world.found(Population::Startups, &firm, day)
    }

    /// A startup has come to an area on the private market: designations and vouchers serve it.
    pub(super) fn entered(&mut self, row: usize, area: Area, day: u16) {
        let mask = self.context.in_force[area.index()].levers;
        if mask != 0 {
            self.world.serve_all(Population::Startups, row, mask);
        }
        self.give_voucher(row, area, day);
    }
}
