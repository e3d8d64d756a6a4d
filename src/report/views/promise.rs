//! Which precision was promised, and whether it holds, on the terminal.

use crate::analysis::selection::promise::Ended;
use crate::analysis::selection::promise::Found;
use crate::analysis::selection::promise::Promise;
use crate::report::text::console::paragraph;
use crate::report::text::language::Language;
use crate::report::text::language::number::ShownUnit;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::text::language::text::Text;
use crate::report::text::language::text::fill;

/// What was promised and found, for people; `title` is what a policy is called.
#[must_use]
pub fn summary<'a>(
    promise: &'a Promise,
    language: Language,
    title: impl Fn(&'a str) -> &'a str,
) -> String {
    let holds = |found: &Found| found.half_width.is_some_and(|half| half <= found.promised);
    let heading = match promise.ended {
        Ended::Planned => &text::promise_planned,
        Ended::Ceiling if !promise.found.iter().all(holds) => &text::promise_ceiling,
        Ended::Held | Ended::Ceiling => &text::promise_held,
    };
    let words = [
        ("replications", &*promise.replications.to_string()),
        ("evaluated", &promise.evaluated.to_string()),
        ("ceiling", &promise.ceiling.to_string()),
    ];
    let mut said = paragraph(&fill(heading, language, &words), 0);
    for found in &promise.found {
        said.push_str(&paragraph(&line(found, holds(found), language, title(&found.policy)), 2));
    }
    format!("\n{said}")
}

/// What is found of one half-width.
fn line(found: &Found, holds: bool, language: Language, policy: &str) -> String {
    let ShownUnit { name, divisor } = shown_unit(&found.unit, language);
    let shown = |value: f64| grouped(value / divisor, decimals(value / divisor) + 1);
    let half = found.half_width.map(shown);
    let count = |count: Option<u64>| count.map_or_else(String::new, |it| grouped(it as f64, 0));
    let needed = found.needed;
    let words = [
        ("outcome", &*found.outcome),
        ("promised", &*shown(found.promised)),
        ("half_width", half.as_deref().unwrap_or_default()),
        ("unit", name),
        ("policy", policy),
        ("needed", &*count(needed.map(|it| it.expected))),
        ("low", &*count(needed.map(|it| it.low))),
        ("high", &*count(needed.map(|it| it.high))),
    ];
    let text: &Text = match (holds, half.is_some() && needed.is_some()) {
        (true, _) if found.policy.is_empty() => &text::promise_idle,
        (true, _) => &text::promise_line,
        (false, true) => &text::promise_missed,
        (false, false) => &text::promise_untold,
    };
    fill(text, language, &words)
}
