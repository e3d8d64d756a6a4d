//! The recipes of `CONTRIBUTING.md` work: patches that apply to this tree and compile.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;

const LEVER: &str = "tests/integration/recipes/new_lever.patch";
const PHASE: &str = "tests/integration/recipes/new_lever_phase.patch";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn apply(patch: &str, to: &Path, more: &[&str]) -> Output {
    let mut command = Command::new("git");
    // Not the repository around the folder, if there is one.
    command.env("GIT_CEILING_DIRECTORIES", to.parent().unwrap()).env_remove("GIT_DIR");
    command.arg("apply").args(more).arg(root().join(patch)).current_dir(to).output().unwrap()
}

/// A copy of what the library is compiled from.
fn copy(to: &Path) {
    for file in ["Cargo.toml", "Cargo.lock"] {
        fs::copy(root().join(file), to.join(file)).unwrap();
    }
    let mut folders = vec![PathBuf::from("src"), PathBuf::from("benches")];
    while let Some(folder) = folders.pop() {
        fs::create_dir_all(to.join(&folder)).unwrap();
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else {
                fs::copy(root().join(&path), to.join(&path)).unwrap();
            }
        }
    }
}

/// Whether the library compiles, and what the compiler says.
fn check(folder: &Path) -> (bool, String) {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--lib", "--locked", "--offline", "--quiet", "--color", "never"])
        .env("CARGO_TARGET_DIR", root().join("target/recipes"))
        .current_dir(folder)
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8(output.stderr).unwrap())
}

/// A kind of lever that only costs money is a file and an entry of the register; then the compiler asks for
/// its phase, and for nothing else.
#[test]
#[ignore = "compiles the library three times; a step of `.ci/long compilers`"]
fn a_kind_of_lever_is_a_file_an_entry_and_its_phase() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    copy(folder);
    let (compiles, says) = check(folder);
    assert!(compiles, "before the recipe: {says}");

    let applied = apply(LEVER, folder, &[]);
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
    let (compiles, says) = check(folder);
    assert!(!compiles, "nothing asked for the phase of the new kind");
    let errors: Vec<&str> = says.lines().filter(|line| line.starts_with("error[")).collect();
    let missing = "error[E0004]: non-exhaustive patterns: `LeverKind::Advertising` not covered";
    assert_eq!(errors, [missing], "{says}");
    assert!(says.contains("--> src/model/effect.rs"), "{says}");

    let applied = apply(PHASE, folder, &[]);
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
    let (compiles, says) = check(folder);
    assert!(compiles && says.is_empty(), "after the recipe: {says}");
}

/// The patches fit the tree as it is, touch no more files than is said, and stand in `CONTRIBUTING.md`.
#[test]
fn the_recipe_of_a_lever_fits_the_tree_and_is_the_one_shown() {
    let folder = tempfile::tempdir().unwrap();
    copy(folder.path());
    let page = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let touched = [
        (LEVER, &["src/policy/levers/advertising.rs", "src/policy/levers/mod.rs"][..]),
        (PHASE, &["src/model/effect.rs"]),
    ];
    for (patch, files) in touched {
        let applied = apply(patch, folder.path(), &["--check"]);
        assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
        let text = fs::read_to_string(root().join(patch)).unwrap();
        let of: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("+++ b/")).collect();
        assert_eq!(of, files);
        assert!(page.contains(&text), "CONTRIBUTING.md does not show {patch} as it is");
    }
}
