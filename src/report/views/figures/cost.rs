//! Public cost against net jobs of the city, with the middle 90 % of replications and
//! the Monte Carlo error of the means.

use crate::report::text::language::Language;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::views::figures::palette;
use crate::report::views::figures::scale::Scale;
use crate::report::views::figures::svg::Anchor;
use crate::report::views::figures::svg::Heading;
use crate::report::views::figures::svg::Svg;
use crate::report::views::figures::svg::labels;
use crate::report::views::figures::svg::line_path;
use crate::report::views::figures::svg::text_width;
use crate::report::views::findings::Findings;
use crate::report::views::findings::figure::Figure;

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 460.0;
const LEFT: f64 = 72.0;
const RIGHT: f64 = 930.0;
const BOTTOM: f64 = 410.0;

/// A policy with both figures.
struct Point {
    policy: usize,
    cost: Figure,
    jobs: Figure,
}

/// The chart.
#[must_use]
pub fn draw(findings: &Findings, language: Language) -> String {
    let about = &findings.about;
    let unit = shown_unit("KRW m", language);
    let points: Vec<Point> = about
        .headline()
        .into_iter()
        .filter_map(|policy| {
            let cost = findings.total(policy, "fiscal_cost")?.figure;
            let jobs = findings.term(policy, "net_city")?.figure;
            cost.mean.and(jobs.mean)?;
            Some(Point { policy, cost: cost.divided(unit.divisor), jobs })
        })
        .collect();
    let ends = |of: fn(&Point) -> Figure| {
        points.iter().map(of).flat_map(|it| [it.mean, it.p05, it.p95]).flatten().chain([0.0])
    };
    let x = Scale::over(ends(|point| point.cost), (LEFT, RIGHT));
    let y = Scale::over(ends(|point| point.jobs), (BOTTOM, 10.0));

    let mut svg = Svg::default();
    axes(&mut svg, &x, &y, language);
    for point in &points {
        cloud(&mut svg, findings, point, &x, &y);
    }
    let mut labels = Vec::new();
    for point in &points {
        cross(&mut svg, findings, point, &x, &y);
        let (Some(cost), Some(jobs)) = (point.cost.mean, point.jobs.mean) else { continue };
        labels.push((x.at(cost), y.at(jobs), point.policy));
    }
    names(&mut svg, findings, labels, language);
    let year = about.last_year().to_string();
    let note = text::fill(&text::cost_note, language, &[("year", &year)]);
    let title = text::cost.in_language(language);
    let heading = Heading { title, note: &note, language: language.tag() };
    svg.picture(&heading, WIDTH, HEIGHT)
}

fn axes(svg: &mut Svg, x: &Scale, y: &Scale, language: Language) {
    let (ticks, decimals) = y.ticks(5.0);
    for tick in ticks {
        let class = if tick.abs() < 1e-12 { "zero" } else { "grid" };
        svg.line((LEFT, y.at(tick)), (RIGHT, y.at(tick)), class);
        svg.text((LEFT - 6.0, y.at(tick) + 4.0), Anchor::End, "tick", &grouped(tick, decimals));
    }
    let (ticks, decimals) = x.ticks(7.0);
    for tick in ticks {
        let class = if tick.abs() < 1e-12 { "zero" } else { "grid" };
        svg.line((x.at(tick), 10.0), (x.at(tick), BOTTOM), class);
        svg.text((x.at(tick), BOTTOM + 16.0), Anchor::Middle, "tick", &grouped(tick, decimals));
    }
    let unit = shown_unit("KRW m", language).name;
    let across = format!("{} [{unit}]", text::cost_axis.in_language(language));
    svg.text((RIGHT, BOTTOM + 36.0), Anchor::End, "", &across);
    svg.text((LEFT + 6.0, 22.0), Anchor::Start, "", text::jobs_axis.in_language(language));
}

/// The middle 90 % of replications in each direction.
fn cloud(svg: &mut Svg, findings: &Findings, point: &Point, x: &Scale, y: &Scale) {
    let (colour, _) = palette::of_policy(point.policy, findings.about.baseline);
    let ends = |figure: &Figure, scale: &Scale| {
        let (low, high) = figure.p05.zip(figure.p95)?;
        let (low, high) = (scale.at(low), scale.at(high));
        Some((f64::midpoint(low, high), (high - low).abs() / 2.0))
    };
    let Some(((cx, rx), (cy, ry))) = ends(&point.cost, x).zip(ends(&point.jobs, y)) else { return };
    svg.add(&format!(
        "<ellipse cx=\"{cx:.1}\" cy=\"{cy:.1}\" rx=\"{:.1}\" ry=\"{:.1}\" fill=\"{colour}\" \
         fill-opacity=\"0.16\" stroke=\"{colour}\" stroke-opacity=\"0.5\"/>",
        rx.max(1.5),
        ry.max(1.5)
    ));
}

/// The means with their Monte Carlo errors.
fn cross(svg: &mut Svg, findings: &Findings, point: &Point, x: &Scale, y: &Scale) {
    let (colour, _) = palette::of_policy(point.policy, findings.about.baseline);
    let (Some(cost), Some(jobs)) = (point.cost.mean, point.jobs.mean) else { return };
    let (cx, cy) = (x.at(cost), y.at(jobs));
    let mut path = String::new();
    if let Some((low, high)) = point.cost.low.zip(point.cost.high) {
        path += &line_path([Some((x.at(low), cy)), Some((x.at(high), cy))]);
    }
    if let Some((low, high)) = point.jobs.low.zip(point.jobs.high) {
        path += &line_path([Some((cx, y.at(low))), Some((cx, y.at(high)))]);
    }
    svg.path(&path, &format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\""));
    svg.add(&format!("<circle cx=\"{cx:.1}\" cy=\"{cy:.1}\" r=\"4\" fill=\"{colour}\"/>"));
}

/// Names beside the dots, moved down where one would cover another.
fn names(
    svg: &mut Svg,
    findings: &Findings,
    mut points: Vec<(f64, f64, usize)>,
    language: Language,
) {
    points.sort_by(|one, other| one.1.total_cmp(&other.1).then(one.0.total_cmp(&other.0)));
    let named: Vec<usize> = points.iter().map(|&(_, _, policy)| policy).collect();
    let titles = labels(&findings.about.titles(&named, language), 220.0, 12.0);
    let mut placed: Vec<(f64, f64, f64)> = Vec::new();
    for (&(x, y, _), title) in points.iter().zip(&titles) {
        let width = text_width(title, 12.0);
        let to_the_left = x + 10.0 + width > RIGHT;
        let left = if to_the_left { x - 10.0 - width } else { x + 10.0 };
        let covers = |at: f64, placed: &[(f64, f64, f64)]| {
            placed.iter().any(|&(from, to, other)| {
                left < to && left + width > from && (at - other).abs() < 15.0
            })
        };
        let mut at = y + 4.0;
        while covers(at, &placed) && at < BOTTOM + 30.0 {
            at += 4.0;
        }
        placed.push((left, left + width, at));
        svg.text((left, at), Anchor::Start, "", title);
    }
}
