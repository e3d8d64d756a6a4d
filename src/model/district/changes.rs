//! Changes of the staff of firms, and their sums by area.

use crate::model::district::packed::Seat;
use crate::model::district::packed::Tags;
use crate::model::ledger::Tally;
use crate::model::ledger::event::EventKind;
use crate::policy::area::Area;
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
    pub(super) fn rows(&self, from: usize, until: usize) -> Self {
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
pub(super) const KINDS: [EventKind; 6] = [
    EventKind::Grew,
    EventKind::Shrank,
    EventKind::Quit,
    EventKind::CutSpecialists,
    EventKind::Hired,
    EventKind::Unfilled,
];

/// Sums of changes of staff, by kind.
pub(super) type Sums = [Tally; KINDS.len()];

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
    pub(super) fn sums(&mut self, tags: &[Tags], changes: &Changes<'_>) -> [Sums; 3] {
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

/// Adds up what [`World::staff`](crate::model::district::World::staff) records of the changes of firms that sit somewhere.
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
