//! Which parameters move a difference, judged together.
//!
//! # Method
//!
//! Regression of the ranks of the difference on the ranks of the parameters, with the blocks of
//! replications as a factor: a block of the design is stratified in every parameter, so that only
//! the order within it is chance. The parameter with the largest partial rank correlation is taken
//! in as long as its t beats the allowance (forward selection); then each that was taken must beat
//! it beside all others (backward elimination). Parameters that are correlated, as those of a
//! posterior are, so do not stand for each other. Only effects that mostly rise or mostly fall
//! are found.
//!
//! The allowance is Bonferroni's: the risk of any false name, over the number of pairs of a
//! difference and a parameter that are looked through.
//!
//! # Source
//!
//! Partial rank correlation: Iman and Conover (1979), Technometrics 21, 499-509.

use crate::analysis::results::ReadError;
use crate::analysis::sensitivity::ranks::order;
use crate::analysis::sensitivity::ranks::ranks;
use crate::analysis::sensitivity::ranks::varies;
use crate::analysis::statistics::two_sided;
use crate::experiment::batch::Workers;
use crate::random::LatinHypercubes;

/// Replications of a block of the design, within which the order is chance. Independent draws are
/// judged as rightly.
const BLOCK: usize = LatinHypercubes::BLOCK;
/// A parameter of whose variance less than this share is its own, beside those that were taken,
/// is not judged.
const LEAST_OWN: f64 = 0.01;

/// Ranks as deviations from the mean of their block, with a sum of squares of 1; zeros where
/// nothing varies within blocks.
pub(super) fn scores(ranks: &[f64]) -> Vec<f64> {
    let mut scores = ranks.to_vec();
    for block in scores.chunks_mut(BLOCK) {
        let mean = block.iter().sum::<f64>() / block.len() as f64;
        for score in block {
            *score -= mean;
        }
    }
    let length = product(&scores, &scores).sqrt();
    if length > 0.0 {
        for score in &mut scores {
            *score /= length;
        }
    }
    scores
}

/// The scores of a parameter's values; none where it does not vary.
pub(super) fn scores_of(values: &[f64]) -> Vec<f64> {
    if varies(values) { scores(&ranks(values, &order(values))) } else { Vec::new() }
}

/// The sum of products; 0 where either is empty.
pub(super) fn product(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(one, other)| one * other).sum()
}

/// The design: how parameters are correlated within blocks.
pub(super) struct JointTest {
    /// By the places of two parameters.
    correlations: Vec<Vec<f64>>,
    /// Degrees of freedom of the replications beside the means of blocks.
    freedom: usize,
}

impl JointTest {
    /// The design of `count` parameters; `at_once` of them are held in memory.
    pub(super) fn of(
        workers: &Workers<'_>,
        count: usize,
        at_once: usize,
        column: &(impl Fn(usize) -> Vec<f64> + Sync),
    ) -> Result<Self, ReadError> {
        let mut correlations = Vec::with_capacity(count);
        let mut replications = 0;
        for first in (0..count).step_by(at_once) {
            let held = first..count.min(first + at_once);
            let scores = workers.map_in_order(
                held.len(),
                || (),
                |(), place| Ok(scores_of(&column(first + place))),
            )?;
            replications = scores.iter().map(Vec::len).max().unwrap_or(0).max(replications);
            let with = workers.map_in_order(
                count,
                || (),
                |(), other| {
                    let passing = if held.contains(&other) { None } else { Some(column(other)) };
                    let passing = passing.map(|values| scores_of(&values));
                    let other = passing.as_deref().unwrap_or_else(|| &scores[other - first]);
                    Ok(scores.iter().map(|scores| product(scores, other)).collect::<Vec<f64>>())
                },
            )?;
            for place in 0..held.len() {
                correlations.push(with.iter().map(|with| with[place]).collect());
            }
        }
        let freedom = replications - replications.div_ceil(BLOCK);
        Ok(Self { correlations, freedom })
    }

    /// Whether a parameter varies within blocks.
    pub(super) fn varies(&self, parameter: usize) -> bool {
        self.correlations[parameter][parameter] > 0.0
    }

    /// The candidates that move a difference, with a risk for each look; `common` are the
    /// products of its scores with those of all parameters.
    pub(super) fn named(&self, common: &[f64], candidates: &[usize], risk: f64) -> Vec<usize> {
        let mut regression = self.regression(common, candidates);
        let mut named = Vec::new();
        while let Some((place, t)) = regression.strongest()
            && two_sided(t, regression.freedom as u64).is_some_and(|p| p <= risk)
        {
            named.push(candidates[place]);
            regression.take(place);
        }
        // What was taken early may owe it to one that was taken later.
        loop {
            let alone = |place: usize| {
                let mut regression = self.regression(common, &named);
                for other in (0..named.len()).filter(|&other| other != place) {
                    regression.take(other);
                }
                regression.t(place).map_or(0.0, |t| t)
            };
            let weakest = (0..named.len())
                .map(|place| (place, alone(place)))
                .min_by(|a, b| a.1.total_cmp(&b.1));
            let Some((place, t)) = weakest else { return named };
            if two_sided(t, (self.freedom - named.len()) as u64).is_some_and(|p| p <= risk) {
                return named;
            }
            named.remove(place);
        }
    }

    fn regression(&self, common: &[f64], candidates: &[usize]) -> Regression {
        let row = |&one: &usize| {
            candidates.iter().map(|&other| self.correlations[one][other]).collect::<Vec<f64>>()
        };
        Regression {
            between: candidates.iter().map(row).collect(),
            common: candidates.iter().map(|&one| common[one]).collect(),
            taken: vec![false; candidates.len()],
            left: 1.0,
            freedom: self.freedom.saturating_sub(1),
        }
    }
}

/// Sums of squares and products of what the parameters that were taken leave over.
struct Regression {
    /// Of the candidates with each other.
    between: Vec<Vec<f64>>,
    /// Of the candidates with the difference.
    common: Vec<f64>,
    taken: Vec<bool>,
    /// Of the difference with itself.
    left: f64,
    /// Degrees of freedom of one more candidate's t.
    freedom: usize,
}

impl Regression {
    /// The size of a candidate's t; `None` where it has nothing of its own.
    fn t(&self, place: usize) -> Option<f64> {
        let own = self.between[place][place];
        if self.taken[place] || own < LEAST_OWN || self.freedom == 0 || self.left <= 0.0 {
            return None;
        }
        let explained = (self.common[place] * self.common[place] / (own * self.left)).min(1.0);
        Some((explained * self.freedom as f64 / (1.0 - explained)).sqrt())
    }

    fn strongest(&self) -> Option<(usize, f64)> {
        let all = (0..self.common.len()).filter_map(|place| Some((place, self.t(place)?)));
        all.max_by(|one, other| one.1.total_cmp(&other.1))
    }

    /// Takes a candidate out of the difference and out of all others.
    fn take(&mut self, place: usize) {
        let pivot = self.between[place].clone();
        let (own, common) = (pivot[place], self.common[place]);
        self.taken[place] = true;
        self.freedom = self.freedom.saturating_sub(1);
        if own <= 0.0 {
            return;
        }
        self.left -= common * common / own;
        for (row, &with) in self.between.iter_mut().zip(&pivot) {
            for (cell, &other) in row.iter_mut().zip(&pivot) {
                *cell -= with * other / own;
            }
        }
        for (cell, &with) in self.common.iter_mut().zip(&pivot) {
            *cell -= with * common / own;
        }
    }
}
