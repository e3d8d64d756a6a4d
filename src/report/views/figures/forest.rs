//! Jobs of the last year against the baseline, district and city: of each policy the middle 90 % of
//! replications as a bar, the mean as a dot, and its Monte Carlo error as thin marks.

use crate::report::text::language::Language;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::signed;
use crate::report::text::language::text;
use crate::report::text::language::text::Text;
use crate::report::views::figures::axis;
use crate::report::views::figures::palette;
use crate::report::views::figures::scale::Scale;
use crate::report::views::figures::svg::Anchor;
use crate::report::views::figures::svg::Heading;
use crate::report::views::figures::svg::MARGIN;
use crate::report::views::figures::svg::PHONE;
use crate::report::views::figures::svg::Piece;
use crate::report::views::figures::svg::Svg;
use crate::report::views::figures::svg::labels;
use crate::report::views::figures::tip;
use crate::report::views::findings::Findings;
use crate::report::views::findings::figure::Figure;
use crate::report::views::findings::headline::by_jobs;

const WIDTH: f64 = 960.0;
const ROW: f64 = 24.0;
const NAMES: f64 = 252.0;
const VALUES: f64 = 62.0;
/// The places, with their names.
pub const PLACES: [(&str, &Text); 2] =
    [("district", &text::place_district), ("city", &text::place_city)];

/// The chart.
#[must_use]
pub fn draw(findings: &Findings, language: Language) -> String {
    let about = &findings.about;
    let mut svg = Svg::default();
    let height = wide(&mut svg, findings, language);
    let note = text::forest_note.in_language(language).to_owned();
    let note = [Some(note), about.left_out(language)];
    let note = note.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let title = title(findings, language);
    let heading = Heading { title: &title, note: &note, language: language.tag() };
    svg.picture(&heading, WIDTH, height)
}

/// The chart on the page.
#[must_use]
pub fn pieces(findings: &Findings, language: Language) -> Vec<Piece> {
    let mut svg = Svg::live();
    let height = wide(&mut svg, findings, language);
    let size = (WIDTH - 2.0 * MARGIN, height + 4.0);
    let mut pieces = vec![svg.piece(None, "wide", "", (MARGIN, -4.0), size)];
    let policies = policies(findings);
    let titles = labels(&findings.about.titles(&policies, language), PHONE, 12.0);
    for (place, heading) in PLACES {
        let rows = Rows { first: 52.0, step: 38.0 };
        let mut svg = Svg::live();
        svg.text((0.0, 12.0), Anchor::Start, "head", heading.in_language(language));
        let chart = Chart { findings, policies: &policies, rows, language };
        if chart.draw(&mut svg, (place, heading), (8.0, PHONE)) {
            for (number, title) in titles.iter().enumerate() {
                svg.text((0.0, chart.rows.at(number) - 13.0), Anchor::Start, "", title);
            }
            let size = (PHONE, chart.rows.bottom(policies.len()) + 24.0);
            pieces.push(svg.piece(None, "narrow", "", (0.0, 0.0), size));
        }
    }
    pieces
}

/// What it is called.
#[must_use]
pub fn title(findings: &Findings, language: Language) -> String {
    text::fill(&text::forest, language, &[("year", &findings.about.last_year().to_string())])
}

/// The policies of its rows.
#[must_use]
pub fn policies(findings: &Findings) -> Vec<usize> {
    let about = &findings.about;
    let mut policies: Vec<usize> =
        about.listed().filter(|&policy| policy != about.baseline).collect();
    by_jobs(findings, &mut policies);
    policies
}

/// Both places beside each other; gives the height.
fn wide(svg: &mut Svg, findings: &Findings, language: Language) -> f64 {
    let policies = policies(findings);
    let rows = Rows { first: 30.0, step: ROW };
    let titles = labels(&findings.about.titles(&policies, language), NAMES - 8.0, 12.0);
    for (number, title) in titles.iter().enumerate() {
        svg.text((MARGIN, rows.at(number) + 4.0), Anchor::Start, "", title);
    }
    let chart = Chart { findings, policies: &policies, rows, language };
    let half = (WIDTH - 2.0 * MARGIN - NAMES) / 2.0;
    for (number, (place, heading)) in PLACES.into_iter().enumerate() {
        let from = MARGIN + NAMES + number as f64 * half;
        svg.text((from, 8.0), Anchor::Start, "head", heading.in_language(language));
        chart.draw(svg, (place, heading), (from, from + half - 16.0));
    }
    chart.rows.at(policies.len()) + 16.0
}

/// Where rows lie.
struct Rows {
    first: f64,
    step: f64,
}

impl Rows {
    fn at(&self, number: usize) -> f64 {
        self.first + self.step * number as f64
    }

    /// The end of the lines that stand for values.
    fn bottom(&self, count: usize) -> f64 {
        self.at(count) - self.step + 16.0
    }
}

struct Chart<'a> {
    findings: &'a Findings,
    policies: &'a [usize],
    rows: Rows,
    language: Language,
}

impl Chart<'_> {
    /// The figures at a place, from side to side; says whether there are any.
    fn draw(&self, svg: &mut Svg, place: (&str, &Text), (from, to): (f64, f64)) -> bool {
        let Some(series) = self.findings.series_of("jobs", place.0) else { return false };
        let figure = |policy: usize| series.difference[policy].last().copied().unwrap_or_default();
        let ends = self.policies.iter().flat_map(|&policy| {
            let figure = figure(policy);
            [figure.mean, figure.low, figure.high, figure.p05, figure.p95]
        });
        let x = Scale::over(ends.flatten().chain([0.0]), (from, to - VALUES));
        axis::across(svg, &x, 3.0, (16.0, self.rows.bottom(self.policies.len())), 14.0);
        for (number, &policy) in self.policies.iter().enumerate() {
            let (figure, y) = (figure(policy), self.rows.at(number));
            let Some(mean) = figure.mean else { continue };
            let (colour, _) = palette::of_policy(policy, self.findings.about.baseline);
            let tip = || self.tip(policy, place.1, &figure);
            svg.mark(tip, |svg| draw_figure(svg, &figure, &x, (from, to, y), colour));
            svg.text((to, y + 4.0), Anchor::End, "tick", &signed(mean, decimals(mean)));
        }
        true
    }

    fn tip(&self, policy: usize, place: &Text, figure: &Figure) -> String {
        let title = self.findings.about.title(policy, self.language);
        let place = place.in_language(self.language);
        let tip = tip::of_figure(place, figure, signed, "", self.language);
        let higher = figure.higher.map_or_else(String::new, |higher| {
            format!("\n{}: {higher:.2}", text::decision_higher.in_language(self.language))
        });
        format!("{title}\n{tip}{higher}")
    }
}

/// A figure in its row: the middle 90 %, the ends of the mean's interval, the mean.
pub(super) fn draw_figure(
    svg: &mut Svg,
    figure: &Figure,
    x: &Scale,
    (from, to, y): (f64, f64, f64),
    colour: &str,
) {
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
    svg.target((from, y - 12.0), (to - from, 24.0));
    if let Some(mean) = figure.mean {
        let at = x.at(mean);
        svg.add(&format!("<circle cx=\"{at:.1}\" cy=\"{y}\" r=\"3\" fill=\"{colour}\"/>"));
    }
}
