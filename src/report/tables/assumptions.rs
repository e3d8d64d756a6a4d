//! `assumptions.csv`: which assumptions move the leading policies most, by the causal sweep.

use crate::analysis::pairs::SHOWN;
use crate::evidence::sources::Move;
use crate::evidence::sources::Swing;
use crate::experiment::whole_file::CompleteFile;
use crate::report::tables::table::Cell;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableSpec;
use crate::report::tables::table::TableWriter;
use crate::report::tables::table::count;
use crate::report::text::dialect::Target;
use crate::scenario::Scenario;
use crate::scenario::parameter::PARAMETERS;

/// The table.
pub const TABLE: TableSpec = TableSpec {
    file: "assumptions.csv",
    columns: &[
        "policy",
        "baseline",
        "place",
        "metric",
        "unit",
        "year",
        "parameter",
        "low",
        "high",
        "replications",
        "difference_at_low",
        "difference_at_high",
        "moves",
        "moves_se",
        "evidence",
        "source",
    ],
};

/// Writes the sweep of some policies, by their places in the scenario; of each result the parameter
/// that moves it most comes first, and one that moves it in no replication has no row.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(
    to: Target<'_>,
    scenario: &Scenario,
    policies: &[usize],
    swings: &[Swing],
) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(to, TABLE)?;
    let baseline = &scenario.policies[scenario.baseline].name;
    for (number, &policy) in policies.iter().enumerate() {
        for (result, (metric, place)) in SHOWN.into_iter().enumerate() {
            let moved =
                swings.iter().filter_map(|swing| Some((swing, swing.results[number][result]?)));
            let mut moved: Vec<(&Swing, Move)> =
                moved.filter(|(_, moved)| !moved.is_nothing()).collect();
            moved.sort_by(|(_, one), (_, other)| {
                other.moves.mean.abs().total_cmp(&one.moves.mean.abs())
            });
            for (swing, Move { at, moves }) in moved {
                let stated = &scenario.parameters[swing.parameter];
                table.row(&[
                    Cell::Text(&scenario.policies[policy].name),
                    Cell::Text(baseline),
                    Cell::Text(place),
                    Cell::Text(metric),
                    Cell::Text(crate::analysis::metrics::named(metric).map_or("", |it| it.unit)),
                    Cell::Whole(scenario.last_year.into()),
                    Cell::Text(PARAMETERS[swing.parameter].name),
                    Cell::Number(swing.ends[0]),
                    Cell::Number(swing.ends[1]),
                    count(moves.replications),
                    Cell::Number(at[0]),
                    Cell::Number(at[1]),
                    Cell::Number(moves.mean),
                    moves.se.into(),
                    Cell::Text(stated.evidence.name()),
                    Cell::Text(&stated.source),
                ])?;
            }
        }
    }
    table.complete()
}
