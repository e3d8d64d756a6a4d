//! Pairs of parameters that together tell which of two policies is better, where one alone does
//! not.

use std::ops::Range;

use crate::analysis::statistics::Design;
use crate::analysis::statistics::Moments;
use crate::random::math;

use crate::analysis::decision::additive::folds;
use crate::analysis::decision::information::error;
use crate::analysis::decision::information::mean;
use crate::analysis::decision::linear::Cholesky;
use crate::analysis::decision::linear::add_to_diagonal;

/// The fewest replications in which either policy is better.
const FEWEST_CASES: usize = 10;
/// The parameters among which pairs are formed: those that differ most between the two cases.
const CANDIDATES: usize = 8;
/// The least gain of accuracy over one parameter that is worth a second one.
const LEAST_GAIN: f64 = 0.02;
/// Standard errors of the gain that it must exceed: so many, as the best of 28 pairs is looked for.
const CLEAR: f64 = 3.0;
/// The penalty on a coefficient of a standardised parameter: it matters only where the two cases
/// are separated, and the likelihood has no maximum.
const PENALTY: f64 = 0.01;
/// Steps of Newton's method, at most.
const STEPS: usize = 30;
/// The longest step of a coefficient.
const LONGEST: f64 = 4.0;
/// A step below which the maximum is found.
const FOUND: f64 = 1e-8;

/// A rule in two parameters: the other policy is better where
/// `constant + coefficients[0] · first + coefficients[1] · second` is above 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairRule {
    /// The places of the two parameters, the lower first.
    pub parameters: [usize; 2],
    /// The constant of the log odds that the other policy is better.
    pub constant: f64,
    /// Their coefficients, each per unit of its parameter.
    pub coefficients: [f64; 2],
    /// The share of replications of which the rule, made without them, tells which policy is
    /// better.
    pub accuracy: f64,
    /// Its standard error.
    pub accuracy_se: f64,
    /// The same share for the rule in the better of the two parameters alone.
    pub accuracy_of_one: f64,
    /// The same share where the policy that is better more often is always named.
    pub accuracy_of_none: f64,
}

/// Pairs of parameters that tell better than either alone which policy is better, the most
/// accurate first.
///
/// `difference` is that of a policy from another by replication, smoothed where chance plays a part;
/// the other policy is better where it is below 0. `draws[parameter][replication]`. Pairs are
/// formed of the eight parameters whose means differ most between the two cases. A pair is kept
/// where its gain over its better parameter, and over always naming the same policy, is at least
/// 0.02 and three standard errors. Nothing where either policy is better in fewer than ten
/// replications.
///
/// # Formula
///
/// Logistic regression on the two parameters, with accuracy by cross-validation over folds of whole
/// blocks of the design.
///
/// # Source
///
/// Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, second edition,
/// 4.4 and 7.10.
#[must_use]
pub fn switching_pairs(difference: &[f64], draws: &[&[f64]], design: Design) -> Vec<PairRule> {
    let count = difference.len();
    let usable = difference.iter().all(|value| value.is_finite());
    if !usable || draws.iter().any(|draws| draws.len() != count) {
        return Vec::new();
    }
    let cases: Vec<bool> = difference.iter().map(|value| *value < 0.0).collect();
    let yes = cases.iter().filter(|case| **case).count();
    if yes < FEWEST_CASES || count - yes < FEWEST_CASES {
        return Vec::new();
    }
    let folds = folds(count, design);
    let candidates = candidates(draws, &cases);
    let judged = |features: &[&Standard]| correct(features, &cases, &folds);
    let alone: Vec<Vec<f64>> = candidates.iter().map(|one| judged(&[one])).collect();
    let most = 2 * yes > count;
    let none: Vec<f64> = cases.iter().map(|case| f64::from(u8::from(*case == most))).collect();
    let mut rules = Vec::new();
    for (place, second) in candidates.iter().enumerate() {
        for (other, first) in candidates[..place].iter().enumerate() {
            let better = if mean(&alone[place]) > mean(&alone[other]) {
                &alone[place]
            } else {
                &alone[other]
            };
            let both = judged(&[first, second]);
            let rival = if mean(&none) > mean(better) { &none } else { better };
            let gains: Vec<f64> = both.iter().zip(rival).map(|(one, other)| one - other).collect();
            let gain = mean(&gains);
            if gain < LEAST_GAIN || gain <= CLEAR * error(&gains, design) {
                continue;
            }
            let (first, second) =
                if first.place < second.place { (first, second) } else { (second, first) };
            let Some(found) = logistic(&[first, second], &cases, &(0..0)) else { continue };
            let coefficients = [found[1] / first.scale, found[2] / second.scale];
            rules.push(PairRule {
                parameters: [first.place, second.place],
                constant: found[0] - coefficients[0] * first.mean - coefficients[1] * second.mean,
                coefficients,
                accuracy: mean(&both),
                accuracy_se: error(&both, design),
                accuracy_of_one: mean(better),
                accuracy_of_none: mean(&none),
            });
        }
    }
    rules.sort_by(|one, other| {
        let by_accuracy = other.accuracy.total_cmp(&one.accuracy);
        by_accuracy.then(one.parameters.cmp(&other.parameters))
    });
    rules
}

