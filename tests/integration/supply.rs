//! What the program is built of: licences that allow it, one source, no version twice, and the lock
//! file. Which licences and doubled packages, `.ci/deny.toml` says, also to cargo-deny, which knows advisories too.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A list of `.ci/deny.toml`, which has something in it.
fn listed<T>(table: &str, key: &str, text: impl Fn(&toml::Value) -> Option<T>) -> Vec<T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/deny.toml");
    let rules: toml::Table = std::fs::read_to_string(path).unwrap().parse().unwrap();
    let values = rules[table][key].as_array().unwrap();
    assert!(!values.is_empty(), "{table}.{key}");
    values.iter().map(|value| text(value).unwrap()).collect()
}

/// Licences that ask for no more than to be named.
fn licences() -> Vec<String> {
    listed("licenses", "allow", |licence| licence.as_str().map(str::to_owned))
}

/// Packages that are there in two versions, since others ask for both.
fn twice() -> Vec<String> {
    let name = |skipped: &toml::Value| {
        let (name, _) = skipped.get("crate")?.as_str()?.split_once('@')?;
        Some(name.to_owned())
    };
    listed("bans", "skip", name)
}

/// Every package of the lock file that this platform needs; fails where the lock file is not that
/// of `Cargo.toml`.
fn packages() -> Vec<Value> {
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let said = String::from_utf8(rustc.stdout).unwrap();
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version", "1", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// Whether one of the alternatives of a licence is allowed.
fn is_allowed(licence: &str) -> bool {
    let allowed = licences();
    let alternatives = |part: &str| {
        part.trim_matches(['(', ')'])
            .replace(" OR ", "/")
            .split('/')
            .any(|one| allowed.iter().any(|licence| licence == one.trim()))
    };
    licence.split(" AND ").all(alternatives)
}

#[test]
fn every_package_has_a_licence_that_is_allowed_and_comes_from_the_registry_or_here() {
    let packages = packages();
    assert!(packages.len() > 50, "only {} packages", packages.len());
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(is_allowed(licence), "{name} has the licence {licence}");
        match package["source"].as_str() {
            Some(source) => {
                assert!(source.starts_with("registry+"), "{name} comes from {source}");
            }
            None => assert_eq!(name, env!("CARGO_PKG_NAME"), "{name} has no source"),
        }
    }
}

#[test]
fn no_package_is_there_in_two_versions_but_those_listed() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in packages() {
        let text = |key: &str| package[key].as_str().unwrap().to_owned();
        versions.entry(text("name")).or_default().insert(text("version"));
    }
    let listed = twice();
    let unlisted: Vec<_> = versions
        .iter()
        .filter(|(name, versions)| versions.len() > 1 && !listed.contains(name))
        .collect();
    assert!(unlisted.is_empty(), "{unlisted:?}");
}

#[test]
fn licences_are_read_with_their_alternatives() {
    for good in ["MIT", "MIT OR Apache-2.0", "Unlicense/MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"]
    {
        assert!(is_allowed(good), "{good}");
    }
    for bad in ["GPL-3.0", "none", "MIT AND GPL-3.0", "LGPL-2.1-or-later OR MPL-2.0"] {
        assert!(!is_allowed(bad), "{bad}");
    }
}
