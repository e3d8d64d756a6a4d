//! Levers that can never act: without one of them, every simulated year is the same but for what
//! the lever costs and counts as its own.

use std::collections::BTreeMap;

use crate::policy::lever::Common;
use crate::policy::lever::Horizon;
use crate::policy::levers::Levers;
use crate::policy::levers::designation::Designation;
use crate::policy::levers::facility::Facility;
use crate::policy::levers::programme::Degree;
use crate::policy::levers::programme::Programme;
use crate::policy::levers::service::Scope;
use crate::policy::levers::service::Service;
use crate::scenario::Scenario;
use crate::time::Date;
use crate::time::MID_YEAR;

/// The levers of a plan that can never act, by name, each with the reason. A lever that acts in any
/// way but by money is not among them, unless its sentence says in which.
pub(super) fn levers<'p>(scenario: &Scenario, plan: &'p Levers) -> BTreeMap<&'p str, String> {
    let horizon = Horizon { first_year: scenario.first_year, last_year: scenario.last_year };
    let mut found = BTreeMap::new();
    for lever in plan.levers() {
        found.extend(lever.idle(horizon).map(|why| (lever.common().name.as_str(), why)));
    }
    // What depends on the rest of the plan and of the scenario.
    for lever in
        plan.facilities.iter().filter(|lever| lever.building.opening.year <= horizon.last_year)
    {
        match facility(horizon, plan, lever) {
            Some(why) => found.insert(&lever.common.name, why),
            None => found.remove(lever.common.name.as_str()),
        };
    }
    let mut more = |common: &'p Common, why: Option<String>| {
        if let Some(why) = why {
            found.entry(common.name.as_str()).or_insert(why);
        }
    };
    for lever in &plan.designations {
        more(&lever.common, designation(scenario, plan, lever));
    }
    for lever in &plan.programmes {
        more(&lever.common, programme(horizon, plan, lever));
    }
    for lever in &plan.services {
        more(&lever.common, service(horizon, plan, lever));
    }
    found
}

/// What a facility without tenants still does.
fn facility(horizon: Horizon, plan: &Levers, lever: &Facility) -> Option<String> {
    let why = lever.no_tenants(horizon)?;
    let has_space = !lever.floor_space.is_zero();
    // An open facility draws graduates to found, whoever comes to sit there.
    let pulls = lever.graduates && !plan.programmes.is_empty() && !lever.places.is_zero();
    let mut acts = Vec::new();
    if has_space && !lever.is_leased() {
        acts.push("adds its floor space to the area");
    }
    if has_space && pulls {
        acts.push("draws graduates to found");
    }
    Some(if acts.is_empty() {
        format!("it does nothing, {why}")
    } else {
        format!("it has no tenant, {why}, and only {}", acts.join(" and "))
    })
}

fn designation(scenario: &Scenario, plan: &Levers, lever: &Designation) -> Option<String> {
    let (first, last) = (scenario.first_year, scenario.last_year);
    let in_force = |year: u16| lever.is_in_force(lever.decision, Date { year, day: MID_YEAR });
    // What a plot ratio has let a laboratory build stays when the designation ends.
    let has_site =
        scenario.district.laboratories.iter().any(|laboratory| laboratory.area == lever.area);
    // At the earliest it is decided on this day; a delay only shortens its time.
    let on_sites = has_site
        && lever.is_ever_in_force(lever.decision)
        && lever.plot_ratio > 1.0
        && lever.decision.year < last;
    if !on_sites && !scenario.years().any(in_force) {
        return Some(format!("it is in force on 1 July of no year from {first} to {last}"));
    }
    let is_normal = lever.plot_ratio <= 1.0
        && [lever.acquisition_relief, lever.property_relief, lever.loans]
            .iter()
            .all(|&it| it <= 0.0)
        && !lever.review_exempt
        && !lever.priority_examination;
    let mut synergies = scenario.district.synergies_of(plan);
    let is_close = synergies.any(|synergy| synergy.regimes.contains(&lever.regime));
    (is_normal && !is_close).then(|| {
        "it changes nothing but who counts as served: it allows and relieves nothing".to_owned()
    })
}

fn programme(horizon: Horizon, plan: &Levers, lever: &Programme) -> Option<String> {
    let (first, last) = (horizon.first_year, horizon.last_year);
    let (years, _) = lever.finishes();
    let enrols = |year: u16| lever.enrolled(year) > 0;
    let mut finishing = horizon.years().filter_map(|year| year.checked_sub(years));
    // Courses draw on the same applicants, so that one which nobody finishes still takes from others.
    let is_course = |degree: Degree| matches!(degree, Degree::NonDegree | Degree::Retraining);
    let courses = plan.programmes.iter().filter(|other| is_course(other.degree)).count();
    if finishing.any(enrols) || is_course(lever.degree) && courses > 1 {
        return None;
    }
    if horizon.years().any(enrols) {
        let why = "it only enrols and costs, as no cohort finishes by the last year";
        return Some(format!("{why}, {last}"));
    }
    horizon
        .ended_early(&lever.common)
        .or_else(|| Some(format!("nobody enrols in a year from {first} to {last}")))
}

fn service(horizon: Horizon, plan: &Levers, lever: &Service) -> Option<String> {
    let Scope::Tenants(slot) = lever.scope else { return None };
    let facility = plan.facilities.iter().find(|facility| facility.common.slot == slot)?;
    let never = facility.no_tenants(horizon).is_some();
    let may_have_tenants = |year: u16| {
        let until = facility.common.until;
        !never
            && facility.building.opening.year <= year
            && until.is_none_or(|until| until.year >= year)
    };
    let runs = |&year: &u16| lever.common.share_of_year(lever.building.opening, year) > 0.0;
    let used = horizon.years().filter(runs).any(may_have_tenants);
    let name = &facility.common.name;
    (!used).then(|| format!("nobody may use it: `{name}` has no tenant while it runs"))
}
