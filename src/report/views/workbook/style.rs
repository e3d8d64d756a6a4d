//! How cells look, and how a sheet prints.

use std::borrow::Cow;

use rust_xlsxwriter::Color;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::FormatAlign;
use rust_xlsxwriter::FormatBorder;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

/// What makes Excel run a cell as a formula once somebody edits it.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// What Excel takes in one cell `[UTF-16 units]`.
const MOST_LETTERS: usize = 32_767;

/// The formats of the workbook.
#[derive(Debug)]
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) heading: Format,
    pub(super) paragraph: Format,
    pub(super) note: Format,
    pub(super) header: Format,
    text: Format,
    wrapped: Format,
    quoted: Format,
    year: Format,
    large: Format,
    middle: Format,
    small: Format,
    tiny: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let plain = || Format::new().set_align(FormatAlign::Top);
        let number = |format: &str| plain().set_num_format(format);
        Self {
            title: Format::new().set_bold().set_font_size(18.0).set_text_wrap(),
            heading: plain().set_bold().set_font_size(12.0),
            paragraph: plain().set_text_wrap(),
            note: plain().set_font_color(Color::RGB(0x0057_606A)),
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x00E7_EDF3))
                .set_border_bottom(FormatBorder::Thin),
            text: plain(),
            wrapped: plain().set_text_wrap(),
            quoted: plain().set_quote_prefix(),
            year: number("0"),
            large: number("#,##0"),
            middle: number("#,##0.00"),
            small: number("0.0000"),
            tiny: number("0.00E+00"),
        }
    }

    /// Writes text: what looks like a formula is text all the same, and stays so when edited.
    pub(super) fn text(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        text: &str,
        wrap: bool,
    ) -> Result<(), XlsxError> {
        // Tables have an apostrophe before such text; in a workbook the format says it.
        let bare = text.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA_STARTS));
        let shown = bare.unwrap_or(text);
        let format = match (shown.starts_with(FORMULA_STARTS), wrap) {
            (true, _) => &self.quoted,
            (false, true) => &self.wrapped,
            (false, false) => &self.text,
        };
        sheet.write_string_with_format(row, column, fitting(shown), format)?;
        Ok(())
    }

    /// Writes a number, with as many decimals shown as its size deserves; the cell holds all.
    pub(super) fn number(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        number: f64,
    ) -> Result<(), XlsxError> {
        let size = number.abs();
        let format = if number.fract() == 0.0 || size >= 1000.0 {
            &self.large
        } else if size >= 1.0 {
            &self.middle
        } else if size >= 0.001 {
            &self.small
        } else {
            &self.tiny
        };
        sheet.write_number_with_format(row, column, number, format)?;
        Ok(())
    }

    /// Writes a year or another number that is not grouped.
    pub(super) fn year(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        number: f64,
    ) -> Result<(), XlsxError> {
        sheet.write_number_with_format(row, column, number, &self.year)?;
        Ok(())
    }
}

/// Whether a text is longer than a cell can be.
pub(super) fn is_too_long(text: &str) -> bool {
    text.len() > MOST_LETTERS && text.encode_utf16().count() > MOST_LETTERS
}

/// As much of a text as a cell takes, with dots where something is missing.
pub(super) fn fitting(text: &str) -> Cow<'_, str> {
    if !is_too_long(text) {
        return Cow::Borrowed(text);
    }
    let mut room = MOST_LETTERS - 2;
    let fits = |letter: &char| {
        let left = room.checked_sub(letter.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    Cow::Owned(text.chars().take_while(fits).collect::<String>() + " …")
}

/// A sheet prints on A4, landscape, one page wide, with its name and page below.
pub(super) fn page(sheet: &mut Worksheet) {
    sheet.set_paper_size(9);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_footer("&L&A&R&P / &N");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_what_excel_takes_and_dots_where_text_is_missing() {
        assert_eq!(fitting("short"), "short");
        for letter in ["a", "가", "😀"] {
            let whole = letter.repeat(MOST_LETTERS / letter.encode_utf16().count());
            assert_eq!(fitting(&whole), whole);
            let cut = fitting(&format!("{whole}{letter}{letter}")).into_owned();
            assert!(cut.ends_with(" …") && cut.encode_utf16().count() <= MOST_LETTERS);
        }
    }
}
