//! What parts of a plan add in its last year, where `attribution.csv` tells: Shapley values with
//! their intervals, and what is lost without each part alone. Only the page shows it.

use crate::report::tables::attribution::Contribution;
use crate::report::tables::attribution::TOTAL;
use crate::report::tables::row::number;
use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::range;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::number::signed;
use crate::report::text::language::text;
use crate::report::views::figures::axis;
use crate::report::views::figures::palette::COLOURS;
use crate::report::views::figures::scale::Scale;
use crate::report::views::figures::svg::Anchor;
use crate::report::views::figures::svg::DESK;
use crate::report::views::figures::svg::PHONE;
use crate::report::views::figures::svg::Piece;
use crate::report::views::figures::svg::Svg;
use crate::report::views::figures::svg::labels;
use crate::report::views::figures::svg::text_width;
use crate::report::views::findings::Findings;

/// Contributions to a metric of a plan.
pub struct Contributions {
    /// `Full plan: Jobs · City [people]`.
    pub title: String,
    /// The largest first and the whole last.
    pub parts: Vec<PartOfPlan>,
}

/// A part of a plan and what it adds, in the unit that is shown.
pub struct PartOfPlan {
    /// What it is called.
    pub title: String,
    total: bool,
    /// Its Shapley value.
    pub value: f64,
    /// The ends of its 95 % interval, and what is lost when the part alone is left out.
    pub rest: [Option<f64>; 3],
}

/// Contributions of the table's last year, metric by metric.
#[must_use]
pub fn contributions(findings: &Findings, language: Language) -> Vec<Contributions> {
    let Some(table) = &findings.attribution else { return Vec::new() };
    let last = table.rows().map(|row| row.year).max();
    let mut groups: Vec<Contributions> = Vec::new();
    for row in table.rows().filter(|row| Some(row.year) == last) {
        let unit = shown_unit(row.unit, language);
        let Some(value) = number(row.shapley) else { continue };
        let title = heading(findings, &row, unit.name, language);
        let part = PartOfPlan {
            title: part_title(findings, &row, language),
            total: row.package == TOTAL,
            value: value / unit.divisor,
            rest: [row.ci_low, row.ci_high, row.leave_one_out]
                .map(|value| value.map(|value| value / unit.divisor)),
        };
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.parts.push(part),
            None => groups.push(Contributions { title, parts: vec![part] }),
        }
    }
    for group in &mut groups {
        group.parts.sort_by(|one, other| {
            one.total.cmp(&other.total).then(other.value.abs().total_cmp(&one.value.abs()))
        });
    }
    groups
}

/// The chart on the page: its key, and a drawing for each metric.
#[must_use]
pub fn pieces(findings: &Findings, language: Language) -> Vec<Piece> {
    let groups = contributions(findings, language);
    let mut pieces = Vec::new();
    if !groups.is_empty() {
        let mut svg = Svg::live();
        let shapley = text::shapley.in_language(language);
        let at = 44.0 + text_width(shapley, 12.0);
        svg.add(&format!(
            "<rect x=\"0\" y=\"4\" width=\"12\" height=\"12\" fill=\"{}\"/>",
            COLOURS[0]
        ));
        svg.text((18.0, 14.0), Anchor::Start, "", shapley);
        ring(&mut svg, at, 10.0);
        svg.text((at + 12.0, 14.0), Anchor::Start, "", text::leave_one_out.in_language(language));
        pieces.push(svg.piece(None, "legend", "", (0.0, 0.0), (PHONE, 22.0)));
    }
    for group in &groups {
        pieces.push(group.piece("wide", (DESK, 240.0), (28.0, 0.0), language));
        pieces.push(group.piece("narrow", (PHONE, 0.0), (44.0, 14.0), language));
    }
    pieces
}

