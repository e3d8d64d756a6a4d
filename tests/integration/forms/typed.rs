//! A run whose flows are typed, and how its forms are read.

use crate::fake;
use clap::Args;
use clap::FromArgMatches;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use yangjae::analysis::additionality::Note;
use yangjae::analysis::layout::Layout;
use yangjae::analysis::layout::Series;
use yangjae::analysis::layout::Table;
use yangjae::commands::run;
use yangjae::commands::run::Arguments;
use yangjae::pipeline::engine::Engine;
use yangjae::report::tables::events::EventRow;
use yangjae::scenario::Distribution;
use yangjae::scenario::Evidence;
use yangjae::scenario::ParameterValue;
use yangjae::scenario::Scenario;
use yangjae::scenario::appraisal::AfterHorizon;
use yangjae::scenario::appraisal::AppraisalChoice;
use yangjae::time::Date;

/// Policy, item, payer, and what the policy books over the baseline in 2024, 2025 and 2026.
pub(super) type Booked = (&'static str, &'static str, &'static str, [f64; 3]);

pub(super) const POLICIES: [&str; 5] = ["baseline", "campus", "grants", "two-rates", "no-rate"];
pub(super) const CASH: [Booked; 21] = [
    ("campus", "construction", "city", [1320.0, 660.0, 0.0]),
    ("campus", "land", "city", [300.0, 0.0, 0.0]),
    ("campus", "operation", "city", [0.0, 40.0, 60.0]),
    ("campus", "operation", "district-office", [0.0, 0.0, 25.0]),
    ("campus", "wage_subsidy", "state", [0.0, 20.0, 21.0]),
    ("campus", "value_added", "private", [0.0, -450.0, -620.0]),
    ("campus", "value_added_elsewhere", "private", [0.0, 180.0, 248.0]),
    ("campus", "income_tax", "state", [0.0, -12.0, -18.0]),
    ("campus", "taxes_elsewhere", "state", [0.0, 5.0, 7.0]),
    ("campus", "residual_value", "city", [0.0, 0.0, -1900.0]),
    ("campus", "unfinished_teaching", "city", [0.0, 0.0, -10.0]),
    ("grants", "grants", "state", [100.0, 100.0, 50.0]),
    ("grants", "grants_windfall", "state", [20.0, 20.0, 10.0]),
    ("grants", "administration", "city", [3.0, 3.0, 3.0]),
    ("grants", "value_added", "private", [0.0, -200.0, -260.0]),
    ("grants", "value_added_elsewhere", "private", [0.0, 80.0, 104.0]),
    ("grants", "corporate_tax", "state", [0.0, -4.0, -6.0]),
    // -1, 3, -2; and 1, -1, 1.
    ("two-rates", "support", "private", [100.0, 0.0, 200.0]),
    ("two-rates", "value_added", "private", [0.0, -300.0, 0.0]),
    ("no-rate", "support", "private", [0.0, 100.0, 0.0]),
    ("no-rate", "value_added", "private", [-100.0, 0.0, -100.0]),
];
/// What the baseline books of every item each year.
pub(super) const ANYWAY: f64 = 7.0;
/// By how much value added is off its mean, in turn.
pub(super) const OFF: [f64; 2] = [30.0, -30.0];
pub(super) const REPLICATIONS: u32 = 24;

/// Flows as they are typed above.
pub(super) struct Typed;

pub(super) fn items() -> Vec<(&'static str, &'static str)> {
    let mut items: Vec<_> = CASH.iter().map(|&(_, item, payer, _)| (item, payer)).collect();
    items.sort_unstable();
    items.dedup();
    items
}

impl Engine for Typed {
    type Workspace = ();
    type Error = Infallible;

    fn layouts(&self) -> Vec<Layout> {
        let series = |table, name, place: &str| Series {
            table,
            name,
            place: place.to_owned(),
            unit: "",
            whole: true,
        };
        let layout = |policy: &str| {
            let mut all = vec![series(Table::Metric, "jobs", "city")];
            if policy != "baseline" {
                all.push(series(Table::Additionality, "net_city", "jobs"));
            }
            all.extend(items().iter().map(|(item, payer)| series(Table::Cash, item, payer)));
            Layout { policy: policy.to_owned(), years: fake::YEARS.to_vec(), series: all }
        };
        POLICIES.map(layout).to_vec()
    }

    fn workspace(&self) {}

    fn simulate(&self, replication: u32, (): &mut ()) -> Result<Vec<Vec<f64>>, Infallible> {
        let off = OFF[usize::try_from(replication).unwrap() % OFF.len()];
        let of = |policy: &str| {
            let jobs = [Some([100.0; 3]), (policy != "baseline").then_some([0.0, 2.0, 4.0])];
            let mut values: Vec<f64> = jobs.into_iter().flatten().flatten().collect();
            for (item, payer) in items() {
                let booked = |row: &&Booked| (row.0, row.1, row.2) == (policy, item, payer);
                let flows = CASH.iter().find(booked).map_or([0.0; 3], |row| row.3);
                let varies = item == "value_added" && ["campus", "grants"].contains(&policy);
                let off = if varies { off } else { 0.0 };
                values.extend([flows[0] + ANYWAY, flows[1] + ANYWAY, flows[2] + ANYWAY + off]);
            }
            values
        };
        Ok(POLICIES.map(of).to_vec())
    }

    fn events(&self, _: usize, _: u32, (): &mut ()) -> Result<Vec<EventRow>, Infallible> {
        Ok(Vec::new())
    }

    fn notes(&self) -> Vec<Note> {
        Vec::new()
    }
}

pub(super) fn scenario(after_horizon: AfterHorizon) -> Scenario {
    let value = |name: &str| match name {
        "construction_overrun" => 1.2,
        "discount_rate" => 0.045,
        _ => 0.4,
    };
    let parameter = |name| ParameterValue {
        taken_over: false,
        survey: None,
        value: value(name),
        low: value(name),
        high: value(name),
        distribution: Distribution::Fixed,
        evidence: Evidence::Judgement,
        source: String::new(),
        note: String::new(),
        free: false,
    };
    let scenario = fake::scenario(&POLICIES, REPLICATIONS);
    Scenario {
        parameters: scenario.register.names().map(parameter).collect(),
        vantage: Date { year: 2023, day: 365 },
        appraisal: AppraisalChoice { after_horizon, ..AppraisalChoice::default() },
        ..scenario
    }
}

/// Runs it by a rule set.
pub(super) fn appraised(rules: &str, after_horizon: AfterHorizon, folder: &Path) -> PathBuf {
    let line = ["run", "--quiet", "--appraisal", rules, "--output", folder.to_str().unwrap()];
    let command = Arguments::augment_args(clap::Command::new("run"));
    let arguments =
        Arguments::from_arg_matches(&command.try_get_matches_from(line).unwrap()).unwrap();
    let stop = AtomicBool::new(false);
    run::run(&scenario(after_horizon), &arguments, |_: &Scenario| Typed, &stop).unwrap();
    folder.join("appraisal")
}

pub(super) type Row = BTreeMap<String, String>;

pub(super) fn rows(folder: &Path, table: &str) -> Vec<Row> {
    let mut table = csv::Reader::from_path(folder.join(format!("{table}.csv"))).unwrap();
    table.deserialize().map(Result::unwrap).collect()
}

/// A text of million won in won, which must be whole.
pub(super) fn won(text: &str) -> i128 {
    if let Some(won) = text.strip_suffix("e-6") {
        return won.parse().unwrap();
    }
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    assert!(part.len() <= 6, "{text} is no whole won");
    sign * format!("{whole}{part:0<6}").parse::<i128>().unwrap()
}

pub(super) fn sum<'r>(rows: impl IntoIterator<Item = &'r Row>, column: &str) -> i128 {
    rows.into_iter().map(|row| won(&row[column])).sum()
}

/// The rows of a policy, without totals.
pub(super) fn flows<'r>(all: &'r [Row], policy: &str) -> Vec<&'r Row> {
    all.iter().filter(|row| row["policy"] == policy && row["payer"] != "all").collect()
}

/// The rows that count as a word, in the parts that are named.
pub(super) fn counted<'r>(rows: &[&'r Row], word: &str, parts: &[&str]) -> Vec<&'r Row> {
    let is = |row: &&&Row| {
        (row["economic"] == word || row["financial"] == word)
            && parts.contains(&row["part"].as_str())
    };
    rows.iter().filter(is).copied().collect()
}

/// What a result is of a policy.
pub(super) fn figure(
    folder: &Path,
    table: &str,
    [key, name]: [&str; 2],
    policy: &str,
    column: &str,
) -> f64 {
    let found = rows(folder, table);
    let found = found.iter().find(|row| row["policy"] == policy && row[key] == name);
    let text = &found.unwrap_or_else(|| panic!("no {name} of {policy}"))[column];
    text.parse().unwrap_or_else(|_| panic!("{name} of {policy}: `{text}`"))
}
