//! The number of replications of a run that promises half-widths.
//!
//! It is a function of the scenario and the command line alone: of a whole run found as replications come in, of a shard
//! planned from a pilot that is the same for all shards. The run that follows is an ordinary one of that number, which
//! takes the replications that were simulated to find it and does not simulate them again.

use std::ops::Range;
use std::path::Path;

use tempfile::TempDir;

use crate::analysis::appraisal::Discounting;
use crate::analysis::decision::outcome::Outcome;
use crate::analysis::decision::outcome::OutcomeError;
use crate::analysis::evaluation::Outcomes;
use crate::analysis::selection::promise;
use crate::analysis::selection::promise::Asked;
use crate::analysis::selection::promise::HalfWidth;
use crate::analysis::selection::promise::Promise;
use crate::analysis::statistics::Design;
use crate::experiment::batch;
use crate::experiment::batch::BatchPlan;
use crate::experiment::batch::Progress as _;
use crate::experiment::block::archive::Archive;
use crate::pipeline::engine::Engine;
use crate::pipeline::error::WorkError;
use crate::pipeline::interrupt;
use crate::pipeline::job::Job;
use crate::pipeline::recipe::Recipe;
use crate::report::folder::manifest::RunPlan;
use crate::report::text::progress::Bar;
use crate::report::text::progress::Visibility;
use crate::scenario::Scenario;
use crate::scenario::money::said;

/// Replications in a block of the temporary folder.
const BLOCK: u32 = 5;

/// Why the number of replications was not found.
#[derive(Debug, thiserror::Error)]
pub enum PromiseError {
    /// No policy has an outcome.
    #[error("`--precision`: {0}")]
    Outcome(#[from] OutcomeError),
    /// An outcome has two half-widths.
    #[error("`--precision`: `{0}` has two half-widths; leave one out")]
    Twice(String),
    /// There is nothing to take a difference of.
    #[error("`--precision` is of differences to the baseline, and there is no other policy")]
    NoPolicy,
    /// The ceiling is below the fewest.
    #[error(
        "`--replications {0}` is the ceiling of `--precision`, which takes at least {fewest}",
        fewest = promise::FEWEST
    )]
    Ceiling(u32),
    /// The simulation failed.
    #[error(transparent)]
    Work(WorkError),
    /// Somebody has stopped it before its first block.
    #[error(
        "interrupted while the number of replications was looked for; nothing was written, and the same command begins \
         again"
    )]
    Stopped,
}

impl PromiseError {
    /// The program's exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Outcome(_) | Self::Twice(_) | Self::NoPolicy | Self::Ceiling(_) => 2,
            Self::Work(error) => error.status(),
            Self::Stopped => interrupt::status(),
        }
    }
}

impl From<WorkError> for PromiseError {
    fn from(error: WorkError) -> Self {
        match error {
            WorkError::Interrupted => Self::Stopped,
            error => Self::Work(error),
        }
    }
}

/// What is asked of the number of replications.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The half-widths.
    pub half_widths: &'a [HalfWidth],
    /// The most replications.
    pub ceiling: u32,
    /// After how many replications it is planned, not found; none to go on.
    pub pilot: Option<u32>,
    /// What an earlier run in the folder has found.
    pub known: Option<&'a RunPlan>,
}

/// Replications that were simulated while their number was looked for, in a temporary folder.
#[derive(Debug)]
pub struct Kept {
    archive: Archive,
    /// The series of each policy, by their places.
    series: Vec<Vec<usize>>,
    _scratch: TempDir,
}

impl Kept {
    /// The values of a replication as the engine has given them; nothing where it was not simulated, or cannot be read
    /// and must be simulated again.
    #[must_use]
    pub fn values(&self, replication: u32) -> Option<Vec<Vec<f64>>> {
        if !self.archive.replications().contains(&replication) {
            return None;
        }
        let of = |(policy, series): (usize, &Vec<usize>)| {
            self.archive.replication(policy, series, replication).ok()
        };
        self.series.iter().enumerate().map(of).collect()
    }
}

/// The recipe of a job with the number of replications by which half-widths hold, and those that were simulated to find
/// it.
///
/// # Errors
///
/// Fails if no policy has an outcome, the ceiling is too low, or the simulation fails or is interrupted.
pub fn with_precision<E: Engine>(
    job: &Job<'_, E>,
    wanted: Wanted<'_>,
    visibility: Visibility,
) -> Result<(Recipe, Option<Kept>), PromiseError> {
    let (promise, kept) = find(job, wanted, visibility)?;
    let mut recipe = job.recipe.clone();
    recipe.scenario.replications = promise.replications;
    Ok((Recipe { promise: Some(promise), ..recipe }, kept))
}

