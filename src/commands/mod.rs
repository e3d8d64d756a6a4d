//! What the program does, a command a file.

pub mod interrupt;
pub mod run;

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

/// Splits `PARAMETER=VALUE`.
fn parameter_and_value(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` lacks a value; write PARAMETER=VALUE"))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}
