//! General instruments: what a kind of lever or a parameter does, an instrument of the same size does to
//! the last bit; who uses one is among those whom it is for; effects last as long as they are written.

use std::collections::BTreeMap;

use proptest::prelude::*;
use yangjae::analysis::layout::Table;
use yangjae::model::id::FirmId;
use yangjae::model::ledger::event::Entity;
use yangjae::model::ledger::event::EventKind;
use yangjae::policy::effect::Effect;
use yangjae::policy::effect::On;
use yangjae::policy::levers::LeverKind;

use crate::fixture::Folder;
use crate::levers::Outcome;
use crate::levers::folder;
use crate::levers::settings;
use crate::levers::simulate;

/// An instrument called `tried`.
fn instrument(text: &str) -> String {
    format!(
        "[levers.tried]\nkind = \"instrument\"\nfrom = 2018-01-01\npayer = \"city\"\n\
         source = \"test\"\n{text}\n"
    )
}

/// A small city in which an instrument's effects have this size.
fn sized(lever: &str, size: f64) -> Folder {
    let folder = folder(lever, "");
    let text = std::fs::read_to_string(folder.path.join("parameters.toml")).unwrap();
    let lines = text.lines().map(|line| {
        let line = line.to_owned();
        if line.starts_with("effect_") { line.replace("0.3", &format!("{size:?}")) } else { line }
    });
    folder.write("parameters.toml", lines.collect::<Vec<_>>().join("\n") + "\n");
    folder
}

/// Every metric of a policy that is no money, by name and place.
fn metrics(outcome: &Outcome, policy: usize) -> BTreeMap<(String, String), Vec<u64>> {
    let layout = &outcome.layouts[policy];
    let years = layout.years.len();
    let mut found = BTreeMap::new();
    for (place, series) in layout.series.iter().enumerate() {
        if series.table != Table::Metric || series.name.starts_with("public_") {
            continue;
        }
        let of =
            |values: &Vec<Vec<f64>>| values[policy][place * years..(place + 1) * years].to_vec();
        let values = outcome.values.iter().flat_map(of).map(f64::to_bits).collect();
        found.insert((series.name.to_owned(), series.place.clone()), values);
    }
    found
}

/// Asserts that two policies, each against the same baseline, have the same values, and that they are
/// not the baseline's.
#[track_caller]
fn same(one: &Outcome, other: &Outcome, without: &[&str]) {
    let (one_values, other_values) = (metrics(one, 1), metrics(other, 1));
    let is_compared = |name: &str| !without.contains(&name);
    for (key, values) in one_values.iter().filter(|(key, _)| is_compared(&key.0)) {
        assert_eq!(Some(values), other_values.get(key), "{key:?}");
    }
    assert_ne!(metrics(one, 0), one_values, "nothing moves");
}

/// The policy that changes a parameter of the baseline.
fn with_parameter(changes: &str) -> Outcome {
    simulate(&folder(&format!("[parameters]\n{changes}\n"), ""), 3)
}

#[test]
fn services_and_grants_are_instruments_of_their_settings() {
    let testbed =
        settings(LeverKind::Testbed).replace("opening = 2019-01-01", "opening = 2018-01-01");
    let preset = simulate(&folder(&format!("[levers.tried]\n{testbed}"), ""), 3);
    let growth = preset.study.setup().register.position("growth_testbed").unwrap();
    let size = folder("", "").load().unwrap().parameters[growth].value;
    let lever = instrument(
        "population = \"startups\"\nareas = \"district\"\nreach = 0.9\neach = 5\n\
         effects = [{ on = \"growth\" }]",
    );
    same(&preset, &simulate(&sized(&lever, size), 3), &[]);
}

