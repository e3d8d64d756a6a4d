//! `output/README.md` is made of the registers of files and columns; this test compares it, and writes it
//! anew where `UPDATE_DOCS` is set.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use yangjae::report::folder::files::FOLDERS;
use yangjae::report::folder::files::FileSpec;
use yangjae::report::tables::dictionary::DictionaryEntry;
use yangjae::report::tables::entries;
use yangjae::scenario::Scenario;

const HEAD: &str = "\
# Results: every file and every column

`yangjae run` writes the results of a scenario to `output/NAME`, where NAME is the scenario's folder. This page says what to
open first, how the tables join, and what each file and column holds. It is made of the program's registers;
`tests/integration/output_page.rs` compares it with them (`UPDATE_DOCS=1 cargo test output_page` writes it anew).
`yangjae explain FILE.csv` prints the same for one file, and `yangjae explain NAME` for one column, metric or item.
`{money}` stands for the unit of accounts, which a scenario states (`KRW m`) and files and `explain` write out.

Runs that take a night, or several machines: [LONG-RUNS.md](LONG-RUNS.md); a cluster with Slurm: [SLURM.md](SLURM.md).
Git keeps these pages and nothing else of this folder.

## What to open first

Open `report.html`. It has the answer on its first screen and runs in any browser. Then:

| question | file | rows |
|---|---|---|
| what does a policy add? | `comparison.csv` | `metric` is `jobs`, `place` is `city`, `year` is the last |
| which of two policies is better? | `pairs.csv` | the two policies; `ranking` says it |
| which costs less, or is worth more? | `pairs.csv` | `place` is `all`; `metric` is `fiscal_cost`, `economic_net_present_value` |
| how much of it is additional? | `additionality.csv` | terms from `gross` to `net_city_after_displacement` |
| what does it cost, and what comes back? | `cost_benefit.csv` | `payer` is `all`; the totals stand after the items |
| what goes into a ministry's form? | `appraisal/summary.csv`, then the others of `appraisal/` | one `policy` |
| when is it paid, and by whom? | `cash.csv` | one `item`, or one `payer` |
| what do the results depend on? | `assumptions.csv`, then `sensitivity.csv` | `significant` is `yes` |
| how did it come about, year by year? | `yearly.csv` | one `metric` at one `place` |
| what exactly was simulated? | `levers.csv`, `manifest.json` | one `policy` |
| what did a change of assumptions change? | `compare/results.csv` of `yangjae compare` | the `policy`, the `outcome` |
| what does a word mean? | `dictionary.csv` | `name` |

## How the tables join

- `policy`, `baseline`, `place`, `metric`, `parameter`, `item`, `payer` and `year` mean the same in every table, so tables
  join by the columns of the same name. The key of each table is stated below: no two rows have the same values there.
- A row of `comparison.csv` belongs to two rows of `yearly.csv`: those of its `policy` and of its `baseline` with the same
  `place`, `metric` and `year`. The difference of their `mean` is `difference`, but its `sd` and interval are found replication by
  replication and cannot be computed from `yearly.csv`.
- `replications.csv` holds the values that `yearly.csv` sums up. The same `replication` has the same random draws under
  every policy, so differences are taken within a replication.
- `cost_benefit.csv` holds present values against the baseline; `cash.csv` holds what each policy itself books in each year,
  the baseline too. Each row of an item is the sum over years of (1 + discount rate)^(base year − year) × (`mean` of the policy −
  `mean` of the baseline) of `cash.csv`, and each total the sum of its items (`tests/cost_benefit/rebuild.py` does it).
- A row of `appraisal/flows.csv` belongs to two of `cash.csv`: those of its `policy` and of its `baseline` with the same `item`, `payer` and
  `year`. `yangjae explain NAME --policy POLICY --run DIR` lists both for a figure of `cost_benefit.csv` or
  `appraisal/results.csv`.
