//! One history firm by firm: what is read of the events of a policy and of the baseline.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::story::FirmState;
use crate::analysis::story::Lives;
use crate::explore::session::live;
use crate::explore::session::live::Live;
use crate::explore::session::refused::Refused;
use crate::model::id::FirmId;
use crate::model::ledger::event::NONE;
use crate::scenario::Scenario;

/// Which history is told.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replay {
    /// The policy, by its name.
    pub policy: String,
    /// The history, from 0.
    pub replication: u32,
}

/// A history in two worlds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replayed {
    /// The years.
    pub years: Vec<u16>,
    /// The areas by their names.
    pub areas: Vec<String>,
    /// The sectors by their names.
    pub sectors: Vec<String>,
    /// Firms that are there at the end of some year in one world at least, in the order of names.
    pub firms: Vec<Firm>,
}

/// A firm and its twin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Firm {
    /// Its name.
    pub id: String,
    /// Its sector, as a place in the list; -1 for an institute.
    pub sector: i32,
    /// Its year of birth.
    pub born: u16,
    /// How it came to be.
    pub origin: &'static str,
    /// Its life in the baseline and under the policy; nothing where it is never there at the end of a year.
    pub worlds: [Option<Course>; 2],
}

/// Where a firm stands at the ends of years, from the first in which it is there to the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Course {
    /// The first year.
    pub from: u16,
    /// Its area, as a place in the list; -1 where it is not there.
    pub areas: Vec<i32>,
    /// Its headcount `[persons]`.
    pub jobs: Vec<i64>,
    /// Whether it is the tenant of a facility.
    pub tenant: Vec<bool>,
}

/// The history.
pub(super) fn replayed(live: &Live, replay: &Replay) -> Result<Replayed, Refused> {
    let Live { scenario, study, .. } = live;
    let unknown = || live::unknown(&replay.policy, scenario);
    let policy = study.place(&replay.policy).ok_or_else(unknown)?;
    live.check(replay.replication)?;
    let years = scenario.years().count();
    let lives = |policy: usize| {
        let events = study.events(policy, replay.replication)?;
        Ok::<Lives, Refused>(Lives::of(&events, scenario.first_year, years))
    };
    let worlds = [lives(0)?, lives(policy)?];
    let ids: BTreeSet<FirmId> = worlds.iter().flat_map(Lives::names).collect();
    Ok(Replayed {
        years: scenario.years().collect(),
        areas: scenario.district.areas.names().into_iter().map(|(name, _)| name).collect(),
        sectors: scenario.district.sectors.list().iter().map(|it| it.name.clone()).collect(),
        firms: ids.into_iter().filter_map(|id| firm(id, &worlds, scenario)).collect(),
    })
}

/// A firm, if it is there at the end of any year.
fn firm(id: FirmId, worlds: &[Lives; 2], scenario: &Scenario) -> Option<Firm> {
    let courses = worlds.each_ref().map(|lives| course(&lives.of_firm(id).states, scenario));
    courses.iter().any(Option::is_some).then(|| Firm {
        id: id.to_string(),
        sector: sector(id, worlds, scenario),
        born: id.year(),
        origin: id.origin().name(),
        worlds: courses,
    })
}

fn sector(id: FirmId, worlds: &[Lives; 2], scenario: &Scenario) -> i32 {
    let mut firms = worlds.iter().flat_map(|lives| &lives.of_firm(id).events);
    let sector = firms.find_map(|entry| entry.firm).map(|firm| firm.sector);
    let all = scenario.district.sectors.all();
    index(all.iter().position(|known| Some(*known) == sector))
}

/// A place in a list, or -1.
fn index(place: Option<usize>) -> i32 {
    place.and_then(|place| i32::try_from(place).ok()).unwrap_or(-1)
}

fn course(states: &[Option<FirmState>], scenario: &Scenario) -> Option<Course> {
    let first = states.iter().position(Option::is_some)?;
    let last = states.iter().rposition(Option::is_some)?;
    let there = &states[first..=last];
    let areas = scenario.district.areas.all();
    let area = |state: &Option<FirmState>| {
        let place = state.map(|state| state.place);
        index(areas.iter().position(|area| Some(area.place()) == place))
    };
    Some(Course {
        from: scenario.years().nth(first)?,
        areas: there.iter().map(area).collect(),
        jobs: there.iter().map(|state| state.map_or(0, |state| state.jobs)).collect(),
        tenant: there.iter().map(|it| it.is_some_and(|it| it.facility != NONE)).collect(),
    })
}
