//! THE GLOSSARY: terms of the field in English and Korean, with formula, source, and where each stands in the results.
//! `yangjae explain` tells them.

use std::sync::LazyLock;

use serde::Deserialize;

/// A term of the field.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its name, English.
    pub name: String,
    /// What it is also called, abbreviations first.
    #[serde(default)]
    pub also: Vec<String>,
    /// Its name, Korean.
    pub name_ko: String,
    /// What it is also called in Korean.
    #[serde(default)]
    pub also_ko: Vec<String>,
    /// What it is, English.
    pub meaning_en: String,
    /// What it is, Korean.
    pub meaning_ko: String,
    /// Its formula; empty where it is none.
    #[serde(default)]
    pub formula: String,
    /// Where it is from.
    pub source: String,
    /// Where it stands: file of results, column, and which rows; no rows are all.
    #[serde(default)]
    pub stands: Vec<Place>,
    /// The commands that make it.
    pub made_by: String,
}

/// A column of a file of results, and which of its rows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The column.
    pub column: String,
    /// Which rows; empty: all.
    #[serde(default)]
    pub rows: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Glossary {
    term: Vec<Term>,
}

static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| {
    // A test reads the file that the program carries.
    toml::from_str::<Glossary>(include_str!("terms.toml")).unwrap_or_default().term
});

impl Term {
    /// Every name of it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let own = [&self.name, &self.name_ko].into_iter();
        own.chain(&self.also).chain(&self.also_ko).map(String::as_str)
    }
}

/// Every term, in the order of the file.
#[must_use]
pub fn terms() -> &'static [Term] {
    &TERMS
}

/// The term that has this name, in whatever case and with whatever stands between its words.
#[must_use]
pub fn find(name: &str) -> Option<&'static Term> {
    let wanted = plain(name);
    TERMS.iter().find(|term| term.names().any(|known| plain(known) == wanted))
}

/// The letters and digits of a name, in lower case.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_name_is_of_one_term_and_every_term_is_whole() {
        let read: Glossary = toml::from_str(include_str!("terms.toml")).unwrap();
        assert_eq!(read.term, terms());
        let mut names = BTreeSet::new();
        for term in terms() {
            assert!(!term.meaning_en.is_empty() && !term.meaning_ko.is_empty(), "{}", term.name);
            assert!(!term.source.is_empty() && !term.made_by.is_empty(), "{}", term.name);
            for name in term.names() {
                assert!(names.insert(plain(name)), "{name} stands twice");
            }
        }
    }

    #[test]
    fn a_term_is_found_however_it_is_written() {
        for (written, name) in [
            ("NPV", "net present value"),
            ("npv", "net present value"),
            ("net-present_value", "net present value"),
            ("Net Present Value", "net present value"),
            ("순현재가치", "net present value"),
            ("순 현재 가치", "net present value"),
            ("BCR", "benefit-cost ratio"),
            ("후회", "regret"),
        ] {
            assert_eq!(find(written).map(|term| term.name.as_str()), Some(name), "{written}");
        }
        assert_eq!(find("net present"), None);
    }
}
