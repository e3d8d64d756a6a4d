//! The report: one file that needs nothing else, with the numbers of the tables, whoever makes it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::Digest as _;
use sha2::Sha256;
use tempfile::TempDir;

use crate::fixture::Folder;
use crate::program::Place;
use yangjae::report::tables::attribution::Contribution;
use yangjae::report::tables::table;
use yangjae::report::text::dialect::Target;
use yangjae::scenario::money::Money;

const HOSTILE: &str = "<script>alert(1)</script> & \\\"quotes\\\" <!-- </title>";

fn yangjae(arguments: &[&str]) -> (i32, String) {
    let program = Command::new(assert_cmd::cargo::cargo_bin!("yangjae")).args(arguments).output();
    let output = program.unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// Runs a scenario with a few replications of five years.
fn run(scenario: &Folder, more: &[&str]) -> TempDir {
    let output = tempfile::tempdir().unwrap();
    let folder = output.path().join("run");
    let arguments = ["run", scenario.path.to_str().unwrap(), "--quiet", "--output"];
    let arguments = [&arguments[..], &[folder.to_str().unwrap()], more].concat();
    let (status, error) = yangjae(&arguments);
    assert_eq!((status, error.as_str()), (0, ""));
    output
}

fn short(more: &[&'static str]) -> Vec<&'static str> {
    [&["--replications", "3", "--until", "2022"], more].concat()
}

fn again(output: &TempDir, more: &[&str]) -> (i32, String) {
    let folder = output.path().join("run");
    yangjae(&[&["report", folder.to_str().unwrap(), "--quiet"], more].concat())
}

/// Page and pictures with their bytes.
fn views(output: &TempDir) -> BTreeMap<String, Vec<u8>> {
    let folder = output.path().join("run");
    let pictures = fs::read_dir(folder.join("figures")).unwrap();
    let pictures = pictures.map(|entry| entry.unwrap().path());
    let files = pictures.chain([folder.join("report.html")]);
    files.map(|file| (file.display().to_string(), fs::read(file).unwrap())).collect()
}

/// Whether a file has this ending.
fn is_of(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|it| it == ending)
}

fn page(output: &TempDir) -> String {
    let page = fs::read_to_string(output.path().join("run/report.html")).unwrap();
    // The template escapes slashes too.
    page.replace("&#x2f;", "/")
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

/// The value of an attribute after `from`.
fn attribute<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    Some(text.split_once(&format!("{name}=\""))?.1.split_once('"')?.0)
}

#[test]
fn a_run_and_the_command_give_the_same_bytes_and_pictures_are_pictures() {
    let scenario = Folder::new();
    let output = run(&scenario, &short(&["--language", "ko"]));
    let first = views(&output);
    assert_eq!(first.len(), 15, "{:?}", first.keys());
    assert_eq!(again(&output, &[]), (0, String::new()));
    assert_eq!(first, views(&output));
    for (name, bytes) in &first {
        if is_of(name, "png") {
            assert!(bytes.starts_with(b"\x89PNG") && bytes.len() > 5_000, "{name}");
        }
    }
    assert!(page(&output).contains("<html lang=\"ko\">"));
    assert_eq!(again(&output, &["--language", "en"]), (0, String::new()));
    assert!(page(&output).contains("<html lang=\"en\">"));
    let same = run(&scenario, &short(&["--language", "en", "--threads", "1"]));
    // But for the digest by which each is cited, as their manifests name the language, and that of the live page, which
    // begins in it.
    let uncited = |page: String| {
        let (before, after) = page.split_once("SHA-256 of manifest.json: ").unwrap();
        let page = format!("{before}{}", &after[64..]);
        let (before, after) = page.split_once("<td>explore.html</td>").unwrap();
        format!("{before}{}", after.split_once("</tr>").unwrap().1)
    };
    assert_eq!(uncited(page(&output)), uncited(page(&same)));
}

#[test]
fn the_page_loads_nothing_and_forbids_it() {
    let page = page(&run(&Folder::new(), &short(&[])));
    assert!(page.contains("Content-Security-Policy\" content=\"default-src 'none';"));
    // Nothing runs that a title could bring in: style and script go by their hashes.
    assert!(!page.contains("unsafe-inline"));
    for (source, open, close) in
        [("style-src", "<style>", "</style>"), ("script-src", "<script>", "</script>")]
    {
        let start = page.find(open).unwrap() + open.len();
        let content = &page[start..start + page[start..].find(close).unwrap()];
        let hash = BASE64_STANDARD.encode(Sha256::digest(content));
        assert!(page.contains(&format!("{source} 'sha256-{hash}'")), "{source}");
    }
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    for word in ["<link", "@import", "url(", "<iframe", "fetch(", "XMLHttpRequest", "import("] {
        assert!(!page.contains(word), "{word}");
    }
    // The one address is the name of SVG, which nothing loads.
    let addresses = page.replace("http://www.w3.org/2000/svg", "");
    assert!(!addresses.contains("http://") && !addresses.contains("https://"));
    // Everything is in the page itself, and nothing has a style that its policy would refuse.
    assert!(!page.contains(" src=") && !page.contains(" style="));
}

#[test]
fn every_number_of_the_table_is_that_of_the_csv() {
    let output = run(&Folder::new(), &short(&[]));
    let folder = output.path().join("run");
    let page = page(&output);
    let table =
        page.split("id=\"headline-table\"").nth(1).unwrap().split("</table>").next().unwrap();
    let columns: Vec<[&str; 3]> = table
        .split("<th scope=\"col\" data-table")
        .skip(1)
        .map(|head| {
            let head = head.split('>').next().unwrap();
            let head = format!("data-table{head}");
            ["table", "metric", "place"].map(|name| {
                let value = attribute(&head, &format!("data-{name}")).unwrap().to_owned();
                &*Box::leak(value.into_boxed_str())
            })
        })
        .collect();
    assert!(columns.len() >= 8);
    let read = |file: &str| rows(&folder.join(file));
    let tables = ["yearly.csv", "comparison.csv", "cost_benefit.csv"].map(read);
    let find = |table: usize, policy: &str, metric: &str, place: &str, column: &str| {
        let (metrics, places) = if table == 2 { ("item", "payer") } else { ("metric", "place") };
        let row = tables[table].iter().find(|row| {
            row["policy"] == policy
                && row[metrics] == metric
                && row[places] == place
                && row.get("year").is_none_or(|year| year == "2022")
        });
        row.map_or_else(String::new, |row| row[column].clone())
    };
    let mut compared = 0;
    for row in table.split("<tr data-row=").skip(1) {
        let policy = attribute(row, "data-policy").unwrap();
        for (cell, [file, metric, place]) in row.split("<td").skip(1).zip(&columns) {
            let shown = |class: &str, name: &str| {
                let element = cell.split(&format!("class=\"{class}\"")).nth(1);
                element.and_then(|it| attribute(it, name)).unwrap_or_default().to_owned()
            };
            let (other, column) =
                if *file == "yearly.csv" { (1, "difference") } else { (2, "mean") };
            if other == 1 {
                assert_eq!(shown("mean", "value"), find(0, policy, metric, place, "mean"));
            }
            // Where a replication has no ratio there is no spread: the 95 % interval stands there.
            let is_ratio = metric.starts_with("cost_per");
            let has_spread = !is_ratio || !find(2, policy, metric, place, "p05").is_empty();
            let ends = if has_spread { ["p05", "p95"] } else { ["ci_low", "ci_high"] };
            let is_baseline = policy == "baseline";
            for (class, name, column) in [
                ("difference", "value", column),
                ("interval", "data-low", ends[0]),
                ("interval", "data-high", ends[1]),
                ("interval error", "data-ci-low", "ci_low"),
                ("interval error", "data-ci-high", "ci_high"),
            ] {
                if !(is_baseline || is_ratio && class == "interval error") {
                    assert_eq!(shown(class, name), find(other, policy, metric, place, column));
                }
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 3 * 5 * columns.len());
}

/// Replication by replication, so also in the mean; empty where either term has no meaning.
#[test]
fn the_net_after_displacement_is_the_sum_of_its_terms() {
    let output = run(&Folder::new(), &short(&[]));
    let rows = rows(&output.path().join("run/additionality.csv"));
    let of = |row: &BTreeMap<String, String>, term: &str| {
        let same = |other: &&BTreeMap<String, String>| {
            other["term"] == term
                && ["policy", "measure", "year"].iter().all(|&key| other[key] == row[key])
        };
        rows.iter().find(same).and_then(|row| row["mean"].parse::<f64>().ok())
    };
    let mut known = 0;
    let after = rows.iter().filter(|row| row["term"] == "net_city_after_displacement");
    for row in after {
        let parts = of(row, "net_city").zip(of(row, "product_market_displacement"));
        let found = of(row, "net_city_after_displacement");
        assert_eq!(found.is_some(), parts.is_some(), "{row:?}");
        if let Some((found, (net, displaced))) = found.zip(parts) {
            assert!((found - net - displaced).abs() < 1e-9, "{row:?}");
            known += usize::from(displaced != 0.0);
        }
    }
    assert!(known > 0);
}

#[test]
fn titles_are_text_whatever_they_hold() {
    let scenario = Folder::new();
    scenario.change("policies/hub.toml", "title = \"", &format!("title = \"{HOSTILE}"));
    scenario.change("scenario.toml", "title = \"", &format!("title = \"{HOSTILE}"));
    let output = run(&scenario, &short(&[]));
    let page = page(&output);
    assert!(!page.contains("<script>alert"));
    assert!(page.contains("&lt;script&gt;alert(1)"));
    // The page's own scripts end where they should: the figures and the drawing.
    assert_eq!(page.matches("</script").count(), 2);
    assert_eq!(page.matches("<title>").count(), 1);
    for (name, bytes) in views(&output) {
        if is_of(&name, "svg") {
            assert!(!String::from_utf8(bytes).unwrap().contains("<script"), "{name}");
        }
    }
}

#[test]
fn one_policy_or_one_history_still_give_a_page() {
    let alone = run(&Folder::new(), &short(&["--policy", "baseline"]));
    assert!(page(&alone).contains("nothing to compare it with"));
    let scenario = Folder::new();
    let once = run(&scenario, &["--replications", "1", "--until", "2020"]);
    let page = page(&once);
    assert!(page.contains("One replication cannot tell chance from effect"));
    assert!(!page.contains(">NaN") && !page.contains("\"NaN"));
}

#[test]
fn what_is_missing_or_damaged_is_named_with_what_to_do() {
    let (status, error) = yangjae(&["report", "/nowhere/at/all"]);
    assert_eq!(status, 2);
    assert!(error.contains("no manifest.json") && error.contains("yangjae run"), "{error}");

    let output = run(&Folder::new(), &short(&[]));
    let folder = output.path().join("run");
    let yearly = fs::read_to_string(folder.join("yearly.csv")).unwrap();
    for (damaged, words) in [
        (None, "has no yearly.csv"),
        (Some(String::new()), "yearly.csv has no column `policy`"),
        (
            Some(yearly.lines().next().unwrap().to_owned() + "\n"),
            "yearly.csv has no row of the policy",
        ),
        (Some(yearly.replacen(",2018,3,", ",2018,3,x", 1)), "yearly.csv, line 2: `mean` is `x"),
        (Some(yearly[..yearly.len() / 2].to_owned()), "yearly.csv"),
        // What a table says stands in the workbook and the page, so its letters are checked.
        (
            Some(yearly.replacen(",jobs,", ",jo\u{1b}bs,", 1)),
            "letter 3 of the text, U+001B, is a control",
        ),
        (Some(yearly.replacen("policy,", "policy\u{202e},", 1)), "yearly.csv, line 1: letter 7"),
    ] {
        match damaged {
            None => fs::remove_file(folder.join("yearly.csv")).unwrap(),
            Some(text) => fs::write(folder.join("yearly.csv"), text).unwrap(),
        }
        let (status, error) = again(&output, &[]);
        assert_eq!(status, 2, "{words}: {error}");
        assert!(error.contains(words), "{error}");
    }
    // A number that was changed by hand reads well, and is no result of this run.
    fs::write(folder.join("yearly.csv"), yearly.replacen(",2018,3,", ",2018,3,1", 1)).unwrap();
    let (status, error) = again(&output, &[]);
    assert_eq!(status, 2);
    assert!(error.contains("not what the run wrote: yearly.csv"), "{error}");
    fs::write(folder.join("yearly.csv"), &yearly).unwrap();
    let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap();
    fs::write(folder.join("manifest.json"), "{").unwrap();
    let (status, error) = again(&output, &[]);
    assert_eq!(status, 2);
    assert!(error.contains("is no manifest"), "{error}");
    // What it says stands in the page and the pictures, so its letters are checked.
    let acts = manifest.replacen("\"scenario\": \"", "\"scenario\": \"\\u001b[2J\\u202e", 1);
    assert_ne!(acts, manifest);
    fs::write(folder.join("manifest.json"), acts).unwrap();
    let (status, error) = again(&output, &[]);
    assert_eq!(status, 2);
    assert!(error.contains("is no manifest: in `scenario`, letter 1 of the text"), "{error}");
    let (_, error) = yangjae(&["verify", folder.to_str().unwrap()]);
    assert!(error.contains("manifest.json` is damaged") && !error.contains("plan.json"), "{error}");
    // Where only one of two files is another, both are named.
    let other = manifest.replacen("\"scenario\": \"", "\"scenario\": \"x", 1);
    fs::write(folder.join("manifest.json"), other).unwrap();
    let (_, error) = yangjae(&["verify", folder.to_str().unwrap()]);
    assert!(error.contains("manifest.json hold different plans"), "{error}");
    assert!(
        error.contains("`scenario` is \"xmine\" in manifest.json and \"mine\" there"),
        "{error}"
    );
}

/// What is done to a manifest or a plan.
type Change = fn(&mut serde_json::Value);

/// The page says what the manifest says, so that is held against plan, fingerprint and tables.
#[test]
fn a_manifest_that_claims_another_run_is_refused() {
    let place = Place::new();
    place.done("run mine --quiet --replications 3 --until 2020 --events 1 --output out");
    let [manifest, plan, page] =
        ["out/manifest.json", "out/blocks/plan.json", "out/report.html"].map(|it| place.path(it));
    let before = [&manifest, &plan, &page].map(|path| fs::read(path).unwrap());
    let last = |years: &mut serde_json::Value| {
        years["until"] = 2019.into();
        years["last_year"] = 2019.into();
    };
    let cases: [(Change, &str); 5] = [
        (|it| it["replications"] = 7.into(), "replications 7 in the one and 3 in the other"),
        (|it| it["seed"] = 9.into(), "do not give its fingerprint"),
        (|it| drop(it["policies"].as_array_mut().unwrap().pop()), "do not fit: policies"),
        (|it| it["options"]["events"] = 0.into(), "it lists other files"),
        (last, "do not give its fingerprint"),
    ];
    for (change, words) in cases {
        let alter = |path: &Path, bytes: &[u8]| {
            let mut value: serde_json::Value = serde_json::from_slice(bytes).unwrap();
            change(&mut value);
            fs::write(path, value.to_string()).unwrap();
        };
        alter(&manifest, &before[0]);
        let remedy = "with `--resume`";
        let differ = "blocks/plan.json` and manifest.json hold different plans";
        place.fails("report out", 2, &[differ, remedy]);
        alter(&plan, &before[1]);
        place.fails("report out", 2, &["manifest.json", words, remedy]);
        fs::remove_file(&plan).unwrap();
        place.fails("report out", 2, &["manifest.json", words, remedy]);
        fs::write(&plan, &before[1]).unwrap();
        assert_eq!(fs::read(&page).unwrap(), before[2]);
    }
    fs::write(&manifest, &before[0]).unwrap();
    place.done("report out --quiet");
    assert_eq!(fs::read(&page).unwrap(), before[2]);
}

/// A picture without a letter is no picture of a Korean desk; one with a box says so.
#[test]
fn letters_that_the_pictures_lack_are_told() {
    let scenario = Folder::new();
    scenario.change("policies/hub.toml", "A hub for startups", "A hub ① ㎢ 地區");
    let output = run(&scenario, &short(&[]));
    let folder = output.path().join("run");
    let (_, error) = yangjae(&["report", folder.to_str().unwrap()]);
    assert!(!error.contains("font"), "{error}");
    scenario.change("policies/hub.toml", "A hub ①", "A hub 🚀");
    let output = run(&scenario, &short(&[]));
    let folder = output.path().join("run");
    let (status, error) = yangjae(&["report", folder.to_str().unwrap()]);
    assert_eq!(status, 0);
    assert!(error.contains("The font of the PNG pictures lacks 🚀 (U+1F680)"), "{error}");
}

#[test]
fn tables_of_other_commands_are_picked_up_where_they_are() {
    let output = run(&Folder::new(), &short(&[]));
    let folder = output.path().join("run");
    let hub = Contribution {
        policy: "hub-and-zone",
        baseline: "baseline",
        package: "<b>hub</b>",
        levers: "hub",
        place: "city",
        metric: "jobs",
        unit: "persons",
        year: 2022,
        method: "exact",
        replications: 3,
        shapley: "12.5",
        se: Some(1.0),
        ci_low: Some(10.0),
        ci_high: Some(15.0),
        sampling_se: None,
        leave_one_out: Some(14.0),
        leave_one_out_ci_low: None,
        leave_one_out_ci_high: None,
        alone: None,
        alone_ci_low: None,
        alone_ci_high: None,
    };
    table::write::<Contribution<'_>>(
        Target::standard(&folder, Money::of_currency("KRW").unwrap()),
        [hub],
    )
    .unwrap()
    .publish()
    .unwrap();
    assert_eq!(again(&output, &[]), (0, String::new()));
    let page = page(&output);
    assert!(page.contains("data-chart=\"attribution\""));
    assert!(page.contains("<td>12.5</td>"));
    assert!(!page.contains("<b>hub</b>") && page.contains("&lt;b&gt;hub&lt;/b&gt;"));
    fs::write(folder.join("noise.csv"), "source,share\nfounders,0.25\n").unwrap();
    let (status, error) = again(&output, &[]);
    assert_eq!(status, 2);
    assert!(error.contains("noise.csv has no column `policy`"), "{error}");
    assert!(error.contains("the command that wrote it makes it anew, or remove it"), "{error}");
}

#[test]
fn a_new_run_replaces_the_report_and_leaves_what_is_not_its_own() {
    let scenario = Folder::new();
    let output = run(&scenario, &short(&[]));
    let folder = output.path().join("run");
    fs::write(folder.join("figures/mine.svg"), "mine").unwrap();
    let path = folder.to_str().unwrap();
    let scenario = scenario.path.to_str().unwrap();
    let arguments = ["run", scenario, "--quiet", "--force", "--output", path];
    let arguments = [&arguments[..], &["--policy", "baseline"], &short(&[])].concat();
    assert_eq!(yangjae(&arguments).0, 0);
    assert!(!folder.join("figures/jobs-against-baseline.svg").exists());
    assert_eq!(fs::read_to_string(folder.join("figures/mine.svg")).unwrap(), "mine");
}

/// A page or workbook made without a table says so, and `--resume` writes the table again.
#[test]
fn a_table_that_is_missing_is_named_and_written_again() {
    let place = Place::new();
    let run = "run mine --quiet --replications 2 --until 2019 --output out";
    place.done(run);
    let table = place.path("out/appraisal/flows.csv");
    let before = fs::read(&table).unwrap();
    fs::remove_file(&table).unwrap();
    let said = place.done("report out --quiet").error;
    assert!(said.starts_with("not shown, as they are missing: appraisal/flows.csv; "), "{said}");
    place.done(&format!("{run} --resume"));
    assert_eq!(fs::read(&table).unwrap(), before);
    assert!(!place.done("report out --quiet").error.contains("missing"));
}
