//! Whether the output folder that the command line names can be one.

use std::path::Path;
use std::path::PathBuf;

use crate::report::folder::output_folder;
use crate::scenario::Scenario;

/// Why results cannot be written there.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Two scenarios would be written to one folder.
    #[error(
        "`{}` and `{}` would both be written to `{}`; run them one by one, each with an \
         `--output` of its own", one.display(), other.display(), output.display()
    )]
    SameOutput {
        /// The one scenario.
        one: PathBuf,
        /// The other.
        other: PathBuf,
        /// Where both would be written.
        output: PathBuf,
    },
    /// The scenario lies where `--force` clears.
    #[error(
        "the scenario `{}` lies among the blocks of the output folder, which `--force` clears; \
         copy it elsewhere, or name another folder with `--output`", .0.display()
    )]
    HoldsScenario(PathBuf),
    /// Results would lie among the inputs of a scenario.
    #[error(
        "`{}` holds inputs of the scenario `{name}`, among which results would lie; name another \
         folder with `--output`, such as `output/{name}`", output.display()
    )]
    AmongInputs {
        /// The output folder.
        output: PathBuf,
        /// The scenario.
        name: String,
    },
    /// Shards are to be merged into one of them.
    #[error(
        "the output folder is one of the shards: `{}`; name another with `--output`", .0.display()
    )]
    IsShard(PathBuf),
}

/// Refuses an output folder in which results would lie among the inputs of a scenario.
///
/// # Errors
///
/// Fails if it is the scenario's folder, or one within it that holds inputs.
pub fn not_among_inputs(
    output: &Path,
    scenario: &Scenario,
    folder: &Path,
) -> Result<(), OutputError> {
    if !output_folder::is_among_inputs(output, folder, &scenario.inputs) {
        return Ok(());
    }
    let (output, name) = (output.to_owned(), scenario.name.clone());
    Err(OutputError::AmongInputs { output, name })
}
