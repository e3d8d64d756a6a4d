//! The money of a scenario: its currency, the unit of its accounts, and the one that people read.
//!
//! Registers say `{money}` where the unit of accounts stands in a unit or a meaning, as in `{money}/year`, and
//! `{currency}` where the currency does. [`said`] puts the scenario's in their place, wherever such a text
//! leaves the program.

use std::borrow::Cow;
use std::fmt;

/// How a unit of accounts stands in the registers' texts.
pub const MONEY: &str = "{money}";
/// How the currency does.
const CURRENCY: &str = "{currency}";

/// The powers of ten that a unit may have, with their words.
const POWERS: [(u8, &str); 5] = [(0, ""), (3, "k"), (6, "m"), (9, "bn"), (12, "tn")];

/// The codes of currencies in circulation.
///
/// # Source
///
/// ISO 4217, list one, without funds, metals and testing codes.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP \
    BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD \
    GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP \
    LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN \
    PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS \
    TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

/// Currencies by the power of ten that is nearest to what one unit was worth in won of 2021.
///
/// # Source
///
/// Bank of Korea, yearly average rates of 2021: USD 1,144, EUR 1,353, JPY 10.4, GBP 1,574, CNY 177; the
/// others from rates to the dollar that are remembered. A power of ten is all that is used.
const WORTH: [(i32, &str); 6] = [
    (4, "BHD JOD KWD OMR"),
    (3, "AUD BND CAD CHF EUR GBP ILS NZD SGD USD"),
    (
        2,
        "AED BRL CNY CZK DKK EGP GEL GHS HKD MAD MOP MXN MYR NOK PEN PLN QAR RON SAR SEK THB TRY TWD UAH UYU ZAR",
    ),
    (1, "ARS BDT DOP HUF INR ISK JPY KES LKR NPR PHP PKR RSD RUB"),
    (0, "CLP CRC KRW KZT NGN TZS XAF XOF"),
    (-1, "COP IDR PYG UGX UZS VND"),
];

/// The powers of ten between which that of a currency lies of which nothing is known.
const ANY_WORTH: [i32; 2] = [-2, 4];

/// The power of ten of million won, the unit in which the registers' bounds are.
const OF_BOUNDS: i32 = 6;

/// The powers of ten in won that a unit of accounts may have: in a larger one wages would be rounded to nothing, in
/// a smaller one the sums of a city would not be exact.
const FIT: std::ops::RangeInclusive<i32> = 4..=7;

/// The greatest bound on money in any unit: sums over two centuries stay exact below it.
const MOST: f64 = 1e15;

/// A unit of money: `KRW m`, `EUR k`, `USD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoneyUnit {
    /// The currency's code of ISO 4217.
    pub currency: &'static str,
    /// The power of ten: 6 for `KRW m`.
    pub power: u8,
}

impl MoneyUnit {
    /// The unit that a text names, as `EUR k`; what is wrong with it otherwise.
    ///
    /// # Errors
    ///
    /// Fails with a sentence where the currency or the word of the power is unknown.
    pub fn named(text: &str) -> Result<Self, String> {
        let (code, word) = text.split_once(' ').unwrap_or((text, ""));
        let known = |code: &str| CODES.split_whitespace().find(|known| *known == code);
        let Some(currency) = known(code) else {
            let meant = known(&code.to_uppercase());
            let meant = meant.map_or_else(String::new, |meant| format!("; write {meant}"));
            return Err(format!("`{code}` is no currency's code of ISO 4217{meant}"));
        };
        let power = POWERS.iter().find(|(_, known)| *known == word && text.trim() == text);
        let Some(&(power, _)) = power else {
            return Err(format!("`{word}` is no word of a power of ten"));
        };
        Ok(Self { currency, power })
    }
}

impl fmt::Display for MoneyUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = POWERS.iter().find(|(power, _)| *power == self.power).map_or("", |it| it.1);
        f.write_str(format!("{} {word}", self.currency).trim_end())
    }
}

/// The money of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// The unit of accounts: every amount of the scenario's files and of tables is in it, and what is booked is a
    /// whole number of it.
    pub account: MoneyUnit,
    /// The unit that people read in reports.
    pub display: MoneyUnit,
}

