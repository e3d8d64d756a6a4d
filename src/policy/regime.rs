//! The regimes by which areas are designated: a scenario says which there are.

/// The most regimes of a scenario; their numbers are 1 to this.
pub const MOST_REGIMES: u8 = 8;

/// A law or plan by which an area can be designated, by its fixed number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Regime(u8);

impl Regime {
    /// The regime of a number, 1 to [`MOST_REGIMES`]; a number beyond is cut to these.
    #[must_use]
    pub const fn new(number: u8) -> Self {
        let index = if number == 0 { 0 } else { number - 1 };
        Self(if index < MOST_REGIMES { index } else { MOST_REGIMES - 1 })
    }

    /// Its place among them, from 0: its draws go by it.
    #[must_use]
    pub const fn index(self) -> u8 {
        self.0
    }
}
