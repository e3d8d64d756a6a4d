//! What a user of results relies on: the same bytes on any number of threads and in any company,
//! and the same random draws under every policy.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use assert_cmd::Command;
use tempfile::TempDir;
use yangjae::analysis::study::Study;
use yangjae::analysis::study::Workspace;
use yangjae::analysis::study::policy::StudyPolicy;
use yangjae::model::setup::Case;
use yangjae::scenario::Policy;
use yangjae::scenario::Scenario;

use crate::fixture::Folder;

/// A scenario of about a hundred firms and eight years, with three policies that differ.
fn small() -> Folder {
    let folder = Folder::new();
    for (find, replace) in
        [("count = 120", "count = 25"), ("count = 40", "count = 9"), ("count = 600", "count = 60")]
    {
        folder.change("district.toml", find, replace);
    }
    folder.change("scenario.toml", "last_year = 2030", "last_year = 2025");
    folder.write("policies/twin.toml", "extends = \"baseline\"\n");
    folder
}

/// Runs a scenario and gives the folder of its results.
fn run(scenario: &Path, arguments: &[&str]) -> (TempDir, PathBuf) {
    let temporary = tempfile::tempdir().unwrap();
    let output = temporary.path().join("out");
    Command::cargo_bin("yangjae")
        .unwrap()
        .arg("run")
        .arg(scenario)
        .args(["--replications", "12", "--quiet", "--set", "founder_rate=30", "--output"])
        .arg(&output)
        .args(arguments)
        .assert()
        .success();
    (temporary, output)
}

fn table(output: &Path, file: &str) -> String {
    fs::read_to_string(output.join(file)).unwrap()
}

/// The lines of a table, without its header, that belong to these policies.
fn rows_of(text: &str, policies: &[&str]) -> BTreeSet<String> {
    let of = |line: &&str| policies.iter().any(|policy| line.starts_with(&format!("{policy},")));
    text.lines().skip(1).filter(of).map(str::to_owned).collect()
}

const TABLES: [&str; 3] = ["yearly.csv", "comparison.csv", "additionality.csv"];

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let folder = small();
    let (_one, first) = run(&folder.path, &["--threads", "1"]);
    let (_two, second) = run(&folder.path, &["--threads", "2"]);
    for file in TABLES.into_iter().chain(["manifest.json", "dictionary.csv", "levers.csv"]) {
        assert_eq!(table(&first, file), table(&second, file), "{file}");
    }
}

#[test]
fn rows_do_not_depend_on_which_other_policies_run_nor_on_their_order() {
    let folder = small();
    let (_all, all) = run(&folder.path, &[]);
    let (_some, some) = run(&folder.path, &["--policy", "hub-and-zone"]);
    folder.change(
        "scenario.toml",
        "policies = [\"baseline\", \"hub\", \"hub-and-zone\"]",
        "policies = [\"hub-and-zone\", \"twin\", \"hub\", \"baseline\"]",
    );
    let (_turned, turned) = run(&folder.path, &[]);
    for file in TABLES {
        let both = ["baseline", "hub-and-zone"];
        let expected = rows_of(&table(&all, file), &both);
        assert!(!expected.is_empty());
        assert_eq!(rows_of(&table(&some, file), &both), expected, "{file}: a subset");
        let every = ["baseline", "hub", "hub-and-zone", "twin"];
        let expected = rows_of(&table(&all, file), &every);
        assert_eq!(rows_of(&table(&turned, file), &every), expected, "{file}: another order");
    }
}

/// Adding a policy file to a scenario changes nothing in the results of the others.
#[test]
fn a_further_policy_file_moves_no_result() {
    let folder = small();
    let (_before, before) = run(&folder.path, &[]);
    // Its name and its lever's come first, so every later place in a list moves.
    folder.write(
        "policies/another.toml",
        "extends = \"hub\"\n[levers.hub]\nadmission = \"lottery\"\n[levers.a-grant]\n\
         kind = \"research-grant\"\nfrom = 2019-01-01\npayer = \"city\"\nsource = \"test\"\n\
         grants = 5\namount = 100\nlongest_age = 7\nselection = \"ranked\"\n",
    );
    let (_after, after) = run(&folder.path, &[]);
    let policies = ["baseline", "hub", "hub-and-zone", "twin"];
    for file in TABLES {
        let expected = rows_of(&table(&before, file), &policies);
        assert_eq!(rows_of(&table(&after, file), &policies), expected, "{file}");
    }
}

#[test]
fn a_policy_that_only_extends_the_baseline_differs_by_exactly_nothing() {
    let folder = small();
    let (_run, output) = run(&folder.path, &["--policy", "twin"]);
    let mut reader = csv::Reader::from_path(output.join("comparison.csv")).unwrap();
    let mut rows = 0;
    for record in reader.records() {
        let record = record.unwrap();
        for column in 7..15 {
            assert_eq!(&record[column], "0", "{record:?}");
        }
        assert_eq!(&record[15], "0.5", "{record:?}");
        rows += 1;
    }
    assert!(rows > 1000, "{rows} rows");
}

