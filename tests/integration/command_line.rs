//! The program as its users meet it: what it prints, where, and with which exit status.

use std::fs;
use std::process::Command;
use std::process::Stdio;

use assert_cmd::prelude::*;

use crate::fixture::Folder;

fn yangjae() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin!("yangjae"))
}

/// Runs the program; gives its status, standard output and standard error.
pub(crate) fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = yangjae().args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn without_arguments_the_three_commands_of_a_newcomer_are_shown() {
    let (status, out, error) = run(&[]);
    assert_eq!((status, error.as_str()), (0, ""));
    for command in ["yangjae run", "yangjae check", "yangjae explain"] {
        assert!(out.contains(command), "{out}");
    }
}

#[test]
fn a_new_scenario_passes_the_check_and_is_not_written_over() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("deep/mine");
    let folder = folder.to_str().unwrap();
    let (status, out, _) = run(&["new", folder]);
    assert_eq!(status, 0);
    assert!(out.contains("yangjae check"), "{out}");
    let (status, out, error) = run(&["check", folder]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(out.contains("no problems") && out.lines().count() < 30, "{out}");
    let (status, _, error) = run(&["new", folder]);
    assert_eq!(status, 2);
    assert!(error.contains("exists already"), "{error}");
    // Nothing half-written is left beside it.
    assert_eq!(std::fs::read_dir(temporary.path().join("deep")).unwrap().count(), 1);
}

/// A slip of a thousand shows in what a policy costs a year and a job.
#[test]
fn the_check_says_what_policies_cost_and_in_which_years_the_climate_is_data() {
    let folder = Folder::new();
    let check = ["check", folder.path.to_str().unwrap()];
    let cost = |out: &str, policy: &str| -> f64 {
        let line = out.lines().find(|line| line.starts_with(&format!("  {policy} "))).unwrap();
        let cells: Vec<&str> = line.split_whitespace().collect();
        cells[3].replace(',', "").parse().unwrap()
    };
    let (status, out, error) = run(&check);
    assert_eq!((status, error.as_str()), (0, ""), "{out}");
    assert!(out.contains("KRW m/year") && out.contains("means of 5 replications"), "{out}");
    assert!(out.contains("climate       as observed in 2018 to 20"), "{out}");
    // Construction and land, 2,500 a year, 15 a tenant, over 13 years: some 4,500.
    assert!((3_000.0..8_000.0).contains(&cost(&out, "hub")), "{out}");
    folder.change("policies/hub.toml", "operation = 2500", "operation = 250000");
    let (_, out, _) = run(&check);
    assert!(cost(&out, "hub") > 200_000.0, "{out}");
    // The same check again: the same bytes.
    assert_eq!(run(&check).1, out);
}

