//! Parameters taken over from a library by name.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use yangjae::scenario::Evidence;
use yangjae::scenario::Scenario;
use yangjae::scenario::libraries::LIBRARIES;

use crate::fixture::Folder;

/// What a file states, a line a parameter.
fn stated(text: &str) -> BTreeMap<&str, &str> {
    text.lines().filter_map(|line| line.split_once(" = {")).collect()
}

/// A scenario that states nothing that the library has, and takes it over.
fn taking_over() -> Folder {
    let folder = Folder::new();
    let of = stated(LIBRARIES[0].1);
    let text = fs::read_to_string(folder.path.join("parameters.toml")).unwrap();
    let own = |line: &&str| line.split_once(" = {").is_none_or(|(key, _)| !of.contains_key(key));
    let left: Vec<&str> = text.lines().filter(own).collect();
    folder.write("parameters.toml", left.join("\n") + "\n");
    folder.change("scenario.toml", "seed = 1", "seed = 1\nparameters_from = \"korea-ict\"");
    folder
}

fn yangjae() -> Command {
    Command::cargo_bin("yangjae").unwrap()
}

#[test]
fn a_library_has_what_the_shipped_scenario_states_with_its_source() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae/parameters.toml");
    let text = fs::read_to_string(path).unwrap();
    let (shipped, library) = (stated(&text), stated(LIBRARIES[0].1));
    assert!(library.len() > 40);
    for (name, line) in library {
        assert_eq!(shipped.get(name), Some(&line), "{name}");
        assert!(
            !line.contains("evidence = \"judgement\"") && !line.contains("free = true"),
            "{name}"
        );
    }
}

#[test]
fn what_a_scenario_does_not_state_is_taken_over_and_its_own_value_wins() {
    let folder = taking_over();
    let scenario = folder.load().unwrap();
    let wage = scenario.parameter("wage").unwrap();
    assert!(wage.taken_over && wage.evidence != Evidence::Judgement);
    let taken = scenario.parameters.iter().filter(|parameter| parameter.taken_over).count();
    assert_eq!(taken, stated(LIBRARIES[0].1).len());
    assert_eq!(scenario.parameters_from.as_deref(), Some("korea-ict"));
    let listed = scenario.inputs.iter().find(|input| input.path == "libraries/korea-ict.toml");
    assert_eq!(listed.unwrap().bytes, LIBRARIES[0].1.as_bytes());
    folder.append(
        "parameters.toml",
        "wage = { value = 40.0, unit = \"KRW m/year\", range = [40.0, 40.0], distribution = \"fixed\", \
         evidence = \"judgement\", source = \"own\" }\n",
    );
    let own = folder.load().unwrap();
    let wage = own.parameter("wage").unwrap();
    assert_eq!((wage.value, wage.taken_over), (40.0, false));
    // Without the line all of it is missing.
    folder.change("scenario.toml", "parameters_from = \"korea-ict\"", "");
    let problems = folder.problems();
    assert!(problems.contains("discount_rate") && problems.contains("lacks"), "{problems}");
}

#[test]
fn a_library_is_refused_by_another_name_and_in_another_currency() {
    let folder = taking_over();
    folder.change("scenario.toml", "\"korea-ict\"", "\"korea-itc\"");
    let problems = folder.problems();
    assert!(problems.contains("\"korea-itc\" is no library of parameters"), "{problems}");
    assert!(problems.contains("korea-ict"), "{problems}");
    folder.change("scenario.toml", "\"korea-itc\"", "\"korea-ict\"");
    folder.change(
        "scenario.toml",
        "account = \"KRW m\", display = \"KRW bn\"",
        "account = \"EUR k\", display = \"EUR m\"",
    );
    let problems = folder.problems();
    for words in [
        "the library `korea-ict` has",
        "wage",
        "in KRW m, and the money of this scenario is EUR k",
        "state them in parameters.toml, in EUR k",
    ] {
        assert!(problems.contains(words), "{words}: {problems}");
    }
    assert!(!problems.contains("exit_age_1,"), "{problems}");
}

/// The copy of a run's inputs holds the library as it was, and proves the run.
#[test]
fn a_run_keeps_the_library_among_its_inputs() {
    let folder = taking_over();
    folder.change("scenario.toml", "last_year = 2030", "last_year = 2020");
    let output = folder.path.parent().unwrap().join("out");
    let run = ["--replications", "4", "--quiet", "--output"];
    yangjae().arg("run").arg(&folder.path).args(run).arg(&output).assert().success();
    let kept = fs::read(output.join("blocks/inputs/libraries/korea-ict.toml")).unwrap();
    assert_eq!(kept, LIBRARIES[0].1.as_bytes());
    let manifest = fs::read_to_string(output.join("manifest.json")).unwrap();
    assert!(manifest.contains("libraries/korea-ict.toml"));
    yangjae().arg("verify").arg(&output).assert().success();
    // A changed copy is not that of the run.
    fs::write(output.join("blocks/inputs/libraries/korea-ict.toml"), "money = \"KRW m\"\n")
        .unwrap();
    yangjae().arg("verify").arg(&output).assert().failure();
    let mut check = yangjae();
    check.arg("check").arg(&folder.path).args(["--sources", "--replications", "2"]);
    let told = check.assert().success();
    let text = String::from_utf8_lossy(&told.get_output().stdout).replace('\n', " ");
    assert!(text.contains("parameters are taken over from the library korea-ict:"), "{text}");
}

#[test]
fn new_writes_the_values_of_a_library_out() {
    let temporary = tempfile::tempdir().unwrap();
    let path = temporary.path().join("mine");
    let more = ["--copy-parameters", "korea-ict", "--areas", "4", "--sectors", "2"];
    yangjae().arg("new").arg(&path).args(more).assert().success();
    let scenario = Scenario::loader(&path).load().unwrap();
    assert!(scenario.parameters_from.is_none());
    let library = stated(LIBRARIES[0].1);
    let text = fs::read_to_string(path.join("parameters.toml")).unwrap();
    let written = stated(&text);
    let copied = library.iter().filter(|(name, line)| written.get(*name) == Some(line)).count();
    // Those of sectors that this scenario has not are left out.
    assert!(copied >= library.len() - 4 && copied < library.len());
}

/// Amounts in the library's money would be wrong in other money: the template's stay there, as judgement.
#[test]
fn new_takes_no_amounts_from_a_library_in_other_money() {
    let temporary = tempfile::tempdir().unwrap();
    let path = temporary.path().join("mine");
    let more = ["--copy-parameters", "korea-ict", "--currency", "EUR"];
    let said = yangjae().arg("new").arg(&path).args(more).assert().success();
    let said = String::from_utf8_lossy(&said.get_output().stdout).replace('\n', " ");
    let told = "not of the library `korea-ict`, whose amounts are in KRW m and are not converted by a rate";
    let left = said.split("to be replaced: ").nth(1).unwrap();
    assert!(
        said.contains(told) && left.contains("wage, ") && !left.contains("exit_age_1"),
        "{said}"
    );
    let scenario = Scenario::loader(&path).load().unwrap();
    let of = |name: &str| scenario.parameter(name).unwrap().evidence;
    assert_eq!((of("wage"), of("exit_age_1")), (Evidence::Judgement, Evidence::Derived));
}
