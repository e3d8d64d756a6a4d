//! A time by which dates are moved.

use std::fmt;
use std::str::FromStr;

use crate::time::Date;

/// The longest time `[years]`.
const LONGEST: i32 = 100;

/// A time by which dates are moved: calendar months, then days of a year of 365; below 0 for earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    months: i32,
    days: i32,
}

impl Span {
    /// Whether dates become later.
    #[must_use]
    pub const fn is_later(self) -> bool {
        self.months + self.days > 0
    }

    /// A date, moved.
    #[must_use]
    pub fn after(self, date: Date) -> Date {
        let date = date.plus_months(self.months);
        Date::from_ordinal(date.ordinal() + i64::from(self.days))
    }

    /// Its years, months and days without a sign.
    #[must_use]
    pub fn parts(self) -> [u32; 3] {
        let (months, days) = (self.months.unsigned_abs(), self.days.unsigned_abs());
        [months / 12, months % 12, days]
    }
}

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is no time: write years, months and days, as in `1y`, `18m`, `1y6m` or `90d`, \
                 `-1y` for earlier; {LONGEST} years at most"
            )
        };
        let (sign, mut rest) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let mut parts = [0_i32; 3];
        let mut first = 0;
        while !rest.is_empty() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, unit) = rest.split_at(digits);
            let unit = unit.chars().next().ok_or_else(wrong)?;
            let place = "ymd".find(unit).filter(|&place| place >= first).ok_or_else(wrong)?;
            let number = number.parse().ok().filter(|number| *number <= LONGEST * 365);
            parts[place] = number.ok_or_else(wrong)?;
            first = place + 1;
            rest = &rest[digits + 1..];
        }
        let [years, months, days] = parts;
        let months = years.saturating_mul(12) + months;
        let is_some = months > 0 || days > 0;
        if !is_some || months > LONGEST * 12 || days > LONGEST * 365 {
            return Err(wrong());
        }
        Ok(Self { months: sign * months, days: sign * days })
    }
}

/// As it is written: `1y6m`, `-90d`.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_later() {
            f.write_str("-")?;
        }
        for (number, unit) in self.parts().into_iter().zip(["y", "m", "d"]) {
            if number > 0 {
                write!(f, "{number}{unit}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_move_dates_by_the_calendar() {
        let moved = |span: &str, date: (u16, u8, u8)| {
            let date = Date::from_calendar(date.0, date.1, date.2).unwrap();
            span.parse::<Span>().unwrap().after(date).to_string()
        };
        assert_eq!(moved("1y", (2027, 7, 1)), "2028-07-01");
        assert_eq!(moved("1y6m", (2027, 7, 1)), "2029-01-01");
        assert_eq!(moved("18m", (2027, 7, 1)), "2029-01-01");
        assert_eq!(moved("90d", (2027, 12, 1)), "2028-03-01");
        assert_eq!(moved("-1y2d", (2027, 7, 1)), "2026-06-29");
        for (written, shown) in [("18m", "1y6m"), ("12m", "1y"), ("-90d", "-90d"), ("1y2d", "1y2d")]
        {
            assert_eq!(written.parse::<Span>().unwrap().to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "1",
            "y",
            "1w",
            "0y",
            "6m1y",
            "1y1y",
            "--1y",
            "1.5y",
            "101y",
            "99999999999y",
            "1년",
        ] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
    }
}
