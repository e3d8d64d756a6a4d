//! Large runs: what is computed does not depend on how it is cut to fit into memory, and memory
//! does not grow with the run. The second is asked for by hand, as it takes a minute and a gigabyte:
//!
//! `cargo test --test integration -- --ignored --nocapture memory`

use std::path::Path;
use std::sync::atomic::AtomicBool;

use yangjae::analysis::additionality;
use yangjae::analysis::appraisal;
use yangjae::analysis::appraisal::Discounting;
use yangjae::analysis::comparison;
use yangjae::analysis::layout::Layout;
use yangjae::analysis::layout::Series;
use yangjae::analysis::layout::Table;
use yangjae::analysis::pairs;
use yangjae::analysis::results::Results;
use yangjae::analysis::results::WORKING_SET;
use yangjae::analysis::sensitivity;
use yangjae::analysis::statistics::Design;
use yangjae::analysis::summary;
use yangjae::commands::changes::ChangeArguments;
use yangjae::commands::run;
use yangjae::commands::run::Arguments;
use yangjae::experiment::batch;
use yangjae::experiment::batch::BatchPlan;
use yangjae::experiment::batch::Silent;
use yangjae::experiment::batch::Workers;
use yangjae::experiment::block::RunShape;
use yangjae::experiment::block::archive::Archive;
use yangjae::experiment::fingerprint::Fingerprint;
use yangjae::experiment::uncertainty::Uncertainty;
use yangjae::pipeline::engine::Engine as _;
use yangjae::pipeline::job::Job;
use yangjae::pipeline::study::StudyEngine;
use yangjae::scenario::Scenario;

use crate::program::Place;

fn layout(policy: &str, series: u32) -> Layout {
    let of = |number: u32| Series {
        table: Table::Metric,
        name: "jobs",
        place: number.to_string(),
        unit: "persons",
        whole: true,
    };
    Layout {
        policy: policy.to_owned(),
        years: (2018..=2040).collect(),
        series: (0..series).map(of).collect(),
    }
}

/// The most memory that the process has held `[MiB]`.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() >> 10
}

#[test]
#[ignore = "takes a minute and a gigabyte of disk"]
fn memory_does_not_follow_the_product_of_policies_series_years_and_replications() {
    let layouts = ["a", "b", "c", "d", "e"].map(|policy| layout(policy, 120));
    let shape = RunShape {
        fingerprint: Fingerprint::of(b"scale"),
        years: 23,
        policies: layouts.iter().map(Layout::shape).collect(),
    };
    let folder = tempfile::tempdir().unwrap();
    let stop = AtomicBool::new(false);
    let workers = Workers::start(None, &stop).unwrap();
    let plan = BatchPlan { folder: folder.path(), shape: &shape, blocks: batch::blocks(10_000) };
    let simulate = |replication: u32, (): &mut ()| {
        let value = |place: u32| f64::from((place * 31 + replication * 17) % 991);
        let of_policy = |layout: &Layout| (0..).map(value).take(layout.len()).collect();
        Ok::<_, std::io::Error>(layouts.iter().map(of_policy).collect())
    };
    batch::run(&workers, &plan, || (), simulate, &Silent).unwrap();
    println!("peak after the batch: {} MiB", peak());
    let archive = Archive::open(folder.path(), &shape, 0..10_000).unwrap();
    let toy = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/toy");
    let payers = Scenario::loader(&toy).load().unwrap().payers;
    let results = Results {
        layouts: &layouts,
        policies: &[],
        payers: &payers,
        design: Design::blocks_of(5),
        baseline: 0,
        archive: &archive,
        workers: &workers,
        working_set: WORKING_SET,
    };
    let started = std::time::Instant::now();
    let yearly = summary::summarise(&results).unwrap();
    println!("{} rows in {:?}, peak {} MiB", yearly.len(), started.elapsed(), peak());
    let compared = comparison::compare(&results).unwrap();
    println!("{} rows in {:?}, peak {} MiB", compared.len(), started.elapsed(), peak());
    // All values as numbers would take a gigabyte.
    assert!(peak() < 200, "{} MiB", peak());
}

/// With room for a single column at a time, every table has the rows that it has with room for all.
#[test]
fn what_is_computed_does_not_depend_on_the_room_in_memory() {
    let place = Place::new();
    let until = Some(2020);
    let scenario = Scenario::loader(&place.path("mine")).until(until).load().unwrap();
    let arguments = Arguments {
        replications: Some(24),
        replaced: ChangeArguments { until, ..ChangeArguments::default() },
        ..Arguments::default()
    };
    let recipe = run::recipe(&scenario, &arguments).unwrap();
    let engine = StudyEngine::new(&recipe.scenario);
    let stop = AtomicBool::new(false);
    let workers = Workers::start(None, &stop).unwrap();
    let job = Job::new(&recipe, &engine, &workers);
    let folder = tempfile::tempdir().unwrap();
    let plan = BatchPlan { folder: folder.path(), shape: &job.shape, blocks: batch::blocks(24) };
    let simulate =
        |replication: u32, workspace: &mut _| job.engine.simulate(replication, workspace);
    batch::run(&workers, &plan, || job.engine.workspace(), simulate, &Silent).unwrap();

    let archive = Archive::open(folder.path(), &job.shape, 0..24).unwrap();
    let uncertainty = Uncertainty::of(&recipe.scenario);
    let discounting = Discounting::of(&recipe.scenario);
    let rows = |results: &Results<'_>| {
        let column = |parameter| uncertainty.column(parameter, 0..24);
        [
            format!("{:?}", summary::summarise(results).unwrap()),
            format!("{:?}", comparison::compare(results).unwrap()),
            format!("{:?}", pairs::pairs(results, discounting, true).unwrap()),
            format!("{:?}", additionality::additionality(results, &[]).unwrap()),
            format!("{:?}", appraisal::appraise(results, discounting).unwrap()),
            {
                let parameters = recipe.scenario.register.len();
                let acts = |_, _| true;
                let rows = sensitivity::sensitivity(results, parameters, column, acts, &[3]);
                format!("{:?}", rows.unwrap())
            },
        ]
    };
    let ample = job.results(&archive);
    let scarce = Results { working_set: 1, ..ample };
    for (ample, scarce) in rows(&ample).iter().zip(rows(&scarce)) {
        assert!(ample.len() > 1_000, "{ample}");
        assert_eq!(*ample, scarce);
    }
}
