//! What a scenario says and no simulation of it ever reads.

use std::collections::BTreeSet;

use crate::policy::area::Area;
use crate::policy::effect::size_parameter;
use crate::policy::levers::Levers;
use crate::policy::levers::instrument::Instrument;
use crate::policy::regime::Regime;
use crate::policy::take_up::For;
use crate::policy::take_up::Gives;
use crate::policy::take_up::TakeUp;
use crate::scenario::Distribution;
use crate::scenario::ParameterValue;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::WrittenLever;
use crate::scenario::adjustment::Adjusted;
use crate::scenario::adjustment::Adjustment;
use crate::scenario::appraisal;
use crate::scenario::appraisal::AfterHorizon;
use crate::scenario::appraisal::PriceYear;
use crate::scenario::appraisal::RuleSet;
use crate::scenario::district::AreaStart;
use crate::scenario::district::Synergy;
use crate::scenario::idle;
use crate::scenario::keys::bounds::MOST_APART;
use crate::scenario::parameter::number;
use crate::scenario::parameter_spec::ParameterSpec;
use crate::scenario::readers;
use crate::scenario::readers::Reading;
use crate::scenario::titles::LANGUAGES;
use crate::time::Date;

impl Scenario {
    /// What it says and no simulation of it ever reads, though nothing contradicts: a sentence each.
    #[must_use]
    pub fn without_effect(&self) -> Vec<String> {
        self.without_effect_under(self.appraisal.rule_set)
    }

    /// The same without what a rule set of an appraisal lacks: what a reader may have chosen.
    #[must_use]
    pub fn choices_without_effect(&self) -> Vec<String> {
        without_effect(self)
    }

    /// The same as [`Scenario::without_effect`], if it is appraised by another rule set.
    #[must_use]
    pub fn without_effect_under(&self, rules: RuleSet) -> Vec<String> {
        // It bears on results, and comes first: `run` shows the first alone.
        self.unconverted(rules).into_iter().chain(without_effect(self)).collect()
    }

    /// The year in whose prices a rule set wants money.
    #[must_use]
    pub fn price_year(&self, rules: RuleSet) -> u16 {
        match rules.rules().prices.year {
            PriceYear::Scenario => self.base_year,
            PriceYear::BeforeAppraisal => self.vantage.year.saturating_sub(1),
        }
    }

    /// What is said where the price index lacks a year by which money would be converted.
    fn unconverted(&self, rules: RuleSet) -> Option<String> {
        let (own, wanted) = (self.base_year, self.price_year(rules));
        let near = (self.first_year.saturating_sub(MOST_APART)..=self.last_year + MOST_APART)
            .contains(&wanted);
        let remedy = match rules.rules().prices.year {
            PriceYear::BeforeAppraisal if !near => {
                format!("a `vantage` in {} needs no conversion", own + 1)
            }
            _ => format!("a `base_year` of {wanted} needs no conversion"),
        };
        let stays = format!(
            "so money stays in prices of `base_year`, {own}, and is not converted to those of {wanted}; {remedy}"
        );
        let of = format!("prices of the appraisal by {}", rules.name());
        let Some(index) = appraisal::prices(&self.money) else {
            let none =
                format!("{of}: there is no price index for {}, {stays}", self.money.currency());
            return (own != wanted).then_some(none);
        };
        if index.ratio(own, wanted).is_some() {
            return None;
        }
        let lacks: Vec<String> = [own, wanted]
            .into_iter()
            .filter(|&year| index.year(year).is_none())
            .map(|year| year.to_string())
            .collect();
        let years = [index.years.first(), index.years.last()].map(|it| it.map_or(0, |it| it.year));
        Some(format!(
            "{of}: its price index, of {} to {}, lacks {}, {stays}",
            years[0],
            years[1],
            lacks.join(" and "),
        ))
    }

    /// Which values given when it was loaded nothing in any policy reads: a sentence each.
    #[must_use]
    pub fn unread_set(&self) -> Vec<String> {
        of_set(self)
    }
}

