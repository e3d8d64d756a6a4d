//! Why a firm's life differs between the two simulations: the first event that differs, explained.

use std::fmt::Write as _;

use crate::analysis::story::FirmState;
use crate::analysis::story::Life;
use crate::commands::replay::twins::Twins;
use crate::commands::replay::words;
use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::ledger::event::Entry;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;

/// The first events in which two lives differ: under the policy, and in the baseline.
#[derive(Clone, Copy, Debug)]
pub(super) struct Divergence {
    pub(super) year: u16,
    there: Option<Entry>,
    otherwise: Option<Entry>,
}

/// Where two lives part, if they do.
pub(super) fn divergence(twins: &Twins<'_>, id: FirmId) -> Option<Divergence> {
    let [there, otherwise] = twins.lives.each_ref().map(|lives| told(lives.of_firm(id)));
    let same = there.iter().zip(&otherwise).take_while(|(a, b)| a == b).count();
    let (a, b) = (there.get(same).copied(), otherwise.get(same).copied());
    let moment = |entry: &Entry| (entry.year, entry.phase, entry.day);
    // Of two different events the earlier is the one that the other world lacks.
    let (there, otherwise) = match (a, b) {
        (Some(a), Some(b)) if (a.kind, a.year) != (b.kind, b.year) && moment(&a) < moment(&b) => {
            (Some(a), None)
        }
        (Some(a), Some(b)) if (a.kind, a.year) != (b.kind, b.year) && moment(&b) < moment(&a) => {
            (None, Some(b))
        }
        both => both,
    };
    let year = there.or(otherwise)?.year;
    Some(Divergence { year, there, otherwise })
}

fn told(life: &Life) -> Vec<Entry> {
    life.events.iter().filter(|entry| words::is_told(entry)).copied().collect()
}

/// The cause in a sentence or two.
pub(super) fn explain(twins: &Twins<'_>, id: FirmId, parting: &Divergence) -> String {
    let event = parting.there.or(parting.otherwise);
    let Some(event) = event else { return String::new() };
    let exists = |world: usize| !twins.lives[world].of_firm(id).events.is_empty();
    if exists(0) != exists(1) && id.origin() != Origin::Independent {
        return founding(twins, id, parting);
    }
    if let Some(text) = by_lever(twins, parting) {
        return text;
    }
    match event.kind {
        EventKind::Founded | EventKind::NotFounded => founding(twins, id, parting),
        EventKind::Admitted | EventKind::Refused => admission(twins, id, parting),
        EventKind::Applied => applying(twins, parting, event),
        EventKind::MovedIn => moving(twins, parting, event),
        EventKind::TenancyEnded => {
            "It left at another time because it had come at another time or outgrew its room."
                .to_owned()
        }
        EventKind::Failed => failing(twins, id, parting),
        EventKind::Hired | EventKind::Unfilled => hiring(twins, event.year),
        EventKind::Grew | EventKind::Shrank => growing(twins, id, parting),
        EventKind::RoundClosed => raising(twins, parting, event),
        EventKind::Listed | EventKind::Acquired => {
            "The chance of a listing or sale rises with size, and its size or stage differed."
                .to_owned()
        }
        _ => "It follows from the state of the city, which differed by then.".to_owned(),
    }
}

/// An event that a lever brought which the other policy does not have, or has otherwise.
fn by_lever(twins: &Twins<'_>, parting: &Divergence) -> Option<String> {
    for (event, whose) in [(parting.there, "the policy"), (parting.otherwise, "the baseline")] {
        let Some(event) = event else { continue };
        let facility = twins.facility(event.facility);
        let slot = if event.lever == NONE { facility } else { Some(event.lever) };
        let Some(slot) = slot.filter(|&slot| twins.differs_in(slot)) else { continue };
        let (here, there) = (has(twins, slot, 0), has(twins, slot, 1));
        let lever = twins.lever(slot);
        let told = words::of(twins, &event);
        return Some(match (here, there) {
            (true, true) => format!(
                "With {whose} it {told}: {lever} has other dates, sizes or terms in the two."
            ),
            _ => format!("With {whose} it {told}: {lever} is a lever of {whose} alone."),
        });
    }
    None
}

