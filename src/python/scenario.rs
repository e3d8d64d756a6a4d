//! A scenario as Python has it: read, described, changed, run.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use pyo3::prelude::*;

use crate::commands::error::placed;
use crate::commands::run;
use crate::commands::run::Arguments;
use crate::python::describe;
use crate::python::failure::Failure;
use crate::python::failure::failed;
use crate::python::run::Run;
use crate::python::simulate::Simulator;
use crate::python::source::Source;
use crate::python::table::Table;
use crate::python::table::finite;
use crate::python::work::scratch;
use crate::python::work::supervised;
use crate::report::folder::whole_folder;
use crate::report::tables::levers;
use crate::report::tables::levers::LeverSetting;
use crate::report::tables::row::Row as _;
use crate::report::text::dialect::Target;
use crate::scenario::InputFile;
use crate::scenario::edit::option;
use crate::scenario::edit::option::Alternatives;
use crate::scenario::future::name_of;
use crate::scenario::policy_text::retitled;

/// A scenario, checked and ready to run; it does not change.
#[pyclass(frozen, module = "yangjae._native")]
#[derive(Debug)]
pub(super) struct Scenario {
    source: Source,
    read: crate::scenario::Scenario,
    simulator: Simulator,
}

/// All that is needed to read a scenario again, as Python keeps it.
type State = (
    PathBuf,
    Option<Vec<(String, String)>>,
    Vec<(String, String)>,
    Vec<(String, String)>,
    Option<u16>,
    Option<String>,
);

/// A policy that was made of another: its name, that of the other, and the text of its file.
type Made = (String, String, String);

impl Scenario {
    fn of(py: Python<'_>, source: Source) -> PyResult<Self> {
        let read = py.detach(|| source.load()).map_err(Failure::Scenario)?;
        Ok(Self { source, read, simulator: Simulator::default() })
    }

    /// What `run` is asked on a command line.
    fn arguments(&self) -> Arguments {
        let mut arguments = Arguments::default();
        arguments.replaced.set.clone_from(&self.source.set);
        arguments.replaced.until = self.source.until;
        arguments
    }
}

#[pymethods]
impl Scenario {
    /// Reads the scenario of a folder.
    #[staticmethod]
    fn load(py: Python<'_>, folder: PathBuf) -> PyResult<Self> {
        Self::of(py, Source::of_folder(folder))
    }

    /// Reads one whose files are texts.
    #[staticmethod]
    fn of_texts(py: Python<'_>, name: PathBuf, texts: Vec<(String, String)>) -> PyResult<Self> {
        crate::scenario::Scenario::check_name(&name).map_err(Failure::Scenario)?;
        Self::of(py, Source { texts: Some(texts), ..Source::of_folder(name) })
    }

    /// Reads one from what [`Self::state`] has given.
    #[staticmethod]
    fn restore(py: Python<'_>, state: State) -> PyResult<Self> {
        let (folder, texts, policies, set, until, future) = state;
        Self::of(py, Source { folder, texts, policies, set, until, future })
    }

    /// All that is needed to read it again.
    fn state(&self) -> State {
        let Source { folder, texts, policies, set, until, future } = self.source.clone();
        (folder, texts, policies, set, until, future)
    }

    /// The same with parameters of other values, and cut short.
    #[pyo3(signature = (values, until=None))]
    fn with_parameters(
        &self,
        py: Python<'_>,
        values: Vec<(String, f64)>,
        until: Option<u16>,
    ) -> PyResult<Self> {
        let mut source = self.source.clone();
        for (name, value) in values {
            let value = finite(&name, value)?;
            source.set.retain(|(known, _)| *known != name);
            source.set.push((name, value.to_string()));
        }
        source.until = until.or(source.until);
        Self::of(py, source)
    }

    /// The same in one of its futures; none: as it is.
    fn in_future(&self, py: Python<'_>, future: Option<String>) -> PyResult<Self> {
        Self::of(py, Source { future, ..self.source.clone() })
    }

