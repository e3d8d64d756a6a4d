//! Everything that bears on the results of a run, from whichever side it is known.
//!
//! `run` makes a recipe from its command line; `merge` and `verify` read it back from what a run
//! has kept. Both give the same plan, the same fingerprint and so the same bytes.

use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;

use crate::analysis::equal_budget::EqualBudget;
use crate::analysis::selection::promise::Promise;
use crate::experiment::fingerprint::Fingerprint;
use crate::experiment::fingerprint::Parts;
use crate::experiment::shard::Shard;
use crate::experiment::shard::ShardError;
use crate::report::folder::kept;
use crate::report::folder::kept::DamagedCopy;
use crate::report::folder::manifest;
use crate::report::folder::manifest::Choices;
use crate::report::folder::manifest::Options;
use crate::report::folder::manifest::RunPlan;
use crate::report::folder::output_folder;
use crate::report::tables::column::TableSpec;
use crate::report::tables::equal_budget::BudgetedPolicy;
use crate::report::tables::events::Event;
use crate::report::tables::groups::GroupOfStartups;
use crate::report::tables::replications::ReplicationValue;
use crate::report::tables::row::Row as _;
use crate::report::tables::selection::SelectedPolicy;
use crate::report::text::dialect::Target;
use crate::report::text::language::Language;
use crate::report::text::language::UnknownLanguage;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::problem::ScenarioError;
use crate::scenario::variant;
use crate::scenario::variant::PlaceboExists;

/// Why what is to be simulated is not known.
#[derive(Debug, thiserror::Error)]
pub enum RecipeError {
    /// A policy on the command line is not in the scenario.
    #[error("the scenario `{scenario}` has no policy `{name}`; it has {known}")]
    UnknownPolicy {
        /// The scenario.
        scenario: String,
        /// The name.
        name: String,
        /// The policies that it has.
        known: String,
    },
    /// The language of the command line is none of the scenario's.
    #[error(transparent)]
    Language(#[from] UnknownLanguage),
    /// The rule set of the command line is for other money.
    #[error("{why}; `--appraisal` takes one of {fit}")]
    RuleSet {
        /// Why.
        why: String,
        /// Those that are for it.
        fit: String,
    },
    /// A policy is named twice on the command line.
    #[error("`--policy {0}` stands twice; leave one of the two out")]
    PolicyTwice(String),
    /// As many of the best are asked for as there are.
    #[error(
        "`--best-of {best}`: of {policies} policies at most {} can be chosen; a choice leaves one out, and counterfactuals", policies.saturating_sub(1)
    )]
    BestOf {
        /// How many are asked for.
        best: usize,
        /// How many there are to choose from.
        policies: usize,
    },
    /// A table is asked for without the option that makes it.
    #[error(
        "`--only {table}`: {table}.csv is written with `{option}` alone; add that, or leave {table} out"
    )]
    OnlyWithout {
        /// The table.
        table: &'static str,
        /// The option.
        option: &'static str,
    },
    /// An option asks for a table that is left out.
    #[error(
        "`{option}` bears on {table}.csv alone, which `--only` leaves out; add {table} there, or leave \
         `{option}` out"
    )]
    OnlyLeavesOut {
        /// The table.
        table: &'static str,
        /// The option.
        option: &'static str,
    },
    /// A policy has the name of a placebo.
    #[error(transparent)]
    Placebo(#[from] PlaceboExists),
    /// What a run has kept does not say which shard it is.
    #[error("`{}` does not say which shard it is", folder.display())]
    PlanShard {
        /// The folder.
        folder: PathBuf,
        /// What is wrong.
        source: ShardError,
    },
    /// Files of the copy of the inputs are no longer what they were.
    #[error(
        "the copy of the inputs is damaged: {}; the same `yangjae run` with `--resume`, or the \
         same `yangjae merge`, writes it again", kept::listed(.0)
    )]
    DamagedInputs(Vec<DamagedCopy>),
    /// The manifest says something else than follows from the copy of the inputs.
    #[error(
        "the manifest is not that of the inputs in `{}`: {differences}; undo the change, or the same \
         `yangjae run` with `--resume`, or the same `yangjae merge`, writes it again", folder.display()
    )]
    KeptInputs {
        /// The folder of the copy.
        folder: PathBuf,
        /// In what they differ.
        differences: String,
    },
    /// The copy of the inputs does not read as a scenario.
    #[error("the copy of the inputs does not read as a scenario: {}", without_label(.0))]
    Scenario(#[from] ScenarioError),
}

impl RecipeError {
    /// The program's exit status: 2 where the command line or a file is wrong.
    #[must_use]
    pub const fn status(&self) -> u8 {
        match self {
            Self::PlanShard { .. } | Self::Scenario(_) => 1,
            _ => 2,
        }
    }
}

