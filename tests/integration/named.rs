//! What is accepted and never acts is named: parameters that nothing reads, ends, options of the baseline alone.

use std::fs;

use yangjae::policy::levers::LeverKind;
use yangjae::scenario::Scenario;

use crate::fixture::Folder;
use crate::levers;
use crate::program::Place;

const TOP: &str = "scenario.toml";

/// Every parameter, under policies with one kind of lever or none: where nothing is said to read it, another
/// value of it changes no figure of any replication to the bit.
#[test]
fn a_parameter_that_nothing_is_said_to_read_moves_no_figure() {
    let mut ever = Vec::new();
    for kind in
        [None, Some(LeverKind::Programme), Some(LeverKind::Designation), Some(LeverKind::Homes)]
    {
        let lever = kind.map(|kind| format!("[levers.tried]\n{}", levers::settings(kind)));
        let folder = levers::folder(&lever.unwrap_or_default(), "");
        let bits = |set: &[(&str, &str)]| -> Vec<u64> {
            let values = levers::simulate_with(&folder, set, 2).values;
            values.into_iter().flatten().flatten().map(f64::to_bits).collect()
        };
        let base = bits(&[]);
        let stated = Scenario::loader(&folder.path).load().unwrap();
        for (spec, stated) in stated.register.iter().zip(&stated.parameters) {
            if !stated.value.is_finite()
                || ["founder_rate", "institute_rate", "pool_inflow"].contains(&spec.name.as_ref())
            {
                continue;
            }
            let more = stated.value * 1.25 + 0.01;
            let value = if more <= spec.max { more } else { stated.value * 0.75 };
            let Ok(set) = Scenario::loader(&folder.path).set(&spec.name, value).load() else {
                continue;
            };
            if !set.unread_set().is_empty() {
                assert!(
                    bits(&[(&spec.name, &value.to_string())]) == base,
                    "{kind:?}: {}",
                    spec.name
                );
                ever.push(spec.name.to_string());
            }
        }
    }
    for name in ["grant_additional_share", "incubation_pull", "completion_doctor", "review_time"] {
        assert!(ever.iter().any(|other| other == name), "{name}");
    }
}

#[test]
fn values_of_set_that_nothing_reads_are_named_by_every_command_that_takes_them() {
    let place = Place::new();
    let says = "without effect: `--set grant_additional_share`: no policy has the levers through which it acts";
    let set = "--set grant_additional_share=0.4";
    for command in [
        "run mine --replications 2 --until 2018 --output out",
        "noise mine --parameter-draws 2 --streams 2 --until 2018 --output noise",
        "attribute hub --scenario mine --replications 2 --until 2019 --output attributed",
        "replay --policy hub --scenario mine --until 2019",
        "check mine --estimate --replications 2 --until 2018",
    ] {
        let said = place.done(&format!("{command} {set}"));
        assert!(said.error.contains(says), "{command}: {said:?}");
    }
}

#[test]
fn options_that_the_baseline_alone_cannot_use_are_named() {
    let place = Place::new();
    let quick = "run mine --replications 2 --until 2018 --policy baseline --output";
    let says = "`--placebo`: no policy adds a lever to the baseline";
    let said = place.done(&format!("{quick} out --placebo"));
    assert!(said.error.contains(says), "{said:?}");
    let manifest = fs::read_to_string(place.path("out/manifest.json")).unwrap();
    assert!(manifest.contains(says), "{manifest}");
    let said = place.done(&format!("{quick} budget --equal-budget"));
    assert!(said.error.contains("`--equal-budget`: there is no policy to scale"), "{said:?}");
}

#[test]
fn dates_policies_and_ranges_without_use_are_named() {
    let folder = Folder::new();
    folder.change(TOP, "vantage = 2021-12-31", "vantage = 2031-06-30");
    let found = folder.load().unwrap().without_effect();
    assert!(
        found.iter().any(|text| text.starts_with("`vantage` of 2031-06-30: after")),
        "{found:?}"
    );

    let folder = Folder::new();
    folder.change(TOP, "baseline = ", "actual_policy = \"hub\"\nbaseline = ");
    folder.write("observed.csv", "metric,place,period,value,tolerance,source\n");
    let found = folder.load().unwrap().without_effect();
    assert!(found.iter().any(|text| text.starts_with("`actual_policy` of `hub`: ")), "{found:?}");

    let folder = Folder::new();
    let text = fs::read_to_string(folder.path.join("parameters.toml")).unwrap();
    let at = text.find("distribution = \"triangular\"").unwrap();
    let table = text[..at].rfind("value = ").unwrap();
    let value = text[table + 8..].split([',', '\n']).next().unwrap().trim();
    let range = table + text[table..].find("range = [").unwrap();
    let end = range + text[range..].find(']').unwrap() + 1;
    let one = format!("{}range = [{value}, {value}]{}", &text[..range], &text[end..]);
    folder.write("parameters.toml", one);
    let scenario = folder.load().unwrap();
    let found = scenario.without_effect();
    assert!(found.iter().any(|text| text.starts_with("`distribution` of `")), "{found:?}");
    assert!(
        found[found.len() - 1].ends_with(&format!("its range holds {value} alone")),
        "{found:?}"
    );
}

