//! Firms as they begin: their size, and all that is blank.

use crate::model::district::extra::Extra;
use crate::model::district::firms::Firm;
use crate::model::district::packed::Status;
use crate::model::id::FirmId;
use crate::model::ledger::event::NONE;
use crate::policy::area::Area;
use crate::policy::sector::Sector;
use crate::random::Key;
use crate::random::math;

/// A log-normal headcount with this mean, at least one person, by a standard normal draw.
#[must_use]
pub fn headcount(normal: f64, mean: f64, spread: f64) -> i32 {
    let size = (mean * math::exp(spread * normal - spread * spread / 2.0)).round();
    #[expect(clippy::cast_possible_truncation, reason = "cut to the range first")]
    let size = size.clamp(1.0, 1e6) as i32;
    size
}

/// A firm with nothing but its name, founding day, place, sector and people.
#[must_use]
pub fn blank(
    id: FirmId,
    key: Key,
    (area, born): (Area, i32),
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
        area,
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
        last_raised: 0.0,
        served: 0,
        extra: Extra::NOTHING,
    }
}
