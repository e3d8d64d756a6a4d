//! Sample quantiles of type 7, the default of R, `NumPy` and spreadsheets.

/// The quantile with probability `p` (0 to 1) of values in ascending order; `None` without values
/// or for another `p`.
///
/// # Formula
///
/// ```text
/// h = (n - 1) p;  x[floor h] + (h - floor h) (x[floor h + 1] - x[floor h]), counted from 0
/// ```
///
/// # Source
///
/// Hyndman and Fan (1996), The American Statistician 50, 361–365, definition 7.
#[must_use]
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let position = sorted.len().checked_sub(1)? as f64 * p;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to n - 1")]
    let below = position as usize;
    let low = *sorted.get(below)?;
    let high = sorted.get(below + 1).copied().unwrap_or(low);
    // Rounding must not lead past the neighbour.
    Some((low + (position - below as f64) * (high - low)).min(high))
}

/// Several quantiles of values in any order, each as [`quantile`] defines it.
///
/// `None` without values, for a probability outside 0 to 1, or where a value is not finite.
#[must_use]
pub fn quantiles<const N: usize>(values: &[f64], probabilities: [f64; N]) -> Option<[f64; N]> {
    if !values.iter().all(|value| value.is_finite()) {
        return None;
    }
    let sorted = ascending(values);
    let mut found = [0.0; N];
    for (place, p) in found.iter_mut().zip(probabilities) {
        *place = quantile(&sorted, p)?;
    }
    Some(found)
}

/// The values in the order of [`f64::total_cmp`]. As whole numbers that are in the same order they are sorted in half the
/// time.
fn ascending(values: &[f64]) -> Vec<f64> {
    let mut keys: Vec<i64> =
        values.iter().map(|value| flipped(value.to_bits().cast_signed())).collect();
    keys.sort_unstable();
    keys.into_iter().map(|key| f64::from_bits(flipped(key).cast_unsigned())).collect()
}

/// The bits of a number, with all but the sign of a negative one turned over; its own inverse.
const fn flipped(bits: i64) -> i64 {
    bits ^ ((bits >> 63) & i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[f64], p: f64, expected: f64) {
        let [found] = quantiles(values, [p]).unwrap();
        assert!((found - expected).abs() < 1e-12, "p = {p}: {found} instead of {expected}");
    }

    #[test]
    fn documented_examples_are_reproduced() {
        // NumPy's documentation of `quantile`: a = [[10, 7, 4], [3, 2, 1]].
        check(&[10.0, 7.0, 4.0, 3.0, 2.0, 1.0], 0.5, 3.5);
        // Wikipedia, "Quartile", method 3 of Excel's QUARTILE.INC for the ordered data set 1.
        let ordered = [6.0, 7.0, 15.0, 36.0, 39.0, 40.0, 41.0, 42.0, 43.0, 47.0, 49.0];
        check(&ordered, 0.25, 25.5);
        check(&ordered, 0.5, 40.0);
        check(&ordered, 0.75, 42.5);
    }

    /// Of 1 to n the quantile is 1 + (n − 1) p.
    #[test]
    fn whole_numbers_in_a_row_are_interpolated() {
        let values: Vec<f64> = (1..=21).rev().map(f64::from).collect();
        for p in [0.0, 0.05, 0.123, 0.5, 0.95, 1.0] {
            check(&values, p, 1.0 + 20.0 * p);
        }
        check(&[4.25], 0.3, 4.25);
    }

    #[test]
    fn a_quantile_lies_between_its_neighbours() {
        let sorted = [0.1, 0.1, 0.1 + f64::EPSILON, 0.7];
        for step in 0..=1_000 {
            let found = quantile(&sorted, f64::from(step) / 1_000.0).unwrap();
            assert!((0.1..=0.7).contains(&found));
        }
        assert_eq!(quantile(&sorted, 0.2).map(f64::to_bits), Some(0.1f64.to_bits()));
    }

    #[test]
    fn values_ascend_as_in_the_total_order() {
        let values = [1.5, -0.0, 3e300, -2.5, 0.0, f64::MIN_POSITIVE, -f64::MAX, -1e-310, 1.5, 2.0];
        let mut expected = values;
        expected.sort_by(f64::total_cmp);
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&ascending(&values)), bits(&expected));
    }

    #[test]
    fn unknown_is_none() {
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantiles(&[], [0.5]), None);
        assert_eq!(quantiles(&[1.0, f64::NAN], [0.5]), None);
        assert_eq!(quantile(&[1.0], 1.1), None);
        assert_eq!(quantile(&[1.0], f64::NAN), None);
    }
}
