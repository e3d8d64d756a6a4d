//! What a run writes: whole tables with the same bytes whoever makes them, or none.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

use clap::Args;
use clap::FromArgMatches;
use tempfile::TempDir;
use yangjae::analysis::additionality::Note;
use yangjae::analysis::layout::Layout;
use yangjae::commands::run;
use yangjae::commands::run::Arguments;
use yangjae::commands::run::error::RunError;
use yangjae::pipeline::engine::Engine;
use yangjae::report::tables::events::EventRow;

use crate::fake::Fake;
use crate::fake::scenario;

const ALL: [&str; 4] = ["baseline", "same", "more", "no-hub"];

fn arguments(output: &Path, more: &[&str]) -> Arguments {
    let output = ["run", "--quiet", "--output", output.to_str().unwrap()];
    let command = Arguments::augment_args(clap::Command::new("run"));
    let matches = command.try_get_matches_from(output.iter().chain(more)).unwrap();
    Arguments::from_arg_matches(&matches).unwrap()
}

fn run_into(folder: &Path, replications: u32, more: &[&str]) -> Result<u32, RunError> {
    let stop = AtomicBool::new(false);
    run::run(&scenario(&ALL, replications), &arguments(folder, more), Fake::of, &stop)
}

fn run_in_new_folder(replications: u32, more: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    run_into(folder.path(), replications, more).unwrap();
    folder
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

fn all_files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

fn names(folder: &Path) -> Vec<String> {
    let files = all_files(folder);
    let top = files.keys().filter(|path| path.components().count() == 1);
    top.map(|path| path.display().to_string()).collect()
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let asked = ["--replication-csv", "--events", "2"];
    let one = run_in_new_folder(300, &[&asked[..], &["--threads", "1"]].concat());
    let three = run_in_new_folder(300, &[&asked[..], &["--threads", "3"]].concat());
    assert_eq!(all_files(one.path()), all_files(three.path()));
    assert_eq!(
        names(one.path()),
        [
            ".yangjae-lock",
            "additionality.csv",
            "assumptions.csv",
            "cash.csv",
            "comparison.csv",
            "cost_benefit.csv",
            "dictionary.csv",
            "draws.csv",
            "events.csv",
            "explore.html",
            "levers.csv",
            "manifest.json",
            "outcomes.csv",
            "pairs.csv",
            "replications.csv",
            "report.html",
            "sensitivity.csv",
            "workbook.xlsx",
            "yearly.csv"
        ]
    );
}

#[test]
fn a_subset_of_policies_in_another_order_gives_the_same_rows() {
    let whole = run_in_new_folder(30, &[]);
    let part = run_in_new_folder(30, &["--policy", "no-hub", "--policy", "more"]);
    for table in ["yearly.csv", "comparison.csv", "additionality.csv"] {
        let whole = read(whole.path(), table);
        let part = read(part.path(), table);
        let kept: Vec<&str> = whole.lines().filter(|line| !line.starts_with("same,")).collect();
        assert_eq!(kept, part.lines().collect::<Vec<_>>(), "{table}");
    }

    let folder = tempfile::tempdir().unwrap();
    let turned = scenario(&["more", "baseline", "no-hub"], 30);
    let stop = AtomicBool::new(false);
    run::run(&turned, &arguments(folder.path(), &[]), Fake::of, &stop).unwrap();
    let sorted = |folder: &Path| {
        let mut lines: Vec<String> =
            read(folder, "comparison.csv").lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(folder.path()), sorted(part.path()));
}

#[test]
fn twice_the_replications_leave_the_first_as_they_were() {
    let short = run_in_new_folder(20, &["--replication-csv"]);
    let long = run_in_new_folder(20, &["--replication-csv", "--replications", "40"]);
    let short = read(short.path(), "replications.csv");
    let long = read(long.path(), "replications.csv");
    let first = |line: &&str| {
        let replication = line.split(',').nth(1).unwrap();
        replication.parse::<u32>().map_or(true, |replication| replication < 20)
    };
    assert_eq!(short.lines().collect::<Vec<_>>(), long.lines().filter(first).collect::<Vec<_>>());
    assert!(long.lines().count() > short.lines().count());
}

#[test]
fn equal_policies_differ_by_exactly_nothing() {
    let folder = run_in_new_folder(25, &[]);
    let text = read(folder.path(), "comparison.csv");
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("same,")).collect();
    assert_eq!(rows.len(), 5 * 3);
    for row in rows {
        assert!(row.ends_with(",25,0,0,0,0,0,0,0,0,0.5"), "{row}");
    }
    assert!(!text.contains("\nbaseline,baseline,"));
}

