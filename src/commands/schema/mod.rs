//! `yangjae schema`: what may stand in a scenario's files, as JSON Schema for editors. All of it comes from the registers of
//! keys, of levers and of parameters.
//!
//! The schemas are of draft 7, with no keyword that draft 4 lacks. What they cannot say, such as that a name stands in another
//! file, `yangjae check` says: they refuse nothing that it takes. A key that is in no register is refused by the schema of its
//! value, not by `"additionalProperties": false`, for which editors mark the whole table.

mod levers;
mod parameters;
mod tables;

use std::path::Path;
use std::path::PathBuf;

use serde_json::Value;
use serde_json::json;

use crate::commands::error::Error;
use crate::commands::evidence_error::EvidenceError;
use crate::commands::options;
use crate::commands::report::error::ReportError;
use crate::experiment::whole_file;
use crate::report::folder::output_folder;
use crate::report::text::console;
use crate::report::text::progress;
use crate::scenario::future;
use crate::scenario::keys;
use crate::scenario::titles::LANGUAGES;

/// The folder of schemas in that of a scenario.
pub const FOLDER: &str = "schema";

/// A kind of file of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// scenario.toml
    Scenario,
    /// district.toml
    District,
    /// parameters.toml
    Parameters,
    /// policies/NAME.toml
    Policy,
    /// futures/NAME.toml
    Future,
    /// languages/TAG.toml
    Language,
}

/// Arguments of `schema`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Of which file; with --output of all where none is named
    #[arg(value_name = "KIND", required_unless_present = "output")]
    pub kind: Option<Kind>,
    /// Write KIND.json into this folder instead of to standard output
    #[arg(long, value_name = "DIR", value_parser = options::output())]
    pub output: Option<PathBuf>,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Scenario,
        Self::District,
        Self::Parameters,
        Self::Policy,
        Self::Future,
        Self::Language,
    ];

    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scenario => "scenario",
            Self::District => "district",
            Self::Parameters => "parameters",
            Self::Policy => "policy",
            Self::Future => "future",
            Self::Language => "language",
        }
    }

    /// The kind of a file by its path within the scenario's folder, with `/`; nothing of another file.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let stem = path.strip_suffix(".toml")?;
        let folder = stem.split_once('/').map(|(folder, _)| folder);
        Some(match (folder, stem) {
            (None, "scenario") => Self::Scenario,
            (None, "district") => Self::District,
            (None, "parameters") => Self::Parameters,
            (Some("policies"), _) => Self::Policy,
            (Some(future::FOLDER), _) => Self::Future,
            (Some(LANGUAGES), _) => Self::Language,
            _ => return None,
        })
    }

    /// The name of its schema's file.
    #[must_use]
    pub fn file(self) -> String {
        format!("{}.json", self.name())
    }

    /// The schema as text, in one line.
    #[must_use]
    pub fn text(self) -> String {
        // Plain data is always written.
        let mut text = serde_json::to_string(&self.schema()).unwrap_or_default();
        text.push('\n');
        text
    }

    fn schema(self) -> Value {
        let (title, title_ko, schema) = match self {
            Self::Scenario => (
                "scenario.toml of yangjae: what is simulated, how often, in which money",
                "yangjae 시나리오의 scenario.toml: 무엇을 몇 번, 어떤 화폐로 시뮬레이션하는가",
                tables::file(keys::SCENARIO),
            ),
            Self::District => (
                "district.toml of yangjae: areas, sectors, and who is there at the start",
                "yangjae 시나리오의 district.toml: 지역, 업종, 시작 시점의 현황",
                tables::file(keys::DISTRICT),
            ),
            Self::Parameters => (
                "parameters.toml of yangjae: what is assumed about behaviour and the outside world",
                "yangjae 시나리오의 parameters.toml: 행동과 외부 환경의 가정",
                parameters::file(),
            ),
            Self::Policy => (
                "A policy of yangjae: its levers, and the parameters that it changes",
                "yangjae 시나리오의 정책: 정책 수단과 변경하는 매개변수",
                tables::file(keys::POLICY),
            ),
            Self::Future => (
                "A future of yangjae: what the world may come to be, the same under every policy",
                "yangjae 시나리오의 미래: 모든 정책에 공통인 외부 환경",
                tables::file(keys::FUTURE),
            ),
            Self::Language => (
                "Words of a further language for yangjae; empty where one is not translated yet",
                "yangjae의 추가 언어 문구(번역 전이면 빈칸)",
                json!({
                    "type": "object",
                    "additionalProperties": {
                        "type": "object",
                        "additionalProperties": { "type": "string" },
                    },
                }),
            ),
        };
        let mut all = json!({
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": title,
            "description": tables::described(title, "", title_ko),
        });
        if let (Some(all), Value::Object(schema)) = (all.as_object_mut(), schema) {
            all.extend(schema);
            let definitions = match self {
                Self::Parameters => json!({ "parameter": parameters::any() }),
                Self::Policy => json!({
                    "lever": levers::lever(),
                    "changes": parameters::changes(),
                    "change": tables::object(keys::CHANGE),
                }),
                Self::Future => json!({
                    "settings": levers::settings(),
                    "changes": parameters::changes(),
                    "change": tables::object(keys::CHANGE),
                }),
                Self::Scenario | Self::District | Self::Language => {
                    return Value::Object(all.clone());
                }
            };
            all.insert("definitions".to_owned(), definitions);
        }
        all
    }
}

