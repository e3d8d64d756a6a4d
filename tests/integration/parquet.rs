//! `run --parquet`: each table again, with the values of its CSV; and `run --only`: some tables alone.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::fs::File;
use std::path::Path;

use ::parquet::basic::Repetition;
use ::parquet::basic::Type as Physical;
use ::parquet::file::reader::FileReader;
use ::parquet::file::reader::SerializedFileReader;
use ::parquet::record::Field;
use yangjae::report::tables::column::Holds;
use yangjae::report::tables::column::TableSpec;
use yangjae::report::tables::register::OF_DECISION;
use yangjae::report::tables::register::OF_RUN;
use yangjae::report::text::dialect::number;

use crate::command_line::run;

const TOY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/toy");

/// Runs the program, which is to succeed; gives what it printed.
#[track_caller]
fn done(words: &str, output: &Path) -> String {
    let mut words: Vec<&str> = words.split(' ').collect();
    words.extend(["--output", output.to_str().unwrap()]);
    let (status, out, error) = run(&words);
    assert_eq!(status, 0, "{words:?}: {error}");
    out + &error
}

#[track_caller]
fn refused(words: &[&str]) -> String {
    let (status, _, error) = run(words);
    assert_eq!(status, 2, "{words:?}: {error}");
    error
}

/// A value as the CSV has it.
fn text(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Double(value) => number(*value),
        Field::Long(value) => value.to_string(),
        Field::Bool(value) => if *value { "yes" } else { "no" }.to_owned(),
        other => panic!("{other:?}"),
    }
}

/// Compares a table as Parquet with its CSV, cell by cell; gives the number of rows.
fn compare(folder: &Path, table: &TableSpec) -> usize {
    let file = table.parquet();
    let reader = SerializedFileReader::new(File::open(folder.join(&file)).unwrap()).unwrap();
    let about = reader.metadata().file_metadata();
    let said: BTreeMap<&str, &str> = about
        .key_value_metadata()
        .unwrap()
        .iter()
        .map(|pair| (pair.key.as_str(), pair.value.as_deref().unwrap()))
        .collect();
    assert_eq!(said["table"], table.file);
    for (column, field) in table.columns.iter().zip(about.schema().get_fields()) {
        let physical = match column.holds {
            Holds::Text => Physical::BYTE_ARRAY,
            Holds::Number => Physical::DOUBLE,
            Holds::Whole => Physical::INT64,
            Holds::YesNo => Physical::BOOLEAN,
        };
        assert_eq!((field.name(), field.get_physical_type()), (column.name, physical), "{file}");
        let is_optional = field.get_basic_info().repetition() == Repetition::OPTIONAL;
        assert_eq!(is_optional, column.optional, "{file}: {}", column.name);
        let unit = said[format!("unit:{}", column.name).as_str()];
        assert_eq!(unit, column.unit.replace("{money}", "KRW m"), "{file}: {}", column.name);
        assert!(!said[format!("meaning:{}", column.name).as_str()].is_empty());
        assert!(!said[format!("meaning_ko:{}", column.name).as_str()].is_empty());
    }
    let mut csv = csv::Reader::from_path(folder.join(table.file)).unwrap();
    let header: Vec<String> = csv.headers().unwrap().iter().map(str::to_owned).collect();
    let names: Vec<&str> = about.schema().get_fields().iter().map(|field| field.name()).collect();
    assert_eq!(header, names, "{file}");
    let mut rows = reader.get_row_iter(None).unwrap();
    let mut count = 0;
    for record in csv.records() {
        let (record, row) = (record.unwrap(), rows.next().unwrap().unwrap());
        let own: Vec<String> = row.get_column_iter().map(|(_, field)| text(field)).collect();
        assert_eq!(record.iter().collect::<Vec<_>>(), own, "{file}, row {count}");
        count += 1;
    }
    assert!(rows.next().is_none(), "{file} has more rows than {}", table.file);
    count
}

fn files(folder: &Path) -> BTreeSet<String> {
    let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
    fs::read_dir(folder).unwrap().map(|entry| name(entry.unwrap())).collect()
}

#[test]
fn every_table_as_parquet_has_the_cells_of_its_csv_and_says_its_units() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("toy");
    let options = "--replications 6 --quiet --parquet --groups --events 1 --replication-csv --equal-budget \
        --best jobs@city=0.9";
    done(&format!("run {TOY} {options}"), &output);
    let rows: Vec<usize> = OF_RUN.iter().map(|table| compare(&output, table)).collect();
    // Of so few replications nothing is said of parameters.
    let empty = rows.iter().filter(|&&rows| rows == 0).count();
    assert!(rows.iter().sum::<usize>() > 5_000 && empty <= 2, "{rows:?}");
    // A decision about it has them as well, and both are what the program makes again.
    let path = output.to_str().unwrap();
    assert_eq!(run(&["decide", path, "--quiet"]).0, 0);
    let decided = OF_DECISION.iter().filter(|table| output.join(table.file).exists());
    let decided: Vec<usize> = decided.map(|table| compare(&output, table)).collect();
    assert!(decided.len() > 8, "{decided:?}");
    let (status, out, error) = run(&["verify", path]);
    assert_eq!(status, 0, "{error}");
    assert!(!out.contains("not checked"), "{out}");
    // A table that is changed is found.
    let yearly = output.join("yearly.parquet");
    let mut bytes = fs::read(&yearly).unwrap();
    bytes[1_000] ^= 1;
    fs::write(&yearly, bytes).unwrap();
    let (status, _, error) = run(&["verify", path]);
    assert!(status == 1 && error.contains("yearly.parquet"), "{error}");
    // A run without takes them away again.
    done(&format!("run {TOY} --replications 6 --quiet --force"), &output);
    let left: Vec<String> =
        files(&output).into_iter().filter(|name| name.ends_with(".parquet")).collect();
    assert!(left.is_empty() && !output.join("decision").exists(), "{left:?}");
}

