//! Boxes of PRIM and leaves of CART. `check_prim.py` compares them with those of EMA Workbench on
//! the data of Bryant and Lempert (2010), which are not part of this program.

use crate::random::Key;
use crate::random::Purpose;

use super::*;
use crate::analysis::decision::boxes::prim::Settings;

fn uniform(seed: u64, replication: usize, number: u64) -> f64 {
    Key::world(seed, replication as u64).entity(number).uniform(0, Purpose::Analysis)
}

fn draws(seed: u64, parameters: u64, replications: usize) -> Vec<Vec<f64>> {
    let of = |parameter| (0..replications).map(|it| uniform(seed, it, parameter)).collect();
    (0..parameters).map(of).collect()
}

fn cases_of(draws: &[Vec<f64>], is_case: impl Fn(&[f64]) -> bool) -> Vec<bool> {
    let values = |it: usize| draws.iter().map(|values| values[it]).collect::<Vec<_>>();
    (0..draws[0].len()).map(|it| is_case(&values(it))).collect()
}

/// Four parameters on a lattice of 400 points, the last in whole numbers, and cases in a corner and
/// a few elsewhere. Whole numbers make it, so that other programs make the same.
fn lattice() -> (Vec<Vec<f64>>, Vec<bool>) {
    let of = |factor: u32| (1..=400).map(|it| f64::from(it * factor % 1_009) / 1_009.0).collect();
    let mut draws: Vec<Vec<f64>> = [611, 389, 157, 877].map(of).to_vec();
    for value in &mut draws[3] {
        *value = (*value * 8.0).floor();
    }
    let is_case = |it: u32| {
        let place = it as usize - 1;
        let is_inside = draws[0][place] > 0.55 && draws[1][place] < 0.6;
        (is_inside && it * it % 7 < 4) || (it * 17).is_multiple_of(23)
    };
    let cases = (1..=400).map(is_case).collect();
    (draws, cases)
}

/// A grid of 20 × 20 points, a constant, and a parameter without meaning; cases where the first
/// is above 0.7 and the second below 0.3.
fn grid() -> (Vec<Vec<f64>>, Vec<bool>) {
    let step = |number: u32| f64::from(number) / 20.0 + 0.025;
    let draws = vec![
        (0..400).map(|it| step(it / 20)).collect(),
        (0..400).map(|it| step(it % 20)).collect(),
        vec![3.5; 400],
        (0..400).map(|it| uniform(5, it, 0)).collect(),
    ];
    let cases = cases_of(&draws, |values| values[0] > 0.7 && values[1] < 0.3);
    (draws, cases)
}

fn find(draws: &[Vec<f64>], cases: &[bool]) -> Vec<Found> {
    let inputs = Inputs::new(draws).unwrap();
    prim::find(&inputs, cases, &Settings::default()).unwrap()
}

fn trajectory(draws: &[Vec<f64>], cases: &[bool]) -> Vec<Found> {
    let inputs = Inputs::new(draws).unwrap();
    prim::trajectory(&inputs, cases, &Settings::default()).unwrap()
}

fn leaves(draws: &[Vec<f64>], cases: &[bool]) -> Vec<Found> {
    cart::leaves(&Inputs::new(draws).unwrap(), cases, cart::LEAST_MASS, 1.0).unwrap()
}

fn is_close(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-6 * expected.abs()
}

/// Cases and replications of each.
fn sizes(found: &[Found]) -> Vec<(usize, usize)> {
    found.iter().map(|it| (it.cases, it.replications)).collect()
}

