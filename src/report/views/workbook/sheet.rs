//! A sheet of a table: what it holds in the first row, the header below, then the rows.

use rust_xlsxwriter::Workbook;

use crate::analysis::appraisal::flow::Part;
use crate::report::tables::column::Column;
use crate::report::tables::column::Sheet;
use crate::report::tables::column::TableSpec;
use crate::report::tables::read::Tables;
use crate::report::tables::read::UnreadableTable;
use crate::report::tables::row::number;
use crate::report::text::language::Language;
use crate::report::text::language::number::grouped;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;
use crate::report::views::findings::Findings;
use crate::report::views::translation::sheet_name;
use crate::report::views::workbook::error::WorkbookError;
use crate::report::views::workbook::style;
use crate::report::views::workbook::style::Size;
use crate::report::views::workbook::style::Styles;
use crate::report::views::workbook::style::Usual;

/// Rows that a sheet holds at most: beyond it a workbook takes long to write and to open. Excel
/// itself stops at 1,048,576.
pub(super) const MOST_ROWS: u32 = 20_000;
/// The first row of the table, below what it holds and the header.
pub(super) const FIRST: u32 = 2;
/// Columns wider than this are of no use.
const WIDEST: f64 = 60.0;

/// A sheet that was written.
pub(super) struct Written {
    /// Its name.
    pub(super) name: &'static str,
    /// What it holds, and what it leaves out.
    pub(super) about: String,
}

/// Which rows of a table a sheet holds, from all to few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    All,
    /// Of the appraisal no years after the simulation.
    Simulated,
    /// No areas within the city.
    NoAreas,
    /// The district and the city.
    Whole,
    /// What charts show of them.
    Charted,
}

const CUTS: [Cut; 5] = [Cut::All, Cut::Simulated, Cut::NoAreas, Cut::Whole, Cut::Charted];

/// Rows that tell what the cells of a column usually are.
const TELLING: usize = 1_000;

