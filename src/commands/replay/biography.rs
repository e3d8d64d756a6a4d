//! The life of one firm in two columns, policy and baseline.

use std::fmt::Write as _;

use crate::commands::replay::cause;
use crate::commands::replay::twins::Twins;
use crate::commands::replay::words;
use crate::model::id::FirmId;
use crate::model::ledger::event::Entry;
use crate::report::text::console;

/// Cells of a column of events.
const WIDE: usize = 46;

/// The biography, of one year where asked.
pub(super) fn tell(twins: &Twins<'_>, id: FirmId, only: Option<u16>) -> String {
    let parting = cause::divergence(twins, id);
    let mut text = format!("{id}: {}", twins.title());
    match &parting {
        None => text.push_str("Its life is the same in both simulations, day by day.\n\n"),
        Some(parting) => {
            let _ = writeln!(text, "The two lives part in {}, marked >.\n", parting.year);
            text.push_str(&console::paragraph(&cause::explain(twins, id, parting), 2));
            text.push('\n');
        }
    }
    let mut rows: Vec<[String; 4]> = Vec::new();
    let first = twins.scenario.first_year;
    for year in twins.lives[0].years().filter(|year| only.is_none_or(|only| only == *year)) {
        let [here, there] = [0, 1].map(|world| lines(twins, world, id, year, first));
        let differs = here != there;
        let at = parting.as_ref().is_some_and(|parting| parting.year.max(first) == year);
        let mark = if at {
            ">"
        } else if differs {
            "*"
        } else {
            ""
        };
        for line in 0..here.len().max(there.len()) {
            let cell = |lines: &[String]| lines.get(line).cloned().unwrap_or_default();
            let head = line == 0;
            rows.push([
                if head { mark.to_owned() } else { String::new() },
                if head { year.to_string() } else { String::new() },
                cell(&here),
                cell(&there),
            ]);
        }
    }
    if rows.is_empty() {
        text.push_str("Nothing happened to it.\n");
        return text;
    }
    let policy = format!("with {}", twins.policy.name);
    let baseline = format!("with {}", twins.baseline.name);
    text.push_str(&console::table(["", "year", &policy, &baseline], &rows));
    text
}

/// The lines of one year in one simulation: its events, then where the firm stands at the end.
fn lines(twins: &Twins<'_>, world: usize, id: FirmId, year: u16, first: u16) -> Vec<String> {
    let life = twins.lives[world].of_firm(id);
    // What was there on the first day is told with the first year.
    let mut of_year: Vec<&Entry> =
        life.events.iter().filter(|event| event.year.max(first) == year).collect();
    of_year.sort_by_key(|event| event.day);
    let mut lines: Vec<String> = Vec::new();
    for event in of_year.into_iter().filter(|event| words::is_told(event)) {
        let text = words::of(twins, event);
        let date = month(event.day);
        match lines.last_mut() {
            Some(last) if last.starts_with(date) && last.len() + text.len() + 2 <= WIDE => {
                let _ = write!(last, ", {text}");
            }
            _ => lines.push(format!("{date} {text}")),
        }
    }
    let state = life.states.get(twins.index(year)).copied().flatten();
    let before = twins.index(year).checked_sub(1).and_then(|index| life.states[index]);
    if state.is_some() || before.is_some() {
        lines.push(format!("    = {}", words::state(twins, state)));
    }
    lines
}

/// The month of a day of the year, of 365.
fn month(day: u16) -> &'static str {
    const ENDS: [(u16, &str); 12] = [
        (31, "Jan"),
        (59, "Feb"),
        (90, "Mar"),
        (120, "Apr"),
        (151, "May"),
        (181, "Jun"),
        (212, "Jul"),
        (243, "Aug"),
        (273, "Sep"),
        (304, "Oct"),
        (334, "Nov"),
        (365, "Dec"),
    ];
    ENDS.into_iter().find(|&(end, _)| day <= end).map_or("Dec", |(_, name)| name)
}
