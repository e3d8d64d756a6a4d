//! Conditions that tie the levers of one policy to each other.

use crate::policy::lever::LeverKind;
use crate::policy::plan::MOST_FUNDS;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::lever::DISTRICT;
use crate::scenario::read::policy::Merged;
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
    let mut problems = designated_twice(levers);
    problems.add(too_many_funds(levers));
    for (_, settings) in levers.iter().filter(|(_, settings)| settings.has("scope")) {
        problems.add(unknown_scope(settings, &facilities, merged.broken));
    }
    problems
}

fn unknown_scope(settings: &Settings<'_>, facilities: &[&str], broken: bool) -> Problems {
    let scope = settings.scope("scope");
    if broken || scope == DISTRICT || facilities.contains(&scope.as_str()) {
        return Problems::default();
    }
    let known = facilities.iter().copied().chain([DISTRICT]);
    settings
        .problem("scope", format!("this policy has no facility `{}`", shortened(&scope)))
        .expected("expected a facility of this policy, or \"district\"")
        .known(&scope, known)
        .into()
}

/// Of more funds, the last would offer nothing.
fn too_many_funds(levers: &[(&str, Settings<'_>)]) -> Problems {
    let mut funds = levers.iter().filter(|(_, settings)| settings.kind == LeverKind::MatchingFund);
    let Some((_, beyond)) = funds.nth(MOST_FUNDS) else { return Problems::default() };
    let message = format!("the policy has more than {MOST_FUNDS} matching funds");
    beyond.problem("kind", message).expected("one too many").into()
}

/// Two designations of one regime cannot be in force in one area on the same day.
fn designated_twice(levers: &[(&str, Settings<'_>)]) -> Problems {
    let mut problems = Problems::default();
    let designations: Vec<_> =
        levers.iter().filter(|(_, settings)| settings.kind == LeverKind::Designation).collect();
    for (index, (name, later)) in designations.iter().enumerate() {
        for (other, earlier) in &designations[..index] {
            let starts_before_end = |a: &Settings<'_>, b: &Settings<'_>| {
                b.date_if_written("until").is_none_or(|until| a.date("from") <= until)
            };
            if later.area("area") == earlier.area("area")
                && later.choice("regime") == earlier.choice("regime")
                && starts_before_end(later, earlier)
                && starts_before_end(earlier, later)
            {
                let message = format!(
                    "`{name}` and `{other}` designate {} by the same law at the same time",
                    later.area("area").name()
                );
                let problem = later.problem("regime", message);
                problems.add(problem.expected(format!("`{other}` does so already")));
            }
        }
    }
    problems
}
