//! What a batch is: where it lies, how many shards, with which flags and resources.

use std::env;
use std::path;
use std::path::Path;
use std::path::PathBuf;

use serde::Deserialize;
use serde::Serialize;

use crate::commands::error::Error;
use crate::commands::load;
use crate::commands::output::not_among_inputs;
use crate::commands::run;
use crate::commands::slurm::arguments::Arguments;
use crate::commands::slurm::arguments::Resources;
use crate::commands::slurm::arguments::SbatchArgument;
use crate::commands::slurm::error::SlurmError;
use crate::commands::slurm::flags::RunFlags;
use crate::experiment::batch;
use crate::experiment::fingerprint::Fingerprint;
use crate::pipeline::recipe::Recipe;
use crate::report::folder::batch_folder;
use crate::report::folder::batch_folder::BATCH;
use crate::report::text::message;
use crate::scenario::Scenario;

/// So many digits of a digest stand for the words of a batch.
const SEEN: usize = 16;

/// What is kept of a batch in `batch.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept {
    /// The number of shards.
    pub(super) shards: u32,
    /// The scenario's name, which is that of its folder.
    pub(super) scenario: String,
    /// Flags of `run`.
    pub(super) flags: RunFlags,
    /// What tasks may use.
    pub(super) resources: Resources,
    /// More arguments of sbatch.
    pub(super) sbatch: Vec<SbatchArgument>,
}

impl Kept {
    /// What the batch asks of sbatch and of `run`, a word each.
    pub(super) fn words(&self) -> Vec<String> {
        let sbatch = self.sbatch.iter().map(ToString::to_string);
        let words = self.resources.words().into_iter().chain(sbatch);
        words.chain(self.flags.words().iter().cloned()).collect()
    }

    /// What stands in `--submit=SEEN` for these words, the scenario and the number of shards.
    pub(super) fn seen(&self) -> String {
        let Self { shards, scenario, .. } = self;
        let text = format!("{scenario}\n{shards}\n{}", self.words().join("\n"));
        Fingerprint::of(text.as_bytes()).to_string().chars().take(SEEN).collect()
    }
}

/// A batch with all that its scripts name.
#[derive(Debug)]
pub(super) struct Batch {
    /// The output folder, absolute.
    pub(super) output: PathBuf,
    /// This program, absolute.
    pub(super) program: PathBuf,
    /// What is kept of it.
    pub(super) kept: Kept,
    /// What its shards make together.
    pub(super) recipe: Recipe,
}

impl Batch {
    /// The batch that the command line describes.
    ///
    /// # Errors
    ///
    /// Fails if the scenario has problems, the flags do not fit it, or something is there already.
    pub(super) fn begin(arguments: &Arguments, shards: u32) -> Result<Self, Error> {
        if let Some(Some(seen)) = &arguments.submit {
            return Err(SlurmError::NothingSeen(seen.clone()).into());
        }
        let (scenario, run) = load(&arguments.scenario, &arguments.flags)?;
        let recipe = run::recipe(&scenario, &run).map_err(SlurmError::Recipe)?;
        let output = arguments.output.clone();
        let output = output.unwrap_or_else(|| Path::new("output").join(&scenario.name));
        let output = absolute(&output)?;
        not_among_inputs(&output, &scenario, &arguments.scenario)?;
        if kept(&output)?.is_some() {
            return Err(SlurmError::Batch(output).into());
        }
        if batch_folder::has_run(&output) {
            return Err(SlurmError::Run(output).into());
        }
        let replications = recipe.scenario.replications;
        let blocks = batch::blocks(replications).len();
        if shards as usize > blocks {
            return Err(SlurmError::TooMany { shards, replications, blocks }.into());
        }
        let kept = Kept {
            shards,
            scenario: scenario.name.clone(),
            flags: arguments.flags.clone(),
            resources: arguments.resources.clone(),
            sbatch: arguments.sbatch.clone(),
        };
        Ok(Self { output, program: program()?, kept, recipe })
    }

