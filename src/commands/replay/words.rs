//! Events in plain words.

use crate::analysis::story::FirmState;
use crate::commands::replay::twins::Twins;
use crate::model::ledger::event::Entry;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;

/// Events that a biography tells; the others repeat these or are the same story in numbers.
pub(super) fn is_told(entry: &Entry) -> bool {
    // That a tenant moves in is told by its admission.
    let moves_in = entry.kind == EventKind::MovedIn && entry.cause == "admitted";
    !moves_in
        && !matches!(
            entry.kind,
            EventKind::MovedOut
                | EventKind::CapitalDemanded
                | EventKind::FoundersJoined
                | EventKind::TenantFailed
                | EventKind::AlumniSold
                | EventKind::AlumniRaised
                | EventKind::Sold
                | EventKind::Quit
                | EventKind::CutSpecialists
        )
}

/// What happened to a firm, without the date.
pub(super) fn of(twins: &Twins<'_>, entry: &Entry) -> String {
    let amount = entry.amount;
    let area = twins.area_name(entry.place);
    let facility = twins.facility(entry.facility).map_or("", |slot| twins.lever(slot));
    let lever = if entry.lever == NONE { "" } else { twins.lever(entry.lever) };
    match entry.kind {
        EventKind::Founded => format!("founded in {area}, {}", people(amount)),
        EventKind::NotFounded => "chose not to found in the city".to_owned(),
        EventKind::MovedIn => format!("moved to {area} ({})", entry.cause),
        EventKind::Failed => format!("failed with {}", people(amount)),
        EventKind::Grew if amount == 0 => "kept its size, with other people".to_owned(),
        EventKind::Grew => format!("grew by {amount}"),
        EventKind::Shrank => format!("shrank by {amount}"),
        EventKind::Hired => format!("hired {}", some(amount, "specialist")),
        EventKind::Unfilled => format!("{} stayed empty", some(amount, "post")),
        EventKind::SubsidisedHires => format!("{lever} paid for {}", some(amount, "hire")),
        EventKind::Applied => format!("applied to {facility}"),
        EventKind::Admitted => format!("admitted to {facility}"),
        EventKind::Refused => format!("refused by {facility}"),
        EventKind::TenancyEnded => format!("left {facility} ({})", entry.cause),
        EventKind::VoucherGiven => format!("got a rent voucher of {lever}"),
        EventKind::GrantGiven => format!("got a grant of {amount} m of {lever}"),
        EventKind::ServiceUsed => format!("used {lever}"),
        EventKind::RoundClosed => format!("raised {amount} m"),
        EventKind::PublicInvested => format!("{lever} put in {amount} m"),
        EventKind::Listed => "listed on the exchange".to_owned(),
        EventKind::Acquired => format!("acquired, {} lost", some(amount, "job")),
        other => format!("{} {amount}", other.name()),
    }
}

/// Where a firm stands, in a few words.
pub(super) fn state(twins: &Twins<'_>, state: Option<FirmState>) -> String {
    let Some(state) = state else { return "does not exist".to_owned() };
    let place = match twins.facility(state.facility) {
        Some(slot) if state.facility != NONE => format!("tenant of {}", twins.lever(slot)),
        _ => twins.area_name(state.place).to_owned(),
    };
    format!("{}, {place}", people(state.jobs))
}

fn people(number: i64) -> String {
    if number == 1 { "1 person".to_owned() } else { format!("{number} people") }
}

fn some(number: i64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
