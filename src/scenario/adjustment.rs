//! Parameters that a policy changes: in each replication's own value, so that the policy keeps the
//! random stream of the baseline.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::RangeInclusive;

use crate::scenario::parameter::Parameters;
use crate::scenario::parameter::ParametersByYear;
use crate::scenario::parameter::Register;
use crate::scenario::parameter::number;
use crate::scenario::parameter_spec::ParameterSpec;
use crate::time::Date;
use crate::time::MID_YEAR;

/// What a policy does to the value of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Adjusted {
    /// This value: for parameters that do not vary.
    To(f64),
    /// The value times this.
    Times(f64),
    /// The value plus this.
    Plus(f64),
}

/// A parameter that a policy changes, in some years or in all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adjustment {
    /// The parameter's place in the register.
    pub parameter: usize,
    /// What is done to it.
    pub adjusted: Adjusted,
    /// The first day; `None` for all years before `until`.
    pub from: Option<Date>,
    /// The last day; `None` for all years after `from`.
    pub until: Option<Date>,
}

impl Adjusted {
    /// Whether every value stays as it is.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self == Self::Times(1.0) || self == Self::Plus(0.0)
    }

    /// What becomes of a value.
    #[must_use]
    pub fn of(self, own: f64) -> f64 {
        match self {
            Self::To(value) => value,
            // A parameter that is switched off stays so.
            Self::Times(_) | Self::Plus(_) if own.is_infinite() => own,
            Self::Times(factor) => own * factor,
            Self::Plus(more) => own + more,
        }
    }
}

impl Adjustment {
    /// The value that a parameter takes in place of its own, cut to the register's bounds.
    #[must_use]
    pub fn value(&self, own: f64, spec: &ParameterSpec) -> f64 {
        let value = self.adjusted.of(own);
        if value.is_finite() { value.clamp(spec.min, spec.max) } else { value }
    }

    /// Whether it holds in a year: from the year of `from`, or the next where that is not before
    /// 1 July, up to the year before that of `until`, or to that year where it is not before 1 July.
    #[must_use]
    pub fn holds_in(&self, year: u16) -> bool {
        let by = Date { year, day: MID_YEAR };
        self.from.is_none_or(|from| from < by) && self.until.is_none_or(|until| until >= by)
    }

    /// As a policy file has it, in words: `170`, `times 1.1 from 2024-01-01`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = match self.adjusted {
            Adjusted::To(value) => number(value),
            Adjusted::Times(factor) => format!("times {factor}"),
            Adjusted::Plus(more) => format!("plus {more}"),
        };
        for (word, date) in [("from", self.from), ("until", self.until)] {
            if let Some(date) = date {
                let _ = write!(text, " {word} {date}");
            }
        }
        text
    }
}

/// The first of some years in which one policy's adjustments are not another's.
#[must_use]
pub fn differ_from(
    here: &[Adjustment],
    there: &[Adjustment],
    mut years: RangeInclusive<u16>,
) -> Option<u16> {
    let in_year = |list: &[Adjustment], year| -> BTreeMap<usize, String> {
        let holds = list.iter().filter(|adjustment| adjustment.holds_in(year));
        let holds = holds.filter(|adjustment| !adjustment.adjusted.is_nothing());
        holds.map(|held| (held.parameter, format!("{:?}", held.adjusted))).collect()
    };
    years.find(|&year| in_year(here, year) != in_year(there, year))
}

/// Parameter values, in the order of the register, with a policy's adjustments; `None` where their
/// number is not that of the register.
#[must_use]
pub fn adjusted(
    register: &Register,
    values: &[f64],
    adjustments: &[Adjustment],
    years: RangeInclusive<u16>,
) -> Option<ParametersByYear> {
    let hold = |year| adjustments.iter().map(move |adjustment| adjustment.holds_in(year));
    let starts =
        years.clone().filter(|&year| year == *years.start() || !hold(year).eq(hold(year - 1)));
    let period = |first: u16| {
        let mut values = values.to_vec();
        for adjustment in adjustments.iter().filter(|adjustment| adjustment.holds_in(first)) {
            let value = values.get_mut(adjustment.parameter)?;
            *value = adjustment.value(*value, register.get(adjustment.parameter)?);
        }
        Some((first, Parameters::from_values(register, &values)?))
    };
    let periods: Option<Vec<(u16, Parameters)>> = starts.map(period).collect();
    ParametersByYear::new(periods?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn founder_rate(adjusted: Adjusted, from: &str, until: &str) -> Adjustment {
        let date = |text: &str| {
            let [year, month, day]: [u16; 3] = text
                .split('-')
                .map(|part| part.parse().unwrap())
                .collect::<Vec<_>>()
                .try_into()
                .ok()?;
            Date::from_calendar(year, u8::try_from(month).unwrap(), u8::try_from(day).unwrap())
        };
        let date = |text: &str| (!text.is_empty()).then(|| date(text).unwrap());
        let parameter = Register::of_any().position("founder_rate").unwrap();
        Adjustment { parameter, adjusted, from: date(from), until: date(until) }
    }

    #[test]
    fn dates_count_for_their_year_before_july() {
        let years = |from, until| -> Vec<u16> {
            let adjustment = founder_rate(Adjusted::Times(2.0), from, until);
            (2020..=2024).filter(|&year| adjustment.holds_in(year)).collect()
        };
        assert_eq!(years("", ""), [2020, 2021, 2022, 2023, 2024]);
        assert_eq!(years("2022-06-30", ""), [2022, 2023, 2024]);
        assert_eq!(years("2022-07-01", ""), [2023, 2024]);
        assert_eq!(years("", "2022-06-30"), [2020, 2021]);
        assert_eq!(years("2021-01-01", "2022-12-31"), [2021, 2022]);
    }

    #[test]
    fn values_stay_within_the_bounds_of_the_register_and_never_stays_never() {
        let register = Register::of_any();
        let value = |adjusted, own| {
            let adjustment = founder_rate(adjusted, "", "");
            adjustment.value(own, &register[adjustment.parameter])
        };
        assert_eq!(value(Adjusted::Times(2.0), 3.5).to_bits(), 7.0_f64.to_bits());
        assert!(value(Adjusted::Plus(-9.0), 3.5).abs() < f64::EPSILON);
        let never = value(Adjusted::Times(0.0), f64::NEG_INFINITY);
        assert!(never.is_infinite());
    }

    #[test]
    fn periods_begin_where_an_adjustment_begins_or_ends() {
        let register = Register::of_any();
        let values = vec![0.5; register.len()];
        let list = [founder_rate(Adjusted::Times(3.0), "2021-01-01", "2022-12-31")];
        let found = adjusted(&register, &values, &list, 2018..=2025).unwrap();
        let tripled: Vec<u16> =
            (2018..=2025).filter(|&year| found.of(year).founder_rate > 1.0).collect();
        assert_eq!(tripled, [2021, 2022]);
        assert_eq!(found.periods().count(), 3);
        assert_eq!(differ_from(&list, &[], 2018..=2025), Some(2021));
        assert_eq!(differ_from(&list, &list, 2018..=2025), None);
        assert_eq!(adjusted(&register, &values[1..], &list, 2018..=2025), None);
    }
}
