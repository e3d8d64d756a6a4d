//! Fan charts: a panel a policy, with the median and the middle 50 % and 90 % of replications.

use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::ShownUnit;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::views::figures::axis;
use crate::report::views::figures::palette;
use crate::report::views::figures::scale::Scale;
use crate::report::views::figures::svg::Anchor;
use crate::report::views::figures::svg::Heading;
use crate::report::views::figures::svg::MARGIN;
use crate::report::views::figures::svg::Piece;
use crate::report::views::figures::svg::Svg;
use crate::report::views::figures::svg::band_path;
use crate::report::views::figures::svg::labels;
use crate::report::views::figures::svg::line_path;
use crate::report::views::figures::svg::px;
use crate::report::views::findings::Findings;
use crate::report::views::findings::figure::Figure;
use crate::report::views::findings::series::SeriesFacts;

const COLUMNS: usize = 3;
const PANEL: (f64, f64) = (290.0, 190.0);
const GAP: f64 = 18.0;
/// Room in a panel for its title, its labels below and at the left.
const INSIDE: (f64, f64, f64) = (26.0, 20.0, 46.0);

/// The chart of a series.
#[must_use]
pub fn draw(findings: &Findings, series: &SeriesFacts, language: Language) -> String {
    let about = &findings.about;
    let known = |&policy: &usize| series.is_known(policy);
    let policies: Vec<usize> = about.headline().into_iter().filter(known).collect();
    let unit = shown_unit(&series.unit, language);
    let panel = Panel::new(findings, series, &policies, unit);
    let mut svg = Svg::default();
    let titles = labels(&about.titles(&policies, language), PANEL.0, 13.0);
    for (number, (&policy, title)) in policies.iter().zip(&titles).enumerate() {
        let (column, row) = (number % COLUMNS, number / COLUMNS);
        let x = MARGIN + column as f64 * (PANEL.0 + GAP);
        svg.open(x, row as f64 * (PANEL.1 + GAP));
        panel.draw(&mut svg, policy, title);
        svg.close();
    }
    let rows = policies.len().div_ceil(COLUMNS).max(1) as f64;
    let width = 2.0 * MARGIN + COLUMNS as f64 * (PANEL.0 + GAP) - GAP;
    let title = title(findings, series, unit, language);
    let note = text::fan_note.in_language(language);
    let heading = Heading { title: &title, note, language: language.tag() };
    svg.picture(&heading, width, rows * (PANEL.1 + GAP) - GAP)
}

/// The chart on the page: a panel for each of some policies.
#[must_use]
pub fn pieces(
    findings: &Findings,
    series: &SeriesFacts,
    policies: &[usize],
    language: Language,
) -> Vec<Piece> {
    let known = policies.iter().copied().filter(|&policy| series.is_known(policy));
    let policies: Vec<usize> = known.collect();
    let panel = Panel::new(findings, series, &policies, shown_unit(&series.unit, language));
    let titles = labels(&findings.about.titles(&policies, language), PANEL.0, 13.0);
    let piece = |(&policy, title): (&usize, &String)| {
        let mut svg = Svg::live();
        panel.draw(&mut svg, policy, title);
        let plot = [INSIDE.2, PANEL.0 - 14.0, INSIDE.0, PANEL.1 - INSIDE.1].map(px).join(" ");
        svg.piece(Some(policy), "panel", &format!(" data-plot=\"{plot}\""), (0.0, 0.0), PANEL)
    };
    policies.iter().zip(&titles).map(piece).collect()
}

/// `Jobs, City [people]`.
#[must_use]
pub fn title(
    findings: &Findings,
    series: &SeriesFacts,
    unit: ShownUnit,
    language: Language,
) -> String {
    let metric = names::name("metric", &series.metric, language);
    let place = findings.about.place(&series.place, language);
    let unit = if unit.name.is_empty() { String::new() } else { format!(" [{}]", unit.name) };
    format!("{metric} · {place}{unit}")
}

/// What all panels share.
struct Panel<'a> {
    findings: &'a Findings,
    series: &'a SeriesFacts,
    unit: ShownUnit,
    x: Scale,
    y: Scale,
}

