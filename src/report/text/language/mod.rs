//! The languages of what people read: report, workbook, pictures, terminal summary.
//!
//! Tables and the words of the scenario format stay in English, which scripts rely on. A sentence
//! and the name of a metric, term, item or unit stand in `en.toml` and `ko.toml` by their keys; tests hold that
//! none is missing.

pub mod names;
pub mod number;
pub mod text;
pub mod words;

use std::fmt;
use std::sync::Mutex;
use std::sync::PoisonError;

use serde::Deserialize;
use serde::Serialize;

use crate::report::text::language::words::Words;
use crate::scenario::Scenario;
use crate::scenario::money::Money;
use crate::scenario::names::Names;

/// Which language: its tag as HTML has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "terminal", derive(clap::ValueEnum))]
pub enum Tag {
    /// English.
    #[default]
    #[serde(rename = "en")]
    #[cfg_attr(feature = "terminal", value(name = "en"))]
    English,
    /// Korean.
    #[serde(rename = "ko")]
    #[cfg_attr(feature = "terminal", value(name = "ko"))]
    Korean,
}

impl Tag {
    /// Both.
    pub const ALL: [Self; 2] = [Self::English, Self::Korean];

    /// As HTML has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Korean => "ko",
        }
    }
}

/// A language, as readers of one scenario are spoken to: with its money, city and district.
///
/// It is small and copied freely: what it stands for is read once and kept until the program ends, which speaks
/// few languages of few scenarios.
#[derive(Clone, Copy)]
pub struct Language(&'static Reader);

/// What a language stands for.
#[derive(Debug, PartialEq)]
struct Reader {
    tag: Tag,
    money: Money,
    names: Names,
    words: Words,
}

/// Those that have been spoken so far.
static READERS: Mutex<Vec<&'static Reader>> = Mutex::new(Vec::new());

impl Language {
    /// The language of a tag, for readers of a scenario.
    #[must_use]
    pub fn of(tag: Tag, scenario: &Scenario) -> Self {
        Self::with(tag, &scenario.money, &scenario.names)
    }

    /// The same where only the scenario's money and names are at hand.
    #[must_use]
    pub fn with(tag: Tag, money: &Money, names: &Names) -> Self {
        let mut readers = READERS.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |it: &&&Reader| (it.tag, &it.money, &it.names) == (tag, money, names);
        if let Some(known) = readers.iter().find(is_it) {
            return Self(known);
        }
        let words = words::of(tag, money, names);
        let reader: &'static Reader =
            Box::leak(Box::new(Reader { tag, money: *money, names: names.clone(), words }));
        readers.push(reader);
        Self(reader)
    }

    /// Its tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        self.0.tag.name()
    }

    /// Whether it is English, whose names are those of the files.
    #[must_use]
    pub fn is_english(self) -> bool {
        self.0.tag == Tag::English
    }

    /// The money of the scenario.
    #[must_use]
    pub const fn money(self) -> &'static Money {
        &self.0.money
    }

    /// One of two wordings.
    #[must_use]
    pub const fn choose<'a>(self, en: &'a str, ko: &'a str) -> &'a str {
        match self.0.tag {
            Tag::English => en,
            Tag::Korean => ko,
        }
    }

    /// A title of the scenario; the other language's where it has none in this one.
    #[must_use]
    pub const fn title<'a>(self, en: &'a str, ko: &'a str) -> &'a str {
        match self.0.tag {
            Tag::Korean if !ko.is_empty() => ko,
            _ if en.is_empty() => ko,
            _ => en,
        }
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
        district_en: name("Yangjae"),
        district_ko: name("양재"),
    };
    Tag::ALL.map(|tag| Language::with(tag, &money, &names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_title_is_that_of_the_other_language() {
        let [english, korean] = languages();
        assert_eq!(korean.title("Campus", "캠퍼스"), "캠퍼스");
        assert_eq!(korean.title("Campus", ""), "Campus");
        assert_eq!(english.title("", "캠퍼스"), "캠퍼스");
    }
}
