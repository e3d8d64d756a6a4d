//! How commands read a scenario.

use std::path::Path;

use crate::analysis::metrics;
use crate::commands::changes::ChangeArguments;
use crate::commands::changes::Changed;
use crate::commands::error::Error;
use crate::report::text::progress;
use crate::scenario::Scenario;
use crate::scenario::problem::Problem;
use crate::scenario::problem::ScenarioError;

/// Says in a line which values of `--set` nothing in a scenario reads, for commands that list no more.
pub(super) fn tell_unread_set(scenario: &Scenario, quiet: bool) {
    let unread = scenario.unread_set();
    if !quiet && !unread.is_empty() {
        progress::message(&format!("without effect: {}", unread.join("; ")));
    }
}

/// Reads and checks a scenario, its observed figures against the register of metrics.
///
/// # Errors
///
/// Fails with every problem of the scenario.
pub(super) fn load(
    folder: &Path,
    set: &[(String, String)],
    until: Option<u16>,
) -> Result<Scenario, ScenarioError> {
    Scenario::loader(folder).set_all(set).until(until).against(&metrics::places()).load()
}

/// Reads and checks a scenario as [`load`] does, with what the command line changes in it and in the
/// policies that are chosen.
///
/// # Errors
///
/// Fails with every problem of the scenario, and where policies cannot be made as asked.
pub(super) fn changed(
    folder: &Path,
    changes: &ChangeArguments,
    chosen: &[String],
    quiet: bool,
) -> Result<Changed, Error> {
    let metrics = metrics::places();
    changes.load(&changes.loader(folder).against(&metrics), chosen, quiet)
}

/// Reads and checks a scenario but for its posterior, as [`load`] does.
///
/// # Errors
///
/// Fails with every problem of the scenario.
pub(super) fn load_prior(
    folder: &Path,
    set: &[(String, String)],
    until: Option<u16>,
) -> Result<Scenario, ScenarioError> {
    Scenario::loader(folder)
        .set_all(set)
        .until(until)
        .without_posterior()
        .against(&metrics::places())
        .load()
}

/// Says, where a scenario that the option `--scenario` names is not there, how it is named.
pub(super) fn by_option(error: Error, folder: &Path) -> Error {
    match error {
        Error::Scenario(mut error) if !folder.exists() => {
            let named = |problem: Problem| problem.help("name its folder: `--scenario DIR`");
            error.problems = error.problems.into_iter().map(named).collect();
            error.into()
        }
        error => error,
    }
}
