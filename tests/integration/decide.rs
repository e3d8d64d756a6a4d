//! What a decision rests on leaves the run, and `decide` says of it what a script would.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;

use crate::program::Place;
use crate::program::number;
use crate::program::rows;

/// The outcomes of each policy by name, a value a replication.
fn outcomes(place: &Place) -> BTreeMap<(String, String), Vec<f64>> {
    let mut found: BTreeMap<(String, String), Vec<f64>> = BTreeMap::new();
    for row in rows(place, "out/outcomes.csv") {
        let values = found.entry((row["outcome"].clone(), row["policy"].clone())).or_default();
        values.push(number(&row, "value"));
    }
    found
}

const RUN: &str =
    "run mine --replications 40 --until 2024 --quiet --output out --outcome jobs@city";

#[test]
fn outcomes_and_draws_are_those_of_the_run() {
    let place = Place::new();
    place.done(&format!(
        "{RUN} --replication-metrics jobs --replication-places city --replication-years 2024"
    ));
    let outcomes = outcomes(&place);
    // The baseline adds nothing to itself.
    for outcome in ["public_cost_pv", "fiscal_npv", "economic_npv", "job_years", "net_jobs"] {
        let own = &outcomes[&(outcome.to_owned(), "baseline".to_owned())];
        assert!(own.len() == 40 && own.iter().all(|value| *value == 0.0), "{outcome}");
    }
    for (total, outcome) in [
        ("fiscal_cost", "public_cost_pv"),
        ("fiscal_net_present_value", "fiscal_npv"),
        ("economic_net_present_value", "economic_npv"),
        ("discounted_net_job_years", "job_years"),
    ] {
        for row in rows(&place, "out/cost_benefit.csv") {
            if row["item"] == total {
                let values = &outcomes[&(outcome.to_owned(), row["policy"].clone())];
                let mean = values.iter().sum::<f64>() / 40.0;
                assert!((mean - number(&row, "mean")).abs() < 1e-6 * (1.0 + mean.abs()), "{row:?}");
            }
        }
    }
    for row in rows(&place, "out/additionality.csv") {
        let of_last = row["measure"] == "jobs" && row["year"] == "2024";
        if of_last && row["term"] == "net_city_after_displacement" {
            let values = &outcomes[&("net_jobs".to_owned(), row["policy"].clone())];
            let mean = values.iter().sum::<f64>() / 40.0;
            assert!((mean - number(&row, "mean")).abs() < 1e-6 * (1.0 + mean.abs()), "{row:?}");
            assert!(mean != 0.0, "{row:?}");
        }
    }
    // What replications.csv is cut to is what the outcome says.
    let listed = rows(&place, "out/replications.csv");
    assert_eq!(listed.len(), 3 * 40);
    for row in &listed {
        let values = &outcomes[&("jobs@city@2024".to_owned(), row["policy"].clone())];
        let replication: usize = row["replication"].parse().unwrap();
        assert!((values[replication] - number(row, "value")).abs() < 1e-9);
    }
    let draws = rows(&place, "out/draws.csv");
    assert!(draws.iter().all(|row| row["varies"] != "fixed"));
    let of_one = draws
        .iter()
        .filter(|row| row["parameter"] == "wage_growth" || row["parameter"] == "founder_rate");
    assert!(of_one.count() >= 40);
}

#[test]
fn what_is_not_there_is_told() {
    let place = Place::new();
    for (flags, says) in [
        ("--outcome job@city", "did you mean `jobs`?"),
        ("--outcome jobs@town", "it is known at"),
        ("--outcome jobs@city@2050", "is not simulated"),
        ("--outcome jobs", "expected METRIC@PLACE"),
        (
            "--replication-metrics job",
            "there is no metric `job` in the results; did you mean `jobs`?",
        ),
        ("--replication-places town", "there is no place `town`"),
        ("--replication-years 2050", "there is no year `2050`"),
    ] {
        let said =
            place.run(&format!("run mine --replications 2 --until 2020 --output none {flags}"));
        assert!(said.status == Some(2) && said.error.contains(says), "{flags}: {said:?}");
        assert!(!place.path("none").exists());
    }
}

