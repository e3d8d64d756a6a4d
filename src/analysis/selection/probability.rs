//! How probable it is that the best is found.

use crate::random::distribution::normal_share;

/// The probability that an estimate with this error lies below what is `gap` above its expected
/// value.
pub(super) fn is_above(gap: f64, error: f64) -> f64 {
    if error > 0.0 {
        normal_share(gap / error)
    } else if gap > 0.0 {
        1.0
    } else if gap < 0.0 {
        0.0
    } else {
        0.5
    }
}

/// A lower bound of the probability that the best is truly the best, from the mean paired
/// difference to each other one and its standard error, in one unit; whatever the correlations.
/// `None` where a number is not finite or an error negative. A difference of 0 without error is
/// counted as a tie, half for and half against.
///
/// # Formula
///
/// 1 − Σ Φ(−difference / error), at least 0.
///
/// # Source
///
/// The approximate probability of correct selection, by Bonferroni's inequality: Chen, Lin, Yücesan
/// and Chick (2000), Discrete Event Dynamic Systems 10, 251–270.
#[must_use]
pub fn least_probability(differences: &[f64], errors: &[f64]) -> Option<f64> {
    let known = |(of, error): (&f64, &f64)| of.is_finite() && error.is_finite() && *error >= 0.0;
    if differences.len() != errors.len() || !differences.iter().zip(errors).all(known) {
        return None;
    }
    let wrong = |(&of, &error): (&f64, &f64)| is_above(-of, error);
    let wrong: f64 = differences.iter().zip(errors).map(wrong).sum();
    Some((1.0 - wrong).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_and_what_is_unknown() {
        assert_eq!(least_probability(&[], &[]), Some(1.0));
        assert_eq!(least_probability(&[0.0, 0.0], &[0.0, 1.0]), Some(0.0));
        assert_eq!(least_probability(&[1.0], &[f64::INFINITY]), None);
    }
}
