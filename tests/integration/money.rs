//! Effects follow the money: more of it does more, ever less so, and nothing does nothing.

use yangjae::policy::evidence::beyond_evidence;
use yangjae::policy::levers::LeverKind;
use yangjae::scenario::Scenario;

use crate::fixture::Folder;
use crate::levers::Outcome;
use crate::levers::folder;
use crate::levers::settings;
use crate::levers::simulate_with;

const CITY: &[&str] = &["city"];

/// A lever of a kind with some of its settings changed.
fn lever(kind: LeverKind, changes: &[(&str, &str)]) -> String {
    let mut text = settings(kind);
    for (find, replace) in changes {
        assert!(text.contains(find), "{find}");
        text = text.replace(find, replace);
    }
    format!("[levers.tried]\n{text}")
}

fn with(kind: LeverKind, changes: &[(&str, &str)], replications: u32) -> Outcome {
    simulate_with(&folder(&lever(kind, changes), ""), &[], replications)
}

/// The difference of a metric, summed over the years, as a mean over replications.
fn mean(outcome: &Outcome, metric: &str) -> f64 {
    let differences = outcome.differences(metric, CITY);
    differences.iter().sum::<f64>() / differences.len() as f64
}

/// The means of a metric's difference at sizes of a lever, in their order.
fn means(kind: LeverKind, changes: &[Vec<(&str, &str)>], metrics: &[&str]) -> Vec<Vec<f64>> {
    let outcomes: Vec<Outcome> = changes.iter().map(|changes| with(kind, changes, 40)).collect();
    metrics
        .iter()
        .map(|metric| outcomes.iter().map(|outcome| mean(outcome, metric)).collect())
        .collect()
}

fn rises(values: &[f64]) -> bool {
    values[0] > 0.0 && values.is_sorted_by(|a, b| a < b)
}

#[test]
fn ten_times_the_grant_does_more_and_not_ten_times_as_much() {
    let amounts = ["amount = 1\n", "amount = 10\n", "amount = 100\n", "amount = 1000\n"];
    let changes = amounts.map(|amount| vec![("amount = 100\n", amount)]);
    let results = means(LeverKind::ResearchGrant, &changes, &["jobs_startups", "rounds"]);
    for values in results {
        assert!(rises(&values), "{values:?}");
        assert!(values[0] < 0.2 * values[2], "{values:?}");
        assert!(values[3] < 2.0 * values[2], "{values:?}");
    }
}

/// A firm's grant counts by its own amount, whatever other levers give.
#[test]
fn a_small_grant_is_not_lifted_by_a_large_one_of_another_lever() {
    let both = |second: &str| {
        let first = lever(LeverKind::ResearchGrant, &[("grants = 60", "grants = 6")]);
        let first = first.replace("ranked", "lottery");
        let second =
            first.replace("amount = 100\n", second).replace("[levers.tried]", "[levers.two]");
        simulate_with(&folder(&(first + &second), ""), &[], 40)
    };
    let (small, large) = (both("amount = 1\n"), both("amount = 1000\n"));
    assert!(mean(&small, "grants") > 0.0);
    assert!(mean(&large, "rounds") > 1.3 * mean(&small, "rounds"));
}

/// With money for all, a larger share closes more rounds, ever fewer more; with the money of a year
/// bounded, a larger share reaches fewer.
#[test]
fn a_fund_acts_by_the_share_that_it_offers() {
    let shares = ["0.01", "0.1", "0.3", "0.6", "1"].map(|share| format!("share = {share}\n"));
    let of = |budget: &'static str| {
        let changes: Vec<Vec<(&str, &str)>> = shares
            .iter()
            .map(|share| vec![("share = 0.3\n", share.as_str()), ("budget = 60000", budget)])
            .collect();
        means(LeverKind::MatchingFund, &changes, &["rounds", "jobs"])
    };
    for values in of("budget = 1000000") {
        assert!(rises(&values), "{values:?}");
        assert!(values[4] - values[3] < values[2] - values[1], "{values:?}");
    }
    let rounds = &of("budget = 1500")[0];
    assert!(rounds[1] > rounds[4] && rounds[4] > 0.0, "{rounds:?}");
}

/// The last money of a year is a small offer, which closes few rounds: a budget of a million won a
/// year is next to nothing.
#[test]
fn no_partial_offer_closes_a_whole_round() {
    let budgets = ["budget = 1\n", "budget = 1000\n", "budget = 60000\n"];
    let changes = budgets.map(|budget| vec![("budget = 60000\n", budget)]);
    let rounds = &means(LeverKind::MatchingFund, &changes, &["rounds"])[0];
    assert!(rounds[0] >= 0.0 && rounds[0] < 0.01 * rounds[2], "{rounds:?}");
    assert!(rounds[0] < rounds[1] && rounds[1] < rounds[2], "{rounds:?}");
}

#[test]
fn a_voucher_acts_by_how_long_it_runs_and_how_much_it_pays() {
    let room = ("vouchers = 100", "vouchers = 5000");
    let durations = ["duration = 0.1\n", "duration = 2\n", "duration = 20\n"];
    let changes = durations.map(|duration| vec![room, ("duration = 8\n", duration)]);
    for values in means(LeverKind::RentVoucher, &changes, &["startups", "public_cost"]) {
        // So short a voucher may draw nobody.
        assert!(values[0] >= 0.0 && values.is_sorted_by(|a, b| a < b), "{values:?}");
        assert!(values[0] < 0.5 * values[1], "{values:?}");
    }
    // All the rent is no leap from nearly all of it.
    let shares = ["share = 0.5\n", "share = 0.9\n", "share = 1\n"];
    let changes = shares.map(|share| vec![room, ("share = 0.9\n", share)]);
    let startups = &means(LeverKind::RentVoucher, &changes, &["startups"])[0];
    assert!(rises(startups), "{startups:?}");
    assert!(startups[2] - startups[1] < startups[1] - startups[0], "{startups:?}");
}

