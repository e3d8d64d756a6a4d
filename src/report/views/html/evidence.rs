//! What the results rest on: observed facts against what is simulated, how parameters are known, sources.

use serde::Serialize;

use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::number::signed;
use crate::report::text::language::text;
use crate::report::views::findings::Findings;

/// An observed fact beside the simulated one.
#[derive(Debug, Serialize)]
pub(super) struct ObservedRow {
    metric: String,
    place: String,
    year: u16,
    unit: &'static str,
    observed: String,
    tolerance: String,
    simulated: String,
    middle: String,
    off_by: String,
    source: String,
}

/// Observed facts that the run has figures for, beside those of the policy that really happened.
pub(super) fn observed(findings: &Findings, language: Language) -> Vec<ObservedRow> {
    let about = &findings.about;
    let row = |fact: &crate::scenario::Observation| {
        // Tables have figures of ends of years; `validate` compares those of a month.
        if fact.month.is_some() {
            return None;
        }
        let series = findings.series_of(&fact.metric, &fact.place)?;
        let year = about.years.iter().position(|&year| year == fact.year)?;
        let figure = series.yearly[about.happened][year];
        let unit = shown_unit(&series.unit, language);
        let size = fact.value / unit.divisor;
        let places = if size.abs() < 1.0 { decimals(size) + 1 } else { decimals(size) };
        let shown = |value: f64| grouped(value / unit.divisor, places);
        let ends = figure.p05.zip(figure.p95);
        let middle = ends.map(|(low, high)| format!("{}–{}", shown(low), shown(high)));
        // The middle 90 % of a normal distribution spans 3.29 standard deviations.
        let sd = ends.map_or(0.0, |(low, high)| (high - low) / 3.289_707);
        let spread = (sd * sd + fact.tolerance * fact.tolerance).sqrt();
        let off_by = figure.mean.filter(|_| spread > 0.0).map(|mean| (fact.value - mean) / spread);
        Some(ObservedRow {
            metric: names::name("metric", &fact.metric, language).to_owned(),
            place: about.place(&fact.place, language),
            year: fact.year,
            unit: unit.name,
            observed: shown(fact.value),
            tolerance: shown(fact.tolerance),
            simulated: figure.mean.map_or_else(String::new, shown),
            middle: middle.unwrap_or_default(),
            off_by: off_by.map_or_else(String::new, |off_by| signed(off_by, 1)),
            source: fact.source.clone(),
        })
    };
    about.observed.iter().filter_map(row).collect()
}

/// How many parameters are known in which way.
pub(super) fn parameters(findings: &Findings, language: Language) -> Vec<(&'static str, usize)> {
    let ways = [
        ("seen", &text::evidence_seen),
        ("derived", &text::evidence_derived),
        ("recalled", &text::evidence_recalled),
        ("judgement", &text::evidence_judgement),
    ];
    let count = |way: &str| findings.about.evidence.get(way).copied().unwrap_or_default();
    ways.iter()
        .map(|(way, text)| (text.in_language(language), count(way)))
        .filter(|&(_, count)| count > 0)
        .collect()
}

/// Where levers and observed facts come from, each source once, in order.
pub(super) fn sources(findings: &Findings) -> Vec<String> {
    let about = &findings.about;
    let of_levers = about.policies.iter().flat_map(|policy| &policy.levers);
    let of_levers = of_levers.map(|lever| format!("{}: {}", lever.name, lever.source));
    let of_facts = about
        .observed
        .iter()
        .map(|fact| format!("{}, {}, {}: {}", fact.metric, fact.place, fact.year, fact.source));
    let mut sources: Vec<String> = of_levers.chain(of_facts).collect();
    sources.sort();
    sources.dedup();
    sources
}
