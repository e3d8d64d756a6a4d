//! The standard normal distribution by inversion.

#![expect(
    clippy::unreadable_literal,
    clippy::excessive_precision,
    reason = "coefficients are copied digit by digit"
)]

use crate::random::math;

/// Standard normal, with a relative error below 10^-15 (largest found: 6 × 10^-16).
///
/// Symmetric to the last bit: `normal(1 − u)` is `-normal(u)` where 1 − u is exact.
///
/// # Source
///
/// Algorithm AS 241, routine PPND16: Wichura (1988), Applied Statistics 37, 477–484.
#[inline]
#[must_use]
pub fn normal(u: f64) -> f64 {
    // 85 of 100 draws fall here.
    if is_central(u) { normal_central(u) } else { tail(u.min(1.0 - u)).copysign(u - 0.5) }
}

/// Whether a draw is in the range of [`normal_central`].
#[inline]
pub(in crate::random) fn is_central(u: f64) -> bool {
    (u - 0.5).abs() <= 0.425
}

/// [`normal`] of a draw for which [`is_central`] holds; of others, a number without meaning.
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
pub(in crate::random) fn normal_central(u: f64) -> f64 {
    central(u - 0.5)
}

/// The quantile of 0.5 + q, |q| ≤ 0.425.
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
fn central(q: f64) -> f64 {
    let r = 0.180625 - q * q;
    let numerator = polynomial(
        r,
        [
            3.3871328727963666080e0,
            1.3314166789178437745e2,
            1.9715909503065514427e3,
            1.3731693765509461125e4,
            4.5921953931549871457e4,
            6.7265770927008700853e4,
            3.3430575583588128105e4,
            2.5090809287301226727e3,
        ],
    );
    let denominator = polynomial(
        r,
        [
            1.0,
            4.2313330701600911252e1,
            6.8718700749205790830e2,
            5.3941960214247511077e3,
            2.1213794301586595867e4,
            3.9307895800092710610e4,
            2.8729085735721942674e4,
            5.2264952788528545610e3,
        ],
    );
    q * numerator / denominator
}

/// The distance from 0 of the quantile with probability p < 0.075 beyond it.
#[inline]
fn tail(p: f64) -> f64 {
    let r = (-math::ln(p)).sqrt();
    if r <= 5.0 { near_tail(r - 1.6) } else { far_tail(r - 5.0) }
}

/// The tail down to a probability of e^-25.
/// √(−ln p) for the smaller of u and 1 − u: where in a tail a uniform number is.
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
pub(in crate::random) fn root_of(u: f64) -> f64 {
    (-math::ln(u.min(1.0 - u))).sqrt()
}

/// The variate of a uniform number in a tail, by its [`root_of`], if that is at most 5.
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
pub(in crate::random) fn near_tail_of(u: f64, root: f64) -> f64 {
    near_tail(root - 1.6).copysign(u - 0.5)
}

/// The same where it is more than 5.
pub(in crate::random) fn far_tail_of(u: f64, root: f64) -> f64 {
    far_tail(root - 5.0).copysign(u - 0.5)
}

#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
fn near_tail(r: f64) -> f64 {
    let numerator = polynomial(
        r,
        [
            1.42343711074968357734e0,
            4.63033784615654529590e0,
            5.76949722146069140550e0,
            3.64784832476320460504e0,
            1.27045825245236838258e0,
            2.41780725177450611770e-1,
            2.27238449892691845833e-2,
            7.74545014278341407640e-4,
        ],
    );
    let denominator = polynomial(
        r,
        [
            1.0,
            2.05319162663775882187e0,
            1.67638483018380384940e0,
            6.89767334985100004550e-1,
            1.48103976427480074590e-1,
            1.51986665636164571966e-2,
            5.47593808499534494600e-4,
            1.05075007164441684324e-9,
        ],
    );
    numerator / denominator
}

/// The tail beyond a probability of e^-25, which one draw in 36 thousand million reaches.
#[cold]
fn far_tail(r: f64) -> f64 {
    let numerator = polynomial(
        r,
        [
            6.65790464350110377720e0,
            5.46378491116411436990e0,
            1.78482653991729133580e0,
            2.96560571828504891230e-1,
            2.65321895265761230930e-2,
            1.24266094738807843860e-3,
            2.71155556874348757815e-5,
            2.01033439929228813265e-7,
        ],
    );
    let denominator = polynomial(
        r,
        [
            1.0,
            5.99832206555887937690e-1,
            1.36929880922735805310e-1,
            1.48753612908506148525e-2,
            7.86869131145613259100e-4,
            1.84631831751005468180e-5,
            1.42151175831644588870e-7,
            2.04426310338993978564e-15,
        ],
    );
    numerator / denominator
}

/// Evaluates a polynomial; the constant comes first. Estrin's order, for short chains.
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
fn polynomial(x: f64, [c0, c1, c2, c3, c4, c5, c6, c7]: [f64; 8]) -> f64 {
    let x2 = x * x;
    let low = (c0 + x * c1) + x2 * (c2 + x * c3);
    let high = (c4 + x * c5) + x2 * (c6 + x * c7);
    low + (x2 * x2) * high
}

/// The share of a standard normal distribution below a score: what [`normal`] inverts.
#[must_use]
pub fn normal_share(score: f64) -> f64 {
    0.5 * libm::erfc(-score / std::f64::consts::SQRT_2)
}
