//! Designed experiments over parameters: which points to run, and what the outputs there say.
//!
//! A method is a design and an estimator. The design is a list of rows, each a point of the unit
//! cube with an id; a coordinate is the probability at which the distribution of its parameter is
//! inverted. The estimator takes one output a row, in the same order. Of a model with chance an
//! output is a mean over replications. Rows that are compared need the same ones: with different
//! chance in them its variance would pass for an effect of parameters.
//!
//! The methods know nothing of what parameters mean; [`experiment`] runs a design on a scenario. The same design and
//! seed give the same rows anywhere.

pub mod experiment;
pub mod morris;
pub mod onebyone;
pub mod sobol;

/// One point to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<Id> {
    /// Which point of the design it is.
    pub id: Id,
    /// A coordinate for each parameter, 0 to 1.
    pub point: Vec<f64>,
}

/// A figure with what the bootstrap says of its error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bootstrapped {
    /// The figure, from all outputs.
    pub value: f64,
    /// The 95 % interval by the bootstrap; unknown where there is but one trajectory or base row.
    pub interval: Option<(f64, f64)>,
}

impl Bootstrapped {
    /// Half the width of the interval, in the unit of the figure.
    #[must_use]
    pub fn half_width(&self) -> Option<f64> {
        self.interval.map(|(low, high)| (high - low) / 2.0)
    }
}

/// Which parameters are moved together.
///
/// Every parameter is in one group. Groups are numbered from 0; the effect of a group is that of
/// all its parameters at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Groups {
    of: Vec<usize>,
    sizes: Vec<usize>,
}

impl Groups {
    /// So many parameters, each by itself.
    #[must_use]
    pub fn single(parameters: usize) -> Self {
        Self { of: (0..parameters).collect(), sizes: vec![1; parameters] }
    }

    /// The number of the group of each parameter; `None` where a number below the highest is the
    /// group of no parameter.
    #[must_use]
    pub fn new(of: Vec<usize>) -> Option<Self> {
        let count = of.iter().max().map_or(0, |highest| highest.saturating_add(1));
        // Each group takes a parameter.
        if count > of.len() {
            return None;
        }
        let mut sizes = vec![0; count];
        for &group in &of {
            sizes[group] += 1;
        }
        sizes.iter().all(|&size| size > 0).then_some(Self { of, sizes })
    }

    /// How many parameters there are.
    #[must_use]
    pub const fn parameters(&self) -> usize {
        self.of.len()
    }

    /// How many groups there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.sizes.len()
    }

    /// The group of each parameter.
    #[must_use]
    pub fn of_parameters(&self) -> &[usize] {
        &self.of
    }

    /// The parameter of a group that has no other; `None` for a group of several.
    #[must_use]
    pub fn only_parameter(&self, group: usize) -> Option<usize> {
        if *self.sizes.get(group)? != 1 {
            return None;
        }
        self.of.iter().position(|&other| other == group)
    }
}

/// Models with known indices.
#[cfg(test)]
pub(super) mod known {
    use std::f64::consts::PI;

    /// Ishigami and Homma (1990) with a = 7, b = 0.1, parameters uniform between −π and π.
    pub(super) fn ishigami(point: &[f64]) -> f64 {
        let [x1, x2, x3] = [0, 1, 2].map(|place| PI * (2.0 * point[place] - 1.0));
        let (sine, other) = (libm::sin(x1), libm::sin(x2));
        sine + 7.0 * other * other + 0.1 * x3 * x3 * x3 * x3 * sine
    }

    /// The G function of Sobol' with a = (0, 1, 4.5, 9, 99, 99, 99, 99).
    pub(super) fn sobol_g(point: &[f64]) -> f64 {
        let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
        point.iter().zip(a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_have_no_gaps() {
        assert_eq!(Groups::new(vec![0, 2]), None);
        assert_eq!(Groups::new(vec![usize::MAX]), None);
        assert_eq!(Groups::new(vec![0, 1, 2]), Some(Groups::single(3)));
        assert_eq!(Groups::new(Vec::new()), Some(Groups::single(0)));
        let pair = Groups::new(vec![0, 1, 0]).unwrap();
        assert_eq!((pair.parameters(), pair.count()), (3, 2));
        assert_eq!((pair.only_parameter(0), pair.only_parameter(1)), (None, Some(1)));
        assert_eq!(pair.only_parameter(2), None);
    }
}
