//! Mean and variance, computed so that rounding does not show.

/// Count, mean and variance of some values.
///
/// # Formula
///
/// ```text
/// mean = m + sum (x - m) / n, with m = sum x / n as rounded
/// variance = (sum (x - mean)^2 - (sum (x - mean))^2 / n) / (n - 1)
/// ```
///
/// with Neumaier's compensated sums. Values that are all the same have exactly that mean, and
/// variance 0.
///
/// # Source
///
/// Higham (2002), Accuracy and Stability of Numerical Algorithms, section 1.9; Neumaier (1974), ZAMM
/// 54, 39–51.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    count: usize,
    mean: Option<f64>,
    variance: Option<f64>,
}

impl Moments {
    /// The moments of some values.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let count = values.len();
        let n = count as f64;
        if count == 0 {
            return Self { count, mean: None, variance: None };
        }

        let mean = rounded_mean(values);

        let (mut remainder, mut squares) = (Sum::default(), Sum::default());
        for value in values {
            let deviation = value - mean;
            remainder.add(deviation);
            squares.add(deviation * deviation);
        }
        let (remainder, squares) = (remainder.total(), squares.total());
        let variance = (squares - remainder * remainder / n).max(0.0) / (n - 1.0);

        let finite = |number: &f64| number.is_finite();
        Self {
            count,
            mean: Some(mean).filter(finite),
            // With one value the divisor is 0 and the variance not finite. A mean that is not
            // finite must not pass for a variance of 0.
            variance: Some(variance).filter(|variance| mean.is_finite() && variance.is_finite()),
        }
    }

    /// How many values there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// The mean; `None` without values, or where it is not finite.
    #[must_use]
    pub const fn mean(&self) -> Option<f64> {
        self.mean
    }

    /// The unbiased variance (divisor n − 1); `None` below two values, or where it is not finite.
    #[must_use]
    pub const fn variance(&self) -> Option<f64> {
        self.variance
    }

    /// The standard deviation: the root of [`Self::variance`].
    #[must_use]
    pub fn standard_deviation(&self) -> Option<f64> {
        self.variance.map(f64::sqrt)
    }

    /// The standard error of the mean of independent values: sd / √n.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        self.standard_deviation().map(|deviation| deviation / (self.count as f64).sqrt())
    }
}

/// The mean, as in [`Moments`]; `None` without values, or where it is not finite.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    Some(rounded_mean(values)).filter(|mean| mean.is_finite())
}

/// Not a number without values.
fn rounded_mean(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let rounded = sum(values.iter().copied()) / n;
    rounded + sum(values.iter().map(|value| value - rounded)) / n
}

/// The unbiased covariance (divisor n − 1) of pairs; `None` below two pairs, for slices of
/// different lengths, or where it is not finite.
#[must_use]
pub fn covariance(left: &[f64], right: &[f64]) -> Option<f64> {
    if left.len() != right.len() || left.len() < 2 {
        return None;
    }
    let n = left.len() as f64;
    let (left_mean, right_mean) = (Moments::of(left).mean?, Moments::of(right).mean?);
    let products = left.iter().zip(right).map(|(x, y)| (x - left_mean) * (y - right_mean));
    let remainder =
        sum(left.iter().map(|x| x - left_mean)) * sum(right.iter().map(|y| y - right_mean));
    Some((sum(products) - remainder / n) / (n - 1.0)).filter(|covariance| covariance.is_finite())
}

/// The sum of some values, with an error that does not grow with their number (Neumaier).
#[must_use]
pub fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sum = Sum::default();
    for value in values {
        sum.add(value);
    }
    sum.total()
}

/// A sum that grows value by value, and what its additions lost.
#[derive(Default)]
struct Sum {
    sum: f64,
    lost: f64,
}

impl Sum {
    fn add(&mut self, value: f64) {
        let Self { sum, lost } = self;
        let total = *sum + value;
        // What the addition lost is exact when the larger of the two comes first.
        *lost +=
            if sum.abs() >= value.abs() { (*sum - total) + value } else { (value - total) + *sum };
        *sum = total;
    }

