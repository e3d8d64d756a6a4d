//! Every kind of mistake in a scenario is found where it is, and said so that it can be mended.

mod cases;
mod figures;
mod files;

use std::fmt::Write as _;
use std::fs;

use yangjae::analysis::metrics;
use yangjae::policy::levers::LeverKind;
use yangjae::scenario::Scenario;
use yangjae::scenario::problem::ScenarioError;

use crate::broken_scenarios::cases::BASELINE;
use crate::broken_scenarios::cases::CASES;
use crate::broken_scenarios::cases::Case;
use crate::broken_scenarios::cases::DISTRICT;
use crate::broken_scenarios::cases::HUB;
use crate::broken_scenarios::cases::OBSERVED;
use crate::broken_scenarios::cases::PARAMETERS;
use crate::broken_scenarios::cases::TOP;
use crate::broken_scenarios::cases::ZONE;
use crate::fixture::Folder;
use crate::fixture::shown;

/// Fails where a text lacks any of these words.
#[track_caller]
fn says_all(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "no {word} in {text}");
    }
}

fn against_the_register(folder: &Folder) -> Result<Scenario, ScenarioError> {
    Scenario::loader(&folder.path).against(&metrics::places()).load()
}

/// The scenario with one thing changed, and the place where the caret must stand.
fn broken(case: &Case) -> (Folder, String) {
    let folder = Folder::new();
    folder.change(case.file, case.find, case.replace);
    let text = fs::read_to_string(folder.path.join(case.file)).unwrap();
    // The caret's text is looked for from the change on, and else from the start.
    let original = Folder::new();
    let before = fs::read_to_string(original.path.join(case.file)).unwrap();
    let changed = before.find(case.find).unwrap();
    let at = text[changed..]
        .find(case.caret)
        .map_or_else(|| text.find(case.caret).unwrap(), |offset| changed + offset);
    let at = if case.caret.is_empty() { 0 } else { at };
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[..at].matches('\n').count() + 1;
    let column = text[start..at].chars().count() + 1;
    (folder, format!("mine/{}:{line}:{column}", case.file))
}