#[test]
fn a_decision_is_what_its_outcomes_say() {
    let place = Place::new();
    place.done(RUN);
    let said = place.done(
        "decide out --criterion economic_npv --criterion min:public_cost_pv --criterion jobs@city \
         --criterion 0.001*net_jobs+economic_npv/100000 --target economic_npv=0",
    );
    assert!(
        said.out.contains("(economic_npv) [") && said.out.contains("has the best mean"),
        "{said:?}"
    );
    let outcomes = outcomes(&place);
    let policies = ["baseline", "hub", "hub-and-zone"];
    let values =
        |outcome: &str| policies.map(|it| outcomes[&(outcome.to_owned(), it.to_owned())].clone());
    let ranking = rows(&place, "out/decision/ranking.csv");
    assert_eq!(ranking.len(), 4 * policies.len());
    for (criterion, outcome, sign) in [
        ("economic_npv", "economic_npv", 1.0),
        ("min:public_cost_pv", "public_cost_pv", -1.0),
        ("jobs@city@2024", "jobs@city@2024", 1.0),
    ] {
        let values = values(outcome);
        let rows: Vec<_> = ranking.iter().filter(|row| row["criterion"] == criterion).collect();
        let mut sum = 0.0;
        for (place, row) in rows.iter().enumerate() {
            assert_eq!(row["policy"], policies[place]);
            let mean = values[place].iter().sum::<f64>() / 40.0;
            assert!((mean - number(row, "mean")).abs() < 1e-9 * (1.0 + mean.abs()));
            let mut best = 0.0;
            for at in 0..40 {
                let most = values.iter().map(|it| sign * it[at]).fold(f64::MIN, f64::max);
                let ties = values.iter().filter(|it| sign * it[at] >= most).count() as f64;
                best += if sign * values[place][at] >= most { 1.0 / ties } else { 0.0 };
            }
            assert!((best / 40.0 - number(row, "probability_best")).abs() < 1e-12, "{row:?}");
            let below =
                (0..40).filter(|&at| sign * values[place][at] < sign * values[0][at]).count();
            assert!((below as f64 / 40.0 - number(row, "probability_loss")).abs() < 1e-12);
            sum += number(row, "probability_best");
        }
        assert!((sum - 1.0).abs() < 1e-9);
        // What is not told has no value; 0 would say that nothing is worth learning.
        for row in self::rows(&place, "out/decision/value_of_information.csv") {
            let is_told = !row["note"].starts_with("not told");
            for column in ["value", "se", "upward_bias"] {
                assert_eq!(row[column].is_empty(), !is_told, "{row:?}");
            }
        }
    }
    let frontier = rows(&place, "out/decision/frontier.csv");
    let cheapest = frontier.iter().map(|row| number(row, "cost")).fold(f64::MAX, f64::min);
    let on = frontier.iter().find(|row| (number(row, "cost") - cheapest).abs() < 1e-9).unwrap();
    assert_eq!(on["status"], "on frontier");
    // Only the criterion with a target has a share that reaches it.
    for row in rows(&place, "out/decision/regret.csv") {
        assert_eq!(
            row["satisficing_share"].is_empty(),
            row["criterion"] != "economic_npv",
            "{row:?}"
        );
    }
    // It changes nothing of the run, and gives the same again on other threads.
    place.done("verify out --sample 1 --seed 1");
    let before = fs::read(place.path("out/decision/value_of_information.csv")).unwrap();
    place.done(
        "decide out --threads 1 --quiet --criterion economic_npv --criterion min:public_cost_pv --criterion jobs@city \
         --criterion 0.001*net_jobs+economic_npv/100000 --target economic_npv=0",
    );
    assert!(before == fs::read(place.path("out/decision/value_of_information.csv")).unwrap());
    // Another decision replaces it and says what is lost.
    let said = place.done("decide out --criterion economic_npv --criterion jobs@city");
    assert!(said.error.contains("judged by min:public_cost_pv; "), "{said:?}");
    let said = place.done("decide out --criterion jobs@city --criterion economic_npv");
    assert!(!said.error.contains("they replace"), "{said:?}");
}

#[test]
fn a_block_that_is_damaged_is_named_with_its_remedy() {
    let place = Place::new();
    let run = "run mine --replications 4 --until 2019 --quiet --output out";
    place.done(run);
    let block = place.path("out/blocks/block-0000002.yjb");
    let bytes = fs::read(&block).unwrap();
    fs::write(&block, &bytes[..bytes.len() / 2]).unwrap();
    let remedy = "with `--resume` makes it again";
    place.fails("decide out", 1, &["block-0000002.yjb` is damaged", remedy]);
    place.fails("compare out out", 1, &["block-0000002.yjb` is damaged", remedy]);
    place.done(&format!("{run} --resume"));
    place.done("decide out");
}

