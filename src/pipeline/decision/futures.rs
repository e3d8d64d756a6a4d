//! The futures of a run: read from their folders within its own, and judged beside it.

use std::path::Path;
use std::path::PathBuf;

use crate::analysis::appraisal::Discounting;
use crate::analysis::decision::criterion::Criterion;
use crate::analysis::decision::futures::over_worlds;
use crate::analysis::decision::judged::JudgeError;
use crate::analysis::decision::judged::Judged;
use crate::analysis::decision::judged::Replications;
use crate::experiment::batch::Workers;
use crate::experiment::block::archive::Archive;
use crate::pipeline::decision::decided::Decided;
use crate::pipeline::decision::decided::InWorld;
use crate::pipeline::decision::error::DecideError;
use crate::pipeline::error::WorkError;
use crate::pipeline::job::Job;
use crate::pipeline::recipe::Recipe;
use crate::pipeline::study::StudyEngine;
use crate::report::folder::manifest;
use crate::report::folder::manifest::Manifest;
use crate::report::folder::manifest::RunPlan;
use crate::report::folder::output_folder;
use crate::report::tables::decision::futures::PolicyInFuture;
use crate::report::tables::row::Row as _;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;
use crate::report::text::progress;
use crate::scenario::future;
use crate::scenario::future::PRESENT;

/// The run in a future.
#[derive(Debug)]
pub struct FutureRun {
    /// The future.
    name: String,
    /// Its folder.
    pub folder: PathBuf,
    recipe: Recipe,
    /// What it says of itself.
    pub manifest: Manifest,
}

/// The values of every criterion in a future.
#[derive(Debug)]
pub(super) struct FutureValues {
    /// The future.
    name: String,
    /// By criterion, policy and replication, more being better.
    by_criterion: Vec<Vec<Vec<f64>>>,
}

/// The finished futures within the folder of a run. One that is not finished is told and left out.
///
/// # Errors
///
/// Fails if one is of another run, or cannot be read.
pub fn find(path: &Path, of: &Manifest) -> Result<Vec<FutureRun>, DecideError> {
    let mut found = Vec::new();
    for (name, folder) in output_folder::futures(path) {
        let read = manifest::read(&folder);
        let Some(manifest) = read.map_err(|error| unreadable(&name, &error.to_string()))? else {
            progress::message(&format!(
                "the future `{name}` is not finished and left out; the same `yangjae run` with `--resume` goes on with it"
            ));
            continue;
        };
        let differences = differences(&of.plan, &manifest.plan);
        if !differences.is_empty() {
            let differences = differences.join("; ");
            return Err(DecideError::OtherRun { name, differences });
        }
        let recipe = Recipe::from_folder(&folder, &manifest.plan);
        let recipe = recipe.map_err(|error| unreadable(&name, &error.to_string()))?;
        found.push(FutureRun { name, folder, recipe, manifest });
    }
    Ok(found)
}

fn unreadable(name: &str, why: &str) -> DecideError {
    DecideError::OtherRun { name: name.to_owned(), differences: why.to_owned() }
}

/// In what a run in a future differs from a run but for the future, and for options that bear on no value.
fn differences(present: &RunPlan, in_future: &RunPlan) -> Vec<String> {
    let mut same = in_future.clone();
    same.choices.future = None;
    same.inputs.retain(|input| future::name_of(&input.file).is_none());
    same.options = present.options.clone();
    same.promise.clone_from(&present.promise);
    present.differences(&same, "in the run", "in the future")
}

impl FutureRun {
    /// The values of each criterion, by policy of these places and replication, more being better.
    ///
    /// # Errors
    ///
    /// Fails if a block is missing or damaged.
    pub(super) fn values(
        &self,
        criteria: &[Criterion],
        options: &[usize],
        workers: &Workers<'_>,
    ) -> Result<FutureValues, DecideError> {
        let engine = StudyEngine::new(&self.recipe.scenario);
        let job = Job::new(&self.recipe, &engine, workers);
        let blocks = output_folder::blocks_of(&self.folder);
        let archive = Archive::open(&blocks, &job.shape, self.recipe.replications());
        let archive = archive.map_err(WorkError::from)?;
        if archive.seal().to_string() != self.manifest.blocks.seal {
            let why = "its blocks are not those that its manifest lists";
            return Err(unreadable(&self.name, why));
        }
        let results = job.results(&archive);
        let discounting = Discounting::of(&self.recipe.scenario);
        let mut all = Vec::new();
        for criterion in criteria {
            let criterion = criterion.clone().known(results.layouts).map_err(DecideError::from)?;
            let mut policies = Vec::new();
            for &policy in options {
                let read =
                    criterion.read(&results, policy, discounting).map_err(WorkError::from)?;
                let sign = if criterion.minimised { -1.0 } else { 1.0 };
                policies.push(read.into_iter().map(|value| sign * value).collect());
            }
            all.push(policies);
        }
        Ok(FutureValues { name: self.name.clone(), by_criterion: all })
    }
}

/// How each policy does in the present world, of these values, and in each future, by the criterion of this number; none
/// where there is no future. What is judged of rules for when probabilities are not trusted is then over all of them.
///
/// # Errors
///
/// Fails where a value is not finite.
pub(super) fn in_worlds(
    of: &Replications<'_>,
    judged: &mut Judged,
    (present, number, futures): (&[Vec<f64>], usize, &[FutureValues]),
    target: Option<f64>,
) -> Result<Vec<InWorld>, JudgeError> {
    if futures.is_empty() {
        return Ok(Vec::new());
    }
    let of_futures = futures.iter().map(|future| future.by_criterion[number].as_slice());
    let worlds: Vec<&[Vec<f64>]> = std::iter::once(present).chain(of_futures).collect();
    let found = over_worlds(of, judged, &worlds, target)?;
    let names = std::iter::once(PRESENT).chain(futures.iter().map(|future| future.name.as_str()));
    let world = |(name, standings): (&str, _)| InWorld { name: name.to_owned(), standings };
    Ok(names.zip(found).map(world).collect())
}

/// Writes the table, without giving it its name yet; none where there is no future, and then none is left from before.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(to: Target<'_>, decided: &Decided<'_>) -> Result<Option<CompleteTable>, TableError> {
    if decided.by_criterion.iter().all(|by| by.worlds.is_empty()) {
        // Of an earlier decision, when there were some; nothing is lost where it cannot be removed.
        for file in PolicyInFuture::TABLE.files() {
            let _ = output_folder::remove(&to.folder.join(file));
        }
        return Ok(None);
    }
    let mut table = TableWriter::<PolicyInFuture<'_>>::create(to)?;
    for by in &decided.by_criterion {
        for policy in 0..decided.options.len() {
            for world in &by.worlds {
                let standing = world.standings[policy];
                let changed = world.name != PRESENT;
                let (low, high) = (by.own(standing.p05), by.own(standing.p95));
                table.row(&PolicyInFuture {
                    criterion: &by.criterion.name,
                    unit: by.unit,
                    policy: decided.policy(policy),
                    future: &world.name,
                    mean: by.own(standing.mean),
                    mean_se: standing.mean_se,
                    lead: by.own(standing.lead.0),
                    lead_se: standing.lead.1,
                    lead_change: changed.then(|| by.own(standing.lead_change.0)),
                    lead_change_se: standing.lead_change.1.filter(|_| changed),
                    p05: low.min(high),
                    p95: low.max(high),
                    probability_loss: standing.probability_loss,
                    rank: standing.rank,
                    regret: standing.regret,
                })?;
            }
        }
    }
    table.complete().map(Some)
}
