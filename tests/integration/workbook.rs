//! The workbook holds the numbers of the tables, and every dialect of CSV the same ones.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::fixture::Folder;

fn yangjae(arguments: &[&str]) -> (i32, String) {
    let program = Command::new(assert_cmd::cargo::cargo_bin!("yangjae")).args(arguments).output();
    let output = program.unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// Runs a scenario with a few replications of five years.
fn run(scenario: &Folder, more: &[&str]) -> (TempDir, PathBuf) {
    let output = tempfile::tempdir().unwrap();
    let folder = output.path().join("run");
    let arguments = ["run", scenario.path.to_str().unwrap(), "--quiet", "--output"];
    let few = ["--replications", "3", "--until", "2022"];
    let arguments = [&arguments[..], &[folder.to_str().unwrap()], &few, more].concat();
    assert_eq!(yangjae(&arguments), (0, String::new()));
    (output, folder)
}

fn done(command: &str, folder: &Path) {
    let (status, error) = yangjae(&[command, folder.to_str().unwrap()]);
    assert_eq!(status, 0, "{error}");
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Text(String),
    Number(f64),
    Nothing,
}

/// Sheets by name, row by row.
type Sheets = BTreeMap<String, Vec<Vec<Cell>>>;

fn workbook(folder: &Path) -> Sheets {
    let file = fs::File::open(folder.join("workbook.xlsx")).unwrap();
    let mut book = zip::ZipArchive::new(file).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        book.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let words: Vec<String> = elements(&part("xl/sharedStrings.xml"), "si")
        .map(|(_, word)| plain(word.split_once('>').unwrap().1.split("</t>").next().unwrap()))
        .collect();
    let names: Vec<String> = part("xl/workbook.xml")
        .split("<sheet name=\"")
        .skip(1)
        .map(|rest| plain(rest.split('"').next().unwrap()))
        .collect();
    let mut sheets = Sheets::new();
    for (place, name) in (1..).zip(names) {
        let text = part(&format!("xl/worksheets/sheet{place}.xml"));
        let rows = elements(&text, "row").map(|(_, row)| cells(row, &words)).collect();
        sheets.insert(name, rows);
    }
    sheets
}

/// Attributes and content of every element of a name that has content.
fn elements<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let parts = text.split(['<']).scan(0, |at, part| {
        let start = *at;
        *at += part.len() + 1;
        Some((start, part))
    });
    let (open, close) = (format!("{name} "), format!("</{name}>"));
    let bare = format!("{name}>");
    parts.filter_map(move |(start, part)| {
        if !(part.starts_with(&open) || part.starts_with(&bare)) {
            return None;
        }
        let (attributes, content) = text[start..].split_once('>')?;
        if attributes.ends_with('/') {
            return None;
        }
        Some((attributes, content.split(close.as_str()).next()?))
    })
}

fn cells(row: &str, words: &[String]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (attributes, content) in elements(row, "c") {
        let Some(value) = content.split("<v>").nth(1).and_then(|rest| rest.split('<').next())
        else {
            continue;
        };
        let letters = attributes.split("r=\"").nth(1).unwrap().bytes();
        let column = letters
            .take_while(u8::is_ascii_uppercase)
            .fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1)
            - 1;
        cells.resize(column, Cell::Nothing);
        cells.push(if attributes.contains("t=\"s\"") {
            Cell::Text(words[value.parse::<usize>().unwrap()].clone())
        } else {
            Cell::Number(value.parse().unwrap())
        });
    }
    cells
}

fn plain(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&")
}

/// A table of any dialect, with decimal points and the header first.
fn table(path: &Path, separator: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).delimiter(separator).from_path(path).unwrap();
    let rows = reader.into_records().map(Result::unwrap);
    let point = |cell: &str| match cell.replace(',', ".") {
        number if separator == b';' && number.parse::<f64>().is_ok() => number,
        _ => cell.to_owned(),
    };
    rows.map(|row| row.iter().map(point).collect()).collect()
}

