//! Public cost against net jobs of the city, with the middle 90 % of replications and
//! the Monte Carlo error of the means.

use crate::report::text::language::Language;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::number::signed;
use crate::report::text::language::text;
use crate::report::views::figures::axis;
use crate::report::views::figures::palette;
use crate::report::views::figures::scale::Scale;
use crate::report::views::figures::svg::Anchor;
use crate::report::views::figures::svg::Heading;
use crate::report::views::figures::svg::PHONE;
use crate::report::views::figures::svg::Piece;
use crate::report::views::figures::svg::Svg;
use crate::report::views::figures::svg::labels;
use crate::report::views::figures::svg::line_path;
use crate::report::views::figures::svg::text_width;
use crate::report::views::figures::tip;
use crate::report::views::findings::Findings;
use crate::report::views::findings::figure::Figure;

/// The size of the picture, and where its plot ends.
const PICTURE: Plot = Plot { width: 960.0, height: 460.0, left: 72.0, right: 930.0, bottom: 410.0 };
/// The same on a phone.
const ON_PHONE: Plot =
    Plot { width: PHONE, height: 380.0, left: 50.0, right: 336.0, bottom: 334.0 };

/// The size of a drawing, and where its plot ends `[px]`.
struct Plot {
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    bottom: f64,
}

/// A policy with both figures.
pub struct Point {
    /// The policy.
    pub policy: usize,
    /// Public cost.
    pub cost: Figure,
    /// Net jobs of the city in the last year.
    pub jobs: Figure,
}

/// The chart.
#[must_use]
pub fn draw(findings: &Findings, language: Language) -> String {
    let about = &findings.about;
    let mut svg = Svg::default();
    let chart = Chart::new(findings, &about.headline(), PICTURE, language);
    chart.draw(&mut svg, 220.0);
    let year = about.last_year().to_string();
    let note = text::fill(&text::cost_note, language, &[("year", &year)]);
    let title = text::cost.in_language(language);
    let heading = Heading { title, note: &note, language: language.tag() };
    svg.picture(&heading, PICTURE.width, PICTURE.height)
}

/// The chart of some policies on the page.
#[must_use]
pub fn pieces(findings: &Findings, policies: &[usize], language: Language) -> Vec<Piece> {
    let piece = |(room, plot, names): (&str, Plot, f64)| {
        let mut svg = Svg::live();
        let size = (plot.width, plot.height);
        Chart::new(findings, policies, plot, language).draw(&mut svg, names);
        svg.piece(None, room, "", (0.0, 0.0), size)
    };
    [("wide", PICTURE, 220.0), ("narrow", ON_PHONE, 130.0)].map(piece).into()
}

/// Public cost and net jobs of policies, where both are known: the figures in the unit that is shown.
#[must_use]
pub fn points(findings: &Findings, policies: &[usize], language: Language) -> Vec<Point> {
    let unit = shown_unit("{money}", language);
    let point = |&policy: &usize| {
        let cost = findings.total(policy, "fiscal_cost")?.figure;
        let jobs = findings.term(policy, "net_city")?.figure;
        cost.mean.and(jobs.mean)?;
        Some(Point { policy, cost: cost.divided(unit.divisor), jobs })
    };
    policies.iter().filter_map(point).collect()
}

struct Chart<'a> {
    findings: &'a Findings,
    language: Language,
    plot: Plot,
    points: Vec<Point>,
    x: Scale,
    y: Scale,
}

impl<'a> Chart<'a> {
    fn new(findings: &'a Findings, policies: &[usize], plot: Plot, language: Language) -> Self {
        let points = points(findings, policies, language);
        let ends = |of: fn(&Point) -> Figure| {
            points.iter().map(of).flat_map(|it| [it.mean, it.p05, it.p95]).flatten().chain([0.0])
        };
        let x = Scale::over(ends(|point| point.cost), (plot.left, plot.right));
        let y = Scale::over(ends(|point| point.jobs), (plot.bottom, 10.0));
        Self { findings, language, plot, points, x, y }
    }

    fn draw(&self, svg: &mut Svg, names: f64) {
        self.axes(svg);
        for point in &self.points {
            svg.of_policy(point.policy, |svg| self.cloud(svg, point));
        }
        let mut labels = Vec::new();
        for point in &self.points {
            svg.of_policy(point.policy, |svg| {
                svg.mark(|| self.tip(point), |svg| self.cross(svg, point));
            });
            let (Some(cost), Some(jobs)) = (point.cost.mean, point.jobs.mean) else { continue };
            labels.push((self.x.at(cost), self.y.at(jobs), point.policy));
        }
        self.names(svg, labels, names);
    }

