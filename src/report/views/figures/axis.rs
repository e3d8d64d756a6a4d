//! Axes: lines at round values and the values beside them, and years.

use crate::report::text::language::number::grouped;
use crate::report::views::figures::scale::Scale;
use crate::report::views::figures::svg::Anchor;
use crate::report::views::figures::svg::Svg;

/// The class of the line at a value: that of zero stands out.
fn class(tick: f64) -> &'static str {
    if tick.abs() < 1e-12 { "zero" } else { "grid" }
}

/// Lines from `ends.0` down to `ends.1` at about `count` values.
pub fn lines(svg: &mut Svg, x: &Scale, count: f64, ends: (f64, f64)) {
    for tick in x.ticks(count).0 {
        svg.line((x.at(tick), ends.0), (x.at(tick), ends.1), class(tick));
    }
}

/// Lines from `ends.0` down to `ends.1` at about `count` values, which stand `below` that.
pub fn across(svg: &mut Svg, x: &Scale, count: f64, ends: (f64, f64), below: f64) {
    let (ticks, decimals) = x.ticks(count);
    for tick in ticks {
        let at = x.at(tick);
        svg.line((at, ends.0), (at, ends.1), class(tick));
        svg.text((at, ends.1 + below), Anchor::Middle, "tick", &grouped(tick, decimals));
    }
}

/// Lines from `ends.0` across to `ends.1` at about `count` values, which stand `before` them.
pub fn upwards(svg: &mut Svg, y: &Scale, count: f64, ends: (f64, f64), before: f64) {
    let (ticks, decimals) = y.ticks(count);
    for tick in ticks {
        let at = y.at(tick);
        svg.line((ends.0, at), (ends.1, at), class(tick));
        svg.text((ends.0 - before, at + 4.0), Anchor::End, "tick", &grouped(tick, decimals));
    }
}

/// Years from side to side.
#[must_use]
pub fn of_years(first: u16, last: u16, pixels: (f64, f64)) -> Scale {
    Scale::exact((f64::from(first), f64::from(last.max(first + 1))), pixels)
}

/// Some of the years below: the last, and each five or so before it.
pub fn years(svg: &mut Svg, years: &[u16], x: &Scale, bottom: f64) {
    let apart = match years.len() {
        0..=6 => 1,
        7..=13 => 2,
        14..=30 => 5,
        _ => 20,
    };
    for year in years.iter().rev().step_by(apart) {
        let at = x.at(f64::from(*year));
        svg.text((at, bottom + 14.0), Anchor::Middle, "tick", &year.to_string());
    }
}

/// Lines down at the beginnings of years, as many as there is room for.
pub fn years_across(svg: &mut Svg, years: &[u16], x: &Scale, ends: (f64, f64)) {
    let (Some(first), Some(last)) = (years.first(), years.last()) else { return };
    let room = x.at(f64::from(*last)) - x.at(f64::from(*first));
    let apart = match room / years.len() as f64 {
        room if room > 40.0 => 1,
        room if room > 18.0 => 2,
        _ => 5,
    };
    for year in years.iter().step_by(apart) {
        let at = x.at(f64::from(*year));
        svg.line((at, ends.0), (at, ends.1), "grid");
        svg.text((at, ends.1 + 14.0), Anchor::Middle, "tick", &year.to_string());
    }
}
