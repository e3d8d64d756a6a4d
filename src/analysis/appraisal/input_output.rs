//! Input-output analysis: what final demand of one sector brings about.

/// The multiplier of output of which only a share of the intermediate inputs is local.
///
/// # Formula
///
/// Of one sector with multiplier m the inputs are 1 − 1/m of its output:
///
/// ```text
/// x = A x + y, so 1 / (1 − share (1 − 1/m))
/// ```
///
/// # Source
///
/// Leontief (1936), The Review of Economics and Statistics 18, 105–125.
#[must_use]
pub fn local_multiplier(multiplier: f64, share: f64) -> f64 {
    let own = 1.0 - share * (1.0 - 1.0 / multiplier);
    // Where all output is used up in making it, no output meets the demand.
    if own.abs() < f64::EPSILON { 1.0 } else { 1.0 / own }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
    }

    #[test]
    fn what_is_not_local_multiplies_nothing() {
        near(local_multiplier(1.827, 1.0), 1.827);
        near(local_multiplier(1.827, 0.0), 1.0);
        near(local_multiplier(f64::INFINITY, 1.0), 1.0);
    }
}
