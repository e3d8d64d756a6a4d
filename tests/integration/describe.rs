//! The description that the repository keeps is the one that the program writes.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use yangjae::policy::levers::LeverKind;
use yangjae::report::views::description;
use yangjae::scenario::Scenario;
use yangjae::scenario::future::Future;
use yangjae::scenario::money::said;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae")
}

fn shipped() -> (Scenario, String) {
    let kept = fs::read_to_string(folder().join("DESCRIPTION.md")).unwrap();
    (Scenario::loader(&folder()).load().unwrap(), kept)
}

#[test]
fn the_kept_description_is_not_stale() {
    let (scenario, kept) = shipped();
    let in_future = |name: &String| {
        Scenario::loader(&folder()).future(name.as_str()).load().unwrap().future.unwrap()
    };
    let futures: Vec<Future> = Scenario::futures(&folder()).iter().map(in_future).collect();
    let written = description::render(&scenario, &futures, "yangjae describe");
    let written = said(&written, Some(&scenario.money));
    let differs = kept.lines().zip(written.lines()).position(|(kept, written)| kept != written);
    let differs = differs.or((kept != written).then(|| kept.lines().count()));
    assert_eq!(
        differs.map(|line| line + 1),
        None,
        "scenarios/yangjae/DESCRIPTION.md is stale from this line on; write it again with \
         `cargo run -- describe --output scenarios/yangjae/DESCRIPTION.md`"
    );
}

#[test]
fn the_description_has_every_element_and_every_register() {
    let (scenario, text) = shipped();
    for element in [
        "## 1 Purpose and patterns",
        "## 2 Entities, state variables and scales",
        "## 3 Process overview and scheduling",
        "## 4 Design concepts",
        "## 5 Initialisation",
        "## 6 Input data",
        "## 7 Submodels",
        "# Part 2: STRESS-DES",
        "# Part 3: what is known to be weak",
    ] {
        assert!(text.lines().any(|line| line == element), "{element}");
    }
    for parameter in scenario.register.iter() {
        let rows = text.matches(&format!("\n| `{}` |", parameter.name)).count();
        assert_eq!(rows, 1, "{}", parameter.name);
    }
    let named = LeverKind::ALL.map(|kind| kind.spec().name);
    let policies = scenario.policies.iter().map(|policy| policy.name.as_str());
    let futures = Scenario::futures(&folder());
    for name in named.into_iter().chain(policies).chain(futures.iter().map(String::as_str)) {
        assert!(text.contains(&format!("| `{name}` |")), "{name}");
    }
}
