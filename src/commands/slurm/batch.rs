//! What a batch is: where it lies, how many shards, with which flags and resources.

use std::env;
use std::path;
use std::path::Path;
use std::path::PathBuf;

use serde::Deserialize;
use serde::Serialize;

use crate::commands;
use crate::commands::Error;
use crate::commands::run;
use crate::commands::run::Recipe;
use crate::commands::slurm::SlurmError;
use crate::commands::slurm::arguments::Arguments;
use crate::commands::slurm::arguments::Resources;
use crate::commands::slurm::arguments::SbatchArgument;
use crate::commands::slurm::flags::RunFlags;
use crate::experiment::batch;
use crate::report::batch_folder;
use crate::report::batch_folder::BATCH;
use crate::scenario::Scenario;

/// What is kept of a batch in `batch.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The number of shards.
    pub(super) shards: u32,
    /// The scenario's name, which is that of its folder.
    pub(super) scenario: String,
    /// Flags of `run`.
    pub(super) flags: Vec<String>,
    /// What tasks may use.
    pub(super) resources: Resources,
    /// More arguments of sbatch.
    pub(super) sbatch: Vec<SbatchArgument>,
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
        let (scenario, run) = load(&arguments.scenario, &arguments.flags)?;
        let recipe = Recipe::from_arguments(&scenario, &run).map_err(SlurmError::Recipe)?;
        let output = arguments.output.clone();
        let output = output.unwrap_or_else(|| Path::new("output").join(&scenario.name));
        let output = absolute(&output)?;
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
            flags: arguments.flags.0.clone(),
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
        if let Some(flag) = arguments.flags.0.first() {
            return Err(SlurmError::FlagsOfBatch(flag.clone()).into());
        }
        let output = arguments.output.clone().unwrap_or_else(|| {
            let name = arguments.scenario.file_name();
            Path::new("output").join(name.unwrap_or(arguments.scenario.as_os_str()))
        });
        let output = absolute(&output)?;
        let mut kept = kept(&output)?.ok_or_else(|| SlurmError::NoBatch(output.clone()))?;
        kept.resources = arguments.resources.clone().or(kept.resources);
        if !arguments.sbatch.is_empty() {
            kept.sbatch.clone_from(&arguments.sbatch);
        }
        let copy = output.join("slurm/scenario").join(&kept.scenario);
        let (scenario, run) = load(&copy, &RunFlags(kept.flags.clone()))?;
        let recipe = Recipe::from_arguments(&scenario, &run).map_err(SlurmError::Recipe)?;
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

fn load(folder: &Path, flags: &RunFlags) -> Result<(Scenario, run::Arguments), Error> {
    let run = flags.read(folder).map_err(|error| SlurmError::Kept {
        path: folder.to_owned(),
        message: error.to_string(),
    })?;
    let replaced = &run.replaced;
    Ok((commands::load(folder, &replaced.set, replaced.until)?, run))
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
