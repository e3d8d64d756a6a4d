//! Changes of the staff of firms, and their sums by area.

use crate::model::district::packed::Seat;
use crate::model::district::packed::Tags;
use crate::model::ledger::Tally;
use crate::model::ledger::event::EventKind;
use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::policy::area::MOST_AREAS;
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

/// Rows of the firms of the private market outside the reference area: working memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Apart {
    rows: Vec<u32>,
}

impl Apart {
    /// Sums of the changes of the firms of each area's private market.
    ///
    /// One loop over all firms, and one over those outside the reference area, where most are: what is
    /// not in another area is there.
    pub(super) fn sums(
        &mut self,
        tags: &[Tags],
        changes: &Changes<'_>,
        reference: Area,
    ) -> ByArea<Sums> {
        let everywhere = slice::run(SumUp { changes, tags });
        slice::choose(tags.len(), &mut self.rows, |row| {
            tags[row].is_outside(reference) & tags[row].sits(Seat::ANYWHERE)
        });
        let mut by_area = [Sums::default(); MOST_AREAS];
        for &row in &self.rows {
            let row = row as usize;
            add(&mut by_area[tags[row].area().index()], changes.of(row));
        }
        let others = by_area;
        let rest = &mut by_area[reference.index()];
        *rest = everywhere;
        for sums in others {
            for (rest, sum) in rest.iter_mut().zip(sums) {
                *rest = rest.less(sum);
            }
        }
        by_area
    }
}

/// Adds up what [`World::staff`](crate::model::district::World::staff) records of the changes of firms that sit somewhere.
struct SumUp<'a> {
    changes: &'a Changes<'a>,
    tags: &'a [Tags],
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
                let mask = -i32::from(tags.sits(Seat::ANYWHERE));
                let terms = terms(changes.of(row));
                for (sums, terms) in piece.iter_mut().zip(&terms) {
                    for (sum, term) in sums.iter_mut().zip(terms) {
                        *sum += term & mask;
                    }
                }
            }
            for (sum, [count, amount, specialists]) in sums.iter_mut().zip(piece) {
                sum.add_some(count.into(), amount, specialists);
            }
            from = until;
        }
        sums
    }
}

/// What is recorded of one change, by kind: how often, amount and specialists.
#[expect(clippy::inline_always, reason = "compiled for each instruction set")]
#[inline(always)]
fn terms(change: Staffing) -> [[i32; 3]; KINDS.len()] {
    let specialists = change.hired - change.quits - change.cut;
    let total = specialists + change.others;
    let counts = i32::from(total != 0) | i32::from(specialists != 0);
    // All bits where it shrank, none where it did not.
    let shrank = -i32::from(total < 0);
    [
        [counts & !shrank, total & !shrank, specialists & !shrank],
        [counts & shrank, -total & shrank, specialists & shrank],
        [i32::from(change.quits != 0), change.quits, 0],
        [i32::from(change.cut != 0), change.cut, 0],
        [i32::from(change.hired != 0), change.hired, 0],
        [i32::from(change.unfilled != 0), change.unfilled, 0],
    ]
}

/// Adds one change to the sums of its area.
fn add(sums: &mut Sums, change: Staffing) {
    for (sum, [count, amount, specialists]) in sums.iter_mut().zip(terms(change)) {
        sum.add_some(count.into(), amount, specialists);
    }
}
