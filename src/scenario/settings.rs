//! The settings of a file of a scenario, a line each, for lists of differences.

use toml::Table;
use toml::Value;

use crate::scenario::parameter::number;

/// Each setting of a file in TOML with its path, as `startups.2.count` and `40`, in the order of names. A table of a
/// list goes by its `name` where it has one, else by its place, from 1. Nothing where the file is no TOML.
#[must_use]
pub fn settings(bytes: &[u8]) -> Vec<(String, String)> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let table: Table = toml::from_str(text).unwrap_or_default();
    let mut found = Vec::new();
    for (key, value) in &table {
        add(key.clone(), value, &mut found);
    }
    found
}

fn add(path: String, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                add(format!("{path}.{key}"), value, found);
            }
        }
        Value::Array(list) if list.iter().any(Value::is_table) => {
            for (place, value) in list.iter().enumerate() {
                let name = value.get("name").and_then(Value::as_str);
                let name = name.map_or_else(|| (place + 1).to_string(), str::to_owned);
                add(format!("{path}.{name}"), value, found);
            }
        }
        Value::Array(list) => {
            let items: Vec<String> = list.iter().map(plain).collect();
            found.push((path, items.join(", ")));
        }
        value => found.push((path, plain(value))),
    }
}

/// A value without quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Integer(whole) => whole.to_string(),
        Value::Float(value) => number(*value),
        Value::Boolean(flag) => flag.to_string(),
        Value::Datetime(date) => date.to_string(),
        Value::Array(list) => {
            format!("[{}]", list.iter().map(plain).collect::<Vec<_>>().join(", "))
        }
        Value::Table(table) => {
            let fields = table.iter().map(|(key, value)| format!("{key} = {}", plain(value)));
            format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_its_path() {
        let text = "seed = 1\nyears = [2020, 2021]\n[money]\nunit = \"KRW m\"\n[[areas]]\nname = \"hill\"\nland = 1.5\n\
                    [[startups]]\ncount = 3\n[[startups]]\ncount = 4\n";
        let found = settings(text.as_bytes());
        let expected = [
            ("areas.hill.land", "1.5"),
            ("areas.hill.name", "hill"),
            ("money.unit", "KRW m"),
            ("seed", "1"),
            ("startups.1.count", "3"),
            ("startups.2.count", "4"),
            ("years", "2020, 2021"),
        ];
        let mut found: Vec<(&str, &str)> =
            found.iter().map(|(path, value)| (path.as_str(), value.as_str())).collect();
        found.sort_unstable();
        assert_eq!(found, expected);
        assert!(settings(b"= no").is_empty());
    }
}
