//! Letters that a text must not hold, and names that other programs would change.

use std::ops::Range;

use crate::scenario::forms::composed;
use crate::scenario::letters;
use crate::scenario::letters::Look;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::source::SourceFile;
use crate::scenario::read::walk::Value;

/// The longest title `[letters]`: what fits in the charts of a workbook with room for what is added.
pub(in crate::scenario) const LONGEST_TITLE: usize = 200;

/// The longest name of a policy, a lever or a package `[letters]`.
pub(in crate::scenario) const LONGEST_NAME: usize = 100;

/// The longest text of any other kind `[letters]`; a spreadsheet's cell takes 32,767.
pub(super) const LONGEST_TEXT: usize = 10_000;

/// The English names of the months.
pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What is wrong with a text, if anything.
fn fault(text: &str, longest: usize) -> Option<(String, String)> {
    if let Some(message) = letters::fault(text) {
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
pub(super) fn of_cell(source: &SourceFile, span: Range<usize>, text: &str) -> Option<Problem> {
    let (message, expected) = fault(text, LONGEST_TEXT)?;
    Some(source.problem(span, message).expected(expected))
}

/// Names or titles of one kind that stand beside each other, each with whose it is.
pub(super) struct Looks {
    noun: &'static str,
    given: Vec<Given>,
}

/// The text of one, and what it and its owner's name look like.
struct Given {
    owner: String,
    text: String,
    look: Look,
    name: Look,
}

impl Looks {
    /// None yet, of a kind: `title`, `name`.
    pub(super) fn new(noun: &'static str) -> Self {
        Self { noun, given: Vec::new() }
    }

    /// Takes the text of one, and says of an earlier one that nobody can tell from it, as a message: by its text, or where
    /// the text of one is the name of the other.
    pub(super) fn take(&mut self, owner: &str, text: &str) -> Option<String> {
        let (look, name) = (Look::of(text), Look::of(owner));
        let like = |before: &Given| {
            let how = look.same(&before.look, self.noun)?;
            let is_same = composed(text.trim()) == composed(before.text.trim());
            let how = if is_same { format!("the same {}", self.noun) } else { how };
            Some(format!("`{}` has {how}", shortened(&before.owner)))
        };
        let found = self.given.iter().find_map(like);
        let found = found.or_else(|| self.called(owner, (&look, &name)));
        if found.is_none() {
            self.given.push(Given { owner: owner.to_owned(), text: text.to_owned(), look, name });
        }
        found
    }

    /// One whose name is the text of this one, or whose text is its name, as a message.
    fn called(&self, owner: &str, (look, name): (&Look, &Look)) -> Option<String> {
        let (noun, own) = (self.noun, shortened(owner));
        self.given.iter().find_map(|before| {
            let first = shortened(&before.owner);
            if look.same(&before.name, noun).is_some() {
                Some(format!("this {noun} is the name of another, `{first}`"))
            } else if name.same(&before.look, noun).is_some() {
                Some(format!("`{first}` has the name of this one, `{own}`, for its {noun}"))
            } else {
                None
            }
        })
    }
}

/// Why a spreadsheet or Windows would change a name, or could not hold it.
pub(super) fn changed_elsewhere(name: &str) -> Option<&'static str> {
    let of_digits =
        |text: &str| text.bytes().all(|letter| letter.is_ascii_digit() || letter == b'-');
    // A month beside digits: `mar-2`, `1-march`, `sept2`, `1-jan-2026`.
    let is_month = |text: &str| {
        let word = text.trim_matches(|letter: char| !letter.is_ascii_lowercase());
        let rest = text.replacen(word, "", 1);
        let known = MONTHS.iter().any(|month| word == *month || word == &month[..3]);
        !rest.is_empty() && of_digits(&rest) && (known || word == "sept")
    };
    if letters::is_device(name) {
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
            "sept2",
            "march-1",
            "june-2026",
            "1-jan-2026",
        ] {
            assert!(changed_elsewhere(name).is_some(), "{name}");
        }
        for name in [
            "a",
            "full-plan",
            "2030-plan",
            "com",
            "com10",
            "may",
            "march",
            "marched2",
            "console",
            "0x",
            "e5",
        ] {
            assert_eq!(changed_elsewhere(name), None, "{name}");
        }
    }

    #[test]
    fn a_title_that_is_the_name_of_another_is_found_from_either_side() {
        for [(one, first), (other, second)] in
            [[("hub", "Ten places"), ("fund", "Hub")], [("fund", "Hub"), ("hub", "Ten places")]]
        {
            let mut given = Looks::new("title");
            assert_eq!(given.take(one, first), None);
            assert!(given.take(other, second).is_some(), "{one}");
        }
        let mut given = Looks::new("title");
        assert_eq!(given.take("hub", "Hub").or(given.take("fund", "A fund")), None);
    }

    #[test]
    fn a_title_has_so_many_letters_and_no_more() {
        assert!(fault(&"가".repeat(LONGEST_TITLE + 1), LONGEST_TITLE).is_some());
        assert_eq!(fault(&"가".repeat(LONGEST_TITLE), LONGEST_TITLE), None);
        assert!(fault("bell\u{7}", LONGEST_TITLE).is_some());
    }
}
