//! What it is worth to know more before deciding: all of it, a parameter, or a group of them.
//!
//! Values are means of an outcome given the parameters (see [`smooth`](crate::analysis::decision::smooth)), or outcomes
//! themselves where chance plays no part: chance cannot be learnt before deciding. Higher is better.
//!
//! What a parameter or a group is worth may be computed from outcomes with chance in them too: the
//! regression averages it out, and its standard error then holds chance as well. EVPI may not.

use crate::analysis::statistics::Design;
use crate::analysis::statistics::Moments;
use crate::analysis::statistics::moments;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;

use crate::analysis::decision::additive::Additive;
use crate::analysis::decision::basis::Basis;
use crate::analysis::decision::basis::Shrinkage;
use crate::analysis::decision::curve::KNOTS;
use crate::analysis::decision::linear::Cholesky;
use crate::analysis::decision::linear::add;
use crate::analysis::decision::linear::dot;
use crate::analysis::decision::linear::shift;

/// Sets of coefficients that are drawn for a standard error.
const DRAWN: usize = 100;
/// Draws of the parameter, at quantiles, over which each set is judged.
const POINTS: usize = 100;
/// Functions of a curve, with the constant.
const FUNCTIONS: usize = KNOTS;
/// A policy whose curve stays so many standard errors below the reference is not drawn for.
const OUT_OF_REACH: f64 = 4.0;
/// The seed of the draws: they are the same for every parameter and criterion.
const SEED: u64 = 0x7661_6c75_6521;

/// The worth of information, in the unit of the values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// The expected gain of deciding with the information, 0 or more.
    pub value: f64,
    /// Its standard error, 0 or more.
    pub se: f64,
    /// By how much `value` is expected to be too high, because the best of several estimates is
    /// taken: of a regression on one parameter, else 0. It is not taken off.
    pub upward_bias: f64,
}

impl Worth {
    /// What cannot change a decision.
    pub const NOTHING: Self = Self { value: 0.0, se: 0.0, upward_bias: 0.0 };
}

/// Policies to decide between, as differences from the one with the highest mean.
///
/// Differences are paired by replication, so what all policies share drops out before anything is
/// smoothed.
#[derive(Clone, Debug)]
pub struct Policies {
    reference: usize,
    count: usize,
    /// Of each other policy that differs from the reference at all.
    others: Vec<Other>,
    /// Sums of products of the others' centred differences, row by row.
    products: Vec<f64>,
    /// Standard normal draws: by set, other policy and function.
    chance: Vec<f64>,
    evpi: f64,
}

/// One policy's difference from the reference.
#[derive(Clone, Debug)]
struct Other {
    /// At most 0.
    mean: f64,
    centred: Vec<f64>,
}

impl Policies {
    /// Policies from `values[policy][replication]`.
    ///
    /// `None` without policies or replications, where policies have different numbers of
    /// replications, or where a value is not finite.
    #[must_use]
    pub fn of(values: &[Vec<f64>]) -> Option<Self> {
        let count = values.first()?.len();
        if values.iter().any(|values| values.len() != count) {
            return None;
        }
        let means: Option<Vec<f64>> = values.iter().map(|it| Moments::of(it).mean()).collect();
        let means = means?;
        let reference = (0..means.len())
            .reduce(|best, policy| if means[policy] > means[best] { policy } else { best })?;
        let mut others = Vec::new();
        for of_policy in values {
            let mut centred: Vec<f64> =
                of_policy.iter().zip(&values[reference]).map(|(one, other)| one - other).collect();
            let mean = Moments::of(&centred).mean()?.min(0.0);
            let differs = centred.iter().any(|difference| *difference != 0.0);
            shift(&mut centred, -mean);
            if differs {
                others.push(Other { mean, centred });
            }
        }
        let products: Vec<f64> = others
            .iter()
            .flat_map(|one| others.iter().map(|other| dot(&one.centred, &other.centred)))
            .collect();
        if !products.iter().all(|product| product.is_finite()) {
            return None;
        }
        let chance = chance(others.len());
        let mut policies = Self { reference, count, others, products, chance, evpi: 0.0 };
        policies.evpi = mean(&policies.gains());
        Some(policies)
    }

    /// The place of the policy with the highest mean, the first of several: what is decided
    /// without further information.
    #[must_use]
    pub fn reference(&self) -> usize {
        self.reference
    }

    /// What the best policy of each replication has more than the reference.
    fn gains(&self) -> Vec<f64> {
        let mut gains = vec![0.0_f64; self.count];
        for other in &self.others {
            for (gain, difference) in gains.iter_mut().zip(&other.centred) {
                *gain = gain.max(other.mean + difference);
            }
        }
        gains
    }

