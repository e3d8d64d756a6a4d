//! Nothing happens to a firm before its founding day, nor after it has failed; no round closes after
//! a firm has been listed or bought. An event join over every kind of event.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use yangjae::model::id::FirmId;
use yangjae::model::ledger::event::Entity;
use yangjae::model::ledger::event::EventKind;
use yangjae::policy::levers::LeverKind;

use crate::levers::folder;
use crate::levers::settings;
use crate::levers::simulate_with;

/// A lever of each kind at once, in leased rooms that are soon too small.
fn everything() -> String {
    let lever = |(place, kind): (usize, LeverKind)| {
        let text = settings(kind).replace("floor_space = 20000", "floor_space = 900");
        format!("[levers.l{place}]\n{text}")
    };
    LeverKind::ALL.into_iter().enumerate().map(lever).collect()
}

#[test]
fn nothing_happens_to_a_firm_before_it_is_founded_or_after_it_has_gone() {
    let folder = folder(&everything(), "");
    // Many firms fail and are bought in their first years.
    let values = [("exit_age_1", "0.4"), ("acquisition_rate", "0.4")];
    let outcome = simulate_with(&folder, &values, 4);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for policy in 0..2 {
        for replication in 0..4 {
            let events = outcome.study.events(policy, replication).unwrap();
            let mut founded: BTreeMap<FirmId, (u16, u16)> = BTreeMap::new();
            let mut gone: BTreeMap<FirmId, (u16, u16)> = BTreeMap::new();
            let mut exits: BTreeMap<FirmId, (u16, u16)> = BTreeMap::new();
            for event in &events {
                let Entity::Firm(id) = event.entity else { continue };
                let list = match event.kind {
                    EventKind::Founded => &mut founded,
                    EventKind::Failed => &mut gone,
                    EventKind::Listed | EventKind::Acquired => &mut exits,
                    _ => continue,
                };
                assert_eq!(list.insert(id, (event.year, event.day)), None, "{id:?} twice");
            }
            for event in &events {
                let Entity::Firm(id) = event.entity else { continue };
                let day = (event.year, event.day);
                let is_round = [
                    EventKind::RoundClosed,
                    EventKind::CapitalDemanded,
                    EventKind::PublicInvested,
                    EventKind::AlumniRaised,
                ]
                .contains(&event.kind);
                // What a candidate does before it founds, or instead.
                let as_candidate =
                    event.kind == EventKind::NotFounded || event.cause == "candidate";
                if !as_candidate {
                    assert!(founded[&id] <= day, "{event:?} before {:?}", founded[&id]);
                }
                if let Some(&end) = gone.get(&id) {
                    assert!(day <= end, "{event:?} after its failure on {end:?}");
                }
                if let (true, Some(&exit)) = (is_round, exits.get(&id)) {
                    assert!(day <= exit, "{event:?} after its exit on {exit:?}");
                }
                // Events of the first calendar year of those founded within it.
                if founded.get(&id).is_some_and(|&(year, day)| year == event.year && day > 1) {
                    seen.insert(event.kind.name());
                }
            }
            assert!(!gone.is_empty() && !exits.is_empty());
        }
    }
    // All kinds that a first year can have are there, so that the join says something of each.
    for kind in [
        EventKind::Failed,
        EventKind::RoundClosed,
        EventKind::Admitted,
        EventKind::Refused,
        EventKind::VoucherGiven,
        EventKind::GrantGiven,
        EventKind::ServiceUsed,
        EventKind::Sold,
    ] {
        assert!(seen.contains(kind.name()), "no {} in a first year: {seen:?}", kind.name());
    }
}
