//! A future: what the world may come to be, whatever is decided. It acts on every policy alike, the baseline too, so
//! that differences between policies stay theirs.

use std::path::Path;

use crate::scenario::ParameterValue;
use crate::scenario::Scenario;
use crate::scenario::adjustment::Adjustment;
use crate::scenario::district::ClimateYear;
use crate::scenario::file;
use crate::scenario::inert;
use crate::scenario::titles::Titles;

/// The folder of futures in that of a scenario, and of their results in that of a run.
pub const FOLDER: &str = "futures";
/// What the command line calls every future of a scenario.
pub const ALL: &str = "all";
/// What tables call the world without a future: a run as it is.
pub const PRESENT: &str = "present";

/// A future of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Future {
    /// The file's name without its ending.
    pub name: String,
    /// Title for people, English.
    pub title_en: String,
    /// Title for people, Korean.
    pub title_ko: String,
    /// Titles in further languages.
    pub titles: Titles,
    /// What it stands for.
    pub description: String,
    /// Where its figures are from.
    pub source: String,
    /// Parameters that it changes under every policy, in the order of the file. They act on the value that each
    /// replication draws, before what a policy itself changes.
    pub adjustments: Vec<Adjustment>,
    /// Years whose investment climate it gives, rising: after the vantage date, else by chance.
    pub climate: Vec<ClimateYear>,
    /// Levers of which it changes settings in each policy that has them.
    pub levers: Vec<String>,
}

impl Future {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.adjustments.is_empty() && self.climate.is_empty() && self.levers.is_empty()
    }
}

/// The file of a future in its scenario's folder.
pub(super) fn path(name: &str) -> String {
    format!("{FOLDER}/{name}.toml")
}

/// The name of the future whose file this is.
#[must_use]
pub fn name_of(path: &str) -> Option<&str> {
    path.strip_prefix(FOLDER)?.strip_prefix('/')?.strip_suffix(".toml")
}

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
        let is_there = |lever: &&String| {
            self.policies.iter().any(|policy| policy.written.iter().any(|it| it.name == **lever))
        };
        let absent = future.levers.iter().filter(|lever| !is_there(lever));
        let absent =
            absent.map(|lever| format!("future `{name}`: no policy here has the lever `{lever}`"));
        changes.chain(late).chain(absent).collect()
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
