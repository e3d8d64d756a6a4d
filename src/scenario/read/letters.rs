//! Letters that a text must not hold, and names that other programs would change.

use std::ops::Range;

use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::read::source::Source;
use crate::scenario::read::walk::Value;

/// The longest title [letters]: what fits in the charts of a workbook with room for what is added.
pub(super) const LONGEST_TITLE: usize = 200;

/// The longest text of any other kind [letters]; a spreadsheet's cell takes 32,767.
pub(super) const LONGEST_TEXT: usize = 10_000;

/// What a letter is that no text may hold, in words.
///
/// Control characters act on a terminal and make XML ill-formed; letters that turn the direction of
/// writing make a text read otherwise than it is; non-characters are reserved by Unicode.
fn unfit(letter: char) -> Option<&'static str> {
    match letter {
        '\n' | '\t' => None,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some("a letter that turns the direction of writing")
        }
        '\u{fdd0}'..='\u{fdef}' | '\u{feff}' => Some("no character of a text"),
        _ if u32::from(letter) & 0xfffe == 0xfffe => Some("no character of a text"),
        _ if letter.is_control() => Some("a control character"),
        _ => None,
    }
}

/// What is wrong with a text, if anything.
fn fault(text: &str, longest: usize) -> Option<(String, String)> {
    if let Some((place, (letter, what))) =
        text.chars().enumerate().find_map(|(place, letter)| Some((place, (letter, unfit(letter)?))))
    {
        let message =
            format!("letter {} of the text, U+{:04X}, is {what}", place + 1, u32::from(letter));
        return Some((message, "expected letters that can be read".to_owned()));
    }
    let length = text.chars().count();
    (length > longest).then(|| {
        let message = format!("the text has {length} letters");
        (message, format!("expected {longest} at most"))
    })
}

/// Checks the letters of a text and their number.
pub(super) fn check(value: Value<'_>, text: &str, longest: usize) -> Result<(), Problems> {
    match fault(text, longest) {
        Some((message, expected)) => Err(value.problem(message).expected(expected).into()),
        None => Ok(()),
    }
}

/// The same of a cell of a table.
pub(super) fn of_cell(source: &Source, span: Range<usize>, text: &str) -> Option<Problem> {
    let (message, expected) = fault(text, LONGEST_TEXT)?;
    Some(source.problem(span, message).expected(expected))
}

/// Why a spreadsheet or Windows would change a name, or could not hold it.
pub(super) fn changed_elsewhere(name: &str) -> Option<&'static str> {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let of_digits =
        |text: &str| text.bytes().all(|letter| letter.is_ascii_digit() || letter == b'-');
    let numbered = |stem: &str| {
        name.strip_prefix(stem)
            .is_some_and(|rest| rest.len() == 1 && rest != "0" && of_digits(rest))
    };
    let is_month = |text: &str| {
        MONTHS.iter().any(|month| {
            text.strip_prefix(month).is_some_and(|rest| !rest.is_empty() && of_digits(rest))
                || text.strip_suffix(month).is_some_and(|rest| !rest.is_empty() && of_digits(rest))
        })
    };
    if DEVICES.contains(&name) || numbered("com") || numbered("lpt") {
        Some("Windows has a device of this name and cannot hold such a file")
    } else if matches!(name, "true" | "false") || name.parse::<f64>().is_ok() {
        Some("a spreadsheet takes it for a number or a truth value and writes it otherwise")
    } else if of_digits(name) || is_month(name) {
        Some("a spreadsheet takes it for a date and writes it otherwise")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_other_programs_change_are_known() {
        for name in [
            "007",
            "1e5",
            "2026-05-01",
            "1-2",
            "true",
            "nan",
            "inf",
            "con",
            "com1",
            "may-5",
            "1-mar",
            "mar1",
        ] {
            assert!(changed_elsewhere(name).is_some(), "{name}");
        }
        for name in
            ["a", "full-plan", "2030-plan", "com", "com10", "may", "march", "console", "0x", "e5"]
        {
            assert_eq!(changed_elsewhere(name), None, "{name}");
        }
    }

    #[test]
    fn letters_that_act_or_mislead_are_refused_and_those_of_languages_are_not() {
        for text in ["\u{1b}[31m", "bell\u{7}", "\u{202e}abc", "\u{fffe}", "\u{1ffff}", "a\u{feff}"]
        {
            assert!(fault(text, LONGEST_TEXT).is_some(), "{text:?}");
        }
        for text in ["양재 AI 혁신지구", "㎢ ① ㆍ 地區", "a\nb\tc", "café", "\u{200d}", "👩‍🔬"]
        {
            assert_eq!(fault(text, LONGEST_TEXT), None, "{text:?}");
        }
        assert!(fault(&"가".repeat(LONGEST_TITLE + 1), LONGEST_TITLE).is_some());
        assert_eq!(fault(&"가".repeat(LONGEST_TITLE), LONGEST_TITLE), None);
    }
}
