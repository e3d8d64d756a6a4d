//! What went wrong, as an exception of the package: its classes stand in `yangjae/errors.py`.

use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::commands::error::Error;
use crate::report::text::message::with_causes;
use crate::scenario::problem::Problem;
use crate::scenario::problem::ScenarioError;

/// What went wrong.
#[derive(Debug)]
pub(super) enum Failure {
    /// A scenario has problems.
    Scenario(ScenarioError),
    /// What was asked for cannot be.
    Asked(String),
    /// It was not done for another reason.
    Failed(String),
    /// Somebody has stopped it.
    Stopped,
}

/// A problem as Python has it: file, line and column from 1, what is wrong, what was expected, what to do.
type Told = (String, Option<usize>, Option<usize>, String, String, Vec<String>);

fn told(problem: &Problem) -> Told {
    let at = problem.position.as_ref();
    (
        problem.file.clone(),
        at.map(|at| at.line),
        at.map(|at| at.column),
        problem.message.clone(),
        problem.expected.clone(),
        problem.help.clone(),
    )
}

/// Any error that a command may fail with.
pub(super) fn failed(error: impl Into<Error>) -> Failure {
    match error.into() {
        Error::Scenario(error) => Failure::Scenario(error),
        error if error.status() >= 128 => Failure::Stopped,
        error if error.status() == 2 => Failure::Asked(with_causes(&error)),
        error => Failure::Failed(with_causes(&error)),
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        Python::attach(|py| {
            let raise = |name: &str, arguments: Bound<'_, pyo3::types::PyTuple>| {
                let class = py.import("yangjae.errors")?.getattr(name)?;
                Ok(Self::from_value(class.call1(arguments)?))
            };
            let made = match failure {
                Failure::Stopped => return PyKeyboardInterrupt::new_err(()),
                Failure::Scenario(error) => {
                    let problems: Vec<Told> = error.problems.iter().map(told).collect();
                    (error.to_string(), problems)
                        .into_pyobject(py)
                        .and_then(|arguments| raise("ScenarioError", arguments))
                }
                Failure::Asked(text) => {
                    (text,).into_pyobject(py).and_then(|it| raise("RequestError", it))
                }
                Failure::Failed(text) => {
                    (text,).into_pyobject(py).and_then(|it| raise("RunError", it))
                }
            };
            made.unwrap_or_else(|error: Self| PyRuntimeError::new_err(error.to_string()))
        })
    }
}
