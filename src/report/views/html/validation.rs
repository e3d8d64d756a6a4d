//! `validation.csv` and `stylised_facts.csv`, where they are: what was foreseen beside what
//! happened, and the facts that nothing was fitted to.

use serde::Serialize;

use crate::report::tables::validation::ObservedFigure;
use crate::report::tables::validation::StylisedFact;
use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;
use crate::report::views::findings::Findings;

/// Numbers of one row, all with the decimals of the largest.
struct Rounded {
    divisor: f64,
    decimals: usize,
}

impl Rounded {
    fn of(largest: f64, divisor: f64, most: usize) -> Self {
        Self { divisor, decimals: decimals(largest / divisor).min(most) }
    }

    fn show(&self, value: Option<f64>) -> String {
        value.map_or_else(|| "–".to_owned(), |value| grouped(value / self.divisor, self.decimals))
    }

    /// `12 – 34`, `≥ 12` without an upper end; a dash between two signs would mislead.
    fn range(&self, low: f64, high: Option<f64>) -> String {
        let (below, above) = (self.show(Some(low)), self.show(high));
        match high {
            None => format!("≥ {below}"),
            Some(_) if low < 0.0 => format!("{below} … {above}"),
            Some(_) => format!("{below}–{above}"),
        }
    }
}

/// An observed figure.
#[derive(Debug, Serialize)]
struct ValidationRow {
    metric: String,
    place: String,
    year: String,
    unit: &'static str,
    observed: String,
    median: String,
    interval: String,
    inside: bool,
    verdict: &'static str,
    source: String,
}

/// A stylised fact.
#[derive(Debug, Serialize)]
struct Fact {
    meaning: String,
    simulated: String,
    range: String,
    met: bool,
    verdict: &'static str,
    source: String,
}

/// The validation as the page shows it.
#[derive(Debug, Serialize)]
pub(super) struct Validation {
    score: String,
    rows: Vec<ValidationRow>,
}

/// The stylised facts as the page shows them: targets, then what is only compared.
#[derive(Debug, Serialize)]
pub(super) struct Facts {
    score: String,
    targets: Vec<Fact>,
    beside: Vec<Fact>,
}

/// What was observed beside the middle 90 % foreseen; nothing where there is no table.
pub(super) fn validation(findings: &Findings, language: Language) -> Option<Validation> {
    let table = findings.validation.as_ref()?;
    let rows: Vec<ValidationRow> =
        table.rows().map(|figure| row(findings, &figure, language)).collect();
    let judged: Vec<ObservedFigure<'_>> = table.rows().filter(|figure| figure.judged).collect();
    let inside = rows.iter().filter(|row| row.inside).count();
    let judged_inside = judged.iter().filter(|figure| figure.inside_90).count();
    let score = fill(
        if judged.len() == rows.len() { &text::validation_score } else { &text::validation_scores },
        language,
        &[
            ("inside", &inside.to_string()),
            ("all", &rows.len().to_string()),
            ("judged_inside", &judged_inside.to_string()),
            ("judged", &judged.len().to_string()),
        ],
    );
    (!rows.is_empty()).then_some(Validation { score, rows })
}

fn row(findings: &Findings, figure: &ObservedFigure<'_>, language: Language) -> ValidationRow {
    let unit = shown_unit(figure.unit, language);
    let shown = [figure.observed, figure.p05, figure.p50, figure.p95];
    let rounded = Rounded::of(largest(shown), unit.divisor, 2);
    let inside = figure.inside_90;
    let verdict = match (inside, figure.sample == "in-sample") {
        (true, false) => &text::validation_inside,
        (true, true) => &text::validation_inside_fitted,
        (false, false) => &text::validation_outside,
        (false, true) => &text::validation_outside_fitted,
    };
    let (since, year) = (figure.since, figure.year);
    let since = if since == year { String::new() } else { format!("{since}–") };
    let month = figure.month.map_or_else(String::new, |month| format!("-{month:02}"));
    let show = |value| rounded.show(Some(value));
    ValidationRow {
        metric: names::name("metric", figure.metric, language).to_owned(),
        place: findings.about.place(figure.place, language),
        year: format!("{since}{year}{month}"),
        unit: unit.name,
        observed: format!("{} ± {}", show(figure.observed), show(figure.tolerance)),
        median: show(figure.p50),
        interval: rounded.range(figure.p05, Some(figure.p95)),
        inside,
        verdict: verdict.in_language(language),
        source: figure.source.to_owned(),
    }
}

/// The largest of some numbers, whatever their sign.
fn largest(numbers: impl IntoIterator<Item = f64>) -> f64 {
    numbers.into_iter().fold(0.0, |most, number| number.abs().max(most))
}

/// The facts that nothing was fitted to; nothing where there is no table.
pub(super) fn facts(findings: &Findings, language: Language) -> Option<Facts> {
    let table = findings.stylised.as_ref()?;
    let of_role = |target: bool| -> Vec<Fact> {
        let wanted = table.rows().filter(|fact| (fact.role == "target") == target);
        wanted.map(|one| fact(&one, language)).collect()
    };
    let (targets, beside) = (of_role(true), of_role(false));
    let met = |facts: &[Fact]| facts.iter().filter(|fact| fact.met).count().to_string();
    let score = fill(
        &text::facts_score,
        language,
        &[("met", &met(&targets)), ("all", &targets.len().to_string())],
    );
    (!table.is_empty()).then_some(Facts { score, targets, beside })
}

fn fact(row: &StylisedFact<'_>, language: Language) -> Fact {
    let ends = largest([row.simulated, Some(row.low), row.high].into_iter().flatten());
    // Shares of one differ in the third digit.
    let rounded = Rounded { decimals: if ends < 1.0 { 3 } else { 2 }, ..Rounded::of(ends, 1.0, 2) };
    let verdict = match row.met {
        Some(true) => &text::fact_met,
        Some(false) => &text::fact_not_met,
        None => &text::fact_unknown,
    };
    Fact {
        meaning: row.meaning.to_owned(),
        simulated: rounded.show(row.simulated),
        range: rounded.range(row.low, row.high),
        met: row.met == Some(true),
        verdict: verdict.in_language(language),
        source: row.source.to_owned(),
    }
}
