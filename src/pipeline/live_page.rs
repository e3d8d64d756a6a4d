//! The live page of a run: its scenario with the engine, and what the run found.

use std::path::Path;

use crate::analysis::results::Results;
use crate::evidence::sources::Swing;
use crate::experiment::whole_file;
use crate::experiment::whole_file::CompleteFile;
use crate::explore::assemble;
use crate::explore::data;
use crate::explore::data::Figures;
use crate::explore::data::Futures;
use crate::explore::data::Source;
use crate::explore::session::base::Base;
use crate::pipeline::engine::Engine;
use crate::pipeline::error::WorkError;
use crate::pipeline::job::Job;
use crate::pipeline::recipe::Recipe;
use crate::report::folder::viewed;
use crate::scenario::Policy;
use crate::scenario::Scenario;

/// Whether a run of this recipe has one: not where it is left out or tables alone are asked for, of policies in sizes that
/// no file holds, or where the baseline is alone.
pub(super) fn is_wanted(recipe: &Recipe) -> bool {
    let policies = recipe.scenario.policies.iter().filter(|policy| !policy.is_placebo()).count();
    recipe.has_views() && !recipe.options.no_live && recipe.scaled.is_none() && policies > 1
}

/// Writes it. Its other futures are not among the inputs of a run, so that it has the run's alone; `yangjae explore`
/// has them all.
pub(super) fn write<E: Engine>(
    job: &Job<'_, E>,
    results: &Results<'_>,
    swings: Vec<Swing>,
    folder: &Path,
) -> Result<CompleteFile, WorkError> {
    let recipe = job.recipe;
    let scenario = without_placebos(&recipe.scenario);
    let choices = &recipe.choices;
    let base = Base {
        seed: Some(scenario.seed),
        until: choices.until,
        set: recipe.set(),
        future: choices.future.clone(),
        replications: None,
    };
    let futures = Futures::default();
    let source =
        Source { scenario: &scenario, base: &base, futures: &futures, language: recipe.language() };
    let figures = Figures::of_run(&scenario, results, swings)?;
    let page = assemble::page(&data::data(&source, &figures)?)?;
    Ok(whole_file::complete(&folder.join(viewed::LIVE), page.as_bytes())?)
}

/// No file holds placebos.
fn without_placebos(scenario: &Scenario) -> Scenario {
    let mut shown = scenario.clone();
    let baseline = scenario.policies[scenario.baseline].name.clone();
    shown.policies.retain(|policy| !Policy::is_placebo(policy));
    let place = shown.policies.iter().position(|policy| policy.name == baseline);
    shown.baseline = place.unwrap_or_default();
    shown
}
