//! Files in a scenario's folder that look like inputs and that nothing reads.

use std::path::Path;

use crate::scenario::InputFile;
use crate::scenario::file;
use crate::scenario::future;
use crate::scenario::letters;
use crate::scenario::nearest::nearest;
use crate::scenario::titles::LANGUAGES;

/// The published figures that sources cite by their ids: for readers.
const FACTS: &str = "facts.csv";
/// The folder of policies.
const POLICIES: &str = "policies";
/// The folder of futures, which are read where they are asked for.
const FUTURES: &str = future::FOLDER;
/// Parts of a name, after a dot, by which a file looks like an input.
const OF_INPUTS: [&str; 9] = ["toml", "tml", "tom", "csv", "tsv", "xls", "xlsm", "xlsx", "ods"];
/// Last parts of the names of copies.
const OF_COPIES: [&str; 6] = ["bak", "old", "orig", "swo", "swp", "tmp"];

/// A sentence for each file that is not among those read, and looks as if it should be; one for all
/// hidden files and copies, which editors leave.
pub(super) fn unread(folder: &Path, read: &[InputFile]) -> Vec<String> {
    let mut found = Vec::new();
    let mut copies = Vec::new();
    for within in ["", POLICIES, FUTURES, LANGUAGES] {
        let names = file::names_in(&folder.join(within)).unwrap_or_default();
        for name in &names {
            let path = if within.is_empty() { name.clone() } else { format!("{within}/{name}") };
            // Some systems give a file under its name in other letters.
            let is_it = |input: &InputFile| {
                let own = input.path.rsplit('/').next().unwrap_or_default();
                input.path == path
                    || input.path.eq_ignore_ascii_case(&path)
                        && names.iter().all(|other| other != own)
            };
            if read.iter().any(is_it) || within == FUTURES && file::is_policy(name) {
                continue;
            }
            let at = folder.join(&path);
            if at.is_dir() {
                let what =
                    if within.is_empty() { meant(folder, name, &names) } else { Some(within) };
                // That of policies in a folder of their own is told as a mistake.
                let is_meant = |what: &&str| name.eq_ignore_ascii_case(what) || holds_toml(&at);
                if let Some(what) = what.filter(is_meant).filter(|_| within != POLICIES) {
                    found.push(format!("folder {}: {what} are read from {what}/", shown(&path)));
                }
            } else if !is_like_input(name) || path == FACTS {
            } else if is_copy(name) {
                copies.push(shown(&path));
            } else {
                found.push(format!("file {}: {}", shown(&path), why(within, name)));
            }
        }
    }
    if !copies.is_empty() {
        found.push(format!("hidden files and copies: {}", copies.join(", ")));
    }
    found
}

/// The folder of inputs that a folder beside it by another name may be meant for: `futures` for `future`.
fn meant(folder: &Path, name: &str, names: &[String]) -> Option<&'static str> {
    let folders = [POLICIES, FUTURES, LANGUAGES];
    let one = [("policy", POLICIES), ("future", FUTURES), ("language", LANGUAGES)];
    let small = name.to_lowercase();
    let meant = one.iter().find(|(one, _)| small == *one).map(|(_, many)| *many);
    let meant = meant.or_else(|| nearest(&small, folders)).filter(|meant| *meant != name)?;
    // Some systems give a folder under its name in other letters.
    let is_it = name.eq_ignore_ascii_case(meant)
        && names.iter().all(|other| other != meant)
        && folder.join(meant).is_dir();
    (!is_it).then_some(meant)
}

/// Whether a folder holds a file that looks like an input in TOML.
fn holds_toml(folder: &Path) -> bool {
    let names = file::names_in(folder).unwrap_or_default();
    names.iter().any(|name| name.to_lowercase().ends_with(".toml"))
}

/// What a scenario reads instead.
fn why(within: &str, name: &str) -> &'static str {
    if within == POLICIES {
        "a policy is a file NAME.toml"
    } else if within == FUTURES {
        "a future is a file NAME.toml"
    } else if within == LANGUAGES {
        "a language is a file TAG.toml"
    } else if parts(name).iter().any(|part| ["toml", "tml", "tom"].contains(&part.as_str())) {
        "a scenario reads scenario.toml, district.toml, parameters.toml and policies/NAME.toml"
    } else {
        "a scenario reads the tables observed.csv and the file that `posterior` names, both as CSV"
    }
}

fn parts(name: &str) -> Vec<String> {
    name.to_lowercase().split('.').map(|part| part.trim_matches(['~', '#']).to_owned()).collect()
}

fn is_like_input(name: &str) -> bool {
    parts(name).iter().skip(1).any(|part| OF_INPUTS.contains(&part.as_str()))
}

fn is_copy(name: &str) -> bool {
    let ends = parts(name).last().is_some_and(|part| OF_COPIES.contains(&part.as_str()));
    name.starts_with(['.', '#', '~']) || name.ends_with(['~', '#']) || ends
}

/// A name as it may stand in results.
fn shown(name: &str) -> String {
    letters::fault(name).map_or_else(|| name.to_owned(), |_| name.escape_debug().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_look_like_inputs_are_told_from_others_and_from_copies() {
        for (name, like, copy) in [
            ("extra.toml", true, false),
            ("Scenario.toml", true, false),
            ("x.tml", true, false),
            ("draws.CSV", true, false),
            ("observed.xlsx", true, false),
            ("~$observed.xlsx", true, true),
            ("observed.tsv", true, false),
            (".x.toml", true, true),
            ("x.toml~", true, true),
            ("#x.toml#", true, true),
            (".x.toml.swp", true, true),
            ("x.toml.bak", true, true),
            ("x.toml.txt", true, false),
            ("README.md", false, false),
            ("report.png", false, false),
            ("toml", false, false),
            (".git", false, true),
        ] {
            assert_eq!((is_like_input(name), is_copy(name)), (like, copy), "{name}");
        }
        assert_eq!(shown("it's"), "it's");
        assert_eq!(shown("a\u{1b}"), "a\\u{1b}");
    }
}
