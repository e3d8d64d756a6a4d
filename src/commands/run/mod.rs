//! `yangjae run`: from a scenario to a folder of results. The steps are those of `pipeline`.

mod arguments;
pub mod error;
mod futures;
mod only;
mod sampling;

pub use arguments::Arguments;
pub use arguments::MOST_REPLICATIONS;
pub use futures::Worlds;
pub use futures::future_names;
pub use sampling::SamplingArguments;

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use crate::analysis::pairs;
use crate::analysis::selection::promise;
use crate::analysis::selection::promise::Promise;
use crate::commands::error::Error;
use crate::commands::error::placed;
use crate::commands::interrupt;
use crate::commands::output;
use crate::commands::output::OutputError;
use crate::commands::run::error::RunError;
use crate::commands::whole;
use crate::commands::whole::Again;
use crate::commands::whole::WholeError;
use crate::experiment::batch;
use crate::experiment::batch::BatchPlan;
use crate::experiment::batch::Workers;
use crate::pipeline::asked_for;
use crate::pipeline::begin;
use crate::pipeline::begin::Begun;
use crate::pipeline::engine::Engine;
use crate::pipeline::error::WorkError;
use crate::pipeline::job::Job;
use crate::pipeline::promise::Kept;
use crate::pipeline::promise::Wanted;
use crate::pipeline::promise::find;
use crate::pipeline::promise::with_precision;
use crate::pipeline::recipe;
use crate::pipeline::recipe::Recipe;
use crate::pipeline::recipe::RecipeError;
use crate::pipeline::study::StudyEngine;
use crate::pipeline::variants;
use crate::report::folder::manifest::Choices;
use crate::report::folder::manifest::Options;
use crate::report::folder::manifest::RunPlan;
use crate::report::folder::output_folder;
use crate::report::folder::posterior_origin;
use crate::report::tables::column::TableSpec;
use crate::report::tables::events::Event;
use crate::report::tables::groups::GroupOfStartups;
use crate::report::tables::replications::ReplicationFilter;
use crate::report::tables::replications::ReplicationValue;
use crate::report::tables::row::Row as _;
use crate::report::text::language::Language;
use crate::report::text::progress;
use crate::report::text::progress::Bar;
use crate::report::text::progress::Visibility;
use crate::report::views::translation;
use crate::scenario::Scenario;
use crate::scenario::appraisal::RuleSet;
use crate::scenario::posterior::Posterior;

/// Reads all scenarios of the command line, then runs them one by one.
///
/// # Errors
///
/// Fails if a scenario has problems, before anything is run, and as [`run`] fails.
pub fn run_all(arguments: &Arguments) -> Result<(), Error> {
    let folders = arguments.scenarios.folders();
    let mut scenarios = Vec::new();
    for folder in &folders {
        scenarios.push(Worlds::load(folder, arguments)?);
    }
    if arguments.force
        && let Some(output) = &arguments.output
        && let Some(cleared) = folders.iter().find(|folder| output_folder::clears(output, folder))
    {
        return Err(RunError::from(OutputError::HoldsScenario(cleared.clone())).into());
    }
    apart(&scenarios, &folders, arguments).map_err(RunError::from)?;
    for (worlds, folder) in scenarios.iter().zip(&folders) {
        for scenario in worlds.all() {
            let output = output_path(scenario, arguments);
            output::not_among_inputs(&output, scenario, folder).map_err(RunError::from)?;
        }
    }
    let stop = interrupt::watch();
    for (worlds, folder) in scenarios.iter().zip(&folders) {
        if let Some(doubt) = posterior_origin::doubt(folder, &worlds.present)
            && !arguments.quiet
        {
            progress::message(doubt.told());
        }
        let policies = worlds.policies.clone();
        let arguments = &Arguments { policies, ..arguments.clone() };
        let replications = run(&worlds.present, arguments, StudyEngine::new, &stop)
            .map_err(|error| placed(error.into(), &worlds.present, folder))?;
        let alike = &arguments.in_future(replications);
        for scenario in &worlds.futures {
            run(scenario, alike, StudyEngine::new, &stop)
                .map_err(|error| placed(error.into(), scenario, folder))?;
        }
        let has_views = arguments.shard.is_none() && arguments.only.is_empty();
        if !worlds.futures.is_empty() && !arguments.quiet && has_views {
            futures::show(worlds, &output_path(&worlds.present, arguments), arguments)?;
        }
    }
    Ok(())
}

