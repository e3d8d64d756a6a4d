//! `yangjae run`: THE PIPELINE, from a scenario to a folder of results.

mod arguments;
mod engine;
mod error;
mod study;
mod variants;

pub use arguments::Arguments;
pub use engine::Engine;
pub use error::RunError;
pub use study::StudyEngine;
pub use study::member;
pub use variants::Prepared;
pub use variants::prepare;

use std::io;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use crate::analysis::additionality;
use crate::analysis::appraisal;
use crate::analysis::appraisal::Discounting;
use crate::analysis::comparison;
use crate::analysis::equal_budget::PILOT;
use crate::analysis::highlights;
use crate::analysis::highlights::Highlights;
use crate::analysis::layout::Layout;
use crate::analysis::metrics::METRICS;
use crate::analysis::noise;
use crate::analysis::noise::GrossFlows;
use crate::analysis::results::Results;
use crate::analysis::summary;
use crate::commands::Error;
use crate::commands::interrupt;
use crate::experiment::batch;
use crate::experiment::batch::BatchPlan;
use crate::experiment::batch::Workers;
use crate::experiment::block::RunShape;
use crate::experiment::block::archive::Archive;
use crate::experiment::fingerprint::Fingerprint;
use crate::experiment::fingerprint::Parts;
use crate::experiment::whole_file::CompleteFile;
use crate::report;
use crate::report::manifest;
use crate::report::manifest::ListedBlocks;
use crate::report::manifest::Manifest;
use crate::report::manifest::Options;
use crate::report::output_folder::Finished;
use crate::report::output_folder::FolderError;
use crate::report::output_folder::OutputFolder;
use crate::report::progress;
use crate::report::progress::Bar;
use crate::report::progress::Visibility;
use crate::report::summary::Medium;
use crate::scenario::Policy;
use crate::scenario::Scenario;

/// Reads all scenarios of the command line, then runs them one by one.
///
/// # Errors
///
/// Fails if a scenario has problems, before anything is run, and as [`run`] fails.
pub fn run_all(arguments: &Arguments) -> Result<(), Error> {
    let replaced = &arguments.replaced;
    let metrics: Vec<&str> = METRICS.iter().map(|metric| metric.name).collect();
    let mut scenarios = Vec::new();
    for folder in &arguments.scenarios {
        let scenario = Scenario::load(folder, &replaced.set, replaced.until)?;
        scenario.check_metrics(folder, &metrics)?;
        scenarios.push(scenario);
    }
    let stop = interrupt::watch();
    for scenario in &scenarios {
        run(scenario, arguments, StudyEngine::new, &stop)?;
    }
    Ok(())
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
    let workers = Workers::start(arguments.threads, stop)?;
    let prepared = prepare(scenario, arguments, &workers)?;
    let scenario = prepared.scenario.clone();
    let engine = engine(&scenario);
    let layouts = engine.layouts();
    let shape = run_shape(&scenario, arguments, &layouts);
    let folder = open_folder(&scenario, arguments)?;
    folder.keep_inputs(&scenario.inputs)?;

    simulate(&scenario, arguments, &engine, &workers, &shape, &folder)?;
    let archive = Archive::open(&folder.blocks(), &shape, 0..scenario.replications)?;
    let baseline = scenario.baseline;
    let results = Results { layouts: &layouts, baseline, archive: &archive, workers: &workers };
    let tables = write_tables(&prepared, arguments, &engine, &results, &folder)?;
    let (shown, pairs) = shown_and_placebos(&scenario);
    let highlights = highlights::highlights_of(&results, &shown)?;
    let noise = noise::gross_flows(&results, &pairs)?;
    let manifest = describe(&prepared, arguments, &shape, &archive, &tables);
    let manifest = manifest::write(folder.path(), &manifest)?;
    if workers.stopped() {
        return Err(RunError::Interrupted);
    }
    folder.publish(tables, manifest)?;
    show(&prepared, arguments, &highlights, &noise, &folder)
}

/// The policies that the summary shows, and pairs of a policy and its placebo, by their places.
fn shown_and_placebos(scenario: &Scenario) -> (Vec<usize>, Vec<(usize, usize)>) {
    let places = 0..scenario.policies.len();
    let (placebos, shown): (Vec<usize>, Vec<usize>) =
        places.partition(|&place| scenario.policies[place].is_placebo());
    // A placebo stands directly after its policy.
    let pairs = placebos.iter().filter_map(|&place| Some((place.checked_sub(1)?, place)));
    (shown, pairs.collect())
}

