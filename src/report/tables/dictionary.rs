//! `dictionary.csv`: what every metric, parameter, lever, setting, term and column means.

use crate::report::tables::row::table;

table! {
    /// A name and what it means.
    pub DictionaryRow in "dictionary.csv", Some(Sheet {
        en: "dictionary",
        ko: "용어 사전",
        about_en: "What every name and column means",
        about_ko: "모든 이름과 열의 뜻",
    }) => {
        name: &'a str = column("", "이름", "Name of a lever, setting, parameter, metric or column", "수단, 설정, 매개변수, 지표 또는 열 이름");
        kind: &'a str = column("", "종류", "What the name stands for", "종류");
        unit: &'a str = column("", "단위", "Unit", "단위");
        definition_en: &'a str = column("", "영문 정의", "Meaning in English", "영문 정의");
        definition_ko: &'a str = column("", "국문 정의", "Meaning in Korean", "국문 정의");
        source: &'a str = column("", "출처", "Where a value comes from", "출처");
    }
}

/// One name and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DictionaryEntry {
    /// The name: of a setting with its lever's kind, `facility.places`; of a column with its
    /// table, `yearly.csv: mean`.
    pub name: String,
    /// What it is: metric, group, parameter, lever, setting, term, total, cash item, column.
    pub kind: &'static str,
    /// Its unit; empty where it has none.
    pub unit: &'static str,
    /// What it means, in English.
    pub definition_en: String,
    /// What it means, in Korean.
    pub definition_ko: String,
    /// Where its value or definition is from; empty where it is the program's own.
    pub source: String,
}

impl<'a> From<&'a DictionaryEntry> for DictionaryRow<'a> {
    fn from(entry: &'a DictionaryEntry) -> Self {
        Self {
            name: &entry.name,
            kind: entry.kind,
            unit: entry.unit,
            definition_en: &entry.definition_en,
            definition_ko: &entry.definition_ko,
            source: &entry.source,
        }
    }
}
