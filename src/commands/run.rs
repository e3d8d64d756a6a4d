//! `yangjae run`: THE PIPELINE, from a scenario to a folder of results.

use std::error::Error;
use std::io;
use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use crate::analysis::additionality;
use crate::analysis::additionality::Note;
use crate::analysis::comparison;
use crate::analysis::highlights;
use crate::analysis::highlights::Highlights;
use crate::analysis::layout::Layout;
use crate::analysis::results::ReadError;
use crate::analysis::results::Results;
use crate::analysis::summary;
use crate::commands::DEFAULT_SCENARIO;
use crate::commands::SetArguments;
use crate::commands::engine::StudyEngine;
use crate::commands::interrupt;
use crate::experiment::batch;
use crate::experiment::batch::BatchError;
use crate::experiment::batch::BatchPlan;
use crate::experiment::batch::Halted;
use crate::experiment::batch::ThreadError;
use crate::experiment::batch::Workers;
use crate::experiment::block::BlockError;
use crate::experiment::block::RunShape;
use crate::experiment::block::archive::Archive;
use crate::experiment::fingerprint::Fingerprint;
use crate::experiment::fingerprint::Parts;
use crate::experiment::whole_file::CompleteFile;
use crate::experiment::whole_file::WriteError;
use crate::report;
use crate::report::events::EventRow;
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
use crate::report::replications::ReplicationsError;
use crate::report::summary::Medium;
use crate::report::table::TableError;
use crate::scenario::Scenario;

/// The most replications of one run.
const MOST_REPLICATIONS: i64 = 10_000_000;

/// What `run` takes on the command line.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Folders of scenarios
    #[arg(value_name = "SCENARIO", default_value = DEFAULT_SCENARIO)]
    pub scenarios: Vec<PathBuf>,
    /// Run this policy only; the baseline is added (repeatable)
    #[arg(long = "policy", value_name = "NAME")]
    pub policies: Vec<String>,
    /// Simulate this many histories instead of the scenario's number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST_REPLICATIONS))]
    pub replications: Option<u32>,
    /// Draw all chance from this seed instead of the scenario's
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Values of parameters, and the last year.
    #[command(flatten)]
    pub changes: SetArguments,
    /// Use this many threads; results are the same on any number
    #[arg(long, value_name = "T")]
    pub threads: Option<NonZeroUsize>,
    /// Write here instead of output/NAME-OF-SCENARIO
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Write events.csv for the first N replications
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub events: u32,
    /// Write replications.csv: every value of every replication
    #[arg(long)]
    pub replication_csv: bool,
    /// Print no summary and show no progress
    #[arg(long)]
    pub quiet: bool,
    /// Show no progress
    #[arg(long)]
    pub no_progress: bool,
    /// Replace a finished run in the output folder
    #[arg(long)]
    pub force: bool,
}

/// What `run` runs: the model of one scenario, with its policies in order.
pub trait Engine: Sync {
    /// Memory that one thread uses again for each replication.
    type Workspace;
    /// Why a replication cannot be finished: a mistake in the program, such as accounts that do
    /// not close. It names the policy, the replication and the year.
    type Error: Error + Send + Sync + 'static;

    /// The series of each policy of the scenario, in their order. All have the same years.
    fn layouts(&self) -> Vec<Layout>;

    /// A workspace for one thread. What a replication yields does not depend on its history.
    fn workspace(&self) -> Self::Workspace;

    /// One replication: for each policy its values, series by series, year by year.
    ///
    /// # Errors
    ///
    /// Fails where the model has a mistake.
    fn simulate(
        &self,
        replication: u32,
        workspace: &mut Self::Workspace,
    ) -> Result<Vec<Vec<f64>>, Self::Error>;

    /// The events of one policy in one replication, in order.
    ///
    /// # Errors
    ///
    /// Fails where the model has a mistake.
    fn events(
        &self,
        policy: usize,
        replication: u32,
        workspace: &mut Self::Workspace,
    ) -> Result<Vec<EventRow>, Self::Error>;

    /// What is to be said about terms of additionality.
    fn notes(&self) -> Vec<Note>;
}

