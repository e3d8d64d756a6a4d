//! `attribution.csv`, where there is one: what parts of a plan add, in its last year. It may come
//! of another run than the tables beside it; then the page says so.

use serde_json::Value;
use serde_json::json;

use crate::report::tables::attribution::Contribution;
use crate::report::tables::attribution::TOTAL;
use crate::report::tables::read::Stored;
use crate::report::tables::row::number;
use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;
use crate::report::views::findings::Findings;

/// The last year of the table.
fn last_year(table: &Stored<Contribution<'_>>) -> Option<u16> {
    table.rows().map(|row| row.year).max()
}

/// In what the attribution differs from the run whose tables lie beside it, as a sentence; nothing
/// where they agree.
#[must_use]
pub(super) fn differs(findings: &Findings, language: Language) -> Option<String> {
    let table = findings.attribution.as_ref()?;
    let (about, first) = (&findings.about, table.rows().next()?);
    let of_attribution =
        (first.replications.to_string(), last_year(table)?.to_string(), first.baseline);
    let of_run = (
        about.manifest.plan.replications.to_string(),
        about.last_year().to_string(),
        about.manifest.plan.baseline.as_str(),
    );
    let other_baseline = of_attribution.2 != of_run.2;
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
    if of_attribution != of_run {
        let of_attribution = basis(&of_attribution.0, &of_attribution.1, of_attribution.2);
        let of_run = basis(&of_run.0, &of_run.1, of_run.2);
        let words = [("of_attribution", &*of_attribution), ("of_run", &*of_run)];
        sentences.push(fill(&text::attribution_differs, language, &words));
    }
    if about.policy(first.policy).is_none() {
        let words = [("policies", first.policy)];
        sentences.push(fill(&text::attribution_no_policy, language, &words));
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
/// `null` where there is no table.
#[must_use]
pub(super) fn parts(findings: &Findings, language: Language) -> Value {
    let Some(table) = &findings.attribution else { return Value::Null };
    let last = last_year(table);
    let mut groups: Vec<(String, Vec<Part>)> = Vec::new();
    for row in table.rows().filter(|row| Some(row.year) == last) {
        let unit = shown_unit(row.unit, language);
        let Some(value) = number(row.shapley) else { continue };
        let title = heading(findings, &row, unit.name, language);
        let part = Part {
            title: part_title(findings, &row, language),
            total: row.package == TOTAL,
            value: value / unit.divisor,
            rest: [row.ci_low, row.ci_high, row.leave_one_out]
                .map(|value| value.map(|value| value / unit.divisor)),
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
fn part_title(findings: &Findings, row: &Contribution<'_>, language: Language) -> String {
    let about = &findings.about;
    let (part, levers) = (row.package, row.levers);
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
fn heading(findings: &Findings, row: &Contribution<'_>, unit: &str, language: Language) -> String {
    let about = &findings.about;
    let plan = about.policy(row.policy).map_or(row.policy, |plan| about.title(plan, language));
    let metric = names::name("metric", row.metric, language);
    let place = names::name("place", row.place, language);
    let heading = format!("{plan} · {metric} · {place}");
    if unit.is_empty() { heading } else { format!("{heading} [{unit}]") }
}
