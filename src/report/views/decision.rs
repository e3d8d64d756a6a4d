//! THE DECISION TABLE: of each policy the mean, the middle 90 % of replications, the probability of
//! more jobs, the Monte Carlo error and the net after displacement; and what it costs and is worth.
//! Terminal, report and workbook show the same cells.

use serde::Serialize;

use crate::analysis::pairs::ALL_PAYERS;
use crate::analysis::pairs::Ranking;
use crate::report::text::language::Language;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::number::signed;
use crate::report::text::language::text;
use crate::report::text::language::text::Text;
use crate::report::views::findings::Findings;
use crate::report::views::findings::figure::Figure;
use crate::report::views::verdict;
use crate::report::views::verdict::AFTER_DISPLACEMENT;

/// The total that says what a policy is worth.
const NET_VALUE: &str = "economic_net_present_value";

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Mean difference in jobs of the city.
    CityMean,
    /// Its middle 90 %.
    CityMiddle,
    /// The probability of more jobs.
    CityHigher,
    /// The Monte Carlo error of the mean.
    CityError,
    /// The net after displacement in product markets.
    CityAfter,
    /// Mean difference in jobs of the district.
    DistrictMean,
    /// Its middle 90 %.
    DistrictMiddle,
    /// Mean difference in firms of the city.
    Firms,
    /// Mean difference in investment of the city.
    Investment,
    /// Public cost, present value.
    Cost,
    /// Economic net present value.
    Value,
    /// Its middle 90 %.
    ValueMiddle,
    /// The probability that it is below 0.
    ValueBelow,
    /// Economic benefit over economic cost.
    Ratio,
    /// Public cost per net job-year.
    CostPerJobYear,
    /// Jobs of the city, less those of the policy that this one changes, with the Monte Carlo error.
    ChangedJobs,
    /// Public cost, less the other's.
    ChangedCost,
    /// Fiscal net present value, less the other's.
    ChangedFiscal,
    /// Economic net present value, less the other's.
    ChangedValue,
}

/// Columns about jobs in the city.
pub const CITY: [Column; 5] = [
    Column::CityMean,
    Column::CityMiddle,
    Column::CityHigher,
    Column::CityError,
    Column::CityAfter,
];

/// Columns about the district, firms and investment.
pub const OTHERS: [Column; 4] =
    [Column::DistrictMean, Column::DistrictMiddle, Column::Firms, Column::Investment];

/// Columns about value for money.
pub const VALUE: [Column; 7] = [
    Column::Cost,
    Column::Value,
    Column::ValueMiddle,
    Column::ValueBelow,
    Column::Ratio,
    Column::CityAfter,
    Column::CostPerJobYear,
];

/// Columns about policies beside those that they change.
pub const CHANGED: [Column; 4] =
    [Column::ChangedJobs, Column::ChangedCost, Column::ChangedFiscal, Column::ChangedValue];

impl Column {
    /// What the column is about, and what it holds of it; the first is the same in neighbours.
    #[must_use]
    pub const fn heading(self) -> (Option<&'static Text>, &'static Text) {
        let (city, district) = (Some(&text::decision_city), Some(&text::decision_district));
        let value = Some(&text::decision_value);
        match self {
            Self::CityMean => (city, &text::decision_mean),
            Self::CityMiddle => (city, &text::middle_90),
            Self::CityHigher => (city, &text::decision_higher),
            Self::CityError => (city, &text::decision_error),
            Self::CityAfter => (city, &text::decision_after),
            Self::DistrictMean => (district, &text::decision_mean),
            Self::DistrictMiddle => (district, &text::middle_90),
            Self::Firms => (None, &text::decision_firms),
            Self::Investment => (None, &text::decision_investment),
            Self::Cost | Self::ChangedCost => (None, &text::decision_cost),
            Self::Value => (value, &text::decision_mean),
            Self::ValueMiddle => (value, &text::middle_90),
            Self::ValueBelow => (value, &text::decision_below),
            Self::Ratio => (None, &text::decision_ratio),
            Self::CostPerJobYear => (None, &text::decision_per_job),
            Self::ChangedJobs => (None, &text::decision_city),
            Self::ChangedFiscal => (None, &text::decision_fiscal),
            Self::ChangedValue => (None, &text::decision_value),
        }
    }

