//! What a setting of a lever may hold, and how it is described.

/// What a setting holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SettingKind {
    /// A number within bounds.
    Number {
        /// Least value allowed.
        min: f64,
        /// Greatest value allowed.
        max: f64,
    },
    /// A whole number within bounds.
    Count {
        /// Greatest value allowed; the least is 0.
        max: u32,
    },
    /// A day of the calendar.
    Date,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Some of these words.
    Choices(&'static [&'static str]),
    /// The name of an area of the district.
    Area,
    /// The name of a facility of the same policy, or `district` for every startup there.
    Scope,
    /// Whole numbers by date: one number, or a list of `{ from = date, value = number }`.
    Schedule {
        /// Greatest value allowed; the least is 0.
        max: u32,
    },
    /// Days of the year, 1 to 365, rising.
    Days,
    /// Free text.
    Text,
}

/// One setting of a lever.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The key in a policy file.
    pub name: &'static str,
    /// What it holds.
    pub kind: SettingKind,
    /// The unit of its value; `""` where it has none.
    pub unit: &'static str,
    /// Whether a lever of the kind must have it. One that may be absent says in its meaning what
    /// absence means.
    pub required: bool,
    /// What it means, in English.
    pub meaning_en: &'static str,
    /// What it means, in Korean.
    pub meaning_ko: &'static str,
}

/// The largest count that any setting takes: places, persons, units.
pub const MOST: u32 = 100_000;

/// The largest sum of money in one setting [KRW m]: a thousand trillion won.
pub const MOST_MONEY: f64 = 1e9;

impl Setting {
    /// A setting that must be written.
    pub(super) const fn must(
        name: &'static str,
        kind: SettingKind,
        unit: &'static str,
        meaning_en: &'static str,
        meaning_ko: &'static str,
    ) -> Self {
        Self { name, kind, unit, required: true, meaning_en, meaning_ko }
    }

    /// A setting that may be absent.
    pub(super) const fn may(
        name: &'static str,
        kind: SettingKind,
        unit: &'static str,
        meaning_en: &'static str,
        meaning_ko: &'static str,
    ) -> Self {
        Self { name, kind, unit, required: false, meaning_en, meaning_ko }
    }
}
