//! The checked settings of a lever, asked for by name.

use std::collections::BTreeMap;

use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::policy::effect::Effect;
use crate::policy::payer::Payer;
use crate::policy::regime::Regime;
use crate::policy::schedule::Schedule;
use crate::policy::sector::BySector;
use crate::policy::sector::MOST_SECTORS;
use crate::policy::sector::Sector;
use crate::policy::slot::LeverSlot;
use crate::policy::words::Word;
use crate::time::Date;

/// The word for a service's scope that is not one facility.
pub const DISTRICT: &str = "district";

/// Stands for the lever's first day in a schedule of one number.
pub const FROM_THE_START: Date = Date { year: 0, day: 1 };

/// A setting's value, of the kind that the register gives it.
#[derive(Clone, Debug, PartialEq)]
pub enum Checked {
    /// A number.
    Number(f64),
    /// A whole number.
    Count(u32),
    /// A day.
    Date(Date),
    /// `true` or `false`.
    Flag(bool),
    /// One of the words allowed.
    Choice(&'static str),
    /// Some of the words allowed.
    Choices(Vec<&'static str>),
    /// Sectors.
    Sectors(Vec<Sector>),
    /// An area.
    Area(Area),
    /// Some areas, and how they are written.
    Areas(ByArea<bool>, String),
    /// Effects, and how they are written.
    Effects(Vec<Effect>, String),
    /// A payer.
    Payer(Payer),
    /// A regime.
    Regime(Regime),
    /// A facility's name, or [`DISTRICT`].
    Scope(String),
    /// A number by date.
    Schedule(Schedule),
    /// Days of the year.
    Days(Vec<u16>),
    /// Text.
    Text(String),
}

/// What a scenario has that settings name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names<'s> {
    /// The lever names of the scenario in order.
    pub slots: &'s [String],
    /// The areas by name.
    pub areas: &'s [(String, Area)],
    /// The sectors by name.
    pub sectors: &'s [(String, Sector)],
    /// The names of the levers that are instruments in some policy, in order.
    pub instruments: &'s [String],
    /// The payers by name.
    pub payers: &'s [(String, Payer)],
    /// The regimes by name.
    pub regimes: &'s [(String, Regime)],
}

impl Names<'_> {
    /// The name of an area; none has none.
    #[must_use]
    pub fn area_name(&self, area: Area) -> &str {
        self.areas.iter().find(|(_, other)| *other == area).map_or("", |(name, _)| name)
    }

    /// The name of a payer; none has none.
    #[must_use]
    pub fn payer_name(&self, payer: Payer) -> &str {
        self.payers.iter().find(|(_, other)| *other == payer).map_or("", |(name, _)| name)
    }

    /// The name of a regime; none has none.
    #[must_use]
    pub fn regime_name(&self, regime: Regime) -> &str {
        self.regimes.iter().find(|(_, other)| *other == regime).map_or("", |(name, _)| name)
    }

    /// The name of a sector; none has none.
    #[must_use]
    pub fn sector_name(&self, sector: Sector) -> &str {
        self.sectors.iter().find(|(_, other)| *other == sector).map_or("", |(name, _)| name)
    }
}

/// The checked settings of one lever.
#[derive(Clone, Debug)]
pub struct Values<'s> {
    /// By key.
    pub checked: BTreeMap<&'static str, Checked>,
    /// What they may name.
    pub names: Names<'s>,
}

/// Settings in the types that the register gives them. Asking for one that the register does not
/// promise is a mistake in the code, which a test over all kinds finds.
macro_rules! typed {
    ($($(#[$doc:meta])* $method:ident: $variant:ident => $type:ty;)*) => {
        impl Values<'_> {
            $($(#[$doc])*
            ///
            /// # Panics
            ///
            /// Panics where the register promises no such setting.
            #[must_use]
            pub fn $method(&self, name: &str) -> $type {
                match self.checked.get(name) {
                    Some(Checked::$variant(found)) => found.clone(),
                    _ => panic!("the register promises no such setting as `{name}`"),
                }
            })*
        }
    };
}

typed! {
    /// A number.
    number: Number => f64;
    /// A whole number.
    count: Count => u32;
    /// A date.
    date: Date => Date;
    /// `true` or `false`.
    flag: Flag => bool;
    /// The word chosen.
    choice: Choice => &'static str;
    /// An area.
    area: Area => Area;
    /// A payer.
    payer: Payer => Payer;
    /// A regime.
    regime: Regime => Regime;
    /// A facility's name, or [`DISTRICT`].
    scope: Scope => String;
    /// A schedule as written.
    raw_schedule: Schedule => Schedule;
    /// Days of the year.
    days: Days => Vec<u16>;
    /// Text.
    text: Text => String;
}

impl Values<'_> {
    /// Whether a setting is written.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.checked.contains_key(name)
    }

    /// A date that may be absent.
    #[must_use]
    pub fn date_if_written(&self, name: &str) -> Option<Date> {
        self.has(name).then(|| self.date(name))
    }

    /// A schedule; a single number is in force from the lever's first day.
    #[must_use]
    pub fn schedule(&self, name: &str) -> Schedule {
        let mut schedule = self.raw_schedule(name);
        for step in &mut schedule.0 {
            if step.0 == FROM_THE_START {
                step.0 = self.date("from");
            }
        }
        schedule
    }

    /// The value of a word.
    ///
    /// # Panics
    ///
    /// Panics where the register promises no such setting, or another list of words.
    #[must_use]
    pub fn word<W: Word>(&self, name: &str) -> W {
        let word = self.choice(name);
        W::named(word).unwrap_or_else(|| panic!("`{name}` takes no word `{word}`"))
    }

    /// Which of some words are chosen; a list that is absent chooses all.
    #[must_use]
    pub fn flags<const N: usize>(&self, name: &str, words: &[&str; N]) -> [bool; N] {
        match self.checked.get(name) {
            Some(Checked::Choices(chosen)) => words.map(|word| chosen.contains(&word)),
            _ => [true; N],
        }
    }

    /// Which sectors are chosen; a list that is absent chooses all.
    #[must_use]
    pub fn sectors(&self, name: &str) -> BySector<bool> {
        let Some(Checked::Sectors(chosen)) = self.checked.get(name) else {
            return [true; MOST_SECTORS];
        };
        let mut of = [false; MOST_SECTORS];
        for sector in chosen {
            of[sector.index()] = true;
        }
        of
    }

    /// Which areas are chosen.
    ///
    /// # Panics
    ///
    /// Panics where the register promises no such setting.
    #[must_use]
    pub fn areas(&self, name: &str) -> ByArea<bool> {
        match self.checked.get(name) {
            Some(Checked::Areas(areas, _)) => *areas,
            _ => panic!("the register promises no such setting as `{name}`"),
        }
    }

    /// Effects.
    ///
    /// # Panics
    ///
    /// Panics where the register promises no such setting.
    #[must_use]
    pub fn effects(&self, name: &str) -> Vec<Effect> {
        match self.checked.get(name) {
            Some(Checked::Effects(effects, _)) => effects.clone(),
            _ => panic!("the register promises no such setting as `{name}`"),
        }
    }

    /// The number of a lever's name.
    #[must_use]
    pub fn slot(&self, name: &str) -> LeverSlot {
        let index = self.names.slots.iter().position(|slot| slot == name);
        index.and_then(|index| LeverSlot::try_from(index).ok()).unwrap_or(LeverSlot::MAX)
    }
}
