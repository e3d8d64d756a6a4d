//! Whom something is for, how many of them use it, who comes first, and what they get: the same of services, grants and
//! general instruments.

use crate::policy::area::ByArea;
use crate::policy::area::MOST_AREAS;
use crate::policy::sector::BySector;
use crate::policy::sector::MOST_SECTORS;
use crate::policy::slot::LeverSlot;
use crate::policy::words::words;

words! {
    /// For whom an instrument is.
    pub enum For {
        /// For startups, of which some use it in a year.
        Startups = "startups",
        /// For every startup in its areas, and for who chooses a place.
        Area = "area",
        /// For those who would found a firm in the city.
        Founders = "founders",
    }
}

words! {
    /// Who comes first where not all can use an instrument.
    pub enum Selection {
        /// By lot.
        Lot = "lot",
        /// In the order of the days on which they ask for it.
        Order = "order",
        /// By score, best first.
        Merit = "merit",
    }
}

/// How many of those who may use an instrument do in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TakeUp {
    /// A share of them `[1/year]`.
    Reach(f64),
    /// So many `[firms/year]`.
    Number(u32),
    /// As many as the year's money pays for.
    Budget(f64),
    /// Nobody uses it: it is for all.
    All,
}

/// What a firm that uses an instrument gets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gives {
    /// No money.
    Nothing,
    /// An amount.
    Each(f64),
    /// A share of its wages of the year `[1]`.
    WageShare(f64),
    /// A share of its market rent of the year `[1]`.
    RentShare(f64),
    /// A share of the round that it closes in the year `[1]`.
    RoundShare(f64),
}

/// Which startups an instrument is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Targets {
    /// The areas.
    pub areas: ByArea<bool>,
    /// The sectors.
    pub sectors: BySector<bool>,
    /// Least and greatest age `[years]`.
    pub age: [f64; 2],
    /// Least and greatest headcount `[persons]`.
    pub headcount: [u32; 2],
    /// By the round that they close next, seed first.
    pub stages: [bool; 5],
    /// Only the tenants of this facility.
    pub tenants: Option<LeverSlot>,
    /// Only the alumni of this facility.
    pub alumni: Option<LeverSlot>,
}

impl Targets {
    /// All startups everywhere.
    pub const ALL: Self = Self {
        areas: [true; MOST_AREAS],
        sectors: [true; MOST_SECTORS],
        age: [0.0, f64::INFINITY],
        headcount: [0, u32::MAX],
        stages: [true; 5],
        tenants: None,
        alumni: None,
    };
}
