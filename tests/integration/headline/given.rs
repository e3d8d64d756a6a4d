//! Policies by a few figures each, and the tables of a run that are written by hand around them.

use crate::fake::Fake;
use crate::fake::scenario;
use clap::Args;
use clap::FromArgMatches;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;
use yangjae::commands::run;
use yangjae::commands::run::Arguments;
use yangjae::report::tables::additionality::Additionality;
use yangjae::report::tables::column::TableSpec;
use yangjae::report::tables::comparison::PolicyDifference;
use yangjae::report::tables::cost_benefit::CostBenefit;
use yangjae::report::tables::pairs::PairOfPolicies;
use yangjae::report::tables::read::Tables;
use yangjae::report::tables::row::Row as _;
use yangjae::report::tables::yearly::Yearly;
use yangjae::report::text::language::Language;
use yangjae::report::text::language::Tag;
use yangjae::report::views::findings::Findings;
use yangjae::report::views::findings::about::About;
use yangjae::report::views::findings::finished;
use yangjae::report::views::summary::Medium;
use yangjae::report::views::summary::summary;

/// A language for readers of the scenario of these tests.
pub(super) fn language(tag: &Tag) -> Language {
    Language::of(tag, &scenario(&["baseline"], 1)).unwrap()
}

/// A policy: jobs in the city and the district, and money: economic net present value, public cost,
/// cost per net job-year `[KRW m]`. Every figure is told from 0 unless it is `doubtful`.
pub(super) struct Given {
    pub(super) name: &'static str,
    pub(super) city: f64,
    pub(super) district: f64,
    pub(super) value: f64,
    pub(super) cost: f64,
    pub(super) per_job_year: Option<f64>,
    pub(super) doubtful: bool,
}

pub(super) const fn given(
    name: &'static str,
    (city, district): (f64, f64),
    (value, cost): (f64, f64),
    per_job_year: Option<f64>,
) -> Given {
    Given { name, city, district, value, cost, per_job_year, doubtful: false }
}

/// The policies of the shipped scenario before version 0.2, as far as they matter here, a cheap one
/// that loses jobs, and a cheap one whose jobs cannot be told from 0.
pub(super) const POLICIES: [Given; 12] = [
    given("full", (4_578.0, 8_395.0), (-642_516.0, 1_437_801.0), Some(37.0)),
    given("near", (4_570.0, 8_300.0), (-640_000.0, 1_430_000.0), Some(37.5)),
    given("happened", (3_287.0, 5_678.0), (-496_475.0, 1_147_753.0), Some(44.0)),
    given("campus", (2_254.0, 6_905.0), (-452_571.0, 929_013.0), Some(54.0)),
    given("talent", (2_310.0, 823.0), (28_868.0, 312_896.0), Some(13.6)),
    given("capital", (499.0, 255.0), (51_012.0, 304_559.0), Some(59.1)),
    given("wage", (490.0, 306.0), (60_120.0, 48_758.0), Some(9.3)),
    given("grant", (371.0, 190.0), (42_156.0, 59_187.0), Some(15.8)),
    given("voucher", (123.0, 632.0), (11_844.0, 8_456.0), Some(7.7)),
    given("loser", (-572.0, -59.0), (-5_966.0, 30_000.0), Some(0.5)),
    Given { doubtful: true, ..given("rare", (2.3, 34.0), (10.0, 40.0), Some(0.1)) },
    given("homes", (131.0, 77.0), (-46_007.0, 93_340.0), Some(86.2)),
];

/// Mean, ends of the interval of the mean, 5th, 50th and 95th percentile.
pub(super) fn figure(mean: f64, doubtful: bool) -> String {
    let size = mean.abs();
    let [error, spread] = if doubtful { [2.0, 4.0] } else { [0.05, 0.3] }.map(|it| it * size);
    let ends = [mean - error, mean + error, mean - spread, mean, mean + spread];
    ends.iter().fold(mean.to_string(), |text, end| text + "," + &end.to_string())
}

pub(super) struct Place {
    pub(super) folder: TempDir,
}

impl Place {
    pub(super) fn new(policies: &[Given]) -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        let line = ["run", "--quiet", "--output", place.path().to_str().unwrap()];
        let command = Arguments::augment_args(clap::Command::new("run"));
        let arguments =
            Arguments::from_arg_matches(&command.try_get_matches_from(line).unwrap()).unwrap();
        let scenario = Self::scenario(policies);
        run::run(&scenario, &arguments, Fake::of, &AtomicBool::new(false)).unwrap();
        place.write(policies);
        place
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn scenario(policies: &[Given]) -> yangjae::scenario::Scenario {
        let names: Vec<&str> =
            ["baseline"].into_iter().chain(policies.iter().map(|policy| policy.name)).collect();
        scenario(&names, 40)
    }

