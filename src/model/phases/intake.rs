//! Intake: founders appear, choose a place, apply; tenancies end; firms reconsider where they are.
//!
//! Everything is dated and handled in the order of dates; ties go by the firm's name. A place or
//! floor space that falls free on a day is there for those who come later.

#![expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::model::chance::Candidate;
use crate::model::chance::Chance;
use crate::model::district::Tenancy;
use crate::model::district::World;
use crate::model::district::YEAR_END;
use crate::model::district::firms::Firm;
use crate::model::district::firms::Firms;
use crate::model::district::packed::Sector;
use crate::model::district::packed::Status;
use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::model::phases::YearContext;
use crate::model::phases::accounts;
use crate::model::phases::admission;
use crate::model::phases::admission::Applicant;
use crate::model::phases::admission::Choices;
use crate::model::phases::admission::MOST_CHOICES;
use crate::model::phases::admission::Office;
use crate::model::phases::admission::Tastes;
use crate::model::phases::choice;
use crate::model::phases::choice::FreeSpace;
use crate::model::phases::choice::Values;
use crate::policy::plan::Admission;
use crate::policy::plan::Area;
use crate::policy::plan::LeverSlot;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::slice;

/// What happens on a day of the intake. The order is that within one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Action {
    EndTenancy,
    Decide,
    Recruit,
}

/// Who decides. Tags order those of one day, action and name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Who {
    /// A candidate founds, or not: its place among the candidates.
    Candidate,
    /// A startup looks round for a facility: its place among the visits.
    Applies,
    /// A startup reconsiders its area: its place among the visits.
    Moves,
    /// An institute opens: its place in the list of openings.
    Opens,
    /// An institute reconsiders its area: its row.
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
struct Item(u128);

impl Item {
    #[inline]
    fn new(day: u16, action: Action, order: u64, who: Who, place: u32) -> Self {
        let first = u128::from(day) << 8 | action as u128;
        Self(((first << 64 | u128::from(order)) << 8 | who as u128) << 32 | u128::from(place))
    }

    /// A candidate decides.
    #[inline]
    fn candidate(candidate: &Candidate, place: u32) -> Self {
        let order = candidate.id.number();
        Self::new(candidate.day, Action::Decide, order, Who::Candidate, place)
    }

    const fn day(self) -> u16 {
        (self.0 >> 112) as u16
    }

    fn who(self) -> Who {
        Who::ALL[usize::from((self.0 >> 32) as u8) % Who::ALL.len()]
    }

    const fn place(self) -> u32 {
        self.0 as u32
    }
}

/// Puts items in order: laid out by day first, so that only those of one day are compared.
fn sort(items: &mut Vec<Item>, by_day: &mut Vec<Item>) {
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
const DAY_PLACES: usize = YEAR_END as usize + 1;

/// An application that waits for a recruitment day.
#[derive(Clone, Copy, Debug)]
struct Application {
    office: u8,
    /// Where in its choices the applicant is.
    next: u8,
    choices: Choices,
    applicant: Waiting,
}

#[derive(Clone, Copy, Debug)]
enum Waiting {
    /// A startup, by row.
    Startup(u32),
    /// A candidate that founds only if it is admitted.
    Candidate(u32),
}

/// An institute that opens this year.
#[derive(Clone, Copy, Debug)]
struct Opening {
    firm: Firm,
    /// The area to which a lever brings it; otherwise it chooses.
    area: Option<(Area, LeverSlot)>,
    /// The row of the institute that a lever brings from elsewhere in the city.
    from: Option<u32>,
}

/// A startup that looks round or reconsiders, with its fresh tastes for the areas.
#[derive(Clone, Copy, Debug)]
struct Visit {
    row: u32,
    /// Whether it looks round for a facility.
    applies: bool,
    /// Whether it reconsiders its area.
    moves: bool,
    /// Its draw for looking round.
    looks: f64,
    /// Its place among those whose tastes for facilities are drawn, where it looks round.
    place: u32,
    tastes: [f64; 3],
}

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
    keys: Vec<Key>,
    draws: [Vec<f64>; 3],
    /// Draws of days on which visits apply, and on which they reconsider.
    days: [Vec<f64>; 2],
    rows: Vec<u32>,
    /// Tastes for facilities of startups who look round, and after them of such founders.
    tastes: Tastes,
    /// The places of founders in `tastes`, or `NOWHERE`.
    aware: Vec<u32>,
}