impl<'a> Panel<'a> {
    fn new(
        findings: &'a Findings,
        series: &'a SeriesFacts,
        policies: &[usize],
        unit: ShownUnit,
    ) -> Self {
        let observed = observed(findings, series)
            .flat_map(|(_, value, tolerance)| [value - tolerance, value + tolerance]);
        let shown = policies.iter().flat_map(|&policy| &series.yearly[policy]);
        let ends = shown.flat_map(|figure| [figure.p05, figure.p95]).flatten();
        let values = ends.chain(observed).map(|value| value / unit.divisor);
        let years = &findings.about.years;
        let first = years.first().copied().unwrap_or_default();
        let last = years.last().copied().unwrap_or_default();
        Self {
            findings,
            series,
            unit,
            x: axis::of_years(first, last, (INSIDE.2, PANEL.0 - 14.0)),
            y: Scale::over(values, (PANEL.1 - INSIDE.1, INSIDE.0)),
        }
    }

    fn draw(&self, svg: &mut Svg, policy: usize, title: &str) {
        let about = &self.findings.about;
        svg.text((0.0, 12.0), Anchor::Start, "head", title);
        axis::upwards(svg, &self.y, 4.0, (INSIDE.2, PANEL.0 - 14.0), 5.0);
        axis::years(svg, &about.years, &self.x, PANEL.1 - INSIDE.1);
        let (colour, _) = palette::of_policy(policy, about.baseline);
        let figures = &self.series.yearly[policy];
        for (low, high, opacity) in [
            (p05 as fn(&Figure) -> Option<f64>, p95 as fn(&Figure) -> Option<f64>, "0.18"),
            (p25, p75, "0.38"),
        ] {
            let edges: Vec<_> = self
                .by_year(figures)
                .map(|(x, figure)| (x, self.y_of(low(figure)), self.y_of(high(figure))))
                .collect();
            svg.path(&band_path(&edges), &format!("fill=\"{colour}\" fill-opacity=\"{opacity}\""));
        }
        if policy != about.baseline {
            svg.path(&self.median(&self.series.yearly[about.baseline]), "class=\"base\"");
        }
        let stroke = format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"");
        svg.path(&self.median(figures), &stroke);
        if policy == about.baseline {
            self.observed(svg);
        }
    }

    fn by_year<'f>(&'f self, figures: &'f [Figure]) -> impl Iterator<Item = (f64, &'f Figure)> {
        let years = self.findings.about.years.iter();
        years.map(|&year| self.x.at(f64::from(year))).zip(figures)
    }

    fn y_of(&self, value: Option<f64>) -> Option<f64> {
        value.map(|value| self.y.at(value / self.unit.divisor))
    }

    fn median(&self, figures: &[Figure]) -> String {
        let median = |figure: &Figure| self.y_of(figure.p50.or(figure.mean));
        line_path(self.by_year(figures).map(|(x, figure)| Some((x, median(figure)?))))
    }

    /// What was observed, with one tolerance to either side.
    fn observed(&self, svg: &mut Svg) {
        for (year, value, tolerance) in observed(self.findings, self.series) {
            let x = self.x.at(f64::from(year));
            let y = |value: f64| self.y.at(value / self.unit.divisor);
            svg.line((x, y(value - tolerance)), (x, y(value + tolerance)), "ring");
            let point =
                format!("<circle cx=\"{x:.1}\" cy=\"{:.1}\" r=\"3.2\" class=\"ring\"/>", y(value));
            svg.add(&point);
        }
    }
}

fn p05(figure: &Figure) -> Option<f64> {
    figure.p05
}

fn p25(figure: &Figure) -> Option<f64> {
    figure.p25
}

fn p75(figure: &Figure) -> Option<f64> {
    figure.p75
}

fn p95(figure: &Figure) -> Option<f64> {
    figure.p95
}

/// What was observed of a series: year, value, tolerance.
fn observed<'a>(
    findings: &'a Findings,
    series: &'a SeriesFacts,
) -> impl Iterator<Item = (u16, f64, f64)> + 'a {
    let about = &findings.about;
    let of_series = about
        .observed
        .iter()
        .filter(|fact| fact.metric == series.metric && fact.place == series.place);
    of_series
        .filter(|fact| about.years.contains(&fact.year))
        .map(|fact| (fact.year, fact.value, fact.tolerance))
}
