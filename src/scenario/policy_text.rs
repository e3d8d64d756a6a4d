//! A policy as the text of its file: what the reader of policies reads, written.

use std::fmt::Write as _;

use crate::policy::effect::Effect;
use crate::policy::levers::LeverKind;
use crate::policy::levers::Levers;
use crate::policy::setting::SettingKind;
use crate::policy::words::Word as _;
use crate::scenario::WrittenLever;
use crate::scenario::WrittenSetting;
use crate::scenario::quoted::quoted;

/// What stands before the levers of a policy file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Lines of comment at the top, without their `#`.
    pub comment: Vec<String>,
    /// Title in English.
    pub title: String,
    /// Title in Korean.
    pub title_ko: String,
    /// What the policy stands for.
    pub description: String,
    /// The policy that it extends; empty: none.
    pub extends: String,
}

/// The file of a policy that has these levers beside those of the policy that it extends, each with all that is
/// written of it. `plan` has the same levers: it tells the effects of instruments, which a list of settings
/// only describes.
#[must_use]
pub fn text(head: &Head, levers: &[WrittenLever], plan: &Levers) -> String {
    let mut text = String::new();
    for line in &head.comment {
        let _ = writeln!(text, "# {line}");
    }
    let keys = [
        ("title", &head.title),
        ("title_ko", &head.title_ko),
        ("description", &head.description),
        ("extends", &head.extends),
    ];
    for (key, value) in
        keys.into_iter().filter(|(key, value)| *key != "extends" || !value.is_empty())
    {
        let _ = writeln!(text, "{key} = {}", quoted(value));
    }
    for lever in levers {
        let _ = writeln!(text, "\n[levers.{}]", lever.name);
        for setting in &lever.settings {
            let _ = writeln!(text, "{} = {}", setting.name, value(lever, setting, plan));
        }
    }
    text
}

/// The file of a policy with this title in the place of those that it has.
#[must_use]
pub fn retitled(text: &str, title: &str) -> String {
    let (head, levers) =
        text.split_once("\n\n").map_or((text, None), |(it, rest)| (it, Some(rest)));
    let is_title = |line: &&str| !line.starts_with("title = ") && !line.starts_with("title_ko = ");
    let mut new = format!("title = {}\n", quoted(title));
    for line in head.lines().filter(is_title) {
        let _ = writeln!(new, "{line}");
    }
    if let Some(levers) = levers {
        let _ = write!(new, "\n{levers}");
    }
    new
}

/// A setting's value in TOML; `plan` has the same lever.
#[must_use]
pub fn value(lever: &WrittenLever, written: &WrittenSetting, plan: &Levers) -> String {
    let instrument = plan.instruments.iter().find(|it| it.common.name == lever.name);
    let effects = instrument.map_or(&[][..], |instrument| &instrument.effects);
    let list = || written.value.split(", ").map(quoted).collect::<Vec<_>>();
    let known = LeverKind::named(lever.kind)
        .and_then(|kind| kind.settings().find(|setting| setting.name == written.name));
    match known.map(|setting| setting.kind) {
        Some(
            SettingKind::Number { .. }
            | SettingKind::Count { .. }
            | SettingKind::Date
            | SettingKind::Flag,
        ) => written.value.clone(),
        Some(SettingKind::Choices(_) | SettingKind::Sectors) => bracketed(&list()),
        Some(SettingKind::Areas) if written.value.contains(", ") => bracketed(&list()),
        Some(SettingKind::Days) => format!("[{}]", written.value),
        Some(SettingKind::Effects) => bracketed(&effects.iter().map(effect).collect::<Vec<_>>()),
        Some(SettingKind::Schedule { .. }) => {
            let step = |(from, value)| format!("{{ from = {from}, value = {value} }}");
            bracketed(&written.steps.iter().copied().map(step).collect::<Vec<_>>())
        }
        _ => quoted(&written.value),
    }
}

fn effect(effect: &Effect) -> String {
    let Effect { on, after, lasts, fades, per, saturation } = effect;
    let on = quoted(on.word());
    let mut text = format!("{{ on = {on}, after = {after}, lasts = {lasts}, fades = {fades}");
    if let Some(per) = per {
        let _ = write!(text, ", per = {per}, saturation = {saturation}");
    }
    text.push_str(" }");
    text
}

fn bracketed(values: &[String]) -> String {
    format!("[{}]", values.join(", "))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::scenario::Policy;
    use crate::scenario::Scenario;

    /// The levers that a policy adds to the baseline, in a file of their own, are the same levers again.
    #[test]
    fn what_is_written_is_read_back_as_the_same_levers() {
        for folder in ["scenarios/toy", "scenarios/yangjae", "scenarios/barcelona"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            let scenario = Scenario::loader(&folder).load().unwrap();
            let baseline = &scenario.policies[scenario.baseline];
            let there = |name: &str| baseline.written.iter().any(|lever| lever.name == name);
            let mut loader = Scenario::loader(&folder);
            let mut written: Vec<(String, &Policy)> = Vec::new();
            for policy in scenario.policies.iter().filter(|it| it.name != baseline.name) {
                let levers: Vec<WrittenLever> =
                    policy.written.iter().filter(|it| !there(&it.name)).cloned().collect();
                let name = format!("copy-of-{}", policy.name);
                let head = Head {
                    comment: vec!["a \"copy\"".to_owned()],
                    title: format!("A \"copy\" of {}", policy.name),
                    title_ko: format!("{} 사본 \\", policy.name),
                    extends: baseline.name.clone(),
                    ..Head::default()
                };
                loader = loader.policy(&name, text(&head, &levers, &policy.plan));
                written.push((name, policy));
            }
            let again = loader.load().unwrap();
            for (name, policy) in written {
                let copy = again.policies.iter().find(|it| it.name == name).unwrap();
                let new = policy.plan.common().filter(|lever| !there(&lever.name));
                let slots: Vec<_> = new.map(|lever| lever.slot).collect();
                assert_eq!(copy.plan, baseline.plan.with_levers_of(&policy.plan, &slots), "{name}");
            }
        }
    }
}
