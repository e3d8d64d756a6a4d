//! Designations in force.

/// What is in force in one area in one year.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct InForce {
    /// The regimes, a bit each by their numbers.
    pub regimes: u8,
    /// Rise of the allowed floor space, before take-up: (plot ratio − 1) × share of the area.
    pub plot_bonus: f64,
    /// Relief of acquisition tax × share of the area.
    pub acquisition_relief: f64,
    /// Relief of property tax × share of the area.
    pub property_relief: f64,
    /// Share of building projects with soft loans × share of the area.
    pub loans: f64,
    /// Share of the area whose projects are exempt from the investment review.
    pub review_exempt: f64,
    /// Share of the area with priority examination of patents.
    pub priority_examination: f64,
    /// The designations in force, a bit each by slot.
    pub levers: u64,
}
