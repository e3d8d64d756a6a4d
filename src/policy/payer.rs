//! Who pays and receives: a scenario says who there is.

use crate::policy::words::words;

/// The most payers of a scenario.
pub const MOST_PAYERS: usize = MOST as usize;
const MOST: u8 = 8;

/// A payer: its place in the scenario's list, by which tables are ordered, and whether its money is
/// the public's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Payer {
    place: u8,
    is_public: bool,
}

impl Payer {
    /// The payer of a place, below [`MOST_PAYERS`]; one beyond is cut to these.
    #[must_use]
    pub const fn new(place: u8, is_public: bool) -> Self {
        Self { place: if place < MOST { place } else { MOST - 1 }, is_public }
    }

    /// Its place in the scenario's list, from 0.
    #[must_use]
    #[inline]
    pub const fn index(self) -> usize {
        self.place as usize
    }

    /// Whether public budgets pay.
    #[must_use]
    #[inline]
    pub const fn is_public(self) -> bool {
        self.is_public
    }
}

words! {
    /// A tax that a public payer receives, by the name that its item of cash has.
    pub enum Tax {
        /// On wages.
        Income = "income_tax",
        /// The local one on wages.
        LocalIncome = "local_income_tax",
        /// On profits.
        Corporate = "corporate_tax",
        /// On new buildings, once.
        Acquisition = "acquisition_tax",
        /// On new buildings, each year.
        Property = "property_tax",
    }
}
