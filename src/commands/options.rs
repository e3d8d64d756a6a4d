//! Options that several commands take, and how their values are read.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::PathBufValueParser;
use clap::builder::TypedValueParser;

use crate::scenario::letters;

/// The scenario that a command takes when none is named.
pub const DEFAULT_SCENARIO: &str = "scenarios/yangjae";

/// Values of parameters that replace those of the scenario.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct SetArguments {
    /// Give a parameter another value, which then does not vary (repeatable)
    #[arg(long = "set", value_name = "PARAMETER=VALUE", value_parser = parameter_and_value)]
    pub set: Vec<(String, String)>,
    /// Cut the years short
    #[arg(long, value_name = "YEAR")]
    pub until: Option<u16>,
}

/// A seed.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("expected a whole number from 0 to {}", u64::MAX))
}

/// A number of replications from which intervals can be told.
pub(super) fn at_least_20(text: &str) -> Result<usize, String> {
    let number = text.parse::<usize>().ok().filter(|number| (20..=100_000).contains(number));
    number.ok_or_else(|| "expected a whole number from 20 to 100000".to_owned())
}

/// The most threads: more than any machine has use for, and as many as start in no time.
const MOST_THREADS: usize = 1_024;

/// A number of threads.
pub(super) fn threads(text: &str) -> Result<NonZeroUsize, String> {
    let number = text.parse::<NonZeroUsize>().ok().filter(|number| number.get() <= MOST_THREADS);
    number.ok_or_else(|| format!("expected a whole number from 1 to {MOST_THREADS}"))
}

/// A folder to write to, by a name that can be shown.
pub(super) fn output() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| one_line(&path.to_string_lossy()).map(|()| path))
}

/// Refuses a text that is no plain line: one with a line end, a tab, or a letter that no text may hold.
pub(super) fn one_line(text: &str) -> Result<(), String> {
    let line = || text.contains(['\n', '\t']).then(|| "it holds a line end or tab".to_owned());
    letters::fault(text).or_else(line).map_or(Ok(()), Err)
}

/// Splits `PARAMETER=VALUE`.
pub(super) fn parameter_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` lacks a value; write PARAMETER=VALUE"))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}
