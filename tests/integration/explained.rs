//! What `explain` tells: names of every kind, terms of the field, families of parameters.

use crate::command_line::run;
use crate::fixture::Folder;

#[test]
fn explain_knows_every_kind_of_name_and_the_values_of_a_scenario() {
    let folder = Folder::new();
    let folder = folder.path.to_str().unwrap();
    for (name, says) in [
        ("facility", "recruitment_days"),
        ("rent_ratio", "a setting of facility"),
        ("founder_rate", "Starting value"),
        ("jobs", "a metric"),
        ("ci_low", "yearly.csv"),
        ("hub", "a policy"),
        ("hub", "hub: a lever of the scenario"),
        ("gross_to_net.csv", "appraisal/gross_to_net.csv: a file of results"),
        ("special-zone", "within the district"),
        ("ict", "a sector of the scenario"),
        ("effect_on_served", "a term of additionality.csv"),
        ("lost", "Lost at served firms"),
        ("fiscal_cost", "a total of cost_benefit.csv"),
        ("value_added", "an item of cost_benefit.csv"),
        ("moved-in", "an event of events.csv"),
        ("additionality.csv", "effect_through_markets"),
        ("cash.csv", "neither discounted"),
        ("pairs.csv", "probability_higher"),
        ("terms", "net_city"),
        ("items", "residual_value"),
        ("files", "cost_benefit.csv"),
        ("levers", "designation"),
        ("parameters", "founder_rate"),
        ("metrics", "jobs"),
        ("columns", "probability_higher"),
        ("policies", "hub-and-zone"),
    ] {
        let (status, out, error) = run(&["explain", name, "--scenario", folder]);
        assert_eq!(status, 0, "{name}: {error}");
        assert!(out.contains(says), "{name}: {out}");
    }
    assert_eq!(run(&["explain"]).0, 0);
    let (status, _, error) = run(&["explain", "founder_rat"]);
    assert_eq!(status, 2);
    assert!(error.contains("did you mean `founder_rate`"), "{error}");
    for (wrong, right) in [("net_ctiy", "net_city"), ("residual_valeu", "residual_value")] {
        let (_, _, error) = run(&["explain", wrong]);
        assert!(error.contains(&format!("`{right}`")), "{error}");
    }
}

/// Terms of the field, in any case, with whatever between their words, in both languages.
#[test]
fn terms_of_the_field_are_explained_with_formula_table_and_command() {
    for (name, says) in [
        ("NPV", "net present value"),
        ("npv", "economic_npv"),
        ("BCR", "PV(benefits) / PV(costs)"),
        ("benefit-cost ratio", "appraisal/results.csv"),
        ("confidence", "confidence interval"),
        ("confidence_interval", "Student's t"),
        ("Regret", "decision/regret.csv"),
        ("EVPI", "E max_q m(q, θ)"),
        ("EVPPI", "value of partial information"),
        ("EVSI", "value of sample information"),
        ("value of information", "yangjae decide"),
        ("switching value", "decision/switching.csv"),
        ("dominance", "Hadar and Russell"),
        ("acceptability", "net benefit"),
        ("frontier", "decision/frontier.csv"),
        ("ICER", "next more costly"),
        ("common random numbers", "same draws"),
        ("additionality", "additionality.csv"),
        ("deadweight", "a term of additionality.csv"),
        ("displacement", "product markets"),
        ("p05", "a column of"),
        ("P05", "percentile"),
        ("paired difference", "same replication"),
        ("discounting", "(1 + r)^"),
        ("probability_best", "share of replications"),
        ("expected loss", "max_q m(q, θ) - m(p, θ)"),
        ("satisficing", "--target"),
        ("Hurwicz", "Cowles"),
        ("PRIM", "Friedman and Fisher"),
        ("순현재가치", "net present value"),
        ("비용편익비", "benefit-cost ratio"),
        ("신뢰 구간", "confidence interval"),
        ("후회", "Savage"),
        ("glossary", "Shapley value"),
    ] {
        let (status, out, error) = run(&["explain", name]);
        assert_eq!(status, 0, "{name}: {error}");
        assert!(out.contains(says), "{name}: {out}");
    }
    for (names, says) in [
        ("OCBA|optimal computing budget allocation", "selection.csv"),
        ("KN|Kim-Nelson", "indifference"),
        ("NSGA-II|nsga2", "Deb"),
        ("robustness|robust", "decision/regret.csv"),
        ("mean-variance|mean variance", "mean_less_k_sd"),
        ("Pareto|Pareto frontier", "archive.csv"),
        ("CEAF|cost-effectiveness acceptability frontier", "is_optimal"),
        ("vantage|vantage date", "scenario.toml"),
        ("indifference zone|indifference", "selection.csv"),
        ("elementary effects|Morris", "morris.csv"),
        ("Sobol|Sobol indices", "sobol.csv"),
        ("minimax|minimax regret", "decision/regret.csv"),
        ("discount|discount rate", "(1 + r)^"),
        ("payback|payback period", "cumulated"),
        ("appraisal", "rule set"),
        ("loss", "expected opportunity loss"),
        ("value for money", "benefit-cost ratio"),
    ] {
        for name in names.split('|') {
            let (status, out, error) = run(&["explain", name]);
            assert_eq!(status, 0, "{name}: {error}");
            let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(says), "{name}: {out}");
        }
    }
    let (_, _, error) = run(&["explain", "regrett"]);
    assert!(error.contains("did you mean `regret`"), "{error}");
}

/// Words without quotation marks are one name, after a folder too.
#[test]
fn several_words_are_one_name() {
    let folder = Folder::new();
    let mine = folder.path.to_str().unwrap();
    for words in [
        &["net", "present", "value"][..],
        &["common", "random", "numbers"],
        &["founder", "rate"],
        &["yearly.csv:", "mean"],
    ] {
        for before in [None, Some(mine)] {
            let mut arguments = vec!["explain"];
            arguments.extend(before);
            arguments.extend(words);
            let (status, out, error) = run(&arguments);
            assert_eq!(status, 0, "{arguments:?}: {error}");
            assert!(!out.is_empty());
        }
    }
    let (status, _, error) = run(&["explain", "net", "presnt", "value"]);
    assert_eq!(status, 2);
    assert!(error.contains("did you mean `net present value`"), "{error}");
}

/// A member that a scenario lacks tells of its family, and a family lists its members in the scenario.
#[test]
fn families_of_parameters_are_explained_by_member_and_by_name() {
    let folder = Folder::new();
    let mine = folder.path.to_str().unwrap();
    for (name, says) in [
        ("taste", "taste_special_zone"),
        ("taste_AREA", "a family of parameters, one for each of the areas"),
        ("taste_of_my_own", "a family of parameters"),
        ("effect_exit_voucher", "one for each of the policies' levers of kind instrument"),
        ("effect_ON_LEVER", "effect_growth_INSTRUMENT"),
    ] {
        for arguments in [&["explain", name, "--scenario", mine][..], &["explain", mine, name]] {
            let (status, out, error) = run(arguments);
            assert_eq!(status, 0, "{name}: {error}");
            assert!(out.contains(says), "{name}: {out}");
        }
    }
    assert_eq!(run(&["explain", "tasty_food"]).0, 2);
}
