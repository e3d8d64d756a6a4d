//! The schema of a table, from the register of keys.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::scenario::keys;
use crate::scenario::keys::Holds;
use crate::scenario::keys::Key;
use crate::scenario::libraries::LIBRARIES;
use crate::scenario::money::said;
use crate::scenario::parameter::NEVER;
use crate::scenario::titles::SHIPPED;

/// A name of a policy, a lever, an area, a sector, a payer or a regime.
pub(super) const NAME: &str = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$";

/// Text that says something.
const SOME_TEXT: &str = "\\S";

/// What no value is: that of a key which is in no register. Editors show the remark.
pub(super) fn unknown() -> Value {
    json!({ "not": { "description": "unknown key" } })
}

/// What something means, with its unit, in both languages.
pub(super) fn described(en: &str, unit: &str, ko: &str) -> String {
    let unit = if matches!(unit, "" | "1") { String::new() } else { format!(" [{unit}]") };
    said(&format!("{en}{unit}\n\n{ko}{unit}"), None).into_owned()
}

/// A table with keys of the register.
pub(super) fn object(keys: &[Key]) -> Value {
    object_with(keys, &value)
}

/// A whole file with keys of the register. That one is missing `yangjae check` says: for it an editor would mark the file
/// from its first line to its last.
pub(super) fn file(keys: &[Key]) -> Value {
    let mut schema = object(keys);
    if let Some(fields) = schema.as_object_mut() {
        fields.remove("required");
    }
    schema
}

/// A table with keys of the register, whose values have these schemas.
pub(super) fn object_with(keys: &[Key], value: &dyn Fn(&Key) -> Value) -> Value {
    let mut properties = Map::new();
    let mut patterns = Map::new();
    for key in keys {
        let mut schema = json!({ "description": described(key.en, "", key.ko) });
        if let (Some(schema), Value::Object(fields)) = (schema.as_object_mut(), value(key)) {
            schema.extend(fields);
        }
        if key.translated {
            let shipped = SHIPPED.map(|tag| format!("{tag}$")).join("|");
            let tag = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*";
            patterns.insert(format!("^{}_(?!{shipped}){tag}$", key.name), schema.clone());
        }
        properties.insert(key.name.to_owned(), schema);
    }
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties });
    if !patterns.is_empty() {
        schema["patternProperties"] = patterns.into();
    }
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema["additionalProperties"] = unknown();
    schema
}

/// Values of one schema by name.
pub(super) fn by_name(schema: &Value) -> Value {
    json!({
        "type": "object",
        "patternProperties": { NAME: schema },
        "additionalProperties": unknown(),
    })
}

/// A number within bounds.
pub(super) fn number(min: f64, max: f64) -> Value {
    json!({ "type": "number", "minimum": min, "maximum": max })
}

/// A whole number within bounds.
pub(super) fn whole(min: u64, max: u64) -> Value {
    json!({ "type": "integer", "minimum": min, "maximum": max })
}

/// A number that is not 0 of this schema.
fn above_0(number: Value) -> Value {
    let mut schema = number;
    schema["not"] = json!({ "enum": [0] });
    schema
}

/// Two numbers of a schema.
pub(super) fn range(end: &Value) -> Value {
    json!({ "type": "array", "items": end, "minItems": 2, "maxItems": 2 })
}

/// Some of these words.
pub(super) fn words(words: &[&str]) -> Value {
    json!({ "type": "array", "items": { "enum": words }, "minItems": 1, "uniqueItems": true })
}

/// A list of names.
pub(super) fn names() -> Value {
    json!({ "type": "array", "items": { "type": "string" }, "uniqueItems": true })
}

/// One name, or a list of them.
pub(super) fn name_or_names() -> Value {
    let mut names = names();
    names["minItems"] = json!(1);
    json!({ "anyOf": [{ "type": "string" }, names] })
}

/// A day of the calendar.
pub(super) fn date() -> Value {
    json!({ "type": "string", "format": "date" })
}

/// Text that says something.
pub(super) fn some_text() -> Value {
    json!({ "type": "string", "pattern": SOME_TEXT })
}

/// The value of a key.
pub(super) fn value(key: &Key) -> Value {
    match key.holds {
        Holds::Format => json!({ "enum": [keys::bounds::FORMAT] }),
        Holds::Text | Holds::Name | Holds::UnitOfParameter => json!({ "type": "string" }),
        Holds::SomeText | Holds::Title => some_text(),
        Holds::Names => names(),
        Holds::TwoNames => {
            let mut names = names();
            (names["minItems"], names["maxItems"]) = (json!(2), json!(2));
            names
        }
        Holds::NameOrNames => name_or_names(),
        Holds::Flag => json!({ "type": "boolean" }),
        Holds::Year => whole(keys::bounds::YEARS[0].into(), keys::bounds::YEARS[1].into()),
        Holds::Date => date(),
        Holds::Number { min, max } => number(min, max),
        Holds::Positive { max } => above_0(number(0.0, max)),
        Holds::Money => above_0(json!({ "type": "number", "minimum": 0 })),
        Holds::Whole { min, max } => whole(min, max),
        Holds::FloorSpace => {
            let space = whole(0, keys::bounds::MOST_FLOOR_SPACE.into());
            json!({ "anyOf": [space, { "enum": [keys::bounds::UNLIMITED] }] })
        }
        Holds::Word(words) => json!({ "enum": words }),
        Holds::Words(some) => words(some),
        Holds::Library => json!({ "enum": LIBRARIES.map(|(name, _)| name) }),
        Holds::MoneyUnit => json!({ "type": "string", "pattern": "^[A-Z]{3}( (k|m|bn|tn))?$" }),
        Holds::CsvFile => json!({ "type": "string", "pattern": "^[^/\\\\]+\\.csv$" }),
        Holds::Sizes => json!({
            "type": "array",
            "items": whole(1, keys::bounds::LARGEST_SURVEY.into()),
            "minItems": 1,
            "maxItems": keys::bounds::MOST_SIZES,
            "uniqueItems": true,
        }),
        Holds::OfParameter => json!({ "anyOf": [{ "type": "number" }, { "enum": [NEVER] }] }),
        Holds::RangeOfParameter => range(&json!({ "type": "number" })),
        Holds::Table(keys) => object(keys),
        Holds::Tables(keys) => json!({ "type": "array", "items": object(keys) }),
        Holds::Named(keys) => by_name(&object(keys)),
        Holds::NumbersByName { min, max } => by_name(&number(min, max)),
        Holds::WholesByName { max } => by_name(&whole(1, max)),
        // What the registers of levers and of parameters say is among the definitions.
        Holds::Levers => by_name(&json!({ "$ref": "#/definitions/lever" })),
        Holds::SettingsOfLevers => by_name(&json!({ "$ref": "#/definitions/settings" })),
        Holds::Changes => json!({ "allOf": [{ "$ref": "#/definitions/changes" }] }),
    }
}
