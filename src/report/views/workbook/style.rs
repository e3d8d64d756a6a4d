//! How cells look, and how a sheet prints.

use std::borrow::Cow;

use crate::report::text::dialect::FORMULA_STARTS;
use crate::report::text::dialect::bare;
use rust_xlsxwriter::Color;
use rust_xlsxwriter::Format;
use rust_xlsxwriter::FormatAlign;
use rust_xlsxwriter::FormatBorder;
use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::XlsxError;

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
    /// By [`Size`].
    numbers: [Format; 4],
}

/// How large a number is, which says how many decimals are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// A thousand or more, or whole.
    Large,
    /// One or more.
    Middle,
    /// A thousandth or more.
    Small,
    Tiny,
}

impl Size {
    pub(super) const ALL: [Self; 4] = [Self::Large, Self::Middle, Self::Small, Self::Tiny];

    pub(super) fn of(number: f64) -> Self {
        let size = number.abs();
        if number.fract() == 0.0 || size >= 1000.0 {
            Self::Large
        } else if size >= 1.0 {
            Self::Middle
        } else if size >= 0.001 {
            Self::Small
        } else {
            Self::Tiny
        }
    }
}

/// What most cells of a column are, whose format is the column's: such cells need none of their own, which the library
/// would have to look up for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usual {
    Text,
    /// Long text, which is wrapped.
    Prose,
    Year,
    Number(Size),
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
            numbers: ["#,##0", "#,##0.00", "0.0000", "0.00E+00"].map(number),
        }
    }

    /// The format of a column of which most cells are such.
    pub(super) fn of_column(&self, usual: Usual) -> &Format {
        match usual {
            Usual::Text => &self.text,
            Usual::Prose => &self.wrapped,
            Usual::Year => &self.year,
            Usual::Number(size) => self.of_number(size),
        }
    }

    fn of_number(&self, size: Size) -> &Format {
        &self.numbers[size as usize]
    }

    /// Writes text: what looks like a formula is text all the same, and stays so when edited.
    pub(super) fn text(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        text: &str,
        usual: Option<Usual>,
    ) -> Result<(), XlsxError> {
        // Tables have an apostrophe before such text; in a workbook the format says it.
        let shown = bare(text);
        let format = match (shown.starts_with(FORMULA_STARTS), usual) {
            (true, _) => &self.quoted,
            (false, Some(Usual::Text | Usual::Prose)) => {
                sheet.write_string(row, column, fitting(shown))?;
                return Ok(());
            }
            _ => &self.text,
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
        usual: Option<Usual>,
    ) -> Result<(), XlsxError> {
        let size = Size::of(number);
        if usual == Some(Usual::Year) || usual == Some(Usual::Number(size)) {
            sheet.write_number(row, column, number)?;
        } else {
            sheet.write_number_with_format(row, column, number, self.of_number(size))?;
        }
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
