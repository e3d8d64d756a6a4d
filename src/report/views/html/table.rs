//! The table of headline figures: policies by metrics, with differences, the middle 90 % of
//! replications, the probability of more, and the Monte Carlo error.

use serde::Serialize;

use crate::analysis::appraisal;
use crate::analysis::pairs::Ranking;
use crate::analysis::statistics::TOO_FEW;
use crate::report::text::dialect::number;
use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::ShownUnit;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::interval;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::number::signed;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;
use crate::report::views::findings::Findings;
use crate::report::views::findings::figure::Figure;
use crate::report::views::verdict;

/// Series of the table, as far as the run has them.
const SERIES: [(&str, &str); 6] = [
    ("jobs", "city"),
    ("jobs", "district"),
    ("firms", "city"),
    ("firms", "district"),
    ("investment", "city"),
    ("investment", "district"),
];
/// Items of the appraisal in the table.
const ITEMS: [&str; 3] = ["fiscal_cost", "economic_net_present_value", "cost_per_net_job_year"];
/// Of these, what is a gain where it is positive; of a cost no colour says whether it is good.
const GAIN: &str = "economic_net_present_value";

/// A column.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// The metric or item.
    pub name: String,
    /// The place; empty for items.
    pub place: String,
    /// The unit.
    pub unit: String,
    /// What values of the files are divided by to be in it.
    #[serde(skip)]
    pub divisor: f64,
    /// What the files call it: table, metric, place.
    pub key: [String; 3],
}

/// A number: as shown, and as the CSV has it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Shown {
    /// As shown.
    pub text: String,
    /// As in the CSV; empty where it is unknown.
    pub value: String,
}

/// A cell: a level, a difference with its interval, or both.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HeadlineCell {
    /// The mean of the policy itself.
    pub mean: Option<Shown>,
    /// The difference to the baseline.
    pub difference: Option<Shown>,
    /// The middle 90 % of replications as shown; of a ratio that single replications lack its 95 %
    /// interval.
    pub interval: String,
    /// Its ends as in the CSV.
    pub low: String,
    /// See `low`.
    pub high: String,
    /// Percentiles over replications as in the CSV; empty for a ratio that single replications lack.
    pub p05: String,
    /// See `p05`.
    pub p95: String,
    /// Share of replications in which it is higher, as in the CSV.
    pub higher: String,
    /// The probability of more and the Monte Carlo error as shown.
    pub error: String,
    /// Ends of the 95 % interval of the mean as in the CSV.
    pub ci_low: String,
    /// See `ci_low`.
    pub ci_high: String,
    /// Whether the model ranks it against the baseline: `up`, `down`, `ranked` where neither is
    /// better, or nothing.
    pub sign: &'static str,
    /// Why there is no figure, as the file has it.
    pub note: String,
    /// The same in a word or two.
    pub why: &'static str,
}

/// A row.
#[derive(Clone, Debug, Serialize)]
pub struct HeadlineRow {
    /// The policy, by its place.
    pub policy: usize,
    /// The cells.
    pub cells: Vec<HeadlineCell>,
}

/// The table.
#[derive(Clone, Debug, Serialize)]
pub struct Headline {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, one a policy.
    pub rows: Vec<HeadlineRow>,
}

