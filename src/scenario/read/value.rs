//! Single values: numbers, dates, words, each with its bounds and its own advice.

use toml::de::DeValue;

use crate::scenario::forms::usual;
use crate::scenario::keys::bounds::YEARS;
use crate::scenario::letters::as_seen;
use crate::scenario::money::Money;
use crate::scenario::money::is_money;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::letters;
use crate::scenario::read::walk::Fields;
use crate::scenario::read::walk::Value;
use crate::scenario::read::walk::word_among;
use crate::time::Date;

/// A number, a whole number or not, from `min` to `max`.
pub(super) fn number(value: Value<'_>, min: f64, max: f64, unit: &str) -> Result<f64, Problems> {
    let expected = number_from(min, max, unit);
    let found = match value.spanned.get_ref() {
        DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().parse().ok(),
        DeValue::Integer(digits) => {
            i64::from_str_radix(digits.as_str(), digits.radix()).ok().map(|whole| whole as f64)
        }
        DeValue::Float(digits) => digits.as_str().parse::<f64>().ok(),
        _ => return Err(advise(value, value.instead_of(&expected)).into()),
    };
    match found {
        Some(found) if !found.is_finite() => {
            let message = format!("{} cannot be computed with", value.described());
            Err(value.problem(message).expected(format!("expected {expected}")).into())
        }
        // `-0.0` would print as another number than 0 although it is the same.
        Some(found) if (min..=max).contains(&found) => Ok(found + 0.0),
        found => {
            let message = format!("{} is out of range", value.described());
            let problem = value.problem(message).expected(format!("expected {expected}"));
            let meant =
                found.and_then(|found| other_unit(found, min, max, unit, value.source.money));
            Err(meant.into_iter().fold(problem, Problem::help).into())
        }
    }
}

/// What to write where a number that is too large fits in the unit that is often taken for this one: one
/// of the currency for the unit of accounts, per cent for a share or factor.
fn other_unit(found: f64, min: f64, max: f64, unit: &str, money: Option<Money>) -> Option<String> {
    let (parts, of) = if is_money(unit) {
        (10_f64.powi(i32::from(money?.account.power)), "whole {currency}: the unit is {money}")
    } else if matches!(unit, "1" | "1/year") {
        (100.0, "per cent: the unit is 1")
    } else {
        return None;
    };
    // Dividing alone leaves 1.4 as 0.013999999999999999.
    let meant = (found / parts * 1e9).round() / 1e9;
    // A little beyond the bound is no other unit.
    let fits = found > 2.0 * max && meant > min && meant <= max;
    fits.then(|| format!("if it is in {of}, write {meant}"))
}

/// A number above 0.
pub(super) fn positive(value: Value<'_>, max: f64, unit: &str) -> Result<f64, Problems> {
    let found = number(value, 0.0, max, unit)?;
    if found > 0.0 {
        return Ok(found);
    }
    let expected = format!("expected a number above 0{}", bracketed(unit));
    Err(value.problem("0 is out of range").expected(expected).into())
}

/// A whole number from `min` to `max`.
pub(super) fn whole(value: Value<'_>, min: u64, max: u64, unit: &str) -> Result<u64, Problems> {
    whole_because(value, min, max, unit, "")
}

/// The same with a reason for the greatest.
fn whole_because(
    value: Value<'_>,
    min: u64,
    max: u64,
    unit: &str,
    why: &str,
) -> Result<u64, Problems> {
    let expected = format!("a whole number from {min} to {max}{}", bracketed(unit));
    match value.spanned.get_ref() {
        DeValue::Integer(digits) => {
            let found =
                u64::from_str_radix(digits.as_str().trim_start_matches('+'), digits.radix())
                    .ok()
                    .filter(|found| (min..=max).contains(found));
            found.ok_or_else(|| {
                let message = format!("{} is out of range", value.described());
                let problem = value.problem(message).expected(format!("expected {expected}"));
                if why.is_empty() { problem } else { problem.help(why) }.into()
            })
        }
        _ => Err(advise(value, value.instead_of(&expected)).into()),
    }
}