#[test]
fn an_instrument_for_all_areas_is_the_change_of_a_parameter() {
    let of_all = |on: &str| {
        instrument(&format!(
            "population = \"area\"\nareas = \"city\"\neffects = [{{ on = \"{on}\" }}]"
        ))
    };
    let growth = simulate(&sized(&of_all("growth"), 0.0625), 3);
    // Who is served, and by whom, is the lever's; nobody is served by one for all.
    same(&growth, &with_parameter("growth_base = { plus = 0.0625 }"), &[]);

    let exit = simulate(&sized(&of_all("exit"), std::f64::consts::LN_2), 3);
    let halves: String = [1, 2, 3, 4, 5, 6, 7, 8]
        .map(|age| format!("exit_age_{age} = {{ times = 0.5 }}\n"))
        .concat();
    same(&exit, &with_parameter(&halves), &[]);

    let round = simulate(&sized(&of_all("round"), 0.5), 3);
    let stages: String = ["seed", "a", "b", "c", "later"]
        .map(|stage| format!("round_base_{stage} = {{ plus = 0.5 }}\n"))
        .concat();
    same(&round, &with_parameter(&stages), &[]);
}

#[test]
fn the_value_of_a_place_is_a_taste_for_it() {
    let lever = instrument(
        "population = \"area\"\nareas = [\"special-zone\"]\neffects = [{ on = \"moving_in\" }]",
    );
    let value = simulate(&sized(&lever, 0.75), 3);
    same(&value, &with_parameter("taste_special_zone = { plus = 0.75 }"), &[]);
}

#[test]
fn fewer_quit_and_more_vacancies_are_filled() {
    let of = |on: &str, size: f64| {
        let lever = instrument(&format!(
            "population = \"area\"\nareas = \"district\"\neffects = [{{ on = \"{on}\" }}]"
        ));
        simulate(&sized(&lever, size), 12)
    };
    let total = |outcome: &Outcome, metric: &str| -> f64 {
        outcome.differences(metric, &["special-zone"]).iter().sum()
    };
    let fewer = of("quits", 1.0);
    assert!(total(&fewer, "specialists") > 0.0);
    let more = of("hiring", 1.0);
    assert!(total(&more, "specialists") > 0.0);
    // None of it is none.
    for on in ["quits", "hiring", "growth", "exit", "round"] {
        let none = of(on, 0.0);
        assert_eq!(metrics(&none, 0), metrics(&none, 1), "{on}");
    }
}

/// Founders come by a factor, in the sectors named alone, and nobody else's draws change.
#[test]
fn more_found_by_the_factor_and_the_others_are_who_they_were() {
    let lever = instrument(
        "population = \"founders\"\nareas = \"city\"\nsectors = [\"software\"]\n\
         effects = [{ on = \"founding\" }]",
    );
    let outcome = simulate(&sized(&lever, std::f64::consts::LN_2), 12);
    let (mut before, mut more) = (0, 0);
    for replication in 0..12 {
        let who = |policy: usize| -> BTreeMap<FirmId, u16> {
            let events = outcome.study.events(policy, replication).unwrap();
            let founds = |kind| matches!(kind, EventKind::Founded | EventKind::NotFounded);
            let first = events.iter().filter(|event| founds(event.kind) && event.year == 2018);
            first
                .filter_map(|event| match event.entity {
                    Entity::Firm(id) => Some((id, event.day)),
                    _ => None,
                })
                .collect()
        };
        let (own, with) = (who(0), who(1));
        assert!(own.iter().all(|(id, day)| with.get(id) == Some(day)));
        before += own.len();
        more += with.len() - own.len();
    }
    // Independents are four fifths of those who found; so many of them are of the sector.
    let share = more as f64 / before as f64;
    let software = folder("", "").load().unwrap();
    let place = software.register.position("sector_share_software").unwrap();
    let software = software.parameters[place].value;
    assert!((0.6 * software..1.2 * software).contains(&share), "{share} of {software}");
}

