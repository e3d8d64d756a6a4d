//! `yangjae validate`: figures beside the simulation, scores, statuses, and files it refuses.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use tempfile::TempDir;
use yangjae::report::tables::column::TableSpec;
use yangjae::report::tables::row::Row as _;
use yangjae::report::tables::validation::ObservedFigure;
use yangjae::report::tables::validation::StylisedFact;

use crate::fixture::Folder;
use crate::fixture::shown;

/// A small scenario whose hub happened, with a file of figures.
struct Case {
    folder: Folder,
    output: TempDir,
}

impl Case {
    fn new(figures: &str) -> Self {
        let folder = Folder::new();
        for (find, replace) in [
            ("count = 120", "count = 25"),
            ("count = 40", "count = 9"),
            ("count = 600", "count = 60"),
        ] {
            folder.change("district.toml", find, replace);
        }
        folder.change(
            "scenario.toml",
            "last_year = 2030",
            "last_year = 2025\nactual_policy = \"hub\"",
        );
        folder.write("facts.csv", figures);
        Self { folder, output: tempfile::tempdir().unwrap() }
    }

    fn run(&self, arguments: &[&str]) -> Assert {
        let mut command = Command::cargo_bin("yangjae").unwrap();
        command.arg("validate").arg(&self.folder.path).arg("--observed");
        command.arg(self.folder.path.join("facts.csv")).arg("--output").arg(self.output.path());
        command.args([
            "--replications",
            "12",
            "--firm-replications",
            "2",
            "--set",
            "founder_rate=30",
        ]);
        command.arg("--force").args(arguments).assert()
    }

    fn table(&self, file: &str) -> Vec<csv::StringRecord> {
        let path: PathBuf = self.output.path().join(file);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
        reader.records().map(Result::unwrap).collect()
    }
}

const FIGURES: &str = "metric,place,period,value\n\
                       firms,district,2020,60\n\
                       jobs,city,2022,900\n\
                       investment,city,2018-2020,50000\n\
                       tenants,hub,2021,20\n\
                       joined_cumulative,hub,2024,40\n\
                       rent,district,2023,0.3\n\
                       pool,city,2019,500\n\
                       firms,city,2024-05,150\n";

/// The header of a table's file.
fn header(table: &TableSpec) -> Vec<String> {
    table.columns.iter().map(|column| column.name.to_owned()).collect()
}

/// Any metric of the register, at any of its places, in any year, from the needed columns alone.
#[test]
fn further_facts_of_any_metric_place_and_period_are_compared() {
    let case = Case::new(FIGURES);
    let printed = case.run(&["--threads", "1"]).success();
    let rows = case.table("validation.csv");
    assert_eq!(rows[0], header(&ObservedFigure::TABLE));
    assert_eq!(rows.len(), 9);
    for row in &rows[1..] {
        let number = |column: usize| row[column].parse::<f64>().unwrap();
        let quantiles: Vec<f64> = (8..13).map(number).collect();
        assert!(quantiles.is_sorted(), "{row:?}");
        assert!((0.0..=1.0).contains(&number(13)) && number(16) >= 0.0, "{row:?}");
        let inside = (quantiles[0]..=quantiles[4]).contains(&number(5));
        assert_eq!(&row[15], if inside { "yes" } else { "no" }, "{row:?}");
    }
    assert_eq!((&rows[3][3], &rows[3][4]), ("2018", "2020"));
    // A figure of May, of which no posterior knows and no earlier figure foretells.
    let last: [&str; 4] = std::array::from_fn(|place| &rows[8][[4, 21, 22, 23][place]]);
    assert_eq!(last, ["2024", "5", "not fitted", ""]);
    let facts = case.table("stylised_facts.csv");
    assert_eq!(facts[0], header(&StylisedFact::TABLE));
    let text = String::from_utf8(printed.get_output().stdout.clone()).unwrap();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("90 % intervals from 12 replications are rough"), "{text}");
    assert!(!text.contains("± 0"), "{text}");
    assert!(text.contains("coverage") && text.contains("error of the report"), "{text}");

    let again = case.run(&["--threads", "3"]).success();
    assert_eq!(printed.get_output().stdout, again.get_output().stdout);
    assert_eq!(case.table("validation.csv"), rows);
    assert_eq!(case.table("stylised_facts.csv"), facts);
}

