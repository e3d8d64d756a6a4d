//! What is booked where, by the money of single levers: identities of the accounts in every
//! replication and year.

use std::path::Path;

use yangjae::analysis::layout::Table;
use yangjae::model::ledger::cash::CashAccount;
use yangjae::model::ledger::cash::CashItem;
use yangjae::model::ledger::cash::Counts;
use yangjae::policy::levers::LeverKind;
use yangjae::scenario::Scenario;

use crate::levers::Outcome;
use crate::levers::folder;
use crate::levers::settings;
use crate::levers::simulate_with;

/// What a policy books of an item by a payer, by replication and year.
fn flows(outcome: &Outcome, policy: usize, item: CashItem, payer: &str) -> Vec<Vec<f64>> {
    let layout = &outcome.layouts[policy];
    let years = layout.years.len();
    let of = |values: &Vec<Vec<f64>>| match layout.position(Table::Cash, item.name(), payer) {
        Some(series) => values[policy][series * years..(series + 1) * years].to_vec(),
        None => vec![0.0; years],
    };
    outcome.values.iter().map(of).collect()
}

/// The same of the first replication, of the policy and the city.
fn paid(outcome: &Outcome, item: CashItem) -> Vec<f64> {
    flows(outcome, 1, item, "city").remove(0)
}

fn of_lever(kind: LeverKind, changes: &[(&str, &str)], set: &[(&str, &str)]) -> Outcome {
    let mut text = settings(kind);
    for (find, replace) in changes {
        assert!(text.contains(find), "{find} in {text}");
        text = text.replace(find, replace);
    }
    simulate_with(&folder(&format!("[levers.tried]\n{text}"), ""), set, 3)
}

/// What only changes hands leaves the economic account's net value alone, and the fiscal one counts
/// all that public payers pay or get.
#[test]
fn each_account_is_a_cost_or_a_return_and_transfers_cancel() {
    for account in CashAccount::ALL {
        let (fiscal, economic) = (account.fiscal(), account.economic());
        let net = economic.benefit - economic.cost;
        match account {
            CashAccount::Transfer => assert_eq!((net, economic.cost), (0, 1)),
            CashAccount::Revenue | CashAccount::Elsewhere => assert_eq!(economic, Counts::NOTHING),
            _ => assert_eq!(net, -1, "{account:?}"),
        }
        let of_society = matches!(account, CashAccount::Burden | CashAccount::Output);
        assert_eq!(fiscal == Counts::NOTHING, of_society, "{account:?}");
        assert_eq!(account.is_cost(), fiscal.cost == 1);
        assert!(!account.rule_en().is_empty() && !account.rule_ko().is_empty());
    }
}

/// Excess burden is of all that public payers pay and get; what is elsewhere is a share of what is
/// here.
#[test]
fn totals_of_society_follow_from_the_other_rows_in_every_year() {
    let set = [("opportunity_share", "0.8"), ("marginal_cost_of_public_funds", "1.25")];
    for kind in [LeverKind::Facility, LeverKind::MatchingFund, LeverKind::ResearchGrant] {
        let outcome = of_lever(kind, &[], &set);
        for policy in [0, 1] {
            let years = outcome.layouts[policy].years.len();
            for replication in 0..outcome.values.len() {
                let of = |item: CashItem, payer: &str, year: usize| {
                    flows(&outcome, policy, item, payer)[replication][year]
                };
                for year in 0..years {
                    let mut net = 0.0;
                    for &item in CashItem::ALL {
                        if item.account().fiscal() != Counts::NOTHING {
                            net += ["city", "state"]
                                .map(|payer| of(item, payer, year))
                                .iter()
                                .sum::<f64>();
                        }
                    }
                    let burden = of(CashItem::ExcessBurden, "private", year);
                    assert!((burden - 0.25 * net).abs() <= 0.5, "{burden}, not a quarter of {net}");
                    let taxes: f64 = [
                        (CashItem::IncomeTax, "state"),
                        (CashItem::LocalIncomeTax, "city"),
                        (CashItem::CorporateTax, "state"),
                        (CashItem::AcquisitionTax, "city"),
                        (CashItem::PropertyTax, "city"),
                    ]
                    .iter()
                    .map(|&(item, payer)| of(item, payer, year))
                    .sum();
                    let elsewhere = of(CashItem::TaxesElsewhere, "state", year);
                    assert!((elsewhere + 0.8 * taxes).abs() <= 0.5, "{elsewhere} {taxes}");
                    let added = of(CashItem::ValueAdded, "private", year);
                    let elsewhere = of(CashItem::ValueAddedElsewhere, "private", year);
                    assert!(added < 0.0 && (elsewhere + 0.8 * added).abs() <= 0.5);
                }
            }
        }
    }
}

