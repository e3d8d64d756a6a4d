//! `yangjae replay`: what it tells is what the tables of a run say.

use std::fs;

use assert_cmd::Command;

use crate::fixture::Folder;

fn small() -> Folder {
    let folder = Folder::new();
    for (find, replace) in
        [("count = 120", "count = 25"), ("count = 40", "count = 9"), ("count = 600", "count = 60")]
    {
        folder.change("district.toml", find, replace);
    }
    folder.change("scenario.toml", "last_year = 2030", "last_year = 2023");
    folder.write("policies/twin.toml", "extends = \"baseline\"\n");
    folder
}

fn replay(folder: &Folder, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("yangjae").unwrap();
    command.args(["replay", "--scenario"]).arg(&folder.path).args(arguments);
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn told(folder: &Folder, arguments: &[&str]) -> String {
    let (status, text, error) = replay(folder, arguments);
    assert_eq!(status, 0, "{error}");
    text
}

/// The differences of jobs by year are those of `replications.csv`, to the last person, and the
/// events are those of `events.csv`, to the last byte.
#[test]
fn a_replay_agrees_with_the_tables_of_a_run() {
    let folder = small();
    let output = folder.path.join("out");
    Command::cargo_bin("yangjae")
        .unwrap()
        .arg("run")
        .arg(&folder.path)
        .args(["--policy", "hub", "--replications", "2", "--events", "2", "--replication-csv"])
        .args(["--quiet", "--output"])
        .arg(&output)
        .assert()
        .success();
    let values = fs::read_to_string(output.join("replications.csv")).unwrap();
    let jobs = |policy: &str, place: &str, year: &str| -> i64 {
        let start = format!("{policy},1,{place},jobs,{year},");
        let line = values.lines().find(|line| line.starts_with(&start)).unwrap();
        line[start.len()..].parse().unwrap()
    };
    let text = told(&folder, &["--policy", "hub", "--replication", "1"]);
    let mut differs = false;
    for year in 2018..=2023 {
        let year = year.to_string();
        let line = text.lines().find(|line| line.starts_with(&year)).unwrap();
        let cells: Vec<i64> = line.split_whitespace().map(|cell| cell.parse().unwrap()).collect();
        let difference = |place| jobs("hub", place, &year) - jobs("baseline", place, &year);
        assert_eq!((cells[4], cells[5]), (difference("district"), difference("city")), "{year}");
        differs |= cells[4] != 0;
    }
    assert!(differs);

    let events = fs::read_to_string(output.join("events.csv")).unwrap();
    let of_replication = |line: &&str| line.split(',').nth(1) != Some("0");
    let expected: Vec<&str> = events.lines().filter(of_replication).collect();
    let csv = told(&folder, &["--policy", "hub", "--replication", "1", "--csv"]);
    assert_eq!(csv.lines().collect::<Vec<_>>(), expected);
}

/// Every firm that the overview lists has a life that parts, with a reason.
#[test]
fn the_firms_listed_have_lives_that_part_for_a_reason() {
    let folder = small();
    let text = told(&folder, &["--policy", "hub-and-zone", "--most", "40"]);
    let listed: Vec<&str> = text
        .lines()
        .skip_while(|line| !line.starts_with("firm"))
        .skip(1)
        .map_while(|line| line.split_whitespace().next())
        .filter(|name| name.contains("-20"))
        .collect();
    assert!(listed.len() > 10, "{text}");
    for firm in listed {
        let life = told(&folder, &["--policy", "hub-and-zone", "--firm", firm]);
        let part = life.lines().filter(|line| line.starts_with('>')).count();
        assert_eq!(part, 1, "{life}");
        let reason = life.lines().nth(3).unwrap();
        assert!(reason.starts_with("  ") && reason.len() > 30, "{life}");
    }
}

#[test]
fn a_policy_like_the_baseline_has_no_life_that_differs() {
    let folder = small();
    let text = told(&folder, &["--policy", "twin"]);
    assert!(text.contains("They differ in no lever."), "{text}");
    assert!(text.contains("No firm's jobs differ"), "{text}");
    let csv = told(&folder, &["--policy", "twin", "--csv"]);
    let firm = csv.lines().nth(1).unwrap().split(',').nth(6).unwrap();
    let life = told(&folder, &["--policy", "twin", "--firm", firm]);
    assert!(life.contains("the same in both simulations"), "{life}");
}

#[test]
fn names_that_stand_for_nothing_are_told_with_what_may_be_meant() {
    let folder = small();
    for (arguments, expected) in [
        (&["--policy", "hubb"][..], "did you mean `hub`"),
        (&["--policy", "hub", "--firm", "initial-2013-1"], "did you mean `initial-2017-3-1`"),
        (&["--policy", "hub", "--firm", "nonsense"], "--csv"),
        (&["--policy", "hub", "--year", "1999"], "there are 2018 to 2023"),
        (&["--policy", "hub", "--until", "1999"], "1999"),
        (&["--policy", "hub", "--replication", "many"], "invalid value"),
    ] {
        let (status, text, error) = replay(&folder, arguments);
        assert_eq!((status, text.as_str()), (2, ""), "{arguments:?}");
        assert!(error.contains(expected), "{error}");
    }
}
