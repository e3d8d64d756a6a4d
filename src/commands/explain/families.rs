//! Families of parameters: those that a scenario has one of for each area, sector or instrument.

use std::fmt::Write as _;

use crate::report::text::console;
use crate::scenario::Scenario;
use crate::scenario::parameter::Register;
use crate::scenario::parameter::family_of;
use crate::scenario::parameter::number;
use crate::scenario::parameter_spec::ParameterSpec;

/// The beginning of the names of what instruments do, `effect_ON_LEVER`.
const EFFECTS: &str = "effect";

/// The family of this name, `taste`, or the one that a member's name begins with, `taste_hill`, whether the scenario
/// has such a member or not; of `effect` every family of effects of instruments.
pub(super) fn family(name: &str, scenario: Option<&Scenario>) -> Option<String> {
    let any = Register::of_any();
    let families: Vec<&ParameterSpec> =
        any.iter().filter(|spec| spec.name != spec.family).collect();
    let begins = |name: &str, with: &str| {
        name == with || name.strip_prefix(with).is_some_and(|rest| rest.starts_with('_'))
    };
    let mut found: Vec<&ParameterSpec> =
        families.iter().copied().filter(|spec| begins(name, spec.family)).collect();
    // Of `exit` and `exit_rate`, the longer one is meant.
    let longest = found.iter().map(|spec| spec.family.len()).max();
    found.retain(|spec| Some(spec.family.len()) == longest);
    if found.is_empty() && begins(name, EFFECTS) {
        found = families.into_iter().filter(|spec| begins(spec.family, EFFECTS)).collect();
    }
    let texts: Vec<String> = found.into_iter().map(|spec| entry(spec, scenario)).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// A family, with its members in the scenario.
fn entry(spec: &ParameterSpec, scenario: Option<&Scenario>) -> String {
    let of = family_of(&spec.name).unwrap_or_default();
    let mut text = format!("{}: a family of parameters, one for each of {of}\n", spec.name);
    text.push_str(&console::paragraph(&spec.meaning_en, 2));
    text.push_str(&console::paragraph(&spec.meaning_ko, 2));
    let facts = [
        ("unit", spec.unit.to_owned()),
        ("bounds", format!("{} to {}", spec.min, spec.max)),
        ("acts in", spec.acts_in.name().to_owned()),
        ("acts", spec.acts.meaning_en().to_owned()),
    ];
    for (what, value) in facts {
        let _ = writeln!(text, "  {what:<10} {value}");
    }
    let Some(scenario) = scenario else {
        text.push_str("  a scenario's own: add `--scenario SCENARIO`\n");
        return text;
    };
    let members = scenario.register.iter().zip(&scenario.parameters);
    let members = members.filter(|(member, _)| member.family == spec.family);
    let rows: Vec<[String; 4]> = members
        .map(|(member, stated)| {
            [
                format!("  {}", member.name),
                number(stated.value),
                format!("{} to {}", number(stated.low), number(stated.high)),
                stated.source.clone(),
            ]
        })
        .collect();
    if rows.is_empty() {
        let _ = writeln!(text, "  the scenario `{}` has none", scenario.name);
        return text;
    }
    let _ = writeln!(text, "  in the scenario `{}`", scenario.name);
    text + &console::table(["  parameter", "value", "range", "source"], &rows)
}
