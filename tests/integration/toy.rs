//! The toy scenario: what it gives, kept as golden files that are read with every change, and what
//! `output/README.md` says of the files of a run.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use tempfile::TempDir;
use yangjae::report::folder::files::FOLDERS;
use yangjae::report::folder::files::FileSpec;

use crate::program::Said;
use crate::program::yangjae;

/// What a command says, which must go through, in a new folder that has the scenario.
fn said(folder: &Path, arguments: &str) -> String {
    let toy = folder.join("toy");
    if !toy.exists() {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/toy");
        fs::create_dir_all(toy.join("policies")).unwrap();
        for within in ["", "policies"] {
            for entry in fs::read_dir(shipped.join(within)).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_file() {
                    fs::copy(entry.path(), toy.join(within).join(entry.file_name())).unwrap();
                }
            }
        }
    }
    let mut command = yangjae();
    let output = command.args(arguments.split_whitespace()).current_dir(folder).output().unwrap();
    let said = Said::from(output);
    assert_eq!(said.status, Some(0), "{arguments}: {said:?}");
    said.out
}

fn run(more: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let said = said(folder.path(), &format!("run toy --no-progress {more}"));
    (folder, said)
}

/// The rows of a table, each by its columns.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut table = csv::Reader::from_path(path).unwrap();
    table.deserialize().map(Result::unwrap).collect()
}

/// The values of some columns of a row.
fn values<'r>(row: &'r BTreeMap<String, String>, columns: &[&str]) -> Vec<&'r str> {
    columns.iter().map(|column| row[*column].as_str()).collect()
}

#[test]
fn the_summary_of_the_toy_is_known() {
    let (_folder, said) = run("");
    insta::assert_snapshot!(said);
}

#[test]
fn what_explain_says_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["growth_young", "facility"];
    let texts = names.map(|name| said(folder.path(), &format!("explain {name} --scenario toy")));
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn the_dictionary_is_known() {
    let (folder, _) = run("");
    let path = folder.path().join("output/toy/dictionary.csv");
    insta::assert_snapshot!(fs::read_to_string(path).unwrap());
}

/// The metrics of the last year, so that a change of the model shows what it moves.
#[test]
fn the_metrics_of_the_toy_are_known() {
    let (folder, _) = run("");
    let mut text = String::new();
    for row in rows(&folder.path().join("output/toy/yearly.csv")) {
        if row["year"] == "2028" {
            let columns = ["policy", "place", "metric", "unit", "mean", "p05", "p95"];
            let _ = writeln!(text, "{}", values(&row, &columns).join(" | "));
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn nothing_in_the_toy_is_without_effect() {
    let folder = tempfile::tempdir().unwrap();
    let said = said(folder.path(), "check toy");
    assert!(said.ends_with("\nno problems\n"), "{said}");
}

/// Each file of a folder is one of the register, and each table of the register has rows with a key.
fn compare(folder: &Path, files: &[FileSpec], inner: &str) {
    let mut folders = vec![folder.to_owned()];
    let mut found: Vec<PathBuf> = Vec::new();
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if !entry.file_type().unwrap().is_dir() {
                found.push(path);
            } else if !path.ends_with(inner) {
                folders.push(path);
            }
        }
    }
    for path in &found {
        let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
        let is_known = files.iter().flat_map(|file| file.name.split(", ")).any(|known| {
            let (start, end) =
                known.split_once('*').or(known.split_once("NNN")).unwrap_or((known, ""));
            known == name
                || (known.ends_with('/') && name.starts_with(known))
                || (start != known && name.starts_with(start) && name.ends_with(end))
        });
        let is_known = is_known || name.starts_with("figures/");
        assert!(is_known, "{name} is not in src/report/folder/files.rs");
    }
    for file in files.iter().filter(|file| !file.key.is_empty()) {
        let path = folder.join(file.name);
        assert!(found.contains(&path), "{} was not written", file.name);
        let rows = rows(&path);
        let keys: BTreeSet<Vec<&str>> = rows.iter().map(|row| values(row, file.key)).collect();
        assert!(!rows.is_empty() && keys.len() == rows.len(), "{}: {:?}", file.name, file.key);
    }
}

fn files_of(command: &str) -> &'static [FileSpec] {
    FOLDERS.iter().find(|folder| folder.command == command).unwrap().files
}

#[test]
fn the_folders_hold_what_the_page_of_results_says() {
    let (folder, _) =
        run("--replication-csv --groups --events 1 --equal-budget --best jobs@city=0.9 --parquet");
    let output = folder.path().join("output/toy");
    said(folder.path(), "attribute hub --scenario toy --replications 4 --no-progress");
    compare(&output, files_of("run"), "attribution");
    let attribution: Vec<FileSpec> = files_of("attribute").to_vec();
    // One package has no pair.
    let tables: Vec<FileSpec> =
        attribution.into_iter().filter(|file| file.name != "interactions.csv").collect();
    assert!(output.join("attribution/interactions.csv").exists());
    fs::remove_file(output.join("attribution/interactions.csv")).unwrap();
    compare(&output.join("attribution"), &tables, "none");
    said(folder.path(), "noise toy --parameter-draws 3 --streams 3 --no-progress");
    compare(&folder.path().join("output/toy-noise"), files_of("noise"), "none");
    said(folder.path(), "check toy --sources --output sources");
    compare(&folder.path().join("sources"), files_of("check --sources --output DIR"), "none");
}

/// The difference of a comparison is that of the two means, as the page of results says.
#[test]
fn comparisons_join_with_yearly_values() {
    let (folder, _) = run("");
    let output = folder.path().join("output/toy");
    let yearly = rows(&output.join("yearly.csv"));
    let means: BTreeMap<Vec<&str>, f64> = yearly
        .iter()
        .map(|row| {
            let key = values(row, &["policy", "place", "metric", "year"]);
            (key, row["mean"].parse().unwrap())
        })
        .collect();
    let comparison = rows(&output.join("comparison.csv"));
    let mut compared = 0;
    for row in &comparison {
        let of = |policy| means.get(&values(row, &[policy, "place", "metric", "year"]));
        let (Some(mean), Some(base)) = (of("policy"), of("baseline")) else { continue };
        let difference: f64 = row["difference"].parse().unwrap();
        let scale = mean.abs().max(base.abs()).max(1.0);
        assert!((mean - base - difference).abs() <= 1e-9 * scale, "{row:?}");
        compared += 1;
    }
    assert!(compared > 500, "{compared}");
}