/// A whole number that fits in 32 bits.
pub(super) fn count(value: Value<'_>, min: u32, max: u32, unit: &str) -> Result<u32, Problems> {
    let found = whole(value, u64::from(min), u64::from(max), unit)?;
    Ok(u32::try_from(found).unwrap_or(max))
}

/// A whole number from 0 to `max`, with the reason why no more can be.
pub(super) fn count_because(
    value: Value<'_>,
    max: u32,
    unit: &str,
    why: &str,
) -> Result<u32, Problems> {
    let found = whole_because(value, 0, u64::from(max), unit, why)?;
    Ok(u32::try_from(found).unwrap_or(max))
}

/// A calendar year.
pub(super) fn year(value: Value<'_>) -> Result<u16, Problems> {
    let [first, last] = YEARS;
    Ok(u16::try_from(whole(value, first.into(), last.into(), "year")?).unwrap_or(last))
}

/// A day of the calendar.
pub(super) fn date(value: Value<'_>) -> Result<Date, Problems> {
    const EXPECTED: &str = "a date such as 2024-05-29";
    let DeValue::Datetime(moment) = value.spanned.get_ref() else {
        let problem = value.instead_of(EXPECTED);
        let digits = value.source.text.get(value.spanned.span());
        return Err(match digits.and_then(eight_digits) {
            Some(date) => problem.help(format!("write the date with hyphens: {date}")),
            None => advise(value, problem),
        }
        .into());
    };
    let (Some(day), None, None) = (moment.date, moment.time, moment.offset) else {
        let problem = value.instead_of(EXPECTED);
        return Err(problem.help("write the day alone, without the time of day").into());
    };
    let found = Date::from_calendar(day.year, day.month, day.day);
    let Some(found) = found else {
        let message = format!("there is no day {moment}");
        return Err(value.problem(message).expected(format!("expected {EXPECTED}")).into());
    };
    let [first, last] = YEARS;
    if (first..=last).contains(&found.year) {
        return Ok(found);
    }
    let message = format!("the year {} is out of range", found.year);
    Err(value.problem(message).expected(format!("expected a year from {first} to {last}")).into())
}

/// Whether a day is 29 February, which counts as the day before.
pub(super) fn is_leap_day(value: Value<'_>) -> bool {
    let DeValue::Datetime(moment) = value.spanned.get_ref() else { return false };
    moment.date.is_some_and(|day| (day.month, day.day) == (2, 29))
}

/// `true` or `false`.
pub(super) fn flag(value: Value<'_>) -> Result<bool, Problems> {
    match value.spanned.get_ref() {
        DeValue::Boolean(flag) => Ok(*flag),
        _ => Err(value.instead_of("`true` or `false`").into()),
    }
}

/// Any text that can be read.
pub(super) fn text(value: Value<'_>) -> Result<String, Problems> {
    text_up_to(value, letters::LONGEST_TEXT)
}

fn text_up_to(value: Value<'_>, longest: usize) -> Result<String, Problems> {
    match value.spanned.get_ref() {
        DeValue::String(text) => {
            letters::check(value, text, longest)?;
            Ok(text.as_ref().to_owned())
        }
        _ => Err(value
            .instead_of("text in quotes")
            .help("put it in straight double quotes: \"…\"")
            .into()),
    }
}

/// Text that says something.
pub(super) fn text_not_empty(value: Value<'_>) -> Result<String, Problems> {
    not_empty(value, text(value)?)
}

fn not_empty(value: Value<'_>, found: String) -> Result<String, Problems> {
    if found.trim().is_empty() {
        return Err(value.problem("the text is empty").expected("expected some text").into());
    }
    if as_seen(&found).is_empty() {
        let problem = value.problem("the text has no letter that can be seen");
        return Err(problem.expected("expected some text").into());
    }
    Ok(found)
}

/// A title: a line that says something and is not long.
pub(super) fn title(value: Value<'_>) -> Result<String, Problems> {
    let found = not_empty(value, text_up_to(value, letters::LONGEST_TITLE)?)?;
    for (letter, what) in [('\n', "line end"), ('\t', "tab")] {
        if found.contains(letter) {
            let problem = value.problem("a title is one line without tabs");
            return Err(problem.expected(format!("expected no {what}")).into());
        }
    }
    Ok(found)
}

