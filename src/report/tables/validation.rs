//! `validation.csv` and `stylised_facts.csv`: what was observed beside what is simulated.

use std::path::Path;

use crate::evidence::stylised::Fact;
use crate::evidence::validation::Judgement;
use crate::evidence::validation::naive::Naive;
use crate::experiment::whole_file::CompleteFile;
use crate::report::tables::table::Cell;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableSpec;
use crate::report::tables::table::TableWriter;
use crate::report::tables::table::count;

/// The table of observed figures.
pub const VALIDATION: TableSpec = TableSpec {
    file: "validation.csv",
    columns: &[
        "metric",
        "place",
        "unit",
        "since",
        "year",
        "observed",
        "tolerance",
        "judged",
        "p05",
        "p25",
        "p50",
        "p75",
        "p95",
        "falls_at",
        "inside_50",
        "inside_90",
        "crps",
        "crps_last_value",
        "crps_linear_trend",
        "width_over_prior",
        "source",
        "month",
        "sample",
        "beaten_by",
    ],
};

/// The table of facts that nothing was fitted to.
pub const STYLISED: TableSpec = TableSpec {
    file: "stylised_facts.csv",
    columns: &[
        "fact",
        "meaning",
        "unit",
        "simulated",
        "observations",
        "low",
        "high",
        "met",
        "role",
        "source",
    ],
};

/// Writes the observed figures; `judged` says whether one counts, `unit` gives the unit of a metric.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(
    folder: &Path,
    rows: &[Judgement],
    judged: impl Fn(&Judgement) -> bool,
    unit: impl Fn(&str) -> &'static str,
) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(folder, VALIDATION)?;
    for row in rows {
        let observed = &row.observed;
        let [p05, p25, p50, p75, p95] = row.quantiles.map(Cell::Number);
        let beaten = row.beaten_by().map(|naive| match naive[..] {
            [] => "none".to_owned(),
            _ => naive.iter().map(|naive| naive.name()).collect::<Vec<_>>().join(" and "),
        });
        table.row(&[
            Cell::Text(&observed.metric),
            Cell::Text(&observed.place),
            Cell::Text(unit(&observed.metric)),
            Cell::Whole(observed.since.into()),
            Cell::Whole(observed.year.into()),
            Cell::Number(observed.value),
            Cell::Number(observed.tolerance),
            yes_or_no(judged(row)),
            p05,
            p25,
            p50,
            p75,
            p95,
            Cell::Number(row.falls_at),
            yes_or_no(row.inside_50()),
            yes_or_no(row.inside_90()),
            Cell::Number(row.crps),
            row.score_of(Naive::LastValue).into(),
            row.score_of(Naive::LinearTrend).into(),
            row.width_over_prior.into(),
            Cell::Text(&observed.source),
            observed.month.map_or(Cell::Unknown, |month| Cell::Whole(month.into())),
            Cell::Text(row.sample.name()),
            beaten.as_deref().map_or(Cell::Unknown, Cell::Text),
        ])?;
    }
    table.complete()
}

/// Writes the facts that nothing was fitted to.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write_facts(folder: &Path, facts: &[Fact]) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(folder, STYLISED)?;
    for fact in facts {
        table.row(&[
            Cell::Text(fact.name),
            Cell::Text(fact.meaning),
            Cell::Text(fact.unit),
            fact.simulated.into(),
            count(fact.observations),
            Cell::Number(fact.low),
            Some(fact.high).filter(|high| high.is_finite()).into(),
            fact.is_met().map_or(Cell::Unknown, yes_or_no),
            Cell::Text(fact.role.name()),
            Cell::Text(fact.source),
        ])?;
    }
    table.complete()
}

const fn yes_or_no<'a>(yes: bool) -> Cell<'a> {
    Cell::Text(if yes { "yes" } else { "no" })
}