/// The scenario as the command line wants it: policies in the scenario's order, with the baseline.
///
/// # Errors
///
/// Fails if the scenario lacks a policy that is asked for.
pub fn chosen(scenario: &Scenario, arguments: &Arguments) -> Result<Scenario, RunError> {
    let mut chosen = scenario.clone();
    chosen.seed = arguments.seed.unwrap_or(scenario.seed);
    chosen.replications = arguments.replications.unwrap_or(scenario.replications);
    if arguments.policies.is_empty() {
        return Ok(chosen);
    }
    for name in &arguments.policies {
        if scenario.policies.iter().all(|policy| policy.name != *name) {
            let names: Vec<&str> =
                scenario.policies.iter().map(|policy| policy.name.as_str()).collect();
            let known = names.join(", ");
            let scenario = scenario.name.clone();
            return Err(RunError::UnknownPolicy { scenario, name: name.clone(), known });
        }
    }
    let baseline = scenario.policies[scenario.baseline].name.as_str();
    let is_chosen =
        |policy: &Policy| policy.name == baseline || arguments.policies.contains(&policy.name);
    chosen.policies.retain(is_chosen);
    let before = &scenario.policies[..scenario.baseline];
    chosen.baseline = before.iter().filter(|policy| is_chosen(policy)).count();
    Ok(chosen)
}

fn run_shape(scenario: &Scenario, arguments: &Arguments, layouts: &[Layout]) -> RunShape {
    RunShape {
        fingerprint: fingerprint(scenario, arguments),
        years: layouts.first().map_or(0, |layout| layout.years.len()),
        policies: layouts.iter().map(Layout::shape).collect(),
    }
}

/// A digest of everything that bears on the values of a replication: neither the number of
/// replications nor the choice of policies does, as each is simulated for itself.
fn fingerprint(scenario: &Scenario, arguments: &Arguments) -> Fingerprint {
    let mut parts = Parts::new().with("version", env!("CARGO_PKG_VERSION").as_bytes());
    for input in &scenario.inputs {
        parts.add(&format!("input {}", input.path), &input.bytes);
    }
    for (parameter, value) in &arguments.replaced.set {
        parts.add(&format!("set {parameter}"), value.as_bytes());
    }
    if arguments.placebo {
        parts.add("placebo", b"");
    }
    if arguments.equal_budget {
        let pilot = format!("pilot {} to {}", PILOT.start, PILOT.end);
        parts.add("equal budget", pilot.as_bytes());
    }
    let until = arguments.replaced.until.map_or_else(String::new, |year| year.to_string());
    parts
        .with("until", until.as_bytes())
        .with("seed", &scenario.seed.to_le_bytes())
        .with("baseline", scenario.policies[scenario.baseline].name.as_bytes())
        .fingerprint()
}

fn open_folder(scenario: &Scenario, arguments: &Arguments) -> Result<OutputFolder, FolderError> {
    let path = match &arguments.output {
        // Several scenarios, several folders.
        Some(output) if arguments.scenarios.len() > 1 => output.join(&scenario.name),
        Some(output) => output.clone(),
        None => PathBuf::from("output").join(&scenario.name),
    };
    let finished = if arguments.force { Finished::Replace } else { Finished::Keep };
    OutputFolder::open(&path, finished)
}

fn simulate<E: Engine>(
    scenario: &Scenario,
    arguments: &Arguments,
    engine: &E,
    workers: &Workers<'_>,
    shape: &RunShape,
    folder: &OutputFolder,
) -> Result<(), RunError> {
    let hidden = arguments.quiet || arguments.no_progress;
    let visibility = if hidden { Visibility::Hidden } else { Visibility::OnTerminal };
    let bar = Bar::new(&scenario.name, scenario.replications, visibility);
    let blocks = folder.blocks();
    let plan = BatchPlan { folder: &blocks, shape, blocks: batch::blocks(scenario.replications) };
    let one =
        |replication: u32, workspace: &mut E::Workspace| engine.simulate(replication, workspace);
    Ok(batch::run(workers, &plan, || engine.workspace(), one, &bar)?)
}

