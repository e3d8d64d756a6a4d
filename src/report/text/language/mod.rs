//! The languages of what people read: report, workbook, pictures, terminal summary.
//!
//! A scenario may bring another along, in `languages/TAG.toml`: the same keys, and under `english` translations of
//! what registers say in English. What it lacks is shown in English.
//!
//! Tables and the words of the scenario format stay in English, which scripts rely on. A sentence
//! and the name of a metric, term, item or unit stand in `en.toml` and `ko.toml` by their keys; tests hold that
//! none is missing.

pub mod names;
pub mod number;
pub mod text;
pub mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Mutex;
use std::sync::PoisonError;

use serde::Deserialize;
use serde::Serialize;

use crate::report::text::language::words::ShownUnit;
use crate::report::text::language::words::Words;
use crate::scenario::Scenario;
use crate::scenario::money::Money;
use crate::scenario::names::Names;
use crate::scenario::titles::LanguageFile;
use crate::scenario::titles::SHIPPED;
use crate::scenario::titles::Titles;
use crate::scenario::titles::is_tag;

/// Which language: its tag as HTML has it, `en`, `ko`, or that of a file of the scenario.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tag(String);

impl Tag {
    /// English.
    #[must_use]
    pub fn english() -> Self {
        Self(SHIPPED[0].to_owned())
    }

    /// Korean.
    #[must_use]
    pub fn korean() -> Self {
        Self(SHIPPED[1].to_owned())
    }

    /// Every language of a scenario: those of the program, and those that it brings along.
    #[must_use]
    pub fn all(scenario: &Scenario) -> Vec<Self> {
        let own = scenario.languages.iter().map(|file| file.tag.clone());
        SHIPPED.map(str::to_owned).into_iter().chain(own).map(Self).collect()
    }

    /// As HTML has it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl Default for Tag {
    fn default() -> Self {
        Self::english()
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Tag {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "expected a language's tag, such as en, ko or es".to_owned();
        is_tag(text).then(|| Self(text.to_owned())).ok_or_else(wrong)
    }
}

/// A language that neither the program nor the scenario has.
#[derive(Clone, Debug, thiserror::Error)]
#[error(
    "the scenario has no language `{tag}`, only {known}; `yangjae new --language {tag} FOLDER` writes \
     languages/{tag}.toml into its folder, to be translated"
)]
pub struct UnknownLanguage {
    /// Its tag.
    pub tag: Tag,
    /// Those that there are.
    pub known: String,
}

/// A language, as readers of one scenario are spoken to: with its money, city and district.
///
/// It is small and copied freely: what it stands for is read once and kept until the program ends, which speaks
/// few languages of few scenarios.
#[derive(Clone, Copy)]
pub struct Language(&'static Reader);

/// Which of the wordings of registers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wording {
    English,
    Korean,
    /// Translations of the English ones, as far as there are.
    Translated,
}

/// What a language stands for.
#[derive(Debug)]
struct Reader {
    tag: Tag,
    wording: Wording,
    money: Money,
    names: Names,
    file: LanguageFile,
    words: Words,
    /// Wordings of registers by what they are in English; none in the languages of the program.
    translations: BTreeMap<String, String>,
}

/// Those that have been spoken so far.
static READERS: Mutex<Vec<&'static Reader>> = Mutex::new(Vec::new());

impl Language {
    /// The language of a tag, for readers of a scenario.
    ///
    /// # Errors
    ///
    /// Fails if neither the program nor the scenario has it.
    pub fn of(tag: &Tag, scenario: &Scenario) -> Result<Self, UnknownLanguage> {
        let own = scenario.languages.iter().find(|file| file.tag == tag.0);
        let all = Tag::all(scenario);
        if !all.contains(tag) {
            let known: Vec<&str> = all.iter().map(Tag::name).collect();
            return Err(UnknownLanguage { tag: tag.clone(), known: known.join(", ") });
        }
        let file = own.cloned().unwrap_or_default();
        Ok(Self::with(tag, file, &scenario.money, &scenario.names))
    }

    /// The same; English where neither has it.
    #[must_use]
    pub fn or_english(tag: &Tag, scenario: &Scenario) -> Self {
        let (money, names) = (&scenario.money, &scenario.names);
        let english = |_| Self::with(&Tag::english(), LanguageFile::default(), money, names);
        Self::of(tag, scenario).unwrap_or_else(english)
    }

