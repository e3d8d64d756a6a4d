//! How figures of the appraisal are estimated, and where there is no ratio, why.

use crate::analysis::results::Results;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::RatioEstimate;
use crate::analysis::statistics::RatioInterval;
use crate::analysis::statistics::Spread;
use crate::analysis::statistics::TOO_FEW;
use crate::analysis::statistics::ratio_of_means;

/// A figure of the appraisal.
#[derive(Clone, Debug, PartialEq)]
pub enum AppraisalFigure {
    /// A mean over replications.
    Mean {
        /// The mean and how well it is known.
        estimate: Option<Estimate>,
        /// The spread of single replications.
        spread: Option<Spread>,
        /// The share of replications below 0, those at 0 counted half; nothing of a single one.
        below_0: Option<f64>,
    },
    /// A ratio of means.
    Ratio {
        /// The ratio; `None` where there is none, for which the note has the reason.
        ratio: Option<RatioEstimate>,
        /// The spread of the ratios of single replications; `None` where one has none.
        spread: Option<Spread>,
    },
}

impl AppraisalFigure {
    /// No ratio.
    const NO_RATIO: Self = Self::Ratio { ratio: None, spread: None };
}

/// A cost below this share of the benefit is negligible: a ratio of more than 20 says that a
/// policy costs next to nothing, and no more.
const NEGLIGIBLE: f64 = 0.05;

/// How the figures of a policy are judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judge {
    design: Design,
    /// Whether the policy does what the baseline does: then what is nothing is exactly nothing.
    same: bool,
}

impl Judge {
    pub(super) fn of(results: &Results<'_>, policy: usize) -> Self {
        let last = results.years().last().copied().unwrap_or_default();
        let first = results.first_difference(policy, results.baseline);
        let same = first.is_none_or(|first| first > last);
        Self { design: results.design, same }
    }

    pub(super) fn mean(self, values: &[f64]) -> (AppraisalFigure, &'static str) {
        let nothing = self.same && values.iter().all(|value| *value == 0.0);
        let estimate = if nothing && !values.is_empty() {
            Some(Estimate::nothing(values.len()))
        } else {
            Estimate::of(values, self.design)
        };
        let too_few = estimate.filter(Estimate::is_too_few);
        let note = too_few.map_or("", |few| if few.sd == Some(0.0) { NONE_SEEN } else { TOO_FEW });
        let below_0 = (values.len() > 1).then(|| share_below_0(values));
        (AppraisalFigure::Mean { estimate, spread: Spread::from_values(values), below_0 }, note)
    }

    /// By how many replications at a time the error of a mean over so many is told.
    pub(super) fn unit(self, count: usize) -> usize {
        self.design.unit(count)
    }

    /// The 95 % interval of a figure of the mean flows: by how much each of them moves it, times the sums of
    /// the flows over each unit of so many replications.
    pub(super) fn interval(
        self,
        figure: f64,
        weights: &[f64],
        units: &[f64],
        count: usize,
    ) -> [Option<f64>; 2] {
        let moved = |flows: &[f64]| flows.iter().zip(weights).map(|(flow, by)| flow * by).sum();
        let moved: Vec<f64> = units.chunks_exact(weights.len().max(1)).map(moved).collect();
        let half = self.design.half_width_95(&moved, count);
        [half.map(|half| figure - half), half.map(|half| figure + half)]
    }

    /// Benefit over cost, and what to say of it; `below` is said where it is below 1 by its interval.
    /// There is no ratio where the cost is negative or negligible, or the benefit negative.
    pub(super) fn benefit_cost(
        self,
        benefit: &[f64],
        cost: &[f64],
        below: &'static str,
    ) -> (AppraisalFigure, &'static str) {
        let without = |why| (AppraisalFigure::NO_RATIO, why);
        if total(cost) < 0.0 {
            return without(NO_COST);
        }
        if total(benefit) < 0.0 {
            return without(NO_BENEFIT);
        }
        if total(cost) < NEGLIGIBLE * total(benefit) {
            return without(NEXT_TO_NO_COST);
        }
        let ratio = ratio_of_means(benefit, cost, self.design);
        let note = match ratio {
            None => NO_RATIO,
            Some(ratio) if ratio.ci_high().is_none() => no_interval(&ratio),
            Some(ratio) if ratio.ci_high() < Some(1.0) => below,
            Some(_) => "",
        };
        (AppraisalFigure::Ratio { ratio, spread: spread(benefit, cost) }, note)
    }

    /// Public cost over net jobs, and why there is none where either is negative.
    pub(super) fn cost_per_job(
        self,
        cost: &[f64],
        jobs: &[f64],
    ) -> (AppraisalFigure, &'static str) {
        if total(jobs) < 0.0 {
            return (AppraisalFigure::NO_RATIO, FEWER_JOBS);
        }
        if total(cost) < 0.0 {
            return (AppraisalFigure::NO_RATIO, NO_COST);
        }
        let ratio = ratio_of_means(cost, jobs, self.design);
        if ratio.is_some_and(|it| it.ci_low() <= Some(0.0) && it.ci_high() >= Some(0.0)) {
            return (AppraisalFigure::NO_RATIO, NEXT_TO_NO_COST);
        }
        let note = ratio.map_or(NO_RATIO, |ratio| no_interval(&ratio));
        (AppraisalFigure::Ratio { ratio, spread: spread(cost, jobs) }, note)
    }
}

/// Why there is no ratio of a policy that saves money.
pub const NO_COST: &str = "the policy costs less than the baseline, so no ratio: the net present value sets what is saved against what is \
     gained or lost";
/// Why there is no ratio of a policy that costs next to nothing.
pub const NEXT_TO_NO_COST: &str =
    "next to no cost beside the baseline's, so no ratio: read the net present value";
/// Why there is no ratio of a policy that takes away more than it brings.
pub const NO_BENEFIT: &str =
    "the policy brings less than the baseline, so no ratio: read the net present value";
/// Why there is no cost per job of a policy that loses jobs.
const FEWER_JOBS: &str =
    "fewer jobs than the baseline, so no cost per job: read the net present value";

fn total(values: &[f64]) -> f64 {
    values.iter().sum()
}

/// The share of replications below 0, those at 0 counted half.
pub(super) fn share_below_0(values: &[f64]) -> f64 {
    let below =
        |value: &f64| f64::from(u8::from(*value < 0.0)) + f64::from(u8::from(*value <= 0.0));
    values.iter().map(below).sum::<f64>() / 2.0 / values.len() as f64
}

/// The spread of the ratios of single replications; none where one has nothing below the line.
fn spread(above: &[f64], below: &[f64]) -> Option<Spread> {
    let ratios = above.iter().zip(below).map(|(a, b)| (*b > 0.0).then(|| a / b));
    Spread::from_values(&ratios.collect::<Option<Vec<f64>>>()?)
}

/// What is said of an item that is the same in both worlds in all replications, though the policy is
/// not.
const NONE_SEEN: &str = "0 in every replication";
/// What is said where a denominator is nothing.
const NO_RATIO: &str = "the mean of the denominator is 0";

/// Why a ratio has no interval.
fn no_interval(ratio: &RatioEstimate) -> &'static str {
    match ratio.interval {
        RatioInterval::TooFew => TOO_FEW,
        RatioInterval::Unbounded => {
            "the 95 % interval of the denominator contains 0, so the ratio has no bounds"
        }
        RatioInterval::Bounded { .. } => "",
    }
}
