//! What a scenario says and no run reads is accepted, and named with its place.

use std::fs;

use yangjae::policy::levers::LeverKind;
use yangjae::scenario::Scenario;

use crate::fixture::Folder;
use crate::levers;
use crate::program::Place;
use crate::program::yangjae;

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

/// A year that the price index lacks leaves money as it is: `check` says so, `run` in a line, and the manifest keeps
/// it; a rule set that asks for no other year's prices has nothing to say.
#[test]
fn a_price_index_that_lacks_a_year_is_named() {
    let place = Place::new();
    let file = place.path("mine").join(TOP);
    let text = fs::read_to_string(&file).unwrap();
    let line = text.lines().find(|line| line.starts_with("base_year")).unwrap().to_owned();
    fs::write(&file, text.replace(&line, "base_year = 2027")).unwrap();
    let said = "prices of the appraisal by kr-pfs: its price index, of 2015 to 2024, lacks 2027, so money stays in \
                prices of `base_year`, 2027";
    let check = place.done("check mine");
    assert!(check.out.contains(said), "{check:?}");
    let quick = "--replications 2 --until 2018 --policy baseline";
    let run = place.done(&format!("run mine {quick} --output out"));
    assert!(run.error.contains(said), "{run:?}");
    let manifest = fs::read_to_string(place.path("out/manifest.json")).unwrap();
    assert!(manifest.contains("lacks 2027"), "{manifest}");
    let run = place.done(&format!("run mine {quick} --appraisal uk-2026 --output other"));
    assert!(!run.error.contains("price index"), "{run:?}");
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

/// Folders and files of futures and languages as well.
#[test]
fn futures_and_languages_that_nothing_reads_are_named() {
    let place = Place::new();
    for file in [
        "futures/a/f.toml",
        "futures/f.TOML",
        "future/f.toml",
        "language/es.toml",
        "languages/es.TOML",
        "languages/a/es.toml",
        "policy/p.toml",
        "features/notes.txt",
    ] {
        let path = place.path("mine").join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    }
    let check = place.done("check mine").out;
    for told in [
        "folder future: futures are read from futures/",
        "folder language: languages are read from languages/",
        "folder policy: policies are read from policies/",
        "folder futures/a: futures are read from futures/",
        "folder languages/a: languages are read from languages/",
        "file futures/f.TOML: a future is a file NAME.toml",
        "file languages/es.TOML: a language is a file TAG.toml",
    ] {
        assert!(check.contains(&format!("\n  {told}\n")), "no `{told}` in {check}");
    }
    assert!(!check.contains("features"), "{check}");
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
        (
            HUB,
            PLACES,
            "places = 0",
            "lever `hub`: it has no tenant, as `places` is 0, and only adds",
        ),
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
        (HUB, "value = 80", "value = 30", "`places` of 30 from 2020-01-01 on: as before"),
        (ZONE, "decision = ", "decision = 2030-07-02 # ", "in force on 1 July of no year"),
        (ZONE, "refusal = ", "refusal = 1.0 # ", "always refused"),
        (ZONE, "\nshare = ", "\nshare = 0 # ", "as `share` is 0"),
        (ZONE, "loan_cost = 0", "loan_cost = 50", "`loan_cost`: no loan is given, as `loans` is 0"),
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

/// The settings of a lever of a kind with some of them changed or added; it costs nothing.
fn changed(kind: LeverKind, changes: &[(&str, &str)]) -> String {
    let costs = ["construction", "land", "operation", "service_cost", "administration", "tuition"];
    let free = costs.map(|cost| (cost, "0"));
    let mut lines: Vec<String> = levers::settings(kind).lines().map(str::to_owned).collect();
    let is_of = |line: &str, key: &str| line.split(" = ").next() == Some(key);
    for &(key, value) in free.iter().chain(changes) {
        let written = format!("{key} = {value}");
        match lines.iter_mut().find(|line| is_of(line, key)) {
            Some(line) => *line = written,
            None if costs.contains(&key) => {}
            None => lines.push(written),
        }
    }
    lines.join("\n") + "\n"
}

/// What is said of the lever `tried`, and the series that it moves, as `metric at place`.
fn tried(kind: LeverKind, changes: &[(&str, &str)], extra: &str) -> (Vec<String>, Vec<String>) {
    let folder = levers::folder(&format!("[levers.tried]\n{}", changed(kind, changes)), extra);
    let said = folder.load().unwrap_or_else(|error| panic!("{changes:?}: {error}"));
    let said = said.without_effect().into_iter().filter(|text| text.contains("`tried`")).collect();
    let outcome = levers::simulate(&folder, 3);
    let [base, own] = [0, 1].map(|policy| &outcome.layouts[policy]);
    let years = base.years.len();
    let mut moved = Vec::new();
    for (place, series) in base.series.iter().enumerate() {
        let Some(other) = own.position(series.table, series.name, &series.place) else { continue };
        let bits = |values: &[f64], place: usize| -> Vec<u64> {
            values[place * years..(place + 1) * years].iter().map(|value| value.to_bits()).collect()
        };
        if outcome.values.iter().any(|values| bits(&values[0], place) != bits(&values[1], other)) {
            moved.push(format!("{} at {}", series.name, series.place));
        }
    }
    (said, moved)
}

/// A facility of policy and baseline that is open from 2018 to the middle of 2020.
fn closed_hub() -> String {
    let changes = [("opening", "2018-01-01"), ("until", "2020-06-30")];
    format!("[levers.hub]\n{}", changed(LeverKind::Facility, &changes))
}

/// Each lever is named, and without it every figure is the same to the bit; but for those named here.
#[test]
fn a_lever_that_is_named_moves_no_figure() {
    use LeverKind as Kind;
    let hub = closed_hub();
    for (kind, changes, extra, says, but) in [
        (Kind::Facility, &[("room", "0")][..], "", "as `room` is 0", ""),
        (Kind::Facility, &[("awareness_factor", "0")], "", "as `awareness_factor` is 0", ""),
        (Kind::Facility, &[("places", "0")], "", "it does nothing, as `places` is 0", ""),
        (Kind::Facility, &[("floor_space", "0")], "", "as `floor_space` is 0", ""),
        (
            Kind::Facility,
            &[("from", "2010-01-01"), ("opening", "2010-01-01"), ("until", "2015-12-31")],
            "",
            "as it ended on 2015-12-31, before the first year",
            "",
        ),
        (
            Kind::Facility,
            &[("places", "[{ from = 2023-01-01, value = 9 }]"), ("until", "2022-12-31")],
            "",
            "no place or no floor space while it is open",
            "",
        ),
        (
            Kind::Designation,
            &[
                ("plot_ratio", "1"),
                ("acquisition_relief", "0"),
                ("property_relief", "0"),
                ("review_exempt", "false"),
                ("priority_examination", "false"),
                ("loans", "0"),
            ],
            "",
            "it allows and relieves nothing",
            "",
        ),
        (
            Kind::Designation,
            &[("decision", "2020-07-02"), ("until", "2021-06-30"), ("plot_ratio", "3")],
            "",
            "in force on 1 July of no year",
            "",
        ),
        (Kind::Designation, &[("refusal", "1")], "", "always refused", ""),
        (
            Kind::Programme,
            &[("from", "2025-01-01")],
            "",
            "no cohort finishes by the last year, 2025",
            "enrolled",
        ),
        (
            Kind::Programme,
            &[
                ("degree", "\"non-degree\""),
                ("length", "0.4"),
                ("from", "2024-09-15"),
                ("until", "2025-02-01"),
            ],
            "",
            "nobody enrols in a year from 2018 to 2025",
            "",
        ),
        (Kind::Homes, &[("units", "0")], "", "as `units` is 0", ""),
        (Kind::MatchingFund, &[("share", "0")], "", "as `share` is 0", ""),
        (Kind::RentVoucher, &[("duration", "0")], "", "as `duration` is 0", ""),
        (Kind::WageSubsidy, &[("budget", "0")], "", "as `budget` is 0", ""),
        (Kind::WageSubsidy, &[("longest_age", "0.9")], "", "`longest_age` is below 1", ""),
        (
            Kind::ResearchGrant,
            &[("grants", "2"), ("until", "2018-02-28")],
            "",
            "too short a time for one of 2 grants",
            "",
        ),
        (Kind::Testbed, &[("reach", "0")], "", "as `reach` is 0", ""),
        (
            Kind::Testbed,
            &[("scope", "\"hub\""), ("opening", "2021-01-01")],
            &hub,
            "`hub` has no tenant while it runs",
            "",
        ),
        (
            Kind::Institutes,
            &[("from", "2016-01-01"), ("opening", "2017-01-01")],
            "",
            "it opened on 2017-01-01, before the first year, 2018",
            "",
        ),
    ] {
        let (said, moved) = tried(kind, changes, extra);
        assert!(said.iter().any(|text| text.contains(says)), "{kind:?} {changes:?}: {said:?}");
        let moved: Vec<_> =
            moved.iter().filter(|series| but.is_empty() || !series.starts_with(but)).collect();
        assert!(moved.is_empty(), "{kind:?} {changes:?}: {moved:?}");
    }
}

/// What acts though it seems not to is not said to do nothing.
#[test]
fn a_lever_that_acts_is_not_said_to_do_nothing() {
    use LeverKind as Kind;
    let hub = closed_hub();
    let youngest = [("longest_age", "0")];
    for (kind, changes, extra) in [
        (Kind::Facility, &youngest[..], ""),
        (Kind::RentVoucher, &youngest, ""),
        (Kind::ResearchGrant, &youngest, ""),
        (Kind::Programme, &[("from", "2016-01-01"), ("until", "2017-12-31"), ("length", "2")], ""),
        (Kind::Testbed, &[("scope", "\"hub\""), ("opening", "2020-03-01")], &hub),
    ] {
        let (said, moved) = tried(kind, changes, extra);
        assert!(!moved.is_empty(), "{kind:?} {changes:?}");
        assert!(said.is_empty(), "{kind:?} {changes:?}: {said:?}");
    }
    let building = [("construction", "100"), ("places", "0")];
    let (said, moved) = tried(Kind::Facility, &building, "");
    assert!(moved.iter().any(|series| series.starts_with("floor_space")), "{moved:?}");
    assert!(said[0].ends_with("as `places` is 0, and only adds its floor space to the area"));
}

/// Of the climate after the vantage date only `validate --known-climate` knows.
#[test]
fn climate_after_the_vantage_date_is_named() {
    let folder = Folder::new();
    folder.change(TOP, "vantage = 2021-12-31", "vantage = 2019-12-31");
    let words = "climate of 2020 to 2021: after the vantage date, 2019-12-31; only `validate \
                 --known-climate` reads it";
    assert!(folder.load().unwrap().without_effect().contains(&words.to_owned()));
}

/// A calibration with `--force` in the scenario's folder would take its own posterior away.
#[test]
fn no_command_writes_its_results_among_the_inputs() {
    let place = Place::new();
    let before = place.files("mine");
    for command in [
        "run mine",
        "calibrate mine",
        "noise mine",
        "validate mine",
        "attribute hub-and-zone --scenario mine",
    ] {
        for output in ["mine", "mine/policies"] {
            let command = format!("{command} --force --output {output}");
            place.fails(&command, 2, &["holds inputs of the scenario `mine`", "name another"]);
            assert_eq!(place.files("mine"), before, "{command}");
        }
    }
}

/// What is built or taught before the first year stands in no account; what acts of it is named so.
#[test]
fn costs_before_the_first_year_are_named_by_check_run_and_manifest() {
    let place = Place::new();
    let hub = place.path("mine").join(HUB);
    let text = fs::read_to_string(&hub).unwrap();
    let early = text.replace("from = 2018-01-01", "from = 2017-05-03");
    fs::write(&hub, early).unwrap();
    // Half of the time from May 2017 to September 2018 lies before 2018.
    let says = "lever `hub`: 6000 KRW m of `construction` and 5000 KRW m of `land` fall before the \
                first year, 2018: in no account, nor is what it is worth at the end";
    let check = place.done("check mine").out;
    assert!(check.contains(says), "{check}");
    let run = place.done("run mine --replications 2 --until 2019 --policy hub --output out");
    assert!(run.error.contains(says), "{run:?}");
    let manifest = fs::read_to_string(place.path("out/manifest.json")).unwrap();
    assert!(manifest.contains(says), "{manifest}");
    let changes = [("from", "2016-01-01"), ("length", "2"), ("tuition", "30")];
    let (said, _) = tried(LeverKind::Programme, &changes, "");
    assert_eq!(
        said,
        [
            "lever `tried`: `tuition` before the first year, 2018, of those who enrolled before it: in \
             no account"
        ]
    );
}

/// A column of remarks may stand in the table.
#[test]
fn columns_of_observed_figures_that_nothing_reads_are_named() {
    let place = Place::new();
    let table = place.path("mine/observed.csv");
    fs::write(&table, "metric,place,period,value,tolerance,source,note,weight,\n").unwrap();
    let says = "column `weight` of observed.csv: it reads metric, place, period, value, tolerance, \
                source; remarks stand under `note`";
    let check = place.done("check mine").out;
    assert!(check.contains(&format!("not read\n  {says}\n")), "{check}");
    let quick = "run mine --replications 2 --until 2018 --policy baseline --output out";
    let run = place.done(quick);
    assert!(run.error.contains(&format!("not read: {says}\n")), "{run:?}");
    let manifest = fs::read_to_string(place.path("out/manifest.json")).unwrap();
    assert!(manifest.contains(says), "{manifest}");
    place.done("verify out --sample 1");
}

/// An end that never comes in a simulated year.
#[test]
fn an_end_after_the_last_year_is_named() {
    let (said, moved) = tried(LeverKind::WageSubsidy, &[("until", "2031-12-31")], "");
    assert_eq!(
        said,
        ["lever `tried`: `until` of 2031-12-31: after the last year, 2025; it only ends what the \
             appraisal holds after it"]
    );
    assert!(!moved.is_empty());
    let (said, _) = tried(LeverKind::WageSubsidy, &[("until", "2025-12-31")], "");
    assert!(said.is_empty(), "{said:?}");
}

/// What homes and institutes bring stays; their cost would end and the effect would not.
#[test]
fn what_stays_has_no_end() {
    for kind in [LeverKind::Homes, LeverKind::Institutes] {
        let ended = changed(kind, &[("until", "2021-12-31")]);
        let folder = levers::folder(&format!("[levers.more]\n{ended}"), "");
        let error = folder.load().unwrap_err().to_string();
        assert!(error.contains("`more` has no end"), "{error}");
        assert!(error.contains("leave `until` out"), "{error}");
    }
}

#[test]
fn a_value_of_set_that_nothing_reads_is_named() {
    let folder = Folder::new();
    let set = |parameter: &str| {
        let loaded = Scenario::loader(&folder.path).set(parameter, 0.4).load().unwrap();
        loaded.without_effect()
    };
    assert_eq!(
        set("round_fund"),
        ["`--set round_fund`: no policy has the levers through which it acts"]
    );
    // These enter money whatever the levers are.
    for read in ["quit_rate", "discount_rate", "building_value", "property_tax_rate"] {
        assert!(set(read).is_empty(), "{read}");
    }
}

/// What no reader of settings can know, the replications that `check` simulates show.
#[test]
fn what_changed_nothing_when_it_was_tried_is_named() {
    let too_small = [("floor_space", "1"), ("graduates", "false")];
    let one_day = [("from", "2021-12-31"), ("until", "2021-12-31")];
    let nothing = "policy: nothing but money differs from `baseline`";
    for (kind, changes, says) in [
        (LeverKind::Facility, &too_small[..], "policy: tried: it has no tenant"),
        (LeverKind::RentVoucher, &one_day, nothing),
        (LeverKind::WageSubsidy, &one_day, nothing),
    ] {
        let folder = levers::folder(&format!("[levers.tried]\n{}", changed(kind, changes)), "");
        let check = yangjae().arg("check").arg(&folder.path).output().unwrap();
        let said = String::from_utf8(check.stdout).unwrap();
        let section = said.split("without effect in the 5 replications that were simulated").nth(1);
        assert!(section.is_some_and(|text| text.contains(says)), "{kind:?}: {said}");
    }
}
