//! Observed figures that cannot be.

use yangjae::analysis::metrics;
use yangjae::scenario::Scenario;

use crate::broken_scenarios::against_the_register;
use crate::broken_scenarios::cases::DISTRICT;
use crate::broken_scenarios::cases::OBSERVED;
use crate::broken_scenarios::cases::TOP;
use crate::broken_scenarios::says_all;
use crate::fixture::Folder;
use crate::fixture::shown;

#[test]
fn unknown_metrics_are_found_where_metrics_are_known() {
    let folder = Folder::new();
    folder.append(OBSERVED, "jobs,city,2020,1,1,x\njbos,hub,2018-2020,1,1,\"a, b\"\n");
    let scenario = folder.load().unwrap();
    assert_eq!(scenario.observed[1].year, 2020);
    assert_eq!(scenario.observed[1].source, "a, b");
    let error = against_the_register(&folder).unwrap_err();
    insta::assert_snapshot!(shown(&folder.path, &error.to_string()), @r#"
    error: there is no metric `jbos`
     --> mine/observed.csv:3:1
      |
    3 | jbos,hub,2018-2020,1,1,"a, b"
      | ^^^^ unknown metric
      |
      = help: did you mean `jobs`?
      = help: `yangjae explain` lists the metrics

    1 problem in mine
    "#);
}

/// What `validate` would refuse, the scenario refuses already, but for what only `--until` cuts.
#[test]
fn figures_that_can_never_be_compared_are_refused_all_at_once() {
    let folder = Folder::new();
    folder.append(
        OBSERVED,
        "tenants,hub,1990,1,1,x\n\
         rent,hub,2020,1,1,x\n\
         jobs,city,2020,1,1,x\n\
         jobs,city,2031,many,1,x\n\
         jobs,city,2020,2,1,y\n\
         investment,city,2017-2019,1,1,x\n\
         pool,city,2017-2019,1,1,x\n\
         jbos,moon,2020,-,1,x\n",
    );
    // Neither a bad number nor an unknown key hides the rest.
    folder.change(TOP, "seed = 1", "seed = 1\nsede = 2");
    folder.change(TOP, "\"hub-and-zone\"]", "\"hub-and-zoom\"]");
    let error = against_the_register(&folder).unwrap_err();
    let text = shown(&folder.path, &error.to_string());
    for part in [
        "`sede` is no key",
        "there is no policy `hub-and-zoom`",
        "mine/observed.csv:2:13",
        "1990 is not among the scenario's years",
        "mine/observed.csv:3:6",
        "`rent` is not read at `hub`",
        "known are `district`, `special-zone`",
        "mine/observed.csv:5:11",
        "\"many\" is no value",
        "mine/observed.csv:6:1",
        "`jobs` at `city` in 2020 is given twice, in line 4 and in line 6",
        "mine/observed.csv:7:17",
        "2017 is not among",
        "there is no metric `jbos`",
        "there is no place `moon`",
    ] {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
    assert!(text.contains("11 problems in mine"), "{text}");
}

#[test]
fn figures_that_only_until_cuts_off_are_no_problem() {
    let folder = Folder::new();
    folder.change(TOP, "seed = 1\n", "seed = 1\nactual_policy = \"hub\"\n");
    folder.append(OBSERVED, "tenants,hub,2029,1,1,x\n");
    let metrics = metrics::places();
    let cut = Scenario::loader(&folder.path).until(2020).against(&metrics).load().unwrap();
    assert_eq!(cut.observed.len(), 1);
}

#[test]
fn a_year_left_out_between_known_ones_is_refused() {
    let folder = Folder::new();
    folder.change(DISTRICT, "year = 2019", "year = 2023");
    let text = folder.problems();
    assert!(text.contains("expected the year 2019") && text.contains("1 problem"), "{text}");
}

#[test]
fn values_that_a_metric_cannot_have_and_one_figure_in_two_words_are_refused() {
    let folder = Folder::new();
    folder.change(TOP, "seed = 1\n", "seed = 1\nactual_policy = \"hub\"\n");
    folder.append(
        OBSERVED,
        "tenants,hub,2019,-25,1,x\noccupancy,district,2019,85,1,x\n\
         firms,city,2020,9,1,x\nfirms,city,2018-2020,9,1,x\n",
    );
    let error = against_the_register(&folder).unwrap_err();
    let text = shown(&folder.path, &error.to_string());
    says_all(
        &text,
        &[
            "`tenants` cannot be -25",
            "`occupancy` cannot be 85",
            "write a share instead of a percentage: 0.85",
            "`firms` at `city` in 2018-2020 is given twice, in line 4 and in line 5",
            "3 problems in mine",
        ],
    );
}

/// A slip of some digits is larger than anything of its unit, or than the facility holds.
#[test]
fn observed_figures_of_another_order_of_magnitude_are_refused() {
    let folder = Folder::new();
    folder.change(TOP, "seed = 1\n", "seed = 1\nactual_policy = \"hub\"\n");
    folder.append(
        OBSERVED,
        "tenants,hub,2019,28000,1,x\nfirms,city,2019,1e30,1,x\n\
         jobs,city,2019,900,1e300,x\ntenants,hub,2020,160,1,x\n",
    );
    let error = against_the_register(&folder).unwrap_err();
    let text = shown(&folder.path, &error.to_string());
    says_all(
        &text,
        &[
            "mine/observed.csv:2:18",
            "`hub` cannot have 28000 tenants",
            "it has 80 places at most under the actual policy `hub`",
            "mine/observed.csv:3:17",
            "is too large for `firms`",
            "mine/observed.csv:4:20",
            "is too large for `jobs`",
            "3 problems in mine",
        ],
    );
}

/// The figures of a scenario are compared with the policy that happened, by every command.
#[test]
fn a_figure_that_the_policy_that_happened_cannot_have_is_refused() {
    let folder = Folder::new();
    folder.append(OBSERVED, "tenants,hub,2019,25,1,x\n");
    let error = against_the_register(&folder).unwrap_err();
    let text = shown(&folder.path, &error.to_string());
    says_all(
        &text,
        &[
            "mine/observed.csv:2:9",
            "the actual policy `baseline` (the baseline, as scenario.toml names none) has no \
             facility `hub`",
            "`actual_policy = \"POLICY\"` in scenario.toml names another",
            "1 problem in mine",
        ],
    );
    folder.change(TOP, "seed = 1\n", "seed = 1\nactual_policy = \"hub\"\n");
    against_the_register(&folder).unwrap();
}
