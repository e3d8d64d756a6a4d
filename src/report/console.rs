//! Text on standard output: aligned tables and wrapped paragraphs.

use std::fmt::Write as _;
use std::io;
use std::io::Write as _;

/// Writes text to standard output.
///
/// # Errors
///
/// Fails if standard output cannot be written to. That the reader has gone away, as `| head`
/// does, is no failure: the rest was not wanted.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    wanted(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// What came of writing to standard output, where a reader who has gone away is no failure.
///
/// # Errors
///
/// Fails as the writing did.
pub fn wanted(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Columns of a table, aligned; the last column runs on.
#[must_use]
pub fn table<const N: usize>(header: [&str; N], rows: &[[String; N]]) -> String {
    let mut widths = header.map(width);
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(width(cell));
        }
    }
    let mut text = aligned(&header, &widths);
    for row in rows {
        text.push_str(&aligned(&row.each_ref().map(String::as_str), &widths));
    }
    text
}

fn aligned(cells: &[&str], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, &wide) in cells.iter().zip(widths) {
        line.push_str(cell);
        line.push_str(&" ".repeat(wide.saturating_sub(width(cell)) + 2));
    }
    format!("{}\n", line.trim_end())
}

/// The cells that a text takes on a terminal; Korean and Chinese letters take two.
fn width(text: &str) -> usize {
    text.chars().map(|letter| if is_wide(letter) { 2 } else { 1 }).sum()
}

const fn is_wide(letter: char) -> bool {
    matches!(letter,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}')
}

/// A paragraph in lines of at most 100 cells, each indented.
#[must_use]
pub fn paragraph(text: &str, indent: usize) -> String {
    const WIDE: usize = 100;
    let margin = " ".repeat(indent);
    let mut wrapped = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && indent + width(&line) + 1 + width(word) > WIDE {
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

/// One line of CSV, quoted where RFC 4180 asks for it.
#[must_use]
pub fn csv_line(cells: &[&str]) -> String {
    let quoted = cells.iter().map(|cell| {
        if cell.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            (*cell).to_owned()
        }
    });
    format!("{}\n", quoted.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_and_korean_letters_take_two_cells() {
        let rows = [["가".to_owned(), "1".to_owned()], ["abc".to_owned(), "2".to_owned()]];
        assert_eq!(table(["name", "n"], &rows), "name  n\n가    1\nabc   2\n");
    }

    #[test]
    fn a_cell_with_a_comma_is_quoted() {
        assert_eq!(csv_line(&["a, b", "say \"c\"", ""]), "\"a, b\",\"say \"\"c\"\"\",\n");
    }
}
