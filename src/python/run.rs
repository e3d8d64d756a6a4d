//! A run as Python has it: the values of its replications, and the tables that are made of them when they are asked for.

use std::num::NonZeroUsize;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use tempfile::TempDir;

use crate::analysis::layout::Table as Kind;
use crate::commands::error::Error;
use crate::commands::output;
use crate::commands::output::OutputError;
use crate::commands::report::error::ReportError;
use crate::commands::run::error::RunError;
use crate::commands::whole::WholeError;
use crate::experiment::batch;
use crate::experiment::batch::BatchPlan;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Progress as _;
use crate::experiment::batch::Silent;
use crate::experiment::batch::Workers;
use crate::experiment::block::BlockError;
use crate::experiment::block::archive::Archive;
use crate::experiment::block::memory::InMemory;
use crate::pipeline::asked_for;
use crate::pipeline::begin;
use crate::pipeline::begin::Manner;
use crate::pipeline::decision;
use crate::pipeline::decision::Asked;
use crate::pipeline::decision::futures;
use crate::pipeline::engine::Engine;
use crate::pipeline::error::WorkError;
use crate::pipeline::finish;
use crate::pipeline::job::Job;
use crate::pipeline::recipe::Recipe;
use crate::pipeline::study::StudyEngine;
use crate::python::failure::Failure;
use crate::python::failure::failed;
use crate::python::table::Table;
use crate::python::work::Counter;
use crate::python::work::scratch;
use crate::python::work::supervised;
use crate::python::work::unless_interrupted;
use crate::report::folder::manifest::Manifest;
use crate::report::folder::output_folder;
use crate::report::tables::column::TableSpec;
use crate::report::tables::decision::FOLDER;
use crate::report::tables::read::Tables;
use crate::report::tables::register::OF_DECISION;
use crate::report::tables::register::OF_RUN;
use crate::report::tables::replications::ReplicationFilter;
use crate::report::tables::replications::ReplicationValue;
use crate::report::tables::row::Row as _;
use crate::report::text::dialect::Target;
use crate::report::views::deciding::DecisionTables;
use crate::report::views::deciding::OfRun;
use crate::report::views::deciding::Telling;
use crate::report::views::findings::error::FindingsError;
use crate::report::views::findings::finished;

/// Values beyond this are kept in files `[bytes]`.
const MOST_IN_MEMORY: usize = 512 << 20;

/// A run: what was simulated, and by which recipe.
#[pyclass(frozen, module = "yangjae._native")]
#[derive(Debug)]
pub(super) struct Run {
    recipe: Recipe,
    engine: StudyEngine,
    archive: Archive,
    threads: Option<NonZeroUsize>,
    /// Where the files of its scenario lie, which no results may lie among.
    inputs: PathBuf,
    /// The folder that it was read from, with what it says of itself.
    folder: Option<(PathBuf, Manifest)>,
    /// Where its values are, if they are in files of their own.
    _blocks: Option<TempDir>,
}

impl Run {
    /// Simulates the replications of a recipe.
    pub(super) fn simulate(
        (recipe, inputs): (Recipe, PathBuf),
        threads: Option<NonZeroUsize>,
        stop: &AtomicBool,
        counter: &Counter,
    ) -> Result<Self, Error> {
        let engine = StudyEngine::new(&recipe.scenario);
        let workers = Workers::start(threads, stop).map_err(WorkError::from)?;
        let job = Job::new(&recipe, &engine, &workers);
        asked_for::outcomes(&job.layouts, &recipe.options).map_err(WorkError::from)?;
        let replications = recipe.scenario.replications;
        let of_one: usize = job.layouts.iter().map(|layout| size_of::<f64>() * layout.len()).sum();
        let (archive, blocks) = if of_one.saturating_mul(replications as usize) > MOST_IN_MEMORY {
            let folder = tempfile::tempdir().map_err(WorkError::Scratch)?;
            let plan =
                BatchPlan { folder: folder.path(), shape: &job.shape, blocks: recipe.blocks() };
            let one = |replication: u32, workspace: &mut _| engine.simulate(replication, workspace);
            batch::run(&workers, &plan, || engine.workspace(), one, counter)
                .map_err(WorkError::from)?;
            let archive = Archive::open(folder.path(), &job.shape, recipe.replications());
            (archive.map_err(WorkError::from)?, Some(folder))
        } else {
            let one = |workspace: &mut _, number: usize| {
                let replication = u32::try_from(number).unwrap_or(u32::MAX);
                let values = engine.simulate(replication, workspace).map_err(Halted::Failed);
                counter.replication_done();
                values
            };
            let values = workers.map_in_order(replications as usize, || engine.workspace(), one);
            let values = values.map_err(WorkError::from)?;
            (Archive::in_memory(InMemory::new(0, job.shape.years, values)), None)
        };
        Ok(Self { recipe, engine, archive, threads, inputs, folder: None, _blocks: blocks })
    }

