//! Shapley values of a game: what each player adds, averaged over the orders in which they join.
//!
//! Knows nothing of districts. A set of players is a number with a bit for each.

use std::collections::BTreeMap;

/// A set of players, a bit each.
pub type Players = u64;

/// The set of all players.
#[must_use]
pub const fn everybody(players: usize) -> Players {
    if players >= 64 { Players::MAX } else { (1 << players) - 1 }
}

/// Shapley values from the value of every set: `values[set]`, 2 to the power of players of them.
///
/// Exact where values are whole numbers below 2^39 and there are at most 7 players; then they add up
/// to the value of all less that of nobody but for the last division.
///
/// # Formula
///
/// ```text
/// φ_i = Σ over S without i of |S|! (n − |S| − 1)! / n! · (v(S with i) − v(S))
/// ```
///
/// # Source
///
/// Shapley (1953), "A value for n-person games", Contributions to the Theory of Games II.
#[must_use]
pub fn shapley(players: usize, values: &[f64]) -> Vec<f64> {
    let factorial = |n: usize| (1..=n).map(|k| k as f64).product::<f64>();
    let weights: Vec<f64> =
        (0..players).map(|size| factorial(size) * factorial(players - size - 1)).collect();
    let of_player = |player: usize| {
        let bit = 1 << player;
        let without = (0..values.len()).filter(|set| set & bit == 0);
        let sum: f64 = without
            .map(|set| weights[set.count_ones() as usize] * (values[set | bit] - values[set]))
            .sum();
        sum / factorial(players)
    };
    (0..players).map(of_player).collect()
}

/// What each player adds when they join in this order: they add up to the value of all less that of
/// nobody.
///
/// `value` must know every set that the order runs through; a set that it does not know counts as
/// worth nothing.
#[must_use]
pub fn marginals(order: &[usize], value: &BTreeMap<Players, f64>) -> Vec<f64> {
    let mut added = vec![0.0; order.len()];
    let of = |set| value.get(&set).copied().unwrap_or(0.0);
    let mut set = 0;
    for &player in order {
        let with = set | 1 << player;
        added[player] = of(with) - of(set);
        set = with;
    }
    added
}

/// The sets that an order runs through, from nobody to everybody.
pub fn sets_of(order: &[usize]) -> impl Iterator<Item = Players> {
    let joined = order.iter().scan(0, |set, &player| {
        *set |= 1 << player;
        Some(*set)
    });
    std::iter::once(0).chain(joined)
}

/// Shapley values estimated from pairs of an order and its reverse, and the variance of each
/// estimate by the sampling of orders: unknown for one pair.
#[must_use]
pub fn sampled(
    orders: &[Vec<usize>],
    value: &BTreeMap<Players, f64>,
) -> (Vec<f64>, Option<Vec<f64>>) {
    let players = orders.first().map_or(0, Vec::len);
    let pairs: Vec<Vec<f64>> = orders
        .iter()
        .map(|order| {
            let reverse: Vec<usize> = order.iter().rev().copied().collect();
            let (one, other) = (marginals(order, value), marginals(&reverse, value));
            one.iter().zip(&other).map(|(one, other)| (one + other) / 2.0).collect()
        })
        .collect();
    let count = pairs.len() as f64;
    let mean = |player: usize| pairs.iter().map(|pair| pair[player]).sum::<f64>() / count;
    let means: Vec<f64> = (0..players).map(mean).collect();
    let variance = |player: usize| {
        let square = |pair: &Vec<f64>| (pair[player] - means[player]).powi(2);
        pairs.iter().map(square).sum::<f64>() / (count - 1.0) / count
    };
    let variances = (pairs.len() > 1).then(|| (0..players).map(variance).collect());
    (means, variances)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The glove game: one left glove, two right ones; a pair is worth 1. Known answer 2/3, 1/6, 1/6.
    #[test]
    fn the_glove_game_has_its_published_values() {
        let pair = |set: usize| f64::from(u8::from(set & 1 == 1 && set & 6 != 0));
        let values: Vec<f64> = (0..8).map(pair).collect();
        let found = shapley(3, &values);
        for (found, expected) in found.iter().zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]) {
            assert!((found - expected).abs() < 1e-15, "{found}");
        }
    }

    fn game(players: usize) -> impl Strategy<Value = Vec<f64>> {
        prop::collection::vec((-10_000..10_000_i32).prop_map(f64::from), 1 << players)
    }

    /// All orders of three players.
    fn orders() -> Vec<Vec<usize>> {
        [[0, 1, 2], [0, 2, 1], [1, 0, 2]].map(|order| order.to_vec()).to_vec()
    }

    proptest! {
        #[test]
        fn they_add_up_to_what_all_are_worth(values in game(5)) {
            let sum: f64 = shapley(5, &values).iter().sum();
            prop_assert!((sum - (values[31] - values[0])).abs() < 1e-9);
        }

        #[test]
        fn a_player_who_adds_nothing_gets_exactly_nothing(values in game(4)) {
            // Player 4 changes no set.
            let dummy: Vec<f64> = values.iter().chain(&values).copied().collect();
            let found = shapley(5, &dummy);
            prop_assert!(found[4] == 0.0);
            let rest = shapley(4, &values);
            prop_assert!(found.iter().zip(&rest).all(|(a, b)| (a - b).abs() < 1e-9));
        }

        #[test]
        fn players_who_add_the_same_to_every_set_get_the_same(values in game(4)) {
            // Swaps players 0 and 1, and makes the game the same under the swap.
            let swap = |set: usize| set & !3 | (set & 1) << 1 | (set & 2) >> 1;
            let even: Vec<f64> = (0..16).map(|set| values[set] + values[swap(set)]).collect();
            let found = shapley(4, &even);
            prop_assert!((found[0] - found[1]).abs() < 1e-9);
        }

        #[test]
        fn values_of_a_sum_of_games_are_sums_of_values(one in game(4), other in game(4)) {
            let both: Vec<f64> = one.iter().zip(&other).map(|(a, b)| a + b).collect();
            let parts = shapley(4, &one).into_iter().zip(shapley(4, &other));
            for (found, (a, b)) in shapley(4, &both).into_iter().zip(parts) {
                prop_assert!((found - a - b).abs() < 1e-9);
            }
        }

        /// Three orders of three players and their reverses are all six orders.
        #[test]
        fn all_orders_give_the_exact_values(values in game(3)) {
            let known: BTreeMap<Players, f64> = (0..).zip(values.iter().copied()).collect();
            let (found, variances) = sampled(&orders(), &known);
            for (found, exact) in found.iter().zip(shapley(3, &values)) {
                prop_assert!((found - exact).abs() < 1e-9);
            }
            prop_assert!(variances.unwrap().iter().all(|variance| *variance >= 0.0));
        }

        #[test]
        fn any_order_adds_up_to_what_all_are_worth(values in game(3)) {
            let known: BTreeMap<Players, f64> = (0..).zip(values.iter().copied()).collect();
            for order in orders() {
                let sum: f64 = marginals(&order, &known).iter().sum();
                prop_assert!((sum - (values[7] - values[0])).abs() < 1e-9);
                prop_assert!(sets_of(&order).all(|set| known.contains_key(&set)));
            }
        }
    }
}
