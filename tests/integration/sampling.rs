//! How many replications there are: half-widths that are promised, and the best policy with a probability.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::sync::atomic::AtomicBool;

use yangjae::analysis::decision::outcome::Outcome;
use yangjae::analysis::evaluation::Evaluation;
use yangjae::analysis::evaluation::History;
use yangjae::analysis::statistics::Design;
use yangjae::analysis::statistics::Estimate;
use yangjae::experiment::batch::Workers;
use yangjae::scenario::Scenario;

use crate::program::Place;
use crate::program::Row;
use crate::program::number;
use crate::program::rows;

/// The manifest of a run, or the plan beside its blocks.
fn json(place: &Place, file: &str) -> serde_json::Value {
    serde_json::from_slice(&fs::read(place.path(file)).unwrap()).unwrap()
}

/// Half the 95 % interval of the difference in jobs of the city in the last year, of each policy.
fn half_widths(place: &Place, folder: &str) -> Vec<f64> {
    let is_it =
        |row: &&Row| row["metric"] == "jobs" && row["place"] == "city" && row["year"] == "2019";
    let all = rows(place, &format!("{folder}/comparison.csv"));
    let half = |row: &Row| (number(row, "ci_high") - number(row, "ci_low")) / 2.0;
    all.iter().filter(is_it).map(half).collect()
}

/// The outcomes of each policy, a value a replication.
fn outcomes(place: &Place, folder: &str, outcome: &str) -> BTreeMap<String, Vec<f64>> {
    let mut found: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for row in rows(place, &format!("{folder}/outcomes.csv")) {
        if row["outcome"] == outcome {
            found.entry(row["policy"].clone()).or_default().push(number(&row, "value"));
        }
    }
    found
}

const RUN: &str = "run mine --until 2019 --quiet";

/// A place with a run of 40 replications, and a half-width that takes some 80.
fn place() -> (Place, f64) {
    let place = Place::new();
    place.done(&format!("{RUN} --replications 40 --output before"));
    let widest = half_widths(&place, "before").into_iter().fold(0.0, f64::max);
    (place, (widest * 70.0).round() / 100.0)
}

#[test]
fn promised_half_widths_hold_and_the_run_is_an_ordinary_one() {
    let (place, half) = place();
    let promised = format!("{RUN} --precision jobs@city={half}");
    place.done(&format!("{promised} --threads 2 --output out"));
    let manifest = json(&place, "out/manifest.json");
    let replications = manifest["replications"].as_u64().unwrap();
    assert!((41..400).contains(&replications), "{replications}");
    let promise = &manifest["promise"];
    assert_eq!(promise["asked"][0], format!("jobs@city@2019={half}"));
    assert_eq!((&promise["ended"], &promise["ceiling"]), (&"held".into(), &10_000.into()));
    let widest = half_widths(&place, "out").into_iter().fold(0.0, f64::max);
    assert!(widest <= half && widest > 0.6 * half, "{widest} {half}");
    let said = promise["found"][0]["half_width"].as_f64().unwrap();
    assert!((said - widest).abs() < 1e-9 * widest, "{said} {widest}");
    // On another number of threads the same bytes; and the tables of that number of replications.
    place.done(&format!("{promised} --threads 1 --output one"));
    place.same("out", "one");
    place.done(&format!("{RUN} --replications {replications} --output plain"));
    let (with, plain) = (place.files("out"), place.files("plain"));
    let has =
        |name: &std::path::Path, ending: &str| name.extension().is_some_and(|it| it == ending);
    for (name, bytes) in with.iter().filter(|(name, _)| has(name, "csv") || has(name, "yjb")) {
        assert!(plain[name] == *bytes, "{} differs", name.display());
    }
    assert!(json(&place, "plain/manifest.json").get("promise").is_none());
    place.done("verify out --sample 3 --seed 1");
    place.done("decide plain --quiet");
    // It is found again without looking for it, whether finished or not.
    let said = place.done(&format!("{promised} --output out --resume"));
    assert!(said.error.contains("holds this run already"), "{said:?}");
    fs::remove_file(place.path("one/manifest.json")).unwrap();
    fs::remove_file(place.path("one/blocks/block-0000007.yjb")).unwrap();
    place.done(&format!("{promised} --output one --resume"));
    place.same("out", "one");
    // Another promise is another run, and a run that is kept is kept.
    let other = format!("{RUN} --precision jobs@city={} --output out", half * 2.0);
    place.fails(&format!("{other} --resume"), 2, &["holds another run", "promise"]);
    place.fails(&other, 2, &["holds a finished run"]);
}

