//! `attribution.csv`, where there is one: what parts of a plan add, in its last year. It may come
//! of another run than the tables beside it; then the page says so.

use serde_json::Value;
use serde_json::json;

use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;
use crate::report::views::findings::Findings;
use crate::report::views::findings::source::TextTable;
use crate::report::views::findings::source::number;

/// The word in the place of a package for the whole policy.
const TOTAL: &str = "total";

/// Where the columns stand, by any of the names that they may have.
struct Columns {
    plan: Option<usize>,
    baseline: Option<usize>,
    replications: Option<usize>,
    levers: Option<usize>,
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
            baseline: table.column(&["baseline"]),
            replications: table.column(&["replications"]),
            levers: table.column(&["levers"]),
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

/// The text of a cell; nothing where there is no such column.
fn cell(row: &[String], column: Option<usize>) -> &str {
    column.and_then(|column| row.get(column)).map_or("", String::as_str)
}

/// The last year of the table.
fn last_year(table: &TextTable, columns: &Columns) -> String {
    let years = table.rows.iter().map(|row| cell(row, columns.year));
    years.max_by_key(|year| year.parse::<u16>().unwrap_or_default()).unwrap_or_default().to_owned()
}

/// In what the attribution differs from the run whose tables lie beside it, as a sentence; nothing
/// where they agree.
#[must_use]
pub(super) fn differs(findings: &Findings, language: Language) -> Option<String> {
    let table = findings.attribution.as_ref()?;
    let columns = Columns::of(table)?;
    let (about, first) = (&findings.about, table.rows.first()?);
    let (plan, baseline) = (cell(first, columns.plan), cell(first, columns.baseline));
    let replications = cell(first, columns.replications);
    let year = last_year(table, &columns);
    let of_run = (
        about.manifest.plan.replications.to_string(),
        about.last_year().to_string(),
        about.manifest.plan.baseline.as_str(),
    );
    // What the table does not say is not known to differ.
    let other = |said: &str, own: &str| !said.is_empty() && said != own;
    let or_own = |said: &str, own: &str| {
        if said.is_empty() { own.to_owned() } else { said.to_owned() }
    };
    let other_baseline = other(baseline, of_run.2);
    let basis = |replications: &str, year: &str, baseline: &str| {
        let title = about.policy(baseline).map_or(baseline, |it| about.title(it, language));
        let against = fill(&text::attribution_against, language, &[("baseline", title)]);
        let word = text::word_for_replications(replications.parse().unwrap_or_default(), language);
        let words = [
            ("replications", replications),
            ("replications_word", word),
            ("year", year),
            ("against", if other_baseline { &against } else { "" }),
        ];
        fill(&text::attribution_basis, language, &words)
    };
    let mut sentences = Vec::new();
    if other(replications, &of_run.0) || other(&year, &of_run.1) || other_baseline {
        let said =
            [or_own(replications, &of_run.0), or_own(&year, &of_run.1), or_own(baseline, of_run.2)];
        let of_attribution = basis(&said[0], &said[1], &said[2]);
        let of_run = basis(&of_run.0, &of_run.1, of_run.2);
        let words = [("of_attribution", &*of_attribution), ("of_run", &*of_run)];
        sentences.push(fill(&text::attribution_differs, language, &words));
    }
    if !plan.is_empty() && about.policy(plan).is_none() {
        sentences.push(fill(&text::attribution_no_policy, language, &[("policies", plan)]));
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// A part and what it adds.
struct Part {
    title: String,
    total: bool,
    value: f64,
    rest: [Option<f64>; 3],
}

/// Contributions of the table's last year, metric by metric, the largest first and the whole last;
/// `null` where there is no table that can be understood.
#[must_use]
pub(super) fn parts(findings: &Findings, language: Language) -> Value {
    let Some(table) = &findings.attribution else { return Value::Null };
    let Some(columns) = Columns::of(table) else { return Value::Null };
    let last = last_year(table, &columns);
    let mut groups: Vec<(String, Vec<Part>)> = Vec::new();
    for row in &table.rows {
        if cell(row, columns.year) != last {
            continue;
        }
        let unit = shown_unit(cell(row, columns.unit), language);
        let in_unit =
            |column: Option<usize>| number(cell(row, column)).map(|value| value / unit.divisor);
        let Some(value) = in_unit(Some(columns.shapley)) else { continue };
        let title = heading(findings, &columns, row, unit.name, language);
        let part = Part {
            title: part_title(findings, &columns, row, language),
            total: cell(row, Some(columns.part)) == TOTAL,
            value,
            rest: [columns.low, columns.high, columns.without].map(in_unit),
        };
        match groups.iter_mut().find(|(known, _)| *known == title) {
            Some((_, known)) => known.push(part),
            None => groups.push((title, vec![part])),
        }
    }
    let group = |(title, mut parts): (String, Vec<Part>)| {
        parts.sort_by(|one, other| {
            one.total.cmp(&other.total).then(other.value.abs().total_cmp(&one.value.abs()))
        });
        let parts = parts
            .iter()
            .map(|part| json!([part.title, part.value, part.rest[0], part.rest[1], part.rest[2]]));
        json!({ "title": title, "parts": parts.collect::<Vec<_>>() })
    };
    groups.into_iter().map(group).collect()
}

/// What a package is called: its lever's title, or its name with the levers that it holds.
fn part_title(
    findings: &Findings,
    columns: &Columns,
    row: &[String],
    language: Language,
) -> String {
    let about = &findings.about;
    let (part, levers) = (cell(row, Some(columns.part)), cell(row, columns.levers));
    let title = |name: &str| {
        let mut known = about.policies.iter().flat_map(|policy| &policy.levers);
        known.find(|lever| lever.name == name).map(|lever| lever.title(language))
    };
    if part == TOTAL {
        return text::attribution_total.in_language(language).to_owned();
    }
    if part == "parameters" {
        return text::attribution_parameters.in_language(language).to_owned();
    }
    let several = levers.contains(';');
    if several {
        return format!("{part} ({})", levers.replace("; ", ", "));
    }
    title(part)
        .or_else(|| Some(about.title(about.policy(part)?, language).to_owned()))
        .unwrap_or_else(|| part.to_owned())
}

/// `Full plan: Jobs · City [people]`.
fn heading(
    findings: &Findings,
    columns: &Columns,
    row: &[String],
    unit: &str,
    language: Language,
) -> String {
    let cell = |column: Option<usize>| cell(row, column);
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
