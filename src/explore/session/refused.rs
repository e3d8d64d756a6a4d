//! Why something is not done: what `check` prints, in parts.

use serde::Serialize;

use crate::analysis::study::StudyError;
use crate::experiment::block::BlockError;
use crate::scenario::edit::EditError;
use crate::scenario::problem::Problem;
use crate::scenario::problem::ScenarioError;

/// One thing that is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The file, or the option.
    pub file: String,
    /// The line, from 1; nothing where the file as a whole is meant.
    pub line: Option<usize>,
    /// The column, from 1, in characters.
    pub column: Option<usize>,
    /// What was found.
    pub message: String,
    /// What was expected; empty where nothing is to be said.
    pub expected: String,
    /// What to do, a line each.
    pub help: String,
    /// The line of the file.
    pub excerpt: String,
    /// All of it as `check` shows it.
    pub text: String,
}

/// Everything that is wrong with what was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Every problem.
    pub problems: Vec<Told>,
    /// All of them as `check` prints them, without colours.
    pub text: String,
}

impl Refused {
    /// One problem without a place.
    pub(super) fn because(file: &str, message: &str) -> Self {
        let (file, message) = (file.to_owned(), message.to_owned());
        let text = if file.is_empty() { message.clone() } else { format!("`{file}`: {message}") };
        let told = Told { file, message, text: text.clone(), ..Told::default() };
        Self { problems: vec![told], text }
    }
}

impl From<ScenarioError> for Refused {
    fn from(error: ScenarioError) -> Self {
        Self { problems: error.problems.iter().map(told).collect(), text: error.render(false) }
    }
}

impl From<EditError> for Refused {
    fn from(error: EditError) -> Self {
        let text = error.to_string();
        match error {
            EditError::Scenario(error) => error.into(),
            EditError::Option { option, message } => Self::because(&option, &message),
            EditError::Many(_) | EditError::Policy(_) | EditError::NotOne(_) => {
                Self::because("", &text)
            }
        }
    }
}

impl From<StudyError> for Refused {
    fn from(error: StudyError) -> Self {
        Self::because("", &error.to_string())
    }
}

impl From<BlockError> for Refused {
    fn from(error: BlockError) -> Self {
        Self::because("", &error.to_string())
    }
}

fn told(problem: &Problem) -> Told {
    let at = problem.position.as_ref();
    Told {
        file: problem.file.clone(),
        line: at.map(|at| at.line),
        column: at.map(|at| at.column),
        message: problem.message.clone(),
        expected: problem.expected.clone(),
        help: problem.help.join("\n"),
        excerpt: at.map_or_else(String::new, |at| at.text.clone()),
        text: problem.plain(),
    }
}