    /// The same of its file, which is empty for those of the program, and where only the scenario's money and
    /// names are at hand.
    fn with(tag: &Tag, file: LanguageFile, money: &Money, names: &Names) -> Self {
        let mut readers = READERS.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it =
            |it: &&&Reader| (&it.tag, &it.file, &it.money, &it.names) == (tag, &file, money, names);
        if let Some(known) = readers.iter().find(is_it) {
            return Self(known);
        }
        let wording = match tag.name() {
            "en" => Wording::English,
            "ko" => Wording::Korean,
            _ => Wording::Translated,
        };
        let (words, translations) = words::of(tag.name(), &file, money, names);
        let (tag, names) = (tag.clone(), names.clone());
        let reader = Reader { tag, wording, money: *money, names, file, words, translations };
        let reader: &'static Reader = Box::leak(Box::new(reader));
        readers.push(reader);
        Self(reader)
    }

    /// Its tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.0.tag.name()
    }

    /// Whether it is English, whose names are those of the files.
    #[must_use]
    pub fn is_english(self) -> bool {
        self.0.wording == Wording::English
    }

    /// The money of the scenario.
    #[must_use]
    pub const fn money(self) -> &'static Money {
        &self.0.money
    }

    /// A word of the language's file, of what it names and by its key; nothing where there is none.
    #[must_use]
    pub fn word(self, of_what: &str, key: &str) -> Option<&'static str> {
        self.0.words.file.get(of_what)?.get(key).map(String::as_str)
    }

    /// How values of a unit of registers are shown.
    pub(super) fn unit(self, unit: &str) -> Option<ShownUnit> {
        self.0.words.units.get(unit).copied()
    }

    /// A wording of a register, of which English and Korean are given.
    #[must_use]
    pub fn choose<'a>(self, en: &'a str, ko: &'a str) -> &'a str {
        match self.0.wording {
            Wording::English => en,
            Wording::Korean => ko,
            Wording::Translated => self.translated(en).unwrap_or(en),
        }
    }

    fn translated(self, en: &str) -> Option<&'static str> {
        self.0.translations.get(en).map(String::as_str)
    }

    /// The header of a column of this name in files, above which stands what it is called, in Korean as given.
    #[must_use]
    pub fn heading(self, name: &str, ko: &str) -> String {
        let own = match self.0.wording {
            Wording::English => None,
            Wording::Korean => Some(ko).filter(|ko| !ko.is_empty()),
            Wording::Translated => self.translated(name),
        };
        own.map_or_else(|| name.to_owned(), |own| format!("{own}\n{name}"))
    }

    /// A title of the scenario; the English one where it has none in this language, and any where it has none in
    /// English.
    #[must_use]
    pub fn title<'a>(self, en: &'a str, ko: &'a str, further: &'a Titles) -> &'a str {
        let own = match self.0.wording {
            Wording::English => en,
            Wording::Korean => ko,
            Wording::Translated => further.of(self.tag()).unwrap_or_default(),
        };
        [own, en, ko].into_iter().find(|title| !title.is_empty()).unwrap_or_default()
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// The languages for readers of a scenario that is in won, for tests.
#[cfg(test)]
pub(crate) fn languages() -> [Language; 2] {
    let money = Money::of_currency("KRW").unwrap();
    let name = |name: &str| name.to_owned();
    let names = Names {
        city_en: name("Seoul"),
        city_ko: name("서울시"),
        cities: Titles::default(),
        district_en: name("Yangjae"),
        district_ko: name("양재"),
        districts: Titles::default(),
    };
    let file = LanguageFile::default;
    [Tag::english(), Tag::korean()].map(|tag| Language::with(&tag, file(), &money, &names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_title_is_that_of_the_other_language() {
        let [english, korean] = languages();
        let none = &Titles::default();
        assert_eq!(korean.title("Campus", "캠퍼스", none), "캠퍼스");
        assert_eq!(korean.title("Campus", "", none), "Campus");
        assert_eq!(english.title("", "캠퍼스", none), "캠퍼스");
    }
}
