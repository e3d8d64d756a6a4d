//! The agenda of the intake: everything that is dated, in the order of handling.

#![expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]

use crate::model::context::YearContext;
use crate::model::district::YEAR_END;
use crate::model::district::extra::Extra;
use crate::model::phases::intake::item::Action;
use crate::model::phases::intake::item::Item;
use crate::model::phases::intake::item::Who;
use crate::model::phases::intake::item::sort;
use crate::model::phases::intake::offices::leaves_on;
use crate::model::phases::intake::state::Intake;
use crate::model::phases::intake::state::IntakeMemory;
use crate::policy::levers::facility::Admission;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::slice;

/// Whether a tenancy has ended on the last day of last year before its time: see
/// `admission::make_room`.
fn has_made_room(context: &YearContext<'_>, extra: &Extra) -> bool {
    extra.alumnus_since == context.start - 1 && extra.tenancy_end > extra.alumnus_since
}

impl Intake<'_, '_> {
    /// Writes down everything that is dated before the intake begins, in order; but for independent
    /// founders, whose order no policy changes.
    pub(super) fn write_agenda(&mut self) {
        let context = self.context;
        let mut agenda = std::mem::take(&mut self.memory.agenda);
        agenda.clear();
        let first_own = self.founders.list().len() as u32;
        let own = self.memory.in_turn.iter().filter(|&&place| place >= first_own);
        agenda.extend(own.map(|&place| Item::founder(self.founder_at(place), place)));
        for (place, opening) in (0u32..).zip(&self.memory.openings) {
            let day = u16::try_from(opening.firm.born - context.start).unwrap_or(0) + 1;
            let order = opening.firm.id.number();
            agenda.push(Item::new(day, Action::Decide, order, Who::Opens, place));
        }
        self.startups_agenda(&mut agenda);
        self.institutes_agenda(&mut agenda);
        for (place, office) in (0u32..).zip(&self.offices) {
            if office.lever.admission != Admission::FirstCome {
                let days = &office.lever.recruitment_days;
                // Applications after the last recruitment day are decided at the year's end.
                for &day in days.iter().filter(|&&day| day < YEAR_END).chain(&[YEAR_END]) {
                    let order = u64::from(office.number);
                    agenda.push(Item::new(day, Action::Recruit, order, Who::Office, place));
                }
            }
        }
        sort(&mut agenda, &mut self.memory.by_day);
        self.memory.agenda = agenda;
    }

    pub(super) fn institutes_agenda(&mut self, agenda: &mut Vec<Item>) {
        self.find_institute_visits();
        let context = self.context;
        let institutes = self.world.district().institutes();
        for (place, visit) in (0u32..).zip(&self.memory.institute_visits) {
            let row = visit.row as usize;
            let day =
                distribution::days(institutes.key()[row].uniform(context.year, Purpose::MoveDay));
            let order = institutes.id()[row].number();
            agenda.push(Item::new(day, Action::Decide, order, Who::InstituteMoves, place));
        }
    }

    pub(super) fn startups_agenda(&mut self, agenda: &mut Vec<Item>) {
        let context = self.context;
        let startups = self.world.district().startups();
        let IntakeMemory { rows, .. } = &mut *self.memory;
        let tags = startups.tags();
        slice::choose(tags.len(), rows, |row| tags[row].is_tenant());
        for &row in &*rows {
            let place = row as usize;
            let facility = tags[place].facility();
            if let Some(day) = leaves_on(context, &self.offices, startups, place, facility) {
                let order = startups.id()[place].number();
                agenda.push(Item::new(day, Action::EndTenancy, order, Who::Tenant, row));
            }
        }
        if !context.case.plan.facilities.is_empty() {
            slice::choose(tags.len(), rows, |row| tags[row].is_alumnus());
            rows.retain(|&row| has_made_room(context, startups.extra(row as usize)));
            agenda.extend(rows.iter().map(|&row| {
                let order = startups.id()[row as usize].number();
                Item::new(1, Action::EndTenancy, order, Who::Tenant, row)
            }));
        }
        self.find_visits();
        self.draw_visits();
        self.draw_tastes();
        let startups = self.world.district().startups();
        let IntakeMemory { visits, days, .. } = &mut *self.memory;
        let [applies_on, moves_on] = days;
        let days = applies_on.iter().zip(moves_on);
        for (place, (visit, (&applies_on, &mut moves_on))) in (0u32..).zip(visits.iter().zip(days))
        {
            let order = startups.id()[visit.row as usize].number();
            if visit.applies {
                let day = distribution::days(applies_on);
                agenda.push(Item::new(day, Action::Decide, order, Who::Applies, place));
            }
            if visit.moves {
                let day = distribution::days(moves_on);
                agenda.push(Item::new(day, Action::Decide, order, Who::Moves, place));
            }
        }
    }

    pub(super) fn handle(&mut self, item: Item) {
        let (day, place) = (item.day(), item.place());
        if self.is_void(item) {
            return;
        }
        match item.who() {
            Who::Candidate => self.founder(place, day),
            Who::Applies => self.looks_round(place as usize, day),
            Who::Moves => self.reconsiders(place as usize, day),
            Who::Opens => self.opens(place as usize, day),
            Who::InstituteMoves => self.institute_moves(place as usize, day),
            Who::Office => self.recruits(place as u8, day),
            Who::Tenant => self.end_tenancy(place as usize, day),
        }
    }

    /// Whether an item is that of a firm that has failed or closed before its day.
    fn is_void(&mut self, item: Item) -> bool {
        let (day, place) = (item.day(), item.place() as usize);
        match item.who() {
            Who::Applies | Who::Moves => self.is_gone(self.memory.visits[place].row as usize, day),
            Who::Tenant => self.is_gone(place, day),
            Who::InstituteMoves => {
                let row = self.memory.institute_visits[place].row as usize;
                self.exits.institute_is_gone(row, day)
            }
            Who::Candidate | Who::Opens | Who::Office => false,
        }
    }
}
