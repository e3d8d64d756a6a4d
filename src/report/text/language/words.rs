//! The words of each language, from its file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::report::text::language::Language;
use crate::report::text::language::Tag;
use crate::report::text::language::number::ShownUnit;
use crate::scenario::money::Money;
use crate::scenario::money::MoneyUnit;
use crate::scenario::names::Names;

/// Words by what they name (`text`, `metric`, `term`, `item`, `place`, `unit`) and key.
type File = BTreeMap<String, BTreeMap<String, String>>;

static ENGLISH: LazyLock<File> = LazyLock::new(|| read(include_str!("en.toml")));
static KOREAN: LazyLock<File> = LazyLock::new(|| read(include_str!("ko.toml")));

fn read(text: &str) -> File {
    // A test reads both; there is nothing to say to a user.
    toml::from_str(text).unwrap_or_default()
}

/// The words of a language with the money and the names of a scenario in them.
#[derive(Debug, PartialEq)]
pub(super) struct Words {
    file: File,
    units: BTreeMap<String, ShownUnit>,
}

/// How a unit of display stands in the units of a language's file.
const DISPLAY: &str = "{display}";
/// How the unit of accounts does.
const ACCOUNT: &str = "{account}";

/// The words of a language for readers of a scenario.
pub(super) fn of(tag: Tag, money: &Money, names: &Names) -> Words {
    let file = match tag {
        Tag::English => &*ENGLISH,
        Tag::Korean => &*KOREAN,
    };
    let (city, district) = match tag {
        Tag::English => (&names.city_en, &names.district_en),
        Tag::Korean => (&names.city_ko, &names.district_ko),
    };
    let filled =
        |text: &String| text.replace("{city_name}", city).replace("{district_name}", district);
    let of_kind = |(kind, words): (&String, &BTreeMap<String, String>)| {
        (kind.clone(), words.iter().map(|(key, text)| (key.clone(), filled(text))).collect())
    };
    Words { file: file.iter().map(of_kind).collect(), units: units(file, money) }
}

/// What units of the files are called and what their values are divided by.
fn units(file: &File, money: &Money) -> BTreeMap<String, ShownUnit> {
    let word = |of: &str, unit: MoneyUnit| Some(file.get(of)?.get(&unit.to_string())?.as_str());
    // A language may count a currency's display in another power of ten: Korean has hundred millions.
    let power = word("power", money.display).and_then(|power| power.parse().ok());
    let power: u8 = power.unwrap_or(money.display.power);
    let divisor = 10_f64.powi(i32::from(power) - i32::from(money.account.power));
    let called =
        |unit: MoneyUnit| word("money", unit).map_or_else(|| unit.to_string(), str::to_owned);
    let (display, account) = (called(money.display), called(money.account));
    let shown = |(unit, name): (&String, &String)| {
        let divisor = if name.contains(DISPLAY) { divisor } else { 1.0 };
        let name = name.replace(DISPLAY, &display).replace(ACCOUNT, &account);
        let name: &'static str = Box::leak(name.into_boxed_str());
        (unit.clone(), ShownUnit { name, divisor })
    };
    file.get("unit").into_iter().flatten().map(shown).collect()
}

/// How values of a unit of registers are shown.
pub(super) fn unit(unit: &str, language: Language) -> Option<ShownUnit> {
    language.0.words.units.get(unit).copied()
}

/// A word of a language; nothing where its file has none.
#[must_use]
pub fn word(of_what: &str, key: &str, language: Language) -> Option<&'static str> {
    language.0.words.file.get(of_what)?.get(key).map(String::as_str)
}

/// The keys of a kind that a language has.
pub fn keys(of_what: &str, language: Language) -> impl Iterator<Item = &'static str> {
    let words = language.0.words.file.get(of_what);
    words.into_iter().flat_map(BTreeMap::keys).map(String::as_str)
}