/// Finds the number of replications, or takes the one that an earlier run has found.
///
/// # Errors
///
/// As [`with_precision`].
pub fn find<E: Engine>(
    job: &Job<'_, E>,
    wanted: Wanted<'_>,
    visibility: Visibility,
) -> Result<(Promise, Option<Kept>), PromiseError> {
    let scenario = &job.recipe.scenario;
    if scenario.policies.len() < 2 {
        return Err(PromiseError::NoPolicy);
    }
    if wanted.ceiling < promise::FEWEST {
        return Err(PromiseError::Ceiling(wanted.ceiling));
    }
    let known =
        |it: &HalfWidth| Ok(HalfWidth { outcome: it.outcome.known(&job.layouts)?, most: it.most });
    let half_widths =
        wanted.half_widths.iter().map(known).collect::<Result<Vec<_>, OutcomeError>>()?;
    for (place, half_width) in half_widths.iter().enumerate() {
        if half_widths[..place].iter().any(|other| other.outcome == half_width.outcome) {
            return Err(PromiseError::Twice(half_width.outcome.to_string()));
        }
    }
    if let Some(found) = wanted.known.and_then(|plan| plan.promise.as_ref())
        && found.asked == half_widths.iter().map(ToString::to_string).collect::<Vec<_>>()
        && found.ceiling == wanted.ceiling
    {
        return Ok((found.clone(), None));
    }
    let places = baseline_first(scenario);
    let policies: Vec<String> =
        places.iter().map(|&place| scenario.policies[place].name.clone()).collect();
    let outcomes: Vec<Outcome> = half_widths.iter().map(|it| it.outcome.clone()).collect();
    let of_accounts =
        |it: &Outcome| said(it.unit(&job.layouts), Some(&scenario.money)).into_owned();
    let units: Vec<String> = outcomes.iter().map(of_accounts).collect();
    let asked = Asked {
        half_widths: &half_widths,
        units: &units,
        policies: &policies,
        ceiling: wanted.ceiling,
        pilot: wanted.pilot,
        design: Design::of_run(scenario),
    };
    let scratch = tempfile::tempdir().map_err(WorkError::Scratch)?;
    let evaluate = |replications: Range<u32>| {
        let bar = Bar::new("precision", replications.end, visibility);
        (0..replications.start).for_each(|_| bar.replication_done());
        let archive = simulate(job, scratch.path(), replications, &bar)?;
        read(job, &archive, &outcomes, &places)
    };
    let promise = promise::search(asked, evaluate)?;
    let archive = Archive::open(scratch.path(), &job.shape, 0..promise.evaluated);
    let series = job.layouts.iter().map(|layout| (0..layout.series.len()).collect()).collect();
    let archive = archive.map_err(WorkError::from)?;
    Ok((promise, Some(Kept { archive, series, _scratch: scratch })))
}

/// The policies by their places, the baseline first.
fn baseline_first(scenario: &Scenario) -> Vec<usize> {
    let others = (0..scenario.policies.len()).filter(|&policy| policy != scenario.baseline);
    std::iter::once(scenario.baseline).chain(others).collect()
}

/// Simulates some replications into a folder.
fn simulate<E: Engine>(
    job: &Job<'_, E>,
    folder: &Path,
    replications: Range<u32>,
    bar: &Bar,
) -> Result<Archive, WorkError> {
    let end = replications.end;
    let block = |first: u32| first..first.saturating_add(BLOCK).min(end);
    let blocks = replications.clone().step_by(BLOCK as usize).map(block).collect();
    let plan = BatchPlan { folder, shape: &job.shape, blocks };
    let one = |replication: u32, workspace: &mut E::Workspace| {
        job.engine.simulate(replication, workspace)
    };
    batch::run(job.workers, &plan, || job.engine.workspace(), one, bar)?;
    Ok(Archive::open(folder, &job.shape, replications)?)
}

/// Reads outcomes, by outcome and policy; a metric that a policy does not have is 0.
fn read<E: Engine>(
    job: &Job<'_, E>,
    archive: &Archive,
    outcomes: &[Outcome],
    places: &[usize],
) -> Result<Outcomes, WorkError> {
    let results = job.results(archive);
    let discounting = Discounting::of(&job.recipe.scenario);
    let of_policy = |outcome: &Outcome, policy: usize| {
        let found = outcome.read(&results, policy, discounting)?;
        Ok(found.unwrap_or_else(|| vec![0.0; archive.replications().len()]))
    };
    let of_outcome =
        |outcome: &Outcome| places.iter().map(|&policy| of_policy(outcome, policy)).collect();
    outcomes.iter().map(of_outcome).collect()
}
