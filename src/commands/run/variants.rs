//! What a run simulates: the scenario with the policies, sizes and placebos that are asked for.
//!
//! A function of the scenario and the command line alone, so that each shard makes the same.

use crate::analysis::equal_budget;
use crate::analysis::equal_budget::EqualBudget;
use crate::analysis::equal_budget::MOST_ROUNDS;
use crate::analysis::equal_budget::PILOT;
use crate::commands::run::Arguments;
use crate::commands::run::RunError;
use crate::commands::run::chosen;
use crate::experiment::batch::Workers;
use crate::report::progress::Bar;
use crate::report::progress::Visibility;
use crate::scenario::Scenario;
use crate::scenario::variant;

/// A scenario as it is run.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The scenario, with scaled policies and placebos.
    pub scenario: Scenario,
    /// How policies were scaled to equal cost, if they were.
    pub equal_budget: Option<EqualBudget>,
}

/// Takes the seed, replications and policies of the command line, scales policies to equal cost,
/// and adds placebos, in this order.
///
/// # Errors
///
/// Fails if the scenario lacks a policy that is asked for, has the name of a placebo, or has no
/// budget; and if the pilot fails or is interrupted.
pub fn prepare(
    scenario: &Scenario,
    arguments: &Arguments,
    workers: &Workers<'_>,
) -> Result<Prepared, RunError> {
    let mut scenario = scenario.clone();
    scenario.seed = arguments.seed.unwrap_or(scenario.seed);
    let wanted = chosen(&scenario, arguments)?;
    let mut prepared = Prepared { scenario: wanted, equal_budget: None };
    if arguments.equal_budget {
        let names: Vec<&str> =
            prepared.scenario.policies.iter().map(|policy| policy.name.as_str()).collect();
        let hidden = arguments.quiet || arguments.no_progress;
        let visibility = if hidden { Visibility::Hidden } else { Visibility::OnTerminal };
        let rounds = u32::try_from(MOST_ROUNDS * PILOT.len()).unwrap_or(u32::MAX);
        let bar = Bar::new("equal budget", rounds, visibility);
        let (scaled, budget) = equal_budget::equal_budget(&scenario, &names, workers, &bar)?;
        prepared = Prepared { scenario: chosen(&scaled, arguments)?, equal_budget: Some(budget) };
    }
    if arguments.placebo {
        prepared.scenario = variant::with_placebos(&prepared.scenario)?;
    }
    Ok(prepared)
}
