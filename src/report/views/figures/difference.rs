//! Differences from the baseline over the years: a line a policy, of one in focus the
//! middle 90 % of replications and the Monte Carlo error of the mean.

use crate::report::text::language::Language;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::views::figures::axis;
use crate::report::views::figures::fan::title;
use crate::report::views::figures::palette;
use crate::report::views::figures::scale::Scale;
use crate::report::views::figures::svg::Anchor;
use crate::report::views::figures::svg::Heading;
use crate::report::views::figures::svg::PHONE;
use crate::report::views::figures::svg::Piece;
use crate::report::views::figures::svg::Svg;
use crate::report::views::figures::svg::band_path;
use crate::report::views::figures::svg::labels;
use crate::report::views::figures::svg::line_path;
use crate::report::views::figures::svg::px;
use crate::report::views::findings::Findings;
use crate::report::views::findings::figure::Figure;
use crate::report::views::findings::series::SeriesFacts;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 440.0;
/// Room at the left for values and at the right for names.
const SIDES: (f64, f64) = (64.0, 250.0);

/// The chart of a series, with the policy in focus.
#[must_use]
pub fn draw(findings: &Findings, series: &SeriesFacts, focus: usize, language: Language) -> String {
    let about = &findings.about;
    let policies: Vec<usize> =
        about.headline().into_iter().filter(|&policy| policy != about.baseline).collect();
    let right = WIDTH - SIDES.1;
    let plot = Plot { left: SIDES.0, right, height: HEIGHT };
    let unit = shown_unit(&series.unit, language);
    let chart = Chart::new(findings, series, (&policies, &[focus]), unit.divisor, &plot);
    let mut svg = Svg::default();
    chart.axes(&mut svg, &plot);
    chart.bands(&mut svg, focus);
    for &policy in &policies {
        chart.line(&mut svg, policy, policy == focus);
    }
    chart.names(&mut svg, &policies, right, language);
    let title = format!(
        "{} — {}",
        text::difference.in_language(language),
        title(findings, series, unit, language)
    );
    let note = text::difference_note.in_language(language);
    let heading = Heading { title: &title, note, language: language.tag() };
    svg.picture(&heading, WIDTH, HEIGHT)
}

/// The chart of some policies on the page: a plot with all their lines and bands, of which the page
/// shows some, and its key, an entry a policy, in the order of the last year.
#[must_use]
pub fn pieces(
    findings: &Findings,
    series: &SeriesFacts,
    policies: &[usize],
    language: Language,
) -> Vec<Piece> {
    let about = &findings.about;
    let mut policies = policies.to_vec();
    policies.retain(|&policy| policy != about.baseline && series.last(policy).is_some());
    policies.sort_by(|&one, &other| {
        let last = |policy| series.last(policy).unwrap_or_default();
        last(other).total_cmp(&last(one))
    });
    let divisor = shown_unit(&series.unit, language).divisor;
    let mut pieces = Vec::new();
    for (class, width, plot) in [
        ("wide", 730.0, Plot { left: 58.0, right: 716.0, height: HEIGHT }),
        ("narrow", PHONE, Plot { left: 50.0, right: 346.0, height: 300.0 }),
    ] {
        let chart = Chart::new(findings, series, (&policies, &policies), divisor, &plot);
        let mut svg = Svg::live();
        chart.axes(&mut svg, &plot);
        for &policy in &policies {
            svg.add(&format!("<g class=\"bands\" data-focus=\"{policy}\">"));
            chart.bands(&mut svg, policy);
            svg.add("</g>");
        }
        for &policy in &policies {
            svg.of_policy(policy, |svg| chart.line(svg, policy, false));
        }
        let frame = [plot.left, plot.right, 8.0, plot.height - 24.0].map(px).join(" ");
        let plot_of = format!(" data-plot=\"{frame}\"");
        pieces.push(svg.piece(None, class, &plot_of, (0.0, 0.0), (width, plot.height)));
    }
    let titles = labels(&about.titles(&policies, language), 220.0, 12.0);
    for (&policy, title) in policies.iter().zip(&titles) {
        let (colour, dashes) = palette::of_policy(policy, about.baseline);
        let mut svg = Svg::live();
        let stroke = format!(
            "fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.4\" stroke-dasharray=\"{dashes}\""
        );
        svg.path("M1 9.5L31 9.5", &stroke);
        svg.text((38.0, 13.5), Anchor::Start, "", title);
        pieces.push(svg.piece(Some(policy), "entry", "", (0.0, 0.0), (260.0, 19.0)));
    }
    pieces
}

/// Where a plot lies: its sides, and its height with the years below.
struct Plot {
    left: f64,
    right: f64,
    height: f64,
}

struct Chart<'a> {
    findings: &'a Findings,
    series: &'a SeriesFacts,
    divisor: f64,
    x: Scale,
    y: Scale,
}