/// A parameter with mean 0 and standard deviation 1.
struct Standard {
    place: usize,
    mean: f64,
    scale: f64,
    values: Vec<f64>,
}

/// The parameters whose means differ most between the cases, in units of their standard deviation.
fn candidates(draws: &[&[f64]], cases: &[bool]) -> Vec<Standard> {
    let yes = cases.iter().filter(|case| **case).count() as f64;
    let no = cases.len() as f64 - yes;
    let mut found: Vec<(f64, Standard)> = Vec::new();
    for (place, draws) in draws.iter().enumerate() {
        let moments = Moments::of(draws);
        let (Some(mean), Some(scale)) = (moments.mean(), moments.standard_deviation()) else {
            continue;
        };
        let values: Vec<f64> = draws.iter().map(|draw| (draw - mean) / scale).collect();
        if !values.iter().all(|value| value.is_finite()) {
            continue;
        }
        let sides = values.iter().zip(cases);
        let apart: f64 =
            sides.map(|(value, case)| if *case { value / yes } else { -value / no }).sum();
        found.push((apart.abs(), Standard { place, mean, scale, values }));
    }
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    found.into_iter().take(CANDIDATES).map(|(_, standard)| standard).collect()
}

/// 1 for each replication of which the rule made without its fold tells the case, else 0.
fn correct(features: &[&Standard], cases: &[bool], folds: &[Range<usize>]) -> Vec<f64> {
    let mut correct = Vec::with_capacity(cases.len());
    for fold in folds {
        let found = logistic(features, cases, fold).unwrap_or_default();
        correct.extend(fold.clone().map(|row| {
            let told = log_odds(&found, features, row) > 0.0;
            f64::from(u8::from(told == cases[row]))
        }));
    }
    correct
}

fn log_odds(coefficients: &[f64], features: &[&Standard], row: usize) -> f64 {
    let Some((constant, slopes)) = coefficients.split_first() else { return 0.0 };
    features.iter().zip(slopes).fold(*constant, |sum, (of, slope)| sum + slope * of.values[row])
}

/// The constant and coefficients of a logistic regression on the replications outside a fold, by
/// Newton's method with steps of limited length; `None` where a step cannot be computed.
fn logistic(features: &[&Standard], cases: &[bool], fold: &Range<usize>) -> Option<Vec<f64>> {
    let size = features.len() + 1;
    let mut coefficients = vec![0.0; size];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = coefficients.iter().map(|it| -PENALTY * it).collect();
        let mut curvature = vec![0.0; size * size];
        add_to_diagonal(&mut curvature, size, |_| PENALTY);
        for row in (0..fold.start).chain(fold.end..cases.len()) {
            let odds = log_odds(&coefficients, features, row);
            let probability = 1.0 / (1.0 + math::exp((-odds).clamp(-500.0, 500.0)));
            let weight = probability * (1.0 - probability);
            let distance = f64::from(u8::from(cases[row])) - probability;
            let value =
                |place: usize| if place == 0 { 1.0 } else { features[place - 1].values[row] };
            for one in 0..size {
                gradient[one] += distance * value(one);
                for other in 0..=one {
                    curvature[one * size + other] += weight * value(one) * value(other);
                }
            }
        }
        let step = Cholesky::of(&curvature, size)?.solve(&gradient);
        let longest = step.iter().fold(0.0_f64, |most, step| most.max(step.abs()));
        let share = if longest > LONGEST { LONGEST / longest } else { 1.0 };
        for (coefficient, step) in coefficients.iter_mut().zip(&step) {
            *coefficient += share * step;
        }
        if longest < FOUND {
            break;
        }
    }
    coefficients.iter().all(|it| it.is_finite()).then_some(coefficients)
}

