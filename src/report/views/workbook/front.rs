//! The sheets that no table stands behind: summary, headline figures, manifest.

use rust_xlsxwriter::Url;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::Worksheet;
use serde_json::Value;

use crate::report::tables::register::SHEETS;
use crate::report::tables::row::number;
use crate::report::text::language::Language;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;
use crate::report::views::citation;
use crate::report::views::decision;
use crate::report::views::findings::Findings;
use crate::report::views::html::table::headline as headline_table;
use crate::report::views::translation::sheet_name_of;
use crate::report::views::verdict;
use crate::report::views::verdict::with_more;
use crate::report::views::workbook::error::WorkbookError;
use crate::report::views::workbook::sheet::FIRST;
use crate::report::views::workbook::sheet::Written;
use crate::report::views::workbook::style;
use crate::report::views::workbook::style::Styles;

/// The width of the summary's text `[digits]`, and the height of a line `[points]`.
const WIDE: u32 = 110;
const LINE: u32 = 16;
/// The widest whole number that a spreadsheet holds to the last digit.
const MOST_EXACT: f64 = 9_007_199_254_740_992.0;

/// Question, verdict in sentences, and what each sheet holds.
pub(super) fn summary(
    sheet: &mut Worksheet,
    styles: &Styles,
    findings: &Findings,
    sheets: &[Written],
    language: Language,
) -> Result<(), WorkbookError> {
    let about = &findings.about;
    style::page(sheet);
    sheet.set_screen_gridlines(false);
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, WIDE)?;
    let title = about.own_title(language);
    sheet.write_string_with_format(0, 0, title, &styles.title.clone().unset_text_wrap())?;
    let mut row = 1;
    let mut line = |sheet: &mut Worksheet, label: &str, text: &str| {
        if !label.is_empty() {
            sheet.write_string_with_format(row, 0, label, &styles.heading)?;
        }
        paragraph(sheet, styles, row, text)?;
        row += 1;
        Ok::<u32, WorkbookError>(row)
    };
    let question = about.asks(language);
    line(sheet, text::question.in_language(language), question)?;
    if let Some(left_out) = about.left_out(language) {
        line(sheet, "", &left_out)?;
    }
    let answer = verdict::answer(findings, language, |policy| about.title(policy, language));
    for (number, sentence) in answer.sentences.iter().enumerate() {
        let label = if number == 0 { text::answer.in_language(language) } else { "" };
        line(sheet, label, sentence)?;
    }
    for (number, sentence) in answer.reading.iter().enumerate() {
        let label = if number == 0 { text::reading.in_language(language) } else { "" };
        line(sheet, label, sentence)?;
    }
    let table = decision::table(findings, language);
    if !table.lines.is_empty() {
        let label = text::decision.in_language(language);
        let words = [
            ("year", about.last_year().to_string()),
            ("baseline", about.title(about.baseline, language).to_owned()),
        ];
        let words: Vec<(&str, &str)> = words.iter().map(|(key, it)| (*key, it.as_str())).collect();
        line(sheet, label, &fill(&text::decision_note, language, &words))?;
        for of_policy in &table.lines {
            line(sheet, about.title(of_policy.policy, language), &table.sentence(of_policy))?;
        }
    }
    if let Some((basis, rest)) = answer.value.split_first() {
        line(sheet, text::value.in_language(language), basis)?;
        let table = decision::value_for_money(findings, language);
        for of_policy in &table.lines {
            line(sheet, about.title(of_policy.policy, language), &table.sentence(of_policy))?;
        }
        for sentence in rest {
            line(sheet, "", sentence)?;
        }
    }
    for place in &answer.places {
        let mut label = place.heading;
        if !place.pairs.is_empty() {
            line(sheet, label, &place.pairs)?;
            label = "";
        }
        for group in place.groups.iter().chain(&place.ties) {
            let members: Vec<String> = group
                .members
                .iter()
                .map(|member| {
                    format!("{} {}", about.title(member.policy, language), member.figure)
                        .trim_end()
                        .to_owned()
                })
                .collect();
            let members = with_more(&members.join("; "), group.more, language);
            line(sheet, label, &format!("{}: {members}", group.heading))?;
            label = "";
        }
    }
    let mut row = line(sheet, "", "")?;
    sheet.write_string_with_format(
        row,
        0,
        text::workbook_sheets.in_language(language),
        &styles.heading,
    )?;
    for written in sheets {
        row += 1;
        let target = Url::new(format!("internal:'{}'!A1", written.name)).set_text(written.name);
        sheet.write_url(row, 0, target)?;
        paragraph(sheet, styles, row, &written.about)?;
    }
    Ok(())
}

/// Text in as many lines as it takes: not every program finds out for itself.
fn paragraph(
    sheet: &mut Worksheet,
    styles: &Styles,
    row: u32,
    text: &str,
) -> Result<(), WorkbookError> {
    let width = unicode_width::UnicodeWidthStr::width(text);
    let lines = u32::try_from(width).unwrap_or(u32::MAX).div_ceil(WIDE - 8).clamp(1, 25);
    sheet.write_string_with_format(row, 1, style::fitting(text), &styles.paragraph)?;
    sheet.set_row_height(row, LINE * lines)?;
    Ok(())
}

