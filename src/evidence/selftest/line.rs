//! One comparison of what is exact with what came out.

use crate::analysis::study::StudyError;
use crate::experiment::batch::Halted;
use crate::scenario::problem::ScenarioError;

/// Beyond so many standard errors chance is no excuse: one in 16,000 for a normal variable.
pub const MOST_ERRORS: f64 = 4.0;

/// One comparison of what is exact with what came out.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What is compared.
    pub quantity: String,
    /// The exact value.
    pub exact: f64,
    /// What came out.
    pub found: f64,
    /// How far the two may be apart.
    pub allowance: Allowance,
}

/// How far apart an exact and a simulated value may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Allowance {
    /// [`MOST_ERRORS`] of this standard error.
    Chance(f64),
    /// This much: 0 means to the last bit.
    Rounding(f64),
}

impl Line {
    /// A value that chance moves, with its standard error.
    pub(super) fn by_chance(
        quantity: impl Into<String>,
        exact: f64,
        found: f64,
        error: f64,
    ) -> Self {
        Self { quantity: quantity.into(), exact, found, allowance: Allowance::Chance(error) }
    }

    /// A value that must be met but for rounding.
    pub(super) fn within(
        quantity: impl Into<String>,
        exact: f64,
        found: f64,
        allowance: f64,
    ) -> Self {
        Self { quantity: quantity.into(), exact, found, allowance: Allowance::Rounding(allowance) }
    }

    /// A value that must be met to the last bit.
    pub(super) fn exactly(quantity: impl Into<String>, exact: f64, found: f64) -> Self {
        Self::within(quantity, exact, found, 0.0)
    }

    /// How many standard errors lie between the two; `None` where chance plays no part.
    #[must_use]
    pub fn z(&self) -> Option<f64> {
        match self.allowance {
            Allowance::Chance(error) => Some((self.found - self.exact) / error),
            Allowance::Rounding(_) => None,
        }
    }

    /// Whether the two agree. What is no number, or has no standard error, does not.
    #[must_use]
    pub fn agrees(&self) -> bool {
        match self.allowance {
            Allowance::Chance(error) => {
                error > 0.0 && self.z().is_some_and(|z| z.abs() <= MOST_ERRORS)
            }
            Allowance::Rounding(allowance) => (self.found - self.exact).abs() <= allowance,
        }
    }
}

/// Why a case could not be computed.
#[derive(Debug, thiserror::Error)]
pub enum SelfTestError {
    /// A parameter that was to be set is not understood.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The simulation failed or was stopped.
    #[error(transparent)]
    Simulation(#[from] Halted<StudyError>),
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The judge itself: what is off is told apart from what is not, at both kinds of allowance.
    #[test]
    fn a_line_agrees_up_to_its_allowance_and_no_further() {
        let line = |found, error| Line::by_chance("", 10.0, found, error);
        assert!(line(13.9, 1.0).agrees() && line(6.1, 1.0).agrees());
        assert!(!line(14.1, 1.0).agrees() && !line(5.9, 1.0).agrees());
        assert!(!line(10.0, 0.0).agrees(), "a value without spread says nothing of chance");
        assert!(!line(f64::NAN, 1.0).agrees() && !line(10.0, f64::NAN).agrees());
        assert!(Line::exactly("", 0.0, 0.0).agrees());
        assert!(!Line::exactly("", 0.0, 1e-300).agrees());
        assert!(Line::within("", 1.0, 1.0 + 1e-13, 1e-12).agrees());
        assert!(!Line::within("", 1.0, 1.0 + 1e-11, 1e-12).agrees());
        assert!(!Line::within("", 1.0, f64::NAN, 1e-12).agrees());
        assert_eq!(line(12.0, 1.0).z(), Some(2.0));
        assert_eq!(Line::exactly("", 0.0, 0.0).z(), None);
    }
}
