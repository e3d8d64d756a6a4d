//! `yangjae replay`: one history beside its twin in the baseline, firm by firm.

mod biography;
mod cause;
mod overview;
mod words;

use std::path::PathBuf;

use crate::analysis::layout::Layout;
use crate::analysis::layout::Table;
use crate::analysis::served;
use crate::analysis::story::Lives;
use crate::analysis::study::Study;
use crate::analysis::study::Workspace;
use crate::commands;
use crate::commands::DEFAULT_SCENARIO;
use crate::commands::Error;
use crate::commands::SetArguments;
use crate::commands::run::Engine;
use crate::commands::run::StudyEngine;
use crate::commands::run::member;
use crate::model::id::FirmId;
use crate::policy::area::Area;
use crate::policy::slot::LeverSlot;
use crate::report::tables::events;
use crate::report::tables::table::csv_line;
use crate::report::text::console;
use crate::scenario::Policy;
use crate::scenario::Scenario;

/// Arguments of `replay`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Policy whose history is told
    #[arg(long, value_name = "NAME")]
    pub policy: String,
    /// Which history: the number of a replication, from 0; any number will do
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub replication: u32,
    /// Tell the life of this firm, by its name in events.csv; absent: what differs, year by year
    #[arg(long, value_name = "FIRM")]
    pub firm: Option<String>,
    /// Tell of this year only; without a firm: which firms differ at its end
    #[arg(long, value_name = "YEAR")]
    pub year: Option<u16>,
    /// Folder of the scenario
    #[arg(long, value_name = "DIR", default_value = DEFAULT_SCENARIO)]
    pub scenario: PathBuf,
    /// Draw all chance from this seed instead of the scenario's
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = commands::seed)]
    pub seed: Option<u64>,
    /// Values of parameters, and the last year.
    #[command(flatten)]
    pub replaced: SetArguments,
    /// How many firms to list
    #[arg(long, value_name = "N", default_value_t = 15)]
    pub most: usize,
    /// Print the events of both histories as CSV, with the columns of events.csv
    #[arg(long)]
    pub csv: bool,
}

/// A history and its twin.
pub(super) struct Twins<'s> {
    pub(super) scenario: &'s Scenario,
    pub(super) replication: u32,
    pub(super) policy: &'s Policy,
    pub(super) baseline: &'s Policy,
    /// The lives under the policy, and in the baseline.
    pub(super) lives: [Lives; 2],
    /// The metrics of both.
    layouts: [Layout; 2],
    values: [Vec<f64>; 2],
    /// The facilities of the scenario by number.
    facilities: Vec<LeverSlot>,
    /// Levers in which the two differ, a bit each by slot.
    pub(super) differing: u64,
}

/// Tells the history.
///
/// # Errors
///
/// Fails if the scenario has problems or lacks the policy, the history has no such firm or year,
/// or an account does not close.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let replaced = &arguments.replaced;
    let mut scenario =
        commands::load_by_option(&arguments.scenario, &replaced.set, replaced.until)?;
    scenario.seed = arguments.seed.unwrap_or(scenario.seed);
    tell(&scenario, arguments)
        .map_err(|error| commands::placed(error, &scenario, &arguments.scenario))
}

/// Tells a history of the scenario.
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

impl<'s> Twins<'s> {
    fn simulate(scenario: &'s Scenario, policy: usize, replication: u32) -> Result<Self, Error> {
        let (policy, baseline) =
            (&scenario.policies[policy], &scenario.policies[scenario.baseline]);
        let study = Study::new(scenario, vec![member(policy)], member(baseline));
        let mut values = study.replicate(replication, &mut Workspace::default())?;
        let years = scenario.years().count();
        let lives = |place| {
            let events = study.events(place, replication)?;
            Ok::<Lives, Error>(Lives::of(&events, scenario.first_year, years))
        };
        let lives = [lives(1)?, lives(0)?];
        let layouts = study.layouts();
        let mut take = |place: usize| (std::mem::take(&mut values[place]), layouts[place].clone());
        let (there, otherwise) = (take(1), take(0));
        let one_sided = served::slots(&policy.plan) ^ served::slots(&baseline.plan);
        Ok(Self {
            scenario,
            replication,
            policy,
            baseline,
            lives,
            layouts: [there.1, otherwise.1],
            values: [there.0, otherwise.0],
            facilities: study.setup().facility_slots.clone(),
            differing: one_sided | served::changed(&policy.plan, &baseline.plan),
        })
    }