/// What a use's firm is like is read from the log, from what was noted at the use.
#[test]
fn who_uses_an_instrument_is_among_those_whom_it_is_for() {
    let lever = instrument(
        "population = \"startups\"\nareas = [\"special-zone\"]\nsmallest = 4\nlargest = 9\nnumber = 3\n\
         selection = \"order\"\npause = 2\neach = 7\nyearly = 20\neffects = [{ on = \"growth\" }]",
    );
    let outcome = simulate(&folder(&lever, ""), 4);
    let (mut uses, mut full) = (0, 0);
    for replication in 0..4 {
        let events = outcome.study.events(1, replication).unwrap();
        let mut last: BTreeMap<FirmId, u16> = BTreeMap::new();
        let mut by_year: BTreeMap<u16, u32> = BTreeMap::new();
        for event in events.iter().filter(|event| event.kind == EventKind::ServiceUsed) {
            let Entity::Firm(id) = event.entity else { panic!("{event:?}") };
            assert!((4..=9).contains(&event.amount), "{event:?}");
            assert_eq!(event.place, 0, "{event:?}");
            if let Some(before) = last.insert(id, event.year) {
                assert!(event.year > before + 2, "{event:?} after {before}");
            }
            *by_year.entry(event.year).or_default() += 1;
            uses += 1;
        }
        assert!(by_year.values().all(|&uses| uses <= 3), "{by_year:?}");
        full += by_year.values().filter(|&&uses| uses == 3).count();
        let paid = events.iter().filter(|event| event.cause == "support");
        let paid: i64 = paid.map(|event| event.amount).sum();
        assert_eq!(paid, 7 * i64::from(by_year.values().sum::<u32>()));
    }
    assert!(uses > 40 && full > 4, "{uses} uses, {full} full years");
}

proptest! {
    /// Full size while it lasts, equal steps while it fades, nothing before and after.
    #[test]
    fn an_effect_lasts_and_fades_as_written(after in 0..9_u16, lasts in 1..9_u16, fades in 0..9_u16) {
        let effect = Effect { on: On::Growth, after, lasts, fades, per: None, saturation: 1.0 };
        let all: Vec<f64> = (0..40).map(|year| effect.strength(year)).collect();
        prop_assert!(all[..usize::from(after)].iter().all(|&it| it == 0.0));
        let begins = usize::from(after);
        let fading = begins + usize::from(lasts);
        prop_assert!(all[begins..fading].iter().all(|&it| it == 1.0));
        let ends = fading + usize::from(fades);
        let step = 1.0 / (f64::from(fades) + 1.0);
        for year in fading..=ends {
            prop_assert!((all[year - 1] - all[year] - step).abs() < 1e-12);
        }
        prop_assert!(all[ends..].iter().all(|&it| it == 0.0));
        prop_assert_eq!(usize::from(effect.ends()), ends - 1);
    }
}

/// What is wrong with an instrument is said at its place.
#[test]
fn an_instrument_that_contradicts_itself_is_refused() {
    let users = "population = \"startups\"\nareas = \"district\"\n";
    let area = "population = \"area\"\nareas = \"district\"\n";
    let growth = "effects = [{ on = \"growth\" }]\n";
    let mut texts = Vec::new();
    for text in [
        format!("{users}{growth}"),
        format!("{users}reach = 0.1\nnumber = 3\n{growth}"),
        format!("{users}reach = 0.1\neach = 3\nwage_share = 0.1\n{growth}"),
        format!("{users}budget = 100\n{growth}"),
        format!("{users}reach = 0.1\nsmallest = 9\nlargest = 3\n{growth}"),
        format!("{users}reach = 0.1\ntenants = \"nowhere\"\n{growth}"),
        format!("{users}reach = 0.1\neffects = []\n"),
        format!("{users}reach = 0.1\neffects = [{{ on = \"joy\" }}]\n"),
        format!("{users}reach = 0.1\neffects = [{{ on = \"growth\", per = 3 }}]\n"),
        format!("{users}reach = 0.1\neffects = [{{ on = \"growth\", per = 3, saturation = 1 }}]\n"),
        format!("{users}reach = 0.1\neffects = [{{ on = \"exit\", after = 0 }}]\n"),
        format!("{users}reach = 0.1\neffects = [{{ on = \"moving_in\" }}]\n"),
        format!("{area}reach = 0.1\n{growth}"),
        format!("{area}effects = [{{ on = \"growth\", lasts = 3 }}]\n"),
        format!("{area}oldest = 3\neffects = [{{ on = \"moving_in\" }}]\n"),
        format!("population = \"founders\"\nareas = \"nowhere\"\n{growth}"),
    ] {
        let text = format!("[levers.tried]\nkind = \"instrument\"\nfrom = 2018-01-01\n{text}");
        let folder = folder(&format!("{text}payer = \"city\"\nsource = \"test\"\n"), "");
        texts.push(folder.problems());
    }
    // The size of an effect is a parameter of the scenario.
    let lever = instrument(&format!("{users}reach = 0.1\n{growth}"));
    let folder = sized(&lever, 0.3);
    folder.change("parameters.toml", "effect_growth_tried", "effect_growth_other");
    texts.push(folder.problems());
    insta::assert_snapshot!(texts.join("\n\n"));
}

