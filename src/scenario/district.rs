//! The district at the start, and the series that drive it: `district.toml` in typed form.

use crate::policy::area::Area;

/// The most startups and institutes at the start: as many as are simulated at the end of a year.
pub const MOST_FIRMS: u32 = 300_000;

/// An area of the city at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaStart {
    /// Which area.
    pub area: Area,
    /// Title for people, English.
    pub title_en: String,
    /// Title for people, Korean.
    pub title_ko: String,
    /// Land area `[km2]`, for the report's map.
    pub land: f64,
    /// Floor space of the private office market in the first year `[m2]`; `None` admits everybody.
    pub floor_space: Option<u32>,
    /// Share of that space that the sector's firms hold in the first year; 0 where the space has no limit
    /// and the file leaves it out `[1]`.
    pub sector_share: f64,
    /// Market rent in the first year; 0 where no lever lies and the file leaves it out, as nothing reads
    /// its level there `[KRW m/(m2 year)]`.
    pub rent: f64,
}

/// A group of startups that exist at the start, in one area.
#[derive(Clone, Debug, PartialEq)]
pub struct InitialStartups {
    /// Where they are.
    pub area: Area,
    /// How many.
    pub count: u32,
    /// Youngest age `[years]`.
    pub age_minimum: u32,
    /// Oldest age; ages are uniform between `[years]`.
    pub age_maximum: u32,
    /// Mean of the log-normal headcount `[persons]`.
    pub headcount_mean: f64,
    /// Standard deviation of its logarithm `[ln]`.
    pub headcount_spread: f64,
}

/// A group of research institutes that exist at the start, in one area.
#[derive(Clone, Debug, PartialEq)]
pub struct InitialInstitutes {
    /// Where they are.
    pub area: Area,
    /// How many.
    pub count: u32,
    /// Mean of the log-normal headcount `[persons]`.
    pub headcount_mean: f64,
    /// Standard deviation of its logarithm `[ln]`.
    pub headcount_spread: f64,
}

/// A corporate laboratory with a site of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Laboratory {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub area: Area,
    /// People in AI-related work `[persons]`.
    pub headcount: u32,
}

/// One year of the observed national new venture investment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClimateYear {
    /// The year.
    pub year: u16,
    /// Deflated national investment over its trend, mean 1 over the observed years `[1]`.
    pub index: f64,
}

/// The district at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct DistrictFile {
    /// The areas, one each, in the order of [`Area::ALL`].
    pub areas: [AreaStart; 3],
    /// Startups at the start.
    pub startups: Vec<InitialStartups>,
    /// Institutes at the start.
    pub institutes: Vec<InitialInstitutes>,
    /// Corporate laboratories.
    pub laboratories: Vec<Laboratory>,
    /// Specialists looking for work at the start `[persons]`.
    pub pool: u32,
    /// The observed climate, rising in year; used up to the vantage date.
    pub climate: Vec<ClimateYear>,
}
