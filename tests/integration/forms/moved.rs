//! Rates of return, and net present values when an assumption is moved.

use crate::forms::typed::Row;
use crate::forms::typed::appraised;
use crate::forms::typed::figure;
use crate::forms::typed::flows;
use crate::forms::typed::rows;
use yangjae::scenario::appraisal::AfterHorizon;

/// Rates are of the mean flows, and so are their intervals; the replications lie around both, and why there is
/// none is said.
#[test]
fn rates_have_intervals_and_lie_among_their_replications() {
    for after in AfterHorizon::ALL {
        let place = tempfile::tempdir().unwrap();
        let folder = appraised("kr-pfs", after, place.path());
        for name in ["internal_rate_of_return", "modified_rate_of_return"] {
            let of = |column| figure(&folder, "results", ["result", name], "campus", column);
            let [mean, low, high, p05, p95] = ["mean", "ci_low", "ci_high", "p05", "p95"].map(of);
            assert!(low < mean && mean < high, "{name}: {low} {mean} {high}");
            assert!(p05 <= mean && mean <= p95, "{name}: {p05} {mean} {p95}");
            // As the interval of the net present value, it is about as wide beside the spread.
            let npv =
                |column| figure(&folder, "results", ["result", "economic_npv"], "campus", column);
            let beside = |low, high, p05, p95| (high - low) / (p95 - p05);
            let of_npv = beside(npv("ci_low"), npv("ci_high"), npv("p05"), npv("p95"));
            let of_rate = beside(low, high, p05, p95);
            assert!((of_rate / of_npv - 1.0).abs() < 0.1, "{name}: {of_rate} {of_npv}");
        }
        for row in rows(&folder, "results") {
            assert!(!row["mean"].is_empty() || !row["note"].is_empty(), "{row:?}");
            assert!(!row["meaning_en"].is_empty() && !row["meaning_ko"].is_empty(), "{row:?}");
        }
    }
}

/// Net present values when an assumption is moved are those of the flows with it moved, and 0 at the switching
/// value.
#[test]
fn assumptions_move_the_net_present_value_as_flows_do() {
    for (rules, burden) in [("kr-pfs", 0.0), ("us-a94-1992", 0.25)] {
        let place = tempfile::tempdir().unwrap();
        let folder = appraised(rules, AfterHorizon::Hold, place.path());
        let all = rows(&folder, "flows");
        let tests = rows(&folder, "sensitivity");
        for policy in ["campus", "grants"] {
            let period = ["simulated", "after_horizon", "value_at_end"];
            let of = |wanted: &[&str]| -> f64 {
                let own = flows(&all, policy).into_iter();
                let own = own.filter(|row| period.contains(&row["part"].as_str()));
                let own = own.filter(|row| wanted.contains(&row["item"].as_str()));
                let present = |row: &Row| {
                    row["amount"].parse::<f64>().unwrap()
                        * ["factor", "financial_factor"]
                            .iter()
                            .find_map(|factor| row[*factor].parse::<f64>().ok())
                            .unwrap()
                };
                own.map(present).sum()
            };
            let npv = figure(&folder, "results", ["result", "economic_npv"], policy, "mean");
            let public = -figure(&folder, "results", ["result", "financial_npv"], policy, "mean");
            let [added, elsewhere] = [["value_added"], ["value_added_elsewhere"]].map(|it| of(&it));
            let taxes = of(&["income_tax", "corporate_tax"]);
            let taxes_elsewhere = of(&["taxes_elsewhere"]);
            let with_share = |share: f64| {
                let less = |all: f64, there: f64| -there - share * all;
                npv + less(added, elsewhere) + burden * less(taxes, taxes_elsewhere)
            };
            let test = |kind: &str, moved: &str| -> Vec<(f64, f64)> {
                let found = tests.iter().filter(|row| {
                    [&row["policy"], &row["kind"], &row["moved"]] == [policy, kind, moved]
                        && !row["value"].is_empty()
                });
                let pair =
                    |row: &Row| (row["value"].parse().unwrap(), row["npv"].parse::<f64>().unwrap());
                found.map(pair).collect()
            };
            let near = |found: f64, expected: f64| {
                assert!((found - expected).abs() < 1e-3, "{rules} {policy}: {found} {expected}");
            };
            for (share, found) in test("change", "opportunity_share") {
                near(found, with_share(share));
            }
            for (share, _) in test("switching_value", "opportunity_share") {
                near(with_share(share), 0.0);
            }
            for (change, found) in test("change", "value_added_per_job") {
                near(found, npv + change / 100.0 * (added + elsewhere));
            }
            for (change, _) in test("switching_value", "value_added_per_job") {
                near(npv + change / 100.0 * (added + elsewhere), 0.0);
            }
            for (level, found) in test("change", "marginal_cost_of_public_funds") {
                near(found, npv - (level - 1.0 - burden) * public);
            }
            for (level, _) in test("switching_value", "marginal_cost_of_public_funds") {
                near(npv - (level - 1.0 - burden) * public, 0.0);
            }
            let of_change = |moved| test("change", moved).len();
            assert_eq!(
                ["opportunity_share", "value_added_per_job", "marginal_cost_of_public_funds"]
                    .map(of_change),
                [1, 4, 1]
            );
            assert_eq!(test("switching_value", "value_added_per_job").len(), 1);
        }
    }
}

