//! What a designed experiment says on the terminal.

use std::fmt::Write as _;

use crate::analysis::designed::Bootstrapped;
use crate::analysis::statistics::Estimate;
use crate::commands::sensitivity::found::Effects;
use crate::commands::sensitivity::found::FEWEST_BASE_ROWS;
use crate::commands::sensitivity::found::FEWEST_TRAJECTORIES;
use crate::commands::sensitivity::shown::Shown;
use crate::report::text::console;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::scenario::money::said;

/// Groups of a table.
const MOST: usize = 12;

/// The groups that move each outcome most, what has not converged, and what cannot act.
pub(super) fn summary(shown: &Shown<'_>) -> String {
    let baseline = &shown.scenario.policies[shown.scenario.baseline].name;
    let mut text = console::paragraph(
        &format!(
            "`{}` less `{baseline}`, mean over {} replications whose chance is the same in all {} rows of the design; \
             intervals are at 95 %.",
            shown.policy.name,
            shown.replications,
            shown.rows.len()
        ),
        0,
    );
    for (place, effects) in shown.effects.iter().enumerate() {
        text.push('\n');
        text.push_str(&of_outcome(shown, place, effects));
    }
    if !shown.without_effect.is_empty() {
        let names =
            shown.without_effect.iter().map(|&it| shown.scenario.register[it].name.as_ref());
        let names = names.collect::<Vec<&str>>().join(", ");
        let told =
            format!("Left out, as neither policy has anything through which they act: {names}.");
        let _ = write!(text, "\n{}", console::paragraph(&told, 0));
    }
    text
}

fn of_outcome(shown: &Shown<'_>, place: usize, effects: &Effects) -> String {
    let outcome = &shown.outcomes[place];
    let unit = said(outcome.unit(shown.layouts), Some(&shown.scenario.money)).into_owned();
    let mut text = match effects {
        Effects::Sobol(..) => format!("{outcome}\n"),
        Effects::Morris(..) | Effects::OneByOne(_) => format!("{outcome} [{unit}]\n"),
    };
    let ranks = effects.ranks();
    let mut order: Vec<usize> = (0..ranks.len()).collect();
    order.sort_by_key(|&group| ranks[group]);
    let cells = |&group: &usize| -> [String; 3] {
        let [one, other] = match effects {
            Effects::Morris(all, _) => {
                let sigma = all[group].sigma.map_or_else(|| "-".to_owned(), bootstrapped);
                [bootstrapped(all[group].mu_star), sigma]
            }
            Effects::Sobol(all, _) => {
                [bootstrapped(all[group].first), bootstrapped(all[group].total)]
            }
            Effects::OneByOne(all) => {
                let (swing, estimate) = &all[group];
                let ends = format!("{} to {}", figure(swing.low), figure(swing.high));
                [estimate.as_ref().map_or_else(|| figure(swing.swing), estimated), ends]
            }
        };
        [format!("  {}", shown.moved.names[group]), one, other]
    };
    let rows: Vec<[String; 3]> = order.iter().take(MOST).map(cells).collect();
    let header = match effects {
        Effects::Morris(..) => ["  group", "mu*", "sigma"],
        Effects::Sobol(..) => ["  group", "S1", "ST"],
        Effects::OneByOne(_) => ["  parameter", "swing", "at its low and high value"],
    };
    text.push_str(&console::table(header, &rows));
    if order.len() > MOST {
        let _ = writeln!(text, "  and {} more in the table", order.len() - MOST);
    }
    text.push_str(&console::paragraph(&convergence(effects), 2));
    text
}

/// Whether more rows would say more.
fn convergence(effects: &Effects) -> String {
    if let Effects::Morris(_, trajectories) = effects
        && *trajectories < FEWEST_TRAJECTORIES
    {
        return format!(
            "{trajectories} trajectories are too few to tell whether any has converged: from {FEWEST_TRAJECTORIES} \
             `--trajectories` on it is told."
        );
    }
    if let Effects::Sobol(_, rows) = effects
        && *rows < FEWEST_BASE_ROWS
    {
        return format!(
            "{rows} base rows are too few for intervals and to tell whether any has converged: from {FEWEST_BASE_ROWS} \
             `--samples` on they are told."
        );
    }
    let converged = effects.converged();
    let (count, all) = (converged.iter().filter(|it| **it).count(), converged.len());
    if count == all {
        return format!("All {all} have converged.");
    }
    let more = match effects {
        Effects::Morris(..) => "--trajectories",
        Effects::Sobol(..) => "--samples",
        Effects::OneByOne(_) => "--replications",
    };
    format!(
        "{count} of {all} have converged; the intervals of the others say how far they can be trusted, and more `{more}` narrow them."
    )
}

fn bootstrapped(of: Bootstrapped) -> String {
    with_ends(of.value, of.interval)
}

fn estimated(of: &Estimate) -> String {
    with_ends(of.mean, of.ci_low.zip(of.ci_high))
}

fn with_ends(value: f64, interval: Option<(f64, f64)>) -> String {
    match interval {
        Some((low, high)) => format!("{} ({} to {})", figure(value), figure(low), figure(high)),
        None => figure(value),
    }
}

fn figure(value: f64) -> String {
    grouped(value, decimals(value))
}