#[test]
fn a_facility_that_is_not_there_has_nobody_and_no_ratio() {
    let folder = run_in_new_folder(5, &[]);
    let text = read(folder.path(), "comparison.csv");
    let of = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!(of("no-hub,baseline,hub,tenants,"), 3);
    assert_eq!(of("no-hub,baseline,hub,occupancy,"), 0);
    let row = text.lines().find(|line| line.starts_with("no-hub,baseline,hub,tenants")).unwrap();
    assert!(row.split(',').nth(7).unwrap().starts_with('-') && row.ends_with(",0"), "{row}");
    assert_eq!(read(folder.path(), "yearly.csv").matches("\nno-hub,hub,").count(), 0);
}

#[test]
fn with_one_replication_the_spread_is_unknown() {
    let folder = run_in_new_folder(1, &["--policy", "more"]);
    for line in read(folder.path(), "yearly.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells[7..11], ["", "", "", ""], "{line}");
        assert!(!cells[6].is_empty() && !cells[13].is_empty(), "{line}");
    }
}

#[test]
fn a_term_without_meaning_is_empty_and_says_so() {
    let folder = run_in_new_folder(4, &[]);
    let text = read(folder.path(), "additionality.csv");
    assert!(text.contains(
        "no-hub,baseline,jobs,gross,2024,,,,,,,,no meaning for this policy; roles swapped\n"
    ));
    assert!(text.contains("\nmore,baseline,investment,gross,2024,,,,,,,,no meaning"));
    assert!(
        text.contains("\nmore,baseline,investment,induced_services,2024,,,,,,,,only of jobs\n")
    );
    assert!(text.contains("\nmore,baseline,jobs,net_city,2024,"));
    assert_eq!(text.lines().count(), 1 + 3 * 2 * 15 * 3);
}

