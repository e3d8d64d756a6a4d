//! `validation.csv` and `stylised_facts.csv`, where they are: what was foreseen beside what
//! happened, and the facts that nothing was fitted to.

use serde::Serialize;

use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;
use crate::report::views::findings::Findings;
use crate::report::views::findings::source;
use crate::report::views::findings::source::TextTable;

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
    fn range(&self, low: Option<f64>, high: Option<f64>) -> String {
        match (low, high) {
            (Some(_), None) => format!("≥ {}", self.show(low)),
            (Some(below), Some(_)) if below < 0.0 => {
                format!("{} … {}", self.show(low), self.show(high))
            }
            _ => format!("{}–{}", self.show(low), self.show(high)),
        }
    }
}

/// An observed figure.
#[derive(Debug, Serialize)]
struct Row {
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
    rows: Vec<Row>,
}

/// The stylised facts as the page shows them: targets, then what is only compared.
#[derive(Debug, Serialize)]
pub(super) struct Facts {
    score: String,
    targets: Vec<Fact>,
    beside: Vec<Fact>,
}

/// The places of these columns; nothing where one is missing.
fn columns<const N: usize>(table: &TextTable, names: [&str; N]) -> Option<[usize; N]> {
    let found: Option<Vec<usize>> = names.iter().map(|name| table.column(&[name])).collect();
    found?.try_into().ok()
}

fn cell(cells: &[String], column: usize) -> &str {
    cells.get(column).map_or("", String::as_str)
}

/// What was observed beside the middle 90 % foreseen; nothing where there is no table, or one that
/// cannot be understood.
pub(super) fn validation(findings: &Findings, language: Language) -> Option<Validation> {
    let table = findings.validation.as_ref()?;
    let columns = columns(
        table,
        [
            "metric",
            "place",
            "unit",
            "since",
            "year",
            "observed",
            "tolerance",
            "judged",
            "p05",
            "p50",
            "p95",
            "inside_90",
            "source",
            "sample",
            "month",
        ],
    )?;
    let rows: Vec<Row> =
        table.rows.iter().map(|cells| row(findings, cells, &columns, language)).collect();
    let judged: Vec<&Vec<String>> =
        table.rows.iter().filter(|cells| cell(cells, columns[7]) == "yes").collect();
    let inside = rows.iter().filter(|row| row.inside).count();
    let judged_inside = judged.iter().filter(|cells| cell(cells, columns[11]) == "yes").count();
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

fn row(findings: &Findings, cells: &[String], columns: &[usize; 15], language: Language) -> Row {
    let word = |place: usize| cell(cells, columns[place]);
    let number = |place: usize| source::number(word(place));
    let unit = shown_unit(word(2), language);
    let largest =
        [5, 8, 9, 10].into_iter().filter_map(number).fold(0.0, |most, it| it.abs().max(most));
    let rounded = Rounded::of(largest, unit.divisor, 2);
    let inside = word(11) == "yes";
    let verdict = match (inside, word(13) == "in-sample") {
        (true, false) => &text::validation_inside,
        (true, true) => &text::validation_inside_fitted,
        (false, false) => &text::validation_outside,
        (false, true) => &text::validation_outside_fitted,
    };
    let (since, year) = (word(3), word(4));
    Row {
        metric: names::name("metric", word(0), language).to_owned(),
        place: findings.about.place(word(1), language),
        year: match (since == year || since.is_empty(), word(14)) {
            (true, "") => year.to_owned(),
            (true, month) => format!("{year}-{month:0>2}"),
            (false, "") => format!("{since}–{year}"),
            (false, month) => format!("{since}–{year}-{month:0>2}"),
        },
        unit: unit.name,
        observed: format!("{} ± {}", rounded.show(number(5)), rounded.show(number(6))),
        median: rounded.show(number(9)),
        interval: rounded.range(number(8), number(10)),
        inside,
        verdict: verdict.in_language(language),
        source: word(12).to_owned(),
    }
}

/// The facts that nothing was fitted to; nothing where there is no table, or one that cannot be
/// understood.
pub(super) fn facts(findings: &Findings, language: Language) -> Option<Facts> {
    let table = findings.stylised.as_ref()?;
    let columns =
        columns(table, ["meaning", "unit", "simulated", "low", "high", "met", "role", "source"])?;
    let of_role = |target: bool| -> Vec<Fact> {
        let wanted =
            table.rows.iter().filter(|cells| (cell(cells, columns[6]) == "target") == target);
        wanted.map(|cells| fact(cells, &columns, language)).collect()
    };
    let (targets, beside) = (of_role(true), of_role(false));
    let met = |facts: &[Fact]| facts.iter().filter(|fact| fact.met).count().to_string();
    let score = fill(
        &text::facts_score,
        language,
        &[("met", &met(&targets)), ("all", &targets.len().to_string())],
    );
    (!table.rows.is_empty()).then_some(Facts { score, targets, beside })
}

fn fact(cells: &[String], columns: &[usize; 8], language: Language) -> Fact {
    let word = |place: usize| cell(cells, columns[place]);
    let number = |place: usize| source::number(word(place));
    let ends = [2, 3, 4].into_iter().filter_map(number).fold(0.0, |most, it| it.abs().max(most));
    // Shares of one differ in the third digit.
    let rounded = Rounded { decimals: if ends < 1.0 { 3 } else { 2 }, ..Rounded::of(ends, 1.0, 2) };
    let verdict = match word(5) {
        "yes" => &text::fact_met,
        "no" => &text::fact_not_met,
        _ => &text::fact_unknown,
    };
    Fact {
        meaning: word(0).to_owned(),
        simulated: rounded.show(number(2)),
        range: rounded.range(number(3), number(4)),
        met: word(5) == "yes",
        verdict: verdict.in_language(language),
        source: word(7).to_owned(),
    }
}
