//! `yangjae run`: THE PIPELINE, from a scenario to a folder of results.
//!
//! | to change | look at |
//! |---|---|
//! | what bears on results, and enters manifest and fingerprint | `recipe.rs`, `report/folder/manifest.rs` |
//! | what becomes of an earlier run in the folder; `--resume` | `begin.rs` |
//! | which files are written, for `run`, `merge` and `verify` alike | `finish.rs` |

mod arguments;
mod assumptions;
pub mod begin;
mod dependence;
mod engine;
mod error;
pub mod finish;
mod job;
pub mod need;
mod recipe;
mod study;
mod variants;

pub use arguments::Arguments;
pub use arguments::MOST_REPLICATIONS;
pub use dependence::Dependence;
pub use engine::Engine;
pub use error::RunError;
pub use error::is_full;
pub use job::Job;
pub use recipe::Recipe;
pub use study::StudyEngine;
pub use study::member;

use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use crate::commands;
use crate::commands::Error;
use crate::commands::interrupt;
use crate::commands::run::begin::Begun;
use crate::commands::run::finish::Told;
use crate::experiment::batch;
use crate::experiment::batch::BatchPlan;
use crate::experiment::batch::Workers;
use crate::experiment::block::archive::Archive;
use crate::report;
use crate::report::folder::output_folder;
use crate::report::folder::output_folder::OutputFolder;
use crate::report::text::language::text;
use crate::report::text::progress;
use crate::report::text::progress::Bar;
use crate::report::text::progress::Visibility;
use crate::report::views::summary::Medium;
use crate::scenario::Scenario;
use crate::scenario::posterior::Posterior;

/// Reads all scenarios of the command line, then runs them one by one.
///
/// # Errors
///
/// Fails if a scenario has problems, before anything is run, and as [`run`] fails.
pub fn run_all(arguments: &Arguments) -> Result<(), Error> {
    let replaced = &arguments.replaced;
    let mut scenarios = Vec::new();
    for folder in &arguments.scenarios {
        scenarios.push(commands::load(folder, &replaced.set, replaced.until)?);
    }
    if arguments.force
        && let Some(output) = &arguments.output
        && let Some(cleared) =
            arguments.scenarios.iter().find(|folder| output_folder::clears(output, folder))
    {
        return Err(RunError::ScenarioInOutput(cleared.clone()).into());
    }
    apart(&scenarios, arguments)?;
    for (scenario, folder) in scenarios.iter().zip(&arguments.scenarios) {
        not_among_inputs(&output_path(&scenario.name, arguments), scenario, folder)?;
    }
    let stop = interrupt::watch();
    for (scenario, folder) in scenarios.iter().zip(&arguments.scenarios) {
        run(scenario, arguments, StudyEngine::new, &stop)
            .map_err(|error| commands::placed(error.into(), scenario, folder))?;
    }
    Ok(())
}

/// Makes sure that no scenario is written over another's results: a folder is named after its
/// scenario, and two may have one name.
fn apart(scenarios: &[Scenario], arguments: &Arguments) -> Result<(), RunError> {
    for (number, other) in scenarios.iter().enumerate() {
        if let Some(first) = scenarios[..number].iter().position(|one| one.name == other.name) {
            return Err(RunError::SameOutput {
                one: arguments.scenarios[first].clone(),
                other: arguments.scenarios[number].clone(),
                output: arguments
                    .output
                    .clone()
                    .unwrap_or_else(|| PathBuf::from("output"))
                    .join(&other.name),
            });
        }
    }
    Ok(())
}

/// Refuses an output folder in which results would lie among the inputs of a scenario.
///
/// # Errors
///
/// Fails if it is the scenario's folder, or one within it that holds inputs.
pub fn not_among_inputs(output: &Path, scenario: &Scenario, folder: &Path) -> Result<(), RunError> {
    if !output_folder::is_among_inputs(output, folder, &scenario.inputs) {
        return Ok(());
    }
    let (output, name) = (output.to_owned(), scenario.name.clone());
    Err(RunError::OutputAmongInputs { output, name })
}

/// Runs one scenario: every policy, every replication, every table.
///
/// `engine` makes the model of a scenario that already has the policies, seed and replications of
/// the command line.
///
/// # Errors
///
/// Fails if the command line does not fit the scenario, the simulation fails, the results cannot
/// be written, or the run is interrupted; then no table has its name.
pub fn run<E: Engine>(
    scenario: &Scenario,
    arguments: &Arguments,
    engine: impl FnOnce(&Scenario) -> E,
    stop: &AtomicBool,
) -> Result<(), RunError> {
    let recipe = Recipe::from_arguments(scenario, arguments)?;
    let workers = Workers::start(arguments.threads, stop)?;
    let recipe = variants::with_equal_budget(recipe, scenario, arguments, &workers)?;
    let engine = engine(&recipe.scenario);
    let job = Job::new(&recipe, &engine, &workers);

    let path = output_path(&scenario.name, arguments);
    let Some(begun) = begin::begin(&job, &path, arguments.manner())? else {
        return Ok(());
    };
    if !arguments.quiet {
        few_draws(&recipe.scenario);
        few_replications(arguments.events, recipe.scenario.replications);
        idle("without effect", &recipe.scenario.without_effect());
        idle("not read", &recipe.scenario.not_read);
    }
    let told = results(&job, &begun, arguments).map_err(|error| error.resumable(&path))?;
    show(&recipe, told.as_ref(), &begun.folder, medium(arguments.quiet))
}

