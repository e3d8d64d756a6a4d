//! What policies take over from each other, what `--set` and `--until` change, and differences.

use std::fmt::Write as _;

use yangjae::policy::lever::COMMON;
use yangjae::policy::levers::LeverKind;
use yangjae::policy::setting::Setting;
use yangjae::policy::setting::SettingKind;
use yangjae::scenario::Distribution;
use yangjae::scenario::Policy;
use yangjae::scenario::Scenario;
use yangjae::scenario::difference::difference;
use yangjae::scenario::difference::in_scenario;
use yangjae::time::Date;

use crate::fixture::Folder;
use crate::fixture::shown;
use crate::levers::effects;

fn policy<'s>(scenario: &'s Scenario, name: &str) -> &'s Policy {
    scenario.policies.iter().find(|policy| policy.name == name).unwrap()
}

#[test]
fn the_new_scenario_reads_as_it_is_written() {
    let scenario = Folder::new().load().unwrap();
    assert_eq!(scenario.name, "mine");
    assert_eq!(scenario.years(), 2018..=2030);
    assert_eq!(scenario.lever_names, ["hub", "zone"]);
    let hub = &policy(&scenario, "hub-and-zone").plan.facilities[0];
    assert_eq!(hub.places.on(Date::new_year(2025)), 120);
    assert_eq!(hub.common.package, "hub");
    assert_eq!(hub.sectors, [true; 12]);
    assert_eq!(policy(&scenario, "hub-and-zone").plan.designations[0].common.slot, 1);
}

#[test]
fn a_policy_takes_over_changes_and_removes_levers_along_a_chain() {
    let folder = Folder::new();
    folder.write(
        "policies/a.toml",
        "extends = \"hub-and-zone\"\nremove = [\"zone\"]\n[levers.hub]\nroom = 30\n",
    );
    folder.write("policies/b.toml", "extends = \"a\"\n[parameters]\nquit_rate = { plus = 0.1 }\n");
    folder.write("policies/c.toml", "extends = \"b\"\n[levers.hub]\nplaces = 7\n");
    let scenario = folder.load().unwrap();
    let names: Vec<&str> = scenario.policies.iter().map(|policy| policy.name.as_str()).collect();
    assert_eq!(names, ["baseline", "hub", "hub-and-zone", "a", "b", "c"]);
    let last = policy(&scenario, "c");
    assert_eq!(last.plan.designations, []);
    assert_eq!(last.plan.facilities[0].room, 30);
    assert_eq!(last.plan.facilities[0].places.0, [(Date::new_year(2018), 7)]);
    let [adjustment] = last.adjustments.as_slice() else { panic!("{:?}", last.adjustments) };
    assert_eq!(adjustment.parameter, scenario.register.position("quit_rate").unwrap());
    assert_eq!(adjustment.text(), "plus 0.1");
}

#[test]
fn a_lever_removed_may_be_written_anew_as_another_kind() {
    let folder = Folder::new();
    folder.write("policies/a.toml", "extends = \"hub\"\nremove = [\"hub\"]\n[levers.hub]\nkind = \"wage-subsidy\"\nfrom = 2024-01-01\npayer = \"state\"\nsource = \"x\"\nshare = 0.5\nbudget = 100\nlongest_age = 7\n");
    let scenario = folder.load().unwrap();
    assert_eq!(policy(&scenario, "a").plan.wage_subsidies.len(), 1);
    assert_eq!(policy(&scenario, "a").plan.facilities, []);
}

#[test]
fn a_difference_lists_schedules_step_by_step_and_parameters() {
    let folder = Folder::new();
    folder.append(
        "policies/hub-and-zone.toml",
        "\n[parameters]\nfounder_rate = { times = 1.1, from = 2024-03-01 }\ntaste_not_founding = { plus = 0.5 }\n",
    );
    let scenario = folder.load().unwrap();
    let (hub, zone) = (policy(&scenario, "hub"), policy(&scenario, "hub-and-zone"));
    let register = &scenario.register;
    let changes = in_scenario(difference(register, hub, zone), &scenario);
    let rows: Vec<String> = changes
        .iter()
        .filter(|change| change.lever != "zone")
        .map(|change| {
            format!(
                "{} {} {} -> {} {:?}",
                change.lever, change.setting, change.from, change.to, change.year
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            "hub places 80 -> 120 Some(2024)",
            "parameters founder_rate 155 -> times 1.1 from 2024-03-01 Some(2024)",
            "parameters taste_not_founding -1.5 -> plus 0.5 Some(2018)",
        ]
    );
    assert_eq!(difference(register, hub, hub), []);
    let back = difference(register, zone, hub);
    assert_eq!(back.len(), difference(register, hub, zone).len());
}

#[test]
fn a_moved_date_first_matters_in_the_earlier_year() {
    let folder = Folder::new();
    folder.write("policies/a.toml", "extends = \"hub\"\n[levers.hub]\nopening = 2021-01-01\n");
    let scenario = folder.load().unwrap();
    let changes = difference(&scenario.register, policy(&scenario, "hub"), policy(&scenario, "a"));
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].setting.as_ref(), changes[0].year), ("opening", Some(2018)));
}

