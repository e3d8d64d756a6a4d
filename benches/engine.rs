//! What a replication costs: in parts, by policies, firms, years and threads, and what draws cost.
//!
//! `cargo bench --bench engine` prints times; compare ratios within one run, never across days.
//! The table of ratios is `cargo bench --bench ratios`.

#![allow(dead_code, reason = "a module of several programs")]
#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts of firms")]

#[path = "floor/mod.rs"]
mod floor;
#[path = "hand_written/mod.rs"]
mod hand_written;
#[path = "studies/mod.rs"]
mod studies;

use std::hint::black_box;
use std::thread;
use std::time::Duration;

use criterion::BenchmarkId;
use criterion::Criterion;
use criterion::Throughput;
use criterion::criterion_group;
use criterion::criterion_main;
use yangjae::experiment::uncertainty::Uncertainty;
use yangjae::model::chance::Chance;
use yangjae::model::setup::Setup;
use yangjae::pipeline::engine::Engine;
use yangjae::scenario::Scenario;

use studies::Bench;
use studies::phases::Phases;
use studies::phases::names;

/// One replication of the shipped scenario: of the baseline and of some further policies.
fn policies(criterion: &mut Criterion) {
    let all = studies::yangjae();
    let mut group = criterion.benchmark_group("replication by policies");
    group.sample_size(10);
    for count in [1, 2, 4, 8, all.policies.len()] {
        let places: Vec<usize> = (0..count).collect();
        let bench = Bench::new(&studies::with_policies(&all, &places));
        group.throughput(Throughput::Elements(count as u64));
        group.bench_with_input(BenchmarkId::from_parameter(count), &bench, |bencher, bench| {
            let mut workspace = bench.engine.workspace();
            bencher.iter(|| bench.replicate(black_box(1), &mut workspace));
        });
    }
    group.finish();
}

/// One replication of the baseline by its last year: what each further year adds.
fn years(criterion: &mut Criterion) {
    let baseline = studies::with_policies(&studies::yangjae(), &[]);
    let mut group = criterion.benchmark_group("replication by last year");
    group.sample_size(10);
    for last_year in [2018, 2021, 2029, 2040] {
        let bench = Bench::new(&Scenario { last_year, ..baseline.clone() });
        group.bench_function(BenchmarkId::from_parameter(last_year), |bencher| {
            let mut workspace = bench.engine.workspace();
            bencher.iter(|| bench.replicate(black_box(1), &mut workspace));
        });
    }
    group.finish();
}

/// The reduced model by arrivals a year: from about 100 firms alive to about 100,000.
fn firms(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reduced model by arrivals a year");
    group.sample_size(10);
    for arrivals in [24.0, 120.0, 240.0, 2_400.0, 24_000.0] {
        let bench = Bench::new(&studies::reduced(arrivals));
        group.throughput(Throughput::Elements(bench.replications(1) as u64));
        group.bench_function(BenchmarkId::from_parameter(arrivals), |bencher| {
            bencher.iter(|| bench.replications(black_box(1)));
        });
    }
    group.finish();
}

/// One simulation of the full plan, phase by phase.
fn phases(criterion: &mut Criterion) {
    let all = studies::yangjae();
    let plan = all.policies.iter().position(|policy| policy.name == "full-plan");
    let plan = studies::with_policies(&all, &[plan.expect("the shipped plan")]);
    let phases = Phases::new(&plan);
    let mut group = criterion.benchmark_group("phases of a simulation");
    group.sample_size(10);
    for (part, name) in names().into_iter().enumerate() {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|times| {
                let seconds: f64 = (0..times).map(|_| phases.time(black_box(1))[part]).sum();
                Duration::from_secs_f64(seconds)
            });
        });
    }
    group.finish();
}

/// The reduced model as a loop written by hand.
fn by_hand(criterion: &mut Criterion) {
    let scenario = studies::reduced(120.0);
    let model = hand_written::HandWritten::new(&scenario);
    let mut firms = hand_written::Workspace::default();
    let years = scenario.years().count();
    let firm_years: f64 = model.replicate(1, &mut firms)[..years].iter().sum();
    let mut group = criterion.benchmark_group("hand-written loop");
    group.throughput(Throughput::Elements(firm_years as u64));
    group.bench_function("reduced model", |bencher| {
        bencher.iter(|| model.replicate(black_box(1), &mut firms));
    });
    group.finish();
}

/// A batch of replications of all policies, on one thread and on several.
fn batch(criterion: &mut Criterion) {
    let bench = Bench::new(&studies::yangjae());
    let mut group = criterion.benchmark_group("batch of 4 replications by threads");
    group.sample_size(10);
    for threads in [1, 2, 4] {
        group.bench_function(BenchmarkId::from_parameter(threads), |bencher| {
            bencher.iter(|| {
                thread::scope(|scope| {
                    for _ in 0..threads {
                        scope.spawn(|| bench.replications(black_box(4 / threads)));
                    }
                });
            });
        });
    }
    group.finish();
}

/// The draws of the baseline: those that no policy changes, as the model makes them; and all, alone.
fn draws(criterion: &mut Criterion) {
    let scenario = studies::with_policies(&studies::yangjae(), &[]);
    let setup = Setup::new(&scenario);
    let theta = Uncertainty::of(&scenario).parameters(1).expect("a whole register");
    criterion.bench_function("draws of founders and climate", |bencher| {
        bencher.iter(|| Chance::draw(&setup, black_box(1), &theta));
    });
    let engine = Bench::new(&scenario).engine;
    let counts = floor::counts::Counts::of(&scenario, &engine, 1);
    let floor = floor::Floor::new(&scenario, counts);
    let mut workspace = floor::Workspace::default();
    let mut group = criterion.benchmark_group("floor");
    group.throughput(Throughput::Elements(floor.draw(1, &mut workspace) as u64));
    group.bench_function("all draws of a replication", |bencher| {
        bencher.iter(|| floor.draw(black_box(1), &mut workspace));
    });
    group.finish();
}

/// Reading and checking the shipped scenario.
fn reading(criterion: &mut Criterion) {
    criterion.bench_function("reading the scenario", |bencher| bencher.iter(studies::yangjae));
}

criterion_group!(benches, phases, policies, years, firms, by_hand, batch, draws, reading);
criterion_main!(benches);
