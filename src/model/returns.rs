//! What an amount of money does: more of it always does more, and ever less so.

use std::ops::Range;

use crate::model::context::YearContext;
use crate::model::district::firms::Firms;
use crate::model::district::firms::ZEROS;
use crate::model::passes;
use crate::random::slice;

/// What an amount does over what the reference amount does: 0 for nothing, 1 for the reference
/// amount, never above `1 + saturation`.
///
/// `reference` and `amount` share a unit; `saturation` is the amount, over the reference amount, that
/// does half of the most that any does `[1]`. Both are above 0.
///
/// # Formula
///
/// ```text
/// f(a) = (1 + h) a / (h r + a)
/// ```
///
/// # Source
///
/// Judgement on the form: the simplest that is 0 at 0, rises, is concave and bounded. That returns
/// diminish: Howell (2017, American Economic Review 107; and her memo for the C.D. Howe Institute,
/// 2023) on grants, of which one six times as large added nothing measurable; Foster, Gupta and
/// Davila (2001, Stanford GSB 1727) on rounds, whose amounts matter little to the growth of young
/// startups; Brander, Du and Hellmann (2015, Review of Finance 19) on public shares.
#[expect(clippy::inline_always, reason = "compiled for each instruction set")]
#[must_use]
#[inline(always)]
pub fn diminishing(amount: f64, reference: f64, saturation: f64) -> f64 {
    (1.0 + saturation) * amount / (saturation * reference + amount)
}

/// What the money of its last round does for each firm; working memory.
#[derive(Clone, Debug, Default)]
pub struct Capital {
    by_row: Vec<f64>,
    rows: Vec<u32>,
}

impl Capital {
    /// Of each of some startups, of a block at most, over what the reference amount a head does `[1]`:
    /// 0 where no round closed within the last `years`, which end with last year. What is `times` 0 is not worked out.
    pub fn of(
        &mut self,
        context: &YearContext<'_>,
        startups: &Firms,
        rows: Range<usize>,
        years: u64,
        times: f64,
    ) -> &[f64] {
        if passes::may_leave_out(|| passes::is_zero(times)) {
            return &ZEROS[..rows.len()];
        }
        let (theta, year) = (context.theta, u64::from(context.year));
        let dates = &startups.dates()[rows.clone()];
        // Who never closed a round has the year 0.
        slice::choose(dates.len(), &mut self.rows, |row| {
            year.wrapping_sub(dates[row].last_round_wide()) <= years
        });
        if self.rows.is_empty() {
            return &ZEROS[..dates.len()];
        }
        self.by_row.clear();
        self.by_row.resize(dates.len(), 0.0);
        let (staff, raised) = (&startups.staff()[rows.clone()], &startups.last_raised()[rows]);
        for row in self.rows.iter().map(|&row| row as usize) {
            let reference = theta.capital_reference * f64::from(staff[row].headcount().max(1));
            self.by_row[row] = diminishing(raised[row], reference, theta.capital_saturation);
        }
        &self.by_row
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn more_does_more_and_ever_less_so(
            amount in 0.01_f64..1e5, reference in 0.01_f64..1e3, saturation in 0.01_f64..10.0,
        ) {
            let of = |amount| diminishing(amount, reference, saturation);
            prop_assert_eq!(of(0.0).to_bits(), 0.0_f64.to_bits());
            prop_assert!((of(reference) - 1.0).abs() < 1e-12);
            let (once, twice, thrice) = (of(amount), of(2.0 * amount), of(3.0 * amount));
            prop_assert!(0.0 < once && once < twice && twice < thrice);
            prop_assert!(twice - once < once && thrice - twice < twice - once);
            prop_assert!(of(1e300) <= (1.0 + saturation) * (1.0 + 1e-12));
        }
    }
}
