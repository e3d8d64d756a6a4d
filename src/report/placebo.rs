//! What placebos say, on the terminal: how large gross flows come out without any effect.

use unicode_width::UnicodeWidthStr;

use crate::analysis::noise::FLOWS;
use crate::analysis::noise::GrossFlows;
use crate::report::console::paragraph;
use crate::report::language::number::grouped;

/// The longest name of a policy that is shown whole.
const LONGEST_NAME: usize = 36;

/// What chance alone makes of gross flows: those of each policy, and of its placebo in brackets.
#[must_use]
pub fn summary(year: u16, policies: &[GrossFlows<'_>]) -> String {
    let mut text = format!(
        "{year}, gross flows of jobs, and in brackets those of the same places without any effect\n"
    );
    let names = policies.iter().map(|policy| shown(policy.policy).width());
    let wide = names.max().unwrap_or(0).max("policy".len());
    push_line(&mut text, wide, "policy", FLOWS.iter().map(|flow| right(flow, 16)));
    for policy in policies {
        let cell = |flow: &Option<(f64, f64)>| match flow {
            Some((own, noise)) => format!("{} ({})", grouped(*own, 0), grouped(*noise, 0)),
            None => "-".to_owned(),
        };
        let cells = policy.flows.iter().map(|flow| right(&cell(flow), 16));
        push_line(&mut text, wide, policy.policy, cells);
    }
    text.push_str(&paragraph(
        "Where the two are near each other, the flows say little: read effect_on_served, \
         effect_through_markets and the nets of additionality.csv.",
        0,
    ));
    text
}

fn push_line(text: &mut String, wide: usize, name: &str, cells: impl Iterator<Item = String>) {
    let name = shown(name);
    text.push_str(&name);
    text.push_str(&" ".repeat(wide.saturating_sub(name.width())));
    cells.for_each(|cell| text.push_str(&cell));
    text.push('\n');
}

/// A name, cut where it would not leave room for the numbers.
fn shown(name: &str) -> String {
    if name.width() <= LONGEST_NAME {
        return name.to_owned();
    }
    let mut cut = String::new();
    for letter in name.chars() {
        cut.push(letter);
        if cut.width() > LONGEST_NAME - 3 {
            cut.pop();
            break;
        }
    }
    cut + "..."
}

fn right(text: &str, wide: usize) -> String {
    format!("{}{text}", " ".repeat(wide.saturating_sub(text.width())))
}
