//! The scenario's own accounts beside the ministry's rule set: two economic net present values, and how they hang together.

use crate::commands::error::Error;
use crate::commands::explain::trace::Of;
use crate::commands::report::error::ReportError;
use crate::report::tables::appraisal::bridge::AppraisalBridge;
use crate::report::tables::appraisal::results::AppraisalResult;
use crate::report::text::console;
use crate::report::text::dialect::number;
use crate::report::views::findings::error::FindingsError;

impl Of<'_> {
    /// The text of an economic net present value with a line after its head for each of the two that are called
    /// `economic_npv`; all other text as it is.
    pub(super) fn with_both_values(
        &self,
        name: &str,
        text: String,
        (first_year, last_year): (u16, u16),
    ) -> Result<String, Error> {
        const OWN: &str = "economic_net_present_value";
        const BY_RULES: &str = "economic_npv";
        if ![OWN, BY_RULES].contains(&name) {
            return Ok(text);
        }
        let mut years = (first_year, last_year);
        self.tables
            .each::<AppraisalResult<'_>, FindingsError>(|row| {
                if (row.policy, row.result) == (self.policy, BY_RULES) {
                    years = (row.first_year, row.last_year);
                }
                Ok(())
            })
            .map_err(ReportError::from)?;
        let own = self.printed_total(OWN)?;
        let by_rules = self.printed_outcome(BY_RULES)?;
        let row = |by: &str, value: String, (first, last): (u16, u16), file: String| {
            [format!("  {by}"), value, format!("{first} to {last}"), file]
        };
        let rows = [
            row(
                "the scenario's own accounts",
                own,
                (first_year, last_year),
                format!("cost_benefit.csv, as {OWN}; outcomes.csv and `decide`, as {BY_RULES}"),
            ),
            row(
                "the ministry's rule set",
                by_rules,
                years,
                format!("appraisal/results.csv, as {BY_RULES}"),
            ),
        ];
        let table = console::table(["  by", "value", "years", "stands in"], &rows);
        let told = format!("\n  two figures are called {BY_RULES}\n\n{table}");
        // The head ends with the line of its formula.
        let head = text.match_indices('\n').nth(1).map_or(text.len(), |(at, _)| at + 1);
        let (head, rest) = text.split_at(head);
        Ok(format!("{head}{told}{rest}"))
    }

    /// How the own accounts and the rule set hang together.
    pub(super) fn bridge(&self) -> Result<String, Error> {
        let mut rows: Vec<[String; 4]> = Vec::new();
        self.tables
            .each::<AppraisalBridge<'_>, FindingsError>(|row| {
                if row.policy == self.policy {
                    let [costs, benefits, npv] = [row.costs, row.benefits, row.npv].map(number);
                    rows.push([row.step.to_owned(), costs, benefits, npv]);
                }
                Ok(())
            })
            .map_err(ReportError::from)?;
        let says = "\n  from economic_net_present_value, by the scenario's own accounts (cost_benefit.csv), to economic_npv, by \
                    the rule set (appraisal/results.csv): rows of appraisal/bridge.csv, which add up to the last\n\n";
        Ok(says.to_owned() + &console::table(["step", "costs", "benefits", "npv"], &rows))
    }
}
