//! `noise.csv`, where there is one: how much of the spread of headline results comes from the
//! parameters, from chance and from both together.

use serde::Serialize;

use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::number::signed;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;
use crate::report::views::findings::Findings;
use crate::report::views::findings::source;
use crate::report::views::findings::source::TextTable;

/// The parts of a variance, as the columns name them.
const PARTS: [&str; 3] = ["parameters", "chance", "interaction"];
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
struct Row {
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
    first: Vec<Row>,
    /// All else.
    more: Vec<Row>,
    /// Whether an estimate below zero is among them.
    below_zero: bool,
}

/// The columns of the table; nothing where one is missing.
struct Columns {
    /// Policy, result, place, metric, unit, year, mean, more helpful.
    words: [usize; 8],
    shares: [usize; 3],
    variances: [usize; 3],
}

impl Columns {
    fn of(table: &TextTable) -> Option<Self> {
        let all = |names: [&str; 8]| {
            let found: Option<Vec<usize>> =
                names.iter().map(|name| table.column(&[name])).collect();
            found?.try_into().ok()
        };
        let parts = |prefix: &str| {
            let name = |part: &&str| format!("{prefix}_{part}");
            let found: Option<Vec<usize>> =
                PARTS.iter().map(|part| table.column(&[&name(part)])).collect();
            found?.try_into().ok()
        };
        Some(Self {
            words: all([
                "policy",
                "result",
                "place",
                "metric",
                "unit",
                "year",
                "mean",
                "more_helpful",
            ])?,
            shares: parts("share")?,
            variances: parts("variance")?,
        })
    }
}

/// Differences of the policies shown at first, and the baseline's own results; nothing where there
/// is no table, or one that cannot be understood.
pub(super) fn noise(findings: &Findings, language: Language) -> Option<Noise> {
    let table = findings.noise.as_ref()?;
    let columns = Columns::of(table)?;
    let about = &findings.about;
    let (mut first, mut more) = (Vec::new(), Vec::new());
    let (mut from_parameters, mut from_chance, mut all) = (0, 0, 0);
    let mut years: Vec<&str> = Vec::new();
    for cells in &table.rows {
        let word = |place: usize| cells.get(columns.words[place]).map_or("", String::as_str);
        let Some(policy) = about.policy(word(0)) else { continue };
        let wanted = if policy == about.baseline {
            word(1) == "value"
        } else {
            word(1) == "difference" && about.policies[policy].headline
        };
        if !wanted {
            continue;
        }
        all += 1;
        from_parameters += usize::from(word(7) == "evidence on parameters");
        from_chance += usize::from(word(7) == "more replications");
        if !years.contains(&word(5)) {
            years.push(word(5));
        }
        let list = if word(3) == FIRST { &mut first } else { &mut more };
        list.push(row(cells, &columns, about.title(policy, language), language));
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

fn mark_first(rows: &mut [Row]) {
    let mut before = String::new();
    for row in rows {
        row.first = row.policy != before;
        before.clone_from(&row.policy);
    }
}

fn row(cells: &[String], columns: &Columns, policy: &str, language: Language) -> Row {
    let cell = |column: usize| cells.get(column).map_or("", String::as_str);
    let word = |place: usize| cell(columns.words[place]);
    let number = |column: usize| source::number(cell(column));
    let unit = shown_unit(word(4), language);
    let mean = number(columns.words[6]).map(|mean| mean / unit.divisor);
    let mean = mean.map_or_else(
        || "–".to_owned(),
        |mean| match word(1) {
            "difference" => signed(mean, decimals(mean)),
            _ => grouped(mean, decimals(mean)),
        },
    );
    let metric = names::name("metric", word(3), language);
    let place = names::name("place", word(2), language);
    let share = |(&share, &variance): (&usize, &usize)| {
        let share = number(share);
        let percent = language.choose(" %", "%");
        Share {
            text: share.map_or_else(|| "–".to_owned(), |it| grouped(it * 100.0, 0) + percent),
            length: (share.unwrap_or_default() * 1_000.0).round() / 10.0,
            below_zero: share.is_some() && number(variance).is_some_and(|it| it < 0.0),
        }
    };
    let helpful = match word(7) {
        "evidence on parameters" => &text::noise_evidence,
        "more replications" => &text::noise_replications,
        "too few draws to tell" => &text::noise_too_few,
        _ => &text::noise_nothing,
    };
    Row {
        policy: policy.to_owned(),
        first: false,
        result: format!("{metric} · {place}"),
        mean: if unit.name.is_empty() { mean } else { format!("{mean} {}", unit.name) },
        shares: columns.shares.iter().zip(&columns.variances).map(share).collect(),
        helpful: helpful.in_language(language),
    }
}