/// Says so where there are more replications than draws of the posterior.
fn few_draws(scenario: &Scenario) {
    let draws = scenario.posterior.as_ref().map(Posterior::len);
    let more = draws.filter(|&draws| scenario.replications as usize > draws);
    if let Some(draws) = more.filter(|_| scenario.parameters_vary) {
        progress::message(&format!(
            "the posterior has {draws} draws for {} replications: intervals do not contain the error of \
             having so few; `yangjae calibrate --install --particles N` makes more",
            scenario.replications
        ));
    }
}

/// Says so where the command line wants events of more replications than there are.
fn few_replications(events: Option<u32>, replications: u32) {
    if let Some(events) = events.filter(|&events| events > replications) {
        progress::message(&format!(
            "`--events {events}`: there are {replications} replications, and events.csv is of all of them"
        ));
    }
}

/// Says in a line what the scenario says and no simulation of it reads, or which files nothing reads.
fn idle(what: &str, found: &[String]) {
    if let Some(first) = found.first() {
        let more = match found.len() - 1 {
            0 => String::new(),
            more => format!("; and {more} more, which `yangjae check` names"),
        };
        progress::message(&format!("{what}: {first}{more}"));
    }
}

/// Makes what is left to make, and every file.
fn results<E: Engine>(
    job: &Job<'_, E>,
    begun: &Begun,
    arguments: &Arguments,
) -> Result<Option<Told>, RunError> {
    simulate(job, begun, arguments)?;
    let folder = &begun.folder;
    let archive = Archive::open(&folder.blocks(), &job.shape, job.recipe.replications())?;
    finish::finish(job, &archive, folder)
}

/// Where the run is written.
#[must_use]
pub fn output_path(name: &str, arguments: &Arguments) -> PathBuf {
    match &arguments.output {
        // Several scenarios, several folders.
        Some(output) if arguments.scenarios.len() > 1 => output.join(name),
        Some(output) => output.clone(),
        None => {
            match arguments.shard {
                None => PathBuf::from("output").join(name),
                // Each shard its own, so that the tasks of an array need no `--output`.
                Some(shard) => PathBuf::from("output")
                    .join(format!("{name}-shards"))
                    .join(format!("{}-of-{}", shard.number(), shard.of())),
            }
        }
    }
}

/// Makes the blocks that are left.
fn simulate<E: Engine>(
    job: &Job<'_, E>,
    begun: &Begun,
    arguments: &Arguments,
) -> Result<(), RunError> {
    let hidden = arguments.quiet || arguments.no_progress;
    let visibility = if hidden { Visibility::Hidden } else { Visibility::OnTerminal };
    let left = begun.left.iter().map(|block| block.end - block.start).sum();
    let bar = Bar::new(&job.recipe.scenario.name, left, visibility);
    let blocks = begun.folder.blocks();
    let plan = BatchPlan { folder: &blocks, shape: &job.shape, blocks: begun.left.clone() };
    let one = |replication: u32, workspace: &mut E::Workspace| {
        job.engine.simulate(replication, workspace)
    };
    Ok(batch::run(job.workers, &plan, || job.engine.workspace(), one, &bar)?)
}

/// Says what came out: on the terminal for people, where to find it on standard error.
///
/// # Errors
///
/// Fails if the summary cannot be printed.
pub fn show(
    recipe: &Recipe,
    told: Option<&Told>,
    folder: &OutputFolder,
    medium: Option<Medium>,
) -> Result<(), RunError> {
    let Some(medium) = medium else {
        return Ok(());
    };
    let path = folder.path().display().to_string();
    let Some(told) = told else {
        let held = recipe.replications().len();
        let shard = recipe.shard.map_or_else(String::new, |shard| format!("shard {shard} with "));
        progress::message(&format!("{shard}{held} replications: in {path}"));
        return Ok(());
    };
    let language = recipe.options.language;
    let text = report::views::summary::summary(&told.findings, language, medium) + &told.notes;
    report::text::console::print(&text).map_err(RunError::Print)?;
    let message = text::fill(&text::tables_are_in, language, &[("folder", &path)]);
    progress::message(&format!("\n{message}"));
    Ok(())
}

/// For whom a summary is printed: nobody where `quiet`.
#[must_use]
pub fn medium(quiet: bool) -> Option<Medium> {
    let medium =
        if report::text::console::is_terminal() { Medium::Terminal } else { Medium::Plain };
    (!quiet).then_some(medium)
}