/// A tolerance widens the intervals, and an empty one is none.
#[test]
fn the_error_of_the_report_is_in_the_intervals() {
    let width = |tolerance: &str| {
        let figures = format!(
            "metric,place,period,value,tolerance,source\njobs,city,2020,900,{tolerance},x\n"
        );
        let case = Case::new(&figures);
        case.run(&[]).success();
        let rows = case.table("validation.csv");
        rows[1][12].parse::<f64>().unwrap() - rows[1][8].parse::<f64>().unwrap()
    };
    let (without, with) = (width(""), width("500"));
    assert!(with > without + 500.0, "{without} and {with}");
}

#[test]
fn the_status_follows_the_coverage_only_where_asked() {
    let case = Case::new("metric,place,period,value\nfirms,city,2020,100000\nfirms,city,2021,0\n");
    case.run(&[]).success();
    case.run(&["--fail-under", "0"]).success();
    let failed = case.run(&["--fail-under", "0.5"]).code(1);
    let message = String::from_utf8(failed.get_output().stderr.clone()).unwrap();
    assert!(message.contains("fewer than the 0.5 wanted"), "{message}");
    // The tables are there all the same.
    assert_eq!(case.table("validation.csv").len(), 3);
    case.run(&["--fail-under", "1.5"]).code(2);

    let nothing = Case::new("metric,place,period,value\n");
    let failed = nothing.run(&["--fail-under", "0"]).code(2);
    let message = String::from_utf8(failed.get_output().stderr.clone()).unwrap();
    assert!(message.contains("nothing was observed"), "{message}");
}

#[test]
fn figures_that_cannot_be_compared_are_named_with_line_column_and_remedy() {
    let case = Case::new(
        "metric,place,period,value\n\
         firm,district,2020,60\n\
         tenants,hubb,2020,20\n\
         tenants,special-zone,2020,20\n\
         jobs,city,2031,900\n\
         jobs,city,2020,many\n",
    );
    let failed = case.run(&[]).code(2);
    let text = shown(&case.folder.path, &String::from_utf8_lossy(&failed.get_output().stderr));
    for part in [
        "facts.csv:2:1",
        "did you mean `firms`?",
        "facts.csv:3:9",
        "did you mean `hub`?",
        "facts.csv:4:9",
        "`tenants` is not read at `special-zone`",
        "facts.csv:5:11",
        "2031 is not among the scenario's years",
        "facts.csv:6:16",
        "\"many\" is no value",
        "5 problems",
    ] {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
    fs::remove_file(case.folder.path.join("facts.csv")).unwrap();
    let failed = case.run(&[]).code(2);
    let text = String::from_utf8_lossy(&failed.get_output().stderr).into_owned();
    assert!(text.contains("there is no such file"), "{text}");
}

/// Without `actual_policy` the baseline happened, which has no hub: that is said, and how to mend it.
#[test]
fn a_place_that_only_other_policies_have_names_the_policy_that_happened() {
    let case = Case::new("metric,place,period,value\ntenants,hub,2020,20\n");
    case.folder.change("scenario.toml", "actual_policy = \"hub\"", "");
    let failed = case.run(&[]).code(2);
    let text = shown(&case.folder.path, &String::from_utf8_lossy(&failed.get_output().stderr));
    for part in [
        "facts.csv:2:9",
        "the actual policy `baseline` (the baseline, as scenario.toml names none) has no facility \
         `hub`",
        "`actual_policy = \"POLICY\"` in scenario.toml names another",
    ] {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
    assert!(!text.contains("there is no metric"), "{text}");
}

/// Fitted to the early figures, judged by the late ones; with nothing early there is no fit.
#[test]
fn a_hold_out_judges_only_the_years_after_the_fit() {
    let case = Case::new(FIGURES);
    case.folder.write(
        "observed.csv",
        "metric,place,period,value,tolerance,source\nfirms,city,2019,120,20,test\njobs,city,2019,900,200,test\n",
    );
    let fit = ["--fit-until", "2020", "--particles", "20"];
    // Nothing is free as `new` writes it.
    let refused = case.run(&fit).code(2);
    let text = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(text.contains("free = true"), "{text}");
    case.folder.change(
        "parameters.toml",
        "growth_base = { value = 0.03,",
        "growth_base = { free = true, value = 0.03,",
    );
    case.run(&fit).success();
    let rows = case.table("validation.csv");
    let judged: Vec<(&str, &str)> = rows[1..].iter().map(|row| (&row[4], &row[7])).collect();
    for (year, judged) in judged {
        assert_eq!(judged, if year > "2020" { "yes" } else { "no" }, "{year}");
    }
    for row in &rows[1..] {
        assert_eq!(
            &row[22],
            if &row[4] > "2020" { "out-of-sample" } else { "in-sample" },
            "{row:?}"
        );
    }
    case.run(&["--fit-until", "2018", "--particles", "20"]).code(2);
}
