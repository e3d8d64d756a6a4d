//! `calibrate` on a small scenario: its files are reproduced, and a run takes its draws.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use yangjae::experiment::uncertainty::Uncertainty;
use yangjae::report::folder::posterior_origin;
use yangjae::scenario::Scenario;

use crate::fixture::Folder;

/// The record of the small scenario: a few figures near what it makes.
const OBSERVED: &str = "metric,place,period,value,tolerance,source\n\
    firms,district,2019,60,10,test\n\
    founders,city,2018,130,12,test\n";

/// The scenario that `new` writes, with a record and two free parameters, two years long.
fn small() -> Folder {
    let folder = Folder::new();
    folder.write("observed.csv", OBSERVED);
    for parameter in ["founder_rate", "growth_tenant"] {
        let text = fs::read_to_string(folder.path.join("parameters.toml")).unwrap();
        let stated = format!("{parameter} = {{ ");
        assert!(text.contains(&stated), "{parameter}");
        let freed = text.replacen(&stated, &format!("{stated}free = true, "), 1);
        folder.write("parameters.toml", freed);
    }
    folder
}

fn calibrate(folder: &Folder, output: &Path, more: &[&str]) -> Command {
    let mut command = Command::cargo_bin("yangjae").unwrap();
    command
        .arg("calibrate")
        .arg(&folder.path)
        .args(["--particles", "20", "--generations", "3", "--forecasts", "20", "--quiet"])
        .arg("--output")
        .arg(output)
        .args(more);
    command
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let text = fs::read_to_string(entry.path()).unwrap();
            (entry.file_name().into_string().unwrap(), text)
        })
        .collect();
    files.sort();
    files
}

#[test]
fn the_same_files_on_any_number_of_threads_and_after_an_interruption() {
    let scenario = small();
    let output = tempfile::tempdir().unwrap();
    let [one, two, third] = ["one", "two", "third"].map(|name| output.path().join(name));
    calibrate(&scenario, &one, &["--threads", "1"]).assert().success();
    calibrate(&scenario, &two, &["--threads", "3"]).assert().success();
    assert_eq!(files(&one), files(&two));
    let names: Vec<String> = files(&one).into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "calibration.csv",
            "fit.csv",
            "generations.csv",
            "posterior.csv",
            "posterior.json",
            "trade_offs.csv"
        ]
    );

    // A finished one is not replaced unasked.
    calibrate(&scenario, &one, &[]).assert().code(2);
    // A state of other options is refused, whatever is left in the folder.
    fs::create_dir(&third).unwrap();
    fs::write(third.join("calibration.state"), b"cut").unwrap();
    calibrate(&scenario, &third, &[]).assert().code(2);
    calibrate(&scenario, &third, &["--resume"]).assert().code(2);
    calibrate(&scenario, &third, &["--force"]).assert().success();
    assert_eq!(files(&one), files(&third));
}

#[test]
fn a_run_draws_free_parameters_from_the_posterior_and_the_rest_as_before() {
    let scenario = small();
    let prior = scenario.load().unwrap();
    let output = tempfile::tempdir().unwrap();
    calibrate(&scenario, &output.path().join("out"), &["--install"]).assert().success();
    scenario.change(
        "scenario.toml",
        "parameters_vary",
        "posterior = \"posterior.csv\"\nparameters_vary",
    );
    let scenario_with = scenario.load().unwrap();
    assert!(scenario_with.inputs.iter().any(|input| input.path == "posterior.csv"));

    let posterior = scenario_with.posterior.clone().unwrap();
    let free: Vec<usize> = ["founder_rate", "growth_tenant"]
        .map(|name| scenario_with.register.position(name).unwrap())
        .to_vec();
    assert_eq!(posterior.parameters(), free);
    let (before, after) = (Uncertainty::of(&prior), Uncertainty::of(&scenario_with));
    let draws: Vec<Vec<f64>> = posterior.weighted().into_iter().map(|(_, values)| values).collect();
    for replication in 0..50 {
        let (before, after) = (before.values(replication), after.values(replication));
        let drawn: Vec<f64> = free.iter().map(|&position| after[position]).collect();
        assert!(draws.contains(&drawn), "{drawn:?}");
        for place in (0..before.len()).filter(|place| !free.contains(place)) {
            assert_eq!(before[place].to_bits(), after[place].to_bits());
        }
    }
    // A parameter by itself has the values that it has among the others.
    let all: Vec<Vec<f64>> = (3..9).map(|replication| after.values(replication)).collect();
    for place in 0..all[0].len() {
        let column = after.column(place, 3..9);
        let same = |(one, all): (&f64, &Vec<f64>)| one.to_bits() == all[place].to_bits();
        assert!(column.iter().zip(&all).all(same), "{place}");
        assert!(column.len() == 6 || column.is_empty() && !free.contains(&place), "{place}");
    }

    // A value of the command line still goes first.
    let set = [("founder_rate".to_owned(), "133".to_owned())];
    let set = Scenario::loader(&scenario.path).set_all(&set).load().unwrap();
    let values = Uncertainty::of(&set).values(4);
    assert_eq!(values[free[0]].to_bits(), 133.0_f64.to_bits());
    assert_eq!(values[free[1]].to_bits(), after.values(4)[free[1]].to_bits());
}

