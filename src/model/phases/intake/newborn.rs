//! Firms as they begin: their people, and all that is blank.

use crate::model::district::extra::Extra;
use crate::model::district::firms::Firm;
use crate::model::district::packed::Sector;
use crate::model::district::packed::Status;
use crate::model::id::FirmId;
use crate::model::ledger::event::NONE;
use crate::model::phases::YearContext;
use crate::policy::plan::Area;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;

/// A log-normal headcount with this mean, at least one person.
#[must_use]
pub fn headcount(uniform: f64, mean: f64, spread: f64) -> i32 {
    let median = mean * crate::random::math::exp(-spread * spread / 2.0);
    let size = distribution::lognormal(uniform, median, spread).round();
    #[expect(clippy::cast_possible_truncation, reason = "cut to the range first")]
    let size = size.clamp(1.0, 1e6) as i32;
    size
}

/// How many of a firm's people are specialists; one post at least is not.
#[must_use]
pub fn specialists(headcount: i32, share: f64, key: Key) -> i32 {
    // The same draw in every year of the firm's life: rounding must not hire and fire by itself.
    posts(headcount, share, key.uniform(0, Purpose::SpecialistRounding))
}

/// The same, by the firm's own draw.
#[must_use]
#[inline]
pub fn posts(headcount: i32, share: f64, draw: f64) -> i32 {
    let wanted = distribution::whole(share * f64::from(headcount), draw);
    i32::try_from(wanted).unwrap_or(i32::MAX).min(headcount - 1).max(0)
}

/// A firm with nothing but its name, founding day, sector and people; elsewhere in the city.
#[must_use]
pub fn blank(
    id: FirmId,
    key: Key,
    born: i32,
    sector: Sector,
    specialists: i32,
    headcount: i32,
) -> Firm {
    Firm {
        id,
        key,
        born,
        quality: 0.0,
        sector,
        area: Area::Elsewhere,
        facility: NONE,
        alumnus_of: NONE,
        specialists,
        others: headcount - specialists,
        stage: 0,
        last_round: 0,
        raised: 0,
        status: Status::Independent,
        fund: NONE,
        co_invested: 0,
        output: 0.0,
        served: 0,
        extra: Extra::NOTHING,
    }
}

/// The share of specialists among a sector's posts.
#[must_use]
pub fn specialist_share(context: &YearContext<'_>, sector: Sector) -> f64 {
    match sector {
        Sector::Software => context.theta.specialist_share_software,
        Sector::Hardware => context.theta.specialist_share_hardware,
        Sector::Ict => context.theta.specialist_share_ict,
        Sector::Institute | Sector::Laboratory => context.theta.specialist_share_institute,
    }
}
