//! `yangjae describe`: the model of a scenario in the form that scientists know.

use std::path::PathBuf;

use crate::commands::error::Error;
use crate::commands::evidence_error::EvidenceError;
use crate::commands::load;
use crate::commands::options;
use crate::commands::options::ScenarioArgument;
use crate::experiment::whole_file;
use crate::report::folder::own_page;
use crate::report::text::console;
use crate::report::text::progress;
use crate::report::views::description;
use crate::scenario::money::said;

/// The command, as the description names it.
const COMMAND: &str = "yangjae describe";
/// What a description has near its start.
const MARK: &str = "Written by `yangjae describe` of yangjae ";

/// Arguments of `describe`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The scenario.
    #[command(flatten)]
    pub scenario: ScenarioArgument,
    /// Write to this file, over a description that may stand there, instead of standard output
    #[arg(long, value_name = "FILE", value_parser = options::output())]
    pub output: Option<PathBuf>,
}

/// Writes the description.
///
/// # Errors
///
/// Fails if the scenario has problems, something else than a description stands in its place, or it cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let folder = arguments.scenario.folder();
    let scenario = load::load(&folder, &[], None)?;
    let futures = load::futures(&folder)?;
    let text = description::render(&scenario, &futures, COMMAND);
    let text = said(&text, Some(&scenario.money));
    match &arguments.output {
        Some(path) => {
            own_page::may_write(path, MARK)?;
            whole_file::write(path, text.as_bytes()).map_err(EvidenceError::from)?;
            progress::message(&format!("the description is in {}", path.display()));
            Ok(())
        }
        None => Ok(console::print(&text)?),
    }
}
