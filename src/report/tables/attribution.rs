//! `attribution.csv` and `interactions.csv`, and the same on the terminal: a policy's effect split
//! among its packages.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use serde::Serialize;

use crate::analysis::attribution::Measured;
use crate::analysis::attribution::Method;
use crate::analysis::attribution::Split;
use crate::analysis::statistics::Estimate;
use crate::experiment::whole_file::CompleteFile;
use crate::experiment::whole_file::WholeFile;
use crate::experiment::whole_file::WriteError;
use crate::report::folder::manifest::ListedFile;
use crate::report::folder::output_folder::FolderError;
use crate::report::tables::table::Cell;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableSpec;
use crate::report::tables::table::TableWriter;
use crate::report::text::console;
use crate::report::text::console::paragraph;
use crate::report::text::rounding;
use crate::scenario::package::Package;

/// The table of packages.
pub const TABLE: TableSpec = TableSpec {
    file: "attribution.csv",
    columns: &[
        "policy",
        "baseline",
        "package",
        "levers",
        "place",
        "metric",
        "unit",
        "year",
        "method",
        "replications",
        "shapley",
        "se",
        "ci_low",
        "ci_high",
        "sampling_se",
        "leave_one_out",
        "leave_one_out_ci_low",
        "leave_one_out_ci_high",
        "alone",
        "alone_ci_low",
        "alone_ci_high",
    ],
};

/// The table of pairs of packages.
pub const INTERACTIONS: TableSpec = TableSpec {
    file: "interactions.csv",
    columns: &[
        "policy",
        "baseline",
        "package",
        "with",
        "place",
        "metric",
        "unit",
        "year",
        "replications",
        "together",
        "interaction",
        "se",
        "ci_low",
        "ci_high",
    ],
};

/// What was run, beside the tables.
pub const MANIFEST: &str = "attribution.json";
/// The word in the place of a package for the whole policy.
const TOTAL: &str = "total";

/// An attribution as it is shown.
#[derive(Clone, Copy, Debug)]
pub struct Attribution<'a> {
    /// The policy that is split.
    pub policy: &'a str,
    /// The policy that it is compared with.
    pub baseline: &'a str,
    /// Its packages.
    pub packages: &'a [Package],
    /// How the parts were found.
    pub method: Method,
    /// What was split.
    pub splits: &'a [Split],
}

/// What bears on an attribution, and the files that it has written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Manifest {
    /// The program.
    pub program: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The scenario.
    pub scenario: String,
    /// The scenario's files.
    pub inputs: Vec<ListedFile>,
    /// The seed.
    pub seed: u64,
    /// The number of replications.
    pub replications: u32,
    /// The policy that is split.
    pub policy: String,
    /// The policy that it is compared with.
    pub baseline: String,
    /// Parameters given on the command line, in order.
    pub set: Vec<String>,
    /// The year given on the command line.
    pub until: Option<u16>,
    /// Orders sampled in each replication; `None` where every set of packages is simulated.
    pub samples: Option<u32>,
    /// The tables.
    pub files: Vec<ListedFile>,
}

