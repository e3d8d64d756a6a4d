//! What a scenario says and no run reads is accepted, and named with its place.

use std::fs;

use crate::fixture::Folder;
use crate::program::Place;

const TOP: &str = "scenario.toml";
const DISTRICT: &str = "district.toml";
const HUB: &str = "policies/hub.toml";
const ZONE: &str = "policies/hub-and-zone.toml";
/// The places of the hub, as they are written.
const PLACES: &str =
    "places = [\n    { from = 2018-09-01, value = 30 },\n    { from = 2020-01-01, value = 80 },\n]";

#[test]
fn what_has_no_effect_is_named_and_refuses_nothing() {
    let folder = Folder::new();
    assert!(folder.load().unwrap().without_effect().is_empty());
    folder.change(TOP, "last_year = 2030", "last_year = 2019");
    let found = folder.load().unwrap().without_effect();
    assert!(
        found.iter().any(|text| text.starts_with("lever `zone`: it begins to act on")),
        "{found:?}"
    );
    assert!(found.iter().any(|text| text.starts_with("lever `hub`: `places` of")), "{found:?}");
    folder.write("draws.csv", "a\n1\n");
    let unread = folder.load().unwrap().not_read;
    assert_eq!(unread.len(), 1);
    assert!(unread[0].starts_with("file draws.csv: "), "{unread:?}");
}

/// `check` names them, `run` says so in a line, and the manifest keeps them; `verify`, `merge` and
/// `--resume` hold nothing against them.
#[test]
fn files_that_nothing_reads_are_named() {
    let place = Place::new();
    let quick = "--replications 2 --until 2018 --policy baseline";
    let said = place.done(&format!("run mine {quick} --output plain"));
    assert!(!said.error.contains("not read"), "{said:?}");
    let plain = fs::read_to_string(place.path("plain/manifest.json")).unwrap();
    assert!(!plain.contains("not_read"), "{plain}");
    fs::create_dir(place.path("mine/Policies")).unwrap();
    for file in [
        "extra.toml",
        "Scenario.toml",
        "README.md",
        "policies/.x.toml",
        "policies/x.tml",
        "policies/x.toml~",
        "policies/notes.txt",
    ] {
        fs::write(place.path("mine").join(file), "nonsense").unwrap();
    }
    let names = [
        "folder Policies: policies are read from policies/",
        "file Scenario.toml: a scenario reads scenario.toml, district.toml, parameters.toml and",
        "file extra.toml: ",
        "file policies/x.tml: a policy is a file NAME.toml",
        "hidden files and copies: policies/.x.toml, policies/x.toml~",
    ];
    let check = place.done("check mine").out;
    let run = place.done(&format!("run mine {quick} --output out"));
    let manifest = fs::read_to_string(place.path("out/manifest.json")).unwrap();
    let listed: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let listed = listed["not_read"].as_array().unwrap();
    assert_eq!(listed.len(), names.len());
    for (name, listed) in names.iter().zip(listed) {
        assert!(check.contains(name), "no `{name}` in {check}");
        assert!(listed.as_str().unwrap().starts_with(name), "{listed}");
    }
    for other in ["README.md", "notes.txt"] {
        assert!(!check.contains(other), "{check}");
    }
    let line = "not read: folder Policies: policies are read from policies/; and 4 more, which \
                `yangjae check` names\n";
    assert!(run.error.contains(line), "{run:?}");
    place.done("verify out --sample 1");
    for shard in 1..=2 {
        place.done(&format!("run mine {quick} --quiet --shard {shard}/2 --output parts/{shard}"));
    }
    place.done("merge parts --quiet --output merged");
    place.same("out", "merged");
    fs::remove_file(place.path("mine/extra.toml")).unwrap();
    let said = place.done(&format!("run mine {quick} --output out --resume"));
    assert!(said.error.contains("holds this run already"), "{said:?}");
}

/// Each change is accepted, and named with its place.
#[test]
fn whatever_is_read_and_never_acts_is_named() {
    for (file, find, replace, says) in [
        (
            DISTRICT,
            "floor_space = \"unlimited\"",
            "rent = 0.3\nfloor_space = \"unlimited\"",
            "`rent` of the area elsewhere: no lever lies there",
        ),
        (
            DISTRICT,
            "floor_space = \"unlimited\"",
            "sector_share = 0.1\nfloor_space = \"unlimited\"",
            "`sector_share` of the area elsewhere",
        ),
        (TOP, "first_year = 2018", "first_year = 2019", "climate of 2018: before the first year"),
        (
            TOP,
            "parameters_vary = true",
            "parameters_vary = true\noutputs = { events = 900000 }",
            "`events` of 900000",
        ),
        (DISTRICT, "count = ", "count = 0 # ", "a group of startups in "),
        (HUB, PLACES, "places = 0", "lever `hub`: it does nothing but cost, as `places` is 0"),
        (HUB, "floor_space = ", "floor_space = 0 # ", "as `floor_space` is 0"),
        (
            HUB,
            "[levers.",
            "[parameters]\nquit_rate = { times = 1.0 }\n\n[levers.",
            "the change of `quit_rate`: it leaves the value as it is",
        ),
        (
            HUB,
            "[levers.",
            "[parameters]\nquit_rate = { times = 1.1, from = 2020-07-01, until = 2021-06-30 }\n\n[levers.",
            "holds on 1 July of no year",
        ),
        (
            HUB,
            "[levers.",
            "[parameters]\nquit_rate_home = { times = 1.1 }\n\n[levers.",
            "none of the levers through which it acts",
        ),
        (
            ZONE,
            "decision = ",
            "until = 2026-06-30\ndecision = 2025-07-02 # ",
            "in force on 1 July of no year",
        ),
        (ZONE, "refusal = ", "refusal = 1.0 # ", "always refused"),
        (ZONE, "\nshare = ", "\nshare = 0 # ", "as `share` is 0"),
    ] {
        let folder = Folder::new();
        folder.change(file, find, replace);
        let scenario = folder.load().unwrap_or_else(|error| panic!("{replace}: {error}"));
        let found = scenario.without_effect();
        assert!(found.iter().any(|text| text.contains(says)), "{replace}: {found:?}");
    }
}

#[test]
fn steps_that_are_replaced_before_they_act_are_named_and_leap_days_are_in_order() {
    let folder = Folder::new();
    let steps = "places = [{ from = 2015-01-01, value = 5 }, { from = 2018-01-01, value = 25 }, \
        { from = 2020-02-28, value = 30 }, { from = 2020-02-29, value = 31 }]";
    folder.change(HUB, PLACES, steps);
    let scenario = folder.load().unwrap();
    let found = scenario.without_effect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("`places` of 5 from 2015-01-01 on: replaced on 2018-01-01"));
    let hub = scenario.policies.iter().find(|policy| policy.name == "hub").unwrap();
    let on = |month, day| {
        let date = yangjae::time::Date::from_calendar(2020, month, day).unwrap();
        hub.plan.facilities[0].places.on(date)
    };
    assert_eq!((on(2, 27), on(2, 28), on(3, 1)), (25, 31, 31));
    folder.change(HUB, "2020-02-28", "2020-03-01");
    assert!(folder.problems().contains("expected rising dates"));
}
