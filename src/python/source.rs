//! Where a scenario comes from, and what was changed in it: all that is needed to read it again.

use std::path::PathBuf;

use crate::analysis::metrics;
use crate::commands::error::Error;
use crate::scenario::Scenario;
use crate::scenario::edit;
use crate::scenario::edit::Edited;
use crate::scenario::edit::option::Alternatives;
use crate::scenario::future::name_of;
use crate::scenario::problem::ScenarioError;
use crate::scenario::read::Loader;

/// Where a scenario comes from, and what was changed in it.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// Its folder; that of texts need not exist.
    pub(super) folder: PathBuf,
    /// Its files as texts by their paths within it, where it has no folder.
    pub(super) texts: Option<Vec<(String, String)>>,
    /// Policies that were added, as the texts of their files.
    pub(super) policies: Vec<(String, String)>,
    /// Values of parameters.
    pub(super) set: Vec<(String, String)>,
    /// The last year.
    pub(super) until: Option<u16>,
    /// The future that it is in.
    pub(super) future: Option<String>,
}

impl Source {
    /// A scenario of a folder.
    pub(super) fn of_folder(folder: PathBuf) -> Self {
        let (policies, set) = (Vec::new(), Vec::new());
        Self { folder, texts: None, policies, set, until: None, future: None }
    }

    /// Does something with what reads it.
    fn with_loader<T>(&self, work: impl FnOnce(Loader<'_>) -> T) -> T {
        let places = metrics::places();
        let name = self.folder.to_string_lossy();
        let pairs: Vec<(&str, &str)> = self
            .texts
            .iter()
            .flatten()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        let loader = match &self.texts {
            None => Scenario::loader(&self.folder),
            Some(_) => Scenario::of_texts(&name, &pairs).with_posterior(),
        };
        let loader = loader.set_all(&self.set).until(self.until).future(self.future.as_deref());
        let mut loader = loader.against(&places);
        for (name, text) in &self.policies {
            loader = loader.policy(name, text.as_str());
        }
        work(loader)
    }

    /// Reads and checks it.
    pub(super) fn load(&self) -> Result<Scenario, ScenarioError> {
        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the method is of one lifetime, the closure of any"
        )]
        self.with_loader(|loader| loader.load())
    }

    /// Reads it with policies made from its own.
    pub(super) fn edited(
        &self,
        scenario: &Scenario,
        asked: &[Alternatives],
        chosen: &[String],
    ) -> Result<Edited, Error> {
        self.with_loader(|loader| Ok(edit::edited_of(scenario, &loader, asked, chosen)?))
    }

    /// The futures that it has, by the names of their files.
    pub(super) fn futures(&self) -> Vec<String> {
        match &self.texts {
            None => Scenario::futures(&self.folder),
            Some(texts) => {
                let names = texts.iter().filter_map(|(path, _)| name_of(path).map(str::to_owned));
                names.collect()
            }
        }
    }

    /// Whether a folder holds all of it, so that a command may read it there.
    pub(super) fn is_folder(&self) -> bool {
        self.texts.is_none() && self.policies.is_empty()
    }
}