fn has(twins: &Twins<'_>, slot: u8, world: usize) -> bool {
    let policy = [twins.policy, twins.baseline][world];
    policy.plan.common().any(|lever| lever.slot == slot)
}

fn founding(twins: &Twins<'_>, id: FirmId, parting: &Divergence) -> String {
    let slot = u8::try_from(id.parent()).unwrap_or(NONE);
    match id.origin() {
        Origin::Graduate if twins.differs_in(slot) => format!(
            "Its founder is a graduate of {}, in which the two policies differ.",
            twins.lever(slot)
        ),
        Origin::Graduate => "Its founder is a graduate whom an open facility pulled to found: \
                             other facilities were open to graduates."
            .to_owned(),
        Origin::Brought => format!("{} brought it.", twins.lever(slot)),
        Origin::SpinOff => "Spin-offs come from institutes in proportion to their people, and its \
                            parent institute differed in size, or exists in one simulation alone."
            .to_owned(),
        _ => {
            let place = |entry: Option<Entry>| match entry {
                Some(entry) if entry.kind == EventKind::Founded => {
                    format!("founds in {}", twins.area_name(entry.place))
                }
                _ => "does not found at this moment".to_owned(),
            };
            let (there, otherwise) = (place(parting.there), place(parting.otherwise));
            format!(
                "The same founder, with the same tastes, {there} with the policy and {otherwise} \
                 in the baseline: a place was worth something else. {}",
                places(twins, parting.year)
            )
        }
    }
}

fn admission(twins: &Twins<'_>, id: FirmId, parting: &Divergence) -> String {
    let admitted = |entry: Option<Entry>| entry.filter(|e| e.kind == EventKind::Admitted);
    let (world, entry) = match (admitted(parting.there), admitted(parting.otherwise)) {
        (Some(entry), None) => (0, entry),
        (None, Some(entry)) => (1, entry),
        _ => return "The facility gave out its places in another order.".to_owned(),
    };
    let list = |world: usize| -> Vec<FirmId> {
        twins.lives[world].admitted(entry.facility, entry.year, entry.day).collect()
    };
    let (with, without) = (list(world), list(1 - world));
    let others: Vec<String> = without
        .iter()
        .filter(|other| !with.contains(other) && **other != id)
        .take(3)
        .map(ToString::to_string)
        .collect();
    let there = ["with the policy", "in the baseline"];
    let facility = twins.facility(entry.facility).map_or("", |slot| twins.lever(slot));
    let took = if others.is_empty() {
        format!("{} had no place left for it {}", facility, there[1 - world])
    } else {
        format!("{} took the places of {facility} {}", others.join(", "), there[1 - world])
    };
    format!(
        "{} admitted {} firms on that day {} and {} {}: {took}.",
        facility,
        with.len(),
        there[world],
        without.len(),
        there[1 - world],
    )
}

fn applying(twins: &Twins<'_>, parting: &Divergence, event: Entry) -> String {
    let who = if parting.there.is_some() { "with the policy" } else { "in the baseline" };
    let facility = twins.facility(event.facility).map_or("", |slot| twins.lever(slot));
    format!(
        "It applied to {facility} {who} only: against its best alternative the place was worth \
         more there, or an earlier choice had refused it. {}",
        places(twins, event.year)
    )
}

fn moving(twins: &Twins<'_>, parting: &Divergence, event: Entry) -> String {
    let who = if parting.there.is_some() { "with the policy" } else { "in the baseline" };
    format!(
        "It moved to {} {who}: rents and jobs nearby differed, or another area was full. {}",
        twins.area_name(event.place),
        places(twins, event.year)
    )
}

