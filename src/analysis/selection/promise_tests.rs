use std::convert::Infallible;

use super::*;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution::normal;

fn draw(run: u64, replication: u32, of: u64) -> f64 {
    let key = Key::world(run, u64::from(replication)).entity(of);
    normal(key.uniform(0, Purpose::Analysis))
}

/// Two outcomes of a baseline and three policies: standard deviations of the differences 10 and 1, of the last
/// policy 0.
fn made_up(run: u64, replications: Range<u32>) -> Outcomes {
    let value = |outcome: u64, policy: u64, replication| {
        let scale = if outcome == 0 { 10.0 } else { 1.0 };
        let own = if (1..3).contains(&policy) { draw(run, replication, policy) } else { 0.0 };
        100.0 * draw(run, replication, 9) + scale * (own + policy.min(2) as f64)
    };
    let of = |outcome, policy| {
        let policy = if policy == 3 { 0 } else { policy };
        replications.clone().map(|at| value(outcome, policy, at)).collect()
    };
    (0..2).map(|outcome| (0..4).map(|policy| of(outcome, policy)).collect()).collect()
}

fn promise(run: u64, widths: &[&str], ceiling: u32, pilot: Option<u32>) -> Promise {
    let half_widths: Vec<HalfWidth> = widths.iter().map(|it| it.parse().unwrap()).collect();
    let policies = ["baseline", "one", "two", "idle"].map(str::to_owned);
    let units = ["persons", "KRW m"].map(str::to_owned);
    let asked = Asked {
        half_widths: &half_widths,
        units: &units,
        policies: &policies,
        ceiling,
        pilot,
        design: Design::INDEPENDENT,
    };
    let found = search(asked, |range| Ok::<_, Infallible>(made_up(run, range)));
    let Ok(found) = found;
    found
}

const BOTH: [&str; 2] = ["jobs@city=1.5", "economic_npv=0.5"];

#[test]
fn a_promise_is_read() {
    let one: HalfWidth = "jobs@city@2030 = 50".parse().unwrap();
    assert_eq!(one.to_string(), "jobs@city@2030=50");
    for (text, says) in [
        ("jobs@city", "expected OUTCOME=HALFWIDTH"),
        ("jobs@city=x", "expected OUTCOME=HALFWIDTH"),
        ("jobs@city=0", "above 0"),
        ("jobs@city=-3", "above 0"),
        ("jobs@city=inf", "above 0"),
        ("profit=3", "names no outcome"),
    ] {
        let error = text.parse::<HalfWidth>().unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn half_widths_hold_where_it_ends() {
    for run in 0..5 {
        let found = promise(run, &BOTH, 5_000, None);
        assert_eq!(found.ended, Ended::Held);
        // About (1.96 * 10 / 1.5)^2 of them.
        assert!((110..260).contains(&found.replications), "{found:?}");
        assert!(found.evaluated >= found.replications);
        for one in &found.found {
            assert!(one.half_width.unwrap() <= one.promised, "{one:?}");
            assert!(one.policy == "one" || one.policy == "two");
        }
        let values = &made_up(run, 0..found.replications)[0];
        let widest = (1..3).map(|policy| {
            let pairs = values[policy].iter().zip(&values[0]);
            let values: Vec<f64> = pairs.map(|(value, baseline)| value - baseline).collect();
            let estimate = Estimate::from_values(&values).unwrap();
            estimate.ci_high.unwrap() - estimate.mean
        });
        let widest = widest.fold(0.0, f64::max);
        assert!((widest - found.found[0].half_width.unwrap()).abs() < 1e-9);
    }
}

/// A plan is made with a margin: of 40 plans half-widths hold in about 38.
#[test]
fn what_is_planned_from_a_pilot_holds_as_often_as_it_says() {
    let mut held = 0;
    for run in 0..40 {
        let found = promise(run, &["jobs@city=0.5"], 10_000, Some(PILOT));
        assert_eq!((found.ended, found.evaluated), (Ended::Planned, PILOT));
        assert_eq!(found, promise(run, &["jobs@city=0.5"], 10_000, Some(PILOT)));
        let values = &made_up(run, 0..found.replications)[0];
        let fits = |policy: usize| {
            let pairs = values[policy].iter().zip(&values[0]);
            let values: Vec<f64> = pairs.map(|(value, baseline)| value - baseline).collect();
            let estimate = Estimate::from_values(&values).unwrap();
            estimate.ci_high.unwrap() - estimate.mean <= 0.5
        };
        held += u32::from(fits(1) && fits(2));
    }
    assert!(held >= 34, "{held}");
    // What holds within the pilot needs no plan.
    let wide = promise(1, &["jobs@city=3"], 10_000, Some(PILOT));
    assert!(wide.ended == Ended::Held && wide.replications < PILOT);
}

#[test]
fn the_ceiling_says_what_does_not_hold_and_what_would_do() {
    let found = promise(1, &BOTH, 100, None);
    assert_eq!((found.ended, found.replications), (Ended::Ceiling, 100));
    assert!(found.found[0].half_width.unwrap() > 1.5);
    assert!(found.found[1].half_width.unwrap() <= 0.5);
    let needed = found.found[0].needed.unwrap();
    assert!(needed.low < needed.expected && needed.expected < needed.high);
    assert!((100..400).contains(&needed.expected));
    // One that is far off is not evaluated up to the ceiling.
    let far = promise(1, &["jobs@city=0.01"], 10_000, None);
    assert_eq!((far.ended, far.replications, far.evaluated), (Ended::Ceiling, 10_000, FEWEST));
    assert!((far.found[0].half_width.unwrap() - 0.2).abs() < 0.05, "{far:?}");
}

#[test]
fn without_anything_that_acts_the_fewest_do() {
    let half_widths = ["jobs@city=1".parse().unwrap()];
    let policies = ["baseline".to_owned(), "idle".to_owned()];
    let asked = Asked {
        half_widths: &half_widths,
        units: &["persons".to_owned()],
        policies: &policies,
        ceiling: 1_000,
        pilot: None,
        design: Design::blocks_of(5),
    };
    let same = |range: Range<u32>| vec![vec![vec![7.0; range.len()]; 2]];
    let Ok(found) = search(asked, |range| Ok::<_, Infallible>(same(range)));
    assert_eq!((found.ended, found.replications), (Ended::Held, FEWEST));
    assert_eq!(found.found[0].half_width, Some(0.0));
}
