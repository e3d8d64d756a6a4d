//! From values to pixels, and the round values that an axis names. Whatever the values are, there are
//! few ticks and every pixel is a number that a picture can hold: a damaged table must not hang the
//! program.

use crate::analysis::layout::LARGEST_FIGURE;

/// An axis has at most so many ticks.
const MOST_TICKS: usize = 64;
/// Values that differ by less than this share of their size count as one: the steps between them
/// would be lost in rounding.
const LEAST_RANGE: f64 = 1e-12;
/// No pixel is farther from a picture than this `[px]`.
const FARTHEST: f64 = 1e5;

/// A range of values laid over a range of pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// A scale that holds all values, to the round values outside them; `pixels` from the low end
    /// to the high end.
    #[must_use]
    pub fn over(values: impl IntoIterator<Item = f64>, pixels: (f64, f64)) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.into_iter().filter(|value| !value.is_nan()) {
            let value = value.clamp(-LARGEST_FIGURE, LARGEST_FIGURE);
            low = low.min(value);
            high = high.max(value);
        }
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if high - low <= LEAST_RANGE * low.abs().max(high.abs()) {
            let room = if low.abs() > 0.0 { low.abs() / 10.0 } else { 1.0 };
            (low, high) = (low - room, high + room);
        }
        // Finer than the ticks, so that little room is left empty.
        let step = step(high - low, 16.0);
        Self {
            low: (low / step).floor() * step,
            high: (high / step).ceil() * step,
            from: pixels.0,
            to: pixels.1,
        }
    }

    /// A scale from one value to another, no rounder.
    #[must_use]
    pub const fn exact(values: (f64, f64), pixels: (f64, f64)) -> Self {
        Self { low: values.0, high: values.1, from: pixels.0, to: pixels.1 }
    }

    /// The pixel of a value; of no number that of the low end.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        let pixel = self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from);
        if pixel.is_nan() { self.from } else { pixel.clamp(-FARTHEST, FARTHEST) }
    }

    /// Round values from one end to the other, about `count` of them, with the decimals they need.
    #[must_use]
    pub fn ticks(&self, count: f64) -> (Vec<f64>, usize) {
        let step = step(self.high - self.low, count);
        let mut ticks = Vec::new();
        let mut number = (self.low / step - 1e-9).ceil();
        while number * step <= self.high + step * 1e-9 && ticks.len() < MOST_TICKS {
            ticks.push(number * step);
            number += 1.0;
        }
        let powers = [1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6];
        let decimals = powers.iter().position(|power| {
            let shifted = step * power;
            (shifted - shifted.round()).abs() < 1e-6
        });
        (ticks, decimals.unwrap_or(powers.len() - 1))
    }
}

/// A step of 1, 2 or 5 times a power of ten that cuts a range into about `count` parts.
fn step(range: f64, count: f64) -> f64 {
    let wanted = range / count;
    let mut step = 1e-9;
    let mut factors = [2.0, 2.5, 2.0].iter().cycle();
    // The largest number is reached in some 950 steps.
    while step < wanted * 0.999 {
        step *= factors.next().unwrap_or(&2.0);
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_the_values() {
        let scale = Scale::over([12_300.0, 19_700.0], (0.0, 100.0));
        let (ticks, decimals) = scale.ticks(4.0);
        assert_eq!(decimals, 0);
        let shown: Vec<String> = ticks.iter().map(|tick| format!("{tick:.0}")).collect();
        assert_eq!(shown, ["12000", "14000", "16000", "18000", "20000"]);
        assert!(scale.at(12_000.0).abs() < 1e-9 && (scale.at(20_000.0) - 100.0).abs() < 1e-9);
        let (ticks, decimals) = Scale::over([0.0, 0.4], (0.0, 1.0)).ticks(4.0);
        assert_eq!((ticks.len(), decimals), (5, 1));
    }

    #[test]
    fn nothing_and_one_value_still_make_a_scale() {
        assert!(Scale::over([], (0.0, 9.0)).at(0.5).is_finite());
        let scale = Scale::over([7.0, 7.0], (0.0, 10.0));
        assert!((0.0..=10.0).contains(&scale.at(7.0)));
    }

    #[test]
    fn whatever_the_values_are_ticks_are_few_and_pixels_are_numbers() {
        let next = 1e30_f64.next_up();
        let odd = [0.0, -3.0, 12.5, 1e30, next, -1e30, 1e300, f64::MAX, f64::MIN, 5e-324];
        let none = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
        let all = || odd.into_iter().chain(none);
        for (one, other) in all().flat_map(|one| all().map(move |other| (one, other))) {
            let scale = Scale::over([one, other], (0.0, 400.0));
            for count in [3.0, 7.0] {
                let (ticks, _) = scale.ticks(count);
                assert!(ticks.len() <= 16, "{} ticks for {one} and {other}", ticks.len());
                assert!(ticks.iter().all(|tick| tick.is_finite()), "{one} and {other}");
            }
            for value in all() {
                let pixel = scale.at(value);
                assert!(pixel.abs() <= FARTHEST, "{pixel} for {value} in {one} to {other}");
            }
        }
        // Enormous values have an axis like any other.
        let (ticks, _) = Scale::over([0.0, 1e30], (0.0, 400.0)).ticks(4.0);
        assert!((3..=8).contains(&ticks.len()), "{ticks:?}");
    }
}