#[test]
fn problems_of_a_posterior_are_told_with_their_place() {
    let folder = small();
    folder.change("scenario.toml", "parameters_vary", "posterior = \"draws.csv\"\nparameters_vary");
    let problems = folder.problems();
    assert!(problems.contains("the scenario lacks the file draws.csv"), "{problems}");
    assert!(problems.contains("yangjae calibrate"), "{problems}");
    for (text, told, place) in [
        ("weight,founder_rat\n1,150\n", "there is no parameter `founder_rat`", "draws.csv:1:8"),
        ("founder_rate\n150\n", "the column `weight` is missing", "draws.csv:1:1"),
        ("weight,team_extra\n1,2\n", "is not marked `free = true`", "draws.csv:1:8"),
        ("weight,founder_rate,founder_rate\n1,150,150\n", "stands twice", "draws.csv:1:21"),
        (
            "weight,founder_rate\n1,1e9\n",
            "lies outside what `founder_rate` can be",
            "draws.csv:2:3",
        ),
        ("weight,founder_rate\n-1,150\n", "lies outside what `weight` can be", "draws.csv:2:1"),
        ("weight,founder_rate\n1,forty\n", "\"forty\" is no number", "draws.csv:2:3"),
        ("weight,founder_rate\n1\n", "the row has 1 cells, the header 2", "draws.csv:2:1"),
        ("weight,founder_rate\n0,150\n", "no draw with a weight above 0", "draws.csv"),
        ("weight,founder\u{1b}_rate\n1,150\n", "U+001B, is a control character", "draws.csv:1:8"),
        ("weight,founder_rate\n1,\u{202e}150\n", "U+202E, is a letter that turns", "draws.csv:2:3"),
        ("", "there is no header", "draws.csv"),
    ] {
        folder.write("draws.csv", text);
        let problems = folder.problems();
        assert!(problems.contains(told) && problems.contains(place), "{text}: {problems}");
    }
    folder.change("scenario.toml", "draws.csv", "../draws.csv");
    assert!(folder.problems().contains("cannot be the file of a posterior"));
}

#[test]
fn a_scenario_without_a_record_or_free_parameters_is_refused() {
    let output = tempfile::tempdir().unwrap();
    let folder = Folder::new();
    let text = fs::read_to_string(folder.path.join("parameters.toml")).unwrap();
    folder.write("parameters.toml", text.replace("free = true", "free = false"));
    let error = calibrate(&folder, &output.path().join("a"), &[]).assert().code(2);
    let error = String::from_utf8_lossy(&error.get_output().stderr).into_owned();
    assert!(error.contains("free = true"), "{error}");
    let folder = small();
    let error = calibrate(&folder, &output.path().join("b"), &["--fit-until", "2017"]);
    let mut error = error;
    let error = error.assert().code(2);
    let error = String::from_utf8_lossy(&error.get_output().stderr).into_owned();
    assert!(error.contains("no observed figure up to 2017"), "{error}");
}

#[test]
fn the_figures_of_another_file_are_fitted_to_where_asked() {
    let scenario = small();
    let output = tempfile::tempdir().unwrap();
    let (own, other) = (output.path().join("own"), output.path().join("other"));
    calibrate(&scenario, &own, &[]).assert().success();

    // The same figures in another file give the same.
    let file = output.path().join("figures.csv");
    fs::write(&file, OBSERVED).unwrap();
    scenario.write("observed.csv", "metric,place,period,value,tolerance,source\n");
    let observed = ["--observed", file.to_str().unwrap()];
    calibrate(&scenario, &output.path().join("none"), &[]).assert().code(2);
    calibrate(&scenario, &other, &observed).assert().success();
    assert_eq!(files(&own), files(&other));

    // Its mistakes are told with line and column.
    fs::write(&file, OBSERVED.replace("founders", "foundres")).unwrap();
    let said = calibrate(&scenario, &output.path().join("bad"), &observed).assert().code(2);
    let error = String::from_utf8(said.get_output().stderr.clone()).unwrap();
    assert!(error.contains("figures.csv:3:1") && error.contains("founders"), "{error}");
}

/// Shipped draws are those of the figures beside them.
#[test]
fn shipped_posteriors_are_of_the_shipped_figures() {
    for name in ["yangjae", "pangyo", "barcelona"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
        let scenario = Scenario::loader(&folder).load().unwrap_or_else(|error| panic!("{error}"));
        assert!(folder.join(posterior_origin::FILE).is_file(), "{name}");
        assert_eq!(posterior_origin::doubt(&folder, &scenario), None, "{name}");
    }
}