    /// Does something with the run, until Python is interrupted.
    fn with_job<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&Job<'_, StudyEngine>) -> Result<T, Error> + Send,
    ) -> PyResult<T> {
        supervised(py, None, 0, |stop, _| {
            let workers = Workers::start(self.threads, stop);
            let workers = workers.map_err(|error| failed(WorkError::from(error)))?;
            work(&Job::new(&self.recipe, &self.engine, &workers)).map_err(failed)
        })
    }

    /// Makes a table that is not in the folder of the run, and reads it.
    fn made(&self, py: Python<'_>, mut recipe: Recipe, spec: TableSpec) -> PyResult<Table> {
        recipe.options.only = vec![spec.name().to_owned()];
        let recipe = &recipe;
        let scratch = scratch()?;
        supervised(py, None, 0, |stop, _| {
            let workers = Workers::start(self.threads, stop);
            let workers = workers.map_err(|error| failed(WorkError::from(error)))?;
            let job = Job::new(recipe, &self.engine, &workers);
            asked_for::outcomes(&job.layouts, &recipe.options)
                .map_err(|error| failed(WorkError::from(error)))?;
            let made = finish::write_files(&job, &self.archive, scratch.path()).map_err(failed)?;
            for table in made {
                table.publish().map_err(|error| failed(WorkError::from(error)))?;
            }
            Table::read_in(scratch.path(), spec, Some(&recipe.scenario.money))
        })
    }

    fn decided(&self, asked: &Asked, stop: &AtomicBool) -> Result<Decided, Failure> {
        let scratch = scratch()?;
        let path = scratch.path();
        let scenario = &self.recipe.scenario;
        let words = self.judged(asked, stop, path).map_err(failed)?;
        let mut found = Vec::new();
        for spec in OF_DECISION {
            if path.join(spec.file).exists() {
                let table = Table::read_in(path, spec, Some(&scenario.money))?;
                found.push((spec.name().to_owned(), table));
            }
        }
        Ok((found, words))
    }

    /// Writes the tables of a decision into a folder; gives its words.
    fn judged(&self, asked: &Asked, stop: &AtomicBool, path: &Path) -> Result<String, Error> {
        let workers = Workers::start(self.threads, stop).map_err(WorkError::from)?;
        let job = Job::new(&self.recipe, &self.engine, &workers);
        let scenario = &self.recipe.scenario;
        let in_futures = match &self.folder {
            Some((folder, manifest)) => futures::find(folder, manifest)?,
            None => Vec::new(),
        };
        let results = job.results(&self.archive);
        let decided = decision::decide(scenario, &results, &in_futures, asked)?;
        let to = Target::standard(path, scenario.money);
        output_folder::make(&path.join(FOLDER)).map_err(ReportError::from)?;
        let of_futures = futures::write(to, &decided).map_err(WorkError::from)?;
        let tables = decision::write(to, &decided).map_err(WorkError::from)?;
        for table in tables.into_iter().chain(of_futures) {
            table.publish().map_err(ReportError::from)?;
        }
        let language = self.recipe.language();
        let called = |name: &str| finish::called(scenario, name, language).to_owned();
        let read = DecisionTables::read(&Tables(path)).map_err(FindingsError::from);
        let read = read.map_err(ReportError::from)?;
        let run = OfRun::new(scenario, scenario.replications);
        let told = read.map(|tables| {
            Telling { tables: &tables, run: &run, language, called: &called }.on_terminal()
        });
        Ok(told.unwrap_or_default())
    }

    /// The values of a replication, by policy, as the model has given them.
    fn values_of(
        &self,
        job: &Job<'_, StudyEngine>,
        replication: u32,
    ) -> Result<Vec<Vec<f64>>, BlockError> {
        let of = |(policy, layout): (usize, &crate::analysis::layout::Layout)| {
            let all: Vec<usize> = (0..layout.series.len()).collect();
            self.archive.replication(policy, &all, replication)
        };
        job.layouts.iter().enumerate().map(of).collect()
    }
}

