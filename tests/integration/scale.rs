//! The size of a large run: asked for by hand, as it takes a minute and a gigabyte.
//!
//! `cargo test --test integration -- --ignored --nocapture memory`

use std::sync::atomic::AtomicBool;

use yangjae::analysis::comparison;
use yangjae::analysis::layout::Layout;
use yangjae::analysis::layout::Series;
use yangjae::analysis::layout::Table;
use yangjae::analysis::results::Results;
use yangjae::analysis::summary;
use yangjae::experiment::batch;
use yangjae::experiment::batch::BatchPlan;
use yangjae::experiment::batch::Silent;
use yangjae::experiment::batch::Workers;
use yangjae::experiment::block::RunShape;
use yangjae::experiment::block::archive::Archive;
use yangjae::experiment::fingerprint::Fingerprint;

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

/// The most memory that the process has held [MiB].
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
    let results = Results { layouts: &layouts, baseline: 0, archive: &archive, workers: &workers };
    let started = std::time::Instant::now();
    let yearly = summary::summarise(&results).unwrap();
    println!("{} rows in {:?}, peak {} MiB", yearly.len(), started.elapsed(), peak());
    let compared = comparison::compare(&results).unwrap();
    println!("{} rows in {:?}, peak {} MiB", compared.len(), started.elapsed(), peak());
    // All values as numbers would take a gigabyte.
    assert!(peak() < 200, "{} MiB", peak());
}
