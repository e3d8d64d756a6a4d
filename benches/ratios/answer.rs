//! Time to an answer: the processor time until a difference is known so well. And how many firms two worlds have in common.

use std::collections::BTreeMap;

use yangjae::analysis::layout::Layout;
use yangjae::analysis::layout::Table;
use yangjae::analysis::statistics::Design;
use yangjae::analysis::statistics::Estimate;
use yangjae::analysis::study::Study;
use yangjae::model::Simulation;
use yangjae::pipeline::engine::Engine;
use yangjae::scenario::Scenario;

use crate::Effort;
use crate::clock;
use crate::exactly;
use crate::row;
use crate::studies;
use crate::studies::Bench;

/// What is asked: a policy, and half the 95 % interval of its effect on the city's jobs in the last year.
const ASKED: [(&str, f64); 2] = [("full-plan", 50.0), ("homes", 5.0)];
/// Of a normal variate 95 % lie so close to its mean, in standard deviations.
const IN_95: f64 = 1.96;
/// So many times as long as the engine takes an independent `NumPy` implementation of the same model for a replication of
/// two policies: 392 ms against 11.1, measured on 27 November 2026.
const NUMPY: f64 = 35.3;

/// The baseline and another policy of the shipped scenario.
fn with(policy: &str) -> Scenario {
    let all = studies::yangjae();
    let place = all.policies.iter().position(|known| known.name == policy);
    studies::with_policies(&all, &[place.expect("a shipped policy")])
}

/// Processor time to an answer, of the engine and of others.
pub fn answer(effort: Effort) {
    for (policy, half_width) in ASKED {
        let scenario = with(policy);
        let bench = Bench::new(&scenario);
        let layouts = bench.engine.layouts();
        let count = effort.replications(400);
        let (mut own, mut reference) = (Vec::new(), Vec::new());
        let mut workspace = bench.engine.workspace();
        let took = clock::time(|| {
            for replication in 0..count {
                let values = bench.engine.simulate(replication, &mut workspace);
                let values = values.expect("accounts that close");
                let [of_reference, of_own] = [0, 1].map(|of| last_jobs(&layouts[of], &values[of]));
                reference.push(of_reference);
                own.push(of_own);
            }
        });
        let each = took.processor / f64::from(count);
        let differences: Vec<f64> = own.iter().zip(&reference).map(|(a, b)| a - b).collect();
        let error = |values: &[f64], design| {
            let estimate = Estimate::of(values, design).and_then(|estimate| estimate.se);
            estimate.expect("several replications")
        };
        // The standard error of the mean of all replications, by how their draws hang together.
        let paired = error(&differences, Design::of_run(&scenario));
        let common = error(&differences, Design::INDEPENDENT);
        let [one, other] = [&own, &reference].map(|of| error(of, Design::INDEPENDENT));
        let apart = (one * one + other * other).sqrt();
        let needed = |error: f64| f64::from(count) * (IN_95 * error / half_width).powi(2);
        let say = |who: &str, error: f64, factor: f64| {
            let name = format!("jobs of the city by {policy}, to ±{half_width}, {who}");
            row(&format!("{name}: replications"), exactly(needed(error)), 0, "");
            row(
                &format!("{name}: s of processor time"),
                exactly(needed(error) * each * factor),
                2,
                "",
            );
        };
        say("engine", paired, 1.0);
        say("NumPy with common random numbers", common, NUMPY);
        say("NumPy with independent draws", apart, NUMPY);
    }
}

fn last_jobs(layout: &Layout, values: &[f64]) -> f64 {
    let series = layout.position(Table::Metric, "jobs", "city").expect("a metric");
    let years = layout.years.len();
    values[(series + 1) * years - 1]
}

/// How many startups are the same to the last word of their state in both worlds, among those alive in a policy's.
pub fn equal(effort: Effort) {
    for policy in ["full-plan", "campus", "wage-subsidy", "rent-voucher"] {
        let study = Study::of(&with(policy));
        let mut shares: BTreeMap<u16, (usize, usize)> = BTreeMap::new();
        for replication in 0..effort.replications(4) {
            let mut baseline: BTreeMap<u16, BTreeMap<u64, String>> = BTreeMap::new();
            let mut see = |year: u16, simulation: &Simulation| {
                baseline.insert(year, states(simulation));
            };
            study.watch(0, replication, false, &mut see).expect("accounts that close");
            let see = |year: u16, simulation: &Simulation| {
                let (own, other) = (states(simulation), &baseline[&year]);
                let same = own.iter().filter(|&(id, state)| other.get(id) == Some(state)).count();
                let (equal, all) = shares.entry(year).or_default();
                *equal += same;
                *all += own.len();
            };
            study.watch(1, replication, false, see).expect("accounts that close");
        }
        for (year, (equal, all)) in shares.into_iter().filter(|(year, _)| year % 3 == 0) {
            let name =
                format!("{policy}, startups equal in both worlds at the end of {year}: share");
            row(&name, exactly(equal as f64 / all as f64), 3, "");
        }
    }
}

/// All that a startup carries into the next year, by its number.
fn states(simulation: &Simulation) -> BTreeMap<u64, String> {
    let firms = simulation.world().district().startups();
    let state = |row: usize| {
        let (tags, dates, staff) = (firms.tags()[row], firms.dates()[row], firms.staff()[row]);
        let (account, raised, extra) =
            (firms.account()[row], firms.last_raised()[row], firms.extra(row));
        format!("{tags:?} {dates:?} {staff:?} {account:?} {raised:?} {extra:?}")
    };
    (0..firms.len()).map(|row| (firms.id()[row].number(), state(row))).collect()
}