    /// The expected value of perfect information about everything that the values depend on.
    ///
    /// # Formula
    ///
    /// ```text
    /// EVPI = mean over replications of max_p m(p, r) − max_p mean over replications of m(p, r)
    /// ```
    ///
    /// The standard error is that of a mean over replications in the design of the run, with the
    /// reference as it is; it takes the values for known.
    ///
    /// # Source
    ///
    /// Raiffa and Schlaifer (1961), Applied Statistical Decision Theory.
    #[must_use]
    pub fn evpi(&self, design: Design) -> Worth {
        Worth { value: self.evpi, se: error(&self.gains(), design), upward_bias: 0.0 }
    }

    /// The expected value of perfect information about one parameter, by regression on it.
    ///
    /// Exactly 0 for a parameter that does not vary, and for fewer than five replications. It is
    /// never above [`Self::evpi`], which it cannot exceed.
    ///
    /// # Formula
    ///
    /// With g(p, x) the smooth mean of policy p's difference from the reference at x,
    ///
    /// ```text
    /// EVPPI = mean over replications of max(0, max_p g(p, x_r))
    /// ```
    ///
    /// The square of the standard error is the variance over sets of coefficients drawn from their
    /// covariance, policies together, plus that of the mean over the draws of the parameter in the
    /// design of the run. The sets also tell the upward bias.
    ///
    /// # Source
    ///
    /// Strong, Oakley and Brennan (2014), Medical Decision Making 34, 311–326.
    #[must_use]
    pub fn evppi(&self, parameter: &[f64], design: Design) -> Worth {
        self.regress(parameter)
            .map_or(Worth::NOTHING, |found| found.worth(&vec![1.0; self.others.len()], design))
    }

    /// The curves of all differences over one parameter; `None` where it does not vary, or there
    /// are fewer than five replications.
    pub(super) fn regress(&self, parameter: &[f64]) -> Option<Regression<'_>> {
        if parameter.len() != self.count {
            return None;
        }
        let basis = Basis::of(parameter, KNOTS)?;
        let freedom = self.count as f64 - 2.0;
        let curves: Vec<OneCurve> = self
            .others
            .iter()
            .enumerate()
            .map(|(place, other)| {
                let products: Vec<f64> =
                    basis.columns().iter().map(|column| dot(column, &other.centred)).collect();
                let squares = self.products[place * self.others.len() + place];
                let found = Shrinkage::of(&products, basis.roughness(), squares, freedom);
                OneCurve::of(products, &found)
            })
            .collect();
        let mut order: Vec<usize> = (0..self.count).collect();
        order.sort_by(|&one, &other| parameter[one].total_cmp(&parameter[other]));
        Some(Regression { policies: self, basis, curves, order })
    }

    /// The expected value of perfect information about several parameters together.
    ///
    /// The curves of [`Self::evppi`] give way to an additive model with products of the strongest
    /// parameters: see [`Additive`]. The standard error is the jackknife's, which leaves out one
    /// fold of whole blocks of the design after the other. 0 where no parameter of the
    /// group varies, and below [`FEWEST`](crate::analysis::decision::additive::FEWEST) replications. Never above
    /// [`Self::evpi`].
    ///
    /// # Source
    ///
    /// Strong, Oakley and Brennan (2014), as above; jackknife: Efron and Stein (1981), Annals of
    /// Statistics 9, 586–596.
    #[must_use]
    pub fn evppi_of_group(&self, group: &[&[f64]], design: Design) -> Worth {
        if group.len() == 1 {
            return self.evppi(group[0], design);
        }
        if group.iter().any(|draws| draws.len() != self.count) {
            return Worth::NOTHING;
        }
        let Some(model) = Additive::of(group, design) else { return Worth::NOTHING };
        let mut gains = vec![0.0_f64; self.count];
        let folds = model.folds().len();
        let mut without: Vec<Vec<f64>> =
            model.folds().iter().map(|fold| vec![0.0; self.count - fold.len()]).collect();
        let mut means = vec![0.0_f64; folds];
        for other in &self.others {
            let fitted = model.fit(&other.centred, None, None);
            for (gain, difference) in gains.iter_mut().zip(fitted) {
                *gain = gain.max(other.mean + difference);
            }
            for (fold, rows) in model.folds().iter().enumerate() {
                let fitted = model.fit(&other.centred, Some(fold), None);
                let kept = fitted[..rows.start].iter().chain(&fitted[rows.end..]);
                let mut sum = 0.0;
                for (gain, difference) in without[fold].iter_mut().zip(kept) {
                    let difference = other.mean + difference;
                    sum += difference;
                    *gain = gain.max(difference);
                }
                means[fold] = means[fold].max(sum / (self.count - rows.len()) as f64);
            }
        }
        let value = mean(&gains);
        let left: Vec<f64> =
            without.iter().zip(&means).map(|(gains, mean_of)| mean(gains) - mean_of).collect();
        let centre = mean(&left);
        let share = (folds as f64 - 1.0) / folds as f64;
        let squares: f64 = left.iter().map(|one| (one - centre) * (one - centre)).sum();
        Worth { value: value.min(self.evpi), se: (share * squares).sqrt(), upward_bias: 0.0 }
    }
}

