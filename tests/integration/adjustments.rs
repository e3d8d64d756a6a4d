//! A policy that changes a parameter changes each replication's own value of it: the random stream
//! stays, and a change of nothing is a difference of exactly nothing.

use yangjae::analysis::layout::Table;
use yangjae::analysis::study::Study;
use yangjae::analysis::study::Workspace;
use yangjae::analysis::study::policy::StudyPolicy;
use yangjae::scenario::Scenario;

use crate::fixture::Folder;

/// A small city whose parameters vary, with a policy that does this to parameters.
fn scenario(parameters: &str) -> Scenario {
    let folder = Folder::new();
    for (find, replace) in
        [("count = 120", "count = 25"), ("count = 40", "count = 9"), ("count = 600", "count = 60")]
    {
        folder.change("district.toml", find, replace);
    }
    folder.change("scenario.toml", "last_year = 2030", "last_year = 2025");
    folder.write(
        "policies/changed.toml",
        format!("extends = \"baseline\"\n[parameters]\n{parameters}\n"),
    );
    folder.load().unwrap_or_else(|problems| panic!("{problems}"))
}

fn study(scenario: &Scenario) -> Study {
    assert!(scenario.parameters_vary);
    let named = |name: &str| scenario.policies.iter().find(|policy| policy.name == name).unwrap();
    let [baseline, changed] = ["baseline", "changed"].map(|name| StudyPolicy::of(named(name)));
    Study::new(scenario, vec![changed], baseline)
}

/// Differences of a metric of the city by replication and year.
fn differences(study: &Study, metric: &str, replications: u32) -> Vec<Vec<f64>> {
    let layouts = study.layouts();
    let years = layouts[0].years.len();
    let series =
        layouts.iter().map(|layout| layout.position(Table::Metric, metric, "city").unwrap());
    let series: Vec<usize> = series.collect();
    let mut workspace = Workspace::default();
    (0..replications)
        .map(|replication| {
            let values = study.replicate(replication, &mut workspace).unwrap();
            let of = |policy: usize, year: usize| values[policy][series[policy] * years + year];
            (0..years).map(|year| of(1, year) - of(0, year)).collect()
        })
        .collect()
}

#[test]
fn a_factor_of_one_and_an_addition_of_nothing_change_not_a_bit() {
    for parameters in ["founder_rate = { times = 1 }", "exit_quality = { plus = 0 }"] {
        let scenario = scenario(parameters);
        let study = study(&scenario);
        let mut workspace = Workspace::default();
        for replication in 0..6 {
            let values = study.replicate(replication, &mut workspace).unwrap();
            let layouts = study.layouts();
            let years = layouts[0].years.len();
            for (place, series) in layouts[0].series.iter().enumerate() {
                let own = layouts[1].position(series.table, series.name, &series.place);
                let Some(own) = own else { continue };
                let bits = |policy: usize, place: usize| -> Vec<u64> {
                    let values = &values[policy][place * years..(place + 1) * years];
                    values.iter().map(|value| value.to_bits()).collect()
                };
                assert_eq!(bits(0, place), bits(1, own), "{parameters}: {}", series.name);
            }
        }
    }
}

#[test]
fn a_change_acts_in_its_years_only_and_the_past_is_shared() {
    // From before 1 July: 2021 counts; until before 1 July: 2024 does not.
    let scenario = scenario("founder_rate = { times = 3, from = 2021-06-30, until = 2024-06-30 }");
    let study = study(&scenario);
    let founders = differences(&study, "founders", 12);
    for years in &founders {
        assert_eq!(years[..3], [0.0; 3]);
        assert!(years[3..6].iter().all(|&more| more > 0.0), "{years:?}");
        // Later years draw the same candidates again; only who founds may differ a little.
        assert!(years[6..].iter().all(|&more| more.abs() < years[5] / 2.0), "{years:?}");
    }
    let again = differences(&study.without_shared_past(), "founders", 12);
    assert_eq!(founders, again);
}

/// What is added goes to the replication's own value: more founders in each replication, which a value
/// of their own in the place of values that vary would not be.
#[test]
fn a_rise_is_a_rise_in_every_replication() {
    let study = study(&scenario("founder_rate = { times = 1.3 }"));
    for years in differences(&study, "founders", 24) {
        assert!(years.iter().sum::<f64>() > 0.0, "{years:?}");
    }
}
