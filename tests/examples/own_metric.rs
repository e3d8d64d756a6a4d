//! A metric of one's own: the share of the city's firms that have ten people or more.
//!
//! ```text
//! cargo run --example own_metric [SCENARIO]
//! ```
//!
//! What every run shall have is a row of `METRICS` instead; see CONTRIBUTING.md.

#![expect(clippy::print_stdout, reason = "an example prints what it finds")]

use std::error::Error;
use std::path::PathBuf;

use yangjae::Scenario;
use yangjae::Study;

const LARGE: i32 = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "scenarios/toy".to_owned());
    let scenario = Scenario::loader(&PathBuf::from(folder)).load()?;
    let study = Study::of(&scenario);
    for (place, policy) in study.policies().enumerate() {
        let mut shares = Vec::new();
        for replication in 0..scenario.replications {
            study.watch(place, replication, false, |year, simulation| {
                let district = simulation.world().district();
                let firms = [district.startups(), district.institutes()];
                let all: usize = firms.iter().map(|firms| firms.len()).sum();
                let large = firms.iter().flat_map(|firms| {
                    (0..firms.len()).filter(|&row| firms.headcount(row) >= LARGE)
                });
                if year == scenario.last_year && all > 0 {
                    shares.push(large.count() as f64 / all as f64);
                }
            })?;
        }
        let mean = shares.iter().sum::<f64>() / shares.len() as f64;
        println!("{}: {:.1} % of firms have {LARGE} people or more", policy.name, 100.0 * mean);
    }
    Ok(())
}
