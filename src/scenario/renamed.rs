//! THE REGISTER OF OLD NAMES: what flags, keys, columns and words were called before.
//!
//! Whoever uses an old name is told the new one. The table of names in `CHANGELOG.md` is compared with it.

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A flag of the command line.
    Flag,
    /// A word after a flag.
    Word,
    /// A key of a scenario's file.
    Key,
    /// A column of a table of results.
    Column,
}

/// A name that is no more.
#[derive(Clone, Copy, Debug)]
pub struct Renamed {
    /// What it was of.
    pub of: Of,
    /// Where: the command, the file.
    pub place: &'static str,
    /// The old name.
    pub before: &'static str,
    /// The new name.
    pub now: &'static str,
}

const fn renamed(of: Of, place: &'static str, before: &'static str, now: &'static str) -> Renamed {
    Renamed { of, place, before, now }
}

/// Every old name.
pub const RENAMED: &[Renamed] = &[
    renamed(Of::Flag, "validate", "--firm-histories", "--firm-replications"),
    renamed(Of::Flag, "noise", "--thetas", "--parameter-draws"),
    renamed(Of::Flag, "noise", "--lucks", "--streams"),
    renamed(Of::Word, "--csv-dialect", "contract", "standard"),
    renamed(Of::Key, "scenario.toml", "history", "actual_policy"),
    renamed(Of::Column, "sensitivity.csv", "told_by_record", "identification"),
    renamed(Of::Column, "sensitivity.csv", "named", "significant"),
    renamed(Of::Column, "generations.csv", "lucks_moved", "streams_moved"),
];

/// What an old name is called now.
#[must_use]
pub fn now(of: Of, place: &str, before: &str) -> Option<&'static str> {
    let mut all = RENAMED.iter();
    all.find(|old| old.of == of && old.place == place && old.before == before).map(|old| old.now)
}

/// What a name of a kind is called now, wherever it was, as a hint has it.
#[must_use]
pub fn hint(of: Of, before: &str) -> Option<String> {
    let old = RENAMED.iter().find(|old| old.of == of && old.before == before)?;
    Some(format!("`{}` of {} is now `{}`", old.before, old.place, old.now))
}

/// Old names of one kind, as a sentence has them: `` `before` in PLACE is now `now` ``.
#[must_use]
pub fn told(of: Of) -> String {
    let all = RENAMED.iter().filter(|old| old.of == of);
    let each = all.map(|old| format!("`{}` in {} is now `{}`", old.before, old.place, old.now));
    each.collect::<Vec<_>>().join("; ")
}
