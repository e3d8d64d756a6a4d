//! Distributions by inversion: each turns one uniform number of (0, 1) into one variate.
//!
//! Inversion keeps worlds comparable: a variate rises with its uniform number (but for the
//! last bits of neighbouring ones), and a parameter that shifts the distribution shifts each
//! variate. Uniform numbers come from
//! [`Key::uniform`](crate::random::Key::uniform) or
//! [`LatinHypercubes::point`](crate::random::LatinHypercubes::point), for which 1 − u is exact.

use crate::random::math;

mod normal;
mod poisson;
#[cfg(test)]
mod tests;

pub use normal::normal;
pub use normal::normal_share;
pub(super) use normal::{far_tail_of, is_central, near_tail_of, normal_central, root_of};
pub use poisson::{LARGEST_MEAN, PoissonOdds, poisson};

/// A waiting time with mean 1: −ln(1 − u).
///
/// Precise to 2 ulp where 1 − u is exact, which includes the smallest uniform number there is.
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
#[must_use]
pub fn exponential(u: f64) -> f64 {
    -math::ln(1.0 - u)
}

/// Laplace with location 0 and scale 1 (variance 2): ln 2u below the median, −ln 2(1 − u) above.
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
#[must_use]
pub fn laplace(u: f64) -> f64 {
    (-math::ln(2.0 * u.min(1.0 - u))).copysign(u - 0.5)
}

/// Standard Gumbel (mean 0.5772, variance π²/6), the taste shock of a logit choice: −ln(−ln u).
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
#[must_use]
pub fn gumbel(u: f64) -> f64 {
    -math::ln(-math::ln(u))
}

/// Uniform between `low` and `high`; rounding may give either bound itself.
#[inline]
#[must_use]
pub fn uniform(u: f64, low: f64, high: f64) -> f64 {
    low + (high - low) * u
}

/// Lognormal with the given median and standard deviation `sigma` of the logarithm:
/// median · e^(sigma · normal(u)).
#[inline]
#[must_use]
pub fn lognormal(u: f64, median: f64, sigma: f64) -> f64 {
    median * math::exp(sigma * normal(u))
}

/// Triangular between `low` and `high` with its peak at `mode`, low ≤ mode ≤ high.
///
/// All three may coincide, which gives that number.
///
/// # Formula
///
/// ```text
/// low + sqrt(u (high - low) (mode - low))          where u (high - low) <= mode - low
/// high - sqrt((1 - u) (high - low) (high - mode))  elsewhere
/// ```
#[inline]
#[must_use]
pub fn triangular(u: f64, low: f64, mode: f64, high: f64) -> f64 {
    let width = high - low;
    let rising = low + (u * width * (mode - low)).sqrt();
    let falling = high - ((1.0 - u) * width * (high - mode)).sqrt();
    if u * width <= mode - low { rising } else { falling }
}

/// Rounds `x` ≥ 0 to one of the two whole numbers next to it, so that the mean is kept:
/// floor(x + u), without the error of the addition.
///
/// Whole numbers stay what they are. Negative numbers and NaN give 0; numbers from 2^32 on give
/// the largest `u32`.
#[inline]
#[must_use]
pub fn whole(x: f64, u: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "as documented")]
    let below = x as u32;
    let up = x - f64::from(below) >= 1.0 - u;
    below.saturating_add(u32::from(up))
}

/// The same for vector code: a whole number, for 0 <= x < 2^52.
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
#[must_use]
pub fn whole_number(x: f64, u: f64) -> f64 {
    let below = math::floor(x);
    below + if x - below >= 1.0 - u { 1.0 } else { 0.0 }
}

/// A day of the year, 1 to 365, each as likely as another.
#[inline]
#[must_use]
pub fn days(u: f64) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 365")]
    let before = (u * 365.0) as u16;
    before.min(364) + 1
}
