//! `manifest.json`: everything that bears on results, and what was written.
//!
//! No time, no machine, no number of threads: the same inputs give the same manifest.

use std::collections::BTreeMap;
use std::io;
use std::io::ErrorKind::NotADirectory;
use std::io::ErrorKind::NotFound;
use std::io::Read;
use std::io::Write;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::de::Error as _;
use serde_json::Value;
use sha2::Digest;
use sha2::Sha256;

use crate::analysis::equal_budget::EqualBudget;
use crate::analysis::selection::promise::Promise;
use crate::experiment::fingerprint::Fingerprint;
use crate::experiment::whole_file;
use crate::experiment::whole_file::CompleteFile;
use crate::experiment::whole_file::WholeFile;
use crate::experiment::whole_file::WriteError;
use crate::report::tables::replications::ReplicationFilter;
use crate::report::text::dialect::CsvDialect;
use crate::report::text::language::Tag;
use crate::scenario::InputFile;
use crate::scenario::appraisal::RuleSet;
use crate::scenario::letters;
use crate::scenario::renamed;
use crate::scenario::renamed::Of;

/// The file.
pub const FILE: &str = "manifest.json";
/// What a run is to make, in its folder of blocks.
pub const PLAN: &str = "plan.json";

/// None of these is larger `[bytes]`.
const LARGEST: u64 = 16 << 20;
/// As many differences in one field are told.
const MOST_TOLD: usize = 3;
/// Lists longer than this are counted in messages, not shown `[bytes]`.
const LONGEST_SHOWN: usize = 120;

/// A file and its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedFile {
    /// Its name: of inputs the path within the scenario's folder.
    #[serde(deserialize_with = "within")]
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// A path that leads to a file within its folder: the folder may be from a stranger.
fn within<'de, D: Deserializer<'de>>(text: D) -> Result<String, D::Error> {
    let name = String::deserialize(text)?;
    let inner = Path::new(&name).components().all(|part| matches!(part, Component::Normal(_)));
    // The separator of Windows counts everywhere: a folder is handed on.
    if inner && !name.is_empty() && !name.contains('\\') {
        return Ok(name);
    }
    Err(D::Error::custom(format!("the file `{}` is not within the folder", name.escape_debug())))
}

/// The blocks of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedBlocks {
    /// How many there are.
    pub blocks: usize,
    /// Replications in each but the last.
    pub replications_each: u32,
    /// What a block must carry to belong to this run.
    pub fingerprint: String,
    /// A digest that stands for all their bytes.
    pub seal: String,
}

/// What a run is to make: everything that bears on its results.
///
/// It lies beside the blocks while a run is under way, so that the run can go on, and is the first
/// part of the manifest of a finished one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunPlan {
    /// The program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The scenario.
    pub scenario: String,
    /// The scenario's files.
    pub inputs: Vec<ListedFile>,
    /// The seed.
    pub seed: u64,
    /// The number of replications of the whole run.
    pub replications: u32,
    /// Which part of them, where the run is a shard: `2/8`.
    pub shard: Option<String>,
    /// The policy that others are compared with.
    pub baseline: String,
    /// The policies of the run, in order.
    pub policies: Vec<String>,
    /// The first year simulated.
    pub first_year: u16,
    /// The last year simulated.
    pub last_year: u16,
    /// What the command line changes in the scenario.
    #[serde(flatten)]
    pub choices: Choices,
    /// Options that decide which tables there are.
    pub options: Options,
    /// How policies were scaled to equal cost, if they were.
    pub scaled: Option<EqualBudget>,
    /// What precision was promised, and how the number of replications came about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
}

/// What the command line changes in the scenario, and so in the values of replications.
///
/// ALL of it enters the fingerprint of blocks, the plan and the manifest, and is compared when a
/// run is resumed or merged: an option that bears on values is a field here, and nothing else is
/// to be done. Seed, replications and policies are fields of [`RunPlan`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Parameters given on the command line, in order.
    pub set: Vec<String>,
    /// The year given on the command line.
    pub until: Option<u16>,
    /// Whether each policy has its placebo beside it.
    pub placebo: bool,
    /// Whether policies are scaled to equal cost.
    pub equal_budget: bool,
    /// Whether groups of startups are counted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub groups: bool,
    /// The future that the scenario is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub future: Option<String>,
}

