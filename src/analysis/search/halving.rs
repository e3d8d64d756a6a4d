//! Spends replications on the candidates that may still be good: successive halving.
//!
//! All candidates are simulated on the same replications and judged by their paired differences to the baseline.
//! After each round those of the worse half go that another one beats beyond chance, and those that exceed the
//! budget beyond chance; the replications of the others are doubled. What the replications do not tell from better
//! ones stays, so that a good candidate is rarely lost to chance in an early round.
//!
//! # Source
//!
//! Karnin, Koren and Somekh (2013), "Almost optimal exploration in multi-armed bandits", ICML, PMLR 28, 1238–1246,
//! who drop half without a look at the error, judge by one criterion, and use each round's replications alone. Here
//! those of earlier rounds count too. The guard is a 95 % interval for each comparison and round, which is no
//! guarantee for all of them together: [`crate::analysis::selection::kn`] gives one.

use std::ops::Range;

use crate::analysis::search::front::Evaluation;
use crate::analysis::search::front::fronts;
use crate::analysis::search::measured::Measured;
use crate::analysis::search::measured::Rules;

/// How many replications candidates get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halving {
    /// Replications of the first round, rounded up to whole blocks, at least one block.
    pub first: usize,
    /// The most replications of any candidate, rounded up to whole blocks.
    pub ceiling: usize,
}

/// How a candidate did.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// What it reached.
    pub measured: Measured,
    /// Whether it was dropped before the ceiling.
    pub dropped: bool,
}

/// Why halving failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HalvingError<E> {
    /// The candidates could not be simulated.
    #[error(transparent)]
    Failed(E),
    /// What came back does not have a finite value of each candidate and replication.
    #[error("a candidate lacks a finite value in one of its replications")]
    Shape,
}

/// Halves candidates, numbered from 0 and as many as said, until the ceiling; gives how each did, in their order.
///
/// `known` are others that they are compared with too, measured in as many replications. `measure` simulates
/// some candidates on some replications and gives what each reached, in their order. A range starts where the
/// candidate's last one ended, and both of its ends are whole blocks.
///
/// # Errors
///
/// Fails if `measure` does, or gives what does not fit.
pub fn halve<E>(
    candidates: usize,
    halving: Halving,
    rules: &Rules,
    known: &[&Measured],
    mut measure: impl FnMut(&[usize], Range<usize>) -> Result<Vec<Measured>, E>,
) -> Result<Vec<Standing>, HalvingError<E>> {
    let ceiling = rules.design.whole_blocks(halving.ceiling.max(halving.first));
    let mut left: Vec<usize> = (0..candidates).collect();
    let mut standings =
        vec![Standing { measured: Measured::default(), dropped: false }; candidates];
    let mut done = 0;
    while !left.is_empty() && done < ceiling {
        let next = if done == 0 { halving.first } else { 2 * done };
        let range = done..rules.design.whole_blocks(next).min(ceiling);
        done = range.end;
        let new = measure(&left, range.clone()).map_err(HalvingError::Failed)?;
        let fits = |it: &Measured| it.replications() == range.len() && it.is_finite();
        if new.len() != left.len() || !new.iter().all(fits) {
            return Err(HalvingError::Shape);
        }
        for (&candidate, new) in left.iter().zip(new) {
            standings[candidate].measured.extend(new);
        }
        if done < ceiling {
            for candidate in dropped(&left, &standings, rules, known) {
                standings[candidate].dropped = true;
            }
            left.retain(|&candidate| !standings[candidate].dropped);
        }
    }
    Ok(standings)
}

/// Those of the candidates that are left which go.
fn dropped(
    left: &[usize],
    standings: &[Standing],
    rules: &Rules,
    known: &[&Measured],
) -> Vec<usize> {
    let measured = |candidate: usize| &standings[candidate].measured;
    let evaluations: Vec<Evaluation> =
        left.iter().map(|&candidate| rules.evaluation(measured(candidate))).collect();
    let ranked: Vec<usize> = fronts(&evaluations.iter().collect::<Vec<_>>()).concat();
    let (better, worse) = ranked.split_at(left.len().div_ceil(2));
    let fit = better.iter().filter(|&&place| evaluations[place].is_feasible());
    let rivals: Vec<&Measured> =
        fit.map(|&place| measured(left[place])).chain(known.iter().copied()).collect();
    let is_beaten = |candidate: usize| {
        rivals.iter().any(|rival| rules.is_clearly_better(rival, measured(candidate)))
    };
    let over = ranked.iter().filter(|&&place| {
        !evaluations[place].is_feasible() && rules.is_clearly_over(measured(left[place]))
    });
    let mut gone: Vec<usize> = over.map(|&place| left[place]).collect();
    let beaten = worse.iter().map(|&place| left[place]);
    gone.extend(beaten.filter(|&candidate| is_beaten(candidate)));
    gone
}

#[cfg(test)]
mod tests {
    use crate::analysis::search::measured::Statistic;
    use crate::analysis::statistics::Design;
    use crate::random::Key;
    use crate::random::Purpose;
    use crate::random::distribution::normal;

