//! Futures: what the world may come to be acts on every policy alike, and on nobody who does not ask for it.

use std::collections::BTreeMap;
use std::fs;

use crate::program::Place;
use crate::program::number;
use crate::program::rows;

const STORM: &str = "title = \"Storm\"\n[parameters]\nfounder_rate = { times = 0.5, from = 2020-01-01 }\n\
    [levers.hub]\nservices = 0.5\n";
const CALM: &str = "title = \"Calm\"\n[[climate]]\nyear = 2022\nindex = 0.5\n[[climate]]\nyear = 2024\nindex = 2.0\n";
const RUN: &str = "run mine --quiet --replications 6 --until 2022";

/// A place with a scenario of three futures; the hub's policies change a parameter that one of them changes.
fn place() -> Place {
    let place = Place::new();
    fs::create_dir(place.path("mine/futures")).unwrap();
    write(&place, "dull", "title = \"As it is\"\n");
    write(&place, "storm", STORM);
    write(&place, "calm", CALM);
    append(&place, "hub", "\n[parameters]\nfounder_rate = { times = 1.5, from = 2020-01-01 }\n");
    place
}

fn write(place: &Place, future: &str, text: &str) {
    fs::write(place.path(&format!("mine/futures/{future}.toml")), text).unwrap();
}

fn append(place: &Place, policy: &str, text: &str) {
    let path = place.path(&format!("mine/policies/{policy}.toml"));
    let before = fs::read_to_string(&path).unwrap();
    fs::write(path, before + text).unwrap();
}

#[track_caller]
fn same_tables(one: (&Place, &str), other: (&Place, &str)) {
    for file in [
        "yearly.csv",
        "comparison.csv",
        "cash.csv",
        "cost_benefit.csv",
        "outcomes.csv",
        "draws.csv",
    ] {
        let read =
            |(place, folder): (&Place, &str)| fs::read(place.path(folder).join(file)).unwrap();
        assert!(read(one) == read(other), "{file} of {} and {} differ", one.1, other.1);
    }
}

#[test]
fn a_future_without_a_change_is_the_run_and_one_that_is_not_asked_for_moves_no_byte() {
    let place = Place::new();
    place.done(&format!("{RUN} --output before"));
    fs::create_dir(place.path("mine/futures")).unwrap();
    write(&place, "dull", "title = \"As it is\"\n");
    write(&place, "storm", STORM);
    place.done(&format!("{RUN} --output after"));
    place.same("before", "after");
    place.done(&format!("{RUN} --output asked --future dull"));
    same_tables((&place, "asked"), (&place, "asked/futures/dull"));
    let asked = place.files("asked");
    let own = asked.iter().filter(|(name, _)| !name.starts_with("futures"));
    assert!(own.eq(place.files("before").iter()));
    // Its file and name are among what the run rests on.
    let manifest = fs::read_to_string(place.path("asked/futures/dull/manifest.json")).unwrap();
    assert!(manifest.contains("\"future\": \"dull\"") && manifest.contains("futures/dull.toml"));
    assert!(!manifest.contains("storm"));
    place.done("verify asked --sample all");
    let said = place.done("verify asked/futures/dull --sample all");
    assert!(!said.out.contains("not checked"), "{said:?}");
}

#[test]
fn a_future_is_the_same_change_in_every_policy_before_the_policys_own() {
    let place = place();
    place.done(&format!("{RUN} --output out --future storm"));
    // The same by hand; half and one and a half are three quarters to the last bit.
    let by_hand = Place::new();
    append(
        &by_hand,
        "baseline",
        "\n[parameters]\nfounder_rate = { times = 0.5, from = 2020-01-01 }\n",
    );
    append(&by_hand, "hub", "\n[parameters]\nfounder_rate = { times = 0.75, from = 2020-01-01 }\n");
    let hub = by_hand.path("mine/policies/hub.toml");
    let text = fs::read_to_string(&hub).unwrap();
    assert!(text.contains("services = 1 "));
    fs::write(&hub, text.replace("services = 1 ", "services = 0.5 ")).unwrap();
    by_hand.done(&format!("{RUN} --output out"));
    same_tables((&place, "out/futures/storm"), (&by_hand, "out"));
    // And it is another world than the present.
    let yearly = |folder: &str| fs::read(place.path(folder).join("yearly.csv")).unwrap();
    assert!(yearly("out") != yearly("out/futures/storm"));
}

