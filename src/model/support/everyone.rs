//! Instruments that nobody uses, as they are for all: for every startup of an area, for who chooses a
//! place, for those who would found.

use std::ops::Range;

use crate::model::context::YearContext;
use crate::model::district::District;
use crate::model::district::firms::Firms;
use crate::model::space;
use crate::model::support::offer::size;
use crate::model::support::targets::is_for;
use crate::policy::area::ByArea;
use crate::policy::area::MOST_AREAS;
use crate::policy::effect::On;
use crate::policy::levers::instrument::Instrument;
use crate::policy::take_up::For;
use crate::random::math;

/// Instruments for a population that have an effect on something this year, with that effect: its size
/// times the share of the year in which it is in force.
fn in_force<'c>(
    context: &YearContext<'c>,
    population: For,
    on: On,
) -> impl Iterator<Item = (&'c Instrument, f64)> {
    let (theta, case, year) = (context.theta, context.case, context.year);
    let of_all = case.plan.instruments.iter().filter(move |lever| lever.population == population);
    of_all.filter(move |lever| lever.effect_on(on).is_some()).filter_map(move |lever| {
        let share = lever.common.share_of_year(lever.opens(), year);
        let effect = case.effect(lever.common.slot) * size(theta, lever, on) * share;
        (share > 0.0).then_some((lever, effect))
    })
}

/// What they do to startups of some areas while they are in force, by what it is on.
pub(super) fn of_area<'c>(
    context: &YearContext<'c>,
    on: On,
) -> impl Iterator<Item = (&'c Instrument, f64)> {
    in_force(context, For::Area, on)
}

/// Whether some instrument for areas has an effect on exits this year.
#[must_use]
pub fn is_on_exit(context: &YearContext<'_>) -> bool {
    in_force(context, For::Area, On::Exit).next().is_some()
}

/// Adds what they take off the exit hazard of some startups, by row of a block `[ln]`.
pub fn on_exit(
    context: &YearContext<'_>,
    startups: &Firms,
    rows: Range<usize>,
    lowered: &mut [f64],
) {
    for (lever, effect) in in_force(context, For::Area, On::Exit) {
        for (row, lowered) in rows.clone().zip(&mut *lowered) {
            if is_for(&lever.targets, context, startups, row) {
                *lowered += effect;
            }
        }
    }
}

/// What they add to the value of each area for a startup `[utility]`.
#[must_use]
pub fn on_moving_in(context: &YearContext<'_>) -> ByArea<f64> {
    let mut value = [0.0; MOST_AREAS];
    for (lever, effect) in in_force(context, For::Area, On::MovingIn) {
        for (value, is_there) in value.iter_mut().zip(lever.targets.areas) {
            *value += if is_there { effect } else { 0.0 };
        }
    }
    value
}

/// Instruments that bring further founders this year, with the factor on their number while in force.
pub fn on_founding<'c>(context: &YearContext<'c>) -> impl Iterator<Item = (&'c Instrument, f64)> {
    let (theta, case) = (context.theta, context.case);
    in_force(context, For::Founders, On::Founding).map(move |(lever, _)| {
        let effect = case.effect(lever.common.slot) * size(theta, lever, On::Founding);
        (lever, math::exp(effect))
    })
}

/// The market rent of a startup's floor space `[account units/year]`.
pub(super) fn rent(context: &YearContext<'_>, district: &District, row: usize) -> f64 {
    let startups = district.startups();
    let tags = startups.tags()[row];
    let space = space::space(context.theta, tags.sector(), startups.headcount(row));
    let first = context.setup.district.areas.of(tags.area()).rent;
    first * math::exp(district.market(tags.area()).log_rent) * space as f64
}