    /// The same with policies more, or others in their places: names, and the texts of their files.
    fn with_policies(&self, py: Python<'_>, policies: Vec<(String, String)>) -> PyResult<Self> {
        let mut source = self.source.clone();
        for (name, text) in policies {
            if name.is_empty() || name.contains(['/', '\\']) {
                let text = format!("`{name}` is no name of a policy, which is that of a file");
                return Err(Failure::Asked(text).into());
            }
            source.policies.retain(|(known, _)| *known != name);
            source.policies.push((name, text));
        }
        Self::of(py, source)
    }

    /// The policies that options as they are written on the command line make of those that are chosen, or of all but
    /// the baseline: each with its name, that of the policy which it changes, and the text of its file; and what of it has no effect.
    fn edited(
        &self,
        py: Python<'_>,
        options: Vec<String>,
        chosen: Vec<String>,
    ) -> PyResult<(Vec<Made>, Vec<String>)> {
        let read = |option: &String| {
            let wrong = |message| Failure::Asked(format!("`{option}`: {message}"));
            Alternatives::written(option).map_err(wrong)
        };
        let asked = options.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let asked = option::in_order(asked);
        let edited = py.detach(|| self.source.edited(&self.read, &asked, &chosen));
        let edited = edited.map_err(failed)?;
        let made = edited.made.into_iter().map(|made| (made.name, made.base, made.text)).collect();
        Ok((made, [edited.without_effect, edited.overridden].concat()))
    }

    /// The text of a policy's file under another title.
    #[staticmethod]
    fn retitled(text: &str, title: &str) -> String {
        retitled(text, title)
    }

    #[getter]
    fn name(&self) -> &str {
        &self.read.name
    }

    #[getter]
    fn title(&self) -> &str {
        &self.read.title_en
    }

    #[getter]
    fn question(&self) -> &str {
        &self.read.question
    }

    #[getter]
    fn money(&self) -> String {
        self.read.money.account.to_string()
    }

    #[getter]
    fn years(&self) -> (u16, u16) {
        (self.read.first_year, self.read.last_year)
    }

    #[getter]
    fn seed(&self) -> u64 {
        self.read.seed
    }

    #[getter]
    fn replications(&self) -> u32 {
        self.read.replications
    }

    #[getter]
    fn baseline(&self) -> &str {
        &self.read.policies[self.read.baseline].name
    }

    #[getter]
    fn future(&self) -> Option<&str> {
        self.source.future.as_deref()
    }

    #[getter]
    fn futures(&self) -> Vec<String> {
        self.source.futures()
    }

    /// What it says and no simulation reads, and what is hardly meant: a sentence each.
    fn remarks(&self, py: Python<'_>) -> Vec<String> {
        py.detach(|| {
            let mut all = self.read.implausible();
            all.extend(self.read.without_effect());
            all.extend(self.read.marks_without_effect());
            all.extend(self.read.not_read.iter().cloned());
            all
        })
    }

    fn policies(&self) -> PyResult<Table> {
        Ok(describe::policies(&self.read)?)
    }

    fn parameters(&self) -> PyResult<Table> {
        Ok(describe::parameters(&self.read)?)
    }

    fn settings(&self) -> PyResult<Table> {
        Ok(describe::settings(&self.read)?)
    }

    fn metrics(&self) -> PyResult<Table> {
        Ok(describe::metrics(&self.read)?)
    }

    fn outcomes(&self) -> PyResult<Table> {
        Ok(describe::outcomes(&self.read)?)
    }

    fn observed(&self) -> PyResult<Table> {
        Ok(describe::observed(&self.read)?)
    }

