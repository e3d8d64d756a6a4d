//! Differences from the baseline over the years: a line a policy, of one in focus the
//! middle 90 % of replications and the Monte Carlo error of the mean.

use crate::report::text::language::Language;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::views::figures::fan::title;
use crate::report::views::figures::fan::x_axis;
use crate::report::views::figures::fan::y_axis;
use crate::report::views::figures::fan::years_scale;
use crate::report::views::figures::palette;
use crate::report::views::figures::scale::Scale;
use crate::report::views::figures::svg::Anchor;
use crate::report::views::figures::svg::Heading;
use crate::report::views::figures::svg::Svg;
use crate::report::views::figures::svg::band_path;
use crate::report::views::figures::svg::labels;
use crate::report::views::figures::svg::line_path;
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
    let unit = shown_unit(&series.unit, language);
    let policies: Vec<usize> =
        about.headline().into_iter().filter(|&policy| policy != about.baseline).collect();
    let means = policies.iter().flat_map(|&policy| &series.difference[policy]);
    let means = means.filter_map(|figure| figure.mean);
    let band =
        series.difference[focus].iter().flat_map(|figure| [figure.p05, figure.p95]).flatten();
    let values = means.chain(band).chain([0.0]).map(|value| value / unit.divisor);
    let y = Scale::over(values, (HEIGHT - 24.0, 8.0));
    let right = WIDTH - SIDES.1;
    let x = years_scale(
        about.manifest.plan.first_year,
        about.manifest.plan.last_year,
        (SIDES.0, right),
    );

    let mut svg = Svg::default();
    y_axis(&mut svg, &y, (SIDES.0, right));
    x_axis(&mut svg, &about.years, &x, HEIGHT - 24.0);
    let chart = Chart { findings, series, divisor: unit.divisor, x, y };
    chart.band(&mut svg, focus, |figure| (figure.p05, figure.p95), "0.22");
    chart.band(&mut svg, focus, |figure| (figure.low, figure.high), "0.5");
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

struct Chart<'a> {
    findings: &'a Findings,
    series: &'a SeriesFacts,
    divisor: f64,
    x: Scale,
    y: Scale,
}

impl Chart<'_> {
    fn points(&self, policy: usize) -> impl Iterator<Item = (f64, &Figure)> {
        let years = self.findings.about.years.iter();
        years.map(|&year| self.x.at(f64::from(year))).zip(&self.series.difference[policy])
    }

    fn at(&self, value: Option<f64>) -> Option<f64> {
        value.map(|value| self.y.at(value / self.divisor))
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