#[test]
fn shards_that_are_merged_have_the_bytes_of_the_whole_run() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    done(&format!("run {TOY} --replications 8 --quiet --parquet"), &at("whole"));
    for shard in ["1", "2"] {
        let options = format!("--replications 8 --quiet --parquet --shard {shard}/2");
        done(&format!("run {TOY} {options}"), &at(&format!("shards/{shard}")));
    }
    let shards = at("shards");
    done(&format!("merge {} --quiet", shards.display()), &at("merged"));
    for file in ["yearly.parquet", "outcomes.parquet", "appraisal/flows.parquet", "manifest.json"] {
        let [one, other] = ["whole", "merged"].map(|run| fs::read(at(run).join(file)).unwrap());
        assert!(one == other, "{file}");
    }
}

#[test]
fn a_file_of_somebody_else_with_the_name_of_a_table_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("toy");
    done(&format!("run {TOY} --replications 2 --quiet"), &output);
    fs::write(output.join("yearly.parquet"), "mine").unwrap();
    let path = output.to_str().unwrap();
    let words = ["run", TOY, "--replications", "2", "--quiet", "--force", "--output", path];
    assert!(refused(&words).contains("yearly.parquet` is there and not from a run"));
    assert_eq!(fs::read(output.join("yearly.parquet")).unwrap(), b"mine");
}

#[test]
fn a_run_of_some_tables_alone_has_them_as_the_whole_run_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    done(&format!("run {TOY} --replications 6 --quiet"), &at("whole"));
    let of_some = format!("run {TOY} --replications 6 --only outcomes,yearly.csv,appraisal/flows");
    let said = done(&of_some, &at("some"));
    assert!(
        said.contains("yearly.csv, appraisal/flows.csv, outcomes.csv of 6 replications"),
        "{said}"
    );
    let expected =
        [".yangjae-lock", "appraisal", "blocks", "manifest.json", "outcomes.csv", "yearly.csv"];
    assert_eq!(files(&at("some")), expected.map(str::to_owned).into());
    assert_eq!(files(&at("some/appraisal")), ["flows.csv".to_owned()].into());
    for file in ["yearly.csv", "outcomes.csv", "appraisal/flows.csv"] {
        let [one, other] = ["whole", "some"].map(|run| fs::read(at(run).join(file)).unwrap());
        assert!(one == other, "{file}");
    }
    let some = at("some");
    let some = some.to_str().unwrap();
    assert_eq!(run(&["verify", some]).0, 0);
    // It can be gone on with, decided about and compared, but not shown.
    fs::remove_file(at("some/yearly.csv")).unwrap();
    done(&format!("{of_some} --resume --quiet"), &at("some"));
    assert!(at("some/yearly.csv").exists() && !at("some/report.html").exists());
    let (status, out, error) = run(&["decide", some]);
    assert!(status == 0 && !out.is_empty(), "{error}");
    assert!(at("some/decision/ranking.csv").exists() && !at("some/report.html").exists());
    assert_eq!(run(&["verify", some]).0, 0);
    assert_eq!(run(&["compare", at("whole").to_str().unwrap(), some]).0, 0);
    for words in
        [vec!["report", some], vec!["explain", "economic_npv", "--policy", "hub", "--run", some]]
    {
        let said = refused(&words);
        assert!(said.contains("--only yearly,appraisal/flows,outcomes"), "{said}");
    }
    let whole = format!("run {TOY} --replications 6 --resume --output {some}");
    let said = refused(&whole.split(' ').collect::<Vec<_>>());
    assert!(said.contains("options.only"), "{said}");
}

#[test]
fn each_table_can_be_asked_for_alone_with_the_option_that_makes_it() {
    let folder = tempfile::tempdir().unwrap();
    for table in &OF_RUN {
        let name = table.name();
        let option = match name {
            "groups" => " --groups",
            "events" => " --events 1",
            "replications" => " --replication-csv",
            "selection" => " --best jobs@city=0.9",
            "equal_budget" => " --equal-budget",
            _ => "",
        };
        let command = format!("run {TOY} --replications 3 --quiet --only {name}");
        let output = folder.path().join(name);
        if !option.is_empty() {
            let with_output = format!("{command} --output {}", output.display());
            let said = refused(&with_output.split(' ').collect::<Vec<_>>());
            assert!(said.contains(option.split(' ').nth(1).unwrap()), "{said}");
        }
        done(&format!("{command}{option}"), &output);
        assert!(output.join(table.file).exists(), "{name}");
        let others = OF_RUN.iter().filter(|other| other.file != table.file);
        let there: Vec<&str> =
            others.map(|other| other.file).filter(|file| output.join(file).exists()).collect();
        assert!(there.is_empty(), "{name}: {there:?}");
    }
    let said = refused(&["run", TOY, "--only", "yearl"]);
    assert!(said.contains("similar value exists: 'yearly'"), "{said}");
    let said = refused(&["run", TOY, "--only", "yearly", "--events", "2"]);
    assert!(said.contains("add events there"), "{said}");
}
