//! Staff of firms changes by the year's quits, cuts and hires.

use crate::model::district::FirmNote;
use crate::model::district::World;
use crate::model::district::firms::Staff;
use crate::model::district::packed::Seat;
use crate::model::district::packed::Tags;
use crate::model::ledger::Tally;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::Population;
use crate::policy::area::Area;
use crate::random::math;
use crate::random::slice;
use crate::random::slice::Loop;

/// A change of a firm's staff in the jobs phase `[persons]`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Staffing {
    /// Specialists who quit.
    pub quits: i32,
    /// Specialists cut.
    pub cut: i32,
    /// Specialists hired.
    pub hired: i32,
    /// Posts for specialists left empty.
    pub unfilled: i32,
    /// Change of other people.
    pub others: i32,
}

/// Changes of the staff of all firms of a population, by row `[persons]`.
#[derive(Clone, Copy, Debug)]
pub struct Changes<'a> {
    /// Specialists who quit.
    pub quits: &'a [i32],
    /// Specialists cut.
    pub cut: &'a [i32],
    /// Specialists hired.
    pub hired: &'a [i32],
    /// Posts for specialists that were to be filled.
    pub vacancies: &'a [i32],
    /// Change of other people.
    pub others: &'a [i32],
}

impl Changes<'_> {
    /// The change of one firm.
    #[must_use]
    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    pub fn of(&self, row: usize) -> Staffing {
        Staffing {
            quits: self.quits[row],
            cut: self.cut[row],
            hired: self.hired[row],
            unfilled: self.vacancies[row] - self.hired[row],
            others: self.others[row],
        }
    }

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn rows(&self, from: usize, until: usize) -> Self {
        Self {
            quits: &self.quits[from..until],
            cut: &self.cut[from..until],
            hired: &self.hired[from..until],
            vacancies: &self.vacancies[from..until],
            others: &self.others[from..until],
        }
    }
}

/// What is recorded of changes of staff.
const KINDS: [EventKind; 6] = [
    EventKind::Grew,
    EventKind::Shrank,
    EventKind::Quit,
    EventKind::CutSpecialists,
    EventKind::Hired,
    EventKind::Unfilled,
];

/// Sums of changes of staff, by kind.
type Sums = [Tally; KINDS.len()];

/// Changes of the firms of the district's private market, side by side: working memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Apart {
    rows: Vec<u32>,
    tags: Vec<Tags>,
    changes: [Vec<i32>; 5],
}

impl Apart {
    /// Sums of the changes of the firms of each area's private market.
    ///
    /// One loop over all firms and two over the few of the district, for what is not there is
    /// elsewhere.
    fn sums(&mut self, tags: &[Tags], changes: &Changes<'_>) -> [Sums; 3] {
        let everywhere = slice::run(SumUp { changes, tags, seat: Seat::ANYWHERE });
        self.gather(tags, changes);
        let [quits, cut, hired, vacancies, others] = &self.changes;
        let changes = &Changes { quits, cut, hired, vacancies, others };
        let within =
            |area| slice::run(SumUp { changes, tags: &self.tags, seat: Seat::within(area) });
        let [zone, promotion] = [Area::SpecialZone, Area::PromotionDistrict].map(within);
        let rest = |kind: usize| everywhere[kind].less(zone[kind]).less(promotion[kind]);
        [zone, promotion, std::array::from_fn(rest)]
    }

    fn gather(&mut self, tags: &[Tags], changes: &Changes<'_>) {
        let Changes { quits, cut, hired, vacancies, others } = *changes;
        slice::choose(tags.len(), &mut self.rows, |row| {
            tags[row].in_district() & tags[row].sits(Seat::ANYWHERE)
        });
        self.tags.clear();
        self.tags.extend(self.rows.iter().map(|&row| tags[row as usize]));
        for (to, from) in self.changes.iter_mut().zip([quits, cut, hired, vacancies, others]) {
            to.clear();
            to.extend(self.rows.iter().map(|&row| from[row as usize]));
        }
    }
}

/// Carries a change out; gives the log growth of headcount: ln(now / before), each at least one
/// person.
#[expect(clippy::inline_always, reason = "compiled for each instruction set")]
#[inline(always)]
fn apply(staff: &mut Staff, change: Staffing) -> f64 {
    let before = f64::from(staff.headcount().max(1));
    staff.specialists += change.hired - change.quits - change.cut;
    staff.others += change.others;
    math::ln(f64::from(staff.headcount().max(1)) / before)
}

impl World {
    /// Makes room for the year's growth of all firms, which changes of staff then set.
    pub fn begin_staffing(&mut self) {
        for population in [Population::Startups, Population::Institutes] {
            let firms = self.firms_mut(population);
            firms.growth.resize(firms.len(), 0.0);
        }
    }

    /// A firm's staff changes by the year's quits, cuts and hires.
    pub fn staff(&mut self, population: Population, row: usize, day: u16, change: Staffing) {
        let firms = self.firms_mut(population);
        let staff = &mut firms.staff[row];
        firms.growth[row] = apply(staff, change);
        debug_assert!(staff.specialists >= 0 && staff.others >= 0);
        self.record_staffing(population, row, day, change);
    }

