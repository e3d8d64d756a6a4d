//! Policies made from others: placebos, sizes of equal cost, and the split among packages.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use assert_cmd::Command;
use yangjae::analysis::attribution::Game;
use yangjae::analysis::attribution::Measured;
use yangjae::analysis::attribution::Method;
use yangjae::analysis::attribution::Split;
use yangjae::analysis::equal_budget::equal_budget;
use yangjae::experiment::batch::Silent;
use yangjae::experiment::batch::Workers;
use yangjae::scenario::Policy;
use yangjae::scenario::Scenario;
use yangjae::scenario::package::packages;
use yangjae::scenario::package::with_packages;
use yangjae::scenario::variant;

use crate::fixture::Folder;

/// About forty firms, five years, a hub, a zone, homes, and courses that nobody attends.
fn small() -> Folder {
    let folder = Folder::new();
    for (find, replace) in
        [("count = 120", "count = 25"), ("count = 40", "count = 9"), ("count = 600", "count = 60")]
    {
        folder.change("district.toml", find, replace);
    }
    folder.change("scenario.toml", "last_year = 2030", "last_year = 2026");
    folder.write("policies/twin.toml", "extends = \"baseline\"\n");
    folder.write(
        "policies/plan.toml",
        r#"extends = "hub-and-zone"
[levers.homes]
kind = "homes"
from = 2019-01-01
opening = 2020-01-01
payer = "city"
source = "x"
construction = 8000
land = 4000
operation = 100
units = 40
rent = 6
[levers.nobody]
kind = "programme"
from = 2019-01-01
payer = "city"
source = "x"
degree = "master"
intake = 0
length = 2
new_share = 1.0
linkage = false
tuition = 20
"#,
    );
    folder
}

fn load(folder: &Folder) -> Scenario {
    let few = [("founder_rate".to_owned(), "30".to_owned())];
    Scenario::loader(&folder.path).set_all(&few).load().unwrap()
}

fn policy<'s>(scenario: &'s Scenario, name: &str) -> &'s Policy {
    scenario.policies.iter().find(|policy| policy.name == name).unwrap()
}

