//! The scenario of Pangyo: it loads, nothing in it is without effect, a run of it closes its accounts, and its facts
//! are those of the table from which they were taken.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use yangjae::scenario::Scenario;

use crate::program::Said;
use crate::program::yangjae;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/pangyo")
}

fn said(command: &mut Command) -> String {
    let said = Said::from(command.output().unwrap());
    assert_eq!(said.status, Some(0), "{said:?}");
    said.out
}

/// Pangyo's survey has changed what it covers since: figures after 2021 stay out.
#[test]
fn the_scenario_of_pangyo_loads_with_facts_to_2021() {
    let scenario = Scenario::loader(&folder()).load().unwrap();
    assert!(!scenario.observed.is_empty());
    assert!(scenario.observed.iter().all(|row| row.year <= 2021), "{:?}", scenario.observed);
    let free = scenario.parameters.iter().filter(|parameter| parameter.free).count();
    assert!((1..=4).contains(&free), "{free}");
}

#[test]
fn nothing_in_the_scenario_of_pangyo_is_without_effect() {
    let said = said(yangjae().arg("check").arg(folder()));
    assert!(said.ends_with("\nno problems\n"), "{said}");
    assert!(!said.contains("without effect"), "{said}");
}

/// The identities of every year stop a run that does not close.
#[test]
fn a_short_run_of_pangyo_closes() {
    let place = tempfile::tempdir().unwrap();
    let output = place.path().join("run");
    let more = ["--replications", "2", "--until", "2021", "--no-progress", "--output"];
    said(yangjae().arg("run").arg(folder()).args(more).arg(&output));
    let yearly = fs::read_to_string(output.join("yearly.csv")).unwrap();
    assert!(yearly.contains("techno-valley-2"));
}

/// A fact stands in two tables, with the same words.
#[test]
fn the_facts_of_pangyo_are_rows_of_those_of_yangjae() {
    let all = fs::read_to_string(folder().join("../yangjae/facts.csv")).unwrap();
    let facts = fs::read_to_string(folder().join("facts.csv")).unwrap();
    for row in facts.lines() {
        assert!(all.lines().any(|other| other == row), "{row}");
    }
}
