//! One replication of one policy: what happens year by year.
//!
//! ```text
//! cargo run --example one_replication [SCENARIO] [POLICY]
//! ```

#![expect(clippy::print_stdout, reason = "an example prints what it finds")]

use std::error::Error;
use std::path::PathBuf;

use yangjae::Scenario;
use yangjae::Study;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "scenarios/toy".to_owned()));
    let policy = arguments.next().unwrap_or_else(|| "hub".to_owned());
    let scenario = Scenario::loader(&folder).load()?;
    let study = Study::of(&scenario);
    let place = study.place(&policy).ok_or_else(|| format!("there is no policy `{policy}`"))?;

    println!("year  firms  jobs  raised [KRW m]");
    study.watch(place, 0, false, |year, simulation| {
        let stocks = simulation.stocks();
        let [jobs, _] = stocks.jobs(&scenario.district.areas);
        println!("{year}  {:5}  {jobs:4}  {:14}", stocks.all_firms(), stocks.raised());
    })?;
    Ok(())
}
