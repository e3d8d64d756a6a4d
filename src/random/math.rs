//! Elementary functions whose bits are the same on every platform.
//!
//! `f64::exp`, `f64::ln` and `f64::powf` call the platform's library, so their last bit varies.
//! [`exp`] and [`ln`] use additions, multiplications, one division and bit casts only, which IEEE
//! 754 defines exactly, and no branches, so that the compiler may turn a loop over a slice into
//! vector code: every width gives the same bits. The rarer functions come from `libm`.
//! (`f64::sqrt` is correctly rounded everywhere and needs no replacement.)

#![expect(
    clippy::unreadable_literal,
    clippy::excessive_precision,
    reason = "coefficients are copied digit by digit"
)]

/// Below 1 by more than any rounding.
pub const SAFELY_BELOW_ONE: f64 = 1.0 - 1e-12;

/// The lowest argument that [`exp`] tells apart; its exponential is still a normal number.
pub const EXP_LOWEST: f64 = -708.0;

/// The highest argument that [`exp`] tells apart; its exponential is still finite.
pub const EXP_HIGHEST: f64 = 709.0;

/// Adding this rounds a small number to an integer, held in the low bits (1.5 × 2^52).
const ROUND: f64 = 6755399441055744.0;

/// The upper 32 bits of ln 2, so that its product with an exponent is exact.
const LN_2_HIGH: f64 = 6.93147180369123816490e-01;

/// ln 2 less [`LN_2_HIGH`].
const LN_2_LOW: f64 = 1.90821492927058770002e-10;

/// Where the exponent stands in the bits of a number.
const EXPONENT_SHIFT: u32 = 52;

/// What is added to the exponent in the bits of a number.
const EXPONENT_BIAS: u64 = 1023;

/// The exponential e^x, within 1 ulp (largest error found: 0.88 ulp).
///
/// Arguments outside [`EXP_LOWEST`] to [`EXP_HIGHEST`] count as the nearer of the two, so the
/// result is always positive and finite; NaN gives NaN.
///
/// # Formula
///
/// ```text
/// x = k ln 2 + r, |r| <= ln 2 / 2;  e^x = 2^k (1 + r + r^2 P(r))
/// ```
///
/// # Source
///
/// Reduction after Cody and Waite (1980). P, of degree 10, is a Chebyshev fit computed with 60
/// digits; r^2 P(r) is off by at most 0.002 units of 2^-53.
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
#[must_use]
pub fn exp(x: f64) -> f64 {
    let x = x.clamp(EXP_LOWEST, EXP_HIGHEST);
    let shifted = x * std::f64::consts::LOG2_E + ROUND;
    let k = shifted - ROUND;
    let high = x - k * LN_2_HIGH;
    let low = k * LN_2_LOW;
    let r = high - low;
    // What the subtraction lost; without it the error would exceed 1 ulp now and then.
    let lost = (high - r) - low;

    // Estrin's order: short chains of dependent operations.
    let r2 = r * r;
    let r4 = r2 * r2;
    let p01 = 0.5 + r * 0.1666666666666667;
    let p23 = 0.04166666666666667 + r * 0.008333333333326136;
    let p45 = 0.0013888888888883748 + r * 0.00019841269874820627;
    let p67 = 2.4801587325547743e-05 + r * 2.7557255400206422e-06;
    let p89 = 2.75572736431103e-07 + r * 2.5105217004720745e-08;
    let upper = (p45 + r2 * p67) + r4 * (p89 + r2 * 2.0914686968086876e-09);
    let p = (p01 + r2 * p23) + r4 * upper;

    // The low 12 bits of `shifted` are those of k; the others leave at the top.
    let scale = (shifted.to_bits() << EXPONENT_SHIFT).wrapping_add(EXPONENT_BIAS << EXPONENT_SHIFT);
    (1.0 + (r + (r2 * p + lost))) * f64::from_bits(scale)
}

