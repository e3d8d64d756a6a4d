//! The Poisson distribution of one mean, prepared for many draws, as a loop by hand would have it.

use yangjae::random::distribution::poisson;

/// The largest and the smallest uniform number that a draw can be.
const ENDS: [f64; 2] = [f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0];

/// The distribution as a guide table (Chen and Asau 1974, AIIE Transactions 6, 163-166).
#[derive(Clone, Debug)]
pub struct PoissonTable {
    /// The smallest count that a uniform number can give.
    first: u64,
    /// The largest uniform number that gives the first count, the one after it and so on.
    limits: Vec<f64>,
    /// Where in `limits` to start, for each of as many equal parts of (0, 1).
    guide: Vec<u32>,
}

impl PoissonTable {
    /// Prepares the distribution with this mean [events].
    pub fn new(mean: f64) -> Self {
        let [first, last] = ENDS.map(|u| poisson(u, mean));
        let mut limits: Vec<f64> = (first..last).map(|count| largest_u(count, mean)).collect();
        // Ends every search.
        limits.push(f64::INFINITY);
        let parts = (2 * limits.len()).next_power_of_two();
        let mut index = 0;
        let guide = (0..parts)
            .map(|part| {
                let start = part as f64 / parts as f64;
                while start > limits[index as usize] {
                    index += 1;
                }
                index
            })
            .collect();
        Self { first, limits, guide }
    }

    /// The count that [`poisson`] gives for `u` and the mean of this table.
    pub fn draw(&self, u: f64) -> u64 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to size")]
        let part = (u * self.guide.len() as f64) as usize;
        let start = self.guide.get(part).copied().unwrap_or_default();
        let above = self.limits.iter().skip(start as usize).take_while(|&&limit| u > limit).count();
        self.first + u64::from(start) + above as u64
    }
}

/// The largest number u < 1 whose count is not above `count`, by bisection over the numbers themselves.
fn largest_u(count: u64, mean: f64) -> f64 {
    let (mut low, mut high) = (f64::MIN_POSITIVE.to_bits(), 1f64.to_bits());
    while high - low > 1 {
        let middle = low.midpoint(high);
        if poisson(f64::from_bits(middle), mean) <= count { low = middle } else { high = middle }
    }
    f64::from_bits(low)
}