#[cfg(test)]
mod tests {
    use crate::random::Key;
    use crate::random::Purpose;
    use crate::random::distribution::normal;

    use super::*;

    fn draws(count: usize, parameters: usize) -> Vec<Vec<f64>> {
        let draw = |row: usize, parameter: usize| {
            let key = Key::world(9, row as u64).entity(parameter as u64);
            2.0 + 3.0 * key.uniform(0, Purpose::Analysis)
        };
        let of = |parameter| (0..count).map(|row| draw(row, parameter)).collect();
        (0..parameters).map(of).collect()
    }

    fn slices(draws: &[Vec<f64>]) -> Vec<&[f64]> {
        draws.iter().map(Vec::as_slice).collect()
    }

    /// The other policy is better where first + second > 7: the rule's line is that, and either
    /// parameter alone tells three of four.
    #[test]
    fn a_line_in_two_parameters_is_found() {
        let draws = draws(200, 20);
        let noise = |row: usize| {
            0.1 * normal(Key::world(1, row as u64).entity(3).uniform(0, Purpose::Analysis))
        };
        let difference: Vec<f64> =
            (0..200).map(|row| 7.0 - draws[4][row] - draws[11][row] + noise(row)).collect();
        let found = switching_pairs(&difference, &slices(&draws), Design::blocks_of(20));
        let best = found[0];
        assert_eq!(best.parameters, [4, 11]);
        assert!(best.accuracy > 0.93 && best.accuracy_of_one < 0.85, "{best:?}");
        assert!(best.accuracy_se < 0.03);
        let [first, second] = best.coefficients;
        assert!((second / first - 1.0).abs() < 0.15, "{best:?}");
        assert!((best.constant / first + 7.0).abs() < 0.5, "{best:?}");
        assert!(first > 0.0);
        assert!(
            found.iter().all(|rule| rule.parameters.contains(&4) || rule.parameters.contains(&11))
        );
    }

    #[test]
    fn where_one_parameter_tells_there_is_no_pair() {
        let draws = draws(200, 20);
        let difference: Vec<f64> = draws[4].iter().map(|x| 3.0 - x).collect();
        assert!(switching_pairs(&difference, &slices(&draws), Design::INDEPENDENT).is_empty());
    }

    #[test]
    fn of_noise_and_of_few_cases_there_is_no_pair() {
        let draws = draws(200, 20);
        let noise: Vec<f64> = (0..200_u64)
            .map(|row| Key::world(2, row).entity(3).uniform(0, Purpose::Analysis) - 0.4)
            .collect();
        let slices = slices(&draws);
        assert!(switching_pairs(&noise, &slices, Design::INDEPENDENT).is_empty());
        assert!(switching_pairs(&[1.0; 200], &slices, Design::INDEPENDENT).is_empty());
        assert!(switching_pairs(&[0.0; 200], &slices, Design::INDEPENDENT).is_empty());
        assert!(switching_pairs(&[f64::NAN; 200], &slices, Design::INDEPENDENT).is_empty());
        assert!(switching_pairs(&[], &[], Design::INDEPENDENT).is_empty());
        assert!(
            switching_pairs(&noise, &[&[1.0; 200], &[2.0; 200]], Design::INDEPENDENT).is_empty()
        );
    }
}
