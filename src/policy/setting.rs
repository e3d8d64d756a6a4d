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
    /// Names of sectors.
    Sectors,
    /// The name of an area of the district.
    Area,
    /// `district`, `city`, or names of areas.
    Areas,
    /// What an instrument does: a list of effects.
    Effects,
    /// The name of a payer of the scenario.
    Payer,
    /// A regime that the scenario names.
    Regime,
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

/// What more of a setting does first, in the district or, where the metric has no value there, in
/// the city. Where the metric is public cost or receipts, the setting is one of the accounts alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingEffect {
    /// There is no more or less of it: words, dates.
    None,
    /// It raises this metric.
    Raises(&'static str),
    /// It lowers this metric.
    Lowers(&'static str),
}

impl SettingEffect {
    /// In words; empty for none.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::None => String::new(),
            Self::Raises(metric) => format!("raises {metric}"),
            Self::Lowers(metric) => format!("lowers {metric}"),
        }
    }
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
    /// What more of it does first; a test holds each numeric setting to it.
    pub effect: SettingEffect,
    /// What it means, in English.
    pub meaning_en: &'static str,
    /// What it means, in Korean.
    pub meaning_ko: &'static str,
}

/// The largest count that any setting takes: places, persons, units.
pub const MOST: u32 = 100_000;

/// The largest floor space of one lever `[m2]`: that of the largest building of the world.
pub const MOST_SPACE: u32 = 2_000_000;

/// The most that a lever spends in a year `[KRW m/year]`: a trillion won, as much as Korea's Fund of Funds
/// invests in a year in the whole country.
pub const MOST_A_YEAR: f64 = 1e6;

/// The most that a building or its land costs `[KRW m]`: ten trillion won, twice the most expensive building of the
/// country.
pub const MOST_TO_BUILD: f64 = 1e7;

/// The most that one firm is given in a year or by a grant `[KRW m]`: ten billion won, as the largest
/// national projects give a firm.
pub const MOST_A_FIRM: f64 = 1e4;

/// The most that a person's education costs in a year `[KRW m]`: three times the most expensive degrees anywhere.
pub const MOST_A_PERSON: f64 = 500.0;

/// The most that a home pays in a year `[KRW m]`: KRW 10 m a month, as the most expensive flats of Seoul do.
pub const MOST_A_HOME: f64 = 120.0;

/// A share.
pub(super) const SHARE: SettingKind = SettingKind::Number { min: 0.0, max: 1.0 };
/// Money for a year.
pub(super) const A_YEAR: SettingKind = SettingKind::Number { min: 0.0, max: MOST_A_YEAR };
/// Money for a building or its land.
pub(super) const TO_BUILD: SettingKind = SettingKind::Number { min: 0.0, max: MOST_TO_BUILD };
/// Money for a firm.
pub(super) const A_FIRM: SettingKind = SettingKind::Number { min: 0.0, max: MOST_A_FIRM };
/// Money for a person's education in a year.
pub(super) const A_PERSON: SettingKind = SettingKind::Number { min: 0.0, max: MOST_A_PERSON };
/// Money of a home in a year.
pub(super) const A_HOME: SettingKind = SettingKind::Number { min: 0.0, max: MOST_A_HOME };
/// Years.
pub(super) const YEARS: SettingKind = SettingKind::Number { min: 0.0, max: 100.0 };
/// A count of places, persons or units.
pub(super) const COUNT: SettingKind = SettingKind::Count { max: MOST };

impl Setting {
    /// A setting that must be written.
    pub(super) const fn must(
        name: &'static str,
        kind: SettingKind,
        unit: &'static str,
        meaning_en: &'static str,
        meaning_ko: &'static str,
    ) -> Self {
        Self {
            name,
            kind,
            unit,
            required: true,
            effect: SettingEffect::None,
            meaning_en,
            meaning_ko,
        }
    }

    /// A setting that may be absent.
    pub(super) const fn may(
        name: &'static str,
        kind: SettingKind,
        unit: &'static str,
        meaning_en: &'static str,
        meaning_ko: &'static str,
    ) -> Self {
        Self {
            name,
            kind,
            unit,
            required: false,
            effect: SettingEffect::None,
            meaning_en,
            meaning_ko,
        }
    }

    /// More of it raises this metric.
    pub(super) const fn raises(self, metric: &'static str) -> Self {
        Self { effect: SettingEffect::Raises(metric), ..self }
    }

    /// More of it lowers this metric.
    pub(super) const fn lowers(self, metric: &'static str) -> Self {
        Self { effect: SettingEffect::Lowers(metric), ..self }
    }
}

/// The size of a setting up to which evidence reaches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EvidenceLimit {
    /// The setting.
    pub setting: &'static str,
    /// The size, in the setting's unit.
    pub limit: f64,
    /// What the evidence is of: rows of a scenario's `facts.csv`, or that there is none.
    pub source: &'static str,
}
