//! The module for Python: what `import yangjae` finds below its Python sources, which lie in `yangjae/` beside these files.
//!
//! Functions here are few and plain; names, words and data frames are the business of the Python side, whose
//! docstrings say what shapes and units there are. Nothing is computed here: a scenario is read by the scenario's
//! loader, a run is that of `commands/run`, its tables are those of the pipeline, read back from the files that it
//! writes, so that a frame and a CSV cannot differ.

#![expect(clippy::needless_pass_by_value, reason = "functions own what Python gives them")]

mod describe;
mod failure;
mod run;
mod scenario;
mod simulate;
mod source;
mod table;
mod work;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Parser as _;
use pyo3::prelude::*;

use crate::cli;
use crate::cli::Cli;
use crate::cli::Command;
use crate::commands::new;
use crate::commands::search;
use crate::python::failure::Failure;
use crate::python::failure::failed;
use crate::python::run::Run;
use crate::python::scenario::Scenario;
use crate::python::table::Table;
use crate::python::work::supervised;
use crate::report::tables::register::TABLES;

/// Does what the command line asks that `arguments` are, the program's name first; gives the exit status.
#[pyfunction]
fn main(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| cli::run(arguments))
}

/// Searches as `yangjae search` does with these arguments, and writes into a folder.
#[pyfunction]
#[pyo3(signature = (arguments, progress=None))]
fn run_search(
    py: Python<'_>,
    arguments: Vec<OsString>,
    progress: Option<Py<PyAny>>,
) -> PyResult<()> {
    match command("search", arguments)? {
        Command::Search(arguments) => {
            let total =
                arguments.effort.saturating_add(arguments.replications.unwrap_or(search::FRESH));
            let total = u32::try_from(total).unwrap_or(u32::MAX);
            supervised(py, progress.as_ref(), total, |stop, counter| {
                search::run_until(&arguments, stop, counter).map_err(failed)
            })
        }
        _ => Ok(()),
    }
}

/// Writes a small scenario as `yangjae new` does with these arguments.
#[pyfunction]
fn write_new(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<()> {
    match command("new", arguments)? {
        Command::New(arguments) => {
            Ok(py.detach(|| new::write(&arguments).map(drop).map_err(failed))?)
        }
        _ => Ok(()),
    }
}

/// A command with arguments as its command line has them.
fn command(name: &str, arguments: Vec<OsString>) -> Result<Command, Failure> {
    let words = ["yangjae", name].map(OsString::from);
    let read = Cli::try_parse_from(words.into_iter().chain(arguments));
    let read = read.map_err(|told| Failure::Asked(asked(&told)))?;
    read.command.ok_or_else(|| Failure::Asked(format!("`{name}` is no command")))
}

/// What is wrong with arguments, without the words for people at a shell.
fn asked(told: &clap::Error) -> String {
    let text = told.render().to_string();
    let text = text.split("\n\nUsage:").next().unwrap_or_default();
    let text = text.split("\n\nFor more information").next().unwrap_or_default();
    text.trim().trim_start_matches("error: ").to_owned()
}

/// The tables of results that lie in a folder, by their names.
#[pyfunction]
fn read_tables(py: Python<'_>, folder: PathBuf) -> PyResult<Vec<(String, Table)>> {
    let mut found = Vec::new();
    for spec in TABLES {
        if folder.join(spec.file).exists() {
            let read = py.detach(|| Table::read(&folder, spec));
            found.push((spec.name().to_owned(), read?));
        }
    }
    Ok(found)
}

/// The native part of the package.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<Scenario>()?;
    module.add_class::<Run>()?;
    module.add_class::<Table>()?;
    module.add_function(wrap_pyfunction!(main, module)?)?;
    module.add_function(wrap_pyfunction!(run_search, module)?)?;
    module.add_function(wrap_pyfunction!(write_new, module)?)?;
    module.add_function(wrap_pyfunction!(read_tables, module)?)
}
