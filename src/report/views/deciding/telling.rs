//! How a decision is told: of which tables, to whom, in which units.

use crate::report::text::language::Language;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::text::language::text::Text;
use crate::report::text::language::text::fill;
use crate::report::views::deciding::tables::DecisionTables;

/// Policies of a table.
pub(super) const MOST_POLICIES: usize = 8;
/// With fewer replications nothing is said of parameters.
pub(super) const FEWEST: u32 = 100;

/// How a decision is told.
#[derive(Clone, Copy)]
pub struct Telling<'a> {
    /// The tables.
    pub tables: &'a DecisionTables,
    /// For readers of this language.
    pub language: Language,
    /// The number of replications.
    pub replications: u32,
    /// What a policy is called.
    pub called: &'a dyn Fn(&str) -> String,
}

/// A figure of a criterion, in the unit in which it is shown.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    divisor: f64,
    pub(super) unit: &'static str,
}

impl Shown {
    pub(super) fn of(unit: &str, language: Language) -> Self {
        let shown = shown_unit(unit, language);
        Self { divisor: shown.divisor, unit: shown.name }
    }

    /// A figure with as many digits as it deserves.
    pub(super) fn figure(self, value: f64) -> String {
        figure(value / self.divisor)
    }

    /// The same with a sign.
    pub(super) fn signed(self, value: f64) -> String {
        format!("{}{}", if value > 0.0 { "+" } else { "" }, self.figure(value))
    }

    /// The same with its unit.
    pub(super) fn with_unit(self, value: f64) -> String {
        let text = self.figure(value);
        if self.unit.is_empty() { text } else { format!("{text} {}", self.unit) }
    }
}

impl Telling<'_> {
    pub(super) fn say(&self, text: &Text, words: &[(&str, &str)]) -> String {
        fill(text, self.language, words)
    }

    /// A share in per cent.
    pub(super) fn share(&self, value: f64) -> String {
        let percent = self.language.choose(" %", "%");
        if value > 0.0 && value < 0.005 {
            format!("< 1{percent}")
        } else if value < 1.0 && value > 0.995 {
            format!("> 99{percent}")
        } else {
            format!("{:.0}{percent}", 100.0 * value)
        }
    }

    /// Whether there are too few replications to tell what parameters do.
    pub(super) const fn has_few(&self) -> bool {
        self.replications < FEWEST
    }

    /// Parts of an enumeration put together.
    pub(super) fn listed(&self, parts: &[String]) -> String {
        parts.join(text::decided_and_further.in_language(self.language))
    }
}

/// A figure with as many digits as it deserves.
pub(super) fn figure(value: f64) -> String {
    let digits = match value.abs() {
        0.0 => 0,
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        size if size >= 0.01 => 4,
        _ => 6,
    };
    grouped(value, digits)
}
