//! `noise.csv` and `sources.csv`: what results vary by, and which guesses move them.

use std::path::Path;

use crate::analysis::pairs::SHOWN;
use crate::evidence::noise;
use crate::evidence::noise::Account;
use crate::evidence::sources::Move;
use crate::evidence::sources::Swing;
use crate::experiment::whole_file::CompleteFile;
use crate::report::tables::table::Cell;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableSpec;
use crate::report::tables::table::TableWriter;
use crate::scenario::Scenario;
use crate::scenario::parameter::PARAMETERS;

/// The accounts of noise.
pub const NOISE: TableSpec = TableSpec {
    file: "noise.csv",
    columns: &[
        "policy",
        "result",
        "place",
        "metric",
        "unit",
        "year",
        "mean",
        "variance_parameters",
        "variance_chance",
        "variance_interaction",
        "share_parameters",
        "share_chance",
        "share_interaction",
        "share_parameters_se",
        "share_chance_se",
        "share_interaction_se",
        "more_helpful",
    ],
};

/// The guesses, by how much they move the headline results.
pub const SOURCES: TableSpec = TableSpec {
    file: "sources.csv",
    columns: &[
        "parameter",
        "unit",
        "evidence",
        "low",
        "high",
        "policy",
        "place",
        "metric",
        "difference_at_low",
        "difference_at_high",
        "moves",
        "moves_se",
        "source",
    ],
};

/// Writes the accounts of noise.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(folder: &Path, rows: &[Account]) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(folder, NOISE)?;
    for row in rows {
        let parts = row.components;
        let shares = parts.shares();
        let share = |place: usize| Cell::from(shares.map(|shares| shares[place]));
        let error = |place: usize| Cell::from(row.shares.map(|shares| shares[place].se));
        table.row(&[
            Cell::Text(&row.policy),
            Cell::Text(if row.difference { "difference" } else { "value" }),
            Cell::Text(row.place),
            Cell::Text(row.metric),
            Cell::Text(row.unit),
            Cell::Whole(row.year.into()),
            Cell::Number(parts.mean),
            Cell::Number(parts.parameters),
            Cell::Number(parts.chance),
            Cell::Number(parts.interaction),
            share(0),
            share(1),
            share(2),
            error(0),
            error(1),
            error(2),
            Cell::Text(noise::more_helpful(&parts, row.shares)),
        ])?;
    }
    table.complete()
}

/// Writes the guesses in the order given.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write_sources(
    folder: &Path,
    scenario: &Scenario,
    policy: &str,
    rows: &[Swing],
) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(folder, SOURCES)?;
    for row in rows {
        let (spec, stated) = (&PARAMETERS[row.parameter], &scenario.parameters[row.parameter]);
        for ((metric, place), result) in SHOWN.iter().zip(row.results.iter().flatten()) {
            let Some(Move { at: [low, high], moves }) = result else { continue };
            table.row(&[
                Cell::Text(spec.name),
                Cell::Text(spec.unit),
                Cell::Text(stated.evidence.name()),
                Cell::Number(row.ends[0]),
                Cell::Number(row.ends[1]),
                Cell::Text(policy),
                Cell::Text(place),
                Cell::Text(metric),
                Cell::Number(*low),
                Cell::Number(*high),
                Cell::Number(moves.mean),
                moves.se.into(),
                Cell::Text(&stated.source),
            ])?;
        }
    }
    table.complete()
}
