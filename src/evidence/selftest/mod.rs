//! The engine in settings whose answers are known exactly (model, section 8).
//!
//! Every case gives [`Line`]s: what is exact, what was simulated, and how far apart chance may take
//! the two. A case says nothing about Yangjae; it says that the engine computes what it is said to.

mod bench;
mod facilities;
mod markets;
mod nothing;
mod numbers;
mod population;

pub use bench::Bench;

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
    fn by_chance(quantity: impl Into<String>, exact: f64, found: f64, error: f64) -> Self {
        Self { quantity: quantity.into(), exact, found, allowance: Allowance::Chance(error) }
    }

    /// A value that must be met but for rounding.
    fn within(quantity: impl Into<String>, exact: f64, found: f64, allowance: f64) -> Self {
        Self { quantity: quantity.into(), exact, found, allowance: Allowance::Rounding(allowance) }
    }

    /// A value that must be met to the last bit.
    fn exactly(quantity: impl Into<String>, exact: f64, found: f64) -> Self {
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

/// A setting whose answers are known.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Its name.
    pub name: &'static str,
    /// What is set, and why the answer is known.
    pub meaning: &'static str,
    run: fn(&Bench<'_>) -> Result<Vec<Line>, SelfTestError>,
}

impl Case {
    /// Simulates the setting and compares.
    ///
    /// # Errors
    ///
    /// Fails if the parameters that the bench sets are not understood, or the simulation fails.
    pub fn run(&self, bench: &Bench<'_>) -> Result<Vec<Line>, SelfTestError> {
        (self.run)(bench)
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

/// Every case, in the order of the report.
pub const CASES: &[Case] = &[
    Case {
        name: "poisson",
        meaning: "Arrivals at a constant rate, a constant exit hazard: a Poisson number of firms",
        run: population::poisson,
    },
    Case {
        name: "survival",
        meaning: "A constant hazard: exponential lives, in whole years geometric survival",
        run: population::survival,
    },
    Case {
        name: "jobs",
        meaning: "No growth, no exits, no limits: jobs are founders times team",
        run: population::jobs,
    },
    Case {
        name: "growth",
        meaning: "Shocks alone: log growth is Laplace and the mean of growth is kept",
        run: population::growth,
    },
    Case {
        name: "intensity",
        meaning: "Twice the founders: nobody who founded before is missing",
        run: population::intensity,
    },
    Case {
        name: "erlang",
        meaning: "A first-come house with a fixed tenancy turns away what Erlang's formula B says",
        run: facilities::erlang,
    },
    Case {
        name: "equal policies",
        meaning: "The same policy under two names: no number differs",
        run: nothing::equal_policies,
    },
    Case {
        name: "empty levers",
        meaning: "A fund without money, a house without places, no home: no number of the city differs",
        run: nothing::empty_levers,
    },
    Case {
        name: "climate",
        meaning: "The climate has mean 1 and the moments of its formula; without spread it moves nothing",
        run: markets::climate,
    },
    Case {
        name: "matching",
        meaning: "Hires are never above seekers or vacancies, and meet the limits of their exponent",
        run: markets::matching,
    },
    Case {
        name: "capital",
        meaning: "Smooth rationing: unlimited supply crowds nothing out",
        run: markets::capital,
    },
    Case {
        name: "discounting",
        meaning: "A constant yearly cost has the present value of an annuity",
        run: numbers::discounting,
    },
    Case {
        name: "statistics",
        meaning: "Quantiles, Student's t, the coverage of intervals, and counts by inversion",
        run: numbers::statistics,
    },
];

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

    #[test]
    fn every_case_has_a_name_of_its_own() {
        for (index, case) in CASES.iter().enumerate() {
            assert!(CASES[..index].iter().all(|other| other.name != case.name), "{}", case.name);
        }
    }
}
