//! A designed experiment's figures are those of its rows, on any threads, in groups or not.

use std::collections::BTreeMap;
use std::fs;

use crate::program::Place;
use crate::program::number;
use crate::program::rows;

/// The parameter values and the outcome of each row of the design.
fn design(place: &Place, folder: &str) -> Vec<(String, BTreeMap<String, f64>, f64)> {
    let mut found: Vec<(String, BTreeMap<String, f64>, f64)> = Vec::new();
    for row in rows(place, &format!("{folder}/rows.csv")) {
        let place: usize = row["row"].parse().unwrap();
        if found.len() < place {
            found.push((row["id"].clone(), BTreeMap::new(), f64::NAN));
        }
        let of = &mut found[place - 1];
        if row["kind"] == "outcome" {
            of.2 = number(&row, "value");
        } else {
            of.1.insert(row["name"].clone(), number(&row, "value"));
        }
    }
    found
}

/// The toy scenario has few parameters that vary.
fn toy() -> String {
    format!("sensitivity {}/scenarios/toy --outcome net_jobs --quiet", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn one_parameter_at_a_time_is_what_its_rows_say() {
    let place = Place::new();
    place.done(&format!("{} --method onebyone --replications 8 --threads 2 --output out", toy()));
    let design = design(&place, "out");
    let swings = rows(&place, "out/onebyone.csv");
    assert_eq!(design.len(), 1 + 2 * swings.len());
    assert_eq!(design[0].0, "centre");
    for swing in &swings {
        let parameter = &swing["parameter"];
        let at = |end: &str| {
            let id = format!("{parameter} {end}");
            let (_, values, outcome) = design.iter().find(|row| row.0 == id).unwrap();
            assert!((values[parameter] - number(swing, &format!("{end}_value"))).abs() < 1e-12);
            // All others are where they are in the centre.
            for (name, value) in values.iter().filter(|(name, _)| *name != parameter) {
                assert!((value - design[0].1[name]).abs() < 1e-12, "{id}: {name}");
            }
            *outcome
        };
        let (low, high) = (at("low"), at("high"));
        assert!((number(swing, "swing") - (high - low)).abs() < 1e-9);
        assert!(number(swing, "span") >= (high - low).abs() - 1e-9);
    }
    // A row is what a run with these values gives: the same chance, whatever the parameters.
    let (_, values, outcome) = &design[1];
    let set: Vec<String> =
        values.iter().map(|(name, value)| format!("--set {name}={value}")).collect();
    place.done(&format!(
        "run {}/scenarios/toy --replications 8 --quiet --output run {}",
        env!("CARGO_MANIFEST_DIR"),
        set.join(" ")
    ));
    let of_hub = rows(&place, "run/outcomes.csv");
    let of_hub = of_hub.iter().filter(|row| row["policy"] == "hub" && row["outcome"] == "net_jobs");
    let mean = of_hub.map(|row| number(row, "value")).sum::<f64>() / 8.0;
    assert!((mean - outcome).abs() < 1e-9, "{mean} {outcome}");
}

#[test]
fn morris_is_what_its_rows_say_and_the_same_on_any_threads() {
    let place = Place::new();
    let command = format!("{} --trajectories 6 --replications 3", toy());
    place.done(&format!("{command} --threads 2 --output two"));
    place.done(&format!("{command} --threads 1 --output one"));
    for file in ["morris.csv", "rows.csv", "sensitivity.json"] {
        let bytes = |folder: &str| fs::read(place.path(&format!("{folder}/{file}"))).unwrap();
        assert!(bytes("one") == bytes("two"), "{file}");
    }
    let design = design(&place, "one");
    let effects = rows(&place, "one/morris.csv");
    assert_eq!(design.len(), 6 * (effects.len() + 1));
    for effect in &effects {
        let parameter = &effect["group"];
        assert_eq!(effect["parameters"], *parameter);
        let mut sizes = 0.0;
        for pair in design.windows(2) {
            // Within a trajectory one parameter moves, by two thirds of the way.
            if pair[0].1[parameter].to_bits() != pair[1].1[parameter].to_bits()
                && pair[1].0.split(',').next() == pair[0].0.split(',').next()
            {
                sizes += (pair[1].2 - pair[0].2).abs() * 1.5;
            }
        }
        assert!((sizes / 6.0 - number(effect, "mu_star")).abs() < 1e-9, "{effect:?}");
        assert!(number(effect, "mu_star_low") <= number(effect, "mu_star") + 1e-9);
    }
    let again = place.run(&format!("{command} --output one"));
    assert!(again.status == Some(2) && again.error.contains("--force"), "{again:?}");
}

#[test]
fn groups_move_together_and_shares_of_variance_are_told() {
    let place = Place::new();
    let single = format!("{} --method sobol --samples 8 --replications 2", toy());
    place.done(&format!("{single} --output single"));
    let names: Vec<String> =
        rows(&place, "single/sobol.csv").iter().map(|row| row["group"].clone()).collect();
    assert!(names.len() >= 2);
    // Of few base rows no interval is told.
    let few = rows(&place, "single/sobol.csv");
    assert!(few.iter().all(|row| row["s1_low"].is_empty() && row["st_high"].is_empty()));
    assert!(few.iter().all(|row| row["converged"] == "no"), "{few:?}");
    place.done(&format!("{single} --groups both={}+{} --output groups", names[0], names[1]));
    let grouped = rows(&place, "groups/sobol.csv");
    assert_eq!(grouped.len(), names.len() - 1);
    let both = grouped.iter().find(|row| row["group"] == "both").unwrap();
    assert_eq!(both["parameters"], format!("{}; {}", names[0], names[1]));
    // The first rows are the same, as more groups change none of A and B.
    let ends = |folder: &str| -> Vec<f64> {
        let all = design(&place, folder).into_iter();
        all.filter(|row| row.0.ends_with(", A") || row.0.ends_with(", B"))
            .map(|row| row.2)
            .collect()
    };
    assert_eq!(ends("single"), ends("groups"));
    place.done(&format!("{single} --groups phase --output phases"));
    for (flags, says) in [
        ("--method sobol --groups both=wages", "is no parameter that varies and acts"),
        ("--method sobol --groups both", "expected phase, or NAME=PARAMETER"),
        ("--method onebyone --groups phase", "moves each parameter by itself"),
        ("--method sobol --trajectories 5", "is of the method morris"),
        ("--method morris --samples 8", "is of the method sobol"),
        ("--method sobol --groups a=founder_rate,a=founder_growth", "the group `a` stands twice"),
        ("--method sobol --samples 3", "expected a whole number from 8 to 65536"),
        ("--policy baseline", "is the baseline"),
        ("--policy campus", "there is no policy `campus`"),
    ] {
        let said = place.run(&format!("{} {flags}", toy()));
        assert!(said.status == Some(2) && said.error.contains(says), "{flags}: {said:?}");
    }
}
