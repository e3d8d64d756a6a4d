//! Floor space that firms use.

use crate::model::ledger::MOST_FACILITIES;
use crate::model::whole::whole;
use crate::policy::area::ByArea;
use crate::policy::sector::Sector;
use crate::scenario::parameter::Parameters;

/// The floor space that a firm of the private market uses `[m2]`, whole.
#[must_use]
pub fn space(theta: &Parameters, sector: Sector, headcount: i32) -> i64 {
    whole(space_each(theta, sector) * f64::from(headcount))
}

/// The floor space of each of a sector's people `[m2]`.
#[must_use]
pub fn space_each(theta: &Parameters, sector: Sector) -> f64 {
    match sector {
        Sector::INSTITUTE => theta.space_institute,
        // A laboratory sits on a site of its own.
        Sector::LABORATORY => 0.0,
        _ => theta.space[sector.index()],
    }
}

/// Floor space that the sector's firms use `[m2]`.
#[derive(Clone, Copy, Debug, Default)]
pub struct SpaceUsed {
    /// In each area's private market, with leased rooms of facilities.
    pub areas: ByArea<i64>,
    /// By the tenants of each facility.
    pub facilities: [i64; MOST_FACILITIES],
}
