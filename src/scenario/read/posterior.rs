//! `posterior.csv`: weighted draws of the free parameters, as `calibrate` writes them.

use crate::scenario::Distribution;
use crate::scenario::posterior::Posterior;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::observed::CsvCell;
use crate::scenario::read::observed::empty_row;
use crate::scenario::read::observed::is_empty;
use crate::scenario::read::observed::records;
use crate::scenario::read::observed::whole;
use crate::scenario::read::parameters::Stated;
use crate::scenario::read::source::SourceFile;

/// The column of weights.
const WEIGHT: &str = "weight";
/// What helps against a file that does not fit.
const AGAIN: &str = "`yangjae calibrate` makes a posterior that fits the scenario";

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Weight,
    Parameter(usize),
}

/// Reads the draws against the parameters as `parameters.toml` states them.
#[inline(never)]
pub(super) fn read(source: &SourceFile, stated: Stated<'_>) -> Result<Posterior, Problems> {
    let records = records(source)?;
    let Some((header, rows)) = records.split_first() else {
        return Err(source.problem(0..0, "there is no header").help(AGAIN).into());
    };
    let columns = columns(source, header, stated)?;
    let mut problems = Problems::default();
    let mut draws = Vec::new();
    for cells in rows {
        if problems.are_many() {
            break;
        }
        if is_empty(cells) {
            problems.add(empty_row(source, cells));
        } else if cells.len() == columns.len() {
            draws.extend(problems.keep(draw(source, cells, &columns, stated)));
        } else {
            let message = format!("the row has {} cells, the header {}", cells.len(), header.len());
            let problem = source.problem(whole(cells), message);
            problems.add(problem.expected(format!("expected {} cells", header.len())));
        }
    }
    if !problems.0.is_empty() {
        return Err(problems);
    }
    let parameters = columns.iter().filter_map(|column| match column {
        Column::Parameter(index) => Some(*index),
        Column::Weight => None,
    });
    let sum: f64 = draws.iter().map(|(weight, _)| weight).sum();
    Posterior::new(parameters.collect(), draws)
        .ok_or_else(|| no_weights(source, header, &columns, sum).into())
}

/// The weights do not make a distribution.
fn no_weights(source: &SourceFile, header: &[CsvCell], columns: &[Column], sum: f64) -> Problem {
    let of_weight = columns.iter().position(|&column| column == Column::Weight);
    let at = of_weight.and_then(|place| header.get(place));
    let at = at.map_or_else(|| whole(header), |cell| cell.span.clone());
    let message = if sum > 0.0 {
        "the weights add up to more than a number can hold"
    } else {
        "there is no draw with a weight above 0"
    };
    source.problem(at, message).expected("the weights of this column").help(AGAIN)
}

/// What each column holds: the weight and free parameters, each once.
fn columns(
    source: &SourceFile,
    header: &[CsvCell],
    stated: Stated<'_>,
) -> Result<Vec<Column>, Problems> {
    let mut problems = Problems::default();
    let mut columns = Vec::new();
    for cell in header {
        let Some(column) = problems.keep(column(source, cell, stated)) else { continue };
        if columns.contains(&column) {
            let message = format!("the column `{}` stands twice", shortened(cell.text.trim()));
            problems.add(source.problem(cell.span.clone(), message).expected("a second time"));
        }
        columns.push(column);
    }
    if problems.0.is_empty() && !columns.contains(&Column::Weight) {
        let problem = source.problem(whole(header), "the column `weight` is missing");
        problems.add(problem.expected("expected weight and a column for each free parameter"));
    }
    if problems.0.is_empty() && columns.len() < 2 {
        let problem = source.problem(whole(header), "there is no column of a parameter");
        problems.add(problem.help(AGAIN));
    }
    if problems.0.is_empty() { Ok(columns) } else { Err(problems) }
}

fn column(source: &SourceFile, cell: &CsvCell, stated: Stated<'_>) -> Result<Column, Problems> {
    let name = cell.text.trim();
    if name == WEIGHT {
        return Ok(Column::Weight);
    }
    let problem = |message: String| source.problem(cell.span.clone(), message);
    let Some(index) = stated.register.position(name) else {
        let known = std::iter::once(WEIGHT).chain(stated.register.names());
        let problem = problem(format!("there is no parameter `{}`", shortened(name)));
        return Err(problem.expected("unknown parameter").known(name, known).into());
    };
    match stated.values.get(index) {
        Some(parameter) if !parameter.free => {
            Err(problem(format!("`{name}` is not marked `free = true` in parameters.toml"))
                .expected("expected free parameters only")
                .help(AGAIN)
                .into())
        }
        Some(parameter) if parameter.distribution == Distribution::Fixed => {
            Err(problem(format!("`{name}` is fixed in parameters.toml, so it has no draws"))
                .expected("expected parameters that vary")
                .help(AGAIN)
                .into())
        }
        _ => Ok(Column::Parameter(index)),
    }
}

/// One draw: its weight and the values of the parameters.
fn draw(
    source: &SourceFile,
    cells: &[CsvCell],
    columns: &[Column],
    stated: Stated<'_>,
) -> Result<(f64, Vec<f64>), Problems> {
    let mut problems = Problems::default();
    let (mut weight, mut values) = (0.0, Vec::new());
    for (cell, column) in cells.iter().zip(columns) {
        match *column {
            Column::Weight => {
                let bounds = (0.0, f64::MAX);
                weight = problems.keep(number(source, cell, WEIGHT, bounds)).unwrap_or_default();
            }
            Column::Parameter(index) => {
                let spec = &stated.register[index];
                let bounds = bounds(index, stated);
                values.extend(problems.keep(number(source, cell, &spec.name, bounds)));
            }
        }
    }
    if problems.0.is_empty() { Ok((weight, values)) } else { Err(problems) }
}

/// What a draw can be: the support of the prior, which calibration never leaves.
fn bounds(index: usize, stated: Stated<'_>) -> (f64, f64) {
    let spec = &stated.register[index];
    match stated.values.get(index) {
        Some(parameter)
            if matches!(
                parameter.distribution,
                Distribution::Uniform | Distribution::Triangular
            ) =>
        {
            (parameter.low.max(spec.min), parameter.high.min(spec.max))
        }
        _ => (spec.min, spec.max),
    }
}

fn number(
    source: &SourceFile,
    cell: &CsvCell,
    what: &str,
    (low, high): (f64, f64),
) -> Result<f64, Problems> {
    let text = cell.text.trim();
    let found = text.parse::<f64>().ok().filter(|found| found.is_finite());
    if let Some(found) = found
        && (low..=high).contains(&found)
    {
        return Ok(found);
    }
    let message = match found {
        Some(_) => format!("{} lies outside what `{what}` can be", shortened(text)),
        None if text.is_empty() => format!("the cell of `{what}` is empty"),
        None => format!("\"{}\" is no number", shortened(text)),
    };
    let expected = if high < f64::MAX {
        format!("expected {low} to {high}")
    } else {
        format!("expected a number from {low}")
    };
    let problem: Problem = source.problem(cell.span.clone(), message).expected(expected);
    Err(problem.help(AGAIN).into())
}