/// What only a simulation shows has a place in the files too.
#[test]
fn what_a_simulation_breaks_off_at_is_told_with_file_and_line() {
    let folder = Folder::new();
    folder.change(
        "parameters.toml",
        "founder_rate = { value = 155.0",
        "founder_rate = { value = 900000.0",
    );
    folder.change("parameters.toml", "range = [120.0, 200.0]", "range = [900000, 900000]");
    let text = std::fs::read_to_string(folder.path.join("parameters.toml")).unwrap();
    let line = text.lines().position(|line| line.starts_with("founder_rate")).unwrap() + 1;
    let path = folder.path.to_str().unwrap();
    let (status, _, error) = run(&["check", path]);
    assert_eq!(status, 2, "{error}");
    assert!(error.contains(&format!("parameters.toml:{line}:1")), "{error}");
    assert!(error.contains("replication 0: at the end of 2020 there are"), "{error}");
    let out = folder.path.with_file_name("out");
    let out = out.to_str().unwrap();
    let draws = ["--parameter-draws", "2", "--streams", "2", "--threads", "1"];
    for command in [
        &["replay", "--scenario", path, "--policy", "hub", "--replication", "0"][..],
        &[&["noise", path, "--output", out][..], &draws].concat(),
    ] {
        let (status, _, error) = run(command);
        assert_eq!(status, 2, "{error}");
        assert!(error.contains(&format!("parameters.toml:{line}:1")), "{error}");
    }
    let folder = Folder::new();
    let path = folder.path.to_str().unwrap();
    folder.change("policies/hub.toml", "construction = 12000", "construction = 0");
    folder.change("policies/hub.toml", "land = 5000", "land = 0");
    folder.change("policies/hub.toml", "operation = 2500", "operation = 0");
    folder.change("policies/hub.toml", "service_cost = 15", "service_cost = 0");
    folder.change("policies/hub.toml", "rent_ratio = 0.25", "rent_ratio = 1");
    let (_, out, _) = run(&["check", path, "--until", "2019"]);
    let words: Vec<&str> = out.split_whitespace().collect();
    let words = words.join(" ");
    assert!(words.contains("`run --equal-budget` would have no budget: `hub`"), "{out}");
    let (status, _, error) =
        run(&["run", path, "--equal-budget", "--replications", "1", "--until", "2019", "--quiet"]);
    assert_eq!(status, 2, "{error}");
    assert!(
        error.contains("scenario.toml:") && error.contains("takes its budget from `hub`"),
        "{error}"
    );
}

