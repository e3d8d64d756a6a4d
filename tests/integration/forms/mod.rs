//! `appraisal/` of flows that are typed: totals are the sums of their rows to the digit, results follow
//! from flows, each rule set is applied, and `tests/appraisal/by-hand.fods` comes to the same won.

mod moved;
mod typed;

use crate::forms::typed::POLICIES;
use crate::forms::typed::Row;
use crate::forms::typed::appraised;
use crate::forms::typed::counted;
use crate::forms::typed::figure;
use crate::forms::typed::flows;
use crate::forms::typed::rows;
use crate::forms::typed::sum;
use crate::forms::typed::won;
use clap::Args;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use yangjae::commands::run::Arguments;
use yangjae::scenario::appraisal::AfterHorizon;
use yangjae::scenario::appraisal::RuleSet;

/// Of every rule set: totals of flows, funding, optimism bias, induced effects and net jobs are the sums
/// of their rows, and so are the results of the flows.
#[test]
fn every_total_is_the_sum_of_its_rows_to_the_digit() {
    for set in RuleSet::ALL {
        let folder = tempfile::tempdir().unwrap();
        let folder = appraised(set.name(), AfterHorizon::Hold, folder.path());
        let all = rows(&folder, "flows");
        assert!(all.iter().any(|row| row["part"] == "after_horizon"), "{}", set.name());
        for total in all.iter().filter(|row| row["payer"] == "all") {
            let of_year: Vec<&Row> = flows(&all, &total["policy"])
                .into_iter()
                .filter(|row| (&row["part"], &row["year"]) == (&total["part"], &total["year"]))
                .collect();
            let part = [total["part"].as_str()];
            let of = |word: &str, column| sum(counted(&of_year, word, &part), column);
            let (column, more, less) = match total["item"].as_str() {
                "total_costs" => ("discounted", "cost", ""),
                "total_benefits" => ("discounted", "benefit", ""),
                "net_benefits" => ("discounted", "benefit", "cost"),
                "total_payments" => ("financial_discounted", "payment", ""),
                "total_receipts" => ("financial_discounted", "receipt", ""),
                _ => ("financial_discounted", "receipt", "payment"),
            };
            for column in ["base", "added", "amount", column] {
                let less = if less.is_empty() { 0 } else { of(less, column) };
                assert_eq!(won(&total[column]), of(more, column) - less, "{total:?}");
            }
        }
        results_are_of_flows(&folder, &all, set);
        sums_of_forms(&folder);
    }
}

fn results_are_of_flows(folder: &Path, all: &[Row], set: RuleSet) {
    let period = ["simulated", "after_horizon", "value_at_end"];
    let simulated = ["simulated", "value_at_horizon"];
    for result in rows(folder, "results") {
        let own = flows(all, &result["policy"]);
        let of = |word, parts: &[&str], column| sum(counted(&own, word, parts), column);
        let (cost, payment) = ("discounted", "financial_discounted");
        let expected = match result["result"].as_str() {
            "present_value_of_costs" => of("cost", &period, cost),
            "present_value_of_benefits" => of("benefit", &period, cost),
            "economic_npv" => of("benefit", &period, cost) - of("cost", &period, cost),
            "simulated_costs" => of("cost", &simulated, cost),
            "simulated_benefits" => of("benefit", &simulated, cost),
            "simulated_npv" => of("benefit", &simulated, cost) - of("cost", &simulated, cost),
            "financial_costs" => of("payment", &period, payment),
            "financial_receipts" => of("receipt", &period, payment),
            "financial_npv" => of("receipt", &period, payment) - of("payment", &period, payment),
            "simulated_financial_npv" => {
                of("receipt", &simulated, payment) - of("payment", &simulated, payment)
            }
            _ => continue,
        };
        assert_eq!(won(&result["mean"]), expected, "{}: {result:?}", set.name());
        // Replications lie around it.
        let number = |column: &str| result[column].parse::<f64>().unwrap();
        let mean = number("mean");
        let inside = number("p05") - 1e-4 <= mean && mean <= number("p95") + 1e-4;
        assert!(inside, "{}: {result:?}", set.name());
    }
}

