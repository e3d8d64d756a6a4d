//! What a survey of a parameter is worth before deciding.

use crate::analysis::statistics::Design;
use crate::random::distribution;
use crate::random::math;
use crate::scenario::survey::Survey;

use crate::analysis::decision::information::Policies;
use crate::analysis::decision::information::Worth;
use crate::analysis::decision::linear::dot;
use crate::analysis::decision::linear::stretch;

/// Draws of the parameter, at quantiles, that stand for what is known before the survey.
const POINTS: usize = 500;
/// Surveys that are thought through: a Fibonacci number.
const SURVEYS: usize = 610;
/// The Fibonacci number two before it: a lattice of points (i / 610, 233 i / 610) fills the square evenly.
const STEP: usize = 233;
/// Terms of a distribution below this share of its largest are left out.
const NEGLIGIBLE: f64 = 1e-18;

/// The worth of a survey.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SurveyWorth {
    /// Observations.
    pub size: u32,
    /// By moment matching.
    pub worth: Worth,
}

/// The expected value of sample information of surveys of several sizes.
///
/// Exactly 0 for a parameter that does not vary and for a survey of nobody; never above the EVPPI
/// of the same parameter. `None` where a draw or the standard deviation is out of the model's
/// range.
///
/// # Formula
///
/// With g(p, x) as in [`Policies::evppi`], the mean of g(p, ·) given the survey has the mean of g
/// and the variance Var g − E Var(g | survey), so
///
/// ```text
/// EVSI = mean over replications of max(0, max_p (G_p + s_p (g(p, x_r) − G_p)))
/// s_p² = 1 − E Var(g(p, ·) | survey) / Var g(p, ·),  G_p = mean of g(p, ·)
/// ```
///
/// The expectation is over 610 surveys: parameter at quantiles, and data at quantiles given the
/// parameter, paired by a Fibonacci lattice. The distribution given a survey is the draws of the parameter
/// weighted by its likelihood.
///
/// # Source
///
/// Heath, Manolopoulou and Baio (2018), Medical Decision Making 38, 163–173; weighting: Menzies
/// (2016), Medical Decision Making 36, 308–320.
#[must_use]
pub fn evsi(
    policies: &Policies,
    parameter: &[f64],
    survey: Survey,
    sizes: &[u32],
    design: Design,
) -> Option<Vec<SurveyWorth>> {
    if !parameter.iter().all(|&draw| allows(survey, draw)) {
        return None;
    }
    let nothing = |&size: &u32| SurveyWorth { size, worth: Worth::NOTHING };
    let Some(regression) = policies.regress(parameter) else {
        return Some(sizes.iter().map(nothing).collect());
    };
    let rows = regression.points(POINTS);
    let prior = Prior::of(survey, rows.iter().map(|&row| parameter[row]).collect());
    let curves = regression.curves_at(&rows);
    let perfect = regression.worth(&vec![1.0; curves.len()], design);
    let of_size = |size: &u32| {
        if *size == 0 {
            return nothing(size);
        }
        let mut worth = regression.worth(&prior.scales(f64::from(*size), &curves), design);
        worth.value = worth.value.min(perfect.value);
        SurveyWorth { size: *size, worth }
    };
    Some(sizes.iter().map(of_size).collect())
}

/// Whether the model holds for a value of the parameter.
fn allows(survey: Survey, draw: f64) -> bool {
    let sound = match survey {
        Survey::Binomial | Survey::Poisson => true,
        Survey::Lognormal { sd } | Survey::Normal { sd } => sd > 0.0 && sd.is_finite(),
    };
    sound && draw.is_finite() && survey.unfit(draw, draw).is_none()
}

/// What is known of a parameter before a survey: values that are equally likely, in ascending
/// order.
struct Prior {
    survey: Survey,
    values: Vec<f64>,
    /// The logarithm of each value and of 1 less it; 0 where it is not used.
    logarithms: Vec<(f64, f64)>,
}

