//! When the levers of a policy begin, open and end. Only the page shows it.

use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::text;
use crate::report::views::figures::axis;
use crate::report::views::figures::palette;
use crate::report::views::figures::scale::Scale;
use crate::report::views::figures::svg::Anchor;
use crate::report::views::figures::svg::DESK;
use crate::report::views::figures::svg::PHONE;
use crate::report::views::figures::svg::Piece;
use crate::report::views::figures::svg::Svg;
use crate::report::views::figures::svg::labels;
use crate::report::views::findings::Findings;
use crate::report::views::findings::about::LeverFacts;
use crate::time::DAYS;
use crate::time::Date;

/// Levers that the baseline has with the same settings.
const SAME: &str = "#8b949e";

/// The chart on the page.
#[must_use]
pub fn pieces(findings: &Findings, policy: usize, language: Language) -> Vec<Piece> {
    vec![
        piece(findings, policy, ("wide", DESK, 250.0), (25.0, 0.0), language),
        piece(findings, policy, ("narrow", PHONE, 0.0), (42.0, 16.0), language),
    ]
}

/// A date as a year with decimals.
#[must_use]
pub fn year(date: Date) -> f64 {
    let year = f64::from(date.year) + f64::from(date.day - 1) / f64::from(DAYS);
    (year * 1_000.0).round() / 1_000.0
}

/// In so much room, of which names take some; rows are so high, and their bars so far below their
/// names.
fn piece(
    findings: &Findings,
    policy: usize,
    (class, width, names): (&str, f64, f64),
    (step, below): (f64, f64),
    language: Language,
) -> Piece {
    let about = &findings.about;
    let levers = &about.policies[policy].levers;
    let mut svg = Svg::live();
    let heading = labels(&[about.title(policy, language)], width, 13.0).concat();
    svg.text((0.0, 12.0), Anchor::Start, "head", &heading);
    let bottom = 24.0 + levers.len().max(1) as f64 * step;
    let first = about.years.first().copied().unwrap_or_default();
    let x = axis::of_years(first, about.last_year() + 1, (names + 4.0, width - 8.0));
    axis::years_across(&mut svg, &about.years, &x, (24.0, bottom));
    if levers.is_empty() {
        svg.text((0.0, 42.0), Anchor::Start, "", text::timeline_none.in_language(language));
    }
    let called: Vec<String> = levers.iter().map(|lever| called(lever, language)).collect();
    let called: Vec<&str> = called.iter().map(String::as_str).collect();
    let room = if names > 0.0 { names - 8.0 } else { width };
    let colour = palette::of_policy(policy, about.baseline).0;
    for (number, (lever, label)) in levers.iter().zip(labels(&called, room, 12.0)).enumerate() {
        let y = 24.0 + number as f64 * step;
        svg.text((0.0, y + 16.0 - below / 6.0), Anchor::Start, "", &label);
        let colour = if lever.as_in_baseline { SAME } else { colour };
        svg.mark(
            || format!("{}\n{}", called[number], dates(lever)),
            |svg| bar(svg, lever, &x, ((names + 4.0, width - 8.0), y + 4.0 + below), colour),
        );
    }
    svg.piece(None, class, "", (0.0, 0.0), (width, bottom + 22.0))
}

/// Pale from the first cost to the opening, full while in force.
fn bar(
    svg: &mut Svg,
    lever: &LeverFacts,
    x: &Scale,
    ((left, right), y): ((f64, f64), f64),
    colour: &str,
) {
    let at = |date: Date| x.at(year(date)).clamp(left, right);
    let (from, open) = (at(lever.from), at(lever.opening.unwrap_or(lever.from)));
    let end = lever.until.map_or(right, at);
    for (from, to, opacity) in [(from, open, "0.28"), (open, end, "0.85")] {
        if to > from {
            svg.add(&format!(
                "<rect x=\"{from:.1}\" y=\"{y}\" width=\"{:.1}\" height=\"15\" fill=\"{colour}\" \
                 fill-opacity=\"{opacity}\"/>",
                to - from
            ));
        }
    }
}

/// A lever with its kind.
fn called(lever: &LeverFacts, language: Language) -> String {
    let title = lever.title(language);
    if title == lever.name {
        format!("{title} · {}", names::name("lever", lever.kind, language))
    } else {
        title
    }
}

/// `2024-01-01 → 2026-07-01 … 2030-12-31`.
fn dates(lever: &LeverFacts) -> String {
    let opening = lever.opening.map_or_else(String::new, |day| format!(" → {day}"));
    let until = lever.until.map_or_else(String::new, |day| format!(" {day}"));
    format!("{}{opening} …{until}", lever.from)
}