/// The trajectory of EMA Workbench 2.5.3 (`Prim(x, y, threshold=0.1, peel_alpha=0.1)`),
/// here with equal values and limits on both sides of a parameter.
#[test]
fn peeling_agrees_with_another_program() {
    let (draws, cases) = lattice();
    let found = trajectory(&draws, &cases);
    let expected = [
        (90, 400),
        (89, 360),
        (88, 324),
        (87, 291),
        (86, 261),
        (85, 234),
        (84, 210),
        (84, 189),
        (83, 170),
        (81, 153),
        (81, 137),
        (79, 123),
        (78, 110),
        (74, 99),
        (67, 89),
        (57, 74),
        (52, 66),
        (40, 49),
        (37, 44),
        (29, 34),
        (26, 30),
        (24, 27),
        (22, 24),
        (20, 21),
    ];
    assert_eq!(sizes(&found)[..24], expected);
    // Box 19: the limits, and the larger quasi-p of both sides.
    let expected = [
        (0, Some(0.573_339_940_535_183_3), None, 1.389_600_922_510_170_1e-9),
        (1, None, Some(0.600_099_108_027_750_2), 1.269_578_630_405_435_5e-5),
        (2, Some(0.209_117_938_553_022_8), None, 0.101_090_847_692_224_5),
        (3, Some(0.5), Some(4.5), 0.266_406_587_412_403_75),
    ];
    for (limit, (parameter, low, high, quasi_p)) in found[19].limits.iter().zip(expected) {
        assert_eq!(limit.parameter, parameter);
        assert_eq!((limit.low.is_some(), limit.high.is_some()), (low.is_some(), high.is_some()));
        for (found, expected) in [(limit.low, low), (limit.high, high)] {
            assert!(found.zip(expected).is_none_or(|(one, other)| (one - other).abs() < 1e-12));
        }
        assert!(is_close(limit.quasi_p, quasi_p), "{limit:?}");
    }
    assert_eq!(found[19].limits.len(), 4);
    // Pasting then raises the density, by a rule of our own.
    assert!(found[24..].iter().all(|it| it.density > found[23].density));
}

/// The corner is above 0.55 and below 0.6.
#[test]
fn the_chosen_box_is_near_the_corner_without_chance_limits() {
    let (draws, cases) = lattice();
    let found = &find(&draws, &cases)[0];
    let [first, second] = &found.limits[..] else { panic!("{found:?}") };
    assert_eq!((first.parameter, first.high, second.parameter, second.low), (0, None, 1, None));
    assert!((first.low.unwrap() - 0.55).abs() < 0.005, "{found:?}");
    assert!((second.high.unwrap() - 0.6).abs() < 0.005, "{found:?}");
    assert_eq!((found.cases, found.replications), (78, 105));
}

/// The leaves of scikit-learn 1.9.1's `DecisionTreeClassifier(min_samples_leaf=20)`, the same for
/// each of three seeds by which it chooses between equal cuts.
#[test]
fn the_tree_agrees_with_another_program() {
    let (draws, cases) = lattice();
    let found = leaves(&draws, &cases);
    let expected = [(0, 191), (7, 32), (24, 29), (13, 21), (17, 20), (25, 35), (0, 43), (4, 29)];
    assert_eq!(sizes(&found), expected);
    let last: Vec<_> = found[7].limits.iter().map(|it| (it.parameter, it.low, it.high)).collect();
    let [(0, Some(first), None), (1, Some(second), None), (3, Some(third), None)] = last[..] else {
        panic!("{last:?}")
    };
    // Single precision there.
    assert!((first - 0.559_464_8).abs() < 1e-6);
    assert!((second - 0.607_036_7).abs() < 1e-6);
    assert!((third - 4.5).abs() < 1e-12);
}

