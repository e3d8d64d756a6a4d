//! Conditions that tie the levers of one policy to each other.

use crate::policy::lever::Named;
use crate::policy::levers::LeverKind;
use crate::policy::values::DISTRICT;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::inherit::Merged;
use crate::scenario::read::settings::Settings;

/// What the levers of a policy say against each other; `levers` are those that could be read.
pub(super) fn contradictions(merged: &Merged<'_>, levers: &[(&str, Settings<'_>)]) -> Problems {
    // Where a lever could not be read, a scope that names it is no further problem.
    let may_be_facility = |name: &str| {
        let read = levers.iter().find(|(lever, _)| *lever == name);
        read.is_none_or(|(_, settings)| settings.kind == LeverKind::Facility)
    };
    let facilities: Vec<&str> =
        merged.levers.keys().copied().filter(|name| may_be_facility(name)).collect();
    let mut problems = Problems::default();
    for kind in LeverKind::ALL {
        problems.add(of_kind(kind, levers));
    }
    for (setting, is_all) in [("scope", true), ("tenants", false), ("alumni", false)] {
        for (_, settings) in levers.iter().filter(|(_, settings)| settings.values.has(setting)) {
            let known = facilities.iter().copied().chain(is_all.then_some(DISTRICT));
            problems.add(unknown_scope(settings, setting, known, merged.broken));
        }
    }
    problems
}

/// What the levers of one kind say against themselves and each other.
fn of_kind(kind: LeverKind, levers: &[(&str, Settings<'_>)]) -> Problems {
    let of_kind: Vec<_> = levers.iter().filter(|(_, settings)| settings.kind == kind).collect();
    let named: Vec<Named<'_>> = of_kind.iter().map(|(name, it)| (*name, &it.values)).collect();
    let mut problems = Problems::default();
    for found in (kind.spec().contradictions)(&named) {
        let Some((_, settings)) = of_kind.get(found.lever) else { continue };
        let problem = settings.problem(found.setting, found.message).expected(found.expected);
        problems.add(if found.help.is_empty() { problem } else { problem.help(found.help) });
    }
    problems
}

fn unknown_scope<'k>(
    settings: &Settings<'_>,
    setting: &str,
    known: impl Iterator<Item = &'k str> + Clone,
    broken: bool,
) -> Problems {
    let scope = settings.values.scope(setting);
    if broken || known.clone().any(|known| known == scope) {
        return Problems::default();
    }
    let or_all = if known.clone().any(|word| word == DISTRICT) { ", or \"district\"" } else { "" };
    settings
        .problem(setting, format!("this policy has no facility `{}`", shortened(&scope)))
        .expected(format!("expected a facility of this policy{or_all}"))
        .known(&scope, known)
        .into()
}