/// Any table may say where its figures are from.
pub(super) fn remarks(fields: &mut Fields<'_>) {
    fields.optional("source", text);
    fields.optional("note", text);
}

/// The values of a list.
pub(super) fn list<'a>(value: Value<'a>, of: &str) -> Result<Vec<Value<'a>>, Problems> {
    value.list().ok_or_else(|| value.instead_of(&format!("a list of {of}")).into())
}

/// Each element of a list read, or all that is wrong with them.
pub(super) fn each<'a, T>(
    values: Vec<Value<'a>>,
    mut read: impl FnMut(Value<'a>) -> Result<T, Problems>,
) -> Result<Vec<T>, Problems> {
    let mut problems = Problems::default();
    let mut found = Vec::new();
    for value in values {
        found.extend(problems.keep(read(value)));
        if problems.are_many() {
            break;
        }
    }
    if problems.0.is_empty() { Ok(found) } else { Err(problems) }
}

/// Some of these words, by their places.
pub(super) fn choices(
    value: Value<'_>,
    what: &str,
    words: &[&str],
) -> Result<Vec<usize>, Problems> {
    let mut given = Vec::new();
    let chosen = each(list(value, "words")?, |word| {
        let (found, name) = word_among(word, what, words)?;
        if given.contains(&found) {
            let problem = word.problem(format!("`{name}` stands twice in the list"));
            return Err(problem.expected("a second time").help("remove one of the two").into());
        }
        given.push(found);
        Ok(found)
    })?;
    if chosen.is_empty() {
        return Err(value
            .problem("the list is empty")
            .expected("expected at least one word")
            .into());
    }
    Ok(chosen)
}

/// What a number may be, in words.
pub(super) fn number_from(min: f64, max: f64, unit: &str) -> String {
    format!("a number from {min} to {max}{}", bracketed(unit))
}

fn bracketed(unit: &str) -> String {
    if matches!(unit, "" | "1") { String::new() } else { format!(" [{unit}]") }
}

/// Adds what to write instead, for slips that a value of the wrong type often is.
pub(super) fn advise(value: Value<'_>, problem: Problem) -> Problem {
    match value.spanned.get_ref() {
        DeValue::String(found) => {
            let found = usual_digits(found);
            let found = found.trim();
            if found.parse::<toml::value::Datetime>().is_ok() {
                problem.help(format!("write the date without quotes: {found}"))
            } else if let Some(date) = loose_date(found) {
                problem.help(format!("write the date with hyphens and without quotes: {date}"))
            } else if let Some(date) = year_last(found) {
                problem.help(format!("write year, month and day, without quotes: {date}"))
            } else if let Some((how, number)) = number_meant(found) {
                problem.help(format!("write {how} and without quotes: {number}"))
            } else if found.replace([',', '_'], "").parse::<f64>().is_ok_and(f64::is_finite) {
                let plain = found.replace([',', '_'], "");
                problem.help(format!("write the number without quotes: {}", shortened(&plain)))
            } else {
                problem
            }
        }
        DeValue::Float(digits) => match digits.as_str().parse::<f64>() {
            Ok(found) if found.fract().abs() < f64::EPSILON && found.abs() < 1e15 => {
                problem.help(format!("write it without a decimal point: {found:.0}"))
            }
            _ => problem,
        },
        DeValue::Integer(digits) if digits.as_str().len() == 4 => {
            problem.help(format!("if the year is meant, name its day: {}-01-01", digits.as_str()))
        }
        _ => problem,
    }
}

/// The number that is written with a decimal comma, as in `0,25`.
pub(in crate::scenario) fn decimal_comma(text: &str) -> Option<String> {
    let (whole, part) = text.trim().split_once(',')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    let sign = whole.trim_start_matches('-');
    // Three digits after the comma are thousands, but for a number below 1.
    let fraction = digits(sign) && digits(part) && (part.len() != 3 || sign == "0");
    fraction.then(|| format!("{whole}.{part}"))
}