impl Money {
    /// The currency's code of ISO 4217.
    #[must_use]
    pub const fn currency(&self) -> &'static str {
        self.account.currency
    }

    /// The power of ten that one unit of a currency is worth in won of 2021, where it is known.
    fn worth(&self) -> Option<i32> {
        let has = |codes: &str| codes.split(' ').any(|code| code == self.currency());
        WORTH.iter().find(|(_, codes)| has(codes)).map(|(power, _)| *power)
    }

    /// By what an amount in million won of 2021 is multiplied to be in the unit of accounts, to a power of ten; 1
    /// where nothing is known of the currency.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.worth().map_or(1.0, |worth| self.scale_at(worth))
    }

    fn scale_at(&self, worth: i32) -> f64 {
        10_f64.powi(OF_BOUNDS - worth - i32::from(self.account.power))
    }

    /// An amount of a unit of registers, of which one in million won is made one in the unit of accounts; what is no
    /// money stays.
    #[must_use]
    pub fn of_registers(&self, unit: &str, amount: f64) -> f64 {
        if is_money(unit) { amount * self.scale() } else { amount }
    }

    /// The bounds of an amount in the unit of accounts, from those in million won; the widest where nothing is
    /// known of the currency.
    #[must_use]
    pub fn bounds(&self, min: f64, max: f64) -> (f64, f64) {
        let [least, most] = self.worth().map_or(ANY_WORTH, |worth| [worth; 2]);
        ((min * self.scale_at(most)).min(MOST), (max * self.scale_at(least)).min(MOST))
    }

    /// An amount that a person writes, in the unit of accounts: a number, with a word of its power of ten and the
    /// currency's code if need be, as in `20bn`, `1.5 tn`, `KRW 600 bn`.
    ///
    /// # Errors
    ///
    /// Fails with a sentence where it is no such amount, or not above 0.
    pub fn amount(&self, text: &str) -> Result<f64, String> {
        let code = self.currency();
        let wrong = || format!("`{text}` is no amount; expected one such as 20bn or {code} 20 bn");
        let written = text.trim();
        let written = written.strip_prefix(code).unwrap_or(written).trim();
        let is_word = |letter: char| letter.is_ascii_alphabetic();
        let split = written.find(is_word).unwrap_or(written.len());
        let (number, word) = (written[..split].trim(), &written[split..]);
        let power = POWERS.iter().find(|(_, known)| *known == word).ok_or_else(wrong)?.0;
        let number: f64 = number.parse().map_err(|_| wrong())?;
        let amount = number * 10_f64.powi(i32::from(power) - i32::from(self.account.power));
        if amount.is_finite() && amount > 0.0 { Ok(amount) } else { Err(wrong()) }
    }

    /// What is wrong with the unit of accounts: one in which the amounts of firms and of a city cannot both be
    /// whole numbers; and the unit to take.
    #[must_use]
    pub fn unfit(&self) -> Option<(&'static str, MoneyUnit)> {
        let worth = self.worth()?;
        let size = |power: u8| worth + i32::from(power);
        let own = size(self.account.power);
        let why = if own > *FIT.end() {
            "too large: wages would be rounded to nothing"
        } else if own < *FIT.start() {
            "too small: the sums of a city would not be exact"
        } else {
            return None;
        };
        let fit = POWERS.iter().find(|(power, _)| FIT.contains(&size(*power)))?;
        Some((why, MoneyUnit { currency: self.currency(), power: fit.0 }))
    }

    /// The usual money of a currency, by its code: the greatest unit of accounts of no more than a million won, and
    /// the next greater one to read; nothing where there is no such code.
    #[must_use]
    pub fn of_currency(code: &str) -> Option<Self> {
        let one = MoneyUnit::named(code).ok().filter(|unit| unit.power == 0)?;
        let of = |power| MoneyUnit { power, ..one };
        let worth = Self { account: one, display: one }.worth();
        let fits = |at: &usize| worth.unwrap_or(3) + i32::from(POWERS[*at].0) <= OF_BOUNDS;
        let at = (0..POWERS.len() - 1).rev().find(fits)?;
        Some(Self { account: of(POWERS[at].0), display: of(POWERS[at + 1].0) })
    }
}

/// A text of a register with the money of a scenario in it; without one, with the word for money.
#[must_use]
pub fn said<'t>(text: &'t str, money: Option<&Money>) -> Cow<'t, str> {
    if !text.contains('{') {
        return Cow::Borrowed(text);
    }
    let account = money.map_or_else(|| "money".to_owned(), |money| money.account.to_string());
    let currency = money.map_or("currency", Money::currency);
    Cow::Owned(text.replace(MONEY, &account).replace(CURRENCY, currency))
}