/// The natural logarithm, within 1 ulp, also next to 1 (largest error found: 0.79 ulp).
///
/// Meant for positive normal numbers. 0 gives −∞; a negative number and NaN give NaN. For positive
/// subnormal numbers, which no draw of this crate produces, the result lies between −710 and −708,
/// and infinity gives 709.78.
///
/// # Formula
///
/// ```text
/// x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2);  s = f / (2 + f)
/// ln x = k ln 2 + f - f^2/2 + s (f^2/2 + R(s^2))
/// ```
///
/// # Source
///
/// Reduction and polynomial R of `e_log.c` in Sun's fdlibm (1993), here without its branches.
#[inline(always)]
#[must_use]
pub fn ln(x: f64) -> f64 {
    const SQRT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
    const MANTISSA: u64 = (1 << EXPONENT_SHIFT) - 1;
    // As the bits of a number, an integer below 2^52 under this exponent reads 2^52 + integer.
    const INTEGER: u64 = 0x4330_0000_0000_0000;
    const INTEGER_OFFSET: f64 = 4503599627370496.0 + EXPONENT_BIAS as f64;

    let from_root = x.to_bits().wrapping_add((EXPONENT_BIAS << EXPONENT_SHIFT) - SQRT_HALF);
    let k = f64::from_bits((from_root >> EXPONENT_SHIFT) | INTEGER) - INTEGER_OFFSET;
    let f = f64::from_bits((from_root & MANTISSA) + SQRT_HALF) - 1.0;

    let s = f / (2.0 + f);
    let s2 = s * s;
    let s4 = s2 * s2;
    let odd = s4 * (0.3999999999940942 + s4 * (0.22222198432149784 + s4 * 0.15313837699209373));
    let even = s2
        * (0.6666666666666735
            + s4 * (0.2857142874366239 + s4 * (0.1818357216161805 + s4 * 0.14798198605116586)));
    let half_square = 0.5 * f * f;
    let logarithm =
        k * LN_2_HIGH - ((half_square - (s * (half_square + (odd + even)) + k * LN_2_LOW)) - f);

    let outside = if x == 0.0 { f64::NEG_INFINITY } else { f64::NAN };
    if x > 0.0 { logarithm } else { outside }
}

/// base^exponent; about ten times the price of [`exp`].
#[inline]
#[must_use]
pub fn pow(base: f64, exponent: f64) -> f64 {
    libm::pow(base, exponent)
}

/// e^x − 1, precise also for small x.
#[inline]
#[must_use]
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// 2^52: adding it to a smaller number that is not negative rounds that to a whole number.
const WHOLE: f64 = 4503599627370496.0;

/// The largest whole number that is not above `x`, for 0 <= x < 2^52.
///
/// The same as `f64::floor`, which is a call on processors without an instruction for it.
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
#[must_use]
pub fn floor(x: f64) -> f64 {
    let nearest = (x + WHOLE) - WHOLE;
    nearest - if nearest > x { 1.0 } else { 0.0 }
}

/// The whole number nearest to `x`, halves upwards, for 0 <= x < 2^52: the same as `f64::round`.
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
#[must_use]
pub fn round(x: f64) -> f64 {
    let below = floor(x);
    below + if x - below >= 0.5 { 1.0 } else { 0.0 }
}

/// A whole number of 0 <= x < 2^52 as an integer, without the branches of a cast.
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[inline(always)]
#[must_use]
pub fn integer(x: f64) -> i64 {
    // As the bits of a number, 2^52 + n reads n under a fixed exponent.
    (x + WHOLE).to_bits().wrapping_sub(WHOLE.to_bits()).cast_signed()
}

