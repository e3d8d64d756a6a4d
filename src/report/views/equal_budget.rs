//! How much larger or smaller each policy was made so that all cost the same, on the terminal.

use crate::analysis::equal_budget::EqualBudget;
use crate::analysis::pairs::MANY;
use crate::analysis::study::PILOT;
use crate::report::tables::equal_budget::BudgetedPolicy;
use crate::report::tables::row::Row as _;
use crate::report::text::console;
use crate::report::text::console::paragraph;
use crate::report::text::language::Language;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;
use crate::report::views::placebo::rest;
use crate::scenario::money::MONEY;

/// The table for people; `title` is what a policy is called.
#[must_use]
pub fn summary<'a>(
    budget: &'a EqualBudget,
    language: Language,
    title: impl Fn(&'a str) -> &'a str,
) -> String {
    let unit = shown_unit(MONEY, language);
    let decimals = usize::from(unit.divisor >= 1_000.0);
    let shown = |cost: f64| format!("{:.decimals$}", cost / unit.divisor);
    let rows: Vec<[String; 5]> = budget
        .policies
        .iter()
        .take(MANY)
        .map(|policy| {
            let sizeless = match policy.without_size.as_slice() {
                [] => String::new(),
                names => fill(&text::budget_sizeless, language, &[("levers", &names.join(", "))]),
            };
            let note = [policy.note.as_str(), &sizeless];
            let note: Vec<&str> = note.into_iter().filter(|text| !text.is_empty()).collect();
            [
                title(&policy.policy).to_owned(),
                format!("{:.3}", policy.factor),
                shown(policy.before.mean),
                shown(policy.after.mean),
                note.join("; "),
            ]
        })
        .collect();
    let words = [
        ("policy", title(&budget.reference)),
        ("budget", &shown(budget.budget)),
        ("unit", unit.name),
        ("pilot", &PILOT.len().to_string()),
    ];
    let head = |text: &text::Text| text.in_language(language);
    let policy = if language.is_english() { "policy" } else { head(&text::policy) };
    let cost = |of: &text::Text| fill(of, language, &[("unit", unit.name)]);
    let (before, after) = (cost(&text::budget_before), cost(&text::budget_after));
    let header = [policy, head(&text::budget_size), &before, &after, ""];
    let heading = fill(&text::budget_heading, language, &words);
    let rest = rest(budget.policies.len() - rows.len(), BudgetedPolicy::TABLE.file, language);
    format!("{}{}{rest}", paragraph(&heading, 0), console::table(header, &rows))
}
