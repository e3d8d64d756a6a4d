//! THE REGISTER OF METRICS: every yearly number, its unit and meaning.

use crate::time::Phase;

/// How a metric behaves over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricKind {
    /// A stock at the end of the year.
    Stock,
    /// A flow over the year.
    Flow,
    /// A flow summed from the first simulated year.
    Cumulative,
    /// A ratio or price.
    Level,
}

impl MetricKind {
    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stock => "stock",
            Self::Flow => "flow",
            Self::Cumulative => "cumulative",
            Self::Level => "level",
        }
    }
}

/// Where a metric is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// District, city and each area.
    Areas,
    /// District, city, each area and each facility.
    AreasAndFacilities,
    /// Each facility.
    Facilities,
    /// The city as a whole.
    City,
    /// The district and the city.
    DistrictAndCity,
}

/// One metric.
#[derive(Clone, Copy, Debug)]
pub struct MetricSpec {
    /// Its name in files.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// How it behaves over time.
    pub kind: MetricKind,
    /// Where it is read.
    pub places: Places,
    /// Whether its values are whole numbers.
    pub whole: bool,
    /// The phase after which it is read.
    pub read_after: Phase,
    /// What it means, in English.
    pub meaning_en: &'static str,
    /// What it means, in Korean.
    pub meaning_ko: &'static str,
}

/// Every metric, in the order of results.
pub const METRICS: &[MetricSpec] = &[MetricSpec {
    name: "jobs",
    unit: "persons",
    kind: MetricKind::Stock,
    places: Places::AreasAndFacilities,
    whole: true,
    read_after: Phase::Accounts,
    meaning_en: "Headcount of startups and institutes at the end of the year; at a facility: of its tenants",
    meaning_ko: "연말 스타트업과 연구소의 고용 인원(시설: 입주 기업)",
}];

/// The metric of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static MetricSpec> {
    METRICS.iter().find(|metric| metric.name == name)
}
