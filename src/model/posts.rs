//! How many of a firm's posts are for specialists.

use crate::policy::sector::Sector;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;
use crate::scenario::parameter::Parameters;

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

/// The share of specialists among a sector's posts.
#[must_use]
pub fn specialist_share(theta: &Parameters, sector: Sector) -> f64 {
    let of_sector = theta.specialist_share.get(sector.index());
    of_sector.copied().unwrap_or(theta.specialist_share_institute)
}