#[test]
fn a_given_climate_moves_what_comes_after_it_and_nothing_before() {
    let place = place();
    place.done("run mine --quiet --replications 4 --until 2025 --output out --future calm");
    let jobs = |folder: &str| -> BTreeMap<(String, String), String> {
        let rows = rows(&place, &format!("{folder}/yearly.csv"));
        let city =
            rows.into_iter().filter(|row| row["metric"] == "investment" && row["place"] == "city");
        city.map(|row| ((row["policy"].clone(), row["year"].clone()), row["mean"].clone()))
            .collect()
    };
    let (present, calm) = (jobs("out"), jobs("out/futures/calm"));
    for ((policy, year), mean) in &present {
        let there = &calm[&(policy.clone(), year.clone())];
        assert_eq!(mean == there, year.as_str() < "2022", "{policy} {year}: {mean} {there}");
    }
}

#[test]
fn mistakes_are_told_where_they_are() {
    let place = place();
    for (flags, words) in [
        ("--future strom", &["there is no future `strom`", "did you mean `storm`?"][..]),
        ("--future storm --future storm", &["`--future storm` stands twice"]),
        ("--future storm --equal-budget", &["cannot be used with"]),
        ("--future ../storm", &["there is no future `../storm`"]),
    ] {
        place.fails(&format!("run mine --output none {flags}"), 2, words);
        assert!(!place.path("none").exists());
    }
    for (text, words) in [
        ("titel = \"x\"", &["bad.toml:1:1", "`titel` is no key of a future"][..]),
        ("[parameters]\nwage = { times = 1e5 }", &["bad.toml:2:8", "this takes `wage` from"]),
        ("[parameters]\nwage = 60", &["so a future cannot fix it"]),
        (
            "[parameters]\ndiscount_rate = 0.03",
            &["a future cannot have a discount rate of its own"],
        ),
        (
            "[parameters]\nmarginal_cost_of_public_funds = { times = 1.1, from = 2023-01-01 }",
            &["bad.toml:2", "cannot change from year to year", "leave `from` and `until` out"],
        ),
        ("[[climate]]\nyear = 2021\nindex = 1", &["is known by the vantage date", "2022 or later"]),
        ("[[climate]]\nyear = 2100\nindex = 1", &["is not among the scenario's years"]),
        ("[levers.zon]\nrefusal = 1", &["no policy has a lever `zon`", "did you mean `zone`?"]),
        ("[levers.zone]\nkind = \"facility\"", &["a future cannot change the `kind` of a lever"]),
        ("[levers.zone]\nrefusal = 2", &["bad.toml:2:11", "out of range"]),
        ("[levers.zone]\nplaces = 2", &["`places` is no setting of a designation"]),
    ] {
        write(&place, "bad", text);
        place.fails("check mine", 2, words);
        place.fails("run mine --output none --future bad", 2, words);
        // Nobody asks for it.
        place.done(
            "run mine --quiet --replications 1 --until 2018 --force --output other --future dull",
        );
    }
    fs::rename(place.path("mine/futures/bad.toml"), place.path("mine/futures/all.toml")).unwrap();
    place.fails("check mine", 2, &["`all` cannot name a future: it stands for every future"]);
    fs::remove_dir_all(place.path("mine/futures")).unwrap();
    place.fails("run mine --future all", 2, &["has no file futures/NAME.toml"]);
}

#[test]
fn check_lists_futures_and_what_in_them_acts_on_nothing() {
    let place = place();
    write(
        &place,
        "idle",
        "[parameters]\nfund_multiple = { times = 2 }\n[levers.zone]\nrefusal = 1\n",
    );
    let said = place.done("check mine");
    for words in [
        "calm    2 years of climate",
        "storm   1 parameter, 1 lever",
        "future `dull`: it changes nothing",
        "future `idle`: the change of `fund_multiple`: no policy has the levers through which it acts",
    ] {
        assert!(said.out.contains(words), "no `{words}` in {}", said.out);
    }
    let said = place
        .done("run mine --replications 1 --until 2018 --policy hub --output out --future idle");
    assert!(said.error.contains("future `idle`: in out/futures/idle"), "{said:?}");
    assert!(said.error.contains("without effect: future `idle`"), "{said:?}");
    assert!(said.out.contains("0=present, 1=idle"), "{said:?}");
}

#[test]
fn two_futures_of_one_title_are_named() {
    let place = place();
    for (title, other) in
        [("title = \"STORM\"\n", "storm"), ("title = \"Tempest\"\ntitle_ko = \"Calm\"\n", "calm")]
    {
        write(&place, "tempest", title);
        let told = format!("future `tempest`: its title is that of `{other}`");
        assert!(place.done("check mine").out.contains(&told), "{title}");
    }
    write(&place, "tempest", "");
    assert!(!place.done("check mine").out.contains("its title is that of"));
}

