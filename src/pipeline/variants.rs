//! Policies that no file holds: scaled to equal cost, and placebos.
//!
//! Both are functions of the scenario and the command line alone, so each shard makes the same.

use crate::analysis::equal_budget;
use crate::analysis::equal_budget::BudgetError;
use crate::analysis::equal_budget::MOST_ROUNDS;
use crate::analysis::study::PILOT;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::pipeline::error::WorkError;
use crate::pipeline::interrupt;
use crate::pipeline::recipe;
use crate::pipeline::recipe::Recipe;
use crate::pipeline::recipe::RecipeError;
use crate::report::text::progress::Bar;
use crate::report::text::progress::Visibility;
use crate::scenario::Scenario;

/// Why policies are not scaled to equal cost.
#[derive(Debug, thiserror::Error)]
pub enum ScalingError {
    /// There is no budget.
    #[error(transparent)]
    Budget(BudgetError),
    /// The pilot failed.
    #[error(transparent)]
    Work(#[from] WorkError),
    /// The scaled policies do not fit the scenario.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// Somebody has stopped it before its first block.
    #[error(
        "interrupted while policies were scaled to equal cost; nothing was written, and the same \
         command begins again"
    )]
    Stopped,
}

impl ScalingError {
    /// The program's exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Budget(BudgetError::NoPolicy | BudgetError::NoBudget { .. }) => 2,
            Self::Budget(_) => 1,
            Self::Work(error) => error.status(),
            Self::Recipe(error) => error.status(),
            Self::Stopped => interrupt::status(),
        }
    }
}

impl From<Halted<BudgetError>> for ScalingError {
    fn from(error: Halted<BudgetError>) -> Self {
        match error {
            Halted::Stopped => Self::Stopped,
            Halted::Failed(BudgetError::Study(error)) => {
                Self::Work(WorkError::Simulation(Box::new(error)))
            }
            Halted::Failed(error) => Self::Budget(error),
            Halted::Panicked { message, .. } => Self::Work(WorkError::Statistics { message }),
        }
    }
}

/// The recipe with its policies scaled to equal cost where that is asked for; `scenario` is the
/// scenario as it was loaded, with all policies, and `names` are those asked for, none for all.
///
/// # Errors
///
/// Fails if there is no budget, and if the pilot fails or is interrupted.
pub fn with_equal_budget(
    recipe: Recipe,
    scenario: &Scenario,
    names: &[String],
    workers: &Workers<'_>,
    visibility: Visibility,
) -> Result<Recipe, ScalingError> {
    if !recipe.choices.equal_budget {
        return Ok(recipe);
    }
    let Scenario { seed, replications, outputs, .. } = recipe.scenario;
    let scenario = Scenario { seed, replications, outputs, ..scenario.clone() };
    let scaled: Vec<&str> =
        recipe.scenario.policies.iter().map(|policy| policy.name.as_str()).collect();
    let rounds = u32::try_from(MOST_ROUNDS * PILOT.len()).unwrap_or(u32::MAX);
    let bar = Bar::new("equal budget", rounds, visibility);
    let scaled = Some(equal_budget::equal_budget(&scenario, &scaled, workers, &bar)?);
    let placebo = recipe.choices.placebo;
    let scenario = recipe::assembled(&scenario, names, scaled.as_ref(), placebo)?;
    Ok(Recipe { scenario, scaled, ..recipe })
}

/// Pairs of a policy and its placebo, by their places.
#[must_use]
pub fn placebos(scenario: &Scenario) -> Vec<(usize, usize)> {
    let places = 0..scenario.policies.len();
    let placebos = places.filter(|&place| scenario.policies[place].is_placebo());
    // A placebo stands directly after its policy.
    placebos.filter_map(|place| Some((place.checked_sub(1)?, place))).collect()
}
