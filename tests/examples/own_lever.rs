//! A lever of one's own: a wage subsidy that no file holds is added to a policy, and what it adds is told.
//!
//! ```text
//! cargo run --example own_lever
//! ```
//!
//! A further KIND of lever is a file in `src/policy/levers/` instead; see CONTRIBUTING.md.

#![expect(clippy::print_stdout, reason = "an example prints what it finds")]

use std::error::Error;
use std::path::Path;

use yangjae::Scenario;
use yangjae::Study;
use yangjae::Table;
use yangjae::Workspace;

const SUBSIDY: &str = r#"
title = "Ten places and a wage subsidy"
title_ko = "입주 공간 열 곳과 임금 보조"
description = "As hub, with half the wage of each specialist whom a young firm of the district hires."
extends = "hub"

[levers.wages]
kind = "wage-subsidy"
from = 2025-01-01
payer = "city"
source = "an example"
share = 0.5                  # of the wage of a hire
budget = 500                 # KRW m a year
longest_age = 7              # years of a firm
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new("scenarios/toy");
    let scenario = Scenario::loader(folder).policy("subsidy", SUBSIDY).load()?;

    let study = Study::of(&scenario);
    let layouts = study.layouts();
    let mut workspace = Workspace::default();
    let mut sums = vec![0.0; layouts.len()];
    for replication in 0..scenario.replications {
        for (place, values) in study.replicate(replication, &mut workspace)?.iter().enumerate() {
            let layout = &layouts[place];
            let series = layout.position(Table::Metric, "jobs", "city").ok_or("no jobs")?;
            sums[place] += values[(series + 1) * layout.years.len() - 1];
        }
    }
    for (layout, sum) in layouts.iter().zip(sums) {
        let mean = sum / f64::from(scenario.replications);
        println!("{}: {mean:.1} jobs in the city in {}", layout.policy, scenario.last_year);
    }
    Ok(())
}
