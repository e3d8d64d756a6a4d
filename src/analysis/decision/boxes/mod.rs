//! Scenario discovery: in which part of the parameters' ranges a policy fails.
//!
//! Every replication has parameter values of its own and is a case or not; a case is, for example,
//! a replication in which a policy does worse than the baseline. A box limits some parameters to a
//! range. A good box holds most of the cases (its coverage) and little else (its density), with few
//! limits. [`prim`] looks for one box after another by peeling, and [`cart`] cuts the whole space into
//! boxes. Failures that are chance alone should be set aside first.
//!
//! # Source
//!
//! Bryant and Lempert (2010), Technological Forecasting and Social Change 77, 34–49.

pub mod cart;
mod paste;
pub mod prim;
mod support;

use thiserror::Error;

/// The limits that a box sets to one parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// The parameter's position among the inputs.
    pub parameter: usize,
    /// The lowest value inside, in the parameter's unit; `None` where there is no lower limit.
    pub low: Option<f64>,
    /// The highest value inside; `None` where there is no upper limit.
    pub high: Option<f64>,
    /// How probable it is that a limit which does not matter raises the density as much (0 to 1);
    /// the larger of the two where both are set. Small where the limit matters. It is quasi a
    /// p-value: the limit was chosen on the same replications for the density that it gives.
    ///
    /// # Formula
    ///
    /// ```text
    /// P(X >= h), X binomial with n trials of probability h' / n'
    /// ```
    ///
    /// where h of the n replications in the box are cases, and h' of the n' in the box without the
    /// limit.
    ///
    /// # Source
    ///
    /// Bryant and Lempert (2010).
    pub quasi_p: f64,
}

/// A box, and how well it describes the cases.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The parameters that it limits, in the order of the inputs.
    pub limits: Vec<Limit>,
    /// The share of all cases that it holds (0 to 1); 0 where there are no cases.
    pub coverage: f64,
    /// The share of cases among the replications that it holds (0 to 1).
    pub density: f64,
    /// The share of all replications that it holds (0 to 1).
    pub mass: f64,
    /// The cases that it holds.
    pub cases: usize,
    /// The replications that it holds, cases or not.
    pub replications: usize,
}

impl Found {
    /// Whether a replication with these parameter values, one an input, lies in the box.
    #[must_use]
    pub fn holds(&self, values: &[f64]) -> bool {
        self.limits.iter().all(|limit| {
            let within = |value: &f64| {
                limit.low.is_none_or(|low| *value >= low)
                    && limit.high.is_none_or(|high| *value <= high)
            };
            values.get(limit.parameter).is_some_and(within)
        })
    }
}

/// Why boxes cannot be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BoxError {
    /// The draws of a parameter are not as many as those of the first.
    #[error("parameter {parameter} has {found} draws instead of {expected}")]
    Draws {
        /// The parameter's position.
        parameter: usize,
        /// How many draws it has.
        found: usize,
        /// How many the first parameter has.
        expected: usize,
    },
    /// A draw is infinite or not a number.
    #[error("a draw of parameter {parameter} is no finite number")]
    NotFinite {
        /// The parameter's position.
        parameter: usize,
    },
    /// The marks of cases, or of failures, are not as many as the replications.
    #[error("{found} replications are marked instead of {expected}")]
    Marks {
        /// How many marks there are.
        found: usize,
        /// How many replications.
        expected: usize,
    },
}

/// Parameter draws, `draws[parameter][replication]`, sorted once for all searches on them.
#[derive(Clone, Debug)]
pub struct Inputs<'a> {
    columns: Vec<Column<'a>>,
    replications: usize,
}

/// The draws of one parameter.
#[derive(Clone, Debug)]
struct Column<'a> {
    values: &'a [f64],
    /// The replications by rising value; empty where all values are equal, for no limit can be set.
    order: Vec<u32>,
}

impl<'a> Inputs<'a> {
    /// Sorts the draws of each parameter.
    ///
    /// # Errors
    ///
    /// Fails where parameters differ in their number of draws, or where a draw is not finite.
    pub fn new<D: AsRef<[f64]>>(draws: &'a [D]) -> Result<Self, BoxError> {
        let replications = draws.first().map_or(0, |first| first.as_ref().len());
        let column = |(parameter, values): (usize, &'a D)| {
            let values = values.as_ref();
            if values.len() != replications {
                let found = values.len();
                return Err(BoxError::Draws { parameter, found, expected: replications });
            }
            if !values.iter().all(|value| value.is_finite()) {
                return Err(BoxError::NotFinite { parameter });
            }
            Ok(Column { values, order: sorted(values) })
        };
        let columns = draws.iter().enumerate().map(column).collect::<Result<_, _>>()?;
        Ok(Self { columns, replications })
    }

