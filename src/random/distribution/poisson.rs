//! Poisson counts by inversion, monotone to the last bit.

use crate::random::distribution::normal;
use crate::random::slice::dispatch;
use crate::random::slice::dispatch::Loop;

/// Means above this one count as this one.
pub const LARGEST_MEAN: f64 = 1e9;

/// The largest number below 1.
const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

/// A Poisson count: the smallest k with P(count ≤ k) ≥ u.
///
/// `mean` (events) lies between 0 and [`LARGEST_MEAN`]; below 0 and NaN count as 0. `u` lies in
/// (0, 1) and is cut to what a number can express of it.
///
/// In exact agreement with order: a larger `u` never gives a smaller count, and neither does a
/// larger `mean`, whatever the rounding.
///
/// # Formula
///
/// The smallest k whose odds P(count > k) / P(count ≤ k) are at most (1 − u) / u. Divided by the
/// probability of k itself,
///
/// ```text
/// P(count > k)  ~ m/(k+1) + m/(k+1) m/(k+2) + ...
/// P(count <= k) ~ 1 + k/m + k/m (k-1)/m + ...
/// ```
///
/// Every operation in these sums is monotone in m and in k, and stays so when rounded; hence the
/// guarantee. As no two numbers are subtracted, both tails keep their relative accuracy: about
/// 10^-15 for small means, 10^-13 at a mean of 10^6.
///
/// The price grows with the root of the mean: about 0.2 µs at 4, 0.7 µs at 100, 55 µs at 10^6. For
/// many draws with one mean see [`PoissonOdds`].
#[must_use]
pub fn poisson(u: f64, mean: f64) -> u64 {
    if mean.is_nan() || mean <= 0.0 {
        return 0;
    }
    let mean = mean.min(LARGEST_MEAN);
    let u = u.clamp(f64::MIN_POSITIVE, BELOW_ONE);
    let allowed = (1.0 - u) / u;

    // As the odds fall with k, where the search starts does not matter to what it finds.
    let mut count = guess(u, mean);
    while odds_of_more(count, mean) > allowed {
        count += 1;
    }
    while count > 0 && odds_of_more(count - 1, mean) <= allowed {
        count -= 1;
    }
    count
}

/// About where the quantile lies: Cornish and Fisher's expansion to its second term.
fn guess(u: f64, mean: f64) -> u64 {
    let z = normal(u);
    let quantile = mean + z * mean.sqrt() + (z * z - 1.0) / 6.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates at 0")]
    let guess = quantile as u64;
    guess
}

/// P(count > k) / P(count ≤ k), which never rises with `count` and never falls with `mean`.
fn odds_of_more(count: u64, mean: f64) -> f64 {
    let k = count as f64;

    let (mut above, mut term, mut next) = (0.0, 1.0, k + 1.0);
    loop {
        term *= mean / next;
        // Terms shrink from their largest on: one too small to count is the last that matters.
        let sum = above + term;
        if sum <= above {
            break;
        }
        above = sum;
        next += 1.0;
    }

    let (mut up_to, mut term, mut factor) = (1.0, 1.0, k);
    while factor > 0.0 {
        term *= factor / mean;
        let sum = up_to + term;
        if sum <= up_to {
            break;
        }
        up_to = sum;
        factor -= 1.0;
    }

    above / up_to
}

/// The Poisson distribution of one mean for some draws: the odds of each count are worked out when
/// first asked for and kept.
#[derive(Clone, Debug, Default)]
pub struct PoissonOdds {
    mean: f64,
    /// Odds of more than 0, 1, 2 ...; they never rise.
    odds: Vec<f64>,
}

impl PoissonOdds {
    /// Means above this one are searched from a guess, as [`poisson`] does it.
    const SEARCHED: f64 = 64.0;

    /// The distribution with this mean (events), read as [`poisson`] reads it.
    #[must_use]
    pub const fn new(mean: f64) -> Self {
        Self { mean, odds: Vec::new() }
    }