#[test]
fn shards_plan_one_number_and_merge_to_the_run_of_it() {
    let (place, half) = place();
    // Beyond the pilot of 200.
    let half = half * 0.45;
    let promised = format!("{RUN} --precision jobs@city={half} --precision net_jobs=100000");
    for shard in ["1/2", "2/2"] {
        place.done(&format!("{promised} --shard {shard}"));
    }
    place.done("merge output/mine-shards --output merged --quiet");
    let manifest = json(&place, "merged/manifest.json");
    assert_eq!(manifest["promise"]["ended"], "planned");
    let replications = manifest["replications"].as_u64().unwrap();
    assert!(replications > 200 && manifest["promise"]["evaluated"] == 200, "{manifest}");
    place.done(&format!("{RUN} --replications {replications} --output whole"));
    let (merged, whole) = (place.files("merged"), place.files("whole"));
    for (name, bytes) in
        whole.iter().filter(|(name, _)| name.extension().is_some_and(|it| it == "csv"))
    {
        assert!(merged[name] == *bytes, "{} differs", name.display());
    }
    assert!(half_widths(&place, "merged").into_iter().fold(0.0, f64::max) <= half);
    place.done("verify merged --sample 1 --seed 1");
    // A batch plans it once for all tasks.
    let said = place.done(&format!(
        "slurm mine --until 2019 --shards 2 --precision jobs@city={half} --dry-run"
    ));
    assert!(said.out.contains(&format!("--replications={replications}")), "{said:?}");
    assert!(!said.out.contains("--precision"), "{said:?}");
    // The forecast beforehand names the same number.
    let said =
        place.done(&format!("check mine --estimate --until 2019 --precision jobs@city={half}"));
    assert!(said.out.contains(&format!("the {replications} that shards plan")), "{said:?}");
    assert!(said.out.contains(&format!("{replications} replications of 3 policies")), "{said:?}");
}

#[test]
fn a_ceiling_ends_it_and_says_what_does_not_hold() {
    let (place, half) = place();
    let said = place.done(&format!(
        "run mine --until 2019 --precision jobs@city={} --precision net_jobs=1000000 --replications 52 --output out",
        half / 3.0
    ));
    let words: Vec<&str> = said.out.split_whitespace().collect();
    let words = words.join(" ");
    assert!(
        words.contains("NOT all half-widths hold, as the ceiling of 52 replications"),
        "{words}"
    );
    assert!(words.contains("replications would do"), "{words}");
    let manifest = json(&place, "out/manifest.json");
    // Whole blocks of the design.
    assert_eq!(
        (&manifest["replications"], &manifest["promise"]["ended"]),
        (&50.into(), &"ceiling".into())
    );
    let needed = &manifest["promise"]["found"][0]["needed"];
    assert!(needed["low"].as_u64() > Some(50), "{manifest}");
}

