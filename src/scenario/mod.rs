//! X, the assumptions: a scenario read from its folder, checked, and ready to run.

pub mod adjustment;
pub mod appraisal;
pub mod difference;
pub mod district;
pub mod edit;
pub mod evidence;
mod file;
mod forms;
pub mod future;
mod idle;
mod in_future;
mod inert;
pub mod keys;
pub mod letters;
pub mod libraries;
mod marks;
pub mod money;
pub mod names;
pub mod nearest;
pub mod package;
pub mod parameter;
pub mod parameter_spec;
pub mod payers;
pub mod place;
mod plausible;
pub mod policy_text;
pub mod posterior;
pub mod problem;
mod quoted;
pub mod read;
mod readers;
pub mod renamed;
pub mod settings;
pub mod survey;
pub mod titles;
mod unread;
pub mod variant;

pub use evidence::Evidence;

use crate::policy::levers::Levers;
use crate::policy::words::words;
use crate::scenario::adjustment::Adjustment;
use crate::scenario::appraisal::AppraisalChoice;
use crate::scenario::district::DistrictFile;
use crate::scenario::future::Future;
use crate::scenario::money::Money;
use crate::scenario::names::Names;
use crate::scenario::parameter::Register;
use crate::scenario::payers::Payers;
use crate::scenario::posterior::Posterior;
use crate::scenario::survey::SurveyPlan;
use crate::scenario::titles::LanguageFile;
use crate::scenario::titles::Titles;
use crate::time::Date;

words! {
    /// How a parameter varies over replications.
    pub enum Distribution {
        /// It does not vary.
        Fixed = "fixed",
        /// Uniform over the range.
        Uniform = "uniform",
        /// Triangular over the range, with the value as mode.
        Triangular = "triangular",
        /// Normal with the value as mean; the range holds its central 90 %; cut to the register's
        /// bounds.
        Normal = "normal",
        /// Log-normal with the value as median; the range holds its central 90 %; cut to the
        /// register's bounds.
        LogNormal = "lognormal",
    }
}

/// A parameter as a scenario states it.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterValue {
    /// The value.
    pub value: f64,
    /// Lower end of the range.
    pub low: f64,
    /// Upper end of the range.
    pub high: f64,
    /// How it varies over replications.
    pub distribution: Distribution,
    /// How it is known.
    pub evidence: Evidence,
    /// Where it is from.
    pub source: String,
    /// A note, empty where there is none.
    pub note: String,
    /// Whether `calibrate` may fit it.
    pub free: bool,
    /// Whether it is that of the library which the scenario takes parameters over from.
    pub taken_over: bool,
    /// How it could be surveyed before deciding; nothing where nobody has said.
    pub survey: Option<SurveyPlan>,
}

impl ParameterValue {
    /// Whether it differs between replications of a scenario whose parameters vary: a range of one value
    /// holds nothing else, whatever the distribution.
    #[must_use]
    pub fn varies(&self) -> bool {
        self.distribution != Distribution::Fixed && self.low < self.high
    }
}

/// One setting of a lever as written, for lists of levers and differences.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenSetting {
    /// The setting's key.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Its value as text: `2024-05-29`, `0.25`, `25 from 2018-01-01; 30 from 2018-07-01`.
    pub value: String,
    /// The steps of a schedule, by date; empty for any other setting.
    pub steps: Vec<(Date, u32)>,
}

/// A lever as written.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenLever {
    /// The lever's name.
    pub name: String,
    /// The word for its kind.
    pub kind: &'static str,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Option<Date>,
    /// Its source.
    pub source: String,
    /// Every setting that is written, those of every lever first, in the order of the register.
    pub settings: Vec<WrittenSetting>,
}

impl WrittenLever {
    /// The name of the area in which it lies, if it lies in one.
    #[must_use]
    pub fn area(&self) -> Option<&str> {
        self.setting("area").map(|setting| setting.value.as_str())
    }

    /// A setting, if it is written.
    #[must_use]
    pub fn setting(&self, name: &str) -> Option<&WrittenSetting> {
        self.settings.iter().find(|setting| setting.name == name)
    }
}

/// A policy to compare.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// The file's name without its ending.
    pub name: String,
    /// Title for people, English.
    pub title_en: String,
    /// Title for people, Korean.
    pub title_ko: String,
    /// Titles in further languages.
    pub titles: Titles,
    /// What it stands for.
    pub description: String,
    /// The policies that it extends.
    pub extends: Vec<String>,
    /// Its levers, ready to run.
    pub plan: Levers,
    /// Its levers as written (after `extends`), by name.
    pub written: Vec<WrittenLever>,
    /// Parameters that it changes, in the order of the register.
    pub adjustments: Vec<Adjustment>,
    /// Whether it asks what would have been, and cannot be chosen.
    pub counterfactual: bool,
    /// Levers without effect, a bit each by slot: none but in a placebo.
    pub inert: u64,
}