    /// Changes the mean; what is known of the same mean is kept.
    pub fn set_mean(&mut self, mean: f64) {
        if mean.to_bits() != self.mean.to_bits() {
            self.mean = mean;
            self.odds.clear();
        }
    }

    /// The count that [`poisson`] gives for `u` and this mean.
    #[must_use]
    pub fn draw(&mut self, u: f64) -> u64 {
        if self.mean.is_nan() || self.mean <= 0.0 || self.mean > Self::SEARCHED {
            return poisson(u, self.mean);
        }
        let u = u.clamp(f64::MIN_POSITIVE, BELOW_ONE);
        let allowed = (1.0 - u) / u;
        let mut count = 0;
        loop {
            if count == self.odds.len() {
                self.odds.push(odds_of_more(count as u64, self.mean));
            }
            if self.odds[count] <= allowed {
                return count as u64;
            }
            count += 1;
        }
    }
}

impl PoissonOdds {
    /// Turns uniform numbers into the counts that [`poisson`] gives for them.
    pub fn draw_all(&mut self, uniforms: &mut [f64]) {
        if self.mean.is_nan() || self.mean <= 0.0 || self.mean > Self::COUNTED {
            for uniform in uniforms {
                *uniform = self.draw(*uniform) as f64;
            }
            return;
        }
        // No uniform number allows less.
        while self.odds.last().is_none_or(|&odds| odds > 1.0 - BELOW_ONE) {
            self.odds.push(odds_of_more(self.odds.len() as u64, self.mean));
        }
        dispatch::run(CountOdds { odds: &self.odds, uniforms });
    }

    /// Means up to this one have so few odds that all are counted for each draw.
    const COUNTED: f64 = 16.0;
}

/// Counts for each uniform number the odds that are more than it allows: as odds never rise, that
/// is the place of the first one that is not.
struct CountOdds<'a> {
    odds: &'a [f64],
    uniforms: &'a mut [f64],
}

