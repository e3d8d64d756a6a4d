//! The reduced model of `benches/reduced`: the engine and the hand-written loop are one model.

use std::path::Path;

use yangjae::analysis::layout::Table;
use yangjae::pipeline::engine::Engine;
use yangjae::pipeline::study::StudyEngine;
use yangjae::scenario::Scenario;

#[path = "../../benches/hand_written/mod.rs"]
mod hand_written;

use hand_written::HandWritten;
use hand_written::METRICS;
use hand_written::Workspace;

/// Replications of each: the two have draws of their own, so only their moments can agree.
const REPLICATIONS: u32 = 60;

/// Mean and variance of the mean.
fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, squares / (count - 1.0) / count)
}

/// In every year the means of all six metrics agree within what sampling allows: 120 comparisons
/// at 4.5 standard errors of the difference, which all hold with a probability of 0.999.
#[test]
fn the_engine_and_the_hand_written_loop_have_the_same_moments() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/reduced");
    let scenario = Scenario::loader(&folder).load().unwrap();
    let engine = StudyEngine::new(&scenario);
    let layout = engine.layouts().swap_remove(0);
    let mut workspace = engine.workspace();
    let simulated: Vec<Vec<f64>> = (0..REPLICATIONS)
        .map(|number| engine.simulate(number, &mut workspace).unwrap().swap_remove(0))
        .collect();
    let model = HandWritten::new(&scenario);
    let mut firms = Workspace::default();
    let by_hand: Vec<Vec<f64>> =
        (0..2 * REPLICATIONS).map(|number| model.replicate(number, &mut firms)).collect();

    let years = layout.years.len();
    for (place, metric) in METRICS.into_iter().enumerate() {
        let series = layout.position(Table::Metric, metric, "city").unwrap();
        for (index, year) in layout.years.iter().enumerate() {
            let at = |all: &[Vec<f64>], series: usize| -> (f64, f64) {
                let column: Vec<f64> = all.iter().map(|one| one[series * years + index]).collect();
                mean_and_error(&column)
            };
            let (ours, our_error) = at(&simulated, series);
            let (theirs, their_error) = at(&by_hand, place);
            let allowed = 4.5 * (our_error + their_error).sqrt();
            assert!(
                (ours - theirs).abs() <= allowed,
                "{metric} {year}: {ours} and {theirs} differ by more than {allowed}"
            );
        }
    }
}
