//! The tables of the description, each from a register.

use crate::analysis::metrics::METRICS;
use crate::evidence::stylised;
use crate::evidence::stylised::Role;
use crate::model::effect;
use crate::model::ledger::event::EventKind;
use crate::policy::levers::LeverKind;
use crate::report::views::description::markdown::code;
use crate::report::views::description::markdown::table;
use crate::scenario::Distribution;
use crate::scenario::Scenario;
use crate::scenario::future::Future;
use crate::scenario::parameter::number;
use crate::time::Phase;

/// The parameters that act in a phase.
pub(super) fn parameters(scenario: &Scenario, phase: Phase) -> String {
    let rows: Vec<[String; 6]> = scenario
        .register
        .iter()
        .zip(&scenario.parameters)
        .filter(|(spec, _)| spec.acts_in == phase)
        .map(|(spec, value)| {
            let range = match value.distribution {
                Distribution::Fixed => "fixed".to_owned(),
                other => {
                    format!("{} to {}, {}", number(value.low), number(value.high), other.name())
                }
            };
            let free = if value.free { ", fitted" } else { "" };
            [
                code(&spec.name),
                spec.meaning_en.to_string(),
                format!("{} {}", number(value.value), unit(spec.unit)),
                format!("{range}{free}"),
                value.evidence.name().to_owned(),
                value.source.clone(),
            ]
        })
        .collect();
    table(["parameter", "meaning", "value", "uncertainty", "evidence", "source"], &rows)
}

/// A unit in brackets; none for a pure number.
fn unit(unit: &str) -> String {
    if unit == "1" { String::new() } else { format!("[{unit}]") }
}

/// Every metric, or those that are read after a phase.
pub(super) fn metrics() -> String {
    let rows: Vec<[String; 5]> = METRICS
        .iter()
        .map(|metric| {
            [
                code(metric.name),
                metric.unit.to_owned(),
                metric.kind.name().to_owned(),
                metric.read_after.name().to_owned(),
                metric.meaning_en.to_owned(),
            ]
        })
        .collect();
    table(["metric", "unit", "kind", "read after", "meaning"], &rows)
}

/// Every kind of event.
pub(super) fn events() -> String {
    let rows: Vec<[String; 2]> =
        EventKind::ALL.iter().map(|kind| [code(kind.name()), kind.meaning().to_owned()]).collect();
    table(["event", "what happened, and its amount"], &rows)
}

/// Every kind of lever.
pub(super) fn levers() -> String {
    let rows: Vec<[String; 4]> = LeverKind::ALL
        .iter()
        .map(|kind| {
            let spec = kind.spec();
            let through: Vec<String> = spec.parameters.iter().map(|name| code(name)).collect();
            [
                code(spec.name),
                effect::acts_in(*kind).name().to_owned(),
                spec.mechanism_en.to_owned(),
                through.join(", "),
            ]
        })
        .collect();
    table(["kind of lever", "acts first in", "mechanism", "through"], &rows)
}

/// The policies that are compared.
pub(super) fn policies(scenario: &Scenario) -> String {
    let rows: Vec<[String; 3]> = scenario
        .policies
        .iter()
        .map(|policy| {
            let levers: Vec<&str> =
                policy.written.iter().map(|lever| lever.name.as_str()).collect();
            let told =
                if policy.description.is_empty() { &policy.title_en } else { &policy.description };
            let no_option = if policy.counterfactual { "Counterfactual, no option. " } else { "" };
            [code(&policy.name), format!("{no_option}{told}"), levers.join(", ")]
        })
        .collect();
    table(["policy", "stands for", "levers"], &rows)
}

/// The futures in which policies can be compared.
pub(super) fn futures(futures: &[Future]) -> String {
    let row = |future: &Future| {
        let told =
            if future.description.is_empty() { &future.title_en } else { &future.description };
        [code(&future.name), told.clone(), future.source.clone()]
    };
    let rows: Vec<[String; 3]> = futures.iter().map(row).collect();
    table(["future", "stands for", "source"], &rows)
}

/// The levers of the policies as written, each where it is written first: kind, dates, source.
pub(super) fn sources_of_levers(scenario: &Scenario) -> String {
    let mut rows: Vec<[String; 4]> = Vec::new();
    for name in &scenario.lever_names {
        let written = scenario
            .policies
            .iter()
            .find_map(|policy| policy.written.iter().find(|lever| lever.name == *name));
        if let Some(lever) = written {
            let until = lever.until.map_or_else(String::new, |until| format!(" to {until}"));
            rows.push([
                code(name),
                lever.kind.to_owned(),
                format!("{}{until}", lever.from),
                lever.source.clone(),
            ]);
        }
    }
    table(["lever", "kind", "first day", "source"], &rows)
}

/// The observed figures.
pub(super) fn observed(scenario: &Scenario) -> String {
    let rows: Vec<[String; 5]> = scenario
        .observed
        .iter()
        .map(|row| {
            [
                code(&row.metric),
                row.place.clone(),
                row.period(),
                format!("{} ± {}", number(row.value), number(row.tolerance)),
                row.source.clone(),
            ]
        })
        .collect();
    table(["metric", "place", "period", "value", "source"], &rows)
}

/// The published ranges of facts that nothing is fitted to.
pub(super) fn facts() -> String {
    let rows: Vec<[String; 4]> = stylised::facts(&[])
        .into_iter()
        .filter(|fact| fact.role == Role::Target)
        .map(|fact| {
            let high = if fact.high.is_finite() { short(fact.high) } else { "…".to_owned() };
            [
                code(fact.name),
                fact.meaning.to_owned(),
                format!("{} to {high}", short(fact.low)),
                fact.source.to_owned(),
            ]
        })
        .collect();
    table(["fact", "meaning", "published", "source"], &rows)
}

/// A number to three places.
fn short(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The purposes of draws, from the list that gives each its number.
pub(super) fn purposes() -> String {
    table(["number", "purpose", "what a draw decides"], &listed_purposes())
}

fn listed_purposes() -> Vec<[String; 3]> {
    let source = include_str!("../../../random/purpose.rs");
    let mut meaning = String::new();
    let mut rows = Vec::new();
    let body = source.split("pub enum Purpose {").nth(1).unwrap_or_default();
    for line in body.lines().map(str::trim).take_while(|line| *line != "}") {
        if let Some(text) = line.strip_prefix("///") {
            meaning.push_str(text);
        } else if let Some((name, number)) = line.trim_end_matches(',').split_once(" = ") {
            rows.push([number.to_owned(), name.to_owned(), meaning.trim().to_owned()]);
            meaning.clear();
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Purpose;

    #[test]
    fn every_purpose_is_listed_with_its_meaning() {
        let rows = listed_purposes();
        assert_eq!(rows.len(), Purpose::ALL.len());
        for ([number, name, meaning], purpose) in rows.iter().zip(Purpose::ALL) {
            assert_eq!(*number, (purpose as u8).to_string());
            assert_eq!(*name, format!("{purpose:?}"));
            assert!(!meaning.is_empty(), "{name}");
        }
    }
}
