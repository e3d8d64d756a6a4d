//! `compare`: in what two runs differ, their inputs, their results and the order of their policies.

use std::fs;
use std::path::Path;

use crate::program::Place;
use crate::program::Row;
use crate::program::number;
use crate::program::rows;

const RUN: &str = "run mine --replications 40 --until 2022 --quiet --output";

/// A run to `one`, a change of a file of the scenario, a run to `two`, and their comparison in words.
fn changed(place: &Place, file: &str, find: &str, replace: &str) -> String {
    place.done(&format!("{RUN} one"));
    let path = place.path("mine").join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(find), "{file} has no `{find}`");
    fs::write(path, text.replacen(find, replace, 1)).unwrap();
    place.done(&format!("{RUN} two"));
    place.done("compare one two --output told").out
}

fn inputs(place: &Place) -> Vec<Row> {
    rows(place, "told/compare/inputs.csv")
}

fn results(place: &Place) -> Vec<Row> {
    rows(place, "told/compare/results.csv")
}

#[test]
fn a_run_with_itself_is_the_same_and_neither_is_changed() {
    let place = Place::new();
    place.done(&format!("{RUN} one"));
    let before = place.files("one");
    let said = place.done("compare one one");
    assert!(said.out.contains("the same run"), "{said:?}");
    assert!(said.error.contains("output/one-to-one/compare"), "{said:?}");
    assert_eq!(place.files("one"), before);
    assert!(rows(&place, "output/one-to-one/compare/inputs.csv").is_empty());
    let results = rows(&place, "output/one-to-one/compare/results.csv");
    // Two policies add five outcomes each, three have six headline metrics.
    assert_eq!(results.len(), 2 * 5 + 3 * 6);
    for row in &results {
        assert_eq!(
            (row["manner"].as_str(), row["difference"].as_str()),
            ("paired", "0"),
            "{row:?}"
        );
        assert_eq!((row["ci_low"].as_str(), row["ci_high"].as_str()), ("0", "0"), "{row:?}");
    }
    let ranks = rows(&place, "output/one-to-one/compare/ranks.csv");
    assert_eq!(ranks.len(), 3 * 3);
    assert!(ranks.iter().all(|row| row["changed"] == "no" && row["rank_a"] == row["rank_b"]));
    // Another run of the same inputs is as good, and quiet says nothing.
    place.done(&format!("{RUN} again"));
    let said = place.done("compare one again --output told --quiet");
    assert_eq!((said.out.as_str(), said.error.as_str()), ("", ""));
}

#[test]
fn futures_that_differ_are_told() {
    let place = Place::new();
    fs::create_dir(place.path("mine/futures")).unwrap();
    let run = |times: &str, output: &str| {
        let text = format!("title = \"Few\"\n[parameters]\nfounder_rate = {{ times = {times} }}\n");
        fs::write(place.path("mine/futures/few.toml"), text).unwrap();
        place.done(&format!("{RUN} {output} --future few"));
    };
    run("0.5", "one");
    run("0.6", "two");
    run("0.5", "again");
    place.done(&format!("{RUN} none"));
    let said = place.done("compare one again --output told").out;
    assert!(said.contains("the same run"), "{said}");
    for other in ["two", "none"] {
        let said = place.done(&format!("compare one {other} --output told")).out;
        assert!(!said.contains("the same run"), "{said}");
        let inputs = inputs(&place);
        let [row] = inputs.as_slice() else { panic!("{inputs:?}") };
        assert_eq!((row["kind"].as_str(), row["name"].as_str()), ("future", "few"), "{row:?}");
        assert_eq!(
            said.contains("compare one/futures/few two/futures/few"),
            other == "two",
            "{said}"
        );
    }
}

