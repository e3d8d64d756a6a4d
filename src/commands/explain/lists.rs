//! The lists of `yangjae explain`: every name of a register with a line of its own.

use crate::analysis::additionality::TERMS;
use crate::analysis::appraisal::TOTALS;
use crate::analysis::appraisal::outcome::OUTCOMES;
use crate::analysis::metrics::METRICS;
use crate::model::effect;
use crate::model::ledger::cash::CashItem;
use crate::policy::levers::LeverKind;
use crate::report::tables::register;
use crate::report::tables::register::TABLES;
use crate::report::text::console;
use crate::report::text::glossary;
use crate::scenario::Scenario;
use crate::scenario::money::Money;
use crate::scenario::parameter::Register;
use crate::scenario::parameter::number;

/// The lists that can be asked for.
pub(super) const LISTS: [&str; 9] = [
    "glossary",
    "levers",
    "parameters",
    "metrics",
    "terms",
    "items",
    "files",
    "columns",
    "policies",
];

/// The lists, with how many names each holds.
pub(super) fn overview(scenario: Option<&Scenario>, parameters: &Register) -> String {
    let policies = scenario.map_or(0, |scenario| scenario.policies.len());
    let counts = [
        glossary::terms().len(),
        LeverKind::ALL.len(),
        parameters.len(),
        METRICS.len(),
        TERMS.len(),
        CashItem::ALL.len() + TOTALS.len() + OUTCOMES.len(),
        TABLES.len(),
        register::columns().count(),
        policies,
    ];
    let rows: Vec<[String; 2]> = LISTS
        .iter()
        .zip(counts)
        .map(|(list, count)| [format!("yangjae explain {list}"), count.to_string()])
        .collect();
    console::table(["list", "names"], &rows)
}

/// Every kind of lever.
pub(super) fn levers() -> String {
    let rows: Vec<[String; 3]> = LeverKind::ALL
        .iter()
        .map(|kind| {
            let spec = kind.spec();
            [spec.name.to_owned(), effect::acts_in(*kind).name().to_owned(), spec.moves.join(", ")]
        })
        .collect();
    console::table(["kind of lever", "acts in", "moves first"], &rows)
}

/// Every parameter, with its value in the scenario.
pub(super) fn parameters(scenario: Option<&Scenario>, parameters: &Register) -> String {
    let rows: Vec<[String; 4]> = parameters
        .iter()
        .enumerate()
        .map(|(index, spec)| {
            let value = scenario.and_then(|scenario| scenario.parameters.get(index));
            [
                spec.name.to_string(),
                value.map_or_else(String::new, |parameter| number(parameter.value)),
                spec.unit.to_owned(),
                spec.meaning_en.to_string(),
            ]
        })
        .collect();
    let money = scenario.map(|scenario| &scenario.money);
    console::table_in(money, ["parameter", "value", "unit", "meaning"], &rows)
}

/// Every metric.
pub(super) fn metrics(money: Option<&Money>) -> String {
    let rows: Vec<[String; 4]> = METRICS
        .iter()
        .map(|metric| {
            [metric.name, metric.unit, metric.kind.name(), metric.meaning_en].map(str::to_owned)
        })
        .collect();
    console::table_in(money, ["metric", "unit", "kind", "meaning"], &rows)
}

/// Every file with its columns.
pub(super) fn files() -> String {
    let rows: Vec<[String; 2]> = TABLES
        .iter()
        .map(|table| {
            let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
            [table.file.to_owned(), names.join(", ")]
        })
        .collect();
    console::table(["file", "columns"], &rows)
}

/// Every column of every output file.
pub(super) fn columns(money: Option<&Money>) -> String {
    let rows: Vec<[String; 4]> = register::columns()
        .map(|(table, column)| {
            [table, column.name, column.unit, column.meaning_en].map(str::to_owned)
        })
        .collect();
    console::table_in(money, ["file", "column", "unit", "meaning"], &rows)
}

/// The policies of the scenario.
pub(super) fn policies(scenario: Option<&Scenario>) -> String {
    let Some(scenario) = scenario else {
        return "policies belong to a scenario: add `--scenario SCENARIO`\n".to_owned();
    };
    let rows: Vec<[String; 3]> = scenario
        .policies
        .iter()
        .map(|policy| {
            let extends = policy.extends.join(", ");
            [policy.name.clone(), extends, policy.title_en.clone()]
        })
        .collect();
    console::table(["policy", "extends", "title"], &rows)
}