#[test]
fn set_gives_parameters_values_that_do_not_vary() {
    let folder = Folder::new();
    let set = |name: &str, value: &str| {
        Scenario::loader(&folder.path).set_all(&[(name.to_owned(), value.to_owned())]).load()
    };
    let scenario = set("founder_rate", "500").unwrap();
    let parameter = scenario.parameter("founder_rate").unwrap();
    assert_eq!(parameter.value.to_bits(), 500.0_f64.to_bits());
    assert_eq!(parameter.distribution, Distribution::Fixed);
    set("taste_not_founding", "never").unwrap();

    let mut texts = Vec::new();
    for (name, value) in [
        ("founder_rat", "150"),
        ("quit_rate", "1.5"),
        ("quit_rate", "15%"),
        ("quit_rate", "often"),
        ("quit_rate", ""),
        ("quit_rate", "1\nx = 2"),
        ("", "1"),
        ("sector_share_software", "0.9"),
    ] {
        texts.push(shown(&folder.path, &set(name, value).unwrap_err().to_string()));
    }
    assert!(texts.iter().all(|text| text.contains("--set")), "{texts:#?}");
    insta::assert_snapshot!(texts.join("\n\n"));
}

#[test]
fn until_cuts_the_years_and_refuses_others() {
    let folder = Folder::new();
    let until = |year| Scenario::loader(&folder.path).until(year).load();
    assert_eq!(until(2020).unwrap().years(), 2018..=2020);
    let text = until(2031).unwrap_err().to_string();
    assert!(text.contains("--until 2031") && text.contains("from 2018 to 2030"), "{text}");
}

/// What a setting may hold, written in TOML.
fn example(setting: &Setting) -> String {
    match setting.kind {
        SettingKind::Number { min, max } => format!("{:?}", min.max(0.0).min(max)),
        SettingKind::Count { max } => max.to_string(),
        SettingKind::Date => "2024-05-29".to_owned(),
        SettingKind::Flag => "true".to_owned(),
        SettingKind::Choice(words) => format!("{:?}", words[words.len() - 1]),
        SettingKind::Sectors => "[\"software\"]".to_owned(),
        SettingKind::Choices(words) => format!("{:?}", &words[..1]),
        SettingKind::Area => "\"promotion-district\"".to_owned(),
        SettingKind::Payer => "\"state\"".to_owned(),
        SettingKind::Regime => "\"special-zone\"".to_owned(),
        SettingKind::Scope => "\"district\"".to_owned(),
        SettingKind::Schedule { .. } => "[{ from = 2024-05-29, value = 3 }]".to_owned(),
        SettingKind::Days => "[1, 365]".to_owned(),
        SettingKind::Text => "\"text\"".to_owned(),
        SettingKind::Areas => "\"city\"".to_owned(),
        SettingKind::Effects => "[{ on = \"growth\" }]".to_owned(),
    }
}

/// Whatever the register of levers promises, the reader takes and the plan gets.
#[test]
fn every_kind_of_lever_of_the_register_can_be_written() {
    let folder = Folder::new();
    let mut text = String::new();
    let mut written = 0;
    for kind in LeverKind::ALL {
        let spec = kind.spec();
        written += 1;
        writeln!(text, "[levers.a-{}]\nkind = \"{}\"", spec.name, spec.name).unwrap();
        // What they bring stays: it has no end.
        let has_no_end = matches!(kind, LeverKind::Homes | LeverKind::Institutes);
        let settings = COMMON.iter().skip(1).filter(|it| !has_no_end || it.name != "until");
        // Some of an instrument's settings stand in each other's place.
        let apart = ["number", "budget", "wage_share", "rent_share", "round_share", "alumni"];
        let fits = |it: &&Setting| kind != LeverKind::Instrument || !apart.contains(&it.name);
        for setting in settings.chain(spec.settings).filter(fits) {
            let value = match (kind, setting.name) {
                (LeverKind::Instrument, "population") => "\"startups\"".to_owned(),
                (LeverKind::Instrument, "tenants") => "\"a-facility\"".to_owned(),
                (LeverKind::Instrument, "youngest") => "0".to_owned(),
                _ => example(setting),
            };
            writeln!(text, "{} = {value}", setting.name).unwrap();
            written += 1;
        }
    }
    folder.append("parameters.toml", &effects(&text, 0.1));
    folder.write("policies/all.toml", text);
    let scenario = folder.load().unwrap_or_else(|error| panic!("{error}"));
    let all = policy(&scenario, "all");
    assert_eq!(all.plan.levers().count(), LeverKind::ALL.len());
    assert_eq!(all.written.len(), LeverKind::ALL.len());
    let total: usize = all.written.iter().map(|lever| lever.settings.len()).sum();
    assert_eq!(total, written);
}