#[test]
fn every_mistake_is_one_problem_at_its_line_and_column() {
    let mut faults = String::new();
    for case in CASES {
        let (folder, at) = broken(case);
        let Err(error) = folder.load() else {
            let _ = writeln!(faults, "accepted: {} -> {}", case.find, case.replace);
            continue;
        };
        let text = shown(&folder.path, &error.to_string());
        let said = case.says.iter().all(|words| text.contains(words));
        if error.problems.len() != 1 || !text.contains(&format!("{at}\n")) || !said {
            let _ = writeln!(faults, "expected {at} {:?}, found\n{text}\n", case.says);
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn messages_look_like_this() {
    let texts: Vec<String> = CASES.iter().map(|case| broken(case).0.problems()).collect();
    insta::assert_snapshot!(texts.join("\n\n--------------------\n\n"));
}

#[test]
fn problems_of_several_files_are_all_told_in_the_order_of_files_and_lines() {
    let folder = Folder::new();
    folder.change(TOP, "seed = 1", "seed = -1");
    folder.change(TOP, "base_year = 2021", "base_year = true");
    folder.change(PARAMETERS, "\nfounder_growth", "\nfounder_grwoth");
    folder.change(HUB, "room = 20", "room = 20%");
    folder.change(HUB, "tenancy = 4", "tenancy = 400");
    folder.change(OBSERVED, "source\n", "source\njobs,city,2020,?,1,x\n");
    let error = folder.load().unwrap_err();
    let found: Vec<String> = error
        .problems
        .iter()
        .map(|problem| {
            let at = problem.position.as_ref().unwrap();
            format!("{}:{}:{}", shown(&folder.path, &problem.file), at.line, at.column)
        })
        .collect();
    let expected = [
        "mine/scenario.toml:22:13",
        "mine/scenario.toml:33:8",
        "mine/parameters.toml:28:1",
        "mine/policies/hub.toml:24:11",
        "mine/policies/hub.toml:25:8",
        "mine/observed.csv:2:16",
    ];
    assert_eq!(found, expected, "{error}");
    assert!(error.to_string().contains("6 problems in "), "{error}");
}

#[test]
fn a_mistake_that_others_take_over_is_told_once() {
    let folder = Folder::new();
    folder.change(HUB, "room = 20", "room = 20.5");
    folder.write("policies/third.toml", "extends = \"hub-and-zone\"");
    assert_eq!(folder.load().unwrap_err().problems.len(), 1);
}

/// The ninth would offer nothing without a word.
#[test]
fn a_policy_has_eight_matching_funds_at_most() {
    let folder = Folder::new();
    let fund = crate::levers::settings(LeverKind::MatchingFund);
    for number in 1..=8 {
        folder.append(BASELINE, &format!("[levers.fund-{number}]\n{fund}"));
    }
    folder.load().unwrap();
    folder.append(BASELINE, &format!("[levers.fund-9]\n{fund}"));
    assert!(folder.problems().contains("the policy has more than 8 matching funds"));
}

#[test]
fn too_many_levers_and_facilities_are_refused() {
    let folder = Folder::new();
    let facility = fs::read_to_string(folder.path.join(HUB)).unwrap();
    let table = facility[facility.find("[levers.hub]").unwrap()..].to_owned();
    let more: String =
        (0..64).map(|n| table.replace("levers.hub", &format!("levers.x{n}"))).collect();
    folder.append(HUB, &more);
    let text = folder.problems();
    assert!(text.contains("more than 64 names of levers"), "{text}");
    assert!(text.contains("more than 16 facilities"), "{text}");
}

#[test]
fn two_policies_of_one_title_are_refused() {
    let folder = Folder::new();
    let hub = fs::read_to_string(folder.path.join(HUB)).unwrap();
    let title = hub.lines().find(|line| line.starts_with("title =")).unwrap();
    let zone = fs::read_to_string(folder.path.join(ZONE)).unwrap();
    let other = zone.lines().find(|line| line.starts_with("title =")).unwrap();
    folder.change(ZONE, other, title);
    let text = folder.problems();
    assert!(text.contains("has the same title") && text.contains("mine/policies/"), "{text}");
}

/// A reader cannot tell them apart.
#[test]
fn two_titles_that_look_the_same_are_refused() {
    for title in [
        "A\u{200c} hub for startups",
        "A hub for start\u{ad}ups",
        "Ａ ｈｕｂ for startups",
        "A  hub for\u{a0}startups",
    ] {
        let folder = Folder::new();
        folder.change(ZONE, "\"A larger hub and a special zone\"", &format!("\"{title}\""));
        let text = folder.problems();
        assert!(text.contains("has a title that looks the same"), "{text}");
    }
    let folder = Folder::new();
    folder.change(ZONE, "\"A larger hub and a special zone\"", "\"a Hub for STARTUPS\"");
    let text = folder.problems();
    assert!(text.contains("has the same title but for capital letters"), "{text}");
    let folder = Folder::new();
    folder.change(ZONE, "\"허브 확대와 특구 지정\"", "\"스타트업\u{ad} 허브\"");
    assert!(folder.problems().contains("has a title that looks the same"));
    folder.change(ZONE, "\"스타트업\u{ad} 허브\"", "\"\u{3164}\u{200c}\"");
    assert!(folder.problems().contains("no letter that can be seen"), "{}", folder.problems());
}

/// Whatever stands under a label stands beside the others.
#[test]
fn labels_that_others_have_are_refused() {
    let payer = "payers.city = { title = \"City budget\", title_ko = \"시비\"";
    for (file, find, replace, says) in [
        (TOP, "district = \"My district\"", "district = \"My city\"", "`city` has the same name"),
        (
            TOP,
            "district_ko = \"나의 혁신지구\"",
            "district_ko = \"우리 시\"",
            "`city` has the same name",
        ),
        (DISTRICT, "title = \"Other ICT\"", "title = \"software\"", "the name of "),
        (TOP, payer, "payers.city = { title = \"All\"", "`all` has the same title"),
        (
            TOP,
            payer,
            "payers.city = { title = \"City\", title_ko = \"합계\"",
            "`all` has the same title",
        ),
    ] {
        let folder = Folder::new();
        folder.change(file, find, replace);
        let text = folder.problems();
        says_all(&text, &[says, &format!("mine/{file}:"), "1 problem in mine"]);
    }
    // Of two policies the later one is told.
    let folder = Folder::new();
    folder.change(ZONE, "\"A larger hub and a special zone\"", "\"Hub\"");
    let says = "`hub-and-zone` has the name of this one, `hub`, for its title";
    says_all(&folder.problems(), &[says, &format!("mine/{HUB}:"), "1 problem in mine"]);
}

/// Which parameters there are, and which areas, is not known where the district is not.
#[test]
fn nothing_only_follows_from_a_district_that_is_not_understood() {
    for (find, replace, says) in [
        ("district = true\n", "", "no area belongs to the district"),
        ("number = 3\n", "number = 3\ndistrict = true\nrent = 0.3\n", "every area belongs to"),
    ] {
        let folder = Folder::new();
        let text = fs::read_to_string(folder.path.join(DISTRICT)).unwrap();
        let (areas, rest) = text.split_once("[sectors.").unwrap();
        folder.write(DISTRICT, format!("{}[sectors.{rest}", areas.replace(find, replace)));
        says_all(&folder.problems(), &[says, "1 problem in mine"]);
    }
    let folder = Folder::new();
    fs::remove_file(folder.path.join(DISTRICT)).unwrap();
    says_all(&folder.problems(), &["lacks the file district.toml", "1 problem in mine"]);
}

#[test]
fn slips_of_dates_and_signs_are_told_with_what_to_write() {
    for (file, find, replace, says) in [
        (TOP, "2021-12-31", "31/12/2021", "write year, month and day with hyphens: 2021-12-31"),
        (TOP, "2021-12-31", "01/07/2024", "with hyphens: 2024-07-01 or 2024-01-07"),
        (TOP, "2021-12-31", "31.12.2021", "with hyphens: 2021-12-31"),
        (TOP, "2021-12-31", "\"01/07/2024\"", "without quotes: 2024-07-01 or 2024-01-07"),
        (HUB, "room = 20", "room ＝ 20", "write the usual one: ="),
        (HUB, "[levers.hub]", "［levers.hub］", "write the usual one: ["),
        (TOP, "\"KRW m\"", "\"krw m\"", "write KRW"),
    ] {
        let folder = Folder::new();
        folder.change(file, find, replace);
        says_all(&folder.problems(), &[says, &format!("mine/{file}:"), "1 problem in mine"]);
    }
}

/// Spreadsheets leave rows of commas.
#[test]
fn an_empty_row_is_one_problem() {
    for row in [",,,,,", " , ,,,, ", ",,"] {
        let folder = Folder::new();
        folder.append(OBSERVED, &format!("{row}\n"));
        says_all(&folder.problems(), &["the row is empty", "remove it", "1 problem in mine"]);
    }
}

/// That scenario.toml names a policy that is not there only follows.
#[test]
fn the_remedy_comes_before_what_follows_from_the_mistake() {
    let folder = Folder::new();
    fs::rename(folder.path.join(HUB), folder.path.join("policies/hub.TOML")).unwrap();
    let text = folder.problems();
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words} in {text}"));
    assert!(at("rename it to `hub.toml`") < at("there is no policy `hub`"), "{text}");
}

#[test]
fn a_climate_that_begins_after_the_scenario_is_refused() {
    let folder = Folder::new();
    folder.change(TOP, "first_year = 2018", "first_year = 2016");
    let text = folder.problems();
    says_all(
        &text,
        &[
            "the climate begins in 2018, and the scenario in 2016",
            "mine/district.toml:",
            "would be drawn by chance",
            "1 problem in mine",
        ],
    );
}

#[test]
fn a_rent_is_asked_for_where_a_lever_lies() {
    let folder = Folder::new();
    folder.change(ZONE, "area = \"special-zone\"", "area = \"elsewhere\"");
    let text = folder.problems();
    says_all(
        &text,
        &[
            "the area `elsewhere` lacks the key `rent`",
            "`zone` of the policy `hub-and-zone`",
            "mine/district.toml:",
        ],
    );
    folder.change(
        DISTRICT,
        "floor_space = \"unlimited\"",
        "rent = 0.3\nfloor_space = \"unlimited\"",
    );
    assert!(folder.load().unwrap().without_effect().is_empty());
}

/// Won for millions of won, per cent for shares, m2 for km2: each has a bound that refuses it.
#[test]
fn numbers_of_another_order_of_magnitude_are_refused_with_what_is_meant() {
    for (file, find, replace, says) in [
        (
            DISTRICT,
            "rent = ",
            "rent = 300_000 # ",
            "if it is in whole KRW: the unit is KRW m, write 0.3",
        ),
        (DISTRICT, "land = ", "land = 2_860_000 # ", "to 20000 [km2]"),
        (
            DISTRICT,
            "sector_share = ",
            "sector_share = 40 # ",
            "if it is in per cent: the unit is 1, write 0.4",
        ),
        (DISTRICT, "index = ", "index = 81.3 # ", "write 0.813"),
        (HUB, "construction = ", "construction = 2_500_000_000 # ", "write 2500"),
        (HUB, "operation = ", "operation = 2_500_000 # ", "write 2.5"),
        (HUB, "service_cost = ", "service_cost = 2_500_000 # ", "write 2.5"),
        (HUB, "rent_ratio = ", "rent_ratio = 85 # ", "write 0.85"),
        (ZONE, "plot_ratio = ", "plot_ratio = 150 # ", "write 1.5"),
        ("parameters.toml", "\nwage = { value = 65.0", "\nwage = { value = 65_000_000", "write 65"),
    ] {
        let folder = Folder::new();
        folder.change(file, find, replace);
        let text = folder.problems();
        assert!(text.contains("is out of range") && text.contains(says), "{replace}: {text}");
    }
}

#[test]
fn a_parameter_is_set_once() {
    let set = |value: &str| ("quit_rate".to_owned(), value.to_owned());
    let folder = Folder::new();
    let error =
        Scenario::loader(&folder.path).set_all(&[set("0.1"), set("0.2")]).load().unwrap_err();
    assert!(error.to_string().contains("`quit_rate` is set twice"), "{error}");
}

/// One limit is told, however long it is.
#[test]
fn a_title_that_is_too_long_is_told_the_limit_of_titles() {
    for length in [201, 40_000] {
        let folder = Folder::new();
        folder.change(TOP, "\"My district\"", &format!("\"{}\"", "a".repeat(length)));
        assert!(folder.problems().contains("expected 200 at most"), "{}", folder.problems());
    }
}
