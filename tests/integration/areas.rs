//! Areas as data: their order, their numbers, and more of them.

use std::fs;

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

/// Adds what a place in the harbour is worth to the parameters of `mine`.
fn value_harbour(place: &Place) {
    let path = place.path("mine/parameters.toml");
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
    value_harbour(&place);
    let after = yearly(&place, "after", "harbour");
    assert_eq!(after, before);
}

#[test]
fn a_fourth_area_of_the_district_has_firms_and_rows_of_its_own() {
    let place = Place::new();
    change(&place, |text| before_elsewhere(text, MEMBER));
    value_harbour(&place);
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
        (
            "areas = [\"special-zone\", ",
            "areas = [\"special-zone\", \"elsewhere\", ",
            &["a pair is of two areas"],
        ),
        (
            "regimes = [\"special-zone\", ",
            "regimes = [\"special-zon\", ",
            &["did you mean `special-zone`?"],
        ),
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