fn sums_of_forms(folder: &Path) {
    for (table, columns, total, within) in [
        (
            "funding",
            &["spending", "receipts", "net", "not_paid"][..],
            "payer",
            &["policy", "part", "year"][..],
        ),
        ("optimism_bias", &["before", "added", "after"], "item", &["policy"]),
        ("induced", &["final_demand", "induced"], "demand", &["policy", "place", "effect"]),
    ] {
        let all = rows(folder, table);
        for sums in all.iter().filter(|row| row[total] == "all") {
            let same = |row: &&Row| within.iter().all(|key| row[*key] == sums[*key]);
            let parts: Vec<&Row> =
                all.iter().filter(same).filter(|row| row[total] != "all").collect();
            for column in columns {
                assert_eq!(won(&sums[*column]), sum(parts.clone(), column), "{table}: {sums:?}");
            }
        }
    }
    let all = rows(folder, "gross_to_net");
    for net in all.iter().filter(|row| row["step"] == "net") {
        let steps = all.iter().filter(|row| {
            (&row["policy"], &row["place"], row["unit"].as_str())
                == (&net["policy"], &net["place"], "persons")
                && row["step"] != "net"
        });
        assert_eq!(won(&net["value"]), sum(steps, "value"), "{net:?}");
    }
}

/// Under every rule set the steps from the own accounts add up to the results, to the won, and the first of them is
/// what `cost_benefit.csv` says.
#[test]
fn the_own_accounts_lead_to_the_rule_set() {
    for set in RuleSet::ALL {
        for after in AfterHorizon::ALL {
            let place = tempfile::tempdir().unwrap();
            let folder = appraised(set.name(), after, place.path());
            let [bridge, results] = ["bridge", "results"].map(|table| rows(&folder, table));
            let own = rows(place.path(), "cost_benefit");
            for policy in &POLICIES[1..] {
                let of = |row: &&Row| row["policy"] == *policy;
                let steps: Vec<&Row> = bridge.iter().filter(of).collect();
                let (sums, steps) = steps.split_last().unwrap();
                let find = |all: &[Row], key: &str, name: &str| {
                    let found = |row: &&Row| of(row) && row[key] == name;
                    all.iter().find(found).unwrap()["mean"].clone()
                };
                for (column, result, total) in [
                    ("costs", "present_value_of_costs", "economic_cost"),
                    ("benefits", "present_value_of_benefits", "economic_benefit"),
                    ("npv", "economic_npv", "economic_net_present_value"),
                ] {
                    let context = format!("{} {} {policy} {column}", set.name(), after.name());
                    assert_eq!(sum(steps.iter().copied(), column), won(&sums[column]), "{context}");
                    assert_eq!(
                        won(&sums[column]),
                        won(&find(&results, "result", result)),
                        "{context}"
                    );
                    let own: f64 = find(&own, "item", total).parse().unwrap();
                    let first: f64 = steps[0][column].parse().unwrap();
                    assert!((own - first).abs() < 2e-6, "{context}: {own} {first}");
                    // Beside the whole, what rows are rounded by is nothing.
                    let rest = steps.iter().find(|row| row["step"] == "rounding").unwrap();
                    assert!(won(&rest[column]).abs() < 1000, "{context}: {rest:?}");
                }
                assert!(
                    steps
                        .iter()
                        .all(|row| !row["meaning_ko"].is_empty() && row["step"] != "rule_set")
                );
                let transfers = steps.iter().find(|row| row["step"] == "transfers").unwrap();
                assert_eq!(won(&transfers["npv"]), 0);
                assert_eq!(won(&transfers["costs"]) < 0, ["campus", "grants"].contains(policy));
            }
        }
    }
}