#[test]
fn more_replications_and_a_shorter_horizon_leave_the_others_as_they_were() {
    let folder = small();
    let (_few, few) = run(&folder.path, &["--replication-csv"]);
    let (_many, many) = run(&folder.path, &["--replication-csv", "--until", "2022"]);
    let long = table(&few, "replications.csv");
    let short = table(&many, "replications.csv");
    // The value of public buildings at the horizon is no metric; all metrics agree year by year.
    let kept: Vec<&str> = long
        .lines()
        .filter(|line| !line.contains(",2023,") && !line.contains(",2024,"))
        .filter(|line| !line.contains(",2025,"))
        .collect();
    assert_eq!(kept, short.lines().collect::<Vec<_>>());
    let temporary = tempfile::tempdir().unwrap();
    let output = temporary.path().join("out");
    Command::cargo_bin("yangjae")
        .unwrap()
        .arg("run")
        .arg(&folder.path)
        .args(["--replications", "24", "--quiet", "--replication-csv"])
        .args(["--set", "founder_rate=30", "--output"])
        .arg(&output)
        .assert()
        .success();
    let doubled = table(&output, "replications.csv");
    let first_half = |line: &&str| {
        let replication = line.split(',').nth(1).unwrap();
        replication.parse::<u32>().map_or(true, |replication| replication < 12)
    };
    let kept: Vec<&str> = doubled.lines().filter(first_half).collect();
    assert_eq!(kept, long.lines().collect::<Vec<_>>());
}

fn member(policy: &Policy) -> StudyPolicy {
    StudyPolicy {
        name: policy.name.clone(),
        case: Case { plan: policy.plan.clone(), inert: 0 },
        adjustments: policy.adjustments.clone(),
    }
}

fn study(scenario: &Scenario) -> Study {
    let baseline = &scenario.policies[scenario.baseline];
    let others = scenario.policies.iter().filter(|policy| policy.name != baseline.name);
    Study::new(scenario, others.map(member).collect(), member(baseline))
}

/// Policies start from the baseline's state of the year in which they first differ; simulated
/// from the first year instead, they give the same bits.
#[test]
fn a_policy_is_the_baseline_until_its_first_lever() {
    let folder = small();
    folder.change("policies/hub.toml", "from = 2018-01-01", "from = 2020-05-01");
    folder.change("policies/hub.toml", "opening = 2018-09-01", "opening = 2021-03-01");
    let scenario = folder.load().unwrap();
    let (shared, alone) = (study(&scenario), study(&scenario).without_shared_past());
    let layouts = shared.layouts();
    let (mut one, mut other) = (Workspace::default(), Workspace::default());
    for replication in 0..4 {
        let values = shared.replicate(replication, &mut one).unwrap();
        assert_eq!(values, alone.replicate(replication, &mut other).unwrap());
        let hub = layouts.iter().position(|layout| layout.policy == "hub").unwrap();
        let mut differs = false;
        for (series, spec) in layouts[hub].series.iter().enumerate() {
            let Some(base) = layouts[0].position(spec.table, spec.name, &spec.place) else {
                continue;
            };
            let years = layouts[0].years.len();
            for (index, year) in layouts[0].years.iter().enumerate() {
                let same = values[hub][series * years + index].to_bits()
                    == values[0][base * years + index].to_bits();
                assert!(same || *year >= 2020, "{} at {} in {year}", spec.name, spec.place);
                differs |= !same;
            }
        }
        assert!(differs, "the hub changes nothing");
    }
}

/// Replication k alone is replication k of a batch: a workspace carries nothing over.
#[test]
fn a_replication_alone_equals_itself_in_a_batch() {
    let scenario = small().load().unwrap();
    let study = study(&scenario);
    let mut used = Workspace::default();
    for replication in 0..3 {
        study.replicate(replication, &mut used).unwrap();
    }
    let mut fresh = Workspace::default();
    let again = study.replicate(3, &mut used).unwrap();
    assert_eq!(study.replicate(3, &mut fresh).unwrap(), again);
}

/// The ledger's sums are the sums over its log of events, kind by kind and place by place, in
/// every year; cash by payer is the sum over the log as well.
#[test]
fn the_sums_of_the_ledger_are_the_sums_over_its_events() {
    let scenario = small().load().unwrap();
    let study = study(&scenario);
    for policy in 0..study.layouts().len() {
        assert!(study.sums_agree_with_events(policy, 1).unwrap(), "{}", study.name(policy));
    }
}