/// The headline figures, a policy and a figure a row.
pub(super) fn headline(
    book: &mut Workbook,
    styles: &Styles,
    findings: &Findings,
    language: Language,
) -> Result<Written, WorkbookError> {
    let about = &findings.about;
    let year = about.last_year();
    let words = [
        ("year", year.to_string()),
        ("baseline", about.title(about.baseline, language).to_owned()),
    ];
    let words: Vec<(&str, &str)> = words.iter().map(|(key, word)| (*key, word.as_str())).collect();
    let what = fill(&text::workbook_headline_about, language, &words);
    let name = sheet_name_of(&text::workbook_headline, language);
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    let columns = [
        ("policy", 26.0),
        ("title", 40.0),
        ("metric", 26.0),
        ("place", 12.0),
        ("unit", 16.0),
        ("year", 8.0),
        ("mean", 14.0),
        ("difference", 14.0),
        ("p05", 14.0),
        ("p95", 14.0),
        ("probability_higher", 14.0),
        ("ci_low", 14.0),
        ("ci_high", 14.0),
    ];
    begin(sheet, styles, &what, &columns, language)?;
    let table = headline_table(findings, language);
    let mut row = FIRST;
    for line in &table.rows {
        let policy = &about.policies[line.policy];
        for (column, cell) in table.columns.iter().zip(&line.cells) {
            let divisor = column.divisor;
            let texts = [
                policy.name.as_str(),
                about.title(line.policy, language),
                &column.name,
                &column.place,
                &column.unit,
            ];
            for (at, text) in (0..).zip(texts) {
                styles.text(sheet, (row, at), text, None)?;
            }
            styles.year(sheet, (row, 5), year.into())?;
            let value = |shown: Option<&str>| shown.and_then(number);
            let values = [
                value(cell.mean.as_ref().map(|shown| shown.value.as_str())),
                value(cell.difference.as_ref().map(|shown| shown.value.as_str())),
                value(Some(&cell.p05)),
                value(Some(&cell.p95)),
                value(Some(&cell.higher)).map(|share| share * divisor),
                value(Some(&cell.ci_low)),
                value(Some(&cell.ci_high)),
            ];
            for (at, value) in (6..).zip(values) {
                if let Some(value) = value {
                    styles.number(sheet, (row, at), value / divisor, None)?;
                }
            }
            row += 1;
        }
    }
    sheet.autofilter(1, 0, row.max(FIRST + 1) - 1, 12)?;
    Ok(Written { name, about: what })
}

/// Everything that bears on the results, a name and a value a row.
pub(super) fn manifest(
    book: &mut Workbook,
    styles: &Styles,
    findings: &Findings,
    language: Language,
) -> Result<Written, WorkbookError> {
    let name = sheet_name_of(&text::workbook_manifest, language);
    let what = text::manifest_note.in_language(language);
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    begin(sheet, styles, what, &[("key", 44.0), ("value", 90.0)], language)?;
    let content = serde_json::to_value(&findings.about.manifest).unwrap_or_default();
    let mut lines = Vec::new();
    flatten("", &content, &mut lines);
    let cited = citation::citation(&findings.about.manifest, language);
    lines.push((text::cite.in_language(language).to_owned(), cited.into()));
    for (row, (key, value)) in (FIRST..).zip(&lines) {
        styles.text(sheet, (row, 0), key, None)?;
        if let Some(number) = value.as_f64().filter(|number| number.abs() < MOST_EXACT) {
            styles.year(sheet, (row, 1), number)?;
        } else {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            styles.text(sheet, (row, 1), &text, None)?;
        }
    }
    let last = u32::try_from(lines.len()).unwrap_or(u32::MAX).saturating_add(FIRST);
    sheet.autofilter(1, 0, last.max(FIRST + 1) - 1, 1)?;
    Ok(Written { name, about: what.to_owned() })
}

/// The header of a column: that of the first table that has one of this name.
fn heading(name: &str, language: Language) -> String {
    let own = |korean: &str| language.heading(name, korean);
    match name {
        "title" => own("제목"),
        "key" => own("항목"),
        _ => {
            let mut columns = SHEETS.iter().flat_map(|table| table.columns);
            let known = columns.find(|column| column.name == name);
            known.map_or_else(|| name.to_owned(), |column| column.heading(language))
        }
    }
}

/// What a sheet holds, its header, and what stays in view.
pub(super) fn begin(
    sheet: &mut Worksheet,
    styles: &Styles,
    what: &str,
    columns: &[(&str, f64)],
    language: Language,
) -> Result<(), WorkbookError> {
    style::page(sheet);
    sheet.write_string_with_format(0, 0, what, &styles.note)?;
    for (at, &(name, width)) in (0..).zip(columns) {
        sheet.write_string_with_format(1, at, heading(name, language), &styles.header)?;
        sheet.set_column_width(at, width)?;
    }
    sheet.set_row_height(1, if language.is_english() { 20 } else { 32 })?;
    sheet.set_freeze_panes(FIRST, 1)?;
    sheet.set_repeat_rows(1, 1)?;
    Ok(())
}

/// The leaves of a tree: `options.language`, `inputs: policies/a.toml`.
fn flatten(path: &str, value: &Value, lines: &mut Vec<(String, Value)>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(parts) => match (parts.get("file"), parts.get("sha256")) {
            (Some(Value::String(file)), Some(digest)) => {
                let list = path.rsplit_once('.').map_or(path, |(list, _)| list);
                lines.push((format!("{list}: {file}"), digest.clone()));
            }
            _ => parts.iter().for_each(|(key, part)| flatten(&below(key), part, lines)),
        },
        Value::Array(parts) => {
            for (number, part) in parts.iter().enumerate() {
                flatten(&below(&(number + 1).to_string()), part, lines);
            }
        }
        leaf => lines.push((path.to_owned(), leaf.clone())),
    }
}
