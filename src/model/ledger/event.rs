//! THE LIST OF EVENTS: everything that can happen in a simulation.

use crate::model::classes::Start;
use crate::model::id::FirmId;
use crate::policy::area::Area;
use crate::policy::sector::Sector;
use crate::policy::slot::LeverSlot;
use crate::time::Phase;

macro_rules! event_kinds {
    ($($kind:ident $name:literal $meaning:literal;)*) => {
        /// A kind of event. Each has a count and an amount; the comment says what the amount is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum EventKind {
            $(#[doc = $meaning] $kind,)*
        }

        impl EventKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind,)*];

            /// The word used in `events.csv`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// What it is, and what its amount is.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$kind => $meaning,)* }
            }
        }
    };
}

event_kinds! {
    Founded "founded" "A firm was founded or opened; amount: headcount";
    NotFounded "not-founded" "A candidate chose not to found in the city; amount: size of the team";
    MovedIn "moved-in" "A firm came to the area from another; amount: headcount";
    MovedOut "moved-out" "A firm left the area for another; amount: headcount";
    Failed "failed" "A firm failed or closed; amount: headcount";
    Grew "grew" "A firm's headcount rose over the year's hiring; amount: by how much";
    Shrank "shrank" "A firm's headcount fell over the year's hiring; amount: by how much";
    Hired "hired" "A firm hired specialists from the pool; amount: how many";
    Quit "quit" "Specialists quit a firm; amount: how many";
    CutSpecialists "cut-specialists" "A firm cut specialists; amount: how many";
    Unfilled "unfilled" "Posts for specialists stayed empty; amount: how many";
    SubsidisedHires "subsidised-hires" "Hires on which a wage subsidy was paid; amount: how many";
    Applied "applied" "A firm or candidate applied to a facility; amount: headcount";
    Admitted "admitted" "A facility admitted a firm; amount: headcount";
    FoundersJoined "founders-joined" "A facility admitted a firm in the year of its founding; amount: headcount";
    Refused "refused" "A facility refused an applicant; amount: headcount";
    TenancyEnded "tenancy-ended" "A tenancy ended and the firm became an alumnus; amount: headcount";
    TenantFailed "tenant-failed" "A tenant failed; amount: headcount";
    VoucherGiven "voucher-given" "A firm got a rent voucher; amount: headcount";
    GrantGiven "grant-given" "A firm got a research grant; amount: {money}";
    ServiceUsed "service-used" "A firm used a service or an instrument; amount: headcount";
    RoundClosed "round-closed" "A round closed; amount: {money}, private and public";
    PublicInvested "public-invested" "A fund co-invested; amount: {money}";
    CapitalDemanded "capital-demanded" "Private money wanted by a closing round; amount: {money}";
    Listed "listed" "A firm listed; amount: headcount";
    Acquired "acquired" "A firm was acquired; amount: jobs lost by it";
    Sold "sold" "A firm's sales of the year; amount: {money}";
    AlumniSold "alumni-sold" "An alumnus' sales of the year; amount: {money}";
    AlumniRaised "alumni-raised" "An alumnus raised money; amount: {money}";
    Enrolled "enrolled" "A cohort enrolled; amount: persons";
    Graduated "graduated" "A cohort finished; amount: persons who completed";
    GraduateFounders "graduate-founders" "Graduates who will found a firm; amount: persons";
    Retained "retained" "Qualified graduates who stay in reach of the district; amount: persons";
    LeftCity "left-city" "Qualified graduates who left the city; amount: persons";
    LeftForCity "left-for-city" "Qualified graduates who left the district's reach and stay in the city; amount: persons";
    Linked "linked" "Graduates whom the employment linkage placed; amount: persons";
    PoolInflow "pool-inflow" "Specialists who came to the city's pool from elsewhere; amount: persons";
    InflowReplaced "inflow-replaced" "Inflow that a programme moved here replaces; amount: persons";
    Released "released" "Specialists released by failures, closures and acquisitions; amount: persons";
    QuitReturned "quit-returned" "Quitters who look for work in the city again; amount: persons";
    GaveUp "gave-up" "Seekers who gave up; amount: persons";
    HomesOpened "homes-opened" "Homes opened; amount: homes";
    HomeTaken "home-taken" "Homes let to specialists of the district; amount: homes";
    HomeLeft "home-left" "Homes given up; amount: homes";
    Designated "designated" "An area was designated; amount: share of the area in per cent";
    Opened "opened" "A facility or other building opened; amount: floor space in m2";
    BuildingStarted "building-started" "Developers began buildings; amount: m2";
    BuildingCompleted "building-completed" "Developers' buildings were completed; amount: m2";
    Cash "cash" "A cost or return was booked; amount: {money}, returns negative";
}

/// No facility, or no lever.
pub const NONE: u8 = u8::MAX;

/// Whose simulation a tally belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Population {
    /// Startups.
    Startups = 0,
    /// Institutes and laboratories.
    Institutes = 1,
}

impl EventKind {
    /// Whether it happens to people who are at no firm.
    #[must_use]
    pub const fn is_of_people(self) -> bool {
        matches!(
            self,
            Self::Enrolled
                | Self::Graduated
                | Self::GraduateFounders
                | Self::Retained
                | Self::LeftCity
                | Self::LeftForCity
                | Self::Linked
                | Self::PoolInflow
                | Self::InflowReplaced
                | Self::Released
                | Self::QuitReturned
                | Self::GaveUp
        )
    }
}

/// Where an event happened: an area by its index, or [`CITY`].
pub type PlaceIndex = u8;

/// The place of events that belong to the city as a whole.
pub const CITY: PlaceIndex = Area::NONE_OF_THEM;

/// Who or what an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entity {
    /// A firm.
    Firm(FirmId),
    /// A lever.
    Lever(LeverSlot),
    /// The pool of specialists.
    Pool,
    /// An area's market for space.
    Market,
    /// The city.
    City,
}

/// What a firm was when something happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirmThen {
    /// Its line of business.
    pub sector: Sector,
    /// Its headcount `[persons]`.
    pub headcount: i32,
    /// What it was when it came.
    pub start: Start,
}

/// One event in a ledger's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The year.
    pub year: u16,
    /// The day, 1 to 365.
    pub day: u16,
    /// The phase.
    pub phase: Phase,
    /// What happened.
    pub kind: EventKind,
    /// Startups or institutes.
    pub population: Population,
    /// Who or what.
    pub entity: Entity,
    /// What the firm was, where it is one.
    pub firm: Option<FirmThen>,
    /// Where: an area's index or [`CITY`].
    pub place: PlaceIndex,
    /// In which facility, by number, or [`NONE`].
    pub facility: u8,
    /// How much; see [`EventKind::meaning`].
    pub amount: i64,
    /// How many specialists among the amount, signed as the amount's effect on the stock.
    pub specialists: i64,
    /// By which lever, or [`NONE`].
    pub lever: LeverSlot,
    /// Why.
    pub cause: &'static str,
}
