//! The schemas of levers, from the register of levers.
//!
//! A lever that a policy takes over has only the settings that change, and mostly no `kind`: no setting is asked for here, which
//! `yangjae check` does. Each setting has one schema whatever the kind, so that a slip is marked where it stands; what only
//! holds of a kind is said beside it, for levers that state theirs.

use std::collections::BTreeMap;

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::commands::schema::tables;
use crate::policy::levers::LeverKind;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::scenario::future::OF_THE_POLICY;
use crate::scenario::keys;
use crate::scenario::keys::Holds;
use crate::scenario::keys::Key;
use crate::scenario::money::is_money;
use crate::time::DAYS;

/// The setting that says of which kind a lever is.
const KIND: &str = "kind";

/// A lever of a policy.
pub(super) fn lever() -> Value {
    let all = of_all_kinds();
    let names = LeverKind::ALL.map(|kind| kind.spec().name);
    // One whose kind is not known has been told.
    let mut kinds = vec![
        json!({ "not": { "required": [KIND] } }),
        json!({ "not": { "properties": { KIND: { "enum": names } } } }),
    ];
    for kind in LeverKind::ALL {
        let mut own = Map::new();
        own.insert(KIND.to_owned(), json!({ "enum": [kind.spec().name] }));
        for (name, schemas) in &all {
            let setting = kind.settings().find(|setting| setting.name == *name);
            match setting.filter(|_| *name != KIND) {
                Some(setting) if schemas.len() > 1 => {
                    own.insert((*name).to_owned(), schema(setting));
                }
                // None of this kind.
                None if *name != KIND => {
                    own.insert((*name).to_owned(), json!({ "not": {} }));
                }
                _ => {}
            }
        }
        kinds.push(json!({ "properties": own }));
    }
    let mut lever = table(all.iter());
    lever["anyOf"] = kinds.into();
    lever
}

/// Settings of a lever that a future changes: those that do not say what it is.
pub(super) fn settings() -> Value {
    let all = of_all_kinds();
    table(all.iter().filter(|(name, _)| !OF_THE_POLICY.contains(name)))
}

/// The schemas of each setting, one for all kinds that have the same.
type OfSettings = BTreeMap<&'static str, Vec<Value>>;

fn of_all_kinds() -> OfSettings {
    let mut all = OfSettings::new();
    for setting in LeverKind::ALL.into_iter().flat_map(LeverKind::settings) {
        let (schema, known) = (schema(setting), all.entry(setting.name).or_default());
        if !known.contains(&schema) {
            known.push(schema);
        }
    }
    all
}

fn table<'s>(settings: impl Iterator<Item = (&'s &'static str, &'s Vec<Value>)>) -> Value {
    let mut properties = Map::new();
    for (name, schemas) in settings {
        let schema = match schemas.as_slice() {
            [one] => one.clone(),
            several => json!({ "anyOf": several }),
        };
        properties.insert((*name).to_owned(), schema);
    }
    json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": tables::unknown(),
    })
}

/// A setting, with what it means.
fn schema(setting: &Setting) -> Value {
    let mut schema = json!({
        "description": tables::described(setting.meaning_en, setting.unit, setting.meaning_ko),
    });
    let value = if setting.name == KIND { kind() } else { value(setting) };
    if let (Some(schema), Value::Object(fields)) = (schema.as_object_mut(), value) {
        schema.extend(fields);
    }
    schema
}

/// The words for kinds, with what editors show beside each.
fn kind() -> Value {
    let names = LeverKind::ALL.map(|kind| kind.spec().name);
    let said = LeverKind::ALL.map(|kind| {
        let spec = kind.spec();
        let (en, ko) = (spec.mechanism_en, spec.mechanism_ko);
        format!("{}: {en}\n\n{}: {ko}", spec.title_en, spec.title_ko)
    });
    json!({ "enum": names, "x-taplo": { "docs": { "enumValues": said } } })
}

fn value(setting: &Setting) -> Value {
    match setting.kind {
        // Bounds of money depend on the scenario.
        SettingKind::Number { min, .. } if is_money(setting.unit) && min >= 0.0 => {
            json!({ "type": "number", "minimum": 0 })
        }
        SettingKind::Number { .. } if is_money(setting.unit) => json!({ "type": "number" }),
        SettingKind::Number { min, max } => tables::number(min, max),
        SettingKind::Count { max } => tables::whole(0, max.into()),
        SettingKind::Date => tables::date(),
        SettingKind::Flag => json!({ "type": "boolean" }),
        SettingKind::Choice(words) => json!({ "enum": words }),
        SettingKind::Choices(words) => tables::words(words),
        SettingKind::Sectors => {
            let mut names = tables::names();
            names["minItems"] = json!(1);
            names
        }
        SettingKind::Areas => tables::name_or_names(),
        SettingKind::Effects => json!({
            "type": "array",
            "items": tables::object(keys::EFFECT),
            "minItems": 1,
        }),
        SettingKind::Area | SettingKind::Payer | SettingKind::Regime => {
            json!({ "type": "string" })
        }
        SettingKind::Scope | SettingKind::Text => tables::some_text(),
        SettingKind::Schedule { max } => {
            let number = tables::whole(0, max.into());
            let of_step = |key: &Key| match key.holds {
                Holds::OfParameter => number.clone(),
                _ => tables::value(key),
            };
            let steps = tables::object_with(keys::STEP, &of_step);
            json!({ "anyOf": [number, { "type": "array", "items": steps, "minItems": 1 }] })
        }
        SettingKind::Days => json!({
            "type": "array",
            "items": tables::whole(1, DAYS.into()),
            "minItems": 1,
            "uniqueItems": true,
        }),
    }
}