/// What of the money changes hands is booked apart from what buys something; together they are the cost.
#[test]
fn what_changes_hands_is_booked_apart() {
    let booked = |share: &str| {
        let lever = instrument(&format!(
            "population = \"startups\"\nareas = \"city\"\nreach = 0.5\neach = 100\n{share}\
             effects = [{{ on = \"growth\" }}]"
        ));
        let outcome = simulate(&sized(&lever, 0.0), 2);
        let layout = &outcome.layouts[1];
        let years = layout.years.len();
        ["support", "support_transfers"].map(|item| {
            let place = layout.position(Table::Cash, item, "city");
            let of = |values: &Vec<Vec<f64>>| -> f64 {
                place.map_or(0.0, |at| values[1][at * years..(at + 1) * years].iter().sum())
            };
            outcome.values.iter().map(of).sum::<f64>()
        })
    };
    let [bought, handed] = booked("");
    assert!(bought > 1000.0 && handed.abs() < 0.5, "{bought} {handed}");
    let [part, rest] = booked("transfer_share = 0.25\n");
    assert!((part + rest - bought).abs() < 0.5, "{part} + {rest} is not {bought}");
    // Each year's amount is a whole number.
    assert!((rest - 0.25 * bought).abs() < 20.0, "{rest} of {bought}");
    let [none, all] = booked("transfer_share = 1\n");
    assert!(none.abs() < 0.5 && (all - bought).abs() < 0.5, "{none} {all}");
}

/// What an instrument has that can never act is named; without it nothing is said.
#[test]
fn what_of_an_instrument_never_acts_is_named() {
    let growth = "effects = [{ on = \"growth\" }]";
    let startups = format!("population = \"startups\"\nareas = \"city\"\n{growth}\n");
    for (text, size, says) in [
        (format!("{startups}reach = 0.5"), 0.3, None),
        (format!("{startups}reach = 0.5"), 0.0, Some("its size, `effect_growth_tried`, is 0")),
        (
            format!("{startups}reach = 1\nselection = \"merit\""),
            0.3,
            Some("`selection`: nobody is left out, as `reach` is 1"),
        ),
        (
            format!("{startups}reach = 0.5\ntransfer_share = 0.5"),
            0.3,
            Some("`transfer_share`: it is of what users get, and they get no money"),
        ),
        (
            startups.replace("\"growth\"", "\"growth\", after = 8") + "number = 3",
            0.3,
            Some("it begins 8 years after a use, of which the first is in 2018"),
        ),
        (startups.replace("\"growth\"", "\"growth\", after = 7") + "number = 3", 0.3, None),
        (
            "population = \"founders\"\nareas = [\"special-zone\"]\n\
             effects = [{ on = \"founding\" }]"
                .to_owned(),
            0.3,
            Some("`areas`: founders are those of the whole city"),
        ),
    ] {
        let said = sized(&instrument(&text), size).load().unwrap().without_effect();
        let said: Vec<_> = said.iter().filter(|line| line.contains("lever `tried`")).collect();
        match says {
            Some(says) => assert!(said.iter().any(|line| line.contains(says)), "{text}: {said:?}"),
            None => assert!(said.is_empty(), "{text}: {said:?}"),
        }
    }
}
