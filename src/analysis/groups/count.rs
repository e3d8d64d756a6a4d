//! Counts groups of startups in one world at the end of a year.

use crate::analysis::groups::COUNTED;
use crate::analysis::groups::FOUNDED_IN;
use crate::analysis::groups::GroupCell;
use crate::analysis::groups::Grouping;
use crate::analysis::groups::ORIGINS;
use crate::analysis::groups::PLACES;
use crate::model::Simulation;
use crate::model::classes;
use crate::model::classes::AGES;
use crate::model::classes::SIZES;
use crate::model::id::FirmId;
use crate::model::ledger::event::Entity;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::FirmThen;
use crate::policy::area::Area;
use crate::policy::sector::MOST_SECTORS;
use crate::scenario::district::Areas;

// What is counted, by its place among `COUNTED`.
const STARTUPS: usize = 0;
const JOBS: usize = 1;
const FOUNDERS: usize = 2;
const FAILURES: usize = 3;
const ROUNDS: usize = 4;
const INVESTMENT: usize = 5;
const CAME: usize = 6;
const LEFT: usize = 7;

/// Where the groups of each grouping begin in one list of all groups.
const SECTOR: usize = 0;
const AGE: usize = SECTOR + MOST_SECTORS;
const SIZE: usize = AGE + AGES.len();
const STARTING_SIZE: usize = SIZE + SIZES.len();
const ORIGIN: usize = STARTING_SIZE + SIZES.len();
const FOUNDED: usize = ORIGIN + ORIGINS.len();
const GROUPS: usize = FOUNDED + FOUNDED_IN.len();

/// A number of each metric.
type Numbers = [i64; COUNTED.len()];

/// The numbers of all groups at both places in one year.
#[derive(Clone, Debug)]
pub struct GroupSums([[Numbers; GROUPS]; PLACES.len()]);

impl Default for GroupSums {
    fn default() -> Self {
        Self([[[0; COUNTED.len()]; GROUPS]; PLACES.len()])
    }
}

impl GroupSums {
    /// Counts anew: the startups at the end of `year`, and what happened to any in it. The ledger
    /// keeps the year's lives.
    pub fn count(&mut self, simulation: &Simulation, areas: &Areas, year: u16) {
        *self = Self::default();
        let world = simulation.world();
        let startups = world.district().startups();
        for (row, &id) in startups.id().iter().enumerate() {
            let then = startups.then(row);
            let mut numbers = [0; COUNTED.len()];
            (numbers[STARTUPS], numbers[JOBS]) = (1, i64::from(then.headcount));
            self.add(&groups(id, then, year), startups.tags()[row].in_district(), &numbers);
        }
        let mut left_district = false;
        for entry in world.ledger().log() {
            let (Entity::Firm(id), Some(then)) = (entry.entity, entry.firm) else { continue };
            let in_district = areas.at(entry.place).is_some_and(Area::in_district);
            let mut numbers = [0; COUNTED.len()];
            match entry.kind {
                EventKind::Founded => numbers[FOUNDERS] = 1,
                EventKind::Failed => numbers[FAILURES] = 1,
                EventKind::RoundClosed => {
                    (numbers[ROUNDS], numbers[INVESTMENT]) = (1, entry.amount);
                }
                // A move is two events, one after the other: out of an area, into another.
                EventKind::MovedOut => {
                    left_district = in_district;
                    continue;
                }
                EventKind::MovedIn => {
                    match (left_district, in_district) {
                        (false, true) => numbers[CAME] = 1,
                        (true, false) => numbers[LEFT] = 1,
                        _ => {}
                    }
                    self.add(&groups(id, then, year), true, &numbers);
                    continue;
                }
                _ => continue,
            }
            self.add(&groups(id, then, year), in_district, &numbers);
        }
    }

    /// Adds to groups of the city and, where it was there, of the district.
    fn add(&mut self, groups: &[usize; Grouping::ALL.len()], in_district: bool, numbers: &Numbers) {
        let [district, city] = &mut self.0;
        for &group in groups {
            for place in [Some(&mut *city), in_district.then_some(&mut *district)] {
                let Some(place) = place else { continue };
                for (sum, number) in place[group].iter_mut().zip(numbers) {
                    *sum += number;
                }
            }
        }
    }

    /// The number of a cell.
    #[must_use]
    pub fn of(&self, cell: &GroupCell) -> i64 {
        let first = match cell.grouping {
            Grouping::Sector => SECTOR,
            Grouping::Age => AGE,
            Grouping::Size => SIZE,
            Grouping::StartingSize => STARTING_SIZE,
            Grouping::Origin => ORIGIN,
            Grouping::FoundedIn => FOUNDED,
        };
        self.0[cell.place][first + cell.group][cell.counted]
    }
}

/// The groups of a startup, in the order of groupings.
fn groups(id: FirmId, then: FirmThen, year: u16) -> [usize; Grouping::ALL.len()] {
    let age = i32::from(year) - i32::from(id.year());
    let origin = ORIGINS.iter().position(|&origin| origin == id.origin());
    [
        SECTOR + then.sector.index(),
        AGE + classes::place(&AGES, age),
        SIZE + classes::place(&SIZES, then.headcount),
        STARTING_SIZE + then.start.size(),
        ORIGIN + origin.unwrap_or_default(),
        FOUNDED + usize::from(!then.start.in_district()),
    ]
}
