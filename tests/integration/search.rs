//! What a search has found is what its policy files do, whatever the threads and interruptions.

use std::collections::BTreeMap;
use std::fs;

use crate::program::Place;
use crate::program::number;
use crate::program::rows;

/// Every file that a search has written but its state and lock, by name.
fn written(place: &Place, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for within in ["", "policies"] {
        for entry in fs::read_dir(place.path(folder).join(within)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_file() && !name.starts_with('.') && name != "state.json" {
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

const SEARCH: &str = "search mine --until 2022 --budget-total hub-and-zone --beyond-evidence --aim net_jobs --quiet \
                      --replications 20";

#[test]
fn a_package_runs_as_it_is_told() {
    let place = Place::new();
    place.done(&format!("{SEARCH} --effort 900 --output out"));
    let archive = rows(&place, "out/archive.csv");
    assert!(!archive.is_empty());
    let on: Vec<_> = archive.iter().filter(|row| row["on_frontier"] == "yes").collect();
    assert!(on.iter().all(|row| row["over_budget"] == "no" && row["replications"] == "20"));
    let levers = rows(&place, "out/package_levers.csv");
    for row in &on {
        let of_package = levers.iter().filter(|lever| lever["package"] == row["package"]);
        assert!(of_package.count() > 0, "{row:?}");
    }
    // Its file in the folder of policies gives the same figures in the same replications.
    let last = on.last().unwrap();
    let name = &last["package"];
    fs::copy(
        place.path(&format!("out/policies/{name}.toml")),
        place.path(&format!("mine/policies/{name}.toml")),
    )
    .unwrap();
    place.done(&format!(
        "run mine --until 2022 --policy {name} --replications 120 --quiet --output run"
    ));
    let outcomes = rows(&place, "run/outcomes.csv");
    for (outcome, column) in [("net_jobs", "value"), ("public_cost_pv", "cost")] {
        let values: Vec<f64> = outcomes
            .iter()
            .filter(|row| row["outcome"] == outcome && row["policy"] == *name)
            .filter(|row| number(row, "replication") >= 100.0)
            .map(|row| number(row, "value"))
            .collect();
        assert_eq!(values.len(), 20);
        let mean = values.iter().sum::<f64>() / 20.0;
        assert!((mean - number(last, column)).abs() < 1e-6 * (1.0 + mean.abs()), "{outcome}");
    }
}

#[test]
fn the_same_is_found_on_any_threads_and_after_a_rest() {
    let place = Place::new();
    place.done(&format!("{SEARCH} --effort 1500 --threads 2 --output whole"));
    place.done(&format!("{SEARCH} --effort 1 --threads 1 --output parts"));
    let again = place.run(&format!("{SEARCH} --effort 1500 --output parts"));
    assert!(again.status == Some(2) && again.error.contains("--resume"), "{again:?}");
    let other = place.run(&format!("{SEARCH} --effort 1500 --output parts --resume --seed 5"));
    assert!(other.status == Some(2) && other.error.contains("another `--seed`"), "{other:?}");
    place.done(&format!("{SEARCH} --effort 1500 --threads 1 --output parts --resume"));
    let (whole, parts) = (written(&place, "whole"), written(&place, "parts"));
    assert!(whole.keys().eq(parts.keys()), "{:?} {:?}", whole.keys(), parts.keys());
    for (name, bytes) in &whole {
        assert!(parts[name] == *bytes, "{name}");
    }
    let again = place.run(&format!("{SEARCH} --effort 1500 --output parts --resume"));
    assert!(again.status == Some(0) && again.error.contains("is finished"), "{again:?}");
    place.done(&format!("{SEARCH} --effort 1 --output parts --force"));
}

/// Of few packages each is tried before a search ends, those that a small budget allows among them.
#[test]
fn few_packages_are_all_tried_and_a_small_budget_is_met() {
    let place = Place::new();
    let search = "search scenarios/toy --until 2028 --aim net_jobs --replications 20 --no-progress";
    let toy = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/toy");
    let search = search.replace("scenarios/toy", toy);
    let said = place.done(&format!("{search} --budget-total 3bn --effort 15000 --output out"));
    assert!(said.out.replace('\n', " ").contains("every package has been tried"), "{said:?}");
    let archive = rows(&place, "out/archive.csv");
    assert!(archive.len() >= 10, "{archive:?}");
    // A little more than the cheapest of them, which a first generation has not.
    let cost = |row: &BTreeMap<String, String>| number(row, "cost");
    let costs = archive.iter().map(&cost).filter(|cost| *cost > 0.0);
    let budget = 1.02 * costs.fold(f64::MAX, f64::min) / 1_000.0;
    place.done(&format!("{search} --budget-total {budget}bn --effort 15000 --output small"));
    assert!(!rows(&place, "small/archive.csv").is_empty());
    // As much as a policy spends is what that policy itself spends, by chance or not.
    place.done(&format!("{search} --budget hub/year --effort 15000 --output hub"));
    let highest = rows(&place, "hub/archive.csv").iter().map(cost).fold(0.0, f64::max);
    place.done(&format!("run {toy} --until 2028 --replications 120 --quiet --output run"));
    let outcomes = rows(&place, "run/outcomes.csv");
    let fresh = outcomes.iter().filter(|row| {
        row["outcome"] == "public_cost_pv"
            && row["policy"] == "hub"
            && number(row, "replication") >= 100.0
    });
    let own = fresh.map(|row| number(row, "value")).sum::<f64>() / 20.0;
    assert!((highest - own).abs() < 1e-6 * own, "{highest} {own}");
}

#[test]
fn what_cannot_be_searched_is_told() {
    let place = Place::new();
    for (flags, says) in [
        ("", "a search needs a budget"),
        ("--budget 2bn", "written as 20bn/year"),
        ("--budget-total moon=2bn", "there is no public payer `moon`"),
        ("--budget-total baseline", "sets no budget"),
        ("--budget-total 2bn --aim profit", "names no outcome"),
        ("--budget-total 2bn --effort 0", "a whole number from 1 to"),
        ("--budget-total 2bn --effort 18446744073709551615", "a whole number from 1 to"),
        ("--budget-total 2bn --confidence 2", "a probability from 0.5 to 0.99"),
        ("--budget-total 2bn --resume", "holds no search to go on with"),
        ("--budget baseline/year", "sets no budget"),
        ("--budget -5bn/year", "`--budget`"),
        ("--budget-total abc", "`--budget-total`"),
        (
            "--budget 2bn/year --until 2021",
            "spread over the years after the vantage date, 2021-12-31",
        ),
        ("--budget 1/year --effort 60 --replications 20", "comes to 146,866,667 times the budget"),
        ("--budget-total 2bn --output mine", "holds inputs of the scenario"),
    ] {
        let said = place.run(&format!("search mine --quiet {flags}"));
        assert!(said.status == Some(2) && said.error.contains(says), "{flags}: {said:?}");
        assert!(!place.path("output/mine/search").exists(), "{flags}");
    }
}