#[test]
fn the_tables_of_a_small_run_are_known() {
    let folder = run_in_new_folder(3, &["--policy", "more"]);
    let some = |name: &str, start: &str| -> String {
        let text = read(folder.path(), name);
        let rows = text.lines().enumerate();
        let rows = rows.filter(|(number, line)| *number == 0 || line.starts_with(start));
        rows.flat_map(|(_, line)| [line, "\n"]).collect()
    };
    insta::assert_snapshot!(some("yearly.csv", "baseline,district,"), @r"
    policy,place,metric,unit,year,replications,mean,sd,se,ci_low,ci_high,p05,p25,p50,p75,p95
    baseline,district,jobs,persons,2024,3,5247.333333333333,202.89488247201638,117.14141501241613,4743.314504263446,5751.35216240322,5050.8,5162,5301,5359.5,5406.3
    baseline,district,jobs,persons,2025,3,5300.333333333333,113.86980869981882,65.74276470541159,5017.465047312317,5583.201619354349,5206.2,5239,5280,5351.5,5408.7
    baseline,district,jobs,persons,2026,3,5528.333333333333,416.1398002274396,240.25842568182932,4494.584762228102,6562.081904438564,5228.9,5292.5,5372,5686,5937.2
    baseline,district,rent,KRW m/m2,2024,3,0.5353333333333333,0.028984983210288032,0.016734487858916576,0.46333064346620667,0.60733602320046,0.5072571428571429,0.5231428571428571,0.543,0.5513571428571429,0.5580428571428572
    baseline,district,rent,KRW m/m2,2025,3,0.5286190476190477,0.016267115528545546,0.009391823529344513,0.4882092924731882,0.5690288027649071,0.5151714285714286,0.5198571428571428,0.5257142857142857,0.5359285714285714,0.5441
    baseline,district,rent,KRW m/m2,2026,3,0.5469047619047619,0.059448542889634234,0.03432263224026134,0.39922639460401455,0.6945831292055092,0.5041285714285715,0.5132142857142857,0.5245714285714286,0.5694285714285714,0.6053142857142857
    ");
    insta::assert_snapshot!(some("comparison.csv", "more,baseline,city"), @r"
    policy,baseline,place,metric,unit,year,replications,difference,sd,se,ci_low,ci_high,p05,p50,p95,probability_higher
    more,baseline,city,jobs,persons,2024,3,123.33333333333333,101.65792312128619,58.692229279332864,-129.19894719046954,375.8656138571362,24.9,150,203.1,1
    more,baseline,city,jobs,persons,2025,3,200,56.66568626602876,32.715949219506584,59.2346317843452,340.7653682156548,153.1,190,253.89999999999998,1
    more,baseline,city,jobs,persons,2026,3,364,208.25945356693896,120.23865157815658,-153.34516243414998,881.34516243415,214,286,568.5999999999999,1
    ");
}

#[test]
fn the_manifest_lists_everything_that_bears_on_results() {
    let folder = run_in_new_folder(6, &["--policy", "more", "--seed", "9"]);
    let text = read(folder.path(), "manifest.json");
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(manifest["seed"], 9);
    assert_eq!(manifest["replications"], 6);
    assert_eq!(manifest["policies"], serde_json::json!(["baseline", "more"]));
    assert_eq!(manifest["shard"], serde_json::Value::Null);
    for file in manifest["files"].as_array().unwrap() {
        let bytes = fs::read(folder.path().join(file["file"].as_str().unwrap())).unwrap();
        let digest = yangjae::experiment::fingerprint::Fingerprint::of(&bytes);
        assert_eq!(file["sha256"], digest.to_string());
    }
    assert_eq!(read(folder.path(), "blocks/inputs/policies/baseline.toml"), "#");
}

#[test]
fn a_finished_run_is_replaced_only_by_force_and_leaves_no_old_table() {
    let folder = run_in_new_folder(3, &["--events", "1"]);
    let error = run_into(folder.path(), 3, &[]).unwrap_err();
    assert_eq!(error.status(), 2);
    assert!(error.to_string().contains("add `--force` to replace it"), "{error}");
    run_into(folder.path(), 3, &["--force"]).unwrap();
    assert!(!names(folder.path()).contains(&"events.csv".to_owned()));
}

#[test]
fn an_unknown_policy_is_refused_with_those_that_are_known() {
    let folder = tempfile::tempdir().unwrap();
    let error = run_into(folder.path(), 3, &["--policy", "mroe"]).unwrap_err();
    assert_eq!(error.status(), 2);
    assert_eq!(
        error.to_string(),
        "the scenario `fake` has no policy `mroe`; it has baseline, same, more, no-hub"
    );
}

/// Breaks off, or is interrupted, in one replication.
struct Broken<'a> {
    fake: Fake,
    at: u32,
    stop: Option<&'a AtomicBool>,
}

#[derive(Debug, thiserror::Error)]
#[error("policy `more`, replication {0}: the accounts of 2025 do not close")]
struct DoNotClose(u32);

impl From<Infallible> for DoNotClose {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl Engine for Broken<'_> {
    type Workspace = ();
    type Error = DoNotClose;

    fn layouts(&self) -> Vec<Layout> {
        self.fake.layouts()
    }

    fn workspace(&self) {}

    fn simulate(&self, replication: u32, (): &mut ()) -> Result<Vec<Vec<f64>>, DoNotClose> {
        match (self.stop, replication == self.at) {
            (Some(stop), true) => stop.store(true, Ordering::Relaxed),
            (None, true) => return Err(DoNotClose(replication)),
            (_, false) => {}
        }
        Ok(self.fake.values(replication))
    }

    fn events(
        &self,
        policy: usize,
        replication: u32,
        (): &mut (),
    ) -> Result<Vec<EventRow>, DoNotClose> {
        Ok(self.fake.events(policy, replication, &mut ())?)
    }

    fn notes(&self) -> Vec<Note> {
        Vec::new()
    }
}

#[test]
fn a_run_that_fails_or_is_interrupted_leaves_no_table_and_the_next_goes_through() {
    let folder = tempfile::tempdir().unwrap();
    let of_three = scenario(&ALL[..3], 50);
    let arguments = arguments(folder.path(), &["--threads", "2"]);

    let stop = AtomicBool::new(false);
    let broken = |scenario: &_| Broken { fake: Fake::of(scenario), at: 30, stop: None };
    let error = run::run(&of_three, &arguments, broken, &stop).unwrap_err();
    assert_eq!(error.status(), 1);
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "policy `more`, replication 30: the accounts of 2025 do not close");
    assert_eq!(names(folder.path()), [".yangjae-lock"]);

    let broken = |scenario: &_| Broken { fake: Fake::of(scenario), at: 30, stop: Some(&stop) };
    let error = run::run(&of_three, &arguments, broken, &stop).unwrap_err();
    assert_eq!(error.status(), 2);
    assert!(error.to_string().contains("add `--resume` to go on with it"), "{error}");
    let resume = Arguments { resume: true, ..arguments };
    let broken = |scenario: &_| Broken { fake: Fake::of(scenario), at: 35, stop: Some(&stop) };
    let error = run::run(&of_three, &resume, broken, &stop).unwrap_err();
    assert_eq!(error.status(), 130);
    assert!(error.to_string().contains("with `--resume` goes on"), "{error}");
    assert_eq!(names(folder.path()), [".yangjae-lock"]);
    assert!(folder.path().join("blocks").join("block-0000000.yjb").exists());

    let stop = AtomicBool::new(false);
    run::run(&of_three, &resume, Fake::of, &stop).unwrap();
    let undisturbed = tempfile::tempdir().unwrap();
    let arguments = Arguments {
        output: Some(undisturbed.path().to_owned()),
        threads: NonZeroUsize::new(1),
        resume: false,
        ..resume
    };
    run::run(&of_three, &arguments, Fake::of, &stop).unwrap();
    assert_eq!(all_files(folder.path()), all_files(undisturbed.path()));
}