/// A whole number of -2^31 <= x < 2^31 as an integer, without the branches of a cast.
#[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
#[expect(clippy::cast_possible_truncation, reason = "the low half is the number")]
#[inline(always)]
#[must_use]
pub fn small_integer(x: f64) -> i32 {
    (x + ROUND).to_bits() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Purpose};

    /// How many representable numbers lie between two positive or two negative numbers.
    fn ulps(left: f64, right: f64) -> u64 {
        left.to_bits().abs_diff(right.to_bits())
    }

    /// Uniform numbers between two bounds, the same in every run.
    fn between(low: f64, high: f64, count: u64) -> impl Iterator<Item = f64> {
        let world = Key::world(11, 0);
        let uniform = move |id| world.entity(id).uniform(0, Purpose::Climate);
        (0..count).map(move |id| low + (high - low) * uniform(id))
    }

    #[test]
    fn exp_is_within_1_ulp_of_libm() {
        for (low, high) in [(-708.0, 709.0), (-40.0, 40.0), (-1.0, 1.0), (-1e-8, 1e-8)] {
            for x in between(low, high, 1_000_000) {
                assert!(ulps(exp(x), libm::exp(x)) <= 1, "exp({x:e})");
            }
        }
    }

    #[test]
    fn ln_is_within_1_ulp_of_libm() {
        for (low, high) in [(0.0, 1.0), (0.7, 1.42), (0.999, 1.001), (1.0, 1e6)] {
            for x in between(low, high, 1_000_000) {
                assert!(ulps(ln(x), libm::log(x)) <= 1, "ln({x:e})");
            }
        }
        // All magnitudes.
        for x in between(EXP_LOWEST, EXP_HIGHEST, 1_000_000).map(exp) {
            assert!(ulps(ln(x), libm::log(x)) <= 1, "ln({x:e})");
        }
    }

    #[test]
    fn exp_stays_positive_and_finite() {
        for x in [f64::NEG_INFINITY, -1e300, -709.0, EXP_LOWEST] {
            assert_eq!(exp(x).to_bits(), exp(EXP_LOWEST).to_bits());
        }
        for x in [f64::INFINITY, 1e300, 709.5, EXP_HIGHEST] {
            assert_eq!(exp(x).to_bits(), exp(EXP_HIGHEST).to_bits());
        }
        assert!(exp(EXP_LOWEST).is_normal() && exp(EXP_HIGHEST).is_finite());
        assert!(exp(f64::NAN).is_nan());
        assert_eq!(exp(0.0).to_bits(), 1f64.to_bits());
        assert_eq!(exp(-0.0).to_bits(), 1f64.to_bits());
    }

    #[test]
    fn ln_of_no_positive_normal_number_is_harmless() {
        assert_eq!(ln(0.0).to_bits(), f64::NEG_INFINITY.to_bits());
        assert_eq!(ln(-0.0).to_bits(), f64::NEG_INFINITY.to_bits());
        assert_eq!(ln(1.0).to_bits(), 0f64.to_bits());
        assert!(ln(-1.0).is_nan() && ln(f64::NAN).is_nan());
        for subnormal in [f64::from_bits(1), f64::MIN_POSITIVE / 2.0] {
            assert!((-710.0..-708.0).contains(&ln(subnormal)));
        }
        assert!((709.7..709.8).contains(&ln(f64::INFINITY)));
        assert!((709.7..709.8).contains(&ln(f64::MAX)));
    }

    #[test]
    fn whole_numbers_are_those_of_casts() {
        for x in between(0.0, 1e9, 100_000).chain(between(0.0, 3.0, 100_000)).chain([0.0, 1.0, 2.5])
        {
            assert_eq!(floor(x).to_bits(), x.floor().to_bits());
            assert_eq!(round(x).to_bits(), x.round().to_bits());
            #[expect(clippy::cast_possible_truncation, reason = "it fits")]
            let whole = x as i64;
            assert_eq!(integer(floor(x)), whole);
        }
        for n in [i32::MIN, -70_000, -1, 0, 1, 12_345, i32::MAX] {
            assert_eq!(small_integer(f64::from(n)), n);
        }
        assert_eq!(integer((1_i64 << 52) as f64 - 1.0), (1 << 52) - 1);
    }

    #[test]
    fn a_loop_over_a_slice_gives_the_bits_of_single_calls() {
        let arguments: Vec<f64> = between(0.0, 1.0, 1_003).collect();
        let batch: Vec<f64> = arguments.iter().map(|&x| exp(ln(x) * 0.5)).collect();
        for (&x, &in_batch) in arguments.iter().zip(&batch).rev() {
            assert_eq!(exp(ln(std::hint::black_box(x)) * 0.5).to_bits(), in_batch.to_bits());
        }
    }
}
