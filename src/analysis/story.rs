//! The lives of firms in one simulation, read from its events: what `replay` tells.

use std::collections::BTreeMap;

use crate::model::id::FirmId;
use crate::model::ledger::event::CITY;
use crate::model::ledger::event::Entity;
use crate::model::ledger::event::Entry;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::PlaceIndex;
use crate::policy::area::ByArea;
use crate::policy::area::MOST_AREAS;

/// Where a firm stands at the end of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirmState {
    /// Headcount `[persons]`.
    pub jobs: i64,
    /// Where it is: the place of its area in the ledger.
    pub place: PlaceIndex,
    /// The facility whose tenant it is, by number, or `NONE`.
    pub facility: u8,
    /// Money raised since the start `[KRW m]`.
    pub raised: i64,
}

/// One firm, or a candidate that never founded.
#[derive(Clone, Debug, Default)]
pub struct Life {
    /// What happened to it, in the order of the simulation.
    pub events: Vec<Entry>,
    /// Where it stands at the end of each year of the simulation; `None` where it does not exist.
    pub states: Vec<Option<FirmState>>,
}

/// All firms of one simulation.
#[derive(Clone, Debug)]
pub struct Lives {
    first_year: u16,
    years: usize,
    by_firm: BTreeMap<FirmId, Life>,
    nobody: Life,
}

impl Lives {
    /// Reads the lives from the events of a simulation of `years` years from `first_year` on.
    #[must_use]
    pub fn of(events: &[Entry], first_year: u16, years: usize) -> Self {
        let mut lives: BTreeMap<FirmId, Life> = BTreeMap::new();
        for entry in events {
            if let Entity::Firm(id) = entry.entity {
                lives.entry(id).or_default().events.push(*entry);
            }
        }
        for life in lives.values_mut() {
            life.states = states(&life.events, first_year, years);
        }
        let nobody = Life { events: Vec::new(), states: vec![None; years] };
        Self { first_year, years, by_firm: lives, nobody }
    }

    /// Every firm and candidate, in the order of names.
    pub fn names(&self) -> impl Iterator<Item = FirmId> + '_ {
        self.by_firm.keys().copied()
    }

    /// The life of a firm; an empty one where it never came up.
    #[must_use]
    pub fn of_firm(&self, id: FirmId) -> &Life {
        self.by_firm.get(&id).unwrap_or(&self.nobody)
    }

    /// Whether a firm or candidate of this name came up.
    #[must_use]
    pub fn has(&self, id: FirmId) -> bool {
        self.by_firm.contains_key(&id)
    }

    /// The years of the simulation.
    pub fn years(&self) -> impl Iterator<Item = u16> + use<> {
        let first = self.first_year;
        (0..self.years).map(move |index| first + u16::try_from(index).unwrap_or(u16::MAX))
    }

    /// Jobs by area at the end of a year, 0 for the first; the start is read from the first year's
    /// events by the caller `[persons]`.
    #[must_use]
    pub fn jobs_by_area(&self, index: usize) -> ByArea<i64> {
        let mut jobs = [0; MOST_AREAS];
        for state in self.by_firm.values().filter_map(|life| life.states[index]) {
            jobs[usize::from(state.place)] += state.jobs;
        }
        jobs
    }

    /// Firms that facilities admitted on a day.
    pub fn admitted(&self, facility: u8, year: u16, day: u16) -> impl Iterator<Item = FirmId> + '_ {
        self.by_firm.iter().filter_map(move |(&id, life)| {
            let admitted = |entry: &Entry| {
                entry.kind == EventKind::Admitted
                    && entry.facility == facility
                    && (entry.year, entry.day) == (year, day)
            };
            life.events.iter().any(admitted).then_some(id)
        })
    }
}

/// Where a firm stands at the end of each year.
fn states(events: &[Entry], first_year: u16, years: usize) -> Vec<Option<FirmState>> {
    let mut state: Option<FirmState> = None;
    let mut next = 0;
    (0..years)
        .map(|index| {
            let year = usize::from(first_year) + index;
            while let Some(entry) = events.get(next).filter(|entry| usize::from(entry.year) <= year)
            {
                change(&mut state, entry);
                next += 1;
            }
            state
        })
        .collect()
}

/// What an event makes of a firm.
fn change(state: &mut Option<FirmState>, entry: &Entry) {
    let place = Some(entry.place).filter(|&place| place != CITY);
    match (entry.kind, &mut *state, place) {
        (EventKind::Founded, _, Some(place)) => {
            *state = Some(FirmState { jobs: entry.amount, place, facility: NONE, raised: 0 });
        }
        (EventKind::Failed, ..) => *state = None,
        (EventKind::MovedIn, Some(state), Some(place)) => state.place = place,
        (EventKind::Admitted, Some(state), _) => state.facility = entry.facility,
        (EventKind::TenancyEnded, Some(state), _) => state.facility = NONE,
        (EventKind::Grew, Some(state), _) => state.jobs += entry.amount,
        (EventKind::Shrank | EventKind::Acquired, Some(state), _) => state.jobs -= entry.amount,
        (EventKind::RoundClosed, Some(state), _) => state.raised += entry.amount,
        _ => {}
    }
}