#[test]
fn a_broken_scenario_ends_with_status_two_and_plain_text_on_standard_error() {
    let folder = Folder::new();
    folder.change("policies/hub.toml", "room = 20", "romo = 20");
    let (status, out, error) = run(&["check", folder.path.to_str().unwrap()]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(error.contains("did you mean `room`?") && error.contains("hub.toml:25:1"), "{error}");
    assert!(!error.contains('\u{1b}'), "{error}");
    let (status, _, error) = run(&["check", "/nowhere/at/all"]);
    assert_eq!(status, 2);
    assert!(error.contains("there is no such folder"), "{error}");
}

#[test]
fn wrong_values_of_set_and_until_end_with_status_two() {
    let folder = Folder::new();
    let folder = folder.path.to_str().unwrap();
    let (status, _, error) = run(&["check", folder, "--set", "quit_rat=0.1", "--until", "2050"]);
    assert_eq!(status, 2);
    assert!(
        error.contains("did you mean `quit_rate`?") && error.contains("--until 2050"),
        "{error}"
    );
    assert!(error.contains("2 problems in"), "{error}");
    assert_eq!(run(&["check", folder, "--set", "quit_rate"]).0, 2);
    assert_eq!(run(&["check", folder, "--set", "quit_rate=0.2", "--until", "2020"]).0, 0);
}

#[test]
fn sources_lists_what_rests_on_judgement() {
    let folder = Folder::new();
    let short = ["--until", "2019", "--replications", "2"];
    let folder = folder.path.to_str().unwrap();
    let (status, out, _) = run(&[&["check", folder, "--sources"], &short[..]].concat());
    assert_eq!(status, 0);
    assert!(out.contains("founder_rate") && out.contains("growth_tenant"), "{out}");
    // A hub and a zone: no fund, so what only funds act through moves nothing and is said not to.
    let of = |name: &str| out.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    assert!(of("round_fund").contains("not used"), "{out}");
    assert!(!of("growth_tenant").contains("not used"), "{out}");
}

#[test]
fn an_unknown_metric_in_observed_figures_fails_the_check() {
    let folder = Folder::new();
    folder.append("observed.csv", "jbos,city,2020,1,1,x\n");
    let (status, _, error) = run(&["check", folder.path.to_str().unwrap()]);
    assert_eq!(status, 2);
    assert!(
        error.contains("did you mean `jobs`?") && error.contains("observed.csv:2:1"),
        "{error}"
    );
}

#[test]
fn a_difference_prints_as_a_table_and_as_csv() {
    let folder = Folder::new();
    let folder = folder.path.to_str().unwrap();
    let (status, out, _) = run(&["diff", "hub", "hub-and-zone", "--scenario", folder]);
    assert_eq!(status, 0);
    assert!(out.starts_with("lever  setting"), "{out}");
    let (_, out, _) = run(&["diff", "hub", "hub-and-zone", "--scenario", folder, "--csv"]);
    assert!(
        out.starts_with("lever,setting,from,to,unit,year\nhub,places,80,120,firms,2024\n"),
        "{out}"
    );
    let (status, _, error) = run(&["diff", "hub", "hubb", "--scenario", folder]);
    assert_eq!(status, 2);
    assert!(error.contains("there is no policy `hubb`; did you mean `hub`?"), "{error}");
}

/// SCENARIO and `--scenario SCENARIO` are the same in every command, and so is the current folder.
#[test]
fn the_scenario_is_named_the_same_way_in_every_command() {
    let place = crate::program::Place::new();
    let quick = "--replications 2 --until 2019 --no-progress";
    let sampled = "--particles 20 --generations 1 --forecasts 20 --no-progress";
    fs::write(
        place.path("mine/observed.csv"),
        "metric,place,period,value,tolerance,source\nfirms,district,2019,60,10,test\n",
    )
    .unwrap();
    let parameters = place.path("mine/parameters.toml");
    let text = fs::read_to_string(&parameters).unwrap();
    fs::write(&parameters, text.replacen("founder_rate = { ", "founder_rate = { free = true, ", 1))
        .unwrap();
    for command in [
        "check @",
        "describe @",
        "explain @",
        "explain @ founder_rate",
        "diff @ baseline hub",
        &format!("attribute @ hub {quick} --output OUT"),
        "replay @ --policy hub --until 2019",
        "explore @ --until 2019 --output OUT.html",
        &format!("run @ {quick} --output OUT"),
        "noise @ --parameter-draws 2 --streams 2 --until 2019 --no-progress --output OUT",
        "validate @ --replications 2 --firm-replications 1 --no-progress --output OUT",
        &format!("calibrate @ {sampled} --output OUT"),
        "slurm @ --shards 2 --dry-run --output OUT",
        "selftest @ --coverage --runs 2 --sizes 2 --reference 100 --until 2019 --policies hub",
    ] {
        let said = |scenario: &str, output: &str, folder: &str| {
            let words = command.replace('@', scenario).replace("OUT", output);
            let output = place.command(&words).current_dir(place.path(folder)).output().unwrap();
            crate::program::Said::from(output)
        };
        let (one, two) = (said("mine", "one", ""), said("--scenario mine", "two", ""));
        let there = said("", "../three", "mine");
        let plain = |said: crate::program::Said, name: &str| {
            let text = said.out.replace("../three", "OUT").replace("/three", "/OUT");
            (
                said.status,
                text.replace(&format!("/{name}"), "/OUT")
                    .replace(&place.path("").display().to_string(), ""),
            )
        };
        // What selftest finds at two replications is nothing to go by, but is the same.
        assert!(command.starts_with("selftest") || one.status == Some(0), "{command}: {one:?}");
        let [one, two, there] =
            [(one, "one"), (two, "two"), (there, "three")].map(|(it, name)| plain(it, name));
        assert_eq!(one, two, "{command}");
        if !command.starts_with("slurm") {
            assert_eq!(one, there, "{command}");
        }
        let both = said("mine --scenario other", "four", "");
        assert_eq!(both.status, Some(2), "{command}: {both:?}");
        // The one word of `explain` is a name where the option names the scenario.
        let is_told = both.error.contains("--scenario") || command == "explain @";
        assert!(is_told, "{command}: {both:?}");
        for name in ["one", "two", "three", "four"] {
            let _ = fs::remove_dir_all(place.path(name));
        }
    }
}

#[test]
fn a_reader_who_goes_away_is_no_error() {
    let mut child = yangjae()
        .args(["explain", "parameters"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert!(output.status.success());
}

#[test]
fn an_unknown_command_ends_with_status_two() {
    yangjae().arg("chekc").assert().code(2);
}

#[test]
fn two_scenarios_of_one_name_are_not_written_over_each_other() {
    let folder = Folder::new();
    let one = folder.path.to_str().unwrap();
    let output = folder.path.join("output");
    let output = output.to_str().unwrap();
    let again = format!("{one}/../mine");
    let arguments = ["run", one, &again, "--output", output, "--replications", "1"];
    let (status, out, error) = run(&arguments);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(error.contains("would both be written to"), "{error}");
    // Before anything is run.
    assert!(!folder.path.join("output").exists());
}

#[test]
fn what_the_terminal_adds_on_placebos_and_budgets_is_korean_where_asked() {
    let folder = Folder::new();
    let output = folder.path.join("output");
    let arguments = [
        "run",
        folder.path.to_str().unwrap(),
        "--output",
        output.to_str().unwrap(),
        "--replications",
        "2",
        "--until",
        "2020",
        "--placebo",
        "--equal-budget",
        "--language",
        "ko",
    ];
    let (status, out, error) = run(&arguments);
    assert_eq!(status, 0, "{error}");
    let start = out.find("2020년 일자리의 총흐름").unwrap();
    for word in ["규모를 조정하였다", "조정 전(억 원)", "파급", "스타트업 허브"]
    {
        assert!(out[start..].contains(word), "{word}: {}", &out[start..]);
    }
    for word in ["gross flows", "Sizes are scaled", "cost before", "replications"] {
        assert!(!out.contains(word), "{word}: {out}");
    }
}

#[test]
fn a_scenario_says_which_tables_are_wanted_and_flags_say_otherwise() {
    let folder = Folder::new();
    folder.append("scenario.toml", "\n[outputs]\nevents = 1\nreplication_csv = true\n");
    let written = |more: &[&str]| {
        let output = tempfile::tempdir().unwrap();
        let mut arguments = vec!["run", folder.path.to_str().unwrap()];
        let at = output.path().to_str().unwrap();
        let few = ["--replications", "2", "--until", "2018", "--policy", "hub", "--quiet"];
        arguments.extend(["--output", at].iter().chain(&few).chain(more));
        let (status, _, error) = run(&arguments);
        assert_eq!(status, 0, "{error}");
        ["events.csv", "replications.csv"].map(|name| {
            let text = std::fs::read_to_string(output.path().join(name)).ok()?;
            let replications = text.lines().skip(1).map(|line| line.split(',').nth(1).unwrap());
            Some(replications.max().unwrap().to_owned())
        })
    };
    let at = |last: &str| Some(last.to_owned());
    assert_eq!(written(&[]), [at("0"), at("1")]);
    assert_eq!(written(&["--events", "2"]), [at("1"), at("1")]);
    assert_eq!(written(&["--events", "0"]), [None, at("1")]);

    folder.change("scenario.toml", "\nevents = 1\n", "\nevent = 1\n");
    let (status, _, error) = run(&["check", folder.path.to_str().unwrap()]);
    assert_eq!(status, 2);
    assert!(error.contains("`event` is no key of the outputs wanted"), "{error}");
    assert!(error.contains("did you mean `events`?"), "{error}");
}

#[test]
fn an_estimate_counts_placebos_where_a_run_would_have_them() {
    let folder = Folder::new();
    let check = ["check", folder.path.to_str().unwrap(), "--estimate", "--until", "2018"];
    for (more, says) in [(&[][..], "of 3 policies"), (&["--placebo"], "of 5 policies")] {
        let (status, out, error) = run(&[&check[..], more].concat());
        assert_eq!(status, 0, "{error}");
        assert!(out.contains(says), "{out}");
    }
}

#[test]
fn an_estimate_counts_futures() {
    let estimate = |more: &[&str]| {
        let check =
            ["check", "scenarios/yangjae", "--estimate", "--until", "2019", "--policy", "homes"];
        run(&[&check[..], &["--replications", "5"], more].concat())
    };
    let years = |out: &str| -> f64 {
        let line = out.lines().find(|line| line.starts_with("firm-years")).unwrap();
        line.split_whitespace().nth(1).unwrap().trim_end_matches(';').parse().unwrap()
    };
    let (status, alone, error) = estimate(&[]);
    assert_eq!(status, 0, "{error}");
    let (_, in_two, _) = estimate(&["--future", "boom", "--future", "talent-drain"]);
    assert!(in_two.contains("in the present world and in 2 futures"), "{in_two}");
    assert!((years(&in_two) / years(&alone) - 3.0).abs() < 0.01, "{alone}{in_two}");
    let (status, _, error) = estimate(&["--future", "bom"]);
    assert_eq!(status, 2);
    assert!(error.contains("did you mean `boom`?"), "{error}");
}

/// An escape sequence, a letter that turns the direction of writing, and a bell.
const ACTS: &str = "\u{1b}[31mX\u{202e}\u{7}";

#[test]
fn no_name_or_word_acts_on_the_terminal() {
    let folder = Folder::new();
    let path = folder.path.to_str().unwrap().to_owned();
    let unknown = format!("--{ACTS}");
    let set = format!("{ACTS}=1");
    let policy = format!("policies/{ACTS}.toml");
    folder.write(&policy, "title = \"x\"\n");
    for arguments in [
        &["explain", ACTS][..],
        &["report", ACTS],
        &["verify", ACTS],
        &["merge", ACTS],
        &["check", ACTS],
        &["replay", ACTS, "--policy", "hub"],
        &["diff", ACTS, ACTS, "--scenario", "scenarios/yangjae"],
        &["run", "--policy", ACTS, "scenarios/yangjae"],
        &["run", "--seed", ACTS],
        &["run", "--set", ACTS],
        &["run", "--set", &set, &path],
        &["run", &unknown],
        &["slurm", "--shards", "2", "--time", ACTS],
        &["describe", ACTS],
        &["check", &path],
        &[ACTS],
    ] {
        let (status, out, error) = run(arguments);
        assert_ne!(status, 0, "{arguments:?}");
        let said = out + &error;
        assert!(said.contains('X'), "{arguments:?}: {said:?}");
        let acts = |letter: char| letter == '\u{202e}' || letter.is_control() && letter != '\n';
        assert!(!said.contains(acts), "{arguments:?}: {said:?}");
        assert!(said.contains("\\u{1b}[31mX\\u{202e}"), "{arguments:?}: {said}");
    }
}

#[test]
fn a_folder_with_a_name_that_acts_is_no_scenario() {
    let folder = Folder::new();
    for name in ["a\u{7}b", "a\nb", "\u{202e}ab"] {
        let renamed = folder.path.with_file_name(name);
        std::fs::rename(&folder.path, &renamed).unwrap();
        let (status, _, error) = run(&["check", renamed.to_str().unwrap()]);
        std::fs::rename(&renamed, &folder.path).unwrap();
        let (made, _, refused) = run(&["new", renamed.to_str().unwrap()]);
        for (status, error) in [(status, error), (made, refused)] {
            assert_eq!(status, 2, "{error}");
            assert!(error.contains("the folder's name cannot be that of a scenario"), "{error}");
            assert!(error.contains("give the folder another name"), "{error}");
        }
        assert!(!renamed.exists());
    }
}

#[test]
fn a_seed_is_said_to_be_a_whole_number() {
    for arguments in [
        &["run", "--seed", "-1"][..],
        &["run", "--seed", "1.5"],
        &["verify", "x", "--seed", "-1"],
        &["selftest", "--seed", "-1"],
        &["noise", "--seed", "18446744073709551616"],
    ] {
        let (status, _, error) = run(arguments);
        assert_eq!(status, 2, "{error}");
        assert!(
            error.contains("expected a whole number from 0 to 18446744073709551615"),
            "{error}"
        );
    }
}

#[test]
fn where_no_scenario_is_the_option_that_names_one_is_told() {
    let place = tempfile::tempdir().unwrap();
    for arguments in [&["diff", "a", "b"][..], &["attribute"], &["replay", "--policy", "a"]] {
        let mut command = yangjae();
        let output = command.args(arguments).current_dir(place.path()).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains("`--scenario SCENARIO`"), "{arguments:?}: {error}");
    }
}

#[test]
fn what_set_cannot_take_is_echoed_as_it_was_typed() {
    for value in ["nan", "NaN", "often", "true"] {
        let set = format!("quit_rate={value}");
        let (status, _, error) = run(&["check", "scenarios/yangjae", "--set", &set]);
        assert_eq!(status, 2, "{error}");
        assert!(error.contains(&format!("`{value}` is no number")), "{error}");
        assert!(error.contains("expected a number from 0 to 1 [1/year]"), "{error}");
        assert!(!error.contains('"'), "{error}");
    }
}

#[test]
fn a_name_that_no_policy_is_near_lists_the_policies() {
    let folder = Folder::new();
    let path = folder.path.to_str().unwrap();
    let (status, _, error) = run(&["attribute", "nope", "--scenario", path]);
    assert_eq!(status, 2, "{error}");
    assert!(error.contains("known are `baseline`, `hub`, `hub-and-zone`"), "{error}");
}

#[test]
fn a_folder_that_windows_cannot_have_is_no_scenario() {
    let place = tempfile::tempdir().unwrap();
    for name in ["con", "AUX", "nul.txt", "com1"] {
        let path = place.path().join(name);
        let (status, _, error) = run(&["new", path.to_str().unwrap()]);
        assert_eq!(status, 2, "{error}");
        assert!(error.contains("Windows has a device of this name"), "{error}");
        assert!(!path.exists());
    }
}

#[test]
fn an_output_folder_has_a_name_that_can_be_shown() {
    for name in ["a\u{7}b", "a\nb", "a\tb"] {
        for command in ["run", "merge", "noise", "validate", "describe"] {
            let (status, _, error) = run(&[command, "x", "--output", name]);
            assert_eq!(status, 2, "{error}");
            assert!(error.contains("for '--output"), "{command}: {error}");
        }
    }
}

/// Columns are those of what was typed.
#[test]
fn what_set_gives_is_pointed_at_where_it_was_typed() {
    let (status, _, error) = run(&["check", "scenarios/yangjae", "--set", "quit_rate=7"]);
    assert_eq!(status, 2, "{error}");
    assert!(error.contains("--set:1:11") && error.contains("quit_rate=7"), "{error}");
}

#[test]
fn few_draws_of_a_posterior_are_named() {
    let folder = Folder::new();
    let path = folder.path.to_str().unwrap();
    folder.change("scenario.toml", "seed = 1\n", "seed = 1\nposterior = \"draws.csv\"\n");
    folder.change("parameters.toml", "founder_rate = { ", "founder_rate = { free = true, ");
    folder.write("draws.csv", "weight,founder_rate\n1,150\n1,160\n");
    let (status, out, error) = run(&["check", path, "--until", "2019"]);
    assert_eq!(status, 0, "{error}");
    assert!(out.contains("few draws\n  posterior of 2:"), "{out}");
}

/// An option that a command lacks is no value that could stand behind `--`.
#[test]
fn no_advice_is_given_that_cannot_work() {
    for command in ["validate", "noise", "merge"] {
        let (status, _, error) = run(&[command, "mine", "--quality"]);
        assert_eq!(status, 2, "{error}");
        assert!(error.contains("--quality") && !error.contains("as a value"), "{error}");
    }
}
