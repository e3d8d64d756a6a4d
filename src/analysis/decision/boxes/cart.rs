//! A classification tree (CART): the whole space cut into boxes.
//!
//! A box is cut in two where that lowers its impurity most, and each part again. Unlike PRIM's
//! boxes, those of a tree never overlap and together hold every replication, but they need more
//! limits to describe the same cases. They serve as a check on PRIM's boxes.
//!
//! # Variant
//!
//! Impurity after Gini, 2 d (1 − d) for density d, weighted by replications. A cut lies in the
//! middle between two neighbouring values. Of equal cuts, that of the first parameter is taken, and
//! of its cuts the lowest. Each part holds the smallest mass, rounded down to whole replications.
//! No cut where the impurity would not fall. The tree is not pruned: the smallest mass keeps it
//! small. One cut is looked ahead, so cases that only two cuts together tell apart, as on a
//! chessboard, are not found.
//!
//! # Source
//!
//! Breiman, Friedman, Olshen and Stone (1984), "Classification and regression trees", chapters 2
//! and 4.

use crate::analysis::decision::boxes::BoxError;
use crate::analysis::decision::boxes::Count;
use crate::analysis::decision::boxes::End;
use crate::analysis::decision::boxes::Found;
use crate::analysis::decision::boxes::Inputs;
use crate::analysis::decision::boxes::between;
use crate::analysis::decision::boxes::support::Tally;

/// The smallest mass of a box that is usual.
pub const LEAST_MASS: f64 = 0.05;

/// The leaves of a tree as boxes, from the lower side of the first cut to the upper one.
///
/// `least_mass` is the smallest share of all replications in a leaf, from 0 to 1. Limits whose quasi-p
/// is above `largest_quasi_p` are dropped, the one least supported first, so that boxes may overlap; with 1 none
/// is, and none does. One box without limits where no cut helps; nothing without replications.
///
/// # Errors
///
/// Fails where `cases` does not mark every replication.
pub fn leaves(
    inputs: &Inputs<'_>,
    cases: &[bool],
    least_mass: f64,
    largest_quasi_p: f64,
) -> Result<Vec<Found>, BoxError> {
    inputs.check(cases)?;
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let all = Count::of(cases);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a part of a count"
    )]
    let least = ((least_mass * cases.len() as f64) as u64).max(1);
    let replications: Vec<u32> = (0..).zip(cases).map(|(replication, _)| replication).collect();
    let mut found = Vec::new();
    // Parts still to be cut, the next one last.
    let mut parts = vec![Part {
        orders: inputs.orders(&vec![true; cases.len()], None),
        count: all,
        ends: Vec::new(),
    }];
    let mut is_low = vec![false; cases.len()];
    while let Some(part) = parts.pop() {
        if let Some(cut) = part.best(inputs, cases, least) {
            let (low, high) = part.apart(&cut, inputs, &mut is_low);
            parts.extend([high, low]);
        } else {
            let mut tally = Tally::new(inputs, &replications, cases, &part.ends);
            tally.drop_unsupported(largest_quasi_p);
            found.push(tally.found(all));
        }
    }
    Ok(found)
}

/// A part of the space.
struct Part {
    /// For each parameter that varies what is inside, by rising value.
    orders: Vec<Vec<u32>>,
    count: Count,
    ends: Vec<End>,
}

/// A cut of a part in two.
struct Cut {
    parameter: usize,
    /// The highest value of the lower part, and the lowest of the upper one.
    around: (f64, f64),
    /// What the lower part holds.
    low: Count,
    /// What is the larger, the less impure the parts are.
    purity: f64,
}

impl Part {
    /// The best cut, if any lowers the impurity.
    fn best(&self, inputs: &Inputs<'_>, cases: &[bool], least: u64) -> Option<Cut> {
        let all = self.count;
        if all.cases == 0 || all.cases == all.replications || all.replications < 2 * least {
            return None;
        }
        let mut best: Option<Cut> = None;
        for (parameter, order) in self.orders.iter().enumerate() {
            let mut low = Count::default();
            for pair in order.windows(2) {
                low.add(cases[pair[0] as usize]);
                let high = all.minus(low);
                if low.replications < least || high.replications < least {
                    continue;
                }
                let around = (inputs.value(parameter, pair[0]), inputs.value(parameter, pair[1]));
                let is_alike = !low.is_denser(high) && !high.is_denser(low);
                if around.0 >= around.1 || is_alike {
                    continue;
                }
                let purity = purity(low) + purity(high);
                if best.as_ref().is_none_or(|best| purity > best.purity) {
                    best = Some(Cut { parameter, around, low, purity });
                }
            }
        }
        best
    }

    /// The lower and the upper part; `is_low` is room for a mark of each replication.
    fn apart(self, cut: &Cut, inputs: &Inputs<'_>, is_low: &mut [bool]) -> (Self, Self) {
        let Cut { parameter, around, low, .. } = *cut;
        for &replication in &self.orders[parameter] {
            is_low[replication as usize] = inputs.value(parameter, replication) <= around.0;
        }
        let (mut lows, mut highs) = (Vec::new(), Vec::new());
        for order in &self.orders {
            let (low, high) = order.iter().partition(|&&it| is_low[it as usize]);
            lows.push(low);
            highs.push(high);
        }
        let with = |is_upper, at| {
            let mut ends = self.ends.clone();
            End { parameter, is_upper, at }.put(&mut ends);
            ends
        };
        let low_ends = with(true, between(around.1, around.0));
        let high_ends = with(false, between(around.0, around.1));
        (
            Self { orders: lows, count: low, ends: low_ends },
            Self { orders: highs, count: self.count.minus(low), ends: high_ends },
        )
    }
}

/// What is summed over parts to rank cuts: h² / n. The impurity that n replications with h cases
/// weigh is n · 2 (h / n) (1 − h / n) = 2 h − 2 h² / n, and the sum of h is the same for every cut.
fn purity(count: Count) -> f64 {
    let cases = count.cases as f64;
    cases * cases / count.replications as f64
}
