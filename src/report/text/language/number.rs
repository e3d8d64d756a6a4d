//! Numbers as people read them: grouped, signed, with as many decimals as their size deserves.

use crate::report::text::dialect::EXPONENT_FROM;
use crate::report::text::language::Language;

/// A unit as people read it, and what a value is divided by to be in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShownUnit {
    /// The unit's name; empty for pure numbers.
    pub name: &'static str,
    /// What a value of the files is divided by.
    pub divisor: f64,
}

/// How values of a unit of the files are shown: money in billion won in English and in 억 원
/// (hundred million won) in Korean, as each is used to; all else as it is.
#[must_use]
pub fn shown_unit(unit: &str, language: Language) -> ShownUnit {
    let money = |en, ko| match language {
        Language::English => ShownUnit { name: en, divisor: 1_000.0 },
        Language::Korean => ShownUnit { name: ko, divisor: 100.0 },
    };
    let same = |en: &'static str, ko: &'static str| ShownUnit {
        name: language.choose(en, ko),
        divisor: 1.0,
    };
    match unit {
        "KRW m" => money("KRW bn", "억 원"),
        "KRW m/year" => money("KRW bn/year", "억 원/년"),
        "KRW m/person" => same("KRW m/job", "백만 원/명"),
        "KRW m/(person year)" => same("KRW m/job-year", "백만 원/명·년"),
        "KRW m/(m2 year)" => same("KRW m/(m² year)", "백만 원/m²·년"),
        "persons" => same("people", "명"),
        "persons/year" => same("people/year", "명/년"),
        "persons year" => same("job-years", "명·년"),
        "firms" => same("firms", "개사"),
        "firms/year" => same("firms/year", "개사/년"),
        "institutes" => same("institutes", "개소"),
        "institutes/year" => same("institutes/year", "개소/년"),
        "candidates/year" => same("candidates/year", "명/년"),
        "rounds/year" => same("rounds/year", "건/년"),
        "homes" => same("homes", "호"),
        "m2" => same("m²", "m²"),
        "m2/year" => same("m²/year", "m²/년"),
        _ => same("", ""),
    }
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

    #[test]
    fn numbers_are_grouped_and_signed() {
        let shown = [0.0, -0.04, 7.26, 1_234.5, -1_234_567.0].map(|value| signed(value, 1));
        assert_eq!(shown, ["0.0", "0.0", "+7.3", "+1,234.5", "-1,234,567.0"]);
        assert_eq!(grouped(999.7, 0), "1,000");
        assert_eq!([1e30, -2.5e300].map(|value| signed(value, 1)), ["+1.00e30", "-2.50e300"]);
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
            let unit = shown_unit("KRW m", language);
            format!("{} {}", grouped(160_400.0 / unit.divisor, 0), unit.name)
        };
        assert_eq!(shown(Language::English), "160 KRW bn");
        assert_eq!(shown(Language::Korean), "1,604 억 원");
    }
}
