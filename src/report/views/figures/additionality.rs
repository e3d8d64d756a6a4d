//! What is additional: a stacked bar a policy, gains to the right, losses to the left.

use crate::report::text::language::Language;
use crate::report::text::language::names;
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
use crate::report::views::figures::svg::text_width;
use crate::report::views::findings::Findings;
use crate::report::views::verdict::AFTER_DISPLACEMENT;

const WIDTH: f64 = 960.0;
const ROW: f64 = 34.0;
const NAMES: f64 = 252.0;

/// A part of a bar: where it starts and ends, and its colour.
struct Part {
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
    let bars: Vec<Vec<Part>> = policies.iter().map(|&policy| parts(findings, policy)).collect();
    let net = |policy| findings.term(policy, "net_city").and_then(|term| term.figure.mean);
    let after =
        |policy| findings.term(policy, AFTER_DISPLACEMENT).and_then(|term| term.figure.mean);
    let ends = bars.iter().flatten().flat_map(|part| [part.from, part.to]);
    let values = ends.chain(policies.iter().filter_map(|&policy| net(policy))).chain([0.0]);
    let x = Scale::over(values, (MARGIN + NAMES, WIDTH - MARGIN - 60.0));

    let mut svg = Svg::default();
    legend(&mut svg, language);
    let bottom = row(policies.len()) - 6.0;
    let (ticks, places) = x.ticks(6.0);
    for tick in ticks {
        let class = if tick.abs() < 1e-12 { "zero" } else { "grid" };
        svg.line((x.at(tick), 28.0), (x.at(tick), bottom), class);
        svg.text((x.at(tick), bottom + 14.0), Anchor::Middle, "tick", &grouped(tick, places));
    }
    let titles = labels(&about.titles(&policies, language), NAMES - 8.0, 12.0);
    for (number, (&policy, bar)) in policies.iter().zip(&bars).enumerate() {
        let y = row(number);
        svg.text((MARGIN, y + 16.0), Anchor::Start, "", &titles[number]);
        for part in bar {
            let (from, to) = (x.at(part.from), x.at(part.to));
            let (left, width) = (from.min(to), (to - from).abs());
            svg.add(&format!(
                "<rect x=\"{left:.1}\" y=\"{y}\" width=\"{width:.1}\" height=\"22\" fill=\"{}\"/>",
                part.colour
            ));
        }
        if let Some(net) = net(policy) {
            let (at, middle) = (x.at(net), y + 11.0);
            svg.add(&format!(
                "<path d=\"M{at:.1} {}l6 7l-6 7l-6 -7Z\" fill=\"#fff\" stroke=\"#0d1117\" stroke-width=\"1.5\"/>",
                middle - 7.0
            ));
            if let Some(after) = after(policy) {
                svg.add(&format!(
                    "<circle cx=\"{:.1}\" cy=\"{middle}\" r=\"5\" fill=\"#fff\" stroke=\"#0d1117\" \
                     stroke-width=\"1.5\"/>",
                    x.at(after)
                ));
            }
            let right = WIDTH - MARGIN;
            svg.text((right, y + 16.0), Anchor::End, "tick", &signed(net, decimals(net)));
        }
    }
    let title = text::additionality.in_language(language);
    let year = about.last_year().to_string();
    let note = text::fill(&text::additionality_note, language, &[("year", &year)]);
    let heading = Heading { title, note: &note, language: language.tag() };
    svg.picture(&heading, WIDTH, bottom + 20.0)
}

fn row(number: usize) -> f64 {
    36.0 + ROW * number as f64
}

/// The bar of a policy: losses pile up to the left of zero, all else to the right.
fn parts(findings: &Findings, policy: usize) -> Vec<Part> {
    let (mut left, mut right) = (0.0, 0.0);
    let mut parts = Vec::new();
    for (term, colour) in palette::TERMS {
        let figure = findings.term(policy, term).and_then(|term| term.figure.mean);
        let Some(value) = figure else { continue };
        let loss = matches!(term, "lost" | "displaced");
        let signed = if loss { -value } else { value };
        // Where roles are swapped, signs are too.
        let end = if signed < 0.0 { &mut left } else { &mut right };
        let from = *end;
        *end += signed;
        parts.push(Part { from, to: *end, colour });
    }
    parts
}

fn legend(svg: &mut Svg, language: Language) {
    let mut x = MARGIN;
    for (term, colour) in palette::TERMS {
        let name = names::name("term", term, language);
        svg.add(&format!(
            "<rect x=\"{x:.1}\" y=\"2\" width=\"12\" height=\"12\" fill=\"{colour}\"/>"
        ));
        svg.text((x + 17.0, 12.0), Anchor::Start, "", name);
        x += 17.0 + text_width(name, 12.0) + 22.0;
    }
    svg.add(&format!(
        "<path d=\"M{x:.1} 1l6 7l-6 7l-6 -7Z\" fill=\"#fff\" stroke=\"#0d1117\" stroke-width=\"1.5\"/>"
    ));
    svg.text((x + 11.0, 12.0), Anchor::Start, "", names::name("term", "net_city", language));
    x += 11.0 + text_width(names::name("term", "net_city", language), 12.0) + 22.0;
    svg.add(&format!(
        "<circle cx=\"{x:.1}\" cy=\"8\" r=\"5\" fill=\"#fff\" stroke=\"#0d1117\" stroke-width=\"1.5\"/>"
    ));
    svg.text(
        (x + 11.0, 12.0),
        Anchor::Start,
        "",
        names::name("term", AFTER_DISPLACEMENT, language),
    );
}
