//! Numbers by date.

use crate::time::Date;

/// A number by date: steps in rising order; before the first step it is 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule(pub Vec<(Date, u32)>);

impl Schedule {
    /// The number in force on a day.
    #[must_use]
    pub fn on(&self, date: Date) -> u32 {
        self.0.iter().rev().find(|&&(from, _)| from <= date).map_or(0, |&(_, value)| value)
    }

    /// Whether the number is above 0 on some day of a year.
    #[must_use]
    pub fn any_in(&self, year: u16) -> bool {
        let steps = self.0.iter().filter(|(from, _)| from.year == year);
        self.on(Date::new_year(year)) > 0 || steps.into_iter().any(|&(_, value)| value > 0)
    }

    /// The largest number, whenever it is in force.
    #[must_use]
    pub fn largest(&self) -> u32 {
        self.0.iter().map(|&(_, value)| value).max().unwrap_or(0)
    }

    /// Whether it is 0 on every day.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.largest() == 0
    }
}