/// What has no effect though it contradicts nothing: a sentence each, once for a lever and its cause.
#[must_use]
pub(super) fn without_effect(scenario: &Scenario) -> Vec<String> {
    // What the command line says comes first: `run` shows the first alone.
    let mut found: Vec<String> = of_set(scenario);
    found.extend(scenario.future_without_effect());
    for policy in &scenario.policies {
        let idle = idle::levers(scenario, &policy.plan);
        let levers = policy.written.iter().flat_map(|lever| {
            let why = idle.get(lever.name.as_str()).cloned();
            let mut what = before_the_accounts(scenario, &policy.plan, &lever.name);
            what.extend(why.map_or_else(|| of_settings(scenario, policy, lever), |why| vec![why]));
            what.into_iter().map(|what| format!("lever `{}`: {what}", lever.name))
        });
        let adjustments = policy.adjustments.iter().filter_map(|adjustment| {
            let name = &scenario.register.get(adjustment.parameter)?.name;
            let what = of_adjustment(scenario, policy, adjustment)?;
            Some(format!("policy `{}`: the change of `{name}`: {what}", policy.name))
        });
        for text in levers.chain(adjustments) {
            if !found.contains(&text) {
                found.push(text);
            }
        }
    }
    found.extend(of_languages(scenario));
    found.extend(of_district(scenario));
    found.extend(of_ranges(scenario));
    if scenario.actual_policy_stated && scenario.observed.is_empty() {
        found.push(format!(
            "`actual_policy` of `{}`: observed.csv has no figure to compare with it",
            scenario.actual_policy
        ));
    }
    if scenario.vantage.year > scenario.last_year {
        found.push(format!(
            "`vantage` of {}: after the last year, {}, so every year is known as on that year's end",
            scenario.vantage, scenario.last_year
        ));
    }
    if scenario.posterior.is_some() && !scenario.parameters_vary {
        found.push("`posterior`: parameters do not vary, as `parameters_vary` says".to_owned());
    }
    if scenario.outputs.events > scenario.replications {
        found.push(format!(
            "`events` of {}: there are {} replications",
            scenario.outputs.events, scenario.replications
        ));
    }
    found
}

/// Languages of titles that no report is in.
fn of_languages(scenario: &Scenario) -> Vec<String> {
    let Scenario { titles, questions, names, policies, district, .. } = scenario;
    let all = [titles, questions, &names.cities, &names.districts].into_iter();
    let all = all.chain(policies.iter().map(|policy| &policy.titles));
    let all = all.chain(district.areas.list().iter().map(|area| &area.titles));
    let all = all.chain(district.sectors.list().iter().map(|sector| &sector.titles));
    let has = |tag: &&String| scenario.languages.iter().any(|language| language.tag == **tag);
    let tags: BTreeSet<&String> = all.flat_map(|titles| titles.0.keys()).collect();
    let lacks = tags.into_iter().filter(|tag| !has(tag));
    let told = |tag| {
        format!(
            "titles in `{tag}`: no report is in it, as there is no {LANGUAGES}/{tag}.toml (which may be empty); \
             Korean is `ko`"
        )
    };
    lacks.map(told).collect()
}

/// What a lever costs before the first year, from which on costs are booked.
#[inline(never)]
fn before_the_accounts(scenario: &Scenario, plan: &Levers, name: &str) -> Vec<String> {
    let first = scenario.first_year;
    let mut found = Vec::new();
    let named = plan.levers().find(|lever| lever.common().name == name);
    let from = named.map(|lever| lever.common().from).filter(|from| from.year < first);
    if let (Some(from), Some(building)) = (from, named.and_then(|lever| lever.building())) {
        let built = (building.opening.ordinal() - from.ordinal()).max(1);
        let before = (Date::new_year(first).ordinal() - from.ordinal()).min(built);
        let construction = building.construction * before as f64 / built as f64;
        let costs = [("construction", construction), ("land", building.land)];
        let costs = costs.map(|(cost, amount)| (cost, amount.round()));
        let costs: Vec<String> = costs
            .iter()
            .filter(|(_, amount)| *amount > 0.0)
            .map(|(cost, amount)| {
                format!("{} {} of `{cost}`", number(*amount), scenario.money.account)
            })
            .collect();
        if !costs.is_empty() {
            found.push(format!(
                "{} fall before the first year, {first}: in no account, nor is what it is worth at \
                 the end",
                costs.join(" and ")
            ));
        }
    }
    let programme = plan.programmes.iter().find(|lever| lever.common.name == name);
    if let Some(lever) = programme.filter(|lever| lever.tuition > 0.0) {
        let (years, _) = lever.finishes();
        if (first.saturating_sub(years)..first).any(|year| lever.enrolled(year) > 0) {
            found.push(format!(
                "`tuition` before the first year, {first}, of those who enrolled before it: in no account"
            ));
        }
    }
    found
}

