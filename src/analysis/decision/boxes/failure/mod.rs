//! Failures that are chance told from failures that depend on parameters.
//!
//! In a model with chance a policy can fail in a replication by chance alone. Such failures lie
//! scattered over the parameters' ranges, and no box can describe them. Whether a replication is a
//! case is therefore judged by how often replications of like parameters fail: at least half of
//! them must. A replication that does not fail itself is a case too where those like it do, since a
//! box is about parameters and not about one draw.
//!
//! The share is either known, for example from a regression of the outcome on parameters
//! ([`mostly_failing`]), or taken from the nearest replications ([`Neighbours`]).

use crate::analysis::decision::boxes::BoxError;
use crate::analysis::decision::boxes::Count;
use crate::analysis::decision::boxes::Inputs;
use crate::random::distribution::normal_share;

/// The share of like replications that must fail.
const HALF: f64 = 0.5;

/// The fewest nearest replications that are looked at.
const FEWEST_NEIGHBOURS: usize = 10;

/// The probability that failures which do not depend on parameters are taken for some that do. It
/// is small because many policies and criteria are looked through.
const RISK: f64 = 0.01;

/// Which replications are cases, from the probability of failing given the parameters (0 to 1):
/// those with at least one half. What is not a number is no case.
#[must_use]
pub fn mostly_failing(probabilities: &[f64]) -> Vec<bool> {
    probabilities.iter().map(|&probability| probability >= HALF).collect()
}

/// How many nearest replications are usual: √n rounded down, at least 10, at most all others.
///
/// As n grows this number grows, so that chance averages out, and its share of n falls, so that
/// the neighbours come closer.
#[must_use]
pub fn usual_number(replications: usize) -> usize {
    replications.isqrt().max(FEWEST_NEIGHBOURS).min(replications.saturating_sub(1))
}

/// What the nearest replications say of the failures.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// For each replication the share of like replications that fail (0 to 1): of its nearest ones
    /// without itself, or of all where failing does not depend on the parameters.
    pub shares: Vec<f64>,
    /// Which replications are cases: those with a share of at least one half.
    pub cases: Vec<bool>,
    /// The one-sided p-value of the test that failing does not depend on the parameters.
    pub p_value: f64,
}

/// The replications nearest to each in the parameters that matter. Found once, for all policies and
/// criteria.
#[derive(Clone, Debug)]
pub struct Neighbours {
    /// The nearest of each replication in the order of their numbers.
    nearest: Vec<Vec<u32>>,
}

impl Neighbours {
    /// Finds the `number` nearest of each replication, at most all others; see [`usual_number`].
    ///
    /// Near is what differs little in the ranks of the parameters `matter` (positions among the
    /// inputs; what is no position is ignored): the sum of squared differences, equal values having
    /// their mean rank. Ranks make parameters of any unit and distribution alike. Few should be
    /// named, at most about ten: in many dimensions nothing is near. They should not be chosen by
    /// the failures that are judged, which would make chance look like more. Of replications at the
    /// same distance, those next in number come first, after the last the first.
    ///
    /// Takes time in proportion to the square of the replications: one to two seconds for 10,000
    /// and ten parameters.
    #[must_use]
    pub fn new(inputs: &Inputs<'_>, matter: &[usize], number: usize) -> Self {
        let count = inputs.replications();
        let number = number.min(count.saturating_sub(1));
        let ranks: Vec<Vec<f64>> = matter
            .iter()
            .filter_map(|&parameter| inputs.columns.get(parameter))
            .filter(|column| !column.order.is_empty())
            .map(|column| mean_ranks(column.values, &column.order))
            .collect();
        let mut distances = vec![0.0; count];
        let mut bits = Vec::with_capacity(count);
        let nearest = (0..count)
            .map(|of| {
                distances.fill(0.0);
                for ranks in &ranks {
                    for (distance, rank) in distances.iter_mut().zip(ranks) {
                        let difference = rank - ranks[of];
                        *distance += difference * difference;
                    }
                }
                nearest(&distances, of, number, &mut bits)
            })
            .collect();
        Self { nearest }
    }

    /// Judges failures by the nearest replications.
    ///
    /// First it is tested whether failing depends on the parameters at all, at a risk of 1 %. Where
    /// that is not told, likeness says nothing, and the share of all replications stands for each:
    /// all are cases or none. Without the test, chance alone would put a few replications among
    /// failing ones, and a box would be drawn around them.
    ///
    /// # Formula
    ///
    /// ```text
    /// T = sum over pairs (i, j), j among the nearest of i, of [i fails] [j fails]
    /// z = (T - E T) / sd T, normal;  E T = k n p2
    /// pm = f (f - 1) ... / (n (n - 1) ...), m factors each
    /// E T^2 = (k n + a) p2 + b p3 + (k^2 n^2 - k n - a - b) p4
    /// b = k (k - 1) n + sum of c (c - 1) + 2 (k^2 n - a)
    /// ```
    ///
    /// for f failures of n replications with k nearest each, a the number of pairs whose reverse is
    /// a pair too, and c the number of replications that have a given one among their nearest. The
    /// moments are exact for f failures placed at random.
    ///
    /// # Source
    ///
    /// Cuzick and Edwards (1990), Journal of the Royal Statistical Society B 52, 73–104.
    ///
    /// # Errors
    ///
    /// Fails where `fails` does not mark every replication.
    pub fn judge(&self, fails: &[bool]) -> Result<Judged, BoxError> {
        let expected = self.nearest.len();
        if fails.len() != expected {
            return Err(BoxError::Marks { found: fails.len(), expected });
        }
        let p_value = self.p_value(fails);
        let shares: Vec<f64> = if p_value <= RISK {
            self.nearest.iter().map(|nearest| among(nearest, fails).density()).collect()
        } else {
            vec![Count::of(fails).density(); expected]
        };
        Ok(Judged { cases: mostly_failing(&shares), shares, p_value })
    }

