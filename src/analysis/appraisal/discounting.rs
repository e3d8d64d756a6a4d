//! The rate at which later years count for less.

use crate::scenario::Scenario;

/// How money of different years is made comparable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Discounting {
    /// The year to which it is discounted.
    pub base_year: u16,
    /// Real social discount rate `[1/year]`.
    pub rate: f64,
}

impl Discounting {
    /// How a scenario discounts: at the value of its parameter, which its reader holds fixed.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let rate = scenario.parameter("discount_rate").map_or(0.0, |parameter| parameter.value);
        Self { base_year: scenario.base_year, rate }
    }

    /// What a won of a year is worth in the base year.
    ///
    /// # Formula
    ///
    /// ```text
    /// (1 + rate)^(base year − year)
    /// ```
    #[must_use]
    pub fn factor(&self, year: u16) -> f64 {
        let years = i32::from(self.base_year) - i32::from(year);
        libm::pow(1.0 + self.rate, f64::from(years))
    }

    /// The same of each of some years.
    #[must_use]
    pub fn factors(&self, years: &[u16]) -> Vec<f64> {
        years.iter().map(|&year| self.factor(year)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_won_of_next_year_is_worth_less_than_one_of_the_base_year() {
        let discounting = Discounting { base_year: 2021, rate: 0.045 };
        assert!((discounting.factor(2021) - 1.0).abs() < 1e-15);
        assert!((discounting.factor(2031) - 1.045_f64.powi(-10)).abs() < 1e-15);
        assert!(discounting.factor(2018) > 1.0);
    }
}