    /// The batch in an output folder, with other resources where the command line says some.
    ///
    /// # Errors
    ///
    /// Fails if there is none, or its copy of the scenario cannot be read.
    pub(super) fn go_on(arguments: &Arguments) -> Result<Self, Error> {
        if let Some(flag) = arguments.flags.words().first() {
            return Err(SlurmError::FlagsOfBatch(flag.clone()).into());
        }
        let output = arguments.output.clone().unwrap_or_else(|| {
            let name = arguments.scenario.file_name();
            Path::new("output").join(name.unwrap_or(arguments.scenario.as_os_str()))
        });
        let output = absolute(&output)?;
        let mut kept = kept(&output)?.ok_or_else(|| SlurmError::NoBatch(output.clone()))?;
        if let Some(seen) = &arguments.submit {
            was_shown(&kept, seen.as_deref(), &output)?;
        }
        kept.resources = arguments.resources.clone().or(kept.resources);
        if !arguments.sbatch.is_empty() {
            kept.sbatch.clone_from(&arguments.sbatch);
        }
        let copy = output.join("slurm/scenario").join(&kept.scenario);
        let (scenario, run) = load(&copy, &kept.flags)?;
        let recipe = run::recipe(&scenario, &run).map_err(SlurmError::Recipe)?;
        Ok(Self { output, program: program()?, kept, recipe })
    }

    /// The folder of scripts, logs and shards.
    pub(super) fn folder(&self) -> PathBuf {
        self.output.join("slurm")
    }

    /// The folder of a shard.
    pub(super) fn shard(&self, number: u32) -> PathBuf {
        self.folder().join(format!("shards/{number}-of-{}", self.kept.shards))
    }
}

/// Refuses to submit words that were kept and not yet shown: somebody else may have written them.
fn was_shown(kept: &Kept, seen: Option<&str>, output: &Path) -> Result<(), SlurmError> {
    let now = kept.seen();
    if seen == Some(&*now) {
        return Ok(());
    }
    let batch = format!("{} shards of {}", kept.shards, message::shell_word(&kept.scenario));
    let words = kept.words();
    let words = words.iter().map(|word| message::shell_word(word));
    let words: Vec<String> = std::iter::once(batch).chain(words).collect();
    Err(SlurmError::NotShown {
        path: output.join("slurm").join(BATCH),
        words: words.join(" "),
        output: message::shell_word(&output.display().to_string()),
        seen: now,
    })
}

fn load(folder: &Path, flags: &RunFlags) -> Result<(Scenario, run::Arguments), Error> {
    let run = flags.read(folder).map_err(|error| SlurmError::Kept {
        path: folder.to_owned(),
        message: error.to_string(),
    })?;
    let changed = load::changed(folder, &run.replaced, &run.policies, false)?;
    load::tell_unread_set(&changed.scenario, false);
    Ok((changed.scenario, run::Arguments { policies: changed.policies, ..run }))
}

fn kept(output: &Path) -> Result<Option<Kept>, SlurmError> {
    let path = output.join("slurm").join(BATCH);
    let kept = |message: String| SlurmError::Kept { path: path.clone(), message };
    let Some(bytes) =
        batch_folder::read(&output.join("slurm")).map_err(|error| kept(error.to_string()))?
    else {
        return Ok(None);
    };
    let read: Kept = serde_json::from_slice(&bytes).map_err(|error| kept(error.to_string()))?;
    let plain = Path::new(&read.scenario).file_name().is_some_and(|name| *name == *read.scenario);
    if !plain || read.shards == 0 || read.shards > crate::experiment::shard::MOST_SHARDS {
        return Err(kept("scenario or number of shards are impossible".to_owned()));
    }
    Ok(Some(read))
}

fn absolute(path: &Path) -> Result<PathBuf, SlurmError> {
    path::absolute(path).map_err(|source| SlurmError::Place { path: path.to_owned(), source })
}

fn program() -> Result<PathBuf, SlurmError> {
    env::current_exe()
        .map_err(|source| SlurmError::Place { path: env!("CARGO_PKG_NAME").into(), source })
}