impl<'a> Chart<'a> {
    /// The chart with the lines of some policies, and room for the bands of some.
    fn new(
        findings: &'a Findings,
        series: &'a SeriesFacts,
        (lines, bands): (&[usize], &[usize]),
        divisor: f64,
        plot: &Plot,
    ) -> Self {
        let means = lines.iter().flat_map(|&policy| &series.difference[policy]);
        let means = means.filter_map(|figure| figure.mean);
        let bands = bands.iter().flat_map(|&policy| &series.difference[policy]);
        let bands = bands.flat_map(|figure| [figure.p05, figure.p95]).flatten();
        let values = means.chain(bands).chain([0.0]).map(|value| value / divisor);
        let run = &findings.about.manifest.plan;
        Self {
            findings,
            series,
            divisor,
            x: axis::of_years(run.first_year, run.last_year, (plot.left, plot.right)),
            y: Scale::over(values, (plot.height - 24.0, 8.0)),
        }
    }

    fn axes(&self, svg: &mut Svg, plot: &Plot) {
        axis::upwards(svg, &self.y, 4.0, (plot.left, plot.right), 5.0);
        axis::years(svg, &self.findings.about.years, &self.x, plot.height - 24.0);
    }

    fn points(&self, policy: usize) -> impl Iterator<Item = (f64, &Figure)> {
        let years = self.findings.about.years.iter();
        years.map(|&year| self.x.at(f64::from(year))).zip(&self.series.difference[policy])
    }

    fn at(&self, value: Option<f64>) -> Option<f64> {
        value.map(|value| self.y.at(value / self.divisor))
    }

    /// The middle 90 % of replications and the Monte Carlo error of the mean.
    fn bands(&self, svg: &mut Svg, policy: usize) {
        self.band(svg, policy, |figure| (figure.p05, figure.p95), "0.22");
        self.band(svg, policy, |figure| (figure.low, figure.high), "0.5");
    }

    fn band(
        &self,
        svg: &mut Svg,
        policy: usize,
        ends: impl Fn(&Figure) -> (Option<f64>, Option<f64>),
        opacity: &str,
    ) {
        let (colour, _) = palette::of_policy(policy, self.findings.about.baseline);
        let edges = self.points(policy).map(|(x, figure)| {
            let (low, high) = ends(figure);
            (x, self.at(low), self.at(high))
        });
        let path = band_path(&edges.collect::<Vec<_>>());
        svg.path(&path, &format!("fill=\"{colour}\" fill-opacity=\"{opacity}\""));
    }

    fn line(&self, svg: &mut Svg, policy: usize, in_focus: bool) {
        let (colour, dashes) = palette::of_policy(policy, self.findings.about.baseline);
        let points = self.points(policy).map(|(x, figure)| Some((x, self.at(figure.mean)?)));
        let width = if in_focus { "3" } else { "1.8" };
        let attributes = format!(
            "fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-dasharray=\"{dashes}\""
        );
        svg.path(&line_path(points), &attributes);
    }

    /// Names at the ends of the lines, moved apart where they would cover each other.
    fn names(&self, svg: &mut Svg, policies: &[usize], right: f64, language: Language) {
        let end = |policy: usize| {
            self.series.difference[policy].last().and_then(|figure| self.at(figure.mean))
        };
        let mut ends: Vec<(f64, usize)> =
            policies.iter().filter_map(|&policy| Some((end(policy)?, policy))).collect();
        ends.sort_by(|one, other| one.0.total_cmp(&other.0));
        let places = apart(ends.iter().map(|end| end.0).collect(), 16.0, HEIGHT - 20.0);
        let named: Vec<usize> = ends.iter().map(|&(_, policy)| policy).collect();
        let titles = self.findings.about.titles(&named, language);
        let titles = labels(&titles, SIDES.1 - 44.0, 12.0);
        for ((&(y, policy), place), title) in ends.iter().zip(places).zip(&titles) {
            let (colour, _) = palette::of_policy(policy, self.findings.about.baseline);
            let bend = line_path([Some((right + 2.0, y)), Some((right + 14.0, place))]);
            svg.path(&bend, &format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"1\""));
            svg.text((right + 18.0, place + 4.0), Anchor::Start, "", title);
        }
    }
}

/// Rising places moved to be at least `gap` apart, none beyond `most` as long as there is room.
pub(super) fn apart(mut places: Vec<f64>, gap: f64, most: f64) -> Vec<f64> {
    for number in 1..places.len() {
        places[number] = places[number].max(places[number - 1] + gap);
    }
    let mut limit = most;
    for place in places.iter_mut().rev() {
        *place = place.min(limit);
        limit = *place - gap;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_move_apart_and_stay_inside() {
        assert_eq!(apart(vec![1.0, 2.0, 50.0], 10.0, 100.0), [1.0, 11.0, 50.0]);
        assert_eq!(apart(vec![95.0, 96.0, 97.0], 10.0, 100.0), [80.0, 90.0, 100.0]);
    }
}