    use super::*;

    const HALVING: Halving = Halving { first: 20, ceiling: 1_000 };

    fn rules(design: Design) -> Rules {
        Rules { statistics: vec![Statistic::Mean], cost_counts: false, design, seed: 1 }
    }

    /// Candidate c has mean −c/4, with chance that candidates share and chance of their own.
    fn value(run: u64, candidate: usize, replication: usize) -> f64 {
        let draw = |of: u64| {
            normal(Key::world(run, replication as u64).entity(of).uniform(0, Purpose::Analysis))
        };
        draw(1_000) + 0.5 * draw(candidate as u64) - candidate as f64 / 4.0
    }

    fn measured(values: Vec<f64>) -> Measured {
        let none = vec![0.0; values.len()];
        Measured { aims: vec![values], excess: Vec::new(), cost: none.clone(), yearly: none }
    }

    fn simulate(
        run: u64,
    ) -> impl FnMut(&[usize], Range<usize>) -> Result<Vec<Measured>, &'static str> {
        move |candidates, range| {
            let of = |&candidate: &usize| {
                measured(range.clone().map(|place| value(run, candidate, place)).collect())
            };
            Ok(candidates.iter().map(of).collect())
        }
    }

    #[test]
    fn the_best_stays_and_most_of_the_cost_is_spared() {
        let (mut lost, mut cost) = (0, 0);
        for run in 0..40 {
            let halved =
                halve(16, HALVING, &rules(Design::INDEPENDENT), &[], simulate(run)).unwrap();
            lost += usize::from(halved[0].dropped);
            cost += halved.iter().map(|it| it.measured.replications()).sum::<usize>();
            let whole = |it: &Standing| it.dropped || it.measured.replications() == 1_000;
            assert!(halved.iter().all(whole));
        }
        assert!(lost <= 2, "{lost}");
        // Of 16 candidates with 1,000 replications each.
        assert!(cost < 40 * 16 * 1_000 / 5, "{cost}");
    }

    #[test]
    fn who_is_not_told_from_better_ones_stays() {
        let design = Design::INDEPENDENT;
        let even = |candidates: &[usize], range: Range<usize>| {
            let of = |&candidate: &usize| {
                let value = |at| value(3, candidate, at) + candidate as f64 / 4.0;
                measured(range.clone().map(value).collect())
            };
            Ok::<_, ()>(candidates.iter().map(of).collect())
        };
        let few = Halving { first: 20, ceiling: 40 };
        let halved = halve(8, few, &rules(design), &[], even).unwrap();
        assert!(halved.iter().filter(|it| !it.dropped).count() >= 5, "{halved:?}");
        // One that is known to be far better leaves only the better half of the first round.
        let best = measured((0..40).map(|at| value(3, 0, at) + 99.0).collect());
        let halved = halve(8, few, &rules(design), &[&best], even).unwrap();
        assert_eq!(halved.iter().filter(|it| !it.dropped).count(), 4);
    }

    #[test]
    fn what_is_over_the_budget_goes_at_once() {
        let over = |candidates: &[usize], range: Range<usize>| {
            let of = |&candidate: &usize| Measured {
                excess: vec![vec![candidate as f64 - 0.5; range.len()]],
                ..measured(vec![candidate as f64; range.len()])
            };
            Ok::<_, ()>(candidates.iter().map(of).collect())
        };
        let halved = halve(3, HALVING, &rules(Design::INDEPENDENT), &[], over).unwrap();
        let done: Vec<usize> = halved.iter().map(|it| it.measured.replications()).collect();
        assert_eq!(done, [1_000, 20, 20]);
    }

    #[test]
    fn rounds_are_whole_blocks_and_never_simulated_twice() {
        let mut ranges = Vec::new();
        let halving = Halving { first: 3, ceiling: 33 };
        let mut simulate = simulate(1);
        halve(6, halving, &rules(Design::blocks_of(5)), &[], |candidates: &[usize], range| {
            ranges.push(range.clone());
            simulate(candidates, range)
        })
        .unwrap();
        assert_eq!(ranges[0], 0..5);
        assert!(ranges.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert!(ranges.iter().all(|range| range.end % 5 == 0 && range.end <= 35));
    }

    #[test]
    fn few_candidates_and_what_does_not_fit() {
        let rules = rules(Design::INDEPENDENT);
        assert!(halve(0, HALVING, &rules, &[], simulate(1)).unwrap().is_empty());
        let failing = |_: &[usize], _: Range<usize>| Err("stopped");
        assert_eq!(halve(3, HALVING, &rules, &[], failing), Err(HalvingError::Failed("stopped")));
        let of = |value: f64, count: usize| measured(vec![value; count]);
        for strange in
            [vec![], vec![of(1.0, 20); 2], vec![of(1.0, 19); 3], vec![of(f64::NAN, 20); 3]]
        {
            let found = halve(3, HALVING, &rules, &[], |_, _| Ok::<_, &str>(strange.clone()));
            assert_eq!(found, Err(HalvingError::Shape));
        }
    }
}