/// What is asked of a decision: criteria as written, and the value that each is to reach.
type Targets = Vec<(String, f64)>;

/// A decision: its tables by name, and its words.
type Decided = (Vec<(String, Table)>, String);

#[pymethods]
impl Run {
    /// Opens the folder of a finished run.
    #[staticmethod]
    fn open(py: Python<'_>, folder: PathBuf, threads: Option<NonZeroUsize>) -> PyResult<Self> {
        let opened = py.detach(|| {
            let manifest = finished::read_manifest(&folder).map_err(ReportError::from)?;
            let recipe = Recipe::from_folder(&folder, &manifest.plan)?;
            let engine = StudyEngine::new(&recipe.scenario);
            let stop = AtomicBool::new(false);
            let workers = Workers::start(NonZeroUsize::new(1), &stop).map_err(WorkError::from)?;
            let job = Job::new(&recipe, &engine, &workers);
            let blocks = output_folder::blocks_of(&folder);
            let archive = Archive::open(&blocks, &job.shape, recipe.replications());
            let archive = archive.map_err(WorkError::from)?;
            let (inputs, folder) = (output_folder::inputs_of(&folder), Some((folder, manifest)));
            Ok(Self { recipe, engine, archive, threads, inputs, folder, _blocks: None })
        });
        Ok(opened.map_err(|error: Error| failed(error))?)
    }

    #[getter]
    fn scenario(&self) -> &str {
        &self.recipe.scenario.name
    }

    #[getter]
    fn policies(&self) -> Vec<String> {
        self.recipe.scenario.policies.iter().map(|policy| policy.name.clone()).collect()
    }

    #[getter]
    fn baseline(&self) -> &str {
        &self.recipe.scenario.policies[self.recipe.scenario.baseline].name
    }

    #[getter]
    fn years(&self) -> (u16, u16) {
        (self.recipe.scenario.first_year, self.recipe.scenario.last_year)
    }

    #[getter]
    fn replications(&self) -> u32 {
        self.recipe.scenario.replications
    }

    #[getter]
    fn seed(&self) -> u64 {
        self.recipe.scenario.seed
    }

    #[getter]
    fn money(&self) -> String {
        self.recipe.scenario.money.account.to_string()
    }

