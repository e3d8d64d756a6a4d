//! What an instrument does: on what, from when, for how long.

use crate::policy::words::words;

words! {
    /// What an effect is on.
    pub enum On {
        /// The growth of headcount `[1/year]`.
        Growth = "growth",
        /// The log of the exit hazard, which it lowers `[ln]`.
        Exit = "exit",
        /// The chance of a round `[logit]`.
        Round = "round",
        /// The log of the rate at which specialists quit, which it lowers `[ln]`.
        Quits = "quits",
        /// The log of the share of vacancies that are filled `[ln]`.
        Hiring = "hiring",
        /// The log of the number of those who would found `[ln]`.
        Founding = "founding",
        /// The value of a place in its areas to startups `[utility]`.
        MovingIn = "moving_in",
    }
}

/// The most instruments of one scenario, by name.
pub const MOST_INSTRUMENTS: usize = 32;

/// Something of each instrument of a scenario, in the order of names.
pub type ByInstrument<T> = [T; MOST_INSTRUMENTS];

/// An effect of an instrument; its size is the parameter [`size_parameter`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// What it is on.
    pub on: On,
    /// Years from the use to the first effect; 0 is the same year.
    pub after: u16,
    /// Years at full size.
    pub lasts: u16,
    /// Years over which it falls to nothing afterwards, in equal steps.
    pub fades: u16,
    /// Where it depends on money, the amount a head, or the share paid, at which it has its size.
    pub per: Option<f64>,
    /// With `per`: the amount over `per` that does half of the most that any does.
    pub saturation: f64,
}

impl Effect {
    /// How much of its size it has so many years after the use `[1]`.
    #[must_use]
    pub fn strength(&self, years: u16) -> f64 {
        let Some(since) = years.checked_sub(self.after) else { return 0.0 };
        let Some(faded) = since.checked_sub(self.lasts) else { return 1.0 };
        let left = self.fades.saturating_sub(faded);
        f64::from(left) / (f64::from(self.fades) + 1.0)
    }

    /// The last year after the use in which it has any.
    #[must_use]
    pub const fn ends(&self) -> u16 {
        self.after.saturating_add(self.lasts).saturating_add(self.fades).saturating_sub(1)
    }
}

/// The parameter that is the size of a lever's effect.
#[must_use]
pub fn size_parameter(on: On, lever: &str) -> String {
    format!("effect_{}_{}", on.name(), lever.replace('-', "_"))
}
