//! How commands read a scenario.

use std::path::Path;

use crate::analysis::metrics;
use crate::commands::changes::ChangeArguments;
use crate::commands::changes::Changed;
use crate::commands::error::Error;
use crate::report::text::progress;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::future::Future;
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
    let (places, loader) = (metrics::places(), Scenario::loader(folder));
    let read = loader.set_all(set).until(until).against(&places).load();
    read.map_err(|error| named(error, folder))
}

/// The futures of a scenario, in the order of their names.
///
/// # Errors
///
/// Fails with every problem of the first that has some.
pub(super) fn futures(folder: &Path) -> Result<Vec<Future>, ScenarioError> {
    let metrics = metrics::places();
    let read = |name: &String| {
        let within = Scenario::loader(folder).future(name.as_str()).against(&metrics).load()?;
        Ok(within.future)
    };
    Scenario::futures(folder).iter().filter_map(|name| read(name).transpose()).collect()
}

/// Reads and checks a scenario as [`load`] does, with what the command line changes in it and in the
/// policies that are chosen; in one of its futures where one is named.
///
/// # Errors
///
/// Fails with every problem of the scenario and of the future, where there is no such future, and where policies
/// cannot be made as asked.
pub(super) fn changed(
    folder: &Path,
    changes: &ChangeArguments,
    (chosen, quiet): (&[String], bool),
    future: Option<&str>,
) -> Result<Changed, Error> {
    let metrics = metrics::places();
    let loader = changes.loader(folder).against(&metrics);
    let loader = match future {
        Some(future) => loader.future(future),
        None => loader,
    };
    changes.load(&loader, chosen, quiet).map_err(|error| by_option(error, folder))
}

/// The policy of this name.
///
/// # Errors
///
/// Fails where there is none, with a name that is near.
pub(super) fn policy<'s>(scenario: &'s Scenario, name: &str) -> Result<&'s Policy, Error> {
    let names = || scenario.policies.iter().map(|policy| policy.name.as_str());
    let found = scenario.policies.iter().find(|policy| policy.name == name);
    found.ok_or_else(|| Error::unknown("policy", name, names()))
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
    let (places, loader) = (metrics::places(), Scenario::loader(folder).without_posterior());
    let read = loader.set_all(set).until(until).against(&places).load();
    read.map_err(|error| named(error, folder))
}

/// Says of a scenario that cannot be read, where its folder is not there, how another is named.
pub(super) fn by_option(error: Error, folder: &Path) -> Error {
    match error {
        Error::Scenario(error) => named(error, folder).into(),
        error => error,
    }
}

/// Says of a scenario whose folder is not there how another is named.
fn named(mut error: ScenarioError, folder: &Path) -> ScenarioError {
    if !folder.exists() {
        let named = |problem: Problem| problem.help("name its folder: `--scenario SCENARIO`");
        error.problems = error.problems.into_iter().map(named).collect();
    }
    error
}