/// Options that decide which tables there are, but not the values of replications.
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Replications whose events are listed.
    pub events: u32,
    /// Whether every value is listed.
    pub replication_csv: bool,
    /// Outcomes of outcomes.csv beside those of every run, as they were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<String>,
    /// What replications.csv is cut to.
    #[serde(default, skip_serializing_if = "ReplicationFilter::is_empty")]
    pub replication_filter: ReplicationFilter,
    /// The tables that are written where it is not all of them, by their names in the order of the register; then
    /// there is no view of them either.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// Whether each table is written as Parquet, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub parquet: bool,
    /// Whether the pairs of many policies are all compared.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pairs: bool,
    /// Whether the live page is left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_live: bool,
    /// How the best policy is chosen, where that is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<BestOptions>,
    /// The rule set of the appraisal.
    #[serde(default)]
    pub appraisal: RuleSet,
    /// The language of report, pictures and workbook.
    #[serde(default)]
    pub language: Tag,
    /// How the cells of every CSV are written.
    #[serde(default)]
    pub csv_dialect: CsvDialect,
}

/// How the best policy is chosen, as the command line has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BestOptions {
    /// CRITERION=PROBABILITY.
    pub asked: String,
    /// How many of the best.
    pub of: usize,
    /// The difference that does not matter, in the unit of the criterion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indifference: Option<String>,
    /// Replications a policy that are spread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<u32>,
}

impl BestOptions {
    /// The difference that does not matter, where one is stated.
    #[must_use]
    pub fn indifference(&self) -> Option<f64> {
        let stated = self.indifference.as_ref()?.parse::<f64>().ok();
        stated.filter(|difference| *difference > 0.0 && difference.is_finite())
    }
}

/// The content of the manifest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// What the run was to make.
    #[serde(flatten)]
    pub plan: RunPlan,
    /// What the scenario says and the run never reads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without_effect: Vec<String>,
    /// Files in the scenario's folder that look like inputs and that the run never reads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_read: Vec<String>,
    /// The blocks.
    pub blocks: ListedBlocks,
    /// The tables.
    pub files: Vec<ListedFile>,
}

/// Why a plan or manifest cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// The system refuses.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There is nothing in it.
    #[error("`{}` is empty", .0.display())]
    Empty(PathBuf),
    /// It is not what a run writes.
    #[error("`{}` is damaged or not from this program", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A text in it holds what no text may.
    #[error("`{}` is damaged or not from this program: {fault}", path.display())]
    Text {
        /// The file.
        path: PathBuf,
        /// Which text, and what is wrong with it.
        fault: String,
    },
}

impl PlanError {
    /// What is wrong with the content; nothing where the system refuses to read it.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        match self {
            Self::Read { .. } => None,
            Self::Empty(_) => Some("it is empty".to_owned()),
            Self::Content { source, .. } => Some(source.to_string()),
            Self::Text { fault, .. } => Some(fault.clone()),
        }
    }
}

impl RunPlan {
    /// In what another plan differs, a sentence each; `ours` and `theirs` say whose is which.
    #[must_use]
    pub fn differences(&self, other: &Self, ours: &str, theirs: &str) -> Vec<String> {
        let (Ok(Value::Object(one)), Ok(Value::Object(two))) =
            (serde_json::to_value(self), serde_json::to_value(other))
        else {
            return Vec::new();
        };
        let mut found = input_differences(&self.inputs, &other.inputs, ours, theirs);
        // What is as usual is not written: each may have keys that the other lacks.
        let keys = one.keys().chain(two.keys().filter(|&key| !one.contains_key(key)));
        for key in keys.filter(|&key| key != "inputs") {
            let mut unlike = Vec::new();
            let [value, there] = [&one, &two].map(|plan| plan.get(key).unwrap_or(&Value::Null));
            unlike_parts(key, value, there, &mut unlike);
            let more = unlike.len().saturating_sub(MOST_TOLD);
            found.extend(unlike.into_iter().take(MOST_TOLD).map(|(path, value, there)| {
                format!("`{path}` is {} {ours} and {} {theirs}", shown(value), shown(there))
            }));
            if more > 0 {
                found.push(format!("{more} more differences in `{key}`"));
            }
        }
        found
    }