/// The figures of `tests/appraisal/by-hand.fods`, which `LibreOffice` computes in `tests/appraisal/run`.
#[test]
fn results_are_those_of_the_spreadsheet() {
    let folder = tempfile::tempdir().unwrap();
    let folder = appraised("kr-pfs", AfterHorizon::Hold, folder.path());
    let results = rows(&folder, "results");
    let of = |policy: &str, name: &str| {
        let found = |row: &&Row| (row["policy"].as_str(), row["result"].as_str()) == (policy, name);
        results.iter().find(found).unwrap()["mean"].clone()
    };
    for (policy, name, expected) in [
        ("campus", "present_value_of_costs", "2414.098854"),
        ("campus", "present_value_of_benefits", "3207.829645"),
        ("campus", "economic_npv", "793.730791"),
        ("campus", "simulated_npv", "123.535221"),
        ("campus", "financial_npv", "-2451.745169"),
        ("grants", "present_value_of_costs", "1271.268402"),
        ("grants", "economic_npv", "75.816708"),
        ("grants", "simulated_npv", "6.554929"),
        ("grants", "financial_npv", "-1467.904517"),
    ] {
        assert_eq!(of(policy, name), expected, "{policy}: {name}");
    }
    for (policy, name, expected) in [
        ("campus", "benefit_cost_ratio", 1.328_789_680_540_56),
        ("campus", "internal_rate_of_return", 0.082_082_526_703_203),
        ("grants", "internal_rate_of_return", 0.208_865_123_282_54),
        ("grants", "modified_rate_of_return", 0.067_446_598_715_29),
    ] {
        let found: f64 = of(policy, name).parse().unwrap();
        assert!((found - expected).abs() < 1e-11, "{policy}: {name}: {found}");
    }
}

/// 2 and 4 net jobs in 2025 and 2026, at 4.5 % from 2024: 2/1.045 + 4/1.045² = 5.576 795 403. The campus pays
/// 1620, 720 and 106: 1620 + 720/1.045 + 106/1.045² = 2406.062 590.
#[test]
fn job_years_are_discounted_as_money_is() {
    let place = tempfile::tempdir().unwrap();
    appraised("kr-pfs", AfterHorizon::Hold, place.path());
    let of = |name| figure(place.path(), "cost_benefit", ["item", name], "campus", "mean");
    for (name, expected) in [
        ("net_job_years", 6.0),
        ("discounted_net_job_years", 5.576_795_403),
        ("fiscal_cost", 2_406.062_590),
        ("cost_per_net_job_year", 431.441_790),
    ] {
        assert!((of(name) - expected).abs() < 1e-6, "{name}: {}", of(name));
    }
}

/// The same amount in every year of the period is worth the net present value.
#[test]
fn policies_of_different_periods_have_a_yearly_value() {
    let place = tempfile::tempdir().unwrap();
    let folder = appraised("kr-pfs", AfterHorizon::Hold, place.path());
    let of = |name, column| figure(&folder, "results", ["result", name], "campus", column);
    assert_eq!(
        (of("economic_npv", "first_year"), of("economic_npv", "last_year")),
        (2024.0, 2053.0)
    );
    // 2024 to 2053, discounted to 2022: 16.288889 / 1.045.
    let annuity = 16.288_889 / 1.045;
    let yearly = of("equivalent_annual_value", "mean");
    assert!((yearly * annuity - of("economic_npv", "mean")).abs() < 1e-4, "{yearly}");
    let below = |name| of(name, "probability_negative");
    assert!((below("equivalent_annual_value") - below("economic_npv")).abs() < 1e-12);
}

