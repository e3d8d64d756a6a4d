//! `observed.csv`: what really happened, one figure a row.

use std::ops::Range;

use crate::policy::plan::Area;
use crate::scenario::Observation;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::source::Source;

/// The columns that must be there.
const COLUMNS: [&str; 6] = ["metric", "place", "period", "value", "tolerance", "source"];

/// A cell and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

/// A row that was read, with its cells for later checks.
pub(super) struct Row {
    pub(super) observation: Observation,
    pub(super) metric: Cell,
    pub(super) place: Cell,
    pub(super) period: Cell,
}

/// The columns that a file of further figures may do without.
const MAY_LACK: [&str; 2] = ["tolerance", "source"];

/// Reads the observed figures of a scenario. Whether a metric exists is checked where metrics are
/// known.
pub(super) fn read(source: &Source) -> Result<Vec<Row>, Problems> {
    read_with(source, &[])
}

/// Reads further figures: their tolerance and source may be empty or the columns missing.
pub(super) fn read_further(source: &Source) -> Result<Vec<Row>, Problems> {
    read_with(source, &MAY_LACK)
}

fn read_with(source: &Source, may_lack: &[&str]) -> Result<Vec<Row>, Problems> {
    let mut problems = Problems::default();
    let records = problems.keep(records(source)).unwrap_or_default();
    let needed: Vec<&str> =
        COLUMNS.into_iter().filter(|column| !may_lack.contains(column)).collect();
    let Some((header, rows)) = records.split_first() else {
        return Err(if problems.0.is_empty() { missing(source, 0..0, &needed) } else { problems });
    };
    let columns = COLUMNS.map(|name| header.iter().position(|cell| cell.text.trim() == name));
    let absent: Vec<&str> = COLUMNS
        .into_iter()
        .zip(columns)
        .filter_map(|(name, column)| column.is_none().then_some(name))
        .filter(|name| needed.contains(name))
        .collect();
    if !absent.is_empty() {
        problems.add(missing(source, whole(header), &absent));
        return Err(problems);
    }

    let mut read = Vec::new();
    for cells in rows {
        if problems.are_many() {
            break;
        }
        if cells.len() == header.len() {
            let nothing = Cell { text: String::new(), span: whole(cells) };
            let cells = columns.map(|column| column.map_or(&nothing, |column| &cells[column]));
            let row = row(source, cells, may_lack.is_empty());
            read.extend(problems.keep(row));
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
    if problems.0.is_empty() { Ok(read) } else { Err(problems) }
}

fn missing(source: &Source, at: Range<usize>, columns: &[&str]) -> Problems {
    let names: Vec<String> = columns.iter().map(|name| format!("`{name}`")).collect();
    let noun = if names.len() == 1 { "the column" } else { "the columns" };
    source
        .problem(at, format!("observed.csv lacks {noun} {}", names.join(", ")))
        .expected(format!("expected the header {}", COLUMNS.join(",")))
        .into()
}

/// From the first cell to the last.
pub(super) fn whole(cells: &[Cell]) -> Range<usize> {
    let start = cells.first().map_or(0, |cell| cell.span.start);
    start..cells.last().map_or(start, |cell| cell.span.end)
}

fn row(source: &Source, cells: [&Cell; 6], all_needed: bool) -> Result<Row, Problems> {
    let [metric, place, period, value, tolerance, from] = cells;
    let mut problems = Problems::default();
    for (cell, what) in [(metric, "metric"), (place, "place"), (from, "source")] {
        if cell.text.trim().is_empty() && (all_needed || what != "source") {
            let problem = source.problem(cell.span.clone(), format!("the {what} is empty"));
            problems.add(problem.expected(format!("expected a {what}")));
        }
    }
    let years = problems.keep(years(source, period));
    let value = problems.keep(number(source, value, "value", f64::MIN));
    let tolerance = if !all_needed && tolerance.text.trim().is_empty() {
        Some(0.0)
    } else {
        problems.keep(number(source, tolerance, "tolerance", 0.0))
    };
    let (Some((since, year)), Some(value), Some(tolerance), true) =
        (years, value, tolerance, problems.0.is_empty())
    else {
        return Err(problems);
    };
    let observation = Observation {
        metric: metric.text.trim().to_owned(),
        place: place.text.trim().to_owned(),
        since,
        year,
        value,
        tolerance,
        source: from.text.trim().to_owned(),
    };
    let cells = [metric, place, period].map(Clone::clone);
    let [metric, place, period] = cells;
    Ok(Row { observation, metric, place, period })
}

/// The first and the last year of a period.
fn years(source: &Source, cell: &Cell) -> Result<(u16, u16), Problems> {
    let text = cell.text.trim();
    let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
    let parse = |year: &str| year.trim().parse().ok().filter(|year| (1900..=2200).contains(year));
    match (parse(first), parse(last)) {
        (Some(first), Some(last)) if first <= last => Ok((first, last)),
        _ => Err(source
            .problem(cell.span.clone(), format!("\"{}\" is no period", shortened(text)))
            .expected("expected a year such as 2020, or years such as 2018-2020")
            .into()),
    }
}

fn number(source: &Source, cell: &Cell, what: &str, min: f64) -> Result<f64, Problems> {
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
            let plain = text.replace(',', "");
            Err(match plain.parse::<f64>() {
                Ok(_) if plain != text => {
                    problem.help(format!("write a number without commas: {plain}"))
                }
                _ => problem,
            }
            .into())
        }
    }
}

