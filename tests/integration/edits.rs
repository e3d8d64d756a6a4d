//! Policies that the command line makes: each is the file that one would write, and a run of it is the run of
//! that file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use yangjae::policy::lever::Common;
use yangjae::scenario::Policy;
use yangjae::scenario::Scenario;
use yangjae::scenario::edit;
use yangjae::scenario::edit::Edited;
use yangjae::scenario::edit::option::Alternatives;

use crate::program::Place;
use crate::program::rows;

const SHORT: &str = "--replications 4 --until 2021 --quiet";

fn shipped() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae")
}

fn edited(options: &[Result<Alternatives, String>], chosen: &str) -> Edited {
    let options: Vec<Alternatives> = options.iter().map(|it| it.clone().unwrap()).collect();
    let folder = shipped();
    let loader = Scenario::loader(&folder).without_posterior();
    edit::edited(&loader, &options, &[chosen.to_owned()]).unwrap()
}

fn policy<'s>(scenario: &'s Scenario, name: &str) -> &'s Policy {
    scenario.policies.iter().find(|policy| policy.name == name).unwrap()
}

/// A second policy with a service for the hub, in packages.
fn with_service(place: &Place) {
    let text = r#"extends = "hub"
[levers.hub]
package = "site"
[levers.lessons]
kind = "programme"
from = 2019-01-01
payer = "city"
source = "x"
package = "site"
degree = "master"
intake = 30
length = 2
new_share = 1.0
linkage = false
tuition = 20
[levers.advice]
kind = "testbed"
from = 2019-01-01
opening = 2019-06-01
payer = "city"
source = "x"
scope = "hub"
reach = 0.3
construction = 100
land = 10
operation = 20
cost_per_firm = 3
"#;
    fs::write(place.path("mine/policies/site.toml"), text).unwrap();
}

#[test]
fn a_run_with_options_is_that_of_the_file_they_save_byte_for_byte() {
    let place = Place::new();
    let options = "--set hub.tenancy=2 --delay hub=1y6m --scale hub=0.5";
    let run = format!("run mine --policy hub {options} {SHORT}");
    place.done(&format!("{run} --output one --save kept/late.toml"));
    let name = "hub--hub-tenancy-2--hub-delay-1y6m--hub-scale-0-5";
    let text = fs::read_to_string(place.path("kept/late.toml")).unwrap();
    let expected = r#"title = "A hub for startups; hub: tenancy 2; hub 1 year 6 months later; hub times 0.5"
title_ko = "스타트업 허브; hub: 최장 입주 기간 2; hub 1년 6개월 늦춤; hub 규모 0.5배"
description = "`hub` with a change: hub: tenancy 2; hub 1 year 6 months later; hub times 0.5."
extends = "hub"

[levers.hub]
tenancy = 2
from = 2019-07-01
opening = 2020-03-01
places = [
    { from = 2020-03-01, value = 15 },
    { from = 2021-07-01, value = 40 },
]
floor_space = 2000
construction = 6000
land = 2500
operation = 1250
"#;
    assert_eq!(text, expected);
    // In shards, and put together.
    for shard in ["1/2", "2/2"] {
        let output = shard.replace('/', "-");
        place.done(&format!("{run} --shard {shard} --output {output}"));
    }
    place.done("merge 1-2 2-2 --output whole --quiet");
    place.same("one", "whole");
    place.done("verify one --sample all");
    let said = place.done(&format!("{run} --output one --resume"));
    assert!(said.error.contains("holds this run already"), "{said:?}");

    let file = place.path(&format!("mine/policies/{name}.toml"));
    fs::copy(place.path("kept/late.toml"), file).unwrap();
    place.done(&format!("run mine --policy hub --policy {name} {SHORT} --output other"));
    place.same("one", "other");
    // The same options again, beside the file that they make.
    place.done(&format!("{run} --output again"));
    place.same("one", "again");
    // Also where every policy is changed: what was made is not changed once more.
    let check = format!("check mine --until 2019 {options}");
    assert!(!place.done(&check).out.contains(&format!("{name}--")));
}