#[inline(never)]
fn of_district(scenario: &Scenario) -> Vec<String> {
    let (first, last) = (scenario.first_year, scenario.last_year);
    let district = &scenario.district;
    let mut found = Vec::new();
    for known in &district.climate {
        if known.year < first {
            found.push(format!("climate of {}: before the first year, {first}", known.year));
        } else if known.year > last {
            found.push(format!("climate of {}: after the last year, {last}", known.year));
        }
    }
    let later = |year: &u16| *year > scenario.vantage.year && (first..=last).contains(year);
    let known: Vec<u16> = district.climate.iter().map(|known| known.year).filter(later).collect();
    if let (Some(from), Some(to)) = (known.iter().min(), known.iter().max()) {
        let years = if from == to { from.to_string() } else { format!("{from} to {to}") };
        found.push(format!(
            "climate of {years}: after the vantage date, {}; only `validate --known-climate` reads it",
            scenario.vantage
        ));
    }
    found.extend(of_areas(scenario));
    let startups = district.startups.iter().map(|group| ("startups", group.area, group.count));
    let institutes =
        district.institutes.iter().map(|group| ("institutes", group.area, group.count));
    for (what, area, _) in startups.chain(institutes).filter(|&(_, _, count)| count == 0) {
        found.push(format!("a group of {what} in {}: its `count` is 0", district.areas.name(area)));
    }
    found
}

#[inline(never)]
fn of_areas(scenario: &Scenario) -> Vec<String> {
    let district = &scenario.district;
    let mut found = Vec::new();
    for area in district.areas.list() {
        let name = area.name.as_str();
        if area.floor_space.is_none() && area.sector_share > 0.0 {
            found.push(format!("`sector_share` of the area {name}: its floor space has no limit"));
        }
        if !area.area.in_district() && area.rent > 0.0 && !may_have_lever(scenario, name) {
            found.push(format!("`rent` of the area {name}: no lever lies there to read its level"));
        }
        if is_empty(scenario, area) {
            let why = "it has no floor space, and no firm, laboratory or lever lies there";
            found.push(format!("the area {name}: {why}"));
        }
        for (other, _) in area.neighbours.iter().filter(|(_, weight)| *weight <= 0.0) {
            let other = district.areas.name(*other);
            found.push(format!("`neighbours` of the area {name}: the weight of {other} is 0"));
        }
    }
    let designates = |regime: Regime| {
        let mut plans = scenario.policies.iter().map(|policy| &policy.plan);
        scenario.is_part || plans.any(|plan| plan.designations.iter().any(|it| it.regime == regime))
    };
    for (name, _) in district.regimes.iter().filter(|(_, regime)| !designates(*regime)) {
        found.push(format!("the regime {name}: no policy designates an area by it"));
    }
    found.extend(district.synergies.iter().filter_map(|synergy| of_synergy(scenario, synergy)));
    found
}

/// Whether a lever of some policy lies in an area, as far as the policies here tell.
fn may_have_lever(scenario: &Scenario, area: &str) -> bool {
    let mut levers = scenario.policies.iter().flat_map(|policy| &policy.written);
    scenario.is_part || levers.any(|lever| lever.area() == Some(area))
}

/// Whether nothing is in an area and nobody can come.
fn is_empty(scenario: &Scenario, start: &AreaStart) -> bool {
    let district = &scenario.district;
    let here = |area: Area| area == start.area;
    start.floor_space == Some(0)
        && start.area != district.areas.reference()
        && !district.startups.iter().any(|group| here(group.area) && group.count > 0)
        && !district.institutes.iter().any(|group| here(group.area) && group.count > 0)
        && !district.laboratories.iter().any(|laboratory| here(laboratory.area))
        && !may_have_lever(scenario, &start.name)
}

