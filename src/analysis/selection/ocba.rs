//! Spreads a budget of runs over systems that are simulated apart, so that the best is found as
//! probably as can be: optimal computing budget allocation.
//!
//! The shares are optimal as the budget grows. With a small one they give systems that look bad
//! next to nothing and find the best less often than equal runs would, so every system gets a floor
//! first.
//!
//! # Source
//!
//! Chen, Lin, Yücesan and Chick (2000), Discrete Event Dynamic Systems 10, 251–270; Chen and Lee
//! (2011), Stochastic Simulation Optimization, chapter 3.

/// A system as known so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct System {
    /// The mean of its runs, the larger the better.
    pub mean: f64,
    /// The standard deviation of its runs, in the same unit; 0 or more.
    pub sd: f64,
    /// What a run costs, above 0, in any unit.
    pub cost: f64,
    /// How many runs it has had.
    pub runs: usize,
}

impl System {
    /// Whether its numbers can be used.
    fn is_known(&self) -> bool {
        let finite = [self.mean, self.sd, self.cost].iter().all(|number| number.is_finite());
        finite && self.sd >= 0.0 && self.cost > 0.0
    }
}

/// What part of all runs each system is to have, summing to 1. Differences from the best below
/// `least_difference`, above 0, count as that: to tell apart what is alike would take all there is.
///
/// `None` without systems, or where a number is not finite or out of its range. Where no system
/// varies, equal shares.
///
/// # Formula
///
/// ```text
/// b the best, d_i its mean less that of i, s_i standard deviations, c_i costs:
///
/// n_i ∝ s_i² / d_i²,   n_b = s_b √( Σ over i ≠ b of (c_i / c_b) n_i² / s_i² )
/// ```
///
/// The costs follow from the same conditions for an optimum when Σ `c_i` `n_i` is the budget.
#[must_use]
pub fn shares(systems: &[System], least_difference: f64) -> Option<Vec<f64>> {
    let best = best(systems)?;
    let is_usable = least_difference > 0.0 && least_difference.is_finite();
    if !is_usable || !systems.iter().all(System::is_known) {
        return None;
    }
    // In units of the smallest difference, so that squares stay in range.
    let gap = |of: &System| (systems[best].mean - of.mean).max(least_difference);
    let others = || systems.iter().enumerate().filter(|&(place, _)| place != best);
    let nearest = others().map(|(_, of)| gap(of)).fold(f64::MAX, f64::min);
    let widest = systems.iter().map(|of| of.sd).fold(0.0, f64::max);
    let mut parts = vec![0.0; systems.len()];
    let mut squares = 0.0;
    for (place, of) in others() {
        let (gap, sd) = (gap(of) / nearest, of.sd / widest);
        parts[place] = sd * sd / (gap * gap);
        // n² / s², without a division by an sd of 0.
        squares += of.cost / systems[best].cost * parts[place] / (gap * gap);
    }
    parts[best] = systems[best].sd / widest * squares.sqrt();
    let total: f64 = parts.iter().sum();
    let is_finite = total.is_finite() && total > 0.0;
    let equal = 1.0 / systems.len() as f64;
    Some(parts.into_iter().map(|part| if is_finite { part / total } else { equal }).collect())
}

/// The system of the highest mean, the first of equals; `None` without systems.
fn best(systems: &[System]) -> Option<usize> {
    let higher = |best: usize, place: usize| {
        if systems[place].mean > systems[best].mean { place } else { best }
    };
    (0..systems.len()).reduce(higher)
}