/// The place of a founder who does not look round for a facility.
const NOWHERE: u32 = u32::MAX;

struct Intake<'a, 'w> {
    world: &'w mut World,
    context: &'w YearContext<'a>,
    values: Values,
    free: FreeSpace,
    offices: Vec<Office<'a>>,
    founders: &'a [Candidate],
    memory: &'w mut IntakeMemory,
    vouchers_left: Vec<u32>,
}

/// Handles the intake of the year.
pub fn run(world: &mut World, context: &YearContext<'_>, memory: &mut IntakeMemory) {
    let first = [world.district().startups().len(), world.district().institutes().len()];
    let jobs = world.district().jobs_by_area();
    let values = choice::values(context, world.district(), &jobs);
    own_candidates(world, context, &mut memory.own);
    memory.openings = openings(world, context);
    memory.waiting.clear();
    memory.late.clear();
    let mut intake = Intake {
        values,
        free: accounts::free_space(context, world.district()),
        offices: admission::offices(context, &values),
        founders: context.chance.founders(context.year),
        vouchers_left: context.case.plan.vouchers.iter().map(|lever| lever.vouchers).collect(),
        world,
        context,
        memory,
    };
    intake.write_agenda();
    let agenda = std::mem::take(&mut intake.memory.agenda);
    // Independent founders are in order already: whoever is next of both lists is next.
    let by_day = context.chance.founders_by_day(context.year);
    let independents = context.chance.founders(context.year);
    let mut founders =
        by_day.iter().map(|&place| Item::candidate(&independents[place as usize], place)).peekable();
    let mut others = agenda.iter().copied().peekable();
    loop {
        let item = match (founders.peek(), others.peek()) {
            (Some(founder), Some(other)) if founder < other => founders.next(),
            (_, Some(_)) => others.next(),
            (_, None) => founders.next(),
        };
        let Some(item) = item else { break };
        while intake.memory.late.peek().is_some_and(|late| late.0 < item) {
            if let Some(Reverse(late)) = intake.memory.late.pop() {
                intake.handle(late);
            }
        }
        intake.handle(item);
    }
    while let Some(Reverse(late)) = intake.memory.late.pop() {
        intake.handle(late);
    }
    memory.agenda = agenda;
    world.clear_founders();
    world.close_intake(first);
}

/// Who else would found this year, beside independents: graduates of last year, spin-offs.
fn own_candidates(world: &World, context: &YearContext<'_>, candidates: &mut Vec<Candidate>) {
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
            let id = FirmId::new(year, Origin::SpinOff, institutes.rest()[row].number, index);
            let spin_off = Chance::spin_off(key, year, index);
            candidates.push(Candidate::draw(id, spin_off, year, theta));
        }
    }
}

/// Institutes that open this year: of themselves, and those that a lever brings.
fn openings(world: &World, context: &YearContext<'_>) -> Vec<Opening> {
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
        let slot = lever.common.slot;
        let lever_key = context.chance.lever(context.setup.lever_numbers[usize::from(slot)]);
        for index in 0..lever.institutes {
            let id = FirmId::new(year, Origin::Brought, u32::from(slot), index);
            let key = lever_key.entity(u64::from(index));
            let from = (key.uniform(0, Purpose::FromCity) < lever.from_city)
                .then(|| mover(world.district().institutes(), &taken))
                .flatten();
            taken.extend(from);
            let number = FIRST_BROUGHT + u32::from(slot) * BROUGHT_BY_LEVER + index;
            let mut firm = institute(context, id, key, number, lever.headcount, spread);
            firm.born = context.ordinal(lever.building.opening.day);
            openings.push(Opening { firm, area: Some((lever.area, slot)), from });
        }
    }
    openings
}

