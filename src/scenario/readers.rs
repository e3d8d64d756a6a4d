//! What reads a parameter under a policy: the levers that name it, and what they must hold so that they do.

use crate::policy::effect::size_parameter;
use crate::policy::levers::Levers;
use crate::policy::levers::instrument::Instrument;
use crate::policy::levers::programme::Degree;
use crate::policy::levers::programme::Programme;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::district::AreaStart;
use crate::scenario::district::Synergy;
use crate::scenario::parameter::IN_MONEY_TOO;
use crate::scenario::parameter_spec::Acts;
use crate::scenario::parameter_spec::ParameterSpec;

/// Whether a simulation of a policy reads a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Something may read it.
    Read,
    /// The policy has none of the levers through which it acts.
    NoLever,
    /// The scenario has nothing that reads it under any policy, for this reason.
    NothingThere(String),
}

/// What reads a parameter under a policy of a scenario, from the registers of parameters and of levers, and
/// where those are too wide from [`by_levers`] and [`by_scenario`].
pub(super) fn reading(spec: &ParameterSpec, scenario: &Scenario, policy: &Policy) -> Reading {
    if let Some(why) = by_scenario(&spec.name, scenario) {
        return Reading::NothingThere(why);
    }
    let mut levers = policy.plan.levers();
    let named = levers.any(|lever| lever.spec().acts_through(&spec.name, spec.family));
    let anyhow = spec.acts != Acts::WithLevers || IN_MONEY_TOO.contains(&spec.name.as_ref());
    let is_read = by_levers(spec, scenario, &policy.plan).unwrap_or(named || anyhow);
    if is_read { Reading::Read } else { Reading::NoLever }
}

/// Whether the levers of a plan read a parameter that only some levers of their kinds read, or that the
/// register of levers names under no kind; `None` where the registers say all there is to say.
fn by_levers(spec: &ParameterSpec, scenario: &Scenario, plan: &Levers) -> Option<bool> {
    let name: &str = &spec.name;
    let programme = |holds: fn(&Programme) -> bool| plan.programmes.iter().any(holds);
    let is_read = match name {
        "grant_additional_share" => !plan.grants.is_empty(),
        "construction_overrun" => {
            let vantage = scenario.vantage;
            let mut buildings = plan.levers().filter_map(|lever| lever.building());
            buildings.any(|building| building.construction > 0.0 && building.opening > vantage)
        }
        "building_residual" => {
            let mut buildings = plan.levers().filter_map(|lever| lever.building());
            buildings.any(|building| building.construction > 0.0)
        }
        "incubation_pull" => {
            let open = plan.facilities.iter().any(|lever| lever.graduates);
            open && !plan.programmes.is_empty()
        }
        "completion_master" | "founding_master" | "stay_master" => {
            programme(|it| it.degree == Degree::Master)
        }
        "completion_doctor" | "founding_doctor" | "stay_doctor" => {
            programme(|it| it.degree == Degree::Doctor)
        }
        "founding_non_degree" | "qualification_non_degree" => {
            programme(|it| it.degree == Degree::NonDegree)
        }
        "qualification_retraining" => programme(|it| it.degree == Degree::Retraining),
        "completion_non_degree" | "stay_non_degree" | "course_applicants" => {
            programme(|it| matches!(it.degree, Degree::NonDegree | Degree::Retraining))
        }
        "stay_linkage" | "linkage_share" => programme(|it| it.linkage),
        "stay_home" => !plan.programmes.is_empty() && !plan.homes.is_empty(),
        "plot_takeup" => plan.designations.iter().any(|it| it.plot_ratio > 1.0),
        "building_relief" => plan.designations.iter().any(|it| it.acquisition_relief > 0.0),
        "building_loan" => plan.designations.iter().any(|it| it.loans > 0.0),
        "plot_price_pass_through" => plan.designations.iter().any(|it| it.property_relief > 0.0),
        "review_time" => plan.designations.iter().any(|it| it.review_exempt),
        "round_patent" => plan.designations.iter().any(|it| it.priority_examination),
        "hinterland_weight_synergy" => scenario.district.synergies_of(plan).next().is_some(),
        _ if spec.family.starts_with("effect_") => {
            let sizes = |it: &Instrument| {
                it.effects.iter().any(|effect| size_parameter(effect.on, &it.common.name) == name)
            };
            plan.instruments.iter().any(sizes)
        }
        _ => return None,
    };
    Some(is_read)
}

/// Why nothing in a scenario reads a parameter, whatever the policy.
fn by_scenario(name: &str, scenario: &Scenario) -> Option<String> {
    let district = &scenario.district;
    let areas = &district.areas;
    let why = match name {
        "natural_occupancy"
        | "rent_speed"
        | "other_users_elasticity"
        | "built_share"
        | "building_rate"
        | "building_rent_elasticity"
        | "building_lag_minimum"
        | "building_lag_maximum" => {
            let limited = areas.list().iter().any(|area| area.floor_space.is_some());
            (!limited).then_some("floor space has no limit in any area")
        }
        "climate_spread" | "climate_persistence" => {
            let known = |year| scenario.known_climate().any(|known| known.year == year);
            scenario.years().all(known).then_some("the climate of every year is known")
        }
        "capital_growth_early" => {
            let until = scenario.capital_early_until.min(scenario.last_year);
            (until <= scenario.reference_year).then_some("it ends by the reference year")
        }
        "capital_growth_late" => {
            let never = scenario.last_year <= scenario.capital_early_until;
            never.then_some("no year is as late as it acts")
        }
        "hinterland_weight" => {
            let counts = |area: &AreaStart| area.neighbours.iter().any(|&(_, weight)| weight > 0.0);
            (!areas.list().iter().any(counts)).then_some("no area has neighbours")
        }
        "hinterland_weight_synergy" => {
            let near = |it: &Synergy| areas.are_neighbours(it.areas[0], it.areas[1]);
            (!district.synergies.iter().any(near)).then_some("there is no synergy of neighbours")
        }
        _ => None,
    };
    why.map(str::to_owned)
}
