//! The number of replications of a run that promises half-widths.
//!
//! It is a function of the scenario and the command line alone: of a whole run found as replications come in, of a shard
//! planned from a pilot that is the same for all shards. The run that follows is an ordinary one of that number.

use std::ops::Range;

use crate::analysis::decision::outcome::Outcome;
use crate::analysis::decision::outcome::OutcomeError;
use crate::analysis::evaluation::Evaluation;
use crate::analysis::evaluation::EvaluationError;
use crate::analysis::evaluation::History;
use crate::analysis::selection::promise;
use crate::analysis::selection::promise::Asked;
use crate::analysis::selection::promise::HalfWidth;
use crate::analysis::selection::promise::Promise;
use crate::analysis::statistics::Design;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Progress as _;
use crate::experiment::batch::Workers;
use crate::pipeline::error::WorkError;
use crate::pipeline::interrupt;
use crate::pipeline::recipe::Recipe;
use crate::report::folder::manifest::RunPlan;
use crate::report::text::progress::Bar;
use crate::report::text::progress::Visibility;
use crate::scenario::Policy;
use crate::scenario::money::said;

/// Why the number of replications was not found.
#[derive(Debug, thiserror::Error)]
pub enum PromiseError {
    /// No policy has an outcome.
    #[error("`--precision`: {0}")]
    Outcome(#[from] OutcomeError),
    /// There is nothing to take a difference of.
    #[error("`--precision` is of differences to the baseline, and there is no other policy")]
    NoPolicy,
    /// The ceiling is below the fewest.
    #[error(
        "`--replications {0}` is the ceiling of `--precision`, which takes at least {fewest}",
        fewest = promise::FEWEST
    )]
    Ceiling(u32),
    /// The evaluation failed.
    #[error(transparent)]
    Work(#[from] WorkError),
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
            Self::Outcome(_) | Self::NoPolicy | Self::Ceiling(_) => 2,
            Self::Work(error) => error.status(),
            Self::Stopped => interrupt::status(),
        }
    }
}

impl From<Halted<EvaluationError>> for PromiseError {
    fn from(error: Halted<EvaluationError>) -> Self {
        match WorkError::from(error) {
            WorkError::Interrupted => Self::Stopped,
            error => Self::Work(error),
        }
    }
}

/// What is asked of the number of replications.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The half-widths; none for the scenario's number.
    pub half_widths: &'a [HalfWidth],
    /// The most replications.
    pub ceiling: u32,
    /// After how many replications it is planned, not found; none to go on.
    pub pilot: Option<u32>,
    /// What an earlier run in the folder has found.
    pub known: Option<&'a RunPlan>,
}

/// The recipe with the number of replications by which half-widths hold, where some are asked for.
///
/// # Errors
///
/// Fails if no policy has an outcome, the ceiling is too low, or the evaluation fails or is interrupted.
pub fn with_precision(
    recipe: Recipe,
    wanted: Wanted<'_>,
    workers: &Workers<'_>,
    visibility: Visibility,
) -> Result<Recipe, PromiseError> {
    if wanted.half_widths.is_empty() {
        return Ok(recipe);
    }
    let promise = find(&recipe, wanted, workers, visibility)?;
    let mut recipe = recipe;
    recipe.scenario.replications = promise.replications;
    Ok(Recipe { promise: Some(promise), ..recipe })
}

/// Finds the number of replications, or takes the one that an earlier run has found.
///
/// # Errors
///
/// As [`with_precision`].
pub fn find(
    recipe: &Recipe,
    wanted: Wanted<'_>,
    workers: &Workers<'_>,
    visibility: Visibility,
) -> Result<Promise, PromiseError> {
    let scenario = &recipe.scenario;
    let baseline = &scenario.policies[scenario.baseline].name;
    let policies: Vec<Policy> =
        scenario.policies.iter().filter(|policy| policy.name != *baseline).cloned().collect();
    if policies.is_empty() {
        return Err(PromiseError::NoPolicy);
    }
    if wanted.ceiling < promise::FEWEST {
        return Err(PromiseError::Ceiling(wanted.ceiling));
    }
    let evaluation = Evaluation::new(scenario, &policies, workers);
    let layouts = evaluation.layouts();
    let known = |it: &HalfWidth| {
        Ok(HalfWidth { outcome: it.outcome.known(layouts)?, most: it.most })
    };
    let half_widths =
        wanted.half_widths.iter().map(known).collect::<Result<Vec<_>, OutcomeError>>()?;
    if let Some(found) = wanted.known.and_then(|plan| plan.promise.as_ref())
        && found.asked == half_widths.iter().map(ToString::to_string).collect::<Vec<_>>()
        && found.ceiling == wanted.ceiling
    {
        return Ok(found.clone());
    }
    let names: Vec<String> = layouts.iter().map(|layout| layout.policy.clone()).collect();
    let outcomes: Vec<Outcome> = half_widths.iter().map(|it| it.outcome.clone()).collect();
    let of_accounts = |it: &Outcome| said(it.unit(layouts), Some(&scenario.money)).into_owned();
    let units: Vec<String> = outcomes.iter().map(of_accounts).collect();
    let asked = Asked {
        half_widths: &half_widths,
        units: &units,
        policies: &names,
        ceiling: wanted.ceiling,
        pilot: wanted.pilot,
        design: Design::of_run(scenario),
    };
    let evaluate = |replications: Range<u32>| {
        let bar = Bar::new("precision", replications.end, visibility);
        (0..replications.start).for_each(|_| bar.replication_done());
        let histories: Vec<History> = replications.map(History::of).collect();
        evaluation.outcomes(&outcomes, &histories, &|| bar.replication_done())
    };
    Ok(promise::search(asked, evaluate)?)
}