/// Why an attribution is not written.
#[derive(Debug, thiserror::Error)]
pub enum AttributionError {
    /// One is there already, or the folder cannot be used otherwise.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The disk does not take it.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The disk does not take it.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Writes both tables and the manifest, all or none.
///
/// # Errors
///
/// Fails if the disk does not take them.
pub fn write(
    folder: &Path,
    attribution: &Attribution<'_>,
    manifest: Manifest,
) -> Result<(), AttributionError> {
    let tables = [packages(folder, attribution)?, interactions(folder, attribution)?];
    let files = crate::report::folder::manifest::tables(folder, &tables);
    let path = folder.join(MANIFEST);
    let mut file = WholeFile::create(&path)?;
    serde_json::to_writer_pretty(&mut file, &Manifest { files, ..manifest })
        .map_err(std::io::Error::from)
        .and_then(|()| file.write_all(b"\n"))
        .map_err(|source| WriteError { path, source })?;
    let manifest = file.complete()?;
    for table in tables {
        table.publish()?;
    }
    Ok(manifest.publish()?)
}

/// The parts and the total as printed: they add up to the last digit.
fn printed(split: &Split) -> (Vec<String>, String) {
    let parts: Vec<f64> = split.parts.iter().map(|part| part.shapley.mean).collect();
    rounding::to_total(&parts, split.total.mean, decimals(&split.measured))
}

/// Decimals of a metric: one beyond whole numbers, six of ratios and prices.
const fn decimals(measured: &Measured) -> usize {
    if measured.whole { 1 } else { 6 }
}

fn ends<'c>(estimate: &Estimate) -> [Cell<'c>; 2] {
    [estimate.ci_low.into(), estimate.ci_high.into()]
}

fn packages(folder: &Path, attribution: &Attribution<'_>) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(folder, TABLE)?;
    for split in attribution.splits {
        let (parts, total) = printed(split);
        let rows = attribution.packages.iter().zip(&split.parts).zip(&parts);
        for ((package, part), printed) in rows {
            let levers = package.levers.join("; ");
            let [left_low, left_high] = ends(&part.leave_one_out);
            let [alone_low, alone_high] = ends(&part.alone);
            let beside = [
                part.sampling_se.into(),
                Cell::Number(part.leave_one_out.mean),
                left_low,
                left_high,
                Cell::Number(part.alone.mean),
                alone_low,
                alone_high,
            ];
            let names = [package.name.as_str(), &levers, printed];
            table.row(&row(attribution, split, names, &part.shapley, beside))?;
        }
        let names = [TOTAL, "", &total];
        table.row(&row(attribution, split, names, &split.total, [Cell::Unknown; 7]))?;
    }
    table.complete()
}

fn row<'c>(
    attribution: &Attribution<'c>,
    split: &'c Split,
    [package, levers, printed]: [&'c str; 3],
    estimate: &Estimate,
    beside: [Cell<'c>; 7],
) -> Vec<Cell<'c>> {
    let measured = &split.measured;
    let [low, high] = ends(estimate);
    let own = [
        Cell::Text(attribution.policy),
        Cell::Text(attribution.baseline),
        Cell::Text(package),
        Cell::Text(levers),
        Cell::Text(&measured.place),
        Cell::Text(measured.metric),
        Cell::Text(measured.unit),
        Cell::Whole(measured.year.into()),
        Cell::Text(attribution.method.name()),
        Cell::Whole(estimate.replications as u64),
        Cell::Text(printed),
        estimate.se.into(),
        low,
        high,
    ];
    own.into_iter().chain(beside).collect()
}

fn interactions(folder: &Path, attribution: &Attribution<'_>) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(folder, INTERACTIONS)?;
    for split in attribution.splits {
        let measured = &split.measured;
        for pair in &split.interactions {
            let [low, high] = ends(&pair.interaction);
            table.row(&[
                Cell::Text(attribution.policy),
                Cell::Text(attribution.baseline),
                Cell::Text(&attribution.packages[pair.first].name),
                Cell::Text(&attribution.packages[pair.second].name),
                Cell::Text(&measured.place),
                Cell::Text(measured.metric),
                Cell::Text(measured.unit),
                Cell::Whole(measured.year.into()),
                Cell::Whole(pair.interaction.replications as u64),
                Cell::Number(pair.together.mean),
                Cell::Number(pair.interaction.mean),
                pair.interaction.se.into(),
                low,
                high,
            ])?;
        }
    }
    table.complete()
}