/// The problems of a scenario in a sentence that goes on: without the label of an error.
fn without_label(error: &ScenarioError) -> String {
    let text = error.to_string();
    text.strip_prefix("error: ").map_or_else(|| text.clone(), str::to_owned)
}

/// `NAME=VALUE` apart.
fn pairs(set: &[String]) -> Vec<(String, String)> {
    let pair = |text: &String| {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        (name.to_owned(), value.to_owned())
    };
    set.iter().map(pair).collect()
}

/// What is simulated, and what is written of it.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// The scenario with the policies, seed and replications of the run.
    pub scenario: Scenario,
    /// Which part of the replications, where it is not all of them.
    pub shard: Option<Shard>,
    /// What the command line changes in the scenario.
    pub choices: Choices,
    /// Which tables there are.
    pub options: Options,
    /// How policies were scaled to equal cost, if they were.
    pub scaled: Option<EqualBudget>,
    /// What precision was promised, if it was.
    pub promise: Option<Promise>,
}

impl Recipe {
    /// The language of its readers: the one of the options, which a recipe has been checked to have.
    #[must_use]
    pub fn language(&self) -> Language {
        Language::or_english(&self.options.language, &self.scenario)
    }

    /// Whether a run of this recipe writes a table.
    #[must_use]
    pub fn writes(&self, table: &TableSpec) -> bool {
        let options = &self.options;
        let is_asked_for = match table.file {
            file if file == BudgetedPolicy::TABLE.file => self.scaled.is_some(),
            file if file == ReplicationValue::TABLE.file => options.replication_csv,
            file if file == SelectedPolicy::TABLE.file => options.best.is_some(),
            file if file == Event::TABLE.file => options.events > 0,
            file if file == GroupOfStartups::TABLE.file => self.choices.groups,
            _ => true,
        };
        let is_chosen = options.only.is_empty() || options.only.iter().any(|it| it == table.name());
        self.shard.is_none() && is_asked_for && is_chosen
    }

    /// Whether a run of this recipe has report, workbook and pictures: not one of some tables alone, nor a shard.
    #[must_use]
    pub fn has_views(&self) -> bool {
        self.shard.is_none() && self.options.only.is_empty()
    }

    /// A folder, and how tables of this recipe are written into it.
    #[must_use]
    pub fn target<'f>(&self, folder: &'f Path) -> Target<'f> {
        let Options { csv_dialect: dialect, parquet, .. } = self.options;
        Target { folder, dialect, parquet, money: self.scenario.money }
    }

    /// What the scenario and the command line say and no simulation reads: a sentence each.
    #[must_use]
    pub fn without_effect(&self) -> Vec<String> {
        let mut found = self.scenario.without_effect_under(self.options.appraisal);
        if self.choices.placebo && !self.scenario.policies.iter().any(Policy::is_placebo) {
            found.insert(0, "`--placebo`: no policy adds a lever to the baseline".to_owned());
        }
        if self.scaled.is_some() && self.scenario.policies.len() == 1 {
            found.insert(0, "`--equal-budget`: there is no policy to scale".to_owned());
        }
        found
    }

    /// The recipe of a run, from the copy of the inputs in its folder and its plan.
    ///
    /// # Errors
    ///
    /// Fails if the copy is not what the plan lists, or does not read as a scenario.
    pub fn from_folder(folder: &Path, plan: &RunPlan) -> Result<Self, RecipeError> {
        let inputs = output_folder::inputs_of(folder);
        let set = pairs(&plan.choices.set);
        let files = kept::inputs(folder, &plan.inputs).map_err(RecipeError::DamagedInputs)?;
        let Choices { until, future, .. } = &plan.choices;
        let scenario = Scenario::from_inputs(&inputs, files, &set, *until, future.as_deref())?;
        // What no file holds is a placebo, and is made again.
        let is_of_a_file = |name: &&String| {
            !plan.choices.placebo || scenario.policies.iter().any(|policy| policy.name == **name)
        };
        let names: Vec<String> = plan.policies.iter().filter(is_of_a_file).cloned().collect();
        let scaled = plan.scaled.clone();
        let mut scenario = assembled(&scenario, &names, scaled.as_ref(), plan.choices.placebo)?;
        // The copy lies in a folder of another name.
        scenario.name.clone_from(&plan.scenario);
        scenario.seed = plan.seed;
        scenario.replications = plan.replications;
        scenario.outputs.groups = plan.choices.groups;
        let shard = plan.shard.as_ref().map(|shard| shard.parse());
        let shard = shard
            .transpose()
            .map_err(|source| RecipeError::PlanShard { folder: folder.to_owned(), source })?;
        let (choices, options) = (plan.choices.clone(), plan.options.clone());
        let promise = plan.promise.clone();
        let recipe = Self { scenario, shard, choices, options, scaled, promise };
        let differences = plan.differences(&recipe.plan(), "as listed", "as kept");
        if differences.is_empty() {
            return Ok(recipe);
        }
        Err(RecipeError::KeptInputs { folder: inputs, differences: differences.join("; ") })
    }

    /// Values of parameters as the command line has them, by name.
    #[must_use]
    pub fn set(&self) -> Vec<(String, String)> {
        pairs(&self.choices.set)
    }

    /// The same for all replications, where this is a shard's.
    #[must_use]
    pub fn whole(self) -> Self {
        Self { shard: None, ..self }
    }

    /// The blocks to make.
    #[must_use]
    pub fn blocks(&self) -> Vec<Range<u32>> {
        self.part().blocks(self.scenario.replications)
    }

    /// The replications to make.
    #[must_use]
    pub fn replications(&self) -> Range<u32> {
        self.part().replications(self.scenario.replications)
    }

    fn part(&self) -> Shard {
        self.shard.unwrap_or(Shard::WHOLE)
    }

    /// A digest of everything that bears on the values of a replication: neither the number of
    /// replications nor the choice of policies does, as each is simulated for itself.
    ///
    /// # Panics
    ///
    /// Never: choices are plain data.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let scenario = &self.scenario;
        let mut parts = Parts::new().with("version", env!("CARGO_PKG_VERSION").as_bytes());
        for input in &scenario.inputs {
            parts.add(&format!("input {}", input.path), &input.bytes);
        }
        let choices = serde_json::to_vec(&self.choices).expect("plain data is written as JSON");
        parts
            .with("choices", &choices)
            .with("seed", &scenario.seed.to_le_bytes())
            .with("baseline", scenario.policies[scenario.baseline].name.as_bytes())
            .fingerprint()
    }

    /// What a run of this recipe is to make.
    #[must_use]
    pub fn plan(&self) -> RunPlan {
        let scenario = &self.scenario;
        RunPlan {
            program: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario: scenario.name.clone(),
            inputs: manifest::inputs(&scenario.inputs),
            seed: scenario.seed,
            replications: scenario.replications,
            shard: self.shard.map(|shard| shard.to_string()),
            baseline: scenario.policies[scenario.baseline].name.clone(),
            policies: scenario.policies.iter().map(|policy| policy.name.clone()).collect(),
            first_year: scenario.first_year,
            last_year: scenario.last_year,
            choices: self.choices.clone(),
            options: self.options.clone(),
            scaled: self.scaled.clone(),
            promise: self.promise.clone(),
        }
    }
}

