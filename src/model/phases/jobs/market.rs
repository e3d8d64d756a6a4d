//! The market for specialists: vacancies are filled from the pool (model, 6.4).

#![expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]

use crate::model::context::YearContext;
use crate::model::district::World;
use crate::model::district::YEAR_END;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::Population;
use crate::model::phases::jobs::plans::Columns;
use crate::model::phases::jobs::plans::Plans;
use crate::model::support::by_row::ByRow;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::math;
use crate::random::slice;
use crate::random::slice::Loop;

/// Working memory, kept from year to year.
#[derive(Clone, Debug, Default)]
pub(super) struct MarketMemory {
    /// By population.
    draws: [Vec<f64>; 2],
    /// Day, name, population and row of firms that hire.
    order: Vec<(u16, u64, u8, u32)>,
    /// What startups hire that an instrument helps, by row.
    fill_more: Vec<(usize, i32)>,
}

/// Both populations, in the order of hiring.
const POPULATIONS: [Population; 2] = [Population::Startups, Population::Institutes];

/// The hires that a matching market makes of seekers and vacancies.
///
/// # Formula
///
/// ```text
/// M = U V / (U^ι + V^ι)^(1/ι)
/// ```
///
/// # Source
///
/// den Haan, Ramey and Watson 2000: smooth, and never above either side.
#[must_use]
pub fn matches(seekers: f64, vacancies: f64, exponent: f64) -> f64 {
    if seekers <= 0.0 || vacancies <= 0.0 {
        return 0.0;
    }
    // Of the ratio of the smaller to the larger side, so that no power overflows.
    let (small, large) =
        if seekers < vacancies { (seekers, vacancies) } else { (vacancies, seekers) };
    let ratio = math::exp(exponent * math::ln(small / large));
    small * math::exp(-math::ln(1.0 + ratio) / exponent)
}

/// Fills vacancies. `linked` graduates are placed first.
#[inline(never)]
pub(super) fn run(
    world: &mut World,
    context: &YearContext<'_>,
    (plans, more): (&mut Plans, &ByRow),
    memory: &mut MarketMemory,
    linked: i64,
) {
    let (mut seekers, mut vacancies) = (world.district().pool(), 0_i64);
    for population in POPULATIONS {
        let columns = plans.of(population);
        seekers += columns.cut.iter().map(|&cut| i64::from(cut)).sum::<i64>();
        vacancies += columns.vacancies.iter().map(|&open| i64::from(open)).sum::<i64>();
    }
    let tightness =
        if seekers > 0 && vacancies > 0 { vacancies as f64 / seekers as f64 } else { 1.0 };
    world.set_tightness(tightness);
    let (mut pool, mut open) = (seekers.max(0), vacancies);
    if linked > 0 {
        let placed = place_linked(world, context, plans, memory, linked.min(pool));
        pool -= placed;
        open -= placed;
    }
    let matched = matches(pool as f64, open as f64, context.theta.matching_exponent);
    let rate = if open > 0 { matched / open as f64 } else { 0.0 };
    if rate <= 0.0 {
        return;
    }
    let mut total = 0;
    for population in POPULATIONS {
        let keys = world.district().firms(population).key();
        let draws = &mut memory.draws[population as usize];
        slice::uniforms(keys, context.year, Purpose::FillRounding, draws);
        let columns = plans.of_mut(population);
        if population == Population::Startups {
            fill_more(columns, more, draws, rate, &mut memory.fill_more);
        }
        let (vacancies, hired) = (&columns.vacancies, &mut columns.hired);
        total += slice::run(Fill { vacancies, draws, rate, hired });
        if population == Population::Startups {
            for &(row, filled) in &memory.fill_more {
                total += i64::from(filled - hired[row]);
                hired[row] = filled;
            }
        }
    }
    if total > pool {
        give_back(world, context.year, plans, memory, total - pool);
    }
}

/// What firms hire in which an instrument helps to fill vacancies, by row.
fn fill_more(
    columns: &Columns,
    more: &ByRow,
    draws: &[f64],
    rate: f64,
    filled: &mut Vec<(usize, i32)>,
) {
    filled.clear();
    let rows = 0..columns.len();
    filled.extend(more.touched(rows).filter(|&row| columns.vacancies[row] > 0).map(|row| {
        let rate = (rate * math::exp(more.of(row..row + 1)[0])).min(1.0);
        let left = f64::from(columns.vacancies[row] - columns.hired[row]);
        let filled = distribution::whole_number(left * rate, draws[row]).min(left);
        (row, columns.hired[row] + math::small_integer(filled))
    }));
}

/// Fills a share of the vacancies left, in whole people by the firm's own draw; gives the sum.
struct Fill<'a> {
    vacancies: &'a [i32],
    draws: &'a [f64],
    rate: f64,
    hired: &'a mut [i32],
}

impl Loop for Fill<'_> {
    type Output = i64;

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run(self) -> i64 {
        let rows = self.vacancies.len();
        let (draws, hired) = (&self.draws[..rows], &mut self.hired[..rows]);
        let mut total = 0;
        for row in 0..rows {
            let left = f64::from(self.vacancies[row] - hired[row]);
            let filled = distribution::whole_number(left * self.rate, draws[row]).min(left);
            let filled = math::small_integer(filled);
            hired[row] += filled;
            total += i64::from(filled);
        }
        total
    }
}

/// The order of hiring days, the earliest first.
fn order_by_hiring_day(
    world: &World,
    year: u16,
    order: &mut Vec<(u16, u64, u8, u32)>,
    hires: impl Fn(Population, usize, bool) -> bool,
) {
    order.clear();
    for population in POPULATIONS {
        let firms = world.district().firms(population);
        for row in 0..firms.len() {
            if hires(population, row, firms.tags()[row].in_district()) {
                let draw = firms.key()[row].uniform(year, Purpose::HiringDay);
                let id = firms.id()[row].number();
                let entry = (distribution::days(draw), id, population as u8, row as u32);
                order.push(entry);
            }
        }
    }
    order.sort_unstable();
}

/// The employment linkage fills vacancies of district firms in the order of their hiring days.
fn place_linked(
    world: &mut World,
    context: &YearContext<'_>,
    plans: &mut Plans,
    memory: &mut MarketMemory,
    linked: i64,
) -> i64 {
    order_by_hiring_day(world, context.year, &mut memory.order, |population, row, in_district| {
        in_district && plans.of(population).vacancies[row] > 0
    });
    let mut left = linked;
    for &(_, _, population, row) in &memory.order {
        let columns = plans.of_mut(POPULATIONS[usize::from(population)]);
        let filled = i64::from(columns.vacancies[row as usize]).min(left);
        columns.hired[row as usize] += i32::try_from(filled).unwrap_or(0);
        left -= filled;
        if left == 0 {
            break;
        }
    }
    let placed = linked - left;
    world.pool(EventKind::Linked, YEAR_END, placed, "employment linkage");
    placed
}

/// The pool is empty before the last firms have hired: those with the latest days go without.
fn give_back(
    world: &World,
    year: u16,
    plans: &mut Plans,
    memory: &mut MarketMemory,
    mut excess: i64,
) {
    order_by_hiring_day(world, year, &mut memory.order, |population, row, _| {
        plans.of(population).hired[row] > 0
    });
    for &(_, _, population, row) in memory.order.iter().rev() {
        let hired = &mut plans.of_mut(POPULATIONS[usize::from(population)]).hired[row as usize];
        let back = i64::from(*hired).min(excess);
        *hired -= i32::try_from(back).unwrap_or(0);
        excess -= back;
        if excess == 0 {
            break;
        }
    }
}
