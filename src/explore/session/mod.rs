//! What a page asks of the engine: a scenario in memory, policies, parameters and a future chosen in it, and its
//! histories, which are those of `yangjae run` to the last bit.

pub mod base;
pub mod call;
mod edited;
mod live;
mod reading;
mod refused;
mod replay;

pub use edited::EditedFile;
pub use edited::Edits;
pub use live::Choice;
pub use live::HistoryError;
pub use live::Live;
pub use live::Variant;
pub use reading::Reading;
pub use reading::Setup;
pub use refused::Refused;
pub use refused::Told;
pub use replay::Course;
pub use replay::Firm;
pub use replay::Replay;
pub use replay::Replayed;

use std::collections::BTreeMap;

use crate::analysis::metrics;
use crate::analysis::study::KeptBaselines;
use crate::analysis::study::Workspace;
use crate::explore::session::base::Base;
use crate::scenario::Scenario;
use crate::scenario::place::MetricPlaces;
use crate::scenario::read::Loader;

/// A scenario that is open.
#[derive(Debug)]
struct Opened {
    name: String,
    texts: Vec<(String, String)>,
    base: Base,
    metrics: Vec<MetricPlaces>,
    /// As it was read. Reading the draws of its posterior takes longer than all the rest, and no choice changes them.
    scenario: Scenario,
    /// What has no effect in it, before anything is chosen.
    warnings: Vec<String>,
}

/// How many baselines a session keeps: half of the histories that are shown first of every change. Each takes some 3 MB
/// of the 100 that a page may hold. `page/work.js` has the same number.
const KEPT: usize = 4;

/// What a page works with.
#[derive(Debug)]
pub struct Session {
    opened: Option<Opened>,
    live: Option<Live>,
    /// The latest changed policy, with the scenario that has it: most often what is chosen next.
    latest: Option<(EditedFile, Scenario)>,
    baselines: KeptBaselines,
    workspace: Workspace,
}

impl Default for Session {
    fn default() -> Self {
        let baselines = KeptBaselines::of_first(KEPT);
        Self { opened: None, live: None, latest: None, baselines, workspace: Workspace::default() }
    }
}

impl Session {
    /// Opens a scenario: its files by path within its folder, which has this name and need not exist. A file
    /// [`base::FILE`] says what was chosen before anybody chose anything.
    ///
    /// # Errors
    ///
    /// Fails with every problem of the scenario, as `check` tells them.
    pub fn open(&mut self, files: BTreeMap<String, String>, name: &str) -> Result<(), Refused> {
        (self.opened, self.live, self.latest) = (None, None, None);
        let mut texts: Vec<(String, String)> = files.into_iter().collect();
        let base = Base::take(&mut texts)?;
        let metrics = metrics::places();
        let borrowed = borrowed(&texts);
        let choice = Choice { future: base.future.clone(), ..Choice::default() };
        let scenario =
            loader((name, &borrowed), &base, &metrics, &choice).with_posterior().load()?;
        let (name, warnings) = (name.to_owned(), scenario.choices_without_effect());
        self.opened = Some(Opened { name, texts, base, metrics, scenario, warnings });
        Ok(())
    }

    /// Chooses policies, parameters, a future, and what is to be told of each history.
    ///
    /// # Errors
    ///
    /// Fails with every problem of what is chosen, as `check` tells them, and where no scenario is open.
    pub fn configure(&mut self, choice: &Choice) -> Result<Setup, Refused> {
        self.live = None;
        let latest = self.latest.take();
        let opened = self.opened()?;
        let scenario = match latest {
            Some((file, scenario)) if is_only(choice, &file) => scenario,
            _ if opened.is_as_read(choice) => opened.scenario.clone(),
            _ => opened.read(choice)?,
        };
        let scenario = opened.completed(scenario, choice)?;
        let mut warnings = scenario.choices_without_effect();
        warnings.retain(|warning| !opened.warnings.contains(warning));
        let live = Live::new(scenario, choice, opened.base.replications)?;
        let setup = Setup { warnings, ..live.setup() };
        self.live = Some(live);
        Ok(setup)
    }

    /// One history of what is chosen: for each policy in the order of the setup the values of the series, year by
    /// year, then the outcomes, then the terms. NaN stands for a term that a policy does not have.
    ///
    /// # Errors
    ///
    /// Fails where nothing is chosen or there is no such history, and when an account does not close, which is a
    /// mistake in the program.
    pub fn history(&mut self, replication: u32) -> Result<Vec<f64>, Refused> {
        let live = self.live.as_ref().ok_or_else(nothing_chosen)?;
        Ok(live.history(replication, &mut self.baselines, &mut self.workspace)?)
    }

