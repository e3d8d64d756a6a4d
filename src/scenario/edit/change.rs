//! What each change does to a policy: the settings that its file states.

use std::fmt::Write as _;

use crate::policy::levers::LeverKind;
use crate::policy::levers::Levers;
use crate::policy::scale;
use crate::policy::scale::SizeValue;
use crate::policy::schedule::Schedule;
use crate::policy::setting::SettingKind;
use crate::policy::slot::LeverSlot;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::WrittenLever;
use crate::scenario::WrittenSetting;
use crate::scenario::edit::draft::Draft;
use crate::scenario::edit::option::Edit;
use crate::scenario::edit::span::Span;
use crate::scenario::read::written::LeverTexts;
use crate::time::Date;

/// What changes are made from.
pub(super) struct Context<'s> {
    /// The scenario without them.
    pub(super) scenario: &'s Scenario,
    texts: LeverTexts,
}

/// The levers of a policy that a name stands for: those of the package of this name, or else the lever.
pub(super) fn members<'p>(policy: &'p Policy, name: &str) -> Vec<&'p WrittenLever> {
    let of_package = |lever: &&WrittenLever| {
        policy.plan.common().any(|it| it.name == lever.name && it.package == name)
    };
    let mut found: Vec<&WrittenLever> = policy.written.iter().filter(of_package).collect();
    if found.is_empty() {
        found.extend(policy.written.iter().find(|lever| lever.name == name));
    }
    found
}

/// Whether two levers do the same; where figures come from is no part of it.
pub(super) fn is_same(one: &WrittenLever, other: &WrittenLever) -> bool {
    let settings = |lever: &'_ WrittenLever| -> Vec<WrittenSetting> {
        lever.settings.iter().filter(|setting| setting.name != "source").cloned().collect()
    };
    one.name == other.name && settings(one) == settings(other)
}

impl<'s> Context<'s> {
    /// What changes of a scenario's policies are made from.
    pub(super) fn of(scenario: &'s Scenario) -> Self {
        Self { scenario, texts: LeverTexts::of(scenario) }
    }

    /// Does to a draft what is asked; `current` is the policy as it is so far.
    ///
    /// # Errors
    ///
    /// Fails with why it cannot be asked of this policy.
    pub(super) fn apply(
        &self,
        edit: &Edit,
        draft: &mut Draft<'_>,
        current: &Policy,
    ) -> Result<(), String> {
        let base = draft.base.name.as_str();
        let none = |name: &str| format!("`{base}` has no lever or package `{name}`");
        match edit {
            Edit::Add { name, of } => self.add(name, of.as_deref(), draft),
            Edit::Drop { name } => {
                let found = members(draft.base, name);
                for lever in &found {
                    draft.remove(&lever.name);
                }
                if found.is_empty() { Err(none(name)) } else { Ok(()) }
            }
            Edit::Set { lever, setting, value } => {
                if !draft.keeps(lever, current) {
                    return Err(format!("`{base}` has no lever `{lever}`"));
                }
                draft.put(lever, setting, value);
                Ok(())
            }
            Edit::Delay { name, by } => self.delay(name, *by, draft, current).ok_or_else(|| {
                if members(current, name).is_empty() {
                    return none(name);
                }
                format!(
                    "`{base}` has it as the baseline has it, which is not moved; `--set LEVER.SETTING` \
                     says dates"
                )
            }),
            Edit::Scale { name, factor } => self.scale(name, *factor, draft, current).ok_or_else(|| {
                if members(current, name).is_empty() {
                    return none(name);
                }
                format!("`{name}` has no size in `{base}`")
            }),
        }
    }

    /// Adds what a policy lacks.
    fn add(&self, name: &str, of: Option<&str>, draft: &mut Draft<'_>) -> Result<(), String> {
        let sources = self.scenario.policies.iter();
        let source = sources.filter(|policy| of.is_none_or(|of| policy.name == of));
        let source = source.into_iter().find(|policy| !members(policy, name).is_empty());
        let source = source.ok_or_else(|| format!("no policy has `{name}`"))?;
        let has = |name: &str| draft.base.written.iter().any(|lever| lever.name == name);
        let lacks = |lever: &&WrittenLever| !has(&lever.name);
        let levers: Vec<&WrittenLever> = members(source, name).into_iter().filter(lacks).collect();
        if levers.is_empty() {
            return Err(format!("`{}` has it already", draft.base.name));
        }
        for lever in levers {
            for setting in &lever.settings {
                let text = self.texts.text(&source.name, &lever.name, setting.name);
                draft.put(&lever.name, setting.name, text.unwrap_or(&setting.value));
            }
        }
        Ok(())
    }

