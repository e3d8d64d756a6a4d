//! A scenario may bring a language along: what it says is shown, what it lacks is shown in English.

use std::fs;

use crate::fixture::Folder;
use crate::program::Place;

/// The file of a made-up language: every text that stands alone in quotes is its English with `zz` before each word of
/// four letters or more, so that words in braces stay.
fn translated(form: &str) -> String {
    let zz = |text: &str| {
        let word = |word: &str| {
            if word.contains(['{', '<', '[', '`']) || word.len() < 4 {
                word.to_owned()
            } else {
                format!("zz{word}")
            }
        };
        text.split(' ').map(word).collect::<Vec<_>>().join(" ")
    };
    let mut english = "";
    let mut in_wordings = false;
    let mut out = String::new();
    for line in form.lines() {
        in_wordings |= line == "[english]";
        let translated = line.strip_suffix(" = \"\"").map(|key| {
            let of = if in_wordings { key.trim_matches('"') } else { english };
            // The names of sheets have at most 31 letters.
            let text = if of.len() > 28 && in_wordings { of.to_owned() } else { zz(of) };
            format!("{key} = '''{text}'''")
        });
        english = line.strip_prefix("# ").unwrap_or_default();
        out += &(translated.unwrap_or_else(|| line.to_owned()) + "\n");
    }
    out
}

#[test]
fn a_third_language_is_a_file_of_the_scenario_and_no_more() {
    let place = Place::new();
    place.done("new city --currency EUR");
    place.fails(
        "run city --language es --output out",
        2,
        &["the scenario has no language `es`, only en, ko"],
    );
    let told = place.done("new city --language es");
    assert!(told.out.contains("languages/es.toml"), "{told:?}");
    place.fails("new city --language es", 2, &["exists already"]);
    place.fails("new city --language ko", 2, &["the program has the language `ko` itself"]);
    let file = place.path("city/languages/es.toml");
    let form = fs::read_to_string(&file).unwrap();

    // An empty form is English with a warning that counts all.
    place.done("run city --replications 2 --until 2020 --quiet --output en");
    let told = place.done("run city --replications 2 --until 2020 --language es --output es");
    let counted = form.lines().filter(|line| line.ends_with(" = \"\"")).count();
    let warning = format!("{counted} of {counted} texts are not translated");
    assert!(told.error.contains(&warning), "{warning}: {told:?}");

    fs::write(&file, translated(&form)).unwrap();
    let scenario = place.path("city/scenario.toml");
    let text = fs::read_to_string(&scenario).unwrap();
    let text = text.replace(
        "\ntitle_ko = ",
        "\ntitle_es = \"Mi distrito\"\nquestion_es = \"¿Qué añade?\"\ntitle_ko = ",
    );
    fs::write(&scenario, text.replace("city_ko = ", "city_es = \"Mi ciudad\", city_ko = "))
        .unwrap();
    let hub = place.path("city/policies/hub.toml");
    let text = fs::read_to_string(&hub).unwrap();
    fs::write(&hub, text.replacen("title_ko", "title_es = \"Un centro\"\ntitle_ko", 1)).unwrap();

    let told =
        place.done("run city --replications 2 --until 2020 --language es --output es --force");
    assert!(!told.error.contains("languages/es.toml"), "{}", told.error);
    assert!(told.out.contains("Mi distrito") && told.out.contains("zz"), "{}", told.out);
    let page = fs::read_to_string(place.path("es/report.html")).unwrap();
    for words in ["lang=\"es\"", "Mi distrito", "¿Qué añade?", "Un centro", "zzReport", "EUR m"]
    {
        assert!(page.contains(words), "{words}");
    }
    // Numbers and files are those of English.
    for file in ["yearly.csv", "dictionary.csv"] {
        let [one, other] =
            ["en", "es"].map(|run| fs::read(place.path(&format!("{run}/{file}"))).unwrap());
        assert!(one == other, "{file}");
    }
    // The folder of the run alone is enough to make its page again, in any of its languages.
    fs::remove_dir_all(place.path("city")).unwrap();
    place.done("report es --language en --quiet");
    assert_ne!(fs::read_to_string(place.path("es/report.html")).unwrap(), page);
    place.done("report es --language es --quiet");
    assert_eq!(fs::read_to_string(place.path("es/report.html")).unwrap(), page);
    place.fails(
        "report es --language ca",
        2,
        &["the scenario has no language `ca`, only en, ko, es"],
    );
    place.done("verify es");
    let manifest = fs::read_to_string(place.path("es/manifest.json")).unwrap();
    assert!(manifest.contains("languages/es.toml") && manifest.contains("\"language\": \"es\""));
}