/// The attribution for people.
#[must_use]
pub fn summary(attribution: &Attribution<'_>) -> String {
    let mut text = heading(attribution);
    for split in attribution.splits {
        let measured = &split.measured;
        let unit = if measured.unit.is_empty() { "1" } else { measured.unit };
        // Writing into a string cannot fail.
        let _written =
            writeln!(text, "\n{} [{unit}], {}, {}", measured.metric, measured.place, measured.year);
        text.push_str(&parts_table(attribution, split));
        if !split.interactions.is_empty() {
            text.push('\n');
            text.push_str(&pairs_table(attribution, split));
        }
    }
    text
}

fn heading(attribution: &Attribution<'_>) -> String {
    let count = attribution.packages.len();
    let replications = attribution.splits.first().map_or(0, |split| split.total.replications);
    let packages = if count == 1 { "one package".to_owned() } else { format!("{count} packages") };
    let how = match attribution.method {
        Method::Exact => format!("all {} sets of its {}", 1_u64 << count, packages),
        Method::Sampled { pairs } => format!(
            "{} random orders of its {packages} in each replication; the intervals \
             contain what the sampling of orders adds",
            2 * pairs
        ),
    };
    let heading = format!(
        "What each package of {} adds against {}: Shapley values over {how}; {replications} \
         replications with the same random stream, 95 % intervals by Student's t.",
        attribution.policy, attribution.baseline
    );
    paragraph(&heading, 0)
}

fn parts_table(attribution: &Attribution<'_>, split: &Split) -> String {
    let decimals = decimals(&split.measured);
    let (parts, total) = printed(split);
    let mut rows: Vec<[String; 5]> = Vec::new();
    for ((package, part), printed) in attribution.packages.iter().zip(&split.parts).zip(parts) {
        rows.push([
            package.name.clone(),
            printed,
            interval(&part.shapley, decimals),
            shown(&part.leave_one_out, decimals),
            shown(&part.alone, decimals),
        ]);
    }
    rows.push([
        TOTAL.to_owned(),
        total,
        interval(&split.total, decimals),
        String::new(),
        String::new(),
    ]);
    right_aligned(&["package", "Shapley", "95 % interval", "if left out", "alone"], rows)
}

fn pairs_table(attribution: &Attribution<'_>, split: &Split) -> String {
    let decimals = decimals(&split.measured);
    let name = |place: usize| attribution.packages[place].name.as_str();
    let row = |pair: &crate::analysis::attribution::Interaction| {
        [
            format!("{} with {}", name(pair.first), name(pair.second)),
            shown(&pair.together, decimals),
            shown(&pair.interaction, decimals),
            interval(&pair.interaction, decimals),
        ]
    };
    let rows = split.interactions.iter().map(row).collect();
    right_aligned(&["two packages", "together", "beyond the sum of each", "95 % interval"], rows)
}

fn shown(estimate: &Estimate, decimals: usize) -> String {
    // Rounded first, so that a zero has no sign.
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
    let rounded = (estimate.mean * scale).round() / scale + 0.0;
    format!("{rounded:.decimals$}")
}

fn interval(estimate: &Estimate, decimals: usize) -> String {
    match (estimate.ci_low, estimate.ci_high) {
        (Some(low), Some(high)) => {
            let end = |mean: f64| shown(&Estimate { mean, ..*estimate }, decimals);
            format!("{} to {}", end(low), end(high))
        }
        _ => "-".to_owned(),
    }
}

/// A table with all columns but the first set right.
fn right_aligned<const N: usize>(header: &[&str; N], rows: Vec<[String; N]>) -> String {
    let wide: [usize; N] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0).max(header[column].len())
    });
    let set = |row: [String; N]| -> [String; N] {
        std::array::from_fn(|column| match column {
            0 => row[0].clone(),
            _ => format!("{:>width$}", row[column], width = wide[column]),
        })
    };
    let header: [String; N] = set(header.map(str::to_owned));
    let rows: Vec<[String; N]> = rows.into_iter().map(set).collect();
    console::table(header.each_ref().map(String::as_str), &rows)
}