/// One policy's difference from the reference as a curve.
struct OneCurve {
    /// Products of the difference with the functions.
    products: Vec<f64>,
    coefficients: Vec<f64>,
    /// The share of the residual's standard deviation that is the error of each coefficient.
    errors: Vec<f64>,
    variance: f64,
}

impl OneCurve {
    fn of(products: Vec<f64>, found: &Shrinkage) -> Self {
        let kept = std::iter::once(&found.line).chain(&found.bends);
        let coefficients = products.iter().zip(kept).map(|(z, kept)| z * kept).collect();
        // A line that is shrunk to nothing is not known to be nothing.
        let mut errors = vec![1.0];
        errors.extend(found.bends.iter().map(|kept| kept.sqrt()));
        Self { products, coefficients, errors, variance: found.variance }
    }

    /// The curve less its mean, given the functions' columns.
    fn over(&self, columns: &[Vec<f64>]) -> Vec<f64> {
        let mut fitted = vec![0.0; columns.first().map_or(0, Vec::len)];
        for (coefficient, column) in self.coefficients.iter().zip(columns) {
            add(&mut fitted, *coefficient, column);
        }
        fitted
    }
}

/// The curves of all differences over one parameter.
pub(super) struct Regression<'a> {
    policies: &'a Policies,
    basis: Basis,
    curves: Vec<OneCurve>,
    /// Replications in the order of the parameter.
    order: Vec<usize>,
}