/// Taxes go to whom the scenario says, and what a designation gives up is missed by who would have
/// received it; the sums are the same whoever receives them.
#[test]
fn each_tax_has_the_receiver_that_the_scenario_names() {
    let of = |receivers: [&str; 2]| {
        let folder = folder(&format!("[levers.tried]\n{}", settings(LeverKind::Designation)), "");
        let [city, state] = receivers;
        folder.change(
            "scenario.toml",
            "[\"local_income_tax\", \"acquisition_tax\", \"property_tax\"]",
            city,
        );
        folder.change("scenario.toml", "[\"income_tax\", \"corporate_tax\"]", state);
        simulate_with(&folder, &[], 3)
    };
    let usual = of([
        "[\"local_income_tax\", \"acquisition_tax\", \"property_tax\"]",
        "[\"income_tax\", \"corporate_tax\"]",
    ]);
    let other = of([
        "[\"acquisition_tax\"]",
        "[\"income_tax\", \"corporate_tax\", \"local_income_tax\", \"property_tax\"]",
    ]);
    let sum = |outcome: &Outcome, item, payer| -> f64 {
        flows(outcome, 1, item, payer).iter().flatten().sum()
    };
    for item in [CashItem::LocalIncomeTax, CashItem::PropertyTax] {
        assert_eq!((sum(&usual, item, "state"), sum(&other, item, "city")), (0.0, 0.0));
        assert_eq!(sum(&usual, item, "city"), sum(&other, item, "state"));
    }
    let given = |payer| sum(&other, CashItem::TaxGivenUp, payer);
    assert!(given("city") > 0.0 && given("state") > 0.0);
    let all = sum(&usual, CashItem::TaxGivenUp, "city");
    // Each of the two parts is rounded in each replication and year.
    assert!((given("city") + given("state") - all).abs() <= 3.0 * 8.0, "{all}");
}

/// What the firms themselves would have spent is a transfer; both parts are all of the grant.
#[test]
fn a_grant_buys_what_it_adds() {
    let of = |share: &str| {
        let outcome = of_lever(LeverKind::ResearchGrant, &[], &[("grant_additional_share", share)]);
        let [buys, moves] = [CashItem::Grants, CashItem::GrantsWindfall]
            .map(|item| paid(&outcome, item).iter().sum::<f64>());
        (buys, moves)
    };
    let (all, none) = (of("1"), of("0"));
    assert!(all.0 > 0.0 && (all.1, none.0) == (0.0, 0.0) && all.0 == none.1, "{all:?} {none:?}");
    let (buys, moves) = of("0.75");
    assert_eq!(buys + moves, all.0);
    assert!((buys - 0.75 * all.0).abs() <= 8.0, "{buys} of {}", all.0);
}