/// The table of a run.
#[must_use]
pub fn headline(findings: &Findings, language: Language) -> Headline {
    let mut columns = Vec::new();
    let mut rows: Vec<HeadlineRow> = (0..findings.about.policies.len())
        .map(|policy| HeadlineRow { policy, cells: Vec::new() })
        .collect();
    for (metric, place) in SERIES {
        let Some(series) = findings.series_of(metric, place) else { continue };
        let unit = shown_unit(&series.unit, language);
        columns.push(Column {
            name: names::name("metric", metric, language).to_owned(),
            place: names::name("place", place, language).to_owned(),
            unit: unit.name.to_owned(),
            divisor: unit.divisor,
            key: ["yearly.csv", metric, place].map(str::to_owned),
        });
        for row in &mut rows {
            let last = |figures: &[Figure]| figures.last().copied().unwrap_or_default();
            let mean = last(&series.yearly[row.policy]).mean;
            let mut cell = HeadlineCell {
                mean: mean.map(|mean| {
                    let shown = mean / unit.divisor;
                    Shown { text: grouped(shown, decimals(shown).min(1)), value: number(mean) }
                }),
                ..HeadlineCell::default()
            };
            let ranking = findings.ranking(metric, place, row.policy);
            cell.compare(&last(&series.difference[row.policy]), ranking, unit, language);
            row.cells.push(cell);
        }
    }
    for item in ITEMS {
        let Some(first) = findings.money.iter().find(|money| money.item == item) else { continue };
        let unit = shown_unit(&first.unit, language);
        columns.push(Column {
            name: names::name("item", item, language).to_owned(),
            place: String::new(),
            unit: unit.name.to_owned(),
            divisor: unit.divisor,
            key: ["cost_benefit.csv", item, "all"].map(str::to_owned),
        });
        for row in &mut rows {
            let mut cell = HeadlineCell::default();
            if let Some(total) = findings.total(row.policy, item) {
                cell.compare(&total.figure, total.figure.ranking(), unit, language);
                // A ratio is a level, of which a sign says nothing.
                if let (true, Some(shown)) = (appraisal::is_ratio(item), &mut cell.difference)
                    && let Some(level) = shown.text.strip_prefix('+')
                {
                    shown.text = level.to_owned();
                }
                if item != GAIN && !cell.sign.is_empty() {
                    cell.sign = "ranked";
                }
                if total.figure.mean.is_none() {
                    cell.note.clone_from(&total.note);
                    let why = if total.note == TOO_FEW { &text::too_few } else { &text::no_ratio };
                    cell.why = why.in_language(language);
                }
            }
            row.cells.push(cell);
        }
    }
    Headline { columns, rows }
}

impl HeadlineCell {
    /// Takes in the difference to the baseline.
    fn compare(
        &mut self,
        figure: &Figure,
        ranking: Option<Ranking>,
        unit: ShownUnit,
        language: Language,
    ) {
        let Some(mean) = figure.mean else { return };
        let shown = figure.divided(unit.divisor);
        // A ratio that single replications lack has no spread.
        let no_spread = shown.middle().is_none();
        let ends = if no_spread { shown.low.zip(shown.high) } else { shown.middle() };
        let half = ends.map_or(0.0, |(low, high)| (high - low) / 2.0);
        let places = decimals((mean / unit.divisor).abs().max(half)).min(1);
        self.difference =
            Some(Shown { text: signed(mean / unit.divisor, places), value: number(mean) });
        // One replication has no middle 90 %.
        let is_single = figure.low.is_none() && half <= 0.0;
        if let Some((low, high)) = ends.filter(|_| !is_single) {
            let ends = interval(low, high, places, language);
            self.interval = if no_spread {
                fill(&text::table_of_mean, language, &[("interval", &ends)])
            } else {
                ends
            };
        }
        let text = |value: Option<f64>| value.map_or_else(String::new, number);
        (self.ci_low, self.ci_high) = (text(figure.low), text(figure.high));
        (self.p05, self.p95, self.higher) =
            (text(figure.p05), text(figure.p95), text(figure.higher));
        if no_spread {
            (self.low, self.high) = (self.ci_low.clone(), self.ci_high.clone());
        } else {
            (self.low, self.high) = (self.p05.clone(), self.p95.clone());
            let error = verdict::monte_carlo_error(&shown, language);
            let share = figure.higher.map(|share| {
                let share = verdict::probability(share, language);
                fill(&text::table_share, language, &[("share", &share)])
            });
            self.error = [share, Some(error)].into_iter().flatten().collect::<Vec<_>>().join(", ");
        }
        self.sign = match ranking {
            Some(Ranking::Higher) => "up",
            Some(Ranking::Lower) => "down",
            _ => "",
        };
    }
}
