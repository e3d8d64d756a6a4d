//! The record: simulated values beside observed ones.

use std::path::Path;

use yangjae::analysis::layout::Table;
use yangjae::analysis::observed::Missing;
use yangjae::analysis::observed::ObservedRecord;
use yangjae::analysis::study::Study;
use yangjae::analysis::study::Workspace;
use yangjae::pipeline::study::member;
use yangjae::scenario::Observation;
use yangjae::scenario::Scenario;

use crate::fixture::Folder;

fn shipped() -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
    Scenario::loader(&folder).load().unwrap()
}

fn figure(metric: &str, place: &str, year: u16) -> Observation {
    Observation {
        metric: metric.to_owned(),
        place: place.to_owned(),
        since: year,
        year,
        month: None,
        value: 1.0,
        tolerance: 1.0,
        source: "test".to_owned(),
    }
}

#[test]
fn a_figure_is_what_a_run_says_of_the_policy_that_happened_though_the_record_stops_earlier() {
    let scenario = shipped();
    let record = ObservedRecord::new(&scenario, &scenario.observed);
    assert_eq!(record.rows(), scenario.observed);
    let mut workspace = Workspace::default();
    let found = record.simulate(&record.parameters(3), 3, &mut workspace).unwrap();

    let policy =
        |name: &str| member(scenario.policies.iter().find(|policy| policy.name == name).unwrap());
    let study = Study::new(&scenario, vec![policy("as-it-happened")], policy("baseline"));
    let layout = study.layouts().remove(1);
    let values = study.replicate(3, &mut workspace).unwrap().remove(1);
    for (row, found) in record.rows().iter().zip(found) {
        let series = layout.position(Table::Metric, &row.metric, &row.place).unwrap();
        let year = layout.years.iter().position(|&year| year == row.year).unwrap();
        let expected = values[series * layout.years.len() + year];
        assert_eq!(found.to_bits(), expected.to_bits(), "{} {}", row.metric, row.year);
    }
}

#[test]
fn figures_without_a_simulated_counterpart_are_told_with_the_reason() {
    let scenario = shipped();
    let figures = [
        figure("jobs", "district", 2017),
        figure("tenants", "aict-centre", 2027),
        figure("jobs", "city", 2019),
        figure("tenants", "moon", 2019),
        figure("jobs", "district", 2041),
    ];
    let record = ObservedRecord::new(&scenario, &figures);
    let kept: Vec<&str> = record.rows().iter().map(|row| row.place.as_str()).collect();
    assert_eq!(kept, ["aict-centre", "city"]);
    let reasons: Vec<Missing> = record.left_out().iter().map(|&(_, reason)| reason).collect();
    assert_eq!(reasons, [Missing::TooEarly, Missing::NoSeries, Missing::TooLate]);
}

#[test]
fn the_policy_that_happened_has_to_be_one_of_the_scenario() {
    let folder = Folder::new();
    let known = folder.load().unwrap();
    assert_eq!(known.actual_policy, known.policies[known.baseline].name);
    folder.change("scenario.toml", "baseline = ", "actual_policy = \"hubb\"\nbaseline = ");
    let problems = folder.problems();
    assert!(problems.contains("there is no policy `hubb`"), "{problems}");
    assert!(problems.contains("did you mean `hub`"), "{problems}");
}

/// A yearly flow over a period is the sum of its years; a stock is that of the period's end.
#[test]
fn a_flow_over_a_period_is_the_sum_of_its_years() {
    let scenario = shipped();
    let over =
        |metric: &str, place: &str| Observation { since: 2018, ..figure(metric, place, 2020) };
    let mut figures = vec![over("investment", "hub"), over("jobs", "city")];
    figures.extend((2018..=2020).map(|year| figure("investment", "hub", year)));
    figures.push(figure("jobs", "city", 2020));
    figures.push(Observation { since: 2017, ..figure("investment", "hub", 2019) });
    let record = ObservedRecord::new(&scenario, &figures);
    let mut workspace = Workspace::default();
    let found = record.simulate(&record.parameters(1), 1, &mut workspace).unwrap();
    let years: f64 = found[2..5].iter().sum();
    assert!((found[0] - years).abs() < 1e-6 && found[0] > 0.0, "{found:?}");
    assert_eq!(found[1].to_bits(), found[5].to_bits());
    assert_eq!(record.left_out()[0].1, Missing::TooEarly);
}

/// A figure of May is compared with May: a stock lies five twelfths of the way between two ends of
/// years, and of a flow five twelfths of its year count.
#[test]
fn a_figure_of_a_month_is_compared_with_that_month() {
    let scenario = shipped();
    let may = |metric: &str, year| Observation { month: Some(5), ..figure(metric, "city", year) };
    let since = |row: Observation| Observation { since: 2018, ..row };
    let mut figures = vec![may("jobs", 2020), since(may("investment", 2020))];
    figures.extend([2019, 2020].map(|year| figure("jobs", "city", year)));
    figures.extend([2018, 2019, 2020].map(|year| figure("investment", "city", year)));
    figures.extend([may("jobs", 2018), may("investment", 2018)]);
    let record = ObservedRecord::new(&scenario, &figures);
    let mut workspace = Workspace::default();
    let found = record.simulate(&record.parameters(1), 1, &mut workspace).unwrap();
    let share = 5.0 / 12.0;
    assert!((found[0] - (found[2] * (1.0 - share) + found[3] * share)).abs() < 1e-6, "{found:?}");
    let flow = found[4] + found[5] + share * found[6];
    assert!((found[1] / flow - 1.0).abs() < 1e-12, "{found:?}");
    // Nothing stands before the first year's end; but its flow has begun.
    assert_eq!(record.left_out(), [(may("jobs", 2018), Missing::NoBeginning)]);
    assert!((found[7] / (share * found[4]) - 1.0).abs() < 1e-12, "{found:?}");
}