    /// The unit as shown; empty for people and shares.
    #[must_use]
    pub fn unit(self, language: Language) -> &'static str {
        let unit = match self {
            Self::Investment => "{money}/year",
            Self::Cost
            | Self::Value
            | Self::ValueMiddle
            | Self::ChangedCost
            | Self::ChangedFiscal
            | Self::ChangedValue => "{money}",
            Self::CostPerJobYear => "{money}/(person year)",
            _ => return "",
        };
        shown_unit(unit, language).name
    }

    /// The cell of a policy, as shown.
    #[must_use]
    pub fn cell(self, findings: &Findings, policy: usize, language: Language) -> String {
        let jobs = |place| verdict::gain(findings, policy, place);
        let total = |item| findings.total(policy, item).map(|total| total.figure);
        let after = || findings.term(policy, AFTER_DISPLACEMENT).map(|term| term.figure);
        let ranking = |metric, place| findings.ranking(metric, place, policy);
        let of_itself = |figure: Option<Figure>| figure.and_then(|figure| figure.ranking());
        let money = |item| in_unit(total(item), of_itself(total(item)), "{money}", language);
        let people =
            |figure: Option<Figure>, ranking| in_unit(figure, ranking, "persons", language);
        let city = jobs("city");
        let changed =
            |metric, place, unit| changed(findings, policy, (metric, place, unit), language);
        let cell = match self {
            Self::CityMean => people(city, ranking("jobs", "city")),
            Self::CityMiddle => city.and_then(|it| verdict::middle(&it, language)),
            Self::CityHigher => {
                city.and_then(|it| Some(verdict::probability(it.higher?, language)))
            }
            Self::CityError => city.map(|it| verdict::monte_carlo_error(&it, language)),
            Self::CityAfter => people(after(), of_itself(after())),
            Self::DistrictMean => people(jobs("district"), ranking("jobs", "district")),
            Self::DistrictMiddle => jobs("district").and_then(|it| verdict::middle(&it, language)),
            Self::Firms => {
                let figure = findings.difference("firms", "city", policy);
                in_unit(figure, ranking("firms", "city"), "firms", language)
            }
            Self::Investment => {
                let figure = findings.difference("investment", "city", policy);
                in_unit(figure, ranking("investment", "city"), "{money}/year", language)
            }
            Self::Cost => money("fiscal_cost"),
            Self::Value => money(NET_VALUE),
            Self::ValueMiddle => total(NET_VALUE).and_then(|it| {
                verdict::middle(&it.divided(shown_unit("{money}", language).divisor), language)
            }),
            Self::ValueBelow => total(NET_VALUE)
                .and_then(|it| Some(verdict::probability(1.0 - it.higher?, language))),
            Self::Ratio => {
                total("economic_benefit_cost_ratio").and_then(|it| Some(grouped(it.mean?, 2)))
            }
            Self::CostPerJobYear => {
                let mean = total("cost_per_net_job_year").and_then(|it| it.mean);
                let shown = mean.map(|mean| grouped(mean, decimals(mean).max(1)));
                shown.map(|shown| bracketed(shown, ranking("jobs", "city")))
            }
            Self::ChangedJobs => changed("jobs", "city", "persons"),
            Self::ChangedCost => changed("fiscal_cost", ALL_PAYERS, "{money}"),
            Self::ChangedFiscal => changed("fiscal_net_present_value", ALL_PAYERS, "{money}"),
            Self::ChangedValue => changed(NET_VALUE, ALL_PAYERS, "{money}"),
        };
        cell.unwrap_or_else(|| "–".to_owned())
    }
}

/// `-154 ±57`: a policy less the one that it changes, and half the 95 % interval of the mean.
fn changed(
    findings: &Findings,
    policy: usize,
    (metric, place, unit): (&str, &str, &str),
    language: Language,
) -> Option<String> {
    let base = findings.changed_by(policy)?;
    let figure = findings.pair(metric, place, policy, base)?.difference;
    let figure = figure.divided(shown_unit(unit, language).divisor);
    let mean = figure.mean?;
    let mean = signed(mean, decimals(mean).min(1));
    Some(format!("{mean} {}", verdict::monte_carlo_error(&figure, language)))
}

/// A mean in the unit in which it is shown, with a sign; in brackets where the model does not rank
/// it against the baseline.
fn in_unit(
    figure: Option<Figure>,
    ranking: Option<Ranking>,
    unit: &str,
    language: Language,
) -> Option<String> {
    let mean = figure?.mean? / shown_unit(unit, language).divisor;
    let mean = signed(mean, decimals(mean).min(1));
    Some(bracketed(mean, ranking))
}

/// A figure in brackets where the model does not rank it against the baseline.
fn bracketed(figure: String, ranking: Option<Ranking>) -> String {
    match ranking {
        Some(Ranking::NotRanked | Ranking::MoreReplications) => format!("({figure})"),
        _ => figure,
    }
}

/// A line of the table.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionLine {
    /// The policy, by its place.
    pub policy: usize,
    /// The cells, in the order of columns.
    pub cells: Vec<String>,
}

/// A table of the headline set: the heads of columns, each what it is about, what it holds and
/// its unit, and a line a policy, most jobs in the city first.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionTable {
    /// The heads.
    pub heads: Vec<[&'static str; 3]>,
    /// The lines.
    pub lines: Vec<DecisionLine>,
}

impl DecisionTable {
    /// A line as a sentence, for where there is no room for columns: `Jobs, city: mean +4,578, ...`.
    #[must_use]
    pub fn sentence(&self, line: &DecisionLine) -> String {
        let mut text = String::new();
        let mut before = "";
        for ([about, holds, unit], cell) in self.heads.iter().zip(&line.cells) {
            let again = *about == before && !about.is_empty();
            text += match (text.is_empty(), again) {
                (true, _) => "",
                (false, true) => ", ",
                (false, false) => "; ",
            };
            if !again && !about.is_empty() {
                text += about;
                text += ": ";
            }
            text += format!("{holds} {cell} {unit}").trim_end();
            before = about;
        }
        text
    }
}

/// The table of what the headline set does.
#[must_use]
pub fn table(findings: &Findings, language: Language) -> DecisionTable {
    of_columns(findings, &[&CITY[..], &OTHERS].concat(), language)
}

/// The table of what it costs and is worth; without lines where nothing is known of either.
#[must_use]
pub fn value_for_money(findings: &Findings, language: Language) -> DecisionTable {
    let mut table = of_columns(findings, &VALUE, language);
    if findings.money.is_empty() {
        table.lines.clear();
    }
    table
}

fn of_columns(findings: &Findings, columns: &[Column], language: Language) -> DecisionTable {
    let columns = || columns.iter().copied();
    let head = |column: Column| {
        let (about, holds) = column.heading();
        let about = about.map_or("", |about| about.in_language(language));
        [about, holds.in_language(language), column.unit(language)]
    };
    let line = |policy: usize| DecisionLine {
        policy,
        cells: columns().map(|column| column.cell(findings, policy, language)).collect(),
    };
    DecisionTable {
        heads: columns().map(head).collect(),
        lines: findings.headline().into_iter().map(line).collect(),
    }
}
