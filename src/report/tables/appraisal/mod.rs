//! `appraisal/`: the tables that a ministry's form asks for.

pub mod ahp;
pub mod assumptions;
pub mod bridge;
pub mod flows;
pub mod funding;
pub mod gross_to_net;
pub mod induced;
pub mod optimism_bias;
pub mod results;
pub mod sensitivity;
pub mod summary;

use crate::analysis::additionality::AdditionalityRow;
use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::terms::Terms;
use crate::report::tables::column::TableSpec;
use crate::report::tables::row::Row as _;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::text::dialect::Target;

/// The folder of these tables in that of a run.
pub const FOLDER: &str = "appraisal";

/// The tables, in the order of the register.
pub const TABLES: [TableSpec; 11] = [
    summary::AppraisalSummary::TABLE,
    assumptions::AppraisalAssumption::TABLE,
    flows::AppraisalFlow::TABLE,
    results::AppraisalResult::TABLE,
    bridge::AppraisalBridge::TABLE,
    sensitivity::AppraisalTest::TABLE,
    funding::Funding::TABLE,
    gross_to_net::NetJobs::TABLE,
    induced::InducedEffect::TABLE,
    optimism_bias::OptimismBias::TABLE,
    ahp::Criterion::TABLE,
];

/// Writes those of them that are wanted, in the order of the register.
///
/// # Errors
///
/// Fails if the disk does not take one.
pub fn write(
    to: Target<'_>,
    (terms, statements): (&Terms, &[Statement<'_>]),
    additionality: &[AdditionalityRow<'_>],
    last_year: u16,
    wants: impl Fn(&TableSpec) -> bool,
) -> Result<Vec<CompleteTable>, TableError> {
    let nets = gross_to_net::nets(statements, additionality, last_year);
    let writers: [&dyn Fn() -> Result<CompleteTable, TableError>; 11] = [
        &|| summary::write(to, statements, &nets),
        &|| assumptions::write(to, terms, statements),
        &|| flows::write(to, statements),
        &|| results::write(to, statements),
        &|| bridge::write(to, statements),
        &|| sensitivity::write(to, statements),
        &|| funding::write(to, statements),
        &|| gross_to_net::write(to, statements, &nets),
        &|| induced::write(to, terms, statements),
        &|| optimism_bias::write(to, statements),
        &|| ahp::write(to, statements),
    ];
    let wanted = TABLES.iter().zip(writers).filter(|(table, _)| wants(table));
    wanted.map(|(_, write)| write()).collect()
}
