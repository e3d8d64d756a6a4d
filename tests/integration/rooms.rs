//! The floor space of a facility is a capacity: its tenants never use more, and what it is in leased
//! rooms and in a building of its own.

use yangjae::model::district::YEAR_END;
use yangjae::model::ledger::event::EventKind;
use yangjae::model::space;
use yangjae::policy::levers::LeverKind;
use yangjae::scenario::Scenario;
use yangjae::scenario::parameter::Parameters;

use crate::levers::Outcome;
use crate::levers::folder;
use crate::levers::settings;
use crate::levers::simulate;

fn facility(floor_space: &str) -> String {
    let text = settings(LeverKind::Facility);
    let text = text.replace("floor_space = 20000", &format!("floor_space = {floor_space}"));
    format!("[levers.tried]\n{text}")
}

fn leased(floor_space: &str) -> String {
    let text = facility(floor_space).replace("construction = 900", "construction = 0");
    text.replace("land = 300", "land = 0")
}

/// The floor space that tenants use at the end of each year.
fn used(outcome: &Outcome, scenario: &Scenario, replication: u32) -> Vec<(u16, i64)> {
    let values: Vec<f64> = scenario.parameters.iter().map(|stated| stated.value).collect();
    let theta = Parameters::from_values(&scenario.register, &values).unwrap();
    let mut used = Vec::new();
    let see = |year, simulation: &yangjae::model::Simulation| {
        let startups = simulation.world().district().startups();
        let tags = startups.tags();
        let of = |row: usize| space::space(&theta, tags[row].sector(), startups.headcount(row));
        let tenants = (0..startups.len()).filter(|&row| tags[row].is_tenant());
        used.push((year, tenants.map(of).sum()));
    };
    outcome.study.watch(1, replication, false, see).unwrap();
    used
}

#[test]
fn tenants_never_use_more_than_the_floor_space_and_the_largest_leave_first() {
    let steps = "[{ from = 2018-01-01, value = 700 }, { from = 2021-03-01, value = 1200 }, \
                 { from = 2023-08-01, value = 500 }]";
    for text in [facility(steps), leased(steps)] {
        let folder = folder(&text, "");
        let scenario = folder.load().unwrap();
        let outcome = simulate(&folder, 6);
        let (mut most, mut left) = (0, 0);
        for replication in 0..6 {
            for (year, space) in used(&outcome, &scenario, replication) {
                let limit = match year {
                    ..2021 => 700,
                    2021 | 2022 => 1200,
                    _ => 500,
                };
                assert!(space <= limit, "{space} of {limit} m2 in {year}");
                most = most.max(space);
            }
            let events = outcome.study.events(1, replication).unwrap();
            for event in events.iter().filter(|event| event.cause == "no room to grow") {
                assert_eq!((event.kind, event.day), (EventKind::TenancyEnded, YEAR_END));
                left += 1;
            }
        }
        // The limit binds, and growth makes tenants leave.
        assert!(most > 1000 && left > 10, "{most} m2, {left} left");
    }
}

#[test]
fn only_a_building_of_its_own_adds_floor_space_and_more_space_holds_more_tenants() {
    let steps = "[{ from = 2018-01-01, value = 700 }, { from = 2021-03-01, value = 1200 }]";
    let opened = |text: &str| -> Vec<(u16, i64)> {
        let events = simulate(&folder(text, ""), 1).study.events(1, 0).unwrap();
        let opened = events.iter().filter(|event| event.kind == EventKind::Opened);
        opened.map(|event| (event.year, event.amount)).collect()
    };
    assert_eq!(opened(&facility(steps)), [(2019, 700), (2021, 500)]);
    assert_eq!(opened(&leased(steps)), [(2019, 0)]);
    let tenants = |space: &str| {
        let outcome = simulate(&folder(&facility(space), ""), 8);
        outcome.differences("tenants", &["tried"]).iter().sum::<f64>()
    };
    let found = ["0", "300", "1000", "20000"].map(tenants);
    assert!(found[0] == 0.0 && found.is_sorted(), "{found:?}");
    assert!(found[3] > 1.2 * found[2] && found[2] > 1.5 * found[1], "{found:?}");
}
