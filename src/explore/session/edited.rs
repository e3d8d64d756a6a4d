//! A policy changed as the command line changes it.

use serde::Deserialize;
use serde::Serialize;

use crate::explore::session::refused::Refused;
use crate::scenario::Scenario;
use crate::scenario::edit;
use crate::scenario::edit::EditError;
use crate::scenario::edit::option;
use crate::scenario::edit::option::Alternatives;
use crate::scenario::policy_text;
use crate::scenario::read::Loader;

/// What is asked of a policy.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Edits {
    /// The policy, by its name.
    pub policy: String,
    /// Options of the command line, one each: `--set campus.opening=2030-07-01`, `--drop homes`.
    pub edits: Vec<String>,
    /// Its title in the place of the one that says what is changed.
    pub title: Option<String>,
}

/// A policy as a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EditedFile {
    /// Its name: that of the file without its ending.
    pub name: String,
    /// The text.
    pub text: String,
}

/// The changed policy, and the scenario with it where it has the title that says what is changed.
pub(super) fn edited(
    scenario: &Scenario,
    loader: &Loader<'_>,
    edits: &Edits,
) -> Result<(EditedFile, Scenario), Refused> {
    let read = |text: &String| {
        Alternatives::written(text).map_err(|message| Refused::because(text, &message))
    };
    let options = edits.edits.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let chosen = std::slice::from_ref(&edits.policy);
    let edited = edit::edited_of(scenario, loader, &option::in_order(options), chosen)?;
    let (mut made, with) = (edited.made, edited.scenario);
    let one = match (made.pop(), made.len()) {
        (Some(one), 0) => one,
        (Some(_), more) => return Err(EditError::NotOne(more + 1).into()),
        (None, _) => return Err(Refused::because("", "no change is asked for")),
    };
    let text = match &edits.title {
        Some(title) => policy_text::retitled(&one.text, title),
        None => one.text,
    };
    Ok((EditedFile { name: one.name, text }, with))
}
