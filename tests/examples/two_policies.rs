//! Two policies compared: jobs that one adds to the other, replication by replication with the same draws.
//!
//! ```text
//! cargo run --example two_policies [SCENARIO] [POLICY]
//! ```

#![expect(clippy::print_stdout, reason = "an example prints what it finds")]

use std::error::Error;
use std::path::PathBuf;

use yangjae::Design;
use yangjae::Estimate;
use yangjae::Scenario;
use yangjae::Study;
use yangjae::Table;
use yangjae::Workspace;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "scenarios/toy".to_owned()));
    let policy = arguments.next().unwrap_or_else(|| "hub".to_owned());
    let scenario = Scenario::loader(&folder).load()?;
    let study = Study::of(&scenario);
    let place = study.place(&policy).ok_or_else(|| format!("there is no policy `{policy}`"))?;

    // Values come series by series, year by year; the baseline is the first policy of a study.
    let layouts = study.layouts();
    let jobs = |policy: usize, values: &[Vec<f64>]| {
        let layout = &layouts[policy];
        let series = layout.position(Table::Metric, "jobs", "city")?;
        values[policy].get((series + 1) * layout.years.len() - 1).copied()
    };
    let mut workspace = Workspace::default();
    let mut differences = Vec::new();
    for replication in 0..scenario.replications {
        let values = study.replicate(replication, &mut workspace)?;
        if let (Some(with), Some(without)) = (jobs(place, &values), jobs(0, &values)) {
            differences.push(with - without);
        }
    }
    let found = Estimate::of(&differences, Design::of_run(&scenario)).ok_or("no replications")?;
    println!(
        "jobs in the city in {}: {policy} adds {:+.1}, standard deviation {:.1} over {} replications",
        scenario.last_year,
        found.mean,
        found.sd.unwrap_or_default(),
        found.replications
    );
    Ok(())
}
