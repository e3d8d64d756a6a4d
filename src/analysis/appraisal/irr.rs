//! Internal rates of return: every one that there is.

use crate::random::math;

/// Halvings that leave no more than rounding between two bounds.
const HALVINGS: usize = 200;
/// A present value below this share of the sum of sizes is rounding.
const ROUNDING: f64 = 1e-13;

/// The rates at which flows of one year after another are worth nothing, rising; the first flow is of
/// today. None where flows never change their sign, or where gains and losses never meet.
///
/// # Formula
///
/// ```text
/// Σ_t f_t / (1 + r)^t = 0, r > −1
/// ```
///
/// With x = 1/(1 + r) these are the positive zeros of a polynomial, at most as many as its coefficients
/// change their sign (Descartes). Between two neighbouring zeros of the derivative of p(x)/x^k it is
/// monotone and has at most one; with k between two coefficients of unlike signs that derivative has
/// one change of sign less, and so on to none.
#[must_use]
pub fn internal_rates(flows: &[f64]) -> Vec<f64> {
    let first = flows.iter().position(|flow| *flow != 0.0).unwrap_or(flows.len());
    let last = flows.iter().rposition(|flow| *flow != 0.0).map_or(first, |last| last + 1);
    let mut rates: Vec<f64> =
        zeros(&flows[first..last]).into_iter().map(|x| 1.0 / x - 1.0).collect();
    rates.reverse();
    rates
}

/// The positive zeros of a polynomial whose first and last coefficients are not 0, rising.
fn zeros(coefficients: &[f64]) -> Vec<f64> {
    let signs = coefficients.iter().enumerate().filter(|(_, of)| **of != 0.0);
    let mut before: Option<(usize, f64)> = None;
    let mut change = None;
    for (place, &of) in signs {
        if let Some((at, other)) = before
            && (other > 0.0) != (of > 0.0)
        {
            change = Some((at + place) as f64 / 2.0);
            break;
        }
        before = Some((place, of));
    }
    let Some(middle) = change else { return Vec::new() };
    let derived: Vec<f64> =
        (0..).zip(coefficients).map(|(place, of)| (f64::from(place) - middle) * of).collect();
    let turns = zeros(&derived);
    let (low, high) = bounds(coefficients);
    let mut ends = vec![low];
    ends.extend(turns.iter().copied().filter(|turn| low < *turn && *turn < high));
    ends.push(high);
    let mut found: Vec<f64> = Vec::new();
    for pair in ends.windows(2) {
        let zero = between(coefficients, pair[0], pair[1]);
        // Where the polynomial only touches 0, both sides find the place.
        let known = |zero: &f64| found.last().is_some_and(|last| (zero / last - 1.0).abs() < 1e-9);
        found.extend(zero.filter(|zero| !known(zero)));
    }
    found
}

/// Between which every positive zero lies (Cauchy).
fn bounds(coefficients: &[f64]) -> (f64, f64) {
    let largest = coefficients.iter().fold(0.0, |most: f64, of| most.max(of.abs()));
    let ends = [coefficients.first(), coefficients.last()];
    let [first, last] = ends.map(|end| end.map_or(1.0, |end| end.abs()));
    (first / (first + largest), 1.0 + largest / last)
}

