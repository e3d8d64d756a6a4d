//! Limits in which the answer is known (model, section 8), through the scenarios of
//! `tests/scenarios`. Allowances are four standard errors, computed from the replications.

use std::path::Path;

use yangjae::analysis::layout::Table;
use yangjae::analysis::statistics::Moments;
use yangjae::analysis::statistics::ratio_of_means;
use yangjae::commands::run::Engine;
use yangjae::commands::run::StudyEngine;
use yangjae::scenario::Scenario;

/// The values of a metric at a place under a policy: one list of years a replication.
fn simulated(scenario: &Scenario, policy: &str, metric: &str, place: &str) -> Vec<Vec<f64>> {
    let engine = StudyEngine::new(scenario);
    let layouts = engine.layouts();
    let index = layouts.iter().position(|layout| layout.policy == policy).unwrap();
    let series = layouts[index].position(Table::Metric, metric, place).unwrap();
    let years = layouts[index].years.len();
    let mut workspace = engine.workspace();
    (0..scenario.replications)
        .map(|replication| {
            let values = engine.simulate(replication, &mut workspace).unwrap();
            values[index][series * years..(series + 1) * years].to_vec()
        })
        .collect()
}

fn load(name: &str) -> Scenario {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Scenario::load(&root.join("tests/scenarios").join(name), &[], None).unwrap()
}

/// Arrivals at a constant rate with a constant exit hazard, from empty, give a Poisson number of
/// firms with mean and variance λ/h (1 − e^(−ht)).
#[test]
fn firms_with_constant_arrivals_and_hazard_are_poisson() {
    let scenario = load("poisson");
    let firms = simulated(&scenario, "baseline", "firms", "city");
    for (years, expected) in [(1_usize, 38.065), (5, 157.388), (10, 252.848)] {
        let last: Vec<f64> = firms.iter().map(|history| history[years - 1]).collect();
        let moments = Moments::of(&last);
        let (mean, variance) = (moments.mean().unwrap(), moments.variance().unwrap());
        let count = f64::from(scenario.replications);
        let mean_error = (expected / count).sqrt();
        assert!((mean - expected).abs() < 4.0 * mean_error, "{years} years: mean {mean}");
        // The variance of a sample variance of a Poisson variable: (2 λ² n/(n−1) + λ) / n.
        let variance_error =
            ((2.0 * expected * expected * count / (count - 1.0) + expected) / count).sqrt();
        let off = (variance - expected).abs();
        assert!(off < 4.0 * variance_error, "{years} years: variance {variance}");
    }
}

/// A first-come facility with a fixed tenancy is a loss system: it turns away the share of its
/// applicants that Erlang's formula B gives, whatever the distribution of tenancies.
#[test]
fn a_first_come_facility_loses_what_erlang_says() {
    let scenario = load("erlang");
    for (policy, expected) in [("five-places", 0.199_067), ("twenty-places", 0.109_203)] {
        // Two tenancies and more to warm up.
        let warm = 12;
        let total = |metric: &str| -> Vec<f64> {
            let histories = simulated(&scenario, policy, metric, "house");
            histories.iter().map(|years| years[warm..].iter().sum()).collect()
        };
        let lost = ratio_of_means(&total("refusals"), &total("applications")).unwrap();
        // The interval holds 1.96 standard errors to each side.
        let error = (lost.ci_high - lost.ci_low) / (2.0 * 1.96);
        let share = lost.ratio;
        assert!((share - expected).abs() < 4.0 * error, "{policy}: {share} against {expected}");
        assert!(error < 0.006, "{policy}: the test is too weak to tell ({error})");
    }
}
