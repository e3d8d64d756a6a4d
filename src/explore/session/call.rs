//! What is asked and answered as text: JSON.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use crate::explore::session::Session;
use crate::explore::session::edited::Edits;
use crate::explore::session::live::Choice;
use crate::explore::session::refused::Refused;
use crate::explore::session::replay::Replay;

/// What is asked.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// [`Session::open`].
    Open {
        /// Texts by path.
        files: BTreeMap<String, String>,
        /// The scenario's name.
        name: String,
    },
    /// [`Session::configure`].
    Configure(Choice),
    /// [`Session::edited`].
    Edited(Edits),
    /// [`Session::replay`].
    Replay(Replay),
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Whether it was done; otherwise the text says why not.
    pub done: bool,
    /// JSON.
    pub text: String,
}

impl Session {
    /// Does what a text asks, as `{"edited": {"policy": "full-plan", "edits": ["--drop homes"]}}`.
    pub fn call(&mut self, text: &str) -> Answer {
        let call = serde_json::from_str(text);
        let call = call.map_err(|error| Refused::because("", &error.to_string()));
        let answer = call.and_then(|call| match call {
            Call::Open { files, name } => self.open(files, &name).and_then(|()| written(&())),
            Call::Configure(choice) => self.configure(&choice).and_then(|setup| written(&setup)),
            Call::Edited(edits) => self.edited(&edits).and_then(|file| written(&file)),
            Call::Replay(replay) => self.replay(&replay).and_then(|told| written(&told)),
        });
        match answer {
            Ok(text) => Answer { done: true, text },
            Err(refused) => {
                let text = written(&refused).unwrap_or_else(|_| "null".to_owned());
                Answer { done: false, text }
            }
        }
    }
}

fn written(answer: &impl Serialize) -> Result<String, Refused> {
    serde_json::to_string(answer).map_err(|error| Refused::because("", &error.to_string()))
}