    fn total(self) -> f64 {
        self.sum + self.lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The certified mean and standard deviation of one of NIST's statistical reference data
    /// sets: the mean to 14 digits, the standard deviation to `digits`.
    fn check_certified(values: &[f64], mean: f64, deviation: f64, digits: i32) {
        let moments = Moments::of(values);
        let off = (moments.mean().unwrap() / mean - 1.0).abs();
        assert!(off < 1e-14, "mean is off by {off:e}");
        let off = (moments.standard_deviation().unwrap() / deviation - 1.0).abs();
        assert!(off < 10f64.powi(-digits), "standard deviation is off by {off:e}");
    }

    /// The `NumAcc` sets: the middle once, then 500 pairs of the middle less and plus one step.
    fn around(low: f64, middle: f64, high: f64, pairs: usize) -> Vec<f64> {
        let mut values = vec![middle];
        for _ in 0..pairs {
            values.extend([low, high]);
        }
        values
    }

    #[test]
    fn certified_values_of_nist_are_reproduced() {
        check_certified(&[10_000_001.0, 10_000_003.0, 10_000_002.0], 10_000_002.0, 1.0, 15);
        check_certified(&around(1.1, 1.2, 1.3, 500), 1.2, 0.1, 14);
        // The last digits of these two sets are lost when 0.1 beside 10^6 and 10^7 becomes a
        // binary number: half a unit of 2^-32 (2^-29) in 0.1.
        check_certified(&around(1_000_000.1, 1_000_000.2, 1_000_000.3, 500), 1_000_000.2, 0.1, 8);
        check_certified(
            &around(10_000_000.1, 10_000_000.2, 10_000_000.3, 500),
            10_000_000.2,
            0.1,
            7,
        );
    }

    #[test]
    fn values_that_are_the_same_have_that_mean_and_no_variance() {
        for value in [0.0, 0.1, -1e-300, 1.0 / 3.0, 1e15 + 0.3, 7.7e200] {
            for count in [2, 3, 7, 1_000, 4_999] {
                let moments = Moments::of(&vec![value; count]);
                assert_eq!(moments.mean().map(f64::to_bits), Some(value.to_bits()));
                assert_eq!(moments.variance().map(f64::to_bits), Some(0));
                assert_eq!(moments.standard_error().map(f64::to_bits), Some(0));
            }
        }
    }

    #[test]
    fn differences_of_identical_slices_are_exactly_0() {
        let values: Vec<f64> = (1..500).map(|number| f64::from(number).sqrt()).collect();
        let differences: Vec<f64> = values.iter().zip(&values).map(|(a, b)| a - b).collect();
        let moments = Moments::of(&differences);
        assert_eq!(moments.mean().map(f64::to_bits), Some(0));
        assert_eq!(moments.standard_deviation().map(f64::to_bits), Some(0));
    }

    #[test]
    fn unknown_is_none() {
        assert_eq!(Moments::of(&[]), Moments { count: 0, mean: None, variance: None });
        assert_eq!(Moments::of(&[2.5]), Moments { count: 1, mean: Some(2.5), variance: None });
        for strange in [f64::NAN, f64::INFINITY] {
            let moments = Moments::of(&[1.0, strange]);
            assert_eq!((moments.count(), moments.mean(), moments.variance()), (2, None, None));
        }
        assert_eq!(covariance(&[1.0, 2.0], &[1.0]), None);
        assert_eq!(covariance(&[1.0], &[1.0]), None);
    }

    #[test]
    fn covariance_of_a_slice_with_itself_is_its_variance() {
        let values = [3.0, 1.0, 4.0, 1.5, 9.0];
        let (own, variance) = (covariance(&values, &values), Moments::of(&values).variance());
        assert!((own.unwrap() - variance.unwrap()).abs() < 1e-14);
        // By hand: means 2 and 4, products 2, 0 and 4, divisor 2.
        let by_hand = covariance(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]).unwrap();
        assert!((by_hand - 2.0).abs() < 1e-15);
    }

    #[test]
    fn what_cancels_is_not_lost() {
        assert!((sum([1.0, 1e100, 1.0, -1e100]) - 2.0).abs() < f64::EPSILON);
        assert_eq!(sum([]).to_bits(), 0);
    }
}