/// By hand from outcomes.csv: the mean of the differences, replication by replication, and in results.csv the same.
#[test]
fn a_parameter_that_changes_is_told_with_what_it_moves() {
    let place = Place::new();
    let [before, after] =
        ["155.0", "157.5"].map(|value| format!("founder_rate = {{ value = {value}"));
    let said = changed(&place, "parameters.toml", &before, &after);
    let inputs = inputs(&place);
    let row = inputs.iter().find(|row| row["kind"] == "parameter").unwrap();
    assert_eq!((row["name"].as_str(), row["part"].as_str()), ("founder_rate", "value"), "{row:?}");
    assert_eq!((row["in_a"].as_str(), row["in_b"].as_str()), ("155", "157.5"), "{row:?}");
    assert!(inputs.iter().any(|row| row["kind"] == "file" && row["name"] == "parameters.toml"));
    assert_eq!(inputs.len(), 2, "{inputs:?}");
    assert!(said.contains("founder_rate") && said.contains("paired over the same 40"), "{said}");
    let values = |folder: &str| -> Vec<f64> {
        let all = rows(&place, &format!("{folder}/outcomes.csv"));
        let wanted =
            all.iter().filter(|row| row["policy"] == "hub" && row["outcome"] == "economic_npv");
        wanted.map(|row| number(row, "value")).collect()
    };
    let (one, two) = (values("one"), values("two"));
    let mean = one.iter().zip(&two).map(|(one, two)| two - one).sum::<f64>() / 40.0;
    let results = results(&place);
    let of = |row: &&Row| row["policy"] == "hub" && row["outcome"] == "economic_npv";
    let row = results.iter().find(of).unwrap();
    assert!((number(row, "difference") - mean).abs() < 1e-6 * (1.0 + mean.abs()), "{row:?}");
    let gap = number(row, "in_b") - number(row, "in_a");
    assert!((gap - mean).abs() < 1e-6 * (1.0 + gap.abs()), "{row:?}");
}

#[test]
fn a_policy_that_changes_is_told_as_diff_tells_it_and_leaves_the_others_alone() {
    let place = Place::new();
    let said = changed(&place, "policies/hub.toml", "value = 80", "value = 20");
    let inputs = inputs(&place);
    let row = inputs.iter().find(|row| row["kind"] == "policy").unwrap();
    assert_eq!((row["name"].as_str(), row["part"].as_str()), ("hub: hub", "places"), "{row:?}");
    assert_eq!((row["in_a"].as_str(), row["in_b"].as_str()), ("80", "20"), "{row:?}");
    assert_eq!(row["year"], "2020");
    assert!(said.contains("hub: hub"), "{said}");
    for row in results(&place) {
        let same = row["difference"] == "0" && row["ci_low"] == "0" && row["ci_high"] == "0";
        // Of the other policies each result is known to be the same, not only found so.
        assert_eq!(same, row["policy"] != "hub", "{row:?}");
    }
}

#[test]
fn runs_of_two_seeds_are_independent() {
    let place = Place::new();
    place.done(&format!("{RUN} one"));
    place.done(&format!("{RUN} two --seed 7"));
    let said = place.done("compare one two --output told --outcome firms@city@2020").out;
    assert!(said.contains("independent"), "{said}");
    let inputs = inputs(&place);
    assert_eq!(inputs.len(), 1, "{inputs:?}");
    assert_eq!((inputs[0]["kind"].as_str(), inputs[0]["name"].as_str()), ("run", "seed"));
    let all = results(&place);
    assert!(all.iter().all(|row| row["manner"] == "independent"));
    assert_eq!(all.iter().filter(|row| row["outcome"] == "firms@city@2020").count(), 3);
    // As wide as both errors together, which yearly.csv has of each.
    let se = |folder: &str| {
        let yearly = rows(&place, &format!("{folder}/yearly.csv"));
        let of = |row: &&Row| {
            ["hub", "jobs", "city", "2022"]
                == ["policy", "metric", "place", "year"].map(|column| row[column].as_str())
        };
        number(yearly.iter().find(of).unwrap(), "se")
    };
    let of = |row: &&Row| row["policy"] == "hub" && row["outcome"] == "jobs@city@2022";
    let found = number(all.iter().find(of).unwrap(), "se");
    assert!(
        (found - (se("one") * se("one") + se("two") * se("two")).sqrt()).abs() < 1e-9 * found,
        "{found}"
    );
}

