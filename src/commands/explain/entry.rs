//! How an entry is set.

use crate::report::text::console;
use std::fmt::Write as _;

/// A title, its meaning in both languages, and facts in columns; empty ones are left out.
pub(super) fn entry(title: &str, meanings: [&str; 2], facts: &[(&str, &str)]) -> String {
    let mut text = format!("{title}\n");
    for meaning in meanings {
        text.push_str(&console::paragraph(meaning, 2));
    }
    for (what, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(text, "  {what:<10} {value}");
    }
    text
}