/// A slot depends on names alone, so that the order of policies changes nothing.
#[test]
fn slots_do_not_depend_on_the_order_of_policies() {
    let folder = Folder::new();
    let before = folder.load().unwrap();
    folder.change(
        "scenario.toml",
        "[\"baseline\", \"hub\", \"hub-and-zone\"]",
        "[\"hub-and-zone\", \"hub\"]",
    );
    let after = folder.load().unwrap();
    assert_eq!(before.lever_names, after.lever_names);
    assert_eq!(policy(&before, "hub-and-zone").plan, policy(&after, "hub-and-zone").plan);
    assert_eq!((before.baseline, after.baseline), (0, 2));
}

/// `extends` of several: the files of two policies that change the hub, and of one that has both.
fn both(one: &str, other: &str) -> Folder {
    let folder = Folder::new();
    folder.write("policies/one.toml", format!("extends = \"hub\"\n{one}"));
    folder.write("policies/other.toml", format!("extends = \"hub\"\n{other}"));
    folder.write("policies/both.toml", "extends = [\"one\", \"other\"]\n");
    folder
}

#[test]
fn a_policy_of_several_has_what_each_of_them_sets_whatever_their_order() {
    let folder = both(
        "remove = [\"hub\"]\n[parameters]\nquit_rate = { times = 1.1 }\n",
        "[parameters]\nfounder_rate = { times = 1.2 }\n",
    );
    let scenario = folder.load().unwrap();
    assert!(policy(&scenario, "both").plan.facilities.is_empty());
    assert_eq!(policy(&scenario, "both").adjustments.len(), 2);
    assert_eq!(policy(&scenario, "both").extends, ["one", "other"]);

    let folder = both("[levers.hub]\nroom = 31\n", "[levers.hub]\ntenancy = 4\n");
    for order in ["[\"one\", \"other\"]", "[\"other\", \"one\"]", "[\"hub\", \"one\", \"other\"]"] {
        folder.write("policies/both.toml", format!("extends = {order}\n"));
        let scenario = folder.load().unwrap();
        let hub = &policy(&scenario, "both").plan.facilities[0];
        assert_eq!((hub.room, hub.tenancy.to_bits()), (31, 4.0_f64.to_bits()), "{order}");
    }
    // Its own file has the last word.
    folder.write("policies/both.toml", "extends = [\"one\", \"other\"]\n[levers.hub]\nroom = 32\n");
    let scenario = folder.load().unwrap();
    assert_eq!(policy(&scenario, "both").plan.facilities[0].room, 32);
}

#[test]
fn policies_that_disagree_cannot_be_extended_together() {
    for (one, other, message) in [
        (
            "[levers.hub]\nroom = 31\n",
            "[levers.hub]\nroom = 32\n",
            "`room` of the lever `hub` is set differently in",
        ),
        (
            "remove = [\"hub\"]\n",
            "[levers.hub]\nroom = 32\n",
            "the lever `hub` is removed by one of these and changed by another",
        ),
        (
            "[levers.hub]\nroom = 32\n",
            "remove = [\"hub\"]\n",
            "the lever `hub` is removed by one of these and changed by another",
        ),
        (
            "[parameters]\nquit_rate = { times = 1.1 }\n",
            "[parameters]\nquit_rate = { times = 1.2 }\n",
            "the parameter `quit_rate` is set differently in",
        ),
    ] {
        let error = both(one, other).load().unwrap_err().to_string();
        assert!(error.contains(message) && error.contains("both.toml:1:"), "{error}");
    }
    // It may say itself which holds, and the same word twice is no disagreement.
    let folder = both("[levers.hub]\nroom = 31\n", "[levers.hub]\nroom = 32\n");
    folder.append("policies/both.toml", "[levers.hub]\nroom = 33\n");
    assert_eq!(policy(&folder.load().unwrap(), "both").plan.facilities[0].room, 33);
    let folder = both("remove = [\"hub\"]\n", "[levers.hub]\nroom = 32\n");
    folder.append("policies/both.toml", "remove = [\"hub\"]\n");
    assert!(policy(&folder.load().unwrap(), "both").plan.facilities.is_empty());
    both("[levers.hub]\nroom = 31\n", "[levers.hub]\nroom = 31\n").load().unwrap();
}