    /// The smallest parts in which another plan differs, inputs and the list of policies left out: the path of each
    /// with what stands here and there; nothing where it does not stand.
    #[must_use]
    pub fn unlike(&self, other: &Self) -> Vec<(String, String, String)> {
        let of = |plan: &Self| serde_json::to_value(plan).unwrap_or_default();
        let (one, two) = (of(self), of(other));
        let mut unlike = Vec::new();
        unlike_parts("", &one, &two, &mut unlike);
        let text = |value: &Value| match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            value => value.to_string(),
        };
        let is_told = |path: &str| !["inputs", "policies"].contains(&path);
        unlike
            .into_iter()
            .map(|(path, here, there)| (path.trim_start_matches('.').to_owned(), here, there))
            .filter(|(path, ..)| is_told(path.split('.').next().unwrap_or_default()))
            .map(|(path, here, there)| (path, text(here), text(there)))
            .collect()
    }

    /// The text of the plan as it lies beside the blocks.
    ///
    /// # Errors
    ///
    /// Fails if the text cannot be made.
    pub fn to_json(&self) -> io::Result<Vec<u8>> {
        json(self)
    }
}

/// The smallest parts in which two values differ, each with its path.
fn unlike_parts<'v>(
    path: &str,
    one: &'v Value,
    two: &'v Value,
    found: &mut Vec<(String, &'v Value, &'v Value)>,
) {
    match (one, two) {
        _ if one == two => {}
        (Value::Object(here), Value::Object(there)) => {
            for (key, value) in here {
                let there = there.get(key).unwrap_or(&Value::Null);
                unlike_parts(&format!("{path}.{key}"), value, there, found);
            }
            for (key, value) in there.iter().filter(|&(key, _)| !here.contains_key(key)) {
                found.push((format!("{path}.{key}"), &Value::Null, value));
            }
        }
        (Value::Array(here), Value::Array(there))
            if here.len() == there.len() && here.iter().chain(there).all(Value::is_object) =>
        {
            for (place, (here, there)) in here.iter().zip(there).enumerate() {
                let policy = here.get("policy").and_then(Value::as_str);
                let name = policy.map_or_else(|| place.to_string(), str::to_owned);
                unlike_parts(&format!("{path}.{name}"), here, there, found);
            }
        }
        _ => found.push((path.to_owned(), one, two)),
    }
}

/// A value in a message: whole where it is short.
fn shown(value: &Value) -> String {
    match value {
        Value::Object(fields) => format!("a table of {} fields", fields.len()),
        Value::Array(list) if value.to_string().len() > LONGEST_SHOWN => {
            format!("a list of {}", list.len())
        }
        value => value.to_string(),
    }
}

/// How two lists of inputs differ, a few words a file.
pub(super) fn input_differences(
    one: &[ListedFile],
    two: &[ListedFile],
    ours: &str,
    theirs: &str,
) -> Vec<String> {
    let listed = |list: &[ListedFile]| {
        list.iter()
            .map(|file| (file.file.clone(), file.sha256.clone()))
            .collect::<BTreeMap<String, String>>()
    };
    let (one, two) = (listed(one), listed(two));
    let mut found = Vec::new();
    for (file, digest) in &one {
        match two.get(file) {
            Some(other) if other == digest => {}
            Some(_) => found.push(format!("the input `{file}` differs")),
            None => found.push(format!("the input `{file}` is there only {ours}")),
        }
    }
    let only_there = two.keys().filter(|&file| !one.contains_key(file));
    found.extend(only_there.map(|file| format!("the input `{file}` is there only {theirs}")));
    found
}

/// Reads the manifest of a folder; none where it has none.
///
/// # Errors
///
/// Fails if there is one that cannot be read.
pub fn read(folder: &Path) -> Result<Option<Manifest>, PlanError> {
    read_json(&folder.join(FILE))
}

/// Reads the plan in a folder of blocks; none where it has none.
///
/// # Errors
///
/// Fails if there is one that cannot be read.
pub fn read_plan(blocks: &Path) -> Result<Option<RunPlan>, PlanError> {
    read_json(&blocks.join(PLAN))
}

fn read_json<T: Serialize + DeserializeOwned>(path: &Path) -> Result<Option<T>, PlanError> {
    let path = path.to_owned();
    let bytes = match read_file(&path) {
        Ok(bytes) => bytes,
        Err(error) if matches!(error.kind(), NotFound | NotADirectory) => return Ok(None),
        Err(source) => return Err(PlanError::Read { path, source }),
    };
    if bytes.is_empty() {
        return Err(PlanError::Empty(path));
    }
    let content: T = match serde_json::from_slice(&bytes) {
        Ok(content) => content,
        Err(source) => {
            // A run of an earlier version, which had another word.
            let says = source.to_string();
            let unknown =
                says.strip_prefix("unknown variant `").and_then(|rest| rest.split('`').next());
            return Err(match unknown.and_then(|word| renamed::hint(Of::Word, word)) {
                Some(fault) => PlanError::Text { path, fault },
                None => PlanError::Content { path, source },
            });
        }
    };
    // What it says gets into the page, the pictures and the workbook.
    match serde_json::to_value(&content) {
        Ok(value) => match text_fault("", &value) {
            Some(fault) => Err(PlanError::Text { path, fault }),
            None => Ok(Some(content)),
        },
        Err(source) => Err(PlanError::Content { path, source }),
    }
}

