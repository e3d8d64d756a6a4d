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
use crate::experiment::whole_file::CompleteFile;
use crate::report::tables::table::TableError;
use crate::report::text::dialect::Target;

/// The folder of these tables in that of a run.
pub const FOLDER: &str = "appraisal";

/// Writes all of them, in the order of the register.
///
/// # Errors
///
/// Fails if the disk does not take one.
pub fn write(
    to: Target<'_>,
    terms: &Terms,
    statements: &[Statement<'_>],
    additionality: &[AdditionalityRow<'_>],
    last_year: u16,
) -> Result<Vec<CompleteFile>, TableError> {
    let nets = gross_to_net::nets(statements, additionality, last_year);
    Ok(vec![
        summary::write(to, statements, &nets)?,
        assumptions::write(to, terms, statements)?,
        flows::write(to, statements)?,
        results::write(to, statements)?,
        bridge::write(to, statements)?,
        sensitivity::write(to, statements)?,
        funding::write(to, statements)?,
        gross_to_net::write(to, statements, &nets)?,
        induced::write(to, terms, statements)?,
        optimism_bias::write(to, statements)?,
        ahp::write(to, statements)?,
    ])
}