/// A place that neither the district nor a policy of the scenario has.
pub(super) fn unknown_place(source: &Source, row: &Row, facilities: &[String]) -> Option<Problem> {
    let known = || {
        let fixed = ["district", "city"].into_iter().chain(Area::ALL.map(Area::name));
        fixed.chain(facilities.iter().map(String::as_str))
    };
    let found = row.observation.place.as_str();
    if known().any(|place| place == found) {
        return None;
    }
    let message = format!("there is no place `{}`", shortened(found));
    let problem = source.problem(row.place.span.clone(), message);
    let expected = "expected district, city, an area or a facility of some policy";
    Some(problem.expected(expected).known(found, known()))
}

/// What keeps a figure from being compared: its metric, its place or its years.
pub(super) fn unfit(
    source: &Source,
    row: &Row,
    readable: &[(&str, &str)],
    years: std::ops::RangeInclusive<u16>,
) -> Problems {
    let mut problems = Problems::default();
    let Observation { metric, place, year, .. } = &row.observation;
    let places = || readable.iter().filter(|(name, _)| name == metric).map(|&(_, place)| place);
    if places().next().is_none() {
        let message = format!("there is no metric `{}`", shortened(metric));
        let problem = source.problem(row.metric.span.clone(), message).expected("unknown metric");
        problems.add(problem.known(metric, readable.iter().map(|&(name, _)| name)));
    } else if places().all(|other| other != place) {
        let message = format!("`{metric}` is not read at `{}`", shortened(place));
        let problem = source.problem(row.place.span.clone(), message);
        let problem = problem.expected("no such place under the policy that really happened");
        problems.add(problem.known(place, places()));
    }
    if !years.contains(year) {
        let (first, last) = (years.start(), years.end());
        let message = format!("{year} is not among the scenario's years");
        let problem = source.problem(row.period.span.clone(), message);
        let problem = problem.expected(format!("expected a year from {first} to {last}"));
        problems.add(if year > last {
            problem.help("a later `last_year` in scenario.toml simulates on")
        } else {
            problem
        });
    }
    problems
}

/// Cuts a text into records and cells by RFC 4180, keeping where each cell stands. Empty lines
/// are passed over.
pub(super) fn records(source: &Source) -> Result<Vec<Vec<Cell>>, Problems> {
    let text = &source.text;
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
            record.push(Cell { text: String::new(), span: at..at });
        }
    }
    if !record.is_empty() {
        records.push(record);
    }
    Ok(records)
}

/// The cell that starts at a byte, and the byte of the comma or line end after it.
fn cell(source: &Source, start: usize) -> Result<(Cell, usize), Problems> {
    let rest = &source.text[start..];
    if !rest.starts_with('"') {
        let end = start + rest.find([',', '\n']).unwrap_or(rest.len());
        let text = source.text[start..end].trim_end_matches('\r');
        let span = start..start + text.len();
        return Ok((Cell { text: text.to_owned(), span }, end));
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
    Ok((Cell { text, span: start..end }, next))
}
