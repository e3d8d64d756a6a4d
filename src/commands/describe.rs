//! `yangjae describe`: the model of a scenario in the form that scientists know.

use std::path::PathBuf;

use crate::commands;
use crate::commands::DEFAULT_SCENARIO;
use crate::commands::Error;
use crate::commands::evidence_error::EvidenceError;
use crate::experiment::whole_file;
use crate::report::text::console;
use crate::report::text::progress;
use crate::report::views::description;

/// Arguments of `describe`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Folder of the scenario
    #[arg(value_name = "SCENARIO", default_value = DEFAULT_SCENARIO)]
    pub scenario: PathBuf,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE", value_parser = commands::output())]
    pub output: Option<PathBuf>,
}

/// Writes the description.
///
/// # Errors
///
/// Fails if the scenario has problems, or the description cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let folder = &arguments.scenario;
    let scenario = commands::load(folder, &[], None)?;
    let text = description::render(&scenario, "yangjae describe");
    match &arguments.output {
        Some(path) => {
            whole_file::write(path, text.as_bytes()).map_err(EvidenceError::from)?;
            progress::message(&format!("the description is in {}", path.display()));
            Ok(())
        }
        None => Ok(console::print(&text)?),
    }
}