#[test]
fn what_cannot_be_decided_is_told() {
    let place = Place::new();
    place.done("run mine --replications 4 --until 2019 --quiet --output out");
    for (flags, says) in [
        ("--criterion profit", "names no outcome"),
        ("--criterion jobs@moon", "it is known at"),
        ("--criterion 0*net_jobs", "expected an outcome, with a factor"),
        ("--target net_jobs", "expected CRITERION=VALUE"),
        ("--target jobs@city=3", "is no criterion of this decision"),
        ("--target net_jobs=3 --target net_jobs=4", "`net_jobs` has two targets"),
        ("--criterion economic_npv+net_jobs+economic_npv", "has `economic_npv` twice"),
        ("--criterion net_jobs+", "expected an outcome"),
        ("--criterion 1e300*jobs@city", "may come to 1e-12 up to 1e12"),
        ("--criterion jobs@city/1e-300", "may come to 1e-12 up to 1e12"),
        ("--target economic_npv=1e308", "from -1e300 to 1e300"),
    ] {
        let said = place.run(&format!("decide out {flags}"));
        assert!(said.status == Some(2) && said.error.contains(says), "{flags}: {said:?}");
    }
    let said = place.run("decide mine");
    assert_eq!(said.status, Some(2), "{said:?}");
    place.done("run mine --policy baseline --replications 2 --until 2019 --quiet --output alone");
    let said = place.run("decide alone");
    assert!(said.error.contains("nothing to choose"), "{said:?}");
    place.done("run mine --replications 1 --until 2019 --quiet --output single");
    let said = place.run("decide single");
    assert!(said.status == Some(2) && said.error.contains("one replication"), "{said:?}");
    // A criterion may begin with a minus, and is told as it was written.
    let said = place.done("decide out --criterion -public_cost_pv+15*job_years").out;
    assert!(said.contains("-public_cost_pv+15*job_years") && !said.contains("'-"), "{said}");
    // Few replications are judged too, and no table claims to know what parameters do.
    place.done("decide out");
    assert!(rows(&place, "out/decision/ranking.csv").iter().all(|row| row["told"] == "no"));
    for row in rows(&place, "out/decision/value_of_information.csv") {
        let note = &row["note"];
        let starts = ["not told", "no policy", "it acts only in accounts"];
        assert!(starts.iter().any(|start| note.starts_with(start)), "{row:?}");
    }
}

/// A counterfactual is simulated and compared, and chosen by nothing.
#[test]
fn a_counterfactual_is_no_option() {
    let place = Place::new();
    let said = "extends = \"hub\"\ncounterfactual = true\n";
    fs::write(place.path("mine/policies/what-if.toml"), said).unwrap();
    fs::write(place.path("mine/policies/also.toml"), "extends = \"what-if\"\n").unwrap();
    let own = "extends = \"what-if\"\ncounterfactual = false\n";
    fs::write(place.path("mine/policies/option.toml"), own).unwrap();
    place.done(&format!("{RUN} --best net_jobs=0.9 --best-budget 60"));
    let of = |file: &str| -> BTreeSet<String> {
        rows(&place, file).iter().map(|row| row["policy"].clone()).collect()
    };
    let options = ["baseline", "hub", "hub-and-zone", "option"].map(str::to_owned);
    assert!(of("out/outcomes.csv").contains("what-if") && of("out/pairs.csv").contains("also"));
    assert_eq!(of("out/selection.csv"), options.clone().into());
    let other = RUN.replace("--output out", "--output other");
    place.done(&format!("{other} --set founder_growth=0.02"));
    place.done("compare out other --output compared --quiet");
    assert_eq!(of("compared/compare/ranks.csv"), options.clone().into());
    let said = place.done("decide out");
    assert!(said.out.contains("cannot be chosen: “also”, “what-if”"), "{said:?}");
    assert!(place.done("check mine").out.contains("also (counterfactual)"));
    let said = place.done("diff mine hub what-if");
    assert!(said.out.contains("do the same") && said.out.contains("`what-if` is a counterfactual"));
    assert!(place.done("explain also --scenario mine").out.contains("also: a counterfactual"));
    for table in ["ranking", "regret", "frontier", "acceptability", "budgets"] {
        assert_eq!(of(&format!("out/decision/{table}.csv")), options.clone().into(), "{table}");
    }
    // What is measured against a baseline that cannot be chosen means nothing.
    fs::write(place.path("mine/policies/baseline.toml"), "counterfactual = true\n").unwrap();
    let said = place.run("check mine");
    assert!(said.error.contains("is the baseline and a counterfactual"), "{said:?}");
    assert!(said.error.contains("policies/baseline.toml:1:18"), "{said:?}");
}