/// Rents and jobs of 1 January, by which places are chosen.
fn places(twins: &Twins<'_>, year: u16) -> String {
    let Some(before) = year.checked_sub(1).filter(|year| *year >= twins.scenario.first_year) else {
        return String::new();
    };
    let mut parts = Vec::new();
    let areas = &twins.scenario.district.areas;
    for name in areas.of_district().map(|area| areas.name(area)) {
        if let Some([here, there]) = twins.metric("rent", name, before) {
            parts.push(format!("rent in {name} {here:.2} against {there:.2}"));
        }
        if let Some([here, there]) = twins.metric("jobs", name, before) {
            parts.push(format!("jobs there {here} against {there}"));
        }
    }
    format!("At the end of {before}: {}.", parts.join(", "))
}

fn failing(twins: &Twins<'_>, id: FirmId, parting: &Divergence) -> String {
    let before = twins.index(parting.year).checked_sub(1);
    let [here, there] = twins.lives.each_ref().map(|lives| {
        before.and_then(|index| lives.of_firm(id).states.get(index).copied().flatten())
    });
    let tenant = |state: Option<FirmState>| state.is_some_and(|state| state.facility != NONE);
    let fails = if parting.there.is_some_and(|event| event.kind == EventKind::Failed) {
        "with the policy"
    } else {
        "in the baseline"
    };
    let why = match (tenant(here), tenant(there)) {
        (true, false) => "services lower the hazard of a tenant, as it was with the policy",
        (false, true) => "services lower the hazard of a tenant, as it was in the baseline",
        _ if here.map(|state| state.raised) != there.map(|state| state.raised) => {
            "money raised within two years lowers the hazard, and it had raised other sums"
        }
        _ => "alumni keep some of the services' effect for a while, and it left at another time",
    };
    format!(
        "Its random draws of the year were the same, its hazard was not: it fails {fails}; {why}."
    )
}

fn hiring(twins: &Twins<'_>, year: u16) -> String {
    let mut text =
        "It wanted the same people, but the city's one market for specialists had other \
                    seekers and vacancies"
            .to_owned();
    if let Some([here, there]) = twins.metric("vacancies_per_seeker", "city", year) {
        let _ = write!(text, ": {here:.3} vacancies a seeker with the policy, {there:.3} without");
    }
    text + "."
}

fn growing(twins: &Twins<'_>, id: FirmId, parting: &Divergence) -> String {
    // With the same posts open, only the market for specialists can tell the two apart.
    let open = |world: usize| -> i64 {
        let events = &twins.lives[world].of_firm(id).events;
        let of_year = events.iter().filter(|event| event.year == parting.year);
        of_year
            .filter(|event| matches!(event.kind, EventKind::Hired | EventKind::Unfilled))
            .map(|event| event.amount)
            .sum()
    };
    if open(0) == open(1) && open(0) > 0 {
        return hiring(twins, parting.year);
    }
    let index = twins.index(parting.year);
    let nearby = |world: usize| index.checked_sub(1).map(|i| twins.lives[world].jobs_by_area(i));
    let jobs = match (nearby(0), nearby(1)) {
        (Some(here), Some(there)) => format!(
            " At the start of the year the district had {} jobs with the policy and {} without.",
            here[0] + here[1],
            there[0] + there[1]
        ),
        _ => String::new(),
    };
    format!(
        "Its random draws were the same, but it wanted another size: growth follows jobs nearby, services, \
         grants, subsidies and last year's round.{jobs}"
    )
}

fn raising(twins: &Twins<'_>, parting: &Divergence, event: Entry) -> String {
    if parting.there.is_some() && parting.otherwise.is_some() {
        let mut text = "The same round, cut by another share: capital is rationed over all rounds \
                        of the city"
            .to_owned();
        if let Some([here, there]) = twins.metric("capital_demand", "city", event.year) {
            let _ =
                write!(text, ", which wanted {here:.0} m with the policy and {there:.0} m without");
        }
        return text + ".";
    }
    let who = if parting.there.is_some() { "with the policy" } else { "in the baseline" };
    format!(
        "It closed the round {who} only: growth of the year, services, an offer of public money or \
         priority examination raised its chance there."
    )
}
