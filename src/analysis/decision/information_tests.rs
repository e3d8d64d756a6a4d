use crate::random::math;

use super::*;
use crate::analysis::decision::smooth::Smoother;

/// The means of a standard normal over equally likely strata.
fn strata(count: u32) -> Vec<f64> {
    let end = |stratum: u32| distribution::normal(f64::from(stratum) / f64::from(count));
    let density = |stratum: u32| {
        let z = if stratum == 0 || stratum == count { return 0.0 } else { end(stratum) };
        math::exp(-z * z / 2.0) / std::f64::consts::TAU.sqrt()
    };
    (0..count).map(|row| f64::from(count) * (density(row) - density(row + 1))).collect()
}

/// Net benefit p1 + p2 with p1 ~ N(0, 1) and p2 ~ N(0, 2²) against 0, over all pairs of strata:
/// EVPI is √5 φ(0), EVPPI φ(0) and 2 φ(0), which stratum means give exactly.
#[test]
fn normal_net_benefit_has_its_closed_form() {
    let z = strata(100);
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for one in &z {
        for other in &z {
            first.push(*one);
            second.push(2.0 * other);
        }
    }
    let benefit: Vec<f64> = first.iter().zip(&second).map(|(one, other)| one + other).collect();
    let policies = Policies::of(&[vec![0.0; 10_000], benefit]).unwrap();
    let design = Design::INDEPENDENT;
    let near = |found: Worth, expected: f64, tolerance: f64| {
        assert!((found.value - expected).abs() < tolerance, "{found:?} {expected}");
    };
    near(policies.evpi(design), 0.892_062_058, 1e-3);
    near(policies.evppi(&first, design), 0.398_942_280, 2e-4);
    near(policies.evppi(&second, design), 0.797_884_561, 1e-4);
    near(policies.evppi_of_group(&[&first, &second], design), 0.892_062_058, 1e-3);
    let same = vec![3.0; 10_000];
    assert_eq!(policies.evppi(&same, design), Worth::NOTHING);
}

fn uniform(run: u64, row: usize, column: usize) -> f64 {
    Key::world(run, row as u64).entity(column as u64).uniform(0, Purpose::Analysis)
}

/// Draws and values of policies: the parameter of the same place moves each, under noise.
fn case(run: u64, policies: usize, count: usize, parameters: usize) -> [Vec<Vec<f64>>; 2] {
    let draws: Vec<Vec<f64>> = (0..parameters)
        .map(|parameter| (0..count).map(|row| uniform(run, row, parameter)).collect())
        .collect();
    let value = |policy: usize, row: usize| {
        let noise = distribution::normal(uniform(run + 1, row, policy));
        2.0 * draws[policy % parameters][row] + noise
    };
    let values =
        (0..policies).map(|policy| (0..count).map(|row| value(policy, row)).collect()).collect();
    [draws, values]
}

/// Two policies with difference 2 x + noise − 0.8, x uniform: the EVPPI of x is 1.2² / 4 − 0.2 = 0.16.
/// Over 40 runs the mean is right, and the spread is that of the standard errors; so it is of a
/// pair, of which one parameter does nothing.
#[test]
fn the_standard_error_is_right() {
    let (mut of_one, mut of_pair) = (Vec::new(), Vec::new());
    for run in 0..40 {
        let [draws, values_of] = case(50 + 2 * run, 1, 300, 2);
        let policies = Policies::of(&[vec![0.8; 300], values_of[0].clone()]).unwrap();
        of_one.push(policies.evppi(&draws[0], Design::INDEPENDENT));
        let group = [&draws[0][..], &draws[1][..]];
        of_pair.push(policies.evppi_of_group(&group, Design::INDEPENDENT));
    }
    for found in [of_one, of_pair] {
        let values: Vec<f64> = found.iter().map(|one| one.value).collect();
        let errors: Vec<f64> = found.iter().map(|one| one.se).collect();
        let spread = Moments::of(&values).standard_deviation().unwrap();
        let ratio = mean(&errors) / spread;
        assert!((mean(&values) - 0.16).abs() < 0.02, "{}", mean(&values));
        assert!((0.7..1.5).contains(&ratio), "{ratio}");
    }
}

