//! What one policy changes against another, lever by lever.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::WrittenLever;
use crate::scenario::WrittenSetting;
use crate::scenario::adjustment::Adjustment;
use crate::scenario::parameter::Register;
use crate::scenario::parameter::number;
use crate::time::Date;

/// The word in the place of a lever's name for parameters that a policy sets.
pub const PARAMETERS_ROW: &str = "parameters";

/// One setting that two policies hold differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The lever's name, or [`PARAMETERS_ROW`].
    pub lever: String,
    /// The setting, or the parameter.
    pub setting: Cow<'static, str>,
    /// Its unit.
    pub unit: &'static str,
    /// The value in the one policy; empty where it has none.
    pub from: String,
    /// The value in the other policy; empty where it has none.
    pub to: String,
    /// The year in which the change first matters; `None` for a parameter that is changed throughout.
    pub year: Option<u16>,
}

/// What `to` changes against `from`: levers by name in the order of the register's settings, a
/// schedule step by step, then parameters. Sources are no part of what a policy does.
#[must_use]
pub fn difference(register: &Register, from: &Policy, to: &Policy) -> Vec<Change> {
    let names: BTreeSet<&str> =
        from.written.iter().chain(&to.written).map(|lever| lever.name.as_str()).collect();
    let lever = |policy: &'_ Policy, name: &str| -> Option<WrittenLever> {
        policy.written.iter().find(|lever| lever.name == name).cloned()
    };
    let levers = names
        .into_iter()
        .flat_map(|name| lever_changes(name, lever(from, name).as_ref(), lever(to, name).as_ref()));
    levers.chain(parameter_changes(register, from, to)).collect()
}

/// Fills in what only the scenario knows: the values of parameters that a policy leaves alone,
/// and the first year.
#[must_use]
pub fn in_scenario(mut changes: Vec<Change>, scenario: &Scenario) -> Vec<Change> {
    for change in changes.iter_mut().filter(|change| change.lever == PARAMETERS_ROW) {
        let specs = scenario.register.iter().zip(&scenario.parameters);
        let own = specs.into_iter().find(|(spec, _)| spec.name == change.setting);
        for side in [&mut change.from, &mut change.to] {
            if let (true, Some((_, parameter))) = (side.is_empty(), own) {
                *side = number(parameter.value);
            }
        }
        change.year = change.year.or(Some(scenario.first_year));
    }
    changes.retain(|change| change.from != change.to);
    changes
}

/// The settings of a lever that differ; on one side it may be absent.
fn lever_changes(
    name: &str,
    from: Option<&WrittenLever>,
    to: Option<&WrittenLever>,
) -> Vec<Change> {
    let starts = [from, to].into_iter().flatten().map(|lever| lever.from);
    let first = starts.min().map(|date| date.year);
    let mut changes = Vec::new();
    for (from, to) in paired(from, to) {
        let Some(setting) = from.or(to) else { continue };
        if setting.name == "source" {
            continue;
        }
        let scheduled =
            |side: Option<&WrittenSetting>| side.is_none_or(|side| !side.steps.is_empty());
        let change = |from: String, to: String, year| Change {
            lever: name.to_owned(),
            setting: setting.name.into(),
            unit: setting.unit,
            from,
            to,
            year,
        };
        if scheduled(from) && scheduled(to) {
            let steps = step_changes(steps(from), steps(to));
            changes.extend(steps.into_iter().map(|(from, to, year)| change(from, to, Some(year))));
            continue;
        }
        let text = |side: Option<&WrittenSetting>| side.map_or("", |side| &side.value).to_owned();
        if text(from) != text(to) {
            let year = earliest_date(from, to).or(first);
            changes.push(change(text(from), text(to), year));
        }
    }
    changes
}

/// The settings of both sides, side by side, in the order of the register.
fn paired<'l>(
    from: Option<&'l WrittenLever>,
    to: Option<&'l WrittenLever>,
) -> Vec<(Option<&'l WrittenSetting>, Option<&'l WrittenSetting>)> {
    let settings = |lever: Option<&'l WrittenLever>| lever.map_or(&[][..], |lever| &lever.settings);
    let mut names: Vec<&str> = settings(from).iter().map(|setting| setting.name).collect();
    // A setting that only one side has comes where that side has it.
    for (index, setting) in settings(to).iter().enumerate() {
        if !names.contains(&setting.name) {
            let before = index.checked_sub(1).map(|index| settings(to)[index].name);
            let place = before.and_then(|before| names.iter().position(|&name| name == before));
            names.insert(place.map_or(0, |place| place + 1), setting.name);
        }
    }
    let setting = |lever, name: &str| settings(lever).iter().find(|setting| setting.name == name);
    names.iter().map(|name| (setting(from, name), setting(to, name))).collect()
}

/// When dates differ, the earlier of them is when it first matters.
fn earliest_date(from: Option<&WrittenSetting>, to: Option<&WrittenSetting>) -> Option<u16> {
    let dates = [from, to].into_iter().flatten().filter(|side| side.unit == "date");
    dates.filter_map(|side| side.value.get(..4)?.parse().ok()).min()
}

fn steps(setting: Option<&WrittenSetting>) -> &[(Date, u32)] {
    setting.map_or(&[], |setting| &setting.steps)
}

/// The days on which two schedules begin to differ, or differ otherwise than before.
fn step_changes(from: &[(Date, u32)], to: &[(Date, u32)]) -> Vec<(String, String, u16)> {
    let on = |steps: &[(Date, u32)], day: Date| {
        let step = steps.iter().rev().find(|&&(start, _)| start <= day);
        step.map_or_else(String::new, |(_, value)| value.to_string())
    };
    let days: BTreeSet<Date> = from.iter().chain(to).map(|&(day, _)| day).collect();
    let mut changes = Vec::new();
    for day in days {
        let (before, after) = (on(from, day), on(to, day));
        if before != after {
            changes.push((before, after, day.year));
        }
    }
    changes
}

fn parameter_changes(register: &Register, from: &Policy, to: &Policy) -> Vec<Change> {
    let values = |policy: &Policy| -> BTreeMap<usize, Adjustment> {
        policy.adjustments.iter().map(|adjustment| (adjustment.parameter, *adjustment)).collect()
    };
    let (from, to) = (values(from), values(to));
    let indices: BTreeSet<usize> = from.keys().chain(to.keys()).copied().collect();
    indices
        .into_iter()
        .filter_map(|index| {
            let spec = register.get(index)?;
            let sides = [from.get(&index), to.get(&index)];
            let starts = sides.into_iter().flatten().map(|side| side.from.map(|from| from.year));
            // Where one holds from the first year on, so does the difference.
            let year = starts.min().flatten();
            let [from, to] = sides.map(|side| side.map_or_else(String::new, Adjustment::text));
            let lever = PARAMETERS_ROW.to_owned();
            let change =
                Change { lever, setting: spec.name.clone(), unit: spec.unit, from, to, year };
            (change.from != change.to).then_some(change)
        })
        .collect()
}
