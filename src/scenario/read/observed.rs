//! `observed.csv`: what really happened, one figure a row.

use std::ops::Range;

use crate::scenario::Observation;
use crate::scenario::problem::MANY;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::letters;
use crate::scenario::read::source::SourceFile;
use crate::scenario::read::value;

/// The file of observed figures.
pub(super) const OBSERVED: &str = "observed.csv";

/// The columns that must be there.
const COLUMNS: [&str; 6] = ["metric", "place", "period", "value", "tolerance", "source"];

/// The column of remarks.
const REMARKS: &str = "note";

/// A cell and where it stands.
#[derive(Clone, Debug)]
pub(super) struct CsvCell {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

/// A row that was read, with its cells for later checks.
pub(super) struct ObservedRow {
    pub(super) metric: CsvCell,
    pub(super) value: CsvCell,
    pub(super) tolerance: CsvCell,
    pub(super) place: CsvCell,
    pub(super) period: CsvCell,
    /// The first and the last year of its period, if they were understood.
    pub(super) years: Option<(u16, u16)>,
    /// The month at whose end it ends, where that is not the end of a year.
    pub(super) month: Option<u8>,
    /// The figure, if the whole row was understood.
    pub(super) observation: Option<Observation>,
}

/// The columns that a file of further figures may do without.
const MAY_LACK: [&str; 2] = ["tolerance", "source"];

/// Reads the observed figures of a scenario; notes every cell that is not understood.
#[inline(never)]
pub(super) fn read(source: &SourceFile, problems: &mut Problems) -> Vec<ObservedRow> {
    read_with(source, &[], problems)
}

/// Reads further figures: their tolerance and source may be empty or the columns missing.
pub(super) fn read_further(source: &SourceFile, problems: &mut Problems) -> Vec<ObservedRow> {
    read_with(source, &MAY_LACK, problems)
}

/// A sentence for each column that nothing reads; one of remarks may stand beside those read.
pub(super) fn columns_not_read(source: &SourceFile) -> Vec<String> {
    let records = records(source).unwrap_or_default();
    let names = records.first().into_iter().flatten().map(|cell| cell.text.trim());
    names
        .filter(|name| !name.is_empty() && *name != REMARKS && !COLUMNS.contains(name))
        .map(|name| {
            let message = format!("column `{}` of observed.csv: it reads ", shortened(name));
            message + &COLUMNS.join(", ") + "; remarks stand under `note`"
        })
        .collect()
}

fn read_with(source: &SourceFile, may_lack: &[&str], problems: &mut Problems) -> Vec<ObservedRow> {
    let before = problems.0.len();
    let records = problems.keep(records(source)).unwrap_or_default();
    let needed: Vec<&str> =
        COLUMNS.into_iter().filter(|column| !may_lack.contains(column)).collect();
    let Some((header, rows)) = records.split_first() else {
        if problems.0.len() == before {
            problems.add(missing(source, 0..0, &needed));
        }
        return Vec::new();
    };
    for name in COLUMNS {
        let mut cells = header.iter().filter(|cell| cell.text.trim() == name);
        if let (Some(_), Some(second)) = (cells.next(), cells.next()) {
            let message = format!("the column `{name}` stands twice");
            problems.add(source.problem(second.span.clone(), message).expected("a second time"));
        }
    }
    let columns = COLUMNS.map(|name| header.iter().position(|cell| cell.text.trim() == name));
    let absent: Vec<&str> = COLUMNS
        .into_iter()
        .zip(columns)
        .filter_map(|(name, column)| column.is_none().then_some(name))
        .filter(|name| needed.contains(name))
        .collect();
    if let (false, Some(problem)) = (absent.is_empty(), other_separator(source, header)) {
        problems.add(problem);
        return Vec::new();
    }
    if !absent.is_empty() {
        let mut missing = missing(source, whole(header), &absent);
        let meant = header.iter().filter_map(|cell| meant_column(cell.text.trim()));
        let meant: Vec<String> = meant.collect();
        if let Some(problem) = missing.0.first_mut().filter(|_| !meant.is_empty()) {
            *problem = problem.clone().help(format!("write {}", meant.join(", ")));
        }
        problems.add(missing);
        return Vec::new();
    }

    let mut read = Vec::new();
    for cells in rows {
        if problems.are_many() {
            break;
        }
        if is_empty(cells) {
            problems.add(empty_row(source, cells));
        } else if cells.len() == header.len() {
            let nothing = CsvCell { text: String::new(), span: whole(cells) };
            let cells = columns.map(|column| column.map_or(&nothing, |column| &cells[column]));
            read.push(row(source, cells, may_lack.is_empty(), problems));
        } else {
            let message = format!("the row has {} cells, the header {}", cells.len(), header.len());
            problems.add(
                source
                    .problem(whole(cells), message)
                    .expected(format!("expected {} cells", header.len()))
                    .help("text that holds a comma stands in double quotes: \"a, b\""),
            );
        }
    }
    read
}

/// Whether no cell of a row says anything.
pub(super) fn is_empty(cells: &[CsvCell]) -> bool {
    cells.iter().all(|cell| cell.text.trim().is_empty())
}

/// A row of commas alone, as spreadsheets leave them.
pub(super) fn empty_row(source: &SourceFile, cells: &[CsvCell]) -> Problem {
    let problem = source.problem(whole(cells), "the row is empty");
    problem.expected("expected no row without a figure").help("remove it")
}

/// What Korean tables call each column of [`COLUMNS`].
const KOREAN_COLUMNS: [&[&str]; 6] = [
    &["지표", "지표명", "항목", "구분"],
    &["장소", "지역", "위치"],
    &["연도", "년도", "기간", "시점", "기준연도"],
    &["값", "수치", "실적", "실적값"],
    &["오차", "허용오차", "표준오차"],
    &["출처", "자료", "자료원", "근거"],
];

/// What to write for a header in Korean or in other letters: "`metric` for `지표`".
fn meant_column(header: &str) -> Option<String> {
    let lower = header.to_lowercase();
    let is_it = |&(name, korean): &(&str, &[&str])| {
        header != name && lower == name || korean.contains(&header)
    };
    let (name, _) = COLUMNS.into_iter().zip(KOREAN_COLUMNS).find(is_it)?;
    Some(format!("`{name}` for `{}`", shortened(header)))
}

/// A header of one cell that another separator divides, as spreadsheets of some countries write it.
fn other_separator(source: &SourceFile, header: &[CsvCell]) -> Option<Problem> {
    let [cell] = header else { return None };
    let (separator, name) = [(';', "semicolons `;`"), ('\t', "tabs"), ('|', "bars `|`")]
        .into_iter()
        .find(|&(separator, _)| cell.text.contains(separator))?;
    let at = source.text.get(cell.span.clone())?.find(separator)? + cell.span.start;
    let message = format!("the cells are separated by {name}, not by commas");
    let problem = source.problem(at..at + 1, message).expected("expected the separator `,`");
    Some(
        problem.help(
            "save the file as CSV with commas between cells, and with `.` as the decimal point",
        ),
    )
}

fn missing(source: &SourceFile, at: Range<usize>, columns: &[&str]) -> Problems {
    let names: Vec<String> = columns.iter().map(|name| format!("`{name}`")).collect();
    let noun = if names.len() == 1 { "the column" } else { "the columns" };
    source
        .problem(at, format!("observed.csv lacks {noun} {}", names.join(", ")))
        .expected(format!("expected the header {}", COLUMNS.join(",")))
        .into()
}

/// From the first cell to the last.
pub(super) fn whole(cells: &[CsvCell]) -> Range<usize> {
    let start = cells.first().map_or(0, |cell| cell.span.start);
    start..cells.last().map_or(start, |cell| cell.span.end)
}

fn row(
    source: &SourceFile,
    cells: [&CsvCell; 6],
    all_needed: bool,
    problems: &mut Problems,
) -> ObservedRow {
    let [metric, place, period, written, tolerance, from] = cells;
    let before = problems.0.len();
    for (cell, what) in [(metric, "metric"), (place, "place"), (from, "source")] {
        if cell.text.trim().is_empty() && (all_needed || what != "source") {
            let problem = source.problem(cell.span.clone(), format!("the {what} is empty"));
            problems.add(problem.expected(format!("expected a {what}")));
        }
    }
    let (years, month) = problems.keep(self::period(source, period)).unzip();
    let month = month.flatten();
    let value = problems.keep(number(source, written, "value", f64::MIN));
    let off = if !all_needed && tolerance.text.trim().is_empty() {
        Some(0.0)
    } else {
        problems.keep(number(source, tolerance, "tolerance", 0.0))
    };
    let whole = problems.0.len() == before;
    let observation = match (years, value, off) {
        (Some((since, year)), Some(value), Some(tolerance)) if whole => Some(Observation {
            metric: metric.text.trim().to_owned(),
            place: place.text.trim().to_owned(),
            since,
            year,
            month,
            value,
            tolerance,
            source: from.text.trim().to_owned(),
        }),
        _ => None,
    };
    let [metric, place, period, value, tolerance] =
        [metric, place, period, written, tolerance].map(Clone::clone);
    ObservedRow { metric, value, tolerance, place, period, years, month, observation }
}

/// The first and the last year of a period, and the month of the last year with which it ends.
type Period = ((u16, u16), Option<u8>);

fn period(source: &SourceFile, cell: &CsvCell) -> Result<Period, Problems> {
    let text = cell.text.trim();
    if let Some(((first, last), month)) =
        parts_of_period(text).filter(|(years, _)| years.0 > years.1)
    {
        let message = format!("the period ends in {last}, before it begins in {first}");
        let month = month.map_or_else(String::new, |month| format!("-{month:02}"));
        let problem = source.problem(cell.span.clone(), message);
        let problem = problem.expected("expected the earlier year first");
        return Err(problem.help(format!("write {last}-{first}{month}")).into());
    }
    understood(text).ok_or_else(|| {
        let problem = source
            .problem(cell.span.clone(), format!("\"{}\" is no period", shortened(text)))
            .expected(
                "expected a year such as 2020, years such as 2018-2020, or either with the month \
                 at whose end it ends: 2020-05, 2018-2020-05",
            );
        let meant = loose_period(text).map(|period| format!("write {period}"));
        meant.into_iter().fold(problem, Problem::help).into()
    })
}

/// The year, or the year and month, that are written with points, slashes or Korean words:
/// `2019-12` for `2019.12` and `2019년 12월`.
fn loose_period(text: &str) -> Option<String> {
    let text = value::usual_digits(text);
    let parts: Vec<&str> = text
        .split(['.', '/', '-', '년', '월', '일', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let period = match parts[..] {
        [year] => year.to_owned(),
        // `2019.1` may be what a spreadsheet has left of `2019.10`.
        [_, month] if month.len() == 1 && text.contains('.') && !text.contains(' ') => {
            return None;
        }
        // Of a day the month stays.
        [year, month] | [year, month, _] => format!("{year}-{month:0>2}"),
        _ => return None,
    };
    let is_year = parts[0].len() == 4;
    understood(&period).filter(|_| is_year).map(|_| period)
}

fn understood(text: &str) -> Option<Period> {
    parts_of_period(text).filter(|(years, _)| years.0 <= years.1)
}

/// The same, in whatever order the years stand.
fn parts_of_period(text: &str) -> Option<Period> {
    let parts: Vec<&str> = text.split(['-', '–']).map(str::trim).collect();
    let year = |text: &str| text.parse().ok().filter(|year| (1900..=2200).contains(year));
    // Two digits are a month, four a year.
    let month = |text: &str| {
        text.parse().ok().filter(|month| text.len() == 2 && (1..=12_u8).contains(month))
    };
    let (years, month) = match parts[..] {
        [one] => ((year(one)?, year(one)?), None),
        [one, end] if end.len() == 2 => ((year(one)?, year(one)?), Some(month(end)?)),
        [first, last] => ((year(first)?, year(last)?), None),
        [first, last, end] => ((year(first)?, year(last)?), Some(month(end)?)),
        _ => return None,
    };
    // December ends with its year, so that 2020-12 is 2020.
    Some((years, month.filter(|&month| month < 12)))
}

fn number(source: &SourceFile, cell: &CsvCell, what: &str, min: f64) -> Result<f64, Problems> {
    let text = cell.text.trim();
    let least = if min < 0.0 { "a number".to_owned() } else { format!("a number from {min}") };
    match text.parse::<f64>() {
        Ok(found) if found.is_finite() && found >= min => Ok(found),
        _ => {
            let message = if text.is_empty() {
                format!("the {what} is empty")
            } else {
                format!("\"{}\" is no {what}", shortened(text))
            };
            let problem = source.problem(cell.span.clone(), message);
            let problem = problem.expected(format!("expected {least}"));
            let meant = value::number_meant(text);
            let meant = meant.map(|(how, number)| format!("write {how}: {number}"));
            Err(meant.into_iter().fold(problem, Problem::help).into())
        }
    }
}

/// Cuts a text into records and cells by RFC 4180, keeping where each cell stands, and checks their
/// letters. Empty lines are passed over.
pub(super) fn records(source: &SourceFile) -> Result<Vec<Vec<CsvCell>>, Problems> {
    let text = &source.text;
    let alone = text.match_indices('\r').find(|&(at, _)| !text[at + 1..].starts_with('\n'));
    if let Some((at, _)) = alone {
        let problem = source.problem(at..at + 1, "a line ends with a carriage return alone");
        let problem = problem.expected("expected the line end LF or CR LF");
        return Err(problem
            .help("save the file as CSV once more; old Macintosh CSV is not read")
            .into());
    }
    let mut records = Vec::new();
    let mut record = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (cell, end) = cell(source, at)?;
        record.push(cell);
        at = end + 1;
        if text.as_bytes().get(end) != Some(&b',') {
            let empty = record.len() == 1 && record[0].span.is_empty();
            let full = std::mem::take(&mut record);
            if !empty {
                records.push(full);
            }
        } else if at == text.len() {
            // A comma at the very end opens one more, empty cell.
            record.push(CsvCell { text: String::new(), span: at..at });
        }
    }
    if !record.is_empty() {
        records.push(record);
    }
    let cells = records.iter().flatten();
    let unfit: Vec<Problem> = cells
        .filter_map(|cell| letters::of_cell(source, cell.span.clone(), &cell.text))
        .take(MANY)
        .collect();
    if unfit.is_empty() { Ok(records) } else { Err(Problems(unfit)) }
}

/// The cell that starts at a byte, and the byte of the comma or line end after it.
fn cell(source: &SourceFile, start: usize) -> Result<(CsvCell, usize), Problems> {
    let rest = &source.text[start..];
    if !rest.starts_with('"') {
        let end = start + rest.find([',', '\n']).unwrap_or(rest.len());
        let text = source.text[start..end].trim_end_matches('\r');
        let span = start..start + text.len();
        return Ok((CsvCell { text: text.to_owned(), span }, end));
    }
    let mut end = start + 1;
    loop {
        let Some(quote) = source.text[end..].find('"') else {
            let problem = source.problem(start..start + 1, "this quotation mark is never closed");
            return Err(problem.expected("opens here").into());
        };
        end += quote + 1;
        if !source.text[end..].starts_with('"') {
            break;
        }
        end += 1;
    }
    let text = source.text[start + 1..end - 1].replace("\"\"", "\"");
    let after = &source.text[end..];
    let next = end + after.find([',', '\n']).unwrap_or(after.len());
    if !source.text[end..next].trim().is_empty() {
        let problem = source.problem(end..next, "text stands after the closing quotation mark");
        return Err(problem.expected("expected a comma or the end of the line").into());
    }
    Ok((CsvCell { text, span: start..end }, next))
}
