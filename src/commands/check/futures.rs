//! The futures of a scenario: each is checked as a run in it would be.

use std::fmt::Write as _;
use std::path::Path;

use crate::commands::load;
use crate::commands::options::SetArguments;
use crate::report::text::console;
use crate::scenario::Scenario;
use crate::scenario::future::Future;
use crate::scenario::problem::Problem;
use crate::scenario::problem::ScenarioError;

/// A scenario as it is, and in each of its futures.
pub(super) struct Checked {
    /// As it is.
    pub(super) scenario: Scenario,
    /// In each future, in the order of their names.
    futures: Vec<Scenario>,
}

impl Checked {
    /// Reads the scenario and all futures.
    ///
    /// # Errors
    ///
    /// Fails with every problem of the scenario and of every future, each once.
    pub(super) fn load(folder: &Path, replaced: &SetArguments) -> Result<Self, ScenarioError> {
        let (set, until) = (&replaced.set, replaced.until);
        let mut problems: Vec<Problem> = Vec::new();
        let mut shown = String::new();
        let mut keep = |read: Result<Scenario, ScenarioError>| match read {
            Ok(scenario) => Some(scenario),
            Err(error) => {
                shown = error.folder;
                let new: Vec<Problem> =
                    error.problems.into_iter().filter(|it| !problems.contains(it)).collect();
                problems.extend(new);
                None
            }
        };
        let scenario = keep(load::load(folder, set, until));
        let names = Scenario::futures(folder);
        let futures: Vec<Option<Scenario>> =
            names.iter().map(|name| keep(load::load_future(folder, set, until, name))).collect();
        match scenario {
            Some(scenario) if problems.is_empty() => {
                Ok(Self { scenario, futures: futures.into_iter().flatten().collect() })
            }
            _ => Err(ScenarioError { folder: shown, problems }),
        }
    }

    fn named(&self) -> impl Iterator<Item = (&Future, &Scenario)> {
        self.futures.iter().filter_map(|within| Some((within.future.as_ref()?, within)))
    }

    /// What is hardly meant in a future and not without it.
    pub(super) fn implausible(&self) -> Vec<String> {
        let own = self.scenario.implausible();
        let of_one = |(future, within): (&Future, &Scenario)| -> Vec<String> {
            let new = within.implausible().into_iter().filter(|it| !own.contains(it));
            new.map(|it| format!("future `{}`: {it}", future.name)).collect()
        };
        self.named().flat_map(of_one).collect()
    }

    /// What futures say and no run in them reads.
    pub(super) fn without_effect(&self) -> Vec<String> {
        self.futures.iter().flat_map(Scenario::future_without_effect).collect()
    }

    /// A line a future.
    pub(super) fn told(&self) -> String {
        let mut text = String::new();
        let rows: Vec<[String; 3]> = self
            .named()
            .map(|(future, _)| {
                let counts = [
                    (future.adjustments.len(), "parameter", "parameters"),
                    (future.climate.len(), "year of climate", "years of climate"),
                    (future.levers.len(), "lever", "levers"),
                ];
                let counts = counts.iter().filter(|(count, _, _)| *count > 0);
                let counts = counts.map(|(count, one, more)| {
                    format!("{count} {}", if *count == 1 { one } else { more })
                });
                let changes = counts.collect::<Vec<_>>().join(", ");
                [format!("  {}", future.name), changes, future.title_en.clone()]
            })
            .collect();
        if !rows.is_empty() {
            let _ = write!(text, "\n{}", console::table(["  future", "changes", "title"], &rows));
        }
        text
    }
}
