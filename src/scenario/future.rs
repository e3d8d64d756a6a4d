//! A future: what the world may come to be, whatever is decided. It acts on every policy alike, the baseline too, so
//! that differences between policies stay theirs.

use crate::scenario::adjustment::Adjustment;
use crate::scenario::district::ClimateYear;
use crate::scenario::titles::Titles;

/// The folder of futures in that of a scenario, and of their results in that of a run.
pub const FOLDER: &str = "futures";
/// What the command line calls every future of a scenario.
pub const ALL: &str = "all";
/// What tables call the world without a future: a run as it is.
pub const PRESENT: &str = "present";

/// Settings of a lever that say what it is, and so are no future's.
pub const OF_THE_POLICY: [&str; 3] = ["kind", "package", "payer"];

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
    /// Settings of levers that it gives and that every policy with the lever has so already, as `hub.opening`.
    pub unchanged: Vec<String>,
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
