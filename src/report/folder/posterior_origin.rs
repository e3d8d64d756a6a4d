//! `posterior.json`: from which observed figures the draws beside it were made, so that new figures are not taken for
//! known.

use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;
use serde::Serialize;

use crate::experiment::fingerprint::Fingerprint;
use crate::report::folder::manifest;
use crate::scenario::Observation;
use crate::scenario::Scenario;

/// The file.
pub const FILE: &str = "posterior.json";

/// From what draws were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PosteriorOrigin {
    /// The program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The seed.
    pub seed: u64,
    /// SHA-256 of the draws, in hexadecimal digits.
    pub posterior: String,
    /// How many figures they are fitted to.
    pub figures: usize,
    /// A digest of these figures: metric, place, period, value and tolerance of each.
    pub observed: String,
}

impl PosteriorOrigin {
    /// Of draws that were fitted to some figures.
    #[must_use]
    pub fn of(draws: &str, figures: &[Observation], seed: u64) -> Self {
        Self {
            program: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            seed,
            posterior: Fingerprint::of(draws.as_bytes()).to_string(),
            figures: figures.len(),
            observed: digest(figures),
        }
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

fn digest(figures: &[Observation]) -> String {
    let mut text = String::new();
    for of in figures {
        // Debug text of numbers reads back to the same numbers, so it tells them apart.
        let _ = writeln!(
            text,
            "{}\t{}\t{}\t{:?}\t{:?}",
            of.metric,
            of.place,
            of.period(),
            of.value,
            of.tolerance
        );
    }
    Fingerprint::of(text.as_bytes()).to_string()
}

/// Whether the posterior of a scenario is known to be made from other figures than the scenario has. Nothing is known
/// where the draws have no such file beside them, or another's.
#[must_use]
pub fn is_of_other_figures(folder: &Path, scenario: &Scenario) -> bool {
    let read = manifest::read_file(&folder.join(FILE)).ok();
    let origin = read.and_then(|bytes| serde_json::from_slice::<PosteriorOrigin>(&bytes).ok());
    origin.is_some_and(|origin| {
        let is_it = |bytes: &[u8]| Fingerprint::of(bytes).to_string() == origin.posterior;
        scenario.posterior.is_some()
            && scenario.inputs.iter().any(|input| is_it(&input.bytes))
            && digest(&scenario.observed) != origin.observed
    })
}
