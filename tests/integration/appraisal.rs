//! `cost_benefit.csv` against a case computed by hand: what counts where, discounting, ratios.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::atomic::AtomicBool;

use clap::Args;
use clap::FromArgMatches;
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

use crate::fake;

/// Item, payer, and the flows of 2024, 2025 and 2026 under the policies.
const CASH: [(&str, &str, [f64; 3]); 13] = [
    ("construction", "city", [100.0, 0.0, 0.0]),
    ("construction", "private", [0.0, 50.0, 0.0]),
    ("operation", "city", [30.0, 30.0, 30.0]),
    ("tuition", "city", [10.0, 10.0, 10.0]),
    ("grants", "state", [0.0, 0.0, 25.0]),
    ("wage_subsidy", "city", [0.0, 0.0, 50.0]),
    ("excess_burden", "private", [5.0, 0.0, 0.0]),
    ("rents", "city", [0.0, -10.0, 0.0]),
    ("income_tax", "state", [-100.0, -100.0, -105.0]),
    ("fund_stake", "city", [0.0, 0.0, -25.0]),
    ("residual_value", "city", [0.0, 0.0, -60.0]),
    ("value_added", "private", [-500.0, -500.0, -690.0]),
    ("value_added_elsewhere", "private", [0.0, 0.0, 100.0]),
];
/// What of it the baseline has.
const BASELINE: [(&str, &str, [f64; 3]); 4] = [
    ("operation", "city", [10.0, 10.0, 10.0]),
    ("tuition", "city", [10.0, 10.0, 10.0]),
    ("income_tax", "state", [-100.0, -100.0, -100.0]),
    ("value_added", "private", [-500.0, -500.0, -500.0]),
];
/// Net jobs in the city in three years, in turn over [`REPLICATIONS`].
const SURE: [[f64; 3]; 3] = [[2.0, 4.0, 6.0], [2.0, 4.0, 8.0], [2.0, 4.0, 10.0]];
const UNSURE: [[f64; 3]; 3] = [[0.0, 0.0, -1.0], [0.0, 0.0, 0.0], [0.0, 0.0, 2.0]];

/// What public payers pay: construction, operation, the grant and the wage subsidy.
const COST: f64 = 100.0 + 48.8 + 16.0 + 32.0;
/// Discounted net job-years of `sure`.
const YEARS: f64 = 2.0 + 3.2 + 5.12;

/// As many as tell that a cost that is the same in all of them is set.
const REPLICATIONS: u32 = 12;

/// The baseline, `sure` and `unsure`, which differ in jobs alone, and `same`, equal to the baseline.
struct ByHand;

fn series(table: Table, name: &'static str, place: &str) -> Series {
    Series { table, name, place: place.to_owned(), unit: "", whole: true }
}

impl Engine for ByHand {
    type Workspace = ();
    type Error = Infallible;

    fn layouts(&self) -> Vec<Layout> {
        let cash = CASH.iter().map(|(item, payer, _)| series(Table::Cash, item, payer));
        let layout = |policy: &str| {
            let mut all = vec![series(Table::Metric, "jobs", "city")];
            if policy != "baseline" {
                all.push(series(Table::Additionality, "net_city", "jobs"));
            }
            all.extend(cash.clone());
            Layout { policy: policy.to_owned(), years: fake::YEARS.to_vec(), series: all }
        };
        ["baseline", "sure", "unsure", "same"].map(layout).to_vec()
    }

    fn workspace(&self) {}

    fn simulate(&self, replication: u32, (): &mut ()) -> Result<Vec<Vec<f64>>, Infallible> {
        let place = usize::try_from(replication).unwrap() % SURE.len();
        let base = |(item, payer, _): (&str, &str, [f64; 3])| {
            let found = BASELINE.iter().find(|(other, by, _)| (*other, *by) == (item, payer));
            found.map_or([0.0; 3], |(_, _, flows)| *flows)
        };
        let of = |jobs: Option<[f64; 3]>, changed: bool| {
            let cash = CASH.map(|row| if changed { row.2 } else { base(row) });
            let jobs = [Some([100.0; 3]), jobs].into_iter().flatten();
            jobs.chain(cash).flatten().collect::<Vec<f64>>()
        };
        Ok(vec![
            of(None, false),
            of(Some(SURE[place]), true),
            of(Some(UNSURE[place]), true),
            of(Some([0.0; 3]), false),
        ])
    }

    fn events(&self, _: usize, _: u32, (): &mut ()) -> Result<Vec<EventRow>, Infallible> {
        Ok(Vec::new())
    }

    fn notes(&self) -> Vec<Note> {
        Vec::new()
    }
}

/// A quarter a year: factors of 1, 0.8 and 0.64.
fn scenario() -> Scenario {
    let parameter = ParameterValue {
        taken_over: false,
        survey: None,
        value: 0.25,
        low: 0.25,
        high: 0.25,
        distribution: Distribution::Fixed,
        evidence: Evidence::Judgement,
        source: String::new(),
        note: String::new(),
        free: false,
    };
    let scenario = fake::scenario(&["baseline", "sure", "unsure", "same"], REPLICATIONS);
    let parameters = vec![parameter; scenario.register.len()];
    Scenario { parameters, ..scenario }
}

/// Mean, ends of the interval and note by policy, item and payer.
type Rows = BTreeMap<(String, String, String), (Option<f64>, [Option<f64>; 2], String)>;

