//! Rent vouchers: what one is worth to a firm, and who gets it.

use crate::model::context::YearContext;
use crate::model::ledger::event::NONE;
use crate::model::phases::intake::state::Intake;
use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::policy::area::MOST_AREAS;
use crate::policy::levers::rent_voucher::RentVoucher;
use crate::random::math;
use crate::time::DAYS;

/// What a voucher that runs for so many years is worth to a firm of an age `[utility]`.
///
/// Rent is one part of what space costs; charges are another, which no voucher pays. A firm counts
/// what the voucher pays of all that it expects to pay there, a later year for less: it may be gone,
/// or elsewhere, and money has interest.
///
/// # Formula
///
/// ```text
/// −b_rent ln((1 + c − share (1 − e^(−λ years))) / (1 + c))
/// λ = discount rate + chance of reconsidering the place + exit hazard of its age
/// ```
///
/// with c the charges over the rent.
///
/// # Source
///
/// Present value of a flow that ends at a constant rate; that firms weigh it so: judgement.
fn worth(context: &YearContext<'_>, lever: &RentVoucher, years: f64, age: i32) -> f64 {
    let theta = context.theta;
    let hazard = context.chance.terms(context.year).exit_age(age);
    let rate = theta.discount_rate + theta.relocation_rate + hazard;
    let while_it_runs = 1.0 - math::exp(-rate * years.max(0.0));
    let paid = lever.share * context.case.effect(lever.common.slot) * while_it_runs;
    let all = 1.0 + theta.space_charges;
    -theta.rent_sensitivity * math::ln((all - paid) / all)
}

impl Intake<'_, '_> {
    /// The voucher that a firm of an age would get on a day if it came to an area: its place among
    /// the levers, and what it is worth. Of several, the one that is worth most.
    fn voucher_on_offer(&self, area: Area, age: i32, day: u16) -> Option<(usize, f64)> {
        let date = self.context.date(day);
        let vouchers = self.context.case.plan.vouchers.iter().zip(&self.vouchers_left);
        let mut best: Option<(usize, f64, u64)> = None;
        for (index, (lever, &left)) in vouchers.enumerate() {
            let open = lever.area == area
                && left > 0
                && lever.share > 0.0
                && lever.duration > 0.0
                && f64::from(age) <= lever.longest_age
                && lever.common.runs_on(date);
            if !open {
                continue;
            }
            let worth = worth(self.context, lever, lever.duration, age);
            // Ties go by name: the order of levers must not show.
            let name = self.context.setup.lever_numbers[usize::from(lever.common.slot)];
            let better = best.is_none_or(|(_, most, least)| {
                worth > most || worth.total_cmp(&most).is_eq() && name < least
            });
            if better {
                best = Some((index, worth, name));
            }
        }
        best.map(|(index, worth, _)| (index, worth))
    }

    /// What vouchers add to the value of each area for a firm: one that it holds, for the time that
    /// is left, or one that is still to be had. No firm gets a second. `row` is `None` for a founder.
    pub(super) fn voucher_gain(&self, row: Option<usize>, age: i32, day: u16) -> ByArea<f64> {
        let mut gain = [0.0; MOST_AREAS];
        if self.vouchers_left.is_empty() {
            return gain;
        }
        let held = row.map(|row| self.world.district().startups().extra(row));
        if let Some(extra) = held.filter(|extra| extra.voucher != NONE) {
            let vouchers = &self.context.case.plan.vouchers;
            let lever = vouchers.iter().find(|lever| lever.common.slot == extra.voucher);
            let left = extra.voucher_end - self.context.ordinal(day);
            if let Some(lever) = lever.filter(|_| left > 0) {
                let years = f64::from(left) / f64::from(DAYS);
                gain[lever.area.index()] = worth(self.context, lever, years, age);
            }
            return gain;
        }
        for &area in self.context.areas() {
            gain[area.index()] =
                self.voucher_on_offer(area, age, day).map_or(0.0, |(_, worth)| worth);
        }
        gain
    }

    /// The same for a startup on the private market: who stays gets no voucher, and keeps one that
    /// it holds.
    pub(super) fn gain_of_moving(&self, row: usize, day: u16) -> ByArea<f64> {
        if self.vouchers_left.is_empty() {
            return [0.0; MOST_AREAS];
        }
        let startups = self.world.district().startups();
        let mut gain = self.voucher_gain(Some(row), self.context.age(startups, row), day);
        if startups.extra(row).voucher == NONE {
            gain[startups.tags()[row].area().index()] = 0.0;
        }
        gain
    }

    /// A startup has come to an area: it gets a voucher if one is left and it never had one.
    pub(super) fn give_voucher(&mut self, row: usize, area: Area, day: u16) {
        let startups = self.world.district().startups();
        if self.vouchers_left.is_empty() || startups.extra(row).voucher != NONE {
            return;
        }
        let age = self.context.age(startups, row);
        if let Some((index, _)) = self.voucher_on_offer(area, age, day) {
            self.vouchers_left[index] -= 1;
            let lever = &self.context.case.plan.vouchers[index];
            let end = self.context.date(day).plus_years(lever.duration).ordinal();
            let end = i32::try_from(end).unwrap_or(i32::MAX);
            self.world.give_voucher(row, lever.common.slot, day, end);
        }
    }
}