/// Nothing can be fitted or learned of what does not vary.
#[test]
fn marks_on_fixed_parameters_are_named() {
    let place = Place::new();
    let path = place.path("mine/parameters.toml");
    let text = fs::read_to_string(&path).unwrap();
    let line = text.lines().find(|line| line.contains("distribution = \"fixed\"")).unwrap();
    let (name, _) = line.split_once(" = { ").unwrap();
    let marks = "free = true, survey = { model = \"normal\", sd = 1 }";
    let marked = line.replacen("{ ", &format!("{{ {marks}, "), 1);
    fs::write(&path, text.replace(line, &marked)).unwrap();
    let check = place.run("check mine");
    for mark in ["free", "survey"] {
        let told = format!(
            "`{mark}` of `{name}`: the parameter is fixed; give it a range and a distribution"
        );
        assert!(check.out.contains(&told), "{check:?}");
    }
    let figures = "metric,place,period,value,tolerance,source\nfirms,district,2019,60,10,test\n";
    fs::write(place.path("mine/observed.csv"), figures).unwrap();
    let told = format!("is marked `free = true` in parameters.toml is fixed: `{name}`; give it");
    place.fails("calibrate mine", 2, &[&told]);
}

/// The years of the rows after the horizon of the policy `hub` whose facility ends on a day.
fn years_after(until: &str) -> Vec<u16> {
    let place = Place::new();
    let hub = place.path("mine/policies/hub.toml");
    let text = fs::read_to_string(&hub).unwrap();
    fs::write(&hub, text.replacen("from = 2018-01-01", &format!("from = 2018-01-01{until}"), 1))
        .unwrap();
    place.done("run mine --replications 2 --until 2022 --policy hub --quiet --output out");
    let flows = fs::read_to_string(place.path("out/appraisal/flows.csv")).unwrap();
    let mut rows = flows.lines().filter(|line| !line.starts_with('#'));
    let header: Vec<&str> = rows.next().unwrap().split(',').collect();
    let column =
        |name: &str| header.iter().position(|cell| cell.trim_matches('\u{feff}') == name).unwrap();
    let (part, year) = (column("part"), column("year"));
    let cells = rows.map(|row| row.split(',').collect::<Vec<_>>());
    let mut years: Vec<u16> = cells
        .filter(|row| row[part] == "after_horizon")
        .map(|row| row[year].parse().unwrap())
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

#[test]
fn what_is_held_after_the_horizon_ends_with_its_levers() {
    assert!(years_after("").last().is_some_and(|last| *last > 2030));
    assert_eq!(years_after("\nuntil = 2025-06-30"), [2023, 2024, 2025]);
    for ended in ["2019-12-31", "2021-06-30", "2022-12-31"] {
        assert!(years_after(&format!("\nuntil = {ended}")).is_empty(), "{ended}");
    }
}

#[test]
fn an_area_where_people_work_has_floor_space() {
    let folder = Folder::new();
    folder.change("district.toml", "floor_space = 350000", "floor_space = 0");
    let problems = folder.problems();
    assert!(problems.contains("people at the start, have 0 m2"), "{problems}");
    assert!(problems.contains("or \"unlimited\""), "{problems}");
}

#[test]
fn letters_that_look_like_others_are_refused_in_names() {
    let folder = Folder::new();
    folder.write("policies/h\u{443}b.toml", "title = \"X\"\ndescription = \"X\"\n");
    let problems = folder.problems();
    assert!(problems.contains("`\u{443}`, U+0443, is a Cyrillic letter"), "{problems}");

    let folder = Folder::new();
    folder.append("policies/hub.toml", "\n[levers.\"h\u{3bf}me\"]\nkind = \"homes\"\n");
    let problems = folder.problems();
    assert!(problems.contains("U+03BF, is a Greek letter"), "{problems}");

    let folder = Folder::new();
    let hub = "policies/hub.toml";
    folder.change(hub, "from = 2018-01-01", "package = \"p\u{430}rt\"\nfrom = 2018-01-01");
    let problems = folder.problems();
    assert!(
        problems.contains("cannot name a package: `\u{430}`, U+0430, is a Cyrillic"),
        "{problems}"
    );
}

#[test]
fn a_strangers_file_with_the_name_of_a_block_is_not_removed() {
    let place = Place::new();
    let run = "run mine --replications 2 --until 2018 --policy baseline --quiet --output out";
    place.done(run);
    let notes = place.path("out/blocks/block-0000123.yjb");
    fs::write(&notes, "notes of mine").unwrap();
    let before = place.files("out");
    place.fails(
        &format!("{run} --force"),
        2,
        &["block-0000123.yjb", "is none, so it is not removed"],
    );
    assert_eq!(place.files("out"), before);
    fs::remove_file(&notes).unwrap();
    place.done(&format!("{run} --force"));
}

#[test]
fn a_manifest_that_was_altered_is_named_when_it_is_written_again() {
    let place = Place::new();
    let run = "run mine --replications 2 --until 2018 --policy baseline --output out";
    place.done(run);
    let before = place.files("out");
    let path = place.path("out/manifest.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("\"seal\": \"", "\"seal\": \"0", 1)).unwrap();
    let said = place.done(&format!("{run} --resume"));
    let says = "manifest.json does not say what the inputs of this run give: tables and manifest are written again";
    assert!(said.error.contains(says), "{said:?}");
    assert_eq!(place.files("out"), before);
    fs::write(&path, "{").unwrap();
    let said = place.done(&format!("{run} --resume"));
    assert!(said.error.contains("manifest.json cannot be read: tables"), "{said:?}");
    assert_eq!(place.files("out"), before);
}

