//! Policies with their levers, and what each setting of a lever may hold.

use std::collections::BTreeSet;

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::explore::data::names::Speakers;
use crate::policy::levers::LeverKind;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingEffect;
use crate::policy::setting::SettingKind;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::WrittenLever;
use crate::scenario::money::is_money;
use crate::scenario::policy_text;

/// Every policy, in the scenario's order.
pub(super) fn policies(scenario: &Scenario, speakers: &Speakers) -> Vec<Value> {
    let policy = |policy: &Policy| {
        let lever = |lever: &WrittenLever| self::lever(lever, policy, speakers);
        json!({
            "name": policy.name,
            "title": speakers.title(&policy.title_en, &policy.title_ko, &policy.titles),
            "description": policy.description,
            "extends": policy.extends,
            "levers": policy.written.iter().map(lever).collect::<Vec<_>>(),
        })
    };
    scenario.policies.iter().map(policy).collect()
}

/// A lever with every setting of its kind, those that are not written too.
fn lever(lever: &WrittenLever, policy: &Policy, speakers: &Speakers) -> Value {
    let kind = LeverKind::named(lever.kind);
    let settings = kind.into_iter().flat_map(LeverKind::settings).map(|setting| {
        let written = lever.setting(setting.name);
        let value = written.map(|written| policy_text::value(lever, written, &policy.plan));
        json!({
            "setting": setting.name,
            "value": value.unwrap_or_default(),
            "written": written.is_some(),
        })
    });
    json!({
        "name": lever.name,
        "kind": lever.kind,
        "title": speakers.name("lever", lever.kind),
        "settings": settings.collect::<Vec<_>>(),
    })
}

/// Every kind of lever that a policy has, by its word.
pub(super) fn kinds(scenario: &Scenario, speakers: &Speakers) -> Value {
    let used = scenario.policies.iter().flat_map(|policy| &policy.written);
    let used: BTreeSet<&str> = used.map(|lever| lever.kind).collect();
    let mut kinds = Map::new();
    for kind in used.into_iter().filter_map(LeverKind::named) {
        let spec = kind.spec();
        let setting = |setting: &Setting| self::setting(kind, setting, scenario, speakers);
        let told = json!({
            "title": speakers.name("lever", spec.name),
            "mechanism": speakers.wording(spec.mechanism_en, spec.mechanism_ko),
            "source": spec.source,
            "settings": kind.settings().map(setting).collect::<Vec<_>>(),
        });
        kinds.insert(spec.name.to_owned(), told);
    }
    kinds.into()
}

fn setting(kind: LeverKind, setting: &Setting, scenario: &Scenario, speakers: &Speakers) -> Value {
    let money = &scenario.money;
    let ([low, high], word, choices) = held(setting.kind, scenario);
    let [low, high] = match (low, high) {
        (Some(low), Some(high)) if is_money(setting.unit) => {
            let (low, high) = money.bounds(low, high);
            [Some(low), Some(high)]
        }
        bounds => bounds.into(),
    };
    let spec = kind.spec();
    let limit = spec.evidence.iter().find(|limit| limit.setting == setting.name);
    let evidence = limit.map(|limit| {
        let most = money.of_registers(setting.unit, limit.limit);
        json!({ "limit": most, "source": limit.source })
    });
    json!({
        "setting": setting.name,
        "title": speakers.wording(setting.meaning_en, setting.meaning_ko),
        "unit": setting.unit,
        "type": word,
        "schedule": matches!(setting.kind, SettingKind::Schedule { .. }),
        "low": low,
        "high": high,
        "choices": choices,
        "required": setting.required,
        "effect": setting.effect.text(),
        "evidence": evidence,
        "matters": matters(kind, setting),
        "note": matches!(setting.kind, SettingKind::Text),
    })
}

/// Whether it stands among the first of its lever: it has more or less of something, chooses among words, or is the day
/// on which the lever begins to act.
fn matters(kind: LeverKind, setting: &Setting) -> bool {
    let opens = |kind: LeverKind| kind.settings().any(|setting| setting.name == "opening");
    match setting.kind {
        SettingKind::Choice(_) | SettingKind::Flag => true,
        SettingKind::Date => setting.name == if opens(kind) { "opening" } else { "from" },
        _ => setting.effect != SettingEffect::None,
    }
}

/// Bounds, the word of the page for what it holds, and the words or names that it may hold.
fn held(kind: SettingKind, scenario: &Scenario) -> ([Option<f64>; 2], &'static str, Vec<String>) {
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let areas = || scenario.district.areas.names().into_iter().map(|(name, _)| name).collect();
    let bounds = |low: f64, high: f64| [Some(low), Some(high)];
    match kind {
        SettingKind::Number { min, max } => (bounds(min, max), "number", Vec::new()),
        SettingKind::Count { max } | SettingKind::Schedule { max } => {
            (bounds(0.0, f64::from(max)), "integer", Vec::new())
        }
        SettingKind::Date => ([None; 2], "date", Vec::new()),
        SettingKind::Flag => ([None; 2], "bool", Vec::new()),
        SettingKind::Choice(choices) => ([None; 2], "choice", words(choices)),
        SettingKind::Area => ([None; 2], "choice", areas()),
        SettingKind::Payer => {
            let payers = scenario.payers.all().map(|payer| scenario.payers.name(payer).to_owned());
            ([None; 2], "choice", payers.collect())
        }
        SettingKind::Text | SettingKind::Regime | SettingKind::Scope => {
            ([None; 2], "text", Vec::new())
        }
        // A list, as the file has it.
        SettingKind::Choices(choices) => ([None; 2], "list", words(choices)),
        SettingKind::Sectors => {
            let sectors = scenario.district.sectors.list().iter();
            ([None; 2], "list", sectors.map(|sector| sector.name.clone()).collect())
        }
        SettingKind::Areas => {
            let whole = ["district", "city"].into_iter().map(str::to_owned);
            ([None; 2], "list", whole.chain(areas()).collect())
        }
        SettingKind::Effects | SettingKind::Days => ([None; 2], "list", Vec::new()),
    }
}
