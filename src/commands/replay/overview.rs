//! What differs between a simulation and its twin, year by year, and which firms make the difference.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::analysis::story::FirmState;
use crate::analysis::story::Lives;
use crate::commands::replay::cause;
use crate::commands::replay::twins::Twins;
use crate::commands::replay::words;
use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;
use crate::report::text::console;

/// The overview; firms are ranked at the end of `year`, or of the last year.
pub(super) fn tell(twins: &Twins<'_>, year: Option<u16>, most: usize) -> String {
    let firms: Vec<FirmId> =
        twins.lives.iter().flat_map(Lives::names).collect::<BTreeSet<_>>().into_iter().collect();
    let mut text = twins.title();
    let levers: Vec<&str> = twins
        .policy
        .plan
        .common()
        .chain(twins.baseline.plan.common())
        .filter(|lever| twins.differs_in(lever.slot))
        .map(|lever| lever.name.as_str())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let levers = if levers.is_empty() { "no lever".to_owned() } else { levers.join(", ") };
    text.push_str(&console::paragraph(&format!("They differ in {levers}."), 0));
    text.push('\n');
    text.push_str(&years(twins, &firms));
    let at = year.unwrap_or(twins.scenario.last_year);
    text.push('\n');
    text.push_str(&affected(twins, &firms, at, most));
    text
}

/// How many firms are in one simulation alone or sit elsewhere, and jobs, by year.
fn years(twins: &Twins<'_>, firms: &[FirmId]) -> String {
    let mut rows = Vec::new();
    for year in twins.lives[0].years() {
        let index = twins.index(year);
        let (mut here_alone, mut in_baseline_alone, mut moved) = (0, 0, 0);
        let (mut district, mut city) = (0, 0);
        for &id in firms {
            let [a, b] = states(twins, id, index);
            match (a, b) {
                (Some(_), None) => here_alone += 1,
                (None, Some(_)) => in_baseline_alone += 1,
                (Some(a), Some(b)) if a.place != b.place => moved += 1,
                _ => {}
            }
            let jobs = |state: Option<FirmState>, all: bool| {
                state.filter(|s| all || twins.in_district(s.place)).map_or(0, |s| s.jobs)
            };
            district += jobs(a, false) - jobs(b, false);
            city += jobs(a, true) - jobs(b, true);
        }
        rows.push([
            year.to_string(),
            here_alone.to_string(),
            in_baseline_alone.to_string(),
            moved.to_string(),
            signed(district),
            signed(city),
        ]);
    }
    let header = [
        "year",
        "only with policy",
        "only without",
        "in another area",
        "jobs in district",
        "jobs in city",
    ];
    console::table(header, &rows)
}

fn states(twins: &Twins<'_>, id: FirmId, index: usize) -> [Option<FirmState>; 2] {
    twins.lives.each_ref().map(|lives| lives.of_firm(id).states.get(index).copied().flatten())
}

fn signed(number: i64) -> String {
    if number == 0 { "0".to_owned() } else { format!("{number:+}") }
}

/// The firms whose jobs differ most at the end of a year.
fn affected(twins: &Twins<'_>, firms: &[FirmId], year: u16, most: usize) -> String {
    let index = twins.index(year);
    let jobs = |state: Option<FirmState>| state.map_or(0, |state| state.jobs);
    let mut differing: Vec<(i64, FirmId)> = firms
        .iter()
        .map(|&id| {
            let [a, b] = states(twins, id, index);
            (jobs(a) - jobs(b), id)
        })
        .filter(|&(difference, _)| difference != 0)
        .collect();
    differing.sort_by_key(|&(difference, id)| (-difference.abs(), id));
    if differing.is_empty() {
        return format!("No firm's jobs differ at the end of {year}.\n");
    }
    let rows: Vec<[String; 6]> = differing
        .iter()
        .take(most)
        .map(|&(difference, id)| {
            let [a, b] = states(twins, id, index);
            let parting = cause::divergence(twins, id);
            [
                id.to_string(),
                signed(difference),
                words::state(twins, a),
                words::state(twins, b),
                if used(twins, id) { "yes" } else { "no" }.to_owned(),
                parting.map_or_else(String::new, |parting| parting.year.to_string()),
            ]
        })
        .collect();
    let mut text = format!("Firms whose jobs differ most at the end of {year}:\n\n");
    let header = ["firm", "jobs", "with policy", "with baseline", "used a lever", "parts in"];
    text.push_str(&console::table(header, &rows));
    if differing.len() > most {
        let _ = writeln!(text, "and {} more; `--most N` lists more", differing.len() - most);
    }
    let (_, id) = differing[0];
    let _ = writeln!(text, "\n`--firm {id}` tells a life of these and why it differs");
    text
}

/// Whether a lever in which the two differ brought the firm or gave it something in either simulation.
/// (To have entered a designated area is to be served as well, but leaves no event of its own.)
fn used(twins: &Twins<'_>, id: FirmId) -> bool {
    let brought = u8::try_from(id.parent()).is_ok_and(|slot| twins.differs_in(slot));
    if id.origin() == Origin::Brought && brought {
        return true;
    }
    twins.lives.iter().any(|lives| {
        lives.of_firm(id).events.iter().any(|event| {
            let serves = matches!(
                event.kind,
                EventKind::Admitted
                    | EventKind::VoucherGiven
                    | EventKind::GrantGiven
                    | EventKind::ServiceUsed
                    | EventKind::SubsidisedHires
                    | EventKind::PublicInvested
                    | EventKind::MovedIn
            );
            serves && event.lever != NONE && twins.differs_in(event.lever)
        })
    })
}
