//! How commands read a scenario.

use std::path::Path;

use crate::analysis::metrics;
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

/// Reads and checks a scenario in one of its futures, as [`load`] does.
///
/// # Errors
///
/// Fails with every problem of the scenario and of the future, or where there is no such future.
pub(super) fn load_future(
    folder: &Path,
    set: &[(String, String)],
    until: Option<u16>,
    future: &str,
) -> Result<Scenario, ScenarioError> {
    let loader = Scenario::loader(folder).set_all(set).until(until).future(future);
    loader.against(&metrics::places()).load()
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

/// Reads and checks a scenario that the option `--scenario` names.
///
/// # Errors
///
/// Fails with every problem of the scenario.
pub(super) fn load_by_option(
    folder: &Path,
    set: &[(String, String)],
    until: Option<u16>,
) -> Result<Scenario, ScenarioError> {
    Scenario::loader(folder).set_all(set).until(until).load().map_err(|mut error| {
        if !folder.exists() {
            let named = |problem: Problem| problem.help("name its folder: `--scenario DIR`");
            error.problems = error.problems.into_iter().map(named).collect();
        }
        error
    })
}
