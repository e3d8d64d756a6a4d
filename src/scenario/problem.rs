//! What is wrong with a scenario: each problem with its place, and all of them in one report.

use std::collections::BTreeSet;
use std::fmt;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::Annotation;
use annotate_snippets::AnnotationKind;
use annotate_snippets::Group;
use annotate_snippets::Level;
use annotate_snippets::Origin;
use annotate_snippets::Renderer;
use annotate_snippets::Snippet;

use crate::scenario::letters::visible;
use crate::scenario::money::Money;
use crate::scenario::money::said;
use crate::scenario::nearest::nearest;

/// Lines longer than this are named but not shown `[bytes]`.
pub(super) const LONGEST_LINE_SHOWN: usize = 1_000;

/// Problems beyond this number are counted but not shown: nobody reads on, and the first explain
/// most of the rest.
const MOST_SHOWN: usize = 200;

/// A list with so many problems is not read to its end.
pub(super) const MANY: usize = 1_000;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The line itself; empty where it is too long to show.
    pub text: String,
    /// What the caret points at: bytes of `text`.
    pub caret: Range<usize>,
}

/// One thing that is wrong with a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, by the path that the user gave; or `--set` or `--until`.
    pub file: String,
    /// Where in the file; `None` where the file as a whole is meant.
    pub position: Option<Position>,
    /// What was found.
    pub message: String,
    /// What was expected; stands beside the caret.
    pub expected: String,
    /// What to do.
    pub help: Vec<String>,
    /// The place of the file in the order of reading, for the order of the report.
    pub(super) order: usize,
    /// What else may only follow from this one, or this one from others.
    pub(super) nature: Nature,
}

/// What a problem has to do with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// It stands by itself.
    Own,
    /// A key is missing or unknown, which may only follow from a part that could not be parsed.
    Keys,
    /// A value could not be parsed.
    Unparsed,
    /// What could not be parsed here may have taken other keys with it.
    Torn,
}

impl Problem {
    /// A problem of a file as a whole, or of an option of the command line.
    #[must_use]
    pub fn of_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            position: None,
            message: message.into(),
            expected: String::new(),
            help: Vec::new(),
            order: usize::MAX,
            nature: Nature::Own,
        }
    }

    /// Says what was expected instead.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Offers the known name nearest to the one found, if one is near.
    #[must_use]
    pub fn nearest<'a>(self, found: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(found, known) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// Offers the known name nearest to the one found, or else lists the known ones if few.
    #[must_use]
    pub fn known<'a>(self, found: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        const FEW: usize = 30;
        let known: Vec<&str> = known.into_iter().collect();
        match nearest(found, known.iter().copied()) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None if known.is_empty() || known.len() > FEW => self,
            None => self.help(format!("known are {}", listed(&known))),
        }
    }

    /// Says that the problem is about which keys there are.
    pub(super) fn about_keys(mut self) -> Self {
        self.nature = Nature::Keys;
        self
    }

    const fn is_syntax(&self) -> bool {
        matches!(self.nature, Nature::Unparsed | Nature::Torn)
    }

    /// The problem as rustc would show it, without colours.
    #[must_use]
    pub fn plain(&self) -> String {
        self.render(&Renderer::plain())
    }

    /// Draws the problem as rustc would.
    fn render(&self, renderer: &Renderer) -> String {
        let mut group = Group::with_title(Level::ERROR.primary_title(visible(&self.message)));
        match &self.position {
            // An empty text stands for an empty line, or for one too long to show.
            Some(at) if !at.text.is_empty() || at.column == 1 => {
                let label = (!self.expected.is_empty()).then_some(visible(&self.expected));
                let caret: Annotation<'_> =
                    AnnotationKind::Primary.span(at.caret.clone()).label(label);
                let snippet = Snippet::source(at.text.as_str())
                    .line_start(at.line)
                    .path(self.file.as_str())
                    .annotation(caret);
                group = group.element(snippet);
            }
            other => {
                let mut origin = Origin::path(self.file.as_str());
                if let Some(at) = other {
                    origin = origin.line(at.line).char_column(at.column);
                }
                group = group.element(origin);
                if !self.expected.is_empty() {
                    group = group.element(Level::NOTE.message(visible(&self.expected)));
                }
            }
        }
        let help = self.help.iter().map(|help| Level::HELP.message(visible(help)));
        renderer.render(&[group.elements(help)])
    }
}

/// Names in backticks, as they stand in a sentence: `` `a`, `b` or `c` ``.
#[must_use]
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [rest @ .., last] => {
            let rest: Vec<String> = rest.iter().map(|name| format!("`{name}`")).collect();
            format!("{} or `{last}`", rest.join(", "))
        }
    }
}

/// Text from a file, cut to what fits in a message.
#[must_use]
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}

/// Problems found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Problems(pub(super) Vec<Problem>);

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl Problems {
    /// Adds one or more.
    pub(super) fn add(&mut self, more: impl Into<Self>) {
        self.0.extend(more.into().0);
    }

    /// Whether there are so many that looking for more only takes time.
    pub(super) fn are_many(&self) -> bool {
        self.0.len() >= MANY
    }

    /// Keeps a value, or notes why there is none.
    pub(super) fn keep<T>(&mut self, result: Result<T, Self>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(problems) => {
                self.add(problems);
                None
            }
        }
    }

    /// The same with the money of a scenario in the units that they name.
    pub(super) fn in_money(mut self, money: Option<&Money>) -> Self {
        for problem in &mut self.0 {
            for text in
                [&mut problem.message, &mut problem.expected].into_iter().chain(&mut problem.help)
            {
                *text = said(text, money).into_owned();
            }
        }
        self
    }

    /// All problems in the order of files and lines, each once, without those that may only follow
    /// from what could not be parsed.
    pub(super) fn sorted(self) -> Vec<Problem> {
        let line = |problem: &Problem| problem.position.as_ref().map(|at| at.line);
        let broken: BTreeSet<_> = self
            .0
            .iter()
            .filter(|problem| problem.is_syntax())
            .map(|problem| (problem.order, line(problem)))
            .collect();
        let torn: BTreeSet<usize> = self
            .0
            .iter()
            .filter(|problem| problem.nature == Nature::Torn)
            .map(|problem| problem.order)
            .collect();
        let mut problems = self.0;
        problems.retain(|problem| {
            let follows = broken.contains(&(problem.order, line(problem)))
                || (problem.nature == Nature::Keys && torn.contains(&problem.order));
            problem.is_syntax() || !follows
        });
        problems.sort_by_key(|problem| {
            let at = problem.position.as_ref().map(|at| (at.line, at.column));
            (problem.order, problem.file.clone(), at, problem.message.clone())
        });
        problems.dedup();
        problems
    }
}

/// A scenario that cannot be used, with everything that is wrong with it.
#[derive(Debug, thiserror::Error)]
pub struct ScenarioError {
    /// The scenario's folder as the user gave it.
    pub folder: String,
    /// Every problem, in the order of files and lines.
    pub problems: Vec<Problem>,
}

impl ScenarioError {
    /// All problems as rustc would show them, in colour or plain, and their number at the end.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let mut text = String::new();
        for problem in self.problems.iter().take(MOST_SHOWN) {
            text.push_str(&problem.render(&renderer));
            text.push_str("\n\n");
        }
        let count = self.problems.len();
        if count > MOST_SHOWN {
            let _ = write!(text, "… and {} more\n\n", count - MOST_SHOWN);
        }
        let noun = if count == 1 { "problem" } else { "problems" };
        let _ = write!(text, "{count} {noun} in {}", self.folder);
        text
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.render(false))
    }
}
