//! At which value of a parameter another policy becomes the better one.

use std::sync::Arc;

use crate::analysis::decision::basis::Basis;
use crate::analysis::decision::curve::Curve;
use crate::analysis::decision::curve::KNOTS;

/// Halvings of the interval in which a curve crosses 0: to the last bit.
const HALVINGS: usize = 60;
/// Standard errors from 0 beyond which the sign of a curve, or of its slope, counts as told.
const TOLD: f64 = 3.0;
/// Draws, at quantiles, at which it is looked whether the sign is told.
const LOOKED_AT: usize = 40;

/// A side of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Where the parameter is higher.
    Above,
    /// Where it is lower.
    Below,
}

/// Where the smoothed difference of a policy from another crosses 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The place of the parameter.
    pub parameter: usize,
    /// Its value there, in its unit.
    pub value: f64,
    /// On which side the other policy is better.
    pub direction: Direction,
    /// The share of draws on that side, 0 to 1.
    pub probability_beyond: f64,
    /// Whether the value lies within the draws. Beyond them it rests on a straight line.
    pub inside_range: bool,
    /// The standard error of the value, in its unit: that of the curve over its slope, by the delta
    /// method. A value whose standard error is as large as the range of the draws says little.
    pub se: f64,
    /// Whether the curve is more than three standard errors from 0 somewhere within the draws on
    /// either side of the value, with the signs that make it a switch; beyond the draws never.
    pub is_told: bool,
}

/// Where differences cross 0 as functions of one parameter: for each the crossing nearest to the
/// median of the draws.
///
/// `differences` are those of a policy from another by replication, in the order of `draws`, each
/// positive where the policy is better. The curve is that of [`Curve::fit`]. Where it does not
/// cross 0 within the draws, it goes on straight with the slope at the end, if that is more than
/// three standard errors from 0, to half the range of the draws beyond it. Nothing where there is no
/// crossing there either, or no curve.
#[must_use]
pub fn crossings(parameter: usize, draws: &[f64], differences: &[&[f64]]) -> Vec<Option<Crossing>> {
    let Some(basis) = Basis::of(draws, KNOTS).map(Arc::new) else {
        return vec![None; differences.len()];
    };
    let mut order: Vec<usize> = (0..draws.len()).collect();
    order.sort_by(|&one, &other| draws[one].total_cmp(&draws[other]));
    let sorted: Vec<f64> = order.iter().map(|&row| draws[row]).collect();
    let one = |difference: &&[f64]| {
        let curve = Curve::on(&basis, difference)?;
        let fitted = curve.fitted();
        let heights: Vec<f64> = order.iter().map(|&row| fitted[row]).collect();
        let within = inside(&curve, &sorted, &heights);
        let median = sorted[sorted.len() / 2];
        let nearest = within.iter().copied().reduce(|best, value| {
            if (value - median).abs() < (best - median).abs() { value } else { best }
        });
        let value = nearest.or_else(|| outside(&curve))?;
        let slope = curve.slope(value);
        let se = curve.se(value) / slope.abs();
        if !(value.is_finite() && se.is_finite()) {
            return None;
        }
        let direction = if slope < 0.0 { Direction::Above } else { Direction::Below };
        let is_beyond = |draw: &&f64| match direction {
            Direction::Above => **draw > value,
            Direction::Below => **draw < value,
        };
        Some(Crossing {
            parameter,
            value,
            direction,
            probability_beyond: draws.iter().filter(is_beyond).count() as f64 / draws.len() as f64,
            inside_range: nearest.is_some(),
            se,
            is_told: nearest.is_some() && is_told(&curve, &sorted, value, direction),
        })
    };
    differences.iter().map(one).collect()
}

/// The values between neighbouring draws at which a curve changes its sign.
fn inside(curve: &Curve, sorted: &[f64], heights: &[f64]) -> Vec<f64> {
    let mut found = Vec::new();
    // The last draw whose height is not 0.
    let mut before: Option<(f64, f64)> = None;
    for (&draw, &height) in sorted.iter().zip(heights) {
        if height == 0.0 {
            continue;
        }
        if let Some((from, from_height)) = before
            && (from_height > 0.0) != (height > 0.0)
        {
            found.push(halve(curve, (from, draw), from_height > 0.0));
        }
        before = Some((draw, height));
    }
    found
}

