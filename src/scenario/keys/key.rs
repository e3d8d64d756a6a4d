//! A key of a table, and what its value is.

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What its value is.
    pub holds: Holds,
    /// Whether it must be there in every table of the kind.
    pub required: bool,
    /// Whether it may be given in further languages, with `_TAG` after it.
    pub translated: bool,
    /// What it means, English.
    pub en: &'static str,
    /// What it means, Korean.
    pub ko: &'static str,
}

/// What the value of a key is.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// The format of the files.
    Format,
    /// Text, which may be empty.
    Text,
    /// Text that says something.
    SomeText,
    /// A line that says something.
    Title,
    /// The name of something in another place of the scenario.
    Name,
    /// A list of such names.
    Names,
    /// Two such names.
    TwoNames,
    /// Such a name, or a list of them.
    NameOrNames,
    /// `true` or `false`.
    Flag,
    /// A calendar year.
    Year,
    /// A day of the calendar.
    Date,
    /// A number.
    Number {
        /// Least value allowed.
        min: f64,
        /// Greatest value allowed.
        max: f64,
    },
    /// A number above 0.
    Positive {
        /// Greatest value allowed.
        max: f64,
    },
    /// An amount of money above 0, whose bound is in the unit of accounts.
    Money,
    /// A whole number.
    Whole {
        /// Least value allowed.
        min: u64,
        /// Greatest value allowed.
        max: u64,
    },
    /// A whole number, or `unlimited`.
    FloorSpace,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Some of these words.
    Words(&'static [&'static str]),
    /// The name of a library of parameters.
    Library,
    /// A unit of money, such as `EUR k`.
    MoneyUnit,
    /// The name of a CSV file in the scenario's folder.
    CsvFile,
    /// Sizes of a survey.
    Sizes,
    /// A number of the parameter whose table it is, within its bounds.
    OfParameter,
    /// Two such numbers, the lower first.
    RangeOfParameter,
    /// The unit of the parameter whose table it is.
    UnitOfParameter,
    /// A table.
    Table(&'static [Key]),
    /// A list of tables.
    Tables(&'static [Key]),
    /// Tables by name.
    Named(&'static [Key]),
    /// Numbers by name.
    NumbersByName {
        /// Least value allowed.
        min: f64,
        /// Greatest value allowed.
        max: f64,
    },
    /// Whole numbers from 1 by name.
    WholesByName {
        /// Greatest value allowed.
        max: u64,
    },
    /// Levers by name.
    Levers,
    /// Settings of levers by the name of the lever.
    SettingsOfLevers,
    /// What is put in the place of parameters, by name.
    Changes,
}

/// A key that may be left out.
pub(super) const fn may(
    name: &'static str,
    holds: Holds,
    en: &'static str,
    ko: &'static str,
) -> Key {
    Key { name, holds, required: false, translated: false, en, ko }
}

/// A key that must be there.
pub(super) const fn must(
    name: &'static str,
    holds: Holds,
    en: &'static str,
    ko: &'static str,
) -> Key {
    Key { required: true, ..may(name, holds, en, ko) }
}

impl Key {
    /// The same, which may be given in further languages.
    pub(super) const fn translated(self) -> Self {
        Self { translated: true, ..self }
    }
}
