//! What the intake of a year works with.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::model::admission::Office;
use crate::model::admission::OfficeChoices;
use crate::model::admission::Tastes;
use crate::model::choice::AreaValues;
use crate::model::choice::FreeSpace;
use crate::model::context::YearContext;
use crate::model::district::World;
use crate::model::district::firms::Firm;
use crate::model::founders::FounderDraws;
use crate::model::founders::Founders;
use crate::model::founders::Newcomer;
use crate::model::ledger::MOST_FACILITIES;
use crate::model::phases::intake::item::Item;
use crate::model::phases::jobs::ExitDays;
use crate::model::space;
use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::policy::sector::Sector;
use crate::policy::slot::LeverSlot;
use crate::random::key::Key;

/// Memory that is kept from year to year.
#[derive(Clone, Debug, Default)]
pub struct IntakeMemory {
    pub(super) agenda: Vec<Item>,
    /// Where the agenda is put in order.
    pub(super) by_day: Vec<Item>,
    /// Tenancies that begin and end within the year.
    pub(super) late: BinaryHeap<Reverse<Item>>,
    /// Graduates and spin-offs; independent candidates belong to the replication.
    pub(super) own: OwnFounders,
    pub(super) openings: Vec<Opening>,
    pub(super) waiting: Vec<Application>,
    pub(super) visits: Vec<Visit>,
    /// Fresh tastes of visits for the areas in the order of numbers, an array each.
    pub(super) move_tastes: Vec<Vec<f64>>,
    pub(super) institute_visits: Vec<InstituteVisit>,
    pub(super) keys: Vec<Key>,
    pub(super) draws: [Vec<f64>; 2],
    /// Draws of days on which visits apply, and on which they reconsider.
    pub(super) days: [Vec<f64>; 2],
    pub(super) rows: Vec<u32>,
    /// Tastes for facilities of startups who look round, and after them of such founders.
    pub(super) tastes: Tastes,
    /// The places of founders in `tastes`, or `NOWHERE`.
    pub(super) aware: Vec<u32>,
    /// What is settled on 1 January of each founder.
    pub(super) settled: Vec<u64>,
    /// Places of founders who are handled in their turn, and of those who are handled together.
    pub(super) in_turn: Vec<u32>,
    pub(super) together: Vec<u32>,
}

/// Working memory for those who would found beside independents.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnFounders {
    /// Graduates, further founders, spin-offs.
    pub(super) founders: Founders,
    pub(super) newcomers: Vec<Newcomer>,
    pub(super) draws: FounderDraws,
}

/// The place of a founder who does not look round for a facility.
pub(super) const NOWHERE: u32 = u32::MAX;

/// The intake of a year on its way.
pub(super) struct Intake<'a, 'w> {
    pub(super) world: &'w mut World,
    pub(super) context: &'w YearContext<'a>,
    pub(super) values: AreaValues,
    pub(super) free: FreeSpace,
    /// Floor space that tenants take in each facility, by number `[m2]`.
    pub(super) taken: [i64; MOST_FACILITIES],
    pub(super) offices: Vec<Office<'a>>,
    pub(super) founders: &'a Founders,
    pub(super) memory: &'w mut IntakeMemory,
    pub(super) exits: &'w mut ExitDays,
    pub(super) vouchers_left: Vec<u32>,
}

impl Intake<'_, '_> {
    /// Whether a startup has failed before a day, so that nothing more happens to it.
    pub(super) fn is_gone(&mut self, row: usize, day: u16) -> bool {
        self.exits.startup_is_gone(self.context, self.world.district().startups(), row, day)
    }

    /// The floor space that a firm of the private market needs `[m2]`.
    pub(super) fn need(&self, sector: Sector, headcount: i32) -> i64 {
        space::space(self.context.theta, sector, headcount)
    }
}

/// An application that waits for a recruitment day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Application {
    pub(super) office: u8,
    /// Where in its choices the applicant is.
    pub(super) next: u8,
    pub(super) choices: OfficeChoices,
    pub(super) applicant: Waiting,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Waiting {
    /// A startup, by row.
    Startup(u32),
    /// A candidate that founds only if it is admitted.
    Candidate(u32),
}

/// What became of an application on its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Admitted,
    Waits,
    Refused,
}

/// An institute that opens this year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening {
    pub(super) firm: Firm,
    /// The area to which a lever brings it; otherwise it chooses.
    pub(super) area: Option<(Area, LeverSlot)>,
    /// The row of the institute that a lever brings from elsewhere in the city.
    pub(super) from: Option<u32>,
}

/// An institute that reconsiders where it is, with its fresh tastes for the areas.
#[derive(Clone, Copy, Debug)]
pub(super) struct InstituteVisit {
    pub(super) row: u32,
    pub(super) tastes: ByArea<f64>,
}

/// A startup that looks round or reconsiders.
#[derive(Clone, Copy, Debug)]
pub(super) struct Visit {
    pub(super) row: u32,
    /// Whether it looks round for a facility.
    pub(super) applies: bool,
    /// Whether it reconsiders its area.
    pub(super) moves: bool,
    /// Its draw for looking round.
    pub(super) looks: f64,
    /// Its place among those whose tastes for facilities are drawn, where it looks round.
    pub(super) place: u32,
}
