//! Money is the scenario's own: no output of a scenario in other money names the won, nor another city.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use crate::explore::data_of;
use crate::fixture::Folder;
use crate::program::Place;
use crate::program::all_files;

/// What stands in no output of a scenario of another country: words that are whole, so that letters of Korean words
/// and of data in base64 are none.
fn foreign(text: &str) -> Option<String> {
    let whole = |at: usize, word: &str| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        [before, after].into_iter().flatten().all(|letter| !letter.is_alphanumeric())
    };
    let found = [
        "KRW",
        "won",
        "원",
        "억 원",
        "백만 원",
        "Seoul",
        "Seocho-gu",
        "Yangjae",
        "서울시",
        "서울",
        "{money}",
        "{currency}",
    ]
    .into_iter()
    .flat_map(|word| text.match_indices(word))
    .find(|&(at, word)| whole(at, word))?;
    let around: String =
        text[..found.0].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
    Some(format!("{around}{}", found.1))
}

/// The texts in a workbook.
fn sheets(path: &Path) -> String {
    let mut book = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut texts = String::new();
    for index in 0..book.len() {
        let mut file = book.by_index(index).unwrap();
        let _ = file.read_to_string(&mut texts);
    }
    texts
}

#[test]
fn a_scenario_in_euros_says_so_in_all_that_it_writes() {
    let place = Place::new();
    place.done("new city --areas 4 --sectors 5 --currency EUR");
    place.done("check city");
    let mut said = String::new();
    for (command, output) in [
        (
            "run city --replications 4 --until 2024 --events 1 --replication-csv --appraisal eu",
            "en",
        ),
        ("run city --replications 4 --until 2024 --language ko --appraisal uk-2026", "ko"),
    ] {
        let told = place.done(&format!("{command} --output {output}"));
        said += &(told.out + &told.error);
    }
    for name in [
        "levers",
        "parameters",
        "metrics",
        "items",
        "columns",
        "terms",
        "facility",
        "homes",
        "wage",
        "budget",
        "research-grant",
        "grant-given",
        "matching-fund",
    ] {
        said += &place.done(&format!("explain {name} --scenario city")).out;
    }
    for command in [
        "check city",
        "check city --sources",
        "check city --estimate",
        "describe city",
        "diff baseline hub --scenario city",
        "explain economic_npv --policy hub --run en",
        "attribute hub --scenario city --replications 2 --output parts",
        "noise city --output noise --parameter-draws 2 --streams 2",
    ] {
        let told = place.done(command);
        said += &(told.out + &told.error);
    }
    assert_eq!(foreign(&said), None);
    for folder in ["city", "en", "ko", "parts"] {
        for (path, bytes) in all_files(&place.path(folder)) {
            let text = if path.ends_with("explore.html") {
                // Its scripts and keys of its data name the place of the unit.
                let page = String::from_utf8(bytes).unwrap();
                data_of(&page).to_string().replace("{money}", "")
            } else if path.extension().is_some_and(|ending| ending == "xlsx") {
                sheets(&place.path(folder).join(&path))
            } else if path.extension().is_some_and(|ending| ending == "png" || ending == "yjb") {
                continue;
            } else {
                String::from_utf8(bytes).unwrap()
            };
            assert_eq!(foreign(&text), None, "{folder}/{}", path.display());
        }
    }
    assert!(said.contains("EUR k/year") && said.contains("EUR m"), "{said}");
    let yearly = fs::read_to_string(place.path("en/yearly.csv")).unwrap();
    assert!(yearly.contains(",EUR k/year,"), "{yearly}");
    let page = fs::read_to_string(place.path("ko/report.html")).unwrap();
    assert!(page.contains("EUR m") && page.contains("우리 시 전체"));
}

#[test]
fn every_kind_of_currency_makes_a_scenario_that_runs() {
    for code in ["JPY", "INR", "GBP", "USD", "VND", "KWD", "XPF"] {
        let place = Place::new();
        place.done(&format!("new city --currency {code}"));
        place.done("check city");
        place.done("run city --replications 2 --until 2020 --quiet --output out");
    }
    Place::new().fails(
        "new city --currency EURO",
        2,
        &["expected a code of ISO 4217, such as EUR"],
    );
    Place::new().fails("new city --currency usd", 2, &["such as EUR; write USD"]);
}

#[test]
fn amounts_scale_with_the_currency_and_nothing_else_moves() {
    // A rupee is worth ten times a yen, as the table has it, so ten times as many are the same money.
    let place = Place::new();
    let mut jobs = Vec::new();
    for code in ["KRW", "EUR"] {
        place.done(&format!("new {code} --currency {code}"));
        place
            .done(&format!("run {code} --replications 3 --until 2022 --quiet --output out-{code}"));
        let yearly = fs::read_to_string(place.path(&format!("out-{code}/yearly.csv"))).unwrap();
        jobs.push(yearly.replace("EUR k", "KRW m"));
    }
    assert_eq!(jobs[0], jobs[1]);
}

#[test]
fn what_is_wrong_with_money_is_told_with_its_remedy() {
    let line = "money = { account = \"KRW m\", display = \"KRW bn\" }";
    for (written, words) in [
        ("", "scenario.toml lacks the key `money`"),
        ("money = { account = \"KRW m\" }", "lacks the key `display`"),
        (
            "money = { account = \"EURO k\", display = \"EUR m\" }",
            "`EURO` is no currency's code of ISO 4217",
        ),
        (
            "money = { account = \"EUR thousand\", display = \"EUR m\" }",
            "`thousand` is no word of a power of ten",
        ),
        ("money = { account = \"KRW m\", display = \"EUR m\" }", "in KRW, that of display in EUR"),
        (
            "money = { account = \"KRW bn\", display = \"KRW bn\" }",
            "KRW bn as the unit of accounts is too large",
        ),
        (
            "money = { account = \"KRW\", display = \"KRW m\" }",
            "KRW as the unit of accounts is too small",
        ),
        ("money = { account = \"KRW m\", display = \"KRW k\" }", "less than the unit of accounts"),
        (
            "money = { account = \"EUR k\", display = \"EUR m\" }",
            "the rule set kr-pfs lays down amounts in KRW",
        ),
        ("money = { account = \"EUR k\", display = \"EUR m\" }", "expected \"EUR k/year\""),
    ] {
        let folder = Folder::new();
        folder.change("scenario.toml", line, written);
        let problems = folder.problems();
        assert!(problems.contains(words), "{written}: {problems}");
    }
    let folder = Folder::new();
    folder.change("scenario.toml", "city = \"My city\"", "city = \"{city}\"");
    assert!(folder.problems().contains("a name has no braces"));
    // A bound in won is one to a power of ten in other money.
    let place = Place::new();
    place.done("new city --currency JPY");
    let file = place.path("city/policies/hub.toml");
    let text = fs::read_to_string(&file).unwrap();
    let line = text.lines().find(|line| line.starts_with("construction")).unwrap();
    fs::write(&file, text.replace(line, "construction = 2000000000")).unwrap();
    place.fails("check city", 2, &["expected a number from 0 to 1000000000 [JPY k]"]);
}

#[test]
fn a_rule_set_of_another_currency_is_refused_on_the_command_line() {
    let place = Place::new();
    place.done("new city --currency EUR");
    place.fails(
        "run city --appraisal kr-local --output out",
        2,
        &["the rule set kr-local lays down amounts in KRW", "eu"],
    );
}
