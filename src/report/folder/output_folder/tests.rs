//! Who may write to a folder, and what is cleared.

use super::*;

fn lock(path: &Path) -> Result<OutputFolder, String> {
    OutputFolder::lock(path).map_err(|error| error.to_string())
}

fn input(path: &str) -> InputFile {
    InputFile { path: path.to_owned(), bytes: b"x".to_vec() }
}

fn plan() -> RunPlan {
    let text = r#"{"program": "p", "version": "1", "scenario": "s", "seed": 1,
        "inputs": [{"file": "policies/a.toml", "sha256": ""}],
        "replications": 2, "shard": null, "baseline": "b", "policies": ["b"],
        "first_year": 2020, "last_year": 2021, "set": [], "until": null,
        "placebo": false, "equal_budget": false,
        "options": {"events": 0, "replication_csv": false}}"#;
    serde_json::from_str(text).unwrap()
}

#[test]
fn two_runs_do_not_share_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let first = lock(folder.path()).unwrap();
    let error = lock(folder.path()).unwrap_err();
    assert!(error.contains("is in use by another run"), "{error}");
    drop(first);
    lock(folder.path()).unwrap();
}

#[test]
fn a_folder_is_free_begun_or_finished_and_is_cleared_of_our_files_only() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let locked = lock(folder.path()).unwrap();
    assert_eq!(locked.state().unwrap(), FolderState::Free);
    locked.keep(&[input("policies/a.toml")], &plan()).unwrap();
    assert_eq!(manifest::read_plan(&locked.blocks()).unwrap(), Some(plan()));
    assert_eq!(locked.state().unwrap(), FolderState::Free);
    write("blocks/block-0000000.yjb", "");
    assert_eq!(locked.state().unwrap(), FolderState::Unfinished { blocks: 1 });

    write("manifest.json", r#"{"files": [{"file": "events.csv"}, {"file": "mine.csv"}]}"#);
    for name in ["events.csv", "mine.csv", "yearly.csv", "blocks/notes.txt"] {
        write(name, "");
    }
    assert_eq!(locked.state().unwrap(), FolderState::Finished);
    let left = |name: &str| folder.path().join(name).exists();
    // Not listed, so none of the run's.
    let error = locked.clear().unwrap_err().to_string();
    assert!(error.contains("yearly.csv` is there and not from a run"), "{error}");
    assert!(left("events.csv") && left("manifest.json"));
    fs::remove_file(folder.path().join("yearly.csv")).unwrap();
    locked.clear().unwrap();
    assert!(left("mine.csv") && left("blocks/notes.txt"));
    assert!(!left("events.csv") && !left("manifest.json"));
    assert!(!left("blocks/inputs/policies/a.toml") && !left("blocks/plan.json"));
    assert_eq!(locked.state().unwrap(), FolderState::Free);
}

#[test]
fn a_table_of_somebody_else_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("yearly.csv"), "").unwrap();
    let error = lock(folder.path()).unwrap().state().unwrap_err().to_string();
    assert!(error.contains("yearly.csv` is there and not from a run"), "{error}");
}

#[test]
fn a_manifest_of_something_else_is_no_finished_run() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("manifest.json"), "{}").unwrap();
    let locked = lock(folder.path()).unwrap();
    for error in [locked.state().map(|_| ()), locked.clear()] {
        let error = error.unwrap_err().to_string();
        assert!(error.contains("manifest.json` is there and not from a run"), "{error}");
    }
    assert!(folder.path().join("manifest.json").exists());
    // Beside blocks and their plan it is what was left of a run's own.
    locked.keep(&[], &plan()).unwrap();
    fs::write(folder.path().join("blocks/block-0000000.yjb"), "").unwrap();
    assert_eq!(locked.state().unwrap(), FolderState::Unfinished { blocks: 1 });
    locked.clear().unwrap();
    assert!(!folder.path().join("manifest.json").exists());
}

#[test]
fn inputs_stay_within_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let opened = lock(folder.path()).unwrap();
    for path in ["../x", "/x", "policies/../../x"] {
        assert!(opened.keep(&[input(path)], &plan()).is_err(), "{path}");
    }
}

#[test]
fn a_file_in_place_of_the_folder_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    for path in [file.path().to_owned(), file.path().join("x/y")] {
        let error = lock(&path).unwrap_err();
        let expected = format!("`{}` is no folder", file.path().display());
        assert!(error.starts_with(&expected), "{error}");
    }
}