/// Whether a unit of a register is one of money: `{money}`, `{money}/year`.
#[must_use]
pub fn is_money(unit: &str) -> bool {
    unit.starts_with(MONEY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(account: &str, display: &str) -> Money {
        let unit = |text| MoneyUnit::named(text).unwrap();
        Money { account: unit(account), display: unit(display) }
    }

    #[test]
    fn an_amount_is_read_in_the_unit_of_accounts() {
        let won = money("KRW m", "KRW bn");
        for (text, amount) in
            [("20bn", 2e4), ("KRW 20 bn", 2e4), ("1.5tn", 1.5e6), ("700 m", 700.0)]
        {
            assert!((won.amount(text).unwrap() - amount).abs() < 1e-9, "{text}");
        }
        assert!((money("EUR k", "EUR m").amount("2m").unwrap() - 2_000.0).abs() < 1e-9);
        for text in ["", "bn", "0bn", "-1bn", "20 billion", "USD 20 bn", "20bn/year"] {
            assert!(won.amount(text).unwrap_err().contains("KRW 20 bn"), "{text}");
        }
    }

    #[test]
    fn a_unit_is_a_currency_and_a_power_of_ten() {
        for text in ["KRW m", "EUR k", "USD", "JPY bn", "IDR tn"] {
            assert_eq!(MoneyUnit::named(text).unwrap().to_string(), text);
        }
        for text in
            ["", "EU k", "EUR kk", "EUR  k", "EUR k ", " EUR", "eur k", "EUR million", "XAU"]
        {
            assert!(MoneyUnit::named(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_currency_of_the_table_is_one_and_stands_there_once() {
        let mut seen = std::collections::BTreeSet::new();
        for code in WORTH.iter().flat_map(|(_, codes)| codes.split(' ')) {
            assert!(CODES.split_whitespace().any(|known| known == code), "{code}");
            assert!(seen.insert(code), "{code}");
        }
    }

    #[test]
    fn bounds_of_million_won_are_those_of_other_money_to_a_power_of_ten() {
        assert_eq!(money("KRW m", "KRW bn").bounds(0.01, 1e6), (0.01, 1e6));
        assert_eq!(money("EUR k", "EUR m").bounds(0.0, 1e6), (0.0, 1e6));
        assert_eq!(money("JPY k", "JPY m").bounds(0.01, 1e4), (1.0, 1e6));
        assert_eq!(money("JPY m", "JPY m").bounds(0.0, 10.0), (0.0, 1.0));
        // The won is worth a power of 0: of a currency that is not in the table any is possible.
        let (least, most) = money("BTN k", "BTN m").bounds(0.01, 10.0);
        assert!(least <= 0.01 * 0.1 && most >= 1e5 * 10.0, "{least} {most}");
        assert_eq!(money("VND m", "VND bn").bounds(0.0, 1e15), (0.0, MOST));
    }

    #[test]
    fn a_unit_in_which_wages_are_nothing_or_sums_inexact_does_not_fit() {
        for (account, other) in [
            ("KRW bn", Some("KRW m")),
            ("KRW", Some("KRW m")),
            ("EUR m", Some("EUR k")),
            ("EUR", Some("EUR k")),
            ("JPY bn", Some("JPY k")),
            ("EUR k", None),
            ("KRW m", None),
            ("JPY k", None),
            ("JPY m", None),
            ("BTN tn", None),
        ] {
            let found = money(account, account).unfit().map(|(_, unit)| unit.to_string());
            assert_eq!(found.as_deref(), other, "{account}");
        }
    }

    #[test]
    fn every_currency_has_money_that_fits() {
        for code in CODES.split_whitespace() {
            let money = Money::of_currency(code).unwrap();
            assert_eq!((money.currency(), money.unfit()), (code, None));
            assert!(money.display.power > money.account.power, "{code}");
        }
        assert_eq!(Money::of_currency("KRW"), Some(money("KRW m", "KRW bn")));
        assert_eq!(Money::of_currency("EUR"), Some(money("EUR k", "EUR m")));
        assert_eq!(Money::of_currency("EUR k"), None);
        assert_eq!(Money::of_currency("EURO"), None);
    }

    #[test]
    fn a_text_of_a_register_has_the_scenarios_money() {
        let euro = money("EUR k", "EUR m");
        assert_eq!(said("{money}/(m2 year)", Some(&euro)), "EUR k/(m2 year)");
        assert_eq!(said("{money}", None), "money");
        assert_eq!(said("persons {x}", Some(&euro)), "persons {x}");
    }
}