/// Makes sure that no scenario is written over another's results: a folder is named after its
/// scenario, and two may have one name.
fn apart(
    scenarios: &[Worlds],
    folders: &[PathBuf],
    arguments: &Arguments,
) -> Result<(), OutputError> {
    let names: Vec<&str> = scenarios.iter().map(|worlds| worlds.present.name.as_str()).collect();
    for (number, other) in names.iter().enumerate() {
        if let Some(first) = names[..number].iter().position(|one| one == other) {
            return Err(OutputError::SameOutput {
                one: folders[first].clone(),
                other: folders[number].clone(),
                output: arguments
                    .output
                    .clone()
                    .unwrap_or_else(|| PathBuf::from("output"))
                    .join(other),
            });
        }
    }
    Ok(())
}

/// Runs one scenario: every policy, every replication, every table. Gives the number of replications.
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
) -> Result<u32, RunError> {
    let recipe = recipe(scenario, arguments)?;
    let workers = Workers::start(arguments.threads, stop).map_err(WorkError::from);
    let workers = workers.map_err(WholeError::from)?;
    let (names, bars) = (&arguments.policies, visibility(arguments));
    let recipe = variants::with_equal_budget(recipe, scenario, names, &workers, bars)?;
    let engine = engine(&recipe.scenario);
    let layouts = engine.layouts();
    asked_for::outcomes(&layouts, &recipe.options)?;
    asked_for::best(&layouts, &recipe.options)?;
    let path = output_path(scenario, arguments);
    let (recipe, kept) = if arguments.sampling.precision.is_empty() {
        (recipe, None)
    } else {
        begin::may_begin(&path, arguments.manner()).map_err(WholeError::from)?;
        let known = arguments.resume.then(|| begin::plan_in(&path)).flatten();
        let job = Job::new(&recipe, &engine, &workers);
        with_precision(&job, wanted(arguments, known.as_ref()), bars)?
    };
    let job = Job::new(&recipe, &engine, &workers);

    let again = Again {
        with: " with `--resume`",
        stopped: format!(
            "`{}` has no table yet, and the same command with `--resume` goes on from its finished \
             blocks",
            path.display()
        ),
    };
    let blocks = |begun: &Begun| {
        if scenario.future.is_some() && !arguments.quiet {
            idle("without effect", &recipe.scenario.future_without_effect());
        } else if !arguments.quiet {
            few_draws(&recipe.scenario);
            few_replications(arguments.events, recipe.scenario.replications);
            idle("hardly meant", &recipe.scenario.implausible());
            idle("without effect", &job.recipe.without_effect());
            idle("not read", &recipe.scenario.not_read);
            if let Some(lacks) = translation::lacks(recipe.language(), &recipe.scenario) {
                progress::message(&lacks);
            }
        }
        simulate(&job, begun, kept.as_ref(), arguments)
    };
    // Of futures one table is shown at the end.
    let quiet = arguments.quiet || scenario.future.is_some();
    whole::write(&job, (&path, arguments.manner()), again, quiet, blocks)?;
    if let Some(future) = scenario.future.as_ref().filter(|_| !arguments.quiet) {
        progress::message(&format!("future `{}`: in {}", future.name, path.display()));
    }
    Ok(job.recipe.scenario.replications)
}

/// What the command line asks of the number of replications. Shards plan it from a pilot, as none knows of the others.
fn wanted<'a>(arguments: &'a Arguments, known: Option<&'a RunPlan>) -> Wanted<'a> {
    Wanted {
        half_widths: &arguments.sampling.precision,
        ceiling: arguments.replications.unwrap_or(promise::CEILING),
        pilot: arguments.shard.map(|_| promise::PILOT),
        known,
    }
}

/// What all shards of a run will plan by a promise of precision; nothing where none is made.
///
/// # Errors
///
/// Fails as [`run`] fails before its first replication.
pub fn planned(scenario: &Scenario, arguments: &Arguments) -> Result<Option<Promise>, RunError> {
    if arguments.sampling.precision.is_empty() {
        return Ok(None);
    }
    let stop = interrupt::watch();
    let workers = Workers::start(arguments.threads, &stop).map_err(WorkError::from);
    let workers = workers.map_err(WholeError::from)?;
    let (names, bars) = (&arguments.policies, visibility(arguments));
    let recipe = recipe(scenario, arguments)?;
    let recipe = variants::with_equal_budget(recipe, scenario, names, &workers, bars)?;
    let engine = StudyEngine::new(&recipe.scenario);
    let job = Job::new(&recipe, &engine, &workers);
    let wanted = Wanted { pilot: Some(promise::PILOT), ..wanted(arguments, None) };
    Ok(Some(find(&job, wanted, bars)?.0))
}