impl Regression<'_> {
    /// Replications at so many quantiles of the parameter, or all where there are fewer.
    pub(super) fn points(&self, most: usize) -> Vec<usize> {
        let count = self.order.len();
        let points = count.min(most);
        (0..points).map(|point| self.order[(2 * point + 1) * count / (2 * points)]).collect()
    }

    /// Of each policy that differs from the reference: its curve less its mean at some replications.
    pub(super) fn curves_at(&self, rows: &[usize]) -> Vec<Vec<f64>> {
        let columns = self.columns_at(rows);
        self.curves.iter().map(|curve| curve.over(&columns)).collect()
    }

    fn columns_at(&self, rows: &[usize]) -> Vec<Vec<f64>> {
        let at = |column: &Vec<f64>| rows.iter().map(|&row| column[row]).collect();
        self.basis.columns().iter().map(at).collect()
    }

    /// The expected gain where each curve is drawn towards its mean by a scale of 0 to 1.
    pub(super) fn worth(&self, scales: &[f64], design: Design) -> Worth {
        let mut gains = vec![0.0_f64; self.policies.count];
        let curves = || self.policies.others.iter().zip(&self.curves).zip(scales);
        for ((other, curve), scale) in curves() {
            for (gain, height) in gains.iter_mut().zip(curve.over(self.basis.columns())) {
                *gain = gain.max(other.mean + scale * height);
            }
        }
        let value = mean(&gains);
        let (spread, upward_bias) = self.drawn(scales);
        let sampled = error(&gains, design);
        let se = (spread * spread + sampled * sampled).sqrt();
        Worth { value: value.min(self.policies.evpi), se, upward_bias }
    }

    /// The standard deviation of the gain over sets of coefficients, and by how much their mean
    /// lies above the gain that the estimates themselves give.
    fn drawn(&self, scales: &[f64]) -> (f64, f64) {
        let columns = self.columns_at(&self.points(POINTS));
        let near = self.contenders(&columns);
        let points = columns.first().map_or(0, Vec::len);
        if near.is_empty() || points == 0 {
            return (0.0, 0.0);
        }
        let Some(factor) = Cholesky::of_covariance(&self.covariance(&near), near.len()) else {
            return (0.0, 0.0);
        };
        let heights: Vec<Vec<f64>> =
            near.iter().map(|&place| self.curves[place].over(&columns)).collect();
        let constant = 1.0 / (self.policies.count as f64).sqrt();
        let all = self.policies.others.len();
        let gain = |set: Option<usize>| {
            let (mut best, mut decided) = (vec![0.0_f64; points], 0.0_f64);
            let mut height = vec![0.0; points];
            for (row, &place) in near.iter().enumerate() {
                let curve = &self.curves[place];
                let mean_of = self.policies.others[place].mean;
                height.clone_from(&heights[row]);
                let mut error_of_mean = 0.0;
                if let Some(set) = set {
                    let mut drawn = [0.0; FUNCTIONS];
                    for (weight, &other) in factor.row(row).iter().zip(&near) {
                        let from = (set * all + other) * FUNCTIONS;
                        add(&mut drawn, *weight, &self.policies.chance[from..from + FUNCTIONS]);
                    }
                    error_of_mean = constant * drawn[0];
                    for ((column, drawn), error) in
                        columns.iter().zip(&drawn[1..]).zip(&curve.errors)
                    {
                        add(&mut height, drawn * error, column);
                    }
                }
                let centre = mean_of + error_of_mean;
                let mut sum = 0.0;
                for (best, height) in best.iter_mut().zip(&height) {
                    let value = centre + scales[place] * height;
                    sum += value;
                    *best = best.max(value);
                }
                decided = decided.max(sum / points as f64);
            }
            mean(&best) - decided
        };
        let sets: Vec<f64> = (0..DRAWN).map(|set| gain(Some(set))).collect();
        let moments = Moments::of(&sets);
        let bias = moments.mean().unwrap_or_default() - gain(None);
        (moments.standard_deviation().unwrap_or_default(), bias.max(0.0))
    }

    /// The policies whose curve may reach the reference somewhere.
    fn contenders(&self, columns: &[Vec<f64>]) -> Vec<usize> {
        let reaches = |place: &usize| {
            let (curve, other) = (&self.curves[*place], &self.policies.others[*place]);
            let mut spread = vec![1.0 / self.policies.count as f64; columns[0].len()];
            for (error, column) in curve.errors.iter().zip(columns) {
                for (spread, value) in spread.iter_mut().zip(column) {
                    *spread += error * error * value * value;
                }
            }
            let mut heights = curve.over(columns).into_iter().zip(spread);
            heights.any(|(height, spread)| {
                other.mean + height + OUT_OF_REACH * (curve.variance * spread).sqrt() > 0.0
            })
        };
        (0..self.curves.len()).filter(reaches).collect()
    }

    /// The covariance of the residuals of some curves: their correlations with the variances of
    /// the curves.
    fn covariance(&self, places: &[usize]) -> Vec<f64> {
        let all = self.curves.len();
        let residual = |one: usize, other: usize| {
            let (left, right) = (&self.curves[one], &self.curves[other]);
            self.policies.products[one * all + other]
                - dot(&left.products, &right.coefficients)
                - dot(&left.coefficients, &right.products)
                + dot(&left.coefficients, &right.coefficients)
        };
        let scale = |place: usize| {
            let squares = residual(place, place);
            if squares > 0.0 { (self.curves[place].variance / squares).sqrt() } else { 0.0 }
        };
        let scales: Vec<f64> = places.iter().map(|&place| scale(place)).collect();
        let mut covariance = Vec::with_capacity(places.len() * places.len());
        for (&one, left) in places.iter().zip(&scales) {
            for (&other, right) in places.iter().zip(&scales) {
                covariance.push(residual(one, other) * left * right);
            }
        }
        covariance
    }
}

/// Standard normal draws by set, policy and function.
fn chance(policies: usize) -> Vec<f64> {
    let mut chance = Vec::with_capacity(DRAWN * policies * FUNCTIONS);
    for set in 0..DRAWN {
        for policy in 0..policies {
            let key = Key::world(SEED, set as u64).entity(policy as u64);
            chance.extend((0..FUNCTIONS).map(|function| {
                distribution::normal(key.entity(function as u64).uniform(0, Purpose::Analysis))
            }));
        }
    }
    chance
}

/// The mean; 0 without values.
pub(super) fn mean(values: &[f64]) -> f64 {
    moments::mean(values).unwrap_or_default()
}

/// The standard error of a mean over replications; 0 below two units.
pub(super) fn error(values: &[f64], design: Design) -> f64 {
    design.squared_error_of_mean(values, mean(values)).unwrap_or_default().sqrt()
}

#[cfg(test)]
#[path = "information_tests.rs"]
mod tests;
