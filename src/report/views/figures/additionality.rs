//! What is additional: a stacked bar a policy, gains to the right, losses to the left.

use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::signed;
use crate::report::text::language::text;
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
use crate::report::views::figures::svg::text_width;
use crate::report::views::figures::tip;
use crate::report::views::figures::tip::Show;
use crate::report::views::findings::Findings;
use crate::report::views::findings::figure::Figure;
use crate::report::views::verdict::AFTER_DISPLACEMENT;

const WIDTH: f64 = 960.0;
const ROW: f64 = 34.0;
const NAMES: f64 = 252.0;

/// A part of a bar: its term and figure, where it starts and ends, and its colour.
struct PartOfBar {
    term: &'static str,
    figure: Figure,
    from: f64,
    to: f64,
    colour: &'static str,
}

/// The chart.
#[must_use]
pub fn draw(findings: &Findings, language: Language) -> String {
    let about = &findings.about;
    let policies: Vec<usize> =
        about.headline().into_iter().filter(|&policy| policy != about.baseline).collect();
    let nets = ["net_city"].as_slice();
    let pixels = (MARGIN + NAMES, WIDTH - MARGIN - 60.0);
    let chart = Chart { findings, language, x: scale(findings, &policies, nets, pixels) };

    let mut svg = Svg::default();
    legend(&mut svg, (MARGIN, f64::INFINITY), language);
    let bottom = row(policies.len()) - 6.0;
    axis::across(&mut svg, &chart.x, 6.0, (28.0, bottom), 14.0);
    let titles = labels(&about.titles(&policies, language), NAMES - 8.0, 12.0);
    for (number, &policy) in policies.iter().enumerate() {
        let y = row(number);
        svg.text((MARGIN, y + 16.0), Anchor::Start, "", &titles[number]);
        chart.bar(&mut svg, policy, y, WIDTH - MARGIN);
    }
    let title = text::additionality.in_language(language);
    let year = about.last_year().to_string();
    let note = text::fill(&text::additionality_note, language, &[("year", &year)]);
    let heading = Heading { title, note: &note, language: language.tag() };
    svg.picture(&heading, WIDTH, bottom + 20.0)
}

/// The chart of some policies on the page: its key, a row a policy, and its axis.
#[must_use]
pub fn pieces(findings: &Findings, policies: &[usize], language: Language) -> Vec<Piece> {
    let policies = known(findings, policies);
    if policies.is_empty() {
        return Vec::new();
    }
    let mut pieces = Vec::new();
    for (class, left, right, room) in
        [("wide", MARGIN + NAMES, WIDTH - MARGIN, NAMES - 8.0), ("narrow", 8.0, PHONE, PHONE)]
    {
        // Names stand before the bars, or above them.
        let (count, from, bar) =
            if class == "wide" { (6.0, MARGIN, 6.0) } else { (3.0, 0.0, 18.0) };
        let nets = ["net_city", AFTER_DISPLACEMENT].as_slice();
        let x = scale(findings, &policies, nets, (left, right - 60.0));
        let chart = Chart { findings, language, x };
        let width = right - from;
        let mut piece = |policy: Option<usize>, svg: &Svg, height: f64| {
            pieces.push(svg.piece(policy, class, "", (from, 0.0), (width, height)));
        };
        let mut svg = Svg::live();
        let below = legend(&mut svg, (from + 7.0, right), language);
        piece(None, &svg, below + 8.0);
        let titles = labels(&findings.about.titles(&policies, language), room, 12.0);
        for (&policy, title) in policies.iter().zip(&titles) {
            let mut svg = Svg::live();
            let height = bar + 28.0;
            axis::lines(&mut svg, &chart.x, count, (0.0, height));
            svg.text((from, if bar > 6.0 { 12.0 } else { 22.0 }), Anchor::Start, "", title);
            chart.bar(&mut svg, policy, bar, right);
            piece(Some(policy), &svg, height);
        }
        let mut svg = Svg::live();
        axis::across(&mut svg, &chart.x, count, (0.0, 4.0), 14.0);
        piece(None, &svg, 22.0);
    }
    pieces
}

/// Of some policies those beside the baseline of which something is known.
#[must_use]
pub fn known(findings: &Findings, policies: &[usize]) -> Vec<usize> {
    let known = |policy: usize| {
        let mut terms = findings.terms.iter().filter(|term| term.policy == policy);
        terms.any(|term| term.figure.mean.is_some())
    };
    let compared = policies.iter().copied().filter(|&policy| policy != findings.about.baseline);
    compared.filter(|&policy| known(policy)).collect()
}

fn row(number: usize) -> f64 {
    36.0 + ROW * number as f64
}

/// The figure of a term, where its mean is known.
fn figure(findings: &Findings, policy: usize, term: &str) -> Option<(Figure, f64)> {
    let figure = findings.term(policy, term)?.figure;
    Some((figure, figure.mean?))
}

