//! What calibration has learned: weighted draws of the free parameters, jointly.

/// Weighted draws of some parameters; between them they carry what the record says of each, and
/// which of them trade off.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// The parameters, as positions in the register.
    parameters: Vec<usize>,
    /// For each draw the value of each parameter.
    draws: Vec<Vec<f64>>,
    /// The weights summed up to and with each draw, over their sum: the last is 1.
    cumulative: Vec<f64>,
}

impl Posterior {
    /// Draws with their weights. `None` where there is no weight above 0, a weight that is none, or
    /// a draw with another number of values than there are parameters.
    #[must_use]
    pub fn new(parameters: Vec<usize>, draws: Vec<(f64, Vec<f64>)>) -> Option<Self> {
        let whole: f64 = draws.iter().map(|&(weight, _)| weight).sum();
        let fits =
            |(weight, values): &(f64, Vec<f64>)| *weight >= 0.0 && values.len() == parameters.len();
        if !(whole > 0.0 && whole.is_finite() && draws.iter().all(fits)) {
            return None;
        }
        let mut sum = 0.0;
        let mut cumulative = Vec::with_capacity(draws.len());
        for (weight, _) in &draws {
            sum += weight;
            cumulative.push(sum / whole);
        }
        let draws = draws.into_iter().map(|(_, values)| values).collect();
        Some(Self { parameters, draws, cumulative })
    }

    /// The parameters, as positions in the register.
    #[must_use]
    pub fn parameters(&self) -> &[usize] {
        &self.parameters
    }

    /// How many draws there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.draws.len()
    }

    /// Whether there is no draw, which [`Self::new`] does not allow.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.draws.is_empty()
    }

    /// The draws with their weights, which add up to 1.
    #[must_use]
    pub fn weighted(&self) -> Vec<(f64, Vec<f64>)> {
        let before = std::iter::once(0.0).chain(self.cumulative.iter().copied());
        let weights = self.cumulative.iter().zip(before).map(|(sum, before)| sum - before);
        weights.zip(self.draws.iter().cloned()).collect()
    }

    /// How many independent draws of equal weight they are worth: 1 / Σ w².
    #[must_use]
    pub fn effective(&self) -> f64 {
        1.0 / self.weighted().iter().map(|(weight, _)| weight * weight).sum::<f64>()
    }

    /// The draw at a point of the cumulated weights between 0 and 1: position in the register and
    /// value of each parameter.
    pub fn at(&self, uniform: f64) -> impl Iterator<Item = (usize, f64)> {
        self.parameters.iter().copied().zip(self.draws[self.row(uniform)].iter().copied())
    }

    /// Which draw is at a point of the cumulated weights: its place.
    #[must_use]
    pub fn row(&self, uniform: f64) -> usize {
        // A draw without weight covers no point; rounding at the very end goes to the last draw.
        self.cumulative.partition_point(|&sum| sum <= uniform).min(self.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_is_taken_as_often_as_its_weight_says_and_never_without_weight() {
        let draws = vec![(1.0, vec![10.0]), (0.0, vec![20.0]), (3.0, vec![30.0])];
        let posterior = Posterior::new(vec![7], draws).unwrap();
        let value = |uniform| posterior.at(uniform).collect::<Vec<_>>();
        assert_eq!(value(0.0), [(7, 10.0)]);
        assert_eq!(value(0.249), [(7, 10.0)]);
        assert_eq!(value(0.25), [(7, 30.0)]);
        assert_eq!(value(1.0), [(7, 30.0)]);
        let thirty = (0..1000).filter(|n| value(f64::from(*n) / 1000.0)[0].1 > 20.0).count();
        assert_eq!(thirty, 750);
    }

    #[test]
    fn weights_that_make_no_sense_are_refused() {
        assert!(Posterior::new(vec![7], vec![]).is_none());
        assert!(Posterior::new(vec![7], vec![(0.0, vec![1.0])]).is_none());
        assert!(Posterior::new(vec![7], vec![(2.0, vec![1.0]), (-1.0, vec![1.0])]).is_none());
        assert!(Posterior::new(vec![7], vec![(1.0, vec![])]).is_none());
    }
}