/// The number that is written as a fraction: 0.25 for `1/4`.
fn fraction(text: &str) -> Option<f64> {
    let (over, under) = text.split_once(['/', '\u{2044}'])?;
    let number = |text: &str| {
        let text = text.trim();
        let digits = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
        text.parse::<f64>().ok().filter(|_| digits)
    };
    let (over, under) = (number(over)?, number(under)?);
    Some(over / under).filter(|number| number.is_finite())
}

/// The number whose digits stand in groups of three with spaces between: 20000 for `20 000`.
fn spaced(text: &str) -> Option<String> {
    let whole = text.split('.').next().unwrap_or_default();
    let number = text.replace(' ', "");
    let found = number.parse::<f64>().is_ok_and(f64::is_finite);
    (found && is_grouped(whole.trim_start_matches('-'), ' ')).then_some(number)
}

/// Digits in groups of three, as in `1,000`.
pub(super) fn is_grouped(word: &str, separator: char) -> bool {
    let mut groups = word.split(separator);
    let first = groups.next().unwrap_or("");
    let rest: Vec<&str> = groups.collect();
    !rest.is_empty() && (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3)
}

/// What to write for a number in a form that is not read: how, after the word write, and the number.
pub(super) fn number_meant(text: &str) -> Option<(&'static str, String)> {
    let usual = usual_digits(text);
    let plain = usual.replace(',', "");
    let is_number = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
    if let Some(share) = percentage(&usual) {
        Some(("a share instead of a percentage", share.to_string()))
    } else if let Some(number) = fraction(&usual) {
        Some(("the number with a point", number.to_string()))
    } else if let Some(number) = spaced(&usual) {
        Some(("a number without spaces", number))
    } else if let Some(number) = of_korean_units(&usual) {
        Some(("the number in digits", number))
    } else if let Some(area) = of_pyeong(&usual) {
        Some(("the area in m2", area.to_string()))
    } else if let Some(number) = with_unit(&usual) {
        Some(("the number without its unit", number))
    } else if let Some(number) = decimal_comma(&usual) {
        Some(("the number with a point", number))
    } else if plain != usual && is_number(&plain) {
        Some(("a number without commas", plain))
    } else {
        (usual != text && is_number(&usual)).then_some(("it in ordinary digits", usual))
    }
}

/// Words of Korean numbers and their sizes, the larger first.
const KOREAN_SIZES: [(&str, f64); 6] =
    [("조", 1e12), ("억", 1e8), ("천만", 1e7), ("백만", 1e6), ("만", 1e4), ("천", 1e3)];

/// Units that stand after a number and that the format leaves out, the longer first.
const UNITS: [&str; 20] = [
    "제곱미터",
    "개사",
    "개소",
    "가구",
    "개월",
    "세대",
    "km2",
    "m2",
    "명",
    "개",
    "곳",
    "년",
    "인",
    "건",
    "호",
    "실",
    "회",
    "번",
    "배",
    "세",
];

/// The number before a unit: 5 for `5명`, 1200 for `1,200㎡`, 350000 for `35만㎡`.
fn with_unit(text: &str) -> Option<String> {
    let text = text.trim();
    let number = UNITS.iter().find_map(|unit| text.strip_suffix(unit))?;
    plain_number(number).map(|number| number.to_string())
}

/// The area in m2 of one in pyeong: 3967 for `1200평`.
fn of_pyeong(text: &str) -> Option<f64> {
    // 121 pyeong are 400 m2.
    plain_number(text.trim().strip_suffix('평')?).map(|pyeong| (pyeong * 400.0 / 121.0).round())
}

/// A number in digits, in words of Korean numbers or in both: `1,200`, `35만`, `3만 5천`.
fn plain_number(text: &str) -> Option<f64> {
    let number = |text: &str| text.trim().replace(',', "").parse::<f64>().ok();
    let mut rest = text.trim();
    let mut sum = 0.0;
    for (unit, size) in KOREAN_SIZES {
        if let Some((count, after)) = rest.split_once(unit) {
            sum += number(count)? * size;
            rest = after.trim();
        }
    }
    if !rest.is_empty() {
        sum += number(rest)?;
    }
    Some(sum).filter(|sum| sum.is_finite() && !text.trim().is_empty())
}

