//! `attribution.csv`, where there is one: what parts of a plan add, in the last year.

use serde_json::Value;
use serde_json::json;

use crate::report::findings::Findings;
use crate::report::findings::source::TextTable;
use crate::report::language::Language;
use crate::report::language::names;
use crate::report::language::number::shown_unit;

/// Where the columns stand, by any of the names that they may have.
struct Columns {
    plan: Option<usize>,
    part: usize,
    metric: Option<usize>,
    place: Option<usize>,
    unit: Option<usize>,
    year: Option<usize>,
    shapley: usize,
    low: Option<usize>,
    high: Option<usize>,
    without: Option<usize>,
}

impl Columns {
    fn of(table: &TextTable) -> Option<Self> {
        Some(Self {
            plan: table.column(&["policy", "plan"]),
            part: table.column(&["package", "part", "lever", "group", "component"])?,
            metric: table.column(&["metric", "measure"]),
            place: table.column(&["place"]),
            unit: table.column(&["unit"]),
            year: table.column(&["year"]),
            shapley: table.column(&["shapley", "contribution", "mean"])?,
            low: table.column(&["ci_low", "shapley_ci_low", "shapley_low"]),
            high: table.column(&["ci_high", "shapley_ci_high", "shapley_high"]),
            without: table.column(&["leave_one_out", "leave_one_out_mean", "without"]),
        })
    }
}

/// Contributions of the last year, metric by metric; `null` where there is no table that can be
/// understood.
#[must_use]
pub(super) fn parts(findings: &Findings, language: Language) -> Value {
    let Some(table) = &findings.attribution else { return Value::Null };
    let Some(columns) = Columns::of(table) else { return Value::Null };
    let last = findings.about.last_year().to_string();
    let cell = |row: &[String], column: Option<usize>| -> String {
        column.and_then(|column| row.get(column)).cloned().unwrap_or_default()
    };
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for row in &table.rows {
        if columns.year.is_some() && cell(row, columns.year) != last {
            continue;
        }
        let unit = shown_unit(&cell(row, columns.unit), language);
        let number = |column: Option<usize>| {
            cell(row, column).parse::<f64>().ok().map(|value| value / unit.divisor)
        };
        let Some(value) = number(Some(columns.shapley)) else { continue };
        let title = heading(findings, &columns, row, unit.name, language);
        let part = cell(row, Some(columns.part));
        let part = json!([
            part,
            value,
            number(columns.low),
            number(columns.high),
            number(columns.without)
        ]);
        match groups.iter_mut().find(|(known, _)| *known == title) {
            Some((_, known)) => known.push(part),
            None => groups.push((title, vec![part])),
        }
    }
    let groups = groups.into_iter().map(|(title, parts)| json!({ "title": title, "parts": parts }));
    Value::Array(groups.collect())
}

/// `Full plan: Jobs · City [people]`.
fn heading(
    findings: &Findings,
    columns: &Columns,
    row: &[String],
    unit: &str,
    language: Language,
) -> String {
    let cell = |column: Option<usize>| {
        column.and_then(|column| row.get(column)).map_or("", String::as_str)
    };
    let plan = cell(columns.plan);
    let plan =
        findings.about.policy(plan).map_or(plan, |plan| findings.about.title(plan, language));
    let metric = names::name("metric", cell(columns.metric), language);
    let place = names::name("place", cell(columns.place), language);
    let mut heading = [plan, metric, place].iter().filter(|part| !part.is_empty()).fold(
        String::new(),
        |heading, part| {
            if heading.is_empty() { (*part).to_owned() } else { heading + " · " + part }
        },
    );
    if !unit.is_empty() {
        heading = format!("{heading} [{unit}]");
    }
    heading
}