#[test]
fn what_cannot_be_promised_is_told_before_anything_is_simulated() {
    let place = Place::new();
    for (flags, says) in [
        ("--precision jobs@city", "expected OUTCOME=HALFWIDTH"),
        ("--precision jobs@city=0", "a half-width above 0"),
        ("--precision jobs@city=-5", "a half-width above 0"),
        ("--precision profit=5", "names no outcome"),
        ("--precision jobs@moon=5", "it is known at"),
        ("--precision jobs@city=5 --replications 39", "takes at least 40"),
        ("--precision jobs@city=5 --precision jobs@city@2019=6", "has two half-widths"),
        ("--replication-csv --replication-years 2026-2025", "`2026-2025` is no year"),
        ("--replication-csv --replication-places moon", "they are city"),
        ("--best economic_npv=0.9 --indifference -5", "expected a number above 0"),
        ("--precision jobs@city=5 --policy baseline", "there is no other policy"),
        ("--best economic_npv", "expected CRITERION=PROBABILITY"),
        ("--best economic_npv=0.5", "above 0.5 and below 1"),
        ("--best economic_npv=1.2", "above 0.5 and below 1"),
        ("--best profit=0.9", "names no outcome"),
        ("--best jobs@moon=0.9", "it is known at"),
        ("--best economic_npv=0.9 --best-of 3", "of 3 policies at most 2 can be chosen"),
        ("--best economic_npv=0.9 --indifference 0", "expected a number above 0"),
        ("--best economic_npv=0.9 --indifference 1e308", "up to 1e300"),
        ("--best economic_npv=0.9 --best-budget 5", "20..=10000"),
        ("--best-of 2", "--best <CRITERION=PROBABILITY>"),
    ] {
        place.fails(&format!("run mine --until 2019 --output none {flags}"), 2, &[says]);
        assert!(!place.path("none").exists(), "{flags}");
    }
}

#[test]
fn the_best_policy_is_the_one_that_outcomes_show() {
    let place = Place::new();
    let said = place.done(
        "run mine --until 2024 --best jobs@city=0.95 --indifference 5 --outcome jobs@city --replications 120 --output out",
    );
    assert!(said.out.contains("Best by jobs@city@2024: hub-and-zone."), "{said:?}");
    let outcomes = outcomes(&place, "out", "jobs@city@2024");
    let found = rows(&place, "out/selection.csv");
    let names: Vec<&str> = found.iter().map(|row| row["policy"].as_str()).collect();
    assert_eq!(names, ["baseline", "hub", "hub-and-zone"]);
    let means = |row: &Row| outcomes[&row["policy"]].iter().sum::<f64>();
    let best = found.iter().max_by(|a, b| means(a).total_cmp(&means(b))).unwrap();
    assert_eq!(best["chosen"], "yes");
    for row in &found {
        // The same replications as those of the run, from the first on.
        let count: usize = row["replications"].parse().unwrap();
        let values = &outcomes[&row["policy"]][..count];
        let mean = values.iter().sum::<f64>() / count as f64;
        assert!((mean - number(row, "mean")).abs() < 1e-9 * (1.0 + mean.abs()), "{row:?}");
        assert!(number(row, "probability_correct") >= 0.95, "{row:?}");
        assert_eq!((row["method"].as_str(), row["probability_asked"].as_str()), ("kn", "0.95"));
        assert!(number(row, "independent_replications") >= count as f64, "{row:?}");
        if row["chosen"] == "yes" {
            assert!(row["behind"].is_empty() && row["eliminated_at"].is_empty(), "{row:?}");
            continue;
        }
        let pairs = outcomes[&best["policy"]].iter().zip(values);
        let behind: Vec<f64> = pairs.map(|(best, own)| best - own).collect();
        let behind = Estimate::of(&behind, Design::blocks_of(5)).unwrap();
        assert!((behind.mean - number(row, "behind")).abs() < 1e-9 * (1.0 + behind.mean.abs()));
        assert!((behind.se.unwrap() / number(row, "behind_se") - 1.0).abs() < 1e-9, "{row:?}");
        assert!(number(row, "eliminated_at") >= 50.0);
    }
    place.done("verify out --sample 1 --seed 1");
    // It depends neither on threads nor on the replications of the run, and the rest of the run not on it.
    let same = "run mine --until 2024 --outcome jobs@city --quiet";
    place.done(&format!(
        "{same} --best jobs@city=0.95 --indifference 5 --replications 4 --threads 1 --output few"
    ));
    let table = |folder: &str| fs::read(place.path(&format!("{folder}/selection.csv"))).unwrap();
    assert!(table("out") == table("few"));
    place.done(&format!("{same} --replications 120 --output plain"));
    let outcomes_of =
        |folder: &str| fs::read(place.path(&format!("{folder}/outcomes.csv"))).unwrap();
    assert!(
        outcomes_of("out") == outcomes_of("plain") && !place.path("plain/selection.csv").exists()
    );
    // Shards leave the choice to the merge.
    for shard in ["1/2", "2/2"] {
        place.done(&format!(
            "{same} --best jobs@city=0.95 --indifference 5 --replications 4 --shard {shard}"
        ));
    }
    place.done("merge output/mine-shards --output merged --quiet");
    place.same("few", "merged");
}

