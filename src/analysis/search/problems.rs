//! Problems whose fronts are known, for tests.
//!
//! # Source
//!
//! Zitzler, Deb and Thiele (2000), Evolutionary Computation 8, 173–195.

/// ZDT1 with its signs turned: the front is f2 = 1 − √f1.
pub(super) fn zdt1(genome: &[f64]) -> Vec<f64> {
    zdt(genome, |ratio| 1.0 - ratio.sqrt())
}

/// ZDT2 with its signs turned: the front is f2 = 1 − f1².
pub(super) fn zdt2(genome: &[f64]) -> Vec<f64> {
    zdt(genome, |ratio| 1.0 - ratio * ratio)
}

fn zdt(genome: &[f64], shape: fn(f64) -> f64) -> Vec<f64> {
    let others = &genome[1..];
    let distance = 1.0 + 9.0 * others.iter().sum::<f64>() / others.len() as f64;
    vec![-genome[0], -distance * shape(genome[0] / distance)]
}