#[test]
fn a_setting_that_policies_have_so_already_is_told() {
    let place = place();
    write(&place, "same", "[levers.hub]\nservices = 1.0\ntenancy = 3\n");
    let said = place.done("check mine");
    let told = "future `same`: the change of `hub.services`: it leaves the value as it is";
    assert!(said.out.contains(told), "{said:?}");
    assert!(!said.out.contains("`hub.tenancy`"), "{said:?}");
}

#[test]
fn shards_of_futures_merge_to_the_whole_and_a_finished_run_gets_futures_afterwards() {
    let place = place();
    let run = format!("{RUN} --future storm --future calm");
    place.done(&format!("{run} --output whole"));
    for shard in ["2/2", "1/2"] {
        place.done(&format!("{run} --shard {shard}"));
    }
    place.done("merge output/mine-shards --output merged --quiet");
    place.same("whole", "merged");
    fs::remove_dir_all(place.path("output/mine-shards/1-of-2/futures/calm")).unwrap();
    place.fails("merge output/mine-shards --output again --quiet", 2, &["shard 1/2"]);
    // First the run, then its futures.
    place.done(&format!("{RUN} --output later"));
    place.fails(&format!("{run} --output later"), 2, &["holds a finished run"]);
    place.done(&format!("{run} --output later --resume"));
    place.same("whole", "later");
    // Replaced, the run takes its futures with it, and nothing else.
    fs::write(place.path("later/futures/calm/notes.txt"), "mine").unwrap();
    place.done(&format!("{RUN} --output later --force"));
    let left: Vec<_> = place.files("later/futures").into_keys().collect();
    assert_eq!(left, [std::path::Path::new("calm/notes.txt")]);
}