/// Numbers of institutes: those at the start from 0, then those that open, then those brought.
const FIRST_NEW: u32 = 1_000_000;
const INSTITUTES_A_YEAR: u32 = 50_000;
const FIRST_BROUGHT: u32 = 20_000_000;
const BROUGHT_BY_LEVER: u32 = 10_000;

/// The institute elsewhere in the city that is the first to move, by a draw of its own.
fn mover(institutes: &Firms, taken: &[u32]) -> Option<u32> {
    let free = |row: &usize| {
        institutes.tags()[*row].area() == Area::Elsewhere
            && institutes.tags()[*row].sector() == Sector::Institute
            && institutes.account()[*row].served == 0
            && !taken.iter().any(|&other| other as usize == *row)
    };
    (0..institutes.len())
        .filter(free)
        .min_by(|&a, &b| {
            let draw = |row: usize| institutes.key()[row].uniform(0, Purpose::Lottery);
            draw(a).total_cmp(&draw(b)).then(a.cmp(&b))
        })
        .and_then(|row| u32::try_from(row).ok())
}

fn institute(
    context: &YearContext<'_>,
    id: FirmId,
    key: Key,
    number: u32,
    mean: f64,
    spread: f64,
) -> Firm {
    let day = distribution::days(key.uniform(context.year, Purpose::ArrivalDay));
    let headcount = headcount(key.uniform(context.year, Purpose::InitialHeadcount), mean, spread);
    let share = context.theta.specialist_share_institute;
    let specialists = specialists(headcount, share, key);
    Firm {
        number,
        ..blank(id, key, context.ordinal(day), Sector::Institute, specialists, headcount)
    }
}

/// A log-normal headcount with this mean, at least one person.
#[must_use]
pub fn headcount(uniform: f64, mean: f64, spread: f64) -> i32 {
    let median = mean * crate::random::math::exp(-spread * spread / 2.0);
    let size = distribution::lognormal(uniform, median, spread).round();
    #[expect(clippy::cast_possible_truncation, reason = "cut to the range first")]
    let size = size.clamp(1.0, 1e6) as i32;
    size
}

/// How many of a firm's people are specialists; one post at least is not.
#[must_use]
pub fn specialists(headcount: i32, share: f64, key: Key) -> i32 {
    // The same draw in every year of the firm's life: rounding must not hire and fire by itself.
    posts(headcount, share, key.uniform(0, Purpose::SpecialistRounding))
}

/// The same, by the firm's own draw.
#[must_use]
#[inline]
pub fn posts(headcount: i32, share: f64, draw: f64) -> i32 {
    let wanted = distribution::whole(share * f64::from(headcount), draw);
    i32::try_from(wanted).unwrap_or(i32::MAX).min(headcount - 1).max(0)
}

/// A firm with nothing but its name, founding day, sector and people; elsewhere in the city.
#[must_use]
pub fn blank(
    id: FirmId,
    key: Key,
    born: i32,
    sector: Sector,
    specialists: i32,
    headcount: i32,
) -> Firm {
    Firm {
        id,
        key,
        born,
        quality: 0.0,
        sector,
        area: Area::Elsewhere,
        facility: NONE,
        tenancy_end: 0,
        alumnus_since: 0,
        alumnus_of: NONE,
        visited: 0,
        specialists,
        others: headcount - specialists,
        stage: 0,
        last_round: 0,
        raised: 0,
        status: Status::Independent,
        fund_stake: 0,
        fund: NONE,
        co_invested: 0,
        output: 0.0,
        served: 0,
        grant_year: 0,
        voucher_end: 0,
        voucher: NONE,
        site_cap: 0,
        number: 0,
    }
}