#[test]
fn korean_units_headers_and_periods_that_are_turned_round_get_a_hint() {
    for (written, hint) in [
        ("5명", "write the number without its unit: 5"),
        ("5 개", "write the number without its unit: 5"),
        ("3곳", "write the number without its unit: 3"),
        ("20㎡", "write the number without its unit: 20"),
        ("1000백만원", "write the number in digits: 1000000000; in KRW m it is 1000"),
        ("3억원", "write the number in digits: 300000000; in KRW m it is 300"),
        ("2조원", "in KRW m it is 2000000"),
        ("5천만원", "in KRW m it is 50"),
        ("15%", "write a share instead of a percentage: 0.15"),
        ("25퍼센트", "write a share instead of a percentage: 0.25"),
        ("1번", "write the number without its unit: 1"),
        ("35만", "write the number in digits: 350000"),
        ("5천", "write the number in digits: 5000"),
        ("35만㎡", "write the number without its unit: 350000"),
        ("1200평", "write the area in m2: 3967"),
    ] {
        let folder = Folder::new();
        folder.change("district.toml", "pool = 750", &format!("pool = {written}"));
        let problems = folder.problems();
        assert!(problems.contains(hint), "{written}: {problems}");
        let is_money = hint.contains("KRW");
        assert_eq!(problems.contains("KRW"), is_money, "{written}: {problems}");
    }
    for (written, hint) in [
        ("35만", "write the number in digits and without quotes: 350000"),
        ("350000㎡", "write the number without its unit and without quotes: 350000"),
        ("1200평", "write the area in m2 and without quotes: 3967"),
        ("unlimted", "did you mean `unlimited`?"),
    ] {
        let folder = Folder::new();
        folder.change(
            "district.toml",
            "floor_space = 350000",
            &format!("floor_space = \"{written}\""),
        );
        let problems = folder.problems();
        assert!(problems.contains(hint) && !problems.contains("KRW"), "{written}: {problems}");
    }
    for (written, hint) in [
        ("wage=50만원", "write the number in digits: 500000; in KRW m it is 0.5"),
        ("profit_margin=25퍼센트", "write a share instead of a percentage: 0.25"),
        ("sales_ramp=2년", "write the number without its unit: 2"),
    ] {
        let (name, value) = written.split_once('=').unwrap();
        let folder = Folder::new();
        let error = Scenario::loader(&folder.path).set(name, value).load().unwrap_err();
        assert!(error.to_string().contains(hint), "{written}: {error}");
    }
    let folder = Folder::new();
    folder.write("observed.csv", "지표,장소,연도,값\njobs,city,2019,5\n");
    let problems = folder.problems();
    assert!(problems.contains("metric,place,period,value,tolerance,source"), "{problems}");
    assert!(
        problems.contains("write `metric` for `지표`, `place` for `장소`, `period` for `연도`"),
        "{problems}"
    );
    let header = "metric,place,period,value,tolerance,source\n";
    folder.write("observed.csv", format!("{header}jobs,city,2020-2019,5,1,x\n"));
    let problems = folder.problems();
    assert!(problems.contains("the period ends in 2019, before it begins in 2020"), "{problems}");
    assert!(problems.contains("write 2019-2020"), "{problems}");
}

