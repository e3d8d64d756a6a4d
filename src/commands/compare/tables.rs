//! The tables of `compare/`.

use crate::commands::compare::compared::Compared;
use crate::report::tables::compare::inputs::ChangedInput;
use crate::report::tables::compare::ranks::ChangedRank;
use crate::report::tables::compare::results::ChangedResult;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;

/// Writes every table, without giving it its name yet.
///
/// # Errors
///
/// Fails if the disk does not take one.
pub(super) fn write(to: Target<'_>, compared: &Compared) -> Result<Vec<CompleteTable>, TableError> {
    Ok(vec![inputs(to, compared)?, results(to, compared)?, ranks(to, compared)?])
}

fn inputs(to: Target<'_>, compared: &Compared) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<ChangedInput<'_>>::create(to)?;
    for change in &compared.inputs {
        table.row(&ChangedInput {
            kind: change.kind.name(),
            name: &change.name,
            part: &change.part,
            unit: &change.unit,
            year: change.year,
            in_a: &change.sides[0],
            in_b: &change.sides[1],
        })?;
    }
    table.complete()
}

fn results(to: Target<'_>, compared: &Compared) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<ChangedResult<'_>>::create(to)?;
    for change in &compared.results {
        let between = &change.between;
        table.row(&ChangedResult {
            policy: &change.policy,
            outcome: &change.outcome,
            unit: change.unit,
            manner: if change.is_paired { "paired" } else { "independent" },
            replications_a: between.replications[0],
            replications_b: between.replications[1],
            in_a: between.means[0],
            in_b: between.means[1],
            difference: between.difference.mean,
            se: between.difference.se,
            ci_low: between.difference.ci_low,
            ci_high: between.difference.ci_high,
        })?;
    }
    table.complete()
}

fn ranks(to: Target<'_>, compared: &Compared) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<ChangedRank<'_>>::create(to)?;
    for by in &compared.ranks {
        for (place, policy) in compared.options.iter().enumerate() {
            let others = |told_only: bool| {
                let swaps = by.swaps.iter().filter(|swap| swap.is_told || !told_only);
                let others = swaps.filter(|swap| swap.policies.contains(&place));
                let other = |[one, other]: [usize; 2]| if one == place { other } else { one };
                let names = others.map(|swap| compared.options[other(swap.policies)].as_str());
                names.collect::<Vec<_>>().join(", ")
            };
            table.row(&ChangedRank {
                criterion: &by.criterion,
                unit: by.unit,
                policy,
                in_a: by.means[0][place],
                rank_a: by.ranks[0][place],
                in_b: by.means[1][place],
                rank_b: by.ranks[1][place],
                changed: by.ranks[0][place] != by.ranks[1][place],
                changes_places_with: &others(false),
                told_of: &others(true),
            })?;
        }
    }
    table.complete()
}