/// The number that is written with words of Korean numbers, or in won, and what it is in millions of won:
/// `5억`, `1,200만원`, `1000백만원`.
fn of_korean_units(text: &str) -> Option<String> {
    let text = text.trim();
    let in_words = KOREAN_SIZES.iter().any(|(unit, _)| text.contains(unit));
    let number = plain_number(text.trim_end_matches('원'))?;
    // Other things than money are counted in thousands and ten thousands too.
    let is_money = text.ends_with('원') || text.contains(['억', '조']);
    let in_millions = || format!("{number}; in KRW m it is {}", number / 1e6);
    if is_money { Some(in_millions()) } else { in_words.then(|| number.to_string()) }
}

/// The text with digits, signs, hyphens and spaces of other widths as the usual ones: `0.25` for
/// `０.２５`.
pub(super) fn usual_digits(text: &str) -> String {
    usual(text)
        .chars()
        .map(
            |letter| {
                if matches!(letter, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { letter }
            },
        )
        .collect()
}

/// The date that eight digits are: 2025-01-01 for 20250101.
fn eight_digits(text: &str) -> Option<Date> {
    let digits = text.len() == 8 && text.bytes().all(|digit| digit.is_ascii_digit());
    let part = |range| text.get(range).filter(|_| digits);
    loose_date(&format!("{}-{}-{}", part(0..4)?, part(4..6)?, part(6..8)?))
}

/// The date that is written with points, slashes, Korean words or the month's English name:
/// `2021. 12. 31.`, `21/12/31`, `31-dec-2021`, `Dec 31, 2021`.
pub(super) fn loose_date(text: &str) -> Option<Date> {
    let text = usual_digits(text).to_ascii_lowercase();
    let parts: Vec<&str> = text
        .split(['.', '/', '-', ',', '년', '월', '일', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let &[one, two, three] = parts.as_slice() else { return None };
    let month_named = |name: &str| {
        let is_word = name.bytes().all(|letter| letter.is_ascii_lowercase());
        let place =
            letters::MONTHS.iter().position(|month| is_word && name.starts_with(&month[..3]))?;
        u8::try_from(place + 1).ok()
    };
    let is_number =
        |part: &&str| part.len() <= 4 && part.bytes().all(|digit| digit.is_ascii_digit());
    let (year, month, day) = match (month_named(one), month_named(two)) {
        (Some(month), _) => (three, month, two),
        (_, Some(month)) if one.len() == 4 => (one, month, three),
        (_, Some(month)) => (three, month, one),
        _ => (one, two.parse().ok().filter(|_| is_number(&two))?, three),
    };
    if ![year, day].iter().all(is_number) {
        return None;
    }
    let century = if year.len() == 2 { 2000 } else { 0 };
    let year = century + year.parse::<u16>().ok()?;
    let date = Date::from_calendar(year, month, day.parse().ok()?)?;
    (1900..=2200).contains(&date.year).then_some(date)
}

/// How a date is written whose year stands last, in digits: `01/07/2024`. Which of the others is the day can only be seen
/// where one is above 12.
pub(super) fn year_last(text: &str) -> Option<String> {
    let text = usual_digits(text);
    let parts: Vec<&str> = text.split(['.', '/', '-']).map(str::trim).collect();
    let &[one, two, year] = parts.as_slice() else { return None };
    let date = |(month, day): (&str, &str)| loose_date(&format!("{year}-{month}-{day}"));
    let found = [(two, one), (one, two)].into_iter().filter(|_| year.len() == 4).filter_map(date);
    let mut found: Vec<String> = found.map(|date| date.to_string()).collect();
    found.dedup();
    (!found.is_empty()).then(|| found.join(" or "))
}

/// The share that a percentage stands for: 0.15 for `15%` and `15퍼센트`.
fn percentage(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = ["%", "퍼센트", "프로"].iter().find_map(|sign| text.strip_suffix(sign))?;
    let number: f64 = number.trim_end().parse().ok()?;
    // Dividing alone leaves 0.07 as 0.07000000000000001.
    number.is_finite().then(|| (number * 1e8).round() / 1e10)
}
