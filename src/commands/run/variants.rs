//! Policies that no file holds: scaled to equal cost, and placebos.
//!
//! Both are functions of the scenario and the command line alone, so each shard makes the same.

use crate::analysis::equal_budget;
use crate::analysis::equal_budget::MOST_ROUNDS;
use crate::analysis::study::PILOT;
use crate::commands::run::Arguments;
use crate::commands::run::Recipe;
use crate::commands::run::RunError;
use crate::commands::run::recipe;
use crate::experiment::batch::Workers;
use crate::report::text::progress::Bar;
use crate::report::text::progress::Visibility;
use crate::scenario::Scenario;

/// The recipe with policies scaled to equal cost where that is asked for; `scenario` is the
/// scenario as it was loaded, with all policies.
///
/// # Errors
///
/// Fails if there is no budget, and if the pilot fails or is interrupted.
pub(super) fn with_equal_budget(
    recipe: Recipe,
    scenario: &Scenario,
    arguments: &Arguments,
    workers: &Workers<'_>,
) -> Result<Recipe, RunError> {
    if !recipe.choices.equal_budget {
        return Ok(recipe);
    }
    let Scenario { seed, replications, .. } = recipe.scenario;
    let scenario = Scenario { seed, replications, ..scenario.clone() };
    let names: Vec<&str> =
        recipe.scenario.policies.iter().map(|policy| policy.name.as_str()).collect();
    let hidden = arguments.quiet || arguments.no_progress;
    let visibility = if hidden { Visibility::Hidden } else { Visibility::OnTerminal };
    let rounds = u32::try_from(MOST_ROUNDS * PILOT.len()).unwrap_or(u32::MAX);
    let bar = Bar::new("equal budget", rounds, visibility);
    let found = equal_budget::equal_budget(&scenario, &names, workers, &bar)?;
    let scaled = Some(found);
    let placebo = recipe.choices.placebo;
    let scenario = recipe::assembled(&scenario, &arguments.policies, scaled.as_ref(), placebo)?;
    Ok(Recipe { scenario, scaled, ..recipe })
}

/// Pairs of a policy and its placebo, by their places.
#[must_use]
pub(super) fn placebos(scenario: &Scenario) -> Vec<(usize, usize)> {
    let places = 0..scenario.policies.len();
    let placebos = places.filter(|&place| scenario.policies[place].is_placebo());
    // A placebo stands directly after its policy.
    placebos.filter_map(|place| Some((place.checked_sub(1)?, place))).collect()
}
