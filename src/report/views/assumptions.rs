//! The assumptions that move the leading policies most, as terminal and report name them.

use crate::report::tables::read::Stored;
use crate::report::text::console;
use crate::report::text::console::paragraph;
use crate::report::text::language::Language;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::number::signed;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;
use crate::report::views::findings::Findings;
use crate::scenario::money::said;
use serde::Serialize;

/// The metric and place of which terminal and report tell.
const TOLD: (&str, &str) = ("jobs", "city");
/// Assumptions that are named of each policy.
const NAMED: usize = 3;

/// An assumption that moves a leading policy's jobs in the city, as it is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assumption {
    /// The policy, by its place.
    pub policy: usize,
    /// The parameter's name.
    pub parameter: String,
    /// What it means.
    pub meaning: String,
    /// Its unit.
    pub unit: String,
    /// The ends of its distribution, `0.2 to 0.8`.
    pub range: String,
    /// The difference at the lower end.
    pub at_low: String,
    /// The difference at the upper end.
    pub at_high: String,
    /// How far it moves, with the standard error in brackets.
    pub moves: String,
    /// How it is known.
    pub evidence: &'static str,
}

/// The three assumptions that move each leading policy most, the policies in the order of the
/// table; none where there is no table.
#[must_use]
pub fn told(findings: &Findings, language: Language) -> Vec<Assumption> {
    let register = &findings.about.register;
    let mut told: Vec<Assumption> = Vec::new();
    for row in findings.assumptions.iter().flat_map(Stored::rows) {
        if (row.metric, row.place) != TOLD {
            continue;
        }
        let known = findings.about.policy(row.policy).zip(register.position(row.parameter));
        let Some((policy, position)) = known else { continue };
        if told.iter().filter(|other| other.policy == policy).count() >= NAMED {
            continue;
        }
        let spec = &register[position];
        // Korean counts money in its own unit; in English a value stands as the scenario states it.
        let shown = Some(shown_unit(spec.unit, language));
        let shown = shown.filter(|unit| !unit.name.is_empty() && language.tag() == "ko");
        let divisor = shown.map_or(1.0, |unit| unit.divisor);
        let end = |value: f64| grouped(value / divisor, decimals_of(value / divisor));
        let error = row.moves_se.map_or_else(String::new, |se| format!(" ({})", grouped(se, 0)));
        told.push(Assumption {
            policy,
            parameter: spec.name.to_string(),
            meaning: language.choose(&spec.meaning_en, &spec.meaning_ko).to_string(),
            unit: shown.map_or_else(
                || said(spec.unit, Some(language.money())).into_owned(),
                |unit| unit.name.to_owned(),
            ),
            range: format!("{}{}{}", end(row.low), language.choose(" to ", "~"), end(row.high)),
            at_low: signed(row.difference_at_low, 0),
            at_high: signed(row.difference_at_high, 0),
            moves: signed(row.moves, 0) + &error,
            evidence: evidence(row.evidence, language),
        });
    }
    told
}

/// How many replications the sweep has; 0 where there is none.
#[must_use]
pub fn replications(findings: &Findings) -> usize {
    let mut rows = findings.assumptions.iter().flat_map(Stored::rows);
    rows.next().map_or(0, |row| row.replications)
}

/// Decimals that leave three digits that count.
fn decimals_of(value: f64) -> usize {
    match value.abs() {
        size if size > 0.0 && size < 0.1 => 4,
        size if size < 10.0 => 2,
        size => decimals(size),
    }
}

/// How a parameter is known, in words.
fn evidence(name: &str, language: Language) -> &'static str {
    let ways = [
        ("seen", &text::evidence_seen),
        ("derived", &text::evidence_derived),
        ("recalled", &text::evidence_recalled),
        ("judgement", &text::evidence_judgement),
    ];
    let found = ways.into_iter().find(|(way, _)| *way == name);
    found.map_or("", |(_, text)| text.in_language(language))
}

/// The same for the terminal; empty where there is nothing to tell. `title` is what a policy is
/// called.
#[must_use]
pub fn summary<'a>(
    findings: &Findings,
    language: Language,
    title: impl Fn(usize) -> &'a str,
) -> String {
    let told = told(findings, language);
    if told.is_empty() {
        return String::new();
    }
    let mut before = None;
    let rows: Vec<[String; 6]> = told
        .iter()
        .map(|row| {
            let policy = if before == Some(row.policy) { "" } else { title(row.policy) };
            before = Some(row.policy);
            [
                format!("  {policy}"),
                row.parameter.clone(),
                row.range.clone(),
                row.at_low.clone(),
                row.at_high.clone(),
                row.evidence.to_owned(),
            ]
        })
        .collect();
    let head = |text: &text::Text| text.in_language(language);
    let policy = format!("  {}", language.choose("policy", head(&text::policy)));
    let header = [
        policy.as_str(),
        head(&text::assumptions_parameter),
        head(&text::assumptions_range),
        head(&text::assumptions_at_low),
        head(&text::assumptions_at_high),
        head(&text::assumptions_evidence),
    ];
    let year = findings.about.last_year().to_string();
    let swept = replications(findings).to_string();
    let words = [("year", &*year), ("swept", &*swept)];
    let heading = fill(&text::assumptions_note, language, &words);
    format!("\n{}{}", paragraph(&heading, 0), console::table(header, &rows))
}