    fn tip(&self, point: &Point) -> String {
        let language = self.language;
        let unit = shown_unit("{money}", language).name;
        let cost = text::cost_axis.in_language(language);
        let jobs = text::jobs_axis.in_language(language);
        format!(
            "{}\n{}\n{}",
            self.findings.about.title(point.policy, language),
            tip::of_figure(cost, &point.cost, grouped, unit, language),
            tip::of_figure(jobs, &point.jobs, signed, "", language)
        )
    }

    fn axes(&self, svg: &mut Svg) {
        let Plot { width, left, right, bottom, .. } = self.plot;
        axis::upwards(svg, &self.y, 5.0, (left, right), 6.0);
        let count = if width < PICTURE.width { 3.0 } else { 7.0 };
        axis::across(svg, &self.x, count, (10.0, bottom), 16.0);
        let unit = shown_unit("{money}", self.language).name;
        let across = format!("{} [{unit}]", text::cost_axis.in_language(self.language));
        svg.text((right, bottom + 36.0), Anchor::End, "", &across);
        let up = text::jobs_axis.in_language(self.language);
        svg.text((left + 6.0, 22.0), Anchor::Start, "", up);
    }

    /// The middle 90 % of replications in each direction.
    fn cloud(&self, svg: &mut Svg, point: &Point) {
        let (colour, _) = palette::of_policy(point.policy, self.findings.about.baseline);
        let ends = |figure: &Figure, scale: &Scale| {
            let (low, high) = figure.p05.zip(figure.p95)?;
            let (low, high) = (scale.at(low), scale.at(high));
            Some((f64::midpoint(low, high), (high - low).abs() / 2.0))
        };
        let ends = ends(&point.cost, &self.x).zip(ends(&point.jobs, &self.y));
        let Some(((cx, rx), (cy, ry))) = ends else { return };
        svg.add(&format!(
            "<ellipse cx=\"{cx:.1}\" cy=\"{cy:.1}\" rx=\"{:.1}\" ry=\"{:.1}\" fill=\"{colour}\" \
             fill-opacity=\"0.16\" stroke=\"{colour}\" stroke-opacity=\"0.5\"/>",
            rx.max(1.5),
            ry.max(1.5)
        ));
    }

    /// The means with their Monte Carlo errors.
    fn cross(&self, svg: &mut Svg, point: &Point) {
        let (colour, _) = palette::of_policy(point.policy, self.findings.about.baseline);
        let (Some(cost), Some(jobs)) = (point.cost.mean, point.jobs.mean) else { return };
        let (cx, cy) = (self.x.at(cost), self.y.at(jobs));
        svg.target((cx - 11.0, cy - 11.0), (22.0, 22.0));
        let mut path = String::new();
        if let Some((low, high)) = point.cost.low.zip(point.cost.high) {
            path += &line_path([Some((self.x.at(low), cy)), Some((self.x.at(high), cy))]);
        }
        if let Some((low, high)) = point.jobs.low.zip(point.jobs.high) {
            path += &line_path([Some((cx, self.y.at(low))), Some((cx, self.y.at(high)))]);
        }
        svg.path(&path, &format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\""));
        svg.add(&format!("<circle cx=\"{cx:.1}\" cy=\"{cy:.1}\" r=\"4\" fill=\"{colour}\"/>"));
    }

    /// Names beside the dots, moved down where one would cover another.
    fn names(&self, svg: &mut Svg, mut points: Vec<(f64, f64, usize)>, room: f64) {
        // Names of the headline set have their places first.
        let later = |policy: usize| !self.findings.about.policies[policy].headline;
        points.sort_by(|one, other| {
            let down = one.1.total_cmp(&other.1).then(one.0.total_cmp(&other.0));
            later(one.2).cmp(&later(other.2)).then(down)
        });
        let named: Vec<usize> = points.iter().map(|&(_, _, policy)| policy).collect();
        let titles = labels(&self.findings.about.titles(&named, self.language), room, 12.0);
        let mut placed: Vec<(f64, f64, f64)> = Vec::new();
        for (&(x, y, policy), title) in points.iter().zip(&titles) {
            let width = text_width(title, 12.0);
            let to_the_left = x + 10.0 + width > self.plot.right;
            let left = if to_the_left { x - 10.0 - width } else { x + 10.0 };
            let covers = |at: f64, placed: &[(f64, f64, f64)]| {
                placed.iter().any(|&(from, to, other)| {
                    left < to && left + width > from && (at - other).abs() < 15.0
                })
            };
            let mut at = y + 4.0;
            while covers(at, &placed) && at < self.plot.bottom + 30.0 {
                at += 4.0;
            }
            placed.push((left, left + width, at));
            svg.of_policy(policy, |svg| svg.text((left, at), Anchor::Start, "", title));
        }
    }
}
