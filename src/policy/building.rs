//! Public buildings: what they cost, and when they open.

use crate::policy::setting::A_YEAR;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::policy::setting::TO_BUILD;
use crate::policy::size::Size;
use crate::policy::values::Values;
use crate::time::Date;

/// Money for a building, shared by all levers that build.
pub(super) const BUILDING: [Setting; 4] = [
    Setting::must(
        "construction",
        TO_BUILD,
        "{money}",
        "Cost of construction, spread evenly from the lever's first day to its opening",
        "건설비(시작일부터 개소일까지 균등 배분)",
    )
    .raises("public_cost"),
    Setting::must(
        "land",
        TO_BUILD,
        "{money}",
        "Value of the land, booked as opportunity cost on the lever's first day",
        "토지의 기회비용",
    )
    .raises("public_cost"),
    Setting::must("opening", SettingKind::Date, "date", "Opening day", "개소일"),
    Setting::must(
        "operation",
        A_YEAR,
        "{money}/year",
        "Cost of running it from its opening",
        "개소 후 연간 운영비",
    )
    .raises("public_cost"),
];

/// A building and what it costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Building {
    /// Cost of construction, spread evenly from the lever's first day to the opening `[KRW m]`.
    pub construction: f64,
    /// Opportunity cost of the land, on the lever's first day `[KRW m]`.
    pub land: f64,
    /// Opening day.
    pub opening: Date,
    /// Cost of running it from the opening `[KRW m/year]`.
    pub operation: f64,
}

impl Building {
    /// As it is written.
    pub(super) fn read(values: &Values<'_>) -> Self {
        Self {
            construction: values.number("construction"),
            land: values.number("land"),
            opening: values.date("opening"),
            operation: values.number("operation"),
        }
    }

    /// What grows with the lever that builds it.
    pub(super) fn sizes(&mut self) -> [(&'static str, Size<'_>); 3] {
        [
            ("construction", Size::Money(&mut self.construction)),
            ("land", Size::Money(&mut self.land)),
            ("operation", Size::Money(&mut self.operation)),
        ]
    }
}
