//! Letters in the form in which texts are compared: Unicode's tables of forms, scripts, and letters that look the same.
//!
//! The engine for browsers goes without them, as they would be a quarter of what a page loads: what it reads has been
//! checked when the page was made, and the page's fields bring what is typed into the usual form.

#[cfg(target_family = "wasm")]
use browser as tables;
#[cfg(not(target_family = "wasm"))]
use whole as tables;

/// The script of a letter, as far as names ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Latin.
    Latin,
    /// Used beside Latin without being taken for it: Korean, Chinese and Japanese, digits and signs.
    Usual,
    /// Any other.
    #[cfg_attr(target_family = "wasm", expect(dead_code, reason = "the tables tell it"))]
    Other {
        /// Its name in English.
        name: &'static str,
        /// Whether any of its letters may be taken for a Latin one: Greek and Cyrillic.
        next_to_latin: bool,
    },
}

/// The script of a letter.
pub(super) fn script(letter: char) -> Script {
    tables::script(letter)
}

/// A text in the one form in which names are compared: systems store Korean in two.
pub(super) fn composed(text: &str) -> String {
    tables::composed(text)
}

/// A text with letters of other widths and forms as the usual ones: `0.25` for `０.２５`.
pub(super) fn usual(text: &str) -> String {
    tables::usual(text)
}

/// A text with one letter for all that look the same.
pub(super) fn skeleton(text: &str) -> String {
    tables::skeleton(text)
}

#[cfg(not(target_family = "wasm"))]
mod whole {
    use unicode_normalization::UnicodeNormalization as _;
    use unicode_script::Script as Of;
    use unicode_script::UnicodeScript as _;

    use crate::scenario::forms::Script;

    pub(super) fn script(letter: char) -> Script {
        match letter.script() {
            Of::Latin => Script::Latin,
            Of::Hangul | Of::Han | Of::Hiragana | Of::Katakana | Of::Common | Of::Inherited => {
                Script::Usual
            }
            other => Script::Other {
                name: other.full_name(),
                next_to_latin: matches!(other, Of::Greek | Of::Cyrillic),
            },
        }
    }

    pub(super) fn composed(text: &str) -> String {
        text.nfc().collect()
    }

    pub(super) fn usual(text: &str) -> String {
        text.nfkc().collect()
    }

    pub(super) fn skeleton(text: &str) -> String {
        unicode_security::skeleton(text).collect()
    }
}

/// As the texts are, but for what Korean keyboards easily type: letters and digits of full width.
#[cfg(any(target_family = "wasm", test))]
mod browser {
    #[cfg(target_family = "wasm")]
    use crate::scenario::forms::Script;

    #[cfg(target_family = "wasm")]
    pub(super) fn script(letter: char) -> Script {
        if letter.is_ascii_alphabetic() { Script::Latin } else { Script::Usual }
    }

    pub(super) fn composed(text: &str) -> String {
        text.to_owned()
    }

    pub(super) fn usual(text: &str) -> String {
        let usual = |letter: char| match letter {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
            '\u{3000}' => ' ',
            other => other,
        };
        text.chars().map(usual).collect()
    }

    #[cfg(target_family = "wasm")]
    pub(super) fn skeleton(text: &str) -> String {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_forms_are_unicodes_where_korean_keyboards_leave_the_usual_ones() {
        for text in ["０.２５", "２０２７-０１-０１", "ＡＩ\u{3000}허브", "양재 AI", "hub"]
        {
            assert_eq!(browser::usual(text), whole::usual(text));
            assert_eq!(browser::composed(text), whole::composed(text));
        }
        assert_eq!(composed("\u{1112}\u{1165}\u{1107}\u{1173}"), "허브");
        assert_eq!(skeleton("h\u{443}b"), skeleton("hyb"));
    }
}
