//! Whether the tables of `decide` follow from the blocks of their run.

use std::path::Path;

use crate::commands::error::Error;
use crate::commands::report::error::ReportError;
use crate::commands::verify::error::Fault;
use crate::commands::verify::unlike::unlike;
use crate::experiment::block::archive::Archive;
use crate::pipeline::decision;
use crate::pipeline::decision::Asked;
use crate::pipeline::decision::DecideError;
use crate::pipeline::decision::futures;
use crate::pipeline::engine::Engine;
use crate::pipeline::error::WorkError;
use crate::pipeline::job::Job;
use crate::report::folder::manifest;
use crate::report::folder::manifest::Manifest;
use crate::report::folder::output_folder;
use crate::report::tables::decision::FOLDER;
use crate::report::tables::read::Tables;
use crate::report::tables::table;
use crate::report::text::message;
use crate::report::views::deciding::DecisionTables;

/// Judges the decision in a folder again, by the criteria and targets of its own tables, and compares. Returns the
/// names of its tables; none where there is no whole decision.
///
/// # Errors
///
/// Fails if values cannot be read, or there is no room for the tables.
pub(super) fn compare<E: Engine>(
    job: &Job<'_, E>,
    archive: &Archive,
    (folder, manifest): (&Path, &Manifest),
    faults: &mut Vec<Fault>,
) -> Result<Vec<String>, Error> {
    let there = match DecisionTables::read(&Tables(folder)) {
        Ok(Some(there)) => there,
        Ok(None) => return Ok(Vec::new()),
        Err(error) => {
            faults.push(Fault::Decision(error.to_string()));
            return Ok(Vec::new());
        }
    };
    let asked = Asked { criteria: there.criteria(), targets: there.targets() };
    let scenario = &job.recipe.scenario;
    let decided = futures::find(folder, manifest).and_then(|in_futures| {
        decision::decide(scenario, &job.results(archive), &in_futures, &asked)
    });
    let decided = match decided {
        Ok(decided) => decided,
        Err(DecideError::Work(error)) => return Err(error.into()),
        Err(error) => {
            faults.push(Fault::Decision(message::with_causes(&error)));
            return Ok(Vec::new());
        }
    };
    let scratch = tempfile::tempdir().map_err(WorkError::Scratch)?;
    let to = job.recipe.target(scratch.path());
    output_folder::make(&scratch.path().join(FOLDER)).map_err(ReportError::from)?;
    let mut tables = decision::write(to, &decided).map_err(WorkError::from)?;
    tables.extend(futures::write(to, &decided).map_err(WorkError::from)?);
    let mut names = Vec::new();
    for file in &table::files(tables) {
        let name = manifest::name_within(scratch.path(), file.target());
        faults.extend(unlike(folder, &name, file));
        names.push(name);
    }
    Ok(names)
}