impl Prior {
    fn of(survey: Survey, values: Vec<f64>) -> Self {
        let logarithm = |value: f64| if value > 0.0 { math::ln(value) } else { f64::NEG_INFINITY };
        let pair = |&value: &f64| match survey {
            Survey::Binomial => (logarithm(value), logarithm(1.0 - value)),
            Survey::Poisson | Survey::Lognormal { .. } => (logarithm(value), 0.0),
            Survey::Normal { .. } => (0.0, 0.0),
        };
        let logarithms = values.iter().map(pair).collect();
        Self { survey, values, logarithms }
    }

    /// s of each policy after surveys of one size.
    fn scales(&self, size: f64, curves: &[Vec<f64>]) -> Vec<f64> {
        let points = self.values.len() as f64;
        let squares: Vec<Vec<f64>> = curves
            .iter()
            .map(|heights| heights.iter().map(|height| height * height).collect())
            .collect();
        let mut within = vec![0.0; curves.len()];
        for number in 0..SURVEYS {
            let place = (2 * number + 1) * self.values.len() / (2 * SURVEYS);
            let u = ((number * STEP % SURVEYS) as f64 + 0.5) / SURVEYS as f64;
            let data = self.data(place, size, u);
            let weights = self.weights(data, size);
            for (policy, heights) in curves.iter().enumerate() {
                let height = dot(&weights, heights);
                within[policy] += (dot(&weights, &squares[policy]) - height * height).max(0.0);
            }
        }
        let surveys = SURVEYS as f64;
        let scale = |policy: usize| {
            let heights = &curves[policy];
            let middle = heights.iter().sum::<f64>() / points;
            let before = squares[policy].iter().sum::<f64>() / points - middle * middle;
            let left = within[policy] / surveys;
            if before > 0.0 { (1.0 - left / before).clamp(0.0, 1.0).sqrt() } else { 0.0 }
        };
        (0..curves.len()).map(scale).collect()
    }

    /// The quantile u of what a survey finds where the parameter has one of its values: a number
    /// of yes, a sum of counts, or a mean (of logarithms, where these are normal).
    fn data(&self, place: usize, size: f64, u: f64) -> f64 {
        let value = self.values[place];
        let normal = |mean: f64, sd: f64| mean + sd / size.sqrt() * distribution::normal(u);
        match self.survey {
            Survey::Binomial => {
                let odds = value / (1.0 - value);
                let mode = math::floor(((size + 1.0) * value).min(size));
                let ratio = |x: f64| (size - x) / (x + 1.0) * odds;
                if value >= 1.0 { size } else { discrete(mode, size, u, ratio) }
            }
            Survey::Poisson => {
                let expected = size * value;
                discrete(math::floor(expected), f64::INFINITY, u, |x| expected / (x + 1.0))
            }
            Survey::Lognormal { sd } => normal(self.logarithms[place].0, sd),
            Survey::Normal { sd } => normal(value, sd),
        }
    }

    /// The probability of each value given a survey.
    fn weights(&self, data: f64, size: f64) -> Vec<f64> {
        let times = |count: f64, logarithm: f64| if count == 0.0 { 0.0 } else { count * logarithm };
        let normal = |mean: f64, sd: f64| {
            let distance = (data - mean) / sd;
            -0.5 * size * distance * distance
        };
        let likelihood = |(&value, &(of, less)): (&f64, &(f64, f64))| match self.survey {
            Survey::Binomial => times(data, of) + times(size - data, less),
            Survey::Poisson => times(data, of) - size * value,
            Survey::Lognormal { sd } => normal(of, sd),
            Survey::Normal { sd } => normal(value, sd),
        };
        let mut weights: Vec<f64> =
            self.values.iter().zip(&self.logarithms).map(likelihood).collect();
        let most = weights.iter().fold(f64::NEG_INFINITY, |most, weight| most.max(*weight));
        let relative = |weight: f64| {
            if weight - most > -700.0 { math::exp(weight - most) } else { 0.0 }
        };
        for weight in &mut weights {
            *weight = relative(*weight);
        }
        let all: f64 = weights.iter().sum();
        stretch(&mut weights, 1.0 / all);
        weights
    }
}

