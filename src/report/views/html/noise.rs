//! `noise.csv`, where there is one: how much of the spread of headline results comes from the
//! parameters, from chance and from both together.

use serde::Serialize;

use crate::report::tables::noise::VarianceParts;
use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::number::signed;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;
use crate::report::views::findings::Findings;

/// Results that are shown at once; all others are a click away.
const FIRST: &str = "jobs";

/// A part of a variance.
#[derive(Debug, Serialize)]
struct Share {
    /// As shown, `91 %`.
    text: String,
    /// The length of its bar `[percent]`.
    length: f64,
    /// Whether the estimate is below zero and shown as nothing.
    below_zero: bool,
}

/// A result.
#[derive(Debug, Serialize)]
struct ResultRow {
    policy: String,
    /// Whether the policy is the first of its rows.
    first: bool,
    result: String,
    mean: String,
    shares: Vec<Share>,
    helpful: &'static str,
}

/// The account of noise as the page shows it.
#[derive(Debug, Serialize)]
pub(super) struct Noise {
    /// What more computing can shrink, of these results.
    sentence: String,
    /// Jobs.
    first: Vec<ResultRow>,
    /// All else.
    more: Vec<ResultRow>,
    /// Whether an estimate below zero is among them.
    below_zero: bool,
}

/// Differences of the policies shown at first, and the baseline's own results; nothing where there
/// is no table.
pub(super) fn noise(findings: &Findings, language: Language) -> Option<Noise> {
    let table = findings.noise.as_ref()?;
    let about = &findings.about;
    let (mut first, mut more) = (Vec::new(), Vec::new());
    let (mut from_parameters, mut from_chance, mut all) = (0, 0, 0);
    let mut years: Vec<String> = Vec::new();
    for cells in table.rows() {
        let Some(policy) = about.policy(cells.policy) else { continue };
        let wanted = if policy == about.baseline {
            cells.result == "value"
        } else {
            cells.result == "difference" && about.policies[policy].headline
        };
        if !wanted {
            continue;
        }
        all += 1;
        from_parameters += usize::from(cells.more_helpful == "evidence on parameters");
        from_chance += usize::from(cells.more_helpful == "more replications");
        let year = cells.year.to_string();
        if !years.contains(&year) {
            years.push(year);
        }
        let list = if cells.metric == FIRST { &mut first } else { &mut more };
        list.push(row(&cells, about.title(policy, language), language));
    }
    mark_first(&mut first);
    mark_first(&mut more);
    let below_zero = first.iter().chain(&more).any(|row| row.shares.iter().any(|it| it.below_zero));
    let text = match (from_parameters, from_chance) {
        (_, many) if many == all => &text::noise_computing,
        (many, _) if many == all => &text::noise_parameters,
        _ => &text::noise_both,
    };
    let words = [
        ("count", &*from_parameters.to_string()),
        ("others", &*from_chance.to_string()),
        ("all", &*all.to_string()),
        ("year", &*years.join(", ")),
    ];
    (all > 0).then(|| Noise { sentence: fill(text, language, &words), first, more, below_zero })
}

fn mark_first(rows: &mut [ResultRow]) {
    let mut before = String::new();
    for row in rows {
        row.first = row.policy != before;
        before.clone_from(&row.policy);
    }
}

fn row(cells: &VarianceParts<'_>, policy: &str, language: Language) -> ResultRow {
    let unit = shown_unit(cells.unit, language);
    let mean = cells.mean / unit.divisor;
    let mean = match cells.result {
        "difference" => signed(mean, decimals(mean)),
        _ => grouped(mean, decimals(mean)),
    };
    let metric = names::name("metric", cells.metric, language);
    let place = names::name("place", cells.place, language);
    let share = |(share, variance): (Option<f64>, f64)| {
        let percent = language.choose(" %", "%");
        Share {
            text: share.map_or_else(|| "–".to_owned(), |it| grouped(it * 100.0, 0) + percent),
            length: (share.unwrap_or_default() * 1_000.0).round() / 10.0,
            below_zero: share.is_some() && variance < 0.0,
        }
    };
    let parts = [
        (cells.share_parameters, cells.variance_parameters),
        (cells.share_chance, cells.variance_chance),
        (cells.share_interaction, cells.variance_interaction),
    ];
    let helpful = match cells.more_helpful {
        "evidence on parameters" => &text::noise_evidence,
        "more replications" => &text::noise_replications,
        "too few draws to tell" => &text::noise_too_few,
        _ => &text::noise_nothing,
    };
    ResultRow {
        policy: policy.to_owned(),
        first: false,
        result: format!("{metric} · {place}"),
        mean: if unit.name.is_empty() { mean } else { format!("{mean} {}", unit.name) },
        shares: parts.map(share).into(),
        helpful: helpful.in_language(language),
    }
}
