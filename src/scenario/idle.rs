//! Levers that can never act: without one of them, every simulated year is the same but for what
//! the lever costs and counts as its own.

use std::collections::BTreeMap;

use crate::policy::plan::Common;
use crate::policy::plan::Degree;
use crate::policy::plan::Designation;
use crate::policy::plan::Facility;
use crate::policy::plan::Institutes;
use crate::policy::plan::Plan;
use crate::policy::plan::Programme;
use crate::policy::plan::ResearchGrant;
use crate::policy::plan::Schedule;
use crate::policy::plan::Scope;
use crate::policy::plan::Service;
use crate::scenario::Scenario;
use crate::scenario::adjustment::COUNTS_BEFORE;
use crate::time::DAYS;
use crate::time::Date;

/// The levers of a plan that can never act, by name, each with the reason. A lever that acts in any
/// way but by money is not among them, unless its sentence says in which.
pub(super) fn levers<'p>(scenario: &Scenario, plan: &'p Plan) -> BTreeMap<&'p str, String> {
    let begins = |date: Date| begins_late(scenario, date);
    let ended = |common: &Common| ended_early(scenario, common);
    let mut found = BTreeMap::new();
    let mut note = |common: &'p Common, why: Option<String>| {
        found.extend(why.map(|why| (common.name.as_str(), why)));
    };
    for lever in &plan.facilities {
        let why = begins(lever.building.opening).or_else(|| facility(scenario, plan, lever));
        note(&lever.common, why);
    }
    for lever in &plan.designations {
        let why = begins(lever.decision).or_else(|| designation(scenario, plan, lever));
        note(&lever.common, why);
    }
    for lever in &plan.programmes {
        let why = begins(lever.common.from).or_else(|| programme(scenario, plan, lever));
        note(&lever.common, why);
    }
    for lever in &plan.homes {
        // Homes that have opened stay, whenever the lever ends.
        let why = begins(lever.building.opening);
        note(&lever.common, why.or_else(|| costs_only("units", lever.units == 0)));
    }
    for lever in &plan.funds {
        let why = begins(lever.common.from)
            .or_else(|| ended(&lever.common))
            .or_else(|| costs_only("budget", lever.budget <= 0.0))
            .or_else(|| costs_only("share", lever.share <= 0.0));
        note(&lever.common, why);
    }
    for lever in &plan.vouchers {
        let why = begins(lever.common.from)
            .or_else(|| ended(&lever.common))
            .or_else(|| costs_only("vouchers", lever.vouchers == 0))
            .or_else(|| costs_only("share", lever.share <= 0.0))
            .or_else(|| costs_only("duration", lever.duration <= 0.0));
        note(&lever.common, why);
    }
    for lever in &plan.wage_subsidies {
        let why = begins(lever.common.from)
            .or_else(|| ended(&lever.common))
            .or_else(|| costs_only("budget", lever.budget <= 0.0))
            .or_else(|| costs_only("share", lever.share <= 0.0))
            .or_else(|| {
                let why = "firms hire from the year after that of their founding on";
                (lever.longest_age < 1.0).then(|| format!("{why}, and `longest_age` is below 1"))
            });
        note(&lever.common, why);
    }
    for lever in &plan.grants {
        let why = begins(lever.common.from).or_else(|| ended(&lever.common));
        note(&lever.common, why.or_else(|| grants(scenario, lever)));
    }
    for lever in &plan.services {
        let why = begins(lever.building.opening).or_else(|| ended(&lever.common));
        note(&lever.common, why.or_else(|| service(scenario, plan, lever)));
    }
    for lever in &plan.institutes {
        let why = begins(lever.building.opening).or_else(|| institutes(scenario, lever));
        note(&lever.common, why);
    }
    for lever in &plan.experience_centres {
        note(&lever.common, begins(lever.building.opening).or_else(|| ended(&lever.common)));
    }
    found
}

fn begins_late(scenario: &Scenario, date: Date) -> Option<String> {
    let last = scenario.last_year;
    let late = date.year > last;
    late.then(|| format!("it begins to act on {date}, after the last year, {last}"))
}

fn ended_early(scenario: &Scenario, common: &Common) -> Option<String> {
    let first = scenario.first_year;
    let until = common.until.filter(|until| until.year < first)?;
    Some(format!("it ended on {until}, before the first year, {first}"))
}

/// A setting of 0 without which a lever does nothing.
fn costs_only(setting: &str, is_nothing: bool) -> Option<String> {
    is_nothing.then(|| format!("it does nothing but cost, as `{setting}` is 0"))
}

fn always_zero(schedule: &Schedule) -> bool {
    schedule.0.iter().all(|&(_, number)| number == 0)
}

/// Why a facility never has a tenant in a simulated year, as the end of a sentence.
fn no_tenants(scenario: &Scenario, lever: &Facility) -> Option<String> {
    let (first, last) = (Date::new_year(scenario.first_year), scenario.last_year);
    let nothing = |setting: &str| Some(format!("as `{setting}` is 0"));
    if lever.room == 0 {
        return nothing("room");
    }
    if always_zero(&lever.floor_space) {
        return nothing("floor_space");
    }
    // The first tenants do not apply, and no place is counted for them.
    let opened_before = lever.building.opening.year < first.year;
    if opened_before && lever.initial_tenants > 0 && lever.floor_space.on(first) > 0 {
        return None;
    }
    if always_zero(&lever.places) {
        return nothing("places");
    }
    if lever.awareness_factor <= 0.0 {
        return nothing("awareness_factor");
    }
    let opens = lever.building.opening.max(first);
    let closes = lever.common.until.unwrap_or(Date { year: last, day: DAYS });
    if closes < opens {
        return Some(format!("as it ended on {closes}, before the first year, {}", first.year));
    }
    let offers = (opens.year..=closes.year.min(last)).any(|year| lever.offers_places(year));
    (!offers).then(|| "as it has no place or no floor space while it is open".to_owned())
}