/// A scale that holds the bars of policies and their nets.
fn scale(findings: &Findings, policies: &[usize], nets: &[&str], pixels: (f64, f64)) -> Scale {
    let bars = policies.iter().flat_map(|&policy| parts(findings, policy));
    let ends = bars.flat_map(|part| [part.from, part.to]);
    let nets = policies.iter().flat_map(|&policy| {
        nets.iter().filter_map(move |net| Some(figure(findings, policy, net)?.1))
    });
    Scale::over(ends.chain(nets).chain([0.0]), pixels)
}

/// The bar of a policy: losses pile up to the left of zero, all else to the right.
fn parts(findings: &Findings, policy: usize) -> Vec<PartOfBar> {
    let (mut left, mut right) = (0.0, 0.0);
    let mut parts = Vec::new();
    for (term, colour) in palette::TERMS {
        let Some((figure, value)) = figure(findings, policy, term) else { continue };
        let loss = matches!(term, "lost" | "displaced");
        let signed = if loss { -value } else { value };
        // Where roles are swapped, signs are too.
        let end = if signed < 0.0 { &mut left } else { &mut right };
        let from = *end;
        *end += signed;
        parts.push(PartOfBar { term, figure, from, to: *end, colour });
    }
    parts
}

struct Chart<'a> {
    findings: &'a Findings,
    language: Language,
    x: Scale,
}

impl Chart<'_> {
    /// The bar of a policy from `y` down, and its net as a number that ends at `right`.
    fn bar(&self, svg: &mut Svg, policy: usize, y: f64, right: f64) {
        for part in parts(self.findings, policy) {
            let (from, to) = (self.x.at(part.from), self.x.at(part.to));
            let (left, width) = (from.min(to), (to - from).abs());
            let tip = || self.tip(policy, part.term, &part.figure, grouped);
            svg.mark(tip, |svg| {
                svg.add(&format!(
                    "<rect x=\"{left:.1}\" y=\"{y}\" width=\"{width:.1}\" height=\"22\" fill=\"{}\"/>",
                    part.colour
                ));
            });
        }
        let Some((net, mean)) = figure(self.findings, policy, "net_city") else { return };
        let middle = y + 11.0;
        svg.mark(
            || self.tip(policy, "net_city", &net, signed),
            |svg| diamond(svg, self.x.at(mean), middle),
        );
        if let Some((after, mean)) = figure(self.findings, policy, AFTER_DISPLACEMENT) {
            svg.mark(
                || self.tip(policy, AFTER_DISPLACEMENT, &after, signed),
                |svg| ring(svg, self.x.at(mean), middle),
            );
        }
        svg.text((right, y + 16.0), Anchor::End, "tick", &signed(mean, decimals(mean)));
    }

    fn tip(&self, policy: usize, term: &str, figure: &Figure, show: Show) -> String {
        let title = self.findings.about.title(policy, self.language);
        let name = names::name("term", term, self.language);
        format!("{title}\n{}", tip::of_figure(name, figure, show, "", self.language))
    }
}

fn diamond(svg: &mut Svg, x: f64, middle: f64) {
    let top = middle - 7.0;
    svg.add(&format!(
        "<path d=\"M{x:.1} {top}l6 7l-6 7l-6 -7Z\" fill=\"#fff\" stroke=\"#0d1117\" stroke-width=\"1.5\"/>"
    ));
}

fn ring(svg: &mut Svg, x: f64, middle: f64) {
    svg.add(&format!(
        "<circle cx=\"{x:.1}\" cy=\"{middle}\" r=\"5\" fill=\"#fff\" stroke=\"#0d1117\" \
         stroke-width=\"1.5\"/>"
    ));
}

/// What colours and marks stand for, from side to side in as many lines as it takes; gives the end
/// of the last.
fn legend(svg: &mut Svg, (left, right): (f64, f64), language: Language) -> f64 {
    let (mut x, mut y) = (left, 0.0);
    let coloured = palette::TERMS.map(|(term, colour)| (term, Some(colour)));
    for (term, colour) in
        coloured.into_iter().chain([("net_city", None), (AFTER_DISPLACEMENT, None)])
    {
        let name = names::name("term", term, language);
        let before = if colour.is_some() { 17.0 } else { 11.0 };
        let width = before + text_width(name, 12.0);
        if x + width > right {
            (x, y) = (left, y + 20.0);
        }
        match colour {
            Some(colour) => svg.add(&format!(
                "<rect x=\"{x:.1}\" y=\"{}\" width=\"12\" height=\"12\" fill=\"{colour}\"/>",
                y + 2.0
            )),
            None if term == AFTER_DISPLACEMENT => ring(svg, x, y + 8.0),
            None => diamond(svg, x, y + 8.0),
        }
        svg.text((x + before, y + 12.0), Anchor::Start, "", name);
        x += width + 22.0;
    }
    y + 16.0
}