impl Contributions {
    /// In so much room, of which names take some; rows are so high, and their bars so far below
    /// their names.
    fn piece(
        &self,
        class: &str,
        (width, names): (f64, f64),
        (step, below): (f64, f64),
        language: Language,
    ) -> Piece {
        let mut svg = Svg::live();
        let heading = labels(&[&self.title], width, 13.0).concat();
        svg.text((0.0, 12.0), Anchor::Start, "head", &heading);
        let bottom = 26.0 + self.parts.len() as f64 * step;
        let values = self.parts.iter().flat_map(|part| {
            let [low, high, without] = part.rest;
            [Some(part.value), low, high, without].into_iter().flatten()
        });
        let x = Scale::over(values.chain([0.0]), (names + 8.0, width - 62.0));
        axis::across(&mut svg, &x, if names > 0.0 { 6.0 } else { 3.0 }, (20.0, bottom), 14.0);
        let titles: Vec<&str> = self.parts.iter().map(|part| part.title.as_str()).collect();
        let room = if names > 0.0 { names - 10.0 } else { width };
        let titles = labels(&titles, room, 12.0);
        for (number, (part, title)) in self.parts.iter().zip(&titles).enumerate() {
            let y = 26.0 + number as f64 * step;
            svg.text((0.0, y + 16.0 - below / 3.0), Anchor::Start, "", title);
            let middle = y + 12.0 + below;
            svg.mark(|| part.tip(language), |svg| part.draw(svg, &x, middle));
            let value = signed(part.value, decimals(part.value));
            svg.text((width, middle + 4.0), Anchor::End, "tick", &value);
        }
        svg.piece(None, class, "", (0.0, 0.0), (width, bottom + 30.0))
    }
}

impl PartOfPlan {
    fn draw(&self, svg: &mut Svg, x: &Scale, middle: f64) {
        let (zero, end) = (x.at(0.0), x.at(self.value));
        svg.add(&format!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"16\" fill=\"{}\"/>",
            zero.min(end),
            middle - 8.0,
            (end - zero).abs(),
            COLOURS[0]
        ));
        let [low, high, without] = self.rest;
        if let Some((low, high)) = low.zip(high) {
            svg.line((x.at(low), middle), (x.at(high), middle), "ring");
        }
        if let Some(without) = without {
            ring(svg, x.at(without), middle);
        }
    }

    fn tip(&self, language: Language) -> String {
        let places = decimals(self.value);
        let shapley = text::shapley.in_language(language);
        let mut tip = format!("{}\n{shapley}: {}", self.title, signed(self.value, places));
        let [low, high, without] = self.rest;
        if let Some((low, high)) = low.zip(high) {
            let ends = range(&signed(low, places), &signed(high, places), language);
            tip = format!("{tip} ({ends})");
        }
        if let Some(without) = without {
            let name = text::leave_one_out.in_language(language);
            tip = format!("{tip}\n{name}: {}", signed(without, decimals(without)));
        }
        tip
    }
}

fn ring(svg: &mut Svg, x: f64, y: f64) {
    svg.add(&format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\" class=\"ring\"/>"));
}

/// What a package is called: its lever's title, or its name with the levers that it holds.
fn part_title(findings: &Findings, row: &Contribution<'_>, language: Language) -> String {
    let about = &findings.about;
    let (part, levers) = (row.package, row.levers);
    let title = |name: &str| {
        let mut known = about.policies.iter().flat_map(|policy| &policy.levers);
        known.find(|lever| lever.name == name).map(|lever| lever.title(language))
    };
    if part == TOTAL {
        return text::attribution_total.in_language(language).to_owned();
    }
    if part == "parameters" {
        return text::attribution_parameters.in_language(language).to_owned();
    }
    let several = levers.contains(';');
    if several {
        return format!("{part} ({})", levers.replace("; ", ", "));
    }
    title(part)
        .or_else(|| Some(about.title(about.policy(part)?, language).to_owned()))
        .unwrap_or_else(|| part.to_owned())
}

/// `Full plan: Jobs · City [people]`.
fn heading(findings: &Findings, row: &Contribution<'_>, unit: &str, language: Language) -> String {
    let about = &findings.about;
    let plan = about.policy(row.policy).map_or(row.policy, |plan| about.title(plan, language));
    let metric = names::name("metric", row.metric, language);
    let place = names::name("place", row.place, language);
    let heading = format!("{plan} · {metric} · {place}");
    if unit.is_empty() { heading } else { format!("{heading} [{unit}]") }
}