#[test]
fn every_number_of_a_sheet_is_that_of_the_table_to_the_last_bit() {
    let (_kept, folder) = run(&Folder::new(), &[]);
    let sheets = workbook(&folder);
    for (file, sheet) in [
        ("yearly.csv", "yearly"),
        ("comparison.csv", "comparison"),
        ("additionality.csv", "additionality"),
        ("cost_benefit.csv", "cost and benefit"),
        ("cash.csv", "cash"),
        ("pairs.csv", "pairs"),
        ("levers.csv", "levers"),
    ] {
        let (table, rows) = (table(&folder.join(file), b','), &sheets[sheet]);
        // What the sheet holds stands above the header.
        assert_eq!(rows.len(), table.len() + 1, "{sheet}");
        let mut numbers = 0;
        for (row, wanted) in rows[1..].iter().zip(&table) {
            for (column, wanted) in wanted.iter().enumerate() {
                match row.get(column).unwrap_or(&Cell::Nothing) {
                    Cell::Nothing => assert_eq!(wanted, "", "{sheet}: {row:?}"),
                    Cell::Text(text) => assert_eq!(text, wanted.trim_start_matches('\'')),
                    Cell::Number(number) => {
                        numbers += 1;
                        let wanted: f64 = wanted.parse().unwrap();
                        assert_eq!(number.to_bits(), wanted.to_bits(), "{sheet}: {row:?}");
                    }
                }
            }
        }
        assert!(numbers > table.len() / 2, "{sheet}: {numbers} numbers");
    }
    for sheet in ["summary", "headline figures", "charts", "dictionary", "manifest", "chart data"] {
        assert!(sheets.contains_key(sheet), "{sheet}");
    }
}

#[test]
fn the_workbook_has_the_same_bytes_again_and_speaks_both_languages() {
    let (_kept, folder) = run(&Folder::new(), &["--language", "ko"]);
    let bytes = || fs::read(folder.join("workbook.xlsx")).unwrap();
    let first = bytes();
    let sheets = workbook(&folder);
    let header = &sheets["연도별"][1];
    assert_eq!(header[0], Cell::Text("정책\npolicy".to_owned()));
    assert!(sheets.contains_key("요약") && sheets.contains_key("실행 명세"));
    // Seconds would show in the entries of the archive.
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    done("report", &folder);
    assert!(first == bytes());
    let (status, _) = yangjae(&["report", folder.to_str().unwrap(), "--language", "en", "--quiet"]);
    assert_eq!(status, 0);
    assert!(workbook(&folder).contains_key("yearly"));
}

#[test]
fn every_dialect_has_the_same_numbers_in_every_table_and_is_read_back() {
    let scenario = Folder::new();
    let more = ["--events", "1", "--replication-csv", "--csv-dialect"];
    let with = |dialect: &'static str| run(&scenario, &[&more[..], &[dialect]].concat());
    let (_kept, standard) = with("standard");
    let mut files: Vec<String> = fs::read_dir(&standard)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "csv"))
        .collect();
    files.sort();
    assert!(files.len() >= 9, "{files:?}");
    for (dialect, separator) in [("excel-ko", b','), ("excel-eu", b';')] {
        let (_kept, folder) = with(dialect);
        for file in &files {
            let bytes = fs::read(folder.join(file)).unwrap();
            assert!(bytes.starts_with("\u{feff}".as_bytes()), "{dialect}: {file}");
            assert!(bytes.ends_with(b"\r\n"), "{dialect}: {file}");
            let (ours, theirs) =
                (table(&standard.join(file), b','), table(&folder.join(file), separator));
            assert!(ours == theirs, "{dialect}: {file}");
        }
        // What is made of the tables does not depend on how they are written.
        let numbers = |folder: &Path| {
            let mut sheets = workbook(folder);
            sheets.remove("manifest");
            sheets
        };
        assert!(numbers(&standard) == numbers(&folder), "{dialect}");
        let made = fs::read(folder.join("report.html")).unwrap();
        done("report", &folder);
        assert!(made == fs::read(folder.join("report.html")).unwrap(), "{dialect}");
        done("verify", &folder);
    }
}

#[test]
fn an_unknown_dialect_is_refused_with_the_known_ones() {
    let (status, error) = yangjae(&["run", "--csv-dialect", "excel-fr"]);
    assert_eq!(status, 2);
    for known in ["standard", "excel-ko", "excel-eu"] {
        assert!(error.contains(known), "{error}");
    }
}
