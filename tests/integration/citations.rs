//! What comments, sources and pages cite is there: sections of the model, published figures, files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The files of these folders with one of these ends, and their texts.
fn texts(folders: &[&str], ends: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| ends.iter().any(|wanted| end == *wanted)) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

/// The numbers of the sections of the page of the model.
fn sections() -> BTreeSet<String> {
    let page = fs::read_to_string("src/model/MODEL.md").unwrap();
    let headings = page.lines().filter(|line| line.starts_with("##"));
    headings.map(|line| line.split(' ').nth(1).unwrap().to_owned()).collect()
}

/// What follows each place of `before` in a text, up to the first character that no number has.
fn numbers_after<'t>(text: &'t str, before: &str) -> Vec<&'t str> {
    let rest = text.match_indices(before).map(|(at, _)| &text[at + before.len()..]);
    let end = |rest: &str| rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
    rest.map(|rest| rest[..end(rest).unwrap_or(rest.len())].trim_end_matches('.')).collect()
}

#[test]
fn every_section_of_the_model_that_is_cited_is_on_its_page() {
    let sections = sections();
    assert!(sections.contains("6.4") && sections.contains("9"));
    let mut cited = 0;
    let folders = ["src", "tests/integration", "scenarios", "benches"];
    for (path, text) in texts(&folders, &["rs", "toml", "md", "csv"]) {
        for before in ["(model, ", "(model, section ", "MODEL ", "MODEL section "] {
            for number in numbers_after(&text, before).into_iter().filter(|it| !it.is_empty()) {
                assert!(sections.contains(number), "{}: {before}{number}", path.display());
                cited += 1;
            }
        }
    }
    assert!(cited > 90, "{cited}");
}

/// The ids in a text that look as those of published figures do: letters of one of the prefixes and
/// two digits, with a letter for one of a family.
fn ids<'t>(text: &'t str, prefixes: &BTreeSet<String>) -> Vec<&'t str> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let words = text.split(|letter: char| !is_part(letter));
    let is_id = |word: &&str| {
        let digits = word.find(|letter: char| letter.is_ascii_digit());
        digits.is_some_and(|at| {
            let number = word[at..].trim_end_matches(|letter: char| letter.is_ascii_lowercase());
            prefixes.contains(&word[..at]) && number.len() == 2 && word.len() <= at + 3
        })
    };
    words.filter(is_id).collect()
}

/// Every id in code and scenarios is a row of `facts.csv`, or a family of which rows have a letter.
#[test]
fn every_published_figure_that_is_cited_is_a_row_of_the_facts() {
    let mut table = csv::Reader::from_path("scenarios/yangjae/facts.csv").unwrap();
    let known: Vec<String> = table.records().map(|row| row.unwrap()[0].to_owned()).collect();
    let unique: BTreeSet<&String> = known.iter().collect();
    assert_eq!(unique.len(), known.len(), "an id stands there twice");
    let prefix = |id: &String| {
        id.trim_end_matches(|letter: char| !letter.is_ascii_digit())
            .trim_end_matches(|letter: char| letter.is_ascii_digit())
            .to_owned()
    };
    let prefixes: BTreeSet<String> = known.iter().map(prefix).collect();
    let mut cited = 0;
    for (path, text) in texts(&["src", "scenarios", "benches"], &["rs", "toml", "md", "csv"]) {
        for id in ids(&text, &prefixes) {
            let is_known = known.iter().any(|row| {
                let rest = row.strip_prefix(id);
                rest.is_some_and(|rest| rest.chars().all(|letter| letter.is_ascii_lowercase()))
            });
            assert!(is_known, "{}: {id}", path.display());
            cited += 1;
        }
    }
    assert!(cited > 500, "{cited}");
}

/// Paths in the pages for those who work on the code, and links of all pages, lead to a file or folder.
#[test]
fn every_path_that_a_page_names_is_there() {
    let pages = texts(&["src", "scenarios", "benches", "output"], &["md"]).into_iter();
    let top = ["README.md", "SECURITY.md", "CHANGELOG.md", "CONTRIBUTING.md"];
    let top = top.map(|page| (PathBuf::from(page), fs::read_to_string(page).unwrap()));
    let mut named = 0;
    for (page, text) in pages.chain(top) {
        let folder = page.parent().unwrap().to_owned();
        for (at, _) in text.match_indices("](") {
            let link = text[at + 2..].split(')').next().unwrap().split('#').next().unwrap();
            if !link.is_empty() && !link.contains(':') {
                assert!(folder.join(link).exists(), "{}: {link}", page.display());
                named += 1;
            }
        }
        let of_code = ["src/README.md", "CONTRIBUTING.md"].map(Path::new);
        if !of_code.contains(&page.as_path()) {
            continue;
        }
        // Whole files in a recipe have marks of code of their own.
        let text: String = text.split("\n```").step_by(2).collect();
        for word in text.split('`').skip(1).step_by(2) {
            let is_path = word.contains('/') && !word.contains(' ') && word.is_ascii();
            if is_path && (page.starts_with("CONTRIBUTING.md") || !word.starts_with("tests/")) {
                assert!(folder.join(word).exists(), "{}: {word}", page.display());
                named += 1;
            }
        }
    }
    assert!(named > 30, "{named}");
}

/// `CITATION.cff` and the changelog speak of the version in `Cargo.toml`, on one day.
#[test]
fn the_version_is_the_same_wherever_it_stands() {
    let citation = fs::read_to_string("CITATION.cff").unwrap();
    let of = |key: &str| {
        let line = citation.lines().find_map(|line| line.strip_prefix(key));
        line.unwrap_or_else(|| panic!("CITATION.cff has no {key}")).trim().to_owned()
    };
    assert_eq!(of("cff-version:"), "1.2.0");
    assert_eq!(of("version:"), env!("CARGO_PKG_VERSION"));
    assert_eq!(of("license:"), env!("CARGO_PKG_LICENSE"));
    let changelog = fs::read_to_string("CHANGELOG.md").unwrap();
    let newest = changelog.lines().find_map(|line| line.strip_prefix("## ")).unwrap();
    let (version, day) = newest.split_once(" (").unwrap();
    assert_eq!(version, env!("CARGO_PKG_VERSION"));
    let released = of("date-released:");
    let (year, day_of_month) = (&released[..4], released[8..].trim_start_matches('0'));
    assert!(day.starts_with(&format!("{day_of_month} ")) && day.contains(year), "{newest}");
}