/// The quantile u of whole numbers from 0 to `most` with one peak at `mode`; `ratio` gives the
/// probability of x + 1 over that of x.
fn discrete(mode: f64, most: f64, u: f64, ratio: impl Fn(f64) -> f64) -> f64 {
    let mut below = vec![1.0];
    let mut x = mode;
    while x > 0.0 && below.last().is_some_and(|last| *last > NEGLIGIBLE) {
        x -= 1.0;
        let of_next = ratio(x);
        below.extend(below.last().map(|last| last / of_next));
    }
    let lowest = x;
    let (mut above, mut last, mut x) = (Vec::new(), 1.0, mode);
    while x < most && last > NEGLIGIBLE {
        last *= ratio(x);
        above.push(last);
        x += 1.0;
    }
    let wanted = u * (below.iter().sum::<f64>() + above.iter().sum::<f64>());
    let (mut sum, mut x) = (0.0, lowest);
    for probability in below.iter().rev().chain(&above) {
        sum += probability;
        if sum >= wanted {
            return x;
        }
        x += 1.0;
    }
    x - 1.0
}

#[cfg(test)]
mod tests {
    use crate::random::distribution::normal;

    use super::*;

    /// A standard normal at the middles of equally likely strata.
    fn strata(count: u32) -> impl Iterator<Item = f64> {
        (0..count).map(move |row| normal((f64::from(row) + 0.5) / f64::from(count)))
    }

    /// Net benefit N(1000, 3000²) against 0, one observation with standard deviation 20000. The
    /// mean given n of them is normal around 1000 with variance 3000⁴ / (3000² + 20000² / n); the
    /// expected values are those of the unit normal loss integral.
    #[test]
    fn a_normal_survey_has_its_closed_form() {
        let benefit: Vec<f64> = strata(2_000).map(|z| 1_000.0 + 3_000.0 * z).collect();
        let policies = Policies::of(&[vec![0.0; 2_000], benefit.clone()]).unwrap();
        let survey = Survey::Normal { sd: 20_000.0 };
        let sizes = [10, 50, 100, 500, 1_000];
        let found = evsi(&policies, &benefit, survey, &sizes, Design::INDEPENDENT).unwrap();
        let expected = [160.697_678, 460.636_400, 574.679_752, 715.628_373, 738.387_902];
        for (one, expected) in found.iter().zip(expected) {
            assert!((one.worth.value / expected - 1.0).abs() < 5e-3, "{one:?}");
        }
        let all = policies.evpi(Design::INDEPENDENT).value;
        assert!((all - 762.708_343).abs() < 0.5, "{all}");
    }

    /// One policy with mean `of` a parameter against 0, surveyed.
    fn survey(
        parameter: &[f64],
        of: impl Fn(f64) -> f64,
        survey: Survey,
        sizes: &[u32],
    ) -> Option<Vec<SurveyWorth>> {
        let values = parameter.iter().map(|&draw| of(draw)).collect();
        let policies = Policies::of(&[vec![0.0; parameter.len()], values]).unwrap();
        evsi(&policies, parameter, survey, sizes, Design::INDEPENDENT)
    }

