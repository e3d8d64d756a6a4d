//! What was chosen before anybody chose anything: options of the command that wrote the page.

use serde::Deserialize;
use serde::Serialize;

use crate::explore::session::refused::Refused;

/// The file beside those of the scenario that says it.
pub const FILE: &str = "explore.json";

/// What the page starts from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Base {
    /// The seed; nothing for the scenario's own.
    pub seed: Option<u64>,
    /// The last year; nothing for the scenario's own.
    pub until: Option<u16>,
    /// Values of parameters, as text.
    pub set: Vec<(String, String)>,
    /// The future by its name; nothing for the present.
    pub future: Option<String>,
    /// How many histories there are: the page carries the draws of these alone. Nothing: any number.
    pub replications: Option<u32>,
}

impl Base {
    /// Takes it out of the files of a page; nothing is chosen where there is none.
    pub(super) fn take(texts: &mut Vec<(String, String)>) -> Result<Self, Refused> {
        let Some(place) = texts.iter().position(|(path, _)| path == FILE) else {
            return Ok(Self::default());
        };
        let (_, text) = texts.remove(place);
        serde_json::from_str(&text).map_err(|error| Refused::because(FILE, &error.to_string()))
    }

    /// As the file says it.
    ///
    /// # Errors
    ///
    /// Never, as it holds nothing that JSON cannot.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}