#[test]
fn a_rectangle_of_cases_is_found_exactly() {
    let (draws, cases) = grid();
    let found = find(&draws, &cases);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].cases, found[0].replications), (36, 36));
    assert!((found[0].mass - 0.09).abs() < 1e-12);
    let [first, second] = &found[0].limits[..] else { panic!("{found:?}") };
    assert_eq!((first.parameter, first.high, second.parameter, second.low), (0, None, 1, None));
    assert!((first.low.unwrap() - 0.7).abs() < 1e-12);
    assert!((second.high.unwrap() - 0.3).abs() < 1e-12);
    assert!(first.quasi_p < 1e-10 && second.quasi_p < 1e-10);

    let leaves = leaves(&draws, &cases);
    let best = leaves.iter().find(|it| it.cases > 0).unwrap();
    assert_eq!(best.limits, found[0].limits);
    assert!((best.coverage - 1.0).abs() < 1e-12 && (best.density - 1.0).abs() < 1e-12);
}

/// Of 1 to 10, the last three are cases: one value a peel, and without the limit 3 of 10.
#[test]
fn a_trajectory_by_hand() {
    let draws = [(1..=10).map(f64::from).collect::<Vec<_>>()];
    let cases = cases_of(&draws, |values| values[0] > 7.5);
    let found = trajectory(&draws, &cases);
    let expected: Vec<_> = (3..=10).rev().map(|count| (3, count)).collect();
    assert_eq!(sizes(&found), expected);
    assert!(found[0].limits.is_empty());
    for (step, it) in (0..).zip(&found).skip(1) {
        let [limit] = &it.limits[..] else { panic!("{it:?}") };
        assert!((limit.low.unwrap() - (f64::from(step) + 0.5)).abs() < 1e-12);
        assert_eq!(limit.high, None);
    }
    assert!((found[7].limits[0].quasi_p - 0.027).abs() < 1e-12);
    let leaves = leaves(&draws, &cases);
    assert_eq!(sizes(&leaves), [(0, 7), (3, 3)]);
    assert_eq!((leaves[0].limits[0].high, leaves[1].limits[0].low), (Some(7.5), Some(7.5)));
}

#[test]
fn two_regions_give_two_boxes() {
    let draws = draws(11, 4, 1_000);
    let is_case = |values: &[f64]| {
        (values[0] > 0.75 && values[1] > 0.75) || (values[0] < 0.3 && values[2] < 0.3)
    };
    let found = find(&draws, &cases_of(&draws, is_case));
    let coverage: f64 = found.iter().map(|it| it.coverage).sum();
    assert!(coverage > 0.9 && coverage <= 1.0 + 1e-12, "{found:?}");
    let limited = |it: &Found| it.limits.iter().map(|it| it.parameter).collect::<Vec<_>>();
    assert_eq!([limited(&found[0]), limited(&found[1])], [vec![0, 2], vec![0, 1]]);
    assert!(found[..2].iter().all(|it| it.density > 0.85), "{found:?}");
}

/// A limit on both sides, found with draws that are whole numbers.
#[test]
fn a_range_of_whole_numbers_is_found() {
    let mut draws = draws(12, 3, 600);
    for value in &mut draws[1] {
        *value = (*value * 10.0).floor();
    }
    let cases = cases_of(&draws, |values| (4.0..=5.0).contains(&values[1]));
    let found = find(&draws, &cases);
    let [limit] = &found[0].limits[..] else { panic!("{found:?}") };
    assert_eq!((limit.parameter, limit.low, limit.high), (1, Some(3.5), Some(5.5)));
    assert!((found[0].coverage - 1.0).abs() < 1e-12 && (found[0].density - 1.0).abs() < 1e-12);
    assert_eq!(found.len(), 1);
}