#[test]
fn several_rates_or_none_are_said_to_be_so() {
    let folder = tempfile::tempdir().unwrap();
    let folder = appraised("us-a94-2023", AfterHorizon::Nothing, folder.path());
    let results = rows(&folder, "results");
    for (policy, note) in [
        ("two-rates", "2 rates, 0.00 %, 100.00 %: read the net present value"),
        ("no-rate", "no rate: the net value is 0 at no discount rate"),
    ] {
        let row = results
            .iter()
            .find(|row| row["policy"] == policy && row["result"] == "internal_rate_of_return");
        let row = row.unwrap();
        assert_eq!(row["mean"], "", "{row:?}");
        assert!(row["note"].starts_with(note), "{row:?}");
        assert!(row["note"].contains("0 of 24 replications have one rate"), "{row:?}");
    }
}

/// Costs, benefits, rates and delays move the net present value as they must, and it is 0 at every
/// switching value.
#[test]
fn switching_values_bring_the_net_present_value_to_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = appraised("uk-2026", AfterHorizon::Hold, folder.path());
    let tests = rows(&folder, "sensitivity");
    let results = rows(&folder, "results");
    for policy in ["campus", "grants"] {
        let number = |text: &str| text.parse::<f64>().unwrap();
        let result = |name: &str| {
            let found = |row: &&Row| row["policy"] == policy && row["result"] == name;
            number(&results.iter().find(found).unwrap()["mean"])
        };
        let test = |kind: &str, moved: &str, value: &str| {
            let found = tests.iter().find(|row| {
                row["policy"] == policy
                    && row["kind"] == kind
                    && row["moved"] == moved
                    && (value.is_empty() || row["value"] == value)
            });
            found.unwrap_or_else(|| panic!("{kind} {moved} {value}")).clone()
        };
        let [cost, benefit] = ["present_value_of_costs", "present_value_of_benefits"].map(result);
        for (moved, sign) in [("costs", 1.0), ("benefits", -1.0)] {
            let value = number(&test("switching_value", moved, "")["value"]);
            let of = if moved == "costs" { cost } else { benefit };
            assert!((value - sign * (benefit - cost) / of * 100.0).abs() < 1e-6);
            let raised = number(&test("change", moved, "10")["npv"]);
            assert!((raised - (benefit - cost - sign * 0.1 * of)).abs() < 2e-6, "{moved}");
        }
        // Later benefits are worth less, and a lower rate is no switching value.
        let late = ["1", "2", "3"].map(|years| number(&test("change", "delay", years)["npv"]));
        assert!(benefit - cost > late[0] && late[0] > late[1] && late[1] > late[2]);
        assert_eq!(test("change", "lower_rate", "")["value"], "");
    }
}
