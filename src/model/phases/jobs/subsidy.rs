//! Wage subsidies: who is promised one, how it adds to growth, and what it pays (model, 6.4).

#![expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]

use std::ops::Range;

use crate::model::context::YearContext;
use crate::model::district::World;
use crate::model::district::YEAR_END;
use crate::model::district::firms::Firms;
use crate::model::district::firms::ZEROS;
use crate::model::district::note::FirmNote;
use crate::model::ledger::cash::CashItem;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::model::phases::calendar::bit;
use crate::model::whole::whole;
use crate::policy::slot::LeverSlot;
use crate::random::Purpose;
use crate::random::distribution;

/// Who counts on which subsidy this year.
#[derive(Clone, Debug, Default)]
pub(super) struct Promises {
    /// The wage subsidy promised to each startup, by row, or `NONE`; empty while all that may draw
    /// on one count on it.
    promised: Vec<LeverSlot>,
    order: Vec<(u16, u64, u32)>,
}

impl Promises {
    /// A new year: nothing is promised yet.
    pub(super) fn forget(&mut self) {
        self.promised.clear();
    }

    /// The growth that subsidies add to some startups, by row: nothing where the firm
    /// may not draw on one, or was not promised it once promises are made.
    pub(super) fn growth<'a>(
        &self,
        context: &YearContext<'_>,
        startups: &Firms,
        rows: Range<usize>,
        growth: &'a mut Vec<f64>,
    ) -> &'a [f64] {
        if context.case.plan.wage_subsidies.is_empty() {
            return &ZEROS[..rows.len()];
        }
        growth.clear();
        growth.resize(rows.len(), 0.0);
        for lever in &context.case.plan.wage_subsidies {
            let slot = lever.common.slot;
            let share = lever.common.share_of_year(lever.common.from, context.year);
            if lever.budget <= 0.0 {
                continue;
            }
            for (row, growth) in rows.clone().zip(growth.iter_mut()) {
                let eligible = self.promised.get(row).is_none_or(|&promised| promised == slot)
                    && startups.tags()[row].in_district()
                    && f64::from(context.age(startups, row)) <= lever.longest_age;
                if eligible {
                    let effect = context.case.effect(slot);
                    *growth += effect * context.theta.growth_subsidy * lever.share * share;
                }
            }
        }
        growth
    }

    /// Subsidies are promised in date order while the year's money lasts.
    pub(super) fn promise(
        &mut self,
        context: &YearContext<'_>,
        startups: &Firms,
        vacancies: &[i32],
    ) {
        let Self { promised, order } = self;
        promised.clear();
        promised.resize(startups.len(), NONE);
        for lever in &context.case.plan.wage_subsidies {
            let share = lever.common.share_of_year(lever.common.from, context.year);
            let mut left = lever.budget * share;
            let each = lever.share * context.theta.wage_specialist;
            if left <= 0.0 || each <= 0.0 {
                continue;
            }
            order.clear();
            for (row, &open) in vacancies.iter().enumerate() {
                let eligible = open > 0
                    && startups.tags()[row].in_district()
                    && f64::from(context.age(startups, row)) <= lever.longest_age;
                if eligible {
                    let draw = startups.key()[row].uniform(context.year, Purpose::SubsidyDay);
                    let id = startups.id()[row].number();
                    order.push((distribution::days(draw), id, row as u32));
                }
            }
            order.sort_unstable();
            for &(_, _, row) in &*order {
                let cost = each * f64::from(vacancies[row as usize]);
                let promised = &mut promised[row as usize];
                if *promised == NONE && cost <= left {
                    *promised = lever.common.slot;
                    left -= cost;
                }
            }
        }
    }

    /// Pays for the hires of those to whom subsidies were promised.
    pub(super) fn pay(&self, world: &mut World, context: &YearContext<'_>, hired: &[i32]) {
        // Nobody was promised anything where there is no such lever.
        for (row, &hired) in hired.iter().take(self.promised.len()).enumerate() {
            self.pay_one(world, context, row, hired);
        }
    }

    /// The same for one startup.
    pub(super) fn pay_one(
        &self,
        world: &mut World,
        context: &YearContext<'_>,
        row: usize,
        hired: i32,
    ) {
        let slot = self.promised.get(row).copied().unwrap_or(NONE);
        if slot == NONE || hired == 0 {
            return;
        }
        let levers = &context.case.plan.wage_subsidies;
        let Some(lever) = levers.iter().find(|lever| lever.common.slot == slot) else { return };
        let each = lever.share * context.theta.wage_specialist;
        let note = FirmNote {
            amount: i64::from(hired),
            lever: slot,
            ..FirmNote::new(EventKind::SubsidisedHires, YEAR_END, "wage subsidy")
        };
        world.note(Population::Startups, row, &note);
        world.serve_all(Population::Startups, row, bit(slot));
        let (payer, paid) = (lever.common.payer, whole(each * f64::from(hired)));
        world.ledger_mut().book_cash(YEAR_END, slot, CashItem::WageSubsidy, payer, paid);
    }
}
