//! Facilities take applications, admit and refuse; tenancies end.

#![expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]

use std::cmp::Reverse;

use crate::model::admission;
use crate::model::admission::MOST_CHOICES;
use crate::model::admission::Office;
use crate::model::admission::OfficeChoices;
use crate::model::choice;
use crate::model::context::YearContext;
use crate::model::district::YEAR_END;
use crate::model::district::firms::Firms;
use crate::model::district::note::Tenancy;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::model::phases::intake::item::Action;
use crate::model::phases::intake::item::Item;
use crate::model::phases::intake::item::Who;
use crate::model::phases::intake::state::Application;
use crate::model::phases::intake::state::Intake;
use crate::model::phases::intake::state::Outcome;
use crate::model::phases::intake::state::Waiting;
use crate::policy::area::ByArea;
use crate::policy::levers::facility::Admission;
use crate::policy::levers::facility::Facility;

/// The day of this year on which a tenant leaves, if it does.
pub(super) fn leaves_on(
    context: &YearContext<'_>,
    offices: &[Office<'_>],
    startups: &Firms,
    row: usize,
    facility: u8,
) -> Option<u16> {
    let lever = offices.iter().find(|office| office.number == facility);
    // A facility that has closed, or a firm that its room no longer holds.
    let outgrown = lever
        .is_none_or(|office| i64::from(startups.headcount(row)) > i64::from(office.lever.room));
    if outgrown {
        return Some(1);
    }
    let day = startups.extra(row).tenancy_end - context.start + 1;
    (day <= i32::from(YEAR_END)).then(|| u16::try_from(day.max(1)).unwrap_or(1))
}

impl<'a> Intake<'a, '_> {
    /// Applies to the choices in turn from `next` on: admitted at once, waiting, or refused by all.
    pub(super) fn apply(
        &mut self,
        applicant: Waiting,
        choices: OfficeChoices,
        next: usize,
        day: u16,
    ) -> Outcome {
        for place in next..MOST_CHOICES {
            let Some(index) = choices[place] else { break };
            let office = self.offices[usize::from(index)];
            self.note(EventKind::Applied, applicant, &office, day);
            if office.lever.admission == Admission::FirstCome {
                if self.has_room(applicant, &office, day) {
                    self.admit(applicant, &office, day);
                    return Outcome::Admitted;
                }
                self.note(EventKind::Refused, applicant, &office, day);
            } else {
                let next = u8::try_from(place + 1).unwrap_or(u8::MAX);
                self.memory.waiting.push(Application { office: index, next, choices, applicant });
                return Outcome::Waits;
            }
        }
        Outcome::Refused
    }

    /// Whether a facility has a place for an applicant on a day, and the floor space that it needs.
    fn has_room(&self, applicant: Waiting, office: &Office<'_>, day: u16) -> bool {
        let need = match applicant {
            Waiting::Candidate(index) => {
                let founder = self.founder_at(index);
                self.need(founder.sector, founder.team)
            }
            Waiting::Startup(row) => self.need_of(row as usize),
        };
        let space = i64::from(office.lever.floor_space.on(self.context.date(day)));
        admission::free_places(self.world.district(), self.context, office, day) > 0
            && self.taken[usize::from(office.number)] + need <= space
    }

    /// The floor space that a startup needs `[m2]`.
    fn need_of(&self, row: usize) -> i64 {
        let firms = self.world.district().startups();
        self.need(firms.tags()[row].sector(), firms.headcount(row))
    }

    pub(super) fn note(
        &mut self,
        kind: EventKind,
        applicant: Waiting,
        office: &Office<'_>,
        day: u16,
    ) {
        let (lever, area) = (office.lever.common.slot, office.lever.area);
        let place = (area, office.number, lever);
        let (id, headcount) = match applicant {
            Waiting::Candidate(index) => {
                let founder = self.founder_at(index);
                (founder.id, founder.team)
            }
            Waiting::Startup(row) => {
                let firms = self.world.district().startups();
                (firms.id()[row as usize], firms.headcount(row as usize))
            }
        };
        self.world.note_candidate(kind, id, day, headcount, place);
    }

    pub(super) fn admit(&mut self, applicant: Waiting, office: &Office<'a>, day: u16) {
        let area = office.lever.area;
        let row = match applicant {
            Waiting::Candidate(index) => {
                let founder = *self.founder_at(index);
                self.found_at(&founder, area, day)
            }
            Waiting::Startup(row) => {
                let row = row as usize;
                let from = self.world.district().startups().tags()[row].area();
                self.free.give(from, self.need_of(row));
                row
            }
        };
        let need = self.need_of(row);
        self.taken[usize::from(office.number)] += need;
        if office.lever.is_leased() {
            self.free.take(area, need);
        }
        let firms = self.world.district().startups();
        let (key, id) = (firms.key()[row], firms.id()[row]);
        let today = self.context.ordinal(day);
        let end = admission::tenancy_end(self.context, office.lever, key, today);
        let lever = office.lever.common.slot;
        let newborn = self.context.age(firms, row) <= 0;
        let tenancy = Tenancy { facility: office.number, lever, area, end, newborn };
        self.world.admit(row, &tenancy, day, "admitted");
        let last = end - self.context.start + 1;
        if last <= i32::from(YEAR_END) {
            let day = u16::try_from(last).unwrap_or(YEAR_END);
            let (order, who) = (id.number(), Who::Tenant);
            let item = Item::new(day, Action::EndTenancy, order, who, row as u32);
            self.memory.late.push(Reverse(item));
        }
    }

    /// A facility gives out its free places to those who wait, best first.
    pub(super) fn recruits(&mut self, index: u8, day: u16) {
        let office = self.offices[usize::from(index)];
        let mut turn: Vec<(f64, u64, Application)> = Vec::new();
        for application in &self.memory.waiting {
            if application.office == index {
                let (key, quality, order) = match application.applicant {
                    Waiting::Candidate(row) => {
                        let founder = self.founder_at(row);
                        (founder.key, founder.quality, founder.id.number())
                    }
                    Waiting::Startup(row) => {
                        let firms = self.world.district().startups();
                        let row = row as usize;
                        (firms.key()[row], firms.quality()[row], firms.id()[row].number())
                    }
                };
                let score = admission::score(self.context, &office, key, quality);
                turn.push((score, order, *application));
            }
        }
        self.memory.waiting.retain(|application| application.office != index);
        turn.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, _, application) in turn {
            let applicant = application.applicant;
            if let Waiting::Startup(row) = applicant
                && self.is_gone(row as usize, day)
            {
                continue;
            }
            let open = office.lever.building.opening <= self.context.date(day)
                && office.lever.common.runs_on(self.context.date(day));
            if open && self.has_room(applicant, &office, day) {
                self.admit(applicant, &office, day);
                continue;
            }
            self.note(EventKind::Refused, applicant, &office, day);
            let next = usize::from(application.next);
            let outcome = self.apply(applicant, application.choices, next, day);
            if let (Outcome::Refused, Waiting::Candidate(row)) = (outcome, applicant) {
                let founder = self.founder_at(row);
                self.world.stay_out(founder.id, day, founder.team);
            }
        }
    }

    /// A tenancy ends, or has ended on the last day of last year for want of room; the startup
    /// chooses where to go.
    pub(super) fn end_tenancy(&mut self, row: usize, day: u16) {
        let firms = self.world.district().startups();
        let (key, tags) = (firms.key()[row], firms.tags()[row]);
        let (area, need) = (tags.area(), self.need_of(row));
        let leased = if tags.is_tenant() {
            let limit = firms.extra(row).tenancy_end;
            let today = self.context.ordinal(day);
            let cause = if limit <= today { "tenancy over" } else { "outgrown or closed" };
            self.world.end_tenancy(row, day, today, cause);
            self.taken[usize::from(tags.facility())] -= need;
            admission::facility(self.context, tags.facility()).is_some_and(Facility::is_leased)
        } else {
            // It has left on the last day of last year, and has been on the market since.
            true
        };
        if leased {
            self.free.give(area, need);
        }
        let tastes = self.fresh_tastes(key);
        let firms = self.world.district().startups();
        let gain = self.voucher_gain(Some(row), self.context.age(firms, row), day);
        let mut values: ByArea<f64> = std::array::from_fn(|k| self.values.area[k] + gain[k]);
        values[area.index()] += self.context.theta.alumni_pull;
        let best = choice::best_area(self.context.areas(), &values, &tastes, &self.free, need);
        // Where no area has room the firm squeezes in where it is.
        let to = best.map_or(area, |(to, _)| to);
        if to != area {
            self.world.relocate(Population::Startups, row, to, day, NONE, "after tenancy");
        }
        self.free.take(to, need);
        self.entered(row, to, day);
    }
}