/// Runs that end in different years are said to be of different years before any result, and no rank of what is of
/// all years is said to have changed.
#[test]
fn runs_that_end_in_different_years_are_not_told_as_alike() {
    let place = Place::new();
    place.done(&format!("{RUN} one"));
    place.done("run mine --replications 40 --until 2020 --quiet --output two");
    let said = place.done("compare one two --output told").out;
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let at = |what: &str| words.find(what).unwrap_or_else(|| panic!("no `{what}` in {words}"));
    assert!(at("run A ends in 2022, run B in 2020") < at("Results, B less A"), "{words}");
    assert!(at("net_jobs cover different years") < at("Inputs:"), "{words}");
    at("metrics are of 2020");
    at("Ranks by economic_npv, fiscal_npv, net_jobs: not compared");
    assert!(!words.contains("is best") && !words.contains("passes"), "{words}");
    // The tables have all of it still.
    assert!(results(&place).iter().any(|row| row["outcome"] == "economic_npv"));
    assert_eq!(rows(&place, "told/compare/ranks.csv").len(), 3 * 3);
    // A metric in a year of both is compared as ever.
    let of_year = "compare one two --output told --criterion jobs@city@2020";
    let said = place.done(of_year).out;
    assert!(said.contains("Ranks by jobs@city@2020: no policy passes another"), "{said}");
    let same = results(&place);
    let same: Vec<&Row> = same.iter().filter(|row| row["outcome"].contains('@')).collect();
    assert!(!same.is_empty() && same.iter().all(|row| row["difference"] == "0"), "{same:?}");
    // Runs of the same years say nothing of it.
    assert!(!place.done("compare one one --output told").out.contains("different years"));
}

/// A difference whose interval leaves out 0 is never shown as 0.
#[test]
fn no_difference_that_is_told_is_rounded_to_nothing() {
    let place = Place::new();
    let [before, after] =
        ["155.0", "155.1"].map(|value| format!("founder_rate = {{ value = {value}"));
    let said = changed(&place, "parameters.toml", &before, &after);
    let is_row = |line: &&str| ["baseline ", "hub "].iter().any(|it| line.trim().starts_with(it));
    for line in said.lines().filter(is_row).filter(|line| line.contains(" to ")) {
        let told = line.rsplit("  ").find(|cell| !cell.trim().is_empty()).unwrap();
        for end in told.split(" to ") {
            let nothing = end.trim().chars().all(|letter| matches!(letter, '0' | '.'));
            assert!(!nothing, "{line}");
        }
    }
}

/// Of more replications only those that both have are compared, and there nothing differs.
#[test]
fn more_replications_of_the_same_inputs_change_no_pair() {
    let place = Place::new();
    place.done(&format!("{RUN} one"));
    place.done("run mine --replications 60 --until 2022 --quiet --output two");
    place.done("compare one two --output told");
    for row in results(&place) {
        assert_eq!((row["replications_b"].as_str(), row["difference"].as_str()), ("40", "0"));
    }
    assert_eq!(inputs(&place)[0]["name"], "replications");
}

