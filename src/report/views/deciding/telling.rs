//! How a decision is told: of which tables, to whom, in which units.

use crate::analysis::decision::judged::FEWEST;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::student::half_width_95;
use crate::report::tables::decision::ranking::DecisionRanking;
use crate::report::text::language::Language;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::text::language::text::Text;
use crate::report::text::language::text::fill;
use crate::report::views::deciding::tables::DecisionTables;
use crate::scenario::Scenario;

/// The best policies of a table.
const MOST_POLICIES: usize = 7;

/// What is known of the run apart from the tables.
#[derive(Clone, Debug)]
pub struct OfRun<'a> {
    /// The number of replications.
    pub replications: u32,
    /// How they hang together.
    pub design: Design,
    /// The baseline.
    pub baseline: &'a str,
    /// The policy that really happened.
    pub happened: &'a str,
    /// The policies that cannot be chosen, and are in no table.
    pub counterfactuals: Vec<&'a str>,
}

impl<'a> OfRun<'a> {
    /// Of so many replications of a scenario.
    #[must_use]
    pub fn new(scenario: &'a Scenario, replications: u32) -> Self {
        let counterfactuals = scenario.policies.iter().filter(|policy| policy.counterfactual);
        Self {
            replications,
            design: Design::of_run(scenario),
            baseline: &scenario.policies[scenario.baseline].name,
            happened: &scenario.actual_policy,
            counterfactuals: counterfactuals.map(|policy| &*policy.name).collect(),
        }
    }
}

/// How a decision is told.
#[derive(Clone, Copy)]
pub struct Telling<'a> {
    /// The tables.
    pub tables: &'a DecisionTables,
    /// The run.
    pub run: &'a OfRun<'a>,
    /// For readers of this language.
    pub language: Language,
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

    /// A figure with as many digits as it deserves, two decimals at most where that shows anything of it.
    pub(super) fn figure(self, value: f64) -> String {
        let value = value / self.divisor;
        if (0.01..1.0).contains(&value.abs()) { grouped(value, 2) } else { figure(value) }
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
        } else if (0.995..1.0).contains(&value) {
            format!("> 99{percent}")
        } else {
            // Half a per cent is rounded up, although .565 is stored a little below.
            format!("{:.0}{percent}", (100.0 * value + 1e-9).round())
        }
    }

    /// Whether there are too few replications to tell what parameters do.
    pub(super) const fn has_few(&self) -> bool {
        (self.run.replications as usize) < FEWEST
    }

    /// The policies that tables show, best first: the best, the one that really happened and the last.
    pub(super) fn listed_in_tables<'r, 't>(
        &self,
        ranked: &'r [DecisionRanking<'t>],
    ) -> Vec<&'r DecisionRanking<'t>> {
        let last = ranked.len().saturating_sub(1);
        let is_shown = |place: usize, row: &DecisionRanking<'_>| {
            place < MOST_POLICIES || row.policy == self.run.happened || place == last
        };
        let rows = ranked.iter().enumerate();
        rows.filter(|(place, row)| is_shown(*place, row)).map(|(_, row)| row).collect()
    }

    /// Half the 95 % interval of a mean with this standard error, by Student's t.
    pub(super) fn half_width(&self, se: Option<f64>) -> f64 {
        let freedom = self.run.design.degrees_of_freedom(self.run.replications as usize);
        se.zip(half_width_95(freedom)).map_or(0.0, |(se, t)| t * se)
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