/// What the command line of `run` asks of a scenario, which was loaded with its `--set` and
/// `--until`.
///
/// # Errors
///
/// Fails if the scenario lacks a policy that is asked for.
pub fn recipe(scenario: &Scenario, arguments: &Arguments) -> Result<Recipe, RecipeError> {
    let placebo = arguments.placebo;
    let mut scenario = recipe::assembled(scenario, &arguments.policies, None, placebo)?;
    scenario.seed = arguments.seed.unwrap_or(scenario.seed);
    scenario.replications = arguments.replications.unwrap_or(scenario.replications);
    let set = arguments.replaced.parameters().into_iter();
    let (outputs, rule_set) = (scenario.outputs, scenario.appraisal.rule_set);
    Language::of(&arguments.language, &scenario)?;
    let appraisal = arguments.appraisal.unwrap_or(rule_set);
    if let Some(why) = appraisal.unfit(&scenario.money) {
        let fit = RuleSet::fit_for(&scenario.money).map(RuleSet::name).collect::<Vec<_>>();
        return Err(RecipeError::RuleSet { why, fit: fit.join(", ") });
    }
    let many = scenario.policies.len() > pairs::MANY;
    let only = only::only(arguments, outputs)?;
    // What the scenario asks for and the command line leaves out.
    let leaves_out =
        |table: TableSpec| !only.is_empty() && !only.iter().any(|it| it == table.name());
    scenario.outputs.groups |= arguments.groups;
    scenario.outputs.groups &= !leaves_out(GroupOfStartups::TABLE);
    let filter = ReplicationFilter {
        metrics: arguments.replication_metrics.clone(),
        places: arguments.replication_places.clone(),
        years: arguments.replication_years.clone(),
    };
    let groups = scenario.outputs.groups;
    let future = scenario.future.as_ref().map(|future| future.name.clone());
    let best = arguments.sampling.best();
    let policies = scenario.options().len();
    if let Some(best) = best.as_ref().map(|best| best.of).filter(|&best| best >= policies) {
        return Err(RecipeError::BestOf { best, policies });
    }
    Ok(Recipe {
        scenario,
        shard: arguments.shard,
        choices: Choices {
            set: set.map(|(parameter, value)| format!("{parameter}={value}")).collect(),
            until: arguments.replaced.until,
            placebo,
            equal_budget: arguments.equal_budget,
            groups,
            future,
        },
        // Known only when the pilot has been run.
        scaled: None,
        promise: None,
        options: Options {
            events: if leaves_out(Event::TABLE) {
                0
            } else {
                arguments.events.unwrap_or(outputs.events)
            },
            replication_csv: (arguments.replication_csv
                || outputs.replication_csv
                || !filter.is_empty())
                && !leaves_out(ReplicationValue::TABLE),
            only,
            parquet: arguments.parquet,
            replication_filter: filter,
            outcomes: arguments.outcomes.iter().map(ToString::to_string).collect(),
            // Of few policies they are all compared anyway.
            pairs: arguments.pairs && many,
            no_live: arguments.no_live,
            best,
            appraisal,
            language: arguments.language.clone(),
            csv_dialect: arguments.csv_dialect,
        },
    })
}

/// Whether progress is shown.
fn visibility(arguments: &Arguments) -> Visibility {
    let hidden = arguments.quiet || arguments.no_progress;
    if hidden { Visibility::Hidden } else { Visibility::OnTerminal }
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

/// Where the run is written: in a future, in a folder within that of the run as it is.
#[must_use]
pub fn output_path(scenario: &Scenario, arguments: &Arguments) -> PathBuf {
    let path = path_of(&scenario.name, arguments);
    match &scenario.future {
        Some(future) => output_folder::of_future(&path, &future.name),
        None => path,
    }
}

fn path_of(name: &str, arguments: &Arguments) -> PathBuf {
    match &arguments.output {
        // Several scenarios, several folders.
        Some(output) if arguments.scenarios.count() > 1 => output.join(name),
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

/// Makes the blocks that are left, of replications that are kept and of others that are simulated.
fn simulate<E: Engine>(
    job: &Job<'_, E>,
    begun: &Begun,
    kept: Option<&Kept>,
    arguments: &Arguments,
) -> Result<(), WorkError> {
    let left = begun.left.iter().map(|block| block.end - block.start).sum();
    let future = job.recipe.scenario.future.as_ref();
    let name = future.map_or(&job.recipe.scenario.name, |future| &future.name);
    let bar = Bar::new(name, left, visibility(arguments));
    let blocks = begun.folder.blocks();
    let plan = BatchPlan { folder: &blocks, shape: &job.shape, blocks: begun.left.clone() };
    let one = |replication: u32, workspace: &mut E::Workspace| {
        let kept = kept.and_then(|kept| kept.values(replication));
        kept.map_or_else(|| job.engine.simulate(replication, workspace), Ok)
    };
    Ok(batch::run(job.workers, &plan, || job.engine.workspace(), one, &bar)?)
}
