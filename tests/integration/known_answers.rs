//! Limits in which the answer is known (model, section 8): what `yangjae selftest` computes, and
//! that it notices an engine that computes something else.

use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

use assert_cmd::Command;
use yangjae::evidence::selftest::Allowance;
use yangjae::evidence::selftest::Bench;
use yangjae::evidence::selftest::CASES;
use yangjae::evidence::selftest::Line;
use yangjae::experiment::batch::Workers;

/// The lines of a case, with parameters that replace those of its setting.
fn lines(case: &str, replications: u32, set: &[(&str, &str)]) -> Vec<Line> {
    let stop = AtomicBool::new(false);
    let workers = Workers::start(NonZeroUsize::new(2), &stop).unwrap();
    let set = set.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    let bench = Bench { workers: &workers, seed: 1, replications, set };
    CASES.iter().find(|other| other.name == case).unwrap().run(&bench).unwrap()
}

#[track_caller]
fn check(case: &str, replications: u32) {
    for line in lines(case, replications, &[]) {
        assert!(line.agrees(), "{case}: {line:?}");
    }
}

/// A setting that differs from what the exact answer supposes must be found out.
#[track_caller]
fn check_found_out(case: &str, replications: u32, set: &[(&str, &str)]) {
    let lines = lines(case, replications, set);
    assert!(lines.iter().any(|line| !line.agrees()), "{case} with {set:?} passes: {lines:?}");
}

#[test]
fn firms_with_constant_arrivals_and_hazard_are_poisson() {
    check("poisson", 200);
    check_found_out("poisson", 200, &[("founder_rate", "42")]);
    check_found_out("poisson", 200, &[("exit_age_3", "0.2")]);
}

#[test]
fn lives_with_a_constant_hazard_are_exponential() {
    check("survival", 50);
    check_found_out("survival", 50, &[("exit_age_1", "0.16")]);
}

#[test]
fn jobs_without_growth_are_founders_times_team() {
    check("jobs", 50);
    check_found_out("jobs", 20, &[("growth_base", "0.05")]);
}

#[test]
fn growth_by_luck_alone_is_laplace_and_keeps_its_mean() {
    check("growth", 50);
    check_found_out("growth", 50, &[("growth_base", "0.01")]);
    check_found_out("growth", 50, &[("growth_spread_exponent", "0.1")]);
}

#[test]
fn more_founders_take_none_away() {
    check("intensity", 20);
}

/// A first-come facility with a fixed tenancy is a loss system: it turns away the share of its
/// applicants that Erlang's formula B gives, whatever the distribution of tenancies.
#[test]
fn a_first_come_facility_loses_what_erlang_says() {
    let found = lines("erlang", 150, &[]);
    for line in &found {
        assert!(line.agrees(), "{line:?}");
        let Allowance::Chance(error) = line.allowance else { panic!("{line:?}") };
        assert!(error < 0.006, "the test is too weak to tell: {line:?}");
    }
    check_found_out("erlang", 60, &[("facility_leave_rate", "0.3")]);
}

#[test]
fn equal_policies_and_empty_levers_change_no_value() {
    check("equal policies", 10);
    check("empty levers", 10);
}

#[test]
fn markets_keep_to_their_formulas() {
    check("climate", 60);
    check("matching", 10);
    check("capital", 10);
    check_found_out("climate", 100, &[("climate_persistence", "0.5")]);
    check_found_out("capital", 10, &[("capital_supply", "1000")]);
}

#[test]
fn arithmetic_keeps_to_closed_forms() {
    check("discounting", 8);
    check("statistics", 100);
}

/// The command says 0 where all agrees, 1 where something does not, 2 where it is not understood;
/// and the same bytes on any number of threads.
#[test]
fn the_status_of_selftest_tells_whether_the_engine_agrees() {
    let selftest = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("yangjae").unwrap();
        command.args(["selftest", "--replications", "8"]).args(arguments).assert()
    };
    let one = selftest(&["--threads", "1"]).success();
    let two = selftest(&["--threads", "2"]).success();
    let text = String::from_utf8(one.get_output().stdout.clone()).unwrap();
    assert_eq!(text.as_bytes(), two.get_output().stdout);
    assert!(text.contains("the engine meets every answer that is known"), "{text}");
    for case in CASES {
        assert!(text.contains(case.name), "{} is not reported", case.name);
    }
    let failed = selftest(&["--set", "exit_age_1=0.5"]).code(1);
    let text = String::from_utf8(failed.get_output().stdout.clone()).unwrap();
    assert!(text.contains("DIFFERS") && text.contains("not to be trusted"), "{text}");
    selftest(&["--set", "exit_age=0.5"]).code(2);
}
