//! `posterior.json`: from which observed figures the draws beside it were made, so that new figures are not taken for
//! known.

use std::fmt::Write as _;
use std::io::ErrorKind;
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
    /// The last year of the figures they are fitted to, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit_until: Option<u16>,
    /// How many figures they are fitted to.
    pub figures: usize,
    /// A digest of these figures: metric, place, period, value and tolerance of each.
    pub observed: String,
}

impl PosteriorOrigin {
    /// Of draws that were fitted to the figures of a scenario, those up to a year where one is given.
    #[must_use]
    pub fn of(draws: &str, scenario: &Scenario, fit_until: Option<u16>) -> Self {
        let figures = fitted(scenario, fit_until);
        Self {
            program: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            seed: scenario.seed,
            posterior: Fingerprint::of(draws.as_bytes()).to_string(),
            fit_until,
            figures: figures.len(),
            observed: digest(&figures),
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

fn fitted(scenario: &Scenario, fit_until: Option<u16>) -> Vec<&Observation> {
    scenario.observed.iter().filter(|row| row.is_up_to(fit_until)).collect()
}

fn digest(figures: &[&Observation]) -> String {
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

/// Why draws may not be those of a scenario's observed figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// They were made from others.
    OtherFigures,
    /// The file beside them is of other draws.
    OtherDraws,
    /// The file beside them cannot be read.
    Unreadable,
}

impl Doubt {
    /// In a sentence, with the remedy.
    #[must_use]
    pub const fn told(self) -> &'static str {
        match self {
            Self::OtherFigures => {
                "the posterior was made from other observed figures than the scenario has now; `yangjae calibrate \
                 --install` makes one from these"
            }
            Self::OtherDraws => {
                "posterior.json is of other draws than posterior.csv has, so that it is not known from which observed \
                 figures these were made; `yangjae calibrate --install` makes both anew"
            }
            Self::Unreadable => {
                "posterior.json cannot be read, so that it is not known from which observed figures posterior.csv was \
                 made; `yangjae calibrate --install` makes both anew"
            }
        }
    }
}

/// What is doubtful about the posterior of a scenario. Nothing is known where it has none, or no such file beside it.
#[must_use]
pub fn doubt(folder: &Path, scenario: &Scenario) -> Option<Doubt> {
    scenario.posterior.as_ref()?;
    let bytes = match manifest::read_file(&folder.join(FILE)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        Err(_) => return Some(Doubt::Unreadable),
        Ok(bytes) => bytes,
    };
    let Ok(origin) = serde_json::from_slice::<PosteriorOrigin>(&bytes) else {
        return Some(Doubt::Unreadable);
    };
    let is_it = |bytes: &[u8]| Fingerprint::of(bytes).to_string() == origin.posterior;
    if !scenario.inputs.iter().any(|input| is_it(&input.bytes)) {
        return Some(Doubt::OtherDraws);
    }
    let is_same = digest(&fitted(scenario, origin.fit_until)) == origin.observed;
    (!is_same).then_some(Doubt::OtherFigures)
}