#[test]
fn shares_are_of_what_the_limits_hold() {
    let (draws, cases) = lattice();
    let all = cases.iter().filter(|&&case| case).count() as f64;
    let mut taken = vec![false; 400];
    let count = |of: &Found, taken: &mut [bool]| {
        let mut count = (0, 0);
        for (it, taken) in taken.iter_mut().enumerate() {
            let values: Vec<f64> = draws.iter().map(|values| values[it]).collect();
            if of.holds(&values) && !*taken {
                *taken = true;
                count = (count.0 + usize::from(cases[it]), count.1 + 1);
            }
        }
        count
    };
    // A replication in two boxes counts in the first.
    for found in find(&draws, &cases) {
        assert_eq!(count(&found, &mut taken), (found.cases, found.replications));
        assert!((found.coverage - found.cases as f64 / all).abs() < 1e-12);
        assert!((found.density * found.replications as f64 - found.cases as f64).abs() < 1e-9);
        assert!((found.mass - found.replications as f64 / 400.0).abs() < 1e-12);
        assert!(found.limits.iter().all(|limit| (0.0..=0.05).contains(&limit.quasi_p)));
    }
    // Leaves hold every replication once.
    taken.fill(false);
    for leaf in leaves(&draws, &cases) {
        assert_eq!(count(&leaf, &mut taken), (leaf.cases, leaf.replications));
        assert!(leaf.replications >= 20);
    }
    assert!(!taken.contains(&false));
}

#[test]
fn the_order_of_replications_and_the_unit_do_not_matter() {
    let (mut draws, mut cases) = lattice();
    let before = find(&draws, &cases);
    for values in &mut draws {
        values.reverse();
        for value in values.iter_mut() {
            *value = *value * 4.0 + 8.0;
        }
    }
    cases.reverse();
    let after = find(&draws, &cases);
    assert_eq!(sizes(&before), sizes(&after));
    for (one, other) in before.iter().zip(&after) {
        for (one, other) in one.limits.iter().zip(&other.limits) {
            assert!((one.quasi_p - other.quasi_p).abs() < 1e-12);
            let low = one.low.zip(other.low);
            assert!(low.is_none_or(|(low, other)| (low * 4.0 + 8.0 - other).abs() < 1e-9));
        }
    }
}

#[test]
fn nothing_is_found_where_nothing_is_to_find() {
    let some = draws(13, 3, 20);
    let constant = vec![vec![1.0; 20]; 3];
    let mixed: Vec<bool> = (0..20).map(|it| it % 3 == 0).collect();
    for (draws, cases) in [(&some, vec![false; 20]), (&some, vec![true; 20]), (&constant, mixed)] {
        assert!(find(draws, &cases).is_empty());
        for whole in [trajectory(draws, &cases), leaves(draws, &cases)] {
            assert_eq!(whole.len(), 1);
            assert!(whole[0].limits.is_empty());
            assert_eq!(whole[0].replications, 20);
            assert!([whole[0].coverage, whole[0].density].iter().all(|it| it.is_finite()));
        }
    }
}

#[test]
fn few_replications_give_no_error_and_no_nan() {
    for count in 0..=20 {
        let draws = draws(14, 3, count);
        let cases: Vec<bool> = draws[0].iter().map(|&value| value > 0.6).collect();
        let (boxes, all, leaves) =
            (find(&draws, &cases), trajectory(&draws, &cases), leaves(&draws, &cases));
        for it in boxes.iter().chain(&all).chain(&leaves) {
            for share in [it.coverage, it.density, it.mass] {
                assert!((0.0..=1.0).contains(&share), "{it:?}");
            }
            for limit in &it.limits {
                assert!((0.0..=1.0).contains(&limit.quasi_p), "{it:?}");
                assert!(limit.low.is_some() || limit.high.is_some());
            }
        }
        assert_eq!(all.is_empty(), count == 0);
        assert_eq!(leaves.iter().map(|it| it.replications).sum::<usize>(), count);
    }
    let none: [Vec<f64>; 0] = [];
    assert!(find(&none, &[]).is_empty());
}

/// The rate is near the 5 % of a limit; see the module of PRIM.
#[test]
fn cases_at_random_seldom_give_a_box() {
    let number = (0..100)
        .filter(|&seed| {
            let draws = draws(seed, 10, 200);
            let cases: Vec<bool> = (0..200).map(|it| uniform(seed, it, 9_999) < 0.2).collect();
            !find(&draws, &cases).is_empty()
        })
        .count();
    assert!(number <= 20, "{number}");
}

