//! Parsing TOML with every syntax error, each with what to write instead.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use crate::scenario::problem::Nature;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::source::SourceFile;
use crate::scenario::read::value;
use crate::scenario::read::value::decimal_comma;
use crate::scenario::read::value::is_grouped;
use crate::scenario::read::value::loose_date;
use crate::scenario::read::value::number_meant;
use crate::time::Date;

/// In a larger file only the first syntax error is told: each costs the parser memory `[bytes]`.
const MOST_FOR_ALL_ERRORS: usize = 1 << 20;

/// A parsed file.
#[derive(Debug)]
pub(super) struct Document<'a> {
    /// Its text.
    pub(super) source: &'a SourceFile,
    /// Its tree.
    pub(super) root: DeTable<'a>,
    /// Whether so much could not be parsed that a key may be absent for this reason only.
    pub(super) broken: bool,
}

/// What is wrong with a line, and what to write instead.
struct Slip {
    /// Where in the file.
    span: Range<usize>,
    message: String,
    help: String,
    /// Whether more than a value is lost.
    tears: bool,
}

/// So many faults of a line are looked at: one of ten thousand control characters has as many, and to look
/// at each takes the time of their square.
const MOST_ON_A_LINE: u32 = 20;

impl<'a> Document<'a> {
    /// Parses a file. What cannot be parsed is left out of the tree.
    pub(super) fn parse(source: &'a SourceFile) -> (Self, Problems) {
        let (tree, errors) = if source.text.len() <= MOST_FOR_ALL_ERRORS {
            DeTable::parse_recoverable(&source.text)
        } else {
            match DeTable::parse(&source.text) {
                Ok(tree) => (tree, Vec::new()),
                Err(error) => (Spanned::new(0..0, DeTable::new()), vec![error]),
            }
        };
        let large = source.text.len() > MOST_FOR_ALL_ERRORS && !errors.is_empty();
        let mut problems = Problems::default();
        let mut broken = false;
        let mut last_line = None;
        let (mut line_end, mut on_line) = (0, 0);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            if span.start >= line_end {
                let rest = source.text.get(span.start..).unwrap_or_default();
                line_end = span.start + rest.find('\n').unwrap_or(rest.len());
                on_line = 0;
            }
            on_line += 1;
            if on_line > MOST_ON_A_LINE {
                continue;
            }
            let slip = slip(source, &span, error.message());
            // A slip spoils one value; anything else may spoil all that follows.
            let torn = large || slip.as_ref().is_none_or(|slip| slip.tears);
            broken |= torn;
            let mut problem = match slip {
                Some(slip) => source.problem(slip.span, slip.message).help(slip.help),
                None => unknown_fault(source, span, error.message()),
            };
            problem.nature = if torn { Nature::Torn } else { Nature::Unparsed };
            // The parser stumbles several times over one fault.
            let line = problem.position.as_ref().map(|at| at.line);
            if line != last_line {
                problems.add(problem);
            }
            last_line = line;
        }
        let root = tree.into_inner();
        (Self { source, root, broken }, problems)
    }
}

fn unknown_fault(source: &SourceFile, span: Range<usize>, message: &str) -> Problem {
    source.problem(span, format!("this is no TOML: {message}")).expected("cannot be read")
}

/// Recognises what people write who do not know TOML.
fn slip(source: &SourceFile, span: &Range<usize>, message: &str) -> Option<Slip> {
    let line = source.line_at(span.start);
    let start = line.as_ptr() as usize - source.text.as_ptr() as usize;
    let bare = without_texts(line);
    let at = span.start.saturating_sub(start).min(bare.len());
    let repeated = || repeated_key(source, start, span, message);
    let key = || korean_key(&bare).map(|found| (found, true));
    let of_value = || {
        curly_quote(&bare)
            .or_else(|| unclosed(line))
            .or_else(|| impossible_date(&bare, at))
            .or_else(|| month_alone(&bare, at))
            .or_else(|| other_date(&bare, at))
            .or_else(|| year_last(&bare, at))
            .or_else(|| other_number(&bare, at))
            .or_else(|| no_break_space(&bare))
            .or_else(|| decimal_point(&bare, at))
            .or_else(|| thousands(&bare, at))
            .or_else(|| bare_point(&bare, at))
            .or_else(|| capital_flag(&bare))
    };
    let found = repeated()
        .map(|found| (found, false))
        .or_else(|| wide_sign(&bare).map(|found| (found, true)))
        .or_else(|| of_value().map(|found| (found, false)))
        .or_else(key)
        .or_else(|| unquoted(&bare, at).map(|found| (found, false)));
    let ((range, message, help), tears) = found?;
    Some(Slip { span: start + range.start..start + range.end, message, help, tears })
}

/// A place in the line, what is wrong, what to do.
type Found = Option<(Range<usize>, String, String)>;

