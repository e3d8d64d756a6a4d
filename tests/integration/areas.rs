//! Areas as data: their order, their numbers, and more of them.

use std::fs;
use std::path::Path;

use yangjae::analysis::layout::Table;
use yangjae::analysis::study::Study;
use yangjae::analysis::study::Workspace;
use yangjae::analysis::study::policy::StudyPolicy;
use yangjae::scenario::Scenario;

use crate::fixture::Folder;
use crate::program::Place;

/// An area that nobody can come to, as there is no room.
const FULL: &str = "[areas.harbour]\nnumber = 7\ntitle = \"Harbour\"\nland = 1.0\n\
                    floor_space = 0\nsector_share = 0.0\n";

/// A fourth area with firms, which belongs to the district.
const MEMBER: &str = "[areas.harbour]\nnumber = 7\ndistrict = true\ntitle = \"Harbour\"\nland = 1.0\n\
                      floor_space = 90000\nsector_share = 0.2\nrent = 0.2\n\
                      neighbours = { special-zone = 0.5 }\n\n\
                      [[startups]]\narea = \"harbour\"\ncount = 20\nage_minimum = 0\nage_maximum = 5\n\
                      headcount_mean = 8.0\nheadcount_spread = 0.8\n\n";

/// The rows of the yearly means of a short run of `mine`, without those of a place.
fn yearly(place: &Place, output: &str, without: &str) -> Vec<String> {
    place.done(&format!("run mine --replications 3 --until 2021 --quiet --output {output}"));
    let text = fs::read_to_string(place.path(&format!("{output}/yearly.csv"))).unwrap();
    let own = |line: &&str| without.is_empty() || !line.split(',').any(|cell| cell == without);
    text.lines().filter(own).map(str::to_owned).collect()
}

