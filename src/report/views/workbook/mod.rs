//! `workbook.xlsx`: the tables of a run for people who work in a spreadsheet, with native charts.
//!
//! Numbers are those of the CSV files to the last bit; what a large run has too many rows of is cut
//! to the rows most looked at, and the sheet says so. The date of creation is fixed, so the same
//! tables give the same bytes.

mod blocks;
mod charts;
pub mod error;
mod front;
mod sheet;
mod style;

use rust_xlsxwriter::DocProperties;
use rust_xlsxwriter::ExcelDateTime;
use rust_xlsxwriter::Workbook;

use crate::experiment::batch;
use crate::report::tables::read::Tables;
use crate::report::tables::register::SHEETS;
use crate::report::text::language::Language;
use crate::report::text::language::text;
use crate::report::views::findings::Findings;
use crate::report::views::translation::sheet_name_of;
use crate::report::views::workbook::blocks::Blocks;
use crate::report::views::workbook::error::WorkbookError;
use crate::report::views::workbook::style::Styles;

/// How well it is packed, from 1 to 9: a higher level takes longer, and what it saves is a tenth.
const PACKED: u8 = 2;

/// The workbook's bytes.
///
/// # Errors
///
/// Fails if a table is damaged.
pub fn workbook(
    findings: &Findings,
    from: &Tables<'_>,
    language: Language,
) -> Result<Vec<u8>, WorkbookError> {
    let mut book = Workbook::new();
    let about = &findings.about;
    // No clock: a run made twice gives the same bytes.
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = about.own_title(language);
    let properties = DocProperties::new()
        .set_title(title)
        .set_author(env!("CARGO_PKG_NAME"))
        .set_creation_datetime(&date);
    book.set_properties(&properties);
    book.set_zip_compression_level(PACKED);
    let styles = Styles::new();

    // The first sheet lists the others, which are written after it stands.
    book.add_worksheet().set_name(sheet_name_of(&text::workbook_summary, language))?;
    let mut written = vec![front::headline(&mut book, &styles, findings, language)?];
    let blocks = Blocks::new(findings, language);
    written.push(charts::write(&mut book, findings, &blocks, language)?);
    for table in &SHEETS {
        written.extend(sheet::write(&mut book, &styles, table, (findings, from), language)?);
    }
    written.push(front::manifest(&mut book, &styles, findings, language)?);
    written.push(blocks.write(&mut book, &styles, language)?);
    let summary = book.worksheet_from_index(0)?;
    front::summary(summary, &styles, findings, &written, language)?;
    let sheets = book.worksheets().len();
    batch::can_start(sheets).map_err(|source| WorkbookError::Threads { sheets, source })?;
    Ok(book.save_to_buffer()?)
}
