//! Libraries of sourced parameters that a scenario may take over by name.

use crate::scenario::InputFile;

/// The libraries by name, with their texts: parameters as `parameters.toml` has them, and the unit
/// of their amounts.
pub const LIBRARIES: [(&str, &str); 1] = [("korea-ict", include_str!("korea-ict.toml"))];

/// The path of a library among the files of a scenario.
#[must_use]
pub fn path(name: &str) -> String {
    format!("libraries/{name}.toml")
}

/// The text of a library; nothing where there is none of this name.
#[must_use]
pub fn text(name: &str) -> Option<&'static str> {
    LIBRARIES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The file of a library; nothing where there is none of this name.
#[must_use]
pub fn file(name: &str) -> Option<InputFile> {
    Some(InputFile { path: path(name), bytes: text(name)?.as_bytes().to_vec() })
}
