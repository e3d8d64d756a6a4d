//! A statistical screen of draws in the orders in which an engine makes them.
//!
//! Every tolerance is [`SIGMAS`] standard deviations of the statistic under true randomness; with
//! some 80 statistics per order and fixed seeds, a sound generator passes and stays passing.

use super::*;
use crate::random::Purpose;

/// Standard deviations that a statistic may stray: two-sided, 6 in ten million.
const SIGMAS: f64 = 5.0;

fn screen(name: &str, words: &[u64]) {
    let count = words.len() as f64;
    for bit in 0..64 {
        let ones = words.iter().filter(|&word| word >> bit & 1 == 1).count() as f64;
        let sigmas = (ones - count / 2.0) / (count / 4.0).sqrt();
        assert!(sigmas.abs() < SIGMAS, "{name}: bit {bit} is set {ones} times in {count}");
    }

    for shift in [56, 28, 0] {
        let cells = words.iter().map(|word| word >> shift & 255);
        check_equidistribution(&format!("{name}, bits from {shift}"), cells);
    }
    for lag in [1, 2] {
        let neighbours = || words.iter().zip(&words[lag..]);
        let upper = neighbours().map(|(first, second)| first >> 60 << 4 | second >> 60);
        check_equidistribution(&format!("{name}, pairs at lag {lag}"), upper);
        let lower = neighbours().map(|(first, second)| (first & 15) << 4 | second & 15);
        check_equidistribution(&format!("{name}, low pairs at lag {lag}"), lower);

        let centred = |word: &u64| open_unit(*word) - 0.5;
        let sum: f64 = neighbours().map(|(a, b)| centred(a) * centred(b)).sum();
        // Each product has variance 1/144.
        let sigmas = sum * 12.0 / (count - lag as f64).sqrt();
        assert!(sigmas.abs() < SIGMAS, "{name}: correlation at lag {lag}, {sigmas} sigma");
    }
}

/// Compares counts in 256 cells with equal ones (Wilson and Hilferty's normal approximation).
fn check_equidistribution(name: &str, cells: impl Iterator<Item = u64>) {
    let mut counts = [0u32; 256];
    for cell in cells {
        counts[usize::try_from(cell).unwrap()] += 1;
    }
    let expected = f64::from(counts.iter().sum::<u32>()) / 256.0;
    let chi_square: f64 =
        counts.iter().map(|&count| (f64::from(count) - expected).powi(2) / expected).sum();
    let spread = 2.0 / (9.0 * 255.0);
    let sigmas = (libm::cbrt(chi_square / 255.0) - (1.0 - spread)) / spread.sqrt();
    assert!(sigmas.abs() < SIGMAS, "{name}: chi-square {chi_square}, {sigmas} sigma");
}

#[test]
fn over_entities() {
    for stride in [1, 1 << 20, GAMMA] {
        let world = Key::world(1, 0);
        let ids = (0..200_000u64).map(|id| id.wrapping_mul(stride));
        let words: Vec<u64> = ids.map(|id| world.entity(id).word(2026, Purpose::Exit)).collect();
        screen("entities", &words);
    }
}

#[test]
fn over_years_of_one_entity() {
    for id in 0..3 {
        let firm = Key::world(1, 0).entity(id);
        let words: Vec<u64> = (0..u16::MAX).map(|year| firm.word(year, Purpose::Exit)).collect();
        screen("years", &words);
    }
}

#[test]
fn over_replications() {
    for seed in 0..3 {
        let keys = (0..200_000).map(|replication| Key::world(seed, replication).entity(5));
        let words: Vec<u64> = keys.map(|key| key.word(2026, Purpose::Exit)).collect();
        screen("replications", &words);
    }
}

#[test]
fn over_purposes() {
    let world = Key::world(1, 0);
    let addresses = (0..4_000).flat_map(|id| Purpose::ALL.map(|purpose| (id, purpose)));
    let words: Vec<u64> =
        addresses.map(|(id, purpose)| world.entity(id).word(2026, purpose)).collect();
    screen("purposes", &words);
}

#[test]
fn over_areas() {
    let world = Key::world(1, 0);
    let addresses = (0..20_000).flat_map(|id| (1..=12).map(move |area| (id, area)));
    let words: Vec<u64> = addresses
        .map(|(id, area)| world.entity(id).word(2026, Purpose::Taste.for_area(area)))
        .collect();
    screen("areas", &words);
}

#[test]
fn over_seeds() {
    let keys = (0..200_000).map(|seed| Key::world(seed, 0));
    let words: Vec<u64> = keys.map(|key| key.word(2026, Purpose::Climate)).collect();
    screen("seeds", &words);
}

/// One bit changed in an id changes every bit of the draw half of the time.
#[test]
fn draws_avalanche() {
    let world = Key::world(1, 0);
    let draw = |id| world.entity(id).word(2026, Purpose::Exit);
    let count = 20_000u64;
    for bit in 0..64 {
        let changed: u32 = (0..count).map(|id| (draw(id) ^ draw(id ^ 1 << bit)).count_ones()).sum();
        let total = count as f64 * 64.0;
        // Pairs may be counted twice, which doubles the variance.
        let sigmas = (f64::from(changed) - total / 2.0) / (total / 2.0).sqrt();
        assert!(sigmas.abs() < SIGMAS, "bit {bit}: {sigmas} sigma");
    }
}
