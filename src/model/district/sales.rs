//! Sales of startups.

use crate::model::district::World;
use crate::model::district::YEAR_END;
use crate::model::district::note::FirmNote;
use crate::model::district::packed::Tags;
use crate::model::ledger::Tally;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::Population;
use crate::policy::area::Area;
use crate::random::slice;
use crate::random::slice::Loop;

impl World {
    /// Sales of the year of the startups from row `first` on `[KRW m]`. Where no log is kept, those of
    /// firms in the reference area that never were in a facility, which are most, are recorded in one
    /// piece.
    pub fn sell(&mut self, first: usize, amounts: &[i64], reference: Area) {
        let mut rows = std::mem::take(&mut self.rows);
        let block = first..first + amounts.len();
        let tags = &self.district.startups.tags()[block.clone()];
        let one_by_one = self.ledger.keeps_log();
        slice::choose(tags.len(), &mut rows, |row| {
            let apart = one_by_one | tags[row].has_facility() | tags[row].is_outside(reference);
            (amounts[row] > 0) & apart
        });
        if !one_by_one {
            let sums = slice::run(SumUp { tags, amounts, reference });
            let place = reference.place();
            self.ledger.record_sums(Population::Startups, EventKind::Sold, place, sums);
        }
        for &row in &rows {
            self.sell_one(first + row as usize, amounts[row as usize]);
        }
        self.rows = rows;
    }

    fn sell_one(&mut self, row: usize, amount: i64) {
        let note = FirmNote { amount, ..FirmNote::new(EventKind::Sold, YEAR_END, "sales") };
        self.record_firm(Population::Startups, row, &note);
        if self.district.startups.tags[row].is_alumnus() {
            self.record_alumnus(row, EventKind::AlumniSold, YEAR_END, amount);
        }
    }
}

/// Adds up the sales of firms in the reference area that never were in a facility.
struct SumUp<'a> {
    tags: &'a [Tags],
    amounts: &'a [i64],
    reference: Area,
}

impl Loop for SumUp<'_> {
    type Output = Tally;

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run(self) -> Tally {
        let rows = self.tags.len();
        let amounts = &self.amounts[..rows];
        let mut sums = Tally::default();
        for (tags, &amount) in self.tags.iter().zip(amounts) {
            // All bits where the firm counts, none where it does not.
            let mask = -i64::from(!tags.is_outside(self.reference) & !tags.has_facility());
            sums.count += mask & i64::from(amount > 0);
            sums.amount += mask & amount.max(0);
        }
        sums
    }
}
