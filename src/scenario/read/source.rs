//! The text of a file, and the way from bytes to lines and columns.

use std::ops::Range;
use std::path::Path;

use crate::scenario::money::Money;
use crate::scenario::money::is_money;
use crate::scenario::problem::LONGEST_LINE_SHOWN;
use crate::scenario::problem::Position;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;

/// The longest stretch that is underlined `[bytes]`.
const LONGEST_CARET: usize = 60;

/// A text file of the scenario.
#[derive(Clone, Debug)]
pub(in crate::scenario) struct SourceFile {
    /// Its path as the user would write it.
    pub(in crate::scenario) path: String,
    /// Its text, without a byte order mark.
    pub(in crate::scenario) text: String,
    /// Its place in the order of reading.
    pub(in crate::scenario) order: usize,
    /// The money that its amounts are in, where it is known.
    pub(in crate::scenario) money: Option<Money>,
    /// The byte at which each line starts.
    lines: Vec<usize>,
}

impl SourceFile {
    /// Takes a file's bytes, or says where they are no UTF-8.
    pub(in crate::scenario) fn new(
        path: String,
        order: usize,
        bytes: &[u8],
    ) -> Result<Self, Problems> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let utf16 = is_utf16(bytes);
        let fault = std::str::from_utf8(bytes).err().map(|error| error.valid_up_to());
        // Latin letters in UTF-16 are UTF-8 with a null character beside each.
        let fault = fault.or_else(|| bytes.iter().position(|&byte| byte == 0).filter(|_| utf16));
        let text = String::from_utf8_lossy(bytes).into_owned();
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(index, _)| index + 1))
            .collect();
        let source = Self { path, text, order, money: None, lines };
        let Some(start) = fault else { return Ok(source) };
        // Up to the fault, the lossy text has the same bytes as the file.
        let found = if utf16 {
            "the file is in UTF-16"
        } else if is_cp949(&bytes[start..]) {
            "the file is not in UTF-8; its Korean is in CP949 (EUC-KR), as Windows and Excel write it"
        } else {
            "the file is not in UTF-8"
        };
        let help = if Path::new(&source.path).extension().is_some_and(|ending| ending == "csv") {
            "save the file in the encoding UTF-8; in Excel the file type is \"CSV UTF-8\""
        } else {
            "save the file in the encoding UTF-8"
        };
        let mut problem = source
            .problem(start..start + '\u{fffd}'.len_utf8(), found)
            .expected(format!("byte {:#04x} cannot stand here", bytes[start]))
            .help(help);
        // Before what only follows: that other files name things which could not be read.
        problem.order = 0;
        Err(problem.into())
    }

    /// The same with the money that its amounts are in.
    pub(in crate::scenario) fn in_money(self, money: Option<Money>) -> Self {
        Self { money, ..self }
    }

    /// The bounds of a value of this unit, from those in million won where it is money.
    pub(in crate::scenario) fn bounds(&self, min: f64, max: f64, unit: &str) -> (f64, f64) {
        let money = self.money.filter(|_| is_money(unit));
        money.map_or((min, max), |money| money.bounds(min, max))
    }

    /// A problem of these bytes of the text.
    pub(in crate::scenario) fn problem(
        &self,
        span: Range<usize>,
        message: impl Into<String>,
    ) -> Problem {
        let mut problem = Problem::of_file(self.path.clone(), message);
        problem.position = Some(self.position(span));
        problem.order = self.order;
        problem
    }

    /// A problem of the file as a whole.
    pub(in crate::scenario) fn problem_of_all(&self, message: impl Into<String>) -> Problem {
        let mut problem = Problem::of_file(self.path.clone(), message);
        problem.order = self.order;
        problem
    }

    /// Where these bytes are; of several lines, the first.
    fn position(&self, span: Range<usize>) -> Position {
        let start = self.boundary(span.start);
        let index = self.lines.partition_point(|&line| line <= start).saturating_sub(1);
        let line_start = self.lines[index];
        let text = self.line(index);
        let from = (start - line_start).min(text.len());
        let to = self.boundary(span.end).saturating_sub(line_start).clamp(from, text.len());
        // What goes on over the whole screen is pointed at where it starts.
        let first = from + text[from..].chars().next().map_or(0, char::len_utf8);
        let to = if to - from > LONGEST_CARET { first } else { to };
        let column = text[..from].chars().count() + 1;
        let (text, caret) =
            if text.len() <= LONGEST_LINE_SHOWN { (text, from..to) } else { ("", 0..0) };
        Position { line: index + 1, column, text: text.to_owned(), caret }
    }

    /// The line that holds this byte.
    pub(in crate::scenario) fn line_at(&self, byte: usize) -> &str {
        self.line(self.lines.partition_point(|&line| line <= byte).saturating_sub(1))
    }

    /// A line without its end, by its index.
    fn line(&self, index: usize) -> &str {
        let end = self.lines.get(index + 1).map_or(self.text.len(), |&next| next - 1);
        self.text[self.lines[index]..end].trim_end_matches('\r')
    }

    /// The start of the letter that holds this byte.
    fn boundary(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        (0..=byte).rev().find(|&index| self.text.is_char_boundary(index)).unwrap_or(0)
    }
}

/// Whether bytes look like UTF-16: its mark stands first, or every other byte is null.
fn is_utf16(bytes: &[u8]) -> bool {
    let begins = |letters: [bool; 4]| {
        bytes.len() >= 4 && bytes.iter().zip(letters).all(|(&byte, letter)| (byte != 0) == letter)
    };
    bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xfe\xff")
        || begins([true, false, true, false])
        || begins([false, true, false, true])
}

/// Whether bytes look like Korean in CP949: the first that are not ASCII are pairs of its syllables.
fn is_cp949(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 4;
    let mut pairs = 0;
    let mut at = 0;
    while pairs < LOOKED_AT && at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (0..=0x7f, _) => at += 1,
            // The syllables of KS X 1001, and those that CP949 adds.
            (0xb0..=0xc8, Some(0xa1..=0xfe))
            | (0x81..=0xc6, Some(0x41..=0x5a | 0x61..=0x7a | 0x81..=0xfe)) => {
                pairs += 1;
                at += 2;
            }
            _ => return false,
        }
    }
    pairs > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_letters_and_lines_end_before_their_end() {
        let source =
            SourceFile::new("a".into(), 0, "\u{feff}가 = 1\r\n나다 = 2".as_bytes()).unwrap();
        let at = source.text.find('2').unwrap();
        let position = source.problem(at..at + 1, "").position.unwrap();
        assert_eq!((position.line, position.column), (2, 6));
        assert_eq!(source.line_at(0), "가 = 1");
        let end = source.problem(9_999..99_999, "").position.unwrap();
        assert_eq!((end.line, end.column), (2, 7));
    }

    #[test]
    fn a_byte_that_is_no_utf8_is_named_with_its_place() {
        let problem =
            SourceFile::new("a".into(), 0, b"x = 1\ny = \"\xff\"\n").unwrap_err().0.remove(0);
        let position = problem.position.unwrap();
        assert_eq!((position.line, position.column), (2, 6));
        assert!(problem.expected.contains("0xff"), "{}", problem.expected);
    }
}
