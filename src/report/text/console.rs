//! THE ONLY WAY to standard output and standard error: all text goes through here, and letters that would act on
//! a terminal are written out. And what text is made of: aligned tables and wrapped paragraphs.
//!
//! Names of files, words of the command line and texts of a folder from somebody else are not all checked
//! when they are read; here none is forgotten.

use std::fmt::Write as _;
use std::io;
use std::io::IsTerminal as _;
use std::io::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::scenario::letters;
use crate::scenario::letters::visible;
use crate::scenario::money::Money;
use crate::scenario::money::said;

/// Writes text to standard output.
///
/// # Errors
///
/// Fails if standard output cannot be written to. That the reader has gone away, as `| head`
/// does, is no failure: the rest was not wanted.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(visible(text).as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes a line to standard error.
pub fn tell(text: &str) {
    // Where nobody listens there is nobody to tell; the status still tells.
    let _unheard = writeln!(io::stderr().lock(), "{}", visible(text));
}

/// The same, in colours where standard error is a terminal and nobody asked for none; `text` makes it
/// with or without.
///
/// Colours are sequences of control characters themselves. So they are kept where the text without
/// them has no letter to be written out, and are left out where it has.
pub fn tell_in_colour(text: impl Fn(bool) -> String) {
    let plain = text(false);
    if colour() && letters::fault(&plain).is_none() {
        let _unheard = writeln!(io::stderr().lock(), "{}", text(true));
    } else {
        tell(&plain);
    }
}

/// Whether standard error shows colours.
fn colour() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    io::stderr().is_terminal() && !refused
}

/// Whether standard output is a terminal.
#[must_use]
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Columns of a table as [`table`] has them, with the money of a scenario in the units of registers.
#[must_use]
pub fn table_in<'h>(
    money: Option<&Money>,
    header: impl AsRef<[&'h str]>,
    rows: &[impl AsRef<[String]>],
) -> String {
    let header: Vec<_> = header.as_ref().iter().map(|cell| said(cell, money)).collect();
    let header: Vec<&str> = header.iter().map(AsRef::as_ref).collect();
    let of_row = |row: &[String]| -> Vec<String> {
        row.iter().map(|cell| said(cell, money).into_owned()).collect()
    };
    table(header, &rows.iter().map(|row| of_row(row.as_ref())).collect::<Vec<_>>())
}

/// Columns of a table, aligned; the last column runs on.
#[must_use]
pub fn table<'h>(header: impl AsRef<[&'h str]>, rows: &[impl AsRef<[String]>]) -> String {
    let header = header.as_ref();
    let mut widths: Vec<usize> = header.iter().map(|cell| cell.width()).collect();
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(row.as_ref()) {
            *widest = (*widest).max(cell.width());
        }
    }
    let mut text = aligned(header, &widths);
    for row in rows {
        text.push_str(&aligned(row.as_ref(), &widths));
    }
    text
}

fn aligned(cells: &[impl AsRef<str>], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, &wide) in cells.iter().zip(widths) {
        let cell = cell.as_ref();
        line.push_str(cell);
        line.push_str(&" ".repeat(wide.saturating_sub(cell.width()) + 2));
    }
    format!("{}\n", line.trim_end())
}

/// A text at the right end of so many cells.
#[must_use]
pub fn right(text: &str, wide: usize) -> String {
    format!("{}{text}", " ".repeat(wide.saturating_sub(text.width())))
}

/// A paragraph in lines of at most 100 cells, each indented.
#[must_use]
pub fn paragraph(text: &str, indent: usize) -> String {
    const WIDE: usize = 100;
    let margin = " ".repeat(indent);
    let mut wrapped = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && indent + line.width() + 1 + word.width() > WIDE {
            let _ = writeln!(wrapped, "{margin}{line}");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        let _ = writeln!(wrapped, "{margin}{line}");
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_and_korean_letters_take_two_cells() {
        let rows = [["가".to_owned(), "1".to_owned()], ["abc".to_owned(), "2".to_owned()]];
        assert_eq!(table(["name", "n"], &rows), "name  n\n가    1\nabc   2\n");
    }
}
