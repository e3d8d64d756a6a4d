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
use crate::report::folder::manifest::Manifest;
use crate::report::folder::manifest::RunPlan;
use crate::report::text::message::with_causes;
use crate::report::views::findings::finished;
use crate::scenario::InputFile;
use crate::scenario::Scenario;

/// A finished run.
pub(super) struct Opened {
    pub(super) path: PathBuf,
    pub(super) manifest: Manifest,
    /// Of manifest.json, which lists the digests of all else.
    pub(super) digest: String,
    /// Its files as they were read.
    pub(super) inputs: Vec<InputFile>,
    /// What was simulated; why it is not known, where the inputs of another version are none of this one.
    pub(super) recipe: Result<Recipe, String>,
}

impl Opened {
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
    let digest = manifest::digest(&path.join(manifest::FILE));
    let digest = digest.as_ref().map(Fingerprint::to_string).unwrap_or_default();
    Ok(Opened { path: path.to_owned(), manifest, digest, inputs, recipe })
}
