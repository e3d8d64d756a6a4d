//! Moments of the reduced model, for the comparison of the peers with each other.

use std::fmt::Write;
use std::path::Path;

use yangjae::pipeline::engine::Engine;

use crate::hand_written::HandWritten;
use crate::hand_written::METRICS;
use crate::hand_written::Workspace;
use crate::studies;
use crate::studies::Bench;

/// Writes, for each metric and year, mean, standard deviation and quantiles over replications.
pub fn write(peer: &str, replications: u32, output: &Path) {
    let scenario = studies::reduced(120.0);
    let years = scenario.years().count();
    let all = match peer {
        "hand-written" => {
            let model = HandWritten::new(&scenario);
            let mut firms = Workspace::default();
            (0..replications).map(|number| model.replicate(number, &mut firms)).collect()
        }
        "engine" => engine(replications),
        other => panic!("no peer `{other}`: hand-written or engine"),
    };
    let mut table = "metric,year,mean,sd,p05,p50,p95\n".to_owned();
    for (place, metric) in METRICS.into_iter().enumerate() {
        for (index, year) in scenario.years().enumerate() {
            let at = place * years + index;
            let values: Vec<f64> = all.iter().map(|values: &Vec<f64>| values[at]).collect();
            writeln!(table, "{metric},{year},{}", moments(values)).expect("text has room");
        }
    }
    std::fs::write(output, table).expect("a file that can be written");
}

/// The six metrics of the engine, laid out as the hand-written loop does.
fn engine(replications: u32) -> Vec<Vec<f64>> {
    let bench = Bench::new(&studies::reduced(120.0));
    let mut workspace = bench.engine.workspace();
    (0..replications)
        .map(|number| {
            let values = bench.replicate(number, &mut workspace);
            METRICS.iter().flat_map(|metric| bench.city(&values, metric).to_vec()).collect()
        })
        .collect()
}

fn moments(mut values: Vec<f64>) -> String {
    values.sort_by(f64::total_cmp);
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>();
    let sd = (squares / (count - 1.0)).sqrt();
    let quantile = |share: f64| {
        let place = share * (count - 1.0);
        let (low, part) = (place.floor(), place.fract());
        let (below, above) = (values[low as usize], values[place.ceil() as usize]);
        below + (above - below) * part
    };
    format!("{mean},{sd},{},{},{}", quantile(0.05), quantile(0.5), quantile(0.95))
}