fn repeated_key(source: &SourceFile, start: usize, span: &Range<usize>, message: &str) -> Found {
    let name = shortened(source.text.get(span.clone())?);
    let range = span.start.checked_sub(start)?..span.end.checked_sub(start)?;
    let help = "remove one of the two".to_owned();
    message
        .contains("duplicate key")
        .then(|| (range, format!("`{name}` stands here a second time"), help))
}

fn unclosed(line: &str) -> Found {
    let quotes: Vec<usize> = line.match_indices('"').map(|(at, _)| at).collect();
    // Three quotes open a text of several lines, and a backslash makes a quote a letter.
    if quotes.len().is_multiple_of(2) || line.contains("\"\"\"") || line.contains("\\\"") {
        return None;
    }
    let at = *quotes.last()?;
    let help = "end the text with a straight double quote: \"…\"".to_owned();
    Some((at..at + 1, "this quotation mark is never closed".to_owned(), help))
}

fn curly_quote(line: &str) -> Found {
    let (at, quote) = line.char_indices().find(|(_, letter)| "“”„‟‘’「」＂".contains(*letter))?;
    let message = format!("the quotation mark {quote} is not a straight one");
    let help = "write straight double quotes: \"…\"; word processors turn them";
    Some((at..at + quote.len_utf8(), message, help.to_owned()))
}

/// A space that word processors put in and that TOML does not know.
fn no_break_space(line: &str) -> Found {
    const SPACES: [char; 4] = ['\u{a0}', '\u{202f}', '\u{2007}', '\u{3000}'];
    let (at, space) = line.char_indices().find(|(_, letter)| SPACES.contains(letter))?;
    let message = format!("a no-break or wide space, U+{:04X}, stands here", u32::from(space));
    Some((at..at + space.len_utf8(), message, "write an ordinary space".to_owned()))
}

fn other_date(line: &str, at: usize) -> Found {
    let (range, word) = stumbled_over(values(line), at)?;
    let date = loose_date(word).filter(|date| date.to_string() != word)?;
    let message = format!("`{word}` is no date in TOML");
    Some((range, message, format!("write the date with hyphens: {date}")))
}

fn year_last(line: &str, at: usize) -> Found {
    let (range, word) = stumbled_over(values(line), at)?;
    let date = value::year_last(word)?;
    let message = format!("`{word}` is no date in TOML");
    Some((range, message, format!("write year, month and day with hyphens: {date}")))
}

/// A sign as wide as a Korean letter in the place of one of TOML's.
fn wide_sign(line: &str) -> Found {
    let (at, wide) = line.char_indices().find(|(_, letter)| "＝［］｛｝".contains(*letter))?;
    let message = format!("{wide} is a full-width sign, which TOML does not know");
    let help = format!("write the usual one: {}", value::usual_digits(&wide.to_string()));
    Some((at..at + wide.len_utf8(), message, help))
}

/// A percentage, a fraction, digits in groups with spaces between, or of another width.
fn other_number(line: &str, at: usize) -> Found {
    let (range, word) = stumbled_over(values(line), at)?;
    let (how, number) = number_meant(word)?;
    Some((range, format!("`{word}` is no number in TOML"), format!("write {how}: {number}")))
}

fn decimal_point(line: &str, at: usize) -> Found {
    let (start, _) = line.match_indices('=').next()?;
    let value = line[start + 1..].trim();
    let number = decimal_comma(value)?;
    let from = start + 1 + line[start + 1..].find(value)?;
    let range = from..from + value.len();
    (range.start.saturating_sub(1)..=range.end + 1).contains(&at).then(|| {
        let message = format!("`{value}` is no number in TOML");
        (range, message, format!("write a point instead of the comma: {number}"))
    })
}

fn thousands(line: &str, at: usize) -> Found {
    let (range, word) = runs(line, |letter| letter.is_ascii_digit() || letter == ',')
        .filter(|(range, _)| near(range, at))
        .map(|(range, word)| {
            (
                range.start..range.start + word.trim_end_matches(',').len(),
                word.trim_end_matches(','),
            )
        })
        .find(|(_, word)| is_grouped(word, ','))?;
    let help = format!("write a number without commas: {}", word.replace(',', ""));
    Some((range, format!("`{word}` is no number in TOML"), help))
}

fn impossible_date(line: &str, at: usize) -> Found {
    let is_date = |letter: char| letter.is_ascii_digit() || letter == '-';
    let (range, word) = stumbled_over(runs(line, is_date), at)?;
    let mut parts = word.split('-').map(str::parse::<u16>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day)), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let date = Date::from_calendar(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    if date.is_none() {
        let help = "the calendar has no such day; a date is written 2024-05-29".to_owned();
        return Some((range, format!("there is no day {word}"), help));
    }
    let right = loose_date(word)?.to_string();
    let message = format!("`{word}` is no date in TOML");
    (word != right).then(|| (range, message, format!("write it {right}")))
}