/// Why a run was not finished.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A policy on the command line is not in the scenario.
    #[error("the scenario `{scenario}` has no policy `{name}`; it has {known}")]
    UnknownPolicy {
        /// The scenario.
        scenario: String,
        /// The name.
        name: String,
        /// The policies that it has.
        known: String,
    },
    /// The output folder cannot be used.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The threads cannot be started.
    #[error(transparent)]
    Threads(#[from] ThreadError),
    /// The simulation failed.
    #[error("the simulation failed")]
    Simulation(#[source] Box<dyn Error + Send + Sync>),
    /// Values cannot be read or written.
    #[error(transparent)]
    Block(#[from] BlockError),
    /// A computation broke off.
    #[error("the statistics failed: {message}; this is a mistake in the program")]
    Statistics {
        /// What it said.
        message: String,
    },
    /// A table cannot be written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The manifest cannot be written.
    #[error(transparent)]
    Manifest(#[from] WriteError),
    /// The summary cannot be printed.
    #[error("the summary cannot be printed; the tables are written")]
    Print(#[source] io::Error),
    /// Somebody has stopped it.
    #[error("interrupted; no table was written")]
    Interrupted,
}

impl RunError {
    /// The program's exit status.
    #[must_use]
    pub const fn status(&self) -> u8 {
        match self {
            Self::UnknownPolicy { .. }
            | Self::Folder(
                FolderError::Finished(_) | FolderError::Occupied(_) | FolderError::InputPath(_),
            ) => 2,
            Self::Interrupted => interrupt::STATUS,
            _ => 1,
        }
    }
}

impl From<ReadError> for RunError {
    fn from(error: ReadError) -> Self {
        match error {
            Halted::Stopped => Self::Interrupted,
            Halted::Failed(error) => Self::Block(error),
            Halted::Panicked { message, .. } => Self::Statistics { message },
        }
    }
}

impl<E: Error + Send + Sync + 'static> From<Halted<BatchError<E>>> for RunError {
    fn from(error: Halted<BatchError<E>>) -> Self {
        match error {
            Halted::Stopped => Self::Interrupted,
            Halted::Failed(BatchError::Block(error)) => Self::Block(error),
            Halted::Failed(BatchError::Simulation(error)) => Self::Simulation(Box::new(error)),
            Halted::Failed(error) => Self::Simulation(Box::new(error)),
            Halted::Panicked { message, .. } => Self::Statistics { message },
        }
    }
}

impl From<ReplicationsError> for RunError {
    fn from(error: ReplicationsError) -> Self {
        match error {
            ReplicationsError::Table(error) => Self::Table(error),
            ReplicationsError::Block(error) => Self::Block(error),
            ReplicationsError::Stopped => Self::Interrupted,
        }
    }
}

/// Runs each scenario of the command line, one after the other.
///
/// All are read before the first runs, so that a mistake in the last costs nothing.
///
/// # Errors
///
/// Fails if a scenario has problems, and as [`run`] does.
pub fn scenarios(arguments: &Arguments) -> Result<(), crate::commands::Error> {
    let SetArguments { set, until } = &arguments.changes;
    let read: Result<Vec<Scenario>, _> =
        arguments.scenarios.iter().map(|folder| Scenario::load(folder, set, *until)).collect();
    let stop = interrupt::watch();
    for scenario in read? {
        run(&scenario, arguments, StudyEngine::new, &stop)?;
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
    let scenario = chosen(scenario, arguments)?;
    let engine = engine(&scenario);
    let layouts = engine.layouts();
    let shape = run_shape(&scenario, arguments, &layouts);
    let workers = Workers::start(arguments.threads, stop)?;
    let folder = open_folder(&scenario, arguments)?;
    folder.keep_inputs(&scenario.inputs)?;

    simulate(&scenario, arguments, &engine, &workers, &shape, &folder)?;
    let archive = Archive::open(&folder.blocks(), &shape, 0..scenario.replications)?;
    let baseline = scenario.baseline;
    let results = Results { layouts: &layouts, baseline, archive: &archive, workers: &workers };
    let tables = write_tables(&scenario, arguments, &engine, &results, &folder)?;
    let highlights = highlights::highlights(&results)?;
    let manifest = describe(&scenario, arguments, &shape, &archive, &tables);
    let manifest = manifest::write(folder.path(), &manifest)?;
    if workers.stopped() {
        return Err(RunError::Interrupted);
    }
    folder.publish(tables, manifest)?;
    show(&scenario, arguments, &highlights, &folder)
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
    chosen
        .policies
        .retain(|policy| policy.name == baseline || arguments.policies.contains(&policy.name));
    let place = chosen.policies.iter().position(|policy| policy.name == baseline);
    chosen.baseline = place.expect("the baseline has been retained");
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
    for (parameter, value) in &arguments.changes.set {
        parts.add(&format!("set {parameter}"), value.as_bytes());
    }
    let until = arguments.changes.until.map_or_else(String::new, |year| year.to_string());
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
    scenario: &Scenario,
    arguments: &Arguments,
    engine: &E,
    results: &Results<'_>,
    folder: &OutputFolder,
) -> Result<Vec<CompleteFile>, RunError> {
    let path = folder.path();
    let mut tables = vec![
        report::yearly::write(path, &summary::summarise(results)?)?,
        report::comparison::write(path, &comparison::compare(results)?)?,
        report::additionality::write(
            path,
            &additionality::additionality(results, &engine.notes())?,
        )?,
    ];
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
    scenario: &Scenario,
    arguments: &Arguments,
    shape: &RunShape,
    archive: &Archive,
    tables: &[CompleteFile],
) -> Manifest {
    let set = arguments.changes.set.iter();
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
        until: arguments.changes.until,
        options: Options { events: arguments.events, replication_csv: arguments.replication_csv },
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
    scenario: &Scenario,
    arguments: &Arguments,
    highlights: &Highlights<'_>,
    folder: &OutputFolder,
) -> Result<(), RunError> {
    if arguments.quiet {
        return Ok(());
    }
    let medium = if io::stdout().is_terminal() { Medium::Terminal } else { Medium::Plain };
    let text = report::summary::summary(scenario, highlights, medium);
    report::console::print(&text).map_err(RunError::Print)?;
    progress::message(&format!("\ntables are in {}", folder.path().display()));
    Ok(())
}
