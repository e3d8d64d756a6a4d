//! Titles in further languages than English and Korean, and languages that a scenario brings along.

use std::collections::BTreeMap;

/// Titles in further languages, by tag: `title_es` is that of `es`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Titles(pub BTreeMap<String, String>);

impl Titles {
    /// The title in a language.
    #[must_use]
    pub fn of(&self, tag: &str) -> Option<&str> {
        self.0.get(tag).map(String::as_str)
    }

    /// Something made of each.
    #[must_use]
    pub fn map(&self, of: impl Fn(&str) -> String) -> Self {
        Self(self.0.iter().map(|(tag, title)| (tag.clone(), of(title))).collect())
    }
}

/// Whether a text is a language's tag as HTML has it: `es`, `ca`, `pt-BR`.
#[must_use]
pub fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|letter| letter.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len())
                && part.bytes().all(|letter| letter.is_ascii_alphanumeric())
        })
}

/// The folder of a scenario's own languages in its folder.
pub const LANGUAGES: &str = "languages";

/// The languages whose words the program has itself.
pub const SHIPPED: [&str; 2] = ["en", "ko"];

/// A language that a scenario brings along, from `languages/TAG.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LanguageFile {
    /// Its tag.
    pub tag: String,
    /// Words by what they name and key, as the program's own files have them; under `english` the wordings of
    /// registers by what they are in English.
    pub words: BTreeMap<String, BTreeMap<String, String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_those_of_languages() {
        assert!(["es", "ca", "pt-BR", "zh-Hant", "gsw"].into_iter().all(is_tag));
        assert!(
            !["", "e", "ES", "spanish", "es_ES", "es-", "../es", "es.toml"].into_iter().any(is_tag)
        );
    }
}
