//! The languages of what people read: report, workbook, pictures, terminal summary.
//!
//! Tables and the words of the scenario format stay in English, which scripts rely on. A sentence
//! and the name of a metric, term or item stand in `en.toml` and `ko.toml` by their keys; tests hold that
//! none is missing.

pub mod names;
pub mod number;
pub mod text;
pub mod words;

use serde::Deserialize;
use serde::Serialize;

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "terminal", derive(clap::ValueEnum))]
pub enum Language {
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

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::English, Self::Korean];

    /// The language's tag, as HTML has it.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Korean => "ko",
        }
    }

    /// One of two wordings.
    #[must_use]
    pub const fn choose<'a>(self, en: &'a str, ko: &'a str) -> &'a str {
        match self {
            Self::English => en,
            Self::Korean => ko,
        }
    }

    /// A title of the scenario; the other language's where it has none in this one.
    #[must_use]
    pub const fn title<'a>(self, en: &'a str, ko: &'a str) -> &'a str {
        match self {
            Self::Korean if !ko.is_empty() => ko,
            _ if en.is_empty() => ko,
            _ => en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_title_is_that_of_the_other_language() {
        assert_eq!(Language::Korean.title("Campus", "캠퍼스"), "캠퍼스");
        assert_eq!(Language::Korean.title("Campus", ""), "Campus");
        assert_eq!(Language::English.title("", "캠퍼스"), "캠퍼스");
    }
}
