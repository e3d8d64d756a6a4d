//! What is possible and hardly meant is named, with the reason; shipped scenarios say nothing of it.

use std::path::Path;

use yangjae::scenario::Scenario;

use crate::fixture::Folder;
use crate::levers::folder;

#[test]
fn shipped_scenarios_are_plausible() {
    for name in ["yangjae", "pangyo", "barcelona", "toy"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
        let scenario = Scenario::loader(&folder).load().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(scenario.implausible(), Vec::<String>::new(), "{name}");
    }
    assert_eq!(Folder::new().load().unwrap().implausible(), Vec::<String>::new());
}

#[test]
fn slips_of_a_thousand_are_named() {
    let mut texts = Vec::new();
    for (parameter, value) in [
        ("wage", "0.05"),
        ("wage_specialist", "900"),
        ("sales_per_head", "9999"),
        ("value_added_per_job", "4000"),
    ] {
        let folder = Folder::new();
        let scenario = Scenario::loader(&folder.path).set(parameter, value).load().unwrap();
        texts.push(scenario.implausible().join("\n"));
    }
    let lever = |text: &str| {
        format!(
            "[levers.tried]\nkind = \"facility\"\nfrom = 2018-01-01\nopening = 2019-01-01\npayer = \"city\"\n\
             source = \"test\"\narea = \"special-zone\"\nplaces = 40\ntenancy = 4\nroom = 30\nrent_ratio = 0.25\n\
             admission = \"lottery\"\nrecruitment_days = [60]\nawareness_factor = 3\nextra_value = 1\nservices = 2\n\
             longest_age = 9\ngraduates = true\nfloor_space = 20000\n{text}\n"
        )
    };
    for text in [
        "construction = 9000000\nland = 0\noperation = 9\nservice_cost = 1",
        "construction = 900\nland = 0\noperation = 900000\nservice_cost = 1",
        "construction = 900\nland = 0\noperation = 9\nservice_cost = 9900",
    ] {
        let folder = folder(&lever(text), "");
        texts
            .push(folder.load().unwrap_or_else(|error| panic!("{error}")).implausible().join("\n"));
    }
    let folder = Folder::new();
    folder.change("district.toml", "count = 120", "count = 3000");
    texts.push(folder.load().unwrap().implausible().join("\n"));
    assert!(texts.iter().all(|text| !text.is_empty()), "{texts:#?}");
    insta::assert_snapshot!(texts.join("\n\n"));
}

#[test]
fn an_area_with_the_title_of_the_city_is_named() {
    let folder = Folder::new();
    let named = |folder: &Folder| {
        let said = folder.load().unwrap().implausible();
        said.iter().any(|text| text.contains("it has the title of the city, `My city`"))
    };
    assert!(!named(&folder));
    folder.change("district.toml", "title = \"Rest of the city\"", "title = \"My city\"");
    assert!(named(&folder));
}

#[test]
fn a_value_beside_the_middle_of_its_range_is_named_with_what_is_drawn() {
    for (distribution, value, says) in [
        (
            "normal",
            "155.0",
            "155 is not the middle of its range, 160; as a normal parameter it is drawn around its value, 90 % of draws from 115 to 195",
        ),
        (
            "lognormal",
            "130.0",
            "130 is not the middle of its range, 154.9; as a lognormal parameter it is drawn around its value, 90 % of draws from 100.7 to 167.8",
        ),
        ("lognormal", "155.0", ""),
        ("triangular", "125.0", ""),
    ] {
        let folder = Folder::new();
        let stated = |value, distribution| {
            format!(
                "value = {value}, unit = \"founders/year\", range = [120.0, 200.0], distribution = \"{distribution}\""
            )
        };
        folder.change(
            "parameters.toml",
            &stated("155.0", "triangular"),
            &stated(value, distribution),
        );
        let said = folder.load().unwrap().implausible().join("\n");
        assert!(said.contains(says) && said.is_empty() == says.is_empty(), "{said}");
    }
}