impl Loop for CountOdds<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        const PIECE: usize = 64;
        for uniforms in self.uniforms.chunks_mut(PIECE) {
            let (mut allowed, mut counts) = ([0.0; PIECE], [0.0; PIECE]);
            for (allowed, u) in allowed.iter_mut().zip(&*uniforms) {
                let u = u.clamp(f64::MIN_POSITIVE, BELOW_ONE);
                *allowed = (1.0 - u) / u;
            }
            for &odds in self.odds {
                for (count, &allowed) in counts.iter_mut().zip(&allowed) {
                    *count += if odds > allowed { 1.0 } else { 0.0 };
                }
            }
            uniforms.copy_from_slice(&counts[..uniforms.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use statrs::distribution as oracle;
    use statrs::distribution::DiscreteCDF;

    use super::*;
    use crate::random::key::{Key, open_unit};
    use crate::random::purpose::Purpose;

    #[test]
    fn poisson_counts_are_the_quantiles_of_statrs() {
        for mean in [1e-3, 0.3, 1.0, 4.0, 17.5, 250.0, 12_345.6] {
            let distribution = oracle::Poisson::new(mean).unwrap();
            for part in 0..500 {
                let u = (f64::from(part) + 0.5) / 500.0;
                let count = poisson(u, mean);
                assert!(distribution.cdf(count) >= u - 1e-10, "mean {mean}, u {u}: {count}");
                if count > 0 {
                    assert!(distribution.cdf(count - 1) < u + 1e-10, "mean {mean}, u {u}: {count}");
                }
            }
        }
    }

    /// Over a grid of uniform numbers mean and variance are those of the distribution, but for the
    /// grid's own error: at most one step of the count per part, and the tails beyond the grid.
    #[test]
    fn poisson_counts_have_their_mean_and_variance() {
        for mean in [0.0, 0.05, 1.0, 9.3, 400.0] {
            let parts = 20_000u32;
            let counts: Vec<f64> = (0..parts)
                .map(|part| poisson((f64::from(part) + 0.5) / f64::from(parts), mean) as f64)
                .collect();
            let average = counts.iter().sum::<f64>() / f64::from(parts);
            let variance =
                counts.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / f64::from(parts);
            let spread = mean.sqrt().max(mean);
            assert!(
                (average - mean).abs() <= 10.0 * spread / f64::from(parts),
                "{mean}: {average}"
            );
            assert!((variance - mean).abs() <= 0.003 * spread, "mean {mean}: variance {variance}");
        }
    }

    #[test]
    fn poisson_copes_with_the_ends_of_its_range() {
        for u in [0.0, f64::EPSILON / 2.0, 0.5, 1.0 - f64::EPSILON / 2.0, 1.0, f64::NAN] {
            for mean in [0.0, -0.0, -1.0, f64::NAN] {
                assert_eq!(poisson(u, mean), 0);
                assert_eq!(PoissonOdds::new(mean).draw(u), 0);
            }
            assert!(poisson(u, f64::MIN_POSITIVE) <= 1);
        }
        // The median lies within 1 of the mean, and the far quantiles where the normal ones do.
        assert!(poisson(0.5, 1e6).abs_diff(1_000_000) <= 1);
        let far = poisson(f64::EPSILON / 2.0, 1e6).abs_diff(1_000_000);
        assert!((8_150..8_250).contains(&far), "{far}");
        assert!(poisson(0.5, f64::INFINITY).abs_diff(1_000_000_000) <= 1);
    }

    #[test]
    fn kept_odds_draw_what_inversion_draws() {
        let key = Key::world(8, 0);
        for mean in [0.01, 0.9, 4.0, 33.3, 1_000.0] {
            let mut odds = PoissonOdds::new(mean);
            let uniforms = (0..3_000).map(|id| key.entity(id).uniform(0, Purpose::FounderCount));
            for u in uniforms.chain([f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0]) {
                assert_eq!(odds.draw(u), poisson(u, mean), "mean {mean}, u {u:e}");
            }
        }
    }

    /// The largest number u < 1 with (1 − u) / u ≥ `odds`, by bisection over the numbers themselves.
    fn largest_u(odds: f64) -> f64 {
        let (mut low, mut high) = (f64::MIN_POSITIVE.to_bits(), 1f64.to_bits());
        while high - low > 1 {
            let middle = low.midpoint(high);
            let u = f64::from_bits(middle);
            if (1.0 - u) / u >= odds { low = middle } else { high = middle }
        }
        f64::from_bits(low)
    }

    proptest! {
        #[test]
        fn a_larger_uniform_or_mean_never_gives_fewer(
            words: [u64; 2], mean in 0.0..3_000.0, more in 0.0..10.0,
        ) {
            let [u, other] = words.map(open_unit);
            prop_assert!(poisson(u.min(other), mean) <= poisson(u.max(other), mean));
            prop_assert!(poisson(u, mean) <= poisson(u, mean + more));
        }

        /// Next to the numbers where one count gives way to another, rounding could do harm.
        #[test]
        fn order_holds_to_the_last_bit(mean in 0.1..200.0, place: prop::sample::Index) {
            let (first, last) = (poisson(f64::EPSILON / 2.0, mean), poisson(BELOW_ONE, mean));
            let some = first + place.index(usize::try_from(last - first).unwrap()) as u64;
            let limit = largest_u(odds_of_more(some, mean));
            // Far up, where limits lie next to 1, several counts share one: the first of them is
            // drawn (mean 110.0266 has such a pair, found by this test).
            let count = poisson(limit, mean);
            prop_assert!(count <= some);
            // Limits next to 1 may coincide.
            prop_assert!(poisson(limit.next_up(), mean) > count || limit >= BELOW_ONE);

            let (mut lower, mut higher) = (mean, mean);
            let (mut fewer, mut more) = (count, count);
            for _ in 0..30 {
                (lower, higher) = (lower.next_down(), higher.next_up());
                prop_assert!(poisson(limit, lower) <= fewer && more <= poisson(limit, higher));
                (fewer, more) = (poisson(limit, lower), poisson(limit, higher));
            }
        }
    }
}