/// The zero between two places between which the polynomial is monotone but for a power of x.
fn between(coefficients: &[f64], low: f64, high: f64) -> Option<f64> {
    let sign = |x: f64| {
        let (value, size) = worth(coefficients, x);
        if value.abs() <= ROUNDING * size { 0.0 } else { value.signum() }
    };
    let (at_low, at_high) = (sign(low), sign(high));
    if at_low == 0.0 {
        return Some(low);
    }
    if at_high == 0.0 {
        return Some(high);
    }
    if at_low.total_cmp(&at_high).is_eq() {
        return None;
    }
    let (mut low, mut high) = (low, high);
    for _ in 0..HALVINGS {
        let middle = (low * high).sqrt();
        if middle <= low || middle >= high {
            break;
        }
        if (worth(coefficients, middle).0 > 0.0) == (at_low > 0.0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(low)
}

/// The value of a polynomial, and the sum of the sizes of its terms; both over the largest power
/// where x is above 1, so that neither overflows.
fn worth(coefficients: &[f64], x: f64) -> (f64, f64) {
    let horner =
        |(value, size): (f64, f64), of: &f64, x: f64| (value * x + of, size * x + of.abs());
    if x <= 1.0 {
        coefficients.iter().rev().fold((0.0, 0.0), |sum, of| horner(sum, of, x))
    } else {
        coefficients.iter().fold((0.0, 0.0), |sum, of| horner(sum, of, 1.0 / x))
    }
}

/// The rate at which what is paid, brought to the first year, grows to what comes in, carried to the
/// last: unlike an internal rate there is one wherever something is paid and something comes in.
///
/// # Formula
///
/// ```text
/// (Σ_t max(f_t, 0) (1 + reinvestment)^(n − t) / Σ_t max(−f_t, 0) (1 + finance)^−t)^(1/n) − 1
/// ```
///
/// # Source
///
/// MIRR of spreadsheets.
#[must_use]
pub fn modified_rate(flows: &[f64], finance: f64, reinvestment: f64) -> Option<f64> {
    let years = i32::try_from(flows.len().checked_sub(1).filter(|years| *years > 0)?).ok()?;
    let (mut paid, mut received) = (0.0, 0.0);
    for (year, flow) in (0..).zip(flows) {
        paid += (-flow).max(0.0) * math::pow(1.0 + finance, -f64::from(year));
        received += flow.max(0.0) * math::pow(1.0 + reinvestment, f64::from(years - year));
    }
    let both = paid > 0.0 && received > 0.0;
    both.then(|| math::pow(received / paid, 1.0 / f64::from(years)) - 1.0)
}

/// By how much an internal rate of flows moves with each of them; nothing where it is no simple zero.
///
/// # Formula
///
/// ```text
/// dr/df_t = (1 + r)^-t / Σ_s s f_s (1 + r)^(-s - 1)
/// ```
#[must_use]
pub fn internal_rate_moves(flows: &[f64], rate: f64) -> Option<Vec<f64>> {
    let of = |year: i32| math::pow(1.0 + rate, -f64::from(year));
    let slope: f64 =
        (0..).zip(flows).map(|(year, flow)| f64::from(year) * flow * of(year + 1)).sum();
    let moves: Vec<f64> = (0..).zip(flows).map(|(year, _)| of(year) / slope).collect();
    moves.iter().all(|it| it.is_finite()).then_some(moves)
}

/// By how much the modified rate of flows moves with each of them.
///
/// # Formula
///
/// With the rate m over n years, gains G carried to the last year and losses L brought to the first,
///
/// ```text
/// dm/df_t = (1 + m)/n · (1 + reinvestment)^(n - t)/G of a gain, (1 + m)/n · (1 + finance)^-t/L of a loss
/// ```
#[must_use]
pub fn modified_rate_moves(flows: &[f64], finance: f64, reinvestment: f64) -> Option<Vec<f64>> {
    let rate = modified_rate(flows, finance, reinvestment)?;
    let years = i32::try_from(flows.len() - 1).ok()?;
    let factor = |(year, flow): (i32, &f64)| {
        if *flow < 0.0 {
            math::pow(1.0 + finance, -f64::from(year))
        } else {
            math::pow(1.0 + reinvestment, f64::from(years - year))
        }
    };
    let sum = |gains: bool| -> f64 {
        let of_side = (0..).zip(flows).filter(|(_, flow)| (**flow >= 0.0) == gains);
        of_side.map(|(year, flow)| flow.abs() * factor((year, flow))).sum()
    };
    let [losses, gains] = [false, true].map(sum);
    let by = |(year, flow): (i32, &f64)| {
        let of = if *flow < 0.0 { losses } else { gains };
        (1.0 + rate) / f64::from(years) * factor((year, flow)) / of
    };
    Some((0..).zip(flows).map(by).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len(), "{found:?} instead of {expected:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 5e-9, "{found} instead of {expected}");
        }
    }

    /// Oracles O2: two, one, none, and one next to the loss of everything.
    #[test]
    fn every_rate_is_found() {
        near(&internal_rates(&[-1.0, 3.0, -2.0]), &[0.0, 1.0]);
        near(&internal_rates(&[-1000.0, 300.0, 400.0, 500.0, 600.0]), &[0.248_883_36]);
        near(&internal_rates(&[1.0, -1.0, 1.0]), &[]);
        near(&internal_rates(&[-100.0, 0.5]), &[-0.995]);
        near(&internal_rates(&[]), &[]);
        near(&internal_rates(&[0.0, 0.0]), &[]);
        near(&internal_rates(&[0.0, 5.0, 5.0]), &[]);
        // It only touches 0: (1 − 1.1 x)².
        near(&internal_rates(&[1.0, -2.2, 1.21]), &[0.1]);
        // Leading and trailing years without a flow change nothing.
        near(&internal_rates(&[0.0, -1.0, 3.0, -2.0, 0.0]), &[0.0, 1.0]);
    }

    /// Oracles O1 and O3.
    #[test]
    fn published_rates_are_reproduced() {
        let cost = [10.0, 20.0, 30.0, 30.0, 20.0, 10.0, 5.0, 5.0, 5.0, 5.0];
        let benefit = [0.0, 0.0, 5.0, 10.0, 30.0, 40.0, 40.0, 40.0, 40.0, 25.0];
        let flows: Vec<f64> = benefit.iter().zip(cost).map(|(a, b)| a - b).collect();
        near(&internal_rates(&flows), &[0.175_510_25]);
        let flows = [-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0, 26_000.0];
        near(&internal_rates(&flows), &[0.086_630_95]);
        let flows = [-120_000.0, 39_000.0, 30_000.0, 21_000.0, 37_000.0, 46_000.0];
        near(&[modified_rate(&flows, 0.1, 0.12).unwrap()], &[0.126_094_13]);
        assert_eq!(modified_rate(&[1.0, 2.0], 0.1, 0.1), None);
        assert_eq!(modified_rate(&[-1.0], 0.1, 0.1), None);
    }

    #[test]
    fn rates_move_with_flows_as_their_differences_say() {
        let flows = [-1000.0, 300.0, -50.0, 500.0, 600.0];
        let internal = |flows: &[f64]| internal_rates(flows)[0];
        let modified = |flows: &[f64]| modified_rate(flows, 0.04, 0.06).unwrap();
        let expected = [
            internal_rate_moves(&flows, internal(&flows)).unwrap(),
            modified_rate_moves(&flows, 0.04, 0.06).unwrap(),
        ];
        for year in 0..flows.len() {
            let with = |by: f64| {
                let mut other = flows;
                other[year] += by;
                [internal(&other), modified(&other)]
            };
            let (up, down) = (with(0.01), with(-0.01));
            for which in [0, 1] {
                let found = (up[which] - down[which]) / 0.02;
                let expected = expected[which][year];
                assert!((found / expected - 1.0).abs() < 1e-5, "{year}: {found} {expected}");
            }
        }
        assert_eq!(modified_rate_moves(&[1.0, 2.0], 0.1, 0.1), None);
    }

    proptest! {
        /// Flows made of known rates have these and no others.
        #[test]
        fn rates_that_flows_are_made_of_are_found(
            first in -0.5..2.0_f64, gaps in prop::collection::vec(0.2..1.0_f64, 0..3),
        ) {
            let mut rates = vec![first];
            for gap in gaps {
                rates.push(rates[rates.len() - 1] + gap);
            }
            let mut flows = vec![-1.0];
            for rate in &rates {
                let mut next = vec![0.0; flows.len() + 1];
                for (place, flow) in flows.iter().enumerate() {
                    next[place] += flow;
                    next[place + 1] -= flow * (1.0 + rate);
                }
                flows = next;
            }
            let found = internal_rates(&flows);
            prop_assert_eq!(found.len(), rates.len(), "{:?} of {:?}", found, rates);
            for (found, rate) in found.iter().zip(&rates) {
                prop_assert!((found - rate).abs() < 1e-6, "{found} instead of {rate}");
            }
        }
    }
}
