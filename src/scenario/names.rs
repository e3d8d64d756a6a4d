//! What the city and the district of a scenario are called, for sentences of reports.

/// What city and district are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The city, English.
    pub city_en: String,
    /// The city, Korean.
    pub city_ko: String,
    /// The district, English.
    pub district_en: String,
    /// The district, Korean.
    pub district_ko: String,
}
