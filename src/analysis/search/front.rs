//! Which of several candidates are better: dominance, fronts and crowding.

use serde::Deserialize;
use serde::Serialize;

/// What a candidate reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// The criteria, each in a unit of its own, all maximised.
    pub objectives: Vec<f64>,
    /// By how much constraints are missed, summed, in a unit of the caller's choice; 0 or less
    /// where all are met.
    pub violation: f64,
}

impl Evaluation {
    /// What a candidate that meets all constraints reached.
    #[must_use]
    pub const fn feasible(objectives: Vec<f64>) -> Self {
        Self { objectives, violation: 0.0 }
    }

    /// Whether all constraints are met.
    #[must_use]
    pub fn is_feasible(&self) -> bool {
        self.violation <= 0.0
    }

    /// Whether this is better than another one.
    ///
    /// What meets all constraints is better than what does not. Of two that do not, the one that
    /// misses them by less is better. Of two that do, one is better where it is at least as good in
    /// every criterion and better in one.
    ///
    /// # Source
    ///
    /// Deb, Pratap, Agarwal and Meyarivan (2002), IEEE Transactions on Evolutionary Computation 6,
    /// 182–197, section VI.
    #[must_use]
    pub fn dominates(&self, other: &Self) -> bool {
        match (self.is_feasible(), other.is_feasible()) {
            (true, false) => true,
            (false, true) => false,
            (false, false) => self.violation < other.violation,
            (true, true) => {
                let pairs = || self.objectives.iter().zip(&other.objectives);
                pairs().all(|(one, other)| one >= other) && pairs().any(|(one, other)| one > other)
            }
        }
    }
}

/// The fronts of some candidates, the best first: each by the places of its members, in rising
/// order. A front holds those that only members of earlier fronts dominate.
///
/// Takes time in proportion to the number of criteria and the square of that of candidates.
///
/// # Source
///
/// Fast non-dominated sort: Deb et al. (2002), section III A.
#[must_use]
pub fn fronts(candidates: &[&Evaluation]) -> Vec<Vec<usize>> {
    let mut better = vec![0_usize; candidates.len()];
    let mut worse: Vec<Vec<usize>> = vec![Vec::new(); candidates.len()];
    for (one, left) in candidates.iter().enumerate() {
        for (other, right) in candidates.iter().enumerate().skip(one + 1) {
            if left.dominates(right) {
                worse[one].push(other);
                better[other] += 1;
            } else if right.dominates(left) {
                worse[other].push(one);
                better[one] += 1;
            }
        }
    }
    let mut front: Vec<usize> = (0..candidates.len()).filter(|&one| better[one] == 0).collect();
    let mut fronts = Vec::new();
    while !front.is_empty() {
        let mut next = Vec::new();
        for &one in &front {
            for &other in &worse[one] {
                better[other] -= 1;
                if better[other] == 0 {
                    next.push(other);
                }
            }
        }
        next.sort_unstable();
        fronts.push(std::mem::replace(&mut front, next));
    }
    fronts
}