#[test]
fn a_package_is_delayed_whole_and_with_what_is_only_for_it() {
    let place = Place::new();
    with_service(&place);
    let out = place.done("diff site --scenario mine --delay site=1y --csv").out;
    let cells: Vec<Vec<&str>> = out.lines().map(|line| line.split(',').collect()).collect();
    let of = |lever: &str, setting: &str| {
        let row = cells.iter().find(|row| row[0] == lever && row[1] == setting);
        row.map(|row| (row[2].to_owned(), row[3].to_owned()))
    };
    let moved = |from: &str, to: &str| Some((from.to_owned(), to.to_owned()));
    assert_eq!(of("hub", "from"), moved("2018-01-01", "2019-01-01"));
    assert_eq!(of("hub", "opening"), moved("2018-09-01", "2019-09-01"));
    assert_eq!(of("lessons", "from"), moved("2019-01-01", "2020-01-01"));
    // Of no package, and for the hub's tenants.
    assert_eq!(of("advice", "opening"), moved("2019-06-01", "2020-06-01"));
    // A lever by its own name alone, and earlier.
    let out = place.done("diff site --scenario mine --delay lessons=-90d --csv").out;
    let expected =
        "lever,setting,from,to,unit,year\nlessons,from,2019-01-01,2018-10-03,date,2018\n";
    assert!(out.starts_with(expected) && !out.contains("hub"), "{out}");
}

#[test]
fn the_shipped_campus_moves_by_a_year_and_nothing_else_does() {
    let edited = edited(&[Alternatives::delay("campus=1y")], "full-plan");
    let name = "full-plan--campus-delay-1y";
    assert_eq!(edited.made[0].name, name);
    let (late, plan) = (policy(&edited.scenario, name), policy(&edited.scenario, "full-plan"));
    let mut moved = 0;
    for (late, plan) in late.plan.common().zip(plan.plan.common()) {
        let is_moved = plan.package == "campus";
        moved += u32::from(is_moved);
        let from = |lever: &Common| lever.from.ordinal();
        assert_eq!(from(late) - from(plan), if is_moved { 365 } else { 0 }, "{}", plan.name);
    }
    assert_eq!(moved, 8);
    for (late, plan) in late.plan.facilities.iter().zip(&plan.plan.facilities) {
        let steps = late.places.0.iter().zip(&plan.places.0);
        let years = u16::from(plan.common.name == "campus");
        assert!(steps.into_iter().all(|(late, plan)| late.0.year == plan.0.year + years));
    }
}

#[test]
fn a_lever_that_is_added_is_the_one_that_the_other_policy_has() {
    let options = [Alternatives::add("campus@full-plan"), Alternatives::drop("homes")];
    let edited = edited(&options, "talent-first");
    let made = &edited.made[0];
    assert_eq!(made.name, "talent-first--add-campus-of-full-plan--drop-homes");
    let (new, plan) = (policy(&edited.scenario, &made.name), policy(&edited.scenario, "full-plan"));
    let of_campus = |policy: &Policy| -> Vec<_> {
        let levers = policy.plan.common().filter(|lever| lever.package == "campus");
        let names: Vec<String> = levers.map(|lever| lever.name.clone()).collect();
        policy.written.iter().filter(|lever| names.contains(&lever.name)).cloned().collect()
    };
    assert_eq!(of_campus(new), of_campus(plan));
    assert_eq!(of_campus(new).len(), 8);
    assert!(new.plan.homes.is_empty() && made.text.contains("remove = [\"homes\"]\n"));
    // Values as their file writes them, each setting in the order of the register.
    assert!(made.text.contains("\n[levers.campus]\nkind = \"facility\"\nfrom = 2025-01-01\n"));
    assert!(made.text.contains("\nrecruitment_days = [75, 150, 225, 330]\n"));
}

