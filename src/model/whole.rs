//! Whole units: money in the ledger is whole million won, space whole square metres.

use crate::random::math;

/// A sum rounded to whole units: money in the ledger is whole million won, space whole m2.
#[must_use]
#[inline]
pub fn whole(amount: f64) -> i64 {
    // `f64::round` is a call on processors without an instruction for it; this is the same.
    #[expect(clippy::cast_possible_truncation, reason = "sums are far below 2^53")]
    let towards_zero = amount as i64;
    let rest = amount - towards_zero as f64;
    towards_zero + i64::from(rest >= 0.5) - i64::from(rest <= -0.5)
}

/// The same of an amount that is not negative, for vector code; more than 2^51 counts as that.
#[must_use]
#[inline(always)]
pub fn whole_of(amount: f64) -> i64 {
    const MOST: f64 = (1_i64 << 51) as f64;
    math::integer(math::round(amount.min(MOST)))
}
