//! What the record identifies: each parameter before and after, and which trade off.

use crate::evidence::calibration::Free;
use crate::evidence::linear;
use crate::experiment::uncertainty;

/// Correlations from here on are told as a trade-off.
pub const TRADE_OFF: f64 = 0.3;
/// The points at which a prior is evaluated.
const PRIOR_POINTS: u32 = 4_096;
/// Of a parameter's variance, the share that has to be explained to call it identified.
const IDENTIFIED: f64 = 0.25;
/// Below this share, and below this shift in standard deviations of the prior, it is not
/// identified.
const NOT_IDENTIFIED: f64 = 0.2;
const NOT_SHIFTED: f64 = 0.5;
/// Draws worth fewer independent ones than this say nothing of identification: the share of
/// variance explained has a standard error of √(2/n), 0.14 at 100, so that below it a parameter of
/// which the record says nothing would pass `IDENTIFIED` more often than once in twenty.
pub const FEWEST_DRAWS: f64 = 100.0;

/// How much the record says about a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It narrows it clearly.
    Identified,
    /// It narrows or shifts it somewhat.
    Partly,
    /// It leaves it as it was: posterior = prior.
    NotIdentified,
    /// The draws are worth too few independent ones to tell: fewer than [`FEWEST_DRAWS`].
    TooFewDraws,
}

impl Verdict {
    /// The word in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identified => "identified",
            Self::Partly => "partly identified",
            Self::NotIdentified => "not identified",
            Self::TooFewDraws => "too few draws",
        }
    }
}

/// Moments and quantiles of a distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DistributionShape {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// 5th percentile.
    pub p05: f64,
    /// Median.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
}

impl DistributionShape {
    /// The shape of weighted values; weights add up to 1.
    #[must_use]
    pub fn of(weighted: &[(f64, f64)]) -> Self {
        let mean: f64 = weighted.iter().map(|(weight, value)| weight * value).sum();
        let square = |&(weight, value): &(f64, f64)| weight * (value - mean) * (value - mean);
        let sd = weighted.iter().map(square).sum::<f64>().sqrt();
        let mut sorted = weighted.to_vec();
        sorted.sort_by(|one, other| one.1.total_cmp(&other.1));
        let at = |share: f64| quantile(&sorted, share);
        Self { mean, sd, p05: at(0.05), p50: at(0.5), p95: at(0.95) }
    }
}

/// The quantile of weighted values in ascending order: linear between the middles of the weights.
#[must_use]
pub fn quantile(sorted: &[(f64, f64)], share: f64) -> f64 {
    let (mut sum, mut last) = (0.0, None::<(f64, f64)>);
    for &(weight, value) in sorted {
        let middle = sum + weight / 2.0;
        sum += weight;
        if middle >= share {
            return match last {
                Some((before, lower)) if middle > before => {
                    lower + (share - before) / (middle - before) * (value - lower)
                }
                _ => value,
            };
        }
        last = Some((middle, value));
    }
    last.map_or(f64::NAN, |(_, value)| value)
}

/// One parameter before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// Its position in the register.
    pub position: usize,
    /// Before.
    pub prior: DistributionShape,
    /// After.
    pub posterior: DistributionShape,
    /// 1 − variance after / variance before; below 0 where it is wider.
    pub explained: f64,
    /// The shift of the mean in standard deviations of the prior.
    pub shift: f64,
    /// What that means.
    pub verdict: Verdict,
}

/// Two parameters that trade off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TradeOff {
    /// The positions of both in the register.
    pub parameters: [usize; 2],
    /// Their correlation in the posterior.
    pub correlation: f64,
}