    /// The rows of levers.csv.
    fn levers(&self, py: Python<'_>) -> PyResult<Table> {
        let made = py.detach(|| {
            let scratch = scratch()?;
            let money = self.read.money;
            let to = Target::standard(scratch.path(), money);
            let (register, policies) = (&self.read.register, &self.read.policies);
            let written = levers::write(to, register, policies);
            let written = written.map_err(failed)?;
            written.publish().map_err(|error| Failure::Failed(error.to_string()))?;
            Table::read_in(scratch.path(), LeverSetting::TABLE, Some(&money))
        });
        Ok(made?)
    }

    /// Writes its files into a new folder, for commands that read one.
    fn write(&self, py: Python<'_>, folder: PathBuf) -> PyResult<()> {
        py.detach(|| {
            let mut inputs = self.read.inputs.clone();
            for name in self.source.futures() {
                let source = Source { future: Some(name), ..self.source.clone() };
                let within = source.load().map_err(Failure::Scenario)?.inputs;
                inputs.extend(within.into_iter().filter(|input| name_of(&input.path).is_some()));
            }
            let text = |input: &InputFile| {
                (input.path.clone(), String::from_utf8_lossy(&input.bytes).into_owned())
            };
            let texts: BTreeMap<String, String> = inputs.iter().map(text).collect();
            let files: Vec<(&str, &str)> =
                texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            whole_folder::write(&folder, &files).map_err(failed)
        })?;
        Ok(())
    }

    /// The folder that holds all of it; nothing where there is none.
    fn folder(&self) -> Option<PathBuf> {
        self.source.is_folder().then(|| self.source.folder.clone())
    }

    /// Runs policies, all where none is named.
    #[pyo3(signature = (policies, replications, seed, threads, outcomes, groups, progress))]
    #[expect(clippy::too_many_arguments, reason = "keywords of the Python side")]
    fn run(
        &self,
        py: Python<'_>,
        policies: Vec<String>,
        replications: Option<u32>,
        seed: Option<u64>,
        threads: Option<NonZeroUsize>,
        outcomes: Vec<String>,
        groups: bool,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Run> {
        let read = |text: &String| {
            text.parse().map_err(|error| Failure::Asked(format!("outcome {error}")))
        };
        let outcomes = outcomes.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let arguments =
            Arguments { policies, replications, seed, outcomes, groups, ..self.arguments() };
        let recipe = run::recipe(&self.read, &arguments).map_err(failed)?;
        let total = recipe.scenario.replications;
        supervised(py, progress.as_ref(), total, |stop, counter| {
            let run = Run::simulate((recipe, self.source.folder.clone()), threads, stop, counter);
            run.map_err(|error| failed(placed(error, &self.read, &self.source.folder)))
        })
    }

    /// One simulation of a policy without its twin.
    fn simulate_one(
        &self,
        py: Python<'_>,
        policy: &str,
        replication: u32,
        parameters: Vec<(String, f64)>,
    ) -> PyResult<Table> {
        let simulator = &self.simulator;
        Ok(py.detach(|| simulator.one(&self.read, policy, replication, &parameters))?)
    }

    /// Outcomes of a policy in some histories, each a replication and values of parameters: by outcome and history.
    fn evaluate(
        &self,
        py: Python<'_>,
        policy: String,
        histories: Vec<(u32, Vec<(String, f64)>)>,
        outcomes: Vec<String>,
        threads: Option<NonZeroUsize>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Vec<Vec<f64>>> {
        let total = u32::try_from(histories.len()).unwrap_or(u32::MAX);
        supervised(py, progress.as_ref(), total, |stop, counter| {
            let asked = (policy.as_str(), histories.as_slice(), outcomes.as_slice());
            self.simulator.evaluate(&self.read, asked, threads, stop, counter)
        })
    }

    /// The events of the baseline and of a policy in one replication, with the columns of events.csv.
    fn replay(&self, py: Python<'_>, policy: &str, replication: u32) -> PyResult<Table> {
        Ok(py.detach(|| self.simulator.events(&self.read, policy, replication))?)
    }
}
