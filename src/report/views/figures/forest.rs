//! Jobs of the last year against the baseline, district and city: of each policy the middle 90 % of
//! replications as a bar, the mean as a dot, and its Monte Carlo error as thin marks.

use crate::report::text::language::Language;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::signed;
use crate::report::text::language::text;
use crate::report::views::figures::palette;
use crate::report::views::figures::scale::Scale;
use crate::report::views::figures::svg::Anchor;
use crate::report::views::figures::svg::Heading;
use crate::report::views::figures::svg::MARGIN;
use crate::report::views::figures::svg::Svg;
use crate::report::views::figures::svg::labels;
use crate::report::views::findings::Findings;
use crate::report::views::findings::figure::Figure;
use crate::report::views::findings::headline::by_jobs;

const WIDTH: f64 = 960.0;
const ROW: f64 = 24.0;
const NAMES: f64 = 252.0;
const VALUES: f64 = 62.0;

/// The chart.
#[must_use]
pub fn draw(findings: &Findings, language: Language) -> String {
    let about = &findings.about;
    let mut policies: Vec<usize> =
        about.listed().filter(|&policy| policy != about.baseline).collect();
    by_jobs(findings, &mut policies);
    let mut svg = Svg::default();
    let titles = labels(&about.titles(&policies, language), NAMES - 8.0, 12.0);
    for (number, title) in titles.iter().enumerate() {
        svg.text((MARGIN, row(number) + 4.0), Anchor::Start, "", title);
    }
    let half = (WIDTH - 2.0 * MARGIN - NAMES) / 2.0;
    for (number, (place, heading)) in
        [("district", &text::place_district), ("city", &text::place_city)].into_iter().enumerate()
    {
        let from = MARGIN + NAMES + number as f64 * half;
        let panel = (from, from + half - 16.0);
        svg.text((from, 8.0), Anchor::Start, "head", heading.in_language(language));
        draw_place(&mut svg, findings, &policies, place, panel);
    }
    let year = about.last_year().to_string();
    let title = text::fill(&text::forest, language, &[("year", &year)]);
    let note = text::forest_note.in_language(language).to_owned();
    let note = [Some(note), about.left_out(language)];
    let note = note.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let heading = Heading { title: &title, note: &note, language: language.tag() };
    svg.picture(&heading, WIDTH, row(policies.len()) + 16.0)
}

fn row(number: usize) -> f64 {
    30.0 + ROW * number as f64
}

fn draw_place(
    svg: &mut Svg,
    findings: &Findings,
    policies: &[usize],
    place: &str,
    (from, to): (f64, f64),
) {
    let Some(series) = findings.series_of("jobs", place) else { return };
    let figure = |policy: usize| series.difference[policy].last().copied().unwrap_or_default();
    let ends = policies.iter().flat_map(|&policy| {
        let figure = figure(policy);
        [figure.mean, figure.low, figure.high, figure.p05, figure.p95]
    });
    let x = Scale::over(ends.flatten().chain([0.0]), (from, to - VALUES));
    let bottom = row(policies.len()) - 8.0;
    let (ticks, places) = x.ticks(3.0);
    for tick in ticks {
        let class = if tick.abs() < 1e-12 { "zero" } else { "grid" };
        svg.line((x.at(tick), 16.0), (x.at(tick), bottom), class);
        let at = (x.at(tick), bottom + 14.0);
        svg.text(at, Anchor::Middle, "tick", &grouped(tick, places));
    }
    for (number, &policy) in policies.iter().enumerate() {
        let (colour, _) = palette::of_policy(policy, findings.about.baseline);
        draw_figure(svg, &figure(policy), &x, (row(number), to), colour);
    }
}

fn draw_figure(svg: &mut Svg, figure: &Figure, x: &Scale, (y, right): (f64, f64), colour: &str) {
    let Some(mean) = figure.mean else { return };
    if let Some((low, high)) = figure.middle() {
        let (low, high) = (x.at(low), x.at(high));
        svg.add(&format!(
            "<line x1=\"{low:.1}\" y1=\"{y}\" x2=\"{high:.1}\" y2=\"{y}\" stroke=\"{colour}\" \
             stroke-width=\"8\" stroke-opacity=\"0.45\"/>"
        ));
    }
    for end in [figure.low, figure.high].into_iter().flatten() {
        let end = x.at(end);
        svg.add(&format!(
            "<line x1=\"{end:.1}\" y1=\"{:.1}\" x2=\"{end:.1}\" y2=\"{:.1}\" stroke=\"#0d1117\" \
             stroke-width=\"1.2\"/>",
            y - 7.0,
            y + 7.0
        ));
    }
    svg.add(&format!("<circle cx=\"{:.1}\" cy=\"{y}\" r=\"3\" fill=\"{colour}\"/>", x.at(mean)));
    svg.text((right, y + 4.0), Anchor::End, "tick", &signed(mean, decimals(mean)));
}
