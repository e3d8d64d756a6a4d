//! Who gains: jobs of startups of the last year against the baseline, group by group, district and
//! city, of one policy. Only the page shows it.

use crate::analysis::groups::Grouping;
use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::signed;
use crate::report::views::figures::axis;
use crate::report::views::figures::forest;
use crate::report::views::figures::palette;
use crate::report::views::figures::scale::Scale;
use crate::report::views::figures::svg::Anchor;
use crate::report::views::figures::svg::DESK;
use crate::report::views::figures::svg::PHONE;
use crate::report::views::figures::svg::Piece;
use crate::report::views::figures::svg::Svg;
use crate::report::views::figures::svg::labels;
use crate::report::views::figures::tip;
use crate::report::views::findings::Findings;
use crate::report::views::findings::GroupFact;
use crate::report::views::findings::figure::Figure;

const ROW: f64 = 22.0;
const TOP: f64 = 44.0;
const NAMES: f64 = 252.0;
const VALUES: f64 = 62.0;

/// A line of the chart: the heading of a grouping, or one of its groups.
enum Line<'a> {
    Heading(&'static str),
    Group(&'a str, &'a str),
}

/// The chart of a policy on the page.
#[must_use]
pub fn pieces(findings: &Findings, policy: usize, language: Language) -> Vec<Piece> {
    let lines = lines(findings, language);
    if lines.is_empty() || policy == findings.about.baseline {
        return Vec::new();
    }
    let chart = Chart { findings, policy, lines, language };
    let mut pieces = vec![chart.wide()];
    pieces.extend(forest::PLACES.map(|place| chart.narrow(place.0, place.1.in_language(language))));
    pieces
}

/// Every grouping with its groups, as the table has them.
fn lines(findings: &Findings, language: Language) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for grouping in Grouping::ALL {
        let mut groups: Vec<&str> = Vec::new();
        for fact in findings.groups.iter().filter(|fact| fact.grouping == grouping.name()) {
            if !groups.contains(&fact.group.as_str()) {
                groups.push(&fact.group);
            }
        }
        if !groups.is_empty() {
            lines.push(Line::Heading(names::name("group", grouping.name(), language)));
            let of = |group| Line::Group(grouping.name(), group);
            lines.extend(groups.into_iter().map(of));
        }
    }
    lines
}

struct Chart<'a> {
    findings: &'a Findings,
    policy: usize,
    lines: Vec<Line<'a>>,
    language: Language,
}

impl Chart<'_> {
    fn bottom(&self) -> f64 {
        TOP + (self.lines.len() as f64 - 1.0) * ROW + 12.0
    }

    fn title(&self, svg: &mut Svg, width: f64, more: &str) {
        let title = self.findings.about.title(self.policy, self.language);
        let title = format!("{title}{more}");
        let shown = labels(&[title.as_str()], width, 13.0).concat();
        svg.text((0.0, 12.0), Anchor::Start, "head", &shown);
    }

    /// Both places beside each other.
    fn wide(&self) -> Piece {
        let mut svg = Svg::live();
        self.title(&mut svg, NAMES - 8.0, "");
        self.names(&mut svg, NAMES - 8.0);
        let half = (DESK - NAMES) / 2.0;
        for (number, (place, heading)) in forest::PLACES.into_iter().enumerate() {
            let from = NAMES + number as f64 * half;
            svg.text((from, 12.0), Anchor::Start, "head", heading.in_language(self.language));
            self.bars(&mut svg, place, (from, from + half - 16.0));
        }
        svg.piece(None, "wide", "", (0.0, 0.0), (DESK, self.bottom() + 22.0))
    }

    fn narrow(&self, place: &str, heading: &str) -> Piece {
        let mut svg = Svg::live();
        self.title(&mut svg, PHONE, &format!(" · {heading}"));
        let names = PHONE * 0.36;
        self.names(&mut svg, names - 6.0);
        self.bars(&mut svg, place, (names, PHONE));
        svg.piece(None, "narrow", "", (0.0, 0.0), (PHONE, self.bottom() + 22.0))
    }

    fn names(&self, svg: &mut Svg, room: f64) {
        let names: Vec<String> = self.lines.iter().map(|line| self.called(line)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        for (number, (line, name)) in self.lines.iter().zip(labels(&names, room, 12.0)).enumerate()
        {
            let (x, class) =
                if matches!(line, Line::Heading(_)) { (0.0, "tick") } else { (10.0, "") };
            svg.text((x, TOP + number as f64 * ROW + 4.0), Anchor::Start, class, &name);
        }
    }

    fn called(&self, line: &Line<'_>) -> String {
        match *line {
            Line::Heading(title) => title.to_owned(),
            Line::Group(grouping, group) => {
                called(self.findings, grouping, group, self.language).to_owned()
            }
        }
    }

    /// The figures at a place, from side to side.
    fn bars(&self, svg: &mut Svg, place: &str, (from, to): (f64, f64)) {
        let figure = |line: &Line<'_>| match *line {
            Line::Heading(_) => None,
            Line::Group(grouping, group) => {
                let is_it = |fact: &&GroupFact| {
                    (fact.policy, fact.place.as_str()) == (self.policy, place)
                        && (fact.grouping.as_str(), fact.group.as_str()) == (grouping, group)
                };
                self.findings.groups.iter().find(is_it).map(|fact| fact.figure)
            }
        };
        let figures: Vec<Option<Figure>> = self.lines.iter().map(figure).collect();
        let ends = figures
            .iter()
            .flatten()
            .flat_map(|figure| [figure.mean, figure.low, figure.high, figure.p05, figure.p95]);
        let x = Scale::over(ends.flatten().chain([0.0]), (from, to - VALUES));
        axis::across(svg, &x, 3.0, (TOP - 18.0, self.bottom()), 14.0);
        let (colour, _) = palette::of_policy(self.policy, self.findings.about.baseline);
        for (number, (line, figure)) in self.lines.iter().zip(&figures).enumerate() {
            let Some((figure, mean)) = figure.and_then(|figure| Some((figure, figure.mean?)))
            else {
                continue;
            };
            let y = TOP + number as f64 * ROW;
            let tip = || tip::of_figure(&self.called(line), &figure, signed, "", self.language);
            svg.mark(tip, |svg| forest::draw_figure(svg, &figure, &x, (from, to, y), colour));
            svg.text((to, y + 4.0), Anchor::End, "tick", &signed(mean, decimals(mean)));
        }
    }
}

/// What people call a group: a sector by its title, a class by its bounds.
fn called<'a>(
    findings: &'a Findings,
    grouping: &str,
    group: &'a str,
    language: Language,
) -> &'a str {
    let sectors = &findings.about.sectors;
    let sector = sectors.iter().find(|sector| grouping == "sector" && sector.name == group);
    sector.map_or_else(
        || names::name("group", group, language),
        |sector| language.title(&sector.title_en, &sector.title_ko, &sector.titles),
    )
}