    /// A changed policy as the file that `yangjae run --save` writes.
    ///
    /// # Errors
    ///
    /// Fails as the command does, with the same words.
    pub fn edited(&mut self, edits: &Edits) -> Result<EditedFile, Refused> {
        let opened = self.opened()?;
        let borrowed = borrowed(&opened.texts);
        let choice = Choice { future: opened.base.future.clone(), ..Choice::default() };
        let loader = loader((&opened.name, &borrowed), &opened.base, &opened.metrics, &choice);
        let (file, scenario) = edited::edited(&opened.scenario, &loader, edits)?;
        self.latest = Some((file.clone(), scenario));
        Ok(file)
    }

    /// One history firm by firm, under a policy that is chosen and in the baseline.
    ///
    /// # Errors
    ///
    /// Fails as [`Session::history`] does, and where the policy is not chosen.
    pub fn replay(&self, replay: &Replay) -> Result<Replayed, Refused> {
        replay::replayed(self.live.as_ref().ok_or_else(nothing_chosen)?, replay)
    }

    fn opened(&self) -> Result<&Opened, Refused> {
        self.opened.as_ref().ok_or_else(|| Refused::because("", "no scenario is open"))
    }
}

impl Opened {
    /// Whether nothing is chosen that the scenario would be read anew for.
    fn is_as_read(&self, choice: &Choice) -> bool {
        let future_stays = choice.future.is_none() || choice.future == self.base.future;
        choice.set.is_empty() && choice.variants.is_empty() && future_stays
    }

    /// The scenario with what is chosen, but for its posterior.
    fn read(&self, choice: &Choice) -> Result<Scenario, Refused> {
        let (borrowed, choice) = (borrowed(&self.texts), self.with_base(choice));
        Ok(loader((&self.name, &borrowed), &self.base, &self.metrics, &choice).load()?)
    }

    /// The same with its posterior.
    fn completed(&self, mut scenario: Scenario, choice: &Choice) -> Result<Scenario, Refused> {
        if scenario.register == self.scenario.register {
            scenario.posterior.clone_from(&self.scenario.posterior);
        } else {
            // An instrument of a variant brings parameters of its own, so that others have other places.
            let (borrowed, choice) = (borrowed(&self.texts), self.with_base(choice));
            let loader = loader((&self.name, &borrowed), &self.base, &self.metrics, &choice);
            scenario = loader.with_posterior().load()?;
        }
        scenario.seed = self.base.seed.unwrap_or(scenario.seed);
        Ok(scenario)
    }

    /// What is chosen, in the future from which the page starts where none is.
    fn with_base(&self, choice: &Choice) -> Choice {
        let future = choice.future.clone().or_else(|| self.base.future.clone());
        Choice { future, ..choice.clone() }
    }
}

/// Whether a changed policy is all that is chosen beside policies and series.
fn is_only(choice: &Choice, file: &EditedFile) -> bool {
    let is_it = |variant: &Variant| variant.name == file.name && variant.text == file.text;
    choice.set.is_empty()
        && choice.future.is_none()
        && matches!(choice.variants.as_slice(), [one] if is_it(one))
}

fn nothing_chosen() -> Refused {
    Refused::because("", "nothing is chosen yet")
}

fn borrowed(texts: &[(String, String)]) -> Vec<(&str, &str)> {
    texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

/// What reads a scenario with what is chosen, but for its posterior.
fn loader<'t>(
    (name, texts): (&'t str, &'t [(&'t str, &'t str)]),
    base: &'t Base,
    metrics: &'t [MetricPlaces],
    choice: &'t Choice,
) -> Loader<'t> {
    let chosen = |name: &str| choice.set.iter().any(|(other, _)| other == name);
    let set = base.set.iter().filter(|(name, _)| !chosen(name)).chain(&choice.set);
    let set: Vec<(String, String)> = set.cloned().collect();
    let loader = Scenario::of_texts(name, texts).against(metrics).set_all(&set).until(base.until);
    let loader = loader.future(choice.future.as_deref());
    choice
        .variants
        .iter()
        .fold(loader, |loader, variant| loader.policy(&variant.name, &*variant.text))
}