/// Land is given, not paid for; what is paid is all the rest.
#[test]
fn funding_has_land_apart() {
    let place = tempfile::tempdir().unwrap();
    let folder = appraised("eu", AfterHorizon::Hold, place.path());
    let funding = rows(&folder, "funding");
    let row = funding.iter().find(|row| {
        (row["policy"].as_str(), row["year"].as_str(), row["payer"].as_str())
            == ("campus", "2024", "city")
    });
    let row = row.unwrap();
    let of = |column: &str| row[column].parse::<f64>().unwrap();
    assert_eq!((of("spending"), of("net"), of("not_paid")), (1320.0, 1320.0, 300.0));
}

/// By the Green Book what public payers pay stands below the line, and the ratio less 1 is net value over it.
#[test]
fn the_ratio_is_over_what_the_rule_set_says() {
    for (rules, public) in [("uk-2026", true), ("kr-pfs", false)] {
        let place = tempfile::tempdir().unwrap();
        let folder = appraised(rules, AfterHorizon::Hold, place.path());
        for (policy, of) in
            ["campus", "grants"].into_iter().flat_map(|it| [(it, ""), (it, "simulated_")])
        {
            let result = |name: &str| figure(&folder, "results", ["result", name], policy, "mean");
            let npv = result(if of.is_empty() { "economic_npv" } else { "simulated_npv" });
            let ratio = result(&format!("{of}benefit_cost_ratio"));
            let below = match (public, of) {
                (true, "") => result("financial_costs"),
                (true, _) => {
                    figure(&folder, "gross_to_net", ["step", "public_cost"], policy, "value")
                }
                (false, "") => result("present_value_of_costs"),
                (false, _) => result("simulated_costs"),
            };
            assert!(((ratio - 1.0) * below - npv).abs() < 1e-6, "{rules} {policy}: {ratio}");
        }
    }
}

/// Cases of the analytic hierarchy process are those that a policy may fall under.
#[test]
fn cases_that_do_not_apply_are_left_out() {
    let place = tempfile::tempdir().unwrap();
    let folder = appraised("kr-pfs", AfterHorizon::Hold, place.path());
    let all = rows(&folder, "ahp");
    for (policy, builds) in [("campus", true), ("grants", false)] {
        let own: Vec<&Row> = all.iter().filter(|row| row["policy"] == policy).collect();
        assert!(!own.is_empty());
        for row in own {
            assert_eq!(row["case_en"].contains("construction"), builds, "{row:?}");
            assert_ne!(row["criterion_ko"], row["criterion"]);
        }
    }
}

/// Writes what `tests/appraisal/run` compares with the spreadsheet.
#[test]
#[ignore = "for tests/appraisal/run, which names the folder"]
fn the_appraisal_is_written_for_the_spreadsheet() {
    let folder = std::env::var_os("YANGJAE_APPRAISAL").expect("tests/appraisal/run sets it");
    appraised("kr-pfs", AfterHorizon::Hold, Path::new(&folder));
}