    /// The middles of equally likely strata of the unit interval.
    fn middles(count: u32) -> Vec<f64> {
        (0..count).map(|row| (f64::from(row) + 0.5) / f64::from(count)).collect()
    }

    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!((found / expected - 1.0).abs() < tolerance, "{found} {expected}");
    }

    /// A share that is uniform is Beta((x + 1), (n − x + 1)) given x of n, each x equally likely: its mean has
    /// n / (n + 2) of its variance. Moment matching takes the means for a uniform distribution: √(1/3) / 8 for one
    /// answer, against one half.
    #[test]
    fn a_share_has_the_beta_binomial_value() {
        let found = survey(&middles(1_000), |x| x - 0.5, Survey::Binomial, &[1, 10, 0]).unwrap();
        near(found[0].worth.value, (1.0_f64 / 3.0).sqrt() / 8.0, 0.01);
        near(found[1].worth.value, (10.0_f64 / 12.0).sqrt() / 8.0, 0.01);
        assert_eq!((found[2].worth, found[2].size), (Worth::NOTHING, 0));
    }

    /// A rate that is exponential with mean 1 has mean (1 + x) / 2 given one count x, which has
    /// probability 2^−(x + 1): half its variance. Against 1, moment matching makes of 1/e, the gain of knowing it, √½ / e.
    #[test]
    fn a_rate_has_the_gamma_poisson_value() {
        let rates: Vec<f64> = middles(4_000).iter().map(|u| -math::ln(1.0 - u)).collect();
        let found = survey(&rates, |x| x - 1.0, Survey::Poisson, &[1]).unwrap();
        near(found[0].worth.value, 0.5_f64.sqrt() * math::exp(-1.0), 0.02);
    }

    /// The logarithm of the parameter is standard normal and so is an observation's about it: the
    /// mean given one has variance 1/2.
    #[test]
    fn a_positive_quantity_is_surveyed_by_its_logarithm() {
        let medians: Vec<f64> = strata(2_000).map(math::exp).collect();
        let survey = survey(&medians, math::ln, Survey::Lognormal { sd: 1.0 }, &[1]).unwrap();
        let expected = 0.5_f64.sqrt() / std::f64::consts::TAU.sqrt();
        near(survey[0].worth.value, expected, 0.02);
    }

    /// More observations are worth more, and never more than to know the parameter.
    #[test]
    fn a_larger_survey_is_worth_more() {
        let shares: Vec<f64> = middles(400).iter().map(|u| u * u).collect();
        let of = |x: f64| if x > 0.3 { x - 0.35 } else { -0.02 };
        let sizes = [1, 5, 20, 100, 1_000, 100_000];
        let found = survey(&shares, of, Survey::Binomial, &sizes).unwrap();
        let values: Vec<f64> = shares.iter().map(|&x| of(x)).collect();
        let policies = Policies::of(&[vec![0.0; 400], values]).unwrap();
        let perfect = policies.evppi(&shares, Design::INDEPENDENT).value;
        for pair in found.windows(2) {
            assert!(pair[0].worth.value < pair[1].worth.value + 1e-12);
        }
        assert!(found.iter().all(|one| one.worth.value <= perfect && one.worth.se.is_finite()));
        near(found[5].worth.value, perfect, 0.01);
    }

    #[test]
    fn what_the_model_does_not_allow_has_no_survey() {
        let of = |x: f64| x;
        assert!(survey(&[0.1, 0.2, 1.2], of, Survey::Binomial, &[1]).is_none());
        assert!(survey(&[-0.1, 0.2, 1.2], of, Survey::Poisson, &[1]).is_none());
        assert!(survey(&[0.0, 0.2, 1.2], of, Survey::Lognormal { sd: 1.0 }, &[1]).is_none());
        assert!(survey(&[0.0, 0.2, 1.2], of, Survey::Normal { sd: 0.0 }, &[1]).is_none());
        let found = survey(&[0.4; 50], of, Survey::Binomial, &[9]).unwrap();
        assert_eq!((found[0].worth, found[0].size), (Worth::NOTHING, 9));
        let ends: Vec<f64> = (0..60).map(|row| f64::from(row % 3) / 2.0).collect();
        let found = survey(&ends, |x| x - 0.4, Survey::Binomial, &[3, 4_000]).unwrap();
        assert!(found.iter().all(|one| one.worth.value > 0.0));
        let rare: Vec<f64> = (0..60).map(|row| f64::from(row % 2) * 1e-9).collect();
        let found = survey(&rare, |x| x - 4e-10, Survey::Poisson, &[1]).unwrap();
        assert!(found.iter().all(|one| one.worth.value.is_finite()));
    }

    #[test]
    fn quantiles_of_whole_numbers_are_those_of_their_distribution() {
        // Binomial with 4 and one half: 1, 4, 6, 4, 1 of 16.
        let quantile = |u: f64| discrete(2.0, 4.0, u, |x| (4.0 - x) / (x + 1.0));
        for (u, expected) in [(0.05, 0.0), (0.07, 1.0), (0.3, 1.0), (0.5, 2.0), (0.95, 4.0)] {
            assert!((quantile(u) - expected).abs() < 1e-12);
        }
    }
}
