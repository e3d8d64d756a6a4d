//! Letters that act on what shows them, or make a text read otherwise than it is.

use std::borrow::Cow;

use crate::scenario::forms::Script;
use crate::scenario::forms::composed;
use crate::scenario::forms::script;
use crate::scenario::forms::skeleton;
use crate::scenario::forms::usual;

/// What a letter is that no text may hold, in words.
///
/// Control characters act on a terminal and make XML ill-formed; letters that turn the direction of
/// writing, or that show nothing, make a text read otherwise than it is; non-characters are reserved by
/// Unicode. Joiners stay, as some scripts and emoji need them.
fn unfit(letter: char) -> Option<&'static str> {
    match letter {
        '\n' | '\t' => None,
        '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some("a letter that turns the direction of writing")
        }
        '\u{2028}'..='\u{2029}' => Some("a line end that few programs know"),
        '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{e0000}'..='\u{e0fff}' => {
            Some("a letter that shows nothing")
        }
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => {
            Some("a letter of private use, which each font shows otherwise")
        }
        '\u{fdd0}'..='\u{fdef}' | '\u{feff}' => Some("no character of a text"),
        _ if u32::from(letter) & 0xfffe == 0xfffe => Some("no character of a text"),
        _ if letter.is_control() => Some("a control character"),
        _ => None,
    }
}

/// A letter of a name that may be taken for an ordinary Latin one: the end of a sentence.
#[must_use]
pub fn look_alike(name: &str) -> Option<String> {
    name.chars().filter(|letter| !letter.is_ascii()).find_map(|letter| {
        let usual = usual(letter.encode_utf8(&mut [0; 4])).chars().next()?;
        let what = if usual.is_ascii_alphabetic() {
            format!("is another form of `{usual}`")
        } else {
            let Script::Other { name, next_to_latin } = script(letter) else { return None };
            let like = || skeleton(letter.encode_utf8(&mut [0; 4]));
            if !next_to_latin && !like().chars().all(|like| like.is_ascii_alphabetic()) {
                return None;
            }
            let article = if name.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
            format!("is {article} {name} letter")
        };
        Some(format!("`{letter}`, U+{:04X}, {what}", u32::from(letter)))
    })
}

/// The same of a name that has ordinary Latin letters beside it, so that it reads as one of these.
#[must_use]
pub fn mixed_scripts(name: &str) -> Option<String> {
    let found = look_alike(name)?;
    let latin = |letter: char| {
        script(letter) == Script::Latin && look_alike(letter.encode_utf8(&mut [0; 4])).is_none()
    };
    let reads_so = name.chars().any(latin);
    reads_so.then(|| format!("{found} beside Latin letters, and another name may look the same"))
}

/// How a text looks, to tell it from others that stand beside it.
#[derive(Clone, Debug)]
pub struct Look {
    seen: String,
    small: String,
    /// One letter for all that look the same, by Unicode's table of them.
    skeleton: String,
    /// The letters by which a text can look like another without being it; ASCII ones can be told apart.
    foreign: String,
}

impl Look {
    /// That of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let seen = as_seen(text);
        Self {
            small: seen.to_lowercase(),
            skeleton: skeleton(&seen).to_lowercase(),
            foreign: seen.chars().filter(|letter| !letter.is_ascii()).collect(),
            seen,
        }
    }

    /// What is alike in two texts that nobody can tell apart, as the end of a sentence of a `noun`; `None`
    /// where they differ for a reader.
    #[must_use]
    pub fn same(&self, other: &Self, noun: &str) -> Option<String> {
        if self.seen == other.seen {
            Some(format!("a {noun} that looks the same"))
        } else if self.small == other.small {
            Some(format!("the same {noun} but for capital letters"))
        } else if self.skeleton == other.skeleton && self.foreign != other.foreign {
            let which = look_alike(&self.seen).or_else(|| look_alike(&other.seen));
            let which = which.map_or_else(String::new, |which| format!(": {which}"));
            Some(format!("a {noun} that looks the same{which}"))
        } else {
            None
        }
    }
}

/// Whether Windows has a device of this name, whatever stands after a dot, and so no file or folder.
#[must_use]
pub fn is_device(name: &str) -> bool {
    let name = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = |stem: &str| {
        name.strip_prefix(stem)
            .is_some_and(|rest| rest.len() == 1 && matches!(rest.as_bytes()[0], b'1'..=b'9'))
    };
    ["con", "prn", "aux", "nul"].contains(&&*name) || numbered("com") || numbered("lpt")
}

/// The first letter that no text may hold: which it is and what, as the end of a sentence.
#[must_use]
pub fn fault(text: &str) -> Option<String> {
    if is_plain(text.as_bytes()) {
        return None;
    }
    let found = |(place, letter)| Some((place, letter, unfit(letter)?));
    let (place, letter, what) = text.chars().enumerate().find_map(found)?;
    Some(format!("letter {} of the text, U+{:04X}, is {what}", place + 1, u32::from(letter)))
}

