//! The share of a difference's variance that one parameter explains by itself.

/// Cosines over the parameter's range: from one half wave to three whole ones.
const WAVES: usize = 6;

/// The replications by where a parameter stands in them.
pub(super) struct Waves {
    /// cos(π u) for the parameter's share u of ranks, by replication.
    first: Vec<f64>,
}

impl Waves {
    /// From the ranks of the parameter, 0 to n − 1.
    pub(super) fn of(ranks: &[f64]) -> Self {
        let count = ranks.len() as f64;
        let first = ranks.iter().map(|rank| libm::cos(std::f64::consts::PI * (rank + 0.5) / count));
        Self { first: first.collect() }
    }

    /// The share of the variance of `values` that a smooth function of the parameter explains,
    /// less what chance would (its first-order sensitivity index), and its standard error by the
    /// jackknife, which leaves out one replication after the other; below 0 where it explains less
    /// than chance would.
    ///
    /// # Formula
    ///
    /// ```text
    /// R² = Σ r_k² over the correlations r_k with cos(π k u), k = 1 … 6
    /// share = 1 − (1 − R²) (n − 1) / (n − 7)
    /// ```
    ///
    /// with u the parameter's share of ranks, over which the cosines are orthogonal.
    ///
    /// # Source
    ///
    /// Plischke (2010), "An effective algorithm for computing global sensitivity indices (EASI)",
    /// Reliability Engineering and System Safety 95, 354-360, with half waves for its mirrored
    /// order; the correction is that of the adjusted R² (Ezekiel 1930).
    pub(super) fn share(&self, values: &[f64]) -> (f64, f64) {
        let count = values.len() as f64;
        let centre = values.iter().sum::<f64>() / count;
        let mut sums = [0.0; WAVES];
        let mut squares = 0.0;
        let rows = || self.first.iter().zip(values).map(|(&first, value)| (first, value - centre));
        for (first, value) in rows() {
            squares += value * value;
            for (sum, wave) in sums.iter_mut().zip(waves(first)) {
                *sum += wave * value;
            }
        }
        let all = adjusted(sums, squares, count);
        let mut without = Vec::with_capacity(values.len());
        for (first, value) in rows() {
            // The means of the values and of each wave move when one is left out.
            let mut sums = sums;
            for (sum, wave) in sums.iter_mut().zip(waves(first)) {
                *sum -= wave * value * count / (count - 1.0);
            }
            let squares = squares - value * value * count / (count - 1.0);
            without.push(adjusted(sums, squares, count - 1.0));
        }
        let centre = without.iter().sum::<f64>() / count;
        let spread: f64 = without.iter().map(|one| (one - centre) * (one - centre)).sum();
        (all, (spread * (count - 1.0) / count).sqrt())
    }
}

/// √2 cos(π k u) for k = 1 … 6, from cos(π u).
fn waves(first: f64) -> [f64; WAVES] {
    let (mut before, mut now) = (1.0, first);
    std::array::from_fn(|_| {
        let wave = now;
        (before, now) = (now, 2.0 * first * now - before);
        std::f64::consts::SQRT_2 * wave
    })
}

/// The share from sums of products with the waves and the sum of squares.
fn adjusted(sums: [f64; WAVES], squares: f64, count: f64) -> f64 {
    if squares <= 0.0 {
        return 0.0;
    }
    let explained: f64 = sums.iter().map(|sum| sum * sum).sum::<f64>() / (squares * count);
    1.0 - (1.0 - explained) * (count - 1.0) / (count - 1.0 - WAVES as f64)
}