#[test]
fn what_cannot_change_a_decision_is_worth_nothing() {
    let [draws, mut values] = case(1, 2, 200, 3);
    shift(&mut values[1], 100.0);
    let policies = Policies::of(&values).unwrap();
    assert_eq!(policies.reference(), 1);
    for draws in &draws {
        assert_eq!(policies.evppi(draws, Design::INDEPENDENT), Worth::NOTHING);
    }
    let all: Vec<&[f64]> = draws.iter().map(Vec::as_slice).collect();
    assert_eq!(policies.evppi_of_group(&all, Design::INDEPENDENT), Worth::NOTHING);
    assert_eq!(policies.evpi(Design::INDEPENDENT), Worth::NOTHING);
    let same = Policies::of(&[values[0].clone(), values[0].clone()]).unwrap();
    assert_eq!(same.evppi(&draws[0], Design::INDEPENDENT), Worth::NOTHING);
    let one = Policies::of(&values[..1]).unwrap();
    assert_eq!(one.evppi(&draws[0], Design::INDEPENDENT), Worth::NOTHING);
    assert_eq!(one.evppi(&[1.0], Design::INDEPENDENT), Worth::NOTHING);
}

#[test]
fn few_and_unusable_values() {
    assert!(Policies::of(&[]).is_none());
    assert!(Policies::of(&[vec![]]).is_none());
    assert!(Policies::of(&[vec![1.0], vec![1.0, 2.0]]).is_none());
    assert!(Policies::of(&[vec![1.0, f64::NAN]]).is_none());
    for count in 1..=8 {
        let [draws, values] = case(3, 3, count, 2);
        let policies = Policies::of(&values).unwrap();
        let all: Vec<&[f64]> = draws.iter().map(Vec::as_slice).collect();
        for found in [
            policies.evpi(Design::INDEPENDENT),
            policies.evppi(&draws[0], Design::INDEPENDENT),
            policies.evppi_of_group(&all, Design::INDEPENDENT),
        ] {
            assert!(found.value >= 0.0 && found.se >= 0.0 && found.upward_bias >= 0.0);
        }
    }
}

/// A parameter is worth no more than its group, and that no more than all; noise is worth little.
#[test]
fn more_knowledge_is_worth_more() {
    let [mut draws, values] = case(5, 4, 400, 4);
    draws.push((0..400).map(|row| uniform(9, row, 0)).collect());
    let policies = Policies::of(&values).unwrap();
    let design = Design::INDEPENDENT;
    let one = policies.evppi(&draws[0], design);
    let pair = policies.evppi_of_group(&[&draws[0], &draws[1]], design);
    let all: Vec<&[f64]> = draws.iter().map(Vec::as_slice).collect();
    let everything = policies.evppi_of_group(&all, design);
    let noise = policies.evppi(&draws[4], design);
    assert!(one.value < pair.value && pair.value < everything.value);
    assert!(everything.value <= policies.evpi(design).value);
    assert!(noise.value < 0.05 && noise.value <= 3.0 * noise.se + noise.upward_bias, "{noise:?}");
    assert!(pair.se > 0.0 && pair.se < 0.1);
}

/// Three policies moved by parameters of their own among 60, under as much chance as there is
/// signal: EVPI of the outcomes takes chance for what can be learnt; that of the smoothed means is
/// near that of the true ones.
#[test]
fn chance_is_not_counted_as_what_can_be_learnt() {
    let (mut of_outcomes, mut of_means, mut of_truth) = (Vec::new(), Vec::new(), Vec::new());
    for run in 0..5 {
        let [draws, _] = case(300 + 2 * run, 1, 200, 60);
        let truth: Vec<Vec<f64>> =
            draws[..3].iter().map(|of| of.iter().map(|x| 3.0 * x).collect()).collect();
        let noisy = |(policy, values): (usize, &Vec<f64>)| {
            let noise = |row| 0.9 * distribution::normal(uniform(301 + 2 * run, row, policy));
            values.iter().enumerate().map(|(row, mean)| mean + noise(row)).collect()
        };
        let outcomes: Vec<Vec<f64>> = truth.iter().enumerate().map(noisy).collect();
        let all: Vec<&[f64]> = draws.iter().map(Vec::as_slice).collect();
        let smoothed =
            Smoother::of(&all, Design::INDEPENDENT).smooth_policies(&outcomes, 0).unwrap();
        let means: Vec<Vec<f64>> = smoothed.into_iter().map(|one| one.fitted).collect();
        let evpi = |of: &[Vec<f64>]| Policies::of(of).unwrap().evpi(Design::INDEPENDENT).value;
        of_outcomes.push(evpi(&outcomes));
        of_means.push(evpi(&means));
        of_truth.push(evpi(&truth));
    }
    let (outcomes, means, truth) = (mean(&of_outcomes), mean(&of_means), mean(&of_truth));
    assert!(outcomes > 1.2 * truth, "{outcomes} {truth}");
    assert!((means / truth - 1.0).abs() < 0.1, "{means} {truth}");
}
