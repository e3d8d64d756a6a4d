//! Who gains: for each grouping the groups of a place add up to the place's own figures, and counting them
//! changes no other number.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use assert_cmd::Command;
use proptest::prelude::*;
use yangjae::analysis::groups;
use yangjae::analysis::groups::COUNTED;
use yangjae::analysis::groups::GroupCell;
use yangjae::analysis::groups::Grouping;
use yangjae::analysis::groups::PLACES;
use yangjae::analysis::layout::Layout;
use yangjae::analysis::layout::Table;
use yangjae::analysis::study::Study;
use yangjae::analysis::study::Workspace;
use yangjae::scenario::Scenario;

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

/// The sums of a metric over the groups of each grouping at a place, year by year.
fn sums(
    cells: &[GroupCell],
    layout: &Layout,
    values: &[f64],
    (place, grouping, counted): (usize, Grouping, usize),
) -> Vec<f64> {
    let years = layout.years.len();
    let mut sums = vec![0.0; years];
    for (cell, series) in cells.iter().zip(layout.of_table(Table::Group)) {
        if (cell.place, cell.grouping, cell.counted) == (place, grouping, counted) {
            let values = &values[series * years..(series + 1) * years];
            sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
        }
    }
    sums
}

/// Checks every identity in some replications of all policies of a scenario.
fn add_up(scenario: &Scenario, replications: std::ops::Range<u32>) {
    let study = Study::of(scenario).with_groups();
    let cells = groups::cells(&scenario.district.sectors);
    let layouts = study.layouts();
    let mut workspace = Workspace::default();
    for replication in replications {
        let all = study.replicate(replication, &mut workspace).unwrap();
        for (layout, values) in layouts.iter().zip(&all) {
            let years = layout.years.len();
            for (place, name) in PLACES.into_iter().enumerate() {
                for grouping in Grouping::ALL {
                    let of = |counted| sums(&cells, layout, values, (place, grouping, counted));
                    for (counted, metric) in COUNTED.into_iter().enumerate().take(6) {
                        let own = layout.position(Table::Metric, metric, name).unwrap();
                        let own = &values[own * years..(own + 1) * years];
                        let told = format!("{} {name} {grouping:?} {metric}", layout.policy);
                        assert_eq!(of(counted), own, "{told}");
                    }
                    if place == 0 {
                        // What the district has more at the end of a year came and did not go.
                        let [firms, founded, failed, came, left] = [0, 2, 3, 6, 7].map(of);
                        for year in 1..years {
                            let flows = founded[year] - failed[year] + came[year] - left[year];
                            assert_eq!(firms[year] - firms[year - 1], flows, "{}", layout.policy);
                        }
                    }
                }
            }
            stays(&cells, layout, values);
        }
    }
}

/// A startup stays in its sector, origin and place of founding: the flows of each group are those of
/// its stock.
fn stays(cells: &[GroupCell], layout: &Layout, values: &[f64]) {
    let years = layout.years.len();
    let series = layout.of_table(Table::Group);
    let mut of: BTreeMap<(&str, &str, usize), Vec<f64>> = BTreeMap::new();
    for (cell, &series) in cells.iter().zip(&series).filter(|(cell, _)| cell.place == 0) {
        let values = values[series * years..(series + 1) * years].to_vec();
        of.insert((cell.grouping.name(), &cell.name, cell.counted), values);
    }
    for grouping in [Grouping::Sector, Grouping::Origin, Grouping::FoundedIn] {
        let groups = cells.iter().filter(|cell| cell.grouping == grouping && cell.counted == 0);
        for cell in groups.filter(|cell| cell.place == 0) {
            let at = |counted: usize, year: usize| {
                let values = of.get(&(grouping.name(), cell.name.as_str(), counted));
                values.map_or(0.0, |values| values[year])
            };
            for year in 1..years {
                let flows = at(2, year) - at(3, year) + at(6, year) - at(7, year);
                assert_eq!(at(0, year) - at(0, year - 1), flows, "{grouping:?} {}", cell.name);
            }
        }
    }
}

#[test]
fn groups_add_up_to_their_places_in_every_policy_and_year() {
    for (name, replications) in [("toy", 0..8), ("pangyo", 0..2), ("yangjae", 0..2)] {
        add_up(&Scenario::loader(&shipped(name)).load().unwrap(), replications);
    }
}