/// Capital that is short costs jobs and firms, and more of it than is wanted adds little.
#[test]
fn capital_matters_for_jobs() {
    let jobs = |supply: &str| {
        let set = [("capital_supply", supply)];
        let outcome = simulate_with(&folder("", ""), &set, 12);
        outcome.totals("jobs_startups", "city")
    };
    let [tenth, one, ten] = ["8000", "80000", "800000"].map(jobs);
    assert!(tenth < 0.99 * one, "{tenth} {one}");
    assert!(one < ten && ten < 1.1 * one, "{one} {ten}");
}

#[test]
fn a_course_a_hundred_times_as_large_meets_its_applicants() {
    let intakes = ["intake = 500\n", "intake = 5000\n", "intake = 50000\n"];
    let changes = intakes.map(|intake| {
        vec![
            ("intake = 60\n", intake),
            ("\"master\"", "\"retraining\""),
            ("linkage = true", "linkage = false"),
        ]
    });
    let results = means(LeverKind::Programme, &changes, &["graduates", "retained"]);
    let (graduates, retained) = (&results[0], &results[1]);
    assert!(rises(retained), "{retained:?}");
    assert!(graduates[2] > 99.0 * graduates[0], "{graduates:?}");
    assert!(retained[2] < 2.5 * retained[1] && retained[1] < 8.0 * retained[0], "{retained:?}");
}

/// Universities spin off more than private institutes where they open.
#[test]
fn the_form_of_institutes_acts() {
    let set = [("spin_off_rate", "0.02")];
    let of = |form: &str| {
        let changes = [("\"private\"", form), ("from_city = 0.5", "from_city = 0")];
        let outcome = simulate_with(&folder(&lever(LeverKind::Institutes, &changes), ""), &set, 12);
        mean(&outcome, "founders")
    };
    let private = of("\"private\"");
    let government = of("\"government\"");
    let university = of("\"university\"");
    assert!(0.0 < private && private < government && government < university);
}

/// Firms' rents fall by what the city gives up on a square metre: where there is no tax there is no
/// relief.
#[test]
fn relief_of_property_tax_is_worth_what_the_city_gives_up() {
    let changes = [
        ("plot_ratio = 3", "plot_ratio = 1"),
        ("acquisition_relief = 1", "acquisition_relief = 0"),
        ("review_exempt = true", "review_exempt = false"),
        ("priority_examination = true", "priority_examination = false"),
        ("loans = 1", "loans = 0"),
    ];
    let of = |rate: &str| {
        let set = [("property_tax_rate", rate)];
        let outcome =
            simulate_with(&folder(&lever(LeverKind::Designation, &changes), ""), &set, 12);
        outcome.differences("relocations_in", &["special-zone"]).iter().sum::<f64>()
    };
    let [none, some, much] = ["0", "0.0025", "0.05"].map(of);
    assert_eq!(none, 0.0);
    assert!(some <= much && much > 0.0, "{some} {much}");
}

fn shipped() -> Scenario {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
    Scenario::loader(&folder).load().unwrap()
}

#[test]
fn a_size_beyond_its_evidence_is_named() {
    for kind in LeverKind::ALL {
        let spec = kind.spec();
        // How far what is known of an instrument reaches, its own lever says.
        let is_silent = spec.parameters.is_empty() || kind == LeverKind::Instrument;
        assert_eq!(spec.evidence.is_empty(), is_silent, "{}", spec.name);
        for limit in spec.evidence {
            assert!(spec.settings.iter().any(|known| known.name == limit.setting), "{}", spec.name);
            assert!(limit.limit > 0.0 && limit.source.len() > 8, "{}", spec.name);
        }
    }
    for policy in &shipped().policies {
        assert!(beyond_evidence(&policy.plan, |_, amount| amount).is_empty(), "{}", policy.name);
    }
    // One of each kind that is as large as a setting may be is beyond every limit of the kind.
    for kind in LeverKind::ALL {
        let spec = kind.spec();
        let mut text = settings(kind);
        let own = if kind == LeverKind::Instrument { "evidence_limit = 0.5\n" } else { "" };
        text.push_str(own);
        for limit in spec.evidence {
            let line = text.lines().find(|line| line.starts_with(&format!("{} = ", limit.setting)));
            let line = line.unwrap().to_owned();
            let large = if limit.limit < 1.0 { 1.0 } else { 2.0 * limit.limit };
            text = text.replace(&line, &format!("{} = {large}", limit.setting));
        }
        let made: Folder = folder(&format!("[levers.tried]\n{text}"), "");
        let scenario = made.load().unwrap();
        let policy = scenario.policies.iter().find(|policy| policy.name == "policy").unwrap();
        let found = beyond_evidence(&policy.plan, |_, amount| amount);
        let named: Vec<&str> = found.iter().map(|beyond| beyond.setting).collect();
        let own = (!own.is_empty()).then_some("reach");
        let limits = spec.evidence.iter().map(|limit| limit.setting);
        let limits: Vec<&str> = limits.chain(own).collect();
        assert_eq!(named, limits, "{}", spec.name);
        assert!(found.iter().all(|beyond| beyond.lever == "tried" && beyond.spec == kind.spec()));
    }
}
