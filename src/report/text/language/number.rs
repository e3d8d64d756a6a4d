//! Numbers as people read them: grouped, signed, with as many decimals as their size deserves.

use crate::report::text::dialect::EXPONENT_FROM;
use crate::report::text::language::Language;
pub use crate::report::text::language::words::ShownUnit;
use crate::scenario::money::MONEY;

/// How values of a unit of registers or of files are shown: money in the unit of display that the scenario
/// states, or, in Korean, of KRW in 억 원 (hundred million won); all else as it is.
#[must_use]
pub fn shown_unit(unit: &str, language: Language) -> ShownUnit {
    let account = language.money().account.to_string();
    let of_register = unit.strip_prefix(&account).map(|rest| format!("{MONEY}{rest}"));
    let shown = language.unit(of_register.as_deref().unwrap_or(unit));
    shown.unwrap_or(ShownUnit { name: "", divisor: 1.0 })
}

/// Decimals that a number of this size deserves.
#[must_use]
pub fn decimals(size: f64) -> usize {
    match size.abs() {
        size if size >= 10.0 => 0,
        size if size >= 1.0 => 1,
        _ => 2,
    }
}

/// Decimals that show so many digits of a number, counted from its first that is not 0; none of 0, and no more than
/// [`MOST_DECIMALS`].
#[must_use]
pub fn decimals_that_show(value: f64, digits: usize) -> usize {
    if value == 0.0 || !value.is_finite() {
        return 0;
    }
    let text = format!("{value:e}");
    let exponent = text.rsplit_once('e').and_then(|(_, exponent)| exponent.parse::<isize>().ok());
    let wanted = digits.cast_signed() - 1 - exponent.unwrap_or(0);
    wanted.clamp(0, MOST_DECIMALS.cast_signed()).cast_unsigned()
}

/// The most decimals of [`decimals_that_show`].
pub const MOST_DECIMALS: usize = 9;

/// A number with a sign unless it is shown as zero.
#[must_use]
pub fn signed(value: f64, decimals: usize) -> String {
    let text = grouped(value, decimals);
    let zero = text.bytes().all(|letter| matches!(letter, b'0' | b'.'));
    if text.starts_with('-') || zero { text } else { format!("+{text}") }
}

/// A number with commas between thousands; a zero has no sign. What has an exponent in the tables has
/// one here too: nobody counts three hundred zeros.
#[must_use]
pub fn grouped(value: f64, decimals: usize) -> String {
    if value.abs() >= EXPONENT_FROM {
        return format!("{value:.2e}");
    }
    let text = rounded(value, decimals);
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let zero = text.bytes().all(|letter| matches!(letter, b'0' | b'.'));
    let mut grouped = String::new();
    if value < 0.0 && !zero {
        grouped.push('-');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

/// The size of a number to so many decimals, half away from zero: the rule of browsers and
/// spreadsheets, where `format!` takes the even neighbour of 2.5 and the binary one of 0.15. What
/// counts is the shortest decimal number that stands for the value.
#[must_use]
pub fn rounded(value: f64, decimals: usize) -> String {
    let text = format!("{}", value.abs());
    let Some((whole, fraction)) = text.split_once('.').filter(|it| it.1.len() > decimals) else {
        return format!("{:.decimals$}", value.abs());
    };
    let up = fraction.as_bytes()[decimals] >= b'5';
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes().take(decimals)).collect();
    if up {
        let carried = digits.iter().rposition(|&digit| digit != b'9');
        let nines = carried.map_or(0, |place| place + 1);
        digits[nines..].fill(b'0');
        match carried {
            Some(place) => digits[place] += 1,
            None => digits.insert(0, b'1'),
        }
    }
    let point = digits.len() - decimals;
    let mut text: String = digits.into_iter().map(char::from).collect();
    if decimals > 0 {
        text.insert(point, '.');
    }
    text
}

/// `low to high`, or `low ~ high` as Korean has it, with signs.
#[must_use]
pub fn interval(low: f64, high: f64, decimals: usize, language: Language) -> String {
    range(&signed(low, decimals), &signed(high, decimals), language)
}

/// The same of two numbers that are texts.
#[must_use]
pub fn range(low: &str, high: &str, language: Language) -> String {
    format!("{low}{}{high}", language.choose(" to ", " ~ "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::text::language::languages;

    #[test]
    fn numbers_are_grouped_and_signed() {
        let shown = [0.0, -0.04, 7.26, 1_234.5, -1_234_567.0].map(|value| signed(value, 1));
        assert_eq!(shown, ["0.0", "0.0", "+7.3", "+1,234.5", "-1,234,567.0"]);
        assert_eq!(grouped(999.7, 0), "1,000");
        assert_eq!([1e30, -2.5e300].map(|value| signed(value, 1)), ["+1.00e30", "-2.50e300"]);
    }

    #[test]
    fn a_small_number_is_told_apart_from_nothing() {
        for (value, digits, shown) in [
            (0.32, 2, "+0.32"),
            (-0.0341, 2, "-0.034"),
            (1.26, 2, "+1.3"),
            (43.2, 2, "+43"),
            (-1_133.0, 2, "-1,133"),
            (0.004, 1, "+0.004"),
            (0.0, 2, "0"),
            (f64::NAN, 2, "0"),
        ] {
            let decimals = decimals_that_show(value, digits);
            let value = if value.is_nan() { 0.0 } else { value };
            assert_eq!(signed(value, decimals), shown, "{value}");
        }
        assert_eq!(decimals_that_show(1e-30, 2), MOST_DECIMALS);
    }

    #[test]
    fn half_ways_go_away_from_zero() {
        let whole = [0.5, 1.5, 2.5, -2.5, 9.5, 99.5, 1e15].map(|value| grouped(value, 0));
        assert_eq!(whole, ["1", "2", "3", "-3", "10", "100", "1,000,000,000,000,000"]);
        let tenths = [0.15, 0.25, 0.35, 0.95, 9.95, 0.049, 7.0].map(|value| grouped(value, 1));
        assert_eq!(tenths, ["0.2", "0.3", "0.4", "1.0", "10.0", "0.0", "7.0"]);
        assert_eq!(grouped(1.005, 2), "1.01");
        assert_eq!(signed(-0.04, 1), "0.0");
    }

    #[test]
    fn money_is_shown_in_the_unit_that_each_language_uses() {
        let shown = |language| {
            let unit = shown_unit("KRW m/year", language);
            assert_eq!(unit, shown_unit("{money}/year", language));
            format!("{} {}", grouped(160_400.0 / unit.divisor, 0), unit.name)
        };
        let [english, korean] = languages();
        assert_eq!(shown(english), "160 KRW bn/year");
        assert_eq!(shown(korean), "1,604 억 원/년");
        assert_eq!(shown_unit("EUR m/year", english).name, "");
    }
}