/// Where no firm is served nothing is displaced by a share of what is gained there.
#[test]
fn net_jobs_of_a_policy_that_serves_no_firm_are_those_of_the_city() {
    let place = Place::new();
    let homes = "extends = \"baseline\"\n[levers.homes]\nkind = \"homes\"\nunits = 2000\n\
                 from = 2018-01-01\nopening = 2019-01-01\nrent = 6\nconstruction = 1\nland = 1\noperation = 1\n\
                 payer = \"city\"\nsource = \"made up\"\n";
    fs::write(place.path("mine/policies/homes.toml"), homes).unwrap();
    place.done(RUN);
    let values = &outcomes(&place)[&("net_jobs".to_owned(), "homes".to_owned())];
    let mean = values.iter().sum::<f64>() / 40.0;
    let is_net = |row: &&BTreeMap<String, String>| {
        let of_homes = row["policy"] == "homes" && row["measure"] == "jobs";
        of_homes && row["term"] == "net_city" && row["year"] == "2024"
    };
    let table = rows(&place, "out/additionality.csv");
    let net = number(table.iter().find(is_net).unwrap(), "mean");
    assert!(net != 0.0 && (mean - net).abs() < 1e-9, "{mean} {net}");
}

/// Where no parameter varies policies are ranked, and one sentence says that nothing is said of parameters.
#[test]
fn a_run_in_which_no_parameter_varies_is_decided() {
    let place = Place::new();
    let file = place.path("mine/scenario.toml");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("parameters_vary = true"));
    fs::write(&file, text.replace("parameters_vary = true", "parameters_vary = false")).unwrap();
    place.done(RUN);
    let said = place.done("decide out --criterion net_jobs --target net_jobs=100").out;
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        said.matches("No parameter that can move this criterion varied").count(),
        1,
        "{said}"
    );
    assert!(said.contains("has the best mean") && said.contains("on the frontier"), "{said}");
    for silent in ["regression", "To know every parameter", "Every rule", "No single parameter"] {
        assert!(!said.contains(silent), "{silent}: {said}");
    }
    let worth = rows(&place, "out/decision/value_of_information.csv");
    assert_eq!(worth.len(), 1);
    assert!(number(&worth[0], "value") == 0.0 && worth[0]["note"].contains("varies"));
    assert_eq!(rows(&place, "out/decision/boxes.csv").len(), 0);
    assert_eq!(rows(&place, "out/decision/ranking.csv").len(), 3);
    assert_eq!(rows(&place, "out/decision/regret.csv").len(), 3);
}

/// Policies that do the same are told together, and what they share is no doubt between them.
#[test]
fn policies_that_do_the_same_are_told_together() {
    let place = Place::new();
    for (twin, of) in [("hub2", "hub"), ("hub-and-zone2", "hub-and-zone"), ("same", "baseline")] {
        let file = place.path(&format!("mine/policies/{twin}.toml"));
        fs::write(file, format!("extends = \"{of}\"\n")).unwrap();
    }
    place.done(&RUN.replace("--replications 40", "--replications 12"));
    let said = place.done("decide out --criterion net_jobs").out;
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("2”; of equals the first"), "{said}");
    assert!(said.contains("One of them is best in"), "{said}");
    assert!(!said.contains("is not told apart from that of"), "{said}");
    assert!(said.contains("With fewer than 20 replications it is not told how far"), "{said}");
    assert!(said.contains("“baseline” or “same”"), "{said}");
    // Ties are counted in equal parts; the two together are best as often as one alone would be.
    let ranking = rows(&place, "out/decision/ranking.csv");
    let of = |policy: &str| ranking.iter().find(|row| row["policy"] == policy).unwrap();
    assert_eq!(of("hub")["probability_best"], of("hub2")["probability_best"]);
    assert_eq!(of("hub")["rank"], of("hub2")["rank"]);
}

/// What acts only in accounts is worth exactly nothing by a criterion of jobs, and changes no order by it.
#[test]
fn parameters_of_accounts_do_not_move_jobs() {
    let place = Place::new();
    place.done(&RUN.replace("--replications 40", "--replications 120"));
    place.done("decide out --quiet --criterion net_jobs --criterion economic_npv");
    let accounts = ["income_tax_rate", "value_added_per_job", "wage", "profit_margin"];
    let is_account = |row: &BTreeMap<String, String>, column: &str| {
        row["criterion"] == "net_jobs" && accounts.contains(&row[column].as_str())
    };
    let worth = rows(&place, "out/decision/value_of_information.csv");
    let own: Vec<_> = worth.iter().filter(|row| is_account(row, "what")).collect();
    assert!(!own.is_empty());
    for row in own {
        assert!(number(row, "value") == 0.0 && number(row, "se") == 0.0, "{row:?}");
        assert!(row["note"].starts_with("it acts only in accounts"), "{row:?}");
    }
    let by_value = worth.iter().filter(|row| row["criterion"] == "economic_npv");
    assert!(by_value.clone().all(|row| !row["note"].starts_with("it acts only in accounts")));
    for file in ["switching", "switching_pairs", "boxes"] {
        for row in rows(&place, &format!("out/decision/{file}.csv")) {
            assert!(!is_account(&row, "parameter"), "{file}: {row:?}");
        }
    }
}