/// How many further runs each system gets of a budget, in the unit of the costs: so many that
/// each has at least `floor` runs in all, and beyond that such that all runs, earlier ones among
/// them, come as near to [`shares`] as can be. Never costs more than the budget.
///
/// Where the budget does not reach every floor, the systems with the fewest runs come first.
///
/// `None` as in [`shares`], or where the budget is no finite number of 0 or more.
#[must_use]
pub fn allocate(
    systems: &[System],
    budget: f64,
    floor: usize,
    least_difference: f64,
) -> Option<Vec<usize>> {
    let shares = shares(systems, least_difference)?;
    if !budget.is_finite() || budget < 0.0 {
        return None;
    }
    let mut more = vec![0_usize; systems.len()];
    let mut rest = budget;
    let fewest = |more: &[usize], rest: f64| {
        let short = |&place: &usize| {
            systems[place].runs + more[place] < floor && systems[place].cost <= rest
        };
        (0..systems.len()).filter(short).min_by_key(|&place| systems[place].runs + more[place])
    };
    while let Some(place) = fewest(&more, rest) {
        more[place] += 1;
        rest -= systems[place].cost;
    }
    let have: Vec<f64> =
        systems.iter().zip(&more).map(|(of, &more)| (of.runs + more) as f64).collect();
    let wanted = filled(systems, &shares, &have, rest);
    let mut parts: Vec<(f64, usize)> = Vec::with_capacity(systems.len());
    for (place, (wanted, system)) in wanted.iter().zip(systems).enumerate() {
        // A whole number but for rounding is that number.
        let whole = (wanted + ROUNDING).floor();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 or more")]
        let runs = whole as usize;
        more[place] += runs;
        rest -= whole * system.cost;
        parts.push((wanted - whole, place));
    }
    // What is left goes to those that rounding took most from.
    parts.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    for (_, place) in parts.into_iter().filter(|part| part.0 > ROUNDING) {
        if systems[place].cost <= rest + ROUNDING {
            more[place] += 1;
            rest -= systems[place].cost;
        }
    }
    Some(more)
}

/// Runs that differ by less than this differ by rounding.
const ROUNDING: f64 = 1e-9;