fn appraised() -> Rows {
    let folder = tempfile::tempdir().unwrap();
    let line = ["run", "--quiet", "--output", folder.path().to_str().unwrap()];
    let command = Arguments::augment_args(clap::Command::new("run"));
    let arguments =
        Arguments::from_arg_matches(&command.try_get_matches_from(line).unwrap()).unwrap();
    run::run(&scenario(), &arguments, |_: &Scenario| ByHand, &AtomicBool::new(false)).unwrap();
    let mut table = csv::Reader::from_path(folder.path().join("cost_benefit.csv")).unwrap();
    let row = |record: csv::StringRecord| {
        let number = |place: usize| record[place].parse::<f64>().ok();
        let key = (record[0].to_owned(), record[2].to_owned(), record[3].to_owned());
        (key, (number(5), [number(7), number(8)], record[12].to_owned()))
    };
    table.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn accounts_are_what_they_are_by_hand_and_never_mixed() {
    let rows = appraised();
    let mean = |item: &str, payer: &str| {
        rows[&("sure".to_owned(), item.to_owned(), payer.to_owned())].0.unwrap()
    };
    for (item, payer, expected) in [
        ("construction", "city", 100.0),
        ("construction", "private", 40.0),
        ("operation", "city", 20.0 + 16.0 + 12.8),
        ("grants", "state", 16.0),
        ("rents", "city", -8.0),
        ("income_tax", "state", -3.2),
        ("residual_value", "city", -38.4),
        ("value_added", "private", -121.6),
        ("value_added_elsewhere", "private", 64.0),
        // Resources and transfers of public payers; receipts and what they hold at the horizon.
        ("fiscal_cost", "all", COST),
        ("fiscal_return", "all", 8.0 + 3.2 + 16.0 + 38.4),
        ("fiscal_net_present_value", "all", 65.6 - COST),
        ("fiscal_benefit_cost_ratio", "all", 65.6 / COST),
        // All that is paid, whoever pays, and the excess burden; value added and what is left, and
        // the transfer once more. Taxes and rents cancel.
        ("economic_cost", "all", COST + 40.0 + 5.0),
        ("economic_benefit", "all", 57.6 + 38.4 + 16.0 + 32.0),
        ("transfers_received", "all", 32.0),
        ("economic_net_present_value", "all", 112.0 - (100.0 + 40.0 + 48.8 + 16.0 + 5.0)),
        ("economic_benefit_cost_ratio", "all", 144.0 / (COST + 45.0)),
        ("net_job_years", "all", 14.0),
        ("discounted_net_job_years", "all", YEARS),
        ("cost_per_net_job_year", "all", COST / YEARS),
        ("cost_per_net_job_last_year", "all", COST / 8.0),
    ] {
        let found = mean(item, payer);
        assert!((found - expected).abs() < 1e-9, "{item} of {payer}: {found}, not {expected}");
    }
}

/// With a cost that does not vary, Fieller's interval is the cost over the ends of the interval of
/// jobs: 14 or 8, and 2.2010 standard errors to each side; eight of twelve lie 2 off the mean.
#[test]
fn ratios_have_fiellers_interval_or_a_note() {
    let rows = appraised();
    let of = |policy: &str, item: &str| {
        rows[&(policy.to_owned(), item.to_owned(), "all".to_owned())].clone()
    };
    let half = 2.200_985_160_082_949 * (8.0 * 4.0 / 11.0 / f64::from(REPLICATIONS)).sqrt();
    for (item, jobs, factor) in
        [("cost_per_net_job_year", YEARS, 0.64), ("cost_per_net_job_last_year", 8.0, 1.0)]
    {
        let (_, [low, high], note) = of("sure", item);
        assert!((low.unwrap() - COST / (jobs + factor * half)).abs() < 1e-9, "{low:?}");
        assert!((high.unwrap() - COST / (jobs - factor * half)).abs() < 1e-9, "{high:?}");
        assert_eq!(note, "");
        // The ratio is there all the same: what is shown does not depend on how it came out.
        let (ratio, ends, note) = of("unsure", item);
        assert!(ratio.is_some());
        assert_eq!(ends, [None, None]);
        assert!(note.contains("denominator contains 0"), "{note}");
        let (ratio, _, note) = of("same", item);
        assert_eq!((ratio, note.as_str()), (None, "the mean of the denominator is 0"));
    }
    assert!(of("sure", "fiscal_benefit_cost_ratio").2.contains("do not repay the cost"));
}

/// Discounted before it is subtracted, 10 + 8 + 6.4 − 10 − 8 − 6.4 is −1.8e-15.
#[test]
fn what_both_worlds_book_alike_is_exactly_zero() {
    let rows = appraised();
    let of = |policy: &str, item: &str, payer: &str| {
        let (mean, ends, _) = &rows[&(policy.to_owned(), item.to_owned(), payer.to_owned())];
        (*mean, *ends)
    };
    let nothing = (Some(0.0), [Some(0.0); 2]);
    for (policy, item, payer) in [
        ("sure", "tuition", "city"),
        ("same", "operation", "city"),
        ("same", "tuition", "city"),
        ("same", "income_tax", "state"),
        ("same", "value_added", "private"),
        ("same", "fiscal_cost", "all"),
        ("same", "fiscal_net_present_value", "all"),
        ("same", "economic_net_present_value", "all"),
    ] {
        assert_eq!(of(policy, item, payer), nothing, "{item} of {policy}");
    }
    // What neither ever books has no row; with a cost of nothing there is no ratio.
    assert!(!rows.contains_key(&("same".to_owned(), "grants".to_owned(), "state".to_owned())));
    assert_eq!(of("same", "fiscal_benefit_cost_ratio", "all"), (None, [None; 2]));
}