/// Changes the district of `mine`.
fn change(place: &Place, change: impl FnOnce(&str) -> String) {
    let path = place.path("mine/district.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, change(&text)).unwrap();
}

/// Adds what a place in the harbour is worth to the parameters of a scenario.
fn value_harbour(scenario: &Path) {
    let path = scenario.join("parameters.toml");
    let text = fs::read_to_string(&path).unwrap();
    let value = |name: &str| {
        format!(
            "{name}_harbour = {{ value = -2.0, unit = \"utility\", range = [-2.0, -2.0], \
             distribution = \"fixed\", evidence = \"judgement\", source = \"none\" }}\n"
        )
    };
    fs::write(path, text + &value("taste") + &value("institute_taste")).unwrap();
}

/// A text in the place of `[areas.elsewhere]`, before which it goes.
fn before_elsewhere(text: &str, more: &str) -> String {
    text.replacen("[areas.elsewhere]", &format!("{more}\n[areas.elsewhere]"), 1)
}

#[test]
fn the_order_of_areas_in_the_file_changes_no_number() {
    let place = Place::new();
    let before = yearly(&place, "before", "");
    change(&place, |text| {
        let start = text.find("[areas.special-zone]").unwrap();
        let next = text.find("[areas.promotion-district]").unwrap();
        let end = text.find("[areas.elsewhere]").unwrap();
        let (first, second) = (&text[start..next], &text[next..end]);
        format!("{}{second}{first}{}", &text[..start], &text[end..])
    });
    assert_eq!(yearly(&place, "after", ""), before);
}

#[test]
fn an_added_area_moves_no_draw_of_another() {
    let place = Place::new();
    let before = yearly(&place, "before", "");
    change(&place, |text| {
        let text = before_elsewhere(text, FULL);
        text.replacen("[areas.elsewhere]", "[areas.elsewhere]\nreference = true", 1)
    });
    value_harbour(&place.path("mine"));
    let after = yearly(&place, "after", "harbour");
    assert_eq!(after, before);
}

#[test]
fn a_fourth_area_of_the_district_has_firms_and_rows_of_its_own() {
    let place = Place::new();
    change(&place, |text| before_elsewhere(text, MEMBER));
    value_harbour(&place.path("mine"));
    place.done("check mine");
    let rows = yearly(&place, "out", "");
    let jobs = |at: &str| -> f64 {
        let row = rows.iter().find(|row| {
            let cells: Vec<&str> = row.split(',').collect();
            cells.contains(&at) && cells.contains(&"jobs") && cells.contains(&"2021")
        });
        let header: Vec<&str> =
            rows.iter().find(|row| row.starts_with("policy")).unwrap().split(',').collect();
        let mean = header.iter().position(|&name| name == "mean").unwrap();
        row.unwrap().split(',').nth(mean).unwrap().parse().unwrap()
    };
    assert!(jobs("harbour") > 0.0);
    let members: f64 = ["special-zone", "promotion-district", "harbour"].map(jobs).iter().sum();
    assert!((members - jobs("district")).abs() < 1e-6, "{members} {}", jobs("district"));
}

#[test]
fn areas_that_do_not_fit_together_are_told_with_their_place() {
    for (from, to, words) in [
        ("number = 2\n", "number = 1\n", &["has the number 1 too"][..]),
        ("number = 3\n", "number = 13\n", &["1 to 12"]),
        (
            "number = 3\n",
            "number = 3\ndistrict = true\nrent = 0.3\n",
            &["every area belongs to the district"],
        ),
        (
            "district = true\nneighbours = { promotion",
            "neighbours = { promotion",
            &["reference = true"],
        ),
        (
            "number = 2\ndistrict = true\n",
            "number = 2\ndistrict = true\nreference = true\n",
            &["the reference `promotion-district` is in the district"],
        ),
        (
            "{ promotion-district = 1 }",
            "{ promotion-distrikt = 1 }",
            &["did you mean `promotion-district`?"],
        ),
        ("{ promotion-district = 1 }", "{ promotion-district = 2 }", &["0 to 1"]),
        ("[areas.elsewhere]", "[areas.city]", &["`city` cannot name an area"]),
    ] {
        let folder = Folder::new();
        folder.change("district.toml", from, to);
        let error = folder.load().unwrap_err().to_string();
        assert!(error.contains("district.toml:"), "{error}");
        assert!(words.iter().all(|word| error.contains(word)), "{to}: {error}");
    }
}

#[test]
fn a_place_has_a_name_of_its_own() {
    for name in ["city", "district", "special-zone"] {
        let folder = Folder::new();
        folder.change("policies/hub.toml", "[levers.hub]", &format!("[levers.{name}]"));
        let error = folder.load().unwrap_err().to_string();
        assert!(error.contains("is the name of another place"), "{name}: {error}");
    }
    for name in ["007", "true", "con"] {
        let folder = Folder::new();
        folder.change("district.toml", "[areas.elsewhere]", &format!("[areas.{name}]"));
        let error = folder.load().unwrap_err().to_string();
        assert!(error.contains(&format!("`{name}` cannot name an area")), "{error}");
    }
}

/// A synergy of these areas while these regimes are in force.
fn synergy(areas: &str, regimes: &str) -> String {
    format!("\n[[synergies]]\nareas = [{areas}]\nregimes = [{regimes}]\n")
}

const PAIR: &str = "\"special-zone\", \"promotion-district\"";

#[test]
fn a_synergy_that_cannot_be_or_adds_nothing_is_told_with_its_place() {
    let both = PAIR;
    let turned = "\"promotion-district\", \"special-zone\"";
    let one = "\"special-zone\"";
    for (text, words) in [
        (synergy("\"special-zone\", \"special-zone\"", one), "a pair is of two areas"),
        (synergy(PAIR, "\"special-zon\""), "did you mean `special-zone`?"),
        (
            synergy(PAIR, "\"special-zone\", \"special-zone\""),
            "the regime `special-zone` stands here twice",
        ),
        (synergy(PAIR, both) + &synergy(PAIR, both), "have a synergy of some of these regimes"),
        (synergy(PAIR, both) + &synergy(turned, turned), "have a synergy of some of these regimes"),
        (synergy(PAIR, both) + &synergy(turned, one), "have a synergy of some of these regimes"),
    ] {
        let folder = Folder::new();
        folder.second_regime();
        folder.append("district.toml", &text);
        let error = folder.load().unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
        assert!(error.contains("district.toml:"), "{error}");
    }
    // Either of two regimes.
    let folder = Folder::new();
    folder.second_regime();
    let either = synergy(PAIR, one) + &synergy(PAIR, "\"promotion-district\"");
    folder.append("district.toml", &either);
    folder.load().unwrap();
}

#[test]
fn what_of_areas_never_acts_is_named() {
    let set = |folder: &Folder, name: &str| {
        let loaded = Scenario::loader(&folder.path).set(name, 0.4).load().unwrap();
        loaded.unread_set()
    };
    let said = |folder: &Folder| folder.load().unwrap().without_effect().join("\n");
    let no_neighbours = |folder: &Folder| {
        folder.change("district.toml", "neighbours = { promotion-district = 1 }\n", "");
        folder.change("district.toml", "neighbours = { special-zone = 1 }\n", "");
    };

    let folder = Folder::new();
    assert_eq!(said(&folder), "");
    for name in ["taste_special_zone", "institute_taste_promotion_district", "hinterland_weight"] {
        assert!(set(&folder, name).is_empty(), "{name}");
    }
    assert_eq!(
        set(&folder, "hinterland_weight_synergy"),
        ["`--set hinterland_weight_synergy`: there is no synergy of neighbours"]
    );
    // An area's taste is a parameter by its name, whatever its number.
    folder.change("district.toml", "number = 2", "number = 4");
    assert!(set(&folder, "taste_promotion_district").is_empty());

    let folder = Folder::new();
    folder.second_regime();
    folder.append("district.toml", &synergy(PAIR, PAIR));
    assert_eq!(
        said(&folder),
        "the regime promotion-district: no policy designates an area by it\n\
         the synergy of special-zone and promotion-district: no policy designates by special-zone and \
         by promotion-district"
    );
    no_neighbours(&folder);
    assert!(said(&folder).contains("promotion-district: neither is a neighbour of the other"));
    assert_eq!(
        set(&folder, "hinterland_weight"),
        ["`--set hinterland_weight`: no area has neighbours"]
    );

    let folder = Folder::new();
    folder.append("district.toml", &synergy(PAIR, "\"special-zone\""));
    assert_eq!(said(&folder), "");
    assert!(set(&folder, "hinterland_weight_synergy").is_empty());
    folder.change("district.toml", "{ special-zone = 1 }", "{ special-zone = 0 }");
    assert_eq!(
        said(&folder),
        "`neighbours` of the area promotion-district: the weight of special-zone is 0"
    );
}

/// Of policies that `--policy` leaves out nothing can be said.
#[test]
fn a_synergy_of_policies_that_a_run_leaves_out_is_not_named() {
    let place = Place::new();
    let district = place.path("mine/district.toml");
    let text = fs::read_to_string(&district).unwrap();
    fs::write(&district, text + &synergy(PAIR, "\"special-zone\"")).unwrap();
    let quick = "--replications 2 --until 2018 --output out";
    let said = place.done(&format!("run mine --policy hub {quick}"));
    assert!(!said.error.contains("synergy"), "{said:?}");
}

#[test]
fn an_area_that_nobody_can_come_to_is_named() {
    let folder = Folder::new();
    folder.change(
        "district.toml",
        "[areas.elsewhere]",
        &format!("{FULL}\n[areas.elsewhere]\nreference = true"),
    );
    value_harbour(&folder.path);
    assert_eq!(
        folder.load().unwrap().without_effect(),
        ["the area harbour: it has no floor space, and no firm, laboratory or lever lies there"]
    );
}

#[test]
fn what_is_wrong_with_the_areas_as_a_whole_is_told_first_and_alone() {
    let alone = |from: &str, to: &str| {
        let folder = Folder::new();
        folder.change("district.toml", from, to);
        let problems = folder.problems();
        assert!(problems.contains("mine/district.toml:"), "{problems}");
        assert!(
            !problems.contains("expected \n") && !problems.contains("^ expected\n"),
            "{problems}"
        );
        problems
    };
    let folder = Folder::new();
    for _ in 0..2 {
        folder.change("district.toml", "\ndistrict = true\n", "\n");
    }
    let problems = folder.problems();
    assert!(problems.contains("no area belongs to the district"), "{problems}");
    assert!(!problems.contains("reference"), "{problems}");

    let problems = alone("number = 3\n", "number = 3\ndistrict = true\n");
    assert!(problems.contains("every area belongs to the district"), "{problems}");
    assert!(!problems.contains("rent"), "{problems}");

    let folder = Folder::new();
    let text = fs::read_to_string(folder.path.join("district.toml")).unwrap();
    let (start, end) = (text.find("[areas.").unwrap(), text.find("[[startups]]").unwrap());
    for (areas, says) in [("areas = []\n", "found a list"), ("[areas]\n", "no area belongs")] {
        folder.write("district.toml", format!("{}{areas}{}", &text[..start], &text[end..]));
        let problems = folder.problems();
        assert!(problems.contains(says), "{problems}");
        assert!(!problems.contains("there is no such area"), "{problems}");
    }
}

/// A designation without relief acts where it makes neighbours closer, and there alone.
#[test]
fn a_designation_alone_is_one_hinterland_only_by_a_synergy() {
    let text = fs::read_to_string(Folder::new().path.join("policies/hub-and-zone.toml")).unwrap();
    let bare = [
        "plot_ratio = 1.2 1",
        "acquisition_relief = 0.5 0",
        "property_relief = 0.35 0",
        "priority_examination = true false",
    ];
    let bare = bare.iter().fold(text, |text, change| {
        let (from, to) = change.rsplit_once(' ').unwrap();
        let key = from.split(' ').next().unwrap();
        assert!(text.contains(from), "{from}");
        text.replacen(from, &format!("{key} = {to}"), 1)
    });
    let second = bare[bare.find("[levers.zone]").unwrap()..]
        .replace("[levers.zone]", "[levers.second]")
        .replace("\"special-zone\"", "\"promotion-district\"");
    let idle = |synergy: &str| {
        let folder = Folder::new();
        folder.second_regime();
        folder.write("policies/hub-and-zone.toml", format!("{bare}\n{second}"));
        folder.append("district.toml", synergy);
        let said = folder.load().unwrap().without_effect();
        said.iter().filter(|text| text.contains("allows and relieves nothing")).count()
    };
    assert_eq!(idle(""), 2);
    assert_eq!(idle(&synergy(PAIR, PAIR)), 0);
    assert_eq!(idle(&synergy(PAIR, "\"special-zone\"")), 1);
}

/// A regime is the scenario's own: its name says nothing, and its draws go by its number.
#[test]
fn a_regime_has_any_name_and_draws_go_by_its_number() {
    let run = |name: &str, number: u8, output: &str| {
        let place = Place::new();
        let named = format!("[regimes]\n{name} = {number}");
        change(&place, |text| text.replace("[regimes]\nspecial-zone = 1", &named));
        let path = place.path("mine/policies/hub-and-zone.toml");
        let text = fs::read_to_string(&path).unwrap();
        let named = format!("regime = \"{name}\"");
        let text = text.replace("regime = \"special-zone\"", &named);
        fs::write(path, text.replace("refusal = 0.1", "refusal = 0.5")).unwrap();
        place.done(&format!("run mine --replications 8 --until 2024 --quiet --output {output}"));
        fs::read(place.path(&format!("{output}/yearly.csv"))).unwrap()
    };
    let own = run("special-zone", 1, "own");
    assert!(own == run("metropolitan-plan", 1, "named"));
    assert!(own != run("special-zone", 2, "numbered"));
}

#[test]
fn a_regime_that_is_not_or_cannot_be_is_told_with_its_place() {
    for (text, words) in [
        ("special-zones = 1", "did you mean `special-zones`?"),
        ("", "district.toml names none"),
        ("special-zone = 9", "from 1 to 8"),
        ("special-zone = 1\nother = 1", "`special-zone` has the number 1 too"),
        ("special-zone = 1\nCON = 2", "`CON` cannot name a regime"),
    ] {
        let folder = Folder::new();
        folder.change(
            "district.toml",
            "[regimes]\nspecial-zone = 1",
            &format!("[regimes]\n{text}"),
        );
        let error = folder.load().unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
    }
    let folder = Folder::new();
    folder.change("district.toml", "[regimes]\n", "[regimes]\nspare = 8\n");
    let said = folder.load().unwrap().without_effect();
    assert_eq!(said, ["the regime spare: no policy designates an area by it"]);
}

#[test]
fn new_writes_a_scenario_of_any_number_of_areas_and_sectors() {
    for (areas, sectors) in [(2, 1), (3, 4), (4, 5), (5, 3), (12, 12)] {
        let place = Place::new();
        place.done(&format!("new other --areas {areas} --sectors {sectors}"));
        let said = place.done("check other");
        assert!(!said.out.contains("without effect"), "{said:?}");
        let scenario = Scenario::loader(&place.path("other")).load().unwrap();
        assert_eq!(scenario.district.areas.all().len(), areas);
        assert_eq!(scenario.district.sectors.all().len(), sectors);
        place.done("run other --replications 2 --until 2020 --quiet --output out");
    }
    let place = Place::new();
    place.fails("new other --areas 13", 2, &["12"]);
}

#[test]
fn sectors_that_do_not_fit_are_told_with_their_place() {
    let ict = "[sectors.ict]\nnumber = 3\n";
    for (from, to, words) in [
        (ict, "[sectors.ict]\nnumber = 2\n", &["`hardware` has the number 2 too"][..]),
        (ict, "[sectors.ict]\nnumber = 13\n", &["from 1 to 12"]),
        (ict, "[sectors.007]\nnumber = 3\n", &["`007` cannot name a sector"]),
        (
            ict,
            "[sectors.institute]\nnumber = 3\n",
            &["`specialist_share_institute`, which there is"],
        ),
        ("title = \"Other ICT\"", "title = \"AI software\"", &["`software` has the same title"]),
    ] {
        let folder = Folder::new();
        folder.change("district.toml", from, to);
        let error = folder.load().unwrap_err().to_string();
        assert!(error.contains("district.toml"), "{error}");
        assert!(words.iter().all(|word| error.contains(word)), "{to}: {error}");
    }
    // Without any, parameters of sectors are no further problems.
    let folder = Folder::new();
    let text = fs::read_to_string(folder.path.join("district.toml")).unwrap();
    let (from, to) = (text.find("[sectors.").unwrap(), text.find("# The laws").unwrap());
    folder.write("district.toml", format!("{}{}", &text[..from], &text[to..]));
    let error = folder.load().unwrap_err();
    assert_eq!(error.problems.len(), 1, "{error}");
    assert!(error.to_string().contains("names no sector"), "{error}");
}

#[test]
fn capital_grows_from_the_reference_year_whatever_its_early_growth() {
    let folder = Folder::new();
    let supply = |until: &str| {
        folder.write("scenario.toml", scenario_text(until));
        let loader = Scenario::loader(&folder.path).until(2018).set("capital_growth_early", 0.3);
        let scenario = loader.set("capital_growth_late", 0.3).load().unwrap();
        let baseline = StudyPolicy::of(&scenario.policies[scenario.baseline]);
        let study = Study::new(&scenario, Vec::new(), baseline);
        study.replicate(0, &mut Workspace::default()).unwrap()
    };
    // In 2018 nothing has grown yet, whether the early growth ends then or ended long before.
    assert_eq!(supply("2018"), supply("1950"));
    folder.write("scenario.toml", scenario_text("1950"));
    let set = Scenario::loader(&folder.path).set("capital_growth_early", 0.3).load().unwrap();
    let said = set.unread_set();
    assert_eq!(said, ["`--set capital_growth_early`: it ends by the reference year"]);
}

/// `scenario.toml` of `new` with another end of the early growth of capital.
fn scenario_text(until: &str) -> String {
    let files = yangjae::commands::new::FILES;
    let (_, text) = files.iter().find(|(path, _)| *path == "scenario.toml").unwrap();
    text.replacen("capital_early_until = 2024", &format!("capital_early_until = {until}"), 1)
}

/// Twelve areas, of which the eleven of the district are alike; `number` gives each its number.
fn alike(number: impl Fn(usize) -> usize) -> Place {
    let place = Place::new();
    place.done("new other --areas 12 --sectors 2");
    let path = place.path("other/district.toml");
    let text = fs::read_to_string(&path).unwrap();
    let block = |name: &str| {
        let start = text.find(&format!("[areas.{name}]")).unwrap();
        let end = text[start..].find("\n\n").unwrap() + start;
        text[start..end].to_owned()
    };
    let startups = |area: &str, count: u32| {
        format!(
            "[[startups]]\narea = \"{area}\"\ncount = {count}\nage_minimum = 0\nage_maximum = 7\n\
             headcount_mean = 11\nheadcount_spread = 0.9\n\n"
        )
    };
    let mut changed = "pool = 750\n\n".to_owned();
    for place in 1..=11 {
        let name = if place == 1 { "special-zone".to_owned() } else { format!("area-{place}") };
        let like = block("area-3").replace("area-3", &name).replace("Area 3", &name);
        let like = like.replace("지역 3", &name);
        let own = format!("number = {}\n", number(place));
        changed += &like.replace("number = 3\n", &own);
        changed += "\n\n";
        changed += &startups(&name, 20);
    }
    changed += &block("elsewhere");
    changed += "\n\n";
    changed += &startups("elsewhere", 100);
    changed += &text[text.find("[sectors.").unwrap()
        ..text.find("# Jobs of neighbours").unwrap_or(text.find("# Groups").unwrap())];
    changed += &text[text.find("[[climate]]").unwrap()..];
    fs::write(path, changed).unwrap();
    place
}

/// Jobs of the baseline in 2021 by replication, in each area of the district and in the city.
fn jobs(place: &Place, replications: u32) -> Vec<(String, Vec<f64>)> {
    let path = place.path("other");
    let loader = Scenario::loader(&path).until(2021).set("founder_rate", 90);
    let scenario = loader.load().unwrap_or_else(|problems| panic!("{problems}"));
    let baseline = StudyPolicy::of(&scenario.policies[scenario.baseline]);
    let study = Study::new(&scenario, Vec::new(), baseline);
    let layout = study.layouts().swap_remove(0);
    let mut workspace = Workspace::default();
    let values: Vec<Vec<f64>> = (0..replications)
        .map(|replication| study.replicate(replication, &mut workspace).unwrap().swap_remove(0))
        .collect();
    let members = scenario.district.areas.of_district();
    let members = members.map(|area| scenario.district.areas.name(area).to_owned());
    let of = |name: String| {
        let series = layout.position(Table::Metric, "jobs", &name).unwrap();
        let last = (series + 1) * layout.years.len() - 1;
        let values = values.iter().map(|values| values[last]).collect();
        (name, values)
    };
    members.chain(["city".to_owned()]).map(of).collect()
}

/// The mean, and its standard error.
fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let square = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, (square / n).sqrt())
}

#[test]
fn areas_that_are_alike_are_exchangeable_and_other_numbers_change_chance_alone() {
    const REPLICATIONS: u32 = 60;
    let found = jobs(&alike(|place| place), REPLICATIONS);
    let (members, city) = (&found[..11], &found[11].1);
    let of_all: Vec<f64> = (0..REPLICATIONS as usize)
        .map(|replication| members.iter().map(|(_, jobs)| jobs[replication]).sum::<f64>() / 11.0)
        .collect();
    for (name, jobs) in members {
        let differences: Vec<f64> = jobs.iter().zip(&of_all).map(|(own, all)| own - all).collect();
        let (difference, error) = mean(&differences);
        assert!(difference.abs() < 4.5 * error, "{name}: {difference} ± {error}");
    }
    let renumbered = jobs(&alike(|place| 12 - place), REPLICATIONS);
    let ((before, one), (after, other)) = (mean(city), mean(&renumbered[11].1));
    assert!(before.to_bits() != after.to_bits());
    let error = (one * one + other * other).sqrt();
    assert!((after - before).abs() < 4.5 * error, "{before} and {after} ± {error}");
}