/// How many further runs bring all runs to the shares, none below what systems have.
fn filled(systems: &[System], shares: &[f64], have: &[f64], budget: f64) -> Vec<f64> {
    let mut takes = vec![true; systems.len()];
    loop {
        let taking = || (0..systems.len()).filter(|&place| takes[place]);
        let spent: f64 = taking().map(|place| systems[place].cost * have[place]).sum();
        let price: f64 = taking().map(|place| systems[place].cost * shares[place]).sum();
        let level = if price > 0.0 { (budget + spent) / price } else { 0.0 };
        let wanted = |place: usize| level * shares[place] - have[place];
        let too_many: Vec<usize> = taking().filter(|&place| wanted(place) < 0.0).collect();
        if too_many.is_empty() {
            return (0..systems.len())
                .map(|place| if takes[place] { wanted(place) } else { 0.0 })
                .collect();
        }
        for place in too_many {
            takes[place] = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::selection::highest::probability_highest;

    const TINY: f64 = 1e-9;

    /// The standard case of Chen and Lee: ten designs, means 1 to 10, standard deviation 6, the
    /// smallest the best.
    fn standard(runs: usize) -> Vec<System> {
        (1..=10).map(|mean| System { mean: -f64::from(mean), sd: 6.0, cost: 1.0, runs }).collect()
    }

    fn probability(runs: &[f64]) -> f64 {
        let means: Vec<f64> = standard(0).iter().map(|of| of.mean).collect();
        let errors: Vec<f64> = runs.iter().map(|runs| 6.0 / runs.sqrt()).collect();
        probability_highest(&means, &errors, 0).unwrap()
    }

    #[test]
    fn the_standard_case_has_its_shares() {
        let expected = [
            0.403_175, 0.387_607, 0.096_902, 0.043_067, 0.024_225, 0.015_504, 0.010_767, 0.007_910,
            0.006_056, 0.004_785,
        ];
        let found = shares(&standard(0), TINY).unwrap();
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 6e-7, "{found} {expected}");
        }
        assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    /// Exact, by integration with `SciPy`: the shares lose against equal runs (0.666343) at 250 and
    /// win at 500 and 1,000 (0.776893 and 0.876755).
    #[test]
    fn the_shares_find_the_best_as_often_as_computed_elsewhere() {
        let shares = shares(&standard(0), TINY).unwrap();
        for (total, expected) in [(250.0, 0.585_296), (500.0, 0.867_707), (1_000.0, 0.984_559)] {
            let runs: Vec<f64> = shares.iter().map(|share| share * total).collect();
            let found = probability(&runs);
            assert!((found - expected).abs() < 1e-6, "{total}: {found}");
        }
    }

    /// With a floor of ten the shares beat equal runs at 250 too.
    #[test]
    fn a_floor_mends_the_shares() {
        for (total, equal) in [(250.0, 0.666_343), (500.0, 0.776_893), (1_000.0, 0.876_755)] {
            let runs = allocate(&standard(0), total, 10, TINY).unwrap();
            assert!(runs.iter().all(|&runs| runs >= 10));
            assert!((runs.iter().sum::<usize>() as f64 - total).abs() <= 10.0);
            let found = probability(&runs.iter().map(|&runs| runs as f64).collect::<Vec<_>>());
            println!("{total}: {runs:?} {found:.6} against {equal}");
            assert!(found > equal + 0.05, "{total}: {found}");
        }
    }

    #[test]
    fn runs_that_were_made_count_and_the_budget_is_kept() {
        let mut systems = standard(12);
        let first = allocate(&systems, 100.0, 0, TINY).unwrap();
        assert_eq!(first.iter().sum::<usize>(), 100);
        // Those that have more than their share get none.
        assert_eq!(&first[4..], [0; 6]);
        // In several steps the same as at once, but for rounding.
        let whole = allocate(&systems, 300.0, 0, TINY).unwrap();
        for _ in 0..3 {
            let more = allocate(&systems, 100.0, 0, TINY).unwrap();
            for (system, more) in systems.iter_mut().zip(more) {
                system.runs += more;
            }
        }
        for (system, whole) in systems.iter().zip(whole) {
            assert!((system.runs).abs_diff(12 + whole) <= 2);
        }
    }

    /// Where the others cost c times as much, the best gets √c times as many runs for each of
    /// theirs, and their own keep their proportions.
    #[test]
    fn what_is_dear_is_paid_for() {
        let mut systems = standard(0);
        let without = shares(&systems, TINY).unwrap();
        for other in &mut systems[1..] {
            other.cost = 4.0;
        }
        let with = shares(&systems, TINY).unwrap();
        assert!((with[0] / with[1] - 2.0 * without[0] / without[1]).abs() < 1e-12);
        assert!((with[2] / with[1] - without[2] / without[1]).abs() < 1e-12);
        for budget in [0.0, 3.0, 57.3, 1_000.0] {
            let runs = allocate(&systems, budget, 3, TINY).unwrap();
            let spent: f64 =
                systems.iter().zip(&runs).map(|(of, &runs)| of.cost * runs as f64).sum();
            assert!(spent <= budget + 1e-9 && spent > budget - 40.0, "{budget}: {spent}");
        }
    }

    #[test]
    fn ties_constants_and_what_is_unknown() {
        let of = |mean: f64, sd: f64| System { mean, sd, cost: 1.0, runs: 0 };
        let tied = shares(&[of(1.0, 2.0), of(1.0, 2.0), of(0.0, 2.0)], 0.1).unwrap();
        assert!((tied[0] - tied[1]).abs() < 0.01 && tied[2] < 0.01);
        assert_eq!(shares(&[of(1.0, 0.0), of(0.0, 0.0)], 0.1), Some(vec![0.5, 0.5]));
        assert_eq!(shares(&[of(1.0, 3.0)], 0.1), Some(vec![1.0]));
        assert_eq!(allocate(&[of(1.0, 3.0)], 5.0, 2, 0.1), Some(vec![5]));
        let constant = shares(&[of(1.0, 0.0), of(0.0, 1.0)], 0.1).unwrap();
        assert!(constant[0].abs() < 1e-15 && (constant[1] - 1.0).abs() < 1e-15);
        assert_eq!(shares(&[], 0.1), None);
        assert_eq!(shares(&[of(f64::NAN, 1.0), of(0.0, 1.0)], 0.1), None);
        assert_eq!(shares(&[of(1.0, -1.0)], 0.1), None);
        assert_eq!(shares(&[of(1.0, 1.0)], 0.0), None);
        assert_eq!(allocate(&[of(1.0, 1.0)], f64::NAN, 0, 0.1), None);
        // Where the budget does not reach the floors, the fewest runs come first.
        let mut few = [of(1.0, 1.0), of(0.0, 1.0), of(0.5, 1.0)];
        few[0].runs = 4;
        assert_eq!(allocate(&few, 5.0, 10, 0.1), Some(vec![0, 3, 2]));
    }
}
