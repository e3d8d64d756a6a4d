//! The futures of a scenario: each is checked as a run in it would be.

use std::fmt::Write as _;
use std::path::Path;

use crate::commands::changes::ChangeArguments;
use crate::commands::changes::Changed;
use crate::commands::error::Error;
use crate::commands::load;
use crate::report::text::console;
use crate::scenario::Scenario;
use crate::scenario::future::Future;
use crate::scenario::letters::Look;
use crate::scenario::problem::Problem;
use crate::scenario::problem::ScenarioError;

/// A scenario as it is, and in each of its futures.
pub(super) struct Checked {
    /// As it is.
    pub(super) scenario: Scenario,
    /// The policies that were asked for and those that were made; empty for all.
    pub(super) policies: Vec<String>,
    /// In each future, in the order of their names.
    pub(super) futures: Vec<Scenario>,
    /// What of the options has another value in a future.
    pub(super) overridden: Vec<String>,
}

impl Checked {
    /// Reads the scenario and all futures, with what the command line changes in them.
    ///
    /// # Errors
    ///
    /// Fails with every problem of the scenario and of every future, each once, and where policies cannot be made as
    /// asked.
    pub(super) fn load(
        folder: &Path,
        changes: &ChangeArguments,
        chosen: &[String],
    ) -> Result<Self, Error> {
        let mut problems: Vec<Problem> = Vec::new();
        let mut shown = String::new();
        let mut keep = |read: Result<Changed, Error>| match read {
            Ok(found) => Ok(Some(found)),
            Err(Error::Scenario(error)) => {
                shown = error.folder;
                let new: Vec<Problem> =
                    error.problems.into_iter().filter(|it| !problems.contains(it)).collect();
                problems.extend(new);
                Ok(None)
            }
            Err(error) => Err(error),
        };
        let present = keep(load::changed(folder, changes, (chosen, false), None))?;
        let (mut futures, mut overridden) = (Vec::new(), Vec::new());
        for name in Scenario::futures(folder) {
            let within = keep(load::changed(folder, changes, (chosen, true), Some(&name)))?;
            if let Some(changed) = within {
                overridden.extend(changed.overridden);
                futures.push(changed.scenario);
            }
        }
        match present {
            Some(Changed { scenario, policies, .. }) if problems.is_empty() => {
                Ok(Self { scenario, policies, futures, overridden })
            }
            _ => Err(ScenarioError { folder: shown, problems }.into()),
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
        self.named().flat_map(of_one).chain(self.of_one_title()).collect()
    }

    /// Futures whose title nobody can tell from that of an earlier one.
    fn of_one_title(&self) -> Vec<String> {
        let futures: Vec<&Future> = self.named().map(|(future, _)| future).collect();
        let looks = |future: &Future| [&future.title_en, &future.title_ko].map(|it| Look::of(it));
        let is_same = |one: &Future, other: &Future| {
            looks(one)
                .iter()
                .zip(&looks(other))
                .any(|(one, other)| one.same(other, "title").is_some())
        };
        let told = |(place, future): (usize, &&Future)| {
            let other = futures[..place].iter().find(|other| is_same(future, other))?;
            Some(format!("future `{}`: its title is that of `{}`", future.name, other.name))
        };
        futures.iter().enumerate().filter_map(told).collect()
    }

    /// What futures say and no run in them reads.
    pub(super) fn without_effect(&self) -> Vec<String> {
        let of_futures = self.futures.iter().flat_map(Scenario::future_without_effect);
        of_futures.chain(self.overridden.iter().cloned()).collect()
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
