//! The agenda of the intake: everything that is dated, in the order of handling.

#![expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]

use crate::model::district::YEAR_END;
use crate::model::district::extra::Extra;
use crate::model::founders::Founder;
use crate::model::phases::YearContext;
use crate::model::phases::intake::Intake;
use crate::model::phases::intake::IntakeMemory;
use crate::model::phases::intake::offices::leaves_on;
use crate::policy::levers::facility::Admission;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::slice;

/// What happens on a day of the intake. The order is that within one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Action {
    EndTenancy,
    Decide,
    Recruit,
}

/// Who decides. Tags order those of one day, action and name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Who {
    /// A candidate founds, or not: its place among the candidates.
    Candidate,
    /// A startup looks round for a facility: its place among the visits.
    Applies,
    /// A startup reconsiders its area: its place among the visits.
    Moves,
    /// An institute opens: its place in the list of openings.
    Opens,
    /// An institute reconsiders its area: its place among their visits.
    InstituteMoves,
    /// A facility gives out places: its place in the list of offices.
    Office,
    /// A startup's tenancy ends: its row.
    Tenant,
}

impl Who {
    const ALL: [Self; 7] = [
        Self::Candidate,
        Self::Applies,
        Self::Moves,
        Self::Opens,
        Self::InstituteMoves,
        Self::Office,
        Self::Tenant,
    ];
}

/// An item of the agenda in one number, whose order is that of handling: day, action, the firm's
/// name, who, and where to find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Item(u128);

impl Item {
    #[inline]
    pub(super) fn new(day: u16, action: Action, order: u64, who: Who, place: u32) -> Self {
        let first = u128::from(day) << 8 | action as u128;
        Self(((first << 64 | u128::from(order)) << 8 | who as u128) << 32 | u128::from(place))
    }

    /// After all others.
    pub(super) const NEVER: Self = Self(u128::MAX);

    /// A candidate decides.
    #[inline]
    pub(super) fn founder(founder: &Founder, place: u32) -> Self {
        Self::new(founder.day, Action::Decide, founder.id.number(), Who::Candidate, place)
    }

    pub(super) const fn day(self) -> u16 {
        (self.0 >> 112) as u16
    }

    pub(super) fn who(self) -> Who {
        Who::ALL[usize::from((self.0 >> 32) as u8) % Who::ALL.len()]
    }

    pub(super) const fn place(self) -> u32 {
        self.0 as u32
    }
}

/// Whether a tenancy has ended on the last day of last year before its time: see
/// `admission::make_room`.
fn has_made_room(context: &YearContext<'_>, extra: &Extra) -> bool {
    extra.alumnus_since == context.start - 1 && extra.tenancy_end > extra.alumnus_since
}

/// Puts items in order: laid out by day first, so that only those of one day are compared.
pub(super) fn sort(items: &mut Vec<Item>, by_day: &mut Vec<Item>) {
    let day = |item: &Item| usize::from(item.day()).min(DAY_PLACES - 1);
    let mut places = [0_u32; DAY_PLACES + 1];
    for item in items.iter() {
        places[day(item) + 1] += 1;
    }
    for index in 1..places.len() {
        places[index] += places[index - 1];
    }
    by_day.clear();
    by_day.resize(items.len(), Item(0));
    for item in items.iter() {
        let place = &mut places[day(item)];
        by_day[*place as usize] = *item;
        *place += 1;
    }
    for items in by_day.chunk_by_mut(|a, b| a.day() == b.day()) {
        items.sort_unstable();
    }
    std::mem::swap(items, by_day);
}

/// Places for the days of a year, 1 to 365, and one before them.
pub(super) const DAY_PLACES: usize = YEAR_END as usize + 1;

impl Intake<'_, '_> {
    /// Writes down everything that is dated before the intake begins, in order; but for independent
    /// founders, whose order no policy changes.
    pub(super) fn write_agenda(&mut self) {
        let context = self.context;
        let mut agenda = std::mem::take(&mut self.memory.agenda);
        agenda.clear();
        let first_own = self.founders.list().len() as u32;
        for (place, candidate) in (first_own..).zip(&self.memory.own) {
            agenda.push(Item::founder(&candidate.founder, place));
        }
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