#[test]
fn least_cost_several_best_a_budget_and_policies_that_are_the_same() {
    let place = Place::new();
    let run = "run mine --until 2020 --replications 4";
    let chosen = |folder: &str| -> Vec<String> {
        let rows = rows(&place, &format!("{folder}/selection.csv"));
        rows.into_iter()
            .filter(|row| row["chosen"] == "yes")
            .map(|row| row["policy"].clone())
            .collect()
    };
    // Nothing costs less than nothing.
    place.done(&format!("{run} --best min:public_cost_pv=0.99 --output cost --quiet"));
    assert_eq!(chosen("cost"), ["baseline"]);
    let cost = rows(&place, "cost/selection.csv");
    assert!(number(&cost[0], "mean") == 0.0 && number(&cost[1], "mean") > 0.0, "{cost:?}");
    place.done(&format!("{run} --best jobs@city=0.9 --best-of 2 --output two --quiet"));
    assert_eq!(chosen("two"), ["hub", "hub-and-zone"]);
    place.done(&format!("{run} --best jobs@city=0.9 --best-budget 30 --output budget --quiet"));
    let budget = rows(&place, "budget/selection.csv");
    let spent: f64 = budget.iter().map(|row| number(row, "replications")).sum();
    assert!(spent <= 90.0 && budget.iter().all(|row| row["method"] == "ocba"), "{budget:?}");
    // The same policy under two names: the choice ends, and says that it does not matter.
    let twin = "title = \"A twin\"\ntitle_ko = \"쌍둥이\"\ndescription = \"The hub.\"\nextends = \"hub\"\n";
    fs::write(place.path("mine/policies/twin.toml"), twin).unwrap();
    let said = place.done(&format!(
        "{run} --policy hub --policy twin --best jobs@city=0.95 --indifference 20 --output twins"
    ));
    assert_eq!(chosen("twins").len(), 1);
    let words: Vec<&str> = said.out.split_whitespace().collect();
    let words = words.join(" ");
    assert!(
        words.contains("Within 20.0 people of it, so that the choice does not matter: "),
        "{words}"
    );
    let korean = place.done(&format!("{run} --best jobs@city=0.9 --language ko --output ko"));
    assert!(korean.out.contains("기준 최선"), "{korean:?}");
}

#[test]
fn outcomes_that_are_evaluated_are_those_of_a_run() {
    let place = Place::new();
    place.done(&format!(
        "{RUN} --replications 12 --outcome jobs@city --outcome firms@city@2018 --output out"
    ));
    let scenario = Scenario::loader(&place.path("mine")).until(2019).load().unwrap();
    let stop = AtomicBool::new(false);
    let names = ["economic_npv", "public_cost_pv", "net_jobs", "jobs@city@2019", "firms@city@2018"];
    let asked: Vec<Outcome> = names.iter().map(|name| name.parse().unwrap()).collect();
    let is_other = |place: &usize| *place != scenario.baseline;
    let others = (0..scenario.policies.len()).filter(is_other);
    let others: Vec<_> = others.map(|place| scenario.policies[place].clone()).collect();
    for threads in [1, 2] {
        let workers = Workers::start(NonZeroUsize::new(threads), &stop).unwrap();
        let evaluation = Evaluation::new(&scenario, &others, &workers);
        // In any order, and with the values of a replication stated.
        let mut histories: Vec<History> = (0..12).rev().map(History::of).collect();
        histories[3].values = Some(evaluation.values(histories[3].replication));
        let found = evaluation.outcomes(&asked, &histories, &|| ()).unwrap();
        for (name, found) in names.iter().zip(&found) {
            let listed = outcomes(&place, "out", name);
            for (layout, found) in evaluation.layouts().iter().zip(found) {
                for (history, value) in histories.iter().zip(found) {
                    let listed = listed[&layout.policy][history.replication as usize];
                    assert!(
                        listed == *value,
                        "{name} {} {history:?}: {listed} {value}",
                        layout.policy
                    );
                }
            }
        }
    }
}
