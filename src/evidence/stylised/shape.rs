//! Shapes of distributions: kurtosis, Laplace against normal, spread by size.

use crate::random::math;

/// The kurtosis E(x − μ)⁴ / (E(x − μ)²)²: 3 for a normal distribution, 6 for Laplace's. `None`
/// without spread.
#[must_use]
pub(super) fn kurtosis(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let moment = |power: i32| values.iter().map(|x| (x - mean).powi(power)).sum::<f64>() / n;
    let variance = moment(2);
    (variance > 0.0).then(|| moment(4) / (variance * variance))
}

/// By how much a Laplace distribution is the likelier of the two: mean log-likelihood a value,
/// Laplace less normal, each with its own location and scale by maximum likelihood.
///
/// # Formula
///
/// ```text
/// Laplace: −ln(2b) − 1, b the mean distance to the median
/// normal:  −ln(2πσ²)/2 − 1/2
/// ```
#[must_use]
pub(super) fn laplace_over_normal(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let median = crate::analysis::statistics::quantile(&sorted, 0.5)?;
    let n = values.len() as f64;
    let scale = values.iter().map(|x| (x - median).abs()).sum::<f64>() / n;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
    if scale <= 0.0 || variance <= 0.0 {
        return None;
    }
    let laplace = -math::ln(2.0 * scale) - 1.0;
    let normal = -0.5 * math::ln(std::f64::consts::TAU * variance) - 0.5;
    Some(laplace - normal)
}

/// The exponent β with which the standard deviation of growth falls with size, e^(−β ln size), by
/// weighted least squares over classes of size, each twice the one before. `None` with fewer than
/// three classes of at least `least` firms.
#[must_use]
pub(super) fn size_exponent(pairs: &[(f64, f64)], smallest: f64, least: usize) -> Option<f64> {
    let mut classes: std::collections::BTreeMap<i32, Vec<(f64, f64)>> =
        std::collections::BTreeMap::new();
    for &(size, growth) in pairs.iter().filter(|(size, _)| *size >= smallest) {
        #[expect(clippy::cast_possible_truncation, reason = "sizes are people")]
        let class = libm::floor(libm::log2(size / smallest)) as i32;
        classes.entry(class).or_default().push((math::ln(size), growth));
    }
    let points: Vec<(f64, f64, f64)> = classes
        .values()
        .filter(|class| class.len() >= least)
        .filter_map(|class| {
            let n = class.len() as f64;
            let size = class.iter().map(|(size, _)| size).sum::<f64>() / n;
            let mean = class.iter().map(|(_, growth)| growth).sum::<f64>() / n;
            let variance = class.iter().map(|(_, growth)| (growth - mean).powi(2)).sum::<f64>() / n;
            (variance > 0.0).then(|| (size, math::ln(variance) / 2.0, n))
        })
        .collect();
    if points.len() < 3 {
        return None;
    }
    Some(-slope(&points)?)
}

/// The slope of a weighted regression line through (x, y, weight).
#[must_use]
pub(super) fn slope(points: &[(f64, f64, f64)]) -> Option<f64> {
    let whole: f64 = points.iter().map(|point| point.2).sum();
    let mean = |of: fn(&(f64, f64, f64)) -> f64| {
        points.iter().map(|point| point.2 * of(point)).sum::<f64>() / whole
    };
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let square: f64 = points.iter().map(|point| point.2 * (point.0 - x).powi(2)).sum();
    let product: f64 = points.iter().map(|point| point.2 * (point.0 - x) * (point.1 - y)).sum();
    (square > 0.0).then(|| product / square)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::distribution;

    fn spread_out(count: u32) -> impl Iterator<Item = f64> {
        (0..count).map(move |index| (f64::from(index) + 0.5) / f64::from(count))
    }

    #[test]
    fn a_normal_and_a_laplace_distribution_are_told_apart() {
        let normal: Vec<f64> = spread_out(100_000).map(distribution::normal).collect();
        let laplace: Vec<f64> = spread_out(100_000).map(distribution::laplace).collect();
        assert!((kurtosis(&normal).unwrap() - 3.0).abs() < 0.01);
        assert!((kurtosis(&laplace).unwrap() - 6.0).abs() < 0.05);
        // Per value: ln(π/2)/2 − 1/2 + ... by hand −0.048 for the normal, +0.072 for Laplace's.
        assert!((laplace_over_normal(&normal).unwrap() + 0.048_4).abs() < 1e-3);
        assert!((laplace_over_normal(&laplace).unwrap() - 0.072_4).abs() < 1e-3);
    }

    #[test]
    fn the_exponent_of_spread_by_size_is_found_again() {
        let shocks: Vec<f64> = spread_out(2_000).map(distribution::laplace).collect();
        let pairs: Vec<(f64, f64)> = [10.0, 20.0, 45.0, 90.0, 200.0]
            .into_iter()
            .flat_map(|size: f64| {
                let scale = 0.3 * libm::pow(size, -0.16);
                shocks.iter().map(move |shock| (size, 0.02 + scale * shock))
            })
            .collect();
        assert!((size_exponent(&pairs, 8.0, 100).unwrap() - 0.16).abs() < 1e-9);
        assert_eq!(size_exponent(&pairs[..2_000], 8.0, 100), None, "one class has no slope");
    }
}
