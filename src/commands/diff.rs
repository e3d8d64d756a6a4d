//! `yangjae diff`: what one policy changes against another, lever by lever.

use crate::commands::error::Error;
use crate::commands::load;
use crate::commands::options;
use crate::commands::options::ScenarioBeforeNames;
use crate::report::tables::table::csv_line;
use crate::report::text::console;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::difference::Change;
use crate::scenario::difference::difference;
use crate::scenario::difference::in_scenario;
use crate::scenario::money::Money;
use crate::scenario::money::said;

/// Arguments of `diff`.
#[derive(Clone, Debug, clap::Args)]
#[command(override_usage = "yangjae diff [OPTIONS] [SCENARIO] POLICY OTHER_POLICY")]
pub struct Arguments {
    /// The policy that is changed; of three names, the folder of the scenario
    #[arg(value_name = "POLICY")]
    first: String,
    /// The policy that changes it; of three names, the one that is changed
    #[arg(value_name = "OTHER_POLICY")]
    second: String,
    /// Of three names, the policy that changes it
    #[arg(value_name = "THIRD")]
    third: Option<String>,
    /// The scenario.
    #[command(flatten)]
    pub scenario: ScenarioBeforeNames,
    /// Print CSV, to paste into a spreadsheet
    #[arg(long)]
    pub csv: bool,
}

/// Prints the changes.
///
/// # Errors
///
/// Fails if the scenario has problems or lacks one of the policies.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let Arguments { first, second, third, .. } = arguments;
    let (words, names) = match third {
        Some(third) => (vec![first, second, third], [second, third]),
        None => (vec![first, second], [first, second]),
    };
    let (folder, _) = arguments.scenario.split(&words, (2, 2))?;
    let scenario = load::load(&folder.unwrap_or_else(options::default_scenario), &[], None)?;
    let [from, to] = [policy(&scenario, names[0])?, policy(&scenario, names[1])?];
    let changes = in_scenario(difference(&scenario.register, from, to), &scenario);
    let text = if arguments.csv {
        csv(&changes, &scenario.money)
    } else if changes.is_empty() {
        format!("`{}` and `{}` do the same\n", from.name, to.name)
    } else {
        table(&changes, &scenario.money)
    };
    Ok(console::print(&text)?)
}

/// The policy of this name.
fn policy<'s>(scenario: &'s Scenario, name: &str) -> Result<&'s Policy, Error> {
    let names = || scenario.policies.iter().map(|policy| policy.name.as_str());
    let found = scenario.policies.iter().find(|policy| policy.name == name);
    found.ok_or_else(|| Error::unknown("policy", name, names()))
}

const HEADER: [&str; 6] = ["lever", "setting", "from", "to", "unit", "year"];

fn cells(change: &Change, money: &Money) -> [String; 6] {
    [
        change.lever.clone(),
        change.setting.to_string(),
        change.from.clone(),
        change.to.clone(),
        said(change.unit, Some(money)).into_owned(),
        change.year.map_or_else(String::new, |year| year.to_string()),
    ]
}

/// The changes in columns; an absent value is a dash.
fn table(changes: &[Change], money: &Money) -> String {
    let dashed = |cell: String| if cell.is_empty() { "-".to_owned() } else { cell };
    let rows: Vec<[String; 6]> =
        changes.iter().map(|change| cells(change, money).map(dashed)).collect();
    console::table(HEADER, &rows)
}

/// The changes as CSV; an absent value is an empty cell.
fn csv(changes: &[Change], money: &Money) -> String {
    let rows =
        changes.iter().map(|change| csv_line(&cells(change, money).each_ref().map(String::as_str)));
    std::iter::once(csv_line(&HEADER)).chain(rows).collect()
}
