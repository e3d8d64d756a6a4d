//! Whether what the command line names is there at all, in whichever policy.

use std::collections::BTreeSet;

use crate::policy::levers::LeverKind;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::WrittenLever;
use crate::scenario::edit::change::is_same;
use crate::scenario::edit::change::members;
use crate::scenario::edit::option::Edit;
use crate::scenario::nearest::nearest;

/// Checks the names of a change.
///
/// # Errors
///
/// Fails with what is not there, as a sentence after the option.
pub(super) fn check(edit: &Edit, scenario: &Scenario) -> Result<(), String> {
    match edit {
        Edit::Set { lever, setting, .. } => known_setting(lever, setting, scenario),
        Edit::Add { name, of: None } => {
            known_name(name, scenario)?;
            alike(name, scenario)
        }
        Edit::Add { name, of: Some(of) } => {
            known_name(name, scenario)?;
            let policy = policy(of, scenario)?;
            let has_it = !members(policy, name).is_empty();
            if has_it { Ok(()) } else { Err(format!("`{of}` has no lever or package `{name}`")) }
        }
        Edit::Drop { name } | Edit::Delay { name, .. } | Edit::Scale { name, .. } => {
            known_name(name, scenario)
        }
    }
}

/// The policy of this name.
pub(super) fn policy<'s>(name: &str, scenario: &'s Scenario) -> Result<&'s Policy, String> {
    let found = scenario.policies.iter().find(|policy| policy.name == name);
    let names = scenario.policies.iter().map(|policy| policy.name.as_str());
    found.ok_or_else(|| unknown("policy", name, names))
}

fn unknown<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let hint = nearest(name, known).map(|near| format!("; did you mean `{near}`?"));
    format!("there is no {what} `{name}`{}", hint.unwrap_or_default())
}

/// A lever or package of some policy.
fn known_name(name: &str, scenario: &Scenario) -> Result<(), String> {
    let levers = scenario.policies.iter().flat_map(|policy| policy.plan.common());
    let mut known: BTreeSet<&str> = levers.map(|lever| lever.package.as_str()).collect();
    known.extend(scenario.lever_names.iter().map(String::as_str));
    if known.contains(name) {
        return Ok(());
    }
    Err(unknown("lever or package", name, known.into_iter()))
}

/// A setting of a lever.
fn known_setting(lever: &str, setting: &str, scenario: &Scenario) -> Result<(), String> {
    let policies = || scenario.policies.iter();
    let named =
        || policies().filter_map(|policy| policy.written.iter().find(|it| it.name == lever));
    let kinds: BTreeSet<LeverKind> =
        named().filter_map(|lever| LeverKind::named(lever.kind)).collect();
    let Some(&kind) = kinds.first() else {
        let of_package = policies().flat_map(|policy| members(policy, lever));
        let levers: BTreeSet<&str> = of_package.map(|lever| lever.name.as_str()).collect();
        if levers.is_empty() {
            let known = scenario.lever_names.iter().map(String::as_str);
            return Err(unknown("lever", lever, known));
        }
        let levers: Vec<&str> = levers.into_iter().collect();
        return Err(format!("`{lever}` is a package, of the levers {}", levers.join(", ")));
    };
    let settings = || kinds.iter().flat_map(|kind| kind.settings()).map(|setting| setting.name);
    if settings().any(|known| known == setting) {
        return Ok(());
    }
    let kind = kind.spec().name;
    let near = nearest(setting, settings());
    let hint = near.map_or_else(
        || format!("`yangjae explain {kind}` lists them"),
        |near| format!("did you mean `{near}`?"),
    );
    Err(format!("`{setting}` is no setting of a {kind}; {hint}"))
}

/// Makes sure that all policies that have levers have them alike.
fn alike(name: &str, scenario: &Scenario) -> Result<(), String> {
    let mut found: Vec<(&Policy, Vec<&WrittenLever>)> = Vec::new();
    for policy in &scenario.policies {
        let levers = members(policy, name);
        let is_like = |(_, other): &(&Policy, Vec<&WrittenLever>)| {
            levers.len() == other.len()
                && levers.iter().zip(other).all(|(one, other)| is_same(one, other))
        };
        if !levers.is_empty() && !found.iter().any(is_like) {
            found.push((policy, levers));
        }
    }
    if found.len() < 2 {
        return Ok(());
    }
    let written: Vec<String> =
        found.iter().map(|(policy, _)| format!("`--add {name}@{}`", policy.name)).collect();
    Err(format!("policies have `{name}` differently; say whose: {}", written.join(" or ")))
}