#[test]
fn without_years_after_the_horizon_both_results_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let folder = appraised("kr-pfs", AfterHorizon::Nothing, folder.path());
    let flows = rows(&folder, "flows");
    assert!(flows.iter().all(|row| row["year"].parse::<u16>().unwrap() <= 2026));
    assert!(flows.iter().any(|row| row["part"] == "value_at_horizon"));
    let results = rows(&folder, "results");
    let of = |name: &str| {
        let wanted = results.iter().filter(|row| row["result"] == name);
        wanted.map(|row| row["mean"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("economic_npv"), of("simulated_npv"));
    assert_eq!(of("benefit_cost_ratio"), of("simulated_benefit_cost_ratio"));
    assert_eq!(of("financial_npv"), of("simulated_financial_npv"));
}

/// 30 years from the start; 60; 25; land back, buildings by their life, funds at 1.25.
#[test]
fn each_rule_set_is_applied() {
    let flows_of = |rules: &str| {
        let folder: TempDir = tempfile::tempdir().unwrap();
        let folder = appraised(rules, AfterHorizon::Hold, folder.path());
        rows(&folder, "flows")
    };
    for (rules, last, burden) in [
        ("kr-pfs", 2053, false),
        ("kr-local", 2053, false),
        ("uk-2026", 2083, false),
        ("us-a94-1992", 2053, true),
        ("us-a94-2023", 2053, false),
        ("eu", 2048, false),
    ] {
        let all = flows_of(rules);
        let years = all.iter().map(|row| row["year"].parse::<i32>().unwrap());
        assert_eq!(years.max(), Some(last), "{rules}");
        let burdens = all.iter().any(|row| row["item"] == "excess_burden");
        assert_eq!(burdens, burden, "{rules}");
        let end = all.iter().find(|row| {
            (row["policy"].as_str(), row["part"].as_str(), row["item"].as_str())
                == ("campus", "value_at_end", "residual_value")
        });
        let found = end.unwrap()["base"].parse::<f64>().unwrap();
        // Construction of 2024 and 2025, of which so much is left; land whole. The scenario's overrun
        // is taken out where the rule set adds for it.
        let left = |life: f64, year: i32| (1.0 - f64::from(last - year) / life).max(0.0);
        let of =
            |life, over: f64| (1320.0 * left(life, 2024) + 660.0 * left(life, 2025)) / over + 300.0;
        let expected = match rules {
            "kr-pfs" | "kr-local" => 300.0 * 107.71 / 114.18,
            "uk-2026" => of(60.0, 1.2),
            _ => of(40.0, 1.0),
        };
        assert!((found - expected).abs() < 1e-6, "{rules}: {found} instead of {expected}");
    }
}

#[test]
fn a_rule_set_is_in_the_manifest_and_an_unknown_one_is_refused_with_the_list() {
    let folder = tempfile::tempdir().unwrap();
    appraised("eu", AfterHorizon::Hold, folder.path());
    let manifest = fs::read_to_string(folder.path().join("manifest.json")).unwrap();
    assert!(manifest.contains("\"appraisal\": \"eu\""), "{manifest}");
    let command = Arguments::augment_args(clap::Command::new("run"));
    let error = command.try_get_matches_from(["run", "--appraisal", "kr"]).unwrap_err().to_string();
    for word in RuleSet::WORDS {
        assert!(error.contains(word), "{error}");
    }
}

/// Every figure that is traced is the sum of the rows that are told.
#[test]
fn explain_tells_the_rows_of_every_figure() {
    let place = tempfile::tempdir().unwrap();
    let toy = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/toy");
    let said = |line: &str| {
        let mut command = crate::program::yangjae();
        let output = command.args(line.split_whitespace()).current_dir(place.path()).output();
        crate::program::Said::from(output.unwrap())
    };
    let toy = toy.display();
    assert_eq!(said(&format!("run {toy} --quiet --replications 4 --output out")).status, Some(0));
    let names = yangjae::analysis::appraisal::TOTALS
        .iter()
        .chain(yangjae::analysis::appraisal::outcome::OUTCOMES);
    for (name, ..) in names {
        let told = said(&format!("explain {name} --policy hub --run out"));
        assert_eq!(told.status, Some(0), "{name}: {told:?}");
        assert!(told.out.contains(&format!("{name} of hub against baseline")), "{told:?}");
        assert!(told.out.lines().count() > 5, "{told:?}");
    }
    let told = said("explain economic_npv --policy hub --run out").out;
    let of = |what: &str| {
        let line = told.lines().find_map(|line| line.trim().strip_prefix(what)).unwrap();
        won(line.trim_start_matches(": ").split(' ').next().unwrap())
    };
    assert!(told.contains("own_accounts") && told.contains("economic_net_present_value"), "{told}");
    // Both figures of that name are told apart by file and years.
    let line = |by: &str| told.lines().find(|line| line.trim().starts_with(by)).unwrap();
    let (own, by_rules) = (line("the scenario's own accounts"), line("the ministry's rule set"));
    assert!(own.contains("cost_benefit.csv") && own.contains("to 2028"), "{told}");
    assert!(by_rules.contains("appraisal/results.csv") && !by_rules.contains("to 2028"), "{told}");
    let (benefits, costs) = (of("sum of benefit"), of("sum of cost"));
    assert_eq!(benefits - costs, of("economic_npv of hub against baseline"));
    let told = said("explain construction --policy hub --run out").out;
    assert!(told.starts_with("construction of hub against baseline: city "), "{told}");
    let printed = told.lines().next().unwrap().split("city ").nth(1).unwrap();
    let [printed, sum] = [printed, told.split("sum of construction: ").nth(1).unwrap()]
        .map(|text| text.split(' ').next().unwrap().parse::<f64>().unwrap());
    assert!((printed - sum).abs() < 1e-6 * printed, "{told}");
    // Whatever stands in the summary, in the steps to net jobs, and as a total of a year.
    let folder = place.path().join("out/appraisal");
    let frame =
        ["rule_set", "rate", "price_year", "discount_year", "first_year", "last_year", "pass_mark"];
    let summary = rows(&folder, "summary");
    let entries =
        summary.iter().filter(|row| row["policy"] == "hub").map(|row| row["entry"].clone());
    let entries = entries.filter(|entry| !frame.contains(&entry.as_str()));
    let totals = rows(&folder, "flows").into_iter().filter(|row| row["payer"] == "all");
    let mut names: std::collections::BTreeSet<String> =
        entries.chain(totals.map(|row| row["item"].clone())).collect();
    names.extend(["public_cost", "cost_per_net_job", "switching_value"].map(str::to_owned));
    for name in &names {
        let told = said(&format!("explain {name} --policy hub --run out"));
        assert_eq!(told.status, Some(0), "{name}: {told:?}");
        assert!(told.out.starts_with(&format!("{name} of hub against baseline: ")), "{told:?}");
        assert!(!told.out.starts_with(&format!("{name} of hub against baseline:  in")), "{told:?}");
        assert!(told.out.lines().count() > 5, "{told:?}");
    }
    // And of the tables that have all that a figure is made of, whose rows it shows.
    let mut names: Vec<String> =
        ["spending", "receipts", "not_paid", "final_demand", "output", "imports"]
            .map(str::to_owned)
            .to_vec();
    names.extend(["contingency", "npv"].map(str::to_owned));
    let bridge = rows(&folder, "bridge").into_iter().filter(|row| row["policy"] == "hub");
    names.extend(bridge.map(|row| row["step"].clone()));
    for name in &names {
        let told = said(&format!("explain {name} --policy hub --run out"));
        assert_eq!(told.status, Some(0), "{name}: {told:?}");
        assert!(told.out.starts_with(&format!("{name} of hub against baseline: ")), "{told:?}");
        assert!(told.out.lines().count() > 4, "{told:?}");
    }
    let results = rows(&folder, "results");
    let years = |result: &str| {
        let row = results.iter().find(|row| row["result"] == result && row["policy"] == "hub");
        row.unwrap()["last_year"].clone()
    };
    assert_eq!(years("simulated_npv"), "2028");
    assert!(years("economic_npv").parse::<u16>().unwrap() > 2028);
    let told = said("explain economic_npv --policy baseline --run out");
    assert_eq!(told.status, Some(2), "{told:?}");
    assert!(told.error.contains("`hub`"), "{told:?}");
    let told = said("explain jobs --policy hub --run out");
    assert_eq!(told.status, Some(2), "{told:?}");
    // A figure that the run did not write is not explained.
    let table = place.path().join("out/appraisal/results.csv");
    let altered =
        fs::read_to_string(&table).unwrap().replace("economic_npv,KRW m,-", "economic_npv,KRW m,");
    fs::write(&table, altered).unwrap();
    let told = said("explain economic_npv --policy hub --run out");
    assert_eq!(told.status, Some(2), "{told:?}");
    assert!(told.error.contains("not what the run wrote: appraisal/results.csv"), "{told:?}");
}