#[test]
fn titles_and_names_that_nobody_can_tell_apart_are_refused() {
    let district = "district.toml";
    for (file, from, to, says) in [
        (
            district,
            "title = \"Promotion district\"",
            "title = \"Special zone\"",
            "`special-zone` has the same title",
        ),
        (
            district,
            "title_ko = \"진흥지구\"",
            "title_ko = \"특구 \"",
            "`special-zone` has the same title",
        ),
        (
            district,
            "title = \"Promotion district\"",
            "title = \"Sp\u{435}cial zone\"",
            "`special-zone` has a title that looks the same: `\u{435}`, U+0435, is a Cyrillic letter",
        ),
        (
            "policies/hub.toml",
            "title = \"A hub for startups\"",
            "title = \"A l\u{430}rger hub and a special zone\"",
            "`hub-and-zone` has a title that looks the same: `\u{430}`, U+0430, is a Cyrillic letter",
        ),
        (
            "policies/hub.toml",
            "from = 2018-01-01",
            "package = \"\u{570}ub\"\nfrom = 2018-01-01",
            "cannot name a package: `\u{570}`, U+0570, is an Armenian letter beside Latin letters",
        ),
        (
            "policies/hub.toml",
            "from = 2018-01-01",
            "package = \"\u{ff48}ub\"\nfrom = 2018-01-01",
            "cannot name a package: `\u{ff48}`, U+FF48, is another form of `h`",
        ),
        (
            "policies/hub.toml",
            "from = 2018-01-01",
            "package = \"\u{ff48}\u{ff55}\u{ff42}\"\nfrom = 2018-01-01",
            "`hub` has a name that looks the same",
        ),
    ] {
        let folder = Folder::new();
        folder.change(file, from, to);
        let problems = folder.problems();
        assert!(problems.contains(says), "{to}: {problems}");
        assert!(problems.contains(&format!("{file}:")), "{problems}");
    }
    let folder = Folder::new();
    let more = "\n[[laboratories]]\nname = \"Large labor\u{430}tory\"\narea = \"elsewhere\"\nheadcount = 9\n";
    folder.append(district, &more.replace('\u{430}', "a"));
    assert!(folder.problems().contains("the laboratory `Large laboratory` has the same name"));
}

#[test]
fn a_figure_of_a_year_and_of_its_december_is_given_twice() {
    let folder = Folder::new();
    let header = "metric,place,period,value,tolerance,source\n";
    let rows = "jobs,city,2020,9000,1,x\njobs,city,2020-12,9000,1,y\n";
    folder.write("observed.csv", format!("{header}{rows}"));
    let problems = folder.problems();
    assert!(problems.contains("is given twice, in line 2 and in line 3"), "{problems}");
}

#[test]
fn a_strangers_file_is_not_replaced_nor_made_again() {
    let place = Place::new();
    let run = "run mine --replications 2 --until 2018 --policy baseline --quiet --output out";
    place.done(run);
    let notes = place.path("out/replications.csv");
    fs::write(&notes, "mine").unwrap();
    let before = place.files("out");
    let says =
        ["replications.csv` is there and not from a run in this folder, so it is not replaced"];
    place.fails(&format!("{run} --force --replication-csv"), 2, &says);
    assert_eq!(place.files("out"), before);
    fs::remove_file(&notes).unwrap();

    let block = place.path("out/blocks/block-0000001.yjb");
    fs::write(&block, "notes of mine").unwrap();
    let before = place.files("out");
    place.fails(
        &format!("{run} --resume"),
        2,
        &["block-0000001.yjb", "is none, so it is not removed"],
    );
    assert_eq!(place.files("out"), before);

    fs::create_dir_all(place.path("other")).unwrap();
    for (file, text) in [("manifest.json", "{}"), ("cash.csv", "mine")] {
        let path = place.path("other").join(file);
        fs::write(&path, text).unwrap();
        for force in ["", " --force"] {
            let run =
                format!("run mine --replications 2 --until 2018 --quiet --output other{force}");
            place.fails(&run, 2, &[&format!("{file}` is there and not from a run")]);
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_policy_is_named_once() {
    let place = Place::new();
    let says = ["`--policy hub` stands twice"];
    let quick = "--replications 2 --until 2018 --policy hub --policy hub --output out";
    place.fails(&format!("run mine {quick}"), 2, &says);
    place.fails(&format!("slurm mine --shards 2 {quick}"), 2, &says);
}
