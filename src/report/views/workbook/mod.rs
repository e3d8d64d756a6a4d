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
use crate::report::tables;
use crate::report::tables::column::TableSpec;
use crate::report::tables::read::Tables;
use crate::report::tables::row::Row as _;
use crate::report::text::language::Language;
use crate::report::text::language::text;
use crate::report::views::findings::Findings;
use crate::report::views::workbook::blocks::Blocks;
use crate::report::views::workbook::error::WorkbookError;
use crate::report::views::workbook::style::Styles;

/// The tables that have a sheet, in the order of their sheets; one that is not there is left out.
pub const SHEETS: [TableSpec; 16] = [
    tables::yearly::Yearly::TABLE,
    tables::comparison::Comparison::TABLE,
    tables::additionality::Additionality::TABLE,
    tables::cost_benefit::CostBenefit::TABLE,
    tables::cash::Cash::TABLE,
    tables::equal_budget::ScaledPolicy::TABLE,
    tables::pairs::PairOfPolicies::TABLE,
    tables::sensitivity::Sensitivity::TABLE,
    tables::assumptions::AssumptionMove::TABLE,
    tables::attribution::Contribution::TABLE,
    tables::attribution::InteractionOfPackages::TABLE,
    tables::noise::VarianceParts::TABLE,
    tables::validation::ObservedFigure::TABLE,
    tables::validation::StylisedFact::TABLE,
    tables::levers::LeverSetting::TABLE,
    tables::dictionary::DictionaryRow::TABLE,
];

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
    let title = language.title(&about.title_en, &about.title_ko);
    let properties = DocProperties::new()
        .set_title(title)
        .set_author(env!("CARGO_PKG_NAME"))
        .set_creation_datetime(&date);
    book.set_properties(&properties);
    let styles = Styles::new();

    // The first sheet lists the others, which are written after it stands.
    let name = |text: &text::Text| text.in_language(language);
    book.add_worksheet().set_name(name(&text::workbook_summary))?;
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_sheet_has_a_name_of_its_own_that_excel_takes() {
        for language in Language::ALL {
            let names: BTreeSet<&str> =
                SHEETS.iter().filter_map(|table| Some(table.sheet?.name(language))).collect();
            for name in &names {
                assert!((1..=31).contains(&name.chars().count()), "{name}");
                assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']), "{name}");
            }
            assert_eq!(names.len(), SHEETS.len());
        }
        let with_sheet = tables::TABLES.iter().filter(|table| table.sheet.is_some());
        assert_eq!(with_sheet.count(), SHEETS.len());
    }

    #[test]
    fn every_column_of_the_main_tables_has_a_korean_heading() {
        for table in &SHEETS[..4] {
            for column in table.columns {
                assert!(!column.heading_ko.is_empty(), "{}: {}", table.file, column.name);
            }
        }
    }
}