#[test]
fn every_policy_that_has_the_lever_is_changed_and_lists_make_one_each() {
    let place = Place::new();
    let names = |options: &str| -> Vec<String> {
        let out = place.done(&format!("check mine --until 2019 {options}")).out;
        let first = out.lines().filter_map(|line| line.split_whitespace().next());
        first
            .filter(|word| word.contains("--") && !word.ends_with(':'))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(
        names("--set hub.tenancy=2,3"),
        [
            "hub--hub-tenancy-2",
            "hub--hub-tenancy-3",
            "hub-and-zone--hub-tenancy-2",
            "hub-and-zone--hub-tenancy-3"
        ]
    );
    assert_eq!(names("--add zone"), ["hub--add-zone"]);
    assert_eq!(
        names("--policy hub --set hub.room=10 --scale hub=0.5,2"),
        ["hub--hub-room-10--hub-scale-0-5", "hub--hub-room-10--hub-scale-2"]
    );
    // The baseline where it is named.
    assert_eq!(names("--policy baseline --add zone"), ["baseline--add-zone"]);
}

#[test]
fn what_cannot_be_is_said_with_the_option() {
    let place = Place::new();
    with_service(&place);
    for (options, words) in [
        ("--set hbu.tenancy=2", &["`--set hbu.tenancy=2`", "did you mean `hub`?"][..]),
        ("--set site.tenancy=2", &["`site` is a package, of the levers hub, lessons"]),
        ("--set hub.tenanzy=2", &["did you mean `tenancy`?"]),
        ("--set hub.tenancy=200", &["--set hub.tenancy=200", "is out of range", "1 problem in"]),
        ("--set hub.opening=soon", &["--set hub.opening=\"soon\"", "expected a date"]),
        ("--set hub.opening=2017-01-01", &["--set hub.opening=2017-01-01", "is before `from`"]),
        ("--set hub.from=2019-01-01", &["without `--set hub.from=2019-01-01` there is no such"]),
        ("--set hub.tenancy=4", &["`hub` has it so already"]),
        ("--set hub.source=other", &["`--set hub.source=\"other\"`: `hub` does the same with it"]),
        ("--set hub.tenancy=2 --set hub.tenancy=3", &["`hub.tenancy` is set twice", "by commas"]),
        ("--scale hub=0,5", &["`0` is no factor", "if 0.5 is meant, write it with a point"]),
        ("--set hub.tenancy=", &["a value is empty"]),
        ("--set hub.tenancy=2,2.0,2", &["two of the policies would be called"]),
        ("--set zone.share=1 --policy hub", &["`hub` has no lever `zone`"]),
        ("--drop zone --policy hub", &["`hub` has no lever or package `zone`"]),
        ("--drop hub --set hub.tenancy=2", &["`hub` has no lever `hub`"]),
        ("--drop zoen", &["there is no lever or package `zoen`; did you mean `zone`?"]),
        ("--drop hub --policy site", &["this policy has no facility `hub`", "--drop hub"]),
        ("--delay hub=1w", &["--delay", "`1w` is no time"]),
        ("--scale hub=0", &["--scale", "above 0"]),
        ("--scale zone=2 --policy hub-and-zone", &["`zone` has no size in `hub-and-zone`"]),
        (
            "--add hub --policy baseline",
            &["say whose: `--add hub@hub` or `--add hub@hub-and-zone`"],
        ),
        ("--add hub@hub", &["no policy can be changed so: `hub` has it already"]),
        ("--add hub@nobody", &["there is no policy `nobody`"]),
        ("--drop hub --policy hbu", &["there is no policy `hbu`; did you mean `hub`?"]),
        ("--drop hub --drop hub", &["`--drop hub`: it is asked for twice"]),
        ("--save x.toml", &["--save x.toml", "no option makes a policy"]),
    ] {
        place.fails(&format!("run mine --quiet --output out {options}"), 2, words);
        assert!(!place.path("out").exists(), "{options}");
    }
    place.fails("calibrate mine --set hub.tenancy=2", 2, &["settings of levers are for `run`"]);
    place.fails("diff hub --scenario mine --set wage=60", 2, &["name a policy to compare with"]);
    let long = format!("mine/policies/{}.toml", "x".repeat(95));
    let hub = fs::read_to_string(place.path("mine/policies/hub.toml")).unwrap();
    let other =
        hub.replace("A hub for startups", "Another hub").replace("스타트업 허브", "다른 허브");
    fs::write(place.path(&long), other).unwrap();
    place.fails("check mine --set hub.tenancy=2", 2, &["and 100 are the most"]);
    fs::remove_file(place.path(&long)).unwrap();
    let two = "--scenario mine --delay hub=1y,2y";
    place.fails(&format!("diff hub --csv {two}"), 2, &["this makes 2 policies"]);
    place.fails(&format!("replay --policy hub {two}"), 2, &["this makes 2 policies"]);
}

#[test]
fn what_the_baseline_has_is_not_moved() {
    let place = Place::new();
    let hub = fs::read_to_string(place.path("mine/policies/hub.toml")).unwrap();
    let hub = hub.replace("extends = \"baseline\"", "").replace("title", "# title");
    fs::write(place.path("mine/policies/baseline.toml"), hub).unwrap();
    let same = "title = \"Twin\"\nextends = \"baseline\"\n";
    fs::write(place.path("mine/policies/hub.toml"), same).unwrap();
    let run = "run mine --quiet --output out --delay hub=1y --policy";
    place.fails(&format!("{run} hub"), 2, &["`hub` has it as the baseline has it"]);
    let check = "check mine --until 2019 --delay hub=1y --policy";
    assert!(place.done(&format!("{check} baseline")).out.contains("baseline--hub-delay-1y"));
}

#[test]
fn what_saves_leaves_what_is_there() {
    let place = Place::new();
    let check = "check mine --until 2019 --policy hub --delay hub=1y,2y --save kept";
    place.done(check);
    let files = place.files("kept");
    let names: Vec<String> = files.keys().map(|path| path.display().to_string()).collect();
    assert_eq!(names, ["hub--hub-delay-1y.toml", "hub--hub-delay-2y.toml"]);
    place.done(check);
    fs::write(place.path("kept/hub--hub-delay-2y.toml"), "mine").unwrap();
    fs::remove_file(place.path("kept/hub--hub-delay-1y.toml")).unwrap();
    place.fails(check, 2, &["hub--hub-delay-2y.toml", "is left as it is"]);
    // Nothing of it was written.
    assert!(!place.path("kept/hub--hub-delay-1y.toml").exists());
    assert_eq!(fs::read(place.path("kept/hub--hub-delay-2y.toml")).unwrap(), b"mine");
    // In the scenario itself another text of that name is another policy.
    let file = place.path("mine/policies/hub--hub-delay-1y.toml");
    fs::write(file, "extends = \"hub\"\n").unwrap();
    let words = ["policies/hub--hub-delay-1y.toml is there already"];
    place.fails("check mine --policy hub --delay hub=1y", 2, &words);
}

#[test]
fn pairs_say_what_a_delay_costs_as_the_outcomes_do() {
    let place = Place::new();
    let run = "run mine --policy hub --delay hub=1y --replications 30 --until 2022 --output";
    let said = place.done(&format!("{run} out --no-progress"));
    let (late, hub) = ("hub--hub-delay-1y", "hub");
    let mut values: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    for row in rows(&place, "out/outcomes.csv") {
        let of = values.entry((row["outcome"].clone(), row["policy"].clone())).or_default();
        of.push(row["value"].parse().unwrap());
    }
    let pairs = rows(&place, "out/pairs.csv");
    for (outcome, metric) in [
        ("public_cost_pv", "fiscal_cost"),
        ("fiscal_npv", "fiscal_net_present_value"),
        ("economic_npv", "economic_net_present_value"),
        ("job_years", "discounted_net_job_years"),
    ] {
        let of = |policy: &str| &values[&(outcome.to_owned(), policy.to_owned())];
        let differences: Vec<f64> =
            of(late).iter().zip(of(hub)).map(|(late, hub)| late - hub).collect();
        let mean = differences.iter().sum::<f64>() / 30.0;
        let row = pairs
            .iter()
            .find(|row| row["policy"] == late && row["other"] == hub && row["metric"] == metric);
        let row = row.unwrap();
        let number = |column: &str| row[column].parse::<f64>().unwrap();
        assert!((number("difference") - mean).abs() <= 1e-6 * (1.0 + mean.abs()), "{metric}");
        let variance = differences.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / 29.0;
        let sd = variance.sqrt();
        assert!((number("sd") - sd).abs() <= 1e-6 * (1.0 + sd), "{metric}");
        assert_eq!(row["unit"], if outcome == "job_years" { "persons year" } else { "KRW m" });
    }
    // On the terminal, in both languages.
    let line = |out: &str, after: &str, policy: &str| -> String {
        let table = out.split(after).nth(1).unwrap();
        table.lines().find(|line| line.contains(policy)).unwrap().to_owned()
    };
    let english = line(&said.out, "What each change does", late);
    assert!(english.matches("+-").count() == 4, "{english}");
    let said = place.done(&format!("{run} ko --no-progress --language ko"));
    let korean = line(&said.out, "변경의 효과", "늦춤");
    assert!(korean.matches('±').count() == 4, "{korean}");
}
