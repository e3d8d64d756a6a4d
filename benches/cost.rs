//! What replications cost on one thread: a driver for `callgrind` and for ratios.
//!
//! `cargo bench --bench cost -- REPLICATIONS POLICIES [SCENARIO]` prints CPU time and firm-years,
//! and a digest of every value, by which two builds can be compared bit for bit.

#![expect(clippy::print_stdout, reason = "a program whose product is what it prints")]

use std::path::PathBuf;

use yangjae::analysis::layout::Table;
use yangjae::analysis::study::Workspace;
use yangjae::pipeline::engine::Engine;
use yangjae::pipeline::study::StudyEngine;
use yangjae::scenario::Scenario;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let mut number = |default: u32| {
        let given = arguments.next();
        given.map_or(default, |text| text.parse().expect("a whole number"))
    };
    let (replications, policies) = (number(1), number(u32::MAX));
    let shipped = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
    let folder = arguments.next().map_or(shipped, PathBuf::from);
    let mut scenario = Scenario::loader(&folder).load().expect("a valid scenario");
    scenario.policies.truncate(usize::try_from(policies).unwrap_or(usize::MAX));
    let engine = StudyEngine::new(&scenario);
    let layouts = engine.layouts();
    let mut workspace = Workspace::default();
    let (mut digest, mut firm_years) = (0xcbf2_9ce4_8422_2325_u64, 0.0);
    let begin = cpu_nanoseconds();
    for replication in 0..replications {
        let values = engine.simulate(replication, &mut workspace).expect("accounts that close");
        for (layout, values) in layouts.iter().zip(&values) {
            let firms = layout.position(Table::Metric, "firms", "city").unwrap_or(0);
            let years = layout.years.len();
            firm_years += values[firms * years..(firms + 1) * years].iter().sum::<f64>();
            for value in values {
                digest = (digest ^ value.to_bits()).wrapping_mul(0x0100_0000_01b3).rotate_left(29);
            }
        }
    }
    let spent = cpu_nanoseconds() - begin;
    let count = f64::from(replications) * layouts.len() as f64;
    println!(
        "{} policies x {replications} replications: {:.3} ms a simulation, {:.0} firm-years a simulation, {:.1} ns a firm-year, digest {digest:016x}",
        layouts.len(),
        spent / count / 1e6,
        firm_years / count,
        spent / firm_years,
    );
}

/// CPU time of this thread, which Linux keeps; elsewhere this driver has nothing to say.
fn cpu_nanoseconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    text.split(' ').next().and_then(|number| number.parse().ok()).expect("nanoseconds")
}