/// Nothing that comes after the vantage date moves a firm of the first day from class to class: the jobs
/// that a policy adds to its class are of those firms.
#[test]
fn the_starting_size_of_a_firm_is_the_same_under_every_policy() {
    let scenario = Scenario::loader(&shipped("yangjae")).load().unwrap();
    let study = Study::of(&scenario);
    let known = study.setup().last_year_known();
    assert_eq!(known, 2021);
    let classes = |policy: &str| {
        let mut found = BTreeMap::new();
        study
            .watch(study.place(policy).unwrap(), 3, false, |year, simulation| {
                let startups = simulation.world().district().startups();
                for (row, id) in startups.id().iter().enumerate() {
                    let size = startups.tags()[row].start().size();
                    let before = found.insert((*id, year > known), size);
                    assert!(before.is_none_or(|before| before == size || year == known));
                }
            })
            .unwrap();
        found
    };
    let (baseline, plan) = (classes("baseline"), classes("full-plan"));
    let both: Vec<_> = baseline.iter().filter(|(firm, _)| plan.contains_key(firm)).collect();
    let alike = both.iter().filter(|(firm, size)| plan[firm] == **size).count();
    // Who was there then, and most who came later: a founder's team may be larger in a facility.
    assert!(both.len() > 1_000 && alike as f64 > 0.99 * both.len() as f64);
    let was_there = both.iter().filter(|((id, later), _)| *later && id.year() <= known);
    assert!(was_there.clone().count() > 300);
    assert!(was_there.into_iter().all(|(firm, size)| plan[firm] == **size));
}

fn run(scenario: &Path, output: &Path, more: &[&str]) {
    let mut command = Command::cargo_bin("yangjae").unwrap();
    command.arg("run").arg(scenario).args(["--replications", "12", "--quiet", "--output"]);
    command.arg(output).args(more).assert().success();
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap()
}

#[test]
fn groups_change_no_other_table_and_shards_give_the_same_bytes() {
    let temporary = tempfile::tempdir().unwrap();
    let at = |name: &str| temporary.path().join(name);
    let toy = shipped("toy");
    run(&toy, &at("plain"), &[]);
    run(&toy, &at("whole"), &["--groups", "--threads", "2"]);
    run(&toy, &at("one"), &["--groups", "--shard", "1/2"]);
    run(&toy, &at("two"), &["--groups", "--shard", "2/2"]);
    let mut merge = Command::cargo_bin("yangjae").unwrap();
    merge.arg("merge").args([at("one"), at("two")]).arg("--output").arg(at("merged"));
    merge.assert().success();
    for file in ["yearly.csv", "comparison.csv", "pairs.csv", "cash.csv", "additionality.csv"] {
        assert_eq!(read(&at("plain"), file), read(&at("whole"), file), "{file}");
    }
    assert!(!at("plain").join("groups.csv").exists());
    for file in ["groups.csv", "manifest.json", "report.html"] {
        assert_eq!(read(&at("whole"), file), read(&at("merged"), file), "{file}");
    }
    let mut verify = Command::cargo_bin("yangjae").unwrap();
    verify.arg("verify").arg(at("whole")).assert().success();
    // A shard without groups is no part of a run with them.
    run(&toy, &at("other"), &["--shard", "2/2"]);
    let mut merge = Command::cargo_bin("yangjae").unwrap();
    merge.arg("merge").args([at("one"), at("other")]).arg("--output").arg(at("no"));
    merge.assert().failure();
}

#[test]
fn the_table_adds_up_to_yearly_and_comparison() {
    let temporary = tempfile::tempdir().unwrap();
    let output = temporary.path().join("out");
    run(&shipped("toy"), &output, &["--groups"]);
    let figures = |file: &str, value: &str| {
        let mut table = csv::Reader::from_path(output.join(file)).unwrap();
        let header = table.headers().unwrap().clone();
        let column = |name: &str| header.iter().position(|known| known == name).unwrap();
        let key = ["policy", "place", "metric", "year"].map(column);
        let (value, grouping) = (column(value), header.iter().position(|it| it == "grouping"));
        let mut sums: BTreeMap<(String, [String; 4]), f64> = BTreeMap::new();
        for record in table.records() {
            let record = record.unwrap();
            let grouping = grouping.map_or("", |column| &record[column]).to_owned();
            let key = key.map(|column| record[column].to_owned());
            *sums.entry((grouping, key)).or_default() += record[value].parse().unwrap_or(0.0);
        }
        sums
    };
    for (value, file, of_file) in
        [("mean", "yearly.csv", "mean"), ("difference", "comparison.csv", "difference")]
    {
        let whole = figures(file, of_file);
        let groups = figures("groups.csv", value);
        let mut compared = 0;
        for ((grouping, key), sum) in groups {
            if key[2].starts_with("relocations") {
                continue;
            }
            let Some(own) = whole.get(&(String::new(), key.clone())) else {
                assert_eq!((file, key[0].as_str()), ("comparison.csv", "baseline"));
                continue;
            };
            assert!((sum - own).abs() <= 1e-6 * own.abs().max(1.0), "{grouping} {key:?}");
            compared += 1;
        }
        assert!(compared > 100, "{file}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    /// Groups count from the ledger's lives and the state alone: what else a workspace was used for
    /// changes nothing.
    #[test]
    fn a_workspace_that_was_used_counts_the_same(one in 0_u32..50, other in 0_u32..50) {
        let scenario = Scenario::loader(&shipped("toy")).load().unwrap();
        let study = Study::of(&scenario).with_groups();
        let mut used = Workspace::default();
        study.replicate(other, &mut used).unwrap();
        let fresh = study.replicate(one, &mut Workspace::default()).unwrap();
        prop_assert_eq!(study.replicate(one, &mut used).unwrap(), fresh);
    }
}