/// The first text in a value with a letter that no text may hold, by its path, and what it is.
fn text_fault(path: &str, value: &Value) -> Option<String> {
    let within = |key: &str, value: &Value| {
        let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        text_fault(&path, value)
    };
    match value {
        Value::String(text) => letters::fault(text).map(|fault| format!("in `{path}`, {fault}")),
        Value::Array(list) => {
            list.iter().enumerate().find_map(|(place, value)| within(&place.to_string(), value))
        }
        Value::Object(fields) => fields.iter().find_map(|(key, value)| within(key, value)),
        _ => None,
    }
}

/// Reads a file of a run's folder whole: a manifest, a plan, the description of a batch.
///
/// # Errors
///
/// Fails if it cannot be read, is something else than a file, or larger than any of them.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    whole_file::read(path, LARGEST)
}

/// The digest of a file's content, which is not held in memory.
///
/// # Errors
///
/// Fails if it cannot be read, or is something else than a file.
pub fn digest(path: &Path) -> io::Result<Fingerprint> {
    let mut file = whole_file::open(path)?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(Fingerprint(digest.finalize().into())),
            length => digest.update(&buffer[..length]),
        }
    }
}

fn json(content: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(content)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Gives files their names, and last of all that of a file which says what was run and lists them: all or none.
///
/// # Errors
///
/// Fails if the disk does not take them.
pub fn publish(
    path: &Path,
    files: Vec<CompleteFile>,
    run: &impl Serialize,
) -> Result<(), WriteError> {
    let text = json(run).map_err(|source| WriteError { path: path.to_owned(), source })?;
    let manifest = whole_file::complete(path, &text)?;
    for file in files {
        file.publish()?;
    }
    manifest.publish()
}

/// The list of a scenario's files.
#[must_use]
pub fn inputs(files: &[InputFile]) -> Vec<ListedFile> {
    let listed = |input: &InputFile| ListedFile {
        file: input.path.clone(),
        sha256: Fingerprint::of(&input.bytes).to_string(),
    };
    files.iter().map(listed).collect()
}

/// The list of files that are written into a folder, by their paths within it, with `/`.
#[must_use]
pub fn tables(folder: &Path, files: &[CompleteFile]) -> Vec<ListedFile> {
    let listed = |file: &CompleteFile| ListedFile {
        file: name_within(folder, file.target()),
        sha256: file.digest().to_string(),
    };
    files.iter().map(listed).collect()
}

/// A path as a manifest lists it: within the folder, with `/`.
#[must_use]
pub fn name_within(folder: &Path, path: &Path) -> String {
    let within = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = within.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// Writes the manifest.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(folder: &Path, manifest: &Manifest) -> Result<CompleteFile, WriteError> {
    let path = folder.join(FILE);
    let mut file = WholeFile::create(&path)?;
    json(manifest)
        .and_then(|bytes| file.write_all(&bytes))
        .map_err(|source| WriteError { path, source })?;
    file.complete()
}

/// The digest of the file that [`write()`] makes of a manifest: it stands for the whole run, whose digests it lists.
#[must_use]
pub fn digest_of(manifest: &Manifest) -> Option<Fingerprint> {
    json(manifest).ok().map(|bytes| Fingerprint::of(&bytes))
}

/// Whether the manifest in a folder is this one to the byte, as [`write()`] leaves it.
#[must_use]
pub fn is_written(folder: &Path, manifest: &Manifest) -> bool {
    let own = json(manifest).ok();
    own.is_some() && read_file(&folder.join(FILE)).ok() == own
}

/// The tables that the text of a manifest lists; none where it is no manifest.
#[must_use]
pub fn listed_files(text: &[u8]) -> Vec<String> {
    let Ok(manifest) = serde_json::from_slice::<serde_json::Value>(text) else {
        return Vec::new();
    };
    let files = manifest["files"].as_array().into_iter().flatten();
    files.filter_map(|file| Some(file["file"].as_str()?.to_owned())).collect()
}
