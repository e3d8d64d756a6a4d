//! The words of each language, from its file.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::scenario::money::Money;
use crate::scenario::money::MoneyUnit;
use crate::scenario::names::Names;
use crate::scenario::titles::LanguageFile;

/// Words by what they name (`text`, `metric`, `term`, `item`, `place`, `unit`) and key.
pub type File = BTreeMap<String, BTreeMap<String, String>>;

static ENGLISH_FILE: LazyLock<File> = LazyLock::new(|| read(include_str!("en.toml")));
static KOREAN_FILE: LazyLock<File> = LazyLock::new(|| read(include_str!("ko.toml")));

fn read(text: &str) -> File {
    // A test reads both; there is nothing to say to a user.
    toml::from_str(text).unwrap_or_default()
}

/// A unit as people read it, and what a value is divided by to be in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShownUnit {
    /// The unit's name; empty for pure numbers.
    pub name: &'static str,
    /// What a value of the files is divided by.
    pub divisor: f64,
}

/// The words of a language with the money and the names of a scenario in them.
#[derive(Debug, PartialEq)]
pub(super) struct Words {
    pub(super) file: File,
    pub(super) units: BTreeMap<String, ShownUnit>,
}

/// How a unit of display stands in the units of a language's file.
const DISPLAY: &str = "{display}";
/// How the unit of accounts does.
const ACCOUNT: &str = "{account}";

/// The table of a language's file that translates wordings of registers.
pub const ENGLISH: &str = "english";

/// Tables that a language may have beyond those of English: what units of money are called, and in which power of
/// ten it counts those of display.
pub const OF_MONEY: [&str; 2] = ["money", "power"];

/// Whose name a word in braces is, whichever the text.
const NAMES: [&str; 2] = ["city_name", "district_name"];

/// The words in braces of a text, but names.
fn filled_in(text: &str) -> BTreeSet<&str> {
    let words = text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0));
    words.filter(|word| !NAMES.contains(word)).collect()
}

/// The English that a word of a kind translates; nothing where there is none.
#[must_use]
pub fn english(kind: &str, key: &str) -> Option<&'static str> {
    ENGLISH_FILE.get(kind)?.get(key).map(String::as_str)
}

/// Whether a translation can stand in the place of the English: it fills in the same words.
fn fits(kind: &str, key: &str, word: &str) -> bool {
    match kind {
        "money" => true,
        "power" => word.parse::<u8>().is_ok_and(|power| power <= 15),
        ENGLISH => filled_in(key) == filled_in(word),
        _ => english(kind, key).is_some_and(|english| filled_in(english) == filled_in(word)),
    }
}

/// The words of a language's file that are shown, by kind and key: those that are translated and fit.
pub fn usable(own: &LanguageFile) -> impl Iterator<Item = (&str, &str, &str)> {
    let all = own.words.iter().flat_map(|(kind, words)| {
        words.iter().map(move |(key, word)| (kind.as_str(), key.as_str(), word.as_str()))
    });
    all.filter(|(kind, key, word)| !word.trim().is_empty() && fits(kind, key, word))
}

/// The file of a language of the program; of another that of English.
#[must_use]
pub fn shipped(tag: &str) -> &'static File {
    if tag == "ko" { &KOREAN_FILE } else { &ENGLISH_FILE }
}

/// The words of a language for readers of a scenario, and its translations of registers' wordings.
pub(super) fn of(
    tag: &str,
    own: &LanguageFile,
    money: &Money,
    names: &Names,
) -> (Words, BTreeMap<String, String>) {
    let mut file = shipped(tag).clone();
    let mut translations = BTreeMap::new();
    for (kind, key, word) in usable(own) {
        match file.get_mut(kind) {
            Some(words) => drop(words.insert(key.to_owned(), word.to_owned())),
            None if kind == ENGLISH => {
                drop(translations.insert(key.to_owned(), word.to_owned()));
            }
            None => drop(
                file.insert(kind.to_owned(), BTreeMap::from([(key.to_owned(), word.to_owned())])),
            ),
        }
    }
    let (city, district) = match tag {
        "ko" => (names.city_ko.as_str(), names.district_ko.as_str()),
        tag => (
            names.cities.of(tag).unwrap_or(&names.city_en),
            names.districts.of(tag).unwrap_or(&names.district_en),
        ),
    };
    let [city_name, district_name] = NAMES.map(|name| format!("{{{name}}}"));
    let units = units(&file, money);
    for text in file.values_mut().flat_map(BTreeMap::values_mut) {
        *text = text.replace(&city_name, city).replace(&district_name, district);
    }
    (Words { file, units }, translations)
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
