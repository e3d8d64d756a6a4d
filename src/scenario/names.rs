//! What the city and the district of a scenario are called, for sentences of reports.

use crate::scenario::titles::Titles;

/// What city and district are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The city, English.
    pub city_en: String,
    /// The city, Korean.
    pub city_ko: String,
    /// The city in further languages.
    pub cities: Titles,
    /// The district, English.
    pub district_en: String,
    /// The district, Korean.
    pub district_ko: String,
    /// The district in further languages.
    pub districts: Titles,
}