fn facility(scenario: &Scenario, plan: &Plan, lever: &Facility) -> Option<String> {
    let why = no_tenants(scenario, lever)?;
    let has_space = !always_zero(&lever.floor_space);
    // An open facility draws graduates to found, whoever comes to sit there.
    let pulls = lever.graduates && !plan.programmes.is_empty() && !always_zero(&lever.places);
    let mut acts = Vec::new();
    if has_space && !lever.is_leased() {
        acts.push("adds its floor space to the area");
    }
    if has_space && pulls {
        acts.push("draws graduates to found");
    }
    Some(if acts.is_empty() {
        format!("it does nothing but cost, {why}")
    } else {
        format!("it has no tenant, {why}, and only {}", acts.join(" and "))
    })
}

fn designation(scenario: &Scenario, plan: &Plan, lever: &Designation) -> Option<String> {
    let (first, last) = (scenario.first_year, scenario.last_year);
    let in_force = |year: u16| {
        let middle = Date { year, day: COUNTS_BEFORE };
        lever.decision < middle && lever.common.until.is_none_or(|until| until >= middle)
    };
    // What a plot ratio has let a laboratory build stays when the designation ends.
    let has_site =
        scenario.district.laboratories.iter().any(|laboratory| laboratory.area == lever.area);
    let on_sites = has_site && lever.plot_ratio > 1.0 && lever.decision.year < last;
    if lever.refusal >= 1.0 {
        return Some("it is always refused, as `refusal` is 1".to_owned());
    }
    if lever.share <= 0.0 {
        return costs_only("share", true);
    }
    if !on_sites && !scenario.years().any(in_force) {
        return Some(format!("it is in force on 1 July of no year from {first} to {last}"));
    }
    let is_normal = lever.plot_ratio <= 1.0
        && [lever.acquisition_relief, lever.property_relief, lever.loans]
            .iter()
            .all(|&it| it <= 0.0)
        && !lever.review_exempt
        && !lever.priority_examination;
    // Under both laws the areas are one hinterland.
    let mut others = plan.designations.iter();
    let beside = others.any(|other| other.regime != lever.regime && other.share > 0.0);
    (is_normal && !beside).then(|| {
        "it changes nothing but costs and who counts as served: it allows and relieves nothing"
            .to_owned()
    })
}

fn programme(scenario: &Scenario, plan: &Plan, lever: &Programme) -> Option<String> {
    let (first, last) = (scenario.first_year, scenario.last_year);
    if always_zero(&lever.intake) {
        return costs_only("intake", true);
    }
    let (years, _) = lever.finishes();
    let enrols = |year: u16| lever.enrolled(year) > 0;
    let mut finishing = scenario.years().filter_map(|year| year.checked_sub(years));
    // Courses draw on the same applicants, so that one which nobody finishes still takes from others.
    let is_course = |degree: Degree| matches!(degree, Degree::NonDegree | Degree::Retraining);
    let courses = plan.programmes.iter().filter(|other| is_course(other.degree)).count();
    if finishing.any(enrols) || is_course(lever.degree) && courses > 1 {
        return None;
    }
    if scenario.years().any(enrols) {
        let why = "it only enrols and costs, as no cohort finishes by the last year";
        return Some(format!("{why}, {last}"));
    }
    ended_early(scenario, &lever.common)
        .or_else(|| Some(format!("nobody enrols in a year from {first} to {last}")))
}

fn grants(scenario: &Scenario, lever: &ResearchGrant) -> Option<String> {
    let number =
        |year| f64::from(lever.grants) * lever.common.share_of_year(lever.common.from, year);
    costs_only("grants", lever.grants == 0)
        .or_else(|| costs_only("amount", lever.amount <= 0.0))
        .or_else(|| {
            let none = scenario.years().all(|year| number(year).round() < 1.0);
            none.then(|| {
                let grants = lever.grants;
                format!("in each year it is in force too short a time for one of {grants} grants")
            })
        })
}

fn service(scenario: &Scenario, plan: &Plan, lever: &Service) -> Option<String> {
    if lever.reach <= 0.0 {
        return costs_only("reach", true);
    }
    let Scope::Tenants(slot) = lever.scope else { return None };
    let facility = plan.facilities.iter().find(|facility| facility.common.slot == slot)?;
    let never = no_tenants(scenario, facility).is_some();
    let may_have_tenants = |year: u16| {
        let until = facility.common.until;
        !never
            && facility.building.opening.year <= year
            && until.is_none_or(|until| until.year >= year)
    };
    let runs = |&year: &u16| lever.common.share_of_year(lever.building.opening, year) > 0.0;
    let used = scenario.years().filter(runs).any(may_have_tenants);
    let name = &facility.common.name;
    (!used).then(|| format!("nobody may use it: `{name}` has no tenant while it runs"))
}

fn institutes(scenario: &Scenario, lever: &Institutes) -> Option<String> {
    let (opening, first) = (lever.building.opening, scenario.first_year);
    costs_only("institutes", lever.institutes == 0).or_else(|| {
        let before = opening.year < first;
        before.then(|| {
            format!(
                "it opened on {opening}, before the first year, {first}: institutes that are there \
                 by then belong into district.toml"
            )
        })
    })
}
