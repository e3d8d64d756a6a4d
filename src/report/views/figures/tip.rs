//! What a mark of the page says of its figure.

use crate::report::text::language::Language;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::range;
use crate::report::text::language::text;
use crate::report::views::findings::figure::Figure;

/// How numbers are written: [`grouped`] for levels, [`signed`] for differences.
///
/// [`grouped`]: crate::report::text::language::number::grouped
/// [`signed`]: crate::report::text::language::number::signed
pub type Show = fn(f64, usize) -> String;

/// The decimals of a figure and its uncertainty: of one that is uncertain by tens none.
#[must_use]
pub fn places(figure: &Figure) -> usize {
    let half = figure.middle().map_or(0.0, |(low, high)| (high - low) / 2.0);
    decimals(figure.mean.unwrap_or_default().abs().max(half)).min(1)
}

/// `name: mean unit`, the middle 90 % of replications and the Monte Carlo error of the mean, a line
/// each.
#[must_use]
pub fn of_figure(
    name: &str,
    figure: &Figure,
    show: Show,
    unit: &str,
    language: Language,
) -> String {
    let mean = figure.mean.unwrap_or_default();
    let between = |(low, high): (f64, f64)| {
        let places = places(figure);
        range(&show(low, places), &show(high, places), language)
    };
    let mut tip = format!("{name}: {}", show(mean, decimals(mean)));
    if !unit.is_empty() {
        tip = format!("{tip} {unit}");
    }
    if let Some(middle) = figure.middle() {
        tip = format!("{tip}\n{}: {}", text::middle_90.in_language(language), between(middle));
    }
    let few = || text::too_few.in_language(language).to_owned();
    let error = figure.low.zip(figure.high).map_or_else(few, between);
    format!("{tip}\n{}: {error}", text::interval_95.in_language(language))
}