/// One observed fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Name of the metric.
    pub metric: String,
    /// Name of the place.
    pub place: String,
    /// The first year of its period; a flow is summed from here.
    pub since: u16,
    /// The last year of its period, at whose end it is compared.
    pub year: u16,
    /// The month of that year at whose end it is compared instead, 1 to 11: the end of December is that of the year.
    pub month: Option<u8>,
    /// The value, in the metric's unit.
    pub value: f64,
    /// Its tolerance: one standard deviation of what the figure may be off `[metric's unit]`.
    pub tolerance: f64,
    /// Where it is from; empty where a file of further figures does not say.
    pub source: String,
}

impl Observation {
    /// Whether it ends in a year or before; true without one.
    #[must_use]
    pub fn is_up_to(&self, year: Option<u16>) -> bool {
        year.is_none_or(|year| self.year <= year)
    }

    /// The part of the period's last year that belongs to it, above 0 to 1.
    #[must_use]
    pub fn share_of_year(&self) -> f64 {
        self.month.map_or(1.0, |month| f64::from(month) / 12.0)
    }

    /// Its period as written: `2024`, `2018-2020`, `2024-05`, `2018-2021-11`.
    #[must_use]
    pub fn period(&self) -> String {
        let since = if self.since < self.year { format!("{}-", self.since) } else { String::new() };
        let month = self.month.map_or_else(String::new, |month| format!("-{month:02}"));
        format!("{since}{}{month}", self.year)
    }
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Path within the scenario's folder, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Tables that a run of the scenario writes beside those that every run does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outputs {
    /// Replications whose events are listed in `events.csv`, from the first on; 0: no such table.
    pub events: u32,
    /// Whether `replications.csv` is written.
    pub replication_csv: bool,
    /// Whether groups of startups are counted, for `groups.csv`.
    pub groups: bool,
}

/// A scenario, checked and ready to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The folder's name.
    pub name: String,
    /// Title for people, English.
    pub title_en: String,
    /// Title for people, Korean.
    pub title_ko: String,
    /// Titles in further languages.
    pub titles: Titles,
    /// The question it answers, English.
    pub question: String,
    /// The question it answers, Korean; empty where it is not given.
    pub question_ko: String,
    /// The question in further languages.
    pub questions: Titles,
    /// Languages that it brings along.
    pub languages: Vec<LanguageFile>,
    /// Its money.
    pub money: Money,
    /// What city and district are called.
    pub names: Names,
    /// First simulated year.
    pub first_year: u16,
    /// Last simulated year.
    pub last_year: u16,
    /// What was known by this day is data in every policy, what came later is chance.
    pub vantage: Date,
    /// Year to whose prices and values money is discounted.
    pub base_year: u16,
    /// The year for which the rates of founders, of the inflow of specialists and of capital are given, from which
    /// they grow.
    pub reference_year: u16,
    /// The last year in which capital supply grows by `capital_growth_early`.
    pub capital_early_until: u16,
    /// Seed of all chance.
    pub seed: u64,
    /// Replications.
    pub replications: u32,
    /// Tables wanted beside those of every run.
    pub outputs: Outputs,
    /// How it is appraised.
    pub appraisal: AppraisalChoice,
    /// Who pays and receives.
    pub payers: Payers,
    /// Whether parameters vary over replications; otherwise each has its value.
    pub parameters_vary: bool,
    /// Which policy is the baseline: its place in `policies`.
    pub baseline: usize,
    /// The name of the policy that really happened, with which observed figures are compared; the
    /// baseline's where the scenario does not say.
    pub actual_policy: String,
    /// Whether the scenario names that policy itself.
    pub actual_policy_stated: bool,
    /// Whether policies of its files are left out here, as `--policy` says.
    pub is_part: bool,
    /// The policies in the scenario's order.
    pub policies: Vec<Policy>,
    /// Which parameters there are; positions of parameters are places in it.
    pub register: Register,
    /// Their values, in its order.
    pub parameters: Vec<ParameterValue>,
    /// The library from which those are taken over that it does not state itself, by its name.
    pub parameters_from: Option<String>,
    /// Draws that take the place of the free parameters' distributions, where the scenario names
    /// a file of them.
    pub posterior: Option<Posterior>,
    /// The district at the start.
    pub district: DistrictFile,
    /// What really happened.
    pub observed: Vec<Observation>,
    /// All files read, by path.
    pub inputs: Vec<InputFile>,
    /// The future that it is in, where one was chosen when it was loaded.
    pub future: Option<Future>,
    /// Parameters given other values when it was loaded, by their places in the register.
    pub set: Vec<usize>,
    /// Files in its folder that look like inputs and are not read: a sentence each.
    pub not_read: Vec<String>,
    /// All lever names of the scenario; a lever's slot is its place here.
    pub lever_names: Vec<String>,
}

impl Scenario {
    /// What it states of a parameter.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&ParameterValue> {
        self.parameters.get(self.register.position(name)?)
    }

    /// The years simulated, in order.
    #[must_use]
    pub fn years(&self) -> std::ops::RangeInclusive<u16> {
        self.first_year..=self.last_year
    }
}