/// A month where a day is wanted.
fn month_alone(line: &str, at: usize) -> Found {
    let (range, word) = stumbled_over(values(line), at)?;
    let (year, month) = word.split_once('-')?;
    let (year, month) = (year.parse::<u16>().ok()?, month.parse::<u8>().ok()?);
    let first = Date::from_calendar(year, month, 1).filter(|_| (1900..=2200).contains(&year))?;
    let message = format!("`{word}` is a month, not a day");
    Some((range, message, format!("name the day that is meant, such as {first}")))
}

fn bare_point(line: &str, at: usize) -> Found {
    let (range, word) = words(line).find(|(range, word)| {
        near(range, at)
            && (word.trim_start_matches(['+', '-']).starts_with('.') || word.ends_with('.'))
    })?;
    let number: f64 = word.parse().ok()?;
    let help = format!("write a digit on both sides of the point: {number:?}");
    Some((range, format!("`{word}` is no number in TOML"), help))
}

fn capital_flag(line: &str) -> Found {
    let (range, word) = words(line).find(|(_, word)| {
        matches!(*word, "True" | "TRUE" | "False" | "FALSE" | "yes" | "no" | "Yes" | "No")
    })?;
    let right = matches!(word.to_lowercase().as_str(), "true" | "yes");
    Some((range, format!("`{word}` is no value in TOML"), format!("write {right}")))
}

fn korean_key(line: &str) -> Found {
    let key = line.split('=').next().unwrap_or("").trim();
    let foreign = !key.is_ascii() && line.contains('=') && !key.contains(['[', ']']);
    let start = line.find(key)?;
    let message = format!("`{}` is no key in TOML", shortened(key));
    let help = "keys are the English words of the format; `yangjae explain` lists them";
    foreign.then(|| (start..start + key.len(), message, help.to_owned()))
}

fn unquoted(line: &str, at: usize) -> Found {
    let equals = line.get(..at).and_then(|before| before.rfind('=')).or_else(|| line.find('='))?;
    let value = line[equals + 1..].trim();
    let start = equals + 1 + (line[equals + 1..].len() - line[equals + 1..].trim_start().len());
    if value.is_empty() {
        let help = "write a value after `=`, or remove the line".to_owned();
        return Some((equals..equals + 1, "the value is missing".to_owned(), help));
    }
    let is_word = value.chars().all(|letter| letter.is_alphanumeric() || "-_ .".contains(letter));
    let starts = value.chars().next().is_some_and(char::is_alphabetic);
    (is_word && starts).then(|| {
        let message = format!("`{}` is no value in TOML", shortened(value));
        (
            start..start + value.len(),
            message,
            format!("put text in quotes: \"{}\"", shortened(value)),
        )
    })
}

/// Whether the parser stumbled at or next to a word.
fn near(range: &Range<usize>, at: usize) -> bool {
    (range.start.saturating_sub(1)..=range.end + 1).contains(&at)
}

/// The one of these at which the parser stumbled, or else the first beside it: in `wage=50만원` the key is
/// beside the value.
fn stumbled_over<'l>(
    words: impl Iterator<Item = (Range<usize>, &'l str)>,
    at: usize,
) -> Option<(Range<usize>, &'l str)> {
    let mut found: Vec<_> = words.filter(|(range, _)| near(range, at)).collect();
    let place = found.iter().position(|(range, _)| range.contains(&at)).unwrap_or(0);
    (place < found.len()).then(|| found.swap_remove(place))
}

/// Words between spaces, commas, brackets and `=`.
fn words(line: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    runs(line, |letter| !letter.is_whitespace() && !"=,[]{}".contains(letter))
}

/// Values between commas, brackets and `=`, which may hold spaces.
fn values(line: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    runs(line, |letter| !"=,[]{}".contains(letter)).map(|(range, word)| {
        let start = range.start + (word.len() - word.trim_start().len());
        let word = word.trim();
        (start..start + word.len(), word)
    })
}

/// The longest runs of letters that `belongs` accepts.
fn runs(
    line: &str,
    belongs: impl Fn(char) -> bool + Copy,
) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + line[rest..].find(belongs)?;
        let length = line[start..].find(|letter| !belongs(letter)).unwrap_or(line.len() - start);
        rest = start + length;
        Some((start..rest, &line[start..rest]))
    })
}

/// The line with texts in quotes and the comment blanked out, byte for byte.
fn without_texts(line: &str) -> String {
    let mut open: Option<char> = None;
    let mut comment = false;
    let mut bare = String::with_capacity(line.len());
    for letter in line.chars() {
        let hide = comment || open.is_some();
        match open {
            Some(quote) if letter == quote => open = None,
            None if !comment && (letter == '"' || letter == '\'') => open = Some(letter),
            None if letter == '#' => comment = true,
            _ => {}
        }
        if hide || comment || open.is_some() {
            // A quote keeps its place, so that a text is seen to stand there.
            let blank = if letter == '"' && !comment { '"' } else { ' ' };
            bare.extend(std::iter::repeat_n(blank, letter.len_utf8()));
        } else {
            bare.push(letter);
        }
    }
    bare
}