fn with_threads<T>(threads: usize, work: impl FnOnce(&Workers<'_>) -> T) -> T {
    let stop = AtomicBool::new(false);
    work(&Workers::start(NonZeroUsize::new(threads), &stop).unwrap())
}

fn yangjae(arguments: &[&str]) -> (i32, String) {
    let output = Command::cargo_bin("yangjae").unwrap().args(arguments).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// The records of a table, each by its header.
fn records(folder: &Path, table: &str) -> Vec<BTreeMap<String, String>> {
    let mut table = csv::Reader::from_path(folder.join(table)).unwrap();
    table.deserialize().map(|record| record.unwrap()).collect()
}

#[test]
fn a_placebo_is_the_baseline_with_the_new_levers_standing_idle() {
    let scenario = load(&small());
    let with = variant::with_placebos(&scenario).unwrap();
    let names: Vec<&str> = with.policies.iter().map(|policy| policy.name.as_str()).collect();
    let expected = [
        "baseline",
        "hub",
        "hub-placebo",
        "hub-and-zone",
        "hub-and-zone-placebo",
        "plan",
        "plan-placebo",
        "twin",
    ];
    assert_eq!(names, expected);
    let placebo = policy(&with, "plan-placebo");
    assert!(placebo.is_placebo() && !policy(&with, "plan").is_placebo());
    assert_eq!(placebo.plan, policy(&with, "plan").plan);
    assert_eq!(placebo.inert.count_ones(), 4);
    // The baseline of another scenario has the hub: what is not new keeps its effect.
    let hub = policy(&with, "hub");
    let of_plan = variant::placebo(policy(&with, "hub-and-zone"), hub).unwrap();
    assert_eq!(of_plan.plan.facilities, hub.plan.facilities);
    assert_eq!(of_plan.inert.count_ones(), 1);
    assert_eq!(variant::placebo(hub, hub), None);
}

#[test]
fn a_run_with_placebos_lists_each_after_its_policy_and_moves_no_other_number() {
    let folder = small();
    // A zone alone: without effect it changes nothing, so every flow of its placebo is 0.
    folder.write("policies/zone.toml", "extends = \"hub-and-zone\"\nremove = [\"hub\"]\n");
    let outputs = tempfile::tempdir().unwrap();
    let run = |name: &str, more: &[&str]| {
        let output = outputs.path().join(name);
        let path = folder.path.to_str().unwrap();
        let common = ["run", path, "--replications", "6", "--quiet", "--policy", "hub"];
        let rest = ["--policy", "zone", "--set", "founder_rate=30", "--output"];
        let output_text = output.to_str().unwrap();
        let (status, error) = yangjae(&[&common[..], &rest[..], &[output_text], more].concat());
        assert_eq!(status, 0, "{error}");
        output
    };
    let (plain, with) = (run("plain", &[]), run("with", &["--placebo", "--threads", "2"]));
    let one = run("one", &["--placebo", "--threads", "1"]);
    for table in ["yearly.csv", "comparison.csv", "additionality.csv", "cost_benefit.csv"] {
        let text = |folder: &Path| fs::read_to_string(folder.join(table)).unwrap();
        assert_eq!(text(&with), text(&one), "{table}");
        let own = |line: &&str| !line.contains("-placebo,");
        let kept: Vec<String> = text(&with).lines().filter(own).map(str::to_owned).collect();
        assert_eq!(kept, text(&plain).lines().collect::<Vec<_>>(), "{table}");
    }
    let mut order: Vec<String> =
        records(&with, "additionality.csv").iter().map(|row| row["policy"].clone()).collect();
    order.dedup();
    assert_eq!(order, ["hub", "hub-placebo", "zone", "zone-placebo"]);
    for row in records(&with, "additionality.csv") {
        if row["policy"] == "zone-placebo" {
            assert!(row["note"].contains("placebo"), "{}", row["note"]);
            assert!(
                row["mean"].is_empty()
                    || row["term"] == "gross"
                    || row["term"] == "deadweight"
                    || row["mean"] == "0",
                "{row:?}"
            );
        }
    }
    let manifest = fs::read_to_string(with.join("manifest.json")).unwrap();
    assert!(manifest.contains("\"placebo\": true") && manifest.contains("\"hub-placebo\""));
}

#[test]
fn a_policy_with_the_name_of_a_placebo_is_refused() {
    let folder = small();
    folder.write("policies/hub-placebo.toml", "extends = \"hub\"\n");
    let (status, error) = yangjae(&["run", folder.path.to_str().unwrap(), "--placebo"]);
    assert_eq!(status, 2);
    assert!(error.contains("give policies/hub-placebo.toml another name"), "{error}");
}

#[test]
fn policies_of_equal_budget_cost_the_same_in_the_pilot() {
    let folder = small();
    folder.change(
        "scenario.toml",
        "policies = [\"baseline\", \"hub\", \"hub-and-zone\"]",
        "policies = [\"baseline\", \"hub\", \"plan\", \"zone\"]",
    );
    folder.write("policies/zone.toml", "extends = \"hub-and-zone\"\nremove = [\"hub\"]\n");
    let scenario = load(&folder);
    let find = |threads, names: &[&str]| {
        with_threads(threads, |workers| equal_budget(&scenario, names, workers, &Silent).unwrap())
    };
    let found = find(2, &["plan", "zone", "twin"]);
    assert_eq!(found.reference, "hub");
    let of = |name: &str| found.policies.iter().find(|policy| policy.policy == name).unwrap();
    let off = |name: &str| (of(name).after.mean / found.budget - 1.0).abs();
    let is_as_written = |name: &str| (of(name).factor - 1.0).abs() < f64::EPSILON;
    assert!(is_as_written("hub") && off("hub") < f64::EPSILON);
    assert!(off("plan") < 0.01, "{:?}", of("plan"));
    assert!(of("plan").before.mean > found.budget && of("plan").factor < 1.0);
    assert_eq!(of("plan").without_size, ["zone"]);
    for name in ["zone", "twin"] {
        assert!(is_as_written(name) && of(name).note.starts_with("not scaled"));
    }
    // As written and as run are the same.
    let baseline = &scenario.policies[scenario.baseline];
    let plan = variant::scaled(policy(&scenario, "plan"), baseline, of("plan").factor);
    let homes = plan.written.iter().find(|lever| lever.name == "homes").unwrap();
    let units = homes.settings.iter().find(|setting| setting.name == "units").unwrap();
    assert_eq!(units.value, plan.plan.homes[0].units.to_string());
    assert!(plan.plan.homes[0].units < 40);
    // Neither threads nor other policies move a factor.
    assert_eq!(find(1, &["plan"]).policies[1], *of("plan"));
}

#[test]
fn a_budget_of_nothing_is_refused() {
    let folder = small();
    folder.change(
        "scenario.toml",
        "policies = [\"baseline\", \"hub\", \"hub-and-zone\"]",
        "policies = [\"baseline\", \"twin\"]",
    );
    let path = folder.path.to_str().unwrap();
    let output = tempfile::tempdir().unwrap();
    let output = output.path().to_str().unwrap();
    let (status, error) =
        yangjae(&["run", path, "--equal-budget", "--until", "2019", "--output", output]);
    assert_eq!(status, 2);
    assert!(error.contains("takes its budget from `twin`"), "{error}");
}

fn jobs(place: &str, year: u16) -> Measured {
    let place = place.to_owned();
    Measured { metric: "jobs", place, unit: "persons", whole: true, year }
}

fn split(scenario: &Scenario, name: &str, method: Method, threads: usize) -> Vec<Split> {
    split_with(scenario, name, method, false, threads)
}

fn split_with(
    scenario: &Scenario,
    name: &str,
    method: Method,
    synergy: bool,
    threads: usize,
) -> Vec<Split> {
    let policy = policy(scenario, name);
    let packages = packages(policy, &scenario.policies[scenario.baseline]);
    let game = Game { scenario, policy, packages: &packages, method, synergy };
    let measured = [jobs("city", 2026), jobs("district", 2025)];
    with_threads(threads, |workers| game.play(&measured, workers, &Silent).unwrap())
}

#[test]
fn packages_are_the_differences_and_together_make_the_policy() {
    let folder = small();
    folder.write("policies/other.toml", "extends = \"plan\"\nremove = [\"homes\"]\n[levers.hub]\nroom = 9\npackage = \"places\"\n[parameters]\nquit_rate = { plus = 0.1 }\n");
    let scenario = load(&folder);
    let (other, plan) = (policy(&scenario, "other"), policy(&scenario, "plan"));
    let found = packages(other, plan);
    let names: Vec<(&str, Vec<&str>)> = found
        .iter()
        .map(|own| (own.name.as_str(), own.levers.iter().map(String::as_str).collect()))
        .collect();
    let expected = [("homes", vec!["homes"]), ("parameters", vec![]), ("places", vec!["hub"])];
    assert_eq!(names, expected);
    let all = with_packages(other, plan, "all".to_owned(), &found);
    assert_eq!((&all.plan, &all.adjustments), (&other.plan, &other.adjustments));
    let none = with_packages(other, plan, "none".to_owned(), []);
    assert_eq!((&none.plan, &none.adjustments), (&plan.plan, &plan.adjustments));
    assert_eq!(packages(plan, plan), []);
}

#[test]
fn parts_add_up_a_package_without_effect_gets_nothing_and_threads_change_nothing() {
    let scenario = Scenario { replications: 5, ..load(&small()) };
    let splits = split(&scenario, "plan", Method::Exact, 1);
    assert_eq!(splits, split(&scenario, "plan", Method::Exact, 2));
    let mut some_effect = false;
    for split in &splits {
        // homes, hub, nobody, zone
        assert_eq!(split.parts.len(), 4);
        let sum: f64 = split.parts.iter().map(|part| part.shapley.mean).sum();
        assert!((sum - split.total.mean).abs() < 1e-9);
        let nobody = &split.parts[2];
        for estimate in [&nobody.shapley, &nobody.leave_one_out, &nobody.alone] {
            assert!(estimate.mean == 0.0 && estimate.se == Some(0.0));
        }
        let with_nobody = |pair: &&yangjae::analysis::attribution::Interaction| {
            pair.first == 2 || pair.second == 2
        };
        let pairs: Vec<_> = split.interactions.iter().filter(with_nobody).collect();
        assert_eq!((split.interactions.len(), pairs.len()), (6, 3));
        assert!(pairs.iter().all(|pair| pair.interaction.mean == 0.0));
        some_effect |= split.parts[1].shapley.mean != 0.0;
    }
    assert!(some_effect, "the hub changes nothing");
}

#[test]
fn pairs_are_the_same_whether_orders_are_sampled_or_not() {
    let scenario = Scenario { replications: 3, ..load(&small()) };
    let method = Method::Sampled { pairs: 2 };
    let exact = split(&scenario, "plan", Method::Exact, 2);
    let without = split(&scenario, "plan", method, 2);
    let sampled = split_with(&scenario, "plan", method, true, 2);
    for ((exact, without), sampled) in exact.iter().zip(&without).zip(&sampled) {
        assert_eq!((sampled.interactions.len(), &sampled.interactions), (6, &exact.interactions));
        // Nothing else is moved by them.
        assert_eq!((&sampled.parts, &sampled.total), (&without.parts, &without.total));
    }
}

#[test]
fn sampled_orders_agree_with_all_sets_within_their_error() {
    let scenario = Scenario { replications: 6, ..load(&small()) };
    let exact = split(&scenario, "plan", Method::Exact, 2);
    let sampled = split(&scenario, "plan", Method::Sampled { pairs: 4 }, 2);
    for (exact, sampled) in exact.iter().zip(&sampled) {
        assert_eq!(exact.total, sampled.total);
        assert_eq!(sampled.interactions, []);
        for (own, other) in exact.parts.iter().zip(&sampled.parts) {
            assert_eq!((&own.leave_one_out, &own.alone), (&other.leave_one_out, &other.alone));
            // The stated error of sampling, with 18 degrees of freedom or more: five of it.
            let error = other.sampling_se.unwrap();
            let off = (own.shapley.mean - other.shapley.mean).abs();
            assert!(off <= 5.0 * error + 1e-9, "{off} with an error of {error}");
        }
        let sum: f64 = sampled.parts.iter().map(|part| part.shapley.mean).sum();
        assert!((sum - sampled.total.mean).abs() < 1e-9);
    }
}

#[test]
fn attribute_writes_parts_that_add_up_to_the_last_digit() {
    let folder = small();
    let output = tempfile::tempdir().unwrap();
    let (path, out) = (folder.path.to_str().unwrap(), output.path().to_str().unwrap());
    let run = |more: &[&str]| {
        let common = ["attribute", "plan", "--scenario", path, "--replications", "3"];
        let rest = ["--set", "founder_rate=30", "--output", out, "--quiet"];
        yangjae(&[&common[..], &rest[..], more].concat())
    };
    assert_eq!(run(&["--metric", "jobs", "--metric", "rent", "--place", "special-zone"]).0, 0);
    let rows = records(output.path(), "attribution.csv");
    assert_eq!(rows.len(), 2 * 5);
    for metric in ["jobs", "rent"] {
        let tenths = |row: &BTreeMap<String, String>| -> i64 {
            row["shapley"].replace('.', "").parse().unwrap()
        };
        let of = |total: bool| -> i64 {
            let rows = rows.iter().filter(|row| row["metric"] == metric);
            rows.filter(|row| (row["package"] == "total") == total).map(tenths).sum()
        };
        assert_eq!(of(true), of(false), "{metric}");
    }
    assert_eq!(records(output.path(), "interactions.csv").len(), 2 * 6);
    let (status, error) = run(&[]);
    assert_eq!(status, 2);
    assert!(error.contains("add `--force` to replace it"), "{error}");
    let nothing = ["attribute", "twin", "--scenario", path, "--output", out];
    let (status, error) = yangjae(&nothing);
    assert_eq!(status, 2);
    assert!(error.contains("`twin` changes nothing"), "{error}");
    let (status, error) = run(&["--force", "--place", "hubb"]);
    assert_eq!(status, 2);
    assert!(error.contains("it is read in district, city"), "{error}");
}