/// A clear rule is found in 20 replications.
#[test]
fn twenty_replications_are_enough_for_a_clear_rule() {
    let draws = draws(15, 3, 20);
    let found = find(&draws, &cases_of(&draws, |values| values[1] < 0.4));
    assert_eq!(found.len(), 1);
    let [limit] = &found[0].limits[..] else { panic!("{found:?}") };
    assert_eq!((limit.parameter, limit.low), (1, None));
    assert!((found[0].coverage - 1.0).abs() < 1e-12 && (found[0].density - 1.0).abs() < 1e-12);
}

/// Every first cut of a chessboard of four fields leaves both parts as mixed as the whole: a tree
/// that looks one cut ahead finds none.
#[test]
fn a_chessboard_has_no_first_cut() {
    let draws = vec![
        (0..400).map(|it| f64::from(it / 20)).collect::<Vec<_>>(),
        (0..400).map(|it| f64::from(it % 20)).collect(),
    ];
    let cases = cases_of(&draws, |values| (values[0] < 9.5) == (values[1] < 9.5));
    let leaves = leaves(&draws, &cases);
    assert_eq!(sizes(&leaves), [(200, 400)]);
}

#[test]
fn many_parameters_and_replications() {
    let draws = draws(16, 150, 10_000);
    let cases = cases_of(&draws, |values| values[70] > 0.6 && values[20] < 0.5);
    let inputs = Inputs::new(&draws).unwrap();
    let settings = Settings { boxes: 1, ..Settings::default() };
    let found = &prim::find(&inputs, &cases, &settings).unwrap()[0];
    assert_eq!(found.limits.iter().map(|it| it.parameter).collect::<Vec<_>>(), [20, 70]);
    assert!(found.coverage > 0.9 && found.density > 0.9, "{found:?}");
}

#[test]
fn unusual_settings_end() {
    let (draws, cases) = lattice();
    let inputs = Inputs::new(&draws).unwrap();
    for (peel, paste, least_mass) in
        [(0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (f64::NAN, f64::NAN, f64::NAN), (-1.0, -1.0, -1.0)]
    {
        let settings = Settings { peel, paste, least_mass, ..Settings::default() };
        let boxes = prim::find(&inputs, &cases, &settings).unwrap();
        assert!(boxes.len() <= settings.boxes);
        assert!(!cart::leaves(&inputs, &cases, least_mass, 1.0).unwrap().is_empty());
    }
}

#[test]
fn wrong_inputs_are_errors() {
    let uneven = [vec![1.0, 2.0], vec![1.0]];
    let expected = BoxError::Draws { parameter: 1, found: 1, expected: 2 };
    assert_eq!(Inputs::new(&uneven).err(), Some(expected));
    for value in [f64::NAN, f64::INFINITY] {
        let draws = [vec![1.0, value]];
        assert_eq!(Inputs::new(&draws).err(), Some(BoxError::NotFinite { parameter: 0 }));
    }
    let draws = [vec![1.0, 2.0]];
    let inputs = Inputs::new(&draws).unwrap();
    let expected = BoxError::Marks { found: 1, expected: 2 };
    assert_eq!(prim::find(&inputs, &[true], &Settings::default()), Err(expected));
    assert_eq!(prim::trajectory(&inputs, &[true], &Settings::default()), Err(expected));
    assert_eq!(cart::leaves(&inputs, &[true], 0.05, 1.0), Err(expected));
}

#[test]
fn a_middle_stays_apart_from_the_value_outside() {
    let next = 1.0f64.next_up();
    for (outside, inside) in [(1.0, next), (next, 1.0), (0.0, 1.0), (-f64::MAX, f64::MAX)] {
        let at = between(outside, inside);
        assert!(if outside < inside { outside < at } else { at < outside });
        assert!(at.is_finite());
    }
}
