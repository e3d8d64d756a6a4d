//! What placebos say, on the terminal: how large gross flows come out without any effect.

use unicode_width::UnicodeWidthStr;

use crate::analysis::noise::FLOWS;
use crate::analysis::noise::GrossFlows;
use crate::analysis::pairs::MANY;
use crate::report::text::console::paragraph;
use crate::report::text::console::right;
use crate::report::text::language::Language;
use crate::report::text::language::names::name;
use crate::report::text::language::number::grouped;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;
use crate::report::text::shorten;

/// The longest name of a policy that is shown whole.
const LONGEST_NAME: usize = 36;

/// What chance alone makes of gross flows: those of each policy, and of its placebo in brackets.
/// `title` is what a policy is called.
#[must_use]
pub fn summary<'a>(
    year: u16,
    policies: &[GrossFlows<'a>],
    language: Language,
    title: impl Fn(&'a str) -> &'a str,
) -> String {
    let heading = fill(&text::placebo_heading, language, &[("year", &year.to_string())]);
    let is_english = language.is_english();
    let head = if is_english { "policy" } else { text::policy.in_language(language) };
    // In English as in additionality.csv.
    let flow = |flow| if is_english { flow } else { name("term", flow, language) };
    let names: Vec<&str> = policies.iter().map(|policy| title(policy.policy)).collect();
    // Names are cut where they would not leave room for the numbers.
    let names = shorten::labels(&names, LONGEST_NAME as f64, "...", |name| name.width() as f64);
    let widths = names.iter().map(|name| name.width());
    let wide = widths.max().unwrap_or(0).max(head.width());
    let mut text = paragraph(&heading, 0);
    push_line(&mut text, wide, head, FLOWS.iter().map(|it| right(flow(it), 16)));
    let more = policies.len().saturating_sub(MANY);
    let policies = &policies[..policies.len() - more];
    for (policy, name) in policies.iter().zip(&names) {
        let cell = |flow: &Option<(f64, f64)>| match flow {
            Some((own, noise)) => format!("{} ({})", grouped(*own, 0), grouped(*noise, 0)),
            None => "-".to_owned(),
        };
        let cells = policy.flows.iter().map(|flow| right(&cell(flow), 16));
        push_line(&mut text, wide, name, cells);
    }
    text.push_str(&rest(more, "additionality.csv", language));
    text.push_str(&paragraph(text::placebo_reading.in_language(language), 0));
    text
}

/// How many more policies a table has than the terminal shows, and which; empty where there are none.
pub(super) fn rest(more: usize, file: &str, language: Language) -> String {
    let words = [("more", &*more.to_string()), ("file", file)];
    if more == 0 { String::new() } else { paragraph(&fill(&text::rest_in, language, &words), 0) }
}

fn push_line(text: &mut String, wide: usize, name: &str, cells: impl Iterator<Item = String>) {
    text.push_str(name);
    text.push_str(&" ".repeat(wide.saturating_sub(name.width())));
    cells.for_each(|cell| text.push_str(&cell));
    text.push('\n');
}