fn write_tables<E: Engine>(
    prepared: &Prepared,
    arguments: &Arguments,
    engine: &E,
    results: &Results<'_>,
    folder: &OutputFolder,
) -> Result<Vec<CompleteFile>, RunError> {
    let scenario = &prepared.scenario;
    let path = folder.path();
    let mut tables = vec![
        report::yearly::write(path, &summary::summarise(results)?)?,
        report::comparison::write(path, &comparison::compare(results)?)?,
        report::additionality::write(
            path,
            &additionality::additionality(results, &engine.notes())?,
        )?,
        report::cost_benefit::write(
            path,
            &appraisal::appraise(results, Discounting::of(scenario))?,
        )?,
    ];
    if let Some(budget) = &prepared.equal_budget {
        tables.push(report::equal_budget::write(path, budget)?);
    }
    if arguments.replication_csv {
        tables.push(report::replications::write(path, results)?);
    }
    if arguments.events > 0 {
        tables.push(write_events(scenario, arguments, engine, results, folder)?);
    }
    tables.push(report::dictionary::write(path, &report::dictionary::entries(scenario))?);
    tables.push(report::levers::write(path, &scenario.policies)?);
    Ok(tables)
}

/// Simulates the first replications once more, with their events, a policy at a time.
fn write_events<E: Engine>(
    scenario: &Scenario,
    arguments: &Arguments,
    engine: &E,
    results: &Results<'_>,
    folder: &OutputFolder,
) -> Result<CompleteFile, RunError> {
    let mut table = report::events::EventTable::create(folder.path())?;
    let mut workspace = engine.workspace();
    for policy in 0..scenario.policies.len() {
        for replication in 0..arguments.events.min(scenario.replications) {
            if results.workers.stopped() {
                return Err(RunError::Interrupted);
            }
            let events = engine.events(policy, replication, &mut workspace);
            let events = events.map_err(|error| RunError::Simulation(Box::new(error)))?;
            table.rows(&events)?;
        }
    }
    Ok(table.complete()?)
}

fn describe(
    prepared: &Prepared,
    arguments: &Arguments,
    shape: &RunShape,
    archive: &Archive,
    tables: &[CompleteFile],
) -> Manifest {
    let scenario = &prepared.scenario;
    let set = arguments.replaced.set.iter();
    Manifest {
        program: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: scenario.name.clone(),
        inputs: manifest::inputs(&scenario.inputs),
        seed: scenario.seed,
        replications: scenario.replications,
        shard: None,
        baseline: scenario.policies[scenario.baseline].name.clone(),
        policies: scenario.policies.iter().map(|policy| policy.name.clone()).collect(),
        first_year: scenario.first_year,
        last_year: scenario.last_year,
        set: set.map(|(parameter, value)| format!("{parameter}={value}")).collect(),
        until: arguments.replaced.until,
        options: Options {
            events: arguments.events,
            replication_csv: arguments.replication_csv,
            placebo: arguments.placebo,
            equal_budget: arguments.equal_budget,
        },
        equal_budget: prepared.equal_budget.clone(),
        blocks: ListedBlocks {
            blocks: archive.blocks(),
            replications_each: batch::block_length(scenario.replications),
            fingerprint: shape.fingerprint.to_string(),
            seal: archive.seal().to_string(),
        },
        files: manifest::tables(tables),
    }
}

fn show(
    prepared: &Prepared,
    arguments: &Arguments,
    highlights: &Highlights<'_>,
    noise: &[GrossFlows<'_>],
    folder: &OutputFolder,
) -> Result<(), RunError> {
    if arguments.quiet {
        return Ok(());
    }
    let medium = if io::stdout().is_terminal() { Medium::Terminal } else { Medium::Plain };
    let mut text = report::summary::summary(&prepared.scenario, highlights, medium);
    if !noise.is_empty() {
        text.push('\n');
        text.push_str(&report::summary::noise(highlights.year, noise));
    }
    if let Some(budget) = &prepared.equal_budget {
        text.push('\n');
        text.push_str(&report::equal_budget::summary(budget));
    }
    report::console::print(&text).map_err(RunError::Print)?;
    progress::message(&format!("\ntables are in {}", folder.path().display()));
    Ok(())
}
