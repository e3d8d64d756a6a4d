//! The engine in settings whose answers are known exactly (model, section 8).
//!
//! Every case gives [`Line`]s: what is exact, what was simulated, and how far apart chance may take
//! the two. A case says nothing about Yangjae; it says that the engine computes what it is said to.

mod bench;
mod facilities;
mod line;
mod markets;
mod nothing;
mod numbers;
mod population;

pub use bench::Bench;
pub use line::Allowance;
pub use line::Line;
pub use line::MOST_ERRORS;
pub use line::SelfTestError;

/// A setting whose answers are known.
#[derive(Clone, Copy, Debug)]
pub struct KnownCase {
    /// Its name.
    pub name: &'static str,
    /// What is set, and why the answer is known.
    pub meaning: &'static str,
    run: fn(&Bench<'_>) -> Result<Vec<Line>, SelfTestError>,
}

impl KnownCase {
    /// Simulates the setting and compares.
    ///
    /// # Errors
    ///
    /// Fails if the parameters that the bench sets are not understood, or the simulation fails.
    pub fn run(&self, bench: &Bench<'_>) -> Result<Vec<Line>, SelfTestError> {
        (self.run)(bench)
    }
}

/// Every case, in the order of the report.
pub const CASES: &[KnownCase] = &[
    KnownCase {
        name: "poisson",
        meaning: "Arrivals at a constant rate, a constant exit hazard: a Poisson number of firms",
        run: population::poisson,
    },
    KnownCase {
        name: "survival",
        meaning: "A constant hazard: exponential lives, in whole years geometric survival",
        run: population::survival,
    },
    KnownCase {
        name: "jobs",
        meaning: "No growth, no exits, no limits: jobs are founders times team",
        run: population::jobs,
    },
    KnownCase {
        name: "growth",
        meaning: "Shocks alone: log growth is Laplace and the mean of growth is kept",
        run: population::growth,
    },
    KnownCase {
        name: "intensity",
        meaning: "Twice the founders: nobody who founded before is missing",
        run: population::intensity,
    },
    KnownCase {
        name: "erlang",
        meaning: "A first-come house with a fixed tenancy turns away what Erlang's formula B says",
        run: facilities::erlang,
    },
    KnownCase {
        name: "equal policies",
        meaning: "The same policy under two names: no number differs",
        run: nothing::equal_policies,
    },
    KnownCase {
        name: "empty levers",
        meaning: "A fund without money, a house without places, no home: no number of the city differs",
        run: nothing::empty_levers,
    },
    KnownCase {
        name: "climate",
        meaning: "The climate has mean 1 and the moments of its formula; without spread it moves nothing",
        run: markets::climate,
    },
    KnownCase {
        name: "matching",
        meaning: "Hires are never above seekers or vacancies, and meet the limits of their exponent",
        run: markets::matching,
    },
    KnownCase {
        name: "capital",
        meaning: "Smooth rationing: unlimited supply crowds nothing out",
        run: markets::capital,
    },
    KnownCase {
        name: "discounting",
        meaning: "A constant yearly cost has the present value of an annuity",
        run: numbers::discounting,
    },
    KnownCase {
        name: "statistics",
        meaning: "Quantiles, Student's t, the coverage of intervals, and counts by inversion",
        run: numbers::statistics,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_has_a_name_of_its_own() {
        for (index, case) in CASES.iter().enumerate() {
            assert!(CASES[..index].iter().all(|other| other.name != case.name), "{}", case.name);
        }
    }
}