/// How much room each member of a front has: the larger, the fewer others are near. Infinite for
/// the best and the worst in any criterion.
///
/// # Formula
///
/// The sum over criteria of the distance between the next higher and the next lower member, over
/// the range of the criterion; a criterion in which all are equal adds nothing.
///
/// # Source
///
/// Deb et al. (2002), section III B.
#[must_use]
pub fn crowding(front: &[&Evaluation]) -> Vec<f64> {
    let mut room = vec![0.0; front.len()];
    let criteria = front.iter().map(|member| member.objectives.len()).min().unwrap_or(0);
    for criterion in 0..criteria {
        let value = |place: usize| front[place].objectives[criterion];
        let mut order: Vec<usize> = (0..front.len()).collect();
        order.sort_by(|&one, &other| value(one).total_cmp(&value(other)).then(one.cmp(&other)));
        let (lowest, highest) = (order[0], order[order.len() - 1]);
        let range = value(highest) - value(lowest);
        if range > 0.0 {
            for three in order.windows(3) {
                room[three[1]] += (value(three[2]) - value(three[0])) / range;
            }
            room[lowest] = f64::INFINITY;
            room[highest] = f64::INFINITY;
        }
    }
    room
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `numpy.random.default_rng(0).random((200, 3))`, as the bits of its numbers.
    const RANDOM: &str = include_str!("random_200_by_3.txt");

    fn random() -> Vec<Evaluation> {
        let number = |word: &str| f64::from_bits(u64::from_str_radix(word, 16).unwrap());
        let line = |line: &str| {
            // Minimised in the source.
            Evaluation::feasible(line.split(' ').map(|word| -number(word)).collect())
        };
        RANDOM.lines().map(line).collect()
    }

    fn evaluation(objectives: &[f64], violation: f64) -> Evaluation {
        Evaluation { objectives: objectives.to_vec(), violation }
    }

    /// Sizes found by pymoo 0.6.2 for the same numbers, minimised.
    #[test]
    fn fronts_have_the_sizes_that_another_program_finds() {
        let candidates = random();
        let candidates: Vec<&Evaluation> = candidates.iter().collect();
        assert!((candidates[0].objectives[0] + 0.636_961_69).abs() < 1e-8);
        let fronts = fronts(&candidates);
        let sizes: Vec<usize> = fronts.iter().map(Vec::len).collect();
        assert_eq!(sizes, [9, 25, 24, 31, 30, 28, 23, 16, 11, 3]);
        // By definition: no member dominates another, and each is dominated by the front before.
        for (place, front) in fronts.iter().enumerate() {
            for &one in front {
                let by = |others: &[usize]| {
                    others.iter().any(|&other| candidates[other].dominates(candidates[one]))
                };
                assert!(!by(front));
                assert!(place == 0 || by(&fronts[place - 1]));
            }
        }
    }

    #[test]
    fn constraints_come_before_criteria() {
        let poor = evaluation(&[0.0, 0.0], 0.0);
        let slightly = evaluation(&[9.0, 9.0], 0.1);
        let grossly = evaluation(&[99.0, 99.0], 5.0);
        let alike = evaluation(&[1.0, 1.0], 5.0);
        assert!(poor.dominates(&slightly) && slightly.dominates(&grossly));
        assert!(!slightly.dominates(&poor) && !grossly.dominates(&alike));
        let sorted = fronts(&[&grossly, &alike, &poor, &slightly]);
        assert_eq!(sorted, [vec![2], vec![3], vec![0, 1]]);
    }

    #[test]
    fn equals_share_a_front_and_nothing_has_none() {
        let one = evaluation(&[1.0, 2.0], 0.0);
        assert!(!one.dominates(&one));
        assert_eq!(fronts(&[&one, &one, &one]), [vec![0, 1, 2]]);
        assert_eq!(crowding(&[&one, &one, &one]), [0.0; 3]);
        assert!(fronts(&[]).is_empty() && crowding(&[]).is_empty());
        assert_eq!(crowding(&[&one]), [0.0]);
        // Without criteria nothing is better than anything.
        let nothing = evaluation(&[], 0.0);
        assert_eq!(fronts(&[&nothing, &nothing]), [vec![0, 1]]);
        assert_eq!(crowding(&[&nothing]), [0.0]);
    }

    /// By hand: ranges 4 and 10; the second has (2 − 0) / 4 + (10 − 4) / 10, the third
    /// (4 − 1) / 4 + (6 − 0) / 10.
    #[test]
    fn crowding_is_as_by_hand() {
        let front: Vec<Evaluation> = [[0.0, 10.0], [1.0, 6.0], [2.0, 4.0], [4.0, 0.0]]
            .iter()
            .map(|objectives| evaluation(objectives, 0.0))
            .collect();
        let room = crowding(&front.iter().collect::<Vec<_>>());
        assert!(room[0].is_infinite() && room[3].is_infinite());
        assert!((room[1] - 1.1).abs() < 1e-12 && (room[2] - 1.35).abs() < 1e-12);
    }
}