/// 900 over the two years to the opening, of which the first lies before the vantage date; and what
/// is left of what was paid, at 2.5 % a year over six years and 364 days.
#[test]
fn what_is_built_after_the_vantage_date_overruns() {
    let of = |overrun: &str, vantage: &str| {
        let text = settings(LeverKind::ExperienceCentre);
        let text = text.replace("opening = 2019-01-01", "opening = 2020-01-01");
        let place = folder(&format!("[levers.tried]\n{text}"), "");
        let known = std::fs::read_to_string(place.path.join("scenario.toml")).unwrap();
        let line = known.lines().find(|line| line.starts_with("vantage")).unwrap().to_owned();
        place.change("scenario.toml", &line, &format!("vantage = {vantage}"));
        let set = [("construction_overrun", overrun), ("building_residual", "0.025")];
        let outcome = simulate_with(&place, &set, 1);
        let residual = paid(&outcome, CashItem::ResidualValue);
        (paid(&outcome, CashItem::Construction)[..3].to_vec(), *residual.last().unwrap())
    };
    let left = 1.0 - 0.025 * (6.0 - 1.0 / 365.0);
    for (overrun, vantage, expected) in [
        ("1", "2018-12-31", [450.0, 450.0, 0.0]),
        ("1.2", "2018-12-31", [450.0, 540.0, 0.0]),
        ("1.2", "2017-12-31", [540.0, 540.0, 0.0]),
        ("1.2", "2020-12-31", [450.0, 450.0, 0.0]),
    ] {
        let (paid, residual) = of(overrun, vantage);
        assert_eq!(paid, expected, "{overrun} {vantage}");
        let worth = (expected.iter().sum::<f64>() * left + 300.0).round();
        assert!((residual + worth).abs() <= 1.0, "{residual}, not {worth}");
    }
}

/// 60 a year at 10 for two years, of whom half are at places that there were: 300 a year and cohort,
/// from 1 March on. The cohorts of 2024 and 2025 finish after the horizon.
#[test]
fn teaching_is_paid_while_it_is_given_and_unfinished_cohorts_cost_nothing() {
    let changes = [("length = 1\n", "length = 2\n"), ("new_share = 1\n", "new_share = 0.5\n")];
    let outcome = of_lever(LeverKind::Programme, &changes, &[]);
    let first = 300.0_f64 * 306.0 / 365.0;
    let paid_by_year = paid(&outcome, CashItem::Tuition);
    assert_eq!(paid_by_year[0], first.round());
    assert_eq!(paid_by_year[1], (300.0 + first).round());
    assert!(paid_by_year[2..].iter().all(|paid| *paid == 600.0), "{paid_by_year:?}");
    let carried = paid(&outcome, CashItem::UnfinishedTeaching);
    assert_eq!(*carried.last().unwrap(), -(300.0 + 2.0 * first).round());
    assert!(carried[..carried.len() - 1].iter().all(|value| *value == 0.0));
    // What is left is the cost of the cohorts that finish.
    let cost = paid_by_year.iter().chain(&carried).sum::<f64>();
    assert!((cost - 600.0 * 6.0).abs() <= 2.0, "{cost}");
}

/// What a fund holds is worth more the likelier firms are listed or bought, and nothing where none
/// ever is; the capital itself stands in the accounts all the same.
#[test]
fn a_stake_is_worth_what_it_is_expected_to_return() {
    let of = |rate: &str| {
        let set = [("listing_rate", rate), ("acquisition_rate", rate), ("fund_multiple", "2")];
        let outcome = of_lever(LeverKind::MatchingFund, &[], &set);
        let stake = paid(&outcome, CashItem::FundStake);
        assert!(stake[..stake.len() - 1].iter().all(|value| *value == 0.0));
        let invested: f64 = paid(&outcome, CashItem::FundPayments).iter().sum();
        (-stake.last().unwrap() / invested, invested)
    };
    let (none, some, more) = (of("0"), of("0.01"), of("0.05"));
    assert!(none.0 == 0.0 && none.1 > 0.0, "{none:?}");
    assert!(0.0 < some.0 && some.0 < more.0 && more.0 < 2.0, "{some:?} {more:?}");
}

/// Value added of a job is what the model's sales leave of it: between a quarter and two thirds of
/// the sales of a startup's job, after the ramp, by the means of their log-normal distribution.
#[test]
fn value_added_of_a_job_fits_the_sales_of_the_scenario() {
    for scenario in ["scenarios/yangjae", "scenarios/pangyo", "scenarios/toy", "src/commands/new"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(scenario);
        let scenario = Scenario::loader(&folder).load().unwrap();
        let value = |name| scenario.parameter(name).unwrap().value;
        let variance = value("sales_quality").powi(2) + value("sales_spread").powi(2);
        let sales = value("sales_per_head") * libm::exp(variance / 2.0);
        let share = value("value_added_per_job") / sales;
        assert!((0.25..0.67).contains(&share), "{share} of {sales} in {}", folder.display());
    }
}