fn halve(curve: &Curve, (mut low, mut high): (f64, f64), positive_at_low: bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if (curve.value(middle) > 0.0) == positive_at_low {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// Where a curve that goes on straight crosses 0 beyond the draws, at most half their range beyond;
/// the nearer of two.
fn outside(curve: &Curve) -> Option<f64> {
    let (low, high) = curve.range();
    let reach = (high - low) / 2.0;
    let beyond = |end: f64, sign: f64| {
        let slope = curve.slope(end);
        let distance = -sign * curve.value(end) / slope;
        let is_told = slope.abs() > TOLD * curve.slope_se(end);
        (is_told && distance > 0.0 && distance <= reach)
            .then_some((distance, end + sign * distance))
    };
    let ends = [beyond(low, -1.0), beyond(high, 1.0)];
    let nearest =
        ends.into_iter().flatten().reduce(|one, two| if two.0 < one.0 { two } else { one });
    nearest.map(|(_, value)| value)
}

fn is_told(curve: &Curve, sorted: &[f64], value: f64, direction: Direction) -> bool {
    let last = sorted.len() - 1;
    let points = (0..=LOOKED_AT).map(|place| sorted[place * last / LOOKED_AT]);
    let (mut other_is_better, mut policy_is_better) = (false, false);
    for point in points {
        let distance = curve.value(point) / curve.se(point).max(f64::MIN_POSITIVE);
        let is_beyond = match direction {
            Direction::Above => point > value,
            Direction::Below => point < value,
        };
        other_is_better |= is_beyond && distance < -TOLD;
        policy_is_better |= !is_beyond && distance > TOLD;
    }
    other_is_better && policy_is_better
}

#[cfg(test)]
mod tests {
    use crate::random::Key;
    use crate::random::Purpose;
    use crate::random::distribution::normal;

    use super::*;

    fn uniform(run: u64, row: usize) -> f64 {
        Key::world(run, row as u64).entity(0).uniform(0, Purpose::Analysis)
    }

    fn case(run: u64, count: usize, noise: f64, of: impl Fn(f64) -> f64) -> [Vec<f64>; 2] {
        let draws: Vec<f64> = (0..count).map(|row| uniform(run, row)).collect();
        let difference = draws
            .iter()
            .enumerate()
            .map(|(row, &x)| of(x) + noise * normal(uniform(run + 1, row)))
            .collect();
        [draws, difference]
    }

    fn only(draws: &[f64], difference: &[f64]) -> Option<Crossing> {
        crossings(7, draws, &[difference])[0]
    }

    #[test]
    fn a_straight_difference_without_noise_crosses_exactly() {
        let [draws, difference] = case(1, 200, 0.0, |x| 3.0 - 10.0 * x);
        let found = only(&draws, &difference).unwrap();
        let above = draws.iter().filter(|draw| **draw > 0.3).count() as f64 / 200.0;
        assert!((found.value - 0.3).abs() < 1e-9 && found.se < 1e-6);
        assert!((found.probability_beyond - above).abs() < 1e-12);
        assert!(found.inside_range && found.is_told);
        assert_eq!(found.parameter, 7);
        assert_eq!(found.direction, Direction::Above);
        let turned: Vec<f64> = difference.iter().map(|value| -value).collect();
        assert_eq!(only(&draws, &turned).unwrap().direction, Direction::Below);
    }

    /// Noise with standard deviation 2 over a slope of −10 and 200 draws: near the middle the standard
    /// error is 2 / √200 / 10 = 0.014. Of 60 runs at least 50 hold the value within two of them.
    #[test]
    fn under_noise_the_error_is_right() {
        let mut held = 0;
        for run in 0..60 {
            let [draws, difference] = case(10 + 2 * run, 200, 2.0, |x| 4.5 - 10.0 * x);
            let found = only(&draws, &difference).unwrap();
            assert!(found.se > 0.01 && found.se < 0.05, "{}", found.se);
            held += usize::from((found.value - 0.45).abs() < 2.0 * found.se);
        }
        assert!((50..=60).contains(&held), "{held}");
    }

    /// 20 (x − 0.2)(x − 0.6) crosses twice; the median, near 0.5, is nearer to 0.6, below which the
    /// other policy is better.
    #[test]
    fn of_two_crossings_the_one_nearest_to_the_median_is_taken() {
        let [draws, difference] = case(3, 2_000, 0.5, |x| 20.0 * (x - 0.2) * (x - 0.6));
        let found = only(&draws, &difference).unwrap();
        assert!((found.value - 0.6).abs() < 4.0 * found.se && found.se < 0.02, "{found:?}");
        assert_eq!(found.direction, Direction::Below);
        assert!(found.is_told);
    }

    #[test]
    fn beyond_the_draws_the_curve_goes_on_straight() {
        let [draws, difference] = case(4, 200, 0.1, |x| 6.0 - 5.0 * x);
        let found = only(&draws, &difference).unwrap();
        assert!((found.value - 1.2).abs() < 4.0 * found.se, "{found:?}");
        assert!(!found.inside_range && !found.is_told && found.probability_beyond == 0.0);
        assert_eq!(found.direction, Direction::Above);
        // Too far, and not at all.
        for of in [|x: f64| 20.0 - 5.0 * x, |_| 3.0] {
            let [draws, difference] = case(4, 200, 0.1, of);
            assert_eq!(only(&draws, &difference), None);
        }
    }

    #[test]
    fn a_crossing_of_noise_is_not_told() {
        let told = (0..40).filter(|run| {
            let [draws, difference] = case(200 + 2 * run, 200, 1.0, |_| 0.0);
            only(&draws, &difference).is_some_and(|found| found.is_told)
        });
        assert!(told.count() <= 4);
    }

    #[test]
    fn what_does_not_vary_does_not_switch() {
        assert_eq!(only(&[1.0; 30], &[2.0; 30]), None);
        assert_eq!(only(&[], &[]), None);
        assert_eq!(only(&[1.0, 2.0, 3.0], &[1.0, -1.0, 1.0]), None);
        let [draws, _] = case(5, 30, 0.0, |_| 0.0);
        assert_eq!(only(&draws, &[0.0; 30]), None);
        assert_eq!(only(&draws, &[f64::NAN; 30]), None);
        // A switch of two values.
        let two: Vec<f64> = (0..30).map(|row| f64::from(row % 2)).collect();
        let difference: Vec<f64> = two.iter().map(|x| 1.0 - 4.0 * x).collect();
        assert!((only(&two, &difference).unwrap().value - 0.25).abs() < 1e-9);
    }
}