/// Whether a text has none but letters of ASCII that any text may hold: most have.
#[must_use]
pub fn is_plain(text: &[u8]) -> bool {
    // Without a branch, so that many bytes are looked at together.
    let unfit = |byte: u8| !(b' '..=b'~').contains(&byte) & (byte != b'\n') & (byte != b'\t');
    text.chunks(64).all(|bytes| !bytes.iter().fold(false, |found, &byte| found | unfit(byte)))
}

/// The text with the letters that no text may hold written out, as `\u{1b}`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|letter| unfit(letter).is_none()) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if unfit(letter).is_some() {
            shown.extend(letter.escape_unicode());
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

/// Whether a letter shows nothing by itself: Unicode's default-ignorable ones, and the empty braille
/// pattern.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The text as a reader sees it: letters of other widths and forms as the usual ones, without those
/// that show nothing, words with one space between. Empty where nothing shows.
#[must_use]
pub fn as_seen(text: &str) -> String {
    let shown: String = usual(text).chars().filter(|&letter| !is_invisible(letter)).collect();
    composed(&shown).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_act_or_mislead_are_found_and_written_out_and_those_of_languages_are_not() {
        for (text, shown) in [
            ("\u{1b}[31m", "\\u{1b}[31m"),
            ("bell\u{7}", "bell\\u{7}"),
            ("\u{202e}abc", "\\u{202e}abc"),
            ("\u{9b}2J", "\\u{9b}2J"),
            ("a\r\nb", "a\\u{d}\nb"),
            ("\u{fffe}", "\\u{fffe}"),
            ("\u{1ffff}", "\\u{1ffff}"),
            ("a\u{feff}", "a\\u{feff}"),
            ("a\u{2028}b", "a\\u{2028}b"),
            ("a\u{200b}b", "a\\u{200b}b"),
            ("a\u{200f}", "a\\u{200f}"),
            ("\u{e000}", "\\u{e000}"),
            ("\u{e0041}", "\\u{e0041}"),
        ] {
            assert!(fault(text).is_some(), "{text:?}");
            assert_eq!(visible(text), shown);
        }
        for text in ["양재 AI 혁신지구", "㎢ ① ㆍ 地區", "a\nb\tc", "café", "\u{200d}", "👩‍🔬"]
        {
            assert_eq!(fault(text), None, "{text:?}");
            assert!(matches!(visible(text), Cow::Borrowed(_)), "{text:?}");
        }
    }

    #[test]
    fn names_of_scripts_that_look_alike_are_told_from_those_of_one_script() {
        for name in [
            "h\u{443}b",
            "\u{430}bc",
            "\u{3bf}ne",
            "A\u{391}",
            "\u{570}ub",
            "h\u{13bb}b",
            "\u{ff48}ub",
            "\u{1d421}ub",
        ] {
            assert!(mixed_scripts(name).is_some(), "{name}");
        }
        for name in
            ["hub", "허브-hub", "양재 AI", "тест", "αβγ", "café", "地區-a", "ＡＩ허브", "②-hub"]
        {
            assert_eq!(mixed_scripts(name), None, "{name}");
        }
        assert!(look_alike("тест").unwrap().ends_with("U+0442, is a Cyrillic letter"));
    }

    #[test]
    fn texts_that_nobody_can_tell_apart_are_alike() {
        let same = |one: &str, other: &str| Look::of(one).same(&Look::of(other), "title");
        for (one, other, says) in [
            ("Hub", "hub", "the same title but for capital letters"),
            ("허브", "허브 ", "a title that looks the same"),
            ("Hyb", "H\u{443}b", "U+0443, is a Cyrillic letter"),
            ("\u{410}\u{406} 허브", "AI 허브", "U+0410, is a Cyrillic letter"),
            ("c\u{585}de", "code", "U+0585, is an Armenian letter"),
            ("\u{445}\u{43e}\u{440}", "xop", "U+0445, is a Cyrillic letter"),
        ] {
            let found = same(one, other).unwrap_or_else(|| panic!("{one} {other}"));
            assert!(found.contains(says), "{found}");
            assert!(same(other, one).is_some());
        }
        for (one, other) in [
            ("plan 1", "plan l"),
            ("modern", "modem"),
            ("양재 1안", "양재 2안"),
            ("허브 I단계", "허브 1단계"),
            ("내", "나이"),
        ] {
            assert_eq!(same(one, other), None, "{one} {other}");
        }
    }

    #[test]
    fn texts_that_look_the_same_are_seen_as_one() {
        for (text, seen) in [
            ("A\u{200b} hub\u{ad}", "A hub"),
            ("Ａ\u{3000}ｈｕｂ", "A hub"),
            ("\u{a0}A  hub ", "A hub"),
            ("\u{1112}\u{1161}\u{200b}\u{11ab}", "한"),
            ("\u{2060}\u{3164}\u{200b}\u{2800}", ""),
            ("A Hub", "A Hub"),
            ("허브 확대", "허브 확대"),
        ] {
            assert_eq!(as_seen(text), seen, "{text:?}");
        }
    }
}