#[test]
fn public_cost_and_receipts_are_the_sums_of_their_items() {
    let folder = crate::fixture::Folder::new();
    let output = tempfile::tempdir().unwrap();
    let said = crate::program::yangjae()
        .arg("run")
        .arg(&folder.path)
        .args(["--replications", "1", "--until", "2021", "--quiet", "--output"])
        .arg(output.path())
        .output()
        .unwrap();
    assert!(said.status.success());
    // With one replication means are whole numbers, so that sums are exact.
    let mut sums: BTreeMap<(String, &str, String), f64> = BTreeMap::new();
    for line in read(output.path(), "cash.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (item, payer, mean) = (cells[1], cells[2], cells[6].parse::<f64>().unwrap());
        let metric = match item {
            "fund_proceeds" | "rents" | "acquisition_tax" | "property_tax" | "income_tax"
            | "local_income_tax" | "corporate_tax" => "public_receipts",
            "residual_value"
            | "unfinished_teaching"
            | "fund_stake"
            | "taxes_elsewhere"
            | "value_added"
            | "value_added_elsewhere"
            | "excess_burden" => continue,
            _ => "public_cost",
        };
        let signed = if metric == "public_cost" { mean } else { -mean };
        if payer != "private" {
            let of = (cells[0].to_owned(), metric, cells[4].to_owned());
            *sums.entry(of).or_default() += signed;
        }
    }
    let yearly = read(output.path(), "yearly.csv");
    let mut compared = 0;
    for line in yearly.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let metric = cells[2];
        if cells[1] == "city" && (metric == "public_cost" || metric == "public_receipts") {
            let metric = if metric == "public_cost" { "public_cost" } else { "public_receipts" };
            let of = (cells[0].to_owned(), metric, cells[4].to_owned());
            let sum = sums.get(&of).copied().unwrap_or(0.0);
            assert!((cells[6].parse::<f64>().unwrap() - sum).abs() < 1e-9, "{line}: {sum}");
            compared += i32::from(sum != 0.0);
        }
    }
    // Three policies, four years; the baseline has receipts alone.
    assert_eq!(compared, 3 * 4 * 2 - 4);
}

#[test]
fn an_area_without_a_limit_has_a_rent_and_no_occupancy() {
    let scenario = crate::fixture::Folder::new();
    for space in ["floor_space = 350000 ", "floor_space = 120000"] {
        scenario.change("district.toml", space, "floor_space = \"unlimited\" ");
    }
    let output = tempfile::tempdir().unwrap();
    let said = crate::program::yangjae()
        .arg("run")
        .arg(&scenario.path)
        .args(["--replications", "1", "--until", "2018", "--policy", "baseline", "--quiet"])
        .arg("--output")
        .arg(output.path())
        .output()
        .unwrap();
    assert!(said.status.success());
    let yearly = read(output.path(), "yearly.csv");
    let of = |place: &str, metric: &str| -> f64 {
        let start = format!("baseline,{place},{metric},");
        let line = yearly.lines().find(|line| line.starts_with(&start)).unwrap();
        line.split(',').nth(6).unwrap().parse().unwrap()
    };
    // Nothing is scarce, so rents stay as they are.
    assert!((of("special-zone", "rent") - 0.30).abs() < 1e-12);
    assert!((of("promotion-district", "rent") - 0.28).abs() < 1e-12);
    assert!((of("district", "rent") - 0.29).abs() < 1e-12);
    assert!(of("district", "occupancy").abs() < 1e-12);
}
