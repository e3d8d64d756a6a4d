use std::convert::Infallible;

use super::*;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution::normal;

const ASKED: Asked = Asked {
    systems: 5,
    best: 1,
    probability: 0.95,
    indifference: Some(0.2),
    budget: None,
    design: Design::INDEPENDENT,
};

fn draw(run: u64, replication: usize, of: u64) -> f64 {
    let key = Key::world(run, replication as u64).entity(of);
    normal(key.uniform(0, Purpose::Analysis))
}

/// Policies with these means, a standard deviation of 1 of their own and of 3 that they share.
fn chosen(asked: Asked, means: &[f64], run: u64) -> Choice {
    let mut sample = |policies: &[usize], range: Range<usize>| {
        let of = |&policy: &usize| {
            let value = |at| means[policy] + 3.0 * draw(run, at, 99) + draw(run, at, policy as u64);
            range.clone().map(value).collect()
        };
        Ok::<_, Infallible>(policies.iter().map(of).collect())
    };
    choose(asked, &mut sample).unwrap()
}

fn best(choice: &Choice) -> Vec<usize> {
    let all = choice.policies.iter().enumerate();
    all.filter(|(_, it)| it.chosen).map(|(place, _)| place).collect()
}

/// In each of 30 choices; 95 % are promised.
#[test]
fn the_best_is_found_with_fewer_replications_than_independent_draws_need() {
    let means = [0.0, 0.8, 1.0, -2.0, 0.1];
    let mut right = 0;
    for run in 0..30 {
        let choice = chosen(ASKED, &means, run);
        right += u32::from(best(&choice) == [2]);
        assert!(choice.decided);
        let used: usize = choice.policies.iter().map(|it| it.replications).sum();
        let apart: usize = choice.policies.iter().filter_map(|it| it.independent).sum();
        assert!(3 * used <= apart, "{used} {apart}");
        // The worst goes when the first stage is over.
        assert_eq!(choice.policies[3].dropped_at, Some(FIRST * BATCH));
        let behind = choice.policies[3].behind.unwrap();
        assert!((behind.mean - 3.0).abs() < 1.5, "{behind:?}");
    }
    assert!(right >= 27, "{right}");
}

#[test]
fn a_policy_twice_ends_and_either_is_chosen() {
    let mut sample = |policies: &[usize], range: Range<usize>| {
        let value = |policy: usize, at| draw(1, at, 1) + if policy < 2 { 5.0 } else { 0.0 };
        let of = |&policy: &usize| range.clone().map(|at| value(policy, at)).collect();
        Ok::<_, Infallible>(policies.iter().map(of).collect())
    };
    for indifference in [Some(0.5), None] {
        let asked = Asked { systems: 3, indifference, ..ASKED };
        let choice = choose(asked, &mut sample).unwrap();
        assert_eq!(best(&choice), [0]);
        assert!(choice.decided && choice.indifference > 0.0);
        let tied = choice.policies[1].behind.unwrap();
        assert!(tied.mean == 0.0 && tied.se == Some(0.0), "{tied:?}");
        assert!(choice.policies.iter().all(|it| it.probability_correct > 0.999), "{choice:?}");
    }
    // But for chance, too.
    let choice = chosen(ASKED, &[1.0, 1.0, 1.0, 0.0, 0.0], 3);
    assert!(choice.decided && best(&choice)[0] < 3);
}

#[test]
fn several_best_and_a_zone_that_follows_from_what_is_seen() {
    let asked = Asked { best: 2, indifference: None, ..ASKED };
    let choice = chosen(asked, &[0.0, 1.0, 2.0, 2.2, -2.0], 1);
    assert_eq!(best(&choice), [2, 3]);
    // Half the distance between 1 and 2.
    assert!((choice.indifference - 0.5).abs() < 0.15, "{choice:?}");
    // Of two that are nearly the same it is what 1,000 replications can tell.
    let near = Asked { systems: 2, indifference: None, ..ASKED };
    for run in 0..5 {
        let choice = chosen(near, &[1.0, 1.001], run);
        let used = choice.policies[0].replications;
        assert!(choice.decided && used <= 2 * WITHIN, "{choice:?}");
    }
    let with_blocks = Asked { design: Design::blocks_of(5), ..asked };
    assert_eq!(best(&chosen(with_blocks, &[0.0, 1.0, 2.0, 2.2, -2.0], 1)), [2, 3]);
}

#[test]
fn a_budget_is_kept_and_goes_where_it_decides() {
    let asked = Asked { budget: Some(60), ..ASKED };
    let choice = chosen(asked, &[0.0, 0.8, 1.0, -2.0, 0.1], 1);
    let runs: Vec<usize> = choice.policies.iter().map(|it| it.replications).collect();
    assert!(runs.iter().sum::<usize>() <= 300 && runs.iter().all(|&runs| runs >= 20));
    assert!(runs[1] > 2 * runs[3] && runs[2] > 2 * runs[3], "{runs:?}");
    assert!(choice.policies.iter().all(|it| it.independent.is_none()));
    assert!(choice.policies.iter().all(|it| it.dropped_at.is_none()));
    assert_eq!(best(&choice), [2]);
}