#[test]
fn a_batch_has_its_futures_and_tells_which_are_missing() {
    let place = place();
    place.done("slurm mine --shards 2 --replications 4 --until 2019 --future storm --output out");
    assert!(place.path("out/slurm/scenario/mine/futures/storm.toml").exists());
    assert!(!place.path("out/slurm/scenario/mine/futures/calm.toml").exists());
    let script = fs::read_to_string(place.path("out/slurm/array.sbatch")).unwrap();
    assert!(script.contains("--future=storm"), "{script}");
    let task = |shard: u32, more: &str| {
        format!(
            "run out/slurm/scenario/mine --shard {shard}/2 --output out/slurm/shards/{shard}-of-2 --replications 4 \
             --until 2019 --quiet --resume {more}"
        )
    };
    place.done(&task(1, "--future storm"));
    place.done(&task(2, ""));
    let said = place.done("slurm --missing --dry-run --output out");
    assert!(said.out.contains("shard 2/2 is missing: future `storm`: 0 of"), "{said:?}");
    place.done(&task(2, "--future storm"));
    let said = place.done("slurm --missing --dry-run --output out");
    assert!(said.out.contains("2 of 2 shards are whole"), "{said:?}");
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[test]
fn a_decision_over_futures_is_what_their_outcomes_say() {
    const POLICIES: [&str; 3] = ["baseline", "hub", "hub-and-zone"];
    let place = place();
    place.done("run mine --replications 30 --until 2024 --quiet --output out --future all");
    let said = place.done("decide out --criterion economic_npv --criterion min:public_cost_pv");
    assert!(said.out.contains("in every future (4 of 4)"), "{said:?}");
    let found = rows(&place, "out/decision/futures.csv");
    assert_eq!(found.len(), 2 * 3 * 4);
    for (criterion, outcome, sign) in
        [("economic_npv", "economic_npv", 1.0), ("min:public_cost_pv", "public_cost_pv", -1.0)]
    {
        let (mut regrets, mut worst) = ([0.0; 3], [f64::MAX; 3]);
        let mut leads_now = [0.0; 3];
        for world in ["present", "calm", "dull", "storm"] {
            let folder =
                if world == "present" { "out".to_owned() } else { format!("out/futures/{world}") };
            let outcomes = rows(&place, &format!("{folder}/outcomes.csv"));
            let values = POLICIES.map(|policy| {
                let own = outcomes
                    .iter()
                    .filter(|row| row["policy"] == policy && row["outcome"] == outcome);
                own.map(|row| sign * number(row, "value")).collect::<Vec<f64>>()
            });
            let means = values.clone().map(|values| mean(&values));
            let best = means.iter().copied().fold(f64::MIN, f64::max);
            for (place, policy) in POLICIES.iter().enumerate() {
                let row = found.iter().find(|row| {
                    (row["criterion"].as_str(), row["policy"].as_str(), row["future"].as_str())
                        == (criterion, *policy, world)
                });
                let row = row.unwrap();
                let near = |column: &str, value: f64| {
                    let found = number(row, column);
                    assert!(
                        (found - value).abs() < 1e-9 * (1.0 + value.abs()),
                        "{column} {value}: {row:?}"
                    );
                };
                near("mean", sign * means[place]);
                near("regret", best - means[place]);
                let below = values[place].iter().zip(&values[0]).filter(|(own, base)| own < base);
                near("probability_loss", below.count() as f64 / 30.0);
                let above = means.iter().filter(|mean| **mean > means[place]).count();
                near("rank", (above + 1) as f64);
                let lead = sign * (means[place] - means[0]);
                near("lead", lead);
                if world == "present" {
                    leads_now[place] = lead;
                    assert!(row["lead_change"].is_empty() && row["lead_change_se"].is_empty());
                } else {
                    near("lead_change", lead - leads_now[place]);
                    assert!(number(row, "lead_change_se") >= 0.0 && number(row, "mean_se") >= 0.0);
                }
                regrets[place] += (best - means[place]) / 4.0;
                worst[place] = worst[place].min(means[place]);
            }
        }
        // Over states of each world the mean outcome given the parameters has the mean of the outcome.
        for row in rows(&place, "out/decision/regret.csv") {
            let policy = POLICIES.iter().position(|policy| *policy == row["policy"]).unwrap();
            if row["criterion"] == criterion {
                let slack = 1e-9 * (1.0 + regrets[policy]);
                assert!(number(&row, "mean_regret") >= regrets[policy] - slack, "{row:?}");
                assert!(sign * number(&row, "maximin") <= worst[policy] + slack, "{row:?}");
            }
        }
    }
    // A future that is not finished is left out, and one of another run refused.
    fs::remove_file(place.path("out/futures/dull/manifest.json")).unwrap();
    let said = place.done("decide out --quiet");
    assert!(said.error.contains("the future `dull` is not finished"), "{said:?}");
    place.done(
        "run mine --replications 30 --until 2024 --quiet --output other --seed 5 --future calm",
    );
    fs::remove_dir_all(place.path("out/futures/calm")).unwrap();
    fs::rename(place.path("other/futures/calm"), place.path("out/futures/calm")).unwrap();
    place.fails("decide out", 2, &["the future `calm` is not of this run", "`seed` is"]);
    // Without futures none is told.
    fs::remove_dir_all(place.path("out/futures")).unwrap();
    let said = place.done("decide out");
    assert!(!said.out.contains("0=present") && !place.path("out/decision/futures.csv").exists());
}

/// A future gives a lever's setting to every policy, those of options too: what they ask is judged without it.
#[test]
fn what_an_option_asks_is_what_it_is_in_the_present() {
    let place = place();
    for value in ["0.7", "0.5"] {
        let said = place.done(&format!("check mine --policy hub --set hub.services={value}")).out;
        let says =
            format!("future `storm`: `--set hub.services={value}`: `hub.services` is 0.5 there");
        assert_eq!(said.contains(&says), value != "0.5", "{said}");
    }
    place.fails("check mine --policy hub --set hub.services=1", 2, &["`hub` has it so already"]);
    place.fails("check mine --policy hub --set hub.services=99", 2, &["services", "0 to 10"]);
    let said = place
        .done(&format!("{RUN} --policy hub --set hub.services=0.7 --output out --future storm"));
    assert!(said.error.is_empty(), "{said:?}");
    let run =
        "run mine --no-progress --replications 2 --until 2019 --policy hub --set hub.services=0.7";
    let said = place.done(&format!("{run} --output told --future storm")).error;
    assert!(
        said.contains("future `storm`: `--set hub.services=0.7`: `hub.services` is 0.5 there"),
        "{said}"
    );
    let levers = |folder: &str| {
        let services = rows(&place, &format!("{folder}/levers.csv"));
        let of = |row: &&BTreeMap<String, String>| {
            row["policy"] != "hub" && row["setting"] == "services" && row["lever"] == "hub"
        };
        services.iter().filter(of).map(|row| row["value"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        (levers("out"), levers("out/futures/storm")),
        (vec!["0.7".into()], vec!["0.5".into()])
    );
}