    /// The firm of this name in either history.
    fn firm(&self, name: &str) -> Result<FirmId, Error> {
        let exists = |id: &FirmId| self.lives.iter().any(|lives| lives.has(*id));
        if let Some(id) = FirmId::parse(name).filter(exists) {
            return Ok(id);
        }
        let known: Vec<String> =
            self.lives.iter().flat_map(Lives::names).map(|id| id.to_string()).collect();
        let mut error = Error::unknown("firm", name, known.iter().map(String::as_str));
        if let Error::UnknownName { hint, .. } = &mut error {
            *hint += "; leave `--firm` out to see which firms differ, or list all with `--csv`";
        }
        Err(error)
    }

    /// A metric of an area in a year: under the policy, and in the baseline.
    pub(super) fn metric(&self, name: &str, place: &str, year: u16) -> Option<[f64; 2]> {
        let read = |world: usize| {
            let layout = &self.layouts[world];
            let series = layout.position(Table::Metric, name, place)?;
            let index = layout.years.iter().position(|&known| known == year)?;
            self.values[world].get(series * layout.years.len() + index).copied()
        };
        Some([read(0)?, read(1)?])
    }

    /// Whether the two differ in this lever.
    pub(super) fn differs_in(&self, slot: LeverSlot) -> bool {
        self.differing.checked_shr(slot.into()).is_some_and(|rest| rest & 1 == 1)
    }

    /// The name of a lever.
    pub(super) fn lever(&self, slot: LeverSlot) -> &str {
        self.scenario.lever_names.get(usize::from(slot)).map_or("", String::as_str)
    }

    /// The lever of a facility.
    pub(super) fn facility(&self, number: u8) -> Option<LeverSlot> {
        self.facilities.get(usize::from(number)).copied()
    }

    /// The place in lists of a year.
    pub(super) fn index(&self, year: u16) -> usize {
        usize::from(year.saturating_sub(self.scenario.first_year))
    }

    /// How the history is titled.
    pub(super) fn title(&self) -> String {
        format!(
            "{} against {}, replication {} of seed {}\n",
            self.policy.name, self.baseline.name, self.replication, self.scenario.seed
        )
    }
}

/// The area of an event as people call it.
pub(super) fn area_name(place: u8) -> &'static str {
    Area::ALL.get(usize::from(place)).map_or("the city", |area| match area {
        Area::Elsewhere => "elsewhere in the city",
        other => other.name(),
    })
}

/// The events of both histories, the baseline's first; of one firm or year where asked.
fn csv(scenario: &Scenario, policy: usize, arguments: &Arguments) -> Result<(), Error> {
    let engine = StudyEngine::new(scenario);
    let mut workspace = engine.workspace();
    let mut both = vec![scenario.baseline, policy];
    both.dedup();
    let mut text = csv_line(events::TABLE.columns);
    for place in both {
        for row in engine.events(place, arguments.replication, &mut workspace)? {
            let wanted = arguments.firm.as_ref().is_none_or(|firm| *firm == row.entity)
                && arguments.year.is_none_or(|year| year == row.year);
            if !wanted {
                continue;
            }
            let whole = |number: Option<String>| number.unwrap_or_default();
            text.push_str(&csv_line(&[
                &row.policy,
                &row.replication.to_string(),
                &row.year.to_string(),
                &whole(row.day.map(|day| day.to_string())),
                row.phase.name(),
                row.event,
                &row.entity,
                &row.place,
                &whole(row.amount.map(|amount| amount.to_string())),
                &row.cause,
            ]));
        }
    }
    Ok(console::print(&text)?)
}