/// Why a synergy never acts.
fn of_synergy(scenario: &Scenario, synergy: &Synergy) -> Option<String> {
    let areas = &scenario.district.areas;
    let [one, other] = synergy.areas;
    let why = if !areas.are_neighbours(one, other) {
        "neither is a neighbour of the other".to_owned()
    } else if scenario.is_part
        || scenario.policies.iter().any(|policy| synergy.is_met_by(&policy.plan))
    {
        return None;
    } else {
        let words: Vec<&str> =
            synergy.regimes.iter().map(|&regime| scenario.district.regime_name(regime)).collect();
        format!("no policy designates by {}", words.join(" and by "))
    };
    Some(format!("the synergy of {} and {}: {why}", areas.name(one), areas.name(other)))
}

/// Why no simulated year of a policy is changed by an adjustment of a parameter.
fn of_adjustment(scenario: &Scenario, policy: &Policy, change: &Adjustment) -> Option<String> {
    let spec = scenario.register.get(change.parameter)?;
    if let Some(why) = idle_change(scenario, change) {
        return Some(why);
    }
    match readers::reading(spec, scenario, policy) {
        Reading::Read => None,
        Reading::NoLever => {
            Some("the policy has none of the levers through which it acts".to_owned())
        }
        Reading::NothingThere(why) => Some(why),
    }
}

/// Why an adjustment of a parameter changes no value in any simulated year.
pub(super) fn idle_change(scenario: &Scenario, change: &Adjustment) -> Option<String> {
    let own = scenario.parameters.get(change.parameter)?.value;
    if change.adjusted.is_nothing() || change.adjusted == Adjusted::To(own) {
        return Some("it leaves the value as it is".to_owned());
    }
    let (first, last) = (scenario.first_year, scenario.last_year);
    let holds = scenario.years().any(|year| change.holds_in(year));
    (!holds).then(|| format!("it holds on 1 July of no year from {first} to {last}"))
}

/// Why nothing under any policy reads a parameter.
pub(super) fn unread(scenario: &Scenario, spec: &ParameterSpec) -> Option<String> {
    let of = |policy| readers::reading(spec, scenario, policy);
    let readings: Vec<Reading> = scenario.policies.iter().map(of).collect();
    match readings.first()? {
        _ if readings.contains(&Reading::Read) => None,
        Reading::NothingThere(why) => Some(why.clone()),
        _ => Some("no policy has the levers through which it acts".to_owned()),
    }
}

/// Values given when the scenario was loaded that nothing in any policy reads.
#[inline(never)]
fn of_set(scenario: &Scenario) -> Vec<String> {
    let specs = scenario.set.iter().filter_map(|&position| scenario.register.get(position));
    specs
        .filter_map(|spec| Some(format!("`--set {}`: {}", spec.name, unread(scenario, spec)?)))
        .collect()
}

/// Distributions over a range of one value.
fn of_ranges(scenario: &Scenario) -> impl Iterator<Item = String> {
    let parameters = scenario.register.iter().zip(&scenario.parameters);
    let one = |of: &ParameterValue| {
        of.distribution != Distribution::Fixed && !of.varies() && of.value.is_finite()
    };
    parameters.filter(move |(_, of)| scenario.parameters_vary && one(of)).map(|(spec, of)| {
        format!("`distribution` of `{}`: its range holds {} alone", spec.name, number(of.low))
    })
}