    /// The p-value of the test in [`Self::judge`]; 1 where nothing can be told.
    fn p_value(&self, fails: &[bool]) -> f64 {
        // The fourth factor of p4 needs four replications.
        if self.nearest.len() < 4 || self.number() == 0 {
            return 1.0;
        }
        let together: u64 = self
            .nearest
            .iter()
            .zip(fails)
            .map(|(nearest, &fails_too)| u64::from(fails_too) * among(nearest, fails).cases)
            .sum();
        let (mean, variance) = self.moments(Count::of(fails).cases);
        // Rounding leaves a little where the variance is 0, as where all fail.
        if variance <= 1e-9 * mean * mean {
            return 1.0;
        }
        let z = (together as f64 - mean) / variance.sqrt();
        normal_share(-z)
    }

    /// How many nearest replications each has.
    fn number(&self) -> usize {
        self.nearest.first().map_or(0, Vec::len)
    }

    /// Mean and variance of T in [`Self::judge`] where so many failures are placed at random.
    fn moments(&self, failures: u64) -> (f64, f64) {
        let (n, k, f) = (self.nearest.len() as f64, self.number() as f64, failures as f64);
        let p2 = f * (f - 1.0) / (n * (n - 1.0));
        let p3 = p2 * (f - 2.0) / (n - 2.0);
        let p4 = p3 * (f - 3.0) / (n - 3.0);
        let (mutual, shared) = self.structure();
        let one_in_common = k * (k - 1.0) * n + shared + 2.0 * (k * k * n - mutual);
        let apart = k * k * n * n - k * n - mutual - one_in_common;
        let mean = k * n * p2;
        let square = (k * n + mutual) * p2 + one_in_common * p3 + apart * p4;
        (mean, square - mean * mean)
    }

    /// The pairs whose reverse is a pair too, and the sum of c (c − 1) over replications that are
    /// among the nearest of c others.
    fn structure(&self) -> (f64, f64) {
        let mut chosen = vec![0u64; self.nearest.len()];
        let mut mutual = 0u64;
        for (of, nearest) in (0u32..).zip(&self.nearest) {
            for &other in nearest {
                chosen[other as usize] += 1;
                mutual += u64::from(self.nearest[other as usize].binary_search(&of).is_ok());
            }
        }
        let shared: u64 = chosen.iter().map(|&it| it * it.saturating_sub(1)).sum();
        (mutual as f64, shared as f64)
    }
}

/// Which replications are cases, judged by their nearest ones in the parameters `matter`:
/// [`Neighbours::new`] and [`Neighbours::judge`] in one. `number` is that of the nearest ones that
/// are looked at, [`usual_number`] where `None`.
///
/// # Errors
///
/// Fails where `fails` does not mark every replication.
pub fn real_failures(
    fails: &[bool],
    inputs: &Inputs<'_>,
    matter: &[usize],
    number: Option<usize>,
) -> Result<Vec<bool>, BoxError> {
    inputs.check(fails)?;
    let number = number.unwrap_or_else(|| usual_number(inputs.replications()));
    Ok(Neighbours::new(inputs, matter, number).judge(fails)?.cases)
}

/// Replications and failures among some.
fn among(some: &[u32], fails: &[bool]) -> Count {
    let mut count = Count::default();
    for &replication in some {
        count.add(fails[replication as usize]);
    }
    count
}

/// The places in rising order, those of equal values averaged.
fn mean_ranks(values: &[f64], order: &[u32]) -> Vec<f64> {
    let mut ranks = vec![0.0; values.len()];
    let is_equal = |&one: &u32, &other: &u32| values[one as usize] >= values[other as usize];
    let mut first = 0;
    for equal in order.chunk_by(is_equal) {
        let end = first + equal.len();
        for &place in equal {
            ranks[place as usize] = (first + end - 1) as f64 / 2.0;
        }
        first = end;
    }
    ranks
}

/// The numbers of the nearest to one replication in rising order; `bits` is room.
fn nearest(distances: &[f64], of: usize, number: usize, bits: &mut Vec<u64>) -> Vec<u32> {
    let others = || (of + 1..distances.len()).chain(0..of);
    // Bits of numbers that are not negative are in the order of the numbers, and compare faster.
    bits.clear();
    bits.extend(others().map(|other| distances[other].to_bits()));
    let Some(place) = number.checked_sub(1) else { return Vec::new() };
    let (nearer, &mut farthest, _) = bits.select_nth_unstable(place);
    let mut at_edge = number - nearer.iter().filter(|&&bits| bits < farthest).count();
    let mut found: Vec<u32> = others()
        .filter(|&other| match distances[other].to_bits().cmp(&farthest) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Equal if at_edge > 0 => {
                at_edge -= 1;
                true
            }
            _ => false,
        })
        .filter_map(|other| u32::try_from(other).ok())
        .collect();
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests;
