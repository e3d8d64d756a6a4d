//! The folder of a finished run, opened for reading alone.

use std::path::Path;
use std::path::PathBuf;

use crate::commands::error::Error;
use crate::commands::report::error::ReportError;
use crate::commands::report::unchanged;
use crate::experiment::fingerprint::Fingerprint;
use crate::pipeline::recipe::Recipe;
use crate::pipeline::recipe::RecipeError;
use crate::report::folder::kept;
use crate::report::folder::manifest;
use crate::report::folder::manifest::ListedFile;
use crate::report::folder::manifest::Manifest;
use crate::report::folder::manifest::RunPlan;
use crate::report::folder::output_folder;
use crate::report::text::message::with_causes;
use crate::report::views::findings::finished;
use crate::scenario::InputFile;
use crate::scenario::Scenario;
use crate::scenario::future;

/// A finished run.
pub(super) struct Opened {
    pub(super) path: PathBuf,
    pub(super) manifest: Manifest,
    /// Of manifest.json, which lists the digests of all else.
    pub(super) digest: String,
    /// The runs in futures within its folder.
    pub(super) futures: Vec<InFuture>,
    /// Its files as they were read.
    pub(super) inputs: Vec<InputFile>,
    /// What was simulated; why it is not known, where the inputs of another version are none of this one.
    pub(super) recipe: Result<Recipe, String>,
}

/// A run in a future.
#[derive(PartialEq, Eq)]
pub(super) struct InFuture {
    /// The future.
    pub(super) name: String,
    /// The digest of the future's file; empty where the run is not finished.
    pub(super) file: String,
    /// That of the run's manifest.json.
    digest: String,
}

impl Opened {
    /// Whether another is the same run, to the byte, with the same futures.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.digest == other.digest && self.futures == other.futures
    }

    /// What the run was to make.
    pub(super) fn plan(&self) -> &RunPlan {
        &self.manifest.plan
    }

    /// Its scenario, with the policies as they were simulated.
    pub(super) fn scenario(&self) -> Option<&Scenario> {
        self.recipe.as_ref().ok().map(|recipe| &recipe.scenario)
    }

    /// Whether this version of the program made it.
    pub(super) fn is_of_this_version(&self) -> bool {
        is_ours(self.plan())
    }
}

fn is_ours(plan: &RunPlan) -> bool {
    plan.program == env!("CARGO_PKG_NAME") && plan.version == env!("CARGO_PKG_VERSION")
}

/// Opens a run.
///
/// # Errors
///
/// Fails if the folder holds no finished run, or a table or input of it is not what it wrote.
pub(super) fn open(path: &Path) -> Result<Opened, Error> {
    let manifest = finished::read_manifest(path).map_err(ReportError::from)?;
    unchanged(path, &manifest)?;
    let inputs = kept::inputs(path, &manifest.plan.inputs).map_err(RecipeError::DamagedInputs)?;
    // Inputs of another version are read as those of this one, if they can be.
    let plan = RunPlan {
        program: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..manifest.plan.clone()
    };
    let recipe = match Recipe::from_folder(path, &plan) {
        Ok(recipe) => Ok(recipe),
        Err(error) if is_ours(&manifest.plan) => return Err(error.into()),
        Err(error) => Err(with_causes(&error)),
    };
    let in_future = |(name, folder): (String, PathBuf)| {
        let listed = manifest::read(&folder).ok().flatten().map(|run| run.plan.inputs);
        let is_own = |file: &&ListedFile| future::name_of(&file.file) == Some(&*name);
        let file = listed.iter().flatten().find(is_own).map(|file| file.sha256.clone());
        InFuture { digest: digest(&folder), file: file.unwrap_or_default(), name }
    };
    let futures = output_folder::futures(path).into_iter().map(in_future).collect();
    Ok(Opened { path: path.to_owned(), manifest, digest: digest(path), futures, inputs, recipe })
}

/// The digest of a run's manifest.json; empty where it has none.
fn digest(folder: &Path) -> String {
    let digest = manifest::digest(&folder.join(manifest::FILE));
    digest.as_ref().map(Fingerprint::to_string).unwrap_or_default()
}