/// Which settings and effects of an instrument never act.
fn of_instrument(scenario: &Scenario, it: &Instrument, lever: &WrittenLever) -> Vec<String> {
    let mut found = Vec::new();
    let is = |name: &str, value: &str| lever.setting(name).is_some_and(|at| at.value == value);
    if it.population == For::Founders && !is("areas", "city") {
        let why = "founders are those of the whole city, who choose a place afterwards";
        found.push(format!("`areas`: {why}; write areas = \"city\""));
    }
    if it.transfer_share > 0.0 && it.gives == Gives::Nothing {
        found.push("`transfer_share`: it is of what users get, and they get no money".to_owned());
    }
    if lever.setting("selection").is_some()
        && matches!(it.take_up, TakeUp::Reach(reach) if reach >= 1.0)
    {
        found.push("`selection`: nobody is left out, as `reach` is 1".to_owned());
    }
    let (first, last) = (it.opens().year.max(scenario.first_year), scenario.last_year);
    for effect in &it.effects {
        let on = effect.on.name();
        if first.saturating_add(effect.after) > last {
            let after = effect.after;
            found.push(format!(
                "the effect on {on}: it begins {after} years after a use, of which the first is in {first}: after the \
                 last year, {last}"
            ));
        }
        let name = size_parameter(effect.on, &lever.name);
        let changed = |change: &Adjustment| scenario.register[change.parameter].name == name;
        if scenario.parameter(&name).is_some_and(|size| size.value == 0.0 && !size.varies())
            && !scenario.policies.iter().flat_map(|policy| &policy.adjustments).any(changed)
        {
            found.push(format!("the effect on {on}: its size, `{name}`, is 0"));
        }
    }
    found
}

/// Which settings of a lever that acts are never read.
#[inline(never)]
fn of_settings(scenario: &Scenario, policy: &Policy, lever: &WrittenLever) -> Vec<String> {
    let (first, last) = (scenario.first_year, scenario.last_year);
    let value = |name: &str| lever.setting(name).map(|setting| setting.value.as_str());
    // A date as text sorts as the date does.
    let dates = ["opening", "decision"].iter().filter_map(|name| value(name)).map(str::to_owned);
    let begins = dates.chain([lever.from.to_string()]).max().unwrap_or_default();
    let instrument = policy.plan.instruments.iter().find(|it| it.common.name == lever.name);
    let mut found = instrument.map_or_else(Vec::new, |it| of_instrument(scenario, it, lever));
    if let Some(until) = lever.until.filter(|until| until.year > last) {
        let held = scenario.appraisal.after_horizon == AfterHorizon::Hold;
        let only = if held { "; it only ends what the appraisal holds after it" } else { "" };
        found.push(format!("`until` of {until}: after the last year, {last}{only}"));
    }
    if value("admission") == Some("first-come") && value("recruitment_days").is_some() {
        let why = "places are given out as they fall free, by admission \"first-come\"";
        found.push(format!("`recruitment_days`: {why}"));
    }
    if value("loans") == Some("0") && value("loan_cost").is_some_and(|cost| cost != "0") {
        found.push("`loan_cost`: no loan is given, as `loans` is 0".to_owned());
    }
    let opening = value("opening").unwrap_or_default();
    if value("initial_tenants").is_some_and(|tenants| tenants != "0")
        && opening >= Date::new_year(first).to_string().as_str()
    {
        found.push(format!("`initial_tenants`: it opens on {opening}, not before {first}"));
    }
    for setting in &lever.settings {
        // Who enrolled before the first year may still finish in it.
        let starts = match setting.name {
            "intake" => begins.clone(),
            _ => begins.clone().max(Date::new_year(first).to_string()),
        };
        // A building that has opened stays part of its area, whenever the lever ends.
        let until = lever.until.filter(|_| setting.name != "floor_space");
        let next = setting.steps.iter().skip(1).map(|&(date, _)| Some(date)).chain([None]);
        for (place, (&(date, number), next)) in setting.steps.iter().zip(next).enumerate() {
            let why = match until {
                _ if place > 0 && date.year > last => format!("after the last year, {last}"),
                Some(until) if place > 0 && date > until => {
                    format!("after the lever's `until`, {until}")
                }
                _ if place > 0 && setting.steps[place - 1].1 == number => "as before".to_owned(),
                _ => match next {
                    Some(next) if next.to_string() <= starts => {
                        format!("replaced on {next}, before it acts")
                    }
                    _ => continue,
                },
            };
            found.push(format!("`{}` of {number} from {date} on: {why}", setting.name));
        }
    }
    found
}