/// The share of specialists among a sector's posts.
#[must_use]
pub fn specialist_share(context: &YearContext<'_>, sector: Sector) -> f64 {
    match sector {
        Sector::Software => context.theta.specialist_share_software,
        Sector::Hardware => context.theta.specialist_share_hardware,
        Sector::Ict => context.theta.specialist_share_ict,
        Sector::Institute | Sector::Laboratory => context.theta.specialist_share_institute,
    }
}

/// The purposes of fresh tastes, by area.
const MOVE_TASTES: [Purpose; 3] = [
    Purpose::MoveTasteSpecialZone,
    Purpose::MoveTastePromotionDistrict,
    Purpose::MoveTasteElsewhere,
];

/// The day of this year on which a tenant leaves, if it does.
fn leaves_on(
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
    let day = startups.rest()[row].tenancy_end - context.start + 1;
    (day <= i32::from(YEAR_END)).then(|| u16::try_from(day.max(1)).unwrap_or(1))
}

impl<'a> Intake<'a, '_> {
    /// A candidate by its place: independents first.
    fn candidate_at(&self, place: u32) -> &Candidate {
        let place = place as usize;
        match place.checked_sub(self.founders.len()) {
            None => &self.founders[place],
            Some(own) => &self.memory.own[own],
        }
    }

    /// Writes down everything that is dated before the intake begins, in order; but for independent
    /// founders, whose order no policy changes.
    fn write_agenda(&mut self) {
        let context = self.context;
        let mut agenda = std::mem::take(&mut self.memory.agenda);
        agenda.clear();
        let first_own = self.founders.len() as u32;
        for (place, candidate) in (first_own..).zip(&self.memory.own) {
            agenda.push(Item::candidate(candidate, place));
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

    fn institutes_agenda(&mut self, agenda: &mut Vec<Item>) {
        let context = self.context;
        let institutes = self.world.district().institutes();
        let draws = &mut self.memory.draws[0];
        slice::uniforms(institutes.key(), context.year, Purpose::Reconsiders, draws);
        for (row, &draw) in draws.iter().enumerate() {
            let moves = draw < context.theta.institute_relocation_rate
                && institutes.tags()[row].sector() == Sector::Institute;
            if moves {
                let key = institutes.key()[row];
                let day = distribution::days(key.uniform(context.year, Purpose::MoveDay));
                let order = institutes.id()[row].number();
                let who = Who::InstituteMoves;
                agenda.push(Item::new(day, Action::Decide, order, who, row as u32));
            }
        }
    }

    fn startups_agenda(&mut self, agenda: &mut Vec<Item>) {
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
        self.find_visits();
        self.draw_tastes();
        let startups = self.world.district().startups();
        let IntakeMemory { visits, days, .. } = &mut *self.memory;
        let [applies_on, moves_on] = days;
        let days = applies_on.iter().zip(moves_on);
        for (place, (visit, (&applies_on, &mut moves_on))) in (0u32..).zip(visits.iter().zip(days)) {
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

    /// Finds the startups that look round for a facility or reconsider where they are, draws their
    /// days and fresh tastes, and leaves those out that no area draws away.
    fn find_visits(&mut self) {
        let context = self.context;
        let (year, theta) = (context.year, context.theta);
        let startups = self.world.district().startups();
        let looks_below = self.offices.iter().map(|office| office.looks_below).fold(0.0, f64::max);
        let oldest = self.offices.iter().map(|office| office.lever.longest_age).fold(0.0, f64::max);
        // Firms lie in the order of their years of birth: the young come last.
        let is_old = |born| f64::from(context.age_of(born)) > oldest;
        let young = startups.dates().partition_point(|dates| is_old(dates.born()));
        let IntakeMemory { visits, keys, draws, days, rows, .. } = &mut *self.memory;
        let [looks, reconsiders, taste] = &mut *draws;
        slice::uniforms(startups.key(), year, Purpose::LooksRound, looks);
        slice::uniforms(startups.key(), year, Purpose::Reconsiders, reconsiders);
        let tags = startups.tags();
        let applies = |row: usize| (looks[row] < looks_below) & (row >= young);
        let moves = |row: usize| reconsiders[row] < theta.relocation_rate;
        slice::choose(tags.len(), rows, |row| {
            !tags[row].is_tenant() & (applies(row) | moves(row))
        });
        keys.clear();
        keys.extend(rows.iter().map(|&row| startups.key()[row as usize]));
        visits.clear();
        visits.extend(rows.iter().map(|&row| {
            let (applies, moves) = (applies(row as usize), moves(row as usize));
            let looks = looks[row as usize];
            Visit { row, looks, place: NOWHERE, tastes: [0.0; 3], applies, moves }
        }));
        for (place, purpose) in MOVE_TASTES.into_iter().enumerate() {
            slice::uniforms(keys, year, purpose, taste);
            slice::gumbel(taste);
            for (visit, &draw) in visits.iter_mut().zip(&*taste) {
                visit.tastes[place] = draw;
            }
        }
        let [applies_on, moves_on] = days;
        slice::uniforms(keys, year, Purpose::ApplicationDay, applies_on);
        slice::uniforms(keys, year, Purpose::MoveDay, moves_on);
        // A voucher may draw a firm away later in the year; an applicant may sit elsewhere by then.
        if !context.case.plan.vouchers.is_empty() {
            return;
        }
        for visit in visits.iter_mut().filter(|visit| !visit.applies) {
            let area = tags[visit.row as usize].area();
            let values = self.values.of_moving(theta, area);
            let total = |k: Area| values[k.index()] + visit.tastes[k.index()];
            let stays = total(area);
            visit.moves = Area::ALL.into_iter().any(|k| k != area && total(k) > stays);
        }
    }

    /// Draws the tastes for facilities of startups and founders who look round.
    fn draw_tastes(&mut self) {
        let below = self.offices.iter().map(|office| office.looks_below).fold(0.0, f64::max);
        let startups = self.world.district().startups();
        let IntakeMemory { visits, tastes, aware, keys, .. } = &mut *self.memory;
        keys.clear();
        for visit in visits.iter_mut().filter(|visit| visit.applies) {
            visit.place = keys.len() as u32;
            keys.push(startups.key()[visit.row as usize]);
        }
        aware.clear();
        for founder in self.founders {
            if founder.looks < below {
                aware.push(keys.len() as u32);
                keys.push(founder.key);
            } else {
                aware.push(NOWHERE);
            }
        }
        tastes.draw(self.context, &self.offices, keys);
    }

    fn handle(&mut self, item: Item) {
        let (day, place) = (item.day(), item.place());
        match item.who() {
            Who::Candidate => self.candidate(place, day),
            Who::Applies => self.looks_round(place as usize, day),
            Who::Moves => self.reconsiders(place as usize, day),
            Who::Opens => self.opens(place as usize, day),
            Who::InstituteMoves => self.institute_moves(place as usize, day),
            Who::Office => self.recruits(place as u8, day),
            Who::Tenant => self.end_tenancy(place as usize, day),
        }
    }

    /// The floor space that a firm of the private market needs [m2].
    fn need(&self, sector: Sector, headcount: i32) -> i64 {
        accounts::space(self.context.theta, sector, headcount)
    }

    /// The gain of value by a voucher that is still to be had in each area.
    fn voucher_gain(&self, age: f64, day: u16) -> [f64; 3] {
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

    fn candidate(&mut self, index: u32, day: u16) {
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
        let choices = admission::choices(self.context, &self.offices, &applicant, &self.memory.tastes, day);
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
    fn found(&mut self, candidate: &Candidate, area: Area, day: u16) -> usize {
        let row = self.found_at(candidate, area, day);
        self.free.take(area, self.need(candidate.sector, candidate.team));
        self.entered(row, area, day);
        row
    }

    fn found_at(&mut self, candidate: &Candidate, area: Area, day: u16) -> usize {
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
    fn entered(&mut self, row: usize, area: Area, day: u16) {
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
                && self.world.district().startups().rest()[row].voucher == NONE;
            if eligible {
                *left -= 1;
                let end = self.context.date(day).plus_years(lever.duration).ordinal();
                let end = i32::try_from(end).unwrap_or(i32::MAX);
                self.world.give_voucher(row, lever.common.slot, day, end);
            }
        }
    }

    /// Fresh tastes of a firm for the areas this year.
    fn fresh_tastes(&self, key: Key) -> [f64; 3] {
        MOVE_TASTES.map(|purpose| distribution::gumbel(key.uniform(self.context.year, purpose)))
    }

    fn looks_round(&mut self, visit: usize, day: u16) {
        let Visit { row, tastes, looks, place, .. } = self.memory.visits[visit];
        let row = row as usize;
        let firms = self.world.district().startups();
        let area = firms.tags()[row].area();
        let (key, headcount) = (firms.key()[row], firms.headcount(row));
        let values = self.values.of_moving(self.context.theta, area);
        let stays = values[area.index()] + tastes[area.index()];
        let need = self.need(firms.tags()[row].sector(), headcount);
        let moves = choice::best_area(&values, &tastes, &self.free, need);
        let applicant = Applicant {
            key,
            looks,
            place: Some(place),
            age: f64::from(self.context.age(firms, row)),
            headcount,
            sector: firms.tags()[row].sector().index(),
            visited: firms.rest()[row].visited,
            graduate: firms.id()[row].origin() == Origin::Graduate,
            alternative: moves.map_or(stays, |(_, value)| value.max(stays)),
        };
        let choices = admission::choices(self.context, &self.offices, &applicant, &self.memory.tastes, day);
        self.apply(Waiting::Startup(row as u32), choices, 0, day);
    }

    /// Applies to the choices in turn from `next` on: admitted at once, waiting, or refused by all.
    fn apply(&mut self, applicant: Waiting, choices: Choices, next: usize, day: u16) -> Outcome {
        for place in next..MOST_CHOICES {
            let Some(index) = choices[place] else { break };
            let office = self.offices[usize::from(index)];
            self.note(EventKind::Applied, applicant, &office, day);
            if office.lever.admission == Admission::FirstCome {
                let free =
                    admission::free_places(self.world.district(), self.context, &office, day);
                if free > 0 {
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

    fn note(&mut self, kind: EventKind, applicant: Waiting, office: &Office<'_>, day: u16) {
        let (lever, area) = (office.lever.common.slot, office.lever.area);
        let place = (area, office.number, lever);
        let (id, headcount) = match applicant {
            Waiting::Candidate(index) => {
                let candidate = self.candidate_at(index);
                (candidate.id, candidate.team)
            }
            Waiting::Startup(row) => {
                let firms = self.world.district().startups();
                (firms.id()[row as usize], firms.headcount(row as usize))
            }
        };
        self.world.note_candidate(kind, id, day, headcount, place);
    }

    fn admit(&mut self, applicant: Waiting, office: &Office<'a>, day: u16) {
        let area = office.lever.area;
        let row = match applicant {
            Waiting::Candidate(index) => {
                let candidate = *self.candidate_at(index);
                self.found_at(&candidate, area, day)
            }
            Waiting::Startup(row) => {
                let firms = self.world.district().startups();
                let row = row as usize;
                let need = self.need(firms.tags()[row].sector(), firms.headcount(row));
                let from = firms.tags()[row].area();
                self.free.give(from, need);
                row
            }
        };
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
    fn recruits(&mut self, index: u8, day: u16) {
        let office = self.offices[usize::from(index)];
        let mut turn: Vec<(f64, u64, Application)> = Vec::new();
        for application in &self.memory.waiting {
            if application.office == index {
                let (key, quality, order) = match application.applicant {
                    Waiting::Candidate(row) => {
                        let candidate = self.candidate_at(row);
                        (candidate.key, candidate.quality, candidate.id.number())
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
            let open = office.lever.building.opening <= self.context.date(day)
                && office.lever.common.runs_on(self.context.date(day));
            let free = admission::free_places(self.world.district(), self.context, &office, day);
            if open && free > 0 {
                self.admit(applicant, &office, day);
                continue;
            }
            self.note(EventKind::Refused, applicant, &office, day);
            let next = usize::from(application.next);
            let outcome = self.apply(applicant, application.choices, next, day);
            if let (Outcome::Refused, Waiting::Candidate(row)) = (outcome, applicant) {
                let candidate = *self.candidate_at(row);
                self.world.stay_out(candidate.id, day, candidate.team);
            }
        }
    }

    fn end_tenancy(&mut self, row: usize, day: u16) {
        let firms = self.world.district().startups();
        let (key, area) = (firms.key()[row], firms.tags()[row].area());
        let need = self.need(firms.tags()[row].sector(), firms.headcount(row));
        let limit = firms.rest()[row].tenancy_end;
        let today = self.context.ordinal(day);
        let cause = if limit <= today { "tenancy over" } else { "outgrown or closed" };
        self.world.end_tenancy(row, day, today, cause);
        let tastes = self.fresh_tastes(key);
        let mut values = self.values.area;
        values[area.index()] += self.context.theta.alumni_pull;
        let best = choice::best_area(&values, &tastes, &self.free, need);
        // Where no area has room the firm squeezes in where it is.
        let to = best.map_or(area, |(to, _)| to);
        if to != area {
            self.world.relocate(Population::Startups, row, to, day, NONE, "after tenancy");
        }
        self.free.take(to, need);
        self.entered(row, to, day);
    }

    fn reconsiders(&mut self, visit: usize, day: u16) {
        let Visit { row, tastes, .. } = self.memory.visits[visit];
        let row = row as usize;
        let firms = self.world.district().startups();
        // Who has become a tenant on an earlier day stays.
        if firms.tags()[row].facility() != NONE {
            return;
        }
        let area = firms.tags()[row].area();
        let need = self.need(firms.tags()[row].sector(), firms.headcount(row));
        let gain = self.voucher_gain(f64::from(self.context.age(firms, row)), day);
        let cost = self.context.theta.moving_cost;
        let values = Area::ALL.map(|k| {
            let here = k == area;
            self.values.area[k.index()] + if here { 0.0 } else { gain[k.index()] - cost }
        });
        let stays = values[area.index()] + tastes[area.index()];
        if let Some((to, value)) = choice::best_area(&values, &tastes, &self.free, need)
            && to != area
            && value > stays
        {
            self.world.relocate(Population::Startups, row, to, day, NONE, "reconsidered");
            self.free.give(area, need);
            self.free.take(to, need);
            self.entered(row, to, day);
        }
    }

    fn opens(&mut self, index: usize, day: u16) {
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
            firm.sector = Sector::Laboratory;
            firm.served |= 1 << lever;
            area
        } else {
            let tastes = self.fresh_tastes(firm.key);
            let best = choice::best_area(&self.values.institute, &tastes, &self.free, need);
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

    fn institute_moves(&mut self, row: usize, day: u16) {
        let firms = self.world.district().institutes();
        let area = firms.tags()[row].area();
        let need = self.need(Sector::Institute, firms.headcount(row));
        let tastes = self.fresh_tastes(firms.key()[row]);
        let cost = self.context.theta.moving_cost;
        let values = Area::ALL
            .map(|k| self.values.institute[k.index()] - if k == area { 0.0 } else { cost });
        let stays = values[area.index()] + tastes[area.index()];
        if let Some((to, value)) = choice::best_area(&values, &tastes, &self.free, need)
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

/// What became of an application on its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Admitted,
    Waits,
    Refused,
}
