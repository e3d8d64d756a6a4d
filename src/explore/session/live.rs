//! What is chosen, ready to give histories.

use serde::Deserialize;
use serde::Deserializer;
use serde_json::Map;
use serde_json::Value;

use crate::analysis::study::KeptBaselines;
use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::analysis::study::policy::StudyPolicy;
use crate::experiment::block::BlockError;
use crate::explore::session::reading::Reading;
use crate::explore::session::reading::Setup;
use crate::explore::session::refused::Refused;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::nearest::nearest;

/// Why there is no history.
#[derive(Debug)]
pub enum HistoryError {
    /// The simulation failed.
    Study(StudyError),
    /// There is no such history.
    Refused(Refused),
}

impl From<StudyError> for HistoryError {
    fn from(error: StudyError) -> Self {
        Self::Study(error)
    }
}

impl From<Refused> for HistoryError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<BlockError> for HistoryError {
    fn from(error: BlockError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<HistoryError> for Refused {
    fn from(error: HistoryError) -> Self {
        match error {
            HistoryError::Study(error) => error.into(),
            HistoryError::Refused(refused) => refused,
        }
    }
}

/// A policy as the text of a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Its name: that of the file without its ending.
    pub name: String,
    /// The text.
    pub text: String,
}

/// What is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choice {
    /// Policies of the scenario by their names; the baseline is there whether it is named or not.
    pub policies: Vec<String>,
    /// Policies beside those of the scenario.
    pub variants: Vec<Variant>,
    /// Values of parameters as text, as `--set` takes them.
    #[serde(deserialize_with = "values")]
    pub set: Vec<(String, String)>,
    /// The future by its name; nothing for that of the page.
    pub future: Option<String>,
    /// Series to tell, `METRIC@PLACE` each.
    pub series: Vec<String>,
}

/// Values by name, numbers or texts.
fn values<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(String, String)>, D::Error> {
    let text = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    let values = Map::<String, Value>::deserialize(from)?;
    Ok(values.into_iter().map(|(name, value)| (name, text(value))).collect())
}

/// A scenario with what is chosen in it.
#[derive(Debug)]
pub struct Live {
    pub(super) scenario: Scenario,
    pub(super) study: Study,
    reading: Reading,
    /// How many histories there are, where not any number.
    replications: Option<u32>,
}

impl Live {
    /// What is chosen of a scenario, of which there are so many histories where a number is given.
    ///
    /// # Errors
    ///
    /// Fails where a policy or a series is not there.
    pub fn new(
        scenario: Scenario,
        choice: &Choice,
        replications: Option<u32>,
    ) -> Result<Self, Refused> {
        let policies = chosen(&scenario, choice)?;
        let mut members = policies.iter().map(StudyPolicy::of);
        let baseline = members.next().ok_or_else(|| Refused::because("", "there is no policy"))?;
        let study = Study::new(&scenario, members.collect(), baseline);
        let reading = Reading::new(&scenario, policies, study.layouts(), &choice.series)?;
        Ok(Self { scenario, study, reading, replications })
    }

    /// In which order histories hold their numbers.
    #[must_use]
    pub fn setup(&self) -> Setup {
        self.reading.setup()
    }

    /// One history, as [`Session::history`](super::Session::history) gives it.
    ///
    /// # Errors
    ///
    /// Fails where there is no such history, and when an account does not close.
    pub fn history(
        &self,
        number: u32,
        baselines: &mut KeptBaselines,
        workspace: &mut Workspace,
    ) -> Result<Vec<f64>, HistoryError> {
        self.check(number)?;
        Ok(self.reading.history(self.study.replicate_after(number, baselines, workspace)?)?)
    }

    /// Fails where there is no such history.
    pub(super) fn check(&self, number: u32) -> Result<(), Refused> {
        match self.replications {
            Some(most) if number >= most => {
                Err(Refused::because("", &format!("there are {most} histories, from 0")))
            }
            _ => Ok(()),
        }
    }
}

/// The policies, the baseline first.
fn chosen(scenario: &Scenario, choice: &Choice) -> Result<Vec<Policy>, Refused> {
    let baseline = &scenario.policies[scenario.baseline];
    let mut found = vec![baseline.clone()];
    let variants = choice.variants.iter().map(|variant| &variant.name);
    for name in choice.policies.iter().chain(variants) {
        let policy = scenario.policies.iter().find(|policy| policy.name == *name);
        let policy = policy.ok_or_else(|| unknown(name, scenario))?;
        if found.iter().all(|known| known.name != *name) {
            found.push(policy.clone());
        }
    }
    Ok(found)
}

/// There is no such policy.
pub(super) fn unknown(name: &str, scenario: &Scenario) -> Refused {
    let near = nearest(name, scenario.policies.iter().map(|policy| policy.name.as_str()));
    let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Refused::because("", &format!("there is no policy `{name}`{hint}"))
}
