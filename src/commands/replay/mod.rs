//! `yangjae replay`: one replication of a policy beside that of the baseline, firm by firm.

mod biography;
mod cause;
mod overview;
mod twins;
mod words;

use crate::commands::changes::ChangeArguments;
use crate::commands::error::Error;
use crate::commands::error::placed;
use crate::commands::load;
use crate::commands::options;
use crate::commands::options::ScenarioArgument;
use crate::commands::replay::twins::Twins;
use crate::pipeline::engine::Engine;
use crate::pipeline::study::StudyEngine;
use crate::report::tables::events::Event;
use crate::report::tables::table::header_line;
use crate::report::tables::table::row_line;
use crate::report::text::console;
use crate::scenario::Scenario;

/// Arguments of `replay`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Policy whose replication is told
    #[arg(long, value_name = "NAME")]
    pub policy: String,
    /// Which replication: its number, from 0; any number will do
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub replication: u32,
    /// Tell the life of this firm, by its name in events.csv; absent: what differs, year by year
    #[arg(long, value_name = "FIRM")]
    pub firm: Option<String>,
    /// Tell of this year only; without a firm: which firms differ at its end
    #[arg(long, value_name = "YEAR")]
    pub year: Option<u16>,
    /// The scenario.
    #[command(flatten)]
    pub scenario: ScenarioArgument,
    /// Draw all chance from this seed instead of the scenario's
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = options::seed)]
    pub seed: Option<u64>,
    /// Values of parameters, the last year, and a policy made from the one that is named.
    #[command(flatten)]
    pub replaced: ChangeArguments,
    /// How many firms to list
    #[arg(long, value_name = "N", default_value_t = 15)]
    pub most: usize,
    /// Print the events of both simulations as CSV, with the columns of events.csv
    #[arg(long)]
    pub csv: bool,
}

/// Tells the simulation.
///
/// # Errors
///
/// Fails if the scenario has problems or lacks the policy, the simulation has no such firm or year,
/// or an account does not close.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let replaced = &arguments.replaced;
    let folder = &arguments.scenario.folder();
    let loaded = replaced.load_one(&replaced.loader(folder), &arguments.policy, false);
    let (mut scenario, policy) = loaded.map_err(|error| load::by_option(error, folder))?;
    let arguments = &Arguments { policy, ..arguments.clone() };
    scenario.seed = arguments.seed.unwrap_or(scenario.seed);
    load::tell_unread_set(&scenario, false);
    tell(&scenario, arguments).map_err(|error| placed(error, &scenario, folder))
}

/// Tells a simulation of the scenario.
fn tell(scenario: &Scenario, arguments: &Arguments) -> Result<(), Error> {
    let names = || scenario.policies.iter().map(|policy| policy.name.as_str());
    let place = names().position(|name| name == arguments.policy);
    let place = place.ok_or_else(|| Error::unknown("policy", &arguments.policy, names()))?;
    if let Some(year) = arguments.year.filter(|year| !scenario.years().contains(year)) {
        return Err(Error::UnknownName {
            what: "simulated year",
            name: year.to_string(),
            hint: format!("; there are {} to {}", scenario.first_year, scenario.last_year),
        });
    }
    if arguments.csv {
        return csv(scenario, place, arguments);
    }
    if place == scenario.baseline {
        let text = format!("`{}` is the baseline: its twin is itself\n", arguments.policy);
        return Ok(console::print(&text)?);
    }
    let twins = Twins::simulate(scenario, place, arguments.replication)?;
    let text = match &arguments.firm {
        Some(name) => biography::tell(&twins, twins.firm(name)?, arguments.year),
        None => overview::tell(&twins, arguments.year, arguments.most),
    };
    Ok(console::print(&text)?)
}

/// The events of both simulations, the baseline's first; of one firm or year where asked.
fn csv(scenario: &Scenario, policy: usize, arguments: &Arguments) -> Result<(), Error> {
    let engine = StudyEngine::new(scenario);
    let mut workspace = engine.workspace();
    let mut both = vec![scenario.baseline, policy];
    both.dedup();
    let mut text = header_line::<Event<'_>>();
    for place in both {
        for row in engine.events(place, arguments.replication, &mut workspace)? {
            let wanted = arguments.firm.as_ref().is_none_or(|firm| *firm == row.entity)
                && arguments.year.is_none_or(|year| year == row.year);
            if !wanted {
                continue;
            }
            text.push_str(&row_line::<Event<'_>>(&(&row).into()));
        }
    }
    Ok(console::print(&text)?)
}