/// What was learned about each free parameter from weighted draws worth `effective` ones.
#[must_use]
pub fn learned(free: &[Free], draws: &[(f64, Vec<f64>)], effective: f64) -> Vec<Learned> {
    let whole: f64 = draws.iter().map(|(weight, _)| weight).sum();
    // What so many draws of the prior itself would show by chance, at two standard errors.
    let chance = 2.0 * (2.0 / effective.max(1.0)).sqrt();
    let chance_shift = 2.0 / effective.max(1.0).sqrt();
    let one = |(place, free): (usize, &Free)| {
        let prior: Vec<(f64, f64)> = (0..PRIOR_POINTS)
            .map(|point| {
                let share = (f64::from(point) + 0.5) / f64::from(PRIOR_POINTS);
                let value = uncertainty::quantile(&free.spec, &free.stated, share);
                (1.0 / f64::from(PRIOR_POINTS), value)
            })
            .collect();
        let after: Vec<(f64, f64)> =
            draws.iter().map(|(weight, values)| (weight / whole, values[place])).collect();
        let (prior, posterior) = (DistributionShape::of(&prior), DistributionShape::of(&after));
        let explained = 1.0 - (posterior.sd * posterior.sd) / (prior.sd * prior.sd);
        let shift = (posterior.mean - prior.mean) / prior.sd;
        let left = explained < NOT_IDENTIFIED.max(chance);
        let verdict = if effective < FEWEST_DRAWS {
            Verdict::TooFewDraws
        } else if explained >= IDENTIFIED.max(chance) {
            Verdict::Identified
        } else if left && shift.abs() < NOT_SHIFTED.max(chance_shift) {
            Verdict::NotIdentified
        } else {
            Verdict::Partly
        };
        Learned { position: free.position, prior, posterior, explained, shift, verdict }
    };
    free.iter().enumerate().map(one).collect()
}

/// The pairs whose correlation is [`TRADE_OFF`] or more, the strongest first.
#[must_use]
pub fn trade_offs(free: &[Free], draws: &[(f64, Vec<f64>)]) -> Vec<TradeOff> {
    let whole: f64 = draws.iter().map(|(weight, _)| weight).sum();
    let points = draws.iter().map(|(weight, values)| (weight / whole, values.as_slice()));
    let (_, covariance) = linear::moments(points, free.len());
    let mut found = Vec::new();
    for left in 0..free.len() {
        for right in left + 1..free.len() {
            let spread = (covariance[left][left] * covariance[right][right]).sqrt();
            let correlation = covariance[left][right] / spread;
            if correlation.abs() >= TRADE_OFF {
                let parameters = [free[left].position, free[right].position];
                found.push(TradeOff { parameters, correlation });
            }
        }
    }
    found.sort_by(|one, other| other.correlation.abs().total_cmp(&one.correlation.abs()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws of the prior itself: none is called identified in more than one of twenty, and with
    /// too few draws nothing is said.
    #[test]
    fn draws_of_the_prior_identify_nothing() {
        let folder = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
        let scenario =
            crate::scenario::Scenario::loader(&folder).without_posterior().load().unwrap();
        let free = crate::evidence::calibration::free_parameters(&scenario);
        let key = crate::random::Key::world;
        for (draws, refused) in [(40_usize, true), (100, false), (400, false)] {
            let (mut identified, mut all) = (0, 0);
            for run in 0..20 {
                let row = |draw: usize| {
                    let value = |(place, free): (usize, &Free)| {
                        let key = key(run, draw as u64).entity(place as u64);
                        let share = key.uniform(0, crate::random::Purpose::Analysis);
                        uncertainty::quantile(&free.spec, &free.stated, share)
                    };
                    (1.0 / draws as f64, free.iter().enumerate().map(value).collect())
                };
                let rows: Vec<(f64, Vec<f64>)> = (0..draws).map(row).collect();
                let learned = learned(&free, &rows, draws as f64);
                let few = learned.iter().all(|one| one.verdict == Verdict::TooFewDraws);
                assert_eq!(few, refused, "{draws}");
                let of = learned.iter().filter(|one| one.verdict == Verdict::Identified);
                identified += of.count();
                all += learned.len();
            }
            println!("{draws}: {identified} of {all}");
            assert!(identified * 20 <= all, "{draws}: {identified} of {all}");
        }
    }

    #[test]
    fn weighted_quantiles_of_equal_weights_are_those_of_the_middles() {
        let sorted: Vec<(f64, f64)> = (0..10).map(|n| (0.1, f64::from(n))).collect();
        assert!((quantile(&sorted, 0.5) - 4.5).abs() < 1e-12);
        assert!((quantile(&sorted, 0.05) - 0.0).abs() < 1e-12);
        assert!((quantile(&sorted, 0.99) - 9.0).abs() < 1e-12);
        let heavy = [(0.8, 1.0), (0.2, 2.0)];
        assert!((quantile(&heavy, 0.4) - 1.0).abs() < 1e-12);
        assert!((quantile(&heavy, 0.65) - 1.5).abs() < 1e-12);
    }
}