    /// Moves dates; `None` where there is nothing to move.
    fn delay(&self, name: &str, by: Span, draft: &mut Draft<'_>, current: &Policy) -> Option<()> {
        let mut moved = members(current, name);
        let on: Vec<&str> = moved.iter().map(|lever| lever.name.as_str()).collect();
        let hangs = |lever: &&WrittenLever| !on.contains(&&*lever.name) && is_for(lever, &on);
        moved.extend(current.written.iter().filter(hangs));
        let baseline = &self.scenario.policies[self.scenario.baseline];
        if draft.base.name != baseline.name {
            moved.retain(|lever| !baseline.written.iter().any(|other| is_same(lever, other)));
        }
        for lever in &moved {
            for setting in &lever.settings {
                let steps = setting.steps.iter().map(|&(day, number)| (by.after(day), number));
                let steps: Vec<(Date, u32)> = steps.collect();
                if !steps.is_empty() {
                    // A single number is in force from the lever's first day, and moves with it.
                    if !self.is_bare(draft, &lever.name, setting.name) {
                        draft.put(&lever.name, setting.name, &schedule(&steps));
                    }
                } else if let Some(date) = date(setting) {
                    draft.put(&lever.name, setting.name, &by.after(date).to_string());
                }
            }
        }
        (!moved.is_empty()).then_some(())
    }

    /// Whether a schedule is written as a single number.
    fn is_bare(&self, draft: &Draft<'_>, lever: &str, setting: &str) -> bool {
        let base = || self.texts.text(&draft.base.name, lever, setting);
        let text = draft.given(lever, setting).or_else(base);
        text.is_some_and(|text| !text.starts_with('['))
    }

    /// Multiplies sizes and what is bought with them; `None` where there is no size.
    fn scale(
        &self,
        name: &str,
        factor: f64,
        draft: &mut Draft<'_>,
        current: &Policy,
    ) -> Option<()> {
        let levers = members(current, name);
        let of_slot = |slot: LeverSlot| {
            let common = current.plan.common().find(|lever| lever.slot == slot)?;
            levers.iter().copied().find(|lever| lever.name == common.name)
        };
        // Against nothing, so that every lever's own size is what is multiplied.
        let plan = scale::scaled(&current.plan, &Levers::default(), factor);
        let mut has_size = false;
        for (before, size) in scale::sizes(&current.plan).iter().zip(&scale::sizes(&plan)) {
            let Some(lever) = of_slot(size.slot) else { continue };
            has_size = true;
            if before.value != size.value {
                let value = match &size.value {
                    SizeValue::Number(number) => number.to_string(),
                    SizeValue::Schedule(Schedule(steps)) => match steps.as_slice() {
                        [(_, number)] if self.is_bare(draft, &lever.name, size.name) => {
                            number.to_string()
                        }
                        steps => schedule(steps),
                    },
                };
                draft.put(&lever.name, size.name, &value);
            }
        }
        has_size.then_some(())
    }
}

/// Whether a lever serves one of these facilities.
fn is_for(lever: &WrittenLever, facilities: &[&str]) -> bool {
    let kind = LeverKind::named(lever.kind);
    let scopes = kind.into_iter().flat_map(LeverKind::settings);
    let mut scopes = scopes.filter(|setting| setting.kind == SettingKind::Scope);
    scopes.any(|setting| {
        lever.setting(setting.name).is_some_and(|scope| facilities.contains(&&*scope.value))
    })
}

/// The day that a setting holds, if it holds one.
fn date(setting: &WrittenSetting) -> Option<Date> {
    if setting.unit != "date" {
        return None;
    }
    let mut parts = setting.value.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    Date::from_calendar(year, month, parts.next()?.parse().ok()?)
}

/// A schedule as TOML.
fn schedule(steps: &[(Date, u32)]) -> String {
    let step = |(day, number): &(Date, u32)| format!("{{ from = {day}, value = {number} }}");
    match steps {
        [one] => format!("[{}]", step(one)),
        steps => {
            let mut text = "[\n".to_owned();
            for one in steps {
                let _ = writeln!(text, "    {},", step(one));
            }
            text + "]"
        }
    }
}
