//! The schemas of parameters and of what changes them, from the register of parameters.

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::commands::schema::tables;
use crate::scenario::keys;
use crate::scenario::money::is_money;
use crate::scenario::parameter::MAY_BE_NEVER;
use crate::scenario::parameter::NEVER;
use crate::scenario::parameter::Register;
use crate::scenario::parameter_spec::ParameterSpec;

/// `parameters.toml`, whose definition `parameter` has what holds of every one.
pub(super) fn file() -> Value {
    table(&|spec| {
        let mut own = json!({ "value": or_never(spec), "range": { "items": end(spec) } });
        // Of money the unit depends on the scenario.
        if !is_money(spec.unit) {
            own["unit"] = json!({ "enum": [spec.unit] });
        }
        json!({ "allOf": [{ "$ref": "#/definitions/parameter" }], "properties": own })
    })
}

/// What holds of every parameter.
pub(super) fn any() -> Value {
    tables::object(keys::PARAMETER)
}

/// What a policy or a future puts in the place of parameters.
pub(super) fn changes() -> Value {
    table(&|spec| json!({ "anyOf": [or_never(spec), { "$ref": "#/definitions/change" }] }))
}

/// A table with every parameter, each with the schema of its own.
fn table(schema_of: &dyn Fn(&ParameterSpec) -> Value) -> Value {
    let register = Register::of_any();
    let (mut properties, mut patterns) = (Map::new(), Map::new());
    for spec in register.iter() {
        let said = tables::described(&spec.meaning_en, spec.unit, &spec.meaning_ko);
        let mut schema = json!({ "description": said });
        if let (Some(schema), Value::Object(fields)) = (schema.as_object_mut(), schema_of(spec)) {
            schema.extend(fields);
        }
        if is_family(spec) {
            patterns.insert(pattern(spec.family, &register), schema);
        } else {
            properties.insert(spec.name.to_string(), schema);
        }
    }
    json!({
        "type": "object",
        "properties": properties,
        "patternProperties": patterns,
        "additionalProperties": tables::unknown(),
    })
}

fn is_family(spec: &ParameterSpec) -> bool {
    spec.name != spec.family
}

/// The names of a family's members: none that is another parameter's, or that begins as those of a longer family.
fn pattern(family: &str, register: &Register) -> String {
    let begins = |name: &str| name.strip_prefix(family).is_some_and(|rest| rest.starts_with('_'));
    let others = register.iter().filter(|spec| begins(spec.family));
    let others: Vec<String> =
        others
            .map(|spec| {
                if is_family(spec) {
                    format!("{}_", spec.family)
                } else {
                    format!("{}$", spec.name)
                }
            })
            .collect();
    let but = if others.is_empty() { String::new() } else { format!("(?!{})", others.join("|")) };
    format!("^{but}{family}_[a-z0-9_]+$")
}

/// A value of a parameter.
fn or_never(spec: &ParameterSpec) -> Value {
    match &*spec.name {
        MAY_BE_NEVER => json!({ "anyOf": [number(spec), { "enum": [NEVER] }] }),
        _ => number(spec),
    }
}

/// An end of a parameter's range, which is not used where the value is `never`.
fn end(spec: &ParameterSpec) -> Value {
    if spec.name == MAY_BE_NEVER { json!({ "type": "number" }) } else { number(spec) }
}

/// A number within the bounds of a parameter; of money they depend on the scenario.
fn number(spec: &ParameterSpec) -> Value {
    if !is_money(spec.unit) {
        tables::number(spec.min, spec.max)
    } else if spec.min >= 0.0 {
        json!({ "type": "number", "minimum": 0 })
    } else {
        json!({ "type": "number" })
    }
}
