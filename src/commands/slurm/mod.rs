//! `yangjae slurm`: a run as an array of shards on a cluster, and the merge that follows it.
//!
//! | file | holds |
//! |---|---|
//! | `flags.rs` | flags of `run` that tasks are given, read off the definition of `run` |
//! | `scripts.rs` | array, merge and resubmission as scripts |
//! | `missing.rs` | which shards are not there whole |
//! | `submit.rs` | `sbatch` and `scontrol` |

mod arguments;
mod batch;
pub mod error;
mod flags;
mod missing;
mod scripts;
mod submit;

pub use arguments::Arguments;
pub use arguments::Resources;
pub use flags::RunFlags;

use std::fmt::Write as _;
use std::num::NonZeroU32;

use crate::commands::error::Error;
use crate::commands::slurm::batch::Batch;
use crate::commands::slurm::error::SlurmError;
use crate::commands::slurm::missing::Left;
use crate::commands::slurm::scripts::ARRAY;
use crate::commands::slurm::scripts::MERGE;
use crate::commands::slurm::scripts::RESUBMIT;
use crate::report::folder::batch_folder;
use crate::report::folder::batch_folder::BatchFile;
use crate::report::text::console;

/// Writes, prints or submits a batch, or what is missing of one.
///
/// # Errors
///
/// Fails if the scenario has problems, the folder cannot be used, or Slurm refuses.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let (batch, left) = match arguments.shards {
        Some(shards) if !arguments.missing => {
            let left = (1..=shards).map(|number| (number, String::new())).collect();
            let batch = Batch::begin(arguments, shards)?;
            (batch, Left { missing: left, running: Vec::new() })
        }
        _ => {
            let batch = Batch::go_on(arguments)?;
            let left = missing::find(&batch)?;
            (batch, left)
        }
    };
    check_size(batch.kept.shards)?;
    let mut files = scripts::scripts(&batch)?;
    let mut text = state(&batch, &left, arguments.missing);
    if arguments.dry_run {
        text.push_str(&shown(&files));
        text.push_str(&commands(&batch, &left)?);
        return Ok(console::print(&text)?);
    }
    if !arguments.missing {
        // The description is the last, and says that all is there.
        files.splice(0..0, scripts::inputs(&batch));
    }
    batch_folder::write(&batch.folder(), &files).map_err(SlurmError::from)?;
    if arguments.missing {
        text.push_str(&handed_on(&batch));
    }
    if arguments.submit.is_some() {
        // What is told so far is told whether sbatch takes it or not.
        console::print(&std::mem::take(&mut text))?;
        text.push_str(&submitted(&batch, &left)?);
    } else {
        let _ = write!(text, "wrote {}\n\n{}", batch.folder().display(), commands(&batch, &left)?);
    }
    text.push_str(&afterwards(&batch)?);
    Ok(console::print(&text)?)
}

/// What a batch that was begun earlier asks of Slurm and of `run`, in words.
fn handed_on(batch: &Batch) -> String {
    let words = batch.kept.words();
    let words: Vec<String> = words.iter().map(|word| word.escape_debug().to_string()).collect();
    if words.is_empty() { String::new() } else { format!("as kept: {}\n", words.join(" ")) }
}

/// Refuses more shards than Slurm takes, where it is in reach.
fn check_size(shards: u32) -> Result<(), SlurmError> {
    match submit::most_of_an_array() {
        Some(most) if shards >= most => Err(SlurmError::ArraySize { shards, most }),
        _ => Ok(()),
    }
}

/// What is missing, in words.
fn state(batch: &Batch, left: &Left, missing: bool) -> String {
    let mut text = String::new();
    if !missing {
        return text;
    }
    let n = batch.kept.shards;
    for (number, reason) in &left.missing {
        let _ = writeln!(text, "shard {number}/{n} is missing: {reason}");
    }
    for number in &left.running {
        let _ = writeln!(text, "shard {number}/{n} is being made by a task: not submitted again");
    }
    let whole = n as usize - left.missing.len() - left.running.len();
    let _ = writeln!(text, "{whole} of {n} shards are whole\n");
    text
}

/// The scripts, as `--dry-run` prints them.
fn shown(files: &[BatchFile]) -> String {
    let mut text = String::new();
    for file in files {
        let content = String::from_utf8_lossy(&file.bytes);
        let _ = writeln!(text, "==> {} <==\n{content}", file.path.display());
    }
    text
}

/// The option that chooses tasks; none where there is nothing to make.
fn array_option(batch: &Batch, left: &Left) -> Option<String> {
    let numbers: Vec<u32> = left.missing.iter().map(|(number, _)| *number).collect();
    let limit = batch.kept.resources.array_limit.map(NonZeroU32::get);
    (!numbers.is_empty()).then(|| format!("--array={}", submit::array(&numbers, limit)))
}

/// What to type in order to submit.
fn commands(batch: &Batch, left: &Left) -> Result<String, SlurmError> {
    let path = |name: &str| scripts::quoted(&batch.folder().join(name).display().to_string());
    let mut text = "submit it:\n".to_owned();
    let mut dependency = String::new();
    if let Some(array) = array_option(batch, left) {
        let _ = writeln!(text, "  job=$(sbatch --parsable {array} {})", path(ARRAY)?);
        dependency.push_str("--dependency=afterany:\"$job\" ");
    }
    let _ = writeln!(text, "  sbatch {dependency}{}", path(MERGE)?);
    Ok(text)
}

/// Submits the array and the merge after it.
fn submitted(batch: &Batch, left: &Left) -> Result<String, SlurmError> {
    let folder = batch.folder();
    let mut text = String::new();
    let (mut after, mut options) = (String::new(), Vec::new());
    if let Some(array) = array_option(batch, left) {
        let tasks = left.missing.len();
        let job = submit::sbatch(&[array], &folder.join(ARRAY), "")?;
        let noun = if tasks == 1 { "task" } else { "tasks" };
        let _ = writeln!(text, "submitted array {job} with {tasks} {noun}");
        after = format!("; the array is submitted as job {job}: `scancel {job}` takes it back");
        options.push(format!("--dependency=afterany:{job}"));
    }
    let job = submit::sbatch(&options, &folder.join(MERGE), &after)?;
    let _ = writeln!(text, "submitted merge {job}");
    Ok(text)
}

/// Where to look, and what to do when something failed.
fn afterwards(batch: &Batch) -> Result<String, SlurmError> {
    let path = |name: &str| scripts::quoted(&batch.folder().join(name).display().to_string());
    Ok(format!(
        "\nlogs: {}\nif a task fails, the merge refuses; then submit what is missing:\n  {}\n",
        path("logs")?,
        path(RESUBMIT)?
    ))
}
