//! Staff of firms changes by the year's quits, cuts and hires.

use crate::model::district::World;
use crate::model::district::changes::Changes;
use crate::model::district::changes::KINDS;
use crate::model::district::changes::Staffing;
use crate::model::district::firms::Staff;
use crate::model::district::note::FirmNote;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::Population;
use crate::random::math;
use crate::random::slice;
use crate::random::slice::Loop;
use crate::scenario::district::Areas;

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
    pub fn staff_all(
        &mut self,
        population: Population,
        day: u16,
        changes: &Changes<'_>,
        areas: &Areas,
    ) {
        debug_assert!(!self.ledger.keeps_log());
        let firms = self.firms_mut(population);
        slice::run(ChangeStaff { changes, staff: &mut firms.staff, growth: &mut firms.growth });
        debug_assert!(firms.staff.iter().all(|staff| staff.specialists >= 0 && staff.others >= 0));
        let tags = self.district.firms(population).tags();
        let mut tenants = std::mem::take(&mut self.rows);
        slice::choose(tags.len(), &mut tenants, |row| tags[row].is_tenant());
        let by_area = self.staffing.sums(tags, changes, areas.reference());
        for &area in areas.all() {
            let sums = by_area[area.index()];
            let [grew, shrank, _, cut, hired, _] = sums;
            let heads = grew.amount - shrank.amount;
            let specialists = grew.specialists + shrank.specialists;
            self.district.city.people.add(population, area, heads, specialists);
            self.district.city.pool += cut.amount - hired.amount;
            for (kind, tally) in KINDS.into_iter().zip(sums) {
                self.ledger.record_sums(population, kind, area.place(), tally);
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
