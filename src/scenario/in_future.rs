//! A scenario in a future: which there are, what is known of the climate, and what nothing reads.

use std::path::Path;

use crate::scenario::ParameterValue;
use crate::scenario::Scenario;
use crate::scenario::adjustment::Adjustment;
use crate::scenario::district::ClimateYear;
use crate::scenario::file;
use crate::scenario::future::FOLDER;
use crate::scenario::inert;

impl Scenario {
    /// The names of the futures in a scenario's folder, in order.
    #[must_use]
    pub fn futures(folder: &Path) -> Vec<String> {
        let names = file::names_in(&folder.join(FOLDER)).unwrap_or_default();
        let futures = names.iter().filter(|name| file::is_policy(name));
        futures.filter_map(|name| name.strip_suffix(".toml").map(str::to_owned)).collect()
    }

    /// What its future says and no simulation reads: a sentence each.
    #[must_use]
    pub fn future_without_effect(&self) -> Vec<String> {
        let Some(future) = &self.future else { return Vec::new() };
        let name = &future.name;
        if future.is_nothing() {
            return vec![format!("future `{name}`: it changes nothing")];
        }
        let changes = future.adjustments.iter().filter_map(|change| {
            let spec = self.register.get(change.parameter)?;
            let why = inert::idle_change(self, change).or_else(|| inert::unread(self, spec))?;
            Some(format!("future `{name}`: the change of `{}`: {why}", spec.name))
        });
        let late = future.climate.iter().filter(|given| given.year > self.last_year);
        let late = late.map(|given| {
            format!(
                "future `{name}`: climate of {}: after the last year, {}",
                given.year, self.last_year
            )
        });
        let unchanged = future.unchanged.iter().map(|setting| {
            format!("future `{name}`: the change of `{setting}`: it leaves the value as it is")
        });
        let is_there = |lever: &&String| {
            self.policies.iter().any(|policy| policy.written.iter().any(|it| it.name == **lever))
        };
        let absent = future.levers.iter().filter(|lever| !is_there(lever));
        let absent =
            absent.map(|lever| format!("future `{name}`: no policy here has the lever `{lever}`"));
        changes.chain(unchanged).chain(late).chain(absent).collect()
    }

    /// The years whose investment climate is not by chance: those known at the vantage date, and those that a
    /// future gives.
    pub fn known_climate(&self) -> impl Iterator<Item = ClimateYear> {
        let known = |known: &&ClimateYear| known.year <= self.vantage.year;
        let given = self.future.iter().flat_map(|future| &future.climate);
        self.district.climate.iter().filter(known).chain(given).copied()
    }

    /// What it states of a parameter, with what its future makes of it in every year: for what is reckoned of all
    /// years at once. A change that is dated acts in its years only, and not here.
    #[must_use]
    pub fn parameter_throughout(&self, name: &str) -> Option<ParameterValue> {
        let place = self.register.position(name)?;
        let (spec, mut stated) = (self.register.get(place)?, self.parameters.get(place)?.clone());
        let changes = self.future.iter().flat_map(|future| &future.adjustments);
        let throughout = |change: &&Adjustment| {
            change.parameter == place && self.years().all(|year| change.holds_in(year))
        };
        for change in changes.filter(throughout) {
            for value in [&mut stated.value, &mut stated.low, &mut stated.high] {
                *value = change.value(*value, spec);
            }
        }
        Some(stated)
    }
}