    /// Records a change of staff that has been made.
    fn record_staffing(&mut self, population: Population, row: usize, day: u16, change: Staffing) {
        let specialists = change.hired - change.quits - change.cut;
        let total = specialists + change.others;
        let area = self.district.firms(population).tags[row].area();
        self.district.city.people.add(population, area, total.into(), specialists.into());
        let plain = |kind, amount: i32| FirmNote {
            amount: i64::from(amount),
            ..FirmNote::new(kind, day, "staffing")
        };
        if total != 0 || specialists != 0 {
            let kind = if total >= 0 { EventKind::Grew } else { EventKind::Shrank };
            let note = FirmNote { specialists: i64::from(specialists), ..plain(kind, total.abs()) };
            self.record_firm(population, row, &note);
        }
        if change.quits != 0 {
            self.record_firm(population, row, &plain(EventKind::Quit, change.quits));
        }
        if change.cut != 0 {
            self.record_firm(population, row, &plain(EventKind::CutSpecialists, change.cut));
        }
        if change.hired != 0 {
            self.record_firm(population, row, &plain(EventKind::Hired, change.hired));
        }
        if change.unfilled != 0 {
            self.record_firm(population, row, &plain(EventKind::Unfilled, change.unfilled));
        }
        self.district.city.pool += i64::from(change.cut - change.hired);
    }

    /// The staff of all firms changes, row by row: [`Self::staff`] of each, for a ledger without a
    /// log. Changes are summed by area first and recorded in one piece; those of tenants, which
    /// count for their facilities too, one by one.
    pub fn staff_all(&mut self, population: Population, day: u16, changes: &Changes<'_>) {
        debug_assert!(!self.ledger.keeps_log());
        let firms = self.firms_mut(population);
        slice::run(ChangeStaff { changes, staff: &mut firms.staff, growth: &mut firms.growth });
        debug_assert!(firms.staff.iter().all(|staff| staff.specialists >= 0 && staff.others >= 0));
        let tags = self.district.firms(population).tags();
        let mut tenants = std::mem::take(&mut self.rows);
        slice::choose(tags.len(), &mut tenants, |row| tags[row].is_tenant());
        let by_area = self.staffing.sums(tags, changes);
        for (area, sums) in Area::ALL.into_iter().zip(by_area) {
            let [grew, shrank, _, cut, hired, _] = sums;
            let heads = grew.amount - shrank.amount;
            let specialists = grew.specialists + shrank.specialists;
            self.district.city.people.add(population, area, heads, specialists);
            self.district.city.pool += cut.amount - hired.amount;
            for (kind, tally) in KINDS.into_iter().zip(sums) {
                self.ledger.record_sums(population, kind, area as u8, tally);
            }
        }
        for &row in &tenants {
            let row = row as usize;
            self.record_staffing(population, row, day, changes.of(row));
        }
        self.rows = tenants;
    }
}

/// Carries changes out.
struct ChangeStaff<'a> {
    changes: &'a Changes<'a>,
    staff: &'a mut [Staff],
    growth: &'a mut [f64],
}

impl Loop for ChangeStaff<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run(self) {
        let rows = self.staff.len();
        let (changes, growth) = (self.changes.rows(0, rows), &mut self.growth[..rows]);
        for (row, staff) in self.staff.iter_mut().enumerate() {
            growth[row] = apply(staff, changes.of(row));
        }
    }
}

/// Adds up what [`World::staff`] records of the changes of firms that sit somewhere.
struct SumUp<'a> {
    changes: &'a Changes<'a>,
    tags: &'a [Tags],
    seat: Seat,
}

/// How many rows are summed in 32 bits: with at most 10^7 people a firm no sum overflows.
const PIECE: usize = 128;

impl Loop for SumUp<'_> {
    type Output = Sums;

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run(self) -> Sums {
        let mut sums = Sums::default();
        let rows = self.tags.len();
        let mut from = 0;
        while from < rows {
            let until = rows.min(from + PIECE);
            let (changes, tags) = (self.changes.rows(from, until), &self.tags[from..until]);
            let mut piece = [[0_i32; 3]; 6];
            for (row, tags) in tags.iter().enumerate() {
                // All bits where the firm counts, none where it does not.
                let mask = -i32::from(tags.sits(self.seat));
                let change = changes.of(row);
                let specialists = change.hired - change.quits - change.cut;
                let total = specialists + change.others;
                let counts = i32::from(total != 0) | i32::from(specialists != 0);
                let shrank = -i32::from(total < 0);
                let mut add = |kind: usize, mask: i32, terms: [i32; 3]| {
                    for (sum, term) in piece[kind].iter_mut().zip(terms) {
                        *sum += term & mask;
                    }
                };
                add(0, mask & !shrank, [counts, total, specialists]);
                add(1, mask & shrank, [counts, -total, specialists]);
                add(2, mask, [i32::from(change.quits != 0), change.quits, 0]);
                add(3, mask, [i32::from(change.cut != 0), change.cut, 0]);
                add(4, mask, [i32::from(change.hired != 0), change.hired, 0]);
                add(5, mask, [i32::from(change.unfilled != 0), change.unfilled, 0]);
            }
            for (sum, [count, amount, specialists]) in sums.iter_mut().zip(piece) {
                sum.add_some(count.into(), amount, specialists);
            }
            from = until;
        }
        sums
    }
}