/// Writes the sheet of a table; nothing where there is no such table.
pub(super) fn write(
    book: &mut Workbook,
    styles: &Styles,
    table: &TableSpec,
    (findings, tables): (&Findings, &Tables<'_>),
    language: Language,
) -> Result<Option<Written>, WorkbookError> {
    let Some(spec) = &table.sheet else { return Ok(None) };
    let Some(header) = tables.header(table.file)? else { return Ok(None) };
    let known = |name: &str| table.columns.iter().find(|column| column.name == name);
    let place = |name: &str| header.iter().position(|column| column == name);
    let places = [place("place"), place("metric"), place("part")];
    let keeps = |cut: Cut, row: &csv::StringRecord| keeps(findings, cut, places, row);
    let Chosen { cut, all, kept, rows } = choose(tables, table.file, keeps)?;
    let usual: Vec<Usual> = header
        .iter()
        .enumerate()
        .map(|(column, name)| {
            usual(name, known(name), rows.iter().map(|row| row.get(column).unwrap_or_default()))
        })
        .collect();

    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(spec.en, language))?;
    style::page(sheet);
    let about = about(findings, table.file, spec, (cut, all, kept.min(MOST_ROWS)), language);
    let mut widths = Vec::new();
    for (column, name) in (0..).zip(&header) {
        let name = known(name).map_or_else(|| name.to_owned(), |column| column.heading(language));
        widths.push(name.lines().map(width).fold(0.0, f64::max) + 3.0);
        sheet.write_string_with_format(1, column, name, &styles.header)?;
        sheet.set_column_format(column, styles.of_column(usual[usize::from(column)]))?;
    }
    let mut row = FIRST;
    let mut shortened = false;
    for record in &rows {
        for ((column, text), &usual) in (0_u16..).zip(record).zip(&usual) {
            if text.is_empty() {
                continue;
            }
            let at = (row, column);
            let is_number = matches!(usual, Usual::Year | Usual::Number(_));
            if let Some(number) = number(text).filter(|_| is_number) {
                styles.number(sheet, at, number, Some(usual))?;
            } else {
                shortened |= style::is_too_long(text);
                styles.text(sheet, at, text, Some(usual))?;
                let widest = &mut widths[usize::from(column)];
                *widest = widest.max(width(text) + 1.0).min(WIDEST);
            }
        }
        row += 1;
    }
    let about = if shortened {
        let words = [("about", about.as_str()), ("file", table.file)];
        fill(&text::workbook_shortened, language, &words)
    } else {
        about
    };
    sheet.write_string_with_format(0, 0, &about, &styles.note)?;
    for ((column, width), &usual) in (0_u16..).zip(widths).zip(&usual) {
        let least = if matches!(usual, Usual::Number(_)) { 13.0 } else { 7.0 };
        sheet.set_column_width(column, width.max(least))?;
    }
    sheet.set_row_height(1, if language.is_english() { 20 } else { 32 })?;
    sheet.set_freeze_panes(FIRST, 1)?;
    sheet.set_repeat_rows(1, 1)?;
    let last = u16::try_from(header.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(1, 0, row.max(FIRST + 1) - 1, last)?;
    Ok(Some(Written { name: sheet_name(spec.en, language), about }))
}

/// The rows of a sheet.
struct Chosen {
    cut: Cut,
    /// Rows in all.
    all: u32,
    /// Rows of the choice.
    kept: u32,
    /// Those of them that the sheet holds.
    rows: Vec<csv::StringRecord>,
}

/// The widest choice of rows that a sheet takes. The table is read once: the rows of a choice that turns out too wide are
/// left to the next, which holds no others.
fn choose(
    tables: &Tables<'_>,
    file: &'static str,
    keeps: impl Fn(Cut, &csv::StringRecord) -> bool,
) -> Result<Chosen, UnreadableTable> {
    let mut counts = [0_u32; CUTS.len()];
    let mut widest = 0;
    let mut rows: Vec<csv::StringRecord> = Vec::new();
    tables.rows(file, |row| {
        for (count, cut) in counts.iter_mut().zip(CUTS) {
            *count += u32::from(keeps(cut, row));
        }
        while counts[widest] > MOST_ROWS && widest + 1 < CUTS.len() {
            widest += 1;
            rows.retain(|row| keeps(CUTS[widest], row));
        }
        if rows.len() < MOST_ROWS as usize && keeps(CUTS[widest], row) {
            rows.push(row.clone());
        }
        Ok::<(), UnreadableTable>(())
    })?;
    // Where even the narrowest has too many it is the first of its size, of which the first rows are taken.
    let kept = counts[widest];
    let cut = if kept > MOST_ROWS { counts.iter().position(|&count| count == kept) } else { None };
    Ok(Chosen { cut: CUTS[cut.unwrap_or(widest)], all: counts[0], kept, rows })
}

fn keeps(
    findings: &Findings,
    cut: Cut,
    [place, metric, part]: [Option<usize>; 3],
    row: &csv::StringRecord,
) -> bool {
    if let Some(part) = part {
        return cut == Cut::All || row.get(part) != Some(Part::AfterHorizon.name());
    }
    let (Some(place), Some(metric)) = (place, metric) else { return true };
    let (place, metric) = (row.get(place).unwrap_or(""), row.get(metric).unwrap_or(""));
    let area = || findings.about.areas.iter().any(|area| area.name == place);
    let whole = || place == "district" || place == "city";
    match cut {
        Cut::All | Cut::Simulated => true,
        Cut::NoAreas => !area(),
        Cut::Whole => whole(),
        Cut::Charted => {
            whole() && findings.series_of(metric, place).is_some_and(|series| series.charted)
        }
    }
}

/// What the sheet holds, and where the rest is.
fn about(
    findings: &Findings,
    file: &str,
    spec: &Sheet,
    (cut, all, kept): (Cut, u32, u32),
    language: Language,
) -> String {
    let what = match file {
        "pairs.csv" if !findings.about.compares_all_pairs() => {
            text::workbook_pairs_baseline.in_language(language)
        }
        _ => spec.about(language),
    };
    let what = what.to_owned();
    if kept == all {
        return what;
    }
    let which = match cut {
        Cut::All => &text::workbook_cut_first,
        Cut::Simulated => &text::workbook_cut_simulated,
        Cut::NoAreas => &text::workbook_cut_areas,
        Cut::Whole => &text::workbook_cut_whole,
        Cut::Charted => &text::workbook_cut_charted,
    };
    let counts = [grouped(f64::from(kept), 0), grouped(f64::from(all), 0)];
    let words = [
        ("kept", counts[0].as_str()),
        ("all", &counts[1]),
        ("which", which.in_language(language)),
        ("file", file),
    ];
    format!("{what}. {}", fill(&text::workbook_cut, language, &words))
}

/// What the cells of a column usually are: what has a unit is a number, whatever a name may look like, of the commonest
/// size among the first rows.
fn usual<'t>(name: &str, known: Option<&Column>, cells: impl Iterator<Item = &'t str>) -> Usual {
    match (name, known.map_or("1", |column| column.unit)) {
        (
            "definition_en" | "definition_ko" | "meaning_en" | "meaning_ko" | "source" | "note",
            _,
        ) => Usual::Prose,
        ("year" | "since", _) => Usual::Year,
        (_, "" | "date") => Usual::Text,
        _ => {
            let mut counts = [0_u32; Size::ALL.len()];
            for number in cells.take(TELLING).filter_map(number) {
                counts[Size::of(number) as usize] += 1;
            }
            let commonest = Size::ALL.into_iter().rev().max_by_key(|&size| counts[size as usize]);
            Usual::Number(commonest.unwrap_or(Size::Large))
        }
    }
}

/// The width of text in digits: Korean letters take two.
fn width(text: &str) -> f64 {
    unicode_width::UnicodeWidthStr::width(text) as f64
}