#[test]
fn what_does_not_fit_is_not_used_and_told() {
    let place = Place::new();
    place.done("new city");
    fs::create_dir(place.path("city/languages")).unwrap();
    let write = |text: &str| fs::write(place.path("city/languages/es.toml"), text).unwrap();
    for (text, unused) in [
        ("[text]\nmade_by = \"{policies} sin más\"", "`made_by` of [text]"),
        ("[text]\nno_such_text = \"nada\"", "`no_such_text` of [text]"),
        ("[english]\n\"No such wording\" = \"nada\"", "`No such wording` of [english]"),
        ("[text]\nworkbook_summary = \"a/b\"", "`workbook_summary` of [text]"),
        (
            "[text]\nworkbook_summary = \"un nombre que Excel no acepta nunca\"",
            "`workbook_summary` of [text]",
        ),
        (
            "[text]\nworkbook_summary = \"igual\"\nworkbook_data = \"Igual\"",
            "`workbook_data` of [text]",
        ),
    ] {
        write(text);
        let told =
            place.done("run city --replications 1 --until 2019 --language es --output out --force");
        assert!(
            told.error.contains(unused) && told.error.contains("not translated"),
            "{text}: {}",
            told.error
        );
    }
    for (text, words) in [
        ("text = 1", "found the whole number 1, expected a table"),
        ("[text]\nreport = 1", "expected text in quotes"),
    ] {
        write(text);
        place.fails("check city", 2, &[words, "es.toml"]);
    }
    write("");
    fs::rename(place.path("city/languages/es.toml"), place.path("city/languages/en.toml")).unwrap();
    place.fails("check city", 2, &["`en` cannot be a language of the scenario's own"]);
}

/// Titles in a language that the scenario lacks are told: they may be meant for another.
#[test]
fn titles_in_a_language_that_the_scenario_lacks_are_named() {
    for (file, find, replace) in [
        ("scenario.toml", "title_ko = ", "title_kr = "),
        ("scenario.toml", "question_ko = ", "question_kr = "),
        ("scenario.toml", "city_ko = ", "city_kr = "),
        ("policies/hub.toml", "title_ko = ", "title_kr = "),
        ("district.toml", "title_ko = \"특구\"", "title_kr = \"특구\""),
    ] {
        let folder = Folder::new();
        folder.change(file, find, replace);
        let said = folder.load().unwrap().without_effect();
        let named = |text: &String| text.contains("titles in `kr`: no report is in it");
        assert_eq!(said.iter().filter(|text| named(text)).count(), 1, "{file}: {said:?}");
        fs::create_dir(folder.path.join("languages")).unwrap();
        folder.write("languages/kr.toml", "");
        assert!(!folder.load().unwrap().without_effect().iter().any(named));
    }
}

#[test]
fn titles_may_be_in_any_language_and_in_each_but_once() {
    let folder = Folder::new();
    folder.change(
        "district.toml",
        "title_ko = \"특구\"",
        "title_ca = \"Zona\"\ntitle_pt-BR = \"Zona\"",
    );
    let scenario = folder.load().unwrap();
    let area = &scenario.district.areas.list()[0];
    assert_eq!(
        [area.titles.of("ca"), area.titles.of("pt-BR"), area.titles.of("es")],
        [Some("Zona"), Some("Zona"), None]
    );
    folder.change("district.toml", "title_ca", "title_catalan");
    assert!(folder.problems().contains("`title_catalan` is no key"));
    let folder = Folder::new();
    for policy in ["hub", "baseline"] {
        folder.change(
            &format!("policies/{policy}.toml"),
            "title_ko",
            "title_es = \"Igual\"\ntitle_ko",
        );
    }
    assert!(folder.problems().contains("expected a title that no other policy has"));
}
