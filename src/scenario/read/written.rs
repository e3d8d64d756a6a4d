//! The settings of levers as the files of a scenario write them, for a policy file that copies them.

use std::collections::BTreeMap;

use toml::de::DeValue;

use crate::scenario::Scenario;
use crate::scenario::problem::Problems;
use crate::scenario::quoted::quoted;
use crate::scenario::read::inherit;
use crate::scenario::read::policies;
use crate::scenario::read::source::SourceFile;
use crate::scenario::read::syntax::Document;
use crate::scenario::read::walk::Value;

/// The values of all settings as TOML, by policy, lever and setting.
#[derive(Clone, Debug, Default)]
pub(in crate::scenario) struct LeverTexts(BTreeMap<[String; 3], String>);

impl LeverTexts {
    /// The settings of every policy's levers, after `extends`, as the files of a checked scenario write
    /// them.
    pub(in crate::scenario) fn of(scenario: &Scenario) -> Self {
        let mut sources = BTreeMap::new();
        for (order, file) in scenario.inputs.iter().enumerate() {
            if policies::policy_of(&file.path).is_some()
                && let Ok(source) = SourceFile::new(file.path.clone(), order + 1, &file.bytes)
            {
                sources.insert(file.path.as_str(), source);
            }
        }
        let documents: BTreeMap<&str, Document<'_>> =
            sources.iter().map(|(&path, source)| (path, Document::parse(source).0)).collect();
        // The scenario has been checked, so there is none.
        let mut none = Problems::default();
        let files = policies::files(&documents, &[], &scenario.register, &mut none);
        let merged = inherit::merged(&files, &scenario.register, &mut none);
        let mut texts = BTreeMap::new();
        for (file, merged) in files.iter().zip(&merged) {
            for (lever, raw) in merged.iter().flat_map(|merged| &merged.levers) {
                for (setting, (_, value)) in &raw.settings {
                    let place = [file.name.as_str(), lever, setting].map(str::to_owned);
                    texts.insert(place, as_written(value));
                }
            }
        }
        Self(texts)
    }

    /// A setting of a policy's lever, where it is written.
    pub(in crate::scenario) fn text(
        &self,
        policy: &str,
        lever: &str,
        setting: &str,
    ) -> Option<&str> {
        self.0.get(&[policy, lever, setting].map(str::to_owned)).map(String::as_str)
    }
}

/// A value as its file writes it; on one line where that does not stand by itself, as tables with
/// headers of their own do not.
fn as_written(value: &Value<'_>) -> String {
    let text = inherit::written(value);
    let stands = match value.spanned.get_ref() {
        DeValue::Array(_) => text.starts_with('[') && !text.starts_with("[["),
        DeValue::Table(_) => text.starts_with('{'),
        _ => true,
    };
    if stands { text.to_owned() } else { inline(value.spanned.get_ref()) }
}

/// A value on one line.
fn inline(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => quoted(text),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(moment) => moment.to_string(),
        DeValue::Array(list) => {
            let list: Vec<String> = list.iter().map(|value| inline(value.get_ref())).collect();
            format!("[{}]", list.join(", "))
        }
        DeValue::Table(table) => {
            let mut entries = Vec::new();
            for (key, value) in table {
                entries.push(format!("{} = {}", key.get_ref(), inline(value.get_ref())));
            }
            format!("{{ {} }}", entries.join(", "))
        }
    }
}
