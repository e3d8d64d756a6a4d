//! The calendar: years, days of the year, dates, and the phases of a year in their order.

use std::fmt;

/// Days in a year of the simulation: 29 February is treated as 28 February.
pub const DAYS: u16 = 365;

/// Days before each month of a year without a leap day.
const BEFORE_MONTH: [u16; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// A day of the calendar: a year and a day of that year, 1 to 365.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The calendar year.
    pub year: u16,
    /// The day of the year, 1 to [`DAYS`].
    pub day: u16,
}

impl Date {
    /// The first day of a year.
    #[must_use]
    pub const fn new_year(year: u16) -> Self {
        Self { year, day: 1 }
    }

    /// A date from year, month (1 to 12) and day of the month, or `None` where no such day exists.
    #[must_use]
    pub fn from_calendar(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        if day == 0 || day > last {
            return None;
        }
        // The leap day has no place in a year of 365 days; it counts as the day before.
        let day = if month == 2 { day.min(28) } else { day };
        Some(Self { year, day: BEFORE_MONTH[usize::from(month) - 1] + u16::from(day) })
    }

    /// The date as a number of days on one scale, for differences `[days]`.
    #[must_use]
    pub fn ordinal(self) -> i64 {
        i64::from(self.year) * i64::from(DAYS) + i64::from(self.day) - 1
    }

    /// The date with this number on the scale of [`Date::ordinal`]; years outside 0 to 9999 are
    /// cut to that range.
    #[must_use]
    pub fn from_ordinal(ordinal: i64) -> Self {
        let days = i64::from(DAYS);
        let clamped = ordinal.clamp(0, 9_999 * days + days - 1);
        let year = u16::try_from(clamped / days).unwrap_or(u16::MAX);
        let day = u16::try_from(clamped % days).unwrap_or(0) + 1;
        Self { year, day }
    }

    /// The date a number of years later, to the nearest day.
    #[must_use]
    pub fn plus_years(self, years: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "`from_ordinal` cuts to its range")]
        let days = (years * f64::from(DAYS)).round() as i64;
        Self::from_ordinal(self.ordinal().saturating_add(days))
    }

    /// The date a number of calendar months later, or earlier where it is negative: the same day of the
    /// month, or the last where that month is shorter. Years outside 0 to 9999 are cut to that range.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let month = self.month();
        let day = self.day - BEFORE_MONTH[month];
        let since = i64::from(self.year) * 12 + i64::try_from(month).unwrap_or(0);
        let since = (since + i64::from(months)).clamp(0, 9_999 * 12 + 11);
        let year = u16::try_from(since / 12).unwrap_or(u16::MAX);
        let month = usize::try_from(since % 12).unwrap_or(0);
        let end = BEFORE_MONTH.get(month + 1).copied().unwrap_or(DAYS);
        Self { year, day: (BEFORE_MONTH[month] + day).min(end) }
    }

    /// The month, from 0 for January.
    fn month(self) -> usize {
        BEFORE_MONTH.iter().rposition(|&before| before < self.day).unwrap_or(0)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = self.month();
        let day = self.day - BEFORE_MONTH[month];
        write!(formatter, "{:04}-{:02}-{:02}", self.year, month + 1, day)
    }
}

/// 1 July, by the day of the year: what is dated before it counts for its own year (model, section 3).
pub const MID_YEAR: u16 = 182;

/// A part of the year. The order of the variants is the order of the year (model, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Calendar events fall due: designations, openings, completed buildings.
    Policy,
    /// Founders appear, choose a place, apply; tenancies end; firms reconsider where they are.
    Intake,
    /// Cohorts finish, found firms, stay or leave.
    Graduation,
    /// Firms fail or survive, plan headcount, open vacancies; specialists are matched.
    Jobs,
    /// Rounds close, public money co-invests, firms list or are acquired.
    Investment,
    /// Space and rent clear for next year; costs, returns and the year's metrics are booked.
    Accounts,
}

impl Phase {
    /// All phases in the order of the year.
    pub const ALL: [Self; 6] = [
        Self::Policy,
        Self::Intake,
        Self::Graduation,
        Self::Jobs,
        Self::Investment,
        Self::Accounts,
    ];

    /// The name used in files and on the terminal.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Intake => "intake",
            Self::Graduation => "graduation",
            Self::Jobs => "jobs",
            Self::Investment => "investment",
            Self::Accounts => "accounts",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_prints_as_it_is_written() {
        for (year, month, day) in [(2018, 1, 1), (2024, 5, 29), (2021, 12, 31), (2019, 3, 1)] {
            let date = Date::from_calendar(year, month, day).unwrap();
            assert_eq!(date.to_string(), format!("{year:04}-{month:02}-{day:02}"));
        }
    }

    #[test]
    fn impossible_days_are_refused_and_a_leap_day_counts_as_the_day_before() {
        assert_eq!(Date::from_calendar(2023, 2, 29), None);
        assert_eq!(Date::from_calendar(2023, 13, 1), None);
        assert_eq!(Date::from_calendar(2023, 4, 31), None);
        assert_eq!(Date::from_calendar(2024, 2, 29), Date::from_calendar(2024, 2, 28));
    }

    #[test]
    fn ordinals_turn_back_into_dates() {
        let date = Date { year: 2026, day: 365 };
        assert_eq!(Date::from_ordinal(date.ordinal()), date);
        assert_eq!(date.plus_years(1.0), Date { year: 2027, day: 365 });
        assert_eq!(Date::from_ordinal(date.ordinal() + 1), Date::new_year(2027));
    }

    #[test]
    fn months_keep_the_day_or_end_with_the_month() {
        let later = |(year, month, day), months| {
            Date::from_calendar(year, month, day).unwrap().plus_months(months).to_string()
        };
        assert_eq!(later((2027, 7, 1), 12), "2028-07-01");
        assert_eq!(later((2027, 7, 1), 18), "2029-01-01");
        assert_eq!(later((2027, 1, 31), 1), "2027-02-28");
        assert_eq!(later((2027, 12, 31), 1), "2028-01-31");
        assert_eq!(later((2027, 1, 31), -2), "2026-11-30");
        assert_eq!(later((1, 1, 31), -100), "0000-01-31");
    }
}