/// The manifest of a copy says that another version made it: tables alone are read, and the model is said to have
/// changed.
#[test]
fn a_run_of_another_version_is_compared_by_its_tables() {
    let place = Place::new();
    place.done(&format!("{RUN} one"));
    copy(&place.path("one"), &place.path("old"));
    let manifest = place.path("old/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(text.contains(&version));
    fs::write(&manifest, text.replacen(&version, "\"version\": \"0.0.9\"", 1)).unwrap();
    let said = place.done("compare old one --output told").out;
    assert!(said.contains("The model changed: A was made by version 0.0.9"), "{said}");
    let inputs = inputs(&place);
    assert_eq!((inputs[0]["kind"].as_str(), inputs[0]["in_a"].as_str()), ("program", "0.0.9"));
    let all = results(&place);
    let added = all.iter().filter(|row| row["outcome"] == "net_jobs");
    assert!(added.clone().count() == 2 && added.clone().all(|row| row["manner"] == "paired"));
    let metrics = all.iter().filter(|row| row["outcome"].starts_with("jobs@city"));
    assert!(
        metrics.clone().count() == 3 && metrics.clone().all(|row| row["manner"] == "independent")
    );
    // What is not in its tables cannot be compared.
    let words = ["made by another version", "firms@city@2020"];
    place.fails("compare old one --output told --outcome firms@city@2020", 2, &words);
}

#[test]
fn what_cannot_be_compared_is_told() {
    let place = Place::new();
    place.done(&format!("{RUN} one"));
    place.fails("compare one nowhere", 2, &["nowhere", "manifest.json"]);
    place.done("run mine --replications 40 --until 2022 --quiet --shard 1/2 --output part");
    place.fails("compare part one", 2, &["shard 1/2"]);
    place.fails("compare one one --output one/told", 2, &["lies in the run", "--output"]);
    place.fails("compare one one --criterion nonsense", 2, &["--criterion", "nonsense"]);
    place.fails("compare one one --outcome jobs@moon", 2, &["--outcome", "moon"]);
    place.done("new euro --currency EUR");
    place.done("run euro --replications 4 --until 2020 --quiet --output euros");
    place.fails("compare one euros", 2, &["KRW m", "EUR k", "cannot be compared"]);
    let table = place.path("one/outcomes.csv");
    fs::write(&table, fs::read_to_string(&table).unwrap() + "x\n").unwrap();
    place.fails("compare one euros", 2, &["outcomes.csv", "not what the run wrote"]);
    fs::remove_file(place.path("euros/manifest.json")).unwrap();
    place.fails("compare euros one", 2, &["not finished"]);
}

/// Rows are added to observed.csv, a posterior is made anew, and `compare` tells what they changed.
#[test]
fn deciding_again_with_new_figures() {
    let place = Place::new();
    let change = |file: &str, find: &str, replace: &str| {
        let path = place.path("mine").join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(find), "{file} has no `{find}`");
        fs::write(path, text.replacen(find, replace, 1)).unwrap();
    };
    let header = "metric,place,period,value,tolerance,source\n";
    let first = format!("{header}firms,district,2019,60,10,test\n");
    fs::write(place.path("mine/observed.csv"), &first).unwrap();
    change("parameters.toml", "founder_rate = { ", "founder_rate = { free = true, ");
    let calibrate = "calibrate mine --particles 20 --generations 3 --forecasts 20 --quiet --output fit \
                     --force --install";
    place.done(calibrate);
    change("scenario.toml", "parameters_vary", "posterior = \"posterior.csv\"\nparameters_vary");
    assert!(!place.done("check mine").out.contains("posterior of other figures"));
    place.done(&format!("{RUN} one"));
    let second = "founders,city,2018,130,12,test\n";
    fs::write(place.path("mine/observed.csv"), first + second).unwrap();
    assert!(place.done("check mine").out.contains("posterior of other figures"));
    let run = "run mine --replications 40 --until 2022 --no-progress --output two";
    let told = place.done(run).error;
    assert!(told.contains("was made from other observed figures"), "{told}");
    let said = place.done("compare one two --output told").out;
    assert!(said.contains("and the posterior is the same"), "{said}");
    assert!(results(&place).iter().all(|row| row["difference"] == "0" && row["ci_high"] == "0"));
    // What does not belong to the draws tells nothing of them, and that is said.
    let origin = fs::read(place.path("mine/posterior.json")).unwrap();
    let draws = fs::read_to_string(place.path("mine/posterior.csv")).unwrap();
    let (without_last, _) = draws.trim_end().rsplit_once('\n').unwrap();
    fs::write(place.path("mine/posterior.csv"), format!("{without_last}\n")).unwrap();
    assert!(place.done("check mine").out.contains("posterior.json is of other draws"));
    fs::write(place.path("mine/posterior.json"), "{").unwrap();
    assert!(place.done("check mine").out.contains("posterior.json cannot be read"));
    fs::write(place.path("mine/posterior.json"), origin).unwrap();
    fs::write(place.path("mine/posterior.csv"), draws).unwrap();
    place.done(calibrate);
    assert!(!place.done("check mine").out.contains("posterior of other figures"));
    place.done(&format!("{RUN} two --force"));
    let said = place.done("compare one two --output told").out;
    assert!(said.contains("observed.csv: 1 difference, and the posterior with it"), "{said}");
    let inputs = inputs(&place);
    let of = |kind: &str| inputs.iter().filter(|row| row["kind"] == kind).collect::<Vec<_>>();
    assert_eq!(of("observed")[0]["name"], "founders city 2018");
    assert_eq!(of("observed")[0]["in_a"], "");
    assert!(
        of("posterior").iter().any(|row| row["name"] == "founder_rate" && row["part"] == "mean")
    );
    assert!(results(&place).iter().any(|row| row["difference"] != "0"));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