    #[getter]
    fn folder(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|(folder, _)| folder.clone())
    }

    /// The names of its tables, in the order of its manifest.
    fn tables(&self) -> Vec<&'static str> {
        OF_RUN.iter().filter(|spec| self.recipe.writes(spec)).map(TableSpec::name).collect()
    }

    /// One of its tables; nothing where it has none of the name.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Option<Table>> {
        let Some(spec) = OF_RUN.into_iter().find(|spec| spec.name() == name) else {
            return Ok(None);
        };
        if !self.recipe.writes(&spec) {
            return Ok(None);
        }
        if let Some((folder, _)) = &self.folder
            && folder.join(spec.file).exists()
        {
            let money = &self.recipe.scenario.money;
            return Ok(Some(py.detach(|| Table::read_in(folder, spec, Some(money)))?));
        }
        self.made(py, self.recipe.clone(), spec).map(Some)
    }

    /// The values of metrics by replication, with the columns of replications.csv; of all metrics, places and years where
    /// none is named.
    fn replication_values(
        &self,
        py: Python<'_>,
        metrics: Vec<String>,
        places: Vec<String>,
        years: Vec<u16>,
    ) -> PyResult<Table> {
        let mut recipe = self.recipe.clone();
        recipe.options.replication_csv = true;
        recipe.options.replication_filter = ReplicationFilter { metrics, places, years };
        self.made(py, recipe, ReplicationValue::TABLE)
    }

    /// Metric, place and unit of every series that some policy has.
    fn series(&self, py: Python<'_>) -> PyResult<Vec<(String, String, String)>> {
        self.with_job(py, |job| {
            let mut all: Vec<(String, String, String)> = Vec::new();
            for series in job.layouts.iter().flat_map(|layout| &layout.series) {
                let money = Some(&self.recipe.scenario.money);
                let unit = crate::scenario::money::said(series.unit, money).into_owned();
                let one = (series.name.to_owned(), series.place.clone(), unit);
                if series.table == Kind::Metric && !all.contains(&one) {
                    all.push(one);
                }
            }
            Ok(all)
        })
    }

    /// The values of one metric at one place under a policy, replication by replication and year by year, as doubles in
    /// the machine's byte order; nothing where the policy does not have it.
    fn values<'py>(
        &self,
        py: Python<'py>,
        policy: usize,
        metric: &str,
        place: &str,
    ) -> PyResult<Option<Bound<'py, PyBytes>>> {
        let values = self.with_job(py, |job| {
            let layout = job.layouts.get(policy);
            let found = layout.and_then(|layout| layout.position(Kind::Metric, metric, place));
            let Some(series) = found else { return Ok(None) };
            let mut bytes = Vec::new();
            self.archive
                .each_replication::<BlockError>(policy, &[series], |_, values| {
                    let values = values.iter().flat_map(|years| years.iter());
                    bytes.extend(values.flat_map(|value| value.to_ne_bytes()));
                    Ok(())
                })
                .map_err(WorkError::from)?;
            Ok(Some(bytes))
        })?;
        Ok(values.map(|bytes| PyBytes::new(py, &bytes)))
    }

    /// Judges the policies as `yangjae decide` does: its tables by name, and its words.
    fn decide(
        slf: Py<Self>,
        py: Python<'_>,
        criteria: Vec<String>,
        targets: Targets,
    ) -> PyResult<Decided> {
        let asked = Asked { criteria, targets };
        unless_interrupted(py, move |stop| slf.get().decided(&asked, stop))
    }

    /// Writes the folder that `yangjae run` leaves: the same bytes.
    fn save(&self, py: Python<'_>, folder: PathBuf, replace: bool) -> PyResult<()> {
        self.with_job(py, |job| {
            let scenario = &self.recipe.scenario;
            output::not_among_inputs(&folder, scenario, &self.inputs)?;
            if replace && output_folder::clears(&folder, &self.inputs) {
                return Err(OutputError::HoldsScenario(self.inputs.clone()).into());
            }
            let manner = if replace { Manner::Replace } else { Manner::Keep };
            let begun = begin::begin(job, &folder, manner);
            let begun = begun.map_err(|error| RunError::from(WholeError::from(error)))?;
            let Some(begun) = begun else { return Ok(()) };
            let blocks = begun.folder.blocks();
            let plan = BatchPlan { folder: &blocks, shape: &job.shape, blocks: begun.left };
            let one = |replication: u32, (): &mut ()| self.values_of(job, replication);
            batch::run(job.workers, &plan, || (), one, &Silent).map_err(WorkError::from)?;
            let archive = Archive::open(&blocks, &job.shape, self.recipe.replications());
            finish::finish(job, &archive.map_err(WorkError::from)?, &begun.folder)?;
            Ok(())
        })
    }
}
