//! The entries of `dictionary.csv`: all of them come from the registers that the program itself runs on.

use crate::analysis::additionality::TERMS;
use crate::analysis::appraisal::TOTALS;
use crate::analysis::appraisal::outcome::OUTCOMES;
use crate::analysis::groups::Grouping;
use crate::analysis::metrics::METRICS;
use crate::model::ledger::cash::CashItem;
use crate::policy::lever::COMMON;
use crate::policy::levers::LeverKind;
use crate::policy::setting::Setting;
use crate::report::tables::dictionary::DictionaryEntry;
use crate::report::tables::register;
use crate::scenario::Scenario;

/// Where what the program itself defines is described.
const DEFINED: &str = "yangjae describe";

/// Every entry of the registers, in the order of metrics, groups, terms, totals, results of the appraisal, parameters, levers with their
/// settings, items of cash, columns.
#[must_use]
pub fn entries(scenario: &Scenario) -> Vec<DictionaryEntry> {
    let mut entries = Vec::new();
    entries.extend(METRICS.iter().map(|metric| DictionaryEntry {
        name: metric.name.to_owned(),
        kind: "metric",
        unit: metric.unit,
        definition_en: format!("{} ({})", metric.meaning_en, metric.kind.name()),
        definition_ko: metric.meaning_ko.to_owned(),
        source: String::new(),
    }));
    entries.extend(Grouping::ALL.iter().map(|grouping| DictionaryEntry {
        name: grouping.name().to_owned(),
        kind: "group",
        unit: grouping.unit(),
        definition_en: grouping.defined_en(&scenario.district.sectors),
        definition_ko: grouping.meaning_ko().to_owned(),
        source: grouping.source().to_owned(),
    }));
    entries.extend(TERMS.iter().map(|term| DictionaryEntry {
        name: term.name.to_owned(),
        kind: "term",
        unit: term.unit,
        definition_en: term.meaning_en.to_owned(),
        definition_ko: term.meaning_ko.to_owned(),
        source: DEFINED.to_owned(),
    }));
    for (kind, totals) in [("total", TOTALS), ("result", OUTCOMES)] {
        entries.extend(totals.iter().map(|&(name, unit, en, ko)| DictionaryEntry {
            name: name.to_owned(),
            kind,
            unit,
            definition_en: en.to_owned(),
            definition_ko: ko.to_owned(),
            source: DEFINED.to_owned(),
        }));
    }
    entries.extend(scenario.register.iter().enumerate().map(|(place, parameter)| {
        DictionaryEntry {
            name: parameter.name.to_string(),
            kind: "parameter",
            unit: parameter.unit,
            definition_en: parameter.meaning_en.to_string(),
            definition_ko: parameter.meaning_ko.to_string(),
            source: scenario.parameters.get(place).map_or_else(String::new, |of| of.source.clone()),
        }
    }));
    entries.extend(COMMON.iter().map(|setting| setting_entry("lever", setting)));
    for kind in LeverKind::ALL {
        let spec = kind.spec();
        entries.push(DictionaryEntry {
            name: spec.name.to_owned(),
            kind: "lever",
            unit: "",
            definition_en: spec.mechanism_en.to_owned(),
            definition_ko: spec.mechanism_ko.to_owned(),
            source: String::new(),
        });
        entries.extend(spec.settings.iter().map(|setting| setting_entry(spec.name, setting)));
    }
    entries.extend(CashItem::ALL.iter().map(|item| DictionaryEntry {
        name: item.name().to_owned(),
        kind: "cash item",
        unit: "{money}",
        definition_en: format!("{} ({})", item.meaning_en(), item.account().rule_en()),
        definition_ko: format!("{} ({})", item.meaning_ko(), item.account().rule_ko()),
        source: String::new(),
    }));
    entries.extend(register::columns().map(|(table, column)| DictionaryEntry {
        name: format!("{table}: {}", column.name),
        kind: "column",
        unit: column.unit,
        definition_en: column.meaning_en.to_owned(),
        definition_ko: column.meaning_ko.to_owned(),
        source: String::new(),
    }));
    entries
}

fn setting_entry(lever: &str, setting: &Setting) -> DictionaryEntry {
    DictionaryEntry {
        name: format!("{lever}.{}", setting.name),
        kind: "setting",
        unit: setting.unit,
        definition_en: setting.meaning_en.to_owned(),
        definition_ko: setting.meaning_ko.to_owned(),
        source: String::new(),
    }
}
