//! A figure as views show it.

use crate::analysis::pairs::Ranking;

/// A figure with its uncertainty; what is not known is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figure {
    /// Mean over replications.
    pub mean: Option<f64>,
    /// Ends of the 95 % interval of the mean, which is its Monte Carlo error; `None` where too few
    /// replications differ to tell it.
    pub low: Option<f64>,
    /// See `low`.
    pub high: Option<f64>,
    /// Percentiles over replications.
    pub p05: Option<f64>,
    /// See `p05`.
    pub p25: Option<f64>,
    /// See `p05`.
    pub p50: Option<f64>,
    /// See `p05`.
    pub p75: Option<f64>,
    /// See `p05`.
    pub p95: Option<f64>,
    /// Share of replications in which it is above the baseline.
    pub higher: Option<f64>,
}

impl Figure {
    /// A mean with the ends of its interval, and the 5th, 50th and 95th percentile of replications.
    #[must_use]
    pub fn of(
        mean: Option<f64>,
        (low, high): (Option<f64>, Option<f64>),
        [p05, p50, p95]: [Option<f64>; 3],
    ) -> Self {
        Self { mean, low, high, p05, p50, p95, ..Self::default() }
    }

    /// The figure in a unit that is so many times larger.
    #[must_use]
    pub fn divided(self, by: f64) -> Self {
        let part = |value: Option<f64>| value.map(|value| value / by);
        Self {
            mean: part(self.mean),
            low: part(self.low),
            high: part(self.high),
            p05: part(self.p05),
            p25: part(self.p25),
            p50: part(self.p50),
            p75: part(self.p75),
            p95: part(self.p95),
            higher: self.higher,
        }
    }

    /// The figure of the opposite difference.
    #[must_use]
    pub fn turned(self) -> Self {
        let Self { mean, low, high, p05, p25, p50, p75, p95, higher } = self.divided(-1.0);
        let (low, high) = (high, low);
        let higher = higher.map(|share| 1.0 - share);
        Self { mean, low, high, p05: p95, p25: p75, p50, p75: p25, p95: p05, higher }
    }

    /// Where a figure that stands for itself lies to zero; nothing for what is not known. Of two
    /// policies in a headline metric `pairs.csv` says it, with allowance for all pairs.
    #[must_use]
    pub fn ranking(&self) -> Option<Ranking> {
        let (mean, p05, p95) = (self.mean?, self.p05?, self.p95?);
        Some(match self.low.zip(self.high) {
            Some((low, high)) if [mean, low, high].iter().all(|value| *value == 0.0) => {
                Ranking::Same
            }
            Some((low, high)) if low > 0.0 || high < 0.0 => {
                if p05 > 0.0 {
                    Ranking::Higher
                } else if p95 < 0.0 {
                    Ranking::Lower
                } else {
                    Ranking::NotRanked
                }
            }
            _ => Ranking::MoreReplications,
        })
    }

    /// Half the 95 % interval of the mean.
    #[must_use]
    pub fn half_width(&self) -> Option<f64> {
        self.low.zip(self.high).map(|(low, high)| (high - low) / 2.0)
    }

    /// The middle 90 % of replications.
    #[must_use]
    pub fn middle(&self) -> Option<(f64, f64)> {
        self.p05.zip(self.p95)
    }
}