    /// How many replications there are.
    #[must_use]
    pub const fn replications(&self) -> usize {
        self.replications
    }

    /// How many parameters there are, also those that do not vary.
    #[must_use]
    pub const fn parameters(&self) -> usize {
        self.columns.len()
    }

    fn check(&self, marks: &[bool]) -> Result<(), BoxError> {
        if marks.len() == self.replications {
            return Ok(());
        }
        Err(BoxError::Marks { found: marks.len(), expected: self.replications })
    }

    /// The value of a parameter in a replication.
    fn value(&self, parameter: usize, replication: u32) -> f64 {
        self.columns[parameter].values[replication as usize]
    }

    /// For each parameter the replications marked as inside by rising value; none where the
    /// parameter does not vary, or is not among `only`.
    fn orders(&self, inside: &[bool], only: Option<&[usize]>) -> Vec<Vec<u32>> {
        let of = |(parameter, column): (usize, &Column<'_>)| {
            if only.is_some_and(|only| !only.contains(&parameter)) {
                return Vec::new();
            }
            column.order.iter().copied().filter(|&it| inside[it as usize]).collect()
        };
        self.columns.iter().enumerate().map(of).collect()
    }
}

/// The replications by rising value, equal ones by number; empty where all values are equal.
fn sorted(values: &[f64]) -> Vec<u32> {
    if values.windows(2).all(|pair| pair[0].total_cmp(&pair[1]).is_eq()) {
        return Vec::new();
    }
    let mut pairs: Vec<(f64, u32)> = values.iter().copied().zip(0..).collect();
    pairs.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    pairs.into_iter().map(|(_, replication)| replication).collect()
}

/// Replications and the cases among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    replications: u64,
    cases: u64,
}

impl Count {
    /// All replications.
    fn of(cases: &[bool]) -> Self {
        let number = cases.iter().filter(|&&case| case).count();
        Self { replications: cases.len() as u64, cases: number as u64 }
    }

    /// Adds one replication.
    fn add(&mut self, case: bool) {
        self.replications += 1;
        self.cases += u64::from(case);
    }

    fn plus(self, other: Self) -> Self {
        Self {
            replications: self.replications + other.replications,
            cases: self.cases + other.cases,
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            replications: self.replications - other.replications,
            cases: self.cases - other.cases,
        }
    }

    /// The share of cases; 0 without replications.
    fn density(self) -> f64 {
        share(self.cases, self.replications)
    }

    /// Whether the share of cases is higher than another's, exactly.
    fn is_denser(self, other: Self) -> bool {
        let product = |one: u64, other: u64| u128::from(one) * u128::from(other);
        product(self.cases, other.replications) > product(other.cases, self.replications)
    }
}

/// A part of a whole; 0 of nothing.
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// One end of the range that a box sets to a parameter.
#[derive(Clone, Copy, Debug)]
struct End {
    parameter: usize,
    is_upper: bool,
    /// The limit, itself inside.
    at: f64,
}

impl End {
    fn excludes(self, value: f64) -> bool {
        if self.is_upper { value > self.at } else { value < self.at }
    }

    /// Sets this end in place of the one of the same parameter and side.
    fn put(self, ends: &mut Vec<Self>) {
        let is_same =
            |end: &&mut Self| end.parameter == self.parameter && end.is_upper == self.is_upper;
        match ends.iter_mut().find(is_same) {
            Some(end) => *end = self,
            None => ends.push(self),
        }
    }
}

/// A limit between a value that stays outside and one that stays inside: their middle, or the
/// value inside where rounding takes the middle to the other.
fn between(outside: f64, inside: f64) -> f64 {
    let middle = outside.midpoint(inside);
    let is_apart = if outside < inside { middle > outside } else { middle < outside };
    if is_apart { middle } else { inside }
}

/// How much a step to a smaller or larger box raises the density per replication that it removes or
/// adds. An exact fraction, times the replications of the box before the step.
#[derive(Clone, Copy, Debug)]
struct Gain {
    numerator: i128,
    denominator: i128,
}

impl Gain {
    /// The gain of a step between boxes that differ in their number of replications; `None` where
    /// the density does not rise.
    fn of(before: Count, after: Count) -> Option<Self> {
        if !after.is_denser(before) {
            return None;
        }
        let product = |one: u64, other: u64| i128::from(one) * i128::from(other);
        let moved = before.replications.abs_diff(after.replications);
        Some(Self {
            numerator: product(after.cases, before.replications)
                - product(before.cases, after.replications),
            denominator: product(after.replications, moved),
        })
    }

    fn compare(self, other: Self) -> std::cmp::Ordering {
        (self.numerator * other.denominator).cmp(&(other.numerator * self.denominator))
    }
}

#[cfg(test)]
mod tests;