- `dictionary.csv` explains the values of `metric`, `term`, `item`, `parameter` and `setting` by `kind` and `name`. A column stands
  there with its file (`yearly.csv: mean`), a setting with its kind of lever (`facility.places`).
- The same `lever` may stand in several policies with other settings: join `levers.csv` by `policy` and `lever`.

## How values are written

UTF-8 with commas, points and line feeds, unless `--csv-dialect` says otherwise ([scenarios/README.md](../scenarios/README.md)).
Numbers are the shortest text that reads back to the same value. An empty cell means unknown or without meaning, never 0. In the
column `unit` below, *metric*, *item*, *measure*, *parameter*, *setting*, *fact* and *event* stand for the unit of the row's
metric, item and so on; `1` is a share or a count without a unit. A column without a unit holds text.

`run --parquet` writes each table as Parquet beside its CSV, with the same names, texts and numbers: numbers are doubles, counts and years
64-bit integers, yes and no booleans, and what is unknown is null. `run --only TABLES` makes the named tables alone, and the manifest.
";

/// A text in a cell of a table of Markdown.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn codes(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn entries() -> Vec<DictionaryEntry> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
    entries::entries(&Scenario::loader(&folder).load().unwrap())
}

/// The columns of a table, as the dictionary has them.
fn columns<'e>(entries: &'e [DictionaryEntry], file: &str) -> Vec<(&'e str, &'e DictionaryEntry)> {
    let before = format!("{file}: ");
    let columns = entries.iter().filter(|entry| entry.kind == "column");
    columns.filter_map(|entry| Some((entry.name.strip_prefix(&before)?, entry))).collect()
}

fn describe(page: &mut String, file: &FileSpec, entries: &[DictionaryEntry]) {
    let _ = writeln!(
        page,
        "\n### `{}`\n\n{}. Written by {}.",
        file.name, file.meaning, file.written_by
    );
    let columns = columns(entries, file.name);
    if columns.is_empty() {
        return;
    }
    let key = if file.key.is_empty() { "none".to_owned() } else { codes(file.key) };
    let _ = writeln!(page, "Key: {key}.\n\n| column | unit | meaning |\n|---|---|---|");
    for (name, entry) in columns {
        let _ = writeln!(page, "| `{name}` | {} | {} |", entry.unit, cell(&entry.definition_en));
    }
}

fn page() -> String {
    let entries = entries();
    let mut page = HEAD.to_owned();
    for folder in FOLDERS {
        let _ = writeln!(page, "\n## `{}`: the folder `{}`", folder.command, folder.folder);
        if folder.command == "run" {
            page.push_str("\n`merge` makes the same folder from shards, to the byte.\n");
        }
        for file in folder.files {
            describe(&mut page, file, &entries);
        }
    }
    page
}

#[test]
fn the_page_of_results_is_that_of_the_registers() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("output/README.md");
    let page = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == page,
        "output/README.md is not up to date: UPDATE_DOCS=1 cargo test output_page"
    );
}

/// Whoever adds a table adds it to the register of files, with a key of columns that it has.
#[test]
fn every_table_of_the_dictionary_is_a_file_of_the_register() {
    let entries = entries();
    let files: Vec<&FileSpec> = FOLDERS.iter().flat_map(|folder| folder.files).collect();
    let of_columns = entries.iter().filter(|entry| entry.kind == "column");
    let tables: BTreeSet<&str> =
        of_columns.map(|entry| entry.name.split(": ").next().unwrap()).collect();
    for table in &tables {
        let known = files.iter().filter(|file| file.name == *table).count();
        assert_eq!(known, 1, "{table} is not once in src/report/folder/files.rs");
    }
    for file in files {
        let columns = columns(&entries, file.name);
        for key in file.key {
            assert!(columns.iter().any(|(name, _)| name == key), "{}: {key}", file.name);
        }
        assert!(!file.key.is_empty() || !tables.contains(file.name) || file.name == "events.csv");
    }
}
