//! `yangjae diff`: what one policy changes against another, lever by lever.

use std::fmt::Write as _;

use crate::commands::changes::ChangeArguments;
use crate::commands::changes::Changed;
use crate::commands::error::Error;
use crate::commands::load;
use crate::commands::options;
use crate::commands::options::ScenarioBeforeNames;
use crate::report::tables::table::csv_line;
use crate::report::text::console;
use crate::scenario::Scenario;
use crate::scenario::difference::Change;
use crate::scenario::difference::difference;
use crate::scenario::difference::in_scenario;
use crate::scenario::edit::EditError;
use crate::scenario::money::Money;
use crate::scenario::money::said;

/// Arguments of `diff`.
#[derive(Clone, Debug, clap::Args)]
#[command(override_usage = "yangjae diff [OPTIONS] [SCENARIO] POLICY OTHER_POLICY")]
pub struct Arguments {
    /// The policy that is changed; of three names, the folder of the scenario
    #[arg(value_name = "POLICY")]
    first: String,
    /// The policy that changes it; of three names, the one that is changed. May be left out where options make
    /// policies of the first
    #[arg(value_name = "OTHER_POLICY", required_unless_present_any = ["set", "delay", "scale", "add", "drop"])]
    second: Option<String>,
    /// Of three names, the policy that changes it
    #[arg(value_name = "THIRD")]
    third: Option<String>,
    /// The scenario.
    #[command(flatten)]
    pub scenario: ScenarioBeforeNames,
    /// Values of parameters, the last year, and policies made from the first.
    #[command(flatten)]
    pub replaced: ChangeArguments,
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
    let words: Vec<&String> = std::iter::once(&arguments.first)
        .chain(&arguments.second)
        .chain(&arguments.third)
        .collect();
    let replaced = &arguments.replaced;
    let (folder, names) = arguments.scenario.split(&words, (1, 2))?;
    let folder = &folder.unwrap_or_else(options::default_scenario);
    let Some((&from, to)) = names.split_first() else {
        return Err(EditError::Policy("name the policy that is changed".to_owned()).into());
    };
    let changed = replaced.load(&replaced.loader(folder), std::slice::from_ref(from), false);
    let Changed { scenario, made, .. } = changed.map_err(|error| load::by_option(error, folder))?;
    let mut names: Vec<&String> = to.to_vec();
    for made in &made {
        if !names.contains(&&made.name) {
            names.push(&made.name);
        }
    }
    match names.len() {
        0 => {
            let message = "name a policy to compare with, or change the first by `--set LEVER.SETTING=VALUE`, \
                           `--delay`, `--scale`, `--add` or `--drop`";
            return Err(EditError::Policy(message.to_owned()).into());
        }
        // Rows do not say of which policy they are.
        several if several > 1 && arguments.csv => return Err(EditError::NotOne(several).into()),
        _ => {}
    }
    let several = names.len() > 1;
    for name in names {
        if several {
            console::print(&format!("{name}\n"))?;
        }
        console::print(&compared(&scenario, from, name, arguments.csv)?)?;
    }
    Ok(())
}

/// What one policy changes against another, as text.
fn compared(scenario: &Scenario, from: &str, to: &str, as_csv: bool) -> Result<String, Error> {
    let from = load::policy(scenario, from)?;
    let to = load::policy(scenario, to)?;
    let changes = in_scenario(difference(&scenario.register, from, to), scenario);
    if as_csv {
        return Ok(csv(&changes, &scenario.money));
    }
    let mut text = if changes.is_empty() {
        format!("`{}` and `{}` do the same\n", from.name, to.name)
    } else {
        table(&changes, &scenario.money)
    };
    for policy in [from, to].into_iter().filter(|policy| policy.counterfactual) {
        let _ = writeln!(text, "`{}` is a counterfactual, which cannot be chosen", policy.name);
    }
    Ok(text)
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