/// The scenario with some of its policies, scaled as a pilot has found, and with their placebos.
///
/// # Errors
///
/// Fails if the scenario lacks a policy that is named, or has the name of a placebo.
pub fn assembled(
    scenario: &Scenario,
    names: &[String],
    budget: Option<&EqualBudget>,
    placebo: bool,
) -> Result<Scenario, RecipeError> {
    let mut chosen = choose(scenario, names)?;
    let baseline = chosen.policies[chosen.baseline].clone();
    for policy in &mut chosen.policies {
        let found = budget.map(|budget| budget.policies.iter());
        let found = found.and_then(|mut all| all.find(|scaled| scaled.policy == policy.name));
        if let Some(scaled) = found {
            *policy = variant::scaled(policy, &baseline, scaled.factor);
        }
    }
    if !placebo {
        return Ok(chosen);
    }
    // Also a policy that is not chosen keeps its name.
    variant::with_placebos(scenario)?;
    Ok(variant::with_placebos(&chosen)?)
}

/// The scenario with some of its policies, in its order, and its baseline; with all where none is
/// named.
fn choose(scenario: &Scenario, names: &[String]) -> Result<Scenario, RecipeError> {
    let mut chosen = scenario.clone();
    if names.is_empty() {
        return Ok(chosen);
    }
    for (place, name) in names.iter().enumerate() {
        if names[..place].contains(name) {
            return Err(RecipeError::PolicyTwice(name.clone()));
        }
        if scenario.policies.iter().all(|policy| policy.name != *name) {
            let known: Vec<&str> =
                scenario.policies.iter().map(|policy| policy.name.as_str()).collect();
            let known = known.join(", ");
            let scenario = scenario.name.clone();
            return Err(RecipeError::UnknownPolicy { scenario, name: name.clone(), known });
        }
    }
    let baseline = scenario.policies[scenario.baseline].name.as_str();
    let is_chosen = |policy: &Policy| policy.name == baseline || names.contains(&policy.name);
    chosen.policies.retain(is_chosen);
    chosen.is_part = chosen.policies.len() < scenario.policies.len();
    let before = &scenario.policies[..scenario.baseline];
    chosen.baseline = before.iter().filter(|policy| is_chosen(policy)).count();
    Ok(chosen)
}
