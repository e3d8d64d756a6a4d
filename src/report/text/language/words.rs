//! The words of each language, from its file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::report::text::language::Language;

/// Words by what they name (`text`, `metric`, `term`, `item`, `place`) and key.
type Words = BTreeMap<String, BTreeMap<String, String>>;

static ENGLISH: LazyLock<Words> = LazyLock::new(|| read(include_str!("en.toml")));
static KOREAN: LazyLock<Words> = LazyLock::new(|| read(include_str!("ko.toml")));

fn read(text: &str) -> Words {
    // A test reads both; there is nothing to say to a user.
    toml::from_str(text).unwrap_or_default()
}

fn of(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Korean => &KOREAN,
    }
}

/// A word of a language; nothing where its file has none.
#[must_use]
pub fn word(of_what: &str, key: &str, language: Language) -> Option<&'static str> {
    of(language).get(of_what)?.get(key).map(String::as_str)
}

/// The keys of a kind that a language has.
pub fn keys(of_what: &str, language: Language) -> impl Iterator<Item = &'static str> {
    of(language).get(of_what).into_iter().flat_map(BTreeMap::keys).map(String::as_str)
}