    pub(super) fn write(&self, policies: &[Given]) {
        let mut yearly =
            "policy,place,metric,unit,year,mean,ci_low,ci_high,p05,p25,p50,p75,p95\n".to_owned();
        let mut comparison = "policy,place,metric,year,difference,ci_low,ci_high,p05,p50,p95,\
                              probability_higher\n"
            .to_owned();
        let mut pairs = "policy,other,place,metric,probability_higher,ranking\n".to_owned();
        let mut terms =
            "policy,measure,term,year,note,mean,ci_low,ci_high,p05,p50,p95\n".to_owned();
        let mut money = "policy,item,payer,unit,note,mean,ci_low,ci_high,p05,p50,p95,\
                          probability_below_0\n"
            .to_owned();
        for place in ["city", "district"] {
            writeln!(yearly, "baseline,{place},jobs,persons,2026,9000,,,,,,,").unwrap();
        }
        for (number, policy) in policies.iter().enumerate() {
            let Given { name, city, district, value, cost, per_job_year, doubtful } = *policy;
            for (place, jobs) in [("city", city), ("district", district)] {
                writeln!(yearly, "{name},{place},jobs,persons,2026,9000,,,,,,,").unwrap();
                let (share, ranking) = match (doubtful, jobs > 0.0) {
                    (true, _) => (0.62, "not ranked"),
                    (false, true) => (1.0, "higher"),
                    (false, false) => (0.0, "lower"),
                };
                let figure = figure(jobs, doubtful);
                writeln!(comparison, "{name},{place},jobs,2026,{figure},{share}").unwrap();
                writeln!(pairs, "{name},baseline,{place},jobs,{share},{ranking}").unwrap();
                for other in &policies[..number] {
                    // The model does not rank the talent policy against the campus.
                    let tied = (other.name, name) == ("campus", "talent");
                    let above =
                        if place == "city" { city > other.city } else { district > other.district };
                    let (share, ranking) = match (tied, above) {
                        (true, _) => (0.55, "not ranked"),
                        (false, true) => (1.0, "higher"),
                        (false, false) => (0.0, "lower"),
                    };
                    let other = other.name;
                    writeln!(pairs, "{name},{other},{place},jobs,{share},{ranking}").unwrap();
                }
            }
            let after = figure(0.72 * city, doubtful);
            writeln!(terms, "{name},jobs,net_city_after_displacement,2026,,{after}").unwrap();
            for (item, payer, mean) in [
                ("fiscal_cost", "all", cost),
                ("net_job_years", "all", 8.0 * city),
                ("economic_net_present_value", "all", value),
                ("residual_value", "city", -0.255 * cost),
                ("rents", "city", -0.064 * cost),
                ("income_tax", "state", -0.06 * cost),
                ("property_tax", "city", -0.031 * cost),
                // What private payers receive is no return to the public.
                ("rents", "private", -0.5 * cost),
            ] {
                let below = if mean < 0.0 { "1" } else { "0" };
                let figure = figure(mean, doubtful);
                writeln!(money, "{name},{item},{payer},KRW m,,{figure},{below}").unwrap();
            }
            let ratio = per_job_year.map_or_else(
                || ",,".to_owned(),
                |ratio| format!("{ratio},{},{}", 0.9 * ratio, 1.1 * ratio),
            );
            let unit = "KRW m/(person year)";
            writeln!(money, "{name},cost_per_net_job_year,all,{unit},,{ratio},,,,").unwrap();
        }
        self.write_table(&Yearly::TABLE, &yearly);
        self.write_table(&PolicyDifference::TABLE, &comparison);
        self.write_table(&PairOfPolicies::TABLE, &pairs);
        self.write_table(&Additionality::TABLE, &terms);
        self.write_table(&CostBenefit::TABLE, &money);
    }

    /// Writes a table of which some columns are given; the year of all others is the last.
    pub(super) fn write_table(&self, table: &TableSpec, text: &str) {
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        let place = |name: &str| lines[0].iter().position(|given| *given == name);
        let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        let mut whole = names.join(",") + "\n";
        for line in &lines[1..] {
            let cell = |name: &&str| match place(name) {
                Some(place) => line[place],
                None if *name == "year" => "2026",
                None => "",
            };
            whole.push_str(&(names.iter().map(cell).collect::<Vec<_>>().join(",") + "\n"));
        }
        fs::write(self.path().join(table.file), whole).unwrap();
    }

    pub(super) fn findings(&self, policies: &[Given]) -> Findings {
        let manifest = finished::read_manifest(self.path()).unwrap();
        let about = About::new(&Self::scenario(policies), manifest);
        Findings::read(about, &Tables(self.path())).unwrap()
    }
}

pub(super) fn found() -> Findings {
    Place::new(&POLICIES).findings(&POLICIES)
}

pub(super) fn names(findings: &Findings, policies: &[usize]) -> Vec<String> {
    policies.iter().map(|&policy| findings.about.policies[policy].name.clone()).collect()
}

/// As the summary is read: without line ends.
pub(super) fn said(findings: &Findings) -> String {
    let text = summary(findings, language(&Tag::english()), Medium::Plain);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
