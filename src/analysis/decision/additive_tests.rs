use crate::random::Key;
use crate::random::Purpose;

use super::*;

#[test]
fn folds_are_whole_blocks_where_there_are_enough() {
    let found = folds(200, Design::blocks_of(20));
    assert_eq!(found.len(), 10);
    assert!(found.iter().all(|fold| fold.len() == 20 && fold.start % 20 == 0));
    let found = folds(205, Design::blocks_of(50));
    assert_eq!(found, [0..50, 50..100, 100..150, 150..200, 200..205]);
    // Too few blocks: by replication.
    assert_eq!(folds(30, Design::blocks_of(20)).len(), 10);
    assert_eq!(folds(10_000, Design::INDEPENDENT).len(), 5);
}

/// Uniform draws by parameter.
fn draws(count: u64, parameters: u64) -> Vec<Vec<f64>> {
    let draw =
        |row, parameter| Key::world(5, row).entity(parameter).uniform(0, Purpose::Analysis) - 0.5;
    (0..parameters).map(|parameter| (0..count).map(|row| draw(row, parameter)).collect()).collect()
}

#[test]
fn a_sum_with_a_product_is_found_without_noise() {
    let draws = draws(200, 40);
    let slices: Vec<&[f64]> = draws.iter().map(Vec::as_slice).collect();
    let model = Additive::of(&slices, Design::INDEPENDENT).unwrap();
    let truth = |row: usize| {
        let at = |parameter: usize| draws[parameter][row];
        3.0 + 2.0 * at(3) - at(7) + 4.0 * at(3) * at(7)
    };
    let outcome: Vec<f64> = (0..200).map(truth).collect();
    for fold in [None, Some(4)] {
        let fitted = model.fit(&outcome, fold, None);
        for (row, fitted) in fitted.iter().enumerate() {
            assert!((fitted - outcome[row]).abs() < 1e-6, "{row} {fitted} {}", outcome[row]);
        }
    }
}

#[test]
fn copies_and_constants_do_no_harm() {
    let mut draws = draws(60, 3);
    draws.push(draws[0].clone());
    draws.push(vec![1.0; 60]);
    let slices: Vec<&[f64]> = draws.iter().map(Vec::as_slice).collect();
    let model = Additive::of(&slices, Design::INDEPENDENT).unwrap();
    let outcome: Vec<f64> = draws[0].iter().map(|x| 5.0 * x + 1.0).collect();
    let fitted = model.fit(&outcome, Some(0), Some(0..6));
    assert!(fitted.iter().zip(&outcome).all(|(one, other)| (one - other).abs() < 1e-9));
    assert!(model.fit(&[2.0; 60], None, None).iter().all(|it| (it - 2.0).abs() < 1e-12));
    assert!(Additive::of(&[&[1.0; 60]], Design::INDEPENDENT).is_none());
    assert!(Additive::of(&[&draws[0][..19]], Design::INDEPENDENT).is_none());
    assert!(Additive::of(&[], Design::INDEPENDENT).is_none());
}
