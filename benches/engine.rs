//! What a replication costs: alone, by number of policies, and against the cost of its own luck.
//!
//! `cargo bench --bench engine` prints times; compare ratios within one run, never across days.

use std::hint::black_box;
use std::path::Path;

use criterion::BenchmarkId;
use criterion::Criterion;
use criterion::criterion_group;
use criterion::criterion_main;
use yangjae::analysis::study::Workspace;
use yangjae::commands::run::Engine;
use yangjae::commands::run::StudyEngine;
use yangjae::experiment::uncertainty::Uncertainty;
use yangjae::model::chance::Chance;
use yangjae::model::setup::Setup;
use yangjae::scenario::Scenario;

fn scenario() -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
    Scenario::load(&folder, &[], None).expect("the shipped scenario is valid")
}

/// The scenario with its first policies only: the baseline is the first.
fn with_policies(scenario: &Scenario, count: usize) -> Scenario {
    let mut scenario = scenario.clone();
    scenario.policies.truncate(count);
    scenario
}

/// One replication of the baseline and of some further policies.
fn replication(criterion: &mut Criterion) {
    let all = scenario();
    let mut group = criterion.benchmark_group("replication");
    group.sample_size(10);
    for count in [1, 2, 4, 8] {
        let engine = StudyEngine::new(&with_policies(&all, count));
        group.bench_with_input(BenchmarkId::new("policies", count), &engine, |bencher, engine| {
            let mut workspace = Workspace::default();
            bencher.iter(|| engine.simulate(black_box(1), &mut workspace));
        });
    }
    group.finish();
}

/// The draws of a replication that no policy changes.
fn draws(criterion: &mut Criterion) {
    let scenario = scenario();
    let setup = Setup::new(&scenario);
    let theta = Uncertainty::of(&scenario).parameters(1, &[]).expect("a whole register");
    criterion.bench_function("draws of founders and climate", |bencher| {
        bencher
            .iter(|| Chance::draw(setup.seed, black_box(1), setup.years(), &setup.climate, &theta));
    });
}

/// Reading and checking the shipped scenario.
fn reading(criterion: &mut Criterion) {
    criterion.bench_function("reading the scenario", |bencher| bencher.iter(scenario));
}

criterion_group!(benches, replication, draws, reading);
criterion_main!(benches);