/// The line by which an editor finds the schema of a file, by the file's path within the scenario's folder; nothing of a
/// file that has none.
#[must_use]
pub fn line(path: &str) -> Option<String> {
    let kind = Kind::of_path(path)?;
    let up = if path.contains('/') { "../" } else { "" };
    Some(format!("#:schema {up}{FOLDER}/{}\n", kind.file()))
}

/// Writes schemas.
///
/// # Errors
///
/// Fails if a file cannot be written, or nothing be printed.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let Some(folder) = &arguments.output else {
        let text = arguments.kind.map_or_else(String::new, Kind::text);
        return Ok(console::print(&text)?);
    };
    let kinds = arguments.kind.map_or_else(|| Kind::ALL.to_vec(), |kind| vec![kind]);
    write(folder, &kinds)?;
    let count =
        if kinds.len() == 1 { "1 schema".to_owned() } else { format!("{} schemas", kinds.len()) };
    progress::message(&format!("{count} in {}", folder.display()));
    Ok(())
}

fn write(folder: &Path, kinds: &[Kind]) -> Result<(), Error> {
    output_folder::make(folder).map_err(ReportError::from)?;
    for kind in kinds {
        let written = whole_file::write(&folder.join(kind.file()), kind.text().as_bytes());
        written.map_err(EvidenceError::from)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls `each` with every table of keywords in a schema.
    fn walk(schema: &Value, each: &mut impl FnMut(&serde_json::Map<String, Value>)) {
        match schema {
            Value::Object(fields) => {
                each(fields);
                fields.values().for_each(|value| walk(value, each));
            }
            Value::Array(list) => list.iter().for_each(|value| walk(value, each)),
            _ => {}
        }
    }

    #[test]
    fn every_file_of_a_scenario_has_its_schema_and_the_line_that_leads_there() {
        for (path, line) in [
            ("scenario.toml", Some("#:schema schema/scenario.json\n")),
            ("policies/hub.toml", Some("#:schema ../schema/policy.json\n")),
            ("futures/boom.toml", Some("#:schema ../schema/future.json\n")),
            ("languages/es.toml", Some("#:schema ../schema/language.json\n")),
            ("observed.csv", None),
            ("other.toml", None),
        ] {
            assert_eq!(super::line(path).as_deref(), line, "{path}");
        }
    }

    #[test]
    fn every_reference_leads_to_a_definition_and_no_keyword_is_newer_than_draft_4() {
        let newer =
            ["const", "contains", "if", "then", "else", "propertyNames", "examples", "$defs"];
        for kind in Kind::ALL {
            let schema = kind.schema();
            let mut references = 0;
            walk(&schema, &mut |fields| {
                if let Some(Value::String(reference)) = fields.get("$ref") {
                    references += 1;
                    assert!(schema.pointer(&reference[1..]).is_some(), "{reference}");
                }
                // A table of properties may have any key; the keywords stand beside a type or a choice.
                if fields.contains_key("type") || fields.contains_key("anyOf") {
                    for word in newer {
                        assert!(!fields.contains_key(word) || fields["type"].is_object(), "{word}");
                    }
                }
            });
            let has_definitions = matches!(kind, Kind::Parameters | Kind::Policy | Kind::Future);
            assert_eq!(references > 0, has_definitions, "{kind:?}");
        }
    }

    #[test]
    fn every_lever_and_every_parameter_is_in_its_schema_in_both_languages() {
        let schema = Kind::Policy.schema();
        let lever = &schema["definitions"]["lever"];
        for kind in crate::policy::levers::LeverKind::ALL {
            for setting in kind.settings() {
                let known = &lever["properties"][setting.name];
                assert!(known.is_object(), "{}.{}", kind.spec().name, setting.name);
            }
        }
        let opening = lever["properties"]["opening"].to_string();
        assert!(opening.contains("date"), "{opening}");
        let parameters = Kind::Parameters.schema();
        let wage = &parameters["properties"]["founder_rate"]["description"];
        let said = wage.as_str().unwrap();
        assert!(said.contains("founders/year") && said.contains('\n'), "{said}");
        let named = parameters["properties"].as_object().unwrap().len();
        let families = parameters["patternProperties"].as_object().unwrap().len();
        assert_eq!(named + families, crate::scenario::parameter::Register::of_any().len());
    }
}
