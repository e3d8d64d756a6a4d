//! The table of headline figures: policies by metrics, with differences and intervals.

use serde::Serialize;

use crate::report::findings::Figure;
use crate::report::findings::Findings;
use crate::report::findings::Verdict;
use crate::report::language::Language;
use crate::report::language::names;
use crate::report::language::number::ShownUnit;
use crate::report::language::number::decimals;
use crate::report::language::number::grouped;
use crate::report::language::number::interval;
use crate::report::language::number::shown_unit;
use crate::report::language::number::signed;
use crate::report::table::number;

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
pub struct Cell {
    /// The mean of the policy itself.
    pub mean: Option<Shown>,
    /// The difference to the baseline.
    pub difference: Option<Shown>,
    /// Its interval as shown.
    pub interval: String,
    /// Ends of the interval as in the CSV.
    pub low: String,
    /// See `low`.
    pub high: String,
    /// Whether the interval leaves zero out: `up`, `down`, `sure` where neither is
    /// better, or nothing.
    pub sign: &'static str,
}

/// A row.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The policy, by its place.
    pub policy: usize,
    /// The cells.
    pub cells: Vec<Cell>,
}

/// The table.
#[derive(Clone, Debug, Serialize)]
pub struct Headline {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, one a policy.
    pub rows: Vec<Row>,
}

/// The table of a run.
#[must_use]
pub fn headline(findings: &Findings, language: Language) -> Headline {
    let mut columns = Vec::new();
    let mut rows: Vec<Row> = (0..findings.about.policies.len())
        .map(|policy| Row { policy, cells: Vec::new() })
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
            let mut cell = Cell {
                mean: mean.map(|mean| {
                    let shown = mean / unit.divisor;
                    Shown { text: grouped(shown, decimals(shown).min(1)), value: number(mean) }
                }),
                ..Cell::default()
            };
            cell.compare(&last(&series.difference[row.policy]), unit, language);
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
            let mut cell = Cell::default();
            if let Some(total) = findings.total(row.policy, item) {
                cell.compare(&total.figure, unit, language);
                if item != GAIN && !cell.sign.is_empty() {
                    cell.sign = "sure";
                }
            }
            row.cells.push(cell);
        }
    }
    Headline { columns, rows }
}

impl Cell {
    /// Takes in the difference to the baseline.
    fn compare(&mut self, figure: &Figure, unit: ShownUnit, language: Language) {
        let Some(mean) = figure.mean else { return };
        let shown = figure.divided(unit.divisor);
        let half = shown.low.zip(shown.high).map_or(0.0, |(low, high)| (high - low) / 2.0);
        let places = decimals((mean / unit.divisor).abs().max(half)).min(1);
        self.difference =
            Some(Shown { text: signed(mean / unit.divisor, places), value: number(mean) });
        if let Some((low, high)) = shown.low.zip(shown.high) {
            self.interval = interval(low, high, places, language);
        }
        self.low = figure.low.map_or_else(String::new, number);
        self.high = figure.high.map_or_else(String::new, number);
        self.sign = match figure.verdict() {
            Verdict::Higher => "up",
            Verdict::Lower => "down",
            _ => "",
        };
    }
}
