//! Whoever uses an old name is told the new one, and a scenario of another format is refused with what to do.

use std::fs;
use std::path::Path;

use yangjae::scenario::renamed::Of;
use yangjae::scenario::renamed::RENAMED;

use crate::fixture::Folder;
use crate::program::Place;

#[test]
fn the_table_of_names_in_the_changelog_is_that_of_the_register() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("CHANGELOG.md");
    let text = fs::read_to_string(path).unwrap();
    let table = text.split("| where | before | now |\n|---|---|---|\n").nth(1).unwrap();
    let rows: Vec<&str> = table.lines().take_while(|line| line.starts_with('|')).collect();
    let wanted: Vec<String> = RENAMED
        .iter()
        .map(|old| format!("| `{}` | `{}` | `{}` |", old.place, old.before, old.now))
        .collect();
    assert_eq!(rows, wanted);
}

#[test]
fn old_flags_words_and_columns_lead_to_the_new_ones() {
    let place = Place::new();
    for old in RENAMED {
        let hint = format!("`{}` of {} is now `{}`", old.before, old.place, old.now);
        match old.of {
            Of::Flag => place.fails(&format!("{} {} 3", old.place, old.before), 2, &[&hint]),
            Of::Word => place.fails(&format!("run mine {} {}", old.place, old.before), 2, &[&hint]),
            Of::Column | Of::Key => place.fails(&format!("explain {}", old.before), 2, &[&hint]),
        }
    }
}

/// A run of an earlier version, whose manifest has a word that is no more.
#[test]
fn an_old_word_in_a_manifest_is_named() {
    let place = Place::new();
    place.done("run mine --replications 2 --until 2019 --quiet --output out");
    let path = place.path("out/manifest.json");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("\"csv_dialect\": \"standard\""));
    fs::write(&path, text.replace("\"standard\"", "\"contract\"")).unwrap();
    place.fails("report out", 2, &["`contract` of --csv-dialect is now `standard`"]);
}

#[test]
fn an_old_key_is_named_with_the_new_one() {
    let folder = Folder::new();
    folder.change("scenario.toml", "seed = 1", "history = \"hub\"\nseed = 1");
    let problems = folder.problems();
    assert!(problems.contains("`history` is no key of scenario.toml"), "{problems}");
    assert!(problems.contains("renamed to `actual_policy`"), "{problems}");
}

#[test]
fn another_format_is_refused_with_what_to_do() {
    let renamed = "`history` in scenario.toml is now `actual_policy`; then write `format = 2`";
    let cases: [(&str, &[&str]); 4] = [
        ("", &["scenario.toml lacks the key `format`, so it is of format 1", renamed]),
        ("format = 1", &["this program reads format 2, not 1", renamed]),
        ("format = 3", &["format 3 is newer than this program", "use a newer version of yangjae"]),
        ("format = \"2\"", &["found the text \"2\", expected a whole number"]),
    ];
    for (written, words) in cases {
        let folder = Folder::new();
        folder.change("scenario.toml", "format = 2", written);
        let problems = folder.problems();
        assert!(problems.contains("mine/scenario.toml"), "{problems}");
        for word in words {
            assert!(problems.contains(word), "{written}: {problems}");
        }
    }
}
