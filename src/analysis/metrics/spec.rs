//! What is said of a metric: how it behaves, where it is read, its bounds and its meaning.

use crate::analysis::metrics::view::View;
use crate::scenario::place::PlaceKind;
use crate::time::Phase;

/// Bounds of counts, amounts and prices.
pub(super) const AMOUNT: (f64, f64) = (0.0, f64::INFINITY);
/// Bounds of shares.
pub(super) const SHARE: (f64, f64) = (0.0, 1.0);
/// Bounds of public money, which can come back.
pub(super) const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

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
    /// Each area by itself: sums over areas would count moves inside the district.
    SingleAreas,
    /// The district and its areas.
    DistrictAndItsAreas,
    /// The district and each facility.
    DistrictAndFacilities,
    /// Each facility.
    Facilities,
    /// The district as a whole.
    District,
    /// The city as a whole.
    City,
    /// The city and each programme.
    CityAndProgrammes,
}

impl Places {
    /// Whether a place of this kind is among them.
    #[must_use]
    pub const fn include(self, kind: PlaceKind) -> bool {
        match kind {
            PlaceKind::District => matches!(
                self,
                Self::Areas
                    | Self::AreasAndFacilities
                    | Self::DistrictAndItsAreas
                    | Self::DistrictAndFacilities
                    | Self::District
            ),
            PlaceKind::City => matches!(
                self,
                Self::Areas | Self::AreasAndFacilities | Self::City | Self::CityAndProgrammes
            ),
            PlaceKind::Area { in_district } => match self {
                Self::Areas | Self::AreasAndFacilities | Self::SingleAreas => true,
                Self::DistrictAndItsAreas => in_district,
                _ => false,
            },
            PlaceKind::Facility => matches!(
                self,
                Self::AreasAndFacilities | Self::DistrictAndFacilities | Self::Facilities
            ),
            PlaceKind::Programme => matches!(self, Self::CityAndProgrammes),
        }
    }
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
    /// The least and the greatest value that it can have by its meaning.
    pub bounds: (f64, f64),
    /// Whether its values are whole numbers.
    pub whole: bool,
    /// The phase after which it is read.
    pub read_after: Phase,
    /// What it means, in English.
    pub meaning_en: &'static str,
    /// What it means, in Korean.
    pub meaning_ko: &'static str,
    /// Reads it of a year at a place; of a cumulative metric, the year's flow.
    pub read: fn(&View<'_>) -> f64,
}
